"""The acts of the desk room; nothing else writes a promise or a case. One module per kind of act, one name for each here."""

from inward.desk.operations.asking import Ask, CaseReceipt, open_case
from inward.desk.operations.breaking import end_confidential, open_confidential
from inward.desk.operations.by_letter import case_by_letter, confirm_by_letter
from inward.desk.operations.doing import (
    close_macro,
    close_rule,
    do_macro,
    run_rules,
    set_macro,
    set_rule,
)
from inward.desk.operations.drafting import drop_draft, keep_draft
from inward.desk.operations.equipment import close_equipment, concern_equipment, hold_equipment, set_equipment
from inward.desk.operations.equipping import THING_COLUMNS, import_equipment
from inward.desk.operations.forgetting import forget_person
from inward.desk.operations.fulfilling import deliver, follow_order, fulfil_order, take_orders
from inward.desk.operations.handling import (
    assign,
    confirm,
    go_on,
    hand_over,
    open_again,
    pause,
    promise_anew,
    rename,
    resume,
    solve,
    spend,
    weigh,
    withdraw,
)
from inward.desk.operations.joining import ask_others, join, link, part, unlink
from inward.desk.operations.loading import CASE_COLUMNS, import_cases
from inward.desk.operations.outages import gather, open_outage, say_banner, solve_outage, tell_gathered
from inward.desk.operations.procedures import (
    REQUESTS_MAX,
    do_step,
    end_procedure,
    set_procedure,
    sign_step,
    skip_step,
    take_step_back,
    tell_review,
)
from inward.desk.operations.queues import close_queue, close_request, set_queue, set_request
from inward.desk.operations.receiving import receive, take_letter, take_rest
from inward.desk.operations.sorting import open_letter, put_letter, set_letter_aside, take_letter_up
from inward.desk.operations.speaking_up import speak_up, write_on
from inward.desk.operations.standards import end_standard, set_standard
from inward.desk.operations.steps.acting import CaseMoved
from inward.desk.operations.steps.saying import Upload
from inward.desk.operations.taking_down import take_down
from inward.desk.operations.talking import answer, mark_read, note_down, unwatch, watch, write
from inward.desk.operations.tasks import add_task, do_own_task, end_task, give_task, tell_task_late, wait_for
from inward.desk.operations.telling import set_levels, tell_late
from inward.desk.operations.walls import end_wall, make_wall

__all__ = [
    "CASE_COLUMNS",
    "REQUESTS_MAX",
    "THING_COLUMNS",
    "Ask",
    "CaseMoved",
    "CaseReceipt",
    "Upload",
    "add_task",
    "answer",
    "ask_others",
    "assign",
    "case_by_letter",
    "close_equipment",
    "close_macro",
    "close_queue",
    "close_request",
    "close_rule",
    "concern_equipment",
    "confirm",
    "confirm_by_letter",
    "deliver",
    "do_macro",
    "do_own_task",
    "do_step",
    "drop_draft",
    "end_confidential",
    "end_procedure",
    "end_standard",
    "end_task",
    "end_wall",
    "follow_order",
    "forget_person",
    "fulfil_order",
    "gather",
    "give_task",
    "go_on",
    "hand_over",
    "hold_equipment",
    "import_cases",
    "import_equipment",
    "join",
    "keep_draft",
    "link",
    "make_wall",
    "mark_read",
    "note_down",
    "open_again",
    "open_case",
    "open_confidential",
    "open_letter",
    "open_outage",
    "part",
    "pause",
    "promise_anew",
    "put_letter",
    "receive",
    "rename",
    "resume",
    "run_rules",
    "say_banner",
    "set_equipment",
    "set_letter_aside",
    "set_levels",
    "set_macro",
    "set_procedure",
    "set_queue",
    "set_request",
    "set_rule",
    "set_standard",
    "sign_step",
    "skip_step",
    "solve",
    "solve_outage",
    "speak_up",
    "spend",
    "take_down",
    "take_letter",
    "take_letter_up",
    "take_orders",
    "take_rest",
    "take_step_back",
    "tell_gathered",
    "tell_late",
    "tell_review",
    "tell_task_late",
    "unlink",
    "unwatch",
    "wait_for",
    "watch",
    "weigh",
    "withdraw",
    "write",
    "write_on",
]
