"""What the desk tells the floors above: what happened to cases, frozen and versioned. Never table rows.

``person`` is who asked, by code, empty where she is not named; ``confidential`` cases are told as little of as their letters need.
"""

from dataclasses import dataclass
from typing import ClassVar

from inward.kit.outbox import Announcement


@dataclass(frozen=True)
class CaseFact(Announcement):
    """What every announcement about a case says; ``by`` is who did it, by code, empty for the house itself."""

    case: str
    number: int
    supplier: str
    customer: str
    person: str
    owner: str
    by: str
    confidential: bool
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class CaseOpened(CaseFact):
    """Somebody asked for help."""

    name: ClassVar[str] = "desk.CaseOpened"


@dataclass(frozen=True)
class CaseWritten(CaseFact):
    """Somebody wrote what both sides read: the customer, or the service (``side``)."""

    side: str = ""
    name: ClassVar[str] = "desk.CaseWritten"


@dataclass(frozen=True)
class CaseAssigned(CaseFact):
    """A case is now ``owner``'s to solve, because somebody else said so, or it was handed to another department (no owner)."""

    name: ClassVar[str] = "desk.CaseAssigned"


@dataclass(frozen=True)
class CaseSolved(CaseFact):
    """The service says that it is solved; whoever asked is asked."""

    name: ClassVar[str] = "desk.CaseSolved"


@dataclass(frozen=True)
class CaseReopened(CaseFact):
    """It is not solved after all."""

    name: ClassVar[str] = "desk.CaseReopened"


@dataclass(frozen=True)
class CaseClosed(CaseFact):
    """It is over; ``how`` is how it stands (CLOSED, WITHDRAWN, JOINED)."""

    how: str = ""
    name: ClassVar[str] = "desk.CaseClosed"


@dataclass(frozen=True)
class CaseMentioned(CaseFact):
    """Somebody of the service is named in a note (``mentioned``, by code)."""

    mentioned: str = ""
    name: ClassVar[str] = "desk.CaseMentioned"


@dataclass(frozen=True)
class CaseWeighed(CaseFact):
    """Its priority is another one now."""

    priority: str = ""
    name: ClassVar[str] = "desk.CaseWeighed"


@dataclass(frozen=True)
class CaseMissed(CaseFact):
    """Something that was promised for it was missed."""

    name: ClassVar[str] = "desk.CaseMissed"


@dataclass(frozen=True)
class CaseLate(CaseFact):
    """A clock runs out, or has: told to ``told`` (by code), about ``measure``, due at ``due`` (an instant); ``stage`` names the level,
    ``before`` says that it is not due yet.
    """

    told: str = ""
    measure: str = ""
    due: str = ""
    stage: str = ""
    before: bool = False
    name: ClassVar[str] = "desk.CaseLate"


@dataclass(frozen=True)
class ConfidentialCaseOpened(CaseFact):
    """Somebody opened a confidential case to read it, until an instant (``until``); told to each who handles it (``told``, by code)."""

    told: str = ""
    opening: str = ""
    until: str = ""
    name: ClassVar[str] = "desk.ConfidentialCaseOpened"


@dataclass(frozen=True)
class TaskGiven(CaseFact):
    """A task of a case is now somebody's (``task_owner``, by code)."""

    task: str = ""
    task_owner: str = ""
    name: ClassVar[str] = "desk.TaskGiven"


@dataclass(frozen=True)
class TaskWaits(CaseFact):
    """Something about a task others wait for, told to ``task_owner``: AWAITED (hers is waited for), LATER, DUE_BEFORE (hers is due before
    what it waits for; DUE_AFTER to whose that is), LATE (its day went by; OVERDUE to whose it is), or how it ended.
    """

    task: str = ""
    task_owner: str = ""
    what: str = ""
    name: ClassVar[str] = "desk.TaskWaits"


@dataclass(frozen=True)
class ReviewOverdue(Announcement):
    """The day by which a standard procedure was to be looked at again went by without that. Told once for that day."""

    procedure: str
    procedure_name: str
    supplier: str
    owner: str
    review_by: str
    version: ClassVar[int] = 1
    name: ClassVar[str] = "desk.ReviewOverdue"


@dataclass(frozen=True)
class LetterNotTaken(Announcement):
    """A letter that came in waits for a person; its sender is to be told the way in, once."""

    letter: str
    why: str
    version: ClassVar[int] = 1
    name: ClassVar[str] = "desk.LetterNotTaken"
