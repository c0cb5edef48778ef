"""The related parties of a company in a span of days: how related, on what grounds, what was dealt, what is owed. Reads only.

Who is related is found by the core (``classification.related``); every figure is a sum of lines of the books. IAS 24, paragraphs
13, 18 and 19: parents and subsidiaries are told also where nothing was dealt. People are named, for whom a company is led by
is known to all; what they bought is told as one sum of all of them, since the books know people by a key alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from inward.core.bookkeeping import EntryKind, Role
from inward.core.classification import DEFINITIONS, Definition, Related, World, related
from inward.core.terms import Currency, Money, Reason, Refusal
from inward.insight import policy
from inward.insight.vocabulary import Flow
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.ledger import counterparties as books
from inward.ledger import queries as ledger
from inward.ledger.counterparties import ENTRIES_MAX, Line, Moved
from inward.parties import definitions
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.parties.vocabulary import Purpose
from inward.trade import queries as trade

USUAL: Final = DEFINITIONS["ias24_related"]
"""By which it is told where nobody chose a rule for disclosure: strict majority knows no associates."""
SPAN_MAX: Final = timedelta(days=366 * 5)

_OWN: Final[Mapping[tuple[EntryKind, Role], tuple[Flow, int]]] = {
    (EntryKind.INTERCOMPANY_SALE, Role.INTERCOMPANY_REVENUE): (Flow.SALE, -1),
    (EntryKind.OUTSIDE_SALE, Role.REVENUE): (Flow.SALE, -1),
    (EntryKind.STAFF_SALE, Role.STAFF_REVENUE): (Flow.SALE, -1),
    (EntryKind.INTERCOMPANY_PURCHASE, Role.INTERCOMPANY_PURCHASE): (Flow.PURCHASE, 1),
    (EntryKind.STAFF_SALE, Role.INTERCOMPANY_RECEIVABLE): (Flow.THEIR_STAFF, 1),
    (EntryKind.STAFF_SETTLEMENT, Role.INTERCOMPANY_PAYABLE): (Flow.OUR_STAFF, -1),
    (EntryKind.FREE_USE, Role.FREE_USE): (Flow.GIVEN, 1),
    (EntryKind.AGENCY_SALE, Role.COMMISSION_EARNED): (Flow.SALE, -1),
    (EntryKind.AGENCY_SALE, Role.INTERCOMPANY_RECEIVABLE): (Flow.THEIR_STAFF, 1),
    (EntryKind.INSURED, Role.COMMISSION_PAID): (Flow.PURCHASE, 1),
    (EntryKind.INSURED, Role.REVENUE): (Flow.SALE, -1),
}
"""What lines of the company's own books say of a dealing, and the sign by which its amount is told."""
_THEIRS: Final[Mapping[tuple[EntryKind, Role], tuple[Flow, int]]] = {
    (EntryKind.OUTSIDE_SALE, Role.REVENUE): (Flow.PURCHASE, -1),
    (EntryKind.FREE_USE, Role.FREE_USE): (Flow.RECEIVED, 1),
}
"""The same for lines of the seller's books, of what only those hold."""


