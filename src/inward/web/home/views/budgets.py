"""Budgets of the cost centres I buy for, answer for or keep the books of: what is taken, what is left."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.kit.policy import NotThere
from inward.trade import budgets, policy
from inward.web.components import lists
from inward.web.components.lists import Heading
from inward.web.components.requests import ActingRequest
from inward.web.home.bars import bar

PARAMS: Final = ("text", "sort", "cursor")


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """All budgets I may see, those that begin last first."""
    over = policy.budgets_seen_by(request.actor, on=request.at.date())
    if over is not None and not over:
        raise NotThere
    params = lists.asked(request.GET, PARAMS)
    page = budgets.listed(viewer=request.actor, at=request.at, params=params)
    headings = (
        Heading(_("Cost centre"), sort="centre"),
        Heading(_("Days"), sort="starts"),
        Heading(_("Budget"), sort="amount", end=True),
        Heading(_("In the books"), end=True),
        Heading(_("Waiting for approval"), end=True),
        Heading(_("Left"), end=True),
        Heading(_("Used")),
    )
    values = {
        "params": params,
        "bars": tuple(bar(row) for row in page.rows),
        "columns": lists.columns(headings, page, params),
        "pages": lists.pages(page, params),
        "month": f"{request.at:%Y-%m}",
        "sets": bool(policy.may_set_some_budget(request.actor, on=request.at.date())),
    }
    return render(request, "home/budgets.html", values)
