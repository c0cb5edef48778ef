"""How long somebody worked on a case."""

from datetime import date

from inward.core.terms import Reason, Refusal
from inward.desk.casewords import MINUTES_MAX, CaseAct
from inward.desk.models import TimeSpent
from inward.desk.operations.steps.acting import Work
from inward.kit.ids import new_id
from inward.kit.transaction import transaction_required
from inward.parties import queries as parties


def check_minutes(minutes: int) -> None:
    """Refuse no time, and more than a day has."""
    if not 1 <= minutes <= MINUTES_MAX:
        raise Refusal(Reason.of("minutes_unfit", most=MINUTES_MAX), where="minutes")


@transaction_required
def spent(work: Work, minutes: int, *, on: date, words: str = "") -> None:
    """The actor worked on it for so many minutes on a day."""
    TimeSpent.objects.create(
        id=new_id(),
        case=work.case,
        person_id=parties.keys().get(work.by.person or ""),
        on=on,
        minutes=minutes,
        words=words.strip(),
        noted_at=work.at,
    )
    work.happen(CaseAct.SPENT, minutes=minutes)
