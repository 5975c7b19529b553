"""Fixtures that most tests share: a site on loopback, and a laboratory on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.site.server import Site
from tests.support import HOSTS, Lab


@pytest.fixture
def site() -> Iterator[Site]:
    """A running site without routes; tests set ``site.routes``."""
    with Site({}, HOSTS) as running:
        yield running


@pytest.fixture
def lab(tmp_path: Path, site: Site) -> Callable[..., Lab]:
    """Makes a `Lab` on ``site`` from feeds (key to path) and overrides of settings and outlets."""

    def make(feeds: dict[str, str] | None = None, **how: Any) -> Lab:
        urls = {key: url if "://" in url else site.url(url) for key, url in (feeds or {}).items()}
        return Lab(tmp_path, site, urls, **how)

    return make
