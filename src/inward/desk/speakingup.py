"""Speak-up lines: what may be written without a name, by what code one comes back, and what one reads then. Reads only.

Nothing here takes a viewer: nobody is asked who she is. Why it is so: docs/decisions/0200-who-speaks-up-is-nowhere.md.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from inward.core.promises import Run
from inward.core.terms import Reason, Refusal
from inward.desk import cases, clocks
from inward.desk.cases import RequestRow, request_row
from inward.desk.casewords import UNDER_WAY, CaseState, Side, Turn
from inward.desk.models import Case, CaseEvent, CaseMessage, RequestType, ReturnCode
from inward.desk.vocabulary import HoldReason
from inward.kit.actor import Actor
from inward.kit.policy import NotThere

UNNAMED: Final = Actor.system("speak-up", via="web")
"""Who writes without a name: the house, for somebody of whom it knows nothing."""
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters without I, L, O and U, which are misread (Crockford's base 32): five bits each."""
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_GROUP, _GROUPS = 5, 5
_CODE: Final = re.compile(f"[{_SIGNS}]{{{_GROUP * _GROUPS}}}")


@dataclass(frozen=True, slots=True)
class Said:
    """What was written, and by which side; nobody is named."""

    at: datetime
    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What whoever has the code reads of her case: how it stands, its clocks, what both sides wrote."""

    line: str
    state: CaseState
    turn: Turn
    opened_at: datetime
    runs: tuple[Run, ...]
    thread: tuple[Said, ...]
    may_write: bool
    """Whether she may write on: always while it is open, and afterwards as long as it can be opened again."""


def lines(*, inside: bool) -> tuple[RequestRow, ...]:
    """The lines for whoever is signed in (``inside``), or for everybody, by name."""
    rows = _open(inside=inside).order_by("name", "code")
    return tuple(map(request_row, rows))


def line(*, code: str, inside: bool) -> RequestRow:
    """One line. NotThere for one that is closed, or not for outsiders."""
    found = _open(inside=inside).filter(code=code).first()
    if found is None:
        raise NotThere
    return request_row(found)


def new_code() -> str:
    """A code nobody has: 125 bits, in groups that can be read out and copied by hand."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def digest_of(code: str) -> str:
    """What is kept of a code, however its letters and groups were typed. Refusal for what cannot be one."""
    plain = code.upper().translate(_ALIKE).strip()
    if not _CODE.fullmatch(plain):
        raise Refusal(Reason.of("return_code_unfit"), where="code")
    return hashlib.sha256(plain.encode()).hexdigest()


def reference_by(code: str) -> str:
    """The reference of the case that a code opens. Refusal for what cannot be one, NotThere for one that opens nothing."""
    found = ReturnCode.objects.filter(digest=digest_of(code)).values_list("case__reference", flat=True).first()
    if found is None:
        raise NotThere
    return str(found)


def returned(*, at: datetime, code: str) -> Returned:
    """The case that a code opens, without notes, names and files. Raises as ``reference_by``."""
    found = Case.objects.select_related("queue", "request_type").get(reference=reference_by(code))
    written = CaseMessage.objects.filter(case=found, note=False).exclude(text="").order_by("at", "id")
    state = CaseState(found.state)
    hold = HoldReason(found.waits_for) if found.waits_for else None
    again = state in (CaseState.SOLVED, CaseState.CLOSED) and not cases.over_for_good(found, on=at.date())
    return Returned(
        line=found.queue.name if found.request_type is None else found.request_type.name,
        state=state,
        turn=cases.turn_of(state, hold),
        opened_at=found.opened_at,
        runs=clocks.runs(CaseEvent.objects.filter(case=found).order_by("id"), now=at),
        thread=tuple(Said(each.at, Side(each.side), each.text) for each in written),
        may_write=state in UNDER_WAY or again,
    )


def _open(*, inside: bool) -> QuerySet[RequestType]:
    rows = RequestType.objects.filter(protected=True, closed_at=None, queue__closed_at=None, queue__confidential=True)
    return (rows if inside else rows.filter(outsiders=True)).select_related("queue__supplier")
