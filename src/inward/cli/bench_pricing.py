"""How many order lines a process prices in a second: with every reason, and without; nothing is asked of a database."""

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from inward.core.classification import World
from inward.core.pricing import Alike, PriceBook, Wanted, quote

LINES = 100_000
_AN_ORDER = 5
_PIECES = 3


def measured(world: World, book: PriceBook, *, items: Sequence[str], on: date, lines: int = LINES) -> dict[str, int]:
    """Lines a second of processor time: of ``quote`` with its trace and allowances, of ``Alike`` without either.

    Orders are of five lines, of one item after the other and one to three pieces, for all who work somewhere in turn, on one of
    28 days: seldom do two orders have customer and day in common. Nothing is known beforehand of what lines cost.
    """
    people = [work.person for work in world.work_relationships]
    supplier = book.offerings[items[0]].supplier
    orders = [(*_order(number, people, items), on + timedelta(number % 28)) for number in range(lines // _AN_ORDER)]
    alike = Alike(world, book)

    def quoted() -> None:
        for customer, wanted, day in orders:
            quote(world=world, book=book, supplier=supplier, customer=customer, on=day, lines=wanted)

    def priced() -> None:
        for customer, wanted, day in orders:
            alike.lines(supplier=supplier, customer=customer, on=day, wanted=wanted)

    return {"lines_a_second_with_trace": _rate(quoted, lines), "lines_a_second_without_trace": _rate(priced, lines)}


def _order(number: int, people: Sequence[str], items: Sequence[str]) -> tuple[str, list[Wanted]]:
    places = range(number, number + _AN_ORDER)
    wanted = [Wanted(items[place % len(items)], 1 + place % _PIECES) for place in places]
    return people[number % len(people)], wanted


def _rate(act: Callable[[], None], lines: int) -> int:
    began = time.process_time()
    act()
    return round(lines / (time.process_time() - began))
