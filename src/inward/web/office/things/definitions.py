"""Definitions of inside in the office: those that ship and one's own, by form or as JSON, and which serves what from when."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.classification import STRICT_MAJORITY, Definition, Redefinition, definition_from, redefined
from inward.core.terms import Reason, Refusal, exact_text
from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.parties import definitions, operations, policy, queries
from inward.parties.definitions import DefinitionRecord, DefinitionSheet
from inward.parties.evidence import Shows
from inward.parties.operations import Source
from inward.parties.vocabulary import Purpose
from inward.trade.supposed import rule_tried
from inward.web.components import formats
from inward.web.office import fields
from inward.web.office.acts import evidence
from inward.web.office.consequences import orders_again
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Looking, Table, Thing, Version
from inward.web.office.things import definitionwords as words

_NAMED_MAX = 30


def _page(looking: Looking, key: str) -> Detail:
    sheet = definitions.sheet(viewer=looking.viewer, at=looking.at, on=looking.on, code=key)
    record = sheet.record
    return Detail(
        title=words.called(record.code, record.name),
        record=sheet,
        facts=(
            Fact(__("Code"), record.code),
            Fact(__("Serves"), _purposes(record) or _("nothing")),
            Fact(
                __("One group for each company"), _("yes") if record.definition.partitions else _("no, maybe several")
            ),
            *(Fact(label, said) for label, said in words.told(record.definition)),
            Fact(__("As JSON"), _json(record.definition)),
        ),
        versions=tuple(_versions(sheet)),
        audited=sheet.audited,
    )


def _versions(sheet: DefinitionSheet) -> Iterable[Version]:
    for each in sheet.versions:
        said = f"{each.name}: {words.test_of(each.definition)}"
        yield Version(each.period, said, each.known_from, each.known_until, each.source, each.evidence)
    for choice in sheet.choices:
        said = _("serves: %(purpose)s") % {"purpose": _purpose(choice.purpose)}
        yield Version(choice.period, said, choice.known_from, choice.known_until, choice.source, choice.evidence)


def _purpose(purpose: Purpose) -> str:
    return vocabularies.label("purpose", purpose.value, formats.language())


def _purposes(record: DefinitionRecord) -> str:
    return ", ".join(_purpose(purpose) for purpose in record.purposes)


def _json(definition: Definition) -> str:
    return json.dumps(definition.as_json(), ensure_ascii=False, indent=1)


def _body(doing: Doing) -> dict[str, Any]:
    """What was typed into the form as JSON says it; what the form does not ask for stays as it is known."""
    values = doing.values
    kept = {} if doing.record is None else doing.record.record.definition.as_json()
    shares = {name: _said(values[name]) for name in words.SHARES}
    others = {name: values[name] for name in (*words.CHOICES, *words.FLAGS, *words.KINDS, "year_ends_in")}
    return {**kept, **others, **shares}


def _said(share: Any) -> str | None:
    return exact_text(share * 100) if isinstance(share, Fraction) else None


def _read(doing: Doing) -> Mapping[str, Any]:
    """The JSON that was typed. Refusal for what is none."""
    try:
        found = json.loads(doing.values["body"])
    except (json.JSONDecodeError, RecursionError) as error:
        raise Refusal(Reason.of("source_not_json", why=str(error)[:80]), where="body") from None
    if not isinstance(found, dict):
        raise Refusal(Reason.of("not_an_object"), where="body")
    return found


def _keep(doing: Doing, body: Mapping[str, Any]) -> str:
    return operations.keep_definition(
        by=doing.by,
        at=doing.at,
        code=doing.key or doing.values["code"],
        name=doing.values["name"],
        body=body,
        valid_from=doing.values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )


def _keep_form(doing: Doing) -> str:
    return _keep(doing, _body(doing))


def _keep_json(doing: Doing) -> str:
    return _keep(doing, _read(doing))


def _choose(doing: Doing) -> str:
    operations.choose_definition(
        by=doing.by,
        at=doing.at,
        purpose=Purpose(doing.values["purpose"]),
        definition=doing.key,
        valid_from=doing.values["valid_from"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


def _show_choice(doing: Doing) -> str:
    source = Source(doing.source, doing.evidence)
    purpose = doing.values["purpose"]
    operations.attach_evidence(by=doing.by, at=doing.at, shows=Shows.CHOICE, code=purpose, source=source)
    return doing.key


def _end_choice(doing: Doing) -> str:
    operations.end_definition_choice(
        by=doing.by,
        at=doing.at,
        purpose=Purpose(doing.values["purpose"]),
        definition=doing.key,
        valid_until=doing.values["valid_until"],
        source=Source(doing.source, doing.evidence),
    )
    return doing.key


# --- what it would change ---------------------------------------------------------------------------------------------


def _changed_form(doing: Doing) -> tuple[Effect, ...]:
    return _changed(doing, definition_from(_body(doing)))


def _changed_json(doing: Doing) -> tuple[Effect, ...]:
    return _changed(doing, definition_from(_read(doing)))


def _changed(doing: Doing, after: Definition) -> tuple[Effect, ...]:
    """Beside what it said; a new one beside strict majority."""
    before = STRICT_MAJORITY if doing.record is None else doing.record.record.definition
    on = doing.values["valid_from"] or doing.at.date()
    return (_effect(on, redefined(queries.world(), before=before, after=after, on=on)),)


def _chosen(doing: Doing) -> tuple[Effect, ...]:
    on = doing.values["valid_from"] or doing.at.date()
    return _served(doing, definitions.found(doing.key, on=on), doing.values["valid_from"])


def _chosen_no_more(doing: Doing) -> tuple[Effect, ...]:
    taxed = Purpose(doing.values["purpose"]) is Purpose.TAX
    return _served(doing, None if taxed else STRICT_MAJORITY, doing.values["valid_until"])


def _served(doing: Doing, after: Definition | None, since: date | None) -> tuple[Effect, ...]:
    """What it means that a purpose is served so from a day on: for pairs of companies, and for the orders of late."""
    purpose, on = Purpose(doing.values["purpose"]), since or doing.at.date()
    found = redefined(queries.world(), before=definitions.deciding(purpose, on=on), after=after, on=on)
    touched = {company for change in found.changes for company in (change.one, change.other)}
    orders = rule_tried(purpose, after, since=since, companies=touched, at=doing.at)
    told = () if orders is None else (orders_again(orders, since, doing.at.date()),)
    taxed = _(
        "For tax only companies of one country count; people and what is sold across a border are taxed all the same."
    )
    return (_effect(on, found, taxed if purpose is Purpose.TAX and found.changes else ""), *told)


def _effect(on: date, found: Redefinition, also: str = "") -> Effect:
    """Which pairs of companies get another verdict on the day it begins."""
    names = queries.names(code for change in found.changes for code in (change.one, change.other))
    rows = tuple(
        (names[each.one], names[each.other], _verdict(each.before.value), _verdict(each.after.value))
        for each in found.changes[:_NAMED_MAX]
    )
    head = (_("Company"), _("Other company"), _("Before"), _("After"))
    return Effect(
        title=_("What changes between companies on %(day)s") % {"day": formats.short_day(on)},
        sentences=(_summary(found), *([also] if also else [])),
        left_out=_left_out(found),
        tone="warn" if found.changes else "info",
        table=Table(head, rows) if rows else None,
    )


def _summary(found: Redefinition) -> str:
    if not found.changes:
        return _("No two companies get another verdict.")
    facts = {"changed": formats.count(len(found.changes)), "asked": formats.count(found.asked)}
    return _("%(changed)s of %(asked)s pairs of companies get another verdict.") % facts


def _left_out(found: Redefinition) -> str:
    if found.cut:
        return _("Only the first companies were asked about; there are too many for a preview.")
    more = len(found.changes) - _NAMED_MAX
    return _("%(more)s more pairs are not shown.") % {"more": formats.count(more)} if more > 0 else ""


def _verdict(verdict: str) -> str:
    return vocabularies.label("verdict", verdict, formats.language())


# --- forms -------------------------------------------------------------------------------------------------------------


def _may(looking: Looking, _record: Any = None) -> Answer:
    return policy.may_define_inside(looking.viewer, on=looking.at.date())


def _own(_looking: Looking, record: DefinitionSheet) -> bool:
    return record.record.own


def _now(_looking: Looking, record: DefinitionSheet | None) -> Mapping[str, Any]:
    if record is None:
        return words.typed(STRICT_MAJORITY)
    return {"name": record.record.name, **words.typed(record.record.definition)}


def _now_json(_looking: Looking, record: DefinitionSheet | None) -> Mapping[str, Any]:
    if record is None:
        return {"body": _json(STRICT_MAJORITY)}
    return {"name": record.record.name, "body": _json(record.record.definition)}


def _purpose_choices(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return [(purpose.value, _purpose(purpose)) for purpose in Purpose]


def _serving_today(_looking: Looking, record: DefinitionSheet) -> Iterable[tuple[str, str]]:
    """The purposes it was chosen for and serves on the day."""
    chosen = {choice.purpose for choice in record.choices if choice.known_until is None}
    return [(purpose.value, _purpose(purpose)) for purpose in record.record.purposes if purpose in chosen]


def _takes_files(looking: Looking, record: DefinitionSheet) -> bool:
    return settings.INWARD_EVIDENCE_MB > 0 and bool(_serving_today(looking, record))


def _served_choices(_looking: Looking, record: DefinitionSheet) -> Iterable[tuple[str, str]]:
    """The purposes that it serves last."""
    return [(purpose.value, _purpose(purpose)) for purpose in definitions.served_last(record.record.code)]


def _serves(_looking: Looking, record: DefinitionSheet) -> bool:
    return bool(definitions.served_last(record.record.code))


def _choosing(name: str) -> fields.Choices:
    return lambda _looking, _record: words.choices(name)


def _kinds(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return words.work_kinds()


_FROM = Field("valid_from", fields.day(__("From"), required=False, help=__("Empty: always so far, the first time.")))
_NAME = Field("name", fields.text(__("What it is called")))
_CODE = Field(
    "code", fields.text(__("Code"), most=60, help=__("Letters, digits, hyphens. It stands on orders for good."))
)
_FORM = (
    *(Field(name, fields.choice(label, _choosing(name))) for name, (label, _words) in words.CHOICES.items()),
    *(
        Field(name, fields.share(label, required=name in {"threshold", "associate_threshold"}), fields.percent)
        for name, label in words.SHARES.items()
    ),
    *(Field(name, fields.flag(label)) for name, label in words.FLAGS.items()),
    *(Field(name, fields.several(label, _kinds), words.kinds_told) for name, label in words.KINDS.items()),
    Field("year_ends_in", fields.whole(__("Month in which the accounting year ends, 1 to 12"), least=1)),
)
_BODY = Field(
    "body", fields.area(__("The definition as JSON"), required=True, most=20_000, help=__("Shares in percent."))
)

THING = Thing(
    name="definitions",
    group=__("The organisation"),
    label=__("Inside rules"),
    lead=__("By which test companies and people are inside, and which test serves prices, books, tax and the rest."),
    icon="checks",
    search=__("Name or code"),
    dated=True,
    may=_may,
    columns=(
        Column(__("Name"), lambda row: words.called(row.code, row.name)),
        Column(__("Code"), lambda row: row.code),
        Column(__("Test"), lambda row: words.test_of(row.definition)),
        Column(__("Whose"), lambda row: _("one's own") if row.own else _("ships with Inward")),
        Column(__("Serves"), _purposes),
    ),
    rows=lambda looking, params: definitions.listed(viewer=looking.viewer, at=looking.at, on=looking.on, params=params),
    key=lambda row: row.code,
    page=_page,
    creates=(
        Act(
            name="form",
            label=__("New definition"),
            icon="plus",
            lead=__("It begins as strict majority of votes; change what should be otherwise."),
            form=(_CODE, _NAME, _FROM, *_FORM),
            initial=_now,
            do=_keep_form,
            keeps_evidence=True,
            may=_may,
            effects=_changed_form,
            done=__("The definition is kept. It serves nothing until it is chosen."),
        ),
        Act(
            name="json",
            label=__("New definition from JSON"),
            icon="list",
            form=(_CODE, _NAME, _FROM, _BODY),
            initial=_now_json,
            do=_keep_json,
            keeps_evidence=True,
            may=_may,
            effects=_changed_json,
            done=__("The definition is kept. It serves nothing until it is chosen."),
        ),
    ),
    acts=(
        Act(
            name="choose",
            label=__("Let it serve a purpose"),
            icon="check",
            lead=__("From that day on. Orders that were placed keep the verdict they have."),
            form=(Field("purpose", fields.choice(__("What for"), _purpose_choices)), _FROM),
            do=_choose,
            keeps_evidence=True,
            may=_may,
            effects=_chosen,
            done=__("The definition serves it from that day on."),
        ),
        Act(
            name="form",
            label=__("Change from a day on"),
            icon="edit",
            form=(_NAME, _FROM, *_FORM),
            initial=_now,
            do=_keep_form,
            keeps_evidence=True,
            may=_may,
            fits=_own,
            effects=_changed_form,
            done=__("The definition is kept."),
        ),
        Act(
            name="json",
            label=__("Change as JSON"),
            icon="list",
            form=(_NAME, _FROM, _BODY),
            initial=_now_json,
            do=_keep_json,
            keeps_evidence=True,
            may=_may,
            fits=_own,
            effects=_changed_json,
            done=__("The definition is kept."),
        ),
        Act(
            name="unchoose",
            label=__("Let it serve no longer"),
            icon="x",
            lead=__("Then the usual rule serves, and for tax none does: it is charged on every sale."),
            form=(
                Field("purpose", fields.choice(__("What for"), _served_choices)),
                Field("valid_until", fields.last_day(__("Last day")), fields.day_before),
            ),
            do=_end_choice,
            keeps_evidence=True,
            may=_may,
            fits=_serves,
            effects=_chosen_no_more,
            done=__("The last day is kept."),
            danger=True,
        ),
        evidence(shows=Shows.DEFINITION, may=_may, fits=_own),
        Act(
            name="choice-paper",
            label=__("Add a file to the choice"),
            icon="plus",
            lead=__(
                "A file that shows why it serves a purpose: a decision, a minute, advice. What is known stays as it is."
            ),
            form=(Field("purpose", fields.choice(__("What for"), _serving_today)),),
            do=_show_choice,
            keeps_evidence=True,
            may=_may,
            fits=_takes_files,
            done=__("The file is kept."),
        ),
    ),
    events={
        "parties.attach_evidence": __("File added"),
        "parties.keep_definition": __("Definition kept"),
        "parties.choose_definition": __("Chosen for a purpose"),
        "parties.end_definition_choice": __("Given a last day"),
    },
)
