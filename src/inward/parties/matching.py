"""Which company that is known a register's entity is, and which facts of the shelf follow for the world. Reads only.

An entity is a company when its LEI or its id is the company's code or register number, or when its register number is and no
other company has it, in the same country where both tell one. A name never decides: companies of the same name are proposed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, QuerySet

from inward.core.classification import Band, CompanyKind, RightKind
from inward.core.terms import Period
from inward.parties.models import FACT_CODE_LENGTH_MAX, Party, RegisterEntity, RegisterFact, Registration
from inward.parties.vocabulary import PartyKind
from inward.parties.worldfiles import CompanyRow, HoldingRow, Place, RightRow

NEW_MAX = 10_000
"""So many new companies at most come in at once; a register that ties in more is taken over by parts."""
PROPOSALS_MAX = 1_000
_AT_ONCE = 500
_UNFIT = re.compile(r"[^A-Za-z0-9._:-]")
_BAND = re.compile(r"([\[(])([\d/]+), ([\d/]+)([\])])")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entity tied to a company we know, that matches none: what it is called, and companies of the same name."""

    code: str
    name: str
    country: str
    number: str
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """What follows from the shelf: new companies, facts between companies that are known, and what matches nobody.

    ``matched`` counts the companies of ours of which the source tells any fact.
    """

    companies: tuple[CompanyRow, ...]
    facts: tuple[HoldingRow | RightRow, ...]
    matched: int
    proposals: tuple[Proposal, ...]
    left_out: int
    """Facts of which one end matches nobody."""


@dataclass(frozen=True, slots=True)
class _Ours:
    """A company as we know it."""

    code: str
    name: str
    number: str
    country: str
    currency: str


def matched(source: str, *, new_companies: bool = False) -> Matched:
    """Match the shelf of a source with the companies that are known.

    With ``new_companies``, entities that are tied to a known company by any chain of facts become companies of their own,
    with the currency of the one that ties them in; without, they are proposals. Refusal never; a chain of more than NEW_MAX
    is cut and the rest are proposals.
    """
    ours = _ours()
    known = _known(source, ours.values())
    facts: dict[str, RegisterFact] = {}
    new: dict[str, CompanyRow] = {}
    edge = [*known, *ours.keys() - known.keys()]
    known |= {code: code for code in ours}
    while edge:
        found = {fact.key: fact for fact in _touching(source, edge)}
        facts |= found
        ends = {end: _other(fact, end) for fact in found.values() for end in (fact.subject, fact.holder) if end}
        edge = []
        if new_companies and len(new) < NEW_MAX:
            edge = _founded(source, {end: other for end, other in ends.items() if end not in known}, ours, known, new)
    rows, unmatched = _rows(source, facts.values(), known)
    proposals = tuple(_proposals(source, unmatched, ours))
    met = {known[end] for fact in facts.values() for end in (fact.subject, fact.holder) if end in known}
    return Matched(tuple(new.values()), rows, len(met - new.keys()), proposals, len(facts) - len(rows))


def band_of(text: str) -> Band | None:
    """The band that the shelf keeps as "(1/4, 1/2]"; None for none."""
    found = _BAND.fullmatch(text)
    if found is None:
        return None
    return Band(Fraction(found[2]), Fraction(found[3]), low_open=found[1] == "(", high_open=found[4] == ")")


def band_text(band: Band | None) -> str:
    """A band as the shelf keeps it: "(1/4, 1/2]" is more than a quarter, up to a half; empty for none."""
    if band is None:
        return ""
    return f"{'(' if band.low_open else '['}{band.low}, {band.high}{')' if band.high_open else ']'}"


def _ours() -> dict[str, _Ours]:
    """The companies we know, by code, as their registration says now."""
    said = {fact.company_id: fact for fact in Registration.objects.current().filter(valid_until=None)}
    found = {}
    for party in Party.objects.filter(kind=PartyKind.COMPANY.value):
        fact = said.get(party.id)
        number, country = (fact.register_number, fact.country) if fact is not None else ("", "")
        currency = fact.currency if fact is not None else ""
        found[party.code] = _Ours(party.code, party.name, number, country, currency)
    return found


def _known(source: str, ours: Iterable[_Ours]) -> dict[str, str]:
    """The codes of the shelf's entities that are companies of ours, with our codes."""
    by_id: dict[str, set[str]] = defaultdict(set)
    by_number: dict[str, list[_Ours]] = defaultdict(list)
    for each in ours:
        by_id[each.code].add(each.code)
        if each.number:
            by_id[each.number].add(each.code)
            by_number[each.number].append(each)
    found: dict[str, str] = {}
    for some in _chunks(list(by_id)):
        asked = Q(code__in=some) | Q(lei__in=some) | Q(register_number__in=some)
        for entity in RegisterEntity.objects.filter(asked, source=source):
            match = by_id.get(entity.code) or by_id.get(entity.lei) or _by_number(entity, by_number)
            if match and len(match) == 1:
                found[entity.code] = next(iter(match))
    return found


