"""A whole article: all of its people, bodies, places, offices and holders on its day, topics, level and quotation."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tasks.enrich.model import Enriched
from tests.tasks.enrich.marks import enrich

TITLE = "COAS, US defence secretary hold talks on regional security"
TEXT = """RAWALPINDI: Chief of Army Staff General Asim Munir met the US Defense Secretary at the Pentagon on \
Wednesday and spoke of regional security and bilateral defence cooperation.
Munir left Islamabad on Sunday for his first official visit to the US since he became army chief. He \
reached Washington on Tuesday.
Washington has dealt with Pakistani army chiefs for decades, in the war in Afghanistan and against \
militants.
“Secretary of Defense Lloyd J. Austin III received Pakistan’s Chief of Army Staff today to discuss \
defense cooperation,” the Pentagon said in a brief statement.
Munir is also expected to meet US Secretary of State Antony Blinken and National Security Adviser \
Jake Sullivan, and members of the US House and the Senate.
Ties between Washington and Islamabad were strained during former prime minister Imran Khan’s \
tenure. Khan claimed that Washington had worked with his rivals.
They improved after a visit by Munir’s predecessor, General (retd) Qamar Javed Bajwa.
The US has shared a list of 25,000 Afghans who await visas for US resettlement and whom it wants \
exempted from expulsion.
The Pakistani Taliban, or TTP, have stepped up attacks since they ended a ceasefire with Pakistan’s \
government."""
PEOPLE = ("asim-munir", "lloyd-austin", "antony-blinken", "jake-sullivan", "imran-khan", "qamar-javed-bajwa")
BODIES = ("pentagon", "us-house", "us-senate", "ttp", "us-government", "government-of-pakistan")
PLACES = ("pakistan", "united-states", "afghanistan", "islamabad", "washington-dc")
OFFICES = {
    "pk-coas": "asim-munir",
    "us-secdef": "lloyd-austin",
    "us-secstate": "antony-blinken",
    "us-nsa": "jake-sullivan",
}


def check(found: Enriched) -> None:
    marks = {m.entity_id: m for m in found.mentions}
    assert set(PEOPLE + BODIES + PLACES) - set(marks) == set()
    assert {role: marks[role].role_id for role in OFFICES} == {role: role for role in OFFICES}
    assert {person: marks[person].role_id for person in OFFICES.values()} == {p: r for r, p in OFFICES.items()}
    assert not any("anachronism" in m.flags for m in found.mentions)
    assert marks["imran-khan"].role_id is None
    assert marks["pk-pm"].flags == ("former",)
    assert marks["asim-munir"].in_title
    assert found.relevance is not None
    assert found.relevance.level == 3
    topics = {t.topic_id for t in found.topics if t.rank}
    assert topics & {"sec.defence_arms", "dip.visits_relations"}
    said = [q for q in found.quotes if q.kind == "direct"]
    assert [(q.speaker_entity_id, q.cue, q.source_kind) for q in said] == [("pentagon", "said", "institution")]


def test_an_article_of_our_own() -> None:
    check(enrich(TEXT, TITLE, "2023-12-13"))


def test_the_seed_article() -> None:
    folder = Path(os.environ.get("KHABAR_SHARED", "")) / "seed"
    files = sorted(folder.glob("*.txt")) if os.environ.get("KHABAR_SHARED") else []
    if not files:
        pytest.skip("KHABAR_SHARED does not name a folder with seed/*.txt")
    title, _, text = files[0].read_text(encoding="utf-8").partition("\n")
    found = enrich(text.strip(), title, "2023-12-13")
    check(found)
    assert "afghan-taliban" in {m.entity_id for m in found.mentions}
    assert {"sec.counterterrorism", "afg.refugees_resettlement"} <= {t.topic_id for t in found.topics}
