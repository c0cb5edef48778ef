"""GLEIF's files: LEI-CDF (who there is), RR-CDF (who consolidates whom) and reporting exceptions, full or delta.

Sources: the schemas LEI-CDF 3.1, RR-CDF 2.1 and Reporting Exceptions 2.1 of gleif.org. A registration that is LAPSED was
not renewed; what it says still holds. One that is ANNULLED or DUPLICATE never was. That accounts are consolidated is an
assertion of control: no percentage follows from it.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from inward.core.classification.facts import CompanyKind, RightKind
from inward.parties.sources.rows import Entity, Evidence, Finding, Gone, Right, Said
from inward.parties.sources.streams import Record, many, records

SOURCE = "GLEIF"
_NAMES = frozenset({"LEIRecord", "RelationshipRecord", "Exception"})
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_NEVER_WAS = frozenset({"ANNULLED", "DUPLICATE"})

KINDS: Mapping[str, CompanyKind] = {
    "BRANCH": CompanyKind.BRANCH,
    "FUND": CompanyKind.FUND,
    "RESIDENT_GOVERNMENT_ENTITY": CompanyKind.STATE,
}
"""Categories of LEI-CDF that are more than a company."""

RIGHTS: Mapping[str, RightKind] = {
    "IS_DIRECTLY_CONSOLIDATED_BY": RightKind.CONSOLIDATION,
    "IS_ULTIMATELY_CONSOLIDATED_BY": RightKind.ULTIMATE_CONSOLIDATION,
    "IS_INTERNATIONAL_BRANCH_OF": RightKind.BRANCH,
    "IS_FUND-MANAGED_BY": RightKind.FUND_MANAGER,
    "IS_SUBFUND_OF": RightKind.UMBRELLA,
    "IS_FEEDER_TO": RightKind.MASTER,
}
"""Relationship types of RR-CDF: the start node is the target, the end node holds."""

EXCEPTIONS: Mapping[str, RightKind] = {
    "NATURAL_PERSONS": RightKind.TOP,
    "NO_KNOWN_PERSON": RightKind.TOP,
    "NO_LEI": RightKind.UNKNOWN_PARENT,
    "NON_PUBLIC": RightKind.UNKNOWN_PARENT,
    "BINDING_LEGAL_COMMITMENTS": RightKind.UNKNOWN_PARENT,
    "LEGAL_OBSTACLES": RightKind.UNKNOWN_PARENT,
    "CONSENT_NOT_OBTAINED": RightKind.UNKNOWN_PARENT,
    "DETRIMENT_NOT_EXCLUDED": RightKind.UNKNOWN_PARENT,
    "DISCLOSURE_DETRIMENTAL": RightKind.UNKNOWN_PARENT,
}
"""Reasons for telling no parent. NON_CONSOLIDATING is not here: a parent there is, but none that consolidates."""


def read(path: Path) -> Iterator[Said]:
    """What a file of GLEIF says, record by record; which of the three files it is, each record tells.

    Raises Unreadable where the file cannot be read on.
    """
    for number, record in enumerate(records(path, _NAMES), 1):
        if "Relationship" in record:
            yield from _relationship(record, _evidence(path, number, record))
        elif "ExceptionCategory" in record:
            yield from _exception(record, _evidence(path, number, record))
        elif "Entity" in record:
            yield from _entity(record, _evidence(path, number, record))
        else:
            yield Finding(_evidence(path, number, record), "source_record_unknown")


def valid_lei(lei: str) -> bool:
    """Whether it is an LEI by ISO 17442: 18 letters or digits and two check digits, by ISO 7064 MOD 97-10."""
    if not _LEI.fullmatch(lei):
        return False
    return int("".join(str(int(sign, 36)) for sign in lei)) % 97 == 1


def _entity(record: Record, at: Evidence) -> Iterator[Said]:
    lei, entity = _text(record, "LEI"), record["Entity"]
    if not valid_lei(lei):
        yield Finding(at, "lei_wrong", {"lei": lei[:40]})
        return
    if _taken_back(record):
        yield Gone(lei, at)
        return
    authority = entity.get("RegistrationAuthority") or {}
    ended = _text(entity, "EntityStatus") == "INACTIVE"
    yield Entity(
        id=lei,
        name=_text(entity, "LegalName"),
        at=at,
        kind=KINDS.get(_text(entity, "EntityCategory"), CompanyKind.COMPANY),
        country=_text(entity, "LegalJurisdiction")[:2],
        lei=lei,
        register=_text(authority, "RegistrationAuthorityID"),
        register_number=_text(authority, "RegistrationAuthorityEntityID"),
        since=_day(_text(entity, "EntityCreationDate")),
        until=_day(_text(entity, "EntityExpirationDate")) if ended else None,
        successor=_successor(entity),
    )


def _successor(entity: Record) -> str:
    """The LEI of what took it over; ``SuccessorEntity`` may be repeated, the first names the principal one."""
    return next((_text(one, "SuccessorLEI") for one in many(entity.get("SuccessorEntity"), "SuccessorEntity")), "")


def _relationship(record: Record, at: Evidence) -> Iterator[Said]:
    said = record["Relationship"]
    child, parent = (_text(said.get(node) or {}, "NodeID") for node in ("StartNode", "EndNode"))
    kind = _text(said, "RelationshipType")
    key = f"{kind}:{child}:{parent}"
    wrong = next((lei for lei in (child, parent) if not valid_lei(lei)), None)
    if wrong is not None:
        yield Finding(at, "lei_wrong", {"lei": wrong[:40]})
    elif kind not in RIGHTS:
        yield Finding(at, "source_kind_unknown", {"kind": kind[:40]})
    elif _taken_back(record):
        yield Gone(key, at)
    elif child == parent:
        yield Finding(at, "source_own_parent", {"lei": child})
    else:
        since, until = _relationship_period(said)
        if since is not None and until is not None and until <= since:
            yield Finding(at, "source_ends_before", {"since": since.isoformat(), "until": until.isoformat()})
            return
        if _text(said, "RelationshipStatus") == "INACTIVE" and until is None:
            yield Finding(at, "source_end_not_told", {"lei": child})
            return
        yield Right(key, child, RIGHTS[kind], at, parent, since, until)


def _relationship_period(said: Record) -> tuple[date | None, date | None]:
    """The days of the relationship itself; those of accounting and of filing say nothing of when it holds."""
    for period in many(said.get("RelationshipPeriods"), "RelationshipPeriod"):
        if _text(period, "PeriodType") == "RELATIONSHIP_PERIOD":
            return _day(_text(period, "StartDate")), _day(_text(period, "EndDate"))
    return None, None


def _exception(record: Record, at: Evidence) -> Iterator[Said]:
    lei, reason = _text(record, "LEI"), _text(record, "ExceptionReason")
    key = f"{_text(record, 'ExceptionCategory')}:{lei}"
    if not valid_lei(lei):
        yield Finding(at, "lei_wrong", {"lei": lei[:40]})
    elif _taken_back(record):
        yield Gone(key, at)
    elif reason == "NON_CONSOLIDATING":
        yield Finding(at, "source_parent_not_consolidating", {"lei": lei})
    elif reason not in EXCEPTIONS:
        yield Finding(at, "source_kind_unknown", {"kind": reason[:40]})
    else:
        yield Right(key, lei, EXCEPTIONS[reason], at)


def _taken_back(record: Record) -> bool:
    """Whether the record never was, or a delta file says that it was deleted."""
    status = _text(record.get("Registration") or {}, "RegistrationStatus")
    return status in _NEVER_WAS or "Deletion" in (record.get("Extension") or {})


def _evidence(path: Path, number: int, record: Record) -> Evidence:
    told = record.get("Registration") or {}
    known = _text(told, "LastUpdateDate") or _text(record, "ContentDate")
    return Evidence(SOURCE, path.name, number, _text(told, "ValidationReference"), _instant(known))


def _text(record: Mapping[str, Any], name: str) -> str:
    """A text of the record; GLEIF's own JSON writes each as an object with the text under "$"."""
    value = record.get(name)
    value = value.get("$") if isinstance(value, dict) else value
    return value.strip() if isinstance(value, str) else ""


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    """The day as it is written; the hour behind it says nothing of when it holds."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
