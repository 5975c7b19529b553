"""What looking again finds: a version, a removal, a wall, a move, or nothing at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tasks.fetch.archive import read_response
from tests.site.server import Gone, Page, Redirect, Site
from tests.support import START, Lab, item, rss
from tests.tasks.fetch.revisiting import (
    CONSENT,
    LINES,
    NOTHING,
    STUB,
    article,
    begin,
    outcomes,
    round_,
    shows,
    story,
    until_the_end,
    versions,
)


def test_an_article_edited_twice_has_three_versions_with_their_sentences_and_bytes(here: Lab, site: Site) -> None:
    begin(here, site)
    here.clock.forward(hours=1)
    shows(site, story(*LINES[:3], LINES[3].replace("nine", "eleven"), *LINES[4:]))
    round_(here)
    here.clock.forward(hours=2)
    correction = "Correction: an earlier version gave the number of rounds as four; the ministry denied it."
    shows(site, story(*LINES[:1], LINES[1].replace("four", "three"), *LINES[3:], correction, title="Talks may go on"))
    round_(here)
    until_the_end(here)
    found = here.rows("select * from changes order by version")
    assert [(r["version"], r["change"], r["minutes_after_first_seen"]) for r in found] == [
        (2, "text", 60),
        (3, "headline and text", 180),
    ]
    first, second = found
    assert (first["sentences_added"], first["sentences_removed"]) == ([], [])
    assert first["sentences_changed"] == [{"before": LINES[3], "after": LINES[3].replace("nine", "eleven")}]
    assert second["sentences_added"] == [correction]
    assert second["sentences_removed"] == [
        "A spokesman for Gen. A. B. Khan did not comment on the report.",
        "“We will see,” he said.",
    ]
    assert [c["after"] for c in second["sentences_changed"]] == [
        LINES[1].replace("four", "three"),
        LINES[3],
    ]
    assert (article(here)["version"], article(here)["title"]) == (3, "Talks may go on")
    for version in versions(here):
        (page,) = here.rows("select * from pages where page_id = $id", id=version["page_id"])
        directory = here.config.settings.warehouse.archive_dir
        raw = read_response(directory, page["archive_file"], page["archive_offset"]).raw_body.decode()
        assert all(line in raw for line in version["text"].split("\n")[1:])


def test_what_only_looks_different_is_no_version(here: Lab, site: Site) -> None:
    """Signs typed otherwise, time stamps, related links, other furniture: new bytes, the same article."""
    begin(here, site, story(*LINES, "Updated at 10:30 am"))
    cosmetic = [line.replace("“", '"').replace("”", '"').replace(": ", ":  ") for line in LINES]
    here.clock.forward(hours=1)
    shows(site, story(*cosmetic, "Updated at 11:45 am", "READ MORE: Envoys arrive in the capital for another round"))
    round_(here)
    assert outcomes(here) == [("ok", 200), ("ok", 200)]
    assert [v["version"] for v in versions(here)] == [1]
    assert here.rows("select * from changes") == []


@pytest.mark.parametrize(
    ("answer", "code", "status", "times"),
    [(NOTHING, "not_found", 404, 6), (Gone(), "gone", 410, 2), (Redirect("/", 302), "home_page", 200, 6)],
)
def test_a_removal_is_a_fact_and_erases_nothing(
    here: Lab, site: Site, answer: Page, code: str, status: int, times: int
) -> None:
    """It is confirmed soon after, and again at each step."""
    begin(here, site)
    before = article(here)
    here.clock.forward(hours=1)
    site.routes["/talks"] = answer
    run = here.run()
    result = here.fetch(run)
    assert (result.ok, result.failed, result.counts["removed"]) == (1, 0, 1)
    here.extract()
    assert article(here) == before
    assert len(versions(here)) == 1
    (row,) = here.rows("select * from removals")
    assert (row["article_id"], row["how"], row["http_status"], row["times_seen"]) == (
        before["article_id"], code, status, 1,
    )  # fmt: skip
    assert (row["last_seen_at"], row["removed_at"]) == (START, START + timedelta(hours=1))
    until_the_end(here)
    assert here.values("select times_seen from removals") == [times]
    assert here.target(site.url("/talks"))["next_fetch_at"] is None
    assert article(here) == before


def test_an_article_that_comes_back_is_removed_no_more(here: Lab, site: Site) -> None:
    begin(here, site)
    here.clock.forward(hours=1)
    site.routes["/talks"] = NOTHING
    round_(here)
    here.clock.forward(hours=1)
    shows(site, story())
    round_(here)
    assert here.rows("select * from removals") == []
    assert outcomes(here) == [("ok", 200), ("removed", 404), ("not_modified", 304)]
    assert here.target(site.url("/talks"))["removed_at"] is None


GONE = story("This article is no longer available. Read the latest stories of our newsroom.", title="The Daily Paper")


@pytest.mark.parametrize(("wall", "verdict"), [(CONSENT, "consent_wall"), (STUB, "paywall_stub"), (GONE, "empty")])
def test_a_wall_that_comes_later_is_a_version_and_never_the_current_text(
    here: Lab, site: Site, wall: Page, verdict: str
) -> None:
    begin(here, site)
    before = article(here)
    here.clock.forward(hours=1)
    shows(site, wall)
    round_(here)
    assert article(here) == before
    assert [(v["verdict"], v["sentences_removed"]) for v in versions(here)] == [("article", None), (verdict, None)]
    assert here.values("select change from changes") == ["verdict"]
    here.clock.forward(hours=2)
    shows(site, story(*LINES, "A second day of talks was added late at night."))
    round_(here)
    now = article(here)
    assert (now["version"], now["verdict"]) == (3, "article")
    # the edit is counted against the text, not against the wall
    edit = here.rows("select * from changes where version = 3")[0]
    assert (edit["text_before"], edit["words_added"], edit["words_removed"]) == (before["text"], 10, 0)
    assert edit["sentences_added"] == ["A second day of talks was added late at night."]


def test_a_wall_that_opens_makes_the_text_current(here: Lab, site: Site) -> None:
    begin(here, site, CONSENT)
    assert article(here)["verdict"] == "consent_wall"
    here.clock.forward(hours=1)
    shows(site, story())
    round_(here)
    assert (article(here)["verdict"], article(here)["version"]) == ("article", 2)


def test_a_better_page_is_read_again_when_rules_take_the_current_one_away(here: Lab, site: Site) -> None:
    """Re-reading may turn the current page into a wall: then the text before it is current again."""
    begin(here, site)
    first = article(here)
    here.clock.forward(hours=1)
    shows(site, CONSENT)
    round_(here)
    wall = versions(here)[1]["page_id"]
    # as if older rules had taken the wall for an article
    here.rows(
        "update articles set page_id = $page, read_at = $at, text = 'wall', version = 2", page=wall, at=here.clock()
    )
    here.rows("update pages set extracted_with = null where page_id = $page", page=wall)
    here.extract()
    here.extract(here.run(stale=100))
    assert (article(here)["text"], article(here)["version"]) == (first["text"], 1)


@pytest.mark.parametrize("how", ["redirect", "canonical"])
def test_a_renamed_slug_makes_no_second_article(here: Lab, site: Site, how: str) -> None:
    """Whatever moves it, the article stays itself, and the feed's new address is one more sighting of it."""
    begin(here, site)
    key = article(here)["article_id"]
    here.clock.forward(hours=1)
    new = story(
        *LINES, "One more line was added.", head=f'<link rel="canonical" href="{site.url("/talks-may-go-on")}">'
    )
    site.routes |= {"/talks": Redirect("/talks-may-go-on") if how == "redirect" else new, "/talks-may-go-on": new}
    round_(here)
    site.routes["/rss"] = Page(rss(item("Talks may go on", "/talks-may-go-on")), "application/rss+xml")
    here.clock.forward(hours=1)
    here.poll_all()
    assert round_(here) == 0
    assert (article(here)["article_id"], article(here)["version"]) == (key, 2)
    assert here.values("select distinct article_id from entries") == [key]
    assert here.values("select count(*) from entries") == [2]


def test_reprocessing_fills_and_keeps_what_the_looks_found(here: Lab, site: Site) -> None:
    """Rows of a warehouse older than the columns get their sentences."""
    begin(here, site)
    for n in range(2):
        here.clock.forward(hours=2)
        shows(site, story(*LINES, f"Line {n} was added."))
        round_(here)
    before = versions(here)
    here.rows(
        "update article_versions set sentences_added = null, sentences_removed = null, sentences_changed = null, "
        "compared_with = null"
    )
    here.rows("update pages set extracted_with = 'requested' where outcome = 'ok'")
    here.extract(here.run(stale=100))
    assert versions(here) == before
    assert before[2]["sentences_changed"] == [{"before": "Line 0 was added.", "after": "Line 1 was added."}]
