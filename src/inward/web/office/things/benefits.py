"""Taxable benefit in the office: for whoever was granted to keep it, each reading noted; and the accounts that some laws measure by."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.terms import Money, Reason, Refusal, as_currency
from inward.kit.policy import Answer, NotThere
from inward.parties import queries as parties
from inward.trade import benefit, operations, policy
from inward.trade.benefit import AccountsView, PersonRow, Sheet
from inward.web.components import benefitwords, formats
from inward.web.office import fields, showing
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing, Version

_YEARS_BACK = 6


def _key(row: PersonRow) -> str:
    return f"{row.person}~{row.company}~{row.of.year}"


def _split(key: str) -> tuple[str, str, int]:
    person, _tilde, rest = key.partition("~")
    company, _tilde, year = rest.rpartition("~")
    if year not in benefit.YEARS:
        raise NotThere
    return person, company, int(year)


def _page(looking: Looking, key: str) -> Detail:
    person, company, year = _split(key)
    sheet = operations.read_benefit(by=looking.viewer, at=looking.at, person=person, company=company, year=year)
    return Detail(
        title=_("%(person)s: taxable benefit %(year)s")
        % {"person": parties.name_of(person), "year": benefitwords.year_name(sheet.of)},
        record=sheet,
        facts=(
            Fact(__("Who"), parties.name_of(person)),
            Fact(__("Employer"), parties.name_of(company)),
            *_sums(sheet),
            *(Fact(_line_label(line), _line_words(line)) for line in benefitwords.lines(sheet)),
            *(
                Fact(_("Order %(number)s") % {"number": each.number}, benefitwords.say(each.why, sheet.of.country))
                for each in sheet.aside
            ),
            *(Fact(benefitwords.fact_name(each.fact), showing.days(each.period)) for each in sheet.facts),
        ),
        audited=(f"benefit {parties.subject_of(person)}",),
    )


def _sums(sheet: Sheet) -> Iterable[Fact]:
    if sheet.statement is None:
        yield Fact(__("Cannot be reckoned yet"), _refused(sheet))
        return
    yield Fact(__("Worth more than was paid"), sheet.statement.benefit)
    yield Fact(__("Exempt"), sheet.statement.exempt)
    yield Fact(__("Taxable"), sheet.statement.taxable)
    for sentence in benefitwords.left(sheet):
        yield Fact(__("Limit"), sentence)


def _refused(sheet: Sheet) -> str:
    return "" if sheet.refused is None else benefitwords.say(sheet.refused.reason, sheet.of.country)


def _line_label(line: benefitwords.LineRow) -> str:
    facts = {"day": formats.short_day(line.on), "number": line.number, "name": line.name, "pieces": line.pieces}
    if line.given_by:
        return _("%(day)s, given by %(company)s: %(name)s") % {**facts, "company": line.given_by}
    if line.pieces == 1:
        return _("%(day)s, order %(number)s: %(name)s") % facts
    return _("%(day)s, order %(number)s: %(pieces)s × %(name)s") % facts


def _line_words(line: benefitwords.LineRow) -> str:
    facts = {
        "worth": formats.money(line.value),
        "paid": formats.money(line.paid),
        "taxable": formats.money(line.taxable),
        "why": line.why,
    }
    return _("worth %(worth)s, paid %(paid)s, taxable %(taxable)s. %(why)s") % facts


def _taxable(row: PersonRow) -> Any:
    if row.sheet is None or row.sheet.statement is None:
        return __("not known yet")
    return row.sheet.statement.taxable


def _saved(row: PersonRow) -> Any:
    return None if row.sheet is None or row.sheet.statement is None else row.sheet.statement.benefit


# --- acts --------------------------------------------------------------------------------------------------------------


def _note(doing: Doing) -> str:
    person, company, _year = _split(doing.key)
    operations.note_benefit_fact(
        by=doing.by,
        at=doing.at,
        person=person,
        company=company,
        fact=doing.values["fact"],
        valid_from=doing.values["valid_from"],
        valid_until=doing.values["valid_until"],
        source=doing.source,
    )
    return doing.key


def _take_back(doing: Doing) -> str:
    person, company, _year = _split(doing.key)
    fact, _tilde, since = doing.values["noted"].partition("~")
    operations.take_back_benefit_fact(
        by=doing.by,
        at=doing.at,
        person=person,
        company=company,
        fact=fact,
        valid_from=date.fromisoformat(since),
    )
    return doing.key


def _tell_gift(doing: Doing) -> str:
    values = doing.values
    operations.tell_gift(
        by=doing.by,
        at=doing.at,
        person=values["person"],
        company=values["company"],
        given_by=values["given_by"],
        on=values["given_on"],
        kind=values["kind"],
        name=values["what"],
        value=_money(values, "value"),
        cost=_money(values, "cost") if values["cost"] else None,
        source=doing.source,
    )
    return f"{values['person']}~{values['company']}~{values['given_on'].year}"


def _money(values: Mapping[str, Any], name: str) -> Money:
    try:
        return Money.of(str(values[name]), as_currency(values["currency"].upper()))
    except ValueError:
        facts = {"value": str(values[name]), "currency": values["currency"]}
        raise Refusal(Reason.of("amount_too_fine", **facts), where=name) from None


def _take_gift_back(doing: Doing) -> str:
    person, company, _year = _split(doing.key)
    reference = doing.values["gift"]
    operations.take_back_gift(by=doing.by, at=doing.at, person=person, company=company, reference=reference)
    return doing.key


def _gifts(_looking: Looking, record: Sheet | None) -> Iterable[tuple[str, str]]:
    return [
        (each.reference, f"{formats.short_day(each.on)}: {each.name}, {formats.money(each.value)}")
        for each in (() if record is None else record.gifts)
    ]


def _kinds(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    """The kinds of benefit that the laws of the employers name, whose taxable benefit she keeps."""
    on = looking.at.date()
    kept = benefit.kept_companies(looking.viewer, on=on)
    found = dict.fromkeys(kind for code in kept for kind in benefit.kinds_asked(code, on=on))
    return [(kind, benefitwords.kind_name(kind)) for kind in sorted(found, key=lambda kind: kind != "gift")]


def _givers(_looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    world = parties.world()
    found = ((code, world.names.get(code, code)) for code in world.company)
    return sorted(found, key=lambda pair: pair[1].casefold())


def _asked(looking: Looking, record: Sheet | None) -> Iterable[tuple[str, str]]:
    """What the law of her employer's country asks of people; what any law here asks where it is not known which."""
    companies = benefit.kept_companies(looking.viewer, on=looking.at.date()) if record is None else record.employers
    found = dict.fromkeys(fact for code in companies for fact in benefit.facts_asked(code, on=looking.at.date()))
    return [(fact, benefitwords.fact_name(fact)) for fact in found]


