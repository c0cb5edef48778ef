"""What public registers say is put on a shelf, as they say it. It decides nothing until it is matched and taken over."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.putting import put
from inward.kit.transaction import transaction
from inward.parties import policy
from inward.parties.changing import Source
from inward.parties.matching import Matched, band_text, matched
from inward.parties.models import (
    CODE_LENGTH_MAX,
    FACT_CODE_LENGTH_MAX,
    ControlRight,
    Holding,
    RegisterEntity,
    RegisterFact,
)
from inward.parties.operations.ownership import WithdrawnRow, record_ownership
from inward.parties.operations.worlds import WorldReport
from inward.parties.sources.rows import Entity, Evidence, Finding, Gone, Right, Said, Share
from inward.parties.vocabulary import SourceRank
from inward.parties.worldfiles import Place

RANKS: Mapping[str, SourceRank] = {
    "gleif": SourceRank.CORROBORATED,
    "psc": SourceRank.SUPPLIED,
    "bods": SourceRank.SUPPLIED,
    "exhibit21": SourceRank.SUPPLIED,
}
"""How far each register is trusted; the names are those of ``inward load --as``."""

FINDINGS_MAX = 1_000
"""So many findings are kept to be read; all are counted."""
_AT_ONCE = 20_000

_ENTITY = (
    *("source", "code", "name", "kind", "country", "lei", "register", "register_number"),
    *("valid_from", "valid_until", "successor", "place", "reference", "said_at"),
)
_FACT = (
    *("source", "key", "subject", "holder", "right", "votes", "capital"),
    *("valid_from", "valid_until", "place", "reference", "said_at"),
)


@dataclass(frozen=True, slots=True)
class ShelfReport:
    """What became of a file: records told, rows new or said otherwise, rows taken back, and what could not be used.

    ``findings`` are the first FINDINGS_MAX, ``found`` counts all by their codes.
    """

    entities: int
    facts: int
    changed: int
    gone: int
    findings: tuple[Finding, ...]
    found: dict[str, int]


def shelve_register(
    *,
    by: Actor,
    at: datetime,
    source: str,
    said: Iterable[Said],
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _done: None,
) -> ShelfReport:
    """Put what a register says on the shelf, in memory that does not grow with the file.

    1. Refuse what policy refuses.              3. Write each pile in a transaction of its own.
    2. Read on, some ten thousand at a time.    4. Audit how much it was.
    A pile that was written stays when a later record cannot be read: nothing is decided by the shelf, and the same file
    again changes only what differs. ``dry_run`` reads everything and writes nothing. Raises Refused, sources' Unreadable.
    """
    require(policy.may_administer_everything(by, on=at.date()))
    shelf = _Shelf(source, write=not dry_run)
    done = 0
    for done, one in enumerate(said, 1):
        shelf.take(one)
        if done % _AT_ONCE == 0:
            shelf.empty()
            progress(done)
    shelf.empty()
    progress(done)
    if not dry_run:
        counts = {"entities": shelf.entities, "facts": shelf.facts, "changed": shelf.changed, "gone": shelf.gone}
        with transaction():
            audit.record(by=by, at=at, act="parties.shelve_register", thing=f"register {source}", facts=counts)
    return ShelfReport(shelf.entities, shelf.facts, shelf.changed, shelf.gone, tuple(shelf.findings), dict(shelf.found))


@dataclass(frozen=True, slots=True)
class AdoptReport:
    """What the world took from the shelf: the rows written, and what matched nobody."""

    world: WorldReport
    matched: Matched
    withdrawn: int


def adopt_register(
    *, by: Actor, at: datetime, source: str, new_companies: bool = False, dry_run: bool = False
) -> AdoptReport:
    """Let the world have what the shelf of a source says of companies that are known, each fact with its evidence.

    1. Refuse what policy refuses.               3. Withdraw what this source said before and says no longer.
    2. Match entities with companies.            4. Hand both to ``record_ownership``, which audits and announces.
    With ``new_companies``, entities tied to known ones become companies; see ``matching``. Nothing another source says is
    touched. Raises Refused, Refusal.
    """
    require(policy.may_administer_everything(by, on=at.date()))
    found = matched(source, new_companies=new_companies)
    told = {row.id for row in found.facts}
    gone = [
        WithdrawnRow(Place(source, 0), table, code)
        for table, model in (("holdings", Holding), ("control_rights", ControlRight))
        for code in model.objects.current().filter(register=source).values_list("code", flat=True)
        if code not in told
    ]
    world = record_ownership(
        by=by,
        at=at,
        source=Source(text=source, register=source, rank=RANKS[source]),
        rows=(*found.companies, *found.facts, *gone),
        dry_run=dry_run,
    )
    return AdoptReport(world, found, len(gone))


class _Shelf:
    """One pile of rows after another; within a pile, what was said last of a key stands."""

    def __init__(self, source: str, *, write: bool) -> None:
        self.source, self.write = source, write
        self.entities = self.facts = self.changed = self.gone = 0
        self.findings: list[Finding] = []
        self.found: Counter[str] = Counter()
        self._entity: dict[str, tuple[Any, ...] | None] = {}
        self._fact: dict[str, tuple[Any, ...] | None] = {}

    def take(self, said: Said) -> None:
        """Note one thing that is said."""
        match said:
            case Entity():
                self.entities += 1
                self._keep(self._entity, said.id, CODE_LENGTH_MAX, self._entity_row(said), said.at)
            case Share() | Right():
                self.facts += 1
                self._keep(self._fact, said.key, FACT_CODE_LENGTH_MAX, self._fact_row(said), said.at)
            case Gone():
                self._entity[said.key] = self._fact[said.key] = None
            case _:
                self._find(said)

    def _keep(
        self, pile: dict[str, tuple[Any, ...] | None], key: str, most: int, row: tuple[Any, ...], at: Evidence
    ) -> None:
        if not key or len(key) > most:
            self._find(Finding(at, "code_not_usable", {"id": key[:60], "most": most}))
        else:
            pile[key] = row

    def _find(self, finding: Finding) -> None:
        self.found[finding.code] += 1
        if len(self.findings) < FINDINGS_MAX:
            self.findings.append(finding)

    def empty(self) -> None:
        """Write the piles and begin new ones."""
        if self.write and (self._entity or self._fact):
            with transaction():
                self._write(RegisterEntity, _ENTITY, self._entity, "code")
                self._write(RegisterFact, _FACT, self._fact, "key")
        self._entity, self._fact = {}, {}

    def _write(
        self,
        table: type[RegisterEntity | RegisterFact],
        columns: tuple[str, ...],
        pile: dict[str, tuple[Any, ...] | None],
        name: str,
    ) -> None:
        gone = [key for key, row in pile.items() if row is None]
        for first in range(0, len(gone), 500):
            some = table._default_manager.filter(source=self.source, **{f"{name}__in": gone[first : first + 500]})
            self.gone += some.delete()[0]
        self.changed += put(table, columns, [row for row in pile.values() if row is not None], ("source", name))

    def _entity_row(self, said: Entity) -> tuple[Any, ...]:
        return (
            *(self.source, said.id, said.name[:300], said.kind.value, said.country),
            *("" if said.lei == said.id else said.lei[:20], said.register[:60], said.register_number[:60]),
            *(said.since, said.until, said.successor[:CODE_LENGTH_MAX], *_evidence(said.at)),
        )

    def _fact_row(self, said: Share | Right) -> tuple[Any, ...]:
        share = said if isinstance(said, Share) else None
        ends = (
            (said.owned, said.owner, "")
            if isinstance(said, Share)
            else (said.target, said.holder or "", said.kind.value)
        )
        bands = (band_text(share.votes), band_text(share.capital)) if share is not None else ("", "")
        return (self.source, said.key, *ends, *bands, said.since, said.until, *_evidence(said.at))


def _evidence(at: Evidence) -> tuple[str, str, datetime | None]:
    return f"{at.file[:180]}:{at.record}", at.reference[:300], at.known
