"""What is reported of an edit: whole sentences, and nothing that says the same as before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.dedupe.sentences import SentenceChanges, essence, sentence_changes, sentences

SAID = ("The envoy met Gen. A. B. Khan at 3.30 p.m. in the U.S. embassy.", "“We agreed,” J. D. Vance said.", "He left.")
URDU = ("وزیر خارجہ نے کہا کہ بات چیت جاری رہے گی۔", "کیا معاہدہ ہو گا؟", "انہوں نے جواب نہیں دیا۔")


@pytest.mark.parametrize("known", [SAID, URDU])
def test_texts_are_split_into_sentences(known: tuple[str, ...]) -> None:
    assert sentences(" ".join(known)) == known
    assert sentences("\n".join(known)) == known


def test_an_edit_is_told_by_sentence() -> None:
    before = " ".join(SAID) + "\nTrade reached nine billion dollars last year."
    after = " ".join(SAID[:2]) + "\nTrade reached eleven billion dollars last year.\nThe ministry denied the report."
    assert sentence_changes(before, after) == SentenceChanges(
        added=("The ministry denied the report.",),
        removed=("He left.",),
        changed=(("Trade reached nine billion dollars last year.", "Trade reached eleven billion dollars last year."),),
    )


def test_an_edit_in_urdu_is_told_by_sentence() -> None:
    found = sentence_changes(" ".join(URDU), " ".join([URDU[0], "ترجمان نے خبر کی تردید کر دی۔", *URDU[1:]]))
    assert found == SentenceChanges(added=("ترجمان نے خبر کی تردید کر دی۔",))


def test_a_sentence_that_moved_or_is_typed_otherwise_has_not_changed() -> None:
    assert sentence_changes(" ".join(SAID), "\n".join(reversed(SAID))) == SentenceChanges()
    assert sentence_changes("A “big” step — he said.", 'A "big" step - he said.') == SentenceChanges()
    assert sentence_changes("پاكستان كے ساتھ بات هوئی۔", "پاکستان کے ساتھ بات ہوئی۔") == SentenceChanges()


def test_a_sentence_that_stands_twice_counts_twice() -> None:
    assert sentence_changes("He left. He left.", "He left.").removed == ("He left.",)


@pytest.mark.parametrize(
    "line",
    [
        "Updated at 5:30 pm PKT", "Last updated: March 5, 2026", "Published on Mar 5, 2026 10:30am", "5 minutes ago",
        "2026-03-05 10:30", "READ MORE: Talks begin in the capital", "Also read", "شائع 5 مارچ 2026", "تازہ کاری 10:30",
        "مزید پڑھیں: وزیر نے کیا کہا",
    ],
)  # fmt: skip
def test_lines_that_are_no_news(line: str) -> None:
    assert essence(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Updated figures from the ministry put the toll at 45.", "45", "On Monday", "Published data show 5,000 dead.",
        "Read the full text: it says nothing of the kind.", "The statement was updated at 5:30 pm.",
    ],
)  # fmt: skip
def test_lines_that_may_be_news(line: str) -> None:
    assert essence(line)


LINES = st.lists(st.sampled_from([*SAID, *URDU, "Toll at 45.", "Toll at 46.", "Updated at 5:30 pm"]), max_size=8)


@settings(deadline=None, derandomize=True)
@given(LINES, LINES)
def test_both_ways_tell_the_same(one: list[str], other: list[str]) -> None:
    """Nothing is lost: what the change adds to one text and takes from it gives the other."""
    there, back = sentence_changes("\n".join(one), "\n".join(other)), sentence_changes("\n".join(other), "\n".join(one))
    assert sorted(there.added) == sorted(back.removed)
    assert sorted(there.removed) == sorted(back.added)
    kept = [*one]
    for gone in (*there.removed, *(b for b, _ in there.changed)):
        kept.remove(gone)
    kept += [*there.added, *(a for _, a in there.changed)]
    assert sorted(e for e in map(essence, kept) if e) == sorted(e for e in map(essence, other) if e)
