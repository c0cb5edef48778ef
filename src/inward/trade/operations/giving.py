"""Unused allowance is given to a colleague or to somebody of the household, as the scheme says."""

from datetime import datetime
from typing import Any

from django.db.models import F

from inward.catalogue import queries as catalogue
from inward.core.pricing import Scheme
from inward.core.pricing.allowances import GOT
from inward.core.terms import Money, Reason, Refusal
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import giving, policy
from inward.trade.models import AllowanceGift, AllowanceUse


def give_allowance(
    *, by: Actor, at: datetime, scheme: str, to: str, money: Money | None = None, units: int = 0
) -> None:
    """Give some of one's own unused allowance of the calendar year to somebody else.

    1. Refuse what policy refuses; NotThere for no such scheme.   4. Draw it of the giver, within her own amount, in one
    2. Refuse nothing, less than nothing, another currency, and      statement; add it to the receiver's.
       a scheme that lets nobody.                                 5. Keep the gift; audit by subject key, without to whom.
    3. Refuse whom the scheme does not name, in one sentence.
    Raises Refused, NotThere, Refusal.
    """
    require(policy.may_give_allowance(by))
    assert by.person is not None  # policy refuses whoever is no person
    on, book = at.date(), catalogue.price_book()
    if scheme not in book.schemes:
        raise NotThere
    of = book.scheme_on(scheme, on)
    if not of.given_to or scheme not in {each.id for each in giving.open_to(by.person, on)}:
        raise Refusal(Reason.of("allowance_not_given", scheme=of.name or of.id))
    minor = _asked(of, money, units)
    if not giving.may_get(by.person, to, of, on):
        raise Refusal(Reason.of("allowance_not_for_them", scheme=of.name or of.id), where="to")
    keys, period = parties.keys(), f"{on.year:04d}"
    currency = _currency(of)
    with transaction():
        _draw(keys[by.person], of, period, currency, minor, units)
        got = _row(keys[to], scheme, period, GOT, currency)
        got.update(used_minor=F("used_minor") + minor, used_units=F("used_units") + units)
        gift = AllowanceGift.objects.create(
            giver_id=keys[by.person],
            receiver_id=keys[to],
            scheme=scheme,
            period=period,
            currency=currency,
            money_minor=minor,
            units=units,
            at=at,
        )
        facts = {"scheme": scheme, "money": minor, "units": units}
        audit.record(by=by, at=at, act="trade.give_allowance", thing=f"gift {gift.pk}", facts=facts)


def _asked(of: Scheme, money: Money | None, units: int) -> int:
    """How much money is given, in smallest units; Refusal for what cannot be given."""
    minor = 0 if money is None else money.minor
    if minor < 0 or units < 0 or not (minor or units):
        raise Refusal(Reason.of("allowance_gift_empty"), where="money")
    if units and of.allowance_units is None:
        raise Refusal(Reason.of("allowance_not_in_pieces"), where="units")
    if money is not None and minor and (of.allowance_money is None or of.allowance_money.currency != money.currency):
        raise Refusal(Reason.of("allowance_not_in_money"), where="money")
    return minor


def _currency(of: Scheme) -> str:
    return "EUR" if of.allowance_money is None else of.allowance_money.currency


def _draw(person: int, of: Scheme, period: str, currency: str, minor: int, units: int) -> None:
    """Count it as drawn by the giver, if it is still hers: compared and set in one statement."""
    rows = _row(person, of.id, period, "", currency)
    if minor and of.allowance_money is not None:
        rows = rows.filter(currency=currency, used_minor__lte=of.allowance_money.minor - minor)
    if units and of.allowance_units is not None:
        rows = rows.filter(used_units__lte=of.allowance_units - units)
    if not rows.update(used_minor=F("used_minor") + minor, used_units=F("used_units") + units):
        raise Refusal(Reason.of("allowance_gift_too_much"), where="money" if minor else "units")


def _row(person: int, scheme: str, period: str, counted: str, currency: str) -> Any:
    """The counter, made where it is not there."""
    place = {"person_id": person, "scheme": scheme, "period": period, "counted": counted}
    AllowanceUse.objects.get_or_create(**place, defaults={"currency": currency})
    return AllowanceUse.objects.filter(**place)
