"""The file that waits for the data administrator: next month's contracts, as another system wrote them, three rows wrong.

Brought in and matched as she would do it in the office; loading it is left to whoever steps into her shoes.
"""

import csv
import io
from datetime import date, datetime
from typing import Final

from inward.demo.people import day
from inward.kit import imports
from inward.kit.actor import Actor
from inward.kit.intake import Table

BROUGHT_BY: Final = "siti-hartati"
NAME: Final = "winter-contracts.csv"
WRONG: Final = 3
_COLUMNS: Final = {
    "Contract": "id",
    "Employee": "person",
    "Company": "company",
    "Department": "unit",
    "Type": "kind",
    "Job": "job_title",
    "First day": "valid_from",
    "Last day": "valid_until",
}
"""Their columns, and ours that come out of them."""


def bring(*, by: Actor, at: datetime, on: date) -> str:
    """Bring the file in and have it checked; returns the import's reference."""
    reference = imports.bring(by=by, at=at, sort="work_relationships", chunks=[_file(on)], name=NAME)
    imports.match(by=by, at=at, reference=reference, table=Table(file=NAME, columns=_COLUMNS))
    return reference


def _file(on: date) -> bytes:
    first, last = day(on, 14), day(on, 104)
    rows = (
        ("W-101", "olav-strandli", "bellavista", "bellavista-reception", "TEMPORARY", "Night porter", first, last),
        ("W-102", "milan-leaver", "abc", "abc-shop-harbour", "PART_TIME", "Shop assistant", first, last),
        ("W-103", "dewi-santosa", "xyz", "xyz-marketing", "CONTRACTOR", "Web designer", first, last),
        ("W-104", "piet-vermeer", "abc", "abc-warehouse", "TEMPORARY", "Warehouse worker", first, last),  # nobody
        (
            "W-105",
            "enzo-rossini",
            "bellavista",
            "bellavista-kitchen",
            "APPRENTICE",
            "Pastry cook",
            first,
            last,
        ),  # no such
        ("W-106", "tess-tempelaar", "fjord", "fjord-shop", "TEMPORARY", "Shop adviser", f"{on.year}-11-31", last),
    )
    text = io.StringIO(newline="")
    csv.writer(text).writerows((tuple(_COLUMNS), *rows))
    return text.getvalue().encode("utf-8")
