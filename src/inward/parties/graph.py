"""Who leads whom on a day: heads, vacancies, deputies, managers, acting managers, limits. Pure questions over dated facts.

A *place* is a unit or a company. The rules stand in docs/explanation/algorithms/leading.md. Nothing is read or written here;
``leading`` reads the facts and asks for viewers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from inward.core.classification import Unit, World
from inward.core.terms import Money, Period
from inward.core.terms.period import boundaries
from inward.parties.vocabulary import Post, Power


@dataclass(frozen=True, slots=True)
class Head:
    """``person`` was named head of ``place`` for these days."""

    place: str
    person: str
    period: Period


@dataclass(frozen=True, slots=True)
class Deputy:
    """``person`` stands in for whoever heads ``place``, for these powers, on these days."""

    place: str
    person: str
    powers: frozenset[Power]
    period: Period


@dataclass(frozen=True, slots=True)
class Limit:
    """Up to ``amount`` whoever holds the post at ``place`` may approve on these days."""

    place: str
    post: Post
    amount: Money
    period: Period


@dataclass(frozen=True, slots=True)
class Graph:
    """The world with who leads in it, all days: facts by place (limits by place and post), absences by person."""

    world: World
    heads: Mapping[str, tuple[Head, ...]]
    deputies: Mapping[str, tuple[Deputy, ...]]
    limits: Mapping[tuple[str, Post], tuple[Limit, ...]]
    away: Mapping[str, tuple[Period, ...]]


@dataclass(frozen=True, slots=True)
class Acting:
    """Who leads in fact: ``person``, by a post of ``place`` (the place asked about, or the nearest above with anybody)."""

    person: str
    place: str
    post: Post


@dataclass(frozen=True, slots=True)
class Managed:
    """Who manages a person at one place where she works: the manager (None: the post is vacant) and who acts on the day."""

    place: str
    manager: str | None
    acting: Acting | None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A unit without a head, since a day (None: it never had one)."""

    place: str
    since: date | None


def path(graph: Graph, place: str, on: date) -> tuple[str, ...]:
    """The place, what it stands in, and so on up to its company; nothing where it is not open on that day.

    It ends, for the core refuses units that stand in a circle. A unit whose parent is closed stands in its company.
    """
    if place in graph.world.company:
        return (place,)
    found: list[str] = []
    unit, company = _open(graph, place, on), ""
    while unit is not None:
        found.append(unit.id)
        company = unit.company
        unit = None if unit.parent is None else _open(graph, unit.parent, on)
    return (*found, company) if company else ()


def at_work(graph: Graph, person: str, on: date) -> bool:
    """Whether she works for anybody on that day; away or not."""
    return any(on in work.period for work in graph.world.work.get(person, ()))


def is_away(graph: Graph, person: str, on: date) -> bool:
    """Whether she is noted as away on that day. Only of those who head a place or stand in somewhere is it known here."""
    return any(on in period for period in graph.away.get(person, ()))


def head_of(graph: Graph, place: str, on: date) -> str | None:
    """Whoever was named head and works on that day, away or not; None: the post is vacant."""
    named = (head.person for head in graph.heads.get(place, ()) if on in head.period)
    return next((person for person in named if at_work(graph, person, on)), None)


def deputies_of(graph: Graph, place: str, on: date, power: Power | None = None) -> tuple[Deputy, ...]:
    """Who may stand in on that day (for that power), works and is not away: named earliest first, then by code."""
    fit = [
        deputy
        for deputy in graph.deputies.get(place, ())
        if on in deputy.period
        and (power is None or power in deputy.powers)
        and at_work(graph, deputy.person, on)
        and not is_away(graph, deputy.person, on)
    ]
    return tuple(sorted(fit, key=lambda deputy: (deputy.period.start or date.min, deputy.person)))


def is_vacant(graph: Graph, place: str, on: date) -> bool:
    """Whether the place is open on that day and nobody heads it."""
    return bool(path(graph, place, on)) and head_of(graph, place, on) is None


def vacant_since(graph: Graph, place: str, on: date) -> date | None:
    """The first day of the vacancy that there is on that day; None where no day before had a head or was closed."""
    since: date | None = None
    days = [day for day in _turns(graph, place) if day <= on]
    for day in reversed(days):
        if not is_vacant(graph, place, day):
            return since
        since = day
    before = None if since is None else since - timedelta(days=1)
    return None if before is None or is_vacant(graph, place, before) else since


