"""Reasons in words: sentences with places, filled with facts as the reader's language writes them.

A sentence names its places in braces: ``{owner_name}``, ``{until:last}`` (the last day of a half-open period),
``{kind:work_kind}`` (the label of a value). A part in square brackets is left out when one of its facts is missing:
``works for {company_name}[ since {since}]``. Sentences and labels are data in the rooms' vocabularies; this file knows
none. It works without Django being set up, and without babel it writes plain ISO forms.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, TypeAlias

from inward.core.terms import Fact, Money, Rate, Reason, UnitPrice, decimal_text, minor_digits

Sentences: TypeAlias = Mapping[str, Mapping[str, str]]
"""Code → language → sentence."""
Labels: TypeAlias = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Sort of value → value → language → label."""

FALLBACK = "en"
_LOCALES = MappingProxyType({"en": "en_GB", "nb": "nb_NO", "it": "it_IT", "id": "id_ID"})
_FLAGS = MappingProxyType(
    {"en": ("yes", "no"), "nb": ("ja", "nei"), "it": ("sì", "no"), "id": ("ya", "tidak")},
)
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_LETTER_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
"""Between NOK and 129.90: where a currency has no sign, babel writes its letters without a space."""
_BEFORE_VOWEL = re.compile(r"\b(il|del|al|dal) (?=(?:1|11|8\d?)(?:,\d+)?\s?%)")
"""In Italian an article before a share that is spoken with a vowel first (uno, otto, undici, ottanta…): il 80%."""
_ELIDED = MappingProxyType({"il": "l’", "del": "dell’", "al": "all’", "dal": "dall’"})
_PLACE = re.compile(r"\{(?P<name>\w+)(?::(?P<how>\w+))?\}")


class Wordings:
    """The sentences and labels of one or several rooms. ValueError when two rooms word one code differently."""

    def __init__(self, *sentences: Sentences, labels: Labels | None = None) -> None:
        self.sentences: dict[str, Mapping[str, str]] = {}
        self.labels: Labels = labels or {}
        for room in sentences:
            for code, wording in room.items():
                if self.sentences.setdefault(code, wording) != wording:
                    msg = f"{code} is worded twice"
                    raise ValueError(msg)

    def text(self, reason: Reason, language: str = FALLBACK) -> str:
        """The reason as a sentence. A code without a sentence is shown as it is, with its facts: never silence."""
        wording = self.sentences.get(reason.code)
        if wording is None:
            facts = ", ".join(f"{name}: {fact_text(fact, language)}" for name, fact in reason.items)
            return f"{reason.code} ({facts})" if facts else reason.code
        known = reason.facts

        def filled(place: re.Match[str]) -> str:
            return self._filled(known.get(place["name"]), place["how"], language)

        def kept(part: re.Match[str]) -> str:
            needed = (place["name"] for place in _PLACE.finditer(part[1]))
            return part[1] if all(known.get(name) is not None for name in needed) else ""

        text = _PLACE.sub(filled, _OPTIONAL.sub(kept, _spoken(wording, language)))
        return _BEFORE_VOWEL.sub(lambda article: _ELIDED[article[1]], text) if language == "it" else text

    def label(self, sort: str, value: str, language: str = FALLBACK) -> str:
        """What people call this value of that sort; the value itself where nobody has said."""
        return _spoken(self.labels.get(sort, {}).get(value, {}), language) or value

    def _filled(self, fact: Fact, how: str | None, language: str) -> str:
        if how == "last" and isinstance(fact, date) and fact > date.min:
            return fact_text(fact - timedelta(days=1), language)
        if how is not None and isinstance(fact, str):
            return self.label(how, fact, language)
        return fact_text(fact, language)


def _spoken(wording: Mapping[str, str], language: str) -> str:
    return wording.get(language) or wording.get(FALLBACK, "")


