"""The acts of the desk room; nothing else writes a promise or a case. One module per kind of act, one name for each here."""

from inward.desk.operations.asking import Ask, CaseReceipt, open_case
from inward.desk.operations.drafting import drop_draft, keep_draft
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
from inward.desk.operations.queues import close_queue, close_request, set_queue, set_request
from inward.desk.operations.standards import end_standard, set_standard
from inward.desk.operations.steps.acting import CaseMoved
from inward.desk.operations.steps.saying import Upload
from inward.desk.operations.taking_down import take_down
from inward.desk.operations.talking import answer, mark_read, note_down, unwatch, watch, write
from inward.desk.operations.tasks import add_task, end_task, give_task, wait_for

__all__ = [
    "Ask",
    "CaseMoved",
    "CaseReceipt",
    "Upload",
    "add_task",
    "answer",
    "ask_others",
    "assign",
    "close_queue",
    "close_request",
    "confirm",
    "drop_draft",
    "end_standard",
    "end_task",
    "give_task",
    "go_on",
    "hand_over",
    "join",
    "keep_draft",
    "link",
    "mark_read",
    "note_down",
    "open_again",
    "open_case",
    "part",
    "pause",
    "promise_anew",
    "rename",
    "resume",
    "set_queue",
    "set_request",
    "set_standard",
    "solve",
    "spend",
    "take_down",
    "unlink",
    "unwatch",
    "wait_for",
    "watch",
    "weigh",
    "withdraw",
    "write",
]
