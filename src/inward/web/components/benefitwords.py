"""Taxable benefit in words: reasons with the title of the law in them, and the lines of a statement ready to be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from inward.core.benefit import Room
from inward.core.terms import Money, Reason
from inward.kit import vocabularies
from inward.kit.sheets import Cell
from inward.ledger import queries as ledger
from inward.trade.benefit import Coming, Sheet, TaxYear
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.naming import full_name


@dataclass(frozen=True, slots=True)
class LineRow:
    """One purchase of a statement, or a gift: then it has no order (number 0), and ``given_by`` names the company."""

    number: int
    reference: str
    on: date
    name: str
    pieces: int
    value: Money
    paid: Money
    exempt: Money
    taxable: Money
    why: str
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A rule that decided: its title, where it stands, and how sure whoever entered it was."""

    title: str
    paragraph: str
    url: str
    authority: str
    sure: bool


def say(reason: Reason, country: str) -> str:
    """A reason as a sentence; a rule is called by the law and paragraph that its title begins with."""
    rule = reason.facts.get("rule")
    law = ledger.benefit_law(country)
    if isinstance(rule, str) and law is not None:
        titles = {each.id: each.source.title.partition(",")[0] for each in law.rules}
        reason = Reason.of(reason.code, **{**reason.facts, "rule": titles.get(rule, rule)})
    return words(reason)


def coming(found: Coming) -> tuple[str, bool]:
    """What an order would add, as a sentence, and whether it is a warning; empty where there is nothing to say."""
    if found.refused is not None:
        return _("Whether this becomes taxable cannot be said: %(why)s") % {
            "why": say(found.refused, found.country)
        }, True
    assert found.foreseen is not None  # one or the other
    said = [say(reason, found.country) for reason in found.foreseen.warnings]
    if said:
        return " ".join(said), True
    before, after = found.foreseen.before.benefit, found.foreseen.after.benefit
    return (_("None of what you save becomes taxable, as things stand.") if after != before else ""), False


def lines(sheet: Sheet) -> tuple[LineRow, ...]:
    """The purchases of a statement, in order of time; none where it could not be reckoned."""
    if sheet.statement is None:
        return ()
    return tuple(
        LineRow(
            number=sheet.bought[line.purchase].number,
            reference=sheet.bought[line.purchase].reference,
            on=line.on,
            name=sheet.bought[line.purchase].name,
            pieces=sheet.bought[line.purchase].pieces,
            value=line.value,
            paid=line.paid,
            exempt=line.exempt,
            taxable=line.taxable,
            why=say(line.why[-1], sheet.of.country),
            given_by=_giver(sheet.bought[line.purchase].given_by, line.on),
        )
        for line in sheet.statement.lines
    )


def _giver(company: str, on: date) -> str:
    return full_name(company, on=on) if company else ""


def left(sheet: Sheet) -> tuple[str, ...]:
    """What is left of the limits, or by how much one was passed."""
    if sheet.statement is None:
        return ()
    return tuple(_room(room) for room in sheet.statement.rooms)


def sources(sheet: Sheet) -> tuple[SourceRow, ...]:
    """The rules that decided, each once."""
    if sheet.statement is None:
        return ()
    found = dict.fromkeys(total.rule.source for total in sheet.statement.by_rule)
    return tuple(
        SourceRow(each.title, each.paragraph, each.url, each.authority, each.confidence == "high") for each in found
    )


def year_name(of: TaxYear) -> str:
    """A tax year as people call it: 2026, or 2026/27 where it does not begin with the calendar's."""
    law = ledger.benefit_law(of.country)
    if law is None or law.year_starts == (1, 1):
        return str(of.year)
    return f"{of.year}/{(of.year + 1) % 100:02}"


def fact_name(fact: str) -> str:
    """What the law asks, in words."""
    return vocabularies.label("benefit_fact", fact, formats.language())


def kind_name(kind: str) -> str:
    """A kind of benefit, in words."""
    return vocabularies.label("benefit_kind", kind, formats.language())


def _room(room: Room) -> str:
    facts = {"left": formats.money(room.left), "amount": formats.money(room.amount), "used": formats.money(room.used)}
    if room.passed:
        return _("Over the limit of %(amount)s: %(used)s in all.") % facts
    return _("%(left)s of %(amount)s may still be exempt.") % facts


def cells(sheet: Sheet) -> Iterator[tuple[Cell, ...]]:
    """The rows of the file of a statement."""
    for line in lines(sheet):
        yield (
            line.on,
            line.number or "",
            line.name,
            line.pieces,
            line.value,
            line.paid,
            line.exempt,
            line.taxable,
            line.taxable.currency,
            line.why,
        )
