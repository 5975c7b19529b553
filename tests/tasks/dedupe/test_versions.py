"""Versions follow from the set of snapshots: any order, any batches, any repetition."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tasks.dedupe.versions import Snapshot, current, fold, word_changes

START = datetime(2026, 1, 1, tzinfo=UTC)


def snapshot(number: int, text: str, title: str = "Headline") -> Snapshot:
    return Snapshot(f"p{number:03}", START + timedelta(hours=number), title, text, "article")


def test_equal_snapshots_are_one_version() -> None:
    found = fold("a", [], [snapshot(1, "one two"), snapshot(2, "one  two\n"), snapshot(3, "one two three")])
    assert [(v.version, v.page_id, v.words_added, v.words_removed) for v in found] == [
        (1, "p001", None, None),
        (2, "p003", 1, 0),
    ]


def test_a_headline_alone_makes_a_version() -> None:
    found = fold("a", [], [snapshot(1, "text"), snapshot(2, "text", "Other headline")])
    assert [(v.version, v.title_changed, v.words_added) for v in found] == [(1, None, None), (2, True, 0)]


def test_a_text_that_comes_back_is_a_third_version() -> None:
    assert len(fold("a", [], [snapshot(1, "x"), snapshot(2, "y"), snapshot(3, "x")])) == 3


def test_extracting_again_replaces_the_page_and_makes_no_edit() -> None:
    stored = [snapshot(1, "old reading")]
    found = fold("a", stored, [snapshot(1, "new reading"), snapshot(2, "new reading")])
    assert [(v.version, v.text) for v in found] == [(1, "new reading")]


def test_word_changes_ignore_order() -> None:
    assert word_changes("a b c c", "c b a d") == (1, 1)


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from(["x", "y", "z"])),
        min_size=1,
        max_size=12,
        unique_by=lambda t: t[0],
    ),
    st.randoms(use_true_random=False),
    st.integers(1, 4),
)
def test_order_and_batches_do_not_matter(pages: list[tuple[int, str]], chance: object, size: int) -> None:
    snapshots = [snapshot(n, text) for n, text in pages]
    whole = fold("a", [], snapshots)
    shuffled = list(snapshots)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    known: list[Snapshot] = []
    # every page is extracted, batch by batch, twice: as a run that was killed and begun again does
    for start in [*range(0, len(shuffled), size), *range(0, len(shuffled), size)]:
        folded = fold("a", known, shuffled[start : start + size])
        known = [Snapshot(v.page_id, v.seen_at, v.title, v.text, v.verdict) for v in folded]
    assert fold("a", known, shuffled) == whole


def test_a_wall_is_a_version_and_not_the_current_one() -> None:
    wall = Snapshot("p002", START + timedelta(hours=2), "Cookies", "we value your privacy", "consent_wall")
    found = fold("a", [], [snapshot(1, "One. Two."), wall, snapshot(3, "One. Two. Three.")])
    assert [(v.verdict, v.compared_with, v.sentences_added) for v in found] == [
        ("article", None, None),
        ("consent_wall", 1, None),
        ("article", 1, ("Three.",)),
    ]
    assert current(found).version == 3
    assert current(found[:2]).version == 1


def test_what_says_the_same_is_no_version() -> None:
    one, other = (
        snapshot(1, "“Yes” — he said.\nUpdated at 5:30 pm"),
        snapshot(2, '"Yes" - he  said.\nUpdated at 6:30 pm'),
    )
    assert len(fold("a", [], [one, other])) == 1
    assert len(fold("a", [], [one, snapshot(2, "“No” — he said.")])) == 2
