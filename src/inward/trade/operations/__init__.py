"""The acts of the trade room; nothing else writes an order. One module per kind of act, one name for each here."""

from inward.trade.operations.aftersale import DAYS_MAX as RETURN_DAYS_MAX
from inward.trade.operations.aftersale import MONTHS_MAX as GUARANTEE_MONTHS_MAX
from inward.trade.operations.aftersale import answer_fault, forget_faults, promise_returns, report_fault
from inward.trade.operations.approvals import (
    DAYS_MOST,
    NEEDED_MOST,
    STAGES_MOST,
    come_back,
    go_away,
    remind,
    set_procedure,
)
from inward.trade.operations.behalf import end_help, let_order, place_order_for
from inward.trade.operations.benefit import (
    forget_words_about,
    note_benefit_fact,
    read_benefit,
    read_benefits,
    say_accounts,
    take_back_benefit_fact,
    take_back_gift,
    tell_gift,
)
from inward.trade.operations.budgets import import_budgets, lift_budget, set_budget
from inward.trade.operations.by_letter import decide_by_letter, order_by_letter
from inward.trade.operations.disputes import answer_dispute, dispute_charge, own_dispute, tell_overdue_disputes
from inward.trade.operations.frames import (
    DrawnParts,
    agree_frame,
    draw_due,
    draw_part,
    end_frame,
    pause_frame,
    resume_frame,
)
from inward.trade.operations.givenup import ask_no_more, forget_baskets, keep_basket, say_given_up
from inward.trade.operations.giving import give_allowance
from inward.trade.operations.handing import PLACES_MAX as HANDOVER_PLACES_MAX
from inward.trade.operations.handing import forget_addresses, say_handover, tell_ready
from inward.trade.operations.handing_over import import_hand_overs
from inward.trade.operations.handling import (
    DELIVERY_NOTE_LENGTH_MAX,
    approve_order,
    cancel_order,
    confirm_delivery,
    confirm_receipt,
    decline_order,
    return_items,
    tell_disposal,
)
from inward.trade.operations.household import forget_beneficiaries
from inward.trade.operations.instalments import PARTS_MAX, set_pay_parts
from inward.trade.operations.limits import set_approval_limit
from inward.trade.operations.netpay import ROWS_MAX as NET_PAY_ROWS_MAX
from inward.trade.operations.netpay import forget_net_pay, read_net_pays, tell_net_pay
from inward.trade.operations.payments import mark_payment, name_payment, take_payments_elsewhere
from inward.trade.operations.payroll import make_pay_run, reject_pay_line, set_pay_code
from inward.trade.operations.placing import AllowanceSpent, OrderReceipt, PriceChanged, place_order
from inward.trade.operations.running import (
    Billed,
    bill_running,
    change_running,
    end_running,
    keep_running,
    note_news,
    review_running,
)
from inward.trade.operations.set_wise import PastOrder, place_orders_set_wise
from inward.trade.operations.stock import (
    ANSWER_DAYS,
    ANSWER_DAYS_MAX,
    COUNT_MAX,
    count_stock,
    import_stock,
    stop_counting,
)
from inward.trade.operations.terms import (
    TERMS_LANGUAGES,
    TERMS_LENGTH_MAX,
    accept_terms,
    publish_terms,
    withdraw_terms,
)
from inward.trade.operations.till import ShownCode, make_till_code, sell_at_till
from inward.trade.operations.waiting import end_waiting_of, join_waiting, lapse_waiting, leave_waiting

__all__ = [
    "ANSWER_DAYS",
    "ANSWER_DAYS_MAX",
    "COUNT_MAX",
    "DAYS_MOST",
    "DELIVERY_NOTE_LENGTH_MAX",
    "GUARANTEE_MONTHS_MAX",
    "HANDOVER_PLACES_MAX",
    "NEEDED_MOST",
    "NET_PAY_ROWS_MAX",
    "PARTS_MAX",
    "RETURN_DAYS_MAX",
    "STAGES_MOST",
    "TERMS_LANGUAGES",
    "TERMS_LENGTH_MAX",
    "AllowanceSpent",
    "Billed",
    "DrawnParts",
    "OrderReceipt",
    "PastOrder",
    "PriceChanged",
    "ShownCode",
    "accept_terms",
    "agree_frame",
    "answer_dispute",
    "answer_fault",
    "approve_order",
    "ask_no_more",
    "bill_running",
    "cancel_order",
    "change_running",
    "come_back",
    "confirm_delivery",
    "confirm_receipt",
    "count_stock",
    "decide_by_letter",
    "decline_order",
    "dispute_charge",
    "draw_due",
    "draw_part",
    "end_frame",
    "end_help",
    "end_running",
    "end_waiting_of",
    "forget_addresses",
    "forget_baskets",
    "forget_beneficiaries",
    "forget_faults",
    "forget_net_pay",
    "forget_words_about",
    "give_allowance",
    "go_away",
    "import_budgets",
    "import_hand_overs",
    "import_stock",
    "join_waiting",
    "keep_basket",
    "keep_running",
    "lapse_waiting",
    "leave_waiting",
    "let_order",
    "lift_budget",
    "make_pay_run",
    "make_till_code",
    "mark_payment",
    "name_payment",
    "note_benefit_fact",
    "note_news",
    "order_by_letter",
    "own_dispute",
    "pause_frame",
    "place_order",
    "place_order_for",
    "place_orders_set_wise",
    "promise_returns",
    "publish_terms",
    "read_benefit",
    "read_benefits",
    "read_net_pays",
    "reject_pay_line",
    "remind",
    "report_fault",
    "resume_frame",
    "return_items",
    "review_running",
    "say_accounts",
    "say_given_up",
    "say_handover",
    "sell_at_till",
    "set_approval_limit",
    "set_budget",
    "set_pay_code",
    "set_pay_parts",
    "set_procedure",
    "stop_counting",
    "take_back_benefit_fact",
    "take_back_gift",
    "take_payments_elsewhere",
    "tell_disposal",
    "tell_gift",
    "tell_net_pay",
    "tell_overdue_disputes",
    "tell_ready",
    "withdraw_terms",
]
