"""The link of a letter that asks somebody to approve an order: for her, for that order, for a week, signed."""

from datetime import datetime, timedelta

from inward.kit import links

PURPOSE = "trade.decide"
HOLDS = timedelta(days=7)
"""So long may a letter lie before somebody decides by it."""


def decision_link(*, reference: str, person: str, at: datetime) -> str:
    """The token for a letter to this person about this order. What she may decide is asked when she opens it."""
    return links.make(PURPOSE, {"order": reference, "person": person}, expires_at=at + HOLDS)
