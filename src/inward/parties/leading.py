"""Who leads a unit or company, stands in, is away, and up to how much may be approved: read for rooms and for viewers.

``graph`` answers for rooms, which decide with it; the functions of ``parties.graph`` take it and ask no database. What is read
is kept in memory while the version "leading" stands; hours, work and names change no leader, and leaders change no world. What
people look up takes a viewer. Reads only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q

from inward.core.terms import Money, Period
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import Answer, NotThere
from inward.kit.records import DatedFact, DatedQuerySet
from inward.parties import graph as facts
from inward.parties import policy, queries, veil
from inward.parties.graph import Acting, Deputy, Graph, Head, Limit, Vacancy
from inward.parties.models import Absence, DeputyOfPlace, HeadOfPlace, SpendingLimit
from inward.parties.papers import Evidence, told
from inward.parties.queries import Named
from inward.parties.vocabulary import PartyKind, Post, Power

VERSION = "leading"
VERSIONS_MAX = 200
LIMITS = ListSpec({"place": "place__name"}, {"place": "place__code", "post": "post"}, default="place")
_Fact = TypeVar("_Fact")


@dataclass(frozen=True, slots=True)
class _Facts:
    heads: Mapping[str, tuple[Head, ...]]
    deputies: Mapping[str, tuple[Deputy, ...]]
    limits: Mapping[tuple[str, Post], tuple[Limit, ...]]
    away: Mapping[str, tuple[Period, ...]]


@dataclass(frozen=True, slots=True)
class ActingView:
    """Who leads in fact, by which post of which place."""

    person: Named
    place: Named
    post: Post


@dataclass(frozen=True, slots=True)
class DeputyView:
    """Who stands in, for what, on which days."""

    person: Named
    powers: tuple[Power, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class LimitRecord:
    """Up to how much whoever holds a post of a place may approve; ``place`` is where it was set."""

    place: Named
    post: Post
    amount: Money
    period: Period
    source: str = ""

    @property
    def key(self) -> str:
        """What addresses call it."""
        return f"{self.place.code}~{self.post.value}"


@dataclass(frozen=True, slots=True)
class SpendingVersion:
    """One version of a limit: what it said, since and until when it was believed."""

    record: LimitRecord
    known_from: datetime
    known_until: datetime | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who leads a place on a day: its head (None: vacant, since a day if known), who acts, and who stands in now or later."""

    place: Named
    kind: PartyKind
    head: Named | None
    period: Period | None
    named: Named | None
    """Whoever is named head, also where she does not work on the day."""
    vacant: bool
    vacant_since: date | None
    acting: ActingView | None
    deputies: tuple[DeputyView, ...]
    may_change: Answer


@dataclass(frozen=True, slots=True)
class PostVersion:
    """One version of who heads a place or stands in: since and until when it was believed, on whose word."""

    person: Named
    post: Post
    period: Period
    known_from: datetime
    known_until: datetime | None
    source: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class ManagedView:
    """Who manages somebody at one place where she works, and who acts on the day."""

    place: Named
    manager: Named | None
    acting: ActingView | None


def graph(*, known_at: datetime | None = None) -> Graph:
    """The world with who leads in it, as it is known now, or was at an instant; all days in it."""
    found = _known.value() if known_at is None else _read(known_at)
    return Graph(queries.world(known_at=known_at), found.heads, found.deputies, found.limits, found.away)


def is_led(place: str, *, on: date, post: Post) -> bool:
    """Whether anybody is named head (or deputy) of the place for that day or a later one, at work or not."""
    here = _known.value()
    named: Iterable[Head | Deputy] = (here.heads if post is Post.HEAD else here.deputies).get(place, ())
    return any(each.period.until is None or each.period.until > on for each in named)


def head_names(places: Iterable[str], *, on: date) -> dict[str, str]:
    """What the heads of these places are called, by place; nothing for one that is vacant on that day."""
    here = graph()
    heads = {place: facts.head_of(here, place, on) for place in places}
    return {place: queries.name_of(head) for place, head in heads.items() if head is not None}


# --- for viewers -------------------------------------------------------------------------------------------------------


