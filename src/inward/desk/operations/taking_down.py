"""Taking down what was asked by phone or in person and is solved already: opened, solved and closed in one go."""

from datetime import datetime

from inward.desk import cases, helping, policy
from inward.desk.casewords import UNDER_WAY, CaseAct
from inward.desk.operations.asking import Ask, CaseReceipt, open_case
from inward.desk.operations.steps.acting import As, acting, usable_text
from inward.desk.operations.steps.saying import said
from inward.desk.operations.steps.spending import check_minutes, spent
from inward.desk.operations.steps.standing import call_solved, close
from inward.desk.policy import CaseParties
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties


def take_down(*, by: Actor, at: datetime, key: str, ask: Ask, words: str, minutes: int = 0) -> CaseReceipt:
    """Note what somebody asked, how it was solved and how long it took; whoever asked has said so, in the way it came.

    1. Refuse who does not serve the queue, her own request, no words, more time than a day has.   2. Open it; the same ``key`` again is the same case.
    3. Answer, call it solved, close it and note the time, all at once and unless that was done before. Audit, announce CaseOpened, CaseClosed.
    """
    usable_text(words)
    if minutes:
        check_minutes(minutes)
    _require(by, at, ask)
    receipt = open_case(by=by, at=at, key=key, ask=ask)
    with acting(by=by, at=at, case=receipt.reference, part=As.SERVICE, act="take_down") as work:
        if work.state not in UNDER_WAY:
            return receipt
        said(work, words)
        work.told.clear()  # one letter: what was asked and that it is done
        call_solved(work)
        work.told.clear()
        work.case.solved = True
        work.happen(CaseAct.CONFIRMED, solved=True, channel=ask.channel.value)
        close(work)
        if minutes:
            spent(work, minutes, on=at.date())
    return receipt


def _require(by: Actor, at: datetime, ask: Ask) -> None:
    """Refuse before anything is opened what could not be handled."""
    line = helping.queue(viewer=by, at=at, code=ask.queue)
    if ask.customer is None or parties.kind_of(ask.customer) is None:
        raise NotThere
    near = parties.keys()[ask.customer] in cases.near_keys(by, at)
    sides = CaseParties(None, ask.customer, line.supplier.code, line.confidential, near)
    require(policy.may_handle(by, case=sides, on=at.date()))
