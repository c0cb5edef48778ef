"""Why what somebody had put aside was not ordered: counted by item, year and reason, with no person. Reads only.

An item is told of from so many answers on; each comes from another person, since nobody counts twice for an item in a year. The words
somebody adds are kept apart from the reason, without a day, and told with the item.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, held
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import policy
from inward.trade.models import GivenUp, GivenUpWords, KeptBasket
from inward.trade.vocabulary import GivenUpWhy

FEWEST = 5
"""Of fewer answers it could be told whose they are."""
LISTED = ListSpec({"item": "key", "answers": "rank"}, {"supplier": "supplier_code", "year": "year"}, default="-answers")


@dataclass(frozen=True, slots=True)
class GivenUpView:
    """Why an item was not ordered in a year: answers by reason, all of them, and what people added."""

    offering: Named
    supplier: Named
    year: int
    answers: Mapping[GivenUpWhy, int]
    words: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many answered."""
        return sum(self.answers.values())

    @property
    def key(self) -> str:
        """By which it is listed: its year and code."""
        return f"{self.year}-{self.offering.code}"

    @property
    def rank(self) -> tuple[int, str]:
        """By which the most come first; no two are alike."""
        return self.total, self.key


@dataclass(frozen=True, slots=True)
class Left:
    """What lies in a basket since a day."""

    since: date
    offerings: tuple[str, ...]


def kept(viewer: Actor) -> Mapping[str, int]:
    """What the viewer has put aside for whom she orders: pieces by offering, in the order in which they were put in."""
    row = _basket(viewer)
    return {} if row is None else dict(row.pieces)


def left(*, viewer: Actor, at: datetime, after_days: int) -> Left | None:
    """What she left for so many days and was not asked about yet; None where there is nothing."""
    row = _basket(viewer)
    if row is None or row.asked or (at.date() - row.since).days < after_days:
        return None
    return Left(row.since, tuple(row.pieces))


def _basket(viewer: Actor) -> KeptBasket | None:
    keys = parties.keys()
    if viewer.person is None or viewer.customer is None:
        return None
    return KeptBasket.objects.filter(person_id=keys[viewer.person], customer_id=keys[viewer.customer]).first()


def views(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[GivenUpView]:
    """What is known of the items of suppliers for which the viewer serves or whose data she keeps. Refused."""
    require(policy.may_count_something(viewer, on=at.date()))
    text = params.get("text", "").strip().casefold()
    found = [
        each
        for each in _seen(viewer, at.date())
        if text in f"{each.offering.name} {each.offering.code}".casefold()
        and params.get("supplier", "") in ("", each.supplier.code)
        and params.get("year", "") in ("", str(each.year))
    ]
    return held(found, LISTED, params)


def view(*, viewer: Actor, at: datetime, key: str) -> GivenUpView:
    """One of them, with what people added. NotThere out of bounds, and for fewer answers than are told."""
    for each in _seen(viewer, at.date()):
        if each.key == key:
            rows = GivenUpWords.objects.filter(offering__code=each.offering.code, year=each.year)
            said = tuple(rows.order_by("words").values_list("words", flat=True))
            return GivenUpView(each.offering, each.supplier, each.year, each.answers, said)
    raise NotThere


def years(*, viewer: Actor, at: datetime) -> tuple[int, ...]:
    """The years of which something is told, the latest first."""
    return tuple(sorted({each.year for each in _seen(viewer, at.date())}, reverse=True))


def told() -> Iterator[tuple[int, int, str, int]]:
    """Item by key, year, reason and how many, of every item of which enough is known: for analysis."""
    enough = {
        (row["offering_id"], row["year"])
        for row in GivenUp.objects.values("offering_id", "year").annotate(all=Sum("count"))
        if row["all"] >= FEWEST
    }
    rows = GivenUp.objects.order_by("offering_id", "year", "why").values_list("offering_id", "year", "why", "count")
    yield from (row for row in rows if (row[0], row[1]) in enough)


def _seen(viewer: Actor, on: date) -> tuple[GivenUpView, ...]:
    over = policy.counted_by(viewer, on=on)
    rows = GivenUp.objects.select_related("offering", "offering__supplier").order_by("-year", "offering__code", "why")
    if over is not None:
        rows = rows.filter(offering__supplier__code__in=sorted(over))
    found: dict[tuple[int, str], list[GivenUp]] = {}
    for row in rows:
        found.setdefault((row.year, row.offering.code), []).append(row)
    return tuple(_view(year, counted) for (year, _), counted in found.items() if _all(counted) >= FEWEST)


def _view(year: int, counted: list[GivenUp]) -> GivenUpView:
    offering = counted[0].offering
    return GivenUpView(
        offering=Named(offering.code, offering.name),
        supplier=parties.named(offering.supplier),
        year=year,
        answers={GivenUpWhy(row.why): row.count for row in counted},
    )


def _all(counted: list[GivenUp]) -> int:
    return sum(row.count for row in counted)
