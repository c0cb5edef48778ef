"""Raising a price list in the office: which prices, by how many percent, rounded to what; each shown before it is saved.

What was raised stands in a list of its own, and is taken back there as one until it begins.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.catalogue import operations, policy, register
from inward.catalogue.queries import price_book
from inward.catalogue.register import Move, RaiseRecord
from inward.core.pricing import Level, PriceBook, PriceRule
from inward.core.pricing.raising import Raise, contrary, raised
from inward.core.pricing.revising import PricesRaised
from inward.core.terms import Rate
from inward.core.terms.number import exact
from inward.kit.policy import Answer
from inward.parties.vocabulary import PartyKind
from inward.web.components import errors, formats
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Looking, Table, Thing
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
    table = Table((_("What for"), _("For whom"), _("Now"), _("Then")), rows)
    return Effect(_("Prices that change"), tuple(said), left_out=_left(left), table=table)


def _left(count: int) -> str:
    """How many are not shown, if any."""
    more = ngettext("%(count)s more is not shown here.", "%(count)s more are not shown here.", count)
    return _counted(more, count) if count else ""


def _row(before: PriceRule, after: PriceRule) -> tuple[str, ...]:
    whom = words.scope_words(after)
    return (words.target_words(after.target), whom, words.method_words(before), words.method_words(after))


def _counted(said: str, count: int) -> str:
    return said % {"count": formats.count(count)}


def _levels(_looking: Looking, _record: Any) -> Iterable[tuple[str, str]]:
    return words.labels("level", (level.value for level in Level))


def _list_prices(_looking: Looking, _record: Any) -> Mapping[str, Any]:
    return {"level": Level.LIST.value}


# --- what was raised ---------------------------------------------------------------------------------------------------


def _page(looking: Looking, key: str) -> Detail:
    record, moves = register.raise_of(viewer=looking.viewer, at=looking.at, reference=key)
    return Detail(
        title=_("%(supplier)s, from %(day)s") % {"supplier": record.supplier.name, "day": formats.day(record.since)},
        record=Whole(record, moves),
        facts=(
            Fact(__("Supplier"), record.supplier.name),
            Fact(__("Which prices"), words.label("level", record.level.value)),
            Fact(__("Category"), _category(record), spoken=True),
            Fact(__("By how many percent"), record.rate),
            Fact(__("From"), record.since),
            Fact(__("State"), _state(record)),
            Fact(__("Prices that change"), record.prices),
            *(
                Fact(
                    f"{words.target_words(move.after.target)}, {words.scope_words(move.after)}",
                    " ".join(filter(None, (_change(move), _why(move)))),
                    url=reverse("office_page", args=["prices", move.after.id]),
                )
                for move in moves[:_TOLD]
            ),
            *([Fact(__("Others"), _left(len(moves) - _TOLD))] if len(moves) > _TOLD else []),
        ),
        audited=(record.reference,),
    )


def _change(move: Move) -> str:
    return f"{words.method_words(move.before)} → {words.method_words(move.after)}" + ("." if move.stays else "")


@dataclass(frozen=True, slots=True)
class Whole:
    """A raise with every price that it made another: what its acts look at."""

    record: RaiseRecord
    moves: tuple[Move, ...]


def _category(record: RaiseRecord) -> str:
    return _("All") if record.category is None else record.category.name


def _state(record: RaiseRecord) -> str:
    if record.taken_back_at is None:
        return _("Stands")
    return _("Taken back on %(day)s") % {"day": formats.day(record.taken_back_at)}


def _may_take_back(looking: Looking, found: Whole) -> Answer:
    return policy.may_price(looking.viewer, supplier=found.record.supplier.code, on=looking.at.date())


def _fits(looking: Looking, found: Whole) -> bool:
    """Whether it can still go back, with all of its prices."""
    return _stands(looking, found) and not any(move.stays for move in found.moves)


def _some_fit(looking: Looking, found: Whole) -> bool:
    """Whether some of its prices can still go back, and some cannot."""
    return _stands(looking, found) and len({move.stays is None for move in found.moves}) > 1


def _stands(looking: Looking, found: Whole) -> bool:
    return found.record.taken_back_at is None and found.record.since > looking.at.date()


def _some_go_back(doing: Doing) -> Sequence[Effect]:
    """The prices that are again as they were, and those that stay, each with why."""
    moves = [move for move in doing.record.moves if move.stays is not None]
    rows = tuple((*_row(move.after, move.after)[:3], _why(move)) for move in moves[:_TOLD])
    table = Table((_("What for"), _("For whom"), _("Planned by the raise"), _("Why")), rows)
    count = len(moves)
    said = _counted(ngettext("%(count)s price stays as it is.", "%(count)s prices stay as they are.", count), count)
    return (*_go_back(doing), Effect(_("Prices that stay"), (said,), left_out=_left(count - len(rows)), table=table))


def _why(move: Move) -> str:
    return errors.words(move.stays) if move.stays else ""


def _go_back(doing: Doing) -> Sequence[Effect]:
    """The prices that are again as they were, the first of them one by one."""
    moves = [move for move in doing.record.moves if move.stays is None]
    table = Table(
        (_("What for"), _("For whom"), _("Planned"), _("Instead")),
        tuple(_row(move.after, move.before) for move in moves[:_TOLD]),
    )
    count = len(moves)
    said = _counted(ngettext("%(count)s price goes back.", "%(count)s prices go back.", count), count)
    return (Effect(_("Prices that go back"), (said,), left_out=_left(count - len(table.rows)), table=table),)


def _take_back(doing: Doing) -> str:
    operations.take_back_raise(by=doing.by, at=doing.at, reference=doing.key, source=doing.source)
    return doing.key


def _take_others_back(doing: Doing) -> str:
    operations.take_back_raise(by=doing.by, at=doing.at, reference=doing.key, source=doing.source, changed_stay=True)
    return doing.key


THING: Final = Thing(
    name="price-raises",
    group=__("What is offered"),
    label=__("Raises of prices"),
    lead=__(
        "Price lists that were raised or lowered in one act. Until one begins, all of its prices can be taken back."
    ),
    icon="calendar",
    search=__("Supplier, category or reason"),
    may=lambda looking: policy.may_price_something(looking.viewer, on=looking.at.date()),
    columns=(
        Column(__("Supplier"), lambda row: row.supplier.name),
        Column(__("Which prices"), lambda row: words.label("level", row.level.value)),
        Column(__("Category"), _category, spoken=True),
        Column(__("By how many percent"), lambda row: row.rate, end=True),
        Column(__("From"), lambda row: row.since, sort="since"),
        Column(__("Prices"), lambda row: row.prices, end=True),
        Column(__("State"), _state),
    ),
    rows=lambda looking, params: register.raises(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.reference,
    page=_page,
    acts=(
        Act(
            name="take-back",
            label=__("Take the whole raise back"),
            icon="arrow-back-up",
            lead=__("Every price that it made another is again as it was known before."),
            do=_take_back,
            may=_may_take_back,
            fits=_fits,
            effects=_go_back,
            done=__("The raise is taken back."),
            danger=True,
        ),
        Act(
            name="take-others-back",
            label=__("Take the other prices back"),
            icon="arrow-back-up",
            lead=__(
                "Some of its prices were changed or taken back since: they stay as they are. Every other price is again as it was known before."
            ),
            do=_take_others_back,
            may=_may_take_back,
            fits=_some_fit,
            effects=_some_go_back,
            done=__("The other prices are taken back."),
            danger=True,
        ),
    ),
    events={"catalogue.raise_price_list": __("Raised"), "catalogue.take_back_raise": __("Taken back")},
)

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
