"""Saying by the link of a letter whether a case is solved, without signing in: looking shows, the button acts, and once.

The link names the person it was written to and one case: whether she may still say it is asked of the case at that moment.
"""

from datetime import datetime

from inward.access import queries as access
from inward.core.terms import Reason, Refusal
from inward.desk import cases
from inward.desk.cases import CaseView
from inward.desk.casewords import CaseState
from inward.desk.letterlinks import PURPOSE
from inward.desk.operations.handling import confirm
from inward.kit import links
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import together


def case_by_letter(*, token: str, at: datetime) -> tuple[Actor, CaseView]:
    """Who would answer by the link, and the case. Nothing is done.

    Refusal for a link that does not hold and a case that nobody calls solved (any more); NotThere for what she may not see.
    """
    link = links.read(PURPOSE, token, at=at)
    holder = access.holder_of(str(link.payload["person"]))
    if holder is None:
        raise Refusal(Reason.of("link_not_valid"))
    actor = access.actor_for(holder.user, via="letter", at=at)
    found = cases.case(viewer=actor, at=at, reference=str(link.payload["case"]))
    if found.row.state is not CaseState.SOLVED:
        raise Refusal(Reason.of("case_not_solved", state=found.row.state.value))
    require(found.may_speak)
    return actor, found


def confirm_by_letter(*, token: str, at: datetime, solved: bool, words: str = "") -> None:
    """Say whether the case is solved by the link of a letter.

    1. Read who she is and the case, as looking does.  2. Use the link up.  3. Say it as she would, signed in.
    Steps 2 and 3 are one transaction: what is refused leaves the link unused.
    """
    actor, found = case_by_letter(token=token, at=at)
    with together():
        links.use_up(PURPOSE, token, at=at)
        confirm(by=actor, at=at, case=found.row.reference, solved=solved, words=words)
