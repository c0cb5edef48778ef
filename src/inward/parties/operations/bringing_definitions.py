"""The inside rules of a world directory come in: ``definitions.json``, all or nothing, or those that are right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from inward.core.classification import definition_from
from inward.core.terms import Refusal
from inward.core.terms.reading import Fields
from inward.kit import versions
from inward.kit.actor import Actor
from inward.kit.intake import Report, Row, RowProblem
from inward.kit.policy import NotThere, require
from inward.kit.transaction import together
from inward.parties import policy
from inward.parties.changing import Source
from inward.parties.models import DefinitionChoice, InsideDefinition
from inward.parties.operations.definitions import choose_definition, keep_definition
from inward.parties.vocabulary import Purpose

FIELDS = ("id", "name", "valid_from", "definition", "serves")
"""What an object may say: with ``definition`` it is a version of a rule, with ``serves`` the choice of one for a purpose."""


@dataclass(frozen=True, slots=True)
class DefinitionsReport:
    """What became of the rows: the problems, how many versions and choices were new, whether they were written."""

    report: Report
    added: int
    written: bool


class _Undone(Exception):  # noqa: N818 - it states what is wanted
    """Nothing of it is to be kept."""


def import_definitions(
    *,
    by: Actor,
    at: datetime,
    rows: Iterable[Row | RowProblem],
    good_rows: bool = False,
    source: str = "",
) -> DefinitionsReport:
    """Bring in versions of inside rules and what they serve; what is known already changes nothing.

    1. Refuse what policy refuses.               3. Choose, each by ``choose_definition``: a rule may stand below its choice.
    2. Keep each version by ``keep_definition``. 4. Undo all of it where a row was refused, unless ``good_rows``.
    Raises Refused.
    """
    require(policy.may_define_inside(by, on=at.date()))
    bringing = _Bringing(by, at, source)
    written = False
    try:
        with together():
            bringing.all(rows, good_rows=good_rows)
            written = True
    except _Undone:
        versions.look_again()  # the numbers that the acts raised never were
    report = Report(bringing.read, bringing.read - len(bringing.problems), tuple(bringing.problems))
    return DefinitionsReport(report, bringing.added, written)


@dataclass
class _Bringing:
    by: Actor
    at: datetime
    source: str
    read: int = 0
    added: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    def all(self, rows: Iterable[Row | RowProblem], *, good_rows: bool) -> None:
        """Every row. Raises _Undone where one was refused, unless the good ones are wanted."""
        choices: list[Row] = []
        for row in rows:
            self.read += 1
            if isinstance(row, RowProblem):
                self.problems.append(row)
            elif "serves" in row.values and "definition" not in row.values:
                choices.append(row)
            else:
                self._one(row, self._keep)
        for row in choices:
            self._one(row, self._choose)
        if self.problems and not good_rows:
            raise _Undone

    def _one(self, row: Row, act: Callable[[Fields], bool]) -> None:
        """Do what a row says, or note why not; what it had begun is undone by the act's own transaction."""
        try:
            fields = Fields(row.values)
            fields.only(FIELDS)
            with together():
                self.added += act(fields)
        except Refusal as refusal:
            place = "id" if refusal.where == "code" else refusal.where
            self.problems.append(RowProblem(row.file, row.line, place, refusal.reason.code, refusal.reason.facts))
        except NotThere:
            self.problems.append(RowProblem(row.file, row.line, "id", "id_unknown", {"id": str(row.values.get("id"))}))

    def _keep(self, fields: Fields) -> bool:
        code, name, since = fields.text("id"), fields.text("name"), _since(fields)
        if fields.has("serves"):
            fields.refuse("serves", "field_unknown", name="serves")
        body = Fields.of(fields.values.get("definition"), "definition").values
        known = InsideDefinition.objects.current().filter(code=code, valid_from=since, name=name).first()
        if known is not None and definition_from({**known.body, "id": code}) == definition_from({**body, "id": code}):
            return False
        keep_definition(
            by=self.by, at=self.at, code=code, name=name, body=body, valid_from=since, source=Source(self.source)
        )
        return True

    def _choose(self, fields: Fields) -> bool:
        code, since = fields.text("id"), _since(fields)
        purpose = fields.choice("serves", Purpose)
        running = DefinitionChoice.objects.current().filter(purpose=purpose.value, valid_from=since)
        if running.filter(definition=code).exists():
            return False
        choose_definition(
            by=self.by, at=self.at, purpose=purpose, definition=code, valid_from=since, source=Source(self.source)
        )
        return True


def _since(fields: Fields) -> date | None:
    return fields.day("valid_from") if fields.has("valid_from") else None
