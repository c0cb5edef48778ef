"""The checks at the door of a world: what contradicts itself is refused here, by name and place, and never repaired.

A place reads ``holdings[3].owner``: the table, the position in what was given, and the field.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from inward.core.classification.facts import (
    Band,
    Company,
    ControlRight,
    Holding,
    Household,
    Person,
    RightKind,
    ShareClass,
    Shareholding,
    Succession,
    Unit,
    WorkRelationship,
)
from inward.core.classification.shares import held, issued_throughout
from inward.core.terms.period import boundaries
from inward.core.terms.rate import Rate
from inward.core.terms.reason import Reason, Refusal

_COMPANY, _UNIT, _PERSON = "company", "unit", "person"


def check(
    companies: Sequence[Company],
    holdings: Sequence[Holding],
    units: Sequence[Unit],
    people: Sequence[Person],
    work_relationships: Sequence[WorkRelationship],
    share_classes: Sequence[ShareClass] = (),
    shareholdings: Sequence[Shareholding] = (),
    control_rights: Sequence[ControlRight] = (),
    households: Sequence[Household] = (),
    successions: Sequence[Succession] = (),
) -> None:
    """Refusal with its place when these facts cannot all be true; silence when they can."""
    kinds = _kinds(companies, units, people)
    _check_units(units, kinds)
    _check_holdings(holdings, kinds)
    _check_work(work_relationships, kinds)
    _check_shares(holdings, share_classes, shareholdings, kinds)
    _check_rights(control_rights, kinds)
    _check_households(households, kinds)
    for index, each in enumerate(successions):
        _check_is(kinds, each.company, (_COMPANY,), f"successions[{index}].company")
        _check_is(kinds, each.into, (_COMPANY,), f"successions[{index}].into")


def check_people(
    people: Sequence[Person],
    work_relationships: Sequence[WorkRelationship],
    companies: Mapping[str, Company],
    units: Mapping[str, Sequence[Unit]],
) -> None:
    """Refusal with its place when these people and their work cannot stand beside these companies and units."""
    kinds = _kinds((), (), people)
    for index, person in enumerate(people):
        if person.id in companies or person.id in units:
            raise Refusal(Reason.of("id_twice", id=person.id), where=f"people[{index}].id")
    for work in work_relationships:
        if work.company in companies:
            kinds[work.company] = _COMPANY
        if work.unit is not None and work.unit in units:
            kinds[work.unit] = _UNIT
    _check_work(work_relationships, kinds)


def most_votes(holdings: Iterable[Holding]) -> tuple[Fraction, date | None]:
    """The largest sum of these holdings' votes on any one day, and the first such day (None: from the beginning)."""
    changes: dict[date, Fraction] = defaultdict(Fraction)
    votes = Fraction(0)
    for holding in holdings:
        if holding.period.start is None:
            votes += holding.votes
        else:
            changes[holding.period.start] += holding.votes
        if holding.period.until is not None:
            changes[holding.period.until] -= holding.votes
    most: tuple[Fraction, date | None] = (votes, None)
    for day in sorted(changes):
        votes += changes[day]
        if votes > most[0]:
            most = (votes, day)
    return most


def _kinds(companies: Sequence[Company], units: Sequence[Unit], people: Sequence[Person]) -> dict[str, str]:
    """What each id stands for. An id stands for one party; only a unit may have several records (see ``facts``)."""
    kinds: dict[str, str] = {}
    tables: tuple[tuple[str, str, Sequence[Company | Person | Unit]], ...] = (
        ("companies", _COMPANY, companies),
        ("people", _PERSON, people),
        ("units", _UNIT, units),
    )
    for table, kind, parties in tables:
        for index, party in enumerate(parties):
            taken = kinds.get(party.id)
            if not party.id:
                raise Refusal(Reason.of("id_missing"), where=f"{table}[{index}].id")
            if taken is not None and not taken == kind == _UNIT:
                raise Refusal(Reason.of("id_twice", id=party.id), where=f"{table}[{index}].id")
            kinds[party.id] = kind
    return kinds


