"""What the tests of looking again share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from config.model import ExtractSettings
from tasks.extract.pool import child_pool
from tests.site.server import Page, Site
from tests.support import Lab, item, rss
from tests.tasks.fetch.revisiting import HOME


@pytest.fixture(scope="module")
def children() -> Iterator[None]:
    """One pool for all runs: starting a child takes longer than what it does here."""
    with child_pool(ExtractSettings(workers=1)):
        yield


@pytest.fixture
def here(lab: Callable[..., Lab], site: Site, children: None) -> Lab:
    """One feed with one article."""
    site.routes = {"/rss": Page(rss(item("Talks go on", "/talks")), "application/rss+xml"), "/": HOME}
    return lab({"home": "/rss"}, settings={"fetch": {"respect_robots": False}})
