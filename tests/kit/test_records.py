"""Dated facts keep what was believed; rates are kept exact; subject keys say nothing."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from tests.builders import AT, given_company, given_holding

from inward.kit import subjects
from inward.kit.fields import CurrencyField, RateField
from inward.kit.models import Subject
from inward.kit.records import Superseded, correct
from inward.kit.transaction import NoTransaction, transaction

pytestmark = pytest.mark.django_db
THEN, NOW = AT, AT + timedelta(days=30)


@pytest.fixture
def holding():
    given_company("jkl")
    given_company("abc")
    given_holding("jkl", "abc", 80, valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    from inward.parties.models import Holding

    return Holding.objects.get()


def test_a_correction_closes_what_was_known_and_adds_what_is_known_now(holding):
    table = type(holding)
    with transaction():
        fresh = correct(holding, at=NOW, votes=Fraction(2, 3))
    assert fresh.votes == Fraction(2, 3)
    assert table.objects.count() == 2
    assert [fact.votes for fact in table.objects.current()] == [Fraction(2, 3)]
    assert [fact.votes for fact in table.objects.known_at(NOW)] == [Fraction(2, 3)]
    assert table.objects.get(pk=holding.pk).known_until == NOW
    with transaction(), pytest.raises(Superseded):
        correct(holding, at=NOW, votes=Fraction(1, 2))
    with pytest.raises(NoTransaction):
        correct(fresh, at=NOW)


def test_a_correction_by_a_clock_that_runs_behind_is_learned_no_earlier_than_the_fact(holding):
    with transaction():
        fresh = correct(holding, at=holding.known_from - timedelta(hours=9), votes=Fraction(2, 3))
    assert fresh.known_from == holding.known_from
    assert [fact.votes for fact in type(holding).objects.current()] == [Fraction(2, 3)]
    assert [fact.votes for fact in type(holding).objects.known_at(NOW)] == [Fraction(2, 3)]


def test_a_fact_holds_from_its_first_day_to_the_day_before_its_end(holding):
    table = type(holding)
    assert table.objects.on(date(2020, 12, 31)).count() == 1
    assert table.objects.on(date(2021, 1, 1)).count() == 0
    assert table.objects.on(date(2019, 12, 31)).count() == 0
    assert date(2020, 12, 31) in holding.period


@pytest.mark.parametrize(("given", "kept"), [("1/3", "1/3"), (Fraction(1, 3), "1/3"), (2, "2"), (None, None)])
def test_a_rate_is_kept_as_a_fraction(given, kept):
    assert RateField().get_prep_value(given) == kept


@pytest.mark.parametrize("given", [0.5, "half", "1/0", f"1/{10**90}"])
def test_what_is_no_exact_rate_is_refused(given):
    with pytest.raises(ValidationError):
        RateField().get_prep_value(given)


def test_a_currency_is_a_code():
    assert CurrencyField().get_prep_value("EUR") == "EUR"
    assert CurrencyField().get_prep_value("") == ""
    with pytest.raises(ValueError, match="not a currency"):
        CurrencyField().get_prep_value("euro")


def test_subject_keys_say_nothing_and_remember_that_they_were_erased():
    with transaction():
        key = subjects.new_subject(at=THEN)
        more = subjects.new_subjects(3, at=THEN)
        subjects.erase(key, at=NOW)
    assert len({key, *more}) == 4
    assert all(each.startswith("s-") for each in more)
    assert Subject.objects.get(key=key).erased_at == NOW
    assert Subject.objects.filter(erased_at=None).count() == 3
