"""What `search` finds, in which order, and what it says to queries that make no sense."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.load import database as db
from tasks.load.searchindex import update_index
from tests.tasks.dedupe.lab import Warehouse, article, outlet

TEXTS: dict[str, dict[str, Any]] = {
    "jets": {
        "title": "Washington clears parts for F-16 fleet", "text": "The sale of spare parts to Pakistan was cleared.",
    },
    "spare": {
        "title": "A quiet week", "text": "Parts of the road are closed; drivers should spare time. Pakistan waits.",
    },
    "army": {"title": "Drill ends", "text": "The F16s of Pakistan’s air force flew in 2025.", "outlet_id": "gulf"},
    "urdu": {
        "title": "پاکستان کو ایف سولہ کے پرزے", "lang": "ur", "outlet_id": "subh",
        "text": "امریکی محکمۂ خارجہ نے ۲۰۲۵ میں وزیرِ اعظم کے دورے کا اعلان کیا۔ کراچی میں F-16 کا ذکر ہوا۔",
        "published_at": datetime(2025, 6, 1, 12, tzinfo=UTC),
    },
    "arabic": {"title": "رأي", "text": "وصل الوزير الى كراتشي في باكستان", "lang": "ar", "published_at": None},
    "border": {"title": "Torkham", "text": "The crossing at Torkham reopened after talks."},
    "empty": {"title": None, "text": ""},
    "wall": {"title": "Torkham", "text": "Torkham: accept cookies.", "verdict": "consent_wall"},
    "quotes": {"title": "It's 'O''Brien'", "text": "100% of «guests» said: don't; drop table articles; -- ok"},
}  # fmt: skip


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[db.Connection]:
    outlets = [outlet("gulf"), outlet("subh"), outlet("dawn")]
    warehouse = Warehouse(tmp_path_factory.mktemp("search"), outlets)
    warehouse.add([article(key, **{"outlet_id": "dawn", **more}) for key, more in TEXTS.items()])
    update_index(warehouse.run())
    settings = warehouse.config.settings.warehouse
    settings.work_path.rename(settings.path)
    with db.reader(settings.path) as connection:
        yield connection


def found(con: db.Connection, query: str) -> list[str]:
    return sorted(row["article_id"] for row in db.rows(con, "from search($query)", {"query": query}))


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("pakistan", ["army", "jets", "spare"]),
        ("PAKISTAN parts", ["jets", "spare"]),
        ('"spare parts"', ["jets"]),
        ("“spare parts”", ["jets"]),
        ('"parts spare"', []),
        ('"parts for f-16 fleet"', ["jets"]),
        ('"fleet the sale"', []),  # headline and text are apart
        ("F-16", ["army", "jets", "urdu"]),
        ("f16", ["army", "jets", "urdu"]),
        ("2025", ["army", "urdu"]),
        ("۲۰۲۵", ["army", "urdu"]),
        ("پاکستان", ["urdu"]),
        ("پاكستان", ["urdu"]),  # Arabic kaf
        ("كراچي", ["urdu"]),
        ('"وزیر اعظم"', ["urdu"]),  # without the vowel mark of the text
        ("محکمہ", ["urdu"]),
        ('F-16 "وزیر اعظم"', ["urdu"]),
        ("باكستان", ["arabic"]),
        ("pakistan -road", ["army", "jets"]),
        ('pakistan -"spare parts"', ["army", "spare"]),
        ("torkham OR road", ["border", "spare"]),
        ("pakistan torkham OR road", ["spare"]),
        ('"air force" OR "spare parts" OR talks', ["army", "border", "jets"]),
        ("title:parts", ["jets"]),
        ('title:"f 16"', ["jets"]),
        ("Title:parts pakistan", ["jets"]),
        ("pakistan outlet:gulf", ["army"]),
        ("f16 outlet:gulf outlet:Subh", ["army", "urdu"]),
        ("f16 -outlet:gulf", ["jets", "urdu"]),
        ("f16 lang:ur", ["urdu"]),
        ("f16 -lang:ur", ["army", "jets"]),
        ("f16 after:2026-03-02", ["army", "jets"]),
        ("f16 after:2026-03-03", []),
        ("f16 before:2026", ["urdu"]),
        ("f16 after:2025-06-01 before:2025-06-02", ["urdu"]),
        ("f16 after:2025-05 before:2025-06", []),
        ("torkham", ["border"]),  # a wall is no article
        ("o'brien", ["quotes"]),
        ("'; drop table articles; --", ["quotes"]),
        ("100%", ["quotes"]),
        ("don't (guests)", ["quotes"]),
        ("note:spare parts", []),  # no field: words
        ('"spare parts', ["jets"]),  # no closing mark
        ("zebra", []),
        ("pakistan zebra", []),
        ('"pakistan zebra"', []),
        ("zebra OR pakistan", ["army", "jets", "spare"]),
        ("pakistan -road OR fleet", ["jets"]),  # OR joins no word that must be absent
    ],
)
def test_what_is_found(con: db.Connection, query: str, keys: list[str]) -> None:
    assert found(con, query) == keys


@pytest.mark.parametrize("query", ["", "   ", "?!", '""', "-pakistan", "lang:ur", "-", "--", "title:", None])
def test_a_query_without_a_word_says_so(con: db.Connection, query: str | None) -> None:
    with pytest.raises(db.Error, match="search: the query has no word to look for"):
        found(con, query)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["pakistan after:yesterday", "pakistan before:2026-13-01", "pakistan after:"])
def test_a_day_that_cannot_be_read_says_so(con: db.Connection, query: str) -> None:
    with pytest.raises(db.Error, match=r"search: (after|before): needs a day such as 2025-06-01, not"):
        found(con, query)


def test_too_many_words_say_so(con: db.Connection) -> None:
    with pytest.raises(db.Error, match="more than 60"):
        found(con, " ".join(f"w{n}" for n in range(61)))


def test_scores_are_bm25(con: db.Connection) -> None:
    """8 articles are in the index; 'pakistan' is in 3, 'parts' in 2. A word of the headline counts three times."""

    def part(frequency: int, length: int, holding: int) -> float:
        rarity = math.log(1 + (8 - holding + 0.5) / (holding + 0.5))
        return rarity * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / 400))

    rows = db.rows(con, "select article_id, score from search('pakistan parts')")
    # Washington clears parts for F - 16 fleet (8 words), and 9 of text; the other has 3 and 13
    expected = {"jets": part(1, 17, 3) + part(4, 17, 2), "spare": part(1, 16, 3) + part(1, 16, 2)}
    assert [row["article_id"] for row in rows] == ["jets", "spare"]
    # weights are kept in hundredths
    assert {row["article_id"]: row["score"] for row in rows} == pytest.approx(expected, abs=0.015)


QUERIES = [
    "often",
    "often rare",
    "often common",
    "often common rare",
    '"often common"',
    '"common often" rare',
    '"often common often"',
    "often -rare",
    'common -"often common"',
    "often OR rare",
    'often "common rare" OR "rare common"',
    "title:often common",
    "title:rare often",
    "often outlet:gulf",
    "common often -outlet:gulf",
    "seldom scarce",
    '"seldom scarce"',
]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[db.Connection]:
    """So many articles of a few words that a search for the best doesn't look at all of them."""
    chance = random.Random(7)

    def text(least: int, most: int) -> str:
        words = ["often"] * 5 + ["common"] * 3 + ["rare"] + ["other"] * 8
        return " ".join(chance.choices(words, k=chance.randint(least, most)))

    warehouse = Warehouse(tmp_path_factory.mktemp("crowd"), [outlet("gulf"), outlet("dawn")])
    texts = [text(1, 60) for _ in range(900)]
    # the best of all has less of the rarest word, "seldom", than 150 others
    texts += ["seldom " * 6 + "scarce"] * 150 + ["scarce"] * 20 + ["seldom " * 2 + "scarce " * 30]
    warehouse.add(
        [
            article(f"{n:04}", words, title=text(1, 4), outlet_id=chance.choice(["gulf", "dawn", "dawn"]))
            for n, words in enumerate(texts)
        ]
    )
    update_index(warehouse.run())
    settings = warehouse.config.settings.warehouse
    settings.work_path.rename(settings.path)
    with db.reader(settings.path) as connection:
        yield connection


