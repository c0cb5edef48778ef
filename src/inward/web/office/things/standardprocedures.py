"""Standard procedures in the office: how a department works, step by step, in versions; what changed; where steps are skipped or slow."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.core.terms import Reason
from inward.desk import operations, policy, procedures, steps
from inward.desk.procedures import ProcedureRecord, StepFigures
from inward.kit import vocabularies
from inward.kit.policy import ALLOWED, Answer, refusal
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version
from inward.web.office.things import steptext

YEAR: Final = timedelta(days=365)
_MINUTE: Final = 60


def _label(sort: str, value: str) -> str:
    return vocabularies.label(sort, value, formats.language())


def _reads(looking: Looking) -> Answer:
    over = policy.procedures_read_by(looking.viewer, on=looking.at.date())
    return ALLOWED if over is None or over else refusal(Reason.of("not_case_handler", supplier=""))


def _keeps_some(looking: Looking, _record: Any = None) -> Answer:
    over = policy.queues_kept_by(looking.viewer, on=looking.at.date())
    return ALLOWED if over is None or over else refusal(Reason.of("not_case_handler", supplier=""))


def _keeps(looking: Looking, record: ProcedureRecord) -> Answer:
    return procedures.may_keep(looking.viewer, record, on=looking.at.date())


def _fared(found: StepFigures) -> str:
    if not found.count:
        return _("not done yet this year")
    said = ngettext("%(count)s time", "%(count)s times", found.count) % {"count": formats.count(found.count)}
    skipped = _("%(percent)s %% skipped") % {"percent": formats.count(found.skipped_percent)}
    if found.seconds is None:
        return f"{said} · {skipped}"
    minutes = max(1, round(found.seconds / _MINUTE))
    took = ngettext("usually %(count)s minute of working time", "usually %(count)s minutes of working time", minutes)
    return f"{said} · {skipped} · {took % {'count': formats.count(minutes)}}"


def _review(record: ProcedureRecord, looking: Looking) -> str:
    day = formats.short_day(record.review_by)
    return _("%(day)s (overdue)") % {"day": day} if record.overdue(looking.at.date()) else day


def _page(looking: Looking, key: str) -> Detail:
    known = procedures.versions(viewer=looking.viewer, at=looking.at, code=key)
    now = [each for each in known if each.known_until is None]
    record = next((each for each in now if looking.on in each.period), now[0])
    until = looking.at.date() + timedelta(days=1)
    fared = procedures.figures(viewer=looking.viewer, at=looking.at, code=key, since=until - YEAR, until=until)
    by_step = {each.step: each for each in fared}
    return Detail(
        title=record.name,
        spoken=True,
        record=record,
        facts=(
            Fact(__("Department"), record.supplier.name),
            Fact(__("Who looks after it"), record.owner.name),
            Fact(__("To be looked at again by"), _review(record, looking)),
            Fact(__("For requests"), ", ".join(record.requests)),
            *((Fact(__("About"), record.words),) if record.words else ()),
            *(
                Fact(_("Step %(number)s") % {"number": number}, f"{steptext.told(each)} — {_fared(by_step[each.id])}")
                for number, each in enumerate(record.steps, start=1)
            ),
        ),
        versions=tuple(_version(each, known) for each in known),
        audited=(f"{key} procedure",),
    )


def _version(record: ProcedureRecord, known: Iterable[ProcedureRecord]) -> Version:
    """In words: how many steps, and what changed since the version whose days end where these begin."""
    start = record.period.start
    before = [
        each
        for each in known
        if each.key != record.key and start is not None and (each.period.start is None or each.period.start < start)
    ]
    count = ngettext("%(count)s step", "%(count)s steps", len(record.steps)) % {
        "count": formats.count(len(record.steps))
    }
    words = [count]
    if before:
        last = max(before, key=lambda each: (str(each.period.start or ""), each.known_from))
        for each in steps.compared(last.steps, record.steps):
            step = each.after or each.before
            assert step is not None  # one of the two
            words.append(f"{_label('step_change', each.change.value)}: {step.title}")
    return Version(record.period, " · ".join(words), record.known_from, record.known_until, record.source)


def _set(doing: Doing) -> str:
    values = doing.values
    code = doing.key or values["code"]
    operations.set_procedure(
        by=doing.by,
        at=doing.at,
        code=code,
        supplier=doing.record.supplier.code if doing.key else values["supplier"],
        name=values["name"],
        words=values["words"],
        owner=values["owner"],
        review_by=values["review_by"],
        requests=values["requests"].replace(",", " ").split(),
        steps=steptext.read(values["steps"]),
        valid_from=values.get("valid_from"),
        source=doing.source,
    )
    return str(code)


def _end(doing: Doing) -> str:
    operations.end_procedure(
        by=doing.by, at=doing.at, code=doing.key, valid_until=doing.values["valid_until"], source=doing.source
    )
    return doing.key


def _initial(looking: Looking, record: ProcedureRecord) -> Mapping[str, Any]:
    return {
        "name": record.name,
        "words": record.words,
        "owner": record.owner.code,
        "review_by": record.review_by,
        "requests": " ".join(record.requests),
        "steps": steptext.written(record.steps),
        "valid_from": looking.on,
    }


def _suppliers(looking: Looking, _record: Any = None) -> list[tuple[str, str]]:
    over = policy.procedures_read_by(looking.viewer, on=looking.at.date())
    world = parties.world()
    known = over if over is not None else frozenset(world.unit) | frozenset(world.company)
    return sorted(((code, parties.name_of(code)) for code in known), key=lambda pair: pair[1])


_FIELDS = (
    Field("name", fields.text(__("Name")), spoken=True),
    Field("words", fields.area(__("What it is for"), most=4000)),
    Field("owner", fields.party(__("Who looks after it"), PartyKind.PERSON), fields.name),
    Field("review_by", fields.day(__("To be looked at again by"))),
    Field(
        "requests",
        fields.text(
            __("For requests"), most=1000, required=False, help=__("Codes of request types, with blanks between them.")
        ),
    ),
    Field(
        "steps",
        fields.area(
            __("Steps"),
            required=True,
            most=60_000,
            help=__(
                "One on each line: a short name, a colon, what is to be done; then, after bars, what shows it (text, file, signed,"
                " number 11.1 to 12.6 V), who does it (owner, by CODE), when (if QUESTION = YES, after STEP = SKIPPED), open where"
                " it may be left open, and words about it. For example: cells: Measure the cells | number 11.1 to 12.6 V"
            ),
        ),
    ),
)

THING = Thing(
    name="standard-procedures",
    group=__("Help"),
    label=__("Standard procedures"),
    lead=__("How a department works, step by step. What was opened goes on by the version of its day."),
    icon="checks",
    search=__("Name or code"),
    dated=True,
    may=_reads,
    filters=(Filter("supplier", __("Department"), _suppliers),),
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name", spoken=True),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Department"), lambda row: row.supplier.name),
        Column(__("Who looks after it"), lambda row: row.owner.name),
        Column(__("To be looked at again by"), lambda row: row.review_by, sort="review"),
        Column(__("Steps"), lambda row: len(row.steps), end=True),
    ),
    rows=lambda looking, params: procedures.procedures(
        viewer=looking.viewer, at=looking.at, on=looking.on, params=params
    ),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="set",
            label=__("New procedure"),
            icon="plus",
            form=(
                Field("code", fields.text(__("Code"), most=60)),
                Field("supplier", fields.party(__("Department"), PartyKind.UNIT, PartyKind.COMPANY), fields.name),
                *_FIELDS,
            ),
            do=_set,
            may=_keeps_some,
            done=__("It is kept."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("New version"),
            icon="edit",
            lead=__("For what is opened from that day on; what is under way goes on by the version of its day."),
            form=(*_FIELDS, Field("valid_from", fields.day(__("From")))),
            initial=_initial,
            proposes=("valid_from",),
            do=_set,
            may=_keeps,
            done=__("It is kept."),
        ),
        Act(
            name="end",
            label=__("End"),
            icon="x",
            form=(Field("valid_until", fields.last_day(__("Last day")), fields.day_before),),
            do=_end,
            may=_keeps,
            done=__("It ends."),
            danger=True,
        ),
    ),
    events={"desk.set_procedure": __("Set"), "desk.end_procedure": __("Ended")},
)
