"""One case, as whoever handles it works on it: read, answer, and everything that can be done with it. Rules are the desk's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from inward.core.terms import Refusal
from inward.desk import cases, helping, macros, operations, procedures, serving, things
from inward.desk.cases import CaseView, HappenedView
from inward.desk.casewords import MINUTES_MAX, UNDER_WAY, CaseKind, CaseState, Impact, LinkKind, TaskState, Urgency
from inward.desk.operations import CaseMoved
from inward.desk.vocabulary import HoldReason
from inward.kit import files, vocabularies
from inward.kit.policy import NotThere
from inward.parties import queries as parties
from inward.web.components import formats
from inward.web.components.cases import answered, clock_lines, due_words, leg_words, uploads_of, verdict_of
from inward.web.components.errors import words as reason_words
from inward.web.components.naming import full_name
from inward.web.components.people import WholeNameField
from inward.web.components.records import Option
from inward.web.components.requests import SEE_OTHER, ActingRequest

UNFIT, CONFLICT = 422, 409
_DIGITS_MAX: Final = 12
_BANNER_SHOWN: Final = 60
_KEY_MAX: Final = 19
"""So many digits a key of a message has at most."""


class WrittenMeanwhile(Exception):  # noqa: N818 - states a fact
    """Somebody wrote since the page was made; what was typed is shown again beside it, to be sent or not."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened, in words."""

    at: datetime
    what: str
    who: str
    more: str


@require_safe
def one(request: ActingRequest, reference: str) -> HttpResponse:
    """A case on a page of its own; whoever does not handle it reads it as whoever asked does."""
    view = cases.case(viewer=request.actor, at=request.at, reference=reference)
    if not view.serving:
        return HttpResponseRedirect(reverse("request", args=[reference]))
    return render(request, "workbench/one.html", sheet(request, reference, view=view))


@require_safe
def news(request: ActingRequest, reference: str) -> HttpResponse:
    """What is new in a case; nothing where nothing is."""
    state = cases.state_of(viewer=request.actor, at=request.at, reference=reference)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(reverse("desk_case", args=[reference]))
    if request.GET.get("seen", "") == seen_of(*state):
        return HttpResponse(status=204)
    return render(request, "workbench/_case.html#live", sheet(request, reference))


@require_POST
def read(request: ActingRequest, reference: str) -> HttpResponse:
    """Note that I look at it; the page says so by itself."""
    operations.mark_read(by=request.actor, at=request.at, case=reference)
    return HttpResponse(status=204)


@require_safe
def file(request: ActingRequest, reference: str, file: str) -> HttpResponseBase:
    """A file of the thread, to be saved."""
    return files.serve(cases.file(viewer=request.actor, at=request.at, reference=reference, file=file))


def act(request: ActingRequest, reference: str, act: str) -> HttpResponse:
    """Do one of ACTS. What is refused is said on the page, which keeps what was typed; POST alone does anything."""
    doing = ACTS.get(act)
    if doing is None:
        raise NotThere
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(reverse("desk_case", args=[reference]))
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        said = doing(request, reference)
    except CaseMoved as moved:
        return _again(request, reference, act, reason_words(moved.reason), status=CONFLICT)
    except WrittenMeanwhile:
        said = _("Somebody wrote or changed it meanwhile. Look at it, then send what you typed, or change it first.")
        return _again(request, reference, act, said, status=CONFLICT)
    except Refusal as refusal:
        return _again(request, reference, act, reason_words(refusal.reason), status=UNFIT)
    except ValidationError as error:
        return _again(request, reference, act, " ".join(error.messages), status=UNFIT)
    messages.success(request, said)
    return HttpResponseRedirect(_back(request, reference), status=SEE_OTHER)


