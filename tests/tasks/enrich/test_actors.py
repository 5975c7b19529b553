"""Who is named: longest match, both scripts, ambiguous forms only with a second cue."""

from __future__ import annotations

import pytest

from tests.tasks.enrich.marks import mentions


@pytest.mark.parametrize(
    ("text", "entity", "surface"),
    [
        ("Gen Asim Munir inspected the parade.", "asim-munir", "Gen Asim Munir"),
        ("A letter reached Shahbaz Sharif late.", "shehbaz-sharif", "Shahbaz Sharif"),
        ("The PML-N met in Lahore.", "pml-n", "PML-N"),
        ("Al-Qaida denied it, as al Qaeda does.", "al-qaeda", "Al-Qaida"),
        ("وزیراعظم شہباز شریف نے اجلاس کی صدارت کی۔", "shehbaz-sharif", "شہباز شریف"),
        ("امریکي محکمہ خارجہ نے بیان جاری کیا۔", "state-department", "امریکي محکمہ خارجہ"),
        ("The U.S. Embassy in Islamabad said so.", "us-embassy-islamabad", "U.S. Embassy in Islamabad"),
        ("KARACHI: The US consulate closed.", "us-consulate-karachi", "US consulate"),
        ("United States Embassy in Islamabad shut.", "us-embassy-islamabad", "United States Embassy in Islamabad"),
        ("The United States Treasury fined him.", "treasury-us", "United States Treasury"),
        ("ISLAMABAD: The Embassy of the United States shut.", "us-embassy-islamabad", "Embassy of the United States"),
        ("The US Senate voted.", "us-senate", "US Senate"),
        ("Pakistan's consulate in Houston closed.", "pk-consulate-houston", "Pakistan's consulate in Houston"),
        ("پاکستانی سفارت خانہ واشنگٹن بند ہے۔", "embassy-pk-dc", "پاکستانی سفارت خانہ واشنگٹن"),
        ("The US Consulate in Karachi closed.", "us-consulate-karachi", "US Consulate in Karachi"),
        ("The U.S. Consulate General in Lahore closed.", "us-consulate-lahore", "U.S. Consulate General in Lahore"),
        ("پشاور میں امریکی قونصلیٹ بند رہا۔", "us-consulate-peshawar", "پشاور میں امریکی قونصلیٹ"),
        ("مظاہرین امریکی قونصل خانے کراچی پہنچے۔", "us-consulate-karachi", "امریکی قونصل خانے کراچی"),
        ("فیلڈ مارشل عاصم منیر کراچی میں تھے۔", "asim-munir", "عاصم منیر"),
    ],
)
def test_forms_link_in_both_scripts(text: str, entity: str, surface: str) -> None:
    found = mentions(text)
    assert found[entity].surface == surface
    assert text[found[entity].first_offset :].startswith(surface)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A blast shook the US Embassy in Ankara; the US Embassy closed. Islamabad was quiet.", "united-states"),
        ("کابل میں امریکی سفارت خانے پر حملہ ہوا۔ پاکستان نے مذمت کی۔", "united-states"),
        ("The Pakistan Embassy in Kabul closed. Flights to Washington went on.", "pakistan"),
        ("The Deputy US Trade Representative arrived.", "united-states"),
        ("The Embassy of the United States in Kabul closed. Pakistan did not.", "united-states"),
    ],
)
def test_a_body_that_is_not_linked_still_names_its_country(text: str, named: str) -> None:
    found = mentions(text)
    assert named in found
    assert not {"us-embassy-islamabad", "embassy-pk-dc"} & set(found)


def test_a_mission_is_where_it_was_named_in_full() -> None:
    found = mentions("The US Embassy in Islamabad reopened, unlike the US Embassy in Kabul. The US Embassy is open.")
    assert found["us-embassy-islamabad"].mention_count == 2
    assert found["united-states"].mention_count == 1


@pytest.mark.parametrize("firm", ["American Airlines", "U.S. Steel", "US Bank"])
def test_a_firm_is_not_the_country(firm: str) -> None:
    assert "united-states" not in mentions(f"A Lahore engineer left {firm} for Pakistan.")


def test_the_longest_form_wins() -> None:
    found = mentions("The Pakistani Taliban, or TTP, claimed the attack.")
    assert "ttp" in found
    assert not {"afghan-taliban", "pakistan"} & set(found)


@pytest.mark.parametrize(
    "text",
    [
        "They told us to wait, and let us go.",  # us, let
        "Khan opened the batting.",
        "Sharif Electronics sells fans.",
        "PTI said the train was late.",
        "The State won the appeal.",
        "Salman Khan signed a film.",
        "The Washington Post reported it.",
        "Denzel Washington arrived.",
    ],
)
def test_ambiguous_forms_do_not_link_without_a_cue(text: str) -> None:
    persons = {k for k, m in mentions(text).items() if m.how != "office"}
    assert not persons & {
        "united-states", "lashkar-e-taiba", "imran-khan", "nawaz-sharif", "shehbaz-sharif", "pti-party",
        "press-trust-of-india", "state-department", "washington-dc", "us-government",
    }  # fmt: skip


def test_after_the_full_name_the_surname_links() -> None:
    found = mentions("Imran Khan was moved. Khan's lawyers objected, and Salman Khan the actor did not comment.")
    assert found["imran-khan"].mention_count == 2
    assert {s.how for s in found["imran-khan"].spans} == {"full", "surname"}


def test_a_surname_means_the_last_bearer_named() -> None:
    text = "Nawaz Sharif spoke first. Sharif sat down. Then Shehbaz Sharif rose. Sharif thanked the hall."
    found = mentions(text)
    assert found["nawaz-sharif"].mention_count == 2
    assert found["shehbaz-sharif"].mention_count == 2


def test_a_title_picks_the_bearer_of_the_day() -> None:
    assert "shehbaz-sharif" in mentions("PM Sharif flew to Doha.", day="2025-06-20")
    assert "nawaz-sharif" in mentions("PM Sharif flew to Doha.", day="2016-06-20")


def test_context_decides_between_a_party_and_an_agency() -> None:
    assert "pti-party" in mentions("PTI called a rally in Khyber Pakhtunkhwa after Imran was moved.")


def test_a_misprint_links_and_is_marked() -> None:
    found = mentions("Army chief Gen Asif Munir met the envoy.")
    assert "misprint" in found["asim-munir"].flags


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Washington warned Islamabad again.", "us-government"),
        ("Washington warned Islamabad again.", "government-of-pakistan"),
        ("He lives in Washington.", "washington-dc"),
        ("Flights to Karachi and Islamabad were late.", "islamabad"),
        ("اسلام آباد نے احتجاج کیا۔", "government-of-pakistan"),
        ("وہ اسلام آباد میں رہتے ہیں۔", "islamabad"),
    ],
)
def test_a_capital_is_a_government_or_a_place(text: str, entity: str) -> None:
    assert entity in mentions(text)


def test_bodies_of_other_countries_are_not_ours() -> None:
    assert "mofa-pk" not in mentions("The British Foreign Office told Pakistan so.")
    assert "sc-pk" not in mentions("Pakistan watched as the Indian Supreme Court ruled.")


def test_datelines_captions_and_teasers_do_not_count() -> None:
    text = (
        "WASHINGTON: The mayor opened a school.\nPupils sang, and the mayor left.\n"
        "A view of the White House. — Reuters/File\nUS senators visit Gwadar\nCopyright 2025. All rights reserved"
    )
    assert not {"us-government", "washington-dc", "white-house", "united-states", "gwadar"} & set(mentions(text))
