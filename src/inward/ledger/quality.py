"""What this room puts on the data quality board: roles that mean an account of a kind which they cannot."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from inward.core.bookkeeping import Role
from inward.core.terms import Reason
from inward.kit.actor import Actor
from inward.ledger import policy, queries
from inward.ledger.models import AccountMapping
from inward.ledger.vocabulary import FITTING_KINDS
from inward.parties.quality import Check, Mend, offer


def _unfit(viewer: Actor, on: date) -> "QuerySet[Any]":
    """Lines of account maps that were kept before kinds were asked, in the books that the viewer sees."""
    unfit = Q()
    for role, kinds in FITTING_KINDS.items():
        unfit |= Q(role=role.value) & ~Q(account__kind__in=[kind.value for kind in kinds])
    visible = policy.books_visible_to(viewer, on=on)
    seen = Q() if visible is None else Q(company__code__in=sorted(visible))
    return AccountMapping.objects.filter(unfit, seen).select_related("company", "account")


def _says(row: Any, _on: date) -> Reason:
    return queries.misfit(Role(row.role), queries.account_view(row.account))


def _mend(row: Any, _on: date) -> Mend:
    return Mend("account-map", "map", f"{row.company.code}:{row.kind}:{row.role}")


offer(Check("account_unfit", _unfit, _says, _mend))