@dataclass(frozen=True, slots=True)
class Dealt:
    """What was dealt one way in one currency: how many dealings, the sum without tax (of what staff bought with it: so it is
    owed), less what came back.

    ``elsewhere``: only the other side's books hold it.
    """

    flow: Flow
    dealings: int
    amount: Money
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What was dealt on the days on which they were related, and what is owed at the end, with tax, by currency."""

    dealt: tuple[Dealt, ...] = ()
    owed_to_us: tuple[Money, ...] = ()
    owed_by_us: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedParty:
    """A company or person with every way in which it was related; of a person no figures."""

    party: Named
    person: bool
    spans: tuple[Related, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Report:
    """All related parties; ``until`` is the first day after the span. ``chosen``: whether somebody chose the rule for disclosure.

    ``people``: what all the people together bought and owe; ``gaps``: what is not known of who is above the company.
    """

    company: Named
    since: date
    until: date
    definition: Definition
    chosen: bool
    parties: tuple[RelatedParty, ...]
    people: Figures
    gaps: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Dealing:
    """One dealing with a related company: a line of the books. ``order`` is its number, None where it is none.

    ``entry`` is None where only the other side's books hold it; ``seen``: whether the viewer may open the order.
    """

    on: date
    flow: Flow
    amount: Money
    reference: str
    correction: bool
    entry: int | None
    order: int | None
    seen: bool


def report(
    *, viewer: Actor, at: datetime, company: str, since: date, until: date, rule: Definition | None = None
) -> Report:
    """The related parties of a company from ``since`` up to but not including ``until``, judged by ``rule`` or the one chosen.

    NotThere for whoever does not see the books of the company; Refusal for days the wrong way round, or of more than five
    years. Where the rule for disclosure changed within the span, the one of its last day judges all of it.
    """
    _require(viewer, at, company, since, until)
    definition, days = definitions.serving(Purpose.DISCLOSURE, on=until - timedelta(days=1))
    used = rule or (USUAL if days is None else definition)
    world = parties.world()
    found = related(company=company, world=world, since=since, until=until, definition=used)
    spans: dict[str, list[Related]] = defaultdict(list)
    for each in found.related:
        spans[each.party].append(each)
    figures, people = _figures(viewer, at, company, spans, world, since, until)
    known = parties.known()
    last = until - timedelta(days=1)
    return Report(
        company=parties.told(company, known.name_on(company, last)),
        since=since,
        until=until,
        definition=used,
        chosen=days is not None,
        parties=tuple(
            RelatedParty(
                parties.told(code, known.name_on(code, last)),
                code in world.person,
                tuple(told),
                figures.get(code, Figures()),
            )
            for code, told in spans.items()
        ),
        people=people,
        gaps=found.gaps,
    )


def dealings(
    *, viewer: Actor, at: datetime, company: str, party: str, since: date, until: date
) -> tuple[tuple[Dealing, ...], bool]:
    """The dealings with a company in a span of days, the latest first; and whether there are more than are told.

    Whether it is related is not asked: ``report`` says so. NotThere for a person, or nobody, and as in ``report``.
    """
    _require(viewer, at, company, since, until)
    world = parties.world()
    if party not in world.company:
        raise NotThere
    ends = _ends((company, party), world)
    asked: dict[str, Any] = {"viewer": viewer, "at": at, "company": company, "since": since, "until": until}
    own = books.lines_with(**asked, others=ends[party])
    theirs = books.lines_sold_to(**asked, ends=ends[company], seller=party)
    lines = sorted((*own, *theirs), key=lambda line: (line.on, line.entry), reverse=True)
    told = [(line, flow) for line in lines if (flow := _flow(line, company, party, world)) is not None]
    cut = max(len(own), len(theirs)) > ENTRIES_MAX
    references = {line.reference for line, _ in told}
    numbers = trade.numbers_of(references)
    seen = trade.references_seen(viewer=viewer, at=at, references=references)
    return tuple(_dealing(line, flow, company, numbers, seen) for line, flow in told), cut


def _require(viewer: Actor, at: datetime, company: str, since: date, until: date) -> None:
    if company not in ledger.prepared().currencies or not policy.may_disclose(viewer, company=company, on=at.date()):
        raise NotThere
    if since >= until:
        last = until - timedelta(days=until > date.min)
        raise Refusal(Reason.of("period_backwards", since=since, until=last), where="until")
    if until - since > SPAN_MAX:
        raise Refusal(Reason.of("span_too_long", years=SPAN_MAX.days // 366), where="until")


# --- figures -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Tally:
    """Sums of one related party, while they are added up."""

    dealt: dict[tuple[Flow, bool, Currency], tuple[int, Money]] = field(default_factory=dict)
    owed: dict[Currency, Money] = field(default_factory=dict)
    owing: dict[Currency, Money] = field(default_factory=dict)

    def deal(self, flow: Flow, moved: Moved, sign: int, *, elsewhere: bool) -> None:
        key = (flow, elsewhere, moved.amount.currency)
        count, amount = self.dealt.get(key, (0, Money.zero(moved.amount.currency)))
        self.dealt[key] = (count + moved.dealings, amount + moved.amount if sign > 0 else amount - moved.amount)

    def owe(self, amount: Money, *, by_us: bool) -> None:
        sums = self.owing if by_us else self.owed
        sums[amount.currency] = sums.get(amount.currency, Money.zero(amount.currency)) + amount

    def figures(self) -> Figures:
        order = list(Flow)
        dealt = sorted(self.dealt.items(), key=lambda each: (order.index(each[0][0]), each[0][1], each[0][2]))
        return Figures(
            tuple(Dealt(flow, count, amount, elsewhere) for (flow, elsewhere, _), (count, amount) in dealt),
            _but_zero(self.owed),
            _but_zero(self.owing),
        )


def _figures(
    viewer: Actor,
    at: datetime,
    company: str,
    spans: Mapping[str, Sequence[Related]],
    world: World,
    since: date,
    until: date,
) -> tuple[dict[str, Figures], Figures]:
    """What was dealt with each related company, and with all people together."""
    firms = [code for code in spans if code in world.company]
    subjects = {key: code for code, key in parties.subjects_of(code for code in spans if code in world.person).items()}
    ends = _ends((company, *firms), world)
    others = {end for firm in firms for end in ends[firm]} | subjects.keys()
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    asked: dict[str, Any] = {"viewer": viewer, "at": at, "company": company, "until": until}
    last = until - timedelta(days=1)

    def whose(moved: Moved) -> str | None:
        """The related party, on a day on which it was one; what is owed belongs to whoever it is of at the end."""
        party = subjects.get(moved.other)
        if party is None:
            party = _owing(moved.other, last, world) if moved.on is None else _company_of(moved.other, moved.on, world)
        if party is None or party not in spans:
            return None
        return party if moved.on is None or _related_on(spans[party], moved.on) else None

    def tally(party: str) -> _Tally:
        return tallies["" if party in world.person else party]

    for moved in books.moved_with(**asked, others=others, since=since):
        flow, party = _OWN.get((moved.kind, moved.role)), whose(moved)
        if flow is not None and party is not None:
            tally(party).deal(flow[0], moved, flow[1], elsewhere=False)
    for moved in books.owed_with(**asked, others=others):
        party = whose(moved)
        if party is not None:
            by_us = moved.role is Role.INTERCOMPANY_PAYABLE
            tally(party).owe(-moved.amount if by_us else moved.amount, by_us=by_us)
    for moved in books.sold_to(**asked, ends=ends[company], sellers=firms):
        _add_theirs(tallies[moved.books], moved, spans[moved.books], company, world, (since, last))
    return {code: each.figures() for code, each in tallies.items() if code}, tallies[""].figures()


def _add_theirs(
    tally: _Tally, moved: Moved, spans: Sequence[Related], company: str, world: World, days: tuple[date, date]
) -> None:
    """What only the seller's books hold: bought on days on which it was related, and owed since whenever. ``days`` are the first and
    the last: a department counts for the company of the day, and owes for that of the last.
    """
    assert moved.on is not None  # it is asked by day
    if moved.role is Role.CUSTOMER_RECEIVABLE and _owing(moved.other, days[1], world) == company:
        tally.owe(moved.amount, by_us=True)
    if _company_of(moved.other, moved.on, world) != company:
        return
    flow = _THEIRS.get((moved.kind, moved.role))
    if flow is not None and moved.on >= days[0] and _related_on(spans, moved.on):
        tally.deal(flow[0], moved, flow[1], elsewhere=True)


def _related_on(spans: Iterable[Related], day: date) -> bool:
    return any(day in each.period for each in spans)


def _but_zero(sums: Mapping[Currency, Money]) -> tuple[Money, ...]:
    return tuple(amount for _, amount in sorted(sums.items()) if amount)


def _ends(companies: Iterable[str], world: World) -> dict[str, set[str]]:
    """The names under which each company stands in books: its own, and those of the units it has or had."""
    found = {company: {company} for company in companies}
    for unit in world.units:
        if unit.company in found:
            found[unit.company].add(unit.id)
    return found


def _company_of(code: str, day: date, world: World) -> str | None:
    if code in world.company:
        return code
    return next((unit.company for unit in world.unit.get(code, ()) if day in unit.period), None)


def _owing(code: str, last: date, world: World) -> str | None:
    """Who owes what a name in the books owes on the last day: of a department that was closed before, its company until then."""
    if code in world.company:
        return code
    places = [unit for unit in world.unit.get(code, ()) if unit.period.start is None or unit.period.start <= last]
    return max(places, key=lambda unit: unit.period.start or date.min).company if places else None


# --- one by one ----------------------------------------------------------------------------------------------------------


def _flow(line: Line, company: str, party: str, world: World) -> tuple[Flow, int] | None:
    """What a line says of a dealing between the two; None for one that says nothing, or of another company's unit."""
    own = line.books == company
    if _company_of(line.other, line.on, world) != (party if own else company):
        return None
    return (_OWN if own else _THEIRS).get((line.kind, line.role))


def _dealing(
    line: Line, flow: tuple[Flow, int], company: str, numbers: Mapping[str, int], seen: frozenset[str]
) -> Dealing:
    return Dealing(
        on=line.on,
        flow=flow[0],
        amount=line.amount if flow[1] > 0 else -line.amount,
        reference=line.reference,
        correction=line.correction,
        entry=line.entry if line.books == company else None,
        order=numbers.get(line.reference),
        seen=line.reference in seen,
    )
