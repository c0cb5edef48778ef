"""The data quality board: what in the records is likely wrong, how often, and where it is mended. Reads only.

A check is a small object: which records it finds (a query, so that it counts and pages in the database), what it says of
one, and which form mends it. Rooms above bring checks of their own by ``offer``, in a ``quality`` module. Shares of ownership
are exact fractions, which no database adds up: those checks walk the holdings kept in memory and hand the companies found to
a query. What a finding means and how it is mended: docs/howto/look-after-the-data.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import chain
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from inward.core.classification import WorkKind
from inward.core.classification.integrated import circles, closed_loops
from inward.core.terms import Rate, Reason
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.kit.records import DatedFact, DatedQuerySet
from inward.parties import policy, queries
from inward.parties.models import (
    DeputyOfPlace,
    FindingCount,
    HeadOfPlace,
    Holding,
    LeftFinding,
    Party,
    Registration,
    UnitPlacement,
    WorkingWeek,
    WorkRelationship,
)
from inward.parties.vocabulary import PartyKind

FINDINGS: Final = ListSpec({"recorded": "id"}, default="recorded")
GAP_SEEN_DAYS: Final = 365
"""A gap between two spells of work is told for so many days after the first one ended."""
HISTORY_DAYS: Final = 30
_WITHOUT_UNIT: Final = (WorkKind.DIRECTOR.value, WorkKind.RETIREE.value)
"""Who works so belongs to the company as a whole."""


@dataclass(frozen=True, slots=True)
class Mend:
    """The form that mends a finding: of which sort of record, which act, for which record ("" for a new one), and what it
    begins with. Without an act it is the list of that sort, asked for what is ``given``.
    """

    thing: str
    act: str = ""
    code: str = ""
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """What may be wrong. ``rows`` gives the records found on a day, among those that the viewer looks after; ``says`` tells
    one of them as a reason of the room that offers the check; ``mend`` says which form mends it. Its title is the
    label "check" of its name.
    """

    name: str
    rows: Callable[[Actor, date], "QuerySet[Any]"]
    says: Callable[[Any, date], Reason]
    mend: Callable[[Any, date], Mend]


@dataclass(frozen=True, slots=True)
class Finding:
    """A record that a check found: its key, what is wrong with it, and where it is mended; why it was left, if it was."""

    check: str
    key: int
    reason: Reason
    mend: Mend
    left: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A check with how many records it finds now."""

    check: str
    findings: int


_offered: dict[str, Check] = {}


def offer(*checks: Check) -> None:
    """Put checks on the board; done once, when a room starts."""
    _offered.update({check.name: check for check in checks})


def checks() -> tuple[str, ...]:
    """The names of all checks, in the order of the board."""
    return tuple(_offered)


def counts(*, viewer: Actor, at: datetime) -> tuple[Counted, ...]:
    """How many records each check finds among those the viewer looks after, without those left as they are. One query.

    Raises Refused for whoever looks after none.
    """
    require(policy.may_keep_records(viewer, on=at.date()))
    first, *rest = (_counting(check, viewer, at.date()) for check in _offered.values())
    found = dict(first.union(*rest, all=True))
    return tuple(Counted(name, found.get(name, 0)) for name in _offered)


def findings(
    *, viewer: Actor, at: datetime, check: str, params: Mapping[str, str] | None = None, left: bool = False
) -> Page[Finding]:
    """A page of what a check finds among the records the viewer looks after; with ``left``, of what was left as it is.

    Raises Refused for whoever looks after none, NotThere for a check there is not.
    """
    on = at.date()
    require(policy.may_keep_records(viewer, on=on))
    asked = _named(check)
    found = page(_open(asked, viewer, on, left=left), FINDINGS, params or {})
    reasons = _left_reasons(check, [row.pk for row in found.rows]) if left else {}
    return found.map(
        lambda row: Finding(check, row.pk, asked.says(row, on), asked.mend(row, on), reasons.get(row.pk, ""))
    )


def finding(*, viewer: Actor, at: datetime, check: str, key: int) -> Finding:
    """One finding, left or not. Raises Refused, and NotThere where nothing is found, or out of bounds."""
    on = at.date()
    require(policy.may_keep_records(viewer, on=on))
    asked = _named(check)
    row = asked.rows(viewer, on).filter(pk=key).first()
    if row is None:
        raise NotThere
    return Finding(check, key, asked.says(row, on), asked.mend(row, on), _left_reasons(check, [key]).get(key, ""))


