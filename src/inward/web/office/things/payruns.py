"""Payroll in the office: runs made for a month, their lines as a file, lines that payroll could not take, codes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.core.terms import Reason
from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.trade import operations, payroll, policy
from inward.trade.payroll import LineView, RunView
from inward.trade.vocabulary import PayKind
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Filter, Looking, Thing


def _kind(kind: PayKind) -> str:
    return vocabularies.label("pay_kind", kind.value, formats.language())


def _kinds(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(kind.value, _kind(kind)) for kind in PayKind]


def _may(looking: Looking, _record: Any = None) -> Answer:
    return policy.may_keep_some_benefit(looking.viewer, on=looking.at.date())


def _companies(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(code, parties.name_of(code)) for code in payroll.companies(looking.viewer, on=looking.at.date())]


def _name(run: RunView | LineView) -> str:
    number = run.number if isinstance(run, RunView) else run.run
    return _("%(company)s, run %(number)s") % {"company": parties.name_of(run.company), "number": number}


# --- runs --------------------------------------------------------------------------------------------------------------


def _run_page(looking: Looking, key: str) -> Detail:
    run = payroll.run(viewer=looking.viewer, at=looking.at, key=key)
    return Detail(
        title=_name(run),
        record=run,
        facts=(
            Fact(__("Company"), parties.name_of(run.company)),
            Fact(__("Pay month"), formats.month(run.month)),
            Fact(__("Orders through"), run.cut_off),
            Fact(__("Lines"), str(run.lines)),
            Fact(__("Rejected by payroll"), str(run.rejected)),
            *(
                Fact(
                    __("Cannot be reckoned yet"),
                    _("%(person)s, %(year)s") % {"person": parties.name_of(person), "year": year.partition("-")[2]},
                )
                for person, year, _why in run.unreckoned
            ),
        ),
        links=(Link(f"{reverse('office_list', args=['pay-lines'])}?run={key}", _("Lines of this run"), "list"),),
        audited=(f"pay run {key}",),
    )


def _make(doing: Doing) -> str:
    values = doing.values
    return operations.make_pay_run(
        by=doing.by, at=doing.at, company=values["company"], month=values["month"], cut_off=values["cut_off"]
    )


def _effects(doing: Doing) -> Sequence[Effect]:
    """What the run will hold: how many lines, the sums, and who cannot be reckoned."""
    found = payroll.proposed(doing.values["company"], cut_off=doing.values["cut_off"], on=doing.at.date())
    count = ngettext("%(count)s line", "%(count)s lines", len(found.lines)) % {"count": formats.count(len(found.lines))}
    sums = sorted(found.sums().items(), key=lambda pair: (pair[0][0].value, pair[0][1]))
    lines = [f"{_kind(kind)}: {formats.money(amount)}" for (kind, _currency), amount in sums]
    told = [Effect(_("What payroll is told"), (count, *lines))]
    if found.unreckoned:
        who = [_unreckoned(person, why) for person, _of, why in found.unreckoned]
        told.append(Effect(_("Not in it, because it cannot be reckoned yet"), tuple(who)))
    return told


def _unreckoned(person: str, why: Reason) -> str:
    return f"{parties.name_of(person)}: {words(why)}"


def _now(looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"month": looking.on.replace(day=1), "cut_off": looking.on}


def _code(doing: Doing) -> str:
    values = doing.values
    operations.set_pay_code(
        by=doing.by, at=doing.at, company=values["company"], kind=PayKind(values["kind"]), code=values["code"]
    )
    return ""


RUNS = Thing(
    name="pay-runs",
    group=__("The books"),
    label=__("Payroll runs"),
    lead=__(
        "What payroll is told each month: deductions for orders and taxable benefit, each only once. What changes later is in the next run."
    ),
    icon="cash",
    filters=(Filter("company", __("Company"), _companies),),
    columns=(
        Column(__("Run"), _name, sort="number"),
        Column(__("Pay month"), lambda row: formats.month(row.month)),
        Column(__("Orders through"), lambda row: row.cut_off),
        Column(__("Lines"), lambda row: str(row.lines), end=True),
        Column(__("Rejected by payroll"), lambda row: str(row.rejected), end=True),
    ),
    rows=lambda looking, params: payroll.runs(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_run_page,
    may=_may,
    creates=(
        Act(
            name="make",
            label=__("New payroll run"),
            icon="plus",
            lead=__("A run is never changed. Its lines are the file for payroll."),
            form=(
                Field("company", fields.choice(__("Company"), _companies), fields.name),
                Field("month", fields.day(__("Pay month"), help=__("Any day of the month."))),
                Field("cut_off", fields.day(__("Orders through"), help=__("Later orders are in the next run."))),
            ),
            initial=_now,
            do=_make,
            effects=_effects,
            may=_may,
            done=__("The run is made. Take its lines to payroll as a file."),
            keeps_source=False,
        ),
        Act(
            name="code",
            label=__("Codes of payroll"),
            icon="edit",
            lead=__("What payroll calls these lines. Runs made before keep theirs."),
            form=(
                Field("company", fields.choice(__("Company"), _companies), fields.name),
                Field("kind", fields.choice(__("Kind of line"), _kinds), lambda value: _kind(PayKind(value))),
                Field("code", fields.text(__("Code"), most=40)),
            ),
            do=_code,
            may=_may,
            done=__("The code is kept."),
            keeps_source=False,
        ),
    ),
    events={"trade.make_pay_run": __("Made"), "trade.reject_pay_line": __("A line was rejected")},
)


# --- lines -------------------------------------------------------------------------------------------------------------


def _line_page(looking: Looking, key: str) -> Detail:
    line = payroll.line(viewer=looking.viewer, at=looking.at, id_=payroll.line_id(key))
    return Detail(
        title=_("%(person)s: %(amount)s") % {"person": line.who.name, "amount": formats.money(line.amount)},
        record=line,
        facts=(
            Fact(__("Run"), _name(line), reverse("office_page", args=["pay-runs", f"{line.company}~{line.run}"])),
            Fact(__("Who"), line.who.name),
            Fact(__("Kind of line"), _kind(line.kind)),
            Fact(__("Code"), line.code),
            Fact(__("For"), _for(line)),
            Fact(__("Amount"), line.amount),
            Fact(__("Rejected by payroll"), _rejected(line)),
        ),
        audited=(f"pay run {line.company}~{line.run}",),
    )


def _for(line: LineView) -> str:
    if line.number is None:
        return line.tax_year.partition("-")[2]
    return _("Order %(number)s") % {"number": line.number}


def _rejected(line: LineView) -> str:
    return line.rejected_why if line.rejected_at is not None else ""


def _reject(doing: Doing) -> str:
    operations.reject_pay_line(by=doing.by, at=doing.at, line=doing.record.id, why=doing.values["why"])
    return doing.key


def _may_reject(looking: Looking, line: LineView) -> Answer:
    return policy.may_reject_pay_line(
        looking.viewer,
        company=line.company,
        person=line.person,
        rejected=line.rejected_at is not None,
        on=looking.at.date(),
    )


def _runs(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    found = payroll.runs(viewer=looking.viewer, at=looking.at, params={})
    return [(run.key, _name(run)) for run in found.rows]


LINES = Thing(
    name="pay-lines",
    group=__("The books"),
    label=__("Payroll lines"),
    lead=__(
        "The lines of payroll runs, as a file for payroll. What payroll could not take is rejected here, and told again by the next run."
    ),
    icon="file-export",
    search=__("Order number or person’s code"),
    filters=(Filter("run", __("Run"), _runs), Filter("kind", __("Kind of line"), _kinds)),
    columns=(
        Column(__("For"), _for, sort="line"),
        Column(__("Person’s code"), lambda row: row.who.code),
        Column(__("Who"), lambda row: row.who.name),
        Column(__("Code"), lambda row: row.code),
        Column(__("Amount"), lambda row: row.amount, sort="amount", end=True),
        Column(__("Pay month"), lambda row: formats.month(row.month)),
        Column(__("Run"), lambda row: f"{row.company} {row.run}"),
        Column(__("Rejected by payroll"), _rejected),
    ),
    rows=lambda looking, params: payroll.lines(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: str(row.id),
    page=_line_page,
    may=_may,
    acts=(
        Act(
            name="reject",
            label=__("Payroll could not take it"),
            icon="x",
            lead=__("It counts as not told; the next run has it again."),
            form=(Field("why", fields.text(__("Why"), most=200, help=__("Such as unpaid leave, or too little pay."))),),
            do=_reject,
            may=_may_reject,
            done=__("The line is rejected; the next run has it again."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={"trade.make_pay_run": __("Made"), "trade.reject_pay_line": __("A line was rejected")},
)
