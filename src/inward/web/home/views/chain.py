"""Who waits for whom: open orders between departments and companies, as a table and a picture."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from inward.trade import chain
from inward.trade.chain import Link
from inward.trade.vocabulary import WaitsFor
from inward.web.components import formats
from inward.web.components.drawing import Arrow, Shape, drawing
from inward.web.components.naming import full_name
from inward.web.components.requests import ActingRequest

DRAWN_MOST: Final = 24
"""More arrows than these make no picture that anybody reads; the table has them all."""
LONG: Final = 5
"""From so many working days on a wait stands out."""


@dataclass(frozen=True, slots=True)
class Row:
    """A wait as the table shows it."""

    view: Link
    who: str
    on: str
    days: str
    long: bool
    confirms: bool


@require_safe
def page(request: ActingRequest) -> HttpResponse:
    """Who waits for whom, the longest first."""
    found = chain.chain(viewer=request.actor, at=request.at)
    on = request.at.date()
    rows = tuple(
        Row(
            view=link,
            who=full_name(link.who.code, on=on),
            on=full_name(link.on.code, on=on),
            days=_days(link.working_days),
            long=link.working_days >= LONG,
            confirms=link.turn is WaitsFor.RECEIVER,
        )
        for link in found.links
    )
    values = {"rows": rows, "cut": found.cut, "drawn": _drawn(rows[:DRAWN_MOST]) if rows else None}
    return render(request, "home/chain.html", values)


def _drawn(rows: tuple[Row, ...]) -> object:
    names = {row.view.who.code: row.who for row in rows} | {row.view.on.code: row.on for row in rows}
    shapes = [Shape(code, name) for code, name in names.items()]
    arrows = [
        Arrow(row.view.who.code, row.view.on.code, formats.count(row.view.working_days), strong=row.long)
        for row in rows
    ]
    return drawing(shapes, arrows)


def _days(count: int) -> str:
    shown = {"count": formats.count(count)}
    return _("since today") if not count else ngettext("%(count)s working day", "%(count)s working days", count) % shown
