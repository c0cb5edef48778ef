"""What every page of the books has around it: whose books, the other books one sees, the tabs."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from inward.kit.policy import NotThere
from inward.ledger import policy, queries
from inward.web.components.errors import words
from inward.web.components.naming import full_name
from inward.web.components.records import Link
from inward.web.components.requests import ActingRequest


def shown(request: ActingRequest, page: str, company: str, values: Mapping[str, object]) -> HttpResponse:
    """The page with what all have: whose books, the other books, the tabs, and whether I may change anything."""
    on = request.at.date()
    known = queries.companies(viewer=request.actor, at=request.at)
    if company not in {each.code for each in known}:
        raise NotThere
    kept = policy.may_keep_books(request.actor, company=company, on=on)
    frame = {
        "company": full_name(company, on=on),
        "code": company,
        "companies": tuple(
            Link(reverse("books_journal", args=[c.code]), c.name, current=c.code == company) for c in known
        ),
        "tabs": _tabs(page, company),
        "keeps": kept.allowed,
        "kept_refused": " ".join(words(reason) for reason in kept.reasons),
    }
    return render(request, f"books/{page}.html", {**values, **frame})


def _tabs(page: str, company: str) -> tuple[Link, ...]:
    tabs = (
        ("journal", _("Journal"), "list"),
        ("balance", _("Trial balance"), "calculator"),
        ("accounts", _("Accounts"), "tag"),
        ("months", _("Months"), "calendar"),
        ("exports", _("Exports"), "file-export"),
        ("related", _("Related parties"), "hierarchy"),
    )
    return tuple(
        Link(reverse(f"books_{name}", args=[company]), label, icon, current=page.startswith(name))
        for name, label, icon in tabs
    )
