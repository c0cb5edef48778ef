"""What came of an order, line by line, as whoever received it says: taken, refused, missing, too much. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inward.core.terms import Reason, Refusal
from inward.trade.vocabulary import Fault

_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a line. ``taken`` is kept; ``refused`` goes back because of a ``fault``; ``missing`` never came though the
    supplier said so; ``surplus`` is more than the supplier said, which goes back and costs nothing.

    Refused pieces are owed by the supplier still (``again``), or given back at the price of the sale.
    """

    taken: int = 0
    refused: int = 0
    missing: int = 0
    surplus: int = 0
    fault: Fault | None = None
    again: bool = True

    @property
    def confirmed(self) -> int:
        """How many of those that the supplier handed over are answered by it."""
        return self.taken + self.refused + self.missing

    @property
    def owed_again(self) -> int:
        """How many the supplier still has to bring."""
        return self.missing + (self.refused if self.again else 0)

    @property
    def given_back(self) -> int:
        """How many are given back at the price of the sale."""
        return 0 if self.again else self.refused

    def plain(self) -> dict[str, Any]:
        """As it is kept in the order's history; what is nothing is left out."""
        counts = {"taken": self.taken, "refused": self.refused, "missing": self.missing, "surplus": self.surplus}
        said = {name: count for name, count in counts.items() if count}
        return said | ({"fault": self.fault.value, "again": self.again} if self.refused and self.fault else {})


def checked(came: Mapping[int, Came], waiting: Mapping[int, int], names: Mapping[int, str]) -> dict[int, Came]:
    """What was said, held against how many of each line wait to be confirmed.

    Refusal for a line that is not there, a count below zero, more than wait, pieces refused without a fault, and nothing at all.
    """
    for place, said in came.items():
        counts = (said.taken, said.refused, said.missing, said.surplus)
        if place not in waiting or min(counts) < 0 or max(counts) > _MOST:
            raise Refusal(Reason.of("unknown_line", line=place), where=f"line {place}")
        if said.confirmed > waiting[place]:
            reason = Reason.of("more_than_came", offering=names[place], quantity=said.confirmed, open=waiting[place])
            raise Refusal(reason, where=f"line {place}")
        if said.refused and said.fault is None:
            raise Refusal(Reason.of("fault_missing"), where=f"line {place}")
    kept = {place: said for place, said in sorted(came.items()) if said.confirmed or said.surplus}
    if not kept:
        raise Refusal(Reason.of("nothing_chosen"))
    return kept


def all_of(waiting: Mapping[int, int]) -> dict[int, Came]:
    """Everything came as the supplier said."""
    return {place: Came(taken=count) for place, count in waiting.items() if count}
