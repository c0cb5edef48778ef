"""Open Ownership's statements, BODS 0.4: a JSON array or JSON lines, plain, .gz or .zip.

Source: the Beneficial Ownership Data Standard 0.4 of standard.openownership.org. A record is told by a series of statements.
A share that changed is dated by the series: its ``startDate`` may be that of the whole interest, as it was first told.
``endDate`` is the first day on which the interest no longer is. An interest that is indirect is a sum of others and never
counted beside them; where its components are told, it is held against them. Names of people are not taken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path
from typing import Any

from inward.core.classification.facts import Band, CompanyKind, RightKind
from inward.core.terms import Rate
from inward.parties.sources.rows import Entity, Evidence, Finding, Right, Said, Share
from inward.parties.sources.streams import Record, many, records

SOURCE = "BODS"
_WHOLE, _NOTHING = Fraction(1), Fraction(0)
_LEI_SCHEME = "XI-LEI"
_WAYS_MAX = 1_000

KINDS: Mapping[str, CompanyKind] = {
    "registeredEntity": CompanyKind.COMPANY,
    "legalEntity": CompanyKind.COMPANY,
    "arrangement": CompanyKind.ARRANGEMENT,
    "anonymousEntity": CompanyKind.POOL,
    "unknownEntity": CompanyKind.POOL,
    "state": CompanyKind.STATE,
    "stateBody": CompanyKind.STATE,
}
"""Entity types of BODS 0.4."""

RIGHTS: Mapping[str, RightKind] = {
    "appointmentOfBoard": RightKind.BOARD_MAJORITY,
    "otherInfluenceOrControl": RightKind.DE_FACTO,
    "controlViaCompanyRulesOrArticles": RightKind.ARTICLES,
    "controlByLegalFramework": RightKind.LAW,
    "rightsGrantedByContract": RightKind.CONTRACT,
    "nominator": RightKind.NOMINATOR,
}
"""Interests that are power over the subject; the subject of a nominator is the arrangement, which holds for her."""

NO_POWER = frozenset(
    {
        *("seniorManagingOfficial", "boardMember", "boardChair", "beneficiaryOfLegalArrangement"),
        *("rightsToSurplusAssetsOnDissolution", "rightsToProfitOrIncome", "enjoymentAndUseOfAssets"),
        *("rightToProfitOrIncomeFromAssets", "conditionalRightsGrantedByContract", "settlor", "nominee"),
    }
)
"""Interests that say nothing of votes, capital or control now: left out and not reported."""

_SHARES = ("votingRights", "shareholding")
_NOBODY = "noBeneficialOwners"


@dataclass(frozen=True, slots=True)
class _Interest:
    """One interest of a statement: its type, how much, from when until when, and whether it goes through others."""

    type: str
    band: Band | None
    since: date | None
    until: date | None
    indirect: bool


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one statement says of a relationship. ``reason`` is why no interested party is named."""

    at: Evidence
    day: date | None
    status: str
    subject: str
    party: str
    reason: str
    interests: tuple[_Interest, ...]
    components: tuple[str, ...]


@dataclass(slots=True)
class _Stretch:
    """A stretch of days with one share, or one power. ``told`` is the startDate as it was said."""

    band: Band | None
    told: date | None
    since: date | None
    until: date | None
    at: Evidence


def read(path: Path) -> Iterator[Said]:
    """What a package says: entities as they come, then each relationship by the series of its statements.

    Memory grows with the statements of relationships, not with the entities. Raises Unreadable where the file cannot be read
    on; relationships come at the end, so then none of them does.
    """
    series: dict[str, list[_Statement]] = {}
    for number, record in enumerate(records(path, frozenset()), 1):
        kind, key = _text(record, "recordType"), _text(record, "recordId")
        details = record.get("recordDetails")
        at = _evidence(path, number, record)
        if kind not in {"entity", "person", "relationship"} or not key or not isinstance(details, dict):
            yield Finding(at, "source_record_unknown")
        elif kind == "entity":
            yield _entity(key, record, details, at)
        elif kind == "relationship":
            told = series.setdefault(key, [])
            if any(earlier.at.reference == at.reference for earlier in told):
                yield Finding(at, "source_statement_twice", {"id": at.reference[:60]})
            else:
                told.append(_statement(record, details, at))
    for statements in series.values():
        statements.sort(key=lambda statement: statement.day or date.min)  # stable: the order of the file within a day
    for key, statements in series.items():
        yield from _relationship(key, statements)
    yield from _checked_sums(series)


def _entity(key: str, record: Record, details: Record, at: Evidence) -> Entity:
    known = {
        _text(one, "scheme") or _text(one, "schemeName"): _text(one, "id")
        for one in many(details.get("identifiers"), "identifiers")
    }
    lei = known.pop(_LEI_SCHEME, "")
    register = next((scheme for scheme, number in known.items() if scheme and number), "")
    jurisdiction = details.get("jurisdiction")
    kind = details.get("entityType")
    return Entity(
        id=key,
        name=_text(details, "name"),
        at=at,
        kind=KINDS.get(_text(kind, "type") if isinstance(kind, dict) else "", CompanyKind.COMPANY),
        country=_text(jurisdiction, "code")[:2] if isinstance(jurisdiction, dict) else "",
        lei=lei,
        register=register,
        register_number=known.get(register, ""),
        since=_day(details.get("foundingDate")),
        until=_day(details.get("dissolutionDate")),
    )


