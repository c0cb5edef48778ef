"""The shape of every permission: an answer with reasons, asked before anything is done or shown.

A room's ``policy.py`` fills it: one rule, three questions (may this actor act; which things may she see; who may act).
Faces turn Refused into 403 with the reasons in words, NotThere into 404: what is out of bounds does not exist.
"""

from dataclasses import dataclass

from inward.core.terms import Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why. A refusal has at least one reason; a permission may name what it rests on."""

    allowed: bool
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if not self.allowed and not self.reasons:
            msg = "a refusal says why"
            raise ValueError(msg)

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Answer(allowed=True)
"""Yes, without more to say."""


class Refused(Exception):  # noqa: N818 - it states a fact, as every exception of the house does
    """The actor may not do this; ``reasons`` say why, to be worded in her language."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(reasons)
        self.reasons = reasons

    def __str__(self) -> str:
        return ", ".join(reason.code for reason in self.reasons)


class NotThere(Exception):  # noqa: N818 - it states a fact
    """There is no such thing for this actor: missing or out of her bounds, and nothing tells the two apart."""


def allowed(*reasons: Reason) -> Answer:
    """Yes, resting on these reasons."""
    return Answer(allowed=True, reasons=reasons)


def refusal(*reasons: Reason) -> Answer:
    """No, for these reasons (at least one)."""
    return Answer(allowed=False, reasons=reasons)


def require(answer: Answer) -> None:
    """Go on only if allowed; else raise Refused with the answer's reasons."""
    if not answer.allowed:
        raise Refused(answer.reasons)
