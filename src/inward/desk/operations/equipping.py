"""Things that departments look after come in from a file: what each is, and who has it since when."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Final

from inward.core.terms.reading import Fields
from inward.desk import policy
from inward.desk.models import Equipment
from inward.desk.operations.equipment import hold_equipment, set_equipment
from inward.kit.actor import Actor
from inward.kit.intake import Row, Tables
from inward.kit.policy import require
from inward.parties.operations.bringing import Bringing, RowsReport

THING_COLUMNS: Final = ("code", "supplier", "name", "sort", "serial", "holder", "place", "valid_from")
THING_REQUIRED: Final = ("code", "supplier", "name")


def import_equipment(
    *, by: Actor, at: datetime, tables: Tables, good_rows: bool = False, dry_run: bool = False
) -> RowsReport:
    """Bring in things, one on each row: new, or said otherwise; with a holder, who has it from a day on.

    1. Refuse whoever keeps no queue.   2. Refuse each row whose department the actor does not keep, or that ``set_equipment`` or
       ``hold_equipment`` refuses.   3. Undo all of it where a row was refused, unless ``good_rows``, and on a dry run.   Raises Refused.
    """
    require(policy.may_keep_some_queue(by, on=at.date()))
    return _Things(by, at, "").bring(tables.get("equipment", ()), good_rows=good_rows, dry_run=dry_run)


class _Things(Bringing):
    fields: ClassVar = THING_COLUMNS
    required: ClassVar = THING_REQUIRED
    blamed: ClassVar = "supplier"

    def all(self, rows: Iterable[Row]) -> None:
        """Each as it comes."""
        for row in rows:
            self.one(row, self._kept)

    def named(self, row: Row) -> str:
        """The department."""
        return str(row.values.get("supplier", ""))

    def _kept(self, fields: Fields) -> None:
        code, holder = fields.text("code"), fields.text_or_none("holder")
        known = Equipment.objects.filter(code=code).exists()
        set_equipment(
            by=self.by,
            at=self.at,
            code=code,
            supplier=fields.text("supplier"),
            name=fields.text("name"),
            sort=fields.text_or_none("sort") or "",
            serial=fields.text_or_none("serial") or "",
        )
        if holder is not None:
            hold_equipment(
                by=self.by,
                at=self.at,
                code=code,
                holder=holder,
                place=fields.text_or_none("place") or "",
                valid_from=fields.day("valid_from") if fields.has("valid_from") else None,
            )
        self.changed += known
        self.added += not known
