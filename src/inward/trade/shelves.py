"""Counted items, pure: what is left of one, and from which of its places a line is served. No database, no clock.

Why it is so: docs/decisions/0183-an-order-holds-its-pieces-in-its-own-write.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inward.core.terms import Reason, Refusal


@dataclass(frozen=True, slots=True)
class Shelf:
    """A place at which an item is counted. ``back_order``: it may be ordered beyond what is there, to come when more does."""

    key: int
    offering: str
    place: str
    back_order: bool
    expected: date | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A shelf as it stood when it was read: ``promised`` to orders, ``short`` beyond what lies there."""

    shelf: Shelf
    promised: int = 0
    short: int = 0

    @property
    def there(self) -> int:
        """Pieces that lie there, promised ones included; below zero: more were handed over than were counted."""
        return self.promised - self.short

    @property
    def left(self) -> int:
        """Pieces that can still be promised out of what lies there."""
        return max(0, -self.short)


@dataclass(frozen=True, slots=True)
class Available:
    """What is left of an item for whoever wants it, place by place in the order of their names."""

    places: tuple[Counted, ...]

    @property
    def left(self) -> int:
        """At all places together."""
        return sum(each.left for each in self.places)

    @property
    def back_order(self) -> bool:
        """Whether some place takes orders beyond what is there."""
        return any(each.shelf.back_order for each in self.places)

    def expected(self, on: date) -> date | None:
        """By when more is expected, the earliest day that is not past."""
        days = (each.shelf.expected for each in self.places)
        return min((day for day in days if day is not None and day >= on), default=None)

    def serving(self, pieces: int) -> Counted | None:
        """The place that serves a line of so many pieces: the first that has them all, else the first that takes orders beyond."""
        beyond = (each for each in self.places if each.shelf.back_order)
        return next((each for each in self.places if each.left >= pieces), None) or next(beyond, None)

    def beside(self, kept: "Kept", pieces: int) -> Counted | None:
        """The place where pieces were held for her, if the rest of so many is left there too."""
        there = (each for each in self.places if each.shelf.key == kept.place)
        return next((each for each in there if each.left >= pieces - kept.pieces), None)

    def less(self, key: int, pieces: int) -> "Available":
        """The same after so many pieces were promised at one of the places."""
        return Available(
            tuple(
                Counted(each.shelf, each.promised + pieces, each.short + pieces) if each.shelf.key == key else each
                for each in self.places
            )
        )


@dataclass(frozen=True, slots=True)
class Hold:
    """Pieces of an order's line (by its position, from 1) that are held at a place."""

    position: int
    shelf: Shelf
    pieces: int
    kept: "Kept | None" = None
    """What was held for her while she waited, and now is the order's."""

    @property
    def added(self) -> int:
        """Pieces that the order promises beyond what was held already."""
        return self.pieces - (0 if self.kept is None else self.kept.pieces)


@dataclass(frozen=True, slots=True)
class Kept:
    """Pieces held at a place for somebody who waited, by the key of her waiting."""

    waiting: int
    place: int
    pieces: int


@dataclass(slots=True)
class Holding:
    """The lines of one order, served one after the other: what one takes is not there for the next."""

    available: dict[str, Available]
    on: date
    names: Mapping[str, str]
    kept: dict[str, Kept] = field(default_factory=dict)
    holds: list[Hold] = field(default_factory=list)

    def serve(self, position: int, offering: str, pieces: int) -> None:
        """Hold the pieces of a line. Refusal (stock_…) where no place has them, with what is left."""
        found = self.available.get(offering)
        if found is None:
            return
        kept = self.kept.pop(offering, None)
        place = None if kept is None else found.beside(kept, pieces)
        if place is None:
            kept, place = None, found.serving(pieces)
        if place is None:
            raise Refusal(self._why(found, offering, pieces), where=f"line {position}")
        hold = Hold(position, place.shelf, pieces, kept)
        self.available[offering] = found.less(place.shelf.key, hold.added)
        self.holds.append(hold)

    def _why(self, found: Available, offering: str, pieces: int) -> Reason:
        name, expected = self.names.get(offering) or offering, found.expected(self.on)
        if found.left >= pieces:
            best = max(found.places, key=lambda each: each.left)
            return Reason.of("stock_apart", offering=name, most=best.left, place=best.shelf.place, left=found.left)
        if found.left:
            return Reason.of("stock_short", offering=name, left=found.left, quantity=pieces)
        if expected is not None:
            return Reason.of("stock_none_until", offering=name, expected=expected)
        return Reason.of("stock_none", offering=name)


def available(counted: Iterable[Counted]) -> dict[str, Available]:
    """What is left of each item that is counted, from its places in their order."""
    places: dict[str, list[Counted]] = {}
    for each in counted:
        places.setdefault(each.shelf.offering, []).append(each)
    return {offering: Available(tuple(found)) for offering, found in places.items()}


def by_shelf(holds: Sequence[Hold]) -> dict[int, tuple[Shelf, int]]:
    """How many pieces are promised anew at each place, by the place's key."""
    found: dict[int, tuple[Shelf, int]] = {}
    for hold in holds:
        before = found.get(hold.shelf.key, (hold.shelf, 0))[1]
        found[hold.shelf.key] = (hold.shelf, before + hold.added)
    return found
