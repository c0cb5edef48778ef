"""Files brought in: chosen, matched column by column, checked row by row, loaded, taken back while nobody uses them.

The pages over ``kit.imports``. Small files are worked on while one waits, large ones by the worker; their page says how far it
is. What a row means, and what is wrong with it, the rooms say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inward.access import queries as access
from inward.core.terms import Reason, Refusal
from inward.kit import imports
from inward.kit.imports import ImportView, Sort, Wanted
from inward.kit.intake import Seen, Table
from inward.kit.models.imports import ImportState
from inward.kit.policy import NotThere
from inward.kit.sheets import Cell
from inward.web.components import downloads, lists
from inward.web.components.errors import words
from inward.web.components.lists import Heading
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest, acts
from inward.web.office.importwords import (
    DATES,
    column_name,
    column_names,
    sort_lead,
    sort_name,
    state_tone,
    state_words,
)

SEE_OTHER: Final = 303
SHOWN_MAX: Final = 200
SAMPLES: Final = 3
SAMPLE_LENGTH_MAX: Final = 24
_NUMBERS: Final = frozenset(
    {
        "amount",
        "percent",
        "capital_percent",
        "cost",
        "value",
        "outside_price",
        "floor_minimum",
        "saving_max",
        "allowance_money",
    }
)
_PARAMS: Final = ("sort", "state", "cursor")


@dataclass(frozen=True, slots=True)
class Line:
    """An import in the list."""

    url: str
    file: str
    what: str
    state: str
    tone: str
    read: int
    refused: int
    new: int
    changed: int
    who: str
    view: ImportView


@dataclass(frozen=True, slots=True)
class Choice:
    """A column of ours and what of theirs it may be: the options with sample values, the fixed value, what is wrong."""

    name: str
    label: str
    required: bool
    options: tuple[Option, ...]
    fixed: str
    wrong: str


# --- pages -------------------------------------------------------------------------------------------------------------


@require_safe
def listed(request: ActingRequest) -> HttpResponse:
    """What was brought in: by whom, when, how many rows, from which source."""
    _require_keeper(request)
    params = lists.asked(request.GET, _PARAMS)
    asked = {name: value for name, value in params.items() if name != "sort"}
    page = imports.listed(viewer=request.actor, at=request.at, params=asked)
    names = access.called(each.subject for each in page.rows)
    headings = (
        Heading(_("File")),
        Heading(_("What it holds")),
        Heading(_("State")),
        Heading(_("Rows"), end=True),
        Heading(_("New"), end=True),
        Heading(_("Brought by")),
        Heading(_("When")),
    )
    values = {
        "rows": tuple(_line(each, names) for each in page.rows),
        "columns": lists.columns(headings, page, params),
        "pages": lists.pages(page, params),
    }
    return render(request, "office/imports.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: ActingRequest) -> HttpResponse:
    """Choose a file and say what it holds."""
    _require_keeper(request)
    known = imports.sorts(viewer=request.actor, on=request.at.date())
    chosen, wrong = request.POST.get("sort", request.GET.get("sort", "")), ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            wrong = _("Choose a file.")
        elif chosen not in {sort.name for sort in known}:
            wrong = _("Say what the file holds.")
        else:
            try:
                reference = imports.bring(
                    by=request.actor,
                    at=request.at,
                    sort=chosen,
                    chunks=file.chunks(),
                    name=file.name or "",
                    source=request.POST.get("source", "")[:200].replace("\0", ""),
                )
            except Refusal as refusal:
                wrong = words(refusal.reason)
            else:
                return _to("office_import_columns", reference)
    options = tuple(
        Option(sort.name, sort_name(sort.name), chosen=sort.name == chosen, hint=sort_lead(sort.name)) for sort in known
    )
    values = {"options": options, "source": request.POST.get("source", ""), "wrong": wrong}
    return render(request, "office/import_new.html", values, status=422 if wrong else 200)


@require_safe
def page(request: ActingRequest, reference: str) -> HttpResponse:
    """How an import stands, what was found wrong, and what can be done now."""
    view = imports.one(viewer=request.actor, at=request.at, reference=reference)
    if view.state is ImportState.BROUGHT:
        return _to("office_import_columns", reference)
    names = access.called([view.subject])
    problems = tuple(
        (problem.line, column_name(problem.column), words(problem.reason)) for problem in view.problems[:SHOWN_MAX]
    )
    values = {
        "view": view,
        "line": _line(view, names),
        "working": view.state in (ImportState.CHECKING, ImportState.LOADING),
        "good": view.read - view.refused,
        "problems": problems,
        "not_shown": view.refused > len(problems),
        "left": "".join(words(reason) for reason in view.told if reason.code == imports.LEFT),
        "told": tuple(words(reason) for reason in view.told if reason.code != imports.LEFT),
        "failure": "" if view.failure is None else words(view.failure),
        "nothing_new": not view.added and not view.changed,
    }
    return render(request, "office/import.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: ActingRequest, reference: str) -> HttpResponse:
    """Say which of their columns is which of ours; those with a likely name are chosen already."""
    view = imports.one(viewer=request.actor, at=request.at, reference=reference)
    sort = _sort(request, view.sort)
    found = imports.beginning(viewer=request.actor, at=request.at, reference=reference)
    if request.method != "POST":
        chosen = _kept(view.columns, found) or _suggested(sort, found)
        return _matching(request, view, sort, found, chosen, {})
    chosen = _sent(request.POST, sort)
    wrong = {
        wanted.name: _("Choose a column, or type what stands in every row.")
        for wanted in sort.wanted
        if wanted.required and not chosen[f"col-{wanted.name}"] and not chosen[f"fix-{wanted.name}"]
    }
    if wrong:
        return _matching(request, view, sort, found, chosen, wrong)
    try:
        imports.match(by=request.actor, at=request.at, reference=reference, table=_table(sort, found, chosen))
    except Refusal as refusal:
        messages.error(request, words(refusal.reason))
    else:
        _work_now(request, view)
    return _to("office_import", reference)


@require_safe
def refused(request: ActingRequest, reference: str) -> HttpResponseBase:
    """The refused rows as a file: line, column, what is wrong."""
    view = imports.one(viewer=request.actor, at=request.at, reference=reference)
    head = [_("File"), _("Line"), _("Column"), _("What is wrong")]
    return downloads.table("refused", "csv", head, _refused_rows(view))


@acts(instead="office_import")
def load(request: ActingRequest, reference: str) -> HttpResponse:
    """Load all rows, or those that are right."""
    view = imports.one(viewer=request.actor, at=request.at, reference=reference)
    good_rows = request.POST.get("which") == "good"
    try:
        imports.load(by=request.actor, at=request.at, reference=reference, good_rows=good_rows)
    except Refusal as refusal:
        messages.error(request, words(refusal.reason))
    else:
        _work_now(request, view)
    return _to("office_import", reference)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: ActingRequest, reference: str) -> HttpResponse:
    """Ask, then take back what an import made, as long as nobody has used it."""
    view = imports.one(viewer=request.actor, at=request.at, reference=reference)
    if request.method == "POST":
        why = request.POST.get("reason", "")[:200].replace("\0", "")
        try:
            imports.undo(by=request.actor, at=request.at, reference=reference, source=why)
        except Refusal as refusal:
            messages.error(request, words(refusal.reason))
        else:
            messages.success(request, _("The import is taken back. What was known before is known again."))
        return _to("office_import", reference)
    values = {
        "question": _("Take this import back?"),
        "words": (
            _("%(file)s, loaded: %(new)s new, %(changed)s changed.")
            % {"file": view.file, "new": view.added, "changed": view.changed},
            _("What it added goes away, what it changed is as before. This works only while nobody has used it."),
        ),
        "action": reverse("office_import_undo", args=[reference]),
        "yes": _("Take it back"),
        "danger": True,
        "back": reverse("office_import", args=[reference]),
        "fields": (),
        "ask_reason": True,
    }
    return render(request, "components/confirm.html", values)


@acts(instead="office_import")
def throw_away(request: ActingRequest, reference: str) -> HttpResponse:
    """Forget a file that was never loaded."""
    try:
        imports.throw_away(by=request.actor, at=request.at, reference=reference)
    except Refusal as refusal:
        messages.error(request, words(refusal.reason))
        return _to("office_import", reference)
    messages.success(request, _("The file is forgotten. Nothing of it was loaded."))
    return HttpResponseRedirect(reverse("office_imports"), status=SEE_OTHER)


# --- inside ------------------------------------------------------------------------------------------------------------


def _require_keeper(request: ActingRequest) -> None:
    """NotThere for those who may bring in nothing."""
    if not imports.sorts(viewer=request.actor, on=request.at.date()):
        raise NotThere


def _to(name: str, reference: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[reference]), status=SEE_OTHER)


def _sort(request: ActingRequest, name: str) -> Sort:
    for sort in imports.sorts(viewer=request.actor, on=request.at.date()):
        if sort.name == name:
            return sort
    raise NotThere


def _work_now(request: ActingRequest, view: ImportView) -> None:
    """A small file is worked on at once; the planned task finds it done. A large one waits for the worker."""
    if view.size <= imports.AT_ONCE_BYTES:
        imports.work(at=request.at, reference=view.reference)


def _line(view: ImportView, names: Mapping[str, str]) -> Line:
    return Line(
        url=reverse("office_import", args=[view.reference]),
        file=view.file,
        what=sort_name(view.sort),
        state=state_words(view.state),
        tone=state_tone(view.state),
        read=view.read or view.lines,
        refused=view.refused,
        new=view.added,
        changed=view.changed,
        who=names.get(view.subject, _("Inward itself")),
        view=view,
    )


def _refused_rows(view: ImportView) -> Iterator[tuple[Cell, ...]]:
    for problem in view.problems:
        yield view.file, problem.line, problem.column, words(problem.reason)
    if view.refused > len(view.problems):
        yield view.file, None, "", _("More rows are refused; only the first are told here.")


# --- matching ----------------------------------------------------------------------------------------------------------


def _matching(
    request: ActingRequest,
    view: ImportView,
    sort: Sort,
    found: Seen,
    chosen: Mapping[str, str],
    wrong: Mapping[str, str],
) -> HttpResponse:
    taken = {chosen.get(f"col-{wanted.name}", "") for wanted in sort.wanted}
    left = [title for place, title in enumerate(found.head) if title and str(place) not in taken]
    values = {
        "view": view,
        "what": sort_name(sort.name),
        "left": words(Reason.of(imports.LEFT, names=", ".join(left))) if left else "",
        "head": found.head,
        "samples": found.samples,
        "choices": tuple(_choice(wanted, found, chosen, wrong) for wanted in sort.wanted),
        "dates": tuple(Option(form, shown, chosen=chosen.get("dates", "") == form) for form, shown in DATES.items()),
        "decimal": tuple(
            Option(mark, shown, chosen=chosen.get("decimal", ".") == mark)
            for mark, shown in ((".", "1234.50"), (",", "1234,50"))
        ),
        "wrongs": tuple((f"id_col-{name}", column_name(name), sentence) for name, sentence in wrong.items()),
    }
    return render(request, "office/import_columns.html", values, status=422 if wrong else 200)


def _choice(wanted: Wanted, found: Seen, chosen: Mapping[str, str], wrong: Mapping[str, str]) -> Choice:
    taken = chosen.get(f"col-{wanted.name}", "")
    theirs = (
        Option(str(place), _with_samples(title, place, found), chosen=taken == str(place))
        for place, title in enumerate(found.head)
        if title
    )
    none = Option("", _("none"), chosen=not taken)
    return Choice(
        name=wanted.name,
        label=column_name(wanted.name),
        required=wanted.required,
        options=(none, *theirs),
        fixed=chosen.get(f"fix-{wanted.name}", ""),
        wrong=wrong.get(wanted.name, ""),
    )


def _with_samples(title: str, place: int, found: Seen) -> str:
    """A column of theirs with a few of its values: "LoginID (ken0, terri0, roberto0)"."""
    values = [row[place][:SAMPLE_LENGTH_MAX] for row in found.samples[:SAMPLES] if row[place]]
    return f"{title} ({', '.join(values)})" if values else title


def _suggested(sort: Sort, found: Seen) -> dict[str, str]:
    """What is chosen before anybody chose: columns with likely names, ours in the reader's language among them."""
    named = Sort(
        **{
            **_parts(sort),
            "wanted": tuple(Wanted(w.name, w.required, (*w.called, *column_names(w.name))) for w in sort.wanted),
        }
    )
    places = {title: str(place) for place, title in enumerate(found.head)}
    return {f"col-{name}": places[title] for name, title in imports.suggested(named, found.head).items()}


