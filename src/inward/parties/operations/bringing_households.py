"""The households of a world directory come in and go out: ``households.csv``, by whoever keeps households and nobody else.

It is a file apart from the rest of the world: who brings in companies and work has no business in it, and each row passes
through the act that a page would call, so that what no inside rule needs is refused here too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from inward.core.classification import Tie
from inward.core.terms import Refusal
from inward.core.terms.reading import Fields
from inward.kit import audit, versions
from inward.kit.actor import Actor
from inward.kit.intake import Report, Row, RowProblem
from inward.kit.policy import NotThere, Refused, require
from inward.kit.transaction import together, transaction
from inward.parties import exports, policy
from inward.parties.changing import Source
from inward.parties.models import HouseholdMember
from inward.parties.operations.households import correct_household, declare_household
from inward.parties.vocabulary import Purpose
from inward.parties.worldfiles import HOUSEHOLD_COLUMNS


@dataclass(frozen=True, slots=True)
class HouseholdsReport:
    """What became of the rows: the problems, how many were new or changed, whether they were written."""

    report: Report
    added: int
    changed: int
    written: bool


class _Undone(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


def import_households(
    *,
    by: Actor,
    at: datetime,
    rows: Iterable[Row | RowProblem],
    good_rows: bool = False,
    source: str = "",
) -> HouseholdsReport:
    """Bring in who belongs to whose household; what is known already changes nothing, and nothing ends by being left out.

    1. Refuse whoever keeps no households.            3. Undo all of it where a row was refused, unless ``good_rows``.
    2. Each row by ``declare_household`` or, for an id that is known, ``correct_household``, with all that they refuse.
    Raises Refused.
    """
    require(policy.may_keep_some_households(by, on=at.date()))
    bringing = _Bringing(by, at, source)
    written = False
    try:
        with together():
            bringing.all(rows, good_rows=good_rows)
            written = True
    except _Undone:
        versions.look_again()  # the numbers that the acts raised never were
    report = Report(bringing.read, bringing.read - len(bringing.problems), tuple(bringing.problems))
    return HouseholdsReport(report, bringing.added, bringing.changed, written)


def export_households(*, by: Actor, at: datetime, folder: Path) -> int:
    """Write ``households.csv`` into a world directory for whoever keeps all households; returns how many rows.

    1. Write nothing for others, and nothing where none are kept.  2. Audit that all were read.  3. Write.
    """
    everywhere = not by.nobody and by.parties(policy.HOUSEHOLD_KEEPER, on=at.date()) is None
    if not everywhere or not HouseholdMember.objects.current().exists():
        return 0
    with transaction():
        audit.record(by=by, at=at, act="parties.export_households", thing="households", facts={})
    return exports.write_households(folder, viewer=by)


@dataclass
class _Bringing:
    by: Actor
    at: datetime
    source: str
    read: int = 0
    added: int = 0
    changed: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    def all(self, rows: Iterable[Row | RowProblem], *, good_rows: bool) -> None:
        """Every row. Raises _Undone where one was refused, unless the good ones are wanted."""
        for row in rows:
            self.read += 1
            if isinstance(row, RowProblem):
                self.problems.append(row)
            else:
                self._one(row, self._household)
        if self.problems and not good_rows:
            raise _Undone

    def _one(self, row: Row, act: Callable[[Fields], None]) -> None:
        """Do what a row says, or note why not; what it had begun is undone by the act's own transaction."""
        try:
            fields = Fields({name: value for name, value in row.values.items() if value}, "")
            fields.only(HOUSEHOLD_COLUMNS)
            with together():
                act(fields)
        except Refusal as refusal:
            place = "id" if refusal.where == "code" else refusal.where
            self.problems.append(RowProblem(row.file, row.line, place, refusal.reason.code, refusal.reason.facts))
        except Refused as refused:
            why = refused.reasons[0]
            self.problems.append(RowProblem(row.file, row.line, "person", why.code, why.facts))
        except NotThere:
            who = f"{row.values.get('person', '')}, {row.values.get('member', '')}"
            self.problems.append(RowProblem(row.file, row.line, "person", "id_unknown", {"id": who}))

    def _household(self, fields: Fields) -> None:
        person, member, tie = fields.text("person"), fields.text("member"), fields.choice("tie", Tie)
        purposes = {_purpose(name) for name in fields.text("purposes").replace(",", " ").split()}
        since, period, code = fields.day("valid_from"), fields.period(), fields.text_or_none("id") or ""
        source = Source(fields.text_or_none("source") or self.source)
        current = HouseholdMember.objects.current().select_related("person", "member")
        same = {"person__code": person, "member__code": member, "valid_from": since}
        known = current.filter(**({"code": code} if code else same)).first()
        if known is None:
            declare_household(
                by=self.by,
                at=self.at,
                person=person,
                member=member,
                tie=tie,
                purposes=purposes,
                valid_from=since,
                valid_until=period.until,
                code=code,
                source=source,
            )
            self.added += 1
            return
        if (known.person.code, known.member.code) != (person, member):
            fields.refuse("id", "id_twice", id=code)
        said = (tie.value, sorted(each.value for each in purposes), period)
        if said == (known.tie, known.purposes, known.period):
            return
        correct_household(
            by=self.by,
            at=self.at,
            household=known.code,
            tie=tie,
            purposes=purposes,
            valid_from=since,
            valid_until=period.until,
            source=source,
        )
        self.changed += 1


def _purpose(name: str) -> Purpose:
    return Fields({"purposes": name}).choice("purposes", Purpose)
