"""Relevance and topics by the guideline, on texts written for this test."""

from __future__ import annotations

import pytest

from tests.tasks.enrich.marks import enrich

VISIT = (
    "ISLAMABAD: The US secretary of state telephoned Prime Minister Shehbaz Sharif on Friday and thanked "
    "Pakistan for its role in the ceasefire.\n"
    "Pakistan and the United States agreed to expand trade, the Foreign Office said in a statement.\n"
    "The two countries would resume their dialogue in Washington next month, the State Department added."
)
CROWDED = (
    "KARACHI: The central bank's reserves rose for the third week, traders said on Thursday.\n"
    "Analysts credited money sent home by workers in the Gulf and Europe.\n"
    "A banker said imports by Pakistan had slowed, and prices eased.\n"
    "The rupee was little changed, although a late move by the US Federal Reserve unsettled some.\n"
    "Dealers expect calm next week.\nFuel stocks are ample.\nWheat is cheap.\nThe monsoon is late."
)


@pytest.mark.parametrize(
    ("title", "text", "least", "most"),
    [
        ("US, Pakistan agree to resume talks", VISIT, 3, 3),
        ("Reserves rise again", CROWDED, 1, 1),
        ("New bus line opens", "LAHORE: The bus ran two hours late. They told us to wait, a passenger said.", 0, 0),
        ("Fund mission due", "ISLAMABAD: A team of the Washington-based lender arrives next week.", 0, 0),
        ("Storm hits Seattle", "SEATTLE: Gusts cut power across Washington state, officials said.", 0, 0),
        (
            "امریکی وزیر خارجہ کا وزیراعظم کو فون",
            "اسلام آباد: امریکی وزیر خارجہ نے وزیراعظم شہباز شریف سے ٹیلیفون پر بات کی اور پاکستان کا شکریہ ادا کیا۔\n"
            "پاکستان اور امریکا نے تجارت بڑھانے پر اتفاق کیا، دفتر خارجہ نے بتایا۔",
            3,
            3,
        ),
    ],
)
def test_levels(title: str, text: str, least: int, most: int) -> None:
    relevance = enrich(text, title).relevance
    assert relevance is not None
    assert least <= relevance.level <= most, relevance


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("US Consulate in Karachi attacked", "A mob attacked the US Consulate in Karachi on Sunday.\nNine died."),
        ("Mob storms mission", "PESHAWAR: Guards at the US Consulate opened fire on Sunday.\nNine were killed."),
        (
            "Protest at Pakistan Embassy",
            "WASHINGTON: A protest was held outside the Pakistan Embassy on Friday.\nSome waved flags.",
        ),
        ("Consulate opens late", "Pakistan's consulate in New York opened late on Monday.\nVisitors queued."),
        ("قونصل خانے پر حملہ", "کراچی میں امریکی قونصل خانے پر حملہ ہوا۔ پولیس نے آنسو گیس چلائی۔"),
        ("احتجاج", "واشنگٹن میں پاکستانی سفارتخانے کے باہر احتجاج ہوا۔"),
    ],
)
def test_a_mission_in_the_other_country_is_presence_of_both(title: str, text: str) -> None:
    relevance = enrich(text, title).relevance
    assert relevance is not None
    assert relevance.features["links"] >= 1
    assert relevance.level >= 2, relevance


@pytest.mark.parametrize("mission", ["US Embassy in Kabul", "Pakistan Embassy in Kabul"])
def test_a_mission_elsewhere_is_presence_of_its_own_country(mission: str) -> None:
    relevance = enrich(f"KABUL: A blast shook the {mission} on Sunday.\nThree died.", "Blast in Kabul").relevance
    assert relevance is not None
    assert relevance.level == 0, relevance


DEBATE = (
    "UNITED NATIONS: The UN Security Council met on the fighting in Sudan on Monday.\n"
    "Ambassador Asim Ahmad said outside powers had to stay out of the country.\n"
    "Pakistan's envoy added that only talks would end the fighting, and urged all members to hold back.\n"
    "{}\n{}\nAid workers asked for a corridor to the north of the capital.\nFour trucks arrived on Sunday."
)
SPOKE = "The US envoy said its strikes had been lawful.", "Washington warned members who looked away."
SILENT = "The strikes of the US went on for days.", "A base of the US was near."


def test_a_debate_in_which_both_speak_is_a_link() -> None:
    spoke, silent = (enrich(DEBATE.format(*us), "Council meets on Sudan").relevance for us in (SPOKE, SILENT))
    assert spoke
    assert silent
    assert spoke.features["links"] == silent.features["links"] == 0
    assert (spoke.features["council"], silent.features["council"]) == (2, 0)
    assert spoke.score > silent.score
    elsewhere = enrich(DEBATE.format(*SPOKE).replace("UN Security Council", "parliament")).relevance
    assert elsewhere
    assert elsewhere.features["council"] == 0


def test_an_envoy_among_pakistani_americans_is_a_link() -> None:
    text = "CHICAGO: Pakistani Americans met for a dinner on Saturday. {} praised the cooks."
    found = [enrich(text.format(who)).relevance for who in ("Pakistan's consul general", "A doctor from Pakistan")]
    assert [bool(r and r.features["envoy"]) for r in found] == [True, False]


def test_a_level_comes_with_features_reason_and_sentence() -> None:
    relevance = enrich(VISIT, "US, Pakistan agree to resume talks").relevance
    assert relevance is not None
    assert relevance.features["h_link"] == 1
    assert relevance.features["links"] >= 2
    assert "Pakistan" in relevance.sentence
    assert "sentences link both countries" in relevance.reason


def test_absence_is_a_reason() -> None:
    relevance = enrich("The mayor of Lahore spoke on Pakistan's roads.").relevance
    assert relevance is not None
    assert (relevance.level, relevance.reason) == (0, "the United States is not present")


def test_other_languages_and_pages_without_text_have_no_marks() -> None:
    for how in ({"lang": "sd"}, {"verdict": "consent_wall"}):
        found = enrich("Donald Trump met Asim Munir.", **how)  # type: ignore[arg-type]
        assert found.mentions == ()
        assert found.relevance is None


@pytest.mark.parametrize(
    ("title", "text", "topic"),
    [
        ("US cuts tariff on Pakistani textiles",
         "The reciprocal tariff falls to 19 percent, exporters said.", "eco.trade_tariffs"),
        ("US to sustain Pakistan's F-16 fleet",
         "A foreign military sale was notified by the DSCA.", "sec.defence_arms"),
        ("Pakistan offers to host US-Iran talks", "Islamabad said mediation between Tehran and Washington goes on.",
         "reg.iran_mediation"),
        ("امریکا نے پاکستانیوں کے ویزے معطل کر دیے", "امیگرنٹ ویزا کی کارروائی روک دی گئی۔", "ppl.visas_immigration"),
    ],
)  # fmt: skip
def test_primary_topic(title: str, text: str, topic: str) -> None:
    found = enrich(text, title).topics
    assert (found[0].topic_id, found[0].rank) == (topic, 1)
    assert found[0].evidence
    assert sum(t.rank is not None for t in found) <= 3


def test_negative_phrases_hide_what_they_contain() -> None:
    found = {
        t.topic_id for t in enrich("Pakistan spoke of the power tariff and NEPRA tariff; the US was not named.").topics
    }
    assert "eco.trade_tariffs" not in found
