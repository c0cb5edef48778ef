"""The related parties of a company, on a page to print, as a file, and the dealings with one of them. Rules are insight's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_safe

from inward.core.classification import Definition, Related
from inward.core.terms import Money, Reason, Refusal
from inward.insight import related
from inward.insight.related import Dealing, Figures, RelatedParty, Report
from inward.kit import vocabularies
from inward.kit.policy import NotThere
from inward.kit.sheets import Cell
from inward.parties import definitions
from inward.parties import policy as parties_policy
from inward.web.books.forms import SpanForm
from inward.web.books.frame import shown
from inward.web.components import downloads, formats, insiderules
from inward.web.components.errors import words
from inward.web.components.naming import full_name
from inward.web.components.requests import ActingRequest

_PARAMS: Final = ("since", "until", "rule")


class RelatedForm(SpanForm):
    """The days that are told, and by which inside rule it is judged."""

    rule = forms.ChoiceField(label=__("Inside rule"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen: forms.ChoiceField = self.fields["rule"]  # type: ignore[assignment]
        chosen.choices = [("", _("The one for disclosure")), *insiderules.choices()]


@dataclass(frozen=True, slots=True)
class Span:
    """A way in which a party was related: as what, since when until when, on what grounds in words."""

    relation: str
    ultimate: bool
    since: date | None
    last: date | None
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A related party as the page shows it; ``url`` leads to the dealings with it, empty where there are none to show."""

    name: str
    code: str
    url: str
    spans: tuple[Span, ...]
    dealt: tuple[tuple[str, int, Money, bool], ...]
    """Which way, how many dealings, the sum, whether only the other side's books hold it."""
    owed_to_us: tuple[Money, ...]
    owed_by_us: tuple[Money, ...]


@require_safe
def page(request: ActingRequest, company: str) -> HttpResponse:
    """Who was related to the company in some days, how, what was dealt with each, what is owed."""
    form, values = _form(request), dict[str, Any]()
    if form.is_valid():
        try:
            found = _report(request, company, form)
        except Refusal as refusal:
            values["refused"] = words(refusal.reason)
        else:
            values |= _told(found, company, form)
            values["defines"] = bool(parties_policy.may_define_inside(request.actor, on=request.at.date()))
    return shown(request, "related", company, values | {"form": form})


@require_safe
def party(request: ActingRequest, company: str, party: str) -> HttpResponse:
    """The dealings with one related company in some days, each with its order and its entry."""
    form = _form(request)
    if not form.is_valid():
        raise NotThere
    since, until = _days(form)
    asked: dict[str, Any] = {"viewer": request.actor, "at": request.at, "company": company, "party": party}
    found, cut = related.dealings(**asked, since=since, until=until)
    values = {
        "form": form,
        "party": full_name(party, on=until - timedelta(days=1)),
        "since": since,
        "last": until - timedelta(days=1),
        "dealings": tuple((each, _flow(each)) for each in found),
        "cut": cut,
        "back": f"{reverse('books_related', args=[company])}?{_query(form)}",
    }
    return shown(request, "related_party", company, values)


@require_safe
def download(request: ActingRequest, company: str, form: str) -> HttpResponseBase:
    """The same as a file: a row for each way in which somebody was related, and one for each sum."""
    asked = _form(request)
    if form not in downloads.FORMATS or not asked.is_valid():
        raise Http404
    head = [
        _("Related party"),
        _("Code"),
        _("Related as"),
        _("From"),
        _("To and including"),
        _("Because"),
        _("What"),
        _("Dealings"),
        _("Currency"),
        _("Amount"),
        _("Only in the other side’s books"),
    ]
    return downloads.table(f"related-parties-{company}", form, head, tuple(_cells(_report(request, company, asked))))


# --- what is asked -----------------------------------------------------------------------------------------------------


def _form(request: ActingRequest) -> RelatedForm:
    """The days of this calendar year so far, where none are given."""
    today = request.at.date()
    begun = {"since": today.replace(month=1, day=1).isoformat(), "until": today.isoformat(), "rule": ""}
    return RelatedForm(begun | {name: value for name in _PARAMS if (value := request.GET.get(name, "").strip())})


def _days(form: RelatedForm) -> tuple[date, date]:
    since, last = form.cleaned_data["since"], form.cleaned_data["until"]
    return since, last if last == date.max else last + timedelta(days=1)


