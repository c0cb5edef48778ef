"""Letters that came in and were not taken, for whoever deals with them: into a request, a new request, or aside."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.core.terms import Refusal
from inward.desk import letters, operations, serving
from inward.desk.letterwords import LetterState
from inward.kit import files, vocabularies
from inward.kit.policy import NotThere, Refused
from inward.web.components import formats, lists
from inward.web.components.errors import words
from inward.web.components.records import Option
from inward.web.components.requests import SEE_OTHER, ActingRequest

UNFIT: Final = 422
PARAMS: Final = ("state", "cursor")
_NUMBER_MAX: Final = 15
_Doing = Callable[[ActingRequest, str], str]


@require_safe
def page(request: ActingRequest) -> HttpResponse:
    """The letters, the latest first; those that wait for a person where nothing else is asked."""
    params = lists.asked(request.GET, PARAMS)
    found = letters.letters(viewer=request.actor, at=request.at, params=params)
    state = params.get("state", LetterState.WAITING.value)
    language = formats.language()
    states = tuple(
        Option(each.value, vocabularies.label("letter_state", each.value, language), chosen=each.value == state)
        for each in LetterState
    )
    values = {
        "rows": found.rows,
        "pages": lists.pages(found, params),
        "states": states,
        "waiting": state == LetterState.WAITING.value,
        "serving": serving.serves_somebody(viewer=request.actor, at=request.at),
    }
    return render(request, "workbench/letters.html", values)


@require_safe
def one(request: ActingRequest, reference: str) -> HttpResponse:
    """One letter with its words, and what can be done with it."""
    return _sheet(request, reference)


@require_safe
def raw(request: ActingRequest, reference: str) -> HttpResponseBase:
    """The letter as it came, to be saved; never shown or run."""
    return files.serve(letters.raw(viewer=request.actor, at=request.at, reference=reference))


def act(request: ActingRequest, reference: str, act: str) -> HttpResponse:
    """Do one of ACTS; what is refused is said on the page, which keeps what was typed. POST alone does anything."""
    doing = ACTS.get(act)
    if doing is None:
        raise NotThere
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(reverse("desk_letter", args=[reference]))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        said = doing(request, reference)
    except Refusal as refusal:
        return _sheet(request, reference, said=words(refusal.reason), status=UNFIT)
    except Refused as refused:
        return _sheet(request, reference, said=" ".join(map(words, refused.reasons)), status=UNFIT)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("desk_letter", args=[reference]), status=SEE_OTHER)


def _sheet(request: ActingRequest, reference: str, *, said: str = "", status: int = 200) -> HttpResponse:
    view = letters.letter(viewer=request.actor, at=request.at, reference=reference)
    queues = serving.queues(viewer=request.actor, at=request.at)
    chosen = request.POST.get("queue", "")
    values: Mapping[str, Any] = {
        "view": view,
        "queues": tuple(Option(each.code, each.name, chosen=each.code == chosen) for each in queues),
        "waiting": view.row.state is LetterState.WAITING,
        "aside": view.row.state is LetterState.SET_ASIDE,
        "said": said,
        "serving": serving.serves_somebody(viewer=request.actor, at=request.at),
        "number": request.POST.get("number", view.row.case or ""),
    }
    return render(request, "workbench/letter.html", values, status=status)


def _put(request: ActingRequest, reference: str) -> str:
    typed = request.POST.get("number", "").strip().removeprefix("#")
    fit = typed.isascii() and typed.isdigit() and len(typed) <= _NUMBER_MAX
    operations.put_letter(by=request.actor, at=request.at, letter=reference, number=int(typed) if fit else 0)
    return _("The letter is in request %(number)s.") % {"number": typed}


def _open(request: ActingRequest, reference: str) -> str:
    queue = request.POST.get("queue", "").replace("\0", "")
    receipt = operations.open_letter(by=request.actor, at=request.at, letter=reference, queue=queue)
    return _("Request %(number)s is opened with the letter.") % {"number": receipt.number}


def _aside(request: ActingRequest, reference: str) -> str:
    operations.set_letter_aside(by=request.actor, at=request.at, letter=reference)
    return _("The letter is set aside. It can be taken up again here.")


def _up(request: ActingRequest, reference: str) -> str:
    operations.take_letter_up(by=request.actor, at=request.at, letter=reference)
    return _("The letter waits again.")


ACTS: Final[Mapping[str, _Doing]] = {"put": _put, "open": _open, "aside": _aside, "up": _up}
