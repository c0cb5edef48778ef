"""Who is confidential, to whom, and who has opened whom: the marks as kept in memory, and what keepers look up. Reads only.

The marks are few; they are kept while the version "marks" stands, which no other change raises. ``closed_to`` is asked once
for each request, where the actor is resolved; from there on ``Actor.hidden`` says it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from inward.core.terms import Period
from inward.kit.actor import Actor, Grant
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import policy, queries
from inward.parties.models import ConfidentialityMark, Opening
from inward.parties.queries import Named
from inward.parties.register import Sheet, Version, latest, says
from inward.parties.vocabulary import MarkKind, OpeningKind

VERSION = "marks"
MARKS = ListSpec({"person": "person__name", "recorded": "id"}, {"kind": "kind"}, default="person")
OPENINGS = ListSpec({"opened": "opened_at"}, {"kind": "kind"}, default="-opened")
_REMEMBERED_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Closed:
    """What is closed to somebody at an instant, and what of it she has open: codes of people."""

    hidden: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """A person is confidential on these days, for this reason; ``audited`` is what the audit calls it."""

    code: str
    person: Named
    kind: MarkKind
    reason: str
    period: Period
    source: str
    audited: str


@dataclass(frozen=True, slots=True)
class OpeningRecord:
    """Somebody (``subject``) opened a person, why, and until when; ``ended_at`` when she or a keeper ended it early."""

    reference: str
    person: Named
    subject: str
    kind: OpeningKind
    reason: str
    told: bool
    opened_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    audited: str

    def runs(self, at: datetime) -> bool:
        """Whether it lets in at this instant."""
        return self.ended_at is None and self.opened_at <= at < self.ends_at


@dataclass(slots=True)
class _Marks:
    """Every mark as it is known now, by the key of the person, and what was found hidden while they stand."""

    days: Mapping[int, tuple[Period, ...]]
    hidden: dict[tuple[tuple[Grant, ...], str | None, int, date], frozenset[str]] = field(default_factory=dict)


def _read() -> _Marks:
    days: dict[int, tuple[Period, ...]] = {}
    rows = ConfidentialityMark.objects.current().values_list("person_id", "valid_from", "valid_until")
    for person, start, until in rows:
        days[person] = (*days.get(person, ()), Period(start, until))
    return _Marks(days)


_known: Kept[_Marks] = Kept(VERSION, lambda _: _read())
OPEN = Closed()


def closed_to(actor: Actor, *, at: datetime) -> Closed:
    """Who is hidden from this actor at an instant. No query, but for those who may open people: one, for what they opened."""
    known = _known.value()
    if not known.days or actor.is_system:
        return OPEN
    key = (actor.grants, actor.person, queries.world().version, at.date())  # all that the policy reads
    hidden = known.hidden.get(key)
    if hidden is None:
        marked = _employers(_marked(known, at.date()))
        hidden = policy.hidden_from(actor, employers=marked, opened=frozenset(), on=at.date())
        if len(known.hidden) >= _REMEMBERED_MAX:
            known.hidden.clear()
        known.hidden[key] = hidden
    if not hidden or not policy.may_open_some_marked(actor, on=at.date()):
        return Closed(hidden)
    let_in = hidden & _opened(actor, at)
    still = policy.hidden_from(actor, employers=_employers(hidden), opened=let_in, on=at.date()) if let_in else hidden
    return Closed(still, hidden - still)


def is_marked(person: str, *, on: date) -> bool:
    """Whether a person is confidential on that day. For rooms: it asks nobody's leave."""
    return any(on in days for days in _known.value().days.get(queries.keys().get(person, -1), ()))


# --- for keepers -------------------------------------------------------------------------------------------------------


