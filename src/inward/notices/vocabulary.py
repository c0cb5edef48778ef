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
    Pace.AT_ONCE: {"en": "At once", "nb": "Med en gang", "it": "Subito", "id": "Segera"},
    Pace.DAILY: {"en": "Once a day", "nb": "Én gang om dagen", "it": "Una volta al giorno", "id": "Sekali sehari"},
    Pace.NEVER: {"en": "Never", "nb": "Aldri", "it": "Mai", "id": "Tidak pernah"},
}

LABELS = {"pace": {pace.value: label for pace, label in PACE_LABELS.items()}}

REASONS = {
    "notice_not_yours": {
        "en": "Everybody chooses for herself how to be told.",
        "nb": "Alle velger selv hvordan de vil få beskjed.",
        "it": "Ognuno sceglie per sé come essere avvisato.",
        "id": "Setiap orang memilih sendiri bagaimana ia diberi tahu.",
    },
}
