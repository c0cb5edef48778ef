"""``inward engine quote``: the price of some lines for a customer, and why. Shapes: docs/reference/engine.md."""

import re
from collections.abc import Iterator
from typing import Any

from inward.cli.engine.asked import WORLDS, Source
from inward.cli.engine.saying import Saying
from inward.cli.engine.standing import told
from inward.core.pricing import (
    AllowanceDrawn,
    ArmsLength,
    Part,
    PriceBook,
    QuotedLine,
    Traced,
    Used,
    Wanted,
    home_of,
    quote,
)
from inward.core.pricing.reading import price_book
from inward.core.terms import Fields, Money, Refusal
from inward.kit.wording import plain

CATALOGUES: Source[PriceBook] = Source(
    "catalogue", ("offerings", "prices", "schemes", "categories", "tax_rates", "comparables"), price_book
)
_LINE = re.compile(r"line (\d+)\Z")
_KNOWN = (
    *("id", "world", "world_file", "catalogue", "catalogue_file"),
    *("supplier", "customer", "beneficiary", "on", "lines", "used"),
)

Answer = dict[str, Any]


def answer(asked: Fields, saying: Saying) -> Answer:
    """The quote of one dealing."""
    asked.only(_KNOWN)
    supplier, customer, on = asked.text("supplier"), asked.text("customer"), asked.day("on")
    lines, used = list(_wanted(asked)), list(_used(asked))
    world, book = WORLDS.asked_for(asked), CATALOGUES.asked_for(asked)
    for index, use in enumerate(used):
        if use.scheme not in book.schemes:
            asked.refuse(f"used[{index}].scheme", "unknown_scheme", id=use.scheme)
    try:
        whom = asked.text_or_none("beneficiary")
        home = None if whom is None else home_of(world, customer, whom, on)
        found = quote(
            world=world, book=book, supplier=supplier, customer=customer, on=on, lines=lines, used=used, home=home
        )
    except Refusal as refusal:
        place = _LINE.match(refusal.where)
        raise Refusal(refusal.reason, f"lines[{int(place[1]) - 1}]" if place else refusal.where) from None
    return {
        "lines": [_line(line, saying) for line in found.lines],
        "net": plain(found.net),
        "tax": plain(found.tax),
        "total": plain(found.total),
        "allowance_left": [_left(drawn) for drawn in found.allowances],
        "standing": told(found.standing, saying),
    }


def _wanted(asked: Fields) -> Iterator[Wanted]:
    for row in asked.rows("lines"):
        row.only(("offering", "quantity"))
        yield Wanted(row.text("offering"), row.whole("quantity"))


def _used(asked: Fields) -> Iterator[Used]:
    for row in asked.rows("used"):
        row.only(("scheme", "period", "money", "units", "limit", "item"))
        units = row.whole("units") if row.has("units") else 0
        limit, item = (row.text_or_none(name) or "" for name in ("limit", "item"))
        yield Used(row.text("scheme"), row.text("period"), _money(row), units, limit, item)


def _money(row: Fields) -> Money | None:
    if not row.has("money"):
        return None
    money = Fields.of(row.values["money"], row.place("money"))
    try:
        return Money.of(money.text("amount"), money.text("currency"))
    except ValueError as error:
        return row.refuse("money", "not_money", why=str(error))


def _line(line: QuotedLine, saying: Saying) -> Answer:
    found: Answer = {
        "offering": line.offering,
        "quantity": line.quantity,
        "parts": [_part(part) for part in line.parts],
        "includes_tax": line.includes_tax,
        "ordinary": plain(line.ordinary),
        "price": plain(line.price),
        "saving": plain(line.saving),
        "net": plain(line.net),
        "tax": plain(line.tax),
        "gross": plain(line.gross),
    }
    if line.cost is not None:
        found["cost"] = plain(line.cost)
    if line.outside is not None:
        outside = line.outside
        found["outside"] = {"price": plain(outside.price), "source": outside.source, "seen_on": plain(outside.seen_on)}
    found["trace"] = [_traced(traced, saying) for traced in line.trace]
    return found


def _traced(traced: Traced, saying: Saying) -> Answer:
    told: Answer = {"rule": traced.rule, "outcome": traced.outcome.value, "why": saying.reason(traced.why)}
    for name, found in (("how", traced.how), ("credited", traced.credited)):
        if found is not None:
            told[name] = saying.reason(found)
    return told


def _range(found: ArmsLength) -> Answer:
    names = ("tested", "low", "median", "high", "to_median")
    return {"within": found.within, "count": found.count, **{name: plain(getattr(found, name)) for name in names}}


def _part(part: Part) -> Answer:
    beside: Answer = {} if part.range is None else {"range": _range(part.range)}
    return {
        "quantity": part.quantity,
        "unit_price": plain(part.unit_price),
        "amount": plain(part.amount),
        "basis": part.basis.value,
        "rule": part.rule,
        **beside,
    }


def _left(drawn: AllowanceDrawn) -> Answer:
    """What is left of an allowance after this quote; null is no limit."""
    money = plain(drawn.money_left)
    left: Answer = {"scheme": drawn.scheme, "period": drawn.period, "money": money, "units": drawn.units_left}
    if not drawn.limit:
        return left
    return left | {"limit": drawn.limit, "item": drawn.item, "next_on": plain(drawn.next_on)}
