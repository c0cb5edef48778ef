"""What is taxable of what I bought below price: my statement of a tax year, to read, print and keep."""

from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.kit.policy import NotThere
from inward.trade import benefit as known
from inward.trade import payroll
from inward.trade.benefit import Sheet, TaxYear
from inward.trade.payroll import LineView
from inward.web.components import benefitpdf, benefitwords, downloads
from inward.web.components.naming import full_name
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest

PDF = "pdf"


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """The newest of my tax years; a page that says so where there is none."""
    years = known.own_years(viewer=request.actor, at=request.at)
    if not years:
        return render(request, "home/benefit.html", {"sheet": None, "told": payroll.own(viewer=request.actor)})
    return HttpResponseRedirect(reverse("benefit_year", args=[years[0].key]))


@require_safe
def year(request: ActingRequest, key: str) -> HttpResponse:
    """My statement of a tax year."""
    sheet = known.own(viewer=request.actor, at=request.at, of=TaxYear.of_key(key))
    years = known.own_years(viewer=request.actor, at=request.at)
    on = request.at.date()
    refused = sheet.refused
    values = {
        "sheet": sheet,
        "name": full_name(sheet.person, on=on),
        "employers": [full_name(code, on=on) for code in sheet.employers],
        "year": benefitwords.year_name(sheet.of),
        "years": [_option(each, sheet, several=len({of.country for of in years}) > 1) for each in years],
        "lines": benefitwords.lines(sheet),
        "left": benefitwords.left(sheet),
        "sources": benefitwords.sources(sheet),
        "aside": [(each, benefitwords.say(each.why, sheet.of.country)) for each in sheet.aside],
        "facts": [(benefitwords.fact_name(each.fact), full_name(each.company, on=on), each) for each in sheet.facts],
        "told": _told(payroll.own(viewer=request.actor), sheet.of, years),
        "refused": "" if refused is None else benefitwords.say(refused.reason, sheet.of.country),
        "refused_at": None if refused is None else sheet.bought.get(refused.where),
    }
    return render(request, "home/benefit.html", values)


@require_safe
def file(request: ActingRequest, key: str, form: str) -> HttpResponseBase:
    """My statement as a file to keep. NotThere where it cannot be reckoned: an empty file would say that nothing is taxable."""
    sheet = known.own(viewer=request.actor, at=request.at, of=TaxYear.of_key(key))
    if form not in (*downloads.FORMATS, PDF) or sheet.statement is None:
        raise NotThere
    name = f"taxable-benefit-{sheet.of.key}"
    if form == PDF:
        return downloads.document(name, benefitpdf.statement(sheet, at=request.at))
    return downloads.table(name, form, head(), list(benefitwords.cells(sheet)))


def _told(lines: Sequence[LineView], of: TaxYear, years: Sequence[TaxYear]) -> list[LineView]:
    """What payroll was told of this year; of a month outside all years, on the page of the one before it, or else of the first."""
    keys = {each.key for each in years}

    def is_of(line: LineView) -> bool:
        if line.tax_year in keys:
            return line.tax_year == of.key
        before = next((each.year for each in years if each.year <= line.month.year), years[-1].year)
        return before == of.year

    return [line for line in lines if is_of(line)]


def head() -> tuple[str, ...]:
    """The columns of the file."""
    return (
        _("Day"),
        _("Order"),
        _("What"),
        _("Pieces"),
        _("Worth"),
        _("Paid"),
        _("Exempt"),
        _("Taxable"),
        _("Currency"),
        _("Why"),
    )


def _option(of: TaxYear, sheet: Sheet, *, several: bool) -> Option:
    label = benefitwords.year_name(of)
    label = f"{label} ({of.country})" if several else label
    return Option(reverse("benefit_year", args=[of.key]), label, chosen=of == sheet.of)
