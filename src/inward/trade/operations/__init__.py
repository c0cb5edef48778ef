"""The acts of the trade room; nothing else writes an order. One module per kind of act, one name for each here."""

from inward.trade.operations.handling import (
    approve_order,
    cancel_order,
    confirm_delivery,
    decline_order,
    return_items,
)
from inward.trade.operations.limits import set_approval_limit
from inward.trade.operations.placing import AllowanceSpent, OrderReceipt, PriceChanged, place_order
from inward.trade.operations.set_wise import PastOrder, place_orders_set_wise

__all__ = [
    "AllowanceSpent",
    "OrderReceipt",
    "PastOrder",
    "PriceChanged",
    "approve_order",
    "cancel_order",
    "confirm_delivery",
    "decline_order",
    "place_order",
    "place_orders_set_wise",
    "return_items",
    "set_approval_limit",
]