def leaders(*, viewer: Actor, at: datetime, on: date, place: str) -> Leaders:
    """Who leads a unit or company on a day. NotThere out of bounds, and for a unit that is not open then."""
    here = graph()
    path = facts.path(here, place, on)
    if not path or not policy.may_see_company(viewer, company=path[-1], on=at.date()):
        raise NotThere
    head = facts.head_of(here, place, on)
    named = next((each for each in here.heads.get(place, ()) if on in each.period), None)
    return Leaders(
        place=_named(place),
        kind=PartyKind.COMPANY if place in here.world.company else PartyKind.UNIT,
        head=None if head is None else _named(head),
        period=None if named is None else named.period,
        named=None if named is None else _named(named.person),
        vacant=head is None,
        vacant_since=None if head is not None else facts.vacant_since(here, place, on),
        acting=_acting(facts.acting_head(here, place, on)),
        deputies=tuple(_stands_in(here.deputies.get(place, ()), on)),
        may_change=policy.may_administer(viewer, companies=[path[-1]], on=at.date()),
    )


def managers(
    *, viewer: Actor, at: datetime, on: date, person: str, power: Power | None = None
) -> tuple[ManagedView, ...]:
    """Who manages a person on a day, at each place where she works and the viewer sees. NotThere out of bounds."""
    here = graph()
    if person not in here.world.person:
        raise NotThere
    if not policy.may_see_person(viewer, person=person, employers=queries.employers(person), on=at.date()):
        raise NotThere
    return tuple(
        ManagedView(_named(each.place), _maybe(each.manager), _acting(each.acting))
        for each in facts.managers_of(here, person, on, power=power)
        if person == viewer.person
        or policy.may_see_company(viewer, company=facts.path(here, each.place, on)[-1], on=at.date())
    )


def headed_by(*, viewer: Actor, at: datetime, on: date, person: str) -> tuple[Named, ...]:
    """What a person heads on a day, of the places whose directory the viewer sees."""
    here = graph()
    if person in viewer.hidden:
        return ()
    led = sorted(place for place in here.heads if facts.head_of(here, place, on) == person)
    paths = ((place, facts.path(here, place, on)) for place in led)
    return tuple(
        _named(place)
        for place, path in paths
        if path and policy.may_see_company(viewer, company=path[-1], on=at.date())
    )


def post_versions(*, viewer: Actor, at: datetime, place: str) -> tuple[PostVersion, ...]:
    """Everything that was ever known of who heads a place and who stands in, the latest knowledge first.

    For those who look after its records; nothing for others.
    """
    here = queries.world()
    placed = here.unit.get(place, ())
    company = placed[-1].company if placed else place
    if not policy.may_administer(viewer, companies=[company], on=at.date()):
        return ()
    found: list[PostVersion] = []
    tables: tuple[tuple[Post, type[HeadOfPlace | DeputyOfPlace]], ...] = (
        (Post.HEAD, HeadOfPlace),
        (Post.DEPUTY, DeputyOfPlace),
    )
    for post, table in tables:
        rows = table._default_manager.filter(place__code=place).select_related("person", "evidence")
        for row in rows.order_by("-known_from", "-valid_from", "-pk")[:VERSIONS_MAX]:
            person = queries.named(row.person)
            paper = None if person.code == veil.CODE else told(row.evidence)
            found.append(PostVersion(person, post, row.period, row.known_from, row.known_until, row.source, paper))
    return tuple(found)


def absences(*, viewer: Actor, at: datetime, on: date, person: str) -> tuple[Period, ...]:
    """When she is away, from that day on. For herself and for those who note it; NotThere for others, and for nobody."""
    if person not in queries.world().person or not policy.may_note_absence(
        viewer, person=person, employers=queries.employers(person), on=at.date()
    ):
        raise NotThere
    rows = Absence.objects.current().filter(person__code=person)
    coming = rows.filter(Q(valid_until=None) | Q(valid_until__gt=on)).order_by("valid_from")
    return tuple(row.period for row in coming)


def away(people: Iterable[str], *, on: date) -> frozenset[str]:
    """Who of these people is noted as away on a day, whether or not she leads anything. One query."""
    rows = Absence.objects.current().on(on).filter(person__code__in=sorted(people))
    return frozenset(rows.values_list("person__code", flat=True))


def limit(*, viewer: Actor, at: datetime, on: date, person: str, place: str) -> LimitRecord | None:
    """Up to how much a person may approve for a place on a day, by which limit; None: nothing. NotThere out of bounds."""
    here = graph()
    path = facts.path(here, place, on)
    if not path or person not in here.world.person:
        raise NotThere
    if not policy.may_see_spending(viewer, person=person, company=path[-1], on=at.date()):
        raise NotThere
    found = facts.limit_of(here, person, place, on)
    return None if found is None else LimitRecord(_named(found.place), found.post, found.amount, found.period)


