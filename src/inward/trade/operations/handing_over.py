"""A supplier's list of what was handed over is brought in by file: of which order, which line, how many pieces, by which delivery note.

Each delivery note of an order is one hand-over by ``confirm_delivery``, with all that it refuses; a list that comes twice hands
nothing over twice. Why it is so: docs/decisions/0210.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from inward.core.terms.reading import Fields
from inward.kit.actor import Actor
from inward.kit.intake import Row, Tables
from inward.kit.policy import NotThere, require
from inward.kit.undoing import Journal
from inward.parties import queries as parties
from inward.parties.operations.bringing import Bringing, RowsReport
from inward.trade import policy
from inward.trade.models import Order
from inward.trade.operations.handling import confirm_delivery

HAND_OVER_COLUMNS = ("order", "line", "handed_over", "delivery_note")
HAND_OVER_REQUIRED = HAND_OVER_COLUMNS


def import_hand_overs(
    *,
    by: Actor,
    at: datetime,
    tables: Tables,
    good_rows: bool = False,
    dry_run: bool = False,
    source: str = "",
    journal: Journal | None = None,
) -> RowsReport:
    """Bring in what was handed over, a line of an order on each row; what a note has said already changes nothing.

    1. Refuse whoever serves for no supplier.   2. Each delivery note of an order by ``confirm_delivery``, with all that it refuses.
    3. Undo all of it where a row was refused, unless ``good_rows``, and on a dry run.
    Raises Refused.
    """
    require(policy.may_deliver_something(by, on=at.date()))
    coming = _HandOvers(by, at, source)
    return coming.bring(tables.get("hand_overs", ()), good_rows=good_rows, dry_run=dry_run)


@dataclass
class _Note:
    """A delivery note of an order: its rows, and the pieces of each line they name."""

    rows: list[Row] = field(default_factory=list)
    pieces: dict[int, int] = field(default_factory=dict)


class _HandOvers(Bringing):
    fields: ClassVar = HAND_OVER_COLUMNS
    required: ClassVar = HAND_OVER_REQUIRED
    blamed: ClassVar = "order"

    def all(self, rows: Iterable[Row]) -> None:
        """The rows of each delivery note of an order together, in the order in which notes come."""
        notes: dict[tuple[str, str], _Note] = defaultdict(_Note)
        for row in rows:
            self.one(row, lambda fields, row=row: self._read(notes, row, fields))  # type: ignore[misc]
        for (reference, name), note in notes.items():
            before = len(self.problems)
            self.one(note.rows[-1], lambda _last, of=(reference, name, note): self._handed(*of))  # type: ignore[misc]
            if len(self.problems) > before:
                self.untold += len(note.rows) - 1  # its rows are handed over together, or none of them

    def named(self, row: Row) -> str:
        """The order."""
        return str(row.values.get("order", ""))

    def _read(self, notes: dict[tuple[str, str], _Note], row: Row, fields: Fields) -> None:
        order, place, pieces = self._order(fields.text("order")), fields.whole("line"), fields.whole("handed_over")
        if not order.lines.filter(position=place).exists():
            fields.refuse("line", "id_unknown", id=str(place))
        if pieces < 1:
            fields.refuse("handed_over", "nothing_chosen")
        note = notes[order.reference, fields.text("delivery_note").strip()]
        note.rows.append(row)
        note.pieces[place] = note.pieces.get(place, 0) + pieces

    def _order(self, named: str) -> Order:
        """The order by its number or reference, where she who brings the list may see it."""
        visible = policy.orders_visible_to(self.by, keys=parties.keys(), on=self.at.date())
        called = {"number": int(named)} if named.isascii() and named.isdigit() else {"reference": named}
        found = Order.objects.filter(visible, **called).first()
        if found is None:
            raise NotThere
        return found

    def _handed(self, reference: str, name: str, note: _Note) -> None:
        known = Order.objects.filter(reference=reference, steps__facts__delivery_note=name).exists()
        confirm_delivery(by=self.by, at=self.at, reference=reference, pieces=note.pieces, delivery_note=name)
        self.added += not known
