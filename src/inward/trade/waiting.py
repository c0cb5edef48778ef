"""Who waits for a counted item: one's own places in line. Reads only; decision 185."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from inward.kit.actor import Actor
from inward.parties.queries import Named
from inward.trade.models import WaitingPlace
from inward.trade.vocabulary import WaitingKind


@dataclass(frozen=True, slots=True)
class WaitingView:
    """One's place in line: how many pieces, since when, and the ``number`` (1: next); or until when they are held."""

    offering: Named
    pieces: int
    since: datetime
    number: int
    until: date | None

    @property
    def held(self) -> bool:
        """Whether pieces are held and only have to be ordered."""
        return self.until is not None


@dataclass(frozen=True, slots=True)
class WaitedView:
    """Something somebody waited for, and how that ended; None while she waits."""

    offering: Named
    pieces: int
    since: datetime
    ended: WaitingKind | None


def open_places() -> QuerySet[WaitingPlace]:
    """Everybody who waits, or has something held."""
    return WaitingPlace.objects.filter(end__isnull=True)


def mine(*, viewer: Actor, offering: str | None = None) -> tuple[WaitingView, ...]:
    """What the viewer, or the party she acts for, waits for (of one item, or all), what is held first."""
    if viewer.nobody or viewer.customer is None:
        return ()
    rows = open_places().filter(customer__code=viewer.customer)
    if offering is not None:
        rows = rows.filter(offering__code=offering)
    found = list(rows.select_related("offering").order_by("id"))
    views = [_view(row) for row in found]
    return tuple(sorted(views, key=lambda view: not view.held))


def own(*, viewer: Actor) -> tuple[WaitedView, ...]:
    """Everything the viewer ever waited for herself or asked to wait for, the latest first."""
    rows = WaitingPlace.objects.filter(person__code=viewer.person or "").select_related("offering", "end")
    return tuple(_waited(row) for row in rows.order_by("-id"))


def offering_of(key: int) -> Named | None:
    """What somebody's waiting was for, by its key; for letters."""
    found = WaitingPlace.objects.filter(pk=key).select_related("offering").first()
    return None if found is None else Named(found.offering.code, found.offering.name)


def _waited(row: WaitingPlace) -> WaitedView:
    end = getattr(row, "end", None)
    kind = None if end is None else WaitingKind(end.kind)
    return WaitedView(Named(row.offering.code, row.offering.name), row.pieces, row.joined_at, kind)


def _view(row: WaitingPlace) -> WaitingView:
    number = 0
    if row.stock_id is None:
        number = open_places().filter(offering_id=row.offering_id, stock=None, id__lt=row.pk).count() + 1
    return WaitingView(
        Named(row.offering.code, row.offering.name),
        row.pieces,
        row.joined_at,
        number,
        row.until,
    )
