"""What tax law sees in what people buy below price: the statement of a tax year, and what an order would add. Reads only.

Everything is reckoned from orders when it is asked, by the law of the country of the employer by whom an order was priced.
Why it is so: docs/decisions/0157; how it is reckoned: docs/explanation/algorithms/benefit.md.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from inward.catalogue import queries as catalogue
from inward.core.benefit import (
    Accounts,
    Basis,
    Beneficiary,
    Case,
    Employee,
    Foreseen,
    Law,
    Purchase,
    Return,
    Statement,
    Status,
    Tier,
)
from inward.core.benefit import foreseen as foresee
from inward.core.benefit import statement as reckon
from inward.core.classification import Household, Kind, Tie, WorkKind, WorkRelationship
from inward.core.pricing import Offering, OfferingKind, PriceBook, QuotedLine, TaxRate
from inward.core.running import share
from inward.core.terms import Money, Period, Rate, Reason, Refusal, UnitPrice, as_currency, rounded, spread
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, held
from inward.kit.policy import NotThere, require
from inward.ledger import queries as ledger
from inward.parties import queries as parties
from inward.parties import veil
from inward.trade import policy
from inward.trade.models import BenefitAccounts, BenefitFact, BenefitGift, Order, OrderLine, OrderStep, RunningCharge
from inward.trade.queries import QuoteView
from inward.trade.vocabulary import NOT_SOLD, OrderState, Settlement, StepKind

PEOPLE = ListSpec({"name": "key"}, {"company": "company", "year": "year"}, default="name")
ACCOUNTS = ListSpec({"company": "key"}, {}, default="company")
KINDS = {OfferingKind.GOOD: ("trade_goods", "goods"), OfferingKind.SERVICE: ("services",)}
"""What laws call what is sold, the nearest name first: some value goods of the employer's own trade apart."""
PLAIN_KINDS = frozenset(name for names in KINDS.values() for name in names)
"""What an offering is without its being said."""
_STAFF = (Kind.STAFF.value, Kind.GROUP_STAFF.value)
_LIVE = tuple(state.value for state in OrderState if state not in NOT_SOLD | {OrderState.AWAITING_APPROVAL})
GIFTS = "trade.gifts"
"""The version that tells to whom something was given."""
LISTED_MAX = 2_000
"""So many people are listed of a company; whoever has more is asked for by name."""
FORESEEN_MAX = 120
"""So many lines of her year are reckoned before an order, which is waited for; whoever has more reads her own page."""
YEARS = frozenset(map(str, range(1970, 2201)))
"""The years that can be asked for: those in which anybody keeps orders, and some more."""
_KEPT = Period(date(1970, 1, 1), date(2201, 1, 1))
"""All of their days."""
_BENEFICIARIES = {
    Tie.SPOUSE.value: Beneficiary.SPOUSE,
    Tie.PARTNER.value: Beneficiary.PARTNER,
    Tie.CHILD.value: Beneficiary.DEPENDENT_CHILD,
    **{tie.value: Beneficiary.FAMILY for tie in (Tie.PARENT, Tie.SIBLING, Tie.OTHER)},
}
"""A child of the household is one who depends: nothing else is kept of her."""
_TIES = {WorkKind.RETIREE: Status.RETIRED, WorkKind.DIRECTOR: Status.BOARD_MEMBER}


class _Line(NamedTuple):
    """What is read of each line and its order: traces and grounds are long and not looked at, and rows of tables slow to make."""

    order: int
    position: int
    code: str
    name: str
    quantity: int
    cancelled: int
    returned: int
    repaid_minor: int
    includes_tax: bool
    tax_code: str
    tax_minor: int
    ordinary_minor: int
    cost_minor: int | None
    parts: Sequence[Mapping[str, int]]
    reference: str
    number: int
    placed_at: datetime
    settlement: str
    currency: str
    person: int
    employer: int
    supplier: int
    tie: str | None = None
    """What the member of her household was to her for whom she bought; None: it was for herself."""


_READ = (
    *("order_id", "position", "code", "name", "quantity", "cancelled", "returned", "repaid_minor", "includes_tax"),
    *(
        "tax_code",
        "tax_minor",
        "ordinary_minor",
        "cost_minor",
        "parts",
        "order__reference",
        "order__number",
        "order__placed_at",
    ),
    *("order__settlement", "order__currency", "order__person_id", "order__customer_company_id"),
    "order__supplier_company_id",
    "order__household__tie",
)
"""Where the parts of a line are read, in their order."""
_CHARGED = (
    *("id", "since", "stands_until", "period_from", "period_until", "by_order", "why__includes_tax"),
    *("full_ordinary_minor", "full_gross_minor", "full_tax_minor", "currency", "tax_code", "settlement"),
    *("tie", "customer_company_id", "running__person_id", "running__quantity", "running__order_id"),
    *("running__order__reference", "running__order__number", "running__order__placed_at"),
    *("running__order__supplier_company_id", "running__order__lines__code", "running__order__lines__name"),
    *("running__order__lines__includes_tax", "running__order__lines__cost_minor"),
)
"""What is read of a charge of what runs; its order has one line."""


