"""What every register says, in the same words: entities, shares, rights, what was taken back, and what was not usable.

Parties appear as the source names them: an LEI, a register's number. Matching them to companies that are known is not
the reader's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from inward.core.classification.facts import Band, CompanyKind, RightKind
from inward.core.terms import Fact, Reason


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where it is said: the source, its file, which record (from 1), its reference; when the source came to know it."""

    source: str
    file: str
    record: int
    reference: str = ""
    known: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal entity as a register describes it.

    ``id`` is the source's; ``lei`` is empty or checks out by ISO 17442; ``register`` is the code of the authority that
    gave ``register_number``. ``since`` and ``until`` (exclusive) bound its existence as far as told. ``successor`` is the
    id of what took it over.
    """

    id: str
    name: str
    at: Evidence
    kind: CompanyKind = CompanyKind.COMPANY
    country: str = ""
    lei: str = ""
    register: str = ""
    register_number: str = ""
    since: date | None = None
    until: date | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """``owner`` holds a band of the votes, of the capital or of both. ``until`` is the first day it no longer holds."""

    key: str
    owner: str
    owned: str
    at: Evidence
    votes: Band | None = None
    capital: Band | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """``holder`` has power over ``target``, or something is known of its parents (see ``RightKind``)."""

    key: str
    target: str
    kind: RightKind
    at: Evidence
    holder: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The source takes back what it said under ``key``: it never was, or is no longer published."""

    key: str
    at: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """A record, or a part of one, that was not used as it stands: a code of ``vocabulary.REASONS`` and its facts."""

    at: Evidence
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def as_reason(self) -> Reason:
        """The finding as a reason that can be worded."""
        return Reason.of(self.code, **self.facts)


Said: TypeAlias = Entity | Share | Right | Gone | Finding
