"""What parties are called on pages: a department always with its company, since every company has an IT.

Reads what is kept in memory; asks the database nothing.
"""

from datetime import date

from django.utils.translation import gettext as _

from inward.kit.policy import NotThere
from inward.parties import events
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind


def full_name(code: str, *, on: date) -> str:
    """The name of a company or person; of a department with its company: "Kitchen, Hotel Bellavista"."""
    name = parties.name_on(code, on)
    if parties.kind_of(code) is not PartyKind.UNIT:
        return name
    try:
        company = parties.company_of(code, on=on)
    except NotThere:  # a department that does not exist on that day
        return name
    return f"{name}, {parties.name_on(company, on)}"


def supplier_name(code: str, *, on: date) -> str:
    """Who supplies: as ``full_name``, and of a company that has gone up in another, that one with the name before behind it.

    Its orders and books stay its own until they are closed.
    """
    into = events.gone_up_in(code, on=on)
    if into is None:
        return full_name(code, on=on)
    names = {"name": parties.name_on(into, on), "before": parties.name_on(code, on)}
    return _("%(name)s (before: %(before)s)") % names
