"""Why two parties are inside or outside on a day, how that came about, and what would turn it: for a viewer, to be read.

Everything is decided by the core on the world as it is known now. Whoever may ask the verdict sees what it rests on; the
other shares around it are shown to those who keep records or books of these companies. Households are looked at only where
a purpose is asked for, and whose one is is told to the two it is about alone: who keeps households reads them in their
list, where that is noted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from inward.core.classification import (
    STRICT_MAJORITY,
    Around,
    ControlRight,
    Definition,
    History,
    Holding,
    Standing,
    World,
    around,
    classify,
    discreet,
    discreet_history,
    discreet_turns,
    ends,
    flips,
    history,
    households_in,
)
from inward.core.classification.reasons import has_power, holds
from inward.core.pricing import TaxScope, tax_scope
from inward.core.terms import Period, Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.parties import definitions, policy, queries
from inward.parties.vocabulary import Purpose

_NAME = "_name"
"""Ends what a fact of a reason is called that holds the name of the party in the fact without it."""
FOUND_MAX = 12
"""So many parties are offered where a name fits several."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The verdict of a day with all that explains it. ``picture`` is None where the two stand in no company.

    ``uncounted`` are powers over companies of the picture, and shares, that are known and count for nothing by this inside rule.
    """

    supplier: str
    customer: str
    on: date
    standing: Standing
    history: History
    turns: tuple[Reason, ...]
    picture: Around | None
    uncounted: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ForPurpose:
    """The verdict for a purpose; ``days`` are those for which its rule was chosen, None where nobody chose one.

    ``tax``, for that purpose alone, is whether a sale would be taxed, and why.
    """

    purpose: Purpose
    definition: Definition
    days: Period | None
    standing: Standing
    tax: TaxScope | None = None


def explained(
    *,
    viewer: Actor,
    at: datetime,
    supplier: str,
    customer: str,
    on: date,
    definition: Definition = STRICT_MAJORITY,
    purpose: Purpose | None = None,
) -> Explained:
    """The verdict on a dealing between the two on that day by a definition, explained. It asks the database nothing.

    ``purpose`` is what it is asked for: with none, no household counts.
    Refused for whoever may not ask it; Refusal for a party nobody knows and a unit that is not open on that day.
    """
    _require_asking(viewer, at, supplier=supplier, customer=customer)
    world = queries.world(purpose=purpose)
    standing = classify(supplier=supplier, customer=customer, world=world, on=on, definition=definition)
    picture = _picture(viewer, at, standing, on, definition)
    told = Explained(
        supplier=supplier,
        customer=customer,
        on=on,
        standing=standing,
        history=history(supplier=supplier, customer=customer, world=world, definition=definition),
        turns=flips(supplier=supplier, customer=customer, world=world, on=on, definition=definition),
        picture=picture,
        uncounted=tuple(_uncounted(fact, world) for fact in (picture.uncounted if picture else ())),
    )
    if queries.some_called_otherwise():
        told = _by_names_of_the_days(told)
    return told if _is_of(viewer, told) else _discreet(told)


def verdict(
    *,
    viewer: Actor,
    at: datetime,
    supplier: str,
    customer: str,
    on: date,
    definition: Definition,
    purpose: Purpose | None = None,
) -> Standing:
    """The verdict alone, as far as the viewer may know what it rests on. Refused and Refusal as in ``explained``."""
    _require_asking(viewer, at, supplier=supplier, customer=customer)
    world = queries.world(purpose=purpose)
    standing = classify(supplier=supplier, customer=customer, world=world, on=on, definition=definition)
    if queries.some_called_otherwise():
        standing = _standing_called(standing, on)
    return standing if _may_know(viewer, households_in(standing.grounds)) else discreet(standing)


def by_purpose(*, viewer: Actor, at: datetime, supplier: str, customer: str, on: date) -> tuple[ForPurpose, ...]:
    """The verdict for every purpose, by the rule that serves it on that day. Refused and Refusal as in ``explained``."""
    found: list[ForPurpose] = []
    for purpose in Purpose:
        rule, days = definitions.serving(purpose, on=on)
        standing = next(
            (each.standing for each in found if each.definition == rule and _same_world(each.purpose, purpose)), None
        )
        standing = standing or verdict(
            viewer=viewer, at=at, supplier=supplier, customer=customer, on=on, definition=rule, purpose=purpose
        )
        tax = None
        if purpose is Purpose.TAX:
            priced = found[0].standing
            ends = {"customer": customer, "supplier": supplier}
            both = (priced.supplier_company, priced.customer_company)
            tax = tax_scope(world=queries.world(), kind=priced.kind, companies=both, on=on, **ends)
        found.append(ForPurpose(purpose, rule, days, standing, tax))
    return tuple(found)


def _same_world(one: Purpose, other: Purpose) -> bool:
    return queries.world(purpose=one) is queries.world(purpose=other)


def named(*, viewer: Actor, at: datetime, text: str) -> tuple[str, ...]:
    """The codes of the parties that ``text`` may mean: the one of that code, else those so called, companies first.

    People are found by name only by themselves and by those who may ask about everybody. At most FOUND_MAX.
    """
    world, wanted = queries.world(), text.strip().casefold()
    if text.strip() in world.names and text.strip() not in viewer.hidden:
        return (text.strip(),)
    exact: list[str] = []
    partly: list[str] = []
    for code, name in _called(viewer, at) if wanted else ():
        said = name.casefold()
        if said == wanted:
            exact.append(code)
        elif wanted in said and len(partly) < FOUND_MAX:
            partly.append(code)
    return tuple(dict.fromkeys(exact or partly))[:FOUND_MAX]


def _by_names_of_the_days(told: Explained) -> Explained:
    """Everybody by the name of the day it is told of: the verdict of its day, each stretch of the history of its first one."""
    stretches = []
    for each in told.history.stretches:
        day = each.period.start or (told.on if told.on in each.period else (each.period.last or told.on))
        standing = None if each.standing is None else _standing_called(each.standing, day)
        stretches.append(replace(each, standing=standing, causes=_called_on(each.causes, day)))
    return replace(
        told,
        standing=_standing_called(told.standing, told.on),
        history=replace(told.history, stretches=tuple(stretches)),
        turns=_called_on(told.turns, told.on),
        uncounted=_called_on(told.uncounted, told.on),
    )


def _standing_called(standing: Standing, on: date) -> Standing:
    miss = standing.nearest_miss and _called_on((standing.nearest_miss,), on)[0]
    return replace(standing, grounds=_called_on(standing.grounds, on), nearest_miss=miss)


def _called_on(reasons: tuple[Reason, ...], on: date) -> tuple[Reason, ...]:
    """Reasons in which parties are called as on that day: beside each code stands its name."""
    found = []
    for reason in reasons:
        facts = dict(reason.items)
        for name in facts:
            code = facts.get(name.removesuffix(_NAME))
            if name.endswith(_NAME) and isinstance(code, str) and queries.names_through(code):
                facts[name] = queries.name_on(code, on)
        found.append(Reason.of(reason.code, **facts))
    return tuple(found)


def _require_asking(viewer: Actor, at: datetime, **ends: str) -> None:
    """Refused for whoever may not ask; the Refusal of a party that nobody knows for one that is hidden from her."""
    require(policy.may_ask_standing(viewer, on=at.date(), **ends))
    for where, party in ends.items():
        if party in viewer.hidden:
            raise Refusal(Reason.of("party_unknown", party=party), where=where)


def _is_of(viewer: Actor, told: Explained) -> bool:
    """Whether every household that is named anywhere in it is the viewer's own."""
    named = [*told.standing.grounds, *told.turns]
    for each in told.history.stretches:
        named += (*each.causes, *(() if each.standing is None else each.standing.grounds))
    return _may_know(viewer, households_in(named))


