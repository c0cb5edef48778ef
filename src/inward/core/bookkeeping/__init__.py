"""What a dealing posts: balanced entries in the books of one company or of both, by account roles.

Which account a role means in a company is for the ledger to know. Tolerance is zero; amounts are integers.
"""

from inward.core.bookkeeping.balance import balanced, by_role, total
from inward.core.bookkeeping.exchange import Booked, Exchange, Published, Stood, booked, exchange_on
from inward.core.bookkeeping.instalments import Instalment, OnLeaving, PayRule, Plan
from inward.core.bookkeeping.posting import (
    Agency,
    Entry,
    EntryKind,
    PostingLine,
    Role,
    SoldLine,
    StaffSettlement,
    agency_sale,
    chargeback,
    free_use,
    intercompany_sale,
    outside_sale,
    staff_sale,
)

__all__ = [
    "Agency",
    "Booked",
    "Entry",
    "EntryKind",
    "Exchange",
    "Instalment",
    "OnLeaving",
    "PayRule",
    "Plan",
    "PostingLine",
    "Published",
    "Role",
    "SoldLine",
    "StaffSettlement",
    "Stood",
    "agency_sale",
    "balanced",
    "booked",
    "by_role",
    "chargeback",
    "exchange_on",
    "free_use",
    "intercompany_sale",
    "outside_sale",
    "staff_sale",
    "total",
]
