"""Prices of every level, staff schemes and tax rates: set, change from a day on, end, take back before they begin."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from inward.catalogue import policy, rows
from inward.catalogue.changing import changing, price_versions, refuse_taken, scheme_versions, writer
from inward.catalogue.models import PriceRule, Scheme, TaxRate
from inward.core import pricing
from inward.core.pricing.revising import family, version_id
from inward.core.terms import Period, Reason, Refusal, succession
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.records import end, in_order, take_back, take_over
from inward.parties import queries as parties


def set_price(*, by: Actor, at: datetime, rule: pricing.PriceRule, source: str = "") -> None:
    """Enter a price of any level: list, rate, staff scheme or agreement. A conflict names the rule it meets.

    1. Refuse what policy refuses, and a code that is taken.  2. Write.  3. Let the core check the book; bump, audit, announce.
    """
    require(policy.may_price(by, supplier=rule.supplier, on=at.date()))
    facts = {"level": rule.level.value, "supplier": rule.supplier, "source": source}
    with changing(by, at, "set_price", "price", rule.id, facts):
        refuse_taken(PriceRule.objects.current().filter(code=rule.id).exists(), rule.id)
        row = writer(at, source).rule(rule)
        row.save(force_insert=True)


def change_price(
    *, by: Actor, at: datetime, price: str, rule: pricing.PriceRule, valid_from: date, source: str = ""
) -> str:
    """From a day on, another price in the place of one that holds then: the old ends, the new begins, in one act.

    A rule under the price's own id becomes its version of that day (``PRICE@DAY``) and holds until the next one begins;
    a version that begins on that very day is corrected. Returns the id of what holds now.
    1. Refuse what policy refuses.                          3. End or correct the old, write the new.
    2. Refuse a code that is taken, and a day on which      4. Let the core check the book; bump, audit, announce.
       the price does not hold.
    Raises Refused, Refusal, NotThere (no such price).
    """
    running = price_versions(price)
    require(policy.may_price(by, supplier=running[0].supplier.code, on=at.date()))
    require(policy.may_price(by, supplier=rule.supplier, on=at.date()))
    facts = {"by": rule.id, "valid_from": valid_from, "source": source}
    with changing(by, at, "change_price", "price", family(price), facts):
        running = price_versions(price)
        place = succession([row.period for row in running], valid_from)
        if place.before is None:
            raise Refusal(Reason.of("price_not_running", price=family(price), on=valid_from), where="valid_from")
        code = _code_of(rule, running[place.before], valid_from, replaces=place.replaces)
        fresh = writer(at, source).rule(rule)
        fresh.code = facts["by"] = code
        take_over(running, fresh, since=valid_from, at=at)
    return code


def end_price(*, by: Actor, at: datetime, price: str, valid_until: date, source: str = "") -> None:
    """Give a price its last day (the day before ``valid_until``); Refusal while a later version of it begins after that."""
    running = price_versions(price)
    require(policy.may_price(by, supplier=running[0].supplier.code, on=at.date()))
    facts = {"valid_until": valid_until, "source": source}
    with changing(by, at, "end_price", "price", family(price), facts):
        end(price_versions(price), until=valid_until, at=at, source=source)


def take_back_price(*, by: Actor, at: datetime, price: str, valid_from: date) -> None:
    """A price, or a version of one, that has not begun will not; the one it would have ended goes on."""
    running = price_versions(price)
    require(policy.may_price(by, supplier=running[0].supplier.code, on=at.date()))
    with changing(by, at, "take_back_price", "price", family(price), {"valid_from": valid_from}):
        take_back(price_versions(price), since=valid_from, at=at)


def set_up_scheme(*, by: Actor, at: datetime, scheme: pricing.Scheme, source: str = "") -> None:
    """Set up a staff purchase scheme; its prices are entered apart, with ``set_price``."""
    require(policy.may_price(by, supplier=scheme.supplier, on=at.date()))
    facts = {"supplier": scheme.supplier, "source": source}
    with changing(by, at, "set_up_scheme", "scheme", scheme.id, facts):
        refuse_taken(Scheme.objects.current().filter(code=scheme.id).exists(), scheme.id)
        row = writer(at, source).scheme(scheme)
        row.save(force_insert=True)


def change_scheme(
    *,
    by: Actor,
    at: datetime,
    scheme: pricing.Scheme,
    valid_from: date,
    source: str = "",
    keeps_limits: bool = False,
) -> None:
    """From a day on, a scheme is for others, covers other things or has another allowance. What was drawn counts on.

    1. Refuse what policy refuses, and another supplier.   3. End the version of that day (or correct it, when it begins
    2. Refuse a day on which the scheme does not hold.        then), write the new one; with ``keeps_limits`` it has the
                                                              limits of the version of that day, whatever ``scheme`` says.
                                                           4. Let the core check the book; bump, audit, announce.
    Raises Refused, Refusal, NotThere (no such scheme).
    """

    def changed(before: pricing.Scheme) -> pricing.Scheme:
        if scheme.supplier != before.supplier:
            raise Refusal(Reason.of("scheme_keeps_supplier", scheme=scheme.id), where="supplier")
        return replace(scheme, limits=before.limits) if keeps_limits else scheme

    _revise_scheme(by, at, "change_scheme", scheme.id, valid_from, source, changed)


def set_scheme_limit(
    *, by: Actor, at: datetime, scheme: str, limit: pricing.Limit, valid_from: date, source: str = ""
) -> None:
    """From a day on, a scheme has this limit, in the place of one of the same id; everything else of it stays.

    As ``change_scheme``, with the version of that day read where nobody else changes it: of two limits that two people set
    at once, both hold. Raises Refused, Refusal, NotThere (no such scheme).
    """

    def changed(before: pricing.Scheme) -> pricing.Scheme:
        others = tuple(each for each in before.limits if each.id != limit.id)
        return replace(before, limits=(*others, limit))

    _revise_scheme(by, at, "set_scheme_limit", scheme, valid_from, source, changed, limit=limit.id)


def lift_scheme_limit(*, by: Actor, at: datetime, scheme: str, limit: str, valid_from: date, source: str = "") -> None:
    """From a day on, a scheme has no limit of this id; everything else of it stays.

    As ``set_scheme_limit``; refuses a day on which the limit does not hold. Raises Refused, Refusal, NotThere (no such scheme).
    """

    def changed(before: pricing.Scheme) -> pricing.Scheme:
        kept = tuple(each for each in before.limits if each.id != limit)
        if len(kept) == len(before.limits):
            raise Refusal(Reason.of("limit_not_running", limit=limit, on=valid_from), where="limit")
        return replace(before, limits=kept)

    _revise_scheme(by, at, "lift_scheme_limit", scheme, valid_from, source, changed, limit=limit)


def _revise_scheme(
    by: Actor,
    at: datetime,
    act: str,
    code: str,
    valid_from: date,
    source: str,
    change: Callable[[pricing.Scheme], pricing.Scheme],
    **told: str,
) -> None:
    running = scheme_versions(code)
    require(policy.may_price(by, supplier=running[0].supplier.code, on=at.date()))
    facts = {**told, "valid_from": valid_from, "source": source}
    with changing(by, at, act, "scheme", code, facts):
        running = scheme_versions(code)
        place = succession([row.period for row in running], valid_from)
        if place.before is None:
            raise Refusal(Reason.of("scheme_not_running", scheme=code, on=valid_from), where="valid_from")
        scheme = change(rows.scheme_of(running[place.before], parties.known().codes))
        take_over(running, writer(at, source).scheme(replace(scheme, period=Period())), since=valid_from, at=at)


def end_scheme(*, by: Actor, at: datetime, scheme: str, valid_until: date, source: str = "") -> None:
    """Give a scheme its last day (the day before ``valid_until``); what was bought under it stays as it is."""
    running = scheme_versions(scheme)
    require(policy.may_price(by, supplier=running[0].supplier.code, on=at.date()))
    facts = {"valid_until": valid_until, "source": source}
    with changing(by, at, "end_scheme", "scheme", scheme, facts):
        end(scheme_versions(scheme), until=valid_until, at=at, source=source)


def take_back_scheme(*, by: Actor, at: datetime, scheme: str, valid_from: date) -> None:
    """A version of a scheme that has not begun will not; the one it would have ended goes on."""
    running = scheme_versions(scheme)
    require(policy.may_price(by, supplier=running[0].supplier.code, on=at.date()))
    with changing(by, at, "take_back_scheme", "scheme", scheme, {"valid_from": valid_from}):
        take_back(scheme_versions(scheme), since=valid_from, at=at)


def set_tax_rate(*, by: Actor, at: datetime, rate: pricing.TaxRate, source: str = "") -> None:
    """Set a tax rate from a day on; the rate before ends the day before, one of that very day is corrected."""
    require(policy.may_price(by, supplier=rate.company, on=at.date()))
    facts = {"rate": rate.rate, "valid_from": rate.period.start, "source": source}
    with changing(by, at, "set_tax_rate", "tax", f"{rate.company} {rate.tax_code}", facts):
        running = _rates(rate.company, rate.tax_code)
        take_over(running, writer(at, source).tax(rate), since=rate.period.start, at=at)


def end_tax_rate(*, by: Actor, at: datetime, company: str, tax_code: str, valid_until: date, source: str = "") -> None:
    """Give a tax code its last day in a company; from then on nothing of that code can be sold outside the company."""
    require(policy.may_price(by, supplier=company, on=at.date()))
    facts = {"valid_until": valid_until, "source": source}
    with changing(by, at, "end_tax_rate", "tax", f"{company} {tax_code}", facts):
        running = _rates(company, tax_code)
        if not running:
            raise NotThere
        end(running, until=valid_until, at=at, source=source)


def _rates(company: str, tax_code: str) -> list[TaxRate]:
    return in_order(TaxRate.objects.current().filter(company_id=parties.keys().get(company), tax_code=tax_code))


def _code_of(rule: pricing.PriceRule, before: PriceRule, since: date, *, replaces: bool) -> str:
    """Under which code the new version goes; Refusal for one that is taken, and for replacing a price under another code."""
    own = family(rule.id) == family(before.code)
    if replaces:
        if not own:
            raise Refusal(Reason.of("period_backwards", since=before.valid_from, until=since), where="valid_from")
        return before.code
    code = version_id(before.code, since) if own else rule.id
    refuse_taken(PriceRule.objects.current().filter(code=code).exists(), code)
    return code
