"""What would be if somebody held otherwise or worked elsewhere: suppositions in the address, and the dealings that would differ.

Nothing is saved: the address is the question, to be kept, printed and sent on. Private purchases are told without a name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.core.classification import WorkKind
from inward.core.terms import Money, Rate, Refusal, exact
from inward.insight import policy, queries
from inward.insight.differing import Difference, Side
from inward.insight.queries import Turn, WhatIf
from inward.insight.suppositions import NONE, SupposedShare, SupposedShares, SupposedWork, Supposition, read
from inward.kit import vocabularies
from inward.kit.policy import NotThere
from inward.kit.sheets import Cell
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind
from inward.web.components import downloads, formats
from inward.web.components.errors import words as reason_words
from inward.web.components.naming import full_name
from inward.web.components.requests import ActingRequest
from inward.web.office import fields, showing
from inward.web.office.declaring import Looking
from inward.web.office.things.shares import known_classes
from inward.web.office.things.words import work_kinds

GIVEN: Final = "s"
"""The parameter that carries one supposition."""


@dataclass(frozen=True, slots=True)
class Told:
    """A supposition in words, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class TurnRow:
    """How dealings turn: from what to what, how many, and what is paid for them."""

    before: str
    after: str
    dealings: int
    paid: str
    would_pay: str
    difference: str


@dataclass(frozen=True, slots=True)
class PostedRow:
    """What the books of a company hold in one place."""

    company: str
    kind: str
    role: str
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class DealingRow:
    """A dealing that would differ. ``number`` and the name of the customer are empty for what somebody bought for herself."""

    day: Any
    number: str
    supplier: str
    customer: str
    before: str
    after: str
    paid: str
    would_pay: str


@require_safe
def page(request: ActingRequest) -> HttpResponse:
    """The suppositions, two forms to add one, and what would differ; a new supposition leads to its own address."""
    looking = _looking(request)
    texts = request.GET.getlist(GIVEN)
    values: dict[str, Any] = {"given": texts, "years": queries.YEAR.days}
    try:
        suppositions = read(texts, parties.world())
    except Refusal as refusal:
        suppositions, values["refused"] = (), reason_words(refusal.reason)
    share, work = _share_form(request, looking), _work_form(request, looking)
    of_class = _class_form(request, looking) if parties.world().share_classes else None
    for form in (share, work, *([of_class] if of_class else [])):
        if form.is_bound and form.is_valid():
            added = _supposition(form.cleaned_data)
            return HttpResponseRedirect(address([*(each.text for each in suppositions), added.text]))
    if suppositions:
        values |= _answer(looking, suppositions)
    values |= {
        "share": share,
        "work": work,
        "of_class": of_class,
        "told": tuple(_told(suppositions)),
        "download": _download(suppositions),
    }
    return render(request, "office/what_if.html", values)


@require_safe
def dealings(request: ActingRequest, form: str) -> HttpResponseBase:
    """Every dealing that would differ, as a file."""
    looking = _looking(request)
    if form not in downloads.FORMATS:
        raise Http404
    suppositions = read(request.GET.getlist(GIVEN), parties.world())
    found = queries.differences(viewer=looking.viewer, at=looking.at, suppositions=suppositions)
    head = [
        _("Day"),
        _("Order"),
        _("Supplier"),
        _("Customer"),
        _("It is"),
        _("It would be"),
        _("Paid"),
        _("It would cost"),
    ]
    return downloads.table("what-if", form, head, _cells(found))


def address(texts: Sequence[str]) -> str:
    """Where these suppositions are asked."""
    return f"{reverse('office_what_if')}?{urlencode([(GIVEN, text) for text in texts])}"


def may_ask(request: ActingRequest) -> bool:
    """Whether the reader may ask what would be."""
    return bool(policy.may_suppose(request.actor, on=request.at.date()))


