"""Definitions of inside: those that ship, those of one's own with their versions, and which serves which purpose when.

Where nothing was chosen, strict majority of votes serves. Prices are judged through ``World.usual``, books through ``World.for_books``, which ``queries`` fills
from here, tax through ``World.for_tax``; whoever serves another purpose asks ``definition``. Tax alone is decided by nothing
where nothing was chosen: it is then charged on every sale.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inward.core.classification import DEFINITIONS, STRICT_MAJORITY, Definition, definition_from
from inward.core.terms import Period
from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, held
from inward.kit.policy import NotThere, require
from inward.kit.records import DatedFact, DatedQuerySet, in_order
from inward.parties import policy
from inward.parties.models import DefinitionChoice, InsideDefinition
from inward.parties.papers import Evidence, told
from inward.parties.vocabulary import Purpose

VERSION = "parties"
LIST = ListSpec({"place": "place", "code": "code"}, {"text": "text"}, default="place")
Spans = tuple[tuple[Period, Definition], ...]
"""Definitions by the days on which they hold, in order, no two on one day."""


@dataclass(frozen=True, slots=True)
class Known:
    """One's own definitions by code, and what serves each purpose; days that are in neither have strict majority."""

    own: Mapping[str, Spans]
    names: Mapping[str, str]
    chosen: Mapping[Purpose, Spans]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of one's own definition as it was known: its days, what it is called and says, since and until when, why."""

    period: Period
    name: str
    definition: Definition
    known_from: datetime
    known_until: datetime | None
    source: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class DefinitionRecord:
    """A definition on a day: ``name`` is empty for one that ships, ``purposes`` are those that it serves on that day."""

    code: str
    name: str
    definition: Definition
    own: bool
    purposes: tuple[Purpose, ...]

    @property
    def place(self) -> str:
        """Where it stands in a list that shows first what ships."""
        return f"{self.own:d} {self.code}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What serves a purpose for some days."""

    purpose: Purpose
    code: str
    period: Period
    known_from: datetime
    known_until: datetime | None
    source: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class DefinitionSheet:
    """A definition with its versions and everything it was ever chosen for, the latest knowledge first."""

    record: DefinitionRecord
    versions: tuple[Version, ...]
    choices: tuple[Choice, ...]
    audited: tuple[str, ...]


def read(known_at: datetime | None = None) -> Known:
    """What is known now, or was at an instant. Two queries."""
    own, names = _own(known_at)
    chosen: dict[Purpose, list[tuple[Period, Definition]]] = {purpose: [] for purpose in Purpose}
    for choice in in_order(_believed(DefinitionChoice, known_at)):
        spans = own.get(choice.definition, ())
        if choice.definition in DEFINITIONS:
            spans = ((Period(), DEFINITIONS[choice.definition]),)
        for period, definition in spans:
            both = period.intersection(choice.period)
            if both is not None:
                chosen[Purpose(choice.purpose)].append((both, definition))
    return Known(own, names, {purpose: tuple(spans) for purpose, spans in chosen.items()})


def known() -> Known:
    """What is known now; the same value until somebody changes something."""
    return _known.value()


def definition(purpose: Purpose, *, on: date) -> Definition:
    """The definition that serves a purpose on that day."""
    return serving(purpose, on=on)[0]


def serving(purpose: Purpose, *, on: date) -> tuple[Definition, Period | None]:
    """The definition that serves a purpose on that day, and the days of that choice; None where nobody chose any."""
    return next(((each, period) for period, each in known().chosen[purpose] if on in period), (STRICT_MAJORITY, None))


def deciding(purpose: Purpose, *, on: date) -> Definition | None:
    """The definition by which a purpose is decided on that day; None for tax where nobody chose one: no two are one tax group."""
    rule, days = serving(purpose, on=on)
    return None if purpose is Purpose.TAX and days is None else rule


def served_last(code: str) -> tuple[Purpose, ...]:
    """The purposes that this definition serves after every other that was chosen for them."""
    last = {purpose: spans[-1][1].id for purpose, spans in known().chosen.items() if spans}
    return tuple(purpose for purpose, definition in last.items() if definition == code)


def found(code: str, *, on: date) -> Definition:
    """The definition of that code as it stands on that day, one that ships or one's own. NotThere for none."""
    if code in DEFINITIONS:
        return DEFINITIONS[code]
    for period, each in known().own.get(code, ()):
        if on in period:
            return each
    raise NotThere


def codes(*, on: date) -> tuple[str, ...]:
    """The codes of all definitions there are on that day: those that ship, the usual one first, then one's own."""
    own = (code for code, spans in known().own.items() if any(on in period for period, _ in spans))
    return (*DEFINITIONS, *sorted(own))


def listed(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[DefinitionRecord]:
    """All definitions there are on a day, those that ship first. ``text`` looks in codes and names. Refused."""
    require(policy.may_define_inside(viewer, on=at.date()))
    text = params.get("text", "").strip().casefold()
    rows = [_record(code, on) for code in codes(on=on)]
    return held((row for row in rows if text in row.code.casefold() or text in row.name.casefold()), LIST, params)


def sheet(*, viewer: Actor, at: datetime, on: date, code: str) -> DefinitionSheet:
    """A definition with its history. Refused; NotThere for none; one that begins later is shown as it will be."""
    require(policy.may_define_inside(viewer, on=at.date()))
    order = ("-known_from", "-valid_from", "-pk")
    versions = InsideDefinition.objects.filter(code=code).select_related("evidence").order_by(*order)
    if code not in DEFINITIONS and not versions:
        raise NotThere
    choices = DefinitionChoice.objects.filter(definition=code).select_related("evidence").order_by(*order)
    return DefinitionSheet(_record(code, on), tuple(map(_version, versions)), tuple(map(_choice, choices)), (code,))


def _record(code: str, on: date) -> DefinitionRecord:
    here = known()
    try:
        stands = found(code, on=on)
    except NotThere:
        stands = here.own[code][0][1]
    decided = ((purpose, deciding(purpose, on=on)) for purpose in Purpose)
    purposes = tuple(purpose for purpose, rule in decided if rule is not None and rule.id == code)
    return DefinitionRecord(code, here.names.get(code, ""), stands, code not in DEFINITIONS, purposes)


def _version(row: InsideDefinition) -> Version:
    body = definition_from({**row.body, "id": row.code})
    return Version(row.period, row.name, body, row.known_from, row.known_until, row.source, told(row.evidence))


def _choice(row: DefinitionChoice) -> Choice:
    purpose = Purpose(row.purpose)
    period, known = row.period, (row.known_from, row.known_until)
    return Choice(purpose, row.definition, period, *known, row.source, told(row.evidence))


def _own(known_at: datetime | None) -> tuple[dict[str, Spans], dict[str, str]]:
    """One's own definitions by code, and what they are called in their latest version."""
    spans: dict[str, list[tuple[Period, Definition]]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in in_order(_believed(InsideDefinition, known_at)):
        spans[row.code].append((row.period, definition_from({**row.body, "id": row.code})))
        names[row.code] = row.name
    return {code: tuple(each) for code, each in spans.items()}, names


def _believed(table: type[DatedFact], known_at: datetime | None) -> DatedQuerySet:
    facts = DatedQuerySet(table)
    return facts.current() if known_at is None else facts.known_at(known_at)


_known: Kept[Known] = Kept(VERSION, lambda _number: read())
