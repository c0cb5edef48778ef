"""Definitions of inside are kept and chosen: from a day on, never overwritten."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from inward.core.classification import DEFINITIONS, Definition, definition_from
from inward.core.terms import Reason, Refusal
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.records import end, in_order, take_over
from inward.parties import policy, queries
from inward.parties.announcements import DefinitionChosen, DefinitionKept
from inward.parties.changing import NO_SOURCE, Source, changing, check_code, learned, note, said_by, usable_name
from inward.parties.models import DEFINITION_CODE_LENGTH_MAX, DefinitionChoice, InsideDefinition
from inward.parties.vocabulary import Purpose


def keep_definition(
    *,
    by: Actor,
    at: datetime,
    code: str,
    name: str,
    body: Mapping[str, Any],
    valid_from: date | None = None,
    source: Source = NO_SOURCE,
) -> str:
    """From a day on, a definition of one's own says this; its version before ends the day before. Returns its code.

    1. Refuse what policy refuses, the code of one that   3. End or correct the version of that day, keep the new.
       ships, and what is no definition, with its place.  4. Bump, audit, announce DefinitionKept.
    2. Wait; refuse parties it names that nobody knows.
    ``body`` is as docs/reference/definitions.md says; an ``id`` in it is of no consequence. Raises Refused, Refusal.
    """
    require(policy.may_define_inside(by, on=at.date()))
    check_code(code, DEFINITION_CODE_LENGTH_MAX)
    if code in DEFINITIONS:
        raise Refusal(Reason.of("definition_ships", id=code), where="code")
    described = definition_from({**body, "id": code})
    said = {field: value for field, value in described.as_json().items() if field != "id"}
    with changing():
        _check_parties(described)
        fresh = InsideDefinition(code=code, name=usable_name(name), body=said, **learned(at, source))
        take_over(in_order(InsideDefinition.objects.current().filter(code=code)), fresh, since=valid_from, at=at)
        starts = "" if valid_from is None else valid_from.isoformat()
        note(by, at, "keep_definition", code, {"name": fresh.name, "valid_from": starts}, source)
        outbox.announce(DefinitionKept(code, starts), by=by, at=at)
    return code


def choose_definition(
    *,
    by: Actor,
    at: datetime,
    purpose: Purpose,
    definition: str,
    valid_from: date | None = None,
    source: Source = NO_SOURCE,
) -> None:
    """From a day on, a purpose is served by this definition; what served it ends the day before.

    1. Wait; refuse what policy refuses, and a definition     2. End or correct the choice of that day, keep the new.
       that does not exist on that day.                       3. Bump, audit, announce DefinitionChosen.
    Dealings that were placed keep their verdict. Raises Refused, Refusal, NotThere (no such definition).
    """
    require(policy.may_define_inside(by, on=at.date()))
    with changing():
        _check_there(definition, valid_from)
        fresh = DefinitionChoice(purpose=purpose.value, definition=definition, **learned(at, source))
        running = in_order(DefinitionChoice.objects.current().filter(purpose=purpose.value))
        take_over(running, fresh, since=valid_from, at=at)
        starts = "" if valid_from is None else valid_from.isoformat()
        facts = {"purpose": purpose.value, "valid_from": starts}
        note(by, at, "choose_definition", definition, facts, source)
        outbox.announce(DefinitionChosen(purpose.value, definition, starts), by=by, at=at)


def end_definition_choice(
    *, by: Actor, at: datetime, purpose: Purpose, definition: str, valid_until: date, source: Source = NO_SOURCE
) -> None:
    """From a day on (``valid_until``), the definition serves the purpose no longer, and no other takes its place.

    1. Wait; refuse what policy refuses; NotThere where it does not serve it last. 2. End the choice. 3. Bump, audit,
       announce DefinitionChosen with no definition.
    The purpose is then served by the usual one; tax by none: it is charged on every sale. Raises Refused, Refusal, NotThere.
    """
    require(policy.may_define_inside(by, on=at.date()))
    with changing():
        running = in_order(DefinitionChoice.objects.current().filter(purpose=purpose.value))
        if not running or running[-1].definition != definition:
            raise NotThere
        end(running, until=valid_until, at=at, **said_by(source))
        facts = {"purpose": purpose.value, "valid_until": valid_until.isoformat()}
        note(by, at, "end_definition_choice", definition, facts, source)
        outbox.announce(DefinitionChosen(purpose.value, "", valid_until.isoformat()), by=by, at=at)


def _check_there(code: str, on: date | None) -> None:
    if code in DEFINITIONS:
        return
    versions = in_order(InsideDefinition.objects.current().filter(code=code))
    if not versions:
        raise NotThere
    begins = versions[0].valid_from
    if begins is not None and (on is None or on < begins):
        raise Refusal(Reason.of("definition_not_yet", id=code, since=begins), where="valid_from")


def _check_parties(described: Definition) -> None:
    """Refusal for a party that the definition names and nobody knows: it would be left out quietly."""
    named = {"excluded": sorted(described.excluded)}
    named["exceptions"] = sorted({party for each in described.exceptions for party in (each.one, each.other)})
    known = queries.keys()
    for place, parties in named.items():
        for party in parties:
            if party not in known:
                raise Refusal(Reason.of("definition_names_nobody", id=party), where=f"definition.{place}")
