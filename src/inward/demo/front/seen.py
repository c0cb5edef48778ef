"""What a tour ends with: figures out of the working system, as they are after what the visitor has done in it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from inward.access import queries as who
from inward.core.pricing import Wanted
from inward.core.terms import Money
from inward.kit.actor import Actor
from inward.ledger import queries as ledger
from inward.trade import queries as trade
from inward.web.components import formats
from inward.web.components.naming import full_name
from inward.web.home import words


def seen(tour: str, *, at: datetime) -> tuple[str, ...]:
    """The sentences at the end of that tour."""
    return tuple(_ENDINGS[tour](at))


def _machine(at: datetime) -> list[str]:
    """The newest order of the shop assistant, and what is left to her."""
    maya = _as("maya-lund", at)
    said = []
    for row in trade.orders(viewer=maya, at=at, which="own").rows[:1]:
        facts = {"number": row.number, "total": formats.money(row.total), "saving": formats.money(row.saving)}
        said.append(_("Order %(number)s for %(total)s: %(saving)s less than others pay.") % facts)
    for left in trade.allowances(viewer=maya, at=at):
        if left.money_left is not None:
            facts = {"left": formats.money(left.money_left), "all": formats.money(left.money_left + left.used_money)}
            said.append(_("%(left)s of %(all)s are left to her at staff price this year.") % facts)
    return said


def _sisters(at: datetime) -> list[str]:
    """The verdict on the next order, and the one that the last order from XYZ keeps."""
    ines = _as("ines-contarini", at, acting_for="abc-purchasing")
    asked = trade.quote_for(viewer=ines, at=at, lines=[Wanted("widget-a", 1)])
    now = words.verdict(asked.quote.standing, customer="abc-purchasing", supplier="xyz", on=at.date())
    said = [_("The next order. %(verdict)s") % {"verdict": now.sentence}]
    kept = [row for row in trade.orders(viewer=ines, at=at, which="own").rows if row.supplier.code == "xyz"]
    for row in kept[-1:]:
        view = trade.order(viewer=ines, at=at, reference=row.reference)
        was = words.verdict(view.standing, customer="abc-purchasing", supplier="xyz", on=row.placed_at.date())
        facts = {"number": row.number, "day": formats.day(row.placed_at.date()), "verdict": was.sentence}
        said.append(_("Order %(number)s of %(day)s keeps its own. %(verdict)s") % facts)
    return said


def _books(at: datetime) -> list[str]:
    """Both companies' books add up."""
    luca = _as("luca-bilancini", at)
    return [_balanced(luca, company, at) for company in ("xyz", "abc")]


def _balanced(controller: Actor, company: str, at: datetime) -> str:
    rows = ledger.trial_balance(viewer=controller, at=at, company=company)
    debit, credit = (sum((row_sum(row) for row in rows), Money(0, rows[0].debit.currency)) for row_sum in _SIDES)
    facts = {"name": full_name(company, on=at.date()), "debit": formats.money(debit), "credit": formats.money(credit)}
    return _("%(name)s: debit %(debit)s, credit %(credit)s.") % facts


_SIDES: Final[tuple[Callable[[ledger.BalanceRow], Money], ...]] = (lambda row: row.debit, lambda row: row.credit)
_ENDINGS: Final = {"machine": _machine, "sisters": _sisters, "books": _books}


def _as(person: str, at: datetime, *, acting_for: str | None = None) -> Actor:
    """The actor that this person is."""
    user = who.user_named(person)
    if user is None:
        raise LookupError(person)
    return who.actor_for(user, acting_for=acting_for, via="web", at=at)
