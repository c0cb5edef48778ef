"""How well the departments serve whose service I own: backlog, age, workload, promises, waiting, both sorts of customers."""

from fractions import Fraction
from itertools import pairwise
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from inward.core.terms import Rate
from inward.desk.figures import AGES, CASES_MAX, Side, figures
from inward.web.components import formats
from inward.web.components.naming import full_name
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest

SPANS: Final = (7, 30, 90, 365)
USUAL: Final = 30


@require_safe
def page(request: ActingRequest) -> HttpResponse:
    """The figures. NotThere for who owns no service."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, SPANS) else USUAL
    found, on = figures(viewer=request.actor, at=request.at, days=days), request.at.date()
    ages = _ages()
    values = {
        "days": days,
        "spans": tuple(Option(str(span), _days(span), chosen=span == days) for span in SPANS),
        "figures": found,
        "backlog": tuple(
            (each, full_name(each.supplier.code, on=on), tuple(zip(ages, each.ages, strict=True)))
            for each in found.backlog
        ),
        "ages": ages,
        "kept": tuple((each, _percent(each.kept, each.kept + each.missed)) for each in found.kept),
        "waited": tuple((each, formats.length(each.seconds)) for each in found.waited),
        "sides": tuple(map(_side, found.sides)),
        "hops": tuple(
            (each, full_name(each.place.code, on=on), formats.length(each.used), formats.length(each.taken))
            for each in found.hops
        ),
        "most": CASES_MAX,
    }
    return render(request, "workbench/service.html", values)


def _days(span: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", span) % {"count": formats.count(span)}


def _ages() -> tuple[str, ...]:
    """What the bands of age are called."""
    first = _("up to %(days)s") % {"days": _days(AGES[0])}
    between = (
        _("%(first)s to %(last)s days") % {"first": formats.count(first), "last": formats.count(last)}
        for first, last in pairwise(AGES)
    )
    return (first, *between, _("over %(days)s") % {"days": _days(AGES[-1])})


def _side(side: Side) -> dict[str, object]:
    return {
        "side": side,
        "respond": formats.length(side.respond),
        "resolve": formats.length(side.resolve),
        "kept": _percent(side.kept, side.decided),
        "first_time": _percent(side.first_time, side.solved),
    }


def _percent(part: int, whole: int) -> str:
    """In whole percent; a dash where there is nothing to be a part of."""
    return formats.percent(Rate(Fraction(round(Fraction(part, whole) * 100), 100))) if whole else "–"
