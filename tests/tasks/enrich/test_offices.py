"""Offices resolve by the date of the article."""

from __future__ import annotations

import pytest

from tests.tasks.enrich.marks import mentions


@pytest.mark.parametrize(
    ("text", "day", "role", "holder"),
    [
        ("Pakistan's army chief flew home.", "2021-05-01", "pk-coas", "qamar-javed-bajwa"),
        ("The COAS flew home.", "2024-05-01", "pk-coas", "asim-munir"),
        ("The US defence secretary called.", "2023-12-13", "us-secdef", "lloyd-austin"),
        ("The US defence secretary called.", "2025-12-13", "us-secdef", "pete-hegseth"),
        ("پاکستان کے وزیر خارجہ نے خط لکھا۔", "2025-06-01", "pk-fm", "ishaq-dar"),
        ("امریکی وزیر خارجہ نے پاکستان کا شکریہ ادا کیا۔", "2023-06-01", "us-secstate", "antony-blinken"),
        ("آرمی چیف نے خطاب کیا۔", "2018-06-01", "pk-coas", "qamar-javed-bajwa"),
    ],
)
def test_an_office_is_its_holder_of_the_day(text: str, day: str, role: str, holder: str) -> None:
    found = mentions(text, day=day)
    assert found[role].role_id == role
    assert found[holder].role_id == role
    assert found[holder].how == "office"


@pytest.mark.parametrize("word", ["Former", "The then", "Ex-"])
def test_former_holders_are_not_resolved(word: str) -> None:
    found = mentions(f"{word} US secretary of state dined in Lahore, Pakistan.")
    assert "marco-rubio" not in found
    assert found["us-secstate"].flags == ("former",)


def test_sabiq_does_not_resolve() -> None:
    assert "marco-rubio" not in mentions("سابق امریکی وزیر خارجہ لاہور میں تھے۔")


def test_the_day_of_a_handover_has_two_candidates() -> None:
    found = mentions("Pakistan's army chief addressed the guard.", day="2022-11-29")
    assert found["qamar-javed-bajwa"].flags == found["asim-munir"].flags == ("handover",)


def test_an_office_without_a_known_holder_is_kept() -> None:
    found = mentions("The Special Representative for Afghanistan and Pakistan wrote.", day="2025-06-20")
    assert "holder_unknown" in found["us-srap"].flags


def test_an_office_that_the_person_did_not_hold_is_flagged() -> None:
    assert (
        "anachronism"
        in mentions("US Secretary of State Antony Blinken landed.", day="2025-06-20")["antony-blinken"].flags
    )
    found = mentions("US Secretary of State Marco Rubio landed.", day="2025-06-20")["marco-rubio"]
    assert (found.role_id, found.flags) == ("us-secstate", ())


def test_ministers_of_other_countries_are_not_ours() -> None:
    text = "Pakistan heard Indian Foreign Minister S. Jaishankar and the Iranian foreign minister."
    assert not {"pk-fm", "ishaq-dar"} & set(mentions(text))


def test_an_assumed_date_is_marked() -> None:
    assert "date_assumed" in mentions("The COAS flew home.", day_exact=False)["asim-munir"].flags


def test_offices_given_to_named_people_date_a_text_without_a_date() -> None:
    text = "Secretary of Defense Lloyd J. Austin III met Secretary of State Antony Blinken. The army chief waited. "
    found = mentions(text + "The US ambassador to Pakistan spoke.", day="2026-11-01", day_exact=False)
    assert found["lloyd-austin"].flags == ("date_assumed",)
    # who was in office on the last day of both, 20 January 2025
    assert {"asim-munir", "donald-blome"} <= set(found)
    office = mentions("The US defence secretary called. " + text, day="2026-11-01", day_exact=False)
    assert (office["lloyd-austin"].mention_count, "pete-hegseth" in office) == (2, False)
    exact = mentions("The US defence secretary called. " + text, day="2026-11-01")
    assert "anachronism" in exact["lloyd-austin"].flags
    assert "pete-hegseth" in exact


def test_offices_that_nobody_held_together_date_nothing() -> None:
    text = (
        "Secretary of Defense Lloyd J. Austin III and Secretary of State Marco Rubio. The US defence secretary called."
    )
    found = mentions(text, day="2026-11-01", day_exact=False)
    assert "anachronism" in found["lloyd-austin"].flags
    assert "pete-hegseth" in found


def test_a_deputy_is_not_the_holder_but_the_country_is_there() -> None:
    found = mentions("Deputy U.S. Trade Representative Laura Whitcombe spoke with Pakistan's minister of commerce.")
    assert "united-states" in found
    assert "us-ustr" not in found