def _check_fact_ids(
    table: str,
    facts: Sequence[Holding | WorkRelationship | ShareClass | Shareholding | ControlRight | Household],
) -> None:
    seen: set[str] = set()
    for index, fact in enumerate(facts):
        if fact.id in seen:
            raise Refusal(Reason.of("id_twice", id=fact.id), where=f"{table}[{index}].id")
        seen.add(fact.id)


def _check_is(kinds: Mapping[str, str], party: str, allowed: tuple[str, ...], where: str) -> None:
    """Refuse an id that nobody bears, and one whose bearer cannot play this part."""
    kind = kinds.get(party)
    if kind is None:
        raise Refusal(Reason.of("id_unknown", id=party), where=where)
    if kind not in allowed:
        raise Refusal(Reason.of("id_of_other_kind", id=party, kind=kind, expected=" / ".join(allowed)), where=where)


def _check_units(units: Sequence[Unit], kinds: Mapping[str, str]) -> None:
    records: dict[str, list[Unit]] = defaultdict(list)
    for index, unit in enumerate(units):
        _check_is(kinds, unit.company, (_COMPANY,), f"units[{index}].company")
        if any(unit.period.overlaps(other.period) for other in records[unit.id]):
            raise Refusal(Reason.of("unit_twice_at_once", id=unit.id), where=f"units[{index}].valid_from")
        records[unit.id].append(unit)
    for index, unit in enumerate(units):
        if unit.parent is not None:
            _check_is(kinds, unit.parent, (_UNIT,), f"units[{index}].parent")
            _check_parent(unit, records[unit.parent], f"units[{index}].parent")
    _check_circles(units, records)


def _check_parent(unit: Unit, parents: Iterable[Unit], where: str) -> None:
    for parent in parents:
        if parent.company != unit.company and parent.period.overlaps(unit.period):
            reason = Reason.of(
                "unit_parent_of_other_company",
                unit=unit.name or unit.id,
                parent=parent.name or parent.id,
                company=unit.company,
                parent_company=parent.company,
            )
            raise Refusal(reason, where=where)


def _check_circles(units: Sequence[Unit], records: Mapping[str, Sequence[Unit]]) -> None:
    """Refuse units that stand above themselves on some day.

    Leaves are plucked until only circles are left (and what hangs on to them): linear in the number of units however
    deep they stand. Those few are then looked at on each day on which one of them changes.
    """
    children: dict[str, int] = defaultdict(int)
    for unit in units:
        children[unit.parent or ""] += 1
    leaves = [unit for unit in records if not children[unit]]
    left = dict(records)
    while leaves:
        for unit in left.pop(leaves.pop()):
            children[unit.parent or ""] -= 1
            if unit.parent in left and not children[unit.parent]:
                leaves.append(unit.parent)
    suspects = [(index, unit) for index, unit in enumerate(units) if unit.id in left]
    for day in (None, *boundaries(unit.period for _, unit in suspects)):
        _check_circles_on(day, suspects)


def _check_circles_on(day: date | None, suspects: Sequence[tuple[int, Unit]]) -> None:
    standing = {
        u.id: (index, u) for index, u in suspects if (u.period.start is None if day is None else day in u.period)
    }
    clear: set[str] = set()
    for start in standing:
        path: dict[str, None] = {}
        at: str | None = start
        while at in standing and at not in clear and at not in path:
            path[at] = None
            at = standing[at][1].parent
        if at in path:
            index, unit = standing[at]
            raise Refusal(Reason.of("units_in_circle", unit=unit.name or unit.id), where=f"units[{index}].parent")
        clear.update(path)


