"""What both faces of a case show alike: its clocks as lines one can read, its thread, why it is inside or outside. No rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from inward.core.classification import Verdict
from inward.core.promises import Chain, ClockState, Link, Run, told
from inward.desk.asking import Question, QuestionKind
from inward.desk.cases import CaseRow, CaseView
from inward.desk.operations import Upload
from inward.kit import files, vocabularies
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.naming import full_name
from inward.web.components.records import VerdictWords

_TONES = {
    ClockState.RUNNING: ("info", "clock"),
    ClockState.HELD: ("quiet", "minus"),
    ClockState.KEPT: ("good", "circle-check"),
    ClockState.MISSED: ("bad", "alert-circle"),
    ClockState.DROPPED: ("quiet", "x"),
}
_OVER = frozenset({ClockState.KEPT, ClockState.DROPPED})


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock in words: what is promised, where it stands, by when, and why then, line by line."""

    measure: str
    sentence: str
    tone: str
    icon: str
    over: bool
    why: tuple[str, ...]
    zone: str
    """The time zone of the service, in which ``why`` tells times; empty where it is the reader's own."""


@dataclass(frozen=True, slots=True)
class LegWords:
    """A place on the way of a case in words: what it used of its part, and whose time beside; whether it has the case now."""

    place: str
    sentence: str
    taken: tuple[str, ...]
    tone: str
    holds: bool


@dataclass(frozen=True, slots=True)
class DueWords:
    """What is due next of a case, as a list shows it."""

    words: str
    tone: str
    icon: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of a form with what was answered, as people read it."""

    label: str
    answer: str


def clock_lines(runs: Iterable[Run]) -> tuple[ClockLine, ...]:
    """The clocks of a case, those that still run first."""
    lines = [_clock_line(run) for run in runs]
    return tuple(sorted(lines, key=lambda line: line.over))


def leg_words(chain: Chain | None, *, on: date) -> tuple[LegWords, ...]:
    """How a case went along the places its promise rests on; nothing for a promise that rests on one."""
    return () if chain is None else tuple(_leg(link, chain, on) for link in chain.links)


def _leg(link: Link, chain: Chain, on: date) -> LegWords:
    holds = link.place == chain.holder and chain.run.stopped is None
    said = _("%(used)s of %(part)s") % {"used": formats.length(link.used), "part": formats.length(link.budget)}
    if holds and chain.lasts_until is not None:
        said = _("%(said)s, lasts until %(instant)s") % {"said": said, "instant": formats.instant(chain.lasts_until)}
    taken = [
        _("%(time)s of the part of %(place)s") % {"time": formats.length(time), "place": full_name(place, on=on)}
        for place, time in link.taken
    ]
    if link.beyond:
        taken.append(_("%(time)s beyond the promise") % {"time": formats.length(link.beyond)})
    return LegWords(full_name(link.place, on=on), said, tuple(taken), "warn" if taken else "info", holds)


def due_words(row: CaseRow, *, at: datetime) -> DueWords:
    """What is due next, and how near that is; what stands still, or was missed, says so."""
    if row.due_at is None:
        return _nothing_due(row)
    measure = vocabularies.label(
        "measure", "" if row.due_measure is None else row.due_measure.value, formats.language()
    )
    said = {"what": measure, "time": _span(row.due_at - at)}
    if row.due_at <= at:
        return DueWords(_("%(what)s: %(time)s late") % said, "bad", "alert-circle", row.due_at)
    near = (row.due_at - at).total_seconds() < _NEAR
    return DueWords(_("%(what)s: %(time)s left") % said, "warn" if near else "info", "clock", row.due_at)


def verdict_of(view: CaseView) -> VerdictWords:
    """Inside or outside as it was stamped when it was asked, and on what it rested."""
    inside = view.row.standing is Verdict.INTERNAL
    kind = vocabularies.label("standing_kind", view.row.standing_kind.value, formats.language())
    said = _("Inside when it was asked: %(kind)s.") if inside else _("Outside when it was asked: %(kind)s.")
    return VerdictWords(inside, said % {"kind": kind}, kind, tuple(words(ground) for ground in view.grounds))


def answered(pairs: Sequence[tuple[Question, str]]) -> tuple[Answered, ...]:
    """What a form was answered with; days and yes or no as people write them."""
    return tuple(Answered(question.label, _answer(question, text)) for question, text in pairs)


def uploads_of(request: HttpRequest) -> tuple[Upload, ...]:
    """The files that came with a form, each read only as far as one may be long: what is longer the room refuses."""
    return tuple(_upload(file) for file in request.FILES.getlist("files"))


_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_NEAR = 4 * _HOUR
"""What is due within so many seconds is marked."""


def _upload(file: Any) -> Upload:
    return Upload(file.name or "", file.read(files.SIZE_MAX + 1))


def _nothing_due(row: CaseRow) -> DueWords:
    if row.waits_for is not None:
        said = vocabularies.label("hold", row.waits_for.value, formats.language())
        if row.until is not None:
            said = _("%(why)s, %(day)s") % {"why": said, "day": formats.short_day(row.until)}
        return DueWords(said, "bad" if row.missed else "quiet", "minus", None)
    if row.missed:
        return DueWords(_("Promise missed"), "bad", "alert-circle", None)
    return DueWords(_("Nothing is due"), "quiet", "minus", None)


def _span(left: timedelta) -> str:
    """How long it is, in its largest unit: enough to see how near it is."""
    seconds = abs(left.total_seconds())
    if seconds < _HOUR:
        return _("%(count)s min") % {"count": formats.count(max(1, int(seconds // _MINUTE)))}
    if seconds < 2 * _DAY:
        return _("%(count)s h") % {"count": formats.count(int(seconds // _HOUR))}
    return _("%(count)s days") % {"count": formats.count(int(seconds // _DAY))}


def _clock_line(run: Run) -> ClockLine:
    tone, icon = _TONES[run.state]
    zone = str(run.stages[-1].calendar.calendar.zone)
    return ClockLine(
        measure=vocabularies.label("measure", run.measure.value, formats.language()),
        sentence=_sentence(run),
        tone=tone,
        icon=icon,
        over=run.state in _OVER or run.stopped is not None,
        why=tuple(words(line) for line in told(run)),
        zone="" if zone == timezone.get_current_timezone_name() else zone,
    )


def _sentence(run: Run) -> str:
    """Where the clock stands, in the reader's time zone."""
    if run.stopped is not None and run.state is ClockState.KEPT:
        return _("kept, %(at)s") % {"at": formats.instant(run.stopped)}
    if run.state is ClockState.DROPPED:
        return _("no longer wanted")
    if run.missed_at is not None:
        return _("missed, it was due by %(at)s") % {"at": formats.instant(run.missed_at)}
    if run.due.at is None:
        return _("stands still while it waits")
    return _("by %(at)s") % {"at": formats.instant(run.due.at)}


def _answer(question: Question, text: str) -> str:
    if question.kind is QuestionKind.DAY:
        return formats.day(date.fromisoformat(text))
    if question.kind is QuestionKind.YES_NO:
        return _("Yes") if text == "YES" else _("No")
    return text
