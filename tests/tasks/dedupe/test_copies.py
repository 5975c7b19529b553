"""What two texts share, and what that makes of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.dedupe.furniture import body_lines
from tasks.dedupe.shingles import fingerprints, prepare
from tasks.dedupe.work import edges_of, read_text
from tests.tasks.dedupe.lab import prose, text

WIRE = prose(11, 20, ["Gwadar", "Turbat", "Panjgur"])
OTHER = prose(12, 20, ["Chaman", "Pishin", "Ziarat"])
URDU = (
    "وزیر خارجہ نے کہا کہ پاکستان اور امریکہ کے درمیان تجارت پر بات چیت اگلے ماہ واشنگٹن میں ہوگی۔ "
    "انہوں نے بتایا کہ دونوں ملکوں کے حکام نے سرحدی سلامتی اور انسداد دہشت گردی پر بھی غور کیا۔ "
    "ترجمان کے مطابق کپاس اور سویابین کی درآمد میں اضافے کی تجویز زیر غور ہے جس پر کابینہ فیصلہ کرے گی۔ "
    "برآمد کنندگان نے محصولات میں کمی کا خیر مقدم کرتے ہوئے تفصیلی فہرست جاری کرنے کا مطالبہ کیا ہے۔"
)


def kind(a: str, b: str, *, same_outlet: bool = False) -> str | None:
    edges = edges_of(read_text("a", "x", a), read_text("b", "x" if same_outlet else "y", b))
    return edges[0].kind if edges else None


def test_a_cut_is_a_reprint_and_the_whole_a_near_copy() -> None:
    assert kind(text(WIRE), text(WIRE[:7])) == "reprint"
    assert kind(text(WIRE), text(WIRE[:-1])) == "near"
    assert kind(text(WIRE), text(OTHER)) is None


def test_a_passage_in_another_article_is_an_excerpt() -> None:
    assert kind(text(WIRE[:6]), text([*OTHER, *WIRE[:6]])) == "excerpt"


def test_only_a_common_quotation_is_no_copy() -> None:
    quote = " ".join(WIRE[:4])
    a = text(OTHER[:6]) + f"\nThe council said: “{quote}”\n" + text(OTHER[6:9])
    b = text(prose(13, 6)) + f"\n“{quote}” the letter said.\n" + text(prose(14, 3))
    assert kind(a, b) is None


def test_captions_and_teasers_are_no_text() -> None:
    page = (
        "\nMinistry briefed committee on upcoming projects and hurdles it was facing"
        "\nEnvoy says several steps have been taken in this regard since February this year"
        "\nTourists seen at a hilly place in this undated image. — APP/File"
        "\nAs temperatures continue to soar across the country, officials have...\nCOMMENTS\nCopyright © 2025."
    )
    assert kind(text(WIRE[:3]) + page, text(OTHER[:3]) + page, same_outlet=True) is None
    assert body_lines("US\nOne line.\nCOMMENTS") == ["One line."]


def test_under_forty_words_only_exact_copies_count() -> None:
    short = " ".join(WIRE[:2])
    assert len(short.split()) < 40
    assert kind(short, short) == "near"
    assert kind(short, short.replace(short.split()[5], "otherwise")) is None


def test_reports_of_a_series_are_no_copies() -> None:
    def report(price: int, change: int, ounce: int) -> str:
        return (
            f"Gold prices fell by Rs{change} per tola on the local market. The price of gold dropped to Rs{price} per "
            f"tola, according to data of the jewellers' association. The price of 10 grams of gold decreased by "
            f"Rs{change - 200} to Rs{price - 40000}. In the international market gold rates fell by ${change % 97} to "
            f"${ounce} an ounce. Silver in the local market remained the same, at Rs{ounce + 100} for a tola of it."
        )

    assert kind(report(347500, 3600, 3296), report(345800, 1400, 3310), same_outlet=True) is None


def test_urdu_meets_whatever_keyboard_it_was_typed_on() -> None:
    arabic = URDU.translate(str.maketrans("یکہ", "يكه"))
    joined = URDU.replace(" کے ", " کے").replace("میں ہو", "میںہو")
    assert kind(URDU, arabic) == "near"
    assert kind(URDU, joined) == "near"


def test_fingerprints_are_the_same_everywhere() -> None:
    # the hashes are data in the warehouse: if this changes, DEDUPE_VERSION has to
    assert prepare(["The quick brown fox jumps"]).shingles == (
        1617801650737425180,
        5054066370333581573,
        7735300555432405103,
    )
    assert len(fingerprints(prepare(["one two three four"]))) == 2


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(4, 20))
def test_comparison_is_symmetric(first: int, second: int, length: int) -> None:
    a, b = text([*prose(first, 6), *WIRE[:length]]), text([*WIRE[2:length], *prose(second, 4)])
    assert kind(a, b) == kind(b, a)
    edges = edges_of(read_text("a", "x", a), read_text("b", "y", b))
    assert {(e.article_id, e.other_id) for e in edges} in (set(), {("a", "b"), ("b", "a")})


@given(st.text(max_size=300))
def test_any_text_can_be_prepared(any_text: str) -> None:
    prepared = read_text("a", None, any_text).prepared
    assert len(prepared.quoted) == prepared.units
    assert all(0 <= value < 1 << 63 for value in fingerprints(prepared))