def _statement(record: Record, details: Record, at: Evidence) -> _Statement:
    party, subject = details.get("interestedParty"), details.get("subject")
    reason = _text(party, "reason") or "unknown" if not isinstance(party, str) and isinstance(party, dict) else ""
    return _Statement(
        at=at,
        day=_day(record.get("statementDate")),
        status=_text(record, "recordStatus"),
        subject=subject if isinstance(subject, str) else "",
        party=party if isinstance(party, str) else "",
        reason=reason,
        interests=tuple(_interest(one) for one in many(details.get("interests"), "interests")),
        components=tuple(one for one in details.get("componentRecords") or () if isinstance(one, str)),
    )


def _interest(told: Record) -> _Interest:
    return _Interest(
        type=_text(told, "type") or "unknownInterest",
        band=_band(told.get("share")),
        since=_day(told.get("startDate")),
        until=_day(told.get("endDate")),
        indirect=_text(told, "directOrIndirect") == "indirect",
    )


def _band(share: object) -> Band | None:
    """The share with its ends; an end that is not told is none and all. None where it is no share, or ends before it begins."""
    if not isinstance(share, dict):
        return None
    exact = _part(share.get("exact"))
    if exact is not None:
        return Band(exact, exact)
    low, above = _part(share.get("minimum")), _part(share.get("exclusiveMinimum"))
    high, below = _part(share.get("maximum")), _part(share.get("exclusiveMaximum"))
    if low is None and above is None and high is None and below is None:
        return None
    band = Band(
        low=above if above is not None else low if low is not None else _NOTHING,
        high=below if below is not None else high if high is not None else _WHOLE,
        low_open=above is not None,
        high_open=below is not None,
    )
    empty = band.low > band.high or (band.low == band.high and (band.low_open or band.high_open))
    return None if empty else band


def _part(percent: object) -> Fraction | None:
    """Percent as a fraction of one, exactly as written."""
    if isinstance(percent, bool) or not isinstance(percent, int | float):
        return None
    try:
        part = Fraction(str(percent)) / 100
    except ValueError:
        return None
    return part if _NOTHING <= part <= _WHOLE else None


# --- the series of a relationship -------------------------------------------------------------------------------------


def _relationship(key: str, statements: Sequence[_Statement]) -> Iterator[Said]:
    """The shares and rights that follow from all statements of a record."""
    last = statements[-1]
    if not last.subject or not (last.party or last.reason):
        yield Finding(last.at, "source_record_unknown")
        return
    if last.subject == last.party and not any(one.type in _SHARES for one in last.interests):
        yield Finding(last.at, "source_own_parent", {"lei": last.subject})
        return
    yield from _unused(statements)
    if last.reason:
        yield _unspecified(key, statements)
        return
    stretches: dict[str, list[_Stretch]] = {}
    for kind in (*_SHARES, *RIGHTS):
        stretches[kind] = []
        for said in _stretched(statements, kind):
            if isinstance(said, Finding):
                yield said
            else:
                stretches[kind].append(said)
    yield from _shares(key, last, stretches)
    for kind, right in RIGHTS.items():
        for one in stretches[kind]:
            began = f":{one.since}" if one.since else ""
            yield Right(f"{key}:{right.value}{began}", last.subject, right, one.at, last.party, one.since, one.until)


def _unused(statements: Sequence[_Statement]) -> Iterator[Finding]:
    """Interests of the last statement that are of no kind known here, or share nothing that is told."""
    last = statements[-1]
    for interest in last.interests:
        if interest.type not in {*_SHARES, *RIGHTS, *NO_POWER}:
            yield Finding(last.at, "source_kind_unknown", {"kind": interest.type[:40]})
        elif interest.type in _SHARES and interest.band is None:
            yield Finding(last.at, "source_share_not_told", {"id": last.at.reference[:60]})
        elif interest.indirect and not last.components:
            yield Finding(last.at, "source_indirect_alone", {"id": last.at.reference[:60]})


def _unspecified(key: str, statements: Sequence[_Statement]) -> Right:
    """An interested party that is not named: nobody above, or somebody whom we do not know."""
    last = statements[-1]
    kind = RightKind.TOP if last.reason == _NOBODY else RightKind.UNKNOWN_PARENT
    since = next((one.since for one in last.interests if one.since), statements[0].day)
    ends = [one.until for one in last.interests if one.until]
    until = max(ends) if ends else last.day if last.status == "closed" else None
    at = Evidence(*(SOURCE, last.at.file, last.at.record, f"{last.at.reference} ({last.reason})", last.at.known))
    return Right(f"{key}:{kind.value}", last.subject, kind, at, None, since, until)


