"""What controllers look up of approvals: above which total orders of a company or unit need a budget holder.

Always for a viewer; out of bounds is ``NotThere``. Nothing is changed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from inward.core.terms import Money
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.parties.queries import Named
from inward.trade import policy
from inward.trade.models import ApprovalLimit

LIMITS = ListSpec({"party": "party__name", "limit": "limit_minor"}, {"party": "party__code"}, default="party")


@dataclass(frozen=True, slots=True)
class LimitRecord:
    """The approval limit of a company or unit; it reaches what is below that has none of its own."""

    party: Named
    limit: Money


def limits(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[LimitRecord]:
    """The approval limits that the viewer sets."""
    text = params.get("text", "").replace("\0", "").strip()
    found = ApprovalLimit.objects.filter(_set_by(viewer, at))
    if text:
        found = found.filter(Q(party__name__icontains=text) | Q(party__code__icontains=text))
    return page(found.select_related("party"), LIMITS, params).map(_limit)


def limit(*, viewer: Actor, at: datetime, party: str) -> LimitRecord:
    """The limit of a company or unit. NotThere for none."""
    found = ApprovalLimit.objects.filter(_set_by(viewer, at), party__code=party).select_related("party").first()
    if found is None:
        raise NotThere
    return _limit(found)


def _set_by(viewer: Actor, at: datetime) -> Q:
    over = policy.limits_set_by(viewer, on=at.date())
    return Q(party__isnull=False) if over is None else Q(party__code__in=sorted(over))


def _limit(row: ApprovalLimit) -> LimitRecord:
    return LimitRecord(Named(row.party.code, row.party.name), row.amount)
