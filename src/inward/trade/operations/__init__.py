"""The acts of the trade room; nothing else writes an order. One module per kind of act, one name for each here."""

from inward.trade.operations.benefit import (
    note_benefit_fact,
    read_benefit,
    read_benefits,
    say_accounts,
    take_back_benefit_fact,
)
from inward.trade.operations.giving import give_allowance
from inward.trade.operations.handling import (
    approve_order,
    cancel_order,
    confirm_delivery,
    decline_order,
    return_items,
    tell_disposal,
)
from inward.trade.operations.instalments import PARTS_MAX, set_pay_parts
from inward.trade.operations.limits import set_approval_limit
from inward.trade.operations.payroll import make_pay_run, reject_pay_line, set_pay_code
from inward.trade.operations.placing import AllowanceSpent, OrderReceipt, PriceChanged, place_order
from inward.trade.operations.set_wise import PastOrder, place_orders_set_wise
from inward.trade.operations.terms import (
    TERMS_LANGUAGES,
    TERMS_LENGTH_MAX,
    accept_terms,
    publish_terms,
    withdraw_terms,
)

__all__ = [
    "PARTS_MAX",
    "TERMS_LANGUAGES",
    "TERMS_LENGTH_MAX",
    "AllowanceSpent",
    "OrderReceipt",
    "PastOrder",
    "PriceChanged",
    "accept_terms",
    "approve_order",
    "cancel_order",
    "confirm_delivery",
    "decline_order",
    "give_allowance",
    "make_pay_run",
    "note_benefit_fact",
    "place_order",
    "place_orders_set_wise",
    "publish_terms",
    "read_benefit",
    "read_benefits",
    "reject_pay_line",
    "return_items",
    "say_accounts",
    "set_approval_limit",
    "set_pay_code",
    "set_pay_parts",
    "take_back_benefit_fact",
    "tell_disposal",
    "withdraw_terms",
]
