"""A budget as pages show it: in words and as a bar."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from inward.trade.budgets import BudgetView
from inward.web.components import formats


@dataclass(frozen=True, slots=True)
class BudgetBar:
    """A budget in words and as a bar. Whole numbers in smallest units."""

    view: BudgetView
    name: str
    days: str
    left: str
    words: str
    over: bool

    @property
    def used(self) -> int:
        """What orders take of it."""
        return max(self.view.used.minor, 0)

    @property
    def most(self) -> int:
        """How much it is; 1 for a budget of nothing, so that a bar has a length."""
        return max(self.view.allotted.amount.minor, 1)


def bar(view: BudgetView) -> BudgetBar:
    """A budget as pages show it."""
    period, over = view.allotted.period, view.left.minor < 0
    assert period.start is not None  # a budget has a first and a last day
    assert period.last is not None
    facts = {"used": formats.money(view.used), "most": formats.money(view.allotted.amount)}
    return BudgetBar(
        view=view,
        name=view.centre.name,
        days=f"{formats.short_day(period.start)} – {formats.short_day(period.last)}",
        left=_("%(amount)s too much") % {"amount": formats.money(-view.left)} if over else formats.money(view.left),
        words=_("%(used)s of %(most)s used") % facts,
        over=over,
    )