class TaxYear(NamedTuple):
    """A tax year under the law of a country; ``year`` is the calendar year in which it begins."""

    country: str
    year: int

    @property
    def key(self) -> str:
        """How addresses name it: ``NL-2026``."""
        return f"{self.country}-{self.year}"

    @classmethod
    def of_key(cls, key: str) -> "TaxYear":
        """The tax year of that key. NotThere for what is none."""
        country, _, year = key.partition("-")
        if year not in YEARS:
            raise NotThere
        return cls(country, int(year))


@dataclass(frozen=True, slots=True)
class Bought:
    """Which line of which order a purchase is."""

    reference: str
    number: int
    name: str
    pieces: int
    given_by: str = ""
    """The company that gave it, of a gift, which has no order; empty for what was bought."""


@dataclass(frozen=True, slots=True)
class GiftView:
    """A gift or other benefit that no order knows of, as payroll told it."""

    reference: str
    person: str
    company: str
    given_by: str
    on: date
    kind: str
    name: str
    value: Money
    source: str
    cost: Money | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """An order of the year that is not in the statement, and why not."""

    reference: str
    number: int
    on: date
    why: Reason


@dataclass(frozen=True, slots=True)
class Coming:
    """What an order would add to what is taxable of a year in ``country``, or why that cannot be said."""

    country: str
    foreseen: Foreseen | None
    refused: Reason | None = None


