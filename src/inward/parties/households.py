"""Whose household somebody belongs to, read for the two it is about and for whoever keeps it. Reads only.

What rooms decide with is in ``queries.world(purpose=…)``, which takes no viewer. What a keeper reads is read through
``operations``, which note it; here is what they read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from inward.core.classification import Tie
from inward.core.terms import Period
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties import definitions, policy, queries
from inward.parties.models import HouseholdMember, WorkRelationship
from inward.parties.queries import Named
from inward.parties.register import Sheet, Version, latest, says
from inward.parties.vocabulary import Purpose

HOUSEHOLDS = ListSpec({"person": "person__name", "member": "member__name"}, {"tie": "tie"}, default="person")


@dataclass(frozen=True, slots=True)
class HouseholdRecord:
    """``member`` belongs to the household of ``person``, for what, on which days; ``audited`` is what the audit calls it."""

    code: str
    person: Named
    member: Named
    tie: Tie
    purposes: tuple[Purpose, ...]
    period: Period
    source: str
    audited: str


def kept(*, viewer: Actor, at: datetime, on: date, params: Mapping[str, str]) -> Page[HouseholdRecord]:
    """The households of a day of people in companies where the viewer keeps them. ``text`` looks in names and codes."""
    said = says(params, "person__name", "person__code", "member__name", "member__code")
    rows = HouseholdMember.objects.current().on(on).filter(_kept_by(viewer, at), said)
    return page(rows.select_related("person", "member"), HOUSEHOLDS, params).map(_record)


def own(*, viewer: Actor, at: datetime) -> tuple[HouseholdRecord, ...]:
    """Every household that is known now and that the viewer is one of the two of, also ended ones, the latest first."""
    del at  # she sees her own at any time
    if viewer.nobody or viewer.person is None:
        return ()
    mine = Q(person__code=viewer.person) | Q(member__code=viewer.person)
    rows = HouseholdMember.objects.current().filter(mine, _shown(viewer)).select_related("person", "member")
    return tuple(map(_record, rows.order_by("-valid_from", "-pk")))


def sheet(*, viewer: Actor, at: datetime, code: str) -> Sheet:
    """A household, with all that was ever known under its code. NotThere out of bounds, and for one that was taken back."""
    seen = _kept_by(viewer, at)
    if not viewer.nobody and viewer.person is not None:
        seen |= Q(person__code=viewer.person) | Q(member__code=viewer.person)
    facts = latest(HouseholdMember.objects.filter(seen, _shown(viewer), code=code).select_related("person", "member"))
    current = next((fact for fact in facts if fact.known_until is None), None)
    if current is None:
        raise NotThere
    told = tuple(Version(fact.period, fact.known_from, fact.known_until, fact.source, _says(fact)) for fact in facts)
    return Sheet(_record(current), told, tuple(f"household {fact.pk}" for fact in facts))


def needing(*, on: date) -> dict[Purpose, frozenset[Tie]]:
    """For which purposes an inside rule of that day asks for households, and which ties it asks for."""
    rules = {purpose: definitions.definition(purpose, on=on) for purpose in Purpose}
    return {purpose: rule.ties for purpose, rule in rules.items() if rule.ties}


def _kept_by(viewer: Actor, at: datetime) -> Q:
    worked = WorkRelationship.objects.current().filter(person=OuterRef("person"))
    kept = policy.work_with_households_kept_by(viewer, keys=queries.keys(), on=at.date())
    return Q(Exists(worked.filter(kept))) & _shown(viewer)


def _shown(viewer: Actor) -> Q:
    """No household of which one of the two is hidden from the viewer."""
    return policy.but_hidden(viewer, "person_id", "member_id", keys=queries.keys())


def _says(fact: HouseholdMember) -> dict[str, object]:
    return {"tie": Tie(fact.tie), "purposes": tuple(map(Purpose, fact.purposes))}


def _record(fact: HouseholdMember) -> HouseholdRecord:
    return HouseholdRecord(
        code=fact.code,
        person=queries.named(fact.person),
        member=queries.named(fact.member),
        tie=Tie(fact.tie),
        purposes=tuple(map(Purpose, fact.purposes)),
        period=fact.period,
        source=fact.source,
        audited=f"household {fact.pk}",
    )
