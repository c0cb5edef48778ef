"""Confidential people in the office: their marks, for those who keep them; and who opened whom, for those and for the openers.

Whoever may open a person knows her code: no list and no search tells it. Before anything is opened a page says what follows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.access import queries as access
from inward.kit import vocabularies
from inward.kit.lists import Page
from inward.kit.policy import ALLOWED, Answer, NotThere
from inward.parties import directory, marks, operations, policy, queries
from inward.parties.marks import MarkRecord, OpeningRecord
from inward.parties.operations import Source
from inward.parties.register import PersonRecord
from inward.parties.vocabulary import MarkKind, OpeningKind
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields, showing
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Filter, Looking, Thing, Version

MARKS, OPENINGS = "confidential", "openings"


def _kind(value: Any) -> str:
    return vocabularies.label("mark", MarkKind(value).value, formats.language()) if value else ""


def _kinds(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(each.value, _kind(each)) for each in MarkKind]


def _why(value: Any) -> str:
    return vocabularies.label("opening", OpeningKind(value).value, formats.language()) if value else ""


def _whys(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(each.value, _why(each)) for each in OpeningKind]


# --- marks -------------------------------------------------------------------------------------------------------------


def _mark_page(looking: Looking, key: str) -> Detail:
    sheet = marks.sheet(viewer=looking.viewer, at=looking.at, code=key)
    record: MarkRecord = sheet.record
    return Detail(
        title=record.person.name,
        record=record,
        facts=(
            Fact(__("Person"), record.person.name, _person_url(looking, record.person.code)),
            Fact(__("Code"), record.person.code),
            Fact(__("Why confidential"), _kind(record.kind)),
            Fact(__("Reason"), record.reason),
            Fact(__("Days"), showing.days(record.period)),
        ),
        versions=tuple(
            Version(each.period, _kind(each.says["kind"]), each.known_from, each.known_until, each.source)
            for each in sheet.versions
        ),
        audited=sheet.audited,
    )


def _person_url(looking: Looking, person: str) -> str:
    """Her page, for whoever looks after records."""
    seen = person not in looking.viewer.hidden and policy.may_keep_records(looking.viewer, on=looking.at.date())
    return reverse("office_page", args=["people", person]) if seen else ""


def _mark(doing: Doing) -> str:
    return operations.mark_person(
        by=doing.by, at=doing.at, person=doing.values["person"], source=Source(doing.source), **_said(doing.values)
    )


def _mark_this(doing: Doing) -> str:
    operations.mark_person(
        by=doing.by, at=doing.at, person=doing.key, source=Source(doing.source), **_said(doing.values)
    )
    return doing.key


def _correct(doing: Doing) -> str:
    operations.correct_mark(
        by=doing.by, at=doing.at, mark=doing.key, source=Source(doing.source), **_said(doing.values)
    )
    return doing.key


def _lift(doing: Doing) -> str:
    operations.lift_mark(by=doing.by, at=doing.at, mark=doing.key, source=Source(doing.source))
    return ""


def _lift_this(doing: Doing) -> str:
    found = marks.mark_of(viewer=doing.by, at=doing.at, person=doing.key)
    if found is None:
        raise NotThere
    operations.lift_mark(by=doing.by, at=doing.at, mark=found.code, source=Source(doing.source))
    return doing.key


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": MarkKind(values["kind"]),
        "reason": values["reason"],
        "valid_from": values["valid_from"],
        "valid_until": values["valid_until"],
    }


def _effects_of_marking(_doing: Doing) -> Sequence[Effect]:
    sentences = (
        _(
            "Nobody sees this person any more but the person, the keepers of marks, and whoever opens the person for a while."
        ),
        _("Work, shares, household and posts are hidden as well; prices, promises and books stay as they are."),
        _("Where an order or a head must be shown, it says “a protected person”."),
    )
    return (Effect(_("What will be hidden"), sentences),)


def _effects_of_lifting(_doing: Doing) -> Sequence[Effect]:
    return (
        Effect(_("What will be seen"), (_("From now on colleagues and data administrators see this person again."),)),
    )


def _keeps(looking: Looking) -> Answer:
    return policy.may_keep_some_marks(looking.viewer, on=looking.at.date())


def _may_mark(looking: Looking, record: Any) -> Answer:
    if record is None:
        return _keeps(looking)
    person = record.code if isinstance(record, PersonRecord) else record.person.code
    on = looking.at.date()
    return policy.may_keep_marks(looking.viewer, person=person, employers=queries.employers(person), on=on)


def _bears_one(looking: Looking, record: PersonRecord) -> bool:
    return marks.mark_of(viewer=looking.viewer, at=looking.at, person=record.code) is not None


def _holds(looking: Looking, record: MarkRecord) -> bool:
    return record.period.until is None or record.period.until > looking.at.date()


_WHAT = (
    Field("kind", fields.choice(__("Why confidential"), _kinds), _kind),
    Field(
        "reason",
        fields.area(
            __("Reason"), required=True, most=500, help=__("Only keepers of marks read it: a decision, a letter.")
        ),
    ),
    Field("valid_from", fields.day(__("First day"))),
    Field(
        "valid_until",
        fields.last_day(__("Last day"), required=False, help=__("Empty: until the mark is lifted.")),
        fields.day_before,
    ),
)

CONFIDENTIAL = Thing(
    name=MARKS,
    group=__("The organisation"),
    label=__("Confidential people"),
    lead=__("Who is hidden from everybody but those who must know, why, and until when."),
    icon="lock",
    search=__("Name or code"),
    dated=True,
    filters=(Filter("kind", __("Why confidential"), _kinds),),
    columns=(
        Column(__("Person"), lambda row: row.person.name, sort="person"),
        Column(__("Code"), lambda row: row.person.code),
        Column(__("Why confidential"), lambda row: _kind(row.kind)),
        Column(__("Days"), lambda row: showing.days(row.period)),
    ),
    rows=lambda looking, params: marks.kept(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_mark_page,
    may=_keeps,
    creates=(
        Act(
            name="mark",
            label=__("Mark as confidential"),
            icon="lock",
            lead=__("The person is hidden from everybody but those who must know."),
            form=(
                Field("person", fields.person_by_whole_name(__("Person"), help=__("Whole name or code.")), fields.name),
                *_WHAT,
            ),
            initial=lambda looking, _record: {"valid_from": looking.on},
            do=_mark,
            effects=_effects_of_marking,
            may=_may_mark,
            done=__("The person is confidential."),
        ),
    ),
    acts=(
        Act(
            name="correct",
            label=__("Correct"),
            icon="edit",
            lead=__("It is otherwise than was thought, on all its days."),
            form=_WHAT,
            initial=lambda _looking, record: {
                "kind": record.kind.value,
                "reason": record.reason,
                "valid_from": record.period.start,
                "valid_until": record.period.until,
            },
            do=_correct,
            may=_may_mark,
            fits=_holds,
            done=__("The correction is kept."),
        ),
        Act(
            name="lift",
            label=__("Lift the mark"),
            icon="check",
            lead=__("The person is confidential no longer, from today on."),
            do=_lift,
            effects=_effects_of_lifting,
            may=_may_mark,
            fits=_holds,
            done=__("The mark is lifted."),
            danger=True,
        ),
    ),
    events={
        "parties.mark_person": __("Marked as confidential"),
        "parties.correct_mark": __("Corrected"),
        "parties.lift_mark": __("Mark lifted"),
    },
)


def about(looking: Looking, person: str) -> Iterable[Fact]:
    """The line on the page of a person that she is confidential: for her keepers, and for whoever has her open."""
    mark = marks.mark_of(viewer=looking.viewer, at=looking.at, person=person)
    if mark is not None:
        yield Fact(__("Confidential"), _kind(mark.kind), reverse("office_page", args=[MARKS, mark.code]))
    elif person in looking.viewer.opened:
        yield Fact(__("Confidential"), _("open to you for a while; everybody else sees nothing of this person"))


OF_A_PERSON = (
    Act(
        name="mark",
        label=__("Mark as confidential"),
        icon="lock",
        lead=__("The person is hidden from everybody but those who must know."),
        form=_WHAT,
        initial=lambda looking, _record: {"valid_from": looking.on},
        do=_mark_this,
        effects=_effects_of_marking,
        may=_may_mark,
        fits=lambda looking, record: bool(_keeps(looking)) and not _bears_one(looking, record),
        done=__("The person is confidential."),
    ),
    Act(
        name="lift-mark",
        label=__("Lift the mark"),
        icon="check",
        lead=__("The person is confidential no longer, from today on."),
        do=_lift_this,
        effects=_effects_of_lifting,
        may=_may_mark,
        fits=_bears_one,
        done=__("The mark is lifted."),
        danger=True,
    ),
)
"""What can be done about a mark on the page of a person."""


# --- openings ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Opened:
    """An opening with the name of who opened, and whether it lets in now."""

    record: OpeningRecord
    who: str
    runs: bool


def _openings(looking: Looking, params: Mapping[str, str]) -> Page[_Opened]:
    found = marks.openings(viewer=looking.viewer, at=looking.at, params=params)
    names = access.called({row.subject for row in found.rows})
    return found.map(lambda row: _Opened(row, names.get(row.subject, ""), row.runs(looking.at)))


def _state(record: OpeningRecord, at: datetime) -> str:
    if record.runs(at):
        return _("open until %(instant)s") % {"instant": formats.instant(record.ends_at)}
    ended = record.ended_at or record.ends_at
    return _("closed since %(instant)s") % {"instant": formats.instant(ended)}


def _opening_page(looking: Looking, key: str) -> Detail:
    record = marks.opening(viewer=looking.viewer, at=looking.at, reference=key)
    who = access.called({record.subject}).get(record.subject, "")
    url = _person_url(looking, record.person.code)
    return Detail(
        title=record.person.name,
        record=record,
        facts=(
            Fact(__("Person"), record.person.name, url),
            *_card(looking, record),
            Fact(__("Opened by"), who),
            Fact(__("Opened at"), record.opened_at),
            Fact(__("Now"), _state(record, looking.at)),
            Fact(__("For what"), _why(record.kind)),
            Fact(__("Reason"), record.reason),
        ),
        links=(Link(url, _("The page of this person"), "user"),) if url else (),
        audited=(record.audited,),
    )


def _card(looking: Looking, record: OpeningRecord) -> Iterable[Fact]:
    """What colleagues know of the person, while it is open to who looks."""
    if record.person.code not in looking.viewer.opened:
        return
    card = directory.person(viewer=looking.viewer, code=record.person.code, on=looking.on)
    yield Fact(__("Code"), card.code)
    yield Fact(__("E-mail"), card.email)
    for work in card.work:
        unit = "" if work.unit is None else work.unit.name
        yield Fact(work.company.name, ", ".join(part for part in (work.job_title, unit) if part))


def _open(doing: Doing) -> str:
    values = doing.values
    return operations.open_person(
        by=doing.by, at=doing.at, person=values["person"], kind=OpeningKind(values["kind"]), reason=values["reason"]
    )


def _effects_of_opening(_doing: Doing) -> Sequence[Effect]:
    minutes = settings.INWARD_OPENING_MINUTES
    sentences = (
        ngettext(
            "You will see this person for %(count)s minute; then it ends by itself. You can end it earlier.",
            "You will see this person for %(count)s minutes; then it ends by itself. You can end it earlier.",
            minutes,
        )
        % {"count": formats.count(minutes)},
        _("The keepers of marks are told at once: your name, the person, for what, and the reason in your words."),
        _("The person may be told as well."),
        _("It is in the log for good."),
    )
    return (Effect(_("What will happen"), sentences, tone="warn"),)


def _close(doing: Doing) -> str:
    operations.end_opening(by=doing.by, at=doing.at, opening=doing.key)
    return ""


def _may_look(looking: Looking) -> Answer:
    return ALLOWED if _keeps(looking) else _may_open(looking)


def _may_open(looking: Looking, _record: Any = None) -> Answer:
    return policy.may_open_some_marked(looking.viewer, on=looking.at.date())


def _may_close(looking: Looking, record: OpeningRecord) -> Answer:
    person = record.person.code
    return policy.may_end_opening(
        looking.viewer,
        opener=record.subject,
        person=person,
        employers=queries.employers(person),
        on=looking.at.date(),
    )


OPENED = Thing(
    name=OPENINGS,
    group=__("The organisation"),
    label=__("Openings of confidential people"),
    lead=__(
        "Who opened a confidential person, for what, and until when. Each reads their own, keepers of marks read all."
    ),
    icon="eye",
    filters=(Filter("kind", __("For what"), _whys),),
    columns=(
        Column(__("Opened at"), lambda row: row.record.opened_at, sort="opened"),
        Column(__("Person"), lambda row: row.record.person.name),
        Column(__("Opened by"), lambda row: row.who),
        Column(__("For what"), lambda row: _why(row.record.kind)),
        Column(__("Open now"), lambda row: row.runs),
    ),
    rows=_openings,
    key=lambda row: row.record.reference,
    page=_opening_page,
    may=_may_look,
    creates=(
        Act(
            name="open",
            label=__("Open a confidential person"),
            icon="eye",
            lead=__("Only when it must be. You need the code of the person; nobody is found by a name here."),
            form=(
                Field("person", fields.text(__("Code of the person"), most=120)),
                Field("kind", fields.choice(__("For what"), _whys), _why),
                Field(
                    "reason",
                    fields.area(
                        __("Reason"),
                        required=True,
                        most=500,
                        help=__("In your own words. The keepers of marks read it."),
                    ),
                ),
            ),
            do=_open,
            effects=_effects_of_opening,
            may=_may_open,
            done=__("The person is open to you for a while."),
            keeps_source=False,
            danger=True,
        ),
    ),
    acts=(
        Act(
            name="close",
            label=__("End it now"),
            icon="lock",
            lead=__("The person is hidden again at once."),
            do=_close,
            may=_may_close,
            fits=lambda looking, record: record.runs(looking.at),
            done=__("The person is hidden again."),
            keeps_source=False,
        ),
    ),
    events={
        "parties.open_person": __("Opened"),
        "parties.end_opening": __("Ended before its time"),
    },
)
