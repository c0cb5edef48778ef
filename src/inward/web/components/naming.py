"""What parties are called on pages: a department always with its company, since every company has an IT.

Reads what is kept in memory; asks the database nothing.
"""

from datetime import date

from inward.kit.policy import NotThere
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
