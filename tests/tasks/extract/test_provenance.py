"""Datelines, desks, agencies and credits: forms seen in English and Urdu copy, each with its look-alike."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.extract import patterns
from tasks.extract.people import is_byline_line
from tasks.extract.provenance import agency_of, caption_credit_of, desk_of, read_provenance, split_dateline
from tests.tasks.extract.pages import paragraphs

REST = "the two delegations met for three hours and agreed to continue."
UR_REST = "امریکی محکمہ خارجہ کے ترجمان نے کہا ہے کہ بات چیت جاری رہے گی"


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        (f"WASHINGTON : Chief {REST}", "WASHINGTON", None),
        (f"KABUL:  The {REST}", "KABUL", None),
        (f"UNITED NATIONS: The {REST}", "UNITED NATIONS", None),
        (f"DAVOS, Jan 22 (APP):Pakistan {REST}", "DAVOS", "APP"),
        (f"Islamabad, Nov 27 (PTI) The {REST}", "Islamabad", "PTI"),
        (f"Washington DC [US], October 23 (ANI): Paul {REST}", "Washington DC", "ANI"),
        (f"ISLAMABAD (Reuters) - The {REST}", "ISLAMABAD", "Reuters"),
        (f"WASHINGTON (AP) — The {REST}", "WASHINGTON", "AP"),
        (f"ISLAMABAD, SEPT 14: /DNA/ – The {REST}", "ISLAMABAD", "DNA"),
        (f"PESHAWAR, (APP - UrduPoint / Pakistan Point News - 4th Jan, 2023 ) : The {REST}", "PESHAWAR", "APP"),
        (f"KABUL/ISLAMABAD (Reuters) - The {REST}", "KABUL/ISLAMABAD", "Reuters"),
        (f"ISLAMABAD (Dunya News) – The {REST}", "ISLAMABAD", None),
        (f"NEW YORK – The {REST}", "NEW YORK", None),
        (f"Washington DC: American {REST}", "Washington DC", None),
        (f"واشنگٹن (این این آئی){UR_REST}", "واشنگٹن", "NNI"),
        (f"لندن(آئی این پی){UR_REST}", "لندن", "INP"),
        (f"راولپنڈی (اے پی پی) {UR_REST}", "راولپنڈی", "APP"),
        (f"واشنگٹن: {UR_REST}", "واشنگٹن", None),
    ],
)
def test_datelines(line: str, place: str, agency: str | None) -> None:
    found = read_provenance([line, *paragraphs(2)])
    assert (found.dateline, found.agency) == (place, agency)
    assert found.paragraphs[0].endswith(REST) or found.paragraphs[0] == UR_REST


@pytest.mark.parametrize(
    "line",
    [
        f"Pentagon said {REST}",
        f"Washington has worked closely and {REST}",
        f"LIVE: The {REST}",
        f"Washington [note] today {REST}",
        "واشنگٹن میں اجلاس کے بعد ترجمان نے بات چیت کی تفصیل بتائی",
        f"پاکستان (ن) لیگ {UR_REST}",
    ],
)
def test_what_is_no_dateline_stays_in_the_text(line: str) -> None:
    assert split_dateline(line) is None


def test_app_is_not_ap_and_a_party_is_no_agency() -> None:
    assert (agency_of("APP"), agency_of("AP"), agency_of("(Associated Press of Pakistan)")) == ("APP", "AP", "APP")
    assert agency_of("PTI chairman") is None
    found = read_provenance([f"LAHORE: PTI workers said {REST}", *paragraphs(2)])
    assert found.agency is None


@pytest.mark.parametrize(
    "line",
    [
        "F.P. Report",
        "Monitoring Desk",
        "Web Desk",
        "News Desk",
        "Staff Reporter",
        "Our Correspondent",
        "By our correspondents",
        "Bureau Report",
        "Recorder Report",
        "Editorial Board",
        "مانیٹرنگ ڈیسک",
        "ویب ڈیسک",
        "نمائندہ خصوصی",
        "نمائندہ جنگ",
        "بیورو رپورٹ",
        "اسٹاف رپورٹر",
    ],
)
def test_desks(line: str) -> None:
    assert desk_of(line)
    found = read_provenance([line, *paragraphs(3)])
    assert found.desk
    assert list(found.paragraphs) == paragraphs(3)


@pytest.mark.parametrize("line", ["Report of the committee", "Anwar Iqbal", "The desk was clean."])
def test_what_is_no_desk(line: str) -> None:
    assert desk_of(line) is None


@pytest.mark.parametrize(
    ("line", "credit", "agency"),
    [
        ("courtesy : arab news", "arab news", None),
        ("Courtesy: arabnews", "arabnews", None),
        ("بشکریہ: بی بی سی اردو", "بی بی سی اردو", None),
        ("(With inputs from agencies.)", "agencies", "agencies"),
        ("With additional reporting by Reuters", "Reuters", "Reuters"),
        ("Source: Reuters", "Reuters", "Reuters"),
        ("Based On ANI Report", "ANI", "ANI"),
        ("Published in Dawn, August 19th, 2024", "Published in Dawn, August 19th, 2024", None),
        ("Copyright Business Recorder, 2025", "Copyright Business Recorder, 2025", None),
        ("As Reported by The Voice of America", "Voice of America", None),
        ("This article was originally published in The Conversation", "The Conversation", None),
    ],
)
def test_closing_credits(line: str, credit: str, agency: str | None) -> None:
    found = read_provenance([*paragraphs(4), line])
    assert (found.credit, found.agency) == (credit, agency)
    assert list(found.paragraphs) == paragraphs(4)


def test_a_wire_sign_off_names_the_agency_without_any_credit() -> None:
    found = read_provenance([*paragraphs(4), "Reporting by Kanishka Singh in Washington; Editing by Andrea Ricci"])
    assert found.agency == "Reuters"
    assert list(found.paragraphs) == paragraphs(4)


@pytest.mark.parametrize(
    "line",
    ["Courtesy call on the minister", "source: unknown cause", "Reporting by fax is allowed", "based on a true story"],
)
def test_look_alikes_of_credits_stay(line: str) -> None:
    assert read_provenance([*paragraphs(3), line]).paragraphs[-1] == line


def test_a_caption_credit_is_not_a_credit_of_the_text() -> None:
    caption = "Finance Minister signs MoU on January 14, 2026. — X/@PakistanVARA"
    found = read_provenance([caption, *paragraphs(4)])
    assert (found.caption_credit, found.credit, found.agency) == ("X/@PakistanVARA", None, None)
    assert list(found.paragraphs) == paragraphs(4)
    assert caption_credit_of("President in Islamabad. — AFP/File") == "AFP/File"


def test_a_caption_fused_to_the_first_paragraph_is_split_off() -> None:
    found = read_provenance(
        [f"A resident stands near a house in the east of Ukraine. — AFPWashington and Kyiv said {REST}", *paragraphs(2)]
    )
    assert found.caption_credit == "AFP"
    assert found.paragraphs[0].startswith("Washington and Kyiv said")


def test_an_agency_after_the_last_sentence_is_the_agency_of_the_story() -> None:
    found = read_provenance([*paragraphs(3), "The talks resume on Monday. —AFP"])
    assert (found.agency, found.paragraphs[-1], found.caption_credit) == ("AFP", "The talks resume on Monday.", None)


SHARED = (
    Path(os.environ.get("KHABAR_SHARED") or Path(__file__).resolve().parents[4] / "shared")
    / "domain"
    / "signals_patterns.csv"
)
_OURS: dict[str, Callable[[str], object]] = {
    "cr.courtesy": patterns.COURTESY.match,
    "cr.courtesy_ur": patterns.COURTESY.match,
    "cr.inputs": patterns.INPUTS.match,
    "cr.reporting_from": patterns.REPORTING.match,
    "cr.reuters_tail": patterns.REUTERS_TAIL.match,
    "cr.published_in": patterns.PUBLISHED_IN.match,
    "cr.originally": patterns.ORIGINALLY.search,
    "cr.source_line": patterns.SOURCE_LINE.match,
    "cr.based_on": patterns.BASED_ON.match,
    "cr.feed_disclaimer": patterns.DISCLAIMER.search,
    "cr.copyright": patterns.COPYRIGHT.match,
    "cr.repost_label": patterns.REPOST.match,
    "dl.agency": lambda s: split_dateline(f"{s} {REST}"),
    "dl.ani": lambda s: split_dateline(f"{s} {REST}"),
    "dl.house": lambda s: split_dateline(f"{s} {REST}"),
    "dl.title": lambda s: split_dateline(f"{s} {REST}"),
    "dl.ur": lambda s: split_dateline(f"{s} {UR_REST}"),
    "dl.ur_plain": lambda s: split_dateline(f"{s} {UR_REST}"),
    "by.desk": desk_of,
    "by.reuters_lead": is_byline_line,
    "by.rss_none": patterns.RSS_NONE.search,
    "fu.more": patterns.FURNITURE.match,
    "fu.ur": patterns.FURNITURE.match,
    "fu.photo": caption_credit_of,
}


@pytest.mark.skipif(not SHARED.exists(), reason=f"no table of signals at {SHARED} (set KHABAR_SHARED)")
def test_the_table_of_signals_agrees() -> None:
    rows = {row["id"]: row for row in csv.DictReader(SHARED.open(encoding="utf-8"))}
    wrong = []
    for key, ours in _OURS.items():
        row = rows[key]
        if not ours(row["test_positive"]):
            wrong.append((key, "misses", row["test_positive"]))
        # A short tail alone is a caption credit only below a longer line: that test needs the line's place.
        if key != "fu.photo" and ours(row["test_negative"]):
            wrong.append((key, "takes", row["test_negative"]))
    assert wrong == []
