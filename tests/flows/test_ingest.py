"""The real ingest flow on a real site, checked against what the site knows to be true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.load.database import table_hash
from tests.flows.conftest import Ingested
from tests.flows.plain_run import plain_run

# What a second poll of unchanged feeds may touch: the record of having looked.
LOOKING = {"runs", "polls", "feeds", "hosts", "failures", "schema_log"}


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    con = duckdb.connect(str(path), read_only=True)
    try:
        con.execute("set timezone = 'UTC'")
        return con.execute(sql).fetchall()
    finally:
        con.close()


def hashes(path: Path) -> dict[str, tuple[int, str]]:
    con = duckdb.connect(str(path), read_only=True)
    try:
        tables = [row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()]
        return {table: table_hash(con, table) for table in tables if table not in LOOKING}
    finally:
        con.close()


def test_both_runs_complete_and_their_rows_say_so(ingested: Ingested) -> None:
    assert [state.name for state in ingested.states] == ["Completed", "Completed"]
    runs = query(ingested.published, "select flow, state from runs order by started_at")
    assert runs[:2] == [("ingest", "ok"), ("ingest", "ok")]


def test_every_article_of_the_world_is_there(ingested: Ingested) -> None:
    titles = {row[0] for row in query(ingested.published, "select title from articles")}
    served = [t for t in ingested.world.truth.values() if t.fetch == "ok" and set(t.feeds) - {"potomac-rss"}]
    missing = [t.title for t in served if (t.title_after or t.title) not in titles and t.title not in titles]
    # a headline on a page may differ from the one in the truth by its typography only
    assert len(missing) <= len(served) // 20, missing
    assert len(served) >= 44


def test_sightings_meet_in_one_article(ingested: Ingested) -> None:
    """Two feeds, tracking parameters, an AMP twin: one article, several sightings."""
    several = query(
        ingested.published,
        "select count(*) from entries where article_id is not null group by article_id having count(*) > 1",
    )
    assert len(several) >= 3
    lost = query(
        ingested.published,
        "select e.url from entries e left join articles a using (article_id) "
        "join frontier f on f.target_id = e.target_id where f.state = 'done' and a.article_id is null",
    )
    assert lost == []


def test_an_edit_is_a_version_with_both_texts(ingested: Ingested) -> None:
    found = query(
        ingested.published,
        "select outlet_id, title_changed, words_added, text_before <> text_after from changes order by 1",
    )
    assert [row[:2] for row in found] == [("courier", True), ("harbour", True)]
    assert found[0][2] > 0
    assert found[0][3] is True
    assert found[1][2:] == (0, False)


def test_robots_rate_limits_and_dead_feeds_are_told_apart(ingested: Ingested) -> None:
    codes = dict(
        query(ingested.published, "select feed_id, any_value(code) from polls where outcome = 'failed' group by 1")
    )
    assert codes == {"bolan-rss": "not_found", "potomac-rss": "rate_limited"}
    # the second run left the host alone: it had asked for a rest
    deferred = query(ingested.published, "select feed_id, code from polls where outcome = 'deferred'")
    assert deferred == [("potomac-rss", "host_backoff")]


def test_verdicts_of_what_is_no_article(ingested: Ingested) -> None:
    found = dict(query(ingested.published, "select url, verdict from articles"))
    for slug, truth in ingested.world.truth.items():
        if truth.verdict in ("paywall_stub", "consent_wall", "live_blog", "video") and truth.fetch == "ok":
            address = next((url for url in found if url.endswith(truth.path)), None)
            assert address, slug
            assert found[address] == truth.verdict, slug


def test_an_item_without_a_link_is_kept_as_a_sighting(ingested: Ingested) -> None:
    found = query(
        ingested.published, "select count(*) from entries where problem = 'item_without_link' and title is not null"
    )
    assert found == [(1,)]


def test_every_page_leads_back_to_its_bytes(ingested: Ingested) -> None:
    from tasks.fetch.archive import read_response
    from tasks.fetch.unpack import unpack
    from tasks.ids import sha256_hex

    pages = query(ingested.published, "select archive_file, archive_offset, sha256 from pages where outcome = 'ok'")
    assert len(pages) >= 60
    for file, offset, digest in pages:
        stored = read_response(ingested.folder / "archive", file, offset)
        assert sha256_hex(unpack(stored.raw_body, stored.header("content-encoding"), 10**7)) == digest


def test_twice_is_once(ingested: Ingested) -> None:
    """A third run over the same feeds changes no row but the record of having looked."""
    from flows.ingest import ingest

    flow: Any = ingest
    before = hashes(ingested.published)
    state = flow(config_dir=str(ingested.config), all_feeds=True, return_state=True)
    assert state.is_completed()
    assert hashes(ingested.published) == before


def test_a_batch_is_a_task_run(ingested: Ingested) -> None:
    """13 feeds and 60 pages: one batch of each stage, the index and the publishing, in each run."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import TaskRunFilter

    wanted = TaskRunFilter.model_validate({"flow_run_id": {"any_": [ingested.states[0].state_details.flow_run_id]}})
    with get_client(sync_client=True) as client:
        assert len(client.read_task_runs(task_run_filter=wanted)) == 7


def test_artifacts_are_worth_reading(ingested: Ingested) -> None:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        run_id = ingested.states[0].state_details.flow_run_id
        artifacts = {a.key: a for a in client.read_artifacts() if a.flow_run_id == run_id}
    assert {"run-summary", "feed-health"} <= set(artifacts)
    assert "| poll | 11 | 2 |" in artifacts["run-summary"].data
    assert "bolan-rss" in artifacts["feed-health"].data


def test_a_run_in_which_everything_fails_is_failed(prefect_server: None, tmp_path: Path) -> None:
    from flows.ingest import ingest
    from tests.site.server import Gone, Site
    from tests.support import write_config

    flow: Any = ingest
    with Site({"/feed": Gone()}) as site:
        config = write_config(tmp_path, site, {"gone": site.url("/feed")}).directory
        state = flow(config_dir=str(config), return_state=True)
    assert state.is_failed()
    assert "failed: poll: 0 ok, 1 failed" in state.message
    assert plain_run(config, all_feeds=False) == "ok", "nothing is due: that is no failure"


@pytest.mark.parametrize("broken", ["contact", "feeds.csv"])
def test_nothing_runs_on_a_broken_configuration(ingested: Ingested, tmp_path: Path, broken: str) -> None:
    import shutil

    from flows.ingest import ingest

    flow: Any = ingest
    config = tmp_path / "config"
    shutil.copytree(ingested.config, config)
    if broken == "contact":
        text = (config / "settings.toml").read_text().replace("https://example.org/tests", "nobody")
        (config / "settings.toml").write_text(text)
    else:
        (config / "feeds.csv").write_text("key,outlet\n")
    state = flow(config_dir=str(config), return_state=True)
    assert state.is_failed()
    assert not (tmp_path / ".work").exists()
