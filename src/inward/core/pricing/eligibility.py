"""Whether a rule may be used for this customer on this day, and if not, why. Says nothing about which one wins.

Schemes are for people: whoever buys for a department uses the department's rates. Tenure is counted in whole months of
unbroken work for the employer; a month counts when its day has come (the 31st counts on the month's last day).
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from inward.core.classification import Household, Kind, Standing, WorkRelationship, WorkState, World, prepared
from inward.core.pricing.book import PriceBook
from inward.core.pricing.rules import Level, Offering, PriceRule, Scheme, Target
from inward.core.pricing.taxing import TaxScope, tax_scope
from inward.core.terms import Reason, Refusal

INSIDE_PARTIES = frozenset({Kind.SELF, Kind.SAME_UNIT, Kind.DEPARTMENT, Kind.BRANCH, Kind.AFFILIATE})
STAFF_KINDS = frozenset({Kind.STAFF, Kind.GROUP_STAFF, Kind.STAKEHOLDER})
CLOSED_BEFORE_LEAVING = "scheme_closed_before_leaving"
"""The reason that tells that somebody's work ends: her own affair, and nobody else's to read."""
CLOSED_IN_STATE = "scheme_closed_in_state"
"""The reason that tells of her probation, unpaid leave or notice: likewise."""
SUSPENDED = "scheme_suspended"
"""The reason that tells that she is suspended from a scheme: likewise."""
COOLING = "scheme_cooling_off"
"""The reason that tells that she gave the item back not long ago: likewise."""
FOR_ANOTHER = frozenset(
    {"scheme_not_for_household", "scheme_for_other_ties", "scheme_household_over", "scheme_household_not_yet"}
)
"""The reasons that tell that she buys for somebody of her household, and how they stand to her: likewise."""
FOR_HERSELF_ALONE = "rule_for_oneself_alone"
"""The reason that tells it of an agreement: likewise."""
OF_PAY = frozenset({"limit_of_pay_reached", "limit_of_pay_unknown"})
"""The reasons that tell that a share of her pay is reached, or that nobody has said what she earns: likewise."""
HER_OWN = frozenset(
    {*OF_PAY, CLOSED_BEFORE_LEAVING, CLOSED_IN_STATE, SUSPENDED, COOLING, FOR_HERSELF_ALONE, *FOR_ANOTHER}
)
"""The reasons that only the person herself may read."""
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Customer:
    """Who asks: the party, what it stands in up to its company (nearest first), and its work if a person.

    ``work`` is of all days, but only for companies that stand together with the supplier on this one: a job elsewhere
    earns no staff price here. ``tax`` is whether what is sold to it is taxed, and why. ``home`` is for whom of her household a
    person buys; None: for herself.
    """

    party: str
    above: tuple[str, ...]
    work: tuple[WorkRelationship, ...]
    standing: Standing
    on: date
    tax: TaxScope
    home: Household | None = None

    @classmethod
    def of(cls, *, world: World, party: str, standing: Standing, on: date, home: Household | None = None) -> "Customer":
        """The customer as the world knows it on that day."""
        both = (standing.supplier_company, standing.customer_company)
        tax = tax_scope(world=world, kind=standing.kind, companies=both, customer=party, on=on)
        if party in world.person:
            groups, supplier = prepared(world, world.definition_on(on)), standing.supplier_company
            work = (each for each in world.work.get(party, ()) if groups.together(each.company, supplier, on))
            return cls(party, (), tuple(work), standing, on, tax, home)
        return cls(party, _above(world, party, on), (), standing, on, tax)

    def narrowness(self, rule: PriceRule) -> int | None:
        """How narrowly the rule names this customer, less is narrower: itself, what it stands in …, a kind, anybody; None: not.

        Of two that name the same party, the one that names kinds of standing as well is narrower.
        """
        kinds, party = rule.scope.kinds, rule.scope.party
        if kinds and self.standing.kind not in kinds:
            return None
        if party is None:
            return _BY_KIND if kinds else _ANYBODY
        places = (self.party, *self.above)
        return 2 * places.index(party) + (not kinds) if party in places else None


_BY_KIND, _ANYBODY = 1_000_000, 1_000_001


def obstacle(book: PriceBook, rule: PriceRule, offering: Offering, customer: Customer, quantity: int) -> Reason | None:
    """Why the rule may not be used here; None when it may (allowances and costs are looked at later)."""
    if rule.scope.party not in (None, customer.party, *customer.above):
        # Before its days: whatever was agreed with others is told to nobody else, also when it is over or yet to come.
        return Reason.of("rule_for_another_party", party=rule.scope.party)
    if customer.on not in rule.period:
        return Reason.of("rule_outside_period", since=rule.period.start, until=rule.period.until)
    if customer.narrowness(rule) is None:
        return Reason.of("rule_for_other_kinds", kind=customer.standing.kind.value)
    if quantity < rule.quantity_min:
        return Reason.of("rule_from_quantity", quantity=rule.quantity_min)
    if rule.level is Level.RATE and customer.standing.kind not in INSIDE_PARTIES:
        return Reason.of("rate_for_inside_parties")
    if rule.level is Level.AGREEMENT and customer.home is not None and (rule.scope.kinds or rule.scope.party):
        return Reason.of(FOR_HERSELF_ALONE)
    if rule.scheme is not None:
        scheme = book.scheme_on(rule.scheme, customer.on)
        return closed_to(book, scheme, customer) or _not_covered(book, scheme, offering)
    return None


def closed_to(book: PriceBook, scheme: Scheme, customer: Customer) -> Reason | None:
    """Why this customer may not use the scheme on that day: by her work, by whom it is for, or because she is suspended; None
    when she may.
    """
    why = scheme_obstacle(scheme, customer) or _household_obstacle(scheme, customer)
    found = None if why is not None else book.suspended(scheme.id, customer.party, customer.on)
    if found is None:
        return why
    return Reason.of(SUSPENDED, scheme=scheme.name or scheme.id, since=found.period.start, until=found.period.until)


def home_of(world: World, person: str, member: str, on: date) -> Household:
    """As what somebody belongs to a person's household on a day; where not on that day, as what last before it, else next.

    Refusal for whoever is not known to belong to it on any day: that she is known otherwise is told to nobody.
    """
    known = [home for home in world.leaning.get(person, ()) if home.member == member]
    if not known:
        raise Refusal(Reason.of("not_of_household"), where="beneficiary")
    now = next((home for home in known if on in home.period), None)
    if now is not None:
        return now
    over = [home for home in known if home.period.until is not None and home.period.until <= on]
    if over:
        return max(over, key=lambda home: (home.period.until, home.id))
    return min(known, key=lambda home: (home.period.start or date.min, home.id))


def _household_obstacle(scheme: Scheme, customer: Customer) -> Reason | None:
    """Why nobody of her household is bought for under the scheme, or not this one. No day and no name: whoever reads it knows."""
    home = customer.home
    if home is None:
        return None
    facts = {"scheme": scheme.name or scheme.id}
    if not scheme.household:
        return Reason.of("scheme_not_for_household", **facts)
    if home.tie not in scheme.household:
        return Reason.of("scheme_for_other_ties", **facts)
    if customer.on in home.period:
        return None
    over = home.period.until is not None and home.period.until <= customer.on
    return Reason.of("scheme_household_over" if over else "scheme_household_not_yet", **facts)


def scheme_obstacle(scheme: Scheme, customer: Customer) -> Reason | None:
    """Why this customer's work does not earn the scheme on that day, whatever the item; None when it does."""
    if customer.on not in scheme.period:
        return Reason.of(
            "scheme_outside_period",
            scheme=scheme.name or scheme.id,
            since=scheme.period.start,
            until=scheme.period.until,
        )
    if customer.standing.kind not in STAFF_KINDS:
        return Reason.of("scheme_for_own_purchases", scheme=scheme.name or scheme.id)
    employed = _employed(scheme, customer)
    if not employed:
        return Reason.of("scheme_of_other_employers", scheme=scheme.name or scheme.id)
    kinds = [work for work in employed if work.kind in scheme.work_kinds]
    if not kinds:
        return Reason.of("scheme_for_other_work", scheme=scheme.name or scheme.id, work_kind=employed[0].kind.value)
    lines = [work for work in kinds if _in_line(scheme, work)]
    if not lines:
        return Reason.of("scheme_for_other_lines", scheme=scheme.name or scheme.id)
    months = 0 if not scheme.tenure_months else max(_months(customer, work, customer.on) for work in lines)
    if months < scheme.tenure_months:
        return Reason.of(
            "scheme_after_months", scheme=scheme.name or scheme.id, needed=scheme.tenure_months, months=months
        )
    if _earning(scheme, customer, customer.on):
        return None
    closing = next((state for work in lines for state in _closing(scheme, work, customer.on)), None)
    if closing is not None:
        return Reason.of(CLOSED_IN_STATE, scheme=scheme.name or scheme.id, work_state=closing.value)
    return Reason.of(CLOSED_BEFORE_LEAVING, scheme=scheme.name or scheme.id, days=scheme.leaving_days)


