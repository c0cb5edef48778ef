"""Parties are called otherwise: companies and units from a day on, people from now on.

``Party.name`` is what a party is called today; the days of the names of companies and units stand in ``PartyName`` from the
first change on. A name that begins later is taken on its day, as that day begins where the company is.
"""

from datetime import date, datetime

from inward.core.terms import Reason, Refusal
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.policy import Answer, NotThere, require
from inward.kit.records import correct
from inward.parties import policy, queries
from inward.parties.announcements import PartyRenamed
from inward.parties.changing import (
    NO_SOURCE,
    Source,
    audit_name,
    changing,
    home_of,
    note,
    party_of,
    said_by,
    today_of,
    usable_name,
)
from inward.parties.models import Party, PartyName
from inward.parties.naming import call, say_name, settle_name
from inward.parties.vocabulary import PartyKind


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
            call(found, name)
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

    1. Wait; refuse what policy refuses, and a day of which no name is said while one is said of others.
    2. Keep the name; other names of other days stay.
    3. Bump, audit (without names of people), announce PartyRenamed where it is called otherwise today.
    Raises Refused, Refusal, NotThere (no such party).
    """
    with changing():
        found, name = _renamable(by, at, party), usable_name(name)
        before, facts = found.name, {}
        said = None if found.subject else _said_of(found, on or today_of(party, at))
        if said is None:
            call(found, name)
            if source.evidence is not None and not found.subject:  # a paper stands with the name that it shows
                PartyName.objects.create(party=found, name=name, known_from=at, **said_by(source))
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


def _said_of(found: Party, day: date) -> PartyName | None:
    """What is said of the day; None where nothing is said of any."""
    names = PartyName.objects.current().filter(party=found)
    said: PartyName | None = names.on(day).first()
    if said is None and names.exists():
        raise Refusal(Reason.of("name_not_said", name=found.name, on=day), where="valid_from")
    return said


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
