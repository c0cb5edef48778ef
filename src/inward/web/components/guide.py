"""The style guide: every component with made-up values on one page. Shown in debug, demo and tests only.

Designers look at it, axe walks it, screenshots are taken of it. It shows nothing of the house's data.
"""

from datetime import UTC, datetime

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inward.core.terms import Money
from inward.web.components.forms import PiecesField
from inward.web.components.records import Column, Option, Pages, Step, Tried, VerdictWords


class Sample(forms.Form):
    """A form with one field of each sort."""

    name = forms.CharField(label="Name", help_text="As it stands on the door.", max_length=40)
    pieces = PiecesField()
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    way = forms.ChoiceField(label="Way", choices=[("a", "By hand"), ("b", "By post")])
    agree = forms.BooleanField(label="I have read this", help_text="It takes a minute.")


@login_not_required
def style(request: HttpRequest) -> HttpResponse:
    """Every component once, with a form that has errors."""
    return render(request, "components/guide.html", _values())


def _values() -> dict[str, object]:
    return {
        "form": Sample({"name": "", "pieces": "0", "way": "b"}),
        "ordinary": Money.of("129.90", "EUR"),
        "staff": Money.of("97.43", "EUR"),
        "at": datetime(2026, 2, 3, 9, 30, tzinfo=UTC),
        "inside": _inside(),
        "outside": _outside(),
        "rules": _rules(),
        "steps": _steps(),
        "columns": (
            Column("Order"),
            Column("Placed", sort_url="?sort=placed", direction="descending"),
            Column("State", sort_url="?sort=state"),
            Column("Total", end=True),
        ),
        "pages": Pages(next="?after=x", words="1–3 of 214"),
        "options": (
            Option("PAYROLL", "Deducted from pay", chosen=True, hint="With the pay of March."),
            Option("COST_CENTRE", "Charged to a cost centre", hint="A budget holder approves it first."),
        ),
        "states": (
            *("AWAITING_APPROVAL", "PLACED", "PARTLY_DELIVERED", "DELIVERED", "RETURNED", "CANCELLED", "DECLINED"),
            *("AGREED", "ENDED"),
        ),
    }


def _inside() -> VerdictWords:
    return VerdictWords(
        inside=True,
        sentence="This order is inside: you work for ABC Retail, and ABC Retail sells it.",
        kind="staff",
        grounds=("Kari Vik works full-time for ABC Retail since 1 March 2021.", "The shop belongs to ABC Retail."),
    )


def _outside() -> VerdictWords:
    return VerdictWords(
        inside=False,
        sentence="This order is outside: XYZ Widgets and ABC Retail have no common owner.",
        kind="outside",
        grounds=("JKL Group sold its 80 % of XYZ Widgets on 30 June 2026.",),
        nearest_miss="JKL Group would have to own more than 50 % of XYZ Widgets.",
    )


def _rules() -> tuple[Tried, ...]:
    return (
        Tried("Staff price: 25 % off", "won", "You work for ABC Retail, and your allowance covers it."),
        Tried("List price", "lost", "The staff price comes before it."),
        Tried("Agreement with Kestrel", "not_applicable", "It is for another customer."),
    )


def _steps() -> tuple[Step, ...]:
    return (
        Step("Approval asked", "3 Feb 2026, 09:30", "Kari Vik", tone="warn", icon="clock"),
        Step("Approved", "3 Feb 2026, 11:02", "Ola Berg", tone="good", icon="check"),
        Step("Delivered", "5 Feb 2026, 14:20", "Mia Lund", "All 3 pieces.", tone="good", icon="truck-delivery"),
    )
