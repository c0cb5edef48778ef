"""Speaking up without a name: the lines, writing to one, and coming back by the code. Nobody here is known, noted or counted.

Why it is so: docs/decisions/0200-who-speaks-up-is-nowhere.md. The code is never in an address, and no page is kept.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inward.core.terms import Refusal
from inward.desk import operations, speakingup
from inward.desk.cases import RequestRow
from inward.kit import ids
from inward.kit.policy import NotThere, Refused
from inward.kit.rates import Windows
from inward.web.components import cases
from inward.web.components.errors import words
from inward.web.components.requests import ActingRequest
from inward.web.home.speaking import WriteForm

_FILE: Final = "speak-up"
WRITES_MAX: Final = 30
"""So many messages a minute are taken by a line, and by all who come back together."""
CODES_MAX: Final = 120
"""So many codes are tried a minute, by everybody together."""
UNFIT: Final = 422
TOO_MANY: Final = 429


@login_not_required
@require_safe
def door(request: ActingRequest) -> HttpResponse:
    """The lines one may write to, and a field for the code."""
    return _shown(request, "home/speak_up.html", {"lines": speakingup.lines(inside=request.inside)})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: ActingRequest, code: str) -> HttpResponse:
    """What the line is, what is known of whoever writes, and the form; POST sends it and shows the code, once."""
    row = speakingup.line(code=code, inside=request.inside)
    if request.method != "POST":
        return _form(request, row, _new(request, row), speakingup.new_code())
    form = _new(request, row, request.POST)
    own = request.POST.get("code", "")
    if not form.is_valid():
        return _form(request, row, form, own, status=UNFIT)
    if not _within(f"to {code}", WRITES_MAX, request):
        form.add_error(None, _busy())
        return _form(request, row, form, own, status=TOO_MANY)
    try:
        operations.speak_up(
            by=speakingup.UNNAMED,
            at=request.at,
            line=code,
            code=own,
            text=form.cleaned_data["text"],
            answers=form.answers,
            concerned=form.cleaned_data["concerned"],
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _form(request, row, form, own, status=UNFIT)
    except Refused:
        form.add_error(None, _("With this code something else was sent already. Here is a new one; send it again."))
        return _form(request, row, form, speakingup.new_code(), status=UNFIT)
    return _shown(request, "home/speak_up_sent.html", {"row": row, "code": own, "found": _read(request, own)})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: ActingRequest) -> HttpResponse:
    """Come back by the code, read what was answered, and write on. Only POST carries the code."""
    if request.method != "POST":
        return _shown(request, "home/speak_up_back.html", {})
    code = request.POST.get("code", "")
    if not _within("codes", CODES_MAX, request):
        return _shown(request, "home/speak_up_back.html", {"wrong": _busy()}, status=TOO_MANY)
    try:
        wrong = _written(request, code) if "text" in request.POST else ""
        found = _read(request, code)
    except NotThere:
        said = _("No message is found by this code. Look whether every letter and digit is right.")
        return _shown(request, "home/speak_up_back.html", {"wrong": said}, status=UNFIT)
    except Refusal as refusal:
        return _shown(request, "home/speak_up_back.html", {"wrong": words(refusal.reason)}, status=UNFIT)
    values = {
        "found": found,
        "code": code,
        "wrong": wrong,
        "text": request.POST.get("text", "") if wrong else "",
        "key": ids.public_reference(),
    }
    return _shown(request, "home/speak_up_thread.html", values, status=UNFIT if wrong else 200)


def _written(request: ActingRequest, code: str) -> str:
    """Write on by the code; what is refused comes back as a sentence, nothing for what was kept. NotThere for a code that opens nothing."""
    if not _within("back", WRITES_MAX, request):
        return _busy()
    text, key = request.POST["text"], request.POST.get("key", "")
    try:
        operations.write_on(by=speakingup.UNNAMED, at=request.at, code=code, key=key, text=text)
    except Refusal as refusal:
        return words(refusal.reason)
    except Refused as refused:
        return " ".join(map(words, refused.reasons))
    return ""


def _busy() -> str:
    return _("Very many write at this moment. Nothing was sent; try again in a minute.")


def _new(request: ActingRequest, row: RequestRow, data: Any = None) -> WriteForm:
    return WriteForm(data, questions=row.questions, inside=request.inside)


def _form(request: ActingRequest, row: RequestRow, form: WriteForm, code: str, status: int = 200) -> HttpResponse:
    return _shown(request, "home/speak_up_line.html", {"row": row, "form": form, "code": code}, status=status)


def _read(request: ActingRequest, code: str) -> dict[str, Any]:
    """The case as the page shows it."""
    found = speakingup.returned(at=request.at, code=code)
    return {"case": found, "clocks": cases.clock_lines(found.runs)}


def _within(what: str, most: int, request: ActingRequest) -> bool:
    """Whether one more is within the limit. What is counted is the line: no address, no digest of one."""
    return _windows(settings.INWARD_DATA).spend(what, most=most, at=request.at).within


@cache
def _windows(folder: Path) -> Windows:
    return Windows(folder / _FILE)


def _shown(request: ActingRequest, template: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = render(request, template, values, status=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "same-origin"
    return answer
