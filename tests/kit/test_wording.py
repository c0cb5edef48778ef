"""Reasons in words: places filled as the language writes them, optional parts left out, nothing ever passed over in silence."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from inward.core.terms import Fact, Money, Rate, Reason, UnitPrice, as_currency
from inward.kit import wording
from inward.kit.wording import Wordings, fact_text, plain

NOK = as_currency("NOK")
SENTENCES = {
    "works_for": {
        "en": "{name} works here ({kind:work})[, since {since}][, until {until:last}].",
        "nb": "{name} arbeider her ({kind:work})[, siden {since}][, til og med {until:last}].",
    },
    "english_only": {"en": "Only {count} left."},
}
LABELS = {"work": {"PART_TIME": {"en": "part-time", "nb": "deltid"}}}
WORDINGS = Wordings(SENTENCES, labels=LABELS)


def said(text: str) -> str:
    """With the spaces that people see; the locale data use several that look alike."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def without_babel(monkeypatch: pytest.MonkeyPatch):
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(wording, "import_module", missing)
    wording._writer.cache_clear()
    yield
    wording._writer.cache_clear()


def test_places_are_filled_and_values_have_labels() -> None:
    reason = Reason.of("works_for", name="Kari", kind="PART_TIME", since=date(2024, 3, 1), until=date(2027, 1, 1))

    assert WORDINGS.text(reason) == "Kari works here (part-time), since 1 March 2024, until 31 December 2026."
    assert WORDINGS.text(reason, "nb") == (
        "Kari arbeider her (deltid), siden 1. mars 2024, til og med 31. desember 2026."
    )


@pytest.mark.parametrize("facts", [{"since": None, "until": None}, {}])
def test_an_optional_part_without_its_fact_is_left_out(facts: dict[str, Fact]) -> None:
    reason = Reason.of("works_for", name="Kari", kind="PART_TIME", **facts)

    assert WORDINGS.text(reason) == "Kari works here (part-time)."


def test_a_value_without_a_label_is_shown_as_it_is() -> None:
    assert WORDINGS.label("work", "PART_TIME", "nb") == "deltid"
    assert WORDINGS.label("work", "PART_TIME", "it") == "part-time"
    assert WORDINGS.label("work", "VOLUNTEER", "nb") == "VOLUNTEER"
    assert WORDINGS.label("colour", "RED") == "RED"
    assert "(VOLUNTEER)" in WORDINGS.text(Reason.of("works_for", name="Kari", kind="VOLUNTEER"))


def test_a_language_that_has_no_sentence_hears_english() -> None:
    assert WORDINGS.text(Reason.of("english_only", count=1200), "nb") == "Only 1\xa0200 left."


def test_a_code_without_a_sentence_is_shown_with_its_facts() -> None:
    assert (
        WORDINGS.text(Reason.of("new_thing", owner="JKL", percent=Rate.percent(60)))
        == "new_thing (owner: JKL, percent: 60%)"
    )
    assert WORDINGS.text(Reason.of("new_thing")) == "new_thing"


def test_rooms_may_share_a_sentence_but_not_word_one_code_differently() -> None:
    assert Wordings(SENTENCES, SENTENCES).sentences == SENTENCES
    with pytest.raises(ValueError, match="english_only is worded twice"):
        Wordings(SENTENCES, {"english_only": {"en": "Something else."}})


@pytest.mark.parametrize(
    ("fact", "english", "norwegian"),
    [
        (Rate(Fraction(12, 19)), "63.157895%", "63,157895 %"),
        (Rate.percent(60), "60%", "60 %"),
        (Money.of("1299.90", "NOK"), "NOK 1,299.90", "1 299,90 kr"),
        (Money.of("1500", "JPY"), "JP¥1,500", "1 500 JPY"),
        (Money.of("1500", "PTS"), "1,500 PTS", "1 500 PTS"),
        (UnitPrice.of("12.345", "NOK"), "NOK 12.345", "12,345 kr"),
        (UnitPrice.of("5", "NOK"), "NOK 5.00", "5,00 kr"),
        (Fraction(1, 3), "0.333333", "0,333333"),
        (1200, "1,200", "1 200"),
        (date(2026, 6, 30), "30 June 2026", "30. juni 2026"),
        (datetime(2026, 6, 30, 14, 5, tzinfo=UTC), "30 Jun 2026, 14:05:00", "30. juni 2026, 14:05:00"),
        (True, "yes", "ja"),
        (False, "no", "nei"),
        (None, "\N{EN DASH}", "\N{EN DASH}"),
        ("as it is", "as it is", "as it is"),
    ],
)
def test_facts_are_written_as_the_language_writes_them(fact: Fact, english: str, norwegian: str) -> None:
    assert (said(fact_text(fact, "en")), said(fact_text(fact, "nb"))) == (english, norwegian)


@pytest.mark.usefixtures("without_babel")
@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (Rate(Fraction(12, 19)), "63.157895 %"),
        (Money.of("1299.90", "NOK"), "1299.90 NOK"),
        (UnitPrice.of("5", "JPY"), "5 JPY"),
        (Fraction(1, 3), "0.333333"),
        (date(2026, 6, 30), "2026-06-30"),
        (datetime(2026, 6, 30, 14, 5, tzinfo=UTC), "2026-06-30 14:05+00:00"),
    ],
)
def test_without_babel_facts_are_written_plainly(fact: Fact, text: str) -> None:
    assert fact_text(fact, "nb") == text


def test_a_language_nobody_taught_us_is_written_plainly() -> None:
    assert fact_text(date(2026, 6, 30), "xx") == "2026-06-30"
    assert fact_text(True, "xx") == "yes"


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (Money.of("129.90", "EUR"), {"amount": "129.90", "currency": "EUR"}),
        (UnitPrice.of("1/3", "EUR"), {"amount": "0.333333", "currency": "EUR"}),
        (Rate.percent("12.5"), "12.5"),
        (Fraction(2, 3), "0.666667"),
        (date(2026, 6, 30), "2026-06-30"),
        (datetime(2026, 6, 30, 14, 5, tzinfo=UTC), "2026-06-30T14:05:00+00:00"),
        (7, 7),
        (True, True),
        (None, None),
        ("text", "text"),
    ],
)
def test_programs_read_facts_in_the_shapes_of_the_interfaces(fact: Fact, value: object) -> None:
    assert plain(fact) == value


@pytest.mark.parametrize(
    ("percent", "italian"),
    [
        ("80", "Ha l’80% di XYZ, sale dall’80% all’80%, più dell’80%."),
        ("8", "Ha l’8% di XYZ, sale dall’8% all’8%, più dell’8%."),
        ("11.5", "Ha l’11,5% di XYZ, sale dall’11,5% all’11,5%, più dell’11,5%."),
        ("1", "Ha l’1% di XYZ, sale dall’1% all’1%, più dell’1%."),
        ("18", "Ha il 18% di XYZ, sale dal 18% al 18%, più del 18%."),
        ("100", "Ha il 100% di XYZ, sale dal 100% al 100%, più del 100%."),
    ],
)
def test_an_italian_article_gives_way_to_a_share_that_is_spoken_with_a_vowel_first(percent: str, italian: str) -> None:
    sentence = "Ha il {share} di XYZ, sale dal {share} al {share}, più del {share}."
    reason = Reason.of("share", share=Rate(Fraction(percent) / 100))
    assert said(Wordings({"share": {"it": sentence, "en": sentence}}).text(reason, "it")) == italian
    assert said(Wordings({"share": {"nb": sentence, "en": sentence}}).text(reason, "nb")).startswith("Ha il ")
