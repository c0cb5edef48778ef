"""What runs on: subscriptions and insurance covers by plan, their periods, their share of a price by days, and their end;
and the days on which parts of a standing order are due.

It knows nothing of who is inside and of what a period costs; pricing does. Days are half-open everywhere.
"""

from inward.core.running.days import months_after, period_of, periods, share
from inward.core.running.ending import Notice, by_itself, earliest_end, renewal
from inward.core.running.plan import (
    PLAN_FIELDS,
    Afterwards,
    Every,
    Plan,
    RunningKind,
    check_plan,
    plan_from,
    plan_plain,
)
from inward.core.running.rhythm import Rhythm, due_days, next_due

__all__ = [
    "PLAN_FIELDS",
    "Afterwards",
    "Every",
    "Notice",
    "Plan",
    "Rhythm",
    "RunningKind",
    "by_itself",
    "check_plan",
    "due_days",
    "earliest_end",
    "months_after",
    "next_due",
    "period_of",
    "periods",
    "plan_from",
    "plan_plain",
    "renewal",
    "share",
]