def limits(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[LimitRecord]:
    """The limits of a day at places whose limits the viewer sets. ``text`` looks in names and codes."""
    text = params.get("text", "").replace("\0", "").strip()
    rows = SpendingLimit.objects.current().on(on).filter(_set_by(viewer, at))
    if text:
        rows = rows.filter(Q(place__name__icontains=text) | Q(place__code__icontains=text))
    return page(rows.select_related("place"), LIMITS, params).map(_limit)


def limit_versions(*, viewer: Actor, at: datetime, place: str, post: Post) -> tuple[SpendingVersion, ...]:
    """Everything that was ever known of one post's limit, the latest knowledge first. NotThere out of bounds."""
    rows = SpendingLimit.objects.filter(_set_by(viewer, at), place__code=place, post=post.value)
    found = tuple(
        SpendingVersion(_limit(row), row.known_from, row.known_until, told(row.evidence))
        for row in rows.select_related("place", "evidence").order_by("-known_from", "-valid_from", "-pk")
    )
    if not found:
        raise NotThere
    return found


def vacancies(*, viewer: Actor, at: datetime, on: date) -> tuple[Vacancy, ...]:
    """The units of companies whose directory the viewer sees that have no head on a day; one pass over what is kept."""
    here = graph()
    seen: dict[str, bool] = {}
    found = []
    for each in facts.vacancies(here, on):
        company = facts.path(here, each.place, on)[-1]
        if company not in seen:
            seen[company] = bool(policy.may_see_company(viewer, company=company, on=at.date()))
        if seen[company]:
            found.append(each)
    return tuple(found)


# --- inside ------------------------------------------------------------------------------------------------------------


def _read(known_at: datetime | None = None) -> _Facts:
    """All of it in four queries; absences only of those who head a place or stand in somewhere."""
    heads, deputies = _believed(HeadOfPlace, known_at), _believed(DeputyOfPlace, known_at)
    limits, away = _believed(SpendingLimit, known_at), _believed(Absence, known_at)
    asked = Q(person__in=heads.values("person")) | Q(person__in=deputies.values("person"))
    days = ("valid_from", "valid_until")
    return _Facts(
        _grouped(
            (place, Head(place, person, Period(start, until)))
            for place, person, start, until in heads.values_list("place__code", "person__code", *days)
        ),
        _grouped(
            (place, Deputy(place, person, frozenset(map(Power, powers)), Period(start, until)))
            for place, person, powers, start, until in deputies.values_list(
                "place__code", "person__code", "powers", *days
            )
        ),
        _grouped(
            ((row.place.code, Post(row.post)), Limit(row.place.code, Post(row.post), row.amount, row.period))
            for row in limits.select_related("place")
        ),
        _grouped(
            (person, Period(start, until))
            for person, start, until in away.filter(asked).values_list("person__code", *days)
        ),
    )


def _believed(table: type[DatedFact], known_at: datetime | None) -> DatedQuerySet:
    rows = DatedQuerySet(table)
    return (rows.current() if known_at is None else rows.known_at(known_at)).order_by("pk")


_Key = TypeVar("_Key", str, tuple[str, Post])


def _grouped(pairs: Iterable[tuple[_Key, _Fact]]) -> dict[_Key, tuple[_Fact, ...]]:
    found: dict[_Key, list[_Fact]] = defaultdict(list)
    for key, fact in pairs:
        found[key].append(fact)
    return {key: tuple(listed) for key, listed in found.items()}


_known: Kept[_Facts] = Kept(VERSION, lambda _version: _read())


def _set_by(viewer: Actor, at: datetime) -> Q:
    over = policy.spending_set_by(viewer, on=at.date())
    return Q(place__isnull=False) if over is None else Q(place__code__in=sorted(over))


def _limit(row: SpendingLimit) -> LimitRecord:
    return LimitRecord(Named(row.place.code, row.place.name), Post(row.post), row.amount, row.period, row.source)


def _stands_in(deputies: Iterable[Deputy], on: date) -> Iterable[DeputyView]:
    """Who stands in on that day or later, the earliest first; nobody who is hidden from the reader."""
    for each in sorted(deputies, key=lambda deputy: (deputy.period.start or date.min, deputy.person)):
        if each.person not in veil.closed() and (each.period.until is None or each.period.until > on):
            powers = tuple(power for power in Power if power in each.powers)
            yield DeputyView(_named(each.person), powers, each.period)


def _acting(found: Acting | None) -> ActingView | None:
    return None if found is None else ActingView(_named(found.person), _named(found.place), found.post)


def _maybe(code: str | None) -> Named | None:
    return None if code is None else _named(code)


def _named(code: str) -> Named:
    return Named(veil.code(code), queries.name_of(code) or code)