def _check_holdings(holdings: Sequence[Holding], kinds: Mapping[str, str]) -> None:
    _check_fact_ids("holdings", holdings)
    held: dict[str, list[Holding]] = defaultdict(list)
    last: dict[str, int] = {}
    for index, holding in enumerate(holdings):
        where = f"holdings[{index}]"
        _check_is(kinds, holding.owner, (_COMPANY, _PERSON), f"{where}.owner")
        _check_is(kinds, holding.owned, (_COMPANY,), f"{where}.owned")
        for share in (holding.votes, holding.capital):
            if share is not None and not 0 <= share <= 1:
                raise Refusal(Reason.of("holding_not_a_share", percent=Rate(share)), where=f"{where}.percent")
        for name, band in (("percent", holding.votes_band), ("capital_percent", holding.capital_band)):
            if band is not None:
                check_band(band, f"{where}.{name}")
        held[holding.owned].append(holding)
        last[holding.owned] = index
    for owned, stakes in held.items():
        if sum(stake.votes for stake in stakes) > 1:
            _check_whole(owned, stakes, f"holdings[{last[owned]}].percent")


def check_band(band: Band, where: str) -> None:
    """Refusal when no share lies in this band."""
    empty = band.low == band.high and (band.low_open or band.high_open)
    if empty or not 0 <= band.low <= band.high <= 1:
        raise Refusal(Reason.of("band_holds_nothing", low=Rate(band.low), high=Rate(band.high)), where=where)


def _check_shares(
    holdings: Sequence[Holding],
    classes: Sequence[ShareClass],
    shareholdings: Sequence[Shareholding],
    kinds: Mapping[str, str],
) -> None:
    _check_fact_ids("share_classes", classes)
    _check_fact_ids("shareholdings", shareholdings)
    by_id = {each.id: each for each in classes}
    versions = _versions(classes)
    for index, each in enumerate(classes):
        where = f"share_classes[{index}]"
        _check_is(kinds, each.company, (_COMPANY,), f"{where}.company")
        for name in ("issued", "votes_each", "dividend_each"):
            number = getattr(each, name)
            if number < 0:
                raise Refusal(Reason.of("less_than_nothing", number=str(number)), where=f"{where}.{name}")
        check_version(each, by_id.get(each.series), versions[each.series], where)
    for index, shares in enumerate(shareholdings):
        where = f"shareholdings[{index}]"
        _check_is(kinds, shares.owner, (_COMPANY, _PERSON), f"{where}.owner")
        if shares.share_class not in versions:
            raise Refusal(Reason.of("id_unknown", id=shares.share_class), where=f"{where}.share_class")
    _check_issued(versions, shareholdings)
    companies = {by_id[shares.share_class].company for shares in shareholdings}
    stakes: dict[str, list[Holding]] = defaultdict(list)
    for holding in (*holdings, *held(classes, shareholdings)) if companies else ():
        stakes[holding.owned].append(holding)
    for company in sorted(companies):
        _check_whole(company, stakes[company], "shareholdings")


def _versions(classes: Iterable[ShareClass]) -> Mapping[str, list[ShareClass]]:
    versions: dict[str, list[ShareClass]] = defaultdict(list)
    for each in classes:
        versions[each.series].append(each)
    return versions


def check_version(each: ShareClass, first: ShareClass | None, versions: Iterable[ShareClass], where: str) -> None:
    """Refusal for a version of no class, of another company's, of a version, or on a day on which another one holds."""
    if first is None:
        raise Refusal(Reason.of("id_unknown", id=each.version_of), where=f"{where}.version_of")
    if first.version_of or first.company != each.company:
        reason = Reason.of("share_class_no_version", id=each.id, share_class=first.name or first.id)
        raise Refusal(reason, where=f"{where}.version_of")
    if any(other.id != each.id and other.period.overlaps(each.period) for other in versions):
        reason = Reason.of("share_class_twice_at_once", share_class=first.name or first.id)
        raise Refusal(reason, where=f"{where}.valid_from")