def _may_know(viewer: Actor, homes: frozenset[tuple[str, str]]) -> bool:
    return all(viewer.person in two for two in homes)


def _discreet(told: Explained) -> Explained:
    return replace(
        told,
        standing=discreet(told.standing),
        history=discreet_history(told.history),
        turns=discreet_turns(told.turns, told.standing),
    )


def _called(viewer: Actor, at: datetime) -> Iterator[tuple[str, str]]:
    world = queries.world()
    for company in world.companies:
        yield company.id, company.name
    for code, placed in world.unit.items():
        name = world.names[code]
        yield code, name
        for over in {each.company for each in placed}:
            yield code, f"{name}, {world.names[over]}"  # as pages call it
    if policy.may_ask_about_everybody(viewer, on=at.date()).allowed:
        for person in world.people:
            if person.id not in viewer.hidden:
                yield person.id, person.name
    elif viewer.person is not None:
        yield viewer.person, world.names.get(viewer.person, viewer.person)


def _uncounted(fact: Holding | ControlRight, world: World) -> Reason:
    return has_power(fact, world) if isinstance(fact, ControlRight) else holds(fact, world)


def _picture(viewer: Actor, at: datetime, standing: Standing, on: date, definition: Definition) -> Around | None:
    """The companies around the two, as far as the viewer may know who owns them."""
    one, other = standing.supplier_company, standing.customer_company or standing.supplier_company
    if one not in queries.world().company:
        return None
    found = _but_hidden(viewer, around(one, other, world=queries.world(), on=on, definition=definition))
    if policy.may_see_ownership(viewer, companies=(one, other), on=at.date()).allowed:
        return found
    holdings = tuple(holding for holding in found.holdings if holding.id in found.carrying)
    rights = tuple(right for right in found.rights if right.id in found.carrying)
    seen = {one, other, *(party for held in holdings for party in ends(held))}
    seen |= {party for right in rights for party in ends(right)}
    companies = tuple(code for code in found.companies if code in seen)
    return replace(found, companies=companies, holdings=holdings, rights=rights, cut=False, uncounted=())


def _but_hidden(viewer: Actor, found: Around) -> Around:
    """The same without people who are hidden from the viewer, and what they hold."""
    hidden = viewer.hidden
    if not hidden:
        return found
    holdings = tuple(holding for holding in found.holdings if hidden.isdisjoint(ends(holding)))
    rights = tuple(right for right in found.rights if hidden.isdisjoint(ends(right)))
    kept = {holding.id for holding in holdings} | {right.id for right in rights}
    return replace(
        found,
        companies=tuple(code for code in found.companies if code not in hidden),
        holdings=holdings,
        rights=rights,
        carrying=frozenset(found.carrying & kept),
        uncounted=tuple(fact for fact in found.uncounted if hidden.isdisjoint(ends(fact))),
    )
