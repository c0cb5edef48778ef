"""Mergers, splits, new names and reorganisations of a world directory come in: what happened is told, and nothing changed.

What an event changed stands in the other files, as dated facts. An event that was entered here, with the rows it made, is said
otherwise by nobody's file; one that came in a file can be, and has no rows to take back.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from inward.kit.undoing import Journal
from inward.parties.models import ChangeEvent, ChangePart, ChangeRow
from inward.parties.worldfiles import EventRow

_TOLD = ("kind", "day", "before", "after", "units", "people")


def told_here() -> dict[str, tuple[Any, ...]]:
    """What the events say that were entered here, by their ids; one that was taken back says nothing any more."""
    here = ChangeEvent.objects.filter(pk__in=ChangeRow.objects.values("event"))
    parts = _parts(here.values_list("pk", flat=True))
    return {event.reference: _says(event, parts.get(event.pk, ())) if event.undone_at is None else () for event in here}


class Bringing:
    """The events of one import: how many are new, are told otherwise, or are known so; written when ``write``."""

    def __init__(self, *, keys: Mapping[str, int], home: Callable[[str], str], at: datetime, source: str) -> None:
        self.keys, self.home, self.at, self.source = keys, home, at, source
        self.added = self.changed = self.unchanged = 0

    def all(self, rows: Sequence[EventRow], journal: Journal, *, write: bool) -> None:
        """Every row."""
        known = {event.reference: event for event in ChangeEvent.objects.all()} if rows else {}
        parts = _parts([event.pk for event in known.values()])
        for row in rows:
            event = known.get(row.id)
            if event is None:
                self.added += 1
            elif event.undone_at is None and _says(event, parts.get(event.pk, ())) == row.says:
                self.unchanged += 1
                continue
            else:
                self.changed += 1
            if write:
                self._write(row, event, journal)

    def _write(self, row: EventRow, event: ChangeEvent | None, journal: Journal) -> None:
        told = {
            "kind": row.kind.value,
            "day": row.day,
            "before": row.before,
            "after": row.after,
            "units": row.units,
            "people": row.people,
            "companies": sorted({self.home(code) for two in row.parts for code in two if code}),
            "source": row.source or self.source,
            "undone_at": None,
        }
        new = event is None
        if event is None:
            event = ChangeEvent.objects.create(code=row.id, entered_at=self.at, **told)
            journal.added(ChangeEvent, [event.pk])
        else:  # it came in a file before: what it was about is told anew, and not taken back with this import
            ChangeEvent.objects.filter(pk=event.pk).update(**told)
            ChangePart.objects.filter(event=event).delete()
        made = [
            ChangePart(event=event, party_id=self.keys[party], other_id=self.keys[other] if other else None)
            for party, other in row.parts
        ]
        ChangePart.objects.bulk_create(made)
        if new:
            journal.added(ChangePart, [part.pk for part in made])


def _parts(events: Collection[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    found: dict[int, list[tuple[str, str]]] = {}
    rows = ChangePart.objects.filter(event__in=events).order_by("pk")
    for event, party, other in rows.values_list("event_id", "party__code", "other__code"):
        found.setdefault(event, []).append((party, other or ""))
    return {event: tuple(parts) for event, parts in found.items()}


def _says(event: ChangeEvent, parts: tuple[tuple[str, str], ...]) -> tuple[Any, ...]:
    return (*(getattr(event, name) for name in _TOLD), parts)
