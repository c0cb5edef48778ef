"""What of a purchase below price is taxable: rules of law as dated data, reckoned in order of time.

It knows nothing of prices, standings or postings: whoever asks brings what a thing is worth and what was paid.
"""

from inward.core.benefit.case import Accounts, Case, Employee, Offer, Purchase, Return
from inward.core.benefit.correcting import Correction, corrections
from inward.core.benefit.foreseeing import Foreseen, foreseen, rooms
from inward.core.benefit.law import Law
from inward.core.benefit.reckoning import statement
from inward.core.benefit.rules import (
    Basis,
    Beneficiary,
    By,
    Cap,
    Exempts,
    GroupTest,
    Over,
    Per,
    PriceShare,
    Rule,
    Source,
    Status,
    Tier,
)
from inward.core.benefit.stated import Line, Room, RuleSum, Statement

__all__ = [
    "Accounts",
    "Basis",
    "Beneficiary",
    "By",
    "Cap",
    "Case",
    "Correction",
    "Employee",
    "Exempts",
    "Foreseen",
    "GroupTest",
    "Law",
    "Line",
    "Offer",
    "Over",
    "Per",
    "PriceShare",
    "Purchase",
    "Return",
    "Room",
    "Rule",
    "RuleSum",
    "Source",
    "Statement",
    "Status",
    "Tier",
    "corrections",
    "foreseen",
    "rooms",
    "statement",
]