@pytest.mark.parametrize("query", QUERIES)
def test_the_best_are_those_of_all(crowd: db.Connection, query: str) -> None:
    """Bounds leave articles out where one or three are wanted, and none where all are."""
    everything = [(r["article_id"], r["score"]) for r in db.rows(crowd, "from search($q, most := 9999)", {"q": query})]
    assert len(everything) > 3
    for most in (1, 3):
        best = db.rows(crowd, f"from search($q, most := {most})", {"q": query})
        assert [(r["article_id"], r["score"]) for r in best] == everything[:most]


def test_an_empty_document_does_not_disturb_the_scores_of_others(tmp_path_factory: pytest.TempPathFactory) -> None:
    scores = []
    for number, more in enumerate(([], [article("none", "", title=None), article("signs", "?!")])):
        warehouse = Warehouse(tmp_path_factory.mktemp(f"empty{number}"))
        warehouse.add([article("en", "Talks on trade."), article("ur", "تجارت پر مذاکرات"), *more])
        update_index(warehouse.run())
        both = [warehouse.rows("from search($q)", q=query) for query in ("talks", "مذاکرات")]
        scores.append([(row["article_id"], row["score"]) for rows in both for row in rows])
    assert [key for key, _ in scores[0]] == ["en", "ur"]
    assert scores[0][0][1] == scores[0][1][1]
    assert [key for key, _ in scores[1]] == ["en", "ur"]


