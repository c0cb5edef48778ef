"""Files of a world directory whose rows come in one by one, each by the act that a page would call; all of them or the good ones."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from inward.core.terms import Fact, Reason, Refusal
from inward.core.terms.reading import Fields
from inward.kit import versions
from inward.kit.actor import Actor
from inward.kit.intake import Columns, Report, Row, RowProblem
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import together


@dataclass(frozen=True, slots=True)
class RowsReport:
    """What became of the rows: the problems, how many were new or changed, whether they were written."""

    report: Report
    added: int
    changed: int
    written: bool
    told: tuple[Reason, ...] = ()


class _Undone(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


@dataclass
class Bringing(ABC):
    """Rows that are being brought in: who brings them, and what became of those read so far."""

    by: Actor
    at: datetime
    source: str
    read: int = 0
    added: int = 0
    changed: int = 0
    untold: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    fields: ClassVar[Sequence[str]]
    """What a row may say."""
    blamed: ClassVar[str]
    """Where it is said that somebody or something is not there, or not hers who brings the row."""

    required: ClassVar[Sequence[str] | None] = None
    """Of a table: the columns it must have. None for objects, each of which says itself what it has."""

    @abstractmethod
    def all(self, rows: Iterable[Row]) -> None:
        """Every row that could be read, each by ``one``, in the order in which they can be true."""

    @abstractmethod
    def named(self, row: Row) -> str:
        """Whom or what a row speaks of, as it was typed."""

    def bring(self, rows: Iterable[Row | RowProblem], *, good_rows: bool, dry_run: bool = False) -> RowsReport:
        """Do them; undo all of it where one was refused, unless the good ones are wanted, and on a dry run."""
        written = True
        try:
            with together():
                self.all(self._readable(rows))
                self._keep_or_undo(good_rows=good_rows, dry_run=dry_run)
        except _Undone:
            versions.look_again()  # the numbers that the acts raised never were
            written = False
        refused = len({(problem.file, problem.line) for problem in self.problems}) + self.untold
        report = Report(self.read, self.read - refused, tuple(self.problems))
        return RowsReport(report, self.added, self.changed, written)

    def one(self, row: Row, act: Callable[[Fields], None]) -> None:
        """Do what a row says, or note why not; what it had begun is undone by the act's own transaction."""
        try:
            fields = Fields({name: value for name, value in row.values.items() if value not in (None, "")})
            fields.only(self.fields)
            with together():
                act(fields)
        except Refusal as refusal:
            place = "id" if refusal.where == "code" else refusal.where
            self._problem(row, place, refusal.reason.code, **refusal.reason.facts)
        except Refused as refused:
            why = refused.reasons[0]
            self._problem(row, self.blamed, why.code, **why.facts)
        except NotThere:
            self._problem(row, self.blamed, "id_unknown", id=self.named(row))

    def _keep_or_undo(self, *, good_rows: bool, dry_run: bool) -> None:
        if dry_run or (self.problems and not good_rows):
            raise _Undone

    def _readable(self, rows: Iterable[Row | RowProblem]) -> Iterable[Row]:
        columns = None if self.required is None else Columns(self.required, self.fields)
        for row in rows:
            self.read += 1
            if isinstance(row, RowProblem):
                self.problems.append(row)
            elif columns is None or (wrong := columns.refuse(row)) is None:
                yield row
            else:
                self.problems.extend(wrong)
                self.untold += not wrong

    def _problem(self, row: Row, column: str, reason: str, /, **facts: Fact) -> None:
        self.problems.append(RowProblem(row.file, row.line, column, reason, facts))
