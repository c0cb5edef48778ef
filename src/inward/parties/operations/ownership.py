"""What one source says of ownership, in one go: companies, shares, classes, powers. The write-side of registers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from inward.core.terms import Reason, Refusal
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.undoing import Journal
from inward.parties import policy, queries
from inward.parties.announcements import OwnershipRecorded
from inward.parties.changing import Source, changing, note, spoken_by
from inward.parties.models import ControlRight, Holding, OwnershipFact, ShareClass, Shareholding
from inward.parties.operations.worlds import WorldReport, Writing
from inward.parties.worldcheck import checked
from inward.parties.worldfiles import (
    CompanyRow,
    HoldingRow,
    PersonRow,
    Place,
    Read,
    RightRow,
    ShareClassRow,
    ShareholdingRow,
)

_TABLES: dict[str, type[OwnershipFact]] = {
    "holdings": Holding,
    "share_classes": ShareClass,
    "shareholdings": Shareholding,
    "control_rights": ControlRight,
}
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """The source says no longer what it said under this id, in ``table`` (as the files are called)."""

    at: Place
    table: str
    id: str


SaidRow: TypeAlias = CompanyRow | PersonRow | HoldingRow | ShareClassRow | ShareholdingRow | RightRow | WithdrawnRow


def record_ownership(
    *,
    by: Actor,
    at: datetime,
    source: Source,
    rows: Iterable[SaidRow],
    dry_run: bool = False,
    journal: Journal | None = None,
) -> WorldReport:
    """Bring in what one outside source says: companies and people that are new, and facts of ownership, set-wise.

    1. Refuse what policy refuses, and a source          4. Write what is new or otherwise; take back what is withdrawn.
       without a code.                                   5. Let the core check the world that is decided.
    2. Wait; check the rows against each other and       6. Bump the version, audit, announce OwnershipRecorded.
       what this source said before.
    3. Those that hold together go on.
    ``source.register`` is the code of the source, ``source.rank`` how far it is trusted; the rows' own speaker and empty
    words are replaced by these. Parties are named by their codes here: matching is the caller's. An id stands for the same
    fact each time (begin it with the register's code), so that the same rows again change nothing; nobody corrects the
    facts of another source, those stand beside each other and ``deciding`` chooses. Rows that say nothing of a fact leave it
    as it is; ``WithdrawnRow`` takes it back. Companies that are known keep what is known of them: give rows only for new
    ones. Raises Refused, Refusal.
    """
    require(policy.may_administer_everything(by, on=at.date()))
    if not source.register:
        raise Refusal(Reason.of("field_missing"), where="register")
    spoken_by(source)
    read, withdrawn = _sorted(rows, source)
    with changing():
        good = checked(read, Writing.known_facts())
        writing = Writing(at, source.text, journal or Journal(), write=not dry_run, evidence=source.evidence)
        writing.everything(good)
        taken_back = _take_back(withdrawn, source, writing)
        changes = writing.added + writing.changed + taken_back
        if writing.write and changes:
            queries.check_world()
            counts = {"added": writing.added, "changed": writing.changed + taken_back, "refused": len(good.problems)}
            note(by, at, "record_ownership", f"source {source.register}", {"rank": source.rank.value, **counts}, source)
            outbox.announce(OwnershipRecorded(source.register, changes), by=by, at=at)
    report = writing.report(read.rows, good)
    return replace(report, changed=report.changed + taken_back)


def _sorted(rows: Iterable[SaidRow], source: Source) -> tuple[Read, list[WithdrawnRow]]:
    """The rows by their sort, in this source's mouth."""
    read, withdrawn = Read(), []
    for row in rows:
        read.rows += 1
        match row:
            case CompanyRow():
                read.companies.append(row)
            case PersonRow():
                read.people.append(row)
            case HoldingRow():
                read.holdings.append(replace(row, speaker=source.speaker))
            case ShareClassRow():
                read.share_classes.append(replace(row, speaker=source.speaker))
            case ShareholdingRow():
                read.shareholdings.append(replace(row, speaker=source.speaker))
            case RightRow():
                read.rights.append(replace(row, speaker=source.speaker))
            case _:
                withdrawn.append(row)
    return read, withdrawn


def _take_back(withdrawn: Iterable[WithdrawnRow], source: Source, writing: Writing) -> int:
    """Close what the source says no longer; returns how many facts. What it never said, or another says, stays."""
    ids: dict[str, list[str]] = {name: [] for name in _TABLES}
    for row in withdrawn:
        ids[row.table].append(row.id)
    return sum(_close(_TABLES[name], codes, source, writing) for name, codes in ids.items())


def _close(table: type[OwnershipFact], codes: Collection[str], source: Source, writing: Writing) -> int:
    asked = list(dict.fromkeys(codes))
    closed: list[int] = []
    for first in range(0, len(asked), _AT_ONCE):
        said = table._default_manager.filter(
            known_until=None, register=source.register, code__in=asked[first : first + _AT_ONCE]
        )
        keys = list(said.values_list("pk", flat=True))
        if writing.write:
            table._default_manager.filter(pk__in=keys).update(known_until=writing.at)
        closed += keys
    if writing.write:
        writing.journal.closed(table, closed)
    return len(closed)