def history(*, viewer: Actor, at: datetime) -> dict[date, dict[str, int]]:
    """How many findings of each check there were in the whole house on each of the last days, by day, the newest first.

    Raises Refused for whoever does not administer everything.
    """
    require(policy.may_administer_everything(viewer, on=at.date()))
    rows = FindingCount.objects.filter(day__gt=at.date() - timedelta(days=HISTORY_DAYS)).order_by("-day")
    told: dict[date, dict[str, int]] = defaultdict(dict)
    for day, name, number in rows.values_list("day", "check_name", "findings"):
        told[day][name] = number
    return dict(told)


def _named(check: str) -> Check:
    found = _offered.get(check)
    if found is None:
        raise NotThere
    return found


def _counting(check: Check, viewer: Actor, on: date) -> Any:
    rows = _open(check, viewer, on, left=False).order_by()
    return rows.values_list(Value(check.name)).annotate(Count("pk"))


def _open(check: Check, viewer: Actor, on: date, *, left: bool) -> "QuerySet[Any]":
    """What the check finds, without (or only) what was left as it is."""
    held = LeftFinding.objects.filter(Q(until=None) | Q(until__gt=on), check_name=check.name, key=OuterRef("pk"))
    rows = check.rows(viewer, on)
    return rows.filter(Exists(held)) if left else rows.filter(~Exists(held))


def _left_reasons(check: str, keys: Iterable[int]) -> dict[int, str]:
    return dict(LeftFinding.objects.filter(check_name=check, key__in=list(keys)).values_list("key", "reason"))


# --- people and their work --------------------------------------------------------------------------------------------


def _work(viewer: Actor, on: date) -> DatedQuerySet:
    kept = policy.work_kept_by(viewer, keys=queries.keys(), on=on)
    return DatedQuerySet(WorkRelationship).current().filter(kept).select_related("person", "company", "unit")


def _no_unit(viewer: Actor, on: date) -> DatedQuerySet:
    return _work(viewer, on).on(on).filter(unit=None).exclude(kind__in=_WITHOUT_UNIT)


def _unit_closed(viewer: Actor, on: date) -> DatedQuerySet:
    placed = UnitPlacement.objects.current().on(on).filter(unit=OuterRef("unit"))
    return _work(viewer, on).on(on).filter(~Exists(placed), unit__isnull=False)


def _same_job() -> DatedQuerySet:
    """Other work of the same person for the same company."""
    same = DatedQuerySet(WorkRelationship).current().filter(person=OuterRef("person"), company=OuterRef("company"))
    return same.exclude(pk=OuterRef("pk"))