def over_issued(versions: Iterable[ShareClass], stakes: Sequence[Holding]) -> tuple[Fraction, date | None] | None:
    """More shares of the class than there are: how many at once and since which day; None where there are enough.

    ``stakes`` are shareholdings with their number as votes.
    """
    for each in versions:
        of_it = [replace(stake, period=days) for stake in stakes if (days := stake.period.intersection(each.period))]
        most, day = most_votes(of_it)
        if most > each.issued:
            return most, day
    return None


def _check_issued(classes: Mapping[str, Sequence[ShareClass]], shareholdings: Sequence[Shareholding]) -> None:
    """Refuse more shares of a class than there are, on any day, and shares of days on which there is no such class."""
    held_of: dict[str, list[Holding]] = defaultdict(list)
    for index, shares in enumerate(shareholdings):
        versions = classes[shares.share_class]
        each = versions[0]
        if shares.shares < 0 or not issued_throughout(versions, shares.period):
            reason = Reason.of("shares_not_issued", share_class=each.name or each.series, shares=str(shares.shares))
            raise Refusal(reason, where=f"shareholdings[{index}].shares")
        held_of[each.series].append(Holding(shares.id, shares.owner, each.company, shares.shares, shares.period))
    for code, stakes in held_of.items():
        if over := over_issued(classes[code], stakes):
            most, day = over
            name = classes[code][0].name or code
            reason = Reason.of("shares_over_issued", share_class=name, on=day, shares=str(most))
            raise Refusal(reason, where="shareholdings")


def _check_rights(rights: Sequence[ControlRight], kinds: Mapping[str, str]) -> None:
    _check_fact_ids("control_rights", rights)
    for index, right in enumerate(rights):
        where = f"control_rights[{index}]"
        _check_is(kinds, right.target, (_COMPANY,), f"{where}.target")
        if right.over is not None:
            _check_is(kinds, right.over, (_COMPANY,), f"{where}.over")
        nameless = right.kind in (RightKind.UNKNOWN_PARENT, RightKind.TOP)
        if right.holder is None and not nameless:
            raise Refusal(Reason.of("field_missing"), where=f"{where}.holder")
        if right.holder is not None:
            _check_is(kinds, right.holder, (_COMPANY, _PERSON), f"{where}.holder")
        if (nameless and right.holder is not None) or right.holder == right.target:
            raise Refusal(Reason.of("right_over_itself", company=right.target), where=f"{where}.holder")


def check_households(households: Sequence[Household], people: Mapping[str, Person]) -> None:
    """Refusal with its place when these households cannot be among these people."""
    _check_households(households, dict.fromkeys(people, _PERSON))


def _check_households(households: Sequence[Household], kinds: Mapping[str, str]) -> None:
    _check_fact_ids("households", households)
    for index, household in enumerate(households):
        for name, person in (("person", household.person), ("member", household.member)):
            _check_is(kinds, person, (_PERSON,), f"households[{index}].{name}")
        if household.person == household.member:
            reason = Reason.of("household_with_oneself", person=household.person)
            raise Refusal(reason, where=f"households[{index}].member")


def _check_whole(owned: str, stakes: Sequence[Holding], where: str) -> None:
    votes, day = most_votes(stakes)
    if votes > 1:
        raise Refusal(Reason.of("holdings_over_whole", company=owned, percent=Rate(votes), on=day), where=where)


def _check_work(work_relationships: Sequence[WorkRelationship], kinds: Mapping[str, str]) -> None:
    _check_fact_ids("work_relationships", work_relationships)
    for index, work in enumerate(work_relationships):
        where = f"work_relationships[{index}]"
        _check_is(kinds, work.person, (_PERSON,), f"{where}.person")
        _check_is(kinds, work.company, (_COMPANY,), f"{where}.company")
        if work.unit is not None:
            _check_is(kinds, work.unit, (_UNIT,), f"{where}.unit")