def sheet(request: ActingRequest, reference: str, *, view: CaseView | None = None, back: str = "") -> dict[str, Any]:
    """Everything the page of a case shows. NotThere for who does not handle it."""
    viewer, at = request.actor, request.at
    view = view or cases.case(viewer=viewer, at=at, reference=reference)
    if not view.serving:
        raise NotThere
    on, row = at.date(), view.row
    looking = serving.looking(viewer=viewer, at=at, reference=reference)
    return {
        "view": view,
        "back": back or request.POST.get("back", ""),
        "supplier": full_name(row.supplier.code, on=on),
        "customer": full_name(row.customer.code, on=on),
        "due": due_words(row, at=at),
        "clocks": clock_lines(view.runs),
        "legs": leg_words(view.chain, on=on),
        "verdict": verdict_of(view),
        "answers": answered(view.answers),
        "seen": seen_of(row.version, view.last_message),
        "card": serving.card(viewer=viewer, at=at, reference=reference),
        "looking": looking,
        "history": tuple(reversed(_history(view.happened))),
        "under_way": row.state in UNDER_WAY,
        "waits": row.state is CaseState.WAITING,
        "may_reopen": row.state is CaseState.SOLVED
        or (row.state is CaseState.CLOSED and view.ends_on is not None and on <= view.ends_on),
        "mine": row.owner is not None and row.owner.code == viewer.person,
        "me": viewer.person or "",
        "able": serving.able(viewer=viewer, at=at, reference=reference),
        "queues": _queues(request, view),
        "holds": _options("hold", [each for each in HoldReason if each is not HoldReason.CUSTOMER], ""),
        "impacts": _options("impact", list(Impact), row.impact.value),
        "urgencies": _options("urgency", list(Urgency), row.urgency.value),
        "link_kinds": _options("case_link", [kind for kind in LinkKind if kind is not LinkKind.FOLLOWS], ""),
        "awaitable": _awaitable(request, view),
        "runs": procedures.runs(viewer=viewer, at=at, reference=reference),
        "macros": _macros(request, reference),
        "outages": _outages(request, view),
        "other": request.GET.get("other", ""),
        "typed": {},
        "act": "",
    }


def is_served(request: ActingRequest, reference: str) -> bool:
    """Whether the viewer handles a case; not where it was handed to others, or is not there."""
    try:
        return serving.handles(viewer=request.actor, at=request.at, reference=reference)
    except NotThere:
        return False


def seen_of(version: int, last: int) -> str:
    """What a page stands for, to be compared with what is true now."""
    return f"{version}-{last}"


# --- the acts ----------------------------------------------------------------------------------------------------------


def _say(request: ActingRequest, reference: str) -> str:
    """Answer, ask and wait, note or solve, from one form; with how long it took."""
    what, text, seen = request.POST.get("what", ""), request.POST.get("text", ""), request.POST.get("seen", "")
    if what != "note" and not request.POST.get("anyway"):
        now = cases.state_of(viewer=request.actor, at=request.at, reference=reference)
        if seen and seen != seen_of(*now):
            raise WrittenMeanwhile
    minutes = _minutes(request)
    said = _SAYINGS.get(what, _SAYINGS["answer"])(request, reference, text)
    if minutes:
        operations.spend(by=request.actor, at=request.at, case=reference, minutes=minutes)
    return said


def _answer(request: ActingRequest, reference: str, text: str) -> str:
    operations.answer(by=request.actor, at=request.at, case=reference, text=text, uploads=uploads_of(request))
    return _("Your answer is sent.")


def _ask(request: ActingRequest, reference: str, text: str) -> str:
    operations.pause(
        by=request.actor,
        at=request.at,
        case=reference,
        reason=HoldReason.CUSTOMER,
        words=text,
        uploads=uploads_of(request),
    )
    return _("Your question is sent. It waits for the answer.")


def _note(request: ActingRequest, reference: str, text: str) -> str:
    operations.note_down(by=request.actor, at=request.at, case=reference, text=text, uploads=uploads_of(request))
    return _("The note is kept; only the service reads it.")


def _solve(request: ActingRequest, reference: str, text: str) -> str:
    operations.solve(by=request.actor, at=request.at, case=reference, words=text, uploads=uploads_of(request))
    return _("It is called solved. Whoever asked is asked whether it is.")


_SAYINGS: Final[Mapping[str, Callable[[ActingRequest, str, str], str]]] = {
    "answer": _answer,
    "ask": _ask,
    "note": _note,
    "solve": _solve,
}


def _step(request: ActingRequest, reference: str) -> str:
    """Record a step of a procedure: done, skipped, signed, or taken back."""
    post = request.POST
    common: dict[str, Any] = {
        "by": request.actor,
        "at": request.at,
        "case": reference,
        "procedure": post.get("procedure", ""),
        "step": post.get("step", ""),
    }
    match post.get("what", ""):
        case "done":
            operations.do_step(**common, evidence=post.get("evidence", ""), uploads=uploads_of(request))
            return _("The step is done.")
        case "skip":
            operations.skip_step(**common, words=post.get("words", ""))
            return _("The step is skipped.")
        case "sign":
            operations.sign_step(**common)
            return _("The step is signed.")
        case "take-back":
            operations.take_step_back(**common, words=post.get("words", ""))
            return _("The step is to be done again.")
    raise NotThere


