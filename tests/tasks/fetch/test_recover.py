"""After a crash the archive may know more than the warehouse: nothing of it is lost, and the file is written on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import tasks.fetch.task
from tasks.fetch.archive import read_response, responses
from tasks.fetch.recover import recover_pages
from tasks.load import database as db
from tests.site.server import Gzipped, Page, Site
from tests.support import Lab, item, rss

MakeLab = Callable[..., Lab]


def recover(home: Lab) -> int:
    with db.writer(home.config.settings.warehouse) as con:
        return recover_pages(con, home.run())


def crash(home: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetch, and die in the middle of the transaction that stores it."""

    def die(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(tasks.fetch.task, "store_failures", die)
        with pytest.raises(RuntimeError, match="killed"):
            home.fetch()


def archive_file(home: Lab) -> Path:
    (path,) = home.config.settings.warehouse.archive_dir.glob("*/*.warc.gz")
    return path


@pytest.fixture
def crashed(lab: MakeLab, site: Site, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """One page stored as it should be; two more in the archive only, behind a feed's record."""
    noai = {"X-Robots-Tag": "noai"}
    site.routes = {"/robots.txt": Page("User-agent: *\nAllow: /", "text/plain")} | {
        f"/{n}": Gzipped(Page(f"<p>page {n}</p>", headers=noai)) for n in range(3)
    }
    site.routes["/rss"] = Page(rss(item("One", "/1")), "application/rss+xml")
    home = lab({"home": "/rss"})
    home.add_targets(site.url("/0"))
    home.fetch()
    home.poll()
    home.add_targets(site.url("/2"))
    home.clock.forward(minutes=5)
    crash(home, monkeypatch)
    assert home.values("select count(*) from pages") == [1]
    return home


def test_pages_without_rows_get_them(crashed: Lab, site: Site) -> None:
    assert recover(crashed) == 2
    assert recover(crashed) == 0  # twice is once
    for n in (1, 2):
        row = crashed.page(site.url(f"/{n}"))
        assert (row["outcome"], row["source"], row["http_status"]) == ("ok", "recovered", 200)
        assert (row["robots"], row["opt_out"], row["final_url"]) == ("allowed", "header:noai", site.url(f"/{n}"))
        directory = crashed.config.settings.warehouse.archive_dir
        stored = read_response(directory, row["archive_file"], row["archive_offset"])
        assert stored.fields["page-id"] == row["page_id"]
        assert row["decoded_bytes"] == len(f"<p>page {n}</p>")
        assert crashed.target(site.url(f"/{n}"))["state"] == "done"
    assert crashed.fetch().taken == 0
    assert len([r for r in site.requests if r.path == "/1"]) == 1


def test_a_torn_tail_is_put_aside_and_the_file_is_written_on(crashed: Lab, site: Site) -> None:
    path = archive_file(crashed)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    assert recover(crashed) == 1
    (torn,) = path.parent.glob("*.torn-at-*")
    assert path.read_bytes() + torn.read_bytes() == whole[:-40]  # nothing is thrown away
    # what was torn is fetched again, behind the good records
    assert crashed.fetch().ok == 1
    assert len([stored for _, _, stored in responses(path) if "page-id" in stored.fields]) == 3
    assert recover(crashed) == 0
    assert crashed.values("select count(*) from pages where outcome = 'ok'") == [3]


def test_rubbish_behind_the_last_record_is_put_aside(crashed: Lab) -> None:
    assert recover(crashed) == 2
    path = archive_file(crashed)
    good = path.read_bytes()
    path.write_bytes(good + b"\x1f\x8b\x08\x00 rubbish")
    assert recover(crashed) == 0
    assert path.read_bytes() == good


def test_old_files_are_not_read_each_time(crashed: Lab) -> None:
    crashed.clock.now += timedelta(days=4000)
    assert recover(crashed) == 0


def test_a_lost_log_makes_all_files_count(crashed: Lab) -> None:
    crashed.clock.now += timedelta(days=4000)
    work = crashed.config.settings.warehouse.work_path
    (work.parent / f"{work.name}.wal.broken-20260302T090000").write_bytes(b"torn")
    assert recover(crashed) == 2
    assert recover(crashed) == 0
    assert list(work.parent.glob("*.recovered-*"))


def test_a_page_whose_address_is_unknown_gets_that_too(crashed: Lab, site: Site) -> None:
    with db.writer(crashed.config.settings.warehouse) as con:
        con.execute("delete from frontier")
    assert recover(crashed) == 2
    row = crashed.target(site.url("/1"))
    assert (row["state"], row["outlet_id"], row["host"]) == ("done", "main", site.authority())
    assert crashed.page(site.url("/1"))["target_id"] == row["target_id"]
