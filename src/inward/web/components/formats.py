"""How pages write money, numbers, days and times: by the reader's language, in one place.

What stands inside a sentence is written by ``kit.wording``; this file writes the same forms where they stand alone, and
the shorter ones that tables need. It reads the language and time zone that the request has activated, never a clock.
"""

from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from babel.dates import format_date, format_skeleton, format_time
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from inward.core.classification import Band
from inward.core.terms import Money, Rate, UnitPrice
from inward.kit.wording import fact_text

LOCALES = MappingProxyType({"en": "en_GB", "nb": "nb_NO", "it": "it_IT", "id": "id_ID"})
DEFAULT = "en"


def language() -> str:
    """The language the page is written in: one of LOCALES, English for any other."""
    active = (translation.get_language() or DEFAULT).split("-")[0]
    return active if active in LOCALES else DEFAULT


def spoken_language() -> str:
    """The language in which the organisation writes its own words, where the page is in another; "" where nothing is to be marked."""
    told: str = settings.INWARD_RECORDS_LANGUAGE
    return "" if told.partition("-")[0] == language() else told


def money(amount: Money | UnitPrice) -> str:
    """An amount with its currency, all of the currency's decimals: "€129.90", "129,90 €"."""
    return _written(amount, language())


def percent(rate: Rate) -> str:
    """A rate in percent, with as many decimals as it has: "25%", "33,33 %"."""
    return fact_text(rate, language())


def held_share(held: Rate | Band) -> str:
    """A share in percent, or the band it lies in: "60%", "more than 25%, at most 50%"."""
    if isinstance(held, Rate):
        return percent(held)
    ends = {"low": percent(Rate(held.low)), "high": percent(Rate(held.high))}
    if held.low_open:
        return (
            _("more than %(low)s, less than %(high)s") if held.high_open else _("more than %(low)s, at most %(high)s")
        ) % ends
    return (
        _("at least %(low)s, less than %(high)s") if held.high_open else _("at least %(low)s, at most %(high)s")
    ) % ends


def count(number: int | Fraction) -> str:
    """A whole number or an exact one, grouped as the language groups: "12,500"."""
    return fact_text(number, language())


def size(number: int) -> str:
    """The size of a file of so many bytes: "31 kB"; what is begun counts as a whole one."""
    return _("%(kilobytes)s kB") % {"kilobytes": count(-(-number // 1000))}


def share(part: Money, whole: Money) -> str:
    """How much ``part`` is of ``whole``, in whole percent; empty when there is no whole."""
    if not whole.minor:
        return ""
    return percent(Rate(Fraction(round(Fraction(part.minor, whole.minor) * 100), 100)))


def day(on: date) -> str:
    """A day in full: "24 November 2026"."""
    return _written(on, language())


def short_day(on: date) -> str:
    """A day for a table: "24 Nov 2026"."""
    return _shortened(on, LOCALES[language()])


def month(on: date) -> str:
    """A month: "November 2026"."""
    return str(format_skeleton("yMMMM", on, locale=LOCALES[language()]))


def instant(at: datetime) -> str:
    """An instant in the reader's time zone: "24 Nov 2026, 14:05"."""
    here = timezone.localtime(at)
    locale = LOCALES[language()]
    return f"{_shortened(here.date(), locale)}, {format_time(here.time(), 'short', locale=locale)}"


def instant_from(at: datetime, seen_at: datetime) -> str:
    """An instant as it is said at another: by the clock alone on the same day of the reader, else like ``instant``."""
    here = timezone.localtime(at)
    if here.date() != timezone.localtime(seen_at).date():
        return instant(at)
    return str(format_time(here.time(), "short", locale=LOCALES[language()]))


def local_day(at: datetime) -> str:
    """The day on which an instant falls where the reader is, for a table."""
    return short_day(timezone.localtime(at).date())


@lru_cache(maxsize=8192)
def _written(fact: Money | UnitPrice | date, language: str) -> str:
    """Long lists show the same days and prices again and again; babel takes a while for each."""
    return fact_text(fact, language)


@lru_cache(maxsize=2048)
def _shortened(on: date, locale: str) -> str:
    return str(format_date(on, "medium", locale=locale))


_MINUTE, _HOUR = 60, 3600


def length(seconds: Fraction | int | None) -> str:
    """A length of working time as people say it; a dash for none."""
    if seconds is None:
        return "–"
    whole = round(seconds)
    if whole < _HOUR:
        return _("%(count)s min") % {"count": count(whole // _MINUTE)}
    hours, rest = divmod(whole, _HOUR)
    return _("%(hours)s h %(minutes)s min") % {
        "hours": count(hours),
        "minutes": count(rest // _MINUTE),
    }