def _macro(request: ActingRequest, reference: str) -> str:
    """Do all a macro does."""
    macro = request.POST.get("macro", "")
    operations.do_macro(by=request.actor, at=request.at, case=reference, macro=macro, seen=_version(request))
    return _("It is done.")


def _macros(request: ActingRequest, reference: str) -> tuple[Option, ...]:
    found = macros.for_case(viewer=request.actor, at=request.at, reference=reference)
    return tuple(Option(each.code, each.name) for each in found)


def _assign(request: ActingRequest, reference: str) -> str:
    owner = request.POST.get("owner", "")
    operations.assign(by=request.actor, at=request.at, case=reference, owner=owner or None, seen=_version(request))
    if owner == request.actor.person:
        return _("It is yours.")
    return _("It is given to %(name)s.") % {"name": parties.name_of(owner)} if owner else _("It is nobody’s again.")


def _hand(request: ActingRequest, reference: str) -> str:
    queue, said = request.POST.get("queue", ""), request.POST.get("words", "")
    operations.hand_over(
        by=request.actor, at=request.at, case=reference, queue=queue, words=said, seen=_version(request)
    )
    return _("It is handed over.")


def _wait(request: ActingRequest, reference: str) -> str:
    reason = _of(HoldReason, request.POST.get("reason", ""))
    operations.pause(
        by=request.actor,
        at=request.at,
        case=reference,
        reason=reason,
        words=request.POST.get("words", ""),
        until=_day(request.POST.get("until", "")) if reason is HoldReason.AGREED_DAY else None,
        seen=_version(request),
    )
    return _("It waits.")


def _go_on(request: ActingRequest, reference: str) -> str:
    operations.resume(by=request.actor, at=request.at, case=reference, seen=_version(request))
    return _("It goes on.")


def _weigh(request: ActingRequest, reference: str) -> str:
    operations.weigh(
        by=request.actor,
        at=request.at,
        case=reference,
        impact=_of(Impact, request.POST.get("impact", "")),
        urgency=_of(Urgency, request.POST.get("urgency", "")),
        seen=_version(request),
    )
    return _("It is weighed anew; what is due when follows from it.")


def _promise(request: ActingRequest, reference: str) -> str:
    said = request.POST.get("words", "")
    operations.promise_anew(by=request.actor, at=request.at, case=reference, words=said, seen=_version(request))
    return _("What is promised today holds for it now.")


def _gather(request: ActingRequest, reference: str) -> str:
    """Gather it under an outage that is open."""
    outage = request.POST.get("outage", "").replace("\0", "")
    operations.gather(by=request.actor, at=request.at, outage=outage, case=[reference])
    return _("It is gathered under the outage.")


def _outages(request: ActingRequest, view: CaseView) -> tuple[Option, ...]:
    """The open outages the viewer handles, under one of which it may be gathered; none for what may not be."""
    if view.row.confidential or view.row.kind is CaseKind.OUTAGE or view.row.state not in UNDER_WAY:
        return ()
    gathered = {link.row.reference for link in view.links if link.kind is LinkKind.CAUSED_BY and link.out}
    banners = (each for each in things.banners() if each.reference not in gathered)
    return tuple(
        Option(each.reference, f"{each.queue.name}: {each.words[:_BANNER_SHOWN]}")
        for each in banners
        if is_served(request, each.reference)
    )


def _thing(request: ActingRequest, reference: str) -> str:
    """Say which thing it is about, by code or by what is on it; nothing typed: none."""
    typed = request.POST.get("thing", "").replace("\0", "").strip()
    found = None if not typed else things.meant(viewer=request.actor, at=request.at, typed=typed)
    operations.concern_equipment(by=request.actor, at=request.at, case=reference, equipment=found)
    return _("It is noted which thing it is about.") if found else _("It is about no thing.")


def _rename(request: ActingRequest, reference: str) -> str:
    operations.rename(by=request.actor, at=request.at, case=reference, subject=request.POST.get("subject", ""))
    return _("It is called so now.")


def _reopen(request: ActingRequest, reference: str) -> str:
    operations.open_again(by=request.actor, at=request.at, case=reference, words=request.POST.get("words", ""))
    return _("It is open again.")


def _others(request: ActingRequest, reference: str) -> str:
    given = {name: request.POST.get(name, "") for name in ("queue", "subject", "text")}
    operations.ask_others(by=request.actor, at=request.at, case=reference, **given)
    return _("The other department is asked; this is not solved before they are done.")