def _by_number(entity: RegisterEntity, by_number: Mapping[str, Sequence[_Ours]]) -> set[str]:
    """Whose register number it has, in the same country where both tell one."""
    same = by_number.get(entity.register_number, ())
    return {each.code for each in same if not (each.country and entity.country) or each.country == entity.country}


def _touching(source: str, codes: Sequence[str]) -> Iterator[RegisterFact]:
    for some in _chunks(codes):
        yield from RegisterFact.objects.filter(Q(subject__in=some) | Q(holder__in=some), source=source)


def _other(fact: RegisterFact, end: str) -> str:
    return fact.holder if end == fact.subject else fact.subject


def _entities(source: str, codes: Sequence[str]) -> Iterator[RegisterEntity]:
    for some in _chunks(codes):
        entities: QuerySet[RegisterEntity] = RegisterEntity.objects.filter(source=source, code__in=some)
        yield from entities


def _founded(
    source: str, wanted: Mapping[str, str], ours: dict[str, _Ours], known: dict[str, str], new: dict[str, CompanyRow]
) -> list[str]:
    """Found a company for each entity that is wanted, as far as the shelf tells of it; returns their codes on the shelf."""
    found = []
    for entity in _entities(source, list(wanted)):
        beside = ours.get(known.get(wanted[entity.code], ""))
        code = entity.lei or fit(entity.code, 100)
        if beside is None or code in ours or not entity.name or len(new) >= NEW_MAX:
            continue
        file, _, line = entity.place.rpartition(":")
        new[code] = CompanyRow(
            at=Place(file, int(line or 0)),
            id=code,
            name=entity.name[:200],
            register_number=entity.register_number,
            country=entity.country,
            currency=beside.currency,
            functional_currency=beside.currency,
            time_zone="UTC",
            source=f"{source} {entity.place}"[:200],
            kind=CompanyKind(entity.kind),
        )
        ours[code] = _Ours(code, entity.name, entity.register_number, entity.country, beside.currency)
        known[entity.code] = code
        found.append(entity.code)
    return found


def _rows(
    source: str, facts: Iterable[RegisterFact], known: Mapping[str, str]
) -> tuple[tuple[HoldingRow | RightRow, ...], set[str]]:
    """The facts of which every end is known, as rows; and the ends that are not."""
    rows: list[HoldingRow | RightRow] = []
    unmatched: set[str] = set()
    for fact in sorted(facts, key=lambda each: each.key):
        ends = {end for end in (fact.subject, fact.holder) if end}
        missing = {end for end in ends if end not in known}
        if missing:
            unmatched |= missing
        else:
            rows.append(_row(source, fact, known))
    return tuple(rows), unmatched


def _row(source: str, fact: RegisterFact, known: Mapping[str, str]) -> HoldingRow | RightRow:
    file, _, line = fact.place.rpartition(":")
    at, period = Place(file, int(line)), Period(fact.valid_from, fact.valid_until)
    code = fit(f"{source}:{fact.key}", FACT_CODE_LENGTH_MAX)
    evidence = f"{source} {fact.place} {fact.reference}".strip()
    holder = known[fact.holder] if fact.holder else None
    if fact.right:
        kind = RightKind(fact.right)
        return RightRow(at, code, known[fact.subject], kind, holder, "", None, period, evidence[:200])
    votes, capital = band_of(fact.votes), band_of(fact.capital)
    if votes is None:
        evidence = f"votes as capital; {evidence}"
    share = votes or capital or Band(Fraction(0), Fraction(1), low_open=True)
    return HoldingRow(
        at=at,
        id=code,
        owner=holder or "",
        owned=known[fact.subject],
        votes=_plain(share),
        capital=_plain(capital) if capital is not None and capital != share else None,
        period=period,
        source=evidence[:200],
    )


def _plain(band: Band) -> Fraction | Band:
    return band.low if band.low == band.high else band


def _proposals(source: str, unmatched: Iterable[str], ours: Mapping[str, _Ours]) -> Iterator[Proposal]:
    """What the shelf tells of the ends that match nobody, the first of them, with companies of the same name."""
    alike: dict[str, list[str]] = defaultdict(list)
    for each in ours.values():
        alike[_folded(each.name)].append(each.code)
    asked = sorted(unmatched)[:PROPOSALS_MAX]
    told = {entity.code: entity for entity in _entities(source, asked)}
    for code in asked:
        entity = told.get(code)
        if entity is None:
            yield Proposal(code, "", "", "")
        else:
            same = tuple(sorted(alike.get(_folded(entity.name), ())))
            yield Proposal(code, entity.name, entity.country, entity.register_number, same)


def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def fit(code: str, most: int) -> str:
    """A code that may stand in files and addresses, of what a source calls it."""
    return _UNFIT.sub("-", code).lstrip("._:-")[:most]


def _chunks(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(codes), _AT_ONCE):
        yield codes[first : first + _AT_ONCE]