@pytest.mark.parametrize(
    ("query", "key", "part"),
    [
        ("pakistan parts", "jets", "of spare «parts» to «Pakistan» was"),
        ('"spare parts"', "jets", "of «spare parts» to"),
        ("پاكستان کراچی", "urdu", "«کراچی» میں"),
        ('"وزیر اعظم"', "urdu", "«وزیرِ اعظم» کے"),
        ("2025", "urdu", "«۲۰۲۵» میں"),
        ("f16", "urdu", "«F-16» کا"),
        ("closed drivers should", "spare", "«closed»; «drivers» «should» spare"),
    ],
)
def test_snippets_mark_the_words(con: db.Connection, query: str, key: str, part: str) -> None:
    rows = {row["article_id"]: row["snippet"] for row in db.rows(con, "from search($query)", {"query": query})}
    assert part in rows[key]


def test_only_the_best_are_returned_and_may_be_joined(con: db.Connection) -> None:
    assert len(db.rows(con, "from search('pakistan', most := 2)")) == 2
    rows = db.rows(con, "select name, url, indexed_until from search('spare') join outlets using (outlet_id)")
    assert [row["name"] for row in rows] == ["Dawn", "Dawn"]
    assert rows[0]["url"].startswith("https://example.org/")
    assert rows[0]["indexed_until"] is not None


def test_letters_have_the_form_that_text_py_gives_them(con: db.Connection) -> None:
    from tasks.text import normalize_urdu

    for key in ("urdu", "arabic"):
        text = TEXTS[key]["text"]
        ours = db.scalar(con, "select article_words($text)", {"text": text})
        assert ours == db.scalar(con, "select article_words($text)", {"text": normalize_urdu(text)})


def test_it_says_how_fresh_it_is(con: db.Connection) -> None:
    row = db.rows(con, "from search_freshness")[0]
    assert (row["articles"], row["indexed"], row["waiting"]) == (8, 8, 0)
    assert row["indexed_until"] is not None