def _parts(sort: Sort) -> dict[str, Any]:
    return {name: getattr(sort, name) for name in Sort.__dataclass_fields__}


def _kept(columns: Mapping[str, Any], found: Seen) -> dict[str, str]:
    """What was chosen the last time, as the form sends it."""
    places = {title: str(place) for place, title in enumerate(found.head)}
    chosen = {f"col-{ours}": places.get(theirs, "") for theirs, ours in columns.get("columns", {}).items()}
    again = {f"col-{ours}": places.get(text.strip("{}"), "") for ours, text in columns.get("templates", {}).items()}
    fixed = {f"fix-{ours}": text for ours, text in columns.get("constants", {}).items()}
    how = {name: columns[name] for name in ("dates", "decimal") if columns.get(name)}
    return {**chosen, **again, **fixed, **how}


def _sent(sent: QueryDict, sort: Sort) -> dict[str, str]:
    names = [f"{part}-{wanted.name}" for wanted in sort.wanted for part in ("col", "fix")]
    return {name: str(sent.get(name, "")).replace("\0", "").strip() for name in (*names, "dates", "decimal")}


def _table(sort: Sort, found: Seen, chosen: Mapping[str, str]) -> Table:
    """What was chosen as a mapping. A column of theirs that serves twice comes by a template the second time."""
    columns: dict[str, str] = {}
    templates: dict[str, str] = {}
    constants: dict[str, str] = {}
    for wanted in sort.wanted:
        place, fixed = chosen[f"col-{wanted.name}"], chosen[f"fix-{wanted.name}"]
        title = found.head[int(place)] if place.isascii() and place.isdigit() and int(place) < len(found.head) else ""
        if not title:
            if fixed:
                constants[wanted.name] = fixed
        elif title in columns:
            templates[wanted.name] = f"{{{title}}}"
        else:
            columns[title] = wanted.name
    used = {*columns.values(), *templates}
    decimal = "," if chosen["decimal"] == "," else "."
    return Table(
        columns=columns,
        templates=templates,
        constants=constants,
        values={name: words for name, words in sort.values.items() if name in used | constants.keys()},
        dates=chosen["dates"] if chosen["dates"] in DATES else "",
        numbers=tuple(sorted(used & _NUMBERS)) if decimal == "," else (),
        decimal=decimal,
        delimiter=found.delimiter,
    )
