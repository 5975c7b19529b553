"""Languages that share a script, and texts that are too short to tell."""

from __future__ import annotations

import pytest

from tasks.extract.language import detect_language
from tests.tasks.extract.pages import paragraphs


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وزیراعظم نے کہا ہے کہ پاکستان اور امریکا کے تعلقات بہتر ہوئے ہیں", "ur"),
        ("وزيراعظم نے كہا ہے كہ پاكستان اور امريكا كے تعلقات بہتر ہوئے ہیں", "ur"),
        ("رئیس جمهور ایران گفت که این کشور به دنبال جنگ نیست و گفتگو را ادامه می دهد", "fa"),
        ("قال وزير الخارجية الأمريكي إن الولايات المتحدة تدعم الحوار مع باكستان", "ar"),
        ("د افغانستان لومړي وزیر وویل چې دوی به له نړۍ سره خپلې اړیکې پراخې کړي", "ps"),
        ("سنڌ حڪومت جو چوڻ آهي ته ڪراچي ۾ برساتن کان پوءِ صورتحال بهتر آهي", "sd"),
        ("प्रधानमंत्री ने कहा कि भारत और अमेरिका के संबंध मजबूत हुए हैं", "hi"),
        ("Wazir e Azam ne kaha hai ke Pakistan aur America ke taluqat behtar ho rahe hain", "ur-Latn"),
        ("Pakistan and the United States agree to expand trade ties", "en"),
        ("Munir meets Austin at Pentagon for defence talks", "en"),
        ("Der Bundeskanzler hat heute mit dem Präsidenten über die Lage gesprochen", "de"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect_language(text) == language
    assert detect_language(text, prior="xx") == language


@pytest.mark.parametrize("text", ["", "Munir in US", "12345 67890 12345 67890", "امریکا روانہ"])
def test_too_little_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


def test_the_outlets_language_never_outweighs_the_letters() -> None:
    assert detect_language("وزیراعظم نے کہا ہے کہ پاکستان اور امریکا کے تعلقات بہتر ہوئے ہیں", prior="fa") == "ur"
    assert detect_language(paragraphs()[0], prior="ur") == "en"
