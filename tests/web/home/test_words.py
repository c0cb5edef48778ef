"""Verdicts and price rules in words, in both languages; and nothing that people cannot read."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation
from tests.builders import AT, ON
from tests.cast import MAYA

from inward.catalogue import queries as catalogue
from inward.core.classification import Kind, Standing, Verdict, classify
from inward.core.pricing import CostPlus, Fixed, Free, Level, Outcome, PercentOff, PriceRule, Scope, Traced, Wanted
from inward.core.terms import Rate, Reason, UnitPrice
from inward.parties import queries as parties
from inward.trade import queries
from inward.web.home import words


def rate(percent):
    return Rate(Fraction(percent, 100))


METHODS = (
    (Fixed(UnitPrice.of("5.60", "EUR")), "List price: €5.60 each", "Listepris: 5,60 € per stykk"),
    (PercentOff(rate(25)), "List price: 25% off the ordinary price", "Listepris: 25 % under ordinær pris"),
    (CostPlus(rate(20)), "List price: cost plus 20%", "Listepris: kostnad pluss 20 %"),
    (CostPlus(rate(0)), "List price: at cost", "Listepris: til kostnad"),
    (Free(), "List price: free for use", "Listepris: fri bruk"),
)


@pytest.mark.parametrize(("method", "english", "norwegian"), METHODS)
def test_every_method_of_pricing_has_words(db, method, english, norwegian):
    rule = PriceRule("r", Level.LIST, "abc", method)
    for language, expected in (("en", english), ("nb", norwegian)):
        with translation.override(language):
            assert words.rule_name(rule, catalogue.price_book()).replace("\xa0", " ") == expected


def test_a_quantity_break_and_an_agreement_say_so(house):
    rule = PriceRule(
        "r", Level.AGREEMENT, "xyz", Fixed(UnitPrice.of("4", "EUR")), scope=Scope(party="abc"), quantity_min=200
    )
    with translation.override("en"):
        assert words.rule_name(rule, catalogue.price_book()) == "Agreement with ABC Retail: €4.00 each, from 200 pieces"


def standing(kind, verdict=Verdict.INTERNAL):
    return Standing(verdict, kind, (), "abc", "xyz")


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_kind_of_dealing_has_a_sentence(house, kind, language):
    verdict = Verdict.EXTERNAL if kind is Kind.OUTSIDE else Verdict.INTERNAL
    with translation.override(language):
        sentence = words.verdict(standing(kind, verdict), customer="maya-lund", supplier="abc", on=ON).sentence
    assert sentence.endswith(".")
    assert kind.value not in sentence or kind.value in ("self", "outside", "branch", "staff")
    assert sentence.startswith({"en": ("Inside", "Outside", "It"), "nb": ("Innenfor", "Utenfor", "Det")}[language])


def test_the_nearest_miss_is_told_where_it_is_outside(house):
    found = classify(supplier="abc", customer="northgate", world=parties.world(), on=ON)
    with translation.override("en"):
        said = words.verdict(found, customer="northgate", supplier="abc", on=ON)
    assert not said.inside
    assert said.nearest_miss
    assert said.grounds


def traced(house, trace):
    """A line of Maya's with another trace."""
    maya = house.actor(MAYA)
    line = queries.quote_for(viewer=maya, at=AT, lines=[Wanted("coffee-machine", 1)]).quote.lines[0]
    return replace(line, trace=tuple(trace))


def test_a_rule_that_exists_no_more_is_named_by_its_level(house):
    trace = [Traced("gone-rule", Level.SCHEME, Outcome.LOST, Reason.of("lost_by_level", to="list-coffee-machine"))]
    with translation.override("en"):
        (only,) = words.tried(traced(house, trace), book=catalogue.price_book())
    assert only.name == "Staff price"
    assert "list-coffee-machine" not in only.why
    assert only.why.startswith("List price goes first")


def test_the_rule_that_is_used_stands_first(house):
    why = Reason.of("rule_won")
    trace = [
        Traced("a", Level.LIST, Outcome.NOT_APPLICABLE, why),
        Traced("b", Level.LIST, Outcome.LOST, why),
        Traced("c", Level.LIST, Outcome.WON, why),
    ]
    found = words.tried(traced(house, trace), book=catalogue.price_book())
    assert [each.outcome for each in found] == ["won", "lost", "not_applicable"]


def test_without_a_near_miss_the_ordinary_price_needs_no_excuse(house):
    quoted = catalogue.price_book()
    from inward.core.pricing import quote

    line = quote(
        world=parties.world(),
        book=quoted,
        supplier="abc",
        customer="kestrel",
        on=ON,
        lines=[Wanted("coffee-machine", 1)],
    ).lines[0]
    with translation.override("en"):
        assert words.because(line, book=quoted) == "Ordinary price"
        spent = Traced(
            "staff-abc",
            Level.SCHEME,
            Outcome.NOT_APPLICABLE,
            Reason.of("allowance_used_up", scheme="ABC staff purchase", period="2026"),
        )
        said = words.because(replace(line, trace=(spent,)), book=quoted)
    assert said == "Ordinary price. The allowance of ABC staff purchase for 2026 is used up."
