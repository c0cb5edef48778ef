"""Who may order for whom: people say it for themselves, for some days. Kept in memory; policies and orders ask it.

It stands under the version "trade", which gates every order: a permission that ends while somebody orders is looked at again
(docs/decisions/0188).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inward.kit.kept import Kept
from inward.trade.models import OrderHelper

VERSION = "trade"


@dataclass(frozen=True, slots=True)
class Help:
    """That ``helper`` may order for ``person`` from a day until another, on which she no longer may."""

    person: str
    helper: str
    since: date
    until: date

    def holds(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= on < self.until


def holding(person: str, helper: str | None, *, on: date) -> bool:
    """Whether somebody may order for a person on that day."""
    return any(each.person == person and each.holds(on) for each in _by_helper.value().get(helper or "", ()))


def helped_by(helper: str | None, *, on: date) -> tuple[str, ...]:
    """The people for whom somebody may order on that day."""
    found = (each.person for each in _by_helper.value().get(helper or "", ()) if each.holds(on))
    return tuple(sorted(set(found)))


def helps(helper: str | None) -> bool:
    """Whether somebody may order for anybody, or ever might."""
    return helper in _by_helper.value()


def of(person: str, *, on: date) -> tuple[Help, ...]:
    """Who may order for a person now or later."""
    every = (each for known in _by_helper.value().values() for each in known)
    return tuple(sorted((e for e in every if e.person == person and on < e.until), key=lambda e: (e.since, e.helper)))


def _read(_number: int) -> Mapping[str, tuple[Help, ...]]:
    found: dict[str, tuple[Help, ...]] = {}
    rows = OrderHelper.objects.order_by("id").values_list("person__code", "helper__code", "since", "until")
    for person, helper, since, until in rows:
        found[helper] = (*found.get(helper, ()), Help(person, helper, since, until))
    return found


_by_helper: Kept[Mapping[str, tuple[Help, ...]]] = Kept(VERSION, _read)
