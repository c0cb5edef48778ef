"""Approval as a value: who has to agree, in which steps, and what they said. It is kept as JSON with what it concerns.

Steps come one after another. A step needs so many of those it names; one of them saying no ends the whole. Whoever asked
never decides, neither in her own name nor as a deputy, and nobody decides in her stead. Who may approve what is the business of the rooms.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from inward.core.terms import Reason, Refusal


class ApprovalState(Enum):
    """Where an approval stands."""

    AWAITING = "AWAITING"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was said: by whom, in whose stead (herself, unless she is a deputy), yes or no, when and why."""

    by: str
    instead_of: str
    approved: bool
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """``needed`` of ``who`` must agree; ``deputies`` maps a person to those who may decide in her stead.

    People are party codes.
    """

    needed: int
    who: frozenset[str]
    deputies: tuple[tuple[str, frozenset[str]], ...] = ()
    decided: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.needed <= len(self.who):
            msg = f"a step needs between one and all of those it asks: {self.needed} of {len(self.who)}"
            raise ValueError(msg)
        if not {person for person, _ in self.deputies} <= self.who:
            msg = "only those asked have deputies"
            raise ValueError(msg)

    @property
    def open_to(self) -> frozenset[str]:
        """Those asked who have not spoken yet, by themselves or through a deputy."""
        return self.who - {decision.instead_of for decision in self.decided}

    @property
    def state(self) -> ApprovalState:
        """Declined by one no, approved by enough yeses, else awaiting."""
        if any(not decision.approved for decision in self.decided):
            return ApprovalState.DECLINED
        return ApprovalState.APPROVED if len(self.decided) >= self.needed else ApprovalState.AWAITING

    def stands_for(self, person: str, *, without: str = "") -> str | None:
        """In whose stead this person may speak now: her own first, else the first by code whose deputy she is.

        ``without`` names somebody in whose stead nobody may speak.
        """
        if any(decision.by == person for decision in self.decided):
            return None  # one person is one voice, whatever hats she wears
        open_to = self.open_to - {without}
        if person in open_to:
            return person
        return min((asked for asked, names in self.deputies if person in names and asked in open_to), default=None)


@dataclass(frozen=True, slots=True)
class Approval:
    """Steps to pass, asked by somebody who has no voice in them."""

    requester: str
    steps: tuple[Step, ...]

    @property
    def state(self) -> ApprovalState:
        """Approved when every step is (with none, at once), declined when one is."""
        states = [step.state for step in self.steps]
        if ApprovalState.DECLINED in states:
            return ApprovalState.DECLINED
        return ApprovalState.AWAITING if ApprovalState.AWAITING in states else ApprovalState.APPROVED

    @property
    def current(self) -> Step | None:
        """The step that waits, or None when all is decided."""
        if self.state is not ApprovalState.AWAITING:
            return None
        return next(step for step in self.steps if step.state is ApprovalState.AWAITING)

    @property
    def who_may_decide(self) -> frozenset[str]:
        """Everybody whose word is awaited now, deputies included, the requester never."""
        step = self.current
        if step is None:
            return frozenset()
        asked = step.who.union(*(deputies for _, deputies in step.deputies))
        return frozenset(person for person in asked if self._stands_for(step, person) is not None)

    def decided_by(self, person: str, *, approved: bool, at: datetime, reason: str = "") -> "Approval":
        """The approval with this person's word added.

        Raises Refusal (approval_over, own_request_not_decided, not_asked_to_decide, decline_without_reason).
        """
        step = self.current
        if step is None:
            raise Refusal(Reason.of("approval_over", state=self.state.value))
        if person == self.requester:
            raise Refusal(Reason.of("own_request_not_decided"))
        stands_for = self._stands_for(step, person)
        if stands_for is None:
            raise Refusal(Reason.of("not_asked_to_decide"))
        if not approved and not reason.strip():
            raise Refusal(Reason.of("decline_without_reason"))
        said = Decision(person, stands_for, approved, at, reason)
        renewed = replace(step, decided=(*step.decided, said))
        return replace(self, steps=tuple(renewed if each is step else each for each in self.steps))

    def _stands_for(self, step: Step, person: str) -> str | None:
        """Nobody speaks for herself on her own request, and no deputy speaks in the requester's stead."""
        return None if person == self.requester else step.stands_for(person, without=self.requester)

    def plain(self) -> dict[str, Any]:
        """The approval as JSON keeps it."""
        return {"requester": self.requester, "steps": [_step_plain(step) for step in self.steps]}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Approval":
        """The approval that ``plain`` wrote, equal to the original."""
        return cls(plain["requester"], tuple(_step_from(step) for step in plain["steps"]))


def ask(*, requester: str, steps: tuple[Step, ...]) -> Approval:
    """Ask for approval. Raises Refusal (nobody_to_approve) when a step could never pass without the requester."""
    for step in steps:
        if len(step.who - {requester}) < step.needed:
            raise Refusal(Reason.of("nobody_to_approve", needed=step.needed))
    return Approval(requester, steps)


def _step_plain(step: Step) -> dict[str, Any]:
    return {
        "needed": step.needed,
        "who": sorted(step.who),
        "deputies": {person: sorted(deputies) for person, deputies in step.deputies},
        "decided": [
            {
                "by": said.by,
                "instead_of": said.instead_of,
                "approved": said.approved,
                "at": said.at.isoformat(),
                "reason": said.reason,
            }
            for said in step.decided
        ],
    }


def _step_from(plain: Mapping[str, Any]) -> Step:
    deputies = tuple((person, frozenset(names)) for person, names in sorted(plain["deputies"].items()))
    decided = tuple(
        Decision(said["by"], said["instead_of"], said["approved"], datetime.fromisoformat(said["at"]), said["reason"])
        for said in plain["decided"]
    )
    return Step(plain["needed"], frozenset(plain["who"]), deputies, decided)
