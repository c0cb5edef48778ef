"""The link of a letter that asks whether a case is solved: for whoever asked, for that case, for a fortnight, signed."""

from datetime import datetime, timedelta

from inward.kit import links

PURPOSE = "desk.confirm"
HOLDS = timedelta(days=14)
"""So long may a letter lie before somebody answers by it."""


def confirm_link(*, case: str, person: str, at: datetime) -> str:
    """The token for a letter to this person about this case. Whether she may still say it is asked when she opens it."""
    return links.make(PURPOSE, {"case": case, "person": person}, expires_at=at + HOLDS)
