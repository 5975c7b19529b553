"""Asking one address with the real client, for the tests of HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from config.model import HttpSettings
from tasks.errors import CodedError
from tasks.fetch.http import Client, Permit, Response
from tests.site.server import Site

LIMITS: dict[str, Any] = {
    "deadline_seconds": 5,
    "connect_seconds": 2,
    "max_bytes": 200_000,
    "max_decoded_bytes": 400_000,
}


def settings(site: Site, **given: Any) -> HttpSettings:
    """HTTP settings that allow the site's addresses, and no other on loopback."""
    allowed = (site.authority(), *(site.authority(name) for name in site.hosts))
    return HttpSettings(**{"contact": "https://example.org/bot", "allow_private": allowed, **LIMITS, **given})


def ask(
    site: Site, url: str, headers: dict[str, str] | None = None, permit: Permit | None = None, **given: Any
) -> Response:
    """GET ``url`` (or a path of the site)."""

    async def get() -> Response:
        async with Client(settings(site, **given)) as client:
            return await client.get(url if "://" in url else site.url(url), headers, permit)

    return asyncio.run(get())


def refused(site: Site, url: str, **given: Any) -> CodedError:
    """The error that asking ends with."""
    with pytest.raises(CodedError) as raised:
        ask(site, url, **given)
    return raised.value
