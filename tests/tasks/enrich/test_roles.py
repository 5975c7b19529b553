"""The shipped table of holders as a whole: one at a time, and none missing where an office is never empty."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from config.subject import SHIPPED, Holding, load_subject
from tasks.enrich.tables import build_tables

PROBLEMS: list[str] = []
SUBJECT = load_subject(SHIPPED, PROBLEMS)
# days for which a stated date may be off: a day of handover, a month, a year
LOOSE = {10: 0, 7: 31, 4: 366}
HELD = {role: [h for h in SUBJECT.holdings if h.role == role] for role in sorted({h.role for h in SUBJECT.holdings})}
# longest time without anybody, in days: elections of a prime minister take some
NEVER_EMPTY = {
    "us-president": 0, "us-vice-president": 0, "us-secdef": 5, "us-secstate": 12, "us-centcom": 0, "us-cjcs": 1,
    "pk-president": 0, "pk-pm": 4, "pk-coas": 1, "pk-dg-isi": 1, "pk-dg-ispr": 1,
}  # fmt: skip


def last(holding: Holding) -> date:
    return holding.last or date.max


@pytest.mark.parametrize("role", HELD)
def test_nobody_holds_an_office_in_full_while_another_does(role: str) -> None:
    for a, b in combinations(sorted((h for h in HELD[role] if not h.form), key=lambda h: h.first), 2):
        together = (min(last(a), last(b)) - b.first).days
        assert together <= max(LOOSE[len(b.start)], LOOSE[len(a.end or b.start)]), (a, b)


@pytest.mark.parametrize(("role", "days"), NEVER_EMPTY.items())
def test_an_office_that_is_never_empty_has_a_holder_every_day(role: str, days: int) -> None:
    held = sorted(HELD[role], key=lambda h: h.first)
    assert held[-1].end is None
    for a, b in pairwise(held):
        assert (b.first - last(a)).days <= days, (a, b)


def test_the_shipped_tables_have_no_problems() -> None:
    assert not PROBLEMS


@pytest.mark.parametrize(
    ("role", "day", "holder"),
    [
        ("us-president", "2001-09-11", "george-w-bush"),
        ("us-secstate", "2018-04-10", "john-sullivan-state"),
        ("us-secdef", "2025-06-20", "pete-hegseth"),
        ("us-centcom", "2025-07-01", "michael-kurilla"),
        ("us-centcom", "2025-09-01", "brad-cooper"),
        ("pk-pm", "2022-04-09", "imran-khan"),
        ("pk-pm", "2023-12-13", "anwaar-ul-haq-kakar"),
        ("pk-coas", "2016-11-28", "raheel-sharif"),
        ("pk-dg-isi", "2021-08-15", "faiz-hameed"),
        ("pk-fm", "2022-06-01", "bilawal-bhutto-zardari"),
        ("pk-amb-us", "2011-06-01", "husain-haqqani"),
        ("us-amb-pk", "2011-05-02", "cameron-munter"),
    ],
)
def test_who_held_it_that_day(role: str, day: str, holder: str) -> None:
    assert list(build_tables(SUBJECT).holders(role, date.fromisoformat(day))) == [holder]


def test_a_handover_has_both() -> None:
    day = date(2022, 11, 29)
    held = build_tables(SUBJECT).holders("pk-coas", day)
    assert set(held) == {"qamar-javed-bajwa", "asim-munir"}
    assert len(build_tables(SUBJECT).holders("pk-coas", day + timedelta(1))) == 1
