"""Payroll in the office: runs made for a month, their lines as a file, lines that payroll could not take, codes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.core.bookkeeping import OnLeaving, PayRule
from inward.core.terms import Money, Reason, Refusal, as_currency
from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.trade import instalments, operations, payroll, policy
from inward.trade.instalments import RuleView
from inward.trade.payroll import Due, LineView, RunView
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
    found = payroll.proposed(
        doing.values["company"], cut_off=doing.values["cut_off"], on=doing.at.date(), month=doing.values["month"]
    )
    count = ngettext("%(count)s line", "%(count)s lines", len(found.lines)) % {"count": formats.count(len(found.lines))}
    sums = sorted(found.sums().items(), key=lambda pair: (pair[0][0].value, pair[0][1]))
    lines = [f"{_kind(kind)}: {formats.money(amount)}" for (kind, _currency), amount in sums]
    told = [Effect(_("What payroll is told"), (count, *lines))]
    late = [line for line in found.lines if line.put_off]
    if late:
        told.append(
            Effect(_("Put off, because a limit by net pay does not let it through"), tuple(map(_put_off, late)))
        )
    if found.unreckoned:
        who = [_unreckoned(person, why) for person, _of, why in found.unreckoned]
        told.append(Effect(_("Not in it, because it cannot be reckoned yet"), tuple(who)))
    return told


def _put_off(line: Due) -> str:
    return f"{parties.told(line.person, parties.name_of(line.person)).name}: {formats.money(line.amount)}"


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
    if line.put_off:
        return _("Put off: more than the share of net pay that the scheme lets through")
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


# --- how a company deducts ----------------------------------------------------------------------------------------------


def _leaving(leaving: OnLeaving) -> str:
    return vocabularies.label("on_leaving", leaving.value, formats.language())


def _leavings(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(each.value, _leaving(each)) for each in OnLeaving]


def _rule_page(looking: Looking, key: str) -> Detail:
    found = instalments.rule_view(viewer=looking.viewer, at=looking.at, company=key)
    rule = found.rule
    return Detail(
        title=_("%(company)s: deduction in parts") % {"company": found.company.name},
        record=found,
        facts=(
            Fact(__("Company"), found.company.name),
            Fact(__("Parts at most"), rule.parts_max),
            Fact(__("Smallest part"), rule.part_min),
            Fact(__("Last day for the pay of the month"), rule.last_day),
            Fact(__("On leaving"), _leaving(rule.leaving)),
        ),
        audited=(f"pay parts {key}",),
    )


def _set_parts(doing: Doing) -> str:
    values = doing.values
    company = doing.record.code if doing.record is not None else values["company"]
    rule = PayRule(
        values["parts_max"],
        _least(values["part_min"], values["currency"].upper()),
        values["last_day"],
        OnLeaving(values["leaving"]),
    )
    operations.set_pay_parts(by=doing.by, at=doing.at, company=company, rule=rule)
    return str(company)


def _least(amount: str, currency: str) -> Money | None:
    """The smallest part as it was typed; None for none. Refusal for no currency, and for less than its smallest unit."""
    if not amount:
        return None
    try:
        code = as_currency(currency)
    except ValueError:
        raise Refusal(Reason.of("not_a_currency", value=currency or "–"), where="currency") from None
    try:
        return Money.of(amount, code)
    except ValueError:
        raise Refusal(Reason.of("amount_too_fine", value=amount, currency=currency), where="part_min") from None


def _parts_now(_looking: Looking, record: RuleView | None) -> Mapping[str, Any]:
    rule = PayRule() if record is None else record.rule
    least = rule.part_min
    return {
        "parts_max": rule.parts_max,
        "part_min": "" if least is None else least.amount,
        "currency": "" if least is None else least.currency,
        "last_day": rule.last_day,
        "leaving": rule.leaving.value,
    }


_PARTS = (
    Field(
        "parts_max",
        fields.whole(__("Parts at most"), least=1, most=operations.PARTS_MAX, help=__("1: always all at once.")),
    ),
    Field("part_min", fields.number(__("Smallest part"), required=False, help=__("Empty: as small as it comes."))),
    Field("currency", fields.currency(__("Currency"), required=False)),
    Field(
        "last_day",
        fields.whole(
            __("Last day for the pay of the month"),
            least=1,
            most=31,
            help=__("Orders in parts after this day begin with the next pay."),
        ),
    ),
    Field("leaving", fields.choice(__("On leaving"), _leavings), lambda value: _leaving(OnLeaving(value))),
)

PARTS = Thing(
    name="pay-parts",
    group=__("The books"),
    label=__("Deduction in parts"),
    lead=__("Over how many pays an order may be deducted, and what becomes of open parts when somebody leaves."),
    icon="calendar",
    search=__("Name or code"),
    columns=(
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Parts at most"), lambda row: row.rule.parts_max, end=True),
        Column(__("Smallest part"), lambda row: row.rule.part_min, end=True),
        Column(__("On leaving"), lambda row: _leaving(row.rule.leaving)),
    ),
    rows=lambda looking, params: instalments.rule_views(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.code,
    page=_rule_page,
    may=_may,
    creates=(
        Act(
            name="set",
            label=__("Say how a company deducts"),
            icon="plus",
            lead=__("Orders that were placed before keep what they were promised."),
            form=(Field("company", fields.choice(__("Company"), _companies), fields.name), *_PARTS),
            initial=_parts_now,
            do=_set_parts,
            may=_may,
            done=__("It is kept; orders from now on may be deducted so."),
            keeps_source=False,
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            lead=__("Orders that were placed before keep what they were promised."),
            form=_PARTS,
            initial=_parts_now,
            do=_set_parts,
            may=_may,
            done=__("It is kept; orders from now on may be deducted so."),
            keeps_source=False,
        ),
    ),
    events={"trade.set_pay_parts": __("Said")},
)
