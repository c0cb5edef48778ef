"""The words of the notices room: how often somebody wants to be told, and where a notice stands."""

from enum import Enum


class Pace(Enum):
    """How a person wants to be told."""

    AT_ONCE = "AT_ONCE"
    DAILY = "DAILY"
    NEVER = "NEVER"


class NoticeState(Enum):
    """Where a notice stands. UNREACHABLE: the person has no address or wants no notices."""

    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"
    UNREACHABLE = "UNREACHABLE"


PACE_LABELS = {
    Pace.AT_ONCE: {"en": "At once", "nb": "Med en gang"},
    Pace.DAILY: {"en": "Once a day", "nb": "Én gang om dagen"},
    Pace.NEVER: {"en": "Never", "nb": "Aldri"},
}

LABELS = {"pace": {pace.value: label for pace, label in PACE_LABELS.items()}}

REASONS = {
    "notice_not_yours": {
        "en": "Everybody chooses for herself how to be told.",
        "nb": "Alle velger selv hvordan de vil få beskjed.",
    },
}
