"""One spelling for letters that look the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text import count_words, fold, fold_key, normalize_urdu


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("پاكستان", "پاکستان"),
        ("امريكي", "امریکی"),
        ("شهباز", "شہباز"),
        ("وزیر‌اعظم", "وزیراعظم"),
        ("پاکســـتان", "پاکستان"),
        ("۱۴ دسمبر ٢٠٢٣", "14 دسمبر 2023"),
        ("ﭘﺎﮐﺴﺘﺎﻥ", "پاکستان"),
        ("مُحَمَّد", "محمد"),
        ("کہا۔", "کہا."),
    ],
)
def test_variants_meet(one: str, other: str) -> None:
    assert normalize_urdu(one) == normalize_urdu(other)


@pytest.mark.parametrize(("one", "other"), [("کھا", "کہا"), ("ڈال", "دال"), ("آن", "ان"), ("ٹوٹ", "توت")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert normalize_urdu(one) != normalize_urdu(other)


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize_urdu(text)
    assert normalize_urdu(once) == once


def test_fold_unifies_quotes_dashes_and_case() -> None:
    assert fold("Munir’s “Visit” — Day\u00a01") == 'munir\'s "visit" - day 1'
    assert fold_key("Munir’s “Visit” — Day 1") == fold_key("munir's visit: day 1")


def test_words_are_counted_in_both_scripts() -> None:
    assert count_words("Chief of Army Staff’s two-day visit") == 6
    assert count_words("وزیر‌اعظم نے کہا ہے۔") == 4
