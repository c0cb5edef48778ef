"""Parties are called otherwise: companies and units from a day on, people from now on.

``Party.name`` is what a party is called today; the days of the names of companies and units stand in ``PartyName`` from the
first change on. A name that begins later is taken on its day, as that day begins where the company is.
"""

from datetime import date, datetime

from inward.core.terms import Reason, Refusal
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.policy import Answer, NotThere, require
from inward.kit.records import correct, in_order, take_over
from inward.parties import policy, queries
from inward.parties.announcements import PartyRenamed
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    begins,
    changing,
    home_of,
    note,
    party_of,
    said_by,
    today_of,
    usable_name,
)
from inward.parties.models import Party, PartyName
from inward.parties.vocabulary import PartyKind

JOB = "parties.take_name"


def rename_party(
    *, by: Actor, at: datetime, party: str, name: str, valid_from: date | None = None, source: Source = NO_SOURCE
) -> None:
    """Call a company or unit otherwise from a day on (today without one), a person from now on.

    1. Wait; refuse what policy refuses, a day for a person, and one before which another name is known already.
    2. Keep the name with its days, a person's alone; a name that begins later is taken on its day.
    3. Bump, audit (without names of people), announce PartyRenamed where it is called otherwise today.
    Raises Refused, Refusal, NotThere (no such party).
    """
    with changing():
        found = _renamable(by, at, party)
        if found.subject and valid_from is not None:
            raise Refusal(Reason.of("person_name_undated"), where="valid_from")
        name = usable_name(name)
        before, facts = found.name, {}
        if found.subject:
            _call(found, name)
        else:
            since = valid_from or today_of(found.code, at)
            say_name(found, name, since, at=at, source=source)
            facts = {"before": queries.name_on(party, since), "after": name, "valid_from": since.isoformat()}
        note(by, at, "rename_party", audit_name(found), facts, source)
        if found.subject or found.name != before:
            outbox.announce(PartyRenamed(found.id), by=by, at=at)


def correct_name(
    *, by: Actor, at: datetime, party: str, name: str, on: date | None = None, source: Source = NO_SOURCE
) -> None:
    """The name of a day (today without one) was never written so: on all its days it is another; a person has but one.

    1. Wait; refuse what policy refuses.  2. Keep the name; other names of other days stay.
    3. Bump, audit (without names of people), announce PartyRenamed where it is called otherwise today.
    Raises Refused, Refusal, NotThere (no such party).
    """
    with changing():
        found, name = _renamable(by, at, party), usable_name(name)
        before, facts = found.name, {}
        said = (
            None
            if found.subject
            else PartyName.objects.current().filter(party=found).on(on or today_of(party, at)).first()
        )
        if said is None:
            _call(found, name)
        else:
            correct(said, at=at, name=name, **said_by(source))
            settle_name(found, at=at)
        if not found.subject:
            facts = {"before": before if said is None else said.name, "after": name}
        note(by, at, "correct_name", audit_name(found), facts, source)
        if found.subject or found.name != before:
            outbox.announce(PartyRenamed(found.id), by=by, at=at)


def take_name(*, by: Actor, at: datetime, party: int) -> bool:
    """A company or unit takes the name that begins today; False where it is called so already, or no longer will be.

    1. Refuse what policy refuses.  2. Look what it is called today; keep it.  3. Bump, audit, announce PartyRenamed.
    Raises Refused.
    """
    require(policy.may_administer_everything(by, on=at.date()))
    with changing():
        found = Party.objects.filter(pk=party).first()
        if found is None:
            return False
        before = found.name
        if not settle_name(found, at=at):
            return False
        note(by, at, "take_name", found.code, {"before": before, "after": found.name})
        outbox.announce(PartyRenamed(found.id), by=by, at=at)
    return True


def say_name(found: Party, name: str, since: date, *, at: datetime, source: Source = NO_SOURCE) -> None:
    """Keep what a company or unit is called from a day on, in the act that is open; today's name is taken at once."""
    running = in_order(PartyName.objects.current().filter(party=found))
    fresh = PartyName(party=found, name=name, valid_from=since, known_from=at, **said_by(source))
    if running:
        take_over(running, fresh, since=since, at=at)
    else:
        PartyName.objects.create(party=found, name=found.name, valid_until=since, known_from=at)
        fresh.save(force_insert=True)
    settle_name(found, at=at)
    plan_name(found, since, at=at)


def plan_name(found: Party, since: date | None, *, at: datetime) -> None:
    """Plan that a name which begins later is taken on its day, in the act that is open."""
    if since is not None and since > today_of(found.code, at):
        company = queries.keys().get(home_of(found.code), found.pk)
        outbox.schedule(JOB, begins(company, since), payload={"party": found.pk}, key=f"{found.pk} {since}", at=at)


def settle_name(found: Party, *, at: datetime, otherwise: str | None = None) -> bool:
    """Let a company or unit be called what is said of today, in the act that is open; whether that is another name.

    ``otherwise`` is its name where nothing is said of any day; without one it stays.
    """
    names = PartyName.objects.current().filter(party=found)
    said = names.on(today_of(found.code, at)).first() if names.exists() else None
    name = otherwise if said is None else said.name
    if name is None or name == found.name:
        return False
    _call(found, name)
    return True


def _call(found: Party, name: str) -> None:
    found.name = name
    found.save(update_fields=["name"])


def _renamable(by: Actor, at: datetime, party: str) -> Party:
    found = party_of(party)
    answer = _may_rename(by, found, at.date())
    if not answer and found.subject:
        raise NotThere  # whoever may not look after her need not learn that she is known
    require(answer)
    return found


def _may_rename(by: Actor, found: Party, on: date) -> Answer:
    if found.kind == PartyKind.PERSON.value:
        return policy.may_rename_person(by, employers=queries.employers(found.code), on=on)
    return policy.may_administer(by, companies=[home_of(found.code)], on=on)
