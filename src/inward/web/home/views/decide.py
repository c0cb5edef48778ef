"""An order decided by the link of a letter: the page shows it, its buttons act. Whoever opens it need not sign in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from inward.core.terms import Refusal
from inward.kit import links
from inward.kit.policy import NotThere, Refused
from inward.parties import queries as parties
from inward.parties import veil
from inward.trade import operations as trade
from inward.web.components.errors import words
from inward.web.components.naming import full_name
from inward.web.components.requests import ActingRequest


@login_not_required
def by_letter(request: ActingRequest, token: str) -> HttpResponse:
    """GET shows the order with two buttons, POST approves or declines it, once."""
    try:
        return links.shows_then_acts(request, show=lambda: _shown(request, token), act=lambda: _decided(request, token))
    except Refusal as refusal:
        return _said(request, words(refusal.reason), status=410)
    except Refused as refused:
        return _said(request, " ".join(words(reason) for reason in refused.reasons), status=410)
    except NotThere:
        return _said(request, _("There is no such order for you to decide."), status=410)


def _shown(request: ActingRequest, token: str, wrong: str = "") -> HttpResponse:
    actor, found = trade.order_by_letter(token=token, at=request.at)
    on = found.row.placed_at.date()
    with veil.read_by(actor):
        values = {
            "order": found,
            "wrong": wrong,
            "reader": "" if actor.person is None else parties.name_of(actor.person),
            "customer": full_name(found.row.customer.code, on=on),
            "supplier": full_name(found.row.supplier.code, on=on),
            "person": "" if found.row.person is None else found.row.person.name,
            "budget": "" if found.budget is None else full_name(found.budget.code, on=on),
        }
        return render(request, "home/decide.html", values, status=422 if wrong else 200)


def _decided(request: ActingRequest, token: str) -> HttpResponse:
    approved, reason = request.POST.get("word") == "yes", request.POST.get("reason", "").replace("\0", "").strip()
    if not approved and not reason:
        return _shown(request, token, _("Say why you decline: whoever ordered is told."))
    trade.decide_by_letter(token=token, at=request.at, approved=approved, reason=reason)
    return _said(request, _("You have approved the order.") if approved else _("You have declined the order."))


def _said(request: ActingRequest, sentence: str, status: int = 200) -> HttpResponse:
    return render(request, "home/decided.html", {"sentence": sentence, "over": status != 200}, status=status)  # noqa: PLR2004
