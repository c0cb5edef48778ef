"""What law asks of people and companies for taxable benefit is said, corrected and taken back; reading another's statement is noted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from inward.core.terms import Money, Period, Reason, Refusal
from inward.kit import audit, locks, versions
from inward.kit.actor import Actor
from inward.kit.ids import public_reference
from inward.kit.lists import Page
from inward.kit.policy import NotThere, require
from inward.kit.records import correct, retract
from inward.kit.transaction import transaction
from inward.ledger import queries as ledger
from inward.parties import queries as parties
from inward.trade import benefit, policy
from inward.trade.benefit import PersonRow, Sheet
from inward.trade.models import BenefitAccounts, BenefitFact, BenefitGift, PayLine

_LOCK = "benefit"
_NAME_LENGTH_MAX = 200
_AMOUNT_MAX = 10**18
"""So many of the smallest unit: no company sells more, and a column holds no more."""


def note_benefit_fact(
    *,
    by: Actor,
    at: datetime,
    person: str,
    company: str,
    fact: str,
    valid_from: date,
    valid_until: date | None = None,
    source: str = "",
) -> None:
    """Note for an employer that something the law asks of a person is so on these days.

    1. Refuse what policy refuses: she is not there.             3. Wait; refuse days that are noted already.
    2. Refuse what the law of the company's country does not     4. Keep it; audit by subject key, without what it is.
       ask of anybody, and days backwards.
    Raises NotThere, Refusal.
    """
    benefit.require_keeping(by, person=person, company=company, on=at.date())
    if fact not in benefit.facts_asked(company, on=at.date()):
        raise Refusal(Reason.of("benefit_fact_not_asked", company=parties.name_of(company)), where="fact")
    if valid_until is not None and valid_until <= valid_from:
        raise Refusal(Reason.of("period_backwards", since=valid_from, until=valid_until), where="valid_until")
    keys, days = parties.keys(), Period(valid_from, valid_until)
    with transaction():
        locks.advisory(_LOCK)
        known = BenefitFact.objects.current().filter(person_id=keys[person], company_id=keys[company], fact=fact)
        if any(row.period.intersection(days) is not None for row in known):
            raise Refusal(Reason.of("benefit_fact_noted"), where="valid_from")
        BenefitFact.objects.create(
            person_id=keys[person],
            company_id=keys[company],
            fact=fact,
            valid_from=valid_from,
            valid_until=valid_until,
            known_from=at,
            source=source[:200],
        )
        _note(by, at, "note_benefit_fact", person, company)


def take_back_benefit_fact(
    *, by: Actor, at: datetime, person: str, company: str, fact: str, valid_from: date | None
) -> None:
    """What was noted from that day on was never so; what was known of it stays with its days of knowledge.

    1. Refuse what policy refuses: she is not there.  2. Withdraw the fact.  3. Audit by subject key. Raises NotThere.
    """
    benefit.require_keeping(by, person=person, company=company, on=at.date())
    keys = parties.keys()
    with transaction():
        locks.advisory(_LOCK)
        known = BenefitFact.objects.current().filter(
            person_id=keys[person], company_id=keys[company], fact=fact, valid_from=valid_from
        )
        row = known.first()
        if row is None:
            raise NotThere
        retract(row, at=at)
        _note(by, at, "take_back_benefit_fact", person, company)


def tell_gift(
    *,
    by: Actor,
    at: datetime,
    person: str,
    company: str,
    given_by: str,
    on: date,
    kind: str,
    name: str,
    value: Money,
    cost: Money | None = None,
    source: str = "",
) -> str:
    """Tell for an employer what was given to somebody, by which company; returns the reference. Limits count it from its day on.

    1. Refuse what policy refuses: she is not there.            3. Keep it; audit by subject key, without what it is.
    2. Refuse a kind the law does not name, another currency
       than the law's, a day to come, no worth, a giver that
       is no company known here.
    Raises NotThere, Refusal.
    """
    benefit.require_keeping(by, person=person, company=company, on=at.date())
    _check_gift(company, given_by, on, kind, name, value, cost, at)
    keys, reference = parties.keys(), public_reference()
    with transaction():
        locks.advisory(_LOCK)
        BenefitGift.objects.create(
            reference=reference,
            person_id=keys[person],
            company_id=keys[company],
            given_by_id=keys[given_by],
            given_on=on,
            kind=kind,
            name=name.strip(),
            value_minor=value.minor,
            cost_minor=None if cost is None else cost.minor,
            currency=value.currency,
            source=source[:200],
            known_from=at,
        )
        versions.bump(benefit.GIFTS)
        _note(by, at, "tell_gift", person, company)
    return reference


def take_back_gift(*, by: Actor, at: datetime, person: str, company: str, reference: str) -> None:
    """What was told as given was not; what pay was told of it comes back as a difference.

    1. Refuse what policy refuses: she is not there.  2. Close it.  3. Audit by subject key. Raises NotThere.
    """
    benefit.require_keeping(by, person=person, company=company, on=at.date())
    keys = parties.keys()
    with transaction():
        locks.advisory(_LOCK)
        rows = BenefitGift.objects.filter(reference=reference, person_id=keys[person], company_id=keys[company])
        if not rows.filter(known_until=None).update(known_until=at):
            raise NotThere
        versions.bump(benefit.GIFTS)
        _note(by, at, "take_back_gift", person, company)


def _check_gift(
    company: str, given_by: str, on: date, kind: str, name: str, value: Money, cost: Money | None, at: datetime
) -> None:
    law, _country = benefit.law_of(company, on=at.date())
    if law is None or kind not in law.kinds:
        raise Refusal(Reason.of("benefit_gift_kind", company=parties.name_of(company)), where="kind")
    for where, money in (("value", value), ("cost", cost)):
        if money is not None and money.currency != law.currency:
            facts = {"currency": law.currency, "given": money.currency}
            raise Refusal(Reason.of("benefit_currency", **facts), where=where)
    worth = 0 < value.minor <= _AMOUNT_MAX and (cost is None or 0 <= cost.minor <= _AMOUNT_MAX)
    if not worth or not name.strip() or len(name.strip()) > _NAME_LENGTH_MAX:
        raise Refusal(Reason.of("benefit_gift_unfit", most=_NAME_LENGTH_MAX), where="value")
    if on > at.date():
        raise Refusal(Reason.of("benefit_gift_to_come", today=at.date()), where="on")
    if given_by not in parties.world().company:
        raise Refusal(Reason.of("benefit_gift_giver"), where="given_by")


def say_accounts(
    *, by: Actor, at: datetime, company: str, year: int, sales: Money, cost: Money, source: str = ""
) -> None:
    """Say the sales of a company in a tax year, and what was sold cost; said again it corrects.

    1. Refuse what policy refuses.                               3. Keep it, or correct what was known.
    2. Refuse a country without rules, another currency than     4. Audit with the figures.
       its law's, sales of nothing, costs below nothing,
       more than any company sells.
    Raises Refused, Refusal.
    """
    require(policy.may_say_accounts(by, company=company, on=at.date()))
    country = parties.country_of(company, on=at.date())
    law = ledger.benefit_law(country) if country else None
    if law is None:
        raise Refusal(Reason.of("benefit_law_none", jurisdiction=country or "–"), where="company")
    for name, money in (("sales", sales), ("cost", cost)):
        if money.currency != law.currency:
            facts = {"currency": law.currency, "given": money.currency}
            raise Refusal(Reason.of("benefit_currency", **facts), where=name)
        if money.minor > _AMOUNT_MAX:
            raise Refusal(Reason.of("benefit_money_not_usable", amount=str(money)), where=name)
    if sales.minor <= 0:
        raise Refusal(Reason.of("benefit_accounts_without_sales", year=str(year)), where="sales")
    if cost.minor < 0:
        raise Refusal(Reason.of("benefit_amount_negative"), where="cost")
    if str(year) not in benefit.YEARS:
        raise Refusal(Reason.of("benefit_year_unknown", year=str(year)), where="year")
    key, days = parties.keys()[company], law.year(year)
    said: dict[str, Any] = {
        "sales_minor": sales.minor,
        "cost_minor": cost.minor,
        "currency": sales.currency,
        "source": source[:200],
    }
    with transaction():
        locks.advisory(_LOCK)
        known = BenefitAccounts.objects.current().filter(company_id=key, valid_from=days.start).first()
        if known is None:
            BenefitAccounts.objects.create(
                company_id=key, valid_from=days.start, valid_until=days.until, known_from=at, **said
            )
        else:
            correct(known, at=at, **said)
        figures = {"year": year, "sales": str(sales), "cost": str(cost), "source": source}
        audit.record(by=by, at=at, act="trade.say_accounts", thing=f"accounts {company}:{year}", facts=figures)


def read_benefit(*, by: Actor, at: datetime, person: str, company: str, year: int) -> Sheet:
    """Somebody's statement as far as an employer goes, for whoever keeps it there.

    1. Refuse what policy refuses: it is not there.  2. Audit the reading by subject key.  3. Answer. Raises NotThere.
    """
    sheet = benefit.kept_sheet(viewer=by, at=at, person=person, company=company, year=year)
    with transaction():
        _note(by, at, "read_benefit", person, company)
    return sheet


def read_benefits(*, by: Actor, at: datetime, params: Mapping[str, str]) -> Page[PersonRow]:
    """Who bought below price in a year, a page at a time, each with her statement.

    1. Refuse what policy refuses.  2. Audit whose were read, where there are any.  3. Answer. Raises Refused.
    """
    page = benefit.people(viewer=by, at=at, params=params)
    if page.rows:
        subjects = parties.subjects_of([row.person for row in page.rows])
        read = ", ".join(subjects[row.person] for row in page.rows)
        with transaction():
            audit.record(by=by, at=at, act="trade.read_benefits", thing="taxable benefit", facts={"read": read})
    return page


def forget_words_about(*, by: Actor, at: datetime, person_id: int) -> None:
    """What was said in words about an erased person is forgotten (``parties.erase_person``): on whose word something was noted
    for tax law, and why payroll could not take a line. What is so, and every sum, stays.

    1. Refuse what policy refuses.  2. Wait; empty the words.  3. Audit, without her, where there were any. Raises Refused.
    """
    require(policy.may_forget_words(by))
    with transaction():
        locks.advisory(_LOCK)
        emptied = BenefitFact.objects.filter(person_id=person_id).exclude(source="").update(source="")
        emptied += (
            BenefitGift.objects.filter(person_id=person_id).exclude(name="", source="").update(name="", source="")
        )
        emptied += PayLine.objects.filter(person_id=person_id).exclude(rejected_why="").update(rejected_why="")
        if emptied:
            audit.record(by=by, at=at, act="trade.forget_words", thing="taxable benefit", facts={"words": emptied})


def _note(by: Actor, at: datetime, act: str, person: str, company: str) -> None:
    """By subject key; which fact it is stands in the fact alone, since the audit is read by others."""
    audit.record(
        by=by, at=at, act=f"trade.{act}", thing=f"benefit {parties.subject_of(person)}", facts={"company": company}
    )