def _stretched(statements: Sequence[_Statement], kind: str) -> Iterator[_Stretch | Finding]:
    """The stretches of one kind of interest, in the order in which they were told."""
    found: list[_Stretch] = []
    for statement in statements:
        told = [
            one
            for one in statement.interests
            if one.type == kind and not one.indirect and (one.band is not None or kind not in _SHARES)
        ]
        _go_on(found, told, statement)
        if statement.status != "closed":
            continue
        for stretch in found:
            if stretch.until is None:
                stretch.until = statement.day
                yield Finding(statement.at, "source_end_presumed", {"id": statement.at.reference[:60]})
    for stretch in found:
        if stretch.since is not None and stretch.until is not None and stretch.until <= stretch.since:
            days = {"since": stretch.since.isoformat(), "until": stretch.until.isoformat()}
            yield Finding(stretch.at, "source_ends_before", days)
        else:
            yield stretch


def _go_on(found: list[_Stretch], told: Iterable[_Interest], statement: _Statement) -> None:
    """What a statement makes of the stretches before it: it repeats them, ends them, or has others begin in their place."""
    repeated: list[_Stretch] = []
    fresh: list[_Interest] = []
    for interest in told:
        same = next((one for one in found if (one.band, one.told) == (interest.band, interest.since)), None)
        if same is None:
            fresh.append(interest)
        else:
            same.until = interest.until or same.until
            repeated.append(same)
    left = [one for one in found if one.until is None and one not in repeated]
    begun = [_beginning(interest, left, statement) for interest in fresh]
    for stretch in left:
        stretch.until = min((day for day in begun if day is not None), default=statement.day)
    found.extend(
        _Stretch(interest.band, interest.since, since, interest.until, statement.at)
        for interest, since in zip(fresh, begun, strict=True)
    )


def _beginning(interest: _Interest, left: Sequence[_Stretch], statement: _Statement) -> date | None:
    """When a share that was not told before began: on its startDate, unless that is no later than what it replaces."""
    before = [one.told or date.min for one in left]
    if before and (interest.since is None or interest.since <= max(before)):
        return statement.day
    return interest.since


def _shares(key: str, last: _Statement, stretches: Mapping[str, list[_Stretch]]) -> Iterator[Said]:
    """Votes and capital side by side, cut wherever one of them changes."""
    votes, capital = (stretches[kind] for kind in _SHARES)
    both = [*votes, *capital]
    cuts = sorted({one.since or date.min for one in both} | {one.until for one in both if one.until})
    for since, until in zip_longest(cuts, cuts[1:]):
        vote = next((one for one in votes if _covers(one, since)), None)
        part = next((one for one in capital if _covers(one, since)), None)
        known = vote or part
        if known is not None:
            began = None if since == date.min else since
            yield Share(
                key=key if began is None else f"{key}:{began.isoformat()}",
                owner=last.party,
                owned=last.subject,
                at=known.at,
                votes=vote.band if vote is not None else None,
                capital=part.band if part is not None else None,
                since=began,
                until=until,
            )


def _covers(stretch: _Stretch, day: date) -> bool:
    return (stretch.since or date.min) <= day and (stretch.until is None or day < stretch.until)


# --- indirect interests held against their components -----------------------------------------------------------------


def _checked_sums(series: Mapping[str, Sequence[_Statement]]) -> Iterator[Finding]:
    """Indirect shares that are not what the links told for them come to, where all of these are exact."""
    for statements in series.values():
        last = statements[-1]
        for interest in last.interests:
            told = interest.band
            if not (interest.indirect and last.components and told is not None and told.low == told.high):
                continue
            links = [series[one][-1] for one in last.components if one in series]
            found = _product(links, interest.type, last.party, last.subject)
            if found is not None and found != told.low:
                facts = {"told": Rate(told.low), "found": Rate(found)}
                yield Finding(last.at, "source_chain_differs", facts)


def _product(links: Sequence[_Statement], kind: str, holder: str, subject: str) -> Fraction | None:
    """The shares multiplied along every way from holder to subject, added up; None where a link's share is not exact."""
    edges: dict[str, list[tuple[str, Fraction]]] = {}
    for link in links:
        bands = [one.band for one in link.interests if one.type == kind and not one.indirect]
        if len(bands) != 1 or bands[0] is None or bands[0].low != bands[0].high:
            return None
        edges.setdefault(link.party, []).append((link.subject, bands[0].low))
    total, ways = _NOTHING, [(holder, _WHOLE, frozenset({holder}))]
    for _ in range(_WAYS_MAX):
        if not ways:
            return total
        here, part, been = ways.pop()
        for to, share in edges.get(here, ()):
            if to == subject:
                total += part * share
            elif to not in been:
                ways.append((to, part * share, been | {to}))
    return None


def _evidence(path: Path, number: int, record: Record) -> Evidence:
    published = record.get("publicationDetails")
    known = _text(record, "statementDate") or (
        _text(published, "publicationDate") if isinstance(published, dict) else ""
    )
    return Evidence(SOURCE, path.name, number, _text(record, "statementId"), _instant(known))


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""


def _instant(text: str) -> datetime | None:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return None
    return told if told.tzinfo else datetime.combine(told.date(), time(), UTC)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None