def _noted(_looking: Looking, record: Sheet | None) -> Iterable[tuple[str, str]]:
    return [
        (
            f"{each.fact}~{each.period.start}",
            f"{benefitwords.fact_name(each.fact)}, {showing.text(showing.days(each.period))}",
        )
        for each in (() if record is None else record.facts)
    ]


def _may(looking: Looking, _record: Any = None) -> Answer:
    return policy.may_keep_some_benefit(looking.viewer, on=looking.at.date())


def _companies(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    return [(code, parties.name_of(code)) for code in benefit.kept_companies(looking.viewer, on=looking.at.date())]


def _years(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    now = looking.at.date().year
    return [(str(year), str(year)) for year in range(now, now - _YEARS_BACK, -1)]


THING = Thing(
    name="benefits",
    group=__("What is offered"),
    label=__("Taxable benefit"),
    lead=__(
        "What tax law counts as pay of what people bought below the price for customers, reckoned from their orders. Reading is noted. Of a company with very many buyers the first 2,000 are listed; search for others by name."
    ),
    icon="receipt",
    search=__("Name or code"),
    filters=(Filter("company", __("Employer"), _companies), Filter("year", __("Tax year"), _years)),
    columns=(
        Column(__("Who"), lambda row: parties.name_of(row.person), sort="name"),
        Column(__("Employer"), lambda row: parties.name_of(row.company)),
        Column(__("Tax year"), lambda row: benefitwords.year_name(row.of)),
        Column(__("Worth more than was paid"), _saved, end=True),
        Column(__("Taxable"), _taxable, end=True),
    ),
    rows=lambda looking, params: operations.read_benefits(by=looking.viewer, at=looking.at, params=params),
    key=_key,
    page=_page,
    may=_may,
    creates=(
        Act(
            name="tell-gift",
            label=__("Tell what was given"),
            icon="plus",
            lead=__(
                "A gift or another benefit that no order knows of, from whichever company of the group. It counts with what was bought: where a limit is passed, what was exempt before becomes taxable, and the next pay run tells the difference."
            ),
            form=(
                Field("company", fields.choice(__("Employer"), _companies), fields.name),
                Field("person", fields.person_by_whole_name(__("Who")), fields.name),
                Field("given_by", fields.choice(__("Given by"), _givers), fields.name),
                Field("given_on", fields.day(__("Day"))),
                Field("kind", fields.choice(__("Kind"), _kinds), benefitwords.kind_name),
                Field("what", fields.text(__("What"))),
                Field("value", fields.number(__("Worth"), help=__("What it costs customers, with tax."))),
                Field("cost", fields.number(__("What it cost the giver"), required=False)),
                Field("currency", fields.currency(__("Currency"))),
            ),
            initial=lambda looking, _record: {"given_on": looking.at.date()},
            do=_tell_gift,
            may=_may,
            done=__("It is kept, and counted with what was bought."),
        ),
    ),
    acts=(
        Act(
            name="gift-back",
            label=__("It was not given"),
            icon="trash",
            lead=__("It is counted no more; what pay was told of it comes back with the next run."),
            form=(Field("gift", fields.choice(__("What was told"), _gifts)),),
            fits=lambda _looking, record: bool(record.gifts),
            do=_take_gift_back,
            may=_may,
            done=__("It is taken back."),
            keeps_source=False,
            danger=True,
        ),
        Act(
            name="note",
            label=__("Note what the law asks"),
            icon="plus",
            lead=__("Only what moves a limit is kept; it is read by the person and by payroll officers."),
            form=(
                Field("fact", fields.choice(__("What is so"), _asked), benefitwords.fact_name),
                Field("valid_from", fields.day(__("First day"))),
                Field(
                    "valid_until",
                    fields.last_day(__("Last day"), required=False, help=__("Empty: until it is ended.")),
                    fields.day_before,
                ),
            ),
            initial=lambda _looking, record: {"valid_from": record.days.start},
            do=_note,
            may=_may,
            done=__("It is noted; the statement is reckoned with it."),
        ),
        Act(
            name="take-back",
            label=__("It was never so"),
            icon="trash",
            lead=__("What was noted is believed no more, on any day."),
            form=(Field("noted", fields.choice(__("What was noted"), _noted)),),
            do=_take_back,
            may=_may,
            done=__("It is taken back."),
            keeps_source=False,
            danger=True,
        ),
    ),
    events={
        "trade.note_benefit_fact": __("What the law asks was noted"),
        "trade.take_back_benefit_fact": __("What the law asks was taken back"),
        "trade.tell_gift": __("What was given was told"),
        "trade.take_back_gift": __("What was given was taken back"),
        "trade.read_benefit": __("Read"),
    },
)


# --- accounts ----------------------------------------------------------------------------------------------------------


def _accounts_page(looking: Looking, key: str) -> Detail:
    found = benefit.accounts_versions(viewer=looking.viewer, at=looking.at, key=key)
    now = found[0].view
    return Detail(
        title=_("%(company)s, %(year)s") % {"company": parties.name_of(now.company), "year": now.year},
        record=now,
        facts=(
            Fact(__("Company"), parties.name_of(now.company)),
            Fact(__("Tax year"), str(now.year)),
            Fact(__("Sales"), now.sales),
            Fact(__("What was sold cost"), now.cost),
            Fact(__("Gross profit"), _percent(now)),
        ),
        versions=tuple(
            Version(
                each.period,
                f"{formats.money(each.view.sales)} – {formats.money(each.view.cost)}",
                each.known_from,
                each.known_until,
                each.view.source,
            )
            for each in found
        ),
        audited=(f"accounts {now.key}",),
    )


def _percent(view: AccountsView) -> str:
    return formats.percent(view.gross_profit)


def _say(doing: Doing) -> str:
    values = doing.values
    company = doing.record.company if doing.record is not None else values["company"]
    year = doing.record.year if doing.record is not None else values["year"]
    operations.say_accounts(
        by=doing.by,
        at=doing.at,
        company=company,
        year=year,
        sales=fields.money_of(values, "sales", _no_amount),
        cost=fields.money_of(values, "cost", _no_amount),
        source=doing.source,
    )
    return f"{company}:{year}"


def _no_amount(typed: str) -> Reason:
    return Reason.of("benefit_money_not_usable", amount=typed)


def _may_say(looking: Looking, record: AccountsView | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_say_some_accounts(looking.viewer, on=on)
    return policy.may_say_accounts(looking.viewer, company=record.company, on=on)


def _own_companies(looking: Looking, _record: Any = None) -> Iterable[tuple[str, str]]:
    over = policy.limits_set_by(looking.viewer, on=looking.at.date())
    known = parties.world().company
    return sorted(
        ((code, parties.name_of(code)) for code in known if over is None or code in over), key=lambda pair: pair[1]
    )


_FIGURES = (
    Field("sales", fields.number(__("Sales"))),
    Field("cost", fields.number(__("What was sold cost"))),
    Field("currency", fields.currency(__("Currency"))),
)

ACCOUNTS = Thing(
    name="benefit-accounts",
    group=__("The books"),
    label=__("Accounts for taxable benefit"),
    lead=__(
        "Some laws exempt a discount up to the gross profit of the year before. Say what a company sold in a tax year, and what that cost."
    ),
    icon="calculator",
    columns=(
        Column(__("Company"), lambda row: parties.name_of(row.company), sort="company"),
        Column(__("Tax year"), lambda row: str(row.year)),
        Column(__("Sales"), lambda row: row.sales, end=True),
        Column(__("What was sold cost"), lambda row: row.cost, end=True),
        Column(__("Gross profit"), _percent, end=True),
    ),
    rows=lambda looking, params: benefit.accounts(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_accounts_page,
    may=lambda looking: policy.may_say_some_accounts(looking.viewer, on=looking.at.date()),
    creates=(
        Act(
            name="say",
            label=__("Say the accounts of a year"),
            icon="plus",
            form=(
                Field("company", fields.choice(__("Company"), _own_companies), fields.name),
                Field("year", fields.whole(__("Tax year"), least=1970, most=2200)),
                *_FIGURES,
            ),
            initial=lambda looking, _record: {"year": looking.on.year - 1},
            do=_say,
            may=_may_say,
            done=__("The accounts are kept."),
        ),
    ),
    acts=(
        Act(
            name="correct",
            label=__("Correct"),
            icon="edit",
            lead=__("Statements are reckoned by the new figures from now on."),
            form=_FIGURES,
            initial=lambda _looking, record: {
                "sales": record.sales.amount,
                "cost": record.cost.amount,
                "currency": record.sales.currency,
            },
            do=_say,
            may=_may_say,
            done=__("The correction is kept."),
        ),
    ),
    events={"trade.say_accounts": __("Said")},
)
