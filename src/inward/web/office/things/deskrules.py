"""What case handlers do in one press and what queues do by themselves, in the office: macros and rules, kept by who keeps the queue."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.classification import Verdict
from inward.core.terms import Reason
from inward.desk import actlines, macros, operations, policy
from inward.desk.acts import Act as Does
from inward.desk.casewords import RuleWhen
from inward.desk.macros import Conditions, MacroRow, RuleRow
from inward.desk.vocabulary import Priority
from inward.kit.policy import ALLOWED, Answer, refusal
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.naming import full_name
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing
from inward.web.office.things.desks import CODE, GROUP, keeps_some, label, listed, may_keep, options, queues_kept

SPAN: Final = timedelta(days=30)
_ACTS_HELP = __(
    "An act on each line: ANSWER, NOTE or SOLVE: words; ASSIGN or WATCH: code of a person; HAND_OVER: code of a queue, the words below it; "
    "WEIGH: SOME, NOW; in a rule also MACRO: its code. Words go on in the next lines. They may have {name}, {number}, {subject}, {due} "
    "and {handler} in them."
)


def _reads(looking: Looking) -> Answer:
    over = policy.procedures_read_by(looking.viewer, on=looking.at.date())
    return ALLOWED if over is None or over else refusal(Reason.of("not_queue_keeper"))


def _may(looking: Looking, record: MacroRow | RuleRow | None) -> Answer:
    return keeps_some(looking) if record is None else may_keep(looking, record.supplier.code)


def _act_facts(acts: Iterable[Does]) -> Iterable[Fact]:
    for number, each in enumerate(acts, start=1):
        words_of = (
            fields.name(each.person),
            each.queue or each.macro,
            "" if each.impact is None else label("impact", each.impact.value),
            "" if each.urgency is None else label("urgency", each.urgency.value),
            each.text,
        )
        said = ", ".join(filter(None, words_of))
        doing = label("case_doing", each.kind.value)
        yield Fact(_("Act %(number)s") % {"number": number}, f"{doing}: {said}" if said else doing)


def _common(row: MacroRow | RuleRow, looking: Looking) -> tuple[Fact, ...]:
    return (
        Fact(__("Code"), row.code),
        Fact(__("Queue"), row.queue.name),
        Fact(__("Department"), full_name(row.supplier.code, on=looking.on)),
    )


_NAME = Field("name", fields.text(__("Name")))
_QUEUE = Field("queue", fields.choice(__("Queue"), queues_kept))
_ACTS = Field("acts", fields.area(__("What is done"), required=True, most=60_000, help=_ACTS_HELP))


# --- macros and replies ------------------------------------------------------------------------------------------------


def _macro_page(looking: Looking, key: str) -> Detail:
    row = macros.macro(viewer=looking.viewer, at=looking.at, code=key)
    facts = (*_common(row, looking), *_act_facts(row.acts), Fact(__("Done no more since"), row.closed_at))
    return Detail(title=row.name, record=row, facts=facts, audited=(f"{row.code} macro",))


def _set_macro(doing: Doing) -> str:
    values, record = doing.values, doing.record
    code = values["code"] if record is None else record.code
    operations.set_macro(
        by=doing.by,
        at=doing.at,
        code=code,
        queue=values["queue"] if record is None else record.queue.code,
        name=values["name"],
        given=actlines.read_acts(values["acts"]),
    )
    return str(code)


def _close_macro(doing: Doing) -> str:
    operations.close_macro(by=doing.by, at=doing.at, code=doing.key)
    return ""


def _macro_now(_looking: Looking, record: MacroRow) -> Mapping[str, Any]:
    return {"name": record.name, "acts": actlines.acts_text(record.acts)}


MACROS = Thing(
    name="macros",
    group=GROUP,
    label=__("Replies and macros"),
    lead=__("What case handlers of a queue do with one press, all of it or nothing."),
    icon="checks",
    may=_reads,
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name"),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Queue"), lambda row: row.queue.name),
        Column(__("Department"), lambda row: row.supplier.name),
        Column(__("Acts"), lambda row: len(row.acts), end=True),
    ),
    rows=lambda looking, params: macros.macros(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_macro_page,
    creates=(
        Act(
            name="new",
            label=__("New reply or macro"),
            icon="plus",
            form=(CODE, _QUEUE, _NAME, _ACTS),
            do=_set_macro,
            may=_may,
            done=__("The macro is kept."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            form=(_NAME, _ACTS),
            initial=_macro_now,
            do=_set_macro,
            may=_may,
            done=__("The macro is kept."),
            keeps_source=False,
        ),
        Act(
            name="close",
            label=__("Close"),
            icon="x",
            lead=__("Nobody does it any more. Changing it opens it again."),
            do=_close_macro,
            may=_may,
            fits=lambda _looking, record: record.closed_at is None,
            done=__("The macro is closed."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={"desk.set_macro": __("Set"), "desk.close_macro": __("Closed")},
)

# --- rules -------------------------------------------------------------------------------------------------------------


def _rule_page(looking: Looking, key: str) -> Detail:
    row = macros.rule(viewer=looking.viewer, at=looking.at, code=key)
    facts = (
        *_common(row, looking),
        Fact(__("When"), label("rule_when", row.when.value)),
        Fact(__("For which requests"), _fits(row.conditions)),
        *_act_facts(row.acts),
        Fact(__("Kept by"), row.keeper.name),
        Fact(__("Order"), row.position),
        Fact(__("In the last 30 days"), _outcomes(looking, key)),
        Fact(__("Done no more since"), row.closed_at),
    )
    return Detail(title=row.name, record=row, facts=facts, audited=(f"{row.code} rule",))


def _fits(conditions: Conditions) -> str:
    said = (
        ", ".join(conditions.requests),
        listed("priority", [each.value for each in conditions.priorities], ""),
        "" if conditions.standing is None else label("verdict", conditions.standing.value),
        ", ".join(f"“{word}”" for word in conditions.words),
    )
    return "; ".join(filter(None, said)) or _("every one")


def _outcomes(looking: Looking, key: str) -> str:
    """How often it was done, and how often not, with why."""
    since = (looking.at - SPAN).date()
    found = macros.outcomes(viewer=looking.viewer, at=looking.at, code=key, since=since)
    named = {"": _("done"), "not_there": _("what it names is not there any more")}
    return "; ".join(
        f"{named.get(code) or words(Reason.of(code))} ({formats.count(count)})" for code, count in sorted(found.items())
    ) or _("never")


def _set_rule(doing: Doing) -> str:
    values, record = doing.values, doing.record
    code = values["code"] if record is None else record.code
    operations.set_rule(
        by=doing.by,
        at=doing.at,
        code=code,
        queue=values["queue"] if record is None else record.queue.code,
        name=values["name"],
        when=RuleWhen(values["when"]),
        given=actlines.read_acts(values["acts"]),
        conditions={
            "requests": values["requests"].replace(",", " ").split(),
            "priorities": values["priorities"],
            "standing": values["standing"] or None,
            "words": [word.strip() for word in values["words"].split(",") if word.strip()],
        },
        position=values["position"],
        keeper=values["keeper"] or None,
    )
    return str(code)


def _close_rule(doing: Doing) -> str:
    operations.close_rule(by=doing.by, at=doing.at, code=doing.key)
    return ""


def _rule_now(_looking: Looking, record: RuleRow) -> Mapping[str, Any]:
    fit = record.conditions
    return {
        "name": record.name,
        "when": record.when.value,
        "requests": " ".join(fit.requests),
        "priorities": [each.value for each in fit.priorities],
        "standing": "" if fit.standing is None else fit.standing.value,
        "words": ", ".join(fit.words),
        "acts": actlines.acts_text(record.acts),
        "keeper": record.keeper.code,
        "position": record.position,
    }


def _standings(_looking: Looking, _record: Any = None) -> list[tuple[str, str]]:
    return [(Verdict.INTERNAL.value, _("Inside")), (Verdict.EXTERNAL.value, _("Outside"))]


_RULE_FORM = (
    _NAME,
    Field("when", fields.choice(__("When"), options("rule_when", RuleWhen)), lambda value: label("rule_when", value)),
    Field(
        "requests",
        fields.text(
            __("Of these request types"), most=1000, required=False, help=__("Their codes, with blanks between them.")
        ),
    ),
    Field(
        "priorities",
        fields.several(__("Of these priorities"), options("priority", Priority), help=__("None: every one.")),
        lambda values: listed("priority", values, _("every one")),
    ),
    Field(
        "standing",
        fields.choice(__("From inside or outside"), _standings, required=False, none=__("Inside and outside")),
    ),
    Field(
        "words",
        fields.text(
            __("With one of these words in the subject"),
            most=1000,
            required=False,
            help=__("With commas between them."),
        ),
    ),
    _ACTS,
    Field(
        "keeper",
        fields.party(
            __("Kept by"),
            PartyKind.PERSON,
            required=False,
            help=__("Who handles requests of the queue: the rule does nothing this person could not do. Empty: you."),
        ),
        fields.name,
    ),
    Field("position", fields.whole(__("Order"), most=1000, help=__("The lowest first."))),
)

RULES = Thing(
    name="queue-rules",
    group=GROUP,
    label=__("Rules of queues"),
    lead=__("What a queue does by itself, within what whoever keeps the rule could do."),
    icon="refresh",
    may=_reads,
    filters=(Filter("when", __("When"), options("rule_when", RuleWhen)),),
    columns=(
        Column(__("Name"), lambda row: row.name, sort="name"),
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Queue"), lambda row: row.queue.name),
        Column(__("When"), lambda row: label("rule_when", row.when.value)),
        Column(__("Kept by"), lambda row: row.keeper.name),
    ),
    rows=lambda looking, params: macros.rules(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_rule_page,
    creates=(
        Act(
            name="new",
            label=__("New rule"),
            icon="plus",
            form=(CODE, _QUEUE, *_RULE_FORM),
            initial=lambda _looking, _record: {"position": 0},
            do=_set_rule,
            may=_may,
            done=__("The rule is kept."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            form=_RULE_FORM,
            initial=_rule_now,
            do=_set_rule,
            may=_may,
            done=__("The rule is kept."),
            keeps_source=False,
        ),
        Act(
            name="close",
            label=__("Close"),
            icon="x",
            lead=__("It does no more. Changing it opens it again."),
            do=_close_rule,
            may=_may,
            fits=lambda _looking, record: record.closed_at is None,
            done=__("The rule is closed."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={"desk.set_rule": __("Set"), "desk.close_rule": __("Closed")},
)
