"""How orders are approved, in the office of controllers: how many must agree, in which stages, when they are reminded."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.core.terms import Money, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.parties import queries as parties
from inward.trade import approvals, operations
from inward.trade import policy as trade_policy
from inward.trade.approvals import Procedure, ProcedureRecord, Stage
from inward.web.components import formats
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Looking, Thing
from inward.web.office.things import approvalplaces

_WORDS = 3


def _agree(count: int) -> str:
    return ngettext("%(count)s budget holder", "%(count)s budget holders", count) % {"count": formats.count(count)}


def _reminded(procedure: Procedure) -> str:
    days = procedure.remind_after
    if days is None:
        return _("never")
    return ngettext("after %(count)s working day", "after %(count)s working days", days) % {
        "count": formats.count(days)
    }


def _stage(stage: Stage) -> str:
    facts = {"who": _agree(stage.needed), "place": parties.name_of(stage.place), "amount": formats.money(stage.above)}
    return _("above %(amount)s: %(who)s of %(place)s") % facts


def _page(looking: Looking, key: str) -> Detail:
    record = approvals.procedure(viewer=looking.viewer, at=looking.at, party=key)
    procedure = record.procedure
    return Detail(
        title=record.party.name,
        record=record,
        facts=(
            Fact(__("Company, department or team"), record.party.name),
            Fact(__("Must agree"), _agree(procedure.needed)),
            *(Fact(__("Then"), _stage(stage)) for stage in procedure.stages),
            Fact(__("Reminded"), _reminded(procedure)),
        ),
        audited=(f"approvals {record.party.code}",),
    )


def _stages(typed: str, currency: str) -> list[Stage]:
    """A stage a line: amount, code, how many. Refusal for a line that says something else."""
    found = []
    for line in filter(None, (each.strip() for each in typed.splitlines())):
        said = line.split()
        try:
            amount = Money.of(said[0], as_currency(currency.upper()))
            found.append(Stage(said[1], amount, int(said[2])))
        except (IndexError, ValueError):
            raise Refusal(Reason.of("stage_not_readable", line=line[:80]), where="stages") from None
        if len(said) != _WORDS or parties.kind_of(said[1]) is None:
            raise Refusal(Reason.of("stage_not_readable", line=line[:80]), where="stages")
    return found


def _set(doing: Doing) -> str:
    values = doing.values
    party = str(doing.key or values["party"])
    operations.set_procedure(
        by=doing.by,
        at=doing.at,
        party=party,
        needed=values["needed"],
        stages=_stages(values["stages"], values["currency"]),
        remind_after=values["remind_after"],
        source=doing.source,
    )
    return party


def _lift(doing: Doing) -> str:
    operations.set_procedure(by=doing.by, at=doing.at, party=doing.key, lifted=True, source=doing.source)
    return ""


_FIELDS = (
    Field("needed", fields.whole(__("How many must agree"), least=1, most=operations.NEEDED_MOST)),
    Field(
        "stages",
        fields.area(
            __("Further stages"),
            help=__(
                "One on each line: above which amount, the code of the department whose budget holders are asked then,"
                " how many of them must agree. For example: 20000 abc 1"
            ),
        ),
    ),
    Field("currency", fields.currency(__("Currency of the amounts"))),
    Field(
        "remind_after",
        fields.whole(__("Reminded after how many working days"), required=False, least=1, most=operations.DAYS_MOST),
    ),
)


def _initial(_looking: Looking, record: ProcedureRecord) -> Mapping[str, Any]:
    held = record.procedure
    return {
        "needed": held.needed,
        "stages": "\n".join(f"{each.above.amount} {each.place} {each.needed}" for each in held.stages),
        "currency": held.stages[0].above.currency if held.stages else "",
        "remind_after": held.remind_after,
    }


THING = Thing(
    name="approval-procedures",
    group=__("The books"),
    label=__("How orders are approved"),
    lead=__("How many budget holders must agree, who else above which amount, and when they are reminded."),
    icon="checks",
    search=__("Name or code"),
    may=lambda looking: trade_policy.may_set_some_limit(looking.viewer, on=looking.at.date()),
    columns=(
        Column(__("Company, department or team"), lambda row: row.party.name, sort="party"),
        Column(__("Code"), lambda row: row.party.code),
        Column(__("Must agree"), lambda row: _agree(row.procedure.needed)),
        Column(__("Further stages"), lambda row: len(row.procedure.stages), end=True),
        Column(__("Reminded"), lambda row: _reminded(row.procedure)),
    ),
    rows=lambda looking, params: approvals.procedures(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.party.code,
    page=_page,
    creates=(
        Act(
            name="set",
            label=__("New way to approve"),
            icon="plus",
            form=(Field("party", approvalplaces.choice, fields.name), *_FIELDS),
            do=_set,
            may=approvalplaces.may_arrange,
            done=__("It is kept."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            lead=__("For orders placed from now on; those that wait go on as they were asked."),
            form=_FIELDS,
            initial=_initial,
            do=_set,
            may=approvalplaces.may_arrange,
            done=__("It is kept."),
        ),
        Act(
            name="lift",
            label=__("Lift"),
            icon="trash",
            lead=__("What holds above it holds then; without any, one budget holder agrees and nobody is reminded."),
            do=_lift,
            may=approvalplaces.may_arrange,
            done=__("It is lifted."),
            danger=True,
        ),
    ),
    events={"trade.set_procedure": __("Set")},
)
