"""What the house holds on a person, for her alone: read over the rooms, as plain JSON. Reads only.

Each part is what the rooms already tell her of herself, so that nothing is told here that is kept from her elsewhere, and nothing
of anybody else but those she dealt with.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from inward.access import queries as access
from inward.catalogue import suspending
from inward.core.terms import Period
from inward.desk import cases
from inward.desk import letters as sent
from inward.insight import policy
from inward.kit import audit, wording
from inward.kit.actor import Actor
from inward.kit.lists import Page
from inward.kit.policy import NotThere, require
from inward.notices import queries as notices
from inward.parties import directory, households, leading, states
from inward.parties import queries as parties
from inward.trade import benefit, deductions, giving, netpay, payroll, runs, terms, waiting
from inward.trade import queries as trade

LETTERS_MAX = NOTED_MAX = 1_000
_AT_ONCE = "200"
_OFFERED = frozenset({"others", "may_end", "may_keep"})
"""What she may do with something that runs is nothing that is held on her."""
Row = TypeVar("Row")


def held_on_me(*, viewer: Actor, at: datetime) -> dict[str, Any]:
    """Everything, by the room that holds it. Refused for nobody; what is not there for a machine is left empty."""
    require(policy.may_read_own(viewer))
    person = viewer.person
    return {
        "made_at": at.isoformat(),
        "person": None if person is None else _person(viewer, at, person),
        "sign_in": _sign_in(viewer, at),
        "orders": [] if person is None else _orders(viewer, at),
        "requests": [] if person is None else _requests(viewer, at, person),
        "subscriptions": [] if person is None else _runs(viewer, at),
        "allowances": _plain(trade.allowances(viewer=viewer, at=at)),
        "allowance_gifts": _plain(giving.gifts(viewer=viewer)),
        "waited_for": _plain(waiting.own(viewer=viewer)),
        "terms": _plain(terms.own(viewer=viewer, at=at)),
        "suspensions": _plain(suspending.own(viewer=viewer, at=at)),
        "benefit_facts": _plain(benefit.own_facts(viewer=viewer)),
        "benefit_gifts": _plain(benefit.own_gifts(viewer=viewer)),
        "deductions": _plain(deductions.own(viewer=viewer, at=at)),
        "pay_lines": _plain(payroll.own(viewer=viewer)),
        "net_pay": _plain(netpay.own(viewer=viewer)),
        "letters_sent": _plain(sent.own(viewer=viewer)),
        "noted": [] if person is None else _noted(person),
        "letters": _plain(notices.notices(viewer=viewer, limit=LETTERS_MAX)),
    }


def _person(viewer: Actor, at: datetime, person: str) -> dict[str, Any]:
    on = at.date()
    try:
        work = directory.history(viewer=viewer, code=person, on=on)
    except NotThere:  # whoever works nowhere is in nobody's directory
        work = ()
    return {
        "code": person,
        "name": parties.name_of(person),
        "subject_key": parties.subject_of(person),
        "work": _plain(work),
        "heads": _plain(leading.headed_by(viewer=viewer, at=at, on=on, person=person)),
        "away": _plain(leading.absences(viewer=viewer, at=at, on=date.min, person=person)),
        "states_of_work": _plain(_states(viewer, at, person)),
        "households": _plain(households.own(viewer=viewer, at=at)),
        "shares": _plain(parties.world().held_by_people.get(person, ())),
    }


def _states(viewer: Actor, at: datetime, person: str) -> tuple[states.StateVersion, ...]:
    try:
        return states.versions(viewer=viewer, at=at, person=person)
    except NotThere:  # whoever never worked anywhere
        return ()


def _sign_in(viewer: Actor, at: datetime) -> dict[str, Any] | None:
    if viewer.user is None:
        return None
    return {
        "profile": _plain(access.profile(viewer=viewer)),
        "roles": _plain(access.grants(viewer=viewer, at=at, user=viewer.user)),
        "sessions": _plain(access.sessions(viewer=viewer, here=None)),
        "tokens": _plain(access.tokens(viewer=viewer, at=at, user=viewer.user)),
        "providers": _plain(access.sign_on_links(viewer=viewer)),
        "second_factor": _plain(access.second_factor(viewer=viewer)),
    }


def _noted(person: str) -> list[Any]:
    """What was done to what is known of her, and when, the latest first; not by whom: that is somebody else's."""
    told = audit.told([parties.subject_of(person)], most=NOTED_MAX)
    return [{"at": each.at.isoformat(), "act": each.act} for each in told]


def _orders(viewer: Actor, at: datetime) -> list[Any]:
    """Every order she placed, as it was decided, the newest first."""
    found = []
    for row in _all(lambda params: trade.orders(viewer=viewer, at=at, params=params, which="own")):
        told = _plain(trade.order(viewer=viewer, at=at, reference=row.reference))
        found.append({name: part for name, part in told.items() if name != "may"})
    return found


def _requests(viewer: Actor, at: datetime, person: str) -> list[Any]:
    """Every request she made or that was made for her, with what both sides wrote that she reads; the newest first."""
    found = []
    for row in _all(lambda params: cases.asked(viewer=viewer, at=at, params=params)):
        if person in (row.customer.code, None if row.person is None else row.person.code):
            told = cases.case(viewer=viewer, at=at, reference=row.reference)
            kept = {name: getattr(told, name) for name in ("row", "request", "grounds", "thread", "solved_words")}
            answers = {question.label: said for question, said in told.answers}
            found.append(_plain({**kept, "answers": answers}))
    return found


def _runs(viewer: Actor, at: datetime) -> list[Any]:
    """What runs for herself, whomever she acts for at the moment, and ever ran, with every charge; the latest first."""
    herself = replace(viewer, acting_for=None)
    found = []
    for row in _all(lambda params: runs.runs(viewer=herself, at=at, params=params)):
        told = _plain(runs.run(viewer=herself, at=at, reference=row.reference))
        found.append({name: part for name, part in told.items() if name not in _OFFERED})
    return found


def _all(pages: Callable[[Mapping[str, str]], Page[Row]]) -> Iterator[Row]:
    """Every row of a list, page by page."""
    cursor: str | None = ""
    while cursor is not None:
        page = pages({"limit": _AT_ONCE} | ({"cursor": cursor} if cursor else {}))
        yield from page.rows
        cursor = page.next_cursor


def _plain(value: Any) -> Any:
    """Records, choices, days and facts as JSON holds them."""
    match value:
        case None | bool() | int() | str():
            return value
        case Enum():
            return _plain(value.value)
        case date():  # an instant too
            return value.isoformat()
        case Period():
            return {"valid_from": _plain(value.start), "valid_until": _plain(value.until)}
        case Mapping():
            return {str(_plain(name)): _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case set() | frozenset():
            return sorted((_plain(part) for part in value), key=str)
    told = wording.plain(value)
    if told is not value:
        return told
    return (
        {each.name: _plain(getattr(value, each.name)) for each in fields(value)} if is_dataclass(value) else str(value)
    )
