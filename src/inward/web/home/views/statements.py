"""What a cost centre was charged, month by month; disputing a line of it, and answering."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from functools import partial
from typing import Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.core.terms import Money, Reason, Refusal
from inward.kit import vocabularies
from inward.kit.policy import NotThere
from inward.trade import operations as trade
from inward.trade import queries, statements
from inward.trade.statements import Statement, StatementLine
from inward.trade.vocabulary import DisputeAnswer, DisputeReason, DisputeSide
from inward.web.components import downloads, formats, lists
from inward.web.components.lists import Heading
from inward.web.components.naming import full_name
from inward.web.components.people import WholeNameField
from inward.web.components.records import Link, Option
from inward.web.components.requests import ActingRequest, acts, done

_DUE_IN: Final = timedelta(days=7)
_PARAMS: Final = ("answer", "sort", "cursor")


@require_safe
def statement(request: ActingRequest, centre: str, month: str) -> HttpResponse:
    """A month of a cost centre, line by line, each with the dispute it has or a form to raise one."""
    found = _found(request, centre, month)
    before, after = found.month - timedelta(days=1), (found.month + timedelta(days=31)).replace(day=1)
    values = {
        "statement": found,
        "title": full_name(found.centre.code, on=found.month),
        "month": formats.month(found.month),
        "reasons": _options("dispute_reason", DisputeReason),
        "due": request.at.date() + _DUE_IN,
        "around": tuple(
            Link(reverse("statement", args=[centre, f"{day:%Y-%m}"]), formats.month(day)) for day in (before, after)
        ),
        "key": f"{found.month:%Y-%m}",
    }
    return render(request, "home/statement.html", values)


@require_safe
def file(request: ActingRequest, centre: str, month: str, form: str) -> HttpResponseBase:
    """The same as a file."""
    if form not in downloads.FORMATS:
        raise NotThere
    found = _found(request, centre, month)
    head = [_("Posted"), _("Order"), _("Supplier"), _("What"), _("Amount"), _("Currency"), _("Disputed")]
    rows = (
        (
            line.posted_on,
            line.number,
            "" if line.supplier is None else line.supplier.name,
            "; ".join(line.what),
            line.amount,
            line.amount.currency,
            "" if line.dispute is None else _dispute_words(line),
        )
        for line in found.lines
    )
    return downloads.table(f"statement-{centre}-{found.month:%Y-%m}", form, head, rows)


@acts(instead="statement")
def dispute(request: ActingRequest, centre: str, month: str) -> HttpResponse:
    """Say that a charge is wrong."""

    def act() -> object:
        return trade.dispute_charge(
            by=request.actor,
            at=request.at,
            order=request.POST.get("order", ""),
            centre=centre,
            reason=_reason(request),
            words=request.POST.get("words", "").replace("\0", ""),
            due=_due(request),
        )

    return done(request, act, _("The supplier is told and asked to answer."), "statement", centre, month)


@require_safe
def disputes(request: ActingRequest) -> HttpResponse:
    """The disputes of my cost centres, and of what I serve for."""
    params = lists.asked(request.GET, _PARAMS)
    page = statements.disputes(viewer=request.actor, at=request.at, params=params)
    headings = (
        Heading(_("Order")),
        Heading(_("Cost centre")),
        Heading(_("What is wrong")),
        Heading(_("Who settles it")),
        Heading(_("Answer needed by"), sort="due"),
        Heading(_("Answer")),
    )
    values = {
        "rows": page.rows,
        "columns": lists.columns(headings, page, params),
        "pages": lists.pages(page, params),
        "answers": _options("dispute_answer", DisputeAnswer),
        "today": request.at.date(),
        "me": request.actor.person or "",
    }
    return render(request, "home/disputes.html", values)


@acts(instead="dispute_one")
def own(request: ActingRequest, reference: str) -> HttpResponse:
    """Say who settles a dispute: me, or a colleague who may answer it too."""

    def act() -> None:
        owner = WholeNameField(max_length=240).clean(request.POST.get("owner", ""))
        trade.own_dispute(by=request.actor, at=request.at, dispute=reference, owner=owner)

    return done(request, act, _("It is noted who settles it."), "disputes")


@acts(instead="order")
def dispute_order(request: ActingRequest, reference: str) -> HttpResponse:
    """Dispute a dealing between companies from its order, for the side on which I stand."""
    order = queries.order(viewer=request.actor, at=request.at, reference=reference)
    side = DisputeSide.CUSTOMER if order.may.get("dispute") else DisputeSide.SUPPLIER
    centre = order.row.customer if order.cost_centre is None else order.cost_centre

    def act() -> object:
        typed = request.POST.get("amount", "").strip()
        try:
            amount = Money.of(typed.replace(",", "."), order.row.total.currency) if typed else None
        except ValueError:
            raise Refusal(Reason.of("dispute_amount", most=order.row.total), where="amount") from None
        return trade.dispute_charge(
            by=request.actor,
            at=request.at,
            order=reference,
            centre=centre.code,
            reason=_reason(request),
            words=request.POST.get("words", "").replace("\0", ""),
            due=_due(request),
            amount=amount,
            side=side,
        )

    return done(request, act, _("The other side is told and asked to answer."), "order", reference)


def _reason(request: ActingRequest) -> DisputeReason:
    reason = request.POST.get("reason", "")
    return DisputeReason(reason) if reason in DisputeReason.__members__ else DisputeReason.OTHER


def _due(request: ActingRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("due", ""))
    except ValueError:
        raise Refusal(Reason.of("dispute_due"), where="due") from None


@acts(instead="dispute_one")
def answer(request: ActingRequest, reference: str) -> HttpResponse:
    """Answer a dispute."""
    said = request.POST.get("answer", "")
    act = partial(
        trade.answer_dispute,
        by=request.actor,
        at=request.at,
        dispute=reference,
        answer=DisputeAnswer(said) if said in DisputeAnswer.__members__ else DisputeAnswer.EXPLAINED,
        words=request.POST.get("words", "").replace("\0", ""),
    )
    return done(request, act, _("Your answer is sent."), "disputes")


@require_safe
def one(request: ActingRequest, reference: str) -> HttpResponse:
    """One dispute: the list of which it is part, for whoever came by its letter."""
    statements.dispute(viewer=request.actor, at=request.at, reference=reference)
    return disputes(request)


def _found(request: ActingRequest, centre: str, month: str) -> Statement:
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotThere from None
    return statements.statement(viewer=request.actor, at=request.at, centre=centre, month=day)


def _dispute_words(line: StatementLine) -> str:
    assert line.dispute is not None  # asked of lines that have one
    return vocabularies.label("dispute_reason", line.dispute.reason.value, formats.language())


def _options(sort: str, values: Iterable[Enum]) -> tuple[Option, ...]:
    return tuple(Option(each.value, vocabularies.label(sort, each.value, formats.language())) for each in values)
