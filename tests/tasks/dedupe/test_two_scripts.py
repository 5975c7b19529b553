"""English and Urdu articles on one event meet by actors and figures, and are marked as not sure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tasks.load import database as db
from tests.tasks.dedupe.lab import Warehouse, article, outlet

ENGLISH = (
    "ISLAMABAD: Finance Minister Muhammad Aurangzeb met US Treasury officials on Monday and said that Pakistan would "
    "buy cotton worth $650 million from the United States.\nThe IMF was told of the plan, he said."
)
URDU = (
    "وزیر خزانہ محمد اورنگزیب نے پیر کو امریکی محکمہ خزانہ کے حکام سے ملاقات میں کہا کہ پاکستان امریکہ سے ۶۵۰ ملین "
    "ڈالر کی کپاس خریدے گا۔\nانہوں نے بتایا کہ آئی ایم ایف کو منصوبے سے آگاہ کر دیا گیا ہے۔"
)
OTHER_URDU = (
    "وزیر خزانہ محمد اورنگزیب نے آئی ایم ایف کے وفد سے ملاقات میں امریکہ اور پاکستان کے محصولات پر بات کی۔\n"
    "ان کے مطابق بجٹ میں ۱۲۰۰ ارب روپے کی کمی ہے۔"
)
ACTORS = ["pakistan", "united-states", "muhammad-aurangzeb", "imf"]


def stories(folder: Path, urdu: str, actors: list[str]) -> list[dict[str, Any]]:
    """Story and sureness of an English and an Urdu article."""
    warehouse = Warehouse(folder, [outlet("courier"), outlet("akhbar", lang="ur")])
    warehouse.add(
        [
            article("english", ENGLISH, title="Pakistan to buy US cotton, says Aurangzeb", outlet_id="courier"),
            article("urdu", urdu, title="امریکہ سے کپاس خریدیں گے، اورنگزیب", outlet_id="akhbar", lang="ur"),
        ]
    )
    mentions = [("english", a) for a in ACTORS] + [("urdu", a) for a in actors]
    rows = [
        {"article_id": i, "entity_id": a, "surface": a, "mention_count": 1, "first_offset": 0, "in_title": False}
        for i, a in mentions
    ]
    with db.writer(warehouse.config.settings.warehouse) as con:
        db.append(con, "mentions", rows)
    warehouse.dedupe()
    return warehouse.rows("select article_id, story_id, sure from story_members order by article_id")


def test_the_same_actors_and_figure_make_one_story_that_is_not_sure(tmp_path: Path) -> None:
    english, urdu = stories(tmp_path, URDU, ACTORS)
    assert english["story_id"] == urdu["story_id"]
    assert not english["sure"]
    assert not urdu["sure"]


@pytest.mark.parametrize(
    ("urdu", "actors"),
    [
        pytest.param(OTHER_URDU, ACTORS, id="other figures"),
        pytest.param(URDU, [*ACTORS[:3], "china", "india", "world-bank"], id="other actors beside them"),
        pytest.param(URDU, ACTORS[:2], id="too few actors"),
    ],
)
def test_less_in_common_is_another_story(tmp_path: Path, urdu: str, actors: list[str]) -> None:
    found = stories(tmp_path, urdu, actors)
    assert found[0]["story_id"] != found[1]["story_id"]