def vacancies(graph: Graph, on: date) -> tuple[Vacancy, ...]:
    """Every unit that is open on that day and has no head, by code."""
    open_units = sorted({unit.id for unit in graph.world.units if on in unit.period})
    return tuple(
        Vacancy(place, vacant_since(graph, place, on)) for place in open_units if head_of(graph, place, on) is None
    )


def acting_head(
    graph: Graph, place: str, on: date, *, power: Power | None = None, asker: str | None = None
) -> Acting | None:
    """Who leads the place in fact: its head; where she is away or the post vacant, a deputy with that power; else up.

    Never the ``asker``, nor anybody whom she leads: for her the walk begins above the highest place that she heads. None
    where nobody is left up to the company.
    """
    for each in _above(graph, place, on, asker):
        head = head_of(graph, each, on)
        if head is not None and not is_away(graph, head, on):
            return Acting(head, each, Post.HEAD)
        for deputy in deputies_of(graph, each, on, power):
            if deputy.person != asker:
                return Acting(deputy.person, each, Post.DEPUTY)
    return None


def places_of(graph: Graph, person: str, on: date) -> tuple[str, ...]:
    """Where she works on that day: the unit of each work relationship, or its company where there is none open."""
    found: list[str] = []
    for work in graph.world.work.get(person, ()):
        if on in work.period:
            unit = None if work.unit is None else _open(graph, work.unit, on)
            found.append(work.company if unit is None else unit.id)
    return tuple(dict.fromkeys(found))


def managers_of(graph: Graph, person: str, on: date, *, power: Power | None = None) -> tuple[Managed, ...]:
    """Who manages her on that day, at each place where she works; nothing where she works for nobody.

    Her manager is who heads the place, or the nearest above that she does not head herself; whoever heads a company has none.
    """
    return tuple(_managed(graph, person, place, on, power) for place in places_of(graph, person, on))


def limit_of(graph: Graph, person: str, place: str, on: date) -> Limit | None:
    """Up to how much she may approve for the place on that day: by the strongest post she holds there or above.

    Strongest first (head, deputy with the power to spend, works there), nearest first, the limit of that post is looked for
    where she holds it and then upward; a post without a limit gives none. None: nothing, and never without bounds.
    """
    places = path(graph, place, on)
    for post in Post:
        for number, each in enumerate(places):
            if _holds(graph, person, each, on, post):
                found = _limit(graph, places[number:], on, post)
                if found is not None:
                    return found
    return None


# --- inside ------------------------------------------------------------------------------------------------------------


def _open(graph: Graph, unit: str, on: date) -> Unit | None:
    return next((record for record in graph.world.unit.get(unit, ()) if on in record.period), None)


def _above(graph: Graph, place: str, on: date, asker: str | None) -> tuple[str, ...]:
    """The places whose leaders may be asked: all of the path, or what is above the highest place that the asker heads."""
    places = path(graph, place, on)
    if asker is None:
        return places
    led = [number for number, each in enumerate(places) if head_of(graph, each, on) == asker]
    return places[max(led, default=-1) + 1 :]


def _managed(graph: Graph, person: str, place: str, on: date, power: Power | None) -> Managed:
    above = _above(graph, place, on, person)
    manager = head_of(graph, above[0], on) if above else None
    return Managed(place, manager, acting_head(graph, place, on, power=power, asker=person))


def _holds(graph: Graph, person: str, place: str, on: date, post: Post) -> bool:
    match post:
        case Post.HEAD:
            return head_of(graph, place, on) == person
        case Post.DEPUTY:
            return any(deputy.person == person for deputy in deputies_of(graph, place, on, Power.SPENDING))
    return place in places_of(graph, person, on)


def _limit(graph: Graph, places: tuple[str, ...], on: date, post: Post) -> Limit | None:
    for place in places:
        for limit in graph.limits.get((place, post), ()):
            if on in limit.period:
                return limit
    return None


def _turns(graph: Graph, place: str) -> tuple[date, ...]:
    """The days on which whether the place is open or headed may change, in order."""
    return boundaries(_periods(graph, place))


def _periods(graph: Graph, place: str) -> Iterator[Period]:
    yield from (unit.period for unit in graph.world.unit.get(place, ()))
    for head in graph.heads.get(place, ()):
        yield head.period
        yield from (work.period for work in graph.world.work.get(head.person, ()))