@dataclass(frozen=True, slots=True)
class FactView:
    """What law asks of a person, as an employer was told: on which days, on whose word."""

    person: str
    company: str
    fact: str
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is taxable of a person's purchases in a tax year; ``statement`` is None where it cannot be reckoned (``refused``)."""

    person: str
    of: TaxYear
    days: Period
    employers: tuple[str, ...]
    statement: Statement | None
    refused: Refusal | None
    bought: Mapping[str, Bought]
    aside: tuple[Aside, ...]
    facts: tuple[FactView, ...]
    gifts: tuple[GiftView, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who bought below price in a tax year, for whoever keeps taxable benefit for her employer."""

    key: str
    """Her name, and her code behind it: no two are alike."""
    person: str
    company: str
    of: TaxYear
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True)
class AccountsView:
    """Sales of a company in a tax year and what was sold cost."""

    company: str
    year: int
    sales: Money
    cost: Money
    source: str

    @property
    def key(self) -> str:
        """How addresses name it: ``abc:2025``."""
        return f"{self.company}:{self.year}"

    @property
    def gross_profit(self) -> Rate:
        """The gross profit percentage, as the law reckons it."""
        return Accounts.of_sales(year=self.year, sales=self.sales, cost=self.cost).gross_profit


@dataclass(frozen=True, slots=True)
class AccountsVersion:
    """What was known of a company's accounts, from when until when."""

    view: AccountsView
    period: Period
    known_from: datetime
    known_until: datetime | None


# --- one's own ----------------------------------------------------------------------------------------------------------


def own_years(*, viewer: Actor, at: datetime) -> tuple[TaxYear, ...]:
    """The tax years in which the viewer bought something as staff, and the running ones of her employers; the latest first."""
    if viewer.nobody or viewer.person is None:
        return ()
    person, today = viewer.person, at.date()
    rows = _orders(parties.keys()[person]).values_list("customer_company__code", "placed_at")
    days = [(company, placed.date()) for company, placed in rows.distinct()]
    ran = _charges(_KEPT).filter(running__person_id=parties.keys()[person])
    days += ran.values_list("customer_company__code", "since").distinct()
    gifts = BenefitGift.objects.filter(person_id=parties.keys()[person], known_until=None)
    days += gifts.values_list("company__code", "given_on").distinct()
    days += [(work.company, today) for work in parties.work_of(person, on=today)]
    return _years(days, today)


def own(*, viewer: Actor, at: datetime, of: TaxYear) -> Sheet:
    """The viewer's own statement. NotThere for a year in which there is nothing of hers."""
    if of not in own_years(viewer=viewer, at=at):
        raise NotThere
    assert viewer.person is not None
    (sheet,) = sheets([viewer.person], of, at.date(), companies=None)
    return sheet


def own_facts(*, viewer: Actor) -> tuple[FactView, ...]:
    """What employers were told of the viewer for tax law, the earliest first."""
    if viewer.nobody or viewer.person is None:
        return ()
    return tuple(_facts({parties.keys()[viewer.person]: viewer.person}, Period())[viewer.person])


def own_gifts(*, viewer: Actor) -> tuple[GiftView, ...]:
    """What payroll told that was given to the viewer, the earliest first."""
    if viewer.nobody or viewer.person is None:
        return ()
    return tuple(_gifts({parties.keys()[viewer.person]: viewer.person}, _KEPT)[viewer.person])


def coming(view: QuoteView, *, viewer: Actor, at: datetime) -> Coming | None:
    """What an order like this would add to what is taxable of the viewer's year, were it paid by herself.

    None where it is not her own purchase as staff, or her employer's country has no rules here.
    """
    employer, on = view.books.customer_company, at.date()
    private = viewer.person is not None and view.customer.code == viewer.person
    if not private or view.quote.standing.kind.value not in _STAFF or employer is None:
        return None
    assert viewer.person is not None
    law, country = law_of(employer, on=on)
    if law is None:
        return None
    new = _wanted(view, law, employer, at)
    if not new:
        return None
    try:
        of = TaxYear(country, law.year_of(on))
        asked = {employer: country}
        (sheet,) = _gathered([viewer.person], of, law, on, companies=None, most=FORESEEN_MAX, asked=asked)
        return Coming(country, foresee(law=law, case=sheet.case, purchase=new[0], more=new[1:]))
    except Refusal as refusal:
        return Coming(country, None, refusal.reason)


# --- for whoever keeps it ---------------------------------------------------------------------------------------------


def kept_companies(viewer: Actor, *, on: date) -> tuple[str, ...]:
    """The companies for which the viewer keeps taxable benefit, by name: those that somebody works for, or once did."""
    known = parties.world()
    employers = {work.company for work in known.work_relationships}
    kept = [code for code in employers if policy.may_keep_benefit(viewer, company=code, on=on)]
    return tuple(sorted(kept, key=lambda code: (known.names.get(code, code), code)))


def people(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[PersonRow]:
    """Who bought below price as staff in a tax year, a page at a time, each with her statement.

    ``company`` and ``year`` choose; left out, all companies kept and this year. ``text`` looks in names and codes. Of a company
    with more than 2,000 such people those known first are listed; a text finds the others. Refused.
    """
    on = at.date()
    require(policy.may_keep_some_benefit(viewer, on=on))
    kept = kept_companies(viewer, on=on)
    chosen = [code for code in kept if params.get("company") in (None, "", code)]
    text, asked = params.get("text", "").strip().casefold(), params.get("year", "")
    hidden = veil.closed() | {viewer.person}
    among = _called(text, hidden) if text else None
    found: list[PersonRow] = []
    countries = parties.countries_of(chosen, on=on)
    for company in chosen:
        country = countries[company]
        law = ledger.benefit_law(country) if country else None
        if law is None:
            continue
        year = int(asked) if asked in YEARS else law.year_of(on)
        names = parties.world().names
        found.extend(
            PersonRow(f"{names.get(person, person)} {person}", person, company, TaxYear(country, year))
            for person in buyers(company, law.year(year), among=among, most=LISTED_MAX)
            if person not in hidden
        )
    return _with_sheets(held(found, PEOPLE, params), on)


def kept_sheet(*, viewer: Actor, at: datetime, person: str, company: str, year: int) -> Sheet:
    """The statement of somebody as far as the purchases by that employer go. NotThere for whoever does not keep it."""
    on = at.date()
    require_keeping(viewer, person=person, company=company, on=on)
    law, country = law_of(company, on=on)
    if law is None:
        raise NotThere
    (sheet,) = sheets([person], TaxYear(country, year), on, companies=[company])
    return replace(sheet, employers=(company,))


def require_keeping(viewer: Actor, *, person: str, company: str, on: date) -> None:
    """NotThere for whoever does not keep taxable benefit of this person for this company: never her own, nobody hidden."""
    veil.require_open(person)
    if viewer.person == person or not policy.may_keep_benefit(viewer, company=company, on=on):
        raise NotThere
    if company not in parties.employers(person):
        raise NotThere


def kinds_asked(company: str, *, on: date) -> tuple[str, ...]:
    """Of which kinds a gift can be by the law of the company's country; a gift first, where the law names it."""
    law, _ = law_of(company, on=on)
    kinds = () if law is None else law.kinds
    return tuple(sorted(kinds, key=lambda kind: (kind != "gift", kind)))


def facts_asked(company: str, *, on: date) -> tuple[str, ...]:
    """What the law of the company's country asks of people, as the law names it."""
    law, _ = law_of(company, on=on)
    return () if law is None else tuple(sorted({tier.fact for cap in _caps(law) for tier in cap if tier.fact}))


def accounts(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[AccountsView]:
    """The accounts by which discounts are measured, of the companies whose books the viewer keeps. Refused."""
    require(policy.may_say_some_accounts(viewer, on=at.date()))
    rows = BenefitAccounts.objects.current().select_related("company")
    seen = [_accounts(row) for row in rows if policy.may_say_accounts(viewer, company=row.company.code, on=at.date())]
    return held(seen, ACCOUNTS, params)


def accounts_versions(*, viewer: Actor, at: datetime, key: str) -> tuple[AccountsVersion, ...]:
    """Everything ever known of the accounts of one company and year, the latest knowledge first. NotThere out of bounds."""
    company, _colon, year = key.rpartition(":")
    if year not in YEARS or not policy.may_say_accounts(viewer, company=company, on=at.date()):
        raise NotThere
    rows = BenefitAccounts.objects.filter(
        company_id=parties.keys().get(company, -1), valid_from__year=int(year)
    ).select_related("company")
    found = [
        AccountsVersion(_accounts(row), row.period, row.known_from, row.known_until)
        for row in rows.order_by("-known_from", "-pk")
    ]
    if not found:
        raise NotThere
    return tuple(found)


# --- reckoning --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Everything a statement of one person rests on."""

    person: str
    case: Case
    bought: Mapping[str, Bought]
    aside: tuple[Aside, ...]
    employers: tuple[str, ...]
    facts: tuple[FactView, ...]
    gifts: tuple[GiftView, ...]
    at: frozenset[str] | None = None
    """The employers whose statement it is; None: all of hers."""


def sheets(
    people_: Sequence[str], of: TaxYear, on: date, *, companies: Collection[str] | None, as_of: date | None = None
) -> list[Sheet]:
    """The statements of some people, in their order, as of a day; as far as what these companies gave goes (None: all). What other
    employers of the same country gave uses up the caps that law has all of them share.
    """
    law = ledger.benefit_law(of.country)
    if law is None:
        refusal = Refusal(Reason.of("benefit_law_none", jurisdiction=of.country))
        days = Period(date(of.year, 1, 1), date(of.year + 1, 1, 1))
        return [Sheet(each, of, days, (), None, refusal, {}, (), ()) for each in people_]
    return [_sheet(law, of, each, as_of) for each in _gathered(people_, of, law, on, companies=companies)]


def _sheet(law: Law, of: TaxYear, found: _Gathered, as_of: date | None) -> Sheet:
    told, refused = None, None
    try:
        told = reckon(law=law, year=of.year, case=found.case, as_of=as_of)
        told = told if found.at is None else told.at(found.at)
    except Refusal as refusal:
        refused = refusal
    days = law.year(of.year)
    bought, aside = found.bought, found.aside
    return Sheet(found.person, of, days, found.employers, told, refused, bought, aside, found.facts, found.gifts)


def _gathered(
    people_: Sequence[str],
    of: TaxYear,
    law: Law,
    on: date,
    *,
    companies: Collection[str] | None,
    most: int | None = None,
    asked: Mapping[str, str] = MappingProxyType({}),
) -> list[_Gathered]:
    """The cases of some people, in five questions to the database however many they are. Refusal for more lines than ``most``.

    ``asked``: countries of employers that are known already.
    """
    keys = parties.keys()
    by_key = {keys[person]: person for person in people_}
    rows = _of_year(_orders(*by_key), law.year(of.year))
    lines = OrderLine.objects.filter(order__in=rows, order__running=None)
    charges = _charges(law.year(of.year)).filter(running__person_id__in=by_key)
    both = lines.order_by().values_list("pk").union(charges.order_by().values_list("pk"), all=True)
    if most is not None and len(both[: most + 1]) > most:
        raise Refusal(Reason.of("benefit_too_much_to_wait"))
    codes, work = parties.known().codes, parties.world().work
    read = [_Line._make(row) for row in lines.order_by("order_id", "position").values_list(*_READ)]
    read += [_charged(row) for row in charges.order_by("id").values(*_CHARGED)]
    employers = {codes[line.employer] for line in read}
    employers |= {tie.company for person in people_ for tie in work.get(person, ())}
    countries = {**asked, **parties.countries_of(employers - asked.keys(), on=on)}

    def counts(employer: str) -> bool:
        return countries.get(employer) == of.country and (companies is None or employer in companies)

    def beside(employer: str) -> bool:
        return companies is not None and countries.get(employer) == of.country and employer not in companies

    mine: dict[str, list[_Line]] = defaultdict(list)
    others: dict[str, list[_Line]] = defaultdict(list)
    for line in read:
        if counts(codes[line.employer]):
            mine[by_key[line.person]].append(line)
        elif beside(codes[line.employer]):
            others[by_key[line.person]].append(line)
    year = law.year(of.year)
    facts, gifts = _facts(by_key, year, counts), _gifts(by_key, year, counts)
    gifts_beside = {} if companies is None else _gifts(by_key, year, beside)
    lines_of_all = [line for each in (*mine.values(), *others.values()) for line in each]
    around = _Around(
        law=law,
        book=catalogue.price_book(),
        codes=codes,
        back=_returned(lines_of_all),
        repaid=_repaid(lines_of_all),
        accounts=_accounts_of({line.employer for line in lines_of_all}, law),
    )
    ties = {person: [tie for tie in work.get(person, ()) if counts(tie.company)] for person in people_}
    bare = [_case(person, mine[person], facts[person], _status(ties[person], year), around) for person in people_]
    found = [_with_gifts(each, gifts[each.person], law) for each in bare]
    if companies is None:
        return found
    return [
        _beside(each, others.get(each.person, ()), gifts_beside.get(each.person, ()), around, frozenset(companies))
        for each in found
    ]


def _beside(
    found: _Gathered, lines: Sequence[_Line], gifts: Sequence[GiftView], around: "_Around", at: frozenset[str]
) -> _Gathered:
    """The case of these employers with what others gave that uses up caps all of them share; of that, nothing is shown."""
    if not lines and not gifts:
        return replace(found, at=at)
    law, case = around.law, found.case
    theirs = _with_gifts(_case(found.person, lines, found.facts, case.employee.status, around), gifts, law).case
    counted = [each for each in theirs.purchases if law.shared(each.kind, each.on)]
    ids = {each.id for each in counted}
    returns = (*case.returns, *(each for each in theirs.returns if each.purchase in ids))
    return replace(found, case=replace(case, purchases=(*case.purchases, *counted), returns=returns), at=at)


class _Around(NamedTuple):
    """What the statements of several people rest on alike; ``back`` is position, day and pieces by the order's key, ``repaid``
    position, day, part and pieces of what was not kept, so that it cost what it costs everybody.
    """

    law: Law
    book: PriceBook
    codes: Mapping[int, str]
    back: Mapping[int, Sequence[tuple[int, date, int]]]
    repaid: Mapping[int, Sequence[tuple[int, date, int, int]]]
    accounts: tuple[Accounts, ...]


def _case(person: str, lines: Sequence[_Line], facts: Sequence[FactView], status: Status, around: _Around) -> _Gathered:
    bought: dict[str, tuple[_Line, _PartOf]] = {}
    aside: dict[int, Aside] = {}
    purchases: list[Purchase] = []
    returns: list[Return] = []
    for line in lines:
        why = _not_counted(line, around.law)
        if why is not None:
            aside[line.order] = Aside(line.reference, line.number, line.placed_at.date(), why)
            continue
        parts = _parts(line, around)
        _take_off(parts, line.cancelled)
        kept = {part.id: part for part in parts if part.kept}
        bought |= {id_: (line, part) for id_, part in kept.items()}
        purchases.extend(_purchase(part, line, around) for part in kept.values())
        for place, day, pieces in around.back.get(line.order, ()):
            if place == line.position:
                returns.extend(Return(id_, day, count) for id_, count in _take_off(parts, pieces))
        returns.extend(
            Return(f"{line.reference}:{line.position}:{part}", day, count)
            for place, day, part, count in around.repaid.get(line.order, ())
            if place == line.position
        )
    employee = Employee(status, frozenset(each.fact for each in facts))
    case = Case(tuple(purchases), tuple(returns), employee, around.accounts)
    employers = tuple(dict.fromkeys(each.employer for each in purchases))
    told = {id_: _bought(line, part) for id_, (line, part) in bought.items()}
    return _Gathered(person, case, told, tuple(aside.values()), employers, tuple(facts), ())


def _with_gifts(found: _Gathered, gifts: Sequence[GiftView], law: Law) -> _Gathered:
    """The case with what was given: nothing was paid for it, and it stands in order of time with what was bought."""
    counted = [each for each in gifts if each.value.currency == law.currency]
    if not counted:
        return replace(found, gifts=tuple(gifts))
    given = tuple(_given(each) for each in counted)
    told = {gift.id: Bought("", 0, each.name, 1, each.given_by) for gift, each in zip(given, counted, strict=True)}
    employers = tuple(dict.fromkeys((*found.employers, *(each.company for each in counted))))
    case = replace(found.case, purchases=(*found.case.purchases, *given))
    return replace(found, case=case, bought={**found.bought, **told}, employers=employers, gifts=tuple(gifts))


def _given(gift: GiftView) -> Purchase:
    values = {Basis.PRICE: gift.value} if gift.cost is None else {Basis.PRICE: gift.value, Basis.COST: gift.cost}
    nothing = Money.zero(gift.value.currency)
    return Purchase(f"gift:{gift.reference}", gift.on, values, nothing, gift.kind, employer=gift.company)


def _bought(line: _Line, part: "_PartOf") -> Bought:
    """As many pieces as are valued: what came back is taken off by now."""
    return Bought(line.reference, line.number, line.name, part.kept)


def _not_counted(line: _Line, law: Law) -> Reason | None:
    if line.settlement == Settlement.COST_CENTRE.value:
        return Reason.of("benefit_paid_by_department")
    if line.currency != law.currency:
        return Reason.of("benefit_in_other_currency", given=line.currency, currency=law.currency)
    return None


@dataclass(slots=True)
class _PartOf:
    """Pieces of a line at one price: what they are worth and cost, and how many of them are kept."""

    id: str
    quantity: int
    values: Mapping[Basis, Money]
    paid: Money
    kept: int


def _parts(line: _Line, around: _Around) -> list[_PartOf]:
    """The line by what was paid for its pieces: where an allowance ran out in the middle, what comes back was the dearer."""
    parts, currency, day = line.parts, as_currency(line.currency), line.placed_at.date()
    rate = None if line.includes_tax else around.book.tax_on(around.codes[line.supplier], line.tax_code, day)
    counts = [part["quantity"] for part in parts]
    price = _taxed(Money(line.ordinary_minor, currency), rate)
    values = {Basis.PRICE: _over(price.minor, counts)}
    if line.cost_minor is not None:
        values[Basis.COST] = _over(line.cost_minor, counts)
    return [
        _PartOf(
            f"{line.reference}:{line.position}:{place}",
            part["quantity"],
            {basis: Money(shares[place], currency) for basis, shares in values.items()},
            Money(part["gross"], currency),
            part["quantity"],
        )
        for place, part in enumerate(parts)
    ]


def _over(amount: int, counts: Sequence[int]) -> tuple[int, ...]:
    return (amount,) if len(counts) == 1 else spread(amount, counts)


def _take_off(parts: Sequence[_PartOf], pieces: int) -> list[tuple[str, int]]:
    """Take pieces off, those bought last first, as returns of orders do; returns how many of which part."""
    taken = []
    for part in reversed(parts):
        count = min(pieces, part.kept)
        if count:
            part.kept -= count
            pieces -= count
            taken.append((part.id, count))
    return taken


def _purchase(part: _PartOf, line: _Line, around: _Around) -> Purchase:
    book = around.book
    return Purchase(
        id=part.id,
        on=line.placed_at.date(),
        values={basis: _share(money, part) for basis, money in part.values.items()},
        paid=_share(part.paid, part),
        kind=_kind(book.offerings.get(line.code), around.law),
        at=line.placed_at,
        pieces=part.kept,
        employer=around.codes[line.employer],
        beneficiary=_beneficiary(line.tie),
    )


def _beneficiary(tie: str | None) -> Beneficiary:
    """For whom it is as law names it; whoever did not belong to the household on that day is a friend."""
    return Beneficiary.EMPLOYEE if tie is None else _BENEFICIARIES.get(tie, Beneficiary.FRIEND)


def _tie(home: Household, on: date) -> str:
    return home.tie.value if on in home.period else ""


def _share(money: Money, part: _PartOf) -> Money:
    """What is for the pieces that were not called off."""
    if part.kept == part.quantity:
        return money
    return Money(spread(money.minor, (part.kept, part.quantity - part.kept))[0], money.currency)


def _wanted(view: QuoteView, law: Law, employer: str, at: datetime) -> tuple[Purchase, ...]:
    """The lines of a quote as purchases; none in another currency than the law's."""
    book, on = catalogue.price_book(), at.date()
    company = view.quote.standing.supplier_company
    return tuple(
        Purchase(
            id=f"~{place:03}",  # of one instant it comes after whatever was ordered
            on=on,
            values=_values(line, book, company, book.offerings[line.offering].tax_code, on),
            paid=line.gross,
            kind=_kind(book.offerings[line.offering], law),
            at=at,
            pieces=line.quantity,
            employer=employer,
            beneficiary=_beneficiary(None if view.home is None else _tie(view.home, on)),
        )
        for place, line in enumerate(view.quote.lines, start=1)
        if line.price.currency == law.currency
    )


def _values(line: QuotedLine, book: PriceBook, company: str, tax_code: str, on: date) -> dict[Basis, Money]:
    """What a line is worth: the ordinary price with tax, and what it costs where that is known."""
    rate = None if line.includes_tax else book.tax_on(company, tax_code, on)
    values = {Basis.PRICE: _taxed(line.ordinary, rate)}
    return values if line.cost is None else values | {Basis.COST: line.cost}


def _taxed(price: Money, rate: TaxRate | None) -> Money:
    """A price with tax, which is in it already where there is no rate."""
    return price if rate is None else rounded(UnitPrice.from_money(price).times(1 + rate.rate.fraction))


def _kind(offering: Offering | None, law: Law) -> str:
    """What the law calls it: by its own name where the law has that, else goods or services."""
    if offering is None:
        names = KINDS[OfferingKind.GOOD]
    else:
        names = (*filter(None, [offering.benefit_kind]), *KINDS[offering.kind])
    return next((name for name in names if name in law.kinds), names[-1])


def _status(works: Iterable[WorkRelationship], year: Period) -> Status:
    """What ties her to the employers that count in the year: work before retirement before a seat on the board."""
    ties = {_TIES.get(work.kind, Status.EMPLOYED) for work in works if work.period.intersection(year) is not None}
    return next((tie for tie in (Status.EMPLOYED, Status.RETIRED, Status.BOARD_MEMBER) if tie in ties), Status.EMPLOYED)


def _returned(lines: Iterable[_Line]) -> Mapping[int, Sequence[tuple[int, date, int]]]:
    """What came back of these orders: position, day and pieces, by the order's key. One question, none for nothing."""
    orders = {line.order for line in lines if line.returned}
    found: dict[int, list[tuple[int, date, int]]] = defaultdict(list)
    if orders:
        steps = OrderStep.objects.filter(order_id__in=orders, kind=StepKind.RETURNED.value).order_by("id")
        for step in steps:
            for place, pieces in step.facts["pieces"].items():
                found[step.order_id].append((int(place), step.at.date(), pieces))
    return found


def _repaid(lines: Iterable[_Line]) -> Mapping[int, Sequence[tuple[int, date, int, int]]]:
    """What was given away and repaid: position, day, part and pieces, by the order's key. One question, none for nothing."""
    orders = {line.order for line in lines if line.repaid_minor}
    found: dict[int, list[tuple[int, date, int, int]]] = defaultdict(list)
    if orders:
        for step in OrderStep.objects.filter(order_id__in=orders, kind=StepKind.DISPOSED.value).order_by("id"):
            for place, parts in step.facts["repaid"].items():
                found[step.order_id].extend((int(place), step.at.date(), part, count) for part, count in parts)
    return found


def _facts(
    people_: Mapping[int, str], year: Period, counts: Callable[[str], bool] = lambda _employer: True
) -> Mapping[str, Sequence[FactView]]:
    """What employers that count were told of these people for some day of the year."""
    rows = BenefitFact.objects.current().filter(person_id__in=people_).select_related("company")
    found: dict[str, list[FactView]] = defaultdict(list)
    for row in rows.order_by("valid_from", "pk"):
        if row.period.intersection(year) is not None and counts(row.company.code):
            person = people_[row.person_id]
            found[person].append(FactView(person, row.company.code, row.fact, row.period, row.source))
    return found


def _people_given(_number: int) -> frozenset[int]:
    return frozenset(BenefitGift.objects.filter(known_until=None).values_list("person_id", flat=True))


_given_to: Kept[frozenset[int]] = Kept(GIFTS, _people_given)
"""The keys of everybody to whom something was given: few, and asked with every price of a buyer."""


def _gifts(
    people_: Mapping[int, str], year: Period, counts: Callable[[str], bool] = lambda _employer: True
) -> Mapping[str, Sequence[GiftView]]:
    """What was given to these people through employers that count, on days of the year. One question, and none where nothing was."""
    found: dict[str, list[GiftView]] = defaultdict(list)
    given = _given_to.value().intersection(people_)
    if not given:
        return found
    rows = BenefitGift.objects.filter(
        person_id__in=given, known_until=None, given_on__gte=year.start, given_on__lt=year.until
    ).select_related("company", "given_by")
    for row in rows.order_by("given_on", "pk"):
        if counts(row.company.code):
            found[people_[row.person_id]].append(gift_view(row, people_[row.person_id]))
    return found


def gift_view(row: BenefitGift, person: str) -> GiftView:
    """A row as a value."""
    currency = as_currency(row.currency)
    return GiftView(
        row.reference,
        person,
        row.company.code,
        row.given_by.code,
        row.given_on,
        row.kind,
        row.name,
        Money(row.value_minor, currency),
        row.source,
        None if row.cost_minor is None else Money(row.cost_minor, currency),
    )


def _accounts_of(companies: Collection[int], law: Law) -> tuple[Accounts, ...]:
    rows = BenefitAccounts.objects.current().filter(company_id__in=companies)
    told = [_accounts(row) for row in rows.select_related("company")] if companies else []
    return tuple(
        Accounts.of_sales(year=each.year, sales=each.sales, cost=each.cost, employer=each.company)
        for each in told
        if each.sales.currency == law.currency
    )


def _accounts(row: BenefitAccounts) -> AccountsView:
    currency = as_currency(row.currency)
    assert row.valid_from is not None  # accounts are of a year
    sales, cost = Money(row.sales_minor, currency), Money(row.cost_minor, currency)
    return AccountsView(row.company.code, row.valid_from.year, sales, cost, row.source)


def _orders(*people_: int) -> QuerySet[Order]:
    """What these people bought for themselves as staff, and what did not come to nothing."""
    return Order.objects.filter(
        person_id__in=people_,
        customer_id=F("person_id"),
        kind__in=_STAFF,
        state__in=_LIVE,
        customer_company__isnull=False,
    )


def _of_year(rows: QuerySet[Order], days: Period) -> QuerySet[Order]:
    assert days.start is not None  # a tax year has both ends
    assert days.until is not None
    return rows.filter(placed_at__gte=begins(days.start), placed_at__lt=begins(days.until))


def _charges(days: Period) -> QuerySet[RunningCharge]:
    """What stands of what people were charged in these days for what runs for themselves as staff; the order's own charge is one."""
    return RunningCharge.objects.filter(
        running__customer_id=F("running__person_id"),
        kind__in=_STAFF,
        customer_company__isnull=False,
        reverses=False,
        stands_until__gt=F("since"),
        since__gte=days.start,
        since__lt=days.until,
    )


def _charged(row: Mapping[str, Any]) -> _Line:
    """A charge as a line of its order: worth and costing what the days for which it stands are of their period."""
    currency = as_currency(row["currency"])
    whole, part = Period(row["period_from"], row["period_until"]), Period(row["since"], row["stands_until"])

    def of_days(minor: int) -> int:
        return share(Money(minor, currency), whole, part).minor

    cost, told = row["running__order__lines__cost_minor"], row["why__includes_tax"]
    return _Line(
        order=row["running__order_id"],
        position=row["id"],  # no two charges have one, nor has a line one so high
        code=row["running__order__lines__code"],
        name=row["running__order__lines__name"],
        quantity=row["running__quantity"],
        cancelled=0,
        returned=0,
        repaid_minor=0,
        includes_tax=row["running__order__lines__includes_tax"] if told is None else bool(told),
        tax_code=row["tax_code"],
        tax_minor=of_days(row["full_tax_minor"]),
        ordinary_minor=of_days(row["full_ordinary_minor"]),
        cost_minor=None if cost is None else of_days(cost),
        parts=[{"quantity": row["running__quantity"], "gross": of_days(row["full_gross_minor"])}],
        reference=row["running__order__reference"],
        number=row["running__order__number"],
        placed_at=row["running__order__placed_at"] if row["by_order"] else begins(row["since"]),
        settlement=row["settlement"],
        currency=row["currency"],
        person=row["running__person_id"],
        employer=row["customer_company_id"],
        supplier=row["running__order__supplier_company_id"],
        tie=row["tie"],
    )


def begins(day: date) -> datetime:
    """The instant at which a day of orders begins (UTC)."""
    return datetime.combine(day, time.min, UTC)


def buyers(company: str, days: Period, *, among: Collection[str] | None = None, most: int | None = None) -> list[str]:
    """Whoever bought as staff of the company in these days, those known first before the others; ``among`` these people alone."""
    known = parties.known()
    rows = Order.objects.filter(
        customer_company_id=known.keys[company], customer_id=F("person_id"), kind__in=_STAFF, state__in=_LIVE
    )
    if among is not None:
        rows = rows.filter(person_id__in=[known.keys[code] for code in among])
    ran = _charges(days).filter(customer_company_id=known.keys[company])
    if among is not None:
        ran = ran.filter(running__person_id__in=[known.keys[code] for code in among])
    found = _of_year(rows, days).order_by("person_id").values_list("person_id", flat=True).distinct()
    more = ran.order_by("running__person_id").values_list("running__person_id", flat=True).distinct()
    given = BenefitGift.objects.filter(
        company_id=known.keys[company], known_until=None, given_on__gte=days.start, given_on__lt=days.until
    )
    if among is not None:
        given = given.filter(person_id__in=[known.keys[code] for code in among])
    got = given.order_by("person_id").values_list("person_id", flat=True).distinct()
    return [known.codes[key] for key in sorted({*found[:most], *more[:most], *got[:most]})[:most]]


def _called(text: str, hidden: Collection[str | None]) -> list[str]:
    """Who is called so, or has such a code, as far as they can be asked for at once."""
    world = parties.world()
    found = (
        code
        for code in world.person
        if code not in hidden and text in f"{world.names.get(code, code)} {code}".casefold()
    )
    return list(islice(found, LISTED_MAX))


def _with_sheets(page: Page[PersonRow], on: date) -> Page[PersonRow]:
    groups: dict[tuple[str, TaxYear], list[str]] = defaultdict(list)
    for row in page.rows:
        groups[row.company, row.of].append(row.person)
    found = {
        (company, of, sheet.person): sheet
        for (company, of), people_ in groups.items()
        for sheet in sheets(people_, of, on, companies=[company])
    }
    return page.map(lambda row: replace(row, sheet=found[row.company, row.of, row.person]))


def _years(days: Iterable[tuple[str, date]], on: date) -> tuple[TaxYear, ...]:
    days = list(days)
    countries, found = parties.countries_of({company for company, _ in days}, on=on), set()
    for company, day in days:
        law = ledger.benefit_law(countries[company]) if countries[company] else None
        if law is not None:
            found.add(TaxYear(countries[company], law.year_of(day)))
    return tuple(sorted(found, key=lambda each: (-each.year, each.country)))


def law_of(company: str, *, on: date) -> tuple[Law | None, str]:
    """The law of the country of a company, and that country; None where no rules are kept for it."""
    country = parties.country_of(company, on=on)
    return (ledger.benefit_law(country) if country else None), country


def _caps(law: Law) -> Iterable[tuple[Tier, ...]]:
    return (cap.tiers for rule in law.rules for _, cap in rule.caps)