def kept(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[MarkRecord]:
    """The marks of a day that the viewer looks after. ``text`` looks in names and codes."""
    said = says(params, "person__name", "person__code")
    rows = ConfidentialityMark.objects.current().on(on).filter(_kept_by(viewer, at), said)
    return page(rows.select_related("person"), MARKS, params).map(_mark)


def sheet(*, viewer: Actor, at: datetime, code: str) -> Sheet:
    """A mark with all that was ever known of the person's marks. NotThere out of bounds."""
    seen = _kept_by(viewer, at)
    fact = ConfidentialityMark.objects.filter(seen, code=code).order_by("-known_from", "-pk").first()
    if fact is None:
        raise NotThere
    facts = latest(ConfidentialityMark.objects.filter(seen, person=fact.person_id).select_related("person"))
    now = next((each for each in facts if each.code == code and each.known_until is None), fact)
    told = tuple(
        Version(each.period, each.known_from, each.known_until, each.source, {"kind": MarkKind(each.kind)})
        for each in facts
    )
    return Sheet(_mark(now), told, tuple(f"mark {each.pk}" for each in facts))


def mark_of(*, viewer: Actor, at: datetime, person: str) -> MarkRecord | None:
    """The mark that a person bears today, for whoever looks after it; None for none and for others."""
    rows = ConfidentialityMark.objects.current().on(at.date()).filter(_kept_by(viewer, at), person__code=person)
    fact = rows.select_related("person").first()
    return None if fact is None else _mark(fact)


def openings(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[OpeningRecord]:
    """Who opened whom, the latest first: those of people whose marks the viewer looks after, and her own."""
    return page(Opening.objects.filter(_seen_by(viewer, at)).select_related("person"), OPENINGS, params).map(
        opening_record
    )


def opening(*, viewer: Actor, at: datetime, reference: str) -> OpeningRecord:
    """One opening. NotThere out of bounds."""
    found = Opening.objects.filter(_seen_by(viewer, at), reference=reference).select_related("person").first()
    if found is None:
        raise NotThere
    return opening_record(found)


def told_of(key: int) -> OpeningRecord | None:
    """An opening by its key, for the house itself: whom to tell, and of what."""
    found = Opening.objects.filter(pk=key).select_related("person").first()
    return None if found is None else opening_record(found)


def opening_record(found: Opening) -> OpeningRecord:
    """An opening as it is shown."""
    return OpeningRecord(
        reference=found.reference,
        person=queries.named(found.person),
        subject=found.subject,
        kind=OpeningKind(found.kind),
        reason=found.reason,
        told=found.told,
        opened_at=found.opened_at,
        ends_at=found.ends_at,
        ended_at=found.ended_at,
        audited=f"opening {found.pk}",
    )


# --- inside ------------------------------------------------------------------------------------------------------------


def _marked(known: _Marks, on: date) -> list[str]:
    codes = queries.known().codes
    return [codes[key] for key, days in known.days.items() if key in codes and any(on in each for each in days)]


def _employers(people: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {person: queries.employers(person) for person in people}


def _opened(actor: Actor, at: datetime) -> frozenset[str]:
    rows = Opening.objects.filter(subject=actor.subject, opened_at__lte=at, ends_at__gt=at, ended_at=None)
    return frozenset(rows.values_list("person__code", flat=True))


def _kept_by(viewer: Actor, at: datetime) -> Q:
    """The marks and openings of people the viewer keeps the marks of."""
    if not policy.may_keep_some_marks(viewer, on=at.date()):
        return Q(pk__in=())
    codes = queries.known().codes
    ever = ConfidentialityMark.objects.values_list("person_id", flat=True).distinct()
    people = [codes[key] for key in ever if key in codes]
    mine = policy.marked_kept_by(viewer, employers=_employers(people), on=at.date())
    return Q(person_id__in=sorted(queries.keys()[code] for code in mine))


def _seen_by(viewer: Actor, at: datetime) -> Q:
    own = Q(subject=viewer.subject) if viewer.subject and not viewer.nobody else Q(pk__in=())
    return _kept_by(viewer, at) | own


def _mark(fact: ConfidentialityMark) -> MarkRecord:
    return MarkRecord(
        code=fact.code,
        person=queries.named(fact.person),
        kind=MarkKind(fact.kind),
        reason=fact.reason,
        period=fact.period,
        source=fact.source,
        audited=f"mark {fact.pk}",
    )
