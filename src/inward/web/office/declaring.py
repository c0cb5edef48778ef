"""What a thing of the office is: a declaration of its list, its page and its acts, over queries and operations.

A thing is declared once, in ``things``; views and templates are the same for all of them. Nothing here reads, writes or
shows: the functions that a declaration names do. ``Value`` is all that a cell may hold; ``showing`` writes it for people,
and the download writes the same as cells of a sheet.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms

from inward.core.terms import Money, Period, Rate
from inward.kit.actor import Actor
from inward.kit.lists import Page
from inward.kit.policy import Answer
from inward.parties import policy
from inward.parties.papers import Evidence
from inward.web.components.records import Link

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"
Value: TypeAlias = str | int | bool | Money | Rate | date | datetime | None


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks, when, and at which day: today unless the list was asked for another."""

    viewer: Actor
    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Doing:
    """An act about to be done: by whom, when, to which thing (``key``, "" for a new one), with what was typed.

    ``values`` are the form's cleaned values by field; ``source`` is on whose word, ``evidence`` the key of the file that shows
    it; ``record`` the thing as it is now.
    """

    by: Actor
    at: datetime
    key: str
    values: Mapping[str, Any]
    source: str = ""
    record: Any = None
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: what it is called, what of a row stands in it, and the sort of the query it stands for.

    ``spoken``: words of the organisation's own, marked with their language where the page is in another.
    """

    label: Text
    value: Callable[[Any], Value]
    sort: str = ""
    end: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Something the list may be asked: a name that its query takes, and the values to choose from."""

    name: str
    label: Text
    options: Callable[[Looking], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its name (the one by which the operation's refusals name it) and how it is made.

    ``shown`` is how its cleaned value reads in the preview; without it the value itself is shown. ``spoken``: what is typed or
    chosen is words of the organisation's own.
    """

    name: str
    make: Callable[[Looking, Any], forms.Field]
    shown: Callable[[Any], Value] | None = None
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of an effect: headings, and lines of words, the first of which names the line.

    ``figures`` says that all the others are numbers, which stand below each other.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: bool = False

    @property
    def lines(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Every line as pairs of a heading and words, so that a narrow page can show them below each other."""
        return tuple(tuple(zip(self.head, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act brings with it beside what was typed: a heading, sentences, and what was left out ("" for nothing).

    With a ``table`` it is shown as a sheet of its own, the sentences above and what was left out below.
    """

    title: str
    sentences: tuple[str, ...]
    left_out: str = ""
    tone: str = "info"
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done, by calling one operation.

    - ``do`` calls it and returns the key of the thing to show next ("" leads to the list).
    - ``may`` asks the policy; ``fits`` whether it makes sense for the thing as it is.
    - ``initial`` is what the form begins with, by field; for a change what is known now, but for what it only ``proposes``.
    - ``effects`` tells what the act brings with it, shown before it is saved.
    - ``keeps_source`` asks why and on whose word, and the operation keeps it; ``keeps_evidence`` also for a file that shows it.
    """

    name: str
    label: Text
    icon: str
    do: Callable[[Doing], str]
    may: Callable[[Looking, Any], Answer]
    form: tuple[Field, ...] = ()
    lead: Text = ""
    done: Text = ""
    fits: Callable[[Looking, Any], bool] = lambda _looking, _record: True
    initial: Callable[[Looking, Any], Mapping[str, Any]] = lambda _looking, _record: {}
    proposes: tuple[str, ...] = ()
    effects: Callable[[Doing], Sequence[Effect]] = lambda _doing: ()
    keeps_source: bool = True
    keeps_evidence: bool = False
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A line on a thing's page; ``spoken`` as of a column."""

    label: Text
    value: Value
    url: str = ""
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """What was known of a thing for some days: in words, since and until when we knew it so, and on whose word."""

    period: Period
    words: str
    known_from: datetime
    known_until: datetime | None = None
    source: str = ""
    evidence: Evidence | None = None

    @property
    def current(self) -> bool:
        """Whether it is what is known now."""
        return self.known_until is None


@dataclass(frozen=True, slots=True)
class Detail:
    """A thing's page. ``record`` is what its acts look at; ``audited`` are the names under which the audit knows it;
    ``evidence`` is the file that shows what is known now. ``spoken``: its title is words of the organisation's own.
    """

    title: str
    record: Any
    facts: tuple[Fact, ...] = ()
    versions: tuple[Version, ...] = ()
    links: tuple[Link, ...] = ()
    audited: tuple[str, ...] = ()
    evidence: Evidence | None = None
    spoken: bool = False


def _keeps_records(looking: Looking) -> Answer:
    """Who looks after the records of some company."""
    return policy.may_keep_records(looking.viewer, on=looking.at.date())


@dataclass(frozen=True, slots=True)
class Thing:
    """A sort of record in the office.

    - ``rows`` is the query behind the list: it takes the parameters of ``kit.lists`` (``text`` for the search) and the
      filters; with ``dated`` it is asked for ``looking.on``.
    - ``key`` and ``title`` are of a row; ``page`` makes the page of one thing and raises NotThere out of bounds.
    - ``may`` says who finds it: data administrators, unless it says otherwise.
    - ``creates`` are acts that make a new one, ``acts`` those on one that is there.
    """

    name: str
    group: Text
    label: Text
    lead: Text
    icon: str
    columns: tuple[Column, ...]
    rows: Callable[[Looking, Mapping[str, str]], Page[Any]]
    key: Callable[[Any], str]
    page: Callable[[Looking, str], Detail]
    may: Callable[[Looking], Answer] = _keeps_records
    search: Text = ""
    filters: tuple[Filter, ...] = ()
    dated: bool = False
    creates: tuple[Act, ...] = ()
    acts: tuple[Act, ...] = ()
    events: Mapping[str, Text] = field(default_factory=dict)
    """What the audit's acts on it are called in its history, by their names."""
