"""The inside rules of a world directory come in: ``definitions.json``, all or nothing, or those that are right."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from inward.core.classification import definition_from
from inward.core.terms.reading import Fields
from inward.kit.actor import Actor
from inward.kit.intake import Row, RowProblem
from inward.kit.policy import require
from inward.parties import policy
from inward.parties.changing import Source
from inward.parties.models import DefinitionChoice, InsideDefinition
from inward.parties.operations.bringing import Bringing, RowsReport
from inward.parties.operations.definitions import choose_definition, keep_definition
from inward.parties.vocabulary import Purpose

FIELDS = ("id", "name", "valid_from", "definition", "serves")
"""What an object may say: with ``definition`` it is a version of a rule, with ``serves`` the choice of one for a purpose."""


def import_definitions(
    *,
    by: Actor,
    at: datetime,
    rows: Iterable[Row | RowProblem],
    good_rows: bool = False,
    source: str = "",
) -> RowsReport:
    """Bring in versions of inside rules and what they serve; what is known already changes nothing.

    1. Refuse what policy refuses.               3. Choose, each by ``choose_definition``: a rule may stand below its choice.
    2. Keep each version by ``keep_definition``. 4. Undo all of it where a row was refused, unless ``good_rows``.
    Raises Refused.
    """
    require(policy.may_define_inside(by, on=at.date()))
    return _Definitions(by, at, source).bring(rows, good_rows=good_rows)


class _Definitions(Bringing):
    fields: ClassVar = FIELDS
    blamed: ClassVar = "id"

    def all(self, rows: Iterable[Row]) -> None:
        """The versions, then what serves what."""
        choices: list[Row] = []
        for row in rows:
            if "serves" in row.values and "definition" not in row.values:
                choices.append(row)
            else:
                self.one(row, self._keep)
        for row in choices:
            self.one(row, self._choose)

    def named(self, row: Row) -> str:
        """The code of the rule."""
        return str(row.values.get("id"))

    def _keep(self, fields: Fields) -> None:
        code, name, since = fields.text("id"), fields.text("name"), _since(fields)
        if fields.has("serves"):
            fields.refuse("serves", "field_unknown", name="serves")
        body = Fields.of(fields.values.get("definition"), "definition").values
        known = InsideDefinition.objects.current().filter(code=code, valid_from=since, name=name).first()
        if known is not None and definition_from({**known.body, "id": code}) == definition_from({**body, "id": code}):
            return
        keep_definition(
            by=self.by, at=self.at, code=code, name=name, body=body, valid_from=since, source=Source(self.source)
        )
        self.added += 1

    def _choose(self, fields: Fields) -> None:
        code, since = fields.text("id"), _since(fields)
        purpose = fields.choice("serves", Purpose)
        running = DefinitionChoice.objects.current().filter(purpose=purpose.value, valid_from=since)
        if running.filter(definition=code).exists():
            return
        choose_definition(
            by=self.by, at=self.at, purpose=purpose, definition=code, valid_from=since, source=Source(self.source)
        )
        self.added += 1


def _since(fields: Fields) -> date | None:
    return fields.day("valid_from") if fields.has("valid_from") else None
