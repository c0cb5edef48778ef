"""Whose orders' approval somebody arranges in the office: said once for approval limits and for procedures."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as __

from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import policy
from inward.web.office import fields
from inward.web.office.declaring import Looking


class OfParty(Protocol):
    """What is kept for a company or unit."""

    @property
    def party(self) -> Named:
        """Which."""


def may_arrange(looking: Looking, record: OfParty | None) -> Answer:
    """Whether the viewer arranges the approval of this party's orders, or of any where none is there yet."""
    on = looking.at.date()
    if record is None:
        return policy.may_set_some_limit(looking.viewer, on=on)
    return policy.may_set_limit(looking.viewer, company=parties.company_of(record.party.code, on=on), on=on)


def choice(looking: Looking, record: Any) -> Any:
    """The field in which one of them is chosen."""
    make = fields.one_of_many(
        __("Company, department or team"), lambda: _theirs(looking), help=__("Name or code. It reaches what is below.")
    )
    return make(looking, record)


def _theirs(looking: Looking) -> Mapping[str, str]:
    """The names of the companies and units whose orders' approval the viewer arranges, by code."""
    over = policy.limits_set_by(looking.viewer, on=looking.at.date())
    here = parties.world()
    known = {*here.company, *here.unit}
    return parties.names(known if over is None else known & over)
