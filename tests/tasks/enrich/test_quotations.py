"""One quotation in many wordings: what is one, what is not, and that the order of arrival does not matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.enrich.compare import mark_stale
from tasks.enrich.quotation import Spoken, likeness, prints, same_speaker, speaker, wording
from tasks.enrich.quotegroups import Tie, difference, quotations
from tasks.enrich.task import STAGE
from tasks.load import database as db
from tests.support import Lab
from tests.tasks.enrich.test_stage import ALL, article, put

DAY = date(2025, 6, 20)
RUBIO = speaker("marco-rubio", "person", "US", "person", "Secretary of State Marco Rubio")
DAR = speaker("ishaq-dar", "person", "PK", "person", "Ishaq Dar")
NOBODY = speaker(None, None, None, "unknown", "he")
FULL = "We will strongly defend the ceasefire between Pakistan and India, and nobody should doubt our resolve on this."
URDU = "ہم پاکستان اور بھارت کے درمیان جنگ بندی کا بھرپور دفاع کریں گے اور کسی کو ہمارے عزم پر شک نہیں ہونا چاہیے"


def said(text: str, who: Any = RUBIO, key: str = "a", day: date = DAY) -> Spoken:
    return Spoken(key, 1, day, text, wording(text), who)


@pytest.mark.parametrize(
    ("text", "how", "left_out", "put_in"),
    [
        (FULL.upper().replace(",", ""), "full", None, None),
        (FULL.replace("doubt", "dobut").replace("ceasefire", "cease-fire"), "full", None, None),
        ("We will strongly defend the ceasefire between Pakistan and India", "cut", None, None),
        ("nobody should doubt our resolve on this", "cut", None, None),
        (FULL.replace("strongly ", ""), "silent", "strongly", None),
        (FULL.replace("between Pakistan and India", "..."), "marked", "between pakistan and india", None),
        (FULL.replace("We", "[The United States]"), "marked", None, "[the] [united] [states]"),
        (FULL.replace("nobody", "no one at all"), "changed", "nobody", "no one at all"),
    ],
)
def test_wordings_of_one_quotation_and_how_they_differ(text: str, how: str, left_out: str, put_in: str) -> None:
    assert likeness(said(FULL), said(text, key="b"))
    assert set(prints(wording(FULL))) & set(prints(wording(text)))
    assert difference(wording(text), wording(FULL)) == (how, left_out, put_in)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (URDU.replace("ی", "ي").replace("ک", "ك"), "full"),
        (URDU.replace("جنگ بندی", "جنگبندی"), "full"),
        (URDU[: URDU.index(" اور کسی")], "cut"),
        (URDU.replace("بھرپور ", ""), "silent"),
    ],
)
def test_urdu_wordings(text: str, how: str) -> None:
    assert likeness(said(URDU, NOBODY), said(text, NOBODY))
    assert set(prints(wording(URDU))) & set(prints(wording(text)))
    assert difference(wording(text), wording(URDU))[0] == how


@pytest.mark.parametrize(
    "other",
    [
        said(FULL, DAR, "b"),  # another speaker
        said(FULL, key="b", day=DAY + timedelta(60)),  # long after
        said("We will strongly oppose the tariff on cotton, and nobody should forget our resolve on trade.", key="b"),
        said("our resolve on this", key="b"),  # a phrase
    ],
)
def test_other_quotations(other: Spoken) -> None:
    assert likeness(said(FULL), other) is None
    assert likeness(other, said(FULL)) is None


def test_a_phrase_of_two_unknown_speakers_is_two_quotations() -> None:
    phrase = "We strongly condemn this cowardly attack"
    assert likeness(said(phrase, NOBODY), said(phrase, NOBODY, "b")) is None
    assert likeness(said(phrase), said(phrase, key="b")) == 1
    people = [speaker(None, None, None, "person", name) for name in ("Bilal Ahmad", "Sana Tariq")]
    assert likeness(said(FULL, people[0]), said(FULL, people[1], "b")) is None
    assert likeness(said(FULL, people[0]), said(FULL, replace(people[0], names=frozenset({"ahmad"})), "b"))


def test_a_formula_with_other_figures_is_another_quotation() -> None:
    text = "The state bank bought {} billion rupees of bonds in the auction against a target of {} billion rupees"
    assert likeness(said(text.format(300, 250)), said(text.format(810, 772), key="b")) is None
    assert likeness(said(text.format(300, 250)), said(text.format(300, 250), key="b"))


def test_a_body_and_its_spokesman_may_be_one_speaker() -> None:
    office = speaker("pk-foreign-office", "organisation", "PK", "institution", "the Foreign Office")
    assert same_speaker(office, DAR) is None
    assert same_speaker(office, RUBIO) is False
    assert likeness(said(FULL, office), said(FULL, DAR, "b"))


TEXTS = [FULL, FULL.replace("strongly ", ""), FULL[:66], "nobody should doubt our resolve on this", URDU, URDU[:60]]
SPOKEN = [
    Spoken(f"a{n}{m}", n, DAY + timedelta(n + m), text, wording(text), who)
    for n, text in enumerate(TEXTS)
    for m, who in enumerate((RUBIO, NOBODY, DAR))
]


@given(st.permutations(SPOKEN), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_groups_do_not_depend_on_order(spoken: list[Spoken], random: Any) -> None:
    def groups(given: list[Spoken]) -> list[Any]:
        ties = [
            Tie(*min(a.key, b.key), *max(a.key, b.key), like)
            for n, a in enumerate(given)
            for b in given[n + 1 :]
            if (like := likeness(a, b))
        ]
        random.shuffle(ties)
        return list(quotations(given, ties))

    placed = groups(spoken)
    assert placed == groups(SPOKEN)
    names = {(p.article_id, p.quote_no): p.quotation_id for p in placed}
    by_speaker = {who: {names[s.key] for s in SPOKEN if s.speaker == who} for who in (RUBIO, DAR)}
    assert not by_speaker[RUBIO] & by_speaker[DAR]  # not even through quotations of nobody


PRINTED = [
    f"“{FULL[:-1]},” Marco Rubio said on Friday.",
    "“We will defend the ceasefire between Pakistan and India,” Rubio said, “and nobody should doubt our resolve.”",
    "Marco Rubio said: “We will strongly defend the ceasefire between Pakistan and India.” The rupee fell.",
    "Talks go on. “Nobody should doubt our resolve on this,” said Secretary of State Marco Rubio.",
    f"“{FULL[:-1]},” Ishaq Dar said in Islamabad.",
    f"وزیر خارجہ نے کہا کہ ”{URDU}“",
]


def placed(world: Lab) -> list[dict[str, Any]]:
    columns = "article_id, quote_no, quotation_id, wording, left_out, put_in"
    return world.rows(f"select {columns} from quotes where kind <> 'indirect' order by all")


@pytest.fixture
def arrived(lab: Callable[..., Lab]) -> Callable[[list[list[int]]], Lab]:
    """A warehouse whose articles arrived in batches, given by their numbers in `PRINTED`."""

    def build(order: list[list[int]]) -> Lab:
        world = lab()
        for batch in order:
            for n in batch:
                at = datetime(2025, 6, 20 + n, 9, tzinfo=UTC)
                lang = "ur" if n == 5 else "en"
                put(
                    world, article(f"k{n}", PRINTED[n], published_at=at, first_seen_at=at, lang=lang, outlet_id=f"o{n}")
                )
            world.stage(STAGE, world.run())
        return world

    return build


def test_wordings_meet_across_articles_in_any_order(arrived: Callable[[list[list[int]]], Lab]) -> None:
    one = arrived([[0, 1, 2, 3, 4, 5]])
    found = placed(one)
    rubio = [row for row in found if row["article_id"] in ("k0", "k1", "k2", "k3")]
    assert [row["wording"] for row in rubio] == ["full", "silent", "cut", "cut", "cut"]
    assert len({row["quotation_id"] for row in rubio}) == 1
    assert len({row["quotation_id"] for row in found}) == 3  # Rubio's, Dar's, and the Urdu one
    (row,) = one.rows("select * from quotations where speaker_entity_id = 'marco-rubio'")
    assert (row["articles"], row["outlets"], row["first_outlet_id"], row["altered"]) == (4, 4, "o0", 1)
    assert len(row["texts_printed"]) == 5
    mark_stale(one.run(), ["k0", "k4"])
    one.stage(STAGE, one.run(stale=ALL))
    assert placed(one) == found
    for order in ([[3], [1, 4], [2, 5], [0]], [[5, 2], [0], [4, 3, 1]]):
        assert placed(arrived(order)) == found


def test_a_quotation_that_is_gone_leaves_its_group(arrived: Callable[[list[list[int]]], Lab]) -> None:
    world = arrived([[0, 2, 3]])
    assert len({row["quotation_id"] for row in placed(world)}) == 1
    put(world, {**article("k0", "Nothing was said."), "first_seen_at": datetime(2025, 6, 20, 9, tzinfo=UTC)})
    world.stage(STAGE, world.run())
    assert [row["article_id"] for row in placed(world)] == ["k2", "k3"]
    assert len({row["quotation_id"] for row in placed(world)}) == 2
    with db.writer(world.config.settings.warehouse) as con:
        assert db.scalar(con, "select count(*) from quote_ties") == 0


def test_pieces_of_one_sentence_are_one_quotation(arrived: Callable[[list[list[int]]], Lab]) -> None:
    (first, second) = placed(arrived([[1]]))
    assert first["quotation_id"] == second["quotation_id"]
    assert [first["wording"], second["wording"]] == ["full", "part"]
