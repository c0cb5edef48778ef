"""Rules of queues are looked at when the desk itself announces something. One transaction with the mark that it was heard."""

from datetime import datetime

from inward.desk import operations
from inward.desk.announcements import CaseAssigned, CaseFact, CaseMissed, CaseOpened, CaseWeighed, CaseWritten
from inward.desk.casewords import RuleWhen, Side
from inward.desk.operations.doing import RULES
from inward.kit.outbox import reaction


@reaction(CaseOpened, name="desk.rules_opened")
def opened(told: CaseOpened, *, at: datetime) -> None:
    """Somebody asked."""
    _look(told, RuleWhen.OPENED, at)


@reaction(CaseWritten, name="desk.rules_written")
def written(told: CaseWritten, *, at: datetime) -> None:
    """Whoever asked wrote; what the service or the house writes is no news to it."""
    if told.side == Side.CUSTOMER.value:
        _look(told, RuleWhen.WRITTEN, at)


@reaction(CaseAssigned, name="desk.rules_moved")
def moved(told: CaseAssigned, *, at: datetime) -> None:
    """It was handed to another queue: then nobody has it."""
    if not told.owner:
        _look(told, RuleWhen.MOVED, at)


@reaction(CaseMissed, name="desk.rules_missed")
def missed(told: CaseMissed, *, at: datetime) -> None:
    """Something that was promised was missed."""
    _look(told, RuleWhen.MISSED, at)


@reaction(CaseWeighed, name="desk.rules_weighed")
def weighed(told: CaseWeighed, *, at: datetime) -> None:
    """Its priority is another one."""
    _look(told, RuleWhen.PRIORITY, at)


def _look(told: CaseFact, when: RuleWhen, at: datetime) -> None:
    operations.run_rules(by=RULES, at=at, case=told.case, when=when)