def fact_text(fact: Fact, language: str = FALLBACK) -> str:
    """One fact as the language writes it: "60 %", "1 299,90 kr", "30. juni 2026"; a missing one is a dash."""
    if fact is None:
        return "–"
    if isinstance(fact, bool):
        return _FLAGS.get(language, _FLAGS[FALLBACK])[0 if fact else 1]
    return fact if isinstance(fact, str) else _measure_text(fact, _writer(language))


def _measure_text(fact: int | Fraction | date | Money | UnitPrice | Rate, writer: "_Iso") -> str:
    match fact:
        case Money():
            return writer.money(fact.amount, fact.currency)
        case UnitPrice():
            return writer.money(_major(fact), fact.currency)
        case Rate():
            return writer.percent(fact.percentage)
        case datetime():
            return writer.instant(fact)
        case date():
            return writer.day(fact)
    return writer.number(fact)


def plain(fact: Fact) -> Any:
    """One fact as other programs read it (interfaces.md): money as amount and currency, rates in percent.

    Exact up to six decimals. To keep a reason and read it back equal, use ``kit.reasons``.
    """
    match fact:
        case Money():
            return {"amount": fact.amount, "currency": fact.currency}
        case UnitPrice():
            return {"amount": _major(fact), "currency": fact.currency}
        case Rate():
            return decimal_text(fact.percentage)
        case Fraction():
            return decimal_text(fact)
        case date():
            return fact.isoformat()
    return fact


def _major(price: UnitPrice) -> str:
    """A unit price in major units, with at least the currency's own decimals and at most six: "12.345", "5.00"."""
    digits = minor_digits(price.currency)
    whole, _, decimals = decimal_text(price.minor / 10**digits).partition(".")
    return f"{whole}.{decimals.ljust(digits, '0')}" if decimals or digits else whole


class _Iso:
    """How facts are written where no one has taught us the language: decimal points, ISO dates, codes."""

    def number(self, value: Fraction | int) -> str:
        return decimal_text(value)

    def percent(self, percentage: Fraction) -> str:
        return f"{decimal_text(percentage)} %"

    def money(self, amount: str, currency: str) -> str:
        return f"{amount} {currency}"

    def day(self, day: date) -> str:
        return day.isoformat()

    def instant(self, at: datetime) -> str:
        return at.isoformat(sep=" ", timespec="minutes")


class _Babel(_Iso):
    """How a language writes them, by the Unicode locale data that babel carries."""

    def __init__(self, locale: str, numbers: ModuleType, dates: ModuleType) -> None:
        self._locale, self._numbers, self._dates = locale, numbers, dates

    def number(self, value: Fraction | int) -> str:
        exact = Decimal(decimal_text(value))
        return str(self._numbers.format_decimal(exact, locale=self._locale, decimal_quantization=False))

    def percent(self, percentage: Fraction) -> str:
        rate = Decimal(decimal_text(percentage)).scaleb(-2)
        return str(self._numbers.format_percent(rate, locale=self._locale, decimal_quantization=False))

    def money(self, amount: str, currency: str) -> str:
        if self._numbers.get_currency_precision(currency) != minor_digits(currency):
            # A named unit such as points, which babel takes for a currency of hundredths: no symbol, our own digits.
            return f"{self.number(Fraction(amount))} {currency}"
        written = self._numbers.format_currency(
            Decimal(amount), currency, locale=self._locale, decimal_quantization=False
        )
        return _LETTER_DIGIT.sub("\N{NO-BREAK SPACE}", str(written))

    def day(self, day: date) -> str:
        return str(self._dates.format_date(day, "long", locale=self._locale))

    def instant(self, at: datetime) -> str:
        return str(self._dates.format_datetime(at, "medium", tzinfo=at.tzinfo, locale=self._locale))


@cache
def _writer(language: str) -> _Iso:
    locale = _LOCALES.get(language)
    try:
        return _Babel(locale, import_module("babel.numbers"), import_module("babel.dates")) if locale else _Iso()
    except ImportError:
        return _Iso()