def _looking(request: ActingRequest) -> Looking:
    if not may_ask(request):
        raise NotThere
    return Looking(request.actor, request.at, request.at.date())


# --- asking ------------------------------------------------------------------------------------------------------------


class _Form(forms.Form):
    """A supposition to be added."""

    use_required_attribute = False


def _share_form(request: ActingRequest, looking: Looking) -> forms.Form:
    owners = (PartyKind.COMPANY, PartyKind.PERSON)
    made = {
        "owner": fields.party(_("Who holds"), *owners, help=_("Name or code."))(looking, None),
        "owned": fields.party(_("Of which company"), PartyKind.COMPANY, help=_("Name or code."))(looking, None),
        "percent": fields.share(_("Percent of votes and capital"), help=_("0 for nothing any more."))(looking, None),
        "since": fields.day(_("From"), help=_("Orders from this day on are asked."))(looking, None),
    }
    return _form(request, looking, made, "owner")


def _class_form(request: ActingRequest, looking: Looking) -> forms.Form:
    owners = (PartyKind.COMPANY, PartyKind.PERSON)
    made = {
        "holder": fields.party(_("Who holds"), *owners, help=_("Name or code."))(looking, None),
        "share_class": fields.one_of_many(_("Share class"), known_classes, help=_("Its name or code."))(looking, None),
        "shares": fields.number(_("How many shares"), help=_("0 for none any more."))(looking, None),
        "since": fields.day(_("From"), help=_("Orders from this day on are asked."))(looking, None),
    }
    return _form(request, looking, made, "holder")


def _work_form(request: ActingRequest, looking: Looking) -> forms.Form:
    kinds = (*work_kinds(looking), (NONE, _("no longer")))
    made = {
        "person": fields.party(_("Who works"), PartyKind.PERSON, help=_("Name or code."))(looking, None),
        "company": fields.party(_("For which company"), PartyKind.COMPANY, help=_("Name or code."))(looking, None),
        "kind": fields.choice(_("How"), lambda _looking, _record: kinds)(looking, None),
        "since": fields.day(_("From"), help=_("Orders from this day on are asked."))(looking, None),
    }
    return _form(request, looking, made, "person")


def _form(request: ActingRequest, looking: Looking, made: Mapping[str, forms.Field], first: str) -> forms.Form:
    """The form with its fields; bound when it was sent, which its first field tells."""
    year_ago = looking.on - queries.YEAR
    data = {name: request.GET.get(name, "") for name in made} if first in request.GET else None
    form = _Form(data, initial={"since": year_ago}, auto_id=f"id_{first}_%s")
    form.fields.update(made)
    return form


def _supposition(values: Mapping[str, Any]) -> Supposition:
    if "owner" in values:
        return SupposedShare(values["owner"], values["owned"], values["percent"], values["since"])
    if "holder" in values:
        return SupposedShares(values["holder"], values["share_class"], exact(values["shares"]), values["since"])
    kind = None if values["kind"] == NONE else WorkKind(values["kind"])
    return SupposedWork(values["person"], values["company"], kind, values["since"])


# --- telling -----------------------------------------------------------------------------------------------------------


def _answer(looking: Looking, suppositions: Sequence[Supposition]) -> dict[str, Any]:
    try:
        found = queries.what_if(viewer=looking.viewer, at=looking.at, suppositions=suppositions)
    except Refusal as refusal:
        return {"refused": reason_words(refusal.reason)}
    return {
        "found": found,
        "turns": tuple(_turn(turn) for turn in found.turns),
        "posted": tuple(_posted(found)),
        "rows": tuple(_row(each) for each in found.rows),
    }


def _told(suppositions: Sequence[Supposition]) -> Iterator[Told]:
    texts = [each.text for each in suppositions]
    for place, each in enumerate(suppositions):
        yield Told(_words(each), address([*texts[:place], *texts[place + 1 :]]))