def earned_on(scheme: Scheme, customer: Customer, day: date) -> bool:
    """Whether her work of that day earned the scheme as it was then, whatever she may buy today."""
    return day in scheme.period and bool(_earning(scheme, customer, day))


def seniority(scheme: Scheme, customer: Customer) -> tuple[bool, date, str]:
    """Which of two schemes goes first for somebody whom both entitle, by different work relationships; lower wins.

    The one that her work for the supplier itself earns; then the one of the work that began first; of two that began on one
    day, the first by its id. Only for a scheme that has no obstacle for her.
    """
    return min(
        (work.company != customer.standing.supplier_company, work.period.start or date.min, scheme.id)
        for work in _earning(scheme, customer, customer.on)
    )


def _employed(scheme: Scheme, customer: Customer) -> list[WorkRelationship]:
    """Her work of that day for an employer whom the scheme names, of whatever kind."""
    now = [work for work in customer.work if customer.on in work.period]
    return [work for work in now if not scheme.employers or work.company in scheme.employers]


def _earning(scheme: Scheme, customer: Customer, day: date) -> list[WorkRelationship]:
    """Her work of a day that entitles her: of an employer, kind and line the scheme names, long enough, in no state in which
    the scheme is closed, and not about to end.
    """
    return [
        work
        for work in customer.work
        if day in work.period
        and (not scheme.employers or work.company in scheme.employers)
        and work.kind in scheme.work_kinds
        and _in_line(scheme, work)
        and (not scheme.tenure_months or _months(customer, work, day) >= scheme.tenure_months)
        and not any(_closing(scheme, work, day))
        and not _leaving(scheme, customer.work, work.company, day)
    ]