def _add_task(request: ActingRequest, reference: str) -> str:
    operations.add_task(
        by=request.actor,
        at=request.at,
        case=reference,
        title=request.POST.get("title", ""),
        owner=_person(request.POST.get("person", "")),
        due_on=_day(request.POST.get("due", "")),
        blocks=bool(request.POST.get("blocks")),
    )
    return _("The task is added.")


def _give_task(request: ActingRequest, reference: str) -> str:
    operations.give_task(
        by=request.actor,
        at=request.at,
        case=reference,
        task=request.POST.get("task", ""),
        owner=_person(request.POST.get("person", "")),
        due_on=_day(request.POST.get("due", "")),
    )
    return _("The task is given.")


def _end_task(request: ActingRequest, reference: str) -> str:
    state = _of(TaskState, request.POST.get("state", ""))
    task = request.POST.get("task", "")
    operations.end_task(by=request.actor, at=request.at, case=reference, task=task, state=state)
    return _("The task is noted.")


def _await_task(request: ActingRequest, reference: str) -> str:
    task, other = request.POST.get("task", ""), request.POST.get("other_task", "")
    operations.wait_for(by=request.actor, at=request.at, case=reference, task=task, other=other or None)
    return _("Both owners see that it waits.") if other else _("It waits for no other task.")


def _join(request: ActingRequest, reference: str) -> str:
    operations.join(by=request.actor, at=request.at, case=reference, into=_other(request))
    return _("It is joined; it goes on in the other request.")


def _part(request: ActingRequest, reference: str) -> str:
    chosen = [
        int(key) for key in request.POST.getlist("message") if key.isascii() and key.isdigit() and len(key) <= _KEY_MAX
    ]
    subject = request.POST.get("subject", "")
    operations.part(
        by=request.actor, at=request.at, case=reference, messages=chosen, subject=subject, seen=_version(request)
    )
    return _("A request of its own is made of it; it is linked below.")


def _link(request: ActingRequest, reference: str) -> str:
    kind = _of(LinkKind, request.POST.get("kind", ""))
    operations.link(by=request.actor, at=request.at, case=reference, other=_other(request), kind=kind)
    return _("They are linked.")


def _unlink(request: ActingRequest, reference: str) -> str:
    kind, other = _of(LinkKind, request.POST.get("kind", "")), request.POST.get("other", "")
    operations.unlink(by=request.actor, at=request.at, case=reference, other=other, kind=kind)
    return _("They are linked no longer.")


def _watch(request: ActingRequest, reference: str) -> str:
    person = WholeNameField(max_length=240).clean(request.POST.get("person", ""))
    operations.watch(by=request.actor, at=request.at, case=reference, person=person)
    return _("They can read it from now on.")


def _unwatch(request: ActingRequest, reference: str) -> str:
    person = request.POST.get("person", "").replace("\0", "")
    operations.unwatch(by=request.actor, at=request.at, case=reference, person=person)
    return _("It is followed no longer.")


def _time(request: ActingRequest, reference: str) -> str:
    operations.spend(
        by=request.actor,
        at=request.at,
        case=reference,
        minutes=_minutes(request),
        on=_day(request.POST.get("on", "")),
        words=request.POST.get("words", ""),
    )
    return _("The time is noted.")


ACTS: Final[Mapping[str, Callable[[ActingRequest, str], str]]] = {
    "say": _say,
    "assign": _assign,
    "step": _step,
    "macro": _macro,
    "hand": _hand,
    "wait": _wait,
    "go-on": _go_on,
    "weigh": _weigh,
    "promise": _promise,
    "rename": _rename,
    "reopen": _reopen,
    "others": _others,
    "task": _add_task,
    "task-give": _give_task,
    "task-end": _end_task,
    "task-await": _await_task,
    "join": _join,
    "part": _part,
    "link": _link,
    "unlink": _unlink,
    "watch": _watch,
    "unwatch": _unwatch,
    "time": _time,
    "gather": _gather,
    "thing": _thing,
}


# --- inside ------------------------------------------------------------------------------------------------------------