def _words(each: Supposition) -> str:
    day = formats.day(each.since)
    if isinstance(each, SupposedShare):
        named = {"day": day, "owner": parties.name_of(each.owner), "owned": parties.name_of(each.owned)}
        if not each.share:
            return _("From %(day)s %(owner)s holds nothing of %(owned)s.") % named
        return _("From %(day)s %(owner)s holds %(share)s of %(owned)s.") % {
            **named,
            "share": formats.percent(Rate(each.share)),
        }
    if isinstance(each, SupposedShares):
        facts = {
            "day": day,
            "owner": parties.name_of(each.owner),
            "of": known_classes().get(each.share_class, each.share_class),
        }
        if not each.shares:
            return _("From %(day)s %(owner)s holds no shares: %(of)s.") % facts
        votes = formats.percent(Rate(each.votes(parties.world())))
        facts |= {"shares": formats.count(each.shares), "votes": votes}
        return _("From %(day)s %(owner)s holds %(shares)s shares: %(of)s. That is %(votes)s of the votes.") % facts
    named = {"day": day, "person": parties.name_of(each.person), "company": parties.name_of(each.company)}
    if each.kind is None:
        return _("From %(day)s %(person)s does not work for %(company)s.") % named
    kind = vocabularies.label("work_kind", each.kind.value, formats.language())
    return _("From %(day)s %(person)s works for %(company)s (%(kind)s).") % {**named, "kind": kind}


def _turn(turn: Turn) -> TurnRow:
    before = {money.currency: money for money in turn.paid_before}
    after = {money.currency: money for money in turn.paid_after}
    both = [(before[currency], after[currency]) for currency in sorted(before.keys() & after.keys())]
    return TurnRow(
        before=_kind(turn.before),
        after=_kind(turn.after),
        dealings=turn.dealings,
        paid=_sums(turn.paid_before),
        would_pay=_sums(turn.paid_after),
        difference=_sums(would - was for was, would in both),
    )


def _sums(amounts: Iterable[Money]) -> str:
    return ", ".join(formats.money(amount) for amount in amounts) or showing.EMPTY


def _posted(found: WhatIf) -> Iterator[PostedRow]:
    language = formats.language()
    for each in found.posted:
        yield PostedRow(
            company=parties.name_of(each.company),
            kind=vocabularies.label("entry_kind", each.kind.value, language),
            role=vocabularies.label("posting_role", each.role.value, language),
            before=each.before,
            after=each.after,
        )


def _kind(kind: Any) -> str:
    if kind is None:
        return _("not possible")
    return vocabularies.label("standing_kind", kind.value, formats.language())


def _side(side: Side) -> str:
    return reason_words(side.why_not) if side.kind is None and side.why_not is not None else _kind(side.kind)


def _paid(side: Side) -> str:
    if side.total is not None:
        return formats.money(side.total)
    return showing.EMPTY if side.why_not is None else reason_words(side.why_not)


def _row(each: Difference) -> DealingRow:
    dealt = each.dealt
    return DealingRow(
        day=dealt.on,
        number="" if dealt.private else str(dealt.number),
        supplier=full_name(dealt.supplier, on=dealt.on),
        customer=_("a purchase for oneself") if dealt.private else full_name(dealt.customer, on=dealt.on),
        before=_side(each.before),
        after=_side(each.after),
        paid=_paid(each.before),
        would_pay=_paid(each.after),
    )


def _cells(found: Iterable[Difference]) -> Iterator[tuple[Cell, ...]]:
    for each in found:
        row = _row(each)
        totals = (each.before.total or row.paid, each.after.total or row.would_pay)
        yield (row.day, row.number, row.supplier, row.customer, row.before, row.after, *totals)


def _download(suppositions: Sequence[Supposition]) -> str:
    query = urlencode([(GIVEN, each.text) for each in suppositions])
    return f"{reverse('office_what_if_dealings', args=['csv'])}?{query}"
