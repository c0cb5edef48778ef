"""The frozen records that components take. Views build them; templates only show them. No rules, no reads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go. ``count`` is how many things wait there (0: not shown),
    ``short`` its label where there is little room.
    """

    url: str
    label: str
    icon: str = ""
    current: bool = False
    count: int = 0
    short: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links under a heading in the side bar."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``sort_url`` makes its heading a link; ``direction`` is "ascending", "descending" or ""."""

    label: str
    end: bool = False
    sort_url: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list goes on: addresses of the pages before and after ("" when there is none), and what is shown."""

    previous: str = ""
    next: str = ""
    words: str = ""

    @property
    def needed(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.previous or self.next or self.words)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a history: what happened, when, by whom, and more words."""

    name: str
    when: str
    who: str = ""
    words: str = ""
    tone: str = "quiet"
    icon: str = "check"


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule that was looked at for a price: its name, "won", "lost" or "not_applicable", and why, in words."""

    name: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """Inside or outside in words: the sentence, what it rests on, and what would make it inside."""

    inside: bool
    sentence: str
    kind: str
    grounds: tuple[str, ...]
    nearest_miss: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: what is sent, what is read, and whether it is chosen."""

    value: str
    label: str
    chosen: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A page that says what went wrong and what to do now. ``reference`` names the case in the log, if there is one."""

    status: int
    title: str
    words: tuple[str, ...]
    advice: str
    reference: str = ""
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody one may act for."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Language:
    """A language the house speaks, by its own name."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page: who reads it, for whom she acts, where she can go, and how it looks.

    ``stands_in`` are sentences, one for each role that a colleague has handed on to her.
    """

    signed_in: bool
    name: str = ""
    initials: str = ""
    acting_for: str = ""
    stands_in: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    languages: tuple[Language, ...] = ()
    theme: str = "auto"
    groups: tuple[LinkGroup, ...] = ()
    bottom: tuple[Link, ...] = ()
    here: str = "/"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one field of a form: the field's id, its label where it has one, and the sentence."""

    id: str
    label: str
    words: str
