"""`python -m tests.site package.module:factory [ARG …]`: serve a site until standard input ends.

The factory gets the arguments as strings and returns a `Site` or its routes. The port is printed first.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from .server import Handler, Request, Response, Site

JSON = {"Content-Type": "application/json"}


def request_list(site: Site) -> Handler:
    """The requests so far as JSON, for a parent process that wants to look; it doesn't list itself."""

    def answer(request: Request) -> Response:
        rows = [
            {"method": r.method, "path": r.path, "host": r.host, "headers": dict(r.headers), "time": r.time}
            for r in list(site.requests)
            if not r.path.startswith("/__site/")
        ]
        return Response(json.dumps(rows).encode(), 200, JSON)

    return answer


def build(factory_path: str, args: list[str]) -> Site:
    """Call the factory; plain routes become a site."""
    module, _, name = factory_path.partition(":")
    factory: Callable[..., Any] = getattr(importlib.import_module(module), name)
    made = factory(*args)
    site = Site(made) if isinstance(made, Mapping) else made
    assert isinstance(site, Site)
    site.routes["/__site/requests"] = request_list(site)
    return site


def main() -> None:
    """Serve until the parent closes our standard input, by will or by dying."""
    with build(sys.argv[1], sys.argv[2:]) as site:
        sys.stdout.write(f"{site.port}\n")
        sys.stdout.flush()
        sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
