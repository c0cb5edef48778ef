"""Whether a request is solved, said by the link of a letter: the page shows it, its buttons act. Whoever opens it need not sign in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from inward.core.terms import Refusal
from inward.desk import operations
from inward.desk.casewords import Side
from inward.kit import links
from inward.kit.policy import NotThere, Refused
from inward.parties import queries as parties
from inward.parties import veil
from inward.web.components.errors import words
from inward.web.components.requests import ActingRequest


@login_not_required
def by_letter(request: ActingRequest, token: str) -> HttpResponse:
    """GET shows what was said with two buttons, POST says yes or no, once."""
    try:
        return links.shows_then_acts(request, show=lambda: _shown(request, token), act=lambda: _said(request, token))
    except Refusal as refusal:
        return _over(request, words(refusal.reason), status=410)
    except Refused as refused:
        return _over(request, " ".join(words(reason) for reason in refused.reasons), status=410)
    except NotThere:
        return _over(request, _("There is no such request of yours."), status=410)


def _shown(request: ActingRequest, token: str, wrong: str = "") -> HttpResponse:
    actor, found = operations.case_by_letter(token=token, at=request.at)
    with veil.read_by(actor):
        answers = [message for message in found.thread if message.side is Side.SERVICE]
        values = {
            "case": found.row,
            "answer": answers[-1] if answers else None,
            "wrong": wrong,
            "reader": "" if actor.person is None else parties.name_of(actor.person),
        }
        return render(request, "home/solved.html", values, status=422 if wrong else 200)


def _said(request: ActingRequest, token: str) -> HttpResponse:
    solved, why = request.POST.get("word") == "yes", request.POST.get("reason", "").replace("\0", "").strip()
    if not solved and not why:
        return _shown(request, token, _("Say what is not solved: whoever helps needs it."))
    operations.confirm_by_letter(token=token, at=request.at, solved=solved, words=why)
    if solved:
        return _over(request, _("Thank you. The request is closed."))
    return _over(request, _("The request is open again, and its clock runs on."))


def _over(request: ActingRequest, sentence: str, status: int = 200) -> HttpResponse:
    values = {"sentence": sentence, "over": status != 200}  # noqa: PLR2004 - done
    return render(request, "home/decided.html", values, status=status)