def _again(request: ActingRequest, reference: str, act: str, wrong: str, *, status: int) -> HttpResponse:
    """The page once more, with what was typed, why nothing was done, and what happened meanwhile."""
    values = sheet(request, reference)
    known = request.POST.get("events", "")
    count = int(known) if known.isascii() and known.isdigit() and len(known) < _DIGITS_MAX else len(values["history"])
    fresh = values["history"][: max(0, len(values["history"]) - count)]
    values |= {"wrong": wrong, "typed": request.POST, "act": act, "meanwhile": fresh}
    return render(request, "workbench/one.html", values, status=status)


def _back(request: ActingRequest, reference: str) -> str:
    """The list with this case beside it, where it was acted on there; else its page. The list alone where it is hers no more."""
    query = request.POST.get("back", "")
    if not is_served(request, reference):
        return f"{reverse('desk')}?{query}" if query else reverse("desk")
    if not query:
        return reverse("desk_case", args=[reference])
    return f"{reverse('desk')}?{query}&case={reference}"


def _version(request: ActingRequest) -> int | None:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < _DIGITS_MAX else None


def _of(sort: type[Any], value: str) -> Any:
    if value not in sort.__members__:
        raise ValidationError(_("Choose one from the list."))
    return sort[value]


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    return forms.DateField(input_formats=["%Y-%m-%d"]).clean(typed)  # type: ignore[no-any-return]


def _person(typed: str) -> str | None:
    found = WholeNameField(required=False, max_length=240).clean(typed)
    return found or None


def _minutes(request: ActingRequest) -> int:
    typed = request.POST.get("minutes", "").strip()
    return forms.IntegerField(min_value=0, max_value=MINUTES_MAX).clean(typed) if typed else 0


def _other(request: ActingRequest) -> str:
    """The reference of another case, by the number people know it by."""
    typed = request.POST.get("number", "").strip().removeprefix("#")
    fit = typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS_MAX
    try:
        return serving.numbered(viewer=request.actor, at=request.at, number=int(typed) if fit else 0)
    except NotThere:
        raise ValidationError(_("There is no request %(number)s that you may see.") % {"number": typed}) from None


def _queues(request: ActingRequest, view: CaseView) -> tuple[Option, ...]:
    on = request.at.date()
    found = helping.queues(viewer=request.actor, at=request.at)
    return tuple(
        Option(line.code, f"{line.name} · {full_name(line.supplier.code, on=on)}")
        for line in found
        if line.code != view.row.queue.code and (line.confidential or not view.row.confidential)
    )


def _options(sort: str, values: list[Any], chosen: str) -> tuple[Option, ...]:
    language = formats.language()
    return tuple(
        Option(each.value, vocabularies.label(sort, each.value, language), chosen=each.value == chosen)
        for each in values
    )


def _awaitable(request: ActingRequest, view: CaseView) -> tuple[tuple[str, str], ...]:
    """The open tasks one of these may wait for: those of this case, and of the one whose number the address names."""
    own = tuple((task.reference, task.title) for task in view.tasks if task.state is TaskState.OPEN)
    number = request.GET.get("other", "")
    if not (number.isascii() and number.isdigit() and len(number) <= _DIGITS_MAX) or int(number) == view.row.number:
        return own
    others = serving.tasks_to_wait_for(viewer=request.actor, at=request.at, number=int(number))
    return (*own, *((reference, f"{title} ({number})") for reference, title in others))


def _history(happened: tuple[HappenedView, ...]) -> tuple[Happened, ...]:
    concerned = {str(each.facts["person"]) for each in happened if each.facts.get("person")}
    names, language = serving.who(frozenset(each.subject for each in happened) | concerned), formats.language()
    return tuple(
        Happened(
            each.at,
            vocabularies.label("case_act", each.act.value, language),
            names.get(each.subject, ""),
            ", ".join(filter(None, (names.get(str(each.facts.get("person")), ""), _more(each.facts, language)))),
        )
        for each in happened
    )


def _more(facts: Mapping[str, Any], language: str) -> str:
    """What there is to say of it beside its name: to whom, where, why."""
    found = []
    if facts.get("owner"):
        found.append(parties.name_of(facts["owner"]))
    if facts.get("queue"):
        found.append(str(facts["queue"]))
    if facts.get("reason"):
        found.append(vocabularies.label("hold", facts["reason"], language))
    if facts.get("priority"):
        found.append(vocabularies.label("priority", facts["priority"], language))
    if facts.get("minutes"):
        found.append(_("%(count)s min") % {"count": formats.count(facts["minutes"])})
    numbers = (facts.get(name) for name in ("case", "into"))
    found += [_("request %(number)s") % {"number": number} for number in numbers if isinstance(number, int)]
    return ", ".join(found)