def _overlaps(viewer: Actor, on: date) -> DatedQuerySet:
    """Work that begins while other work for the same company goes on; of two that begin together, the one kept later."""
    earlier = Q(valid_from=None) | Q(valid_from__lt=OuterRef("valid_from"))
    together = Q(valid_from=OuterRef("valid_from"), pk__lt=OuterRef("pk"))
    dated = _same_job().filter(earlier | together, Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_from")))
    always = _same_job().filter(valid_from=None, pk__lt=OuterRef("pk"))
    running = Q(valid_until=None) | Q(valid_until__gt=on)
    begun = Q(Exists(dated), valid_from__isnull=False) | Q(Exists(always), valid_from=None)
    return _work(viewer, on).filter(running, begun)


def _gaps(viewer: Actor, on: date) -> DatedQuerySet:
    """Work that ended lately and goes on later, with days between."""
    later = _same_job().filter(valid_from__gt=OuterRef("valid_until"))
    follows = _same_job().filter(
        Q(valid_from=None) | Q(valid_from__lte=OuterRef("valid_until")),
        Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until")),
    )
    lately = Q(valid_until__gt=on - timedelta(days=GAP_SEEN_DAYS))
    return _work(viewer, on).filter(lately, Exists(later), ~Exists(follows))


def _work_says(code: str) -> Callable[[Any, date], Reason]:
    def says(row: Any, _on: date) -> Reason:
        return Reason.of(
            code,
            person_name=row.person.name or row.person.code,
            company_name=row.company.name,
            unit=None if row.unit is None else row.unit.name,
            since=row.valid_from,
            until=row.valid_until,
        )

    return says


def _move(row: Any, on: date) -> Mend:
    return Mend("work", "move", row.code, {"valid_from": on.isoformat()})


def _end_work(row: Any, _on: date) -> Mend:
    return Mend("work", "end", row.code)


# --- who leads --------------------------------------------------------------------------------------------------------


def _no_head(viewer: Actor, on: date) -> DatedQuerySet:
    """Open units for which nobody is named head, in companies that name heads at all: others have not begun to."""
    kept = policy.placements_kept_by(viewer, keys=queries.keys(), on=on)
    placed, led = DatedQuerySet(UnitPlacement).current().on(on), DatedQuerySet(HeadOfPlace).current().on(on)
    companies = placed.filter(unit__in=led.values("place")).values("company")
    naming = Q(company__in=companies) | Q(company__in=led.values("place"))
    return placed.filter(kept, naming, ~Exists(led.filter(place=OuterRef("unit")))).select_related("unit", "company")


def _gone(table: type[DatedFact]) -> Callable[[Actor, date], DatedQuerySet]:
    """Who is named for a post today and works nowhere."""

    def rows(viewer: Actor, on: date) -> DatedQuerySet:
        keys = queries.keys()
        kept = policy.placements_kept_by(viewer, keys=keys, on=on)
        units = UnitPlacement.objects.current().on(on).filter(kept).values("unit")
        places = Q(place__in=_companies(viewer, on).values("pk")) | Q(place__in=units)
        works = WorkRelationship.objects.current().on(on).filter(person=OuterRef("person"))
        named = DatedQuerySet(table).current().on(on)
        shown = policy.but_hidden(viewer, "person_id", keys=keys)
        return named.filter(shown, places, ~Exists(works)).select_related("place", "person")

    return rows


def _gone_says(code: str) -> Callable[[Any, date], Reason]:
    def says(row: Any, _on: date) -> Reason:
        return Reason.of(code, person_name=row.person.name or row.person.code, place_name=row.place.name)

    return says


def _thing(place: Party) -> str:
    return "companies" if place.kind == PartyKind.COMPANY.value else "units"


# --- companies --------------------------------------------------------------------------------------------------------


def _companies(viewer: Actor, on: date) -> "QuerySet[Any]":
    kept = policy.companies_kept_by(viewer, keys=queries.keys(), on=on)
    return Party.objects.filter(kept, kind=PartyKind.COMPANY.value)


def _no_country(viewer: Actor, on: date) -> "QuerySet[Any]":
    said = Registration.objects.current().on(on).filter(company=OuterRef("pk")).exclude(country="")
    return _companies(viewer, on).filter(~Exists(said))


def _no_calendar(viewer: Actor, on: date) -> "QuerySet[Any]":
    week = WorkingWeek.objects.current().on(on).filter(party=OuterRef("pk"))
    return _companies(viewer, on).filter(~Exists(week))


def _company_says(code: str) -> Callable[[Any, date], Reason]:
    return lambda row, _on: Reason.of(code, company_name=row.name)


# --- ownership --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Owned:
    """What the holdings of a day say: the votes and the capital known of each company, the companies in a circle, and those
    of circles that nobody else owns.
    """

    votes: Mapping[str, Fraction]
    capital: Mapping[str, Fraction]
    circle: frozenset[str]
    own: frozenset[str]


@dataclass(slots=True)
class _Days:
    """The same for the day last asked, while a version of the parties stands."""

    by_day: dict[date, _Owned] = field(default_factory=dict)


_kept: Kept[_Days] = Kept(queries.VERSION, lambda _: _Days())


def _owned(on: date) -> _Owned:
    kept = _kept.value()
    found = kept.by_day.get(on)
    if found is None:
        found = _walked(on)
        kept.by_day = {on: found}
    return found


def _walked(on: date) -> _Owned:
    votes: dict[str, Fraction] = defaultdict(Fraction)
    capital: dict[str, Fraction] = defaultdict(Fraction)
    shares: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for holding in queries.world().holdings:
        if on in holding.period:
            votes[holding.owned] += holding.votes
            capital[holding.owned] += holding.votes if holding.capital is None else holding.capital
            shares[holding.owner][holding.owned] += holding.votes
    circle = frozenset(chain.from_iterable(circles(shares)))
    return _Owned(dict(votes), dict(capital), circle, frozenset(chain.from_iterable(closed_loops(shares))))


def _among(codes: Callable[[_Owned], Iterable[str]]) -> Callable[[Actor, date], "QuerySet[Any]"]:
    def rows(viewer: Actor, on: date) -> "QuerySet[Any]":
        keys = queries.keys()
        return _companies(viewer, on).filter(pk__in=sorted(keys[code] for code in codes(_owned(on))))

    return rows


def _over_says(row: Any, on: date) -> Reason:
    owned = _owned(on)
    most = max(owned.votes[row.code], owned.capital[row.code])
    return Reason.of("finding_over_whole", company_name=row.name, percent=Rate(most))


def _rest_says(row: Any, on: date) -> Reason:
    return Reason.of("finding_holders_not_known", company_name=row.name, percent=Rate(1 - _owned(on).votes[row.code]))


def _differ(viewer: Actor, on: date) -> "QuerySet[Any]":
    """Companies of which sources say different things on the day."""
    codes = {each.company for each in queries.differences() if on in each.period}
    return _companies(viewer, on).filter(code__in=sorted(codes))


def _twice(viewer: Actor, on: date) -> DatedQuerySet:
    """A share told twice for the day by one source: of two facts, the one kept later. Several sources may tell one share;
    where one says otherwise, the sources differ.
    """
    kept = policy.holdings_kept_by(viewer, keys=queries.keys(), on=on)
    known = DatedQuerySet(Holding).current().on(on)
    other = known.filter(
        owner=OuterRef("owner"), owned=OuterRef("owned"), register=OuterRef("register"), pk__lt=OuterRef("pk")
    )
    return known.filter(kept, Exists(other)).select_related("owner", "owned")


def _end_twice(row: Any, _on: date) -> Mend:
    """Ending it; what an outside source says nobody here ends, so that its list is where one looks."""
    return Mend("holdings", given={"owned": row.owned.code}) if row.register else Mend("holdings", "end", row.code)


def _twice_says(row: Any, _on: date) -> Reason:
    owner = row.owner.name or row.owner.code
    return Reason.of("finding_share_twice", owner_name=owner, owned_name=row.owned.name, source=row.source or None)


offer(
    Check(
        "over_whole",
        _among(lambda owned: (code for code in owned.votes if max(owned.votes[code], owned.capital[code]) > 1)),
        _over_says,
        lambda row, _on: Mend("holdings", given={"owned": row.code}),
    ),
    Check(
        "sources_differ",
        _differ,
        _company_says("finding_sources_differ"),
        lambda row, _on: Mend("differences", given={"text": row.code}),
    ),
    Check("share_twice", _twice, _twice_says, _end_twice),
    Check(
        "owns_itself",
        _among(lambda owned: owned.own),
        _company_says("finding_owns_itself"),
        lambda row, _on: Mend("holdings", given={"owned": row.code}),
    ),
    Check(
        "in_circle",
        _among(lambda owned: owned.circle - owned.own),
        _company_says("finding_in_circle"),
        lambda row, _on: Mend("holdings", given={"owned": row.code}),
    ),
    Check(
        "holders_not_known",
        _among(lambda owned: (code for code, votes in owned.votes.items() if votes < 1)),
        _rest_says,
        lambda row, _on: Mend("holdings", "record", "", {"owned": row.code}),
    ),
    Check(
        "no_country",
        _no_country,
        _company_says("finding_no_country"),
        lambda row, on: Mend("companies", "change", row.code, {"valid_from": on.isoformat()}),
    ),
    Check(
        "no_calendar",
        _no_calendar,
        _company_says("finding_no_calendar"),
        lambda row, _on: Mend("calendars", "set", row.code),
    ),
    Check("no_unit", _no_unit, _work_says("finding_no_unit"), _move),
    Check("unit_closed", _unit_closed, _work_says("finding_unit_closed"), _move),
    Check("work_overlaps", _overlaps, _work_says("finding_work_overlaps"), _end_work),
    Check("work_gap", _gaps, _work_says("finding_work_gap"), _end_work),
    Check(
        "no_head",
        _no_head,
        lambda row, _on: Reason.of("finding_no_head", unit=row.unit.name, company_name=row.company.name),
        lambda row, on: Mend("units", "name-head", row.unit.code, {"valid_from": on.isoformat()}),
    ),
    Check(
        "head_left",
        _gone(HeadOfPlace),
        _gone_says("finding_head_left"),
        lambda row, on: Mend(_thing(row.place), "name-head", row.place.code, {"valid_from": on.isoformat()}),
    ),
    Check(
        "deputy_left",
        _gone(DeputyOfPlace),
        _gone_says("finding_deputy_left"),
        lambda row, _on: Mend(_thing(row.place), "end-deputy", row.place.code, {"person": row.person.code}),
    ),
)
