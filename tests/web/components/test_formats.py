"""Money, rates, days and times as each language writes them."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.utils import timezone, translation

from inward.core.terms import Money, Rate, UnitPrice
from inward.web.components import formats

AT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def said(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("€1,299.90", "33.33%", "12,500", "24 November 2026", "24 Nov 2026", "November 2026")),
        ("nb", ("1 299,90 €", "33,33 %", "12 500", "24. november 2026", "24. nov. 2026", "november 2026")),
    ],
)
def test_each_language_writes_in_its_own_way(language, expected):
    on = date(2026, 11, 24)
    with translation.override(language):
        shown = (
            formats.money(Money.of("1299.90", "EUR")),
            formats.percent(Rate(Fraction(3333, 10000))),
            formats.count(12500),
            formats.day(on),
            formats.short_day(on),
            formats.month(on),
        )
    assert tuple(map(said, shown)) == expected


def test_an_instant_is_told_in_the_readers_time_zone():
    with translation.override("en"), timezone.override("Europe/Oslo"):
        assert said(formats.instant(AT)) == "25 Nov 2026, 00:30"
        assert said(formats.local_day(AT)) == "25 Nov 2026"


def test_a_unit_price_keeps_all_its_decimals():
    with translation.override("en"):
        assert said(formats.money(UnitPrice.of("3.725", "EUR"))) == "€3.725"


def test_a_language_nobody_knows_is_read_in_english():
    with translation.override("fr"):
        assert said(formats.money(Money.of("5", "EUR"))) == "€5.00"


def test_shares_are_whole_percents_and_nothing_has_no_share():
    with translation.override("en"):
        assert said(formats.share(Money.of("1", "EUR"), Money.of("3", "EUR"))) == "33%"
        assert formats.share(Money.of("1", "EUR"), Money.of("0", "EUR")) == ""