def _rule(form: RelatedForm) -> Definition | None:
    code = form.cleaned_data["rule"]
    try:
        return definitions.found(code, on=form.cleaned_data["until"]) if code else None
    except NotThere:
        raise Refusal(Reason.of("definition_not_yet", id=code), where="rule") from None


def _report(request: ActingRequest, company: str, form: RelatedForm) -> Report:
    since, until = _days(form)
    asked: dict[str, Any] = {"viewer": request.actor, "at": request.at, "company": company}
    return related.report(**asked, since=since, until=until, rule=_rule(form))


def _query(form: RelatedForm) -> str:
    given = form.cleaned_data
    days = {"since": given["since"].isoformat(), "until": given["until"].isoformat()}
    return urlencode(days | ({"rule": given["rule"]} if given["rule"] else {}))


# --- in words ----------------------------------------------------------------------------------------------------------


def _told(found: Report, company: str, form: RelatedForm) -> Mapping[str, Any]:
    query = _query(form)
    people = found.people
    return {
        "found": found,
        "last": found.until - timedelta(days=1),
        "judged": _judged(found, by_choice=bool(form.cleaned_data["rule"])),
        "firms": tuple(_row(each, company, query) for each in found.parties if not each.person),
        "people": tuple(_row(each, company, query) for each in found.parties if each.person),
        "people_dealt": tuple(_dealt(people)),
        "people_owe": people.owed_to_us,
        "gaps": tuple(words(gap) for gap in found.gaps),
        "elsewhere": any(each.elsewhere for party in found.parties for each in party.figures.dealt),
        "files": tuple(
            (form, f"{reverse('books_related_file', args=[company, form])}?{query}") for form in downloads.FORMATS
        ),
    }


def _judged(found: Report, *, by_choice: bool) -> str:
    facts = {"rule": insiderules.called(found.definition.id)}
    if by_choice:
        return _("Judged by “%(rule)s”, the rule of your choice.") % facts
    if found.chosen:
        return _("Judged by “%(rule)s”, which was chosen for disclosure.") % facts
    return _("Judged by “%(rule)s”: nobody chose a rule for disclosure.") % facts


def _row(each: RelatedParty, company: str, query: str) -> Row:
    figures, code = each.figures, each.party.code
    dealt = tuple(_dealt(figures))
    url = f"{reverse('books_related_party', args=[company, code])}?{query}" if dealt else ""
    spans = tuple(_span(span) for span in each.spans)
    return Row(each.party.name, code, url, spans, dealt, figures.owed_to_us, figures.owed_by_us)


def _span(span: Related) -> Span:
    return Span(
        relation=_label("relation", span.relation.value),
        ultimate=span.ultimate,
        since=span.period.start,
        last=span.period.last,
        grounds=tuple(words(ground) for ground in span.grounds),
    )


def _dealt(figures: Figures) -> Iterator[tuple[str, int, Money, bool]]:
    for each in figures.dealt:
        yield _label("flow", each.flow.value), each.dealings, each.amount, each.elsewhere


def _flow(each: Dealing) -> str:
    return _label("flow", each.flow.value)


def _label(sort: str, value: str) -> str:
    return vocabularies.label(sort, value, formats.language())


# --- as a file -----------------------------------------------------------------------------------------------------------


def _cells(found: Report) -> Iterator[tuple[Cell, ...]]:
    for each in found.parties:
        who = (each.party.name, each.party.code)
        for span in each.spans:
            grounds = " ".join(words(ground) for ground in span.grounds)
            days = (span.period.start, span.period.last)
            yield (*who, _label("relation", span.relation.value), *days, grounds, *[None] * 5)
        yield from _sums(who, each.figures)
    yield from _sums((_("All people together"), ""), found.people)


def _sums(who: tuple[str, str], figures: Figures) -> Iterator[tuple[Cell, ...]]:
    none = (None,) * 4
    for flow, dealings, amount, elsewhere in _dealt(figures):
        yield (*who, *none, flow, dealings, amount.currency, amount, elsewhere)
    owed: Iterable[tuple[str, tuple[Money, ...]]] = (
        (_("Owed to us at the end"), figures.owed_to_us),
        (_("Owed by us at the end"), figures.owed_by_us),
    )
    for what, sums in owed:
        for amount in sums:
            yield (*who, *none, what, None, amount.currency, amount, None)
