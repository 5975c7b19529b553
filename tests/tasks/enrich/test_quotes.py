"""Who says what: speakers, verbs, kinds and anonymity."""

from __future__ import annotations

import pytest

from tasks.enrich.model import Quote
from tests.tasks.enrich.marks import enrich


def quotes(text: str) -> tuple[Quote, ...]:
    found = enrich(text).quotes
    for q in found:
        assert text[q.start_offset : q.end_offset].strip() == q.text
    return found


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "kind"),
    [
        ("“We will keep talking to Pakistan,” Marco Rubio said on Friday.", "Marco Rubio", "said", "direct"),
        ("“We will keep talking to Pakistan,” said Marco Rubio.", "Marco Rubio", "said", "direct"),
        ('Ishaq Dar warned: "We shall answer any attack in full."', "Ishaq Dar", "warned", "direct"),
        ("Rubio, speaking in Doha, said: “The door is open to both of them.”", "Rubio", "said", "direct"),
        ("Trump claimed that the truce was “a very great thing for all” of them.", "Trump", "claimed", "partial"),
        ("Ishaq Dar said that the talks would resume in Islamabad next week.", "Ishaq Dar", "said", "indirect"),
        (
            "According to the State Department, the visas of nine men were revoked.",
            "the State Department",
            "According",
            "indirect",
        ),
        ("عاصم منیر نے کہا کہ ملک کا دفاع ہر قیمت پر کیا جائے گا۔", "عاصم منیر", "کہا", "indirect"),
    ],
)
def test_speaker_and_verb(text: str, speaker: str, cue: str, kind: str) -> None:
    (found,) = quotes(text)
    assert (found.speaker, found.cue, found.kind) == (speaker, cue, kind)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ishaq Dar said the talks went well and urged Kabul to send an envoy.",
            [("Ishaq Dar", "the talks went well"), ("Ishaq Dar", "Kabul to send an envoy")],
        ),
        (
            "All of the valley, Ishaq Dar said, needs more rain than this.",
            [("Ishaq Dar", "All of the valley"), ("Ishaq Dar", "needs more rain than this")],
        ),
        ("The talks went well in the end, Reuters reported.", [("Reuters", "The talks went well in the end")]),
        ("Ishaq Dar accused Kabul of doing nothing.", [("Ishaq Dar", "Kabul of doing nothing")]),
        ("Ishaq Dar told reporters on Monday that it rained a lot.", [("Ishaq Dar", "it rained a lot")]),
        ("Kabul was accused by Ishaq Dar of doing nothing.", []),
        ("The states of the north had a dry and cold spring.", []),
        ("Later in the day, Ishaq Dar said so.", []),
        ("''The rain came late. He said it would. It will be a poor year,'' said Ishaq Dar.", []),
        (
            "Ishaq Dar said it was “one of those days for us”, and he warned that the rain would come.",
            [("he", "the rain would come")],
        ),
    ],
)
def test_indirect_speech_is_told_from_what_stands_around_it(text: str, told: list[tuple[str, str]]) -> None:
    found = [(q.speaker or "", q.text) for q in quotes(text) if q.kind == "indirect"]
    assert [speaker for speaker, _ in found] == [speaker for speaker, _ in told]
    assert [words.startswith(start) for (_, words), (_, start) in zip(found, told, strict=True)] == [True] * len(told)


@pytest.mark.parametrize(
    "text",
    [
        "Ishaq Dar said the “danger” came from hate while “allowing such sentiments to come to the surface”.",
        "Ishaq Dar told reporters in an early tweet that “nobody should doubt what we can do”.",
        "“The rain came late to all of the valleys” in the north, said Ishaq Dar.",
        "Ishaq Dar said the United States and its allies would act “to show that it matters”.",
        "Ishaq Dar said their stand was “one of strength and of patience”, but he also warned India.",
        "KARACHI: “We will keep talking to all of them,” Ishaq Dar said.",
    ],
)
def test_what_stands_between_a_speaker_and_the_words(text: str) -> None:
    assert [q.speaker for q in quotes(text) if q.kind != "indirect"] == ["Ishaq Dar"]


def test_a_dateline_is_no_speaker() -> None:
    assert quotes("KARACHI: “We will keep talking to all of them.” The rupee fell.")[0].speaker is None


def test_an_inverted_clause_between_two_quotations() -> None:
    found = quotes("“The rain came late to all of them,” said Bilal Ahmad. “It will be a poor year for wheat.”")
    assert [q.speaker for q in found] == ["Bilal Ahmad"] * 2
    assert quotes("“The rain came late to all of them,” Bilal Ahmad told The Mirror.")[0].speaker == "Bilal Ahmad"


def test_speakers_resolve_to_actors_also_by_pronoun_and_office() -> None:
    text = "Donald Trump met the envoys.\n“I think we will have a deal with them,” he said.\nHe left."
    assert quotes(text)[0].speaker_entity_id == "donald-trump"
    text = "“We will keep talking to Pakistan,” the US secretary of state said."
    found = quotes(text)[0]
    assert (found.speaker_entity_id, found.source_kind) == ("marco-rubio", "office")


def test_a_second_quotation_of_the_paragraph_has_the_same_speaker() -> None:
    found = quotes("“We will keep talking,” Marco Rubio said. “There is no other way than this one.”")
    assert [q.speaker_entity_id for q in found] == ["marco-rubio", "marco-rubio"]


def test_a_speaker_is_not_carried_into_the_next_paragraph_of_mixed_text() -> None:
    found = quotes("“We will keep talking,” Marco Rubio said.\nA banner read “We want no more of this war” in red.")
    assert [q.speaker_entity_id for q in found if q.text.startswith("We want")] != ["marco-rubio"]


def test_anonymous_sources_and_why() -> None:
    text = (
        "“They will meet in Doha next week,” a senior Pakistani official said on condition of anonymity "
        "because he was not authorised to speak to the media."
    )
    found = quotes(text)[0]
    assert found.anonymous
    assert found.source_kind == "anonymous"
    assert found.anonymity_reason is not None
    assert "not authorised" in found.anonymity_reason
    assert found.speaker_entity_id is None


def test_an_unnamed_spokesperson_speaks_for_the_institution() -> None:
    found = quotes("“The list is under review at this time,” a State Department spokesperson said.")[0]
    assert (found.source_kind, found.anonymous) == ("institution", False)


def test_classes_of_verbs() -> None:
    texts = {
        "denying": "Ishaq Dar denied: “We never asked for such a thing at all.”",
        "claiming": "Ishaq Dar claimed: “We never asked for such a thing at all.”",
        "warning": "Ishaq Dar warned: “We never asked for such a thing at all.”",
    }
    for name, text in texts.items():
        assert quotes(text)[0].cue_class == name


def test_the_same_words_have_the_same_key() -> None:
    a = quotes("“We will keep talking to Pakistan,” Marco Rubio said.")[0]
    b = quotes('Rubio told reporters: "We will keep talking to Pakistan."')[0]
    assert a.quote_key == b.quote_key


def test_scare_quotes_are_no_quotations() -> None:
    assert quotes("The so-called “iron brother” of Pakistan met in Beijing.") == ()
