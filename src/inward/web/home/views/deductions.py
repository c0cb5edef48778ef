"""What still leaves my pay, month by month, and what payroll was told."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inward.core.bookkeeping import Instalment
from inward.kit import vocabularies
from inward.trade import deductions, netpay, payroll
from inward.web.components import formats
from inward.web.components.requests import ActingRequest


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order of which something still leaves the pay; ``leaving`` says what becomes of it on leaving."""

    reference: str
    number: int
    parts: tuple[Instalment, ...]
    leaving: str


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """By month, by order, and the lines of payroll runs."""
    found, language = deductions.own(viewer=request.actor, at=request.at), formats.language()
    orders = tuple(
        OpenOrder(
            each.reference,
            each.number,
            each.parts,
            "" if each.on_leaving is None else vocabularies.label("on_leaving", each.on_leaving.value, language),
        )
        for each in found
    )
    viewer = request.actor
    values = {"months": deductions.by_month(found), "orders": orders, "told": payroll.own(viewer=viewer)}
    values |= {"pays": netpay.own(viewer=viewer)}
    return render(request, "home/deductions.html", values)