def _months(customer: Customer, work: WorkRelationship, day: date) -> int:
    return tenure_months(customer.work, work.company, day)


def _in_line(scheme: Scheme, work: WorkRelationship) -> bool:
    return not scheme.lines_of_business or work.line_of_business in scheme.lines_of_business


def _closing(scheme: Scheme, work: WorkRelationship, day: date) -> Iterator[WorkState]:
    """The states of her work on that day in which nobody buys under the scheme."""
    return (state for state, period in work.states if state in scheme.closed_in and day in period)


def _leaving(scheme: Scheme, work: Iterable[WorkRelationship], company: str, day: date) -> bool:
    """Whether her work for the company that the scheme is for is known to end within its last days before leaving.

    Work that goes on in another of these kinds and lines without a gap does not end: a contract renewed, a retiree where
    retirees may buy.
    """
    if not scheme.leaving_days:
        return False
    counts = (each for each in work if each.kind in scheme.work_kinds and _in_line(scheme, each))
    until = _unbroken(counts, company, day)[1]
    return until < date.max and (until - day).days <= scheme.leaving_days


def tenure_months(work: Iterable[WorkRelationship], company: str, on: date) -> int:
    """Whole months of unbroken work for the company up to that day; periods that touch count as one."""
    start, covered = _unbroken(work, company, on)
    if covered == date.min or covered <= on < date.max:
        return 0
    return _months_between(start, on)


def _unbroken(work: Iterable[WorkRelationship], company: str, on: date) -> tuple[date, date]:
    """The first day of the work for the company that runs on that day without a break, and the first on which it does not.

    Periods that touch count as one. Where none runs, the second is not after the day.
    """
    periods = sorted((w.period for w in work if w.company == company), key=lambda period: period.start or date.min)
    start = covered = date.min
    for period in periods:
        begins = period.start or date.min
        if begins > on and begins > covered:
            break
        if begins > covered:
            start = begins
        covered = max(covered, period.until or date.max)
    return start, covered


def _months_between(start: date, on: date) -> int:
    months = (on.year - start.year) * _MONTHS + on.month - start.month
    last_of_month = on.day == monthrange(on.year, on.month)[1]
    return months if on.day >= start.day or last_of_month else months - 1


def _not_covered(book: PriceBook, scheme: Scheme, offering: Offering) -> Reason | None:
    if any(_reaches(book, target, offering) for target in scheme.excluded):
        return Reason.of("scheme_excludes", scheme=scheme.name or scheme.id, offering=offering.name or offering.id)
    if scheme.included and not any(_reaches(book, target, offering) for target in scheme.included):
        return Reason.of(
            "scheme_does_not_include", scheme=scheme.name or scheme.id, offering=offering.name or offering.id
        )
    return None


def _reaches(book: PriceBook, target: Target, offering: Offering) -> bool:
    return book.distance(target, offering) is not None


def _above(world: World, party: str, on: date) -> tuple[str, ...]:
    """The units above a unit, nearest first, then its company; nothing for a company."""
    found: list[str] = []
    company: tuple[str, ...] = ()
    at: str | None = party
    while at is not None:
        place = next((unit for unit in world.unit.get(at, ()) if on in unit.period), None)
        if place is None:  # a unit above is closed on that day: the company is still the company
            break
        company, at = (place.company,), place.parent
        found += [] if at is None else [at]
    return (*found, *company)
