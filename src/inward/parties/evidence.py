"""Papers that show a fact: files kept with shares, powers, names, registers, departments, work, who leads, limits, calendars, inside
rules and mergers. Reads only; for a viewer at an instant.

A paper is seen by whoever may see what it shows: papers of ownership by those who keep records or books of a company at one
of its ends, those of names, registers, departments, work, heads, deputies and calendars by the data administrators of the company, those of
signing limits by whoever sets them, those of inside rules by
whoever decides on them, those of mergers by the data administrators of a company they touched. What shows nothing is seen by nobody; it can be used by whoever brought it. ``operations.open_evidence`` gives the
content and notes who had it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from inward.core.terms import Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.models import File
from inward.kit.policy import NotThere
from inward.kit.records import DatedFact
from inward.parties import definitions, policy, queries
from inward.parties.models import (
    ChangeEvent,
    ControlRight,
    DefinitionChoice,
    DeputyOfPlace,
    HeadOfPlace,
    Holding,
    InsideDefinition,
    OwnDay,
    OwnershipFact,
    PartyName,
    Registration,
    ShareClass,
    Shareholding,
    SpendingLimit,
    UnitPlacement,
    WorkingWeek,
    WorkRelationship,
)
from inward.parties.papers import Evidence, as_paper

PAPERS = ListSpec({"brought": "id", "name": "name", "size": "size"}, default="-brought")
SHOWN_MAX = 200
"""So many facts that a paper shows are named."""


class Shows(StrEnum):
    """What a paper can show."""

    HOLDING = "HOLDING"
    SHARE_CLASS = "SHARE_CLASS"
    SHAREHOLDING = "SHAREHOLDING"
    RIGHT = "RIGHT"
    COMPANY = "COMPANY"
    NAME = "NAME"
    UNIT = "UNIT"
    WORK = "WORK"
    HEAD = "HEAD"
    DEPUTY = "DEPUTY"
    LIMIT = "LIMIT"
    WEEK = "WEEK"
    DAY = "DAY"
    DEFINITION = "DEFINITION"
    CHOICE = "CHOICE"
    EVENT = "EVENT"


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact that a paper shows: of which sort, under which code, whether that is what is known now, and what people call it.

    ``name`` is of those at its ends, or of an inside rule of one's own; ``on`` is the day of an event. What is chosen for a
    purpose goes by the purpose, who leads by the place, a limit by place and post (``abc~HEAD``), and ``rule`` is what was chosen.
    """

    sort: Shows
    code: str
    current: bool
    name: str = ""
    on: date | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper with what it shows, as far as the viewer may see that."""

    paper: Evidence
    shows: tuple[Shown, ...]


ENDS: Mapping[type[OwnershipFact], tuple[Shows, tuple[str, ...]]] = {
    Holding: (Shows.HOLDING, ("owner_id", "owned_id")),
    ShareClass: (Shows.SHARE_CLASS, ("company_id",)),
    Shareholding: (Shows.SHAREHOLDING, ("owner_id", "company_id")),
    ControlRight: (Shows.RIGHT, ("target_id", "holder_id")),
}
"""The tables of ownership, what a paper shows there, and the columns of those at the ends of a fact."""
RULES: tuple[type[InsideDefinition] | type[DefinitionChoice], ...] = (InsideDefinition, DefinitionChoice)


@dataclass(frozen=True, slots=True)
class _Table:
    """What a paper shows in a table: its sort, the columns of its code and of what people call it, and who may see it."""

    sort: Shows
    code: str | Combinable
    names: tuple[str, ...]
    seen: Callable[[Actor, date], Q]


def _ownership(*ends: str) -> Callable[[Actor, date], Q]:
    return lambda viewer, on: policy.evidence_visible_to(viewer, *ends, keys=queries.keys(), on=on)


def _kept(about: str) -> Callable[[Actor, date], Q]:
    return lambda viewer, on: policy.facts_kept_by(viewer, about, keys=queries.keys(), on=on)


def _led(viewer: Actor, on: date) -> Q:
    """Who heads or stands in somewhere, of places one looks after; nobody who is hidden from the reader."""
    return _kept("place_id")(viewer, on) & policy.but_hidden(viewer, "person_id", keys=queries.keys())


def _limits(viewer: Actor, on: date) -> Q:
    over = policy.spending_set_by(viewer, on=on)
    return Q(place__isnull=False) if over is None else Q(place__code__in=sorted(over))


def _work(viewer: Actor, on: date) -> Q:
    return policy.work_kept_by(viewer, keys=queries.keys(), on=on)


TABLES: Mapping[type[DatedFact], _Table] = {
    **{
        table: _Table(sort, "code", tuple(end.replace("_id", "__name") for end in ends), _ownership(*ends))
        for table, (sort, ends) in ENDS.items()
    },
    Registration: _Table(Shows.COMPANY, "company__code", ("company__name",), _kept("company_id")),
    PartyName: _Table(Shows.NAME, "party__code", ("name",), _kept("party_id")),
    UnitPlacement: _Table(Shows.UNIT, "unit__code", ("unit__name",), _kept("company_id")),
    WorkRelationship: _Table(Shows.WORK, "code", ("person__name", "company__name"), _work),
    HeadOfPlace: _Table(Shows.HEAD, "place__code", ("person__name", "place__name"), _led),
    DeputyOfPlace: _Table(Shows.DEPUTY, "place__code", ("person__name", "place__name"), _led),
    SpendingLimit: _Table(Shows.LIMIT, Concat("place__code", Value("~"), "post"), ("place__name",), _limits),
    WorkingWeek: _Table(Shows.WEEK, "party__code", ("party__name",), _kept("party_id")),
    OwnDay: _Table(Shows.DAY, "party__code", ("party__name", "name"), _kept("party_id")),
}
"""The facts of parties that papers show."""


def listed(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[Evidence]:
    """The papers the viewer may see, the latest first. ``text`` looks in their names."""
    text = params.get("text", "").replace("\0", "").strip()
    rows = File.objects.filter(_visible(viewer, at), name__icontains=text) if text else _seen_by(viewer, at)
    return page(rows, PAPERS, params).map(as_paper)


def paper(*, viewer: Actor, at: datetime, reference: str) -> PaperRecord:
    """One paper and what it shows. NotThere out of bounds."""
    file = found(viewer=viewer, at=at, reference=reference)
    return PaperRecord(as_paper(file), tuple(_shown(viewer, at, file)))


def found(*, viewer: Actor, at: datetime, reference: str) -> File:
    """The row of a paper that the viewer may see. NotThere out of bounds."""
    file = _seen_by(viewer, at).filter(reference=reference).first()
    if file is None:
        raise NotThere
    return file


def usable(*, viewer: Actor, at: datetime, reference: str) -> int | None:
    """The key of the paper a form names, None for none: one the viewer brought, or may see.

    Refusal for any other, one that was withdrawn, and one that was brought too long ago to be still there.
    """
    if not reference:
        return None
    hers = Q(subject=viewer.subject) if not viewer.nobody else Q(pk__in=())
    rows = File.objects.filter(hers | _visible(viewer, at), reference=reference, withdrawn_at=None)
    key = rows.values_list("pk", flat=True).first()
    if key is None:
        raise Refusal(Reason.of("file_not_brought"), where="evidence")
    return key


def name_of(*, viewer: Actor, at: datetime, reference: str) -> str:
    """What a paper is called that a form names; "" for none, and for one that can no longer be used."""
    try:
        key = usable(viewer=viewer, at=at, reference=reference)
    except Refusal:
        return ""
    return "" if key is None else File.objects.get(pk=key).name


def of_facts(
    *, viewer: Actor, at: datetime, table: type[OwnershipFact], codes: Collection[str]
) -> Mapping[str, Evidence]:
    """The papers of facts of ownership as they are known now, by their codes, as far as the viewer may see them."""
    seen = TABLES[table].seen(viewer, at.date())
    rows = table._default_manager.filter(seen, known_until=None, evidence__isnull=False, code__in=codes)
    return {row.code: as_paper(row.evidence) for row in rows.select_related("evidence") if row.evidence is not None}


def of_ownership(
    *, viewer: Actor, at: datetime, holdings: Collection[str], rights: Collection[str]
) -> dict[str, Evidence]:
    """The papers of shares and powers by the codes of the facts; two queries."""
    shares = of_facts(viewer=viewer, at=at, table=Holding, codes=holdings)
    powers = of_facts(viewer=viewer, at=at, table=ControlRight, codes=rights)
    return {**shares, **powers}


# --- inside ------------------------------------------------------------------------------------------------------------


def _seen_by(viewer: Actor, at: datetime) -> QuerySet[File]:
    return File.objects.filter(_visible(viewer, at))


def _visible(viewer: Actor, at: datetime) -> Q:
    """The files that show something which the viewer may see."""
    on = at.date()
    seen = Q(pk__in=_of_events(viewer, on))
    for table, how in TABLES.items():
        facts = table._default_manager.filter(how.seen(viewer, on), evidence_id=OuterRef("pk"))
        seen |= Q(Exists(facts))
    if policy.may_define_inside(viewer, on=on):
        for rules in RULES:
            seen |= Q(Exists(rules._default_manager.filter(evidence_id=OuterRef("pk"))))
    return seen


def _of_events(viewer: Actor, on: date) -> list[int]:
    rows = ChangeEvent.objects.filter(evidence__isnull=False).values_list("evidence_id", "companies")
    return [file for file, companies in rows if _of_event(viewer, companies, on)]


def _of_event(viewer: Actor, companies: Collection[str], on: date) -> bool:
    return any(policy.may_administer(viewer, companies=[company], on=on) for company in companies)


def _shown(viewer: Actor, at: datetime, file: File) -> Iterator[Shown]:
    on = at.date()
    for table, how in TABLES.items():
        facts = table._default_manager.filter(how.seen(viewer, on), evidence=file)
        told = facts.order_by("-known_from", "pk").values_list(how.code, "known_until", *how.names)
        for code, until, *ends in told[:SHOWN_MAX]:
            yield Shown(how.sort, code, until is None, " – ".join(filter(None, ends)) or code)
    if policy.may_define_inside(viewer, on=on):
        for rule in InsideDefinition.objects.filter(evidence=file).order_by("-known_from", "pk")[:SHOWN_MAX]:
            yield Shown(Shows.DEFINITION, rule.code, rule.known_until is None, rule.name)
        for choice in DefinitionChoice.objects.filter(evidence=file).order_by("-known_from", "pk")[:SHOWN_MAX]:
            name = definitions.known().names.get(choice.definition, "")
            yield Shown(Shows.CHOICE, choice.purpose, choice.known_until is None, name, rule=choice.definition)
    for event in ChangeEvent.objects.filter(evidence=file).order_by("-pk")[:SHOWN_MAX]:
        if _of_event(viewer, event.companies, on):
            yield Shown(Shows.EVENT, str(event.pk), event.undone_at is None, on=event.day)
