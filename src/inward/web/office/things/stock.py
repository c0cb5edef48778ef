"""Counted items in the office: how many lie where, what of it is promised, by when more comes; and why it became more or less."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.catalogue import queries as catalogue
from inward.kit import vocabularies
from inward.kit.policy import Answer
from inward.parties import queries as parties
from inward.trade import operations, policy, stock
from inward.trade.shelves import Counted
from inward.trade.stock import StockView
from inward.trade.vocabulary import StockMoveKind
from inward.web.components import formats
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Fact, Field, Filter, Looking, Thing


def _page(looking: Looking, key: str) -> Detail:
    view = stock.one(viewer=looking.viewer, at=looking.at, key=key)
    counted, shelf = view.counted, view.counted.shelf
    moved = urlencode({"offering": view.offering.code, "place": shelf.place})
    return Detail(
        title=_("%(item)s at %(place)s") % {"item": view.offering.name, "place": shelf.place},
        record=view,
        facts=(
            Fact(__("Item"), view.offering.name, reverse("offering", args=[view.offering.code]), spoken=True),
            Fact(__("Supplier"), view.supplier.name),
            Fact(__("Place"), shelf.place),
            Fact(__("Lies there"), _there(counted)),
            Fact(__("Held by orders"), counted.promised),
            Fact(__("Left"), counted.left),
            Fact(__("May be ordered beyond that"), shelf.back_order),
            Fact(__("More expected by"), shelf.expected),
            Fact(__("On the waiting list"), view.waiting),
            Fact(__("Working days to order what is held"), view.answer_days),
        ),
        links=(
            Link(f"{reverse('office_list', args=['stock-moves'])}?{moved}", _("Why it became more or less"), "list"),
            Link(reverse("office_import_new") + "?sort=stock", _("Bring in counts from a file"), "file-export"),
        ),
        audited=(f"stock {view.key}",),
    )


def _there(counted: Counted) -> str:
    """How many lie there; below zero, that it must be counted anew."""
    if counted.there >= 0:
        return formats.count(counted.there)
    facts = {"count": formats.count(-counted.there)}
    return _("%(count)s more were handed over than were counted: count anew") % facts


def _count(doing: Doing) -> str:
    values, record = doing.values, doing.record
    return operations.count_stock(
        by=doing.by,
        at=doing.at,
        offering=values["item"] if record is None else record.offering.code,
        place=values["lies_at"] if record is None else record.counted.shelf.place,
        pieces=values["pieces"],
        back_order=values["back_order"],
        expected=values["expected"],
        answer_days=values["answer_days"],
        source=doing.source,
    )


def _stop(doing: Doing) -> str:
    operations.stop_counting(by=doing.by, at=doing.at, key=doing.key, source=doing.source)
    return ""


def _may(looking: Looking, record: StockView | None) -> Answer:
    on = looking.at.date()
    if record is None:
        return policy.may_count_something(looking.viewer, on=on)
    return policy.may_count(looking.viewer, supplier=record.supplier.code, on=on)


def _items(looking: Looking) -> Mapping[str, str]:
    """What the viewer may count, by code: nothing that runs from period to period."""
    over = policy.counted_by(looking.viewer, on=looking.at.date())
    book = catalogue.price_book().offerings
    return {
        code: name
        for code, name in catalogue.offered_names().items()
        if book[code].plan is None and (over is None or book[code].supplier in over)
    }


def _item(looking: Looking, record: Any) -> Any:
    make = fields.one_of_many(__("Item"), lambda: _items(looking), help=__("Name or code."))
    return make(looking, record)


def _places(looking: Looking) -> Iterable[tuple[str, str]]:
    return [(place, place) for place in stock.places_of(viewer=looking.viewer, on=looking.at.date())]


def _suppliers(looking: Looking) -> Iterable[tuple[str, str]]:
    over = policy.counted_by(looking.viewer, on=looking.at.date())
    offering = {each.supplier for each in catalogue.price_book().offerings.values()}
    named = parties.names(offering if over is None else offering & over)
    return sorted(named.items(), key=lambda pair: (pair[1], pair[0]))


def _now(_looking: Looking, record: StockView) -> Mapping[str, Any]:
    shelf = record.counted.shelf
    pieces = max(0, record.counted.there)
    days = record.answer_days
    return {"pieces": pieces, "back_order": shelf.back_order, "expected": shelf.expected, "answer_days": days}


_FIGURES = (
    Field(
        "pieces",
        fields.whole(
            __("Lies there"),
            most=operations.COUNT_MAX,
            help=__("All you see, also what orders hold and nobody has fetched yet."),
        ),
    ),
    Field("back_order", fields.flag(__("May be ordered beyond that"))),
    Field("expected", fields.day(__("More expected by"), required=False)),
    Field(
        "answer_days",
        fields.whole(
            __("Working days to order what is held"),
            least=1,
            most=operations.ANSWER_DAYS_MAX,
            help=__("For whoever waited and is next when something is free again."),
        ),
    ),
)

THING = Thing(
    name="stock",
    group=__("What is offered"),
    label=__("Counted items"),
    lead=__("How many lie where. Orders hold their pieces at once; what is not counted can always be ordered."),
    icon="package",
    search=__("Item or place"),
    may=lambda looking: policy.may_count_something(looking.viewer, on=looking.at.date()),
    filters=(Filter("supplier", __("Supplier"), _suppliers), Filter("place", __("Place"), _places)),
    columns=(
        Column(__("Item"), lambda row: row.offering.name, sort="offering", spoken=True),
        Column(__("Place"), lambda row: row.counted.shelf.place, sort="place"),
        Column(__("Supplier"), lambda row: row.supplier.name),
        Column(__("Lies there"), lambda row: _there(row.counted), end=True),
        Column(__("Held by orders"), lambda row: row.counted.promised, end=True),
        Column(__("Left"), lambda row: row.counted.left, end=True),
        Column(__("More expected by"), lambda row: row.counted.shelf.expected),
    ),
    rows=lambda looking, params: stock.listed(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_page,
    creates=(
        Act(
            name="count",
            label=__("Count an item"),
            icon="plus",
            lead=__("What was ordered before the first count holds nothing: count what is free for sale."),
            initial=lambda _looking, _record: {"answer_days": operations.ANSWER_DAYS},
            form=(
                Field("item", _item),
                Field("lies_at", fields.text(__("Place"), most=60, help=__("As buyers read it, such as “Oslo shop”."))),
                *_FIGURES,
            ),
            do=_count,
            may=_may,
            done=__("The count is kept."),
        ),
    ),
    acts=(
        Act(
            name="count",
            label=__("Count anew"),
            icon="edit",
            form=_FIGURES,
            initial=_now,
            do=_count,
            may=_may,
            done=__("The count is kept."),
        ),
        Act(
            name="stop",
            label=__("Count no longer"),
            icon="x",
            lead=__("It can then always be ordered from here. Orders keep what they hold."),
            do=_stop,
            may=_may,
            done=__("It is counted no longer."),
            danger=True,
        ),
    ),
    events={"trade.count_stock": __("Counted"), "trade.stop_counting": __("Counted no longer")},
)


def _kind(kind: StockMoveKind) -> str:
    return vocabularies.label("stock_move", kind.value, formats.language())


def _kinds(_looking: Looking) -> Iterable[tuple[str, str]]:
    return [(kind.value, _kind(kind)) for kind in StockMoveKind]


def _move_page(looking: Looking, key: str) -> Detail:
    move = stock.move_of(viewer=looking.viewer, at=looking.at, key=key)
    counted = reverse("office_page", args=["stock", stock.key_of(move.offering.code, move.place)])
    return Detail(
        title=_("%(what)s: %(item)s at %(place)s")
        % {"what": _kind(move.kind), "item": move.offering.name, "place": move.place},
        record=move,
        facts=(
            Fact(__("When"), move.at),
            Fact(__("Item"), move.offering.name, spoken=True),
            Fact(__("Place"), move.place),
            Fact(__("What happened"), _kind(move.kind)),
            Fact(__("Pieces"), move.pieces),
            Fact(__("Order"), move.order),
        ),
        links=(Link(counted, _("The item at this place"), "package"),),
    )


MOVES = Thing(
    name="stock-moves",
    group=__("What is offered"),
    label=__("What became more or less"),
    lead=__(
        "Every count, hand-over and return of counted items. Nothing here is ever changed; together it is what lies there."
    ),
    icon="list",
    may=lambda looking: policy.may_count_something(looking.viewer, on=looking.at.date()),
    filters=(Filter("kind", __("What happened"), _kinds), Filter("place", __("Place"), _places)),
    columns=(
        Column(__("When"), lambda row: row.at, sort="at"),
        Column(__("Item"), lambda row: row.offering.name, spoken=True),
        Column(__("Place"), lambda row: row.place),
        Column(__("What happened"), lambda row: _kind(row.kind)),
        Column(__("Pieces"), lambda row: row.pieces, end=True),
        Column(__("Order"), lambda row: row.order, end=True),
    ),
    rows=lambda looking, params: stock.moves(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: str(row.id),
    page=_move_page,
)
