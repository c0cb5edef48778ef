"""Files about help: requests that were open elsewhere, and things departments look after. Checked, then brought in, by who keeps a queue.

They are not taken back as other files are: what happened to a request is only ever added to (docs/decisions/0194-what-of-cases-leaves-the-house.md).
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_http_methods

from inward.desk import operations, policy
from inward.kit.intake import RowProblem, read_file
from inward.kit.policy import NotThere
from inward.parties.operations.bringing import RowsReport
from inward.web.components.errors import words
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

UNFIT: Final = 422
SHOWN_MAX: Final = 200
ENDING_MAX: Final = 20
"""More of a file's ending tells nobody what it is, and no folder takes a name that is all ending."""
_Brings = Callable[..., RowsReport]
SORTS: Final[Mapping[str, tuple[str | Promise, _Brings, tuple[str, ...]]]] = {
    "cases": (__("Requests that are open elsewhere"), operations.import_cases, operations.CASE_COLUMNS),
    "equipment": (__("Equipment"), operations.import_equipment, operations.THING_COLUMNS),
}
"""What a file may hold: its name, the act that brings it in, its columns."""


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActingRequest) -> HttpResponse:
    """Choose a file; check it, or bring in all of it or the rows that are right. NotThere for who keeps no queue."""
    if not policy.may_keep_some_queue(request.actor, on=request.at.date()):
        raise NotThere
    chosen, wrong, done = request.POST.get("sort", request.GET.get("sort", "")), "", None
    if request.method == "POST":
        file = request.FILES.get("file")
        if chosen not in SORTS:
            wrong = _("Say what the file holds.")
        elif file is None:
            wrong = _("Choose a file.")
        else:
            done = _brought(request, chosen, file)
    options = tuple(
        Option(name, str(label), chosen=name == chosen, hint=", ".join(columns))
        for name, (label, _act, columns) in SORTS.items()
    )
    values = {
        "options": options,
        "wrong": wrong,
        "done": done,
        "checked": request.POST.get("what") == "check",
        "problems": () if done is None else tuple(map(_problem, done.report.problems[:SHOWN_MAX])),
    }
    refused = wrong or (done is not None and done.report.problems and not done.written)
    return render(request, "office/help_files.html", values, status=UNFIT if refused else 200)


def _brought(request: ActingRequest, sort: str, file: "UploadedFile[bytes]") -> RowsReport:
    """What became of its rows."""
    _label, bring, _columns = SORTS[sort]
    with NamedTemporaryFile(suffix=Path(file.name or "").suffix[:ENDING_MAX]) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        return bring(
            by=request.actor,
            at=request.at,
            tables={sort: read_file(Path(kept.name), name=file.name or sort)},
            good_rows=request.POST.get("good") == "on",
            dry_run=request.POST.get("what") == "check",
        )


def _problem(problem: RowProblem) -> tuple[int, str, str]:
    return problem.line, problem.column, words(problem.reason)
