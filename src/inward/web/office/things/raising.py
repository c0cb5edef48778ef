"""Raising a price list in the office: which prices, by how many percent, rounded to what; each shown before it is saved."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.catalogue import operations, policy
from inward.catalogue.queries import price_book
from inward.core.pricing import Level, PriceBook, PriceRule
from inward.core.pricing.raising import Raise, contrary, raised
from inward.core.pricing.revising import PricesRaised
from inward.core.terms import Rate
from inward.core.terms.number import exact
from inward.parties.vocabulary import PartyKind
from inward.web.components import formats
from inward.web.office import fields
from inward.web.office.declaring import Act, Doing, Effect, Field, Looking, Table
from inward.web.office.things import offerings
from inward.web.office.things import pricewords as words

_TOLD: Final = 12
"""So many prices of a raise are shown one by one."""


def _raise(doing: Doing) -> Raise:
    """The raise that was typed."""
    values = doing.values
    return Raise(
        supplier=offerings.supplier_code(doing),
        rate=Rate.percent(values["percent"]),
        since=values["valid_from"],
        level=Level(values["level"]),
        category=values["category"],
        rounded_to=exact(values["rounded_to"]) if values["rounded_to"] else None,
        less=exact(values["less"] or "0"),
    )


def _do(doing: Doing) -> str:
    operations.raise_prices(by=doing.by, at=doing.at, how=_raise(doing), source=doing.source)
    return ""


def _effects(doing: Doing) -> Sequence[Effect]:
    how, book = _raise(doing), price_book()
    return (_told(book, raised(book, how), how), *words.effects(doing, PricesRaised(how)))


def _told(book: PriceBook, found: Sequence[PriceRule], how: Raise) -> Effect:
    """How many prices become others, how many of them the other way, and the first of them one by one."""
    said = [
        _counted(
            ngettext("%(count)s price becomes another.", "%(count)s prices become others.", len(found)), len(found)
        )
    ]
    other_way = contrary(book, found, how)
    if other_way:
        moves = ngettext(
            "%(count)s of them moves the other way, because the rounding is coarse beside it.",
            "%(count)s of them move the other way, because the rounding is coarse beside them.",
            other_way,
        )
        said.append(_counted(moves, other_way))
    before = {rule.id: rule for rule in book.rules}
    rows = tuple(_row(before[rule.id], rule) for rule in found[:_TOLD])
    left = len(found) - len(rows)
    more = ngettext("%(count)s more is not shown here.", "%(count)s more are not shown here.", left)
    table = Table((_("What for"), _("For whom"), _("Now"), _("Then")), rows)
    return Effect(_("Prices that change"), tuple(said), left_out=_counted(more, left) if left else "", table=table)


def _row(before: PriceRule, after: PriceRule) -> tuple[str, ...]:
    whom = words.scope_words(after)
    return (words.target_words(after.target), whom, words.method_words(before), words.method_words(after))


def _counted(said: str, count: int) -> str:
    return said % {"count": formats.count(count)}


def _levels(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return words.labels("level", (level.value for level in Level))


def _list_prices(_looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"level": Level.LIST.value}


ACT: Final = Act(
    name="raise",
    label=__("Raise prices"),
    icon="calendar",
    lead=__(
        "Every fixed price of a supplier by one percent, from a day on; with a minus it is lowered. Prices found by a percent or on the cost follow by themselves. What was planned to begin later stays."
    ),
    form=(
        Field("supplier", fields.party(__("Supplier"), PartyKind.COMPANY, PartyKind.UNIT), fields.name),
        Field("level", fields.choice(__("Which prices"), _levels)),
        Field("category", fields.choice(__("Category"), words.categories, required=False, none=__("All"))),
        Field("percent", fields.number(__("By how many percent"), help=__("Such as 3.5, or -2 to lower."))),
        Field(
            "rounded_to",
            fields.number(
                __("Rounded to"), required=False, help=__("Such as 0.05, 0.10 or 1. Empty: to the smallest coin.")
            ),
        ),
        Field(
            "less", fields.number(__("Less"), required=False, help=__("With 1 above, 0.10 makes prices end in .90."))
        ),
        Field("valid_from", fields.day(__("From"))),
    ),
    initial=_list_prices,
    do=_do,
    may=lambda looking, _record: policy.may_price_something(looking.viewer, on=looking.at.date()),
    effects=_effects,
    done=__("The prices are changed from that day on."),
)
"""Enter it once, for all prices of a supplier."""
