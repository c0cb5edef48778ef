"""What is left of allowances while the lines of one dealing draw on them, in the order of the lines.

A scheme may have several limits, and all of them hold at once: as many pieces go at staff price as the narrowest lets
through. The counting is the core's; that two people cannot draw the same rest is guarded where it is written.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from inward.core.pricing.book import PriceBook
from inward.core.pricing.eligibility import Customer, earned_on
from inward.core.pricing.limits import EVER, before, leaves_on, next_first, period_of, window
from inward.core.pricing.quoted import AllowanceDrawn, NetPay, Used
from inward.core.pricing.rules import Limit, Offering, Scheme, Span
from inward.core.terms import Fact, Money, Rate, Reason, Refusal

CAME_BACK = ".back"
"""Under this name, which no limit can have, pieces that came back are counted: by item and day."""
GOT = ".got"
"""Under this one, what others gave of their allowance of the year."""
_Place = tuple[str, str, str]
"""Scheme, limit and, where each item counts apart, the item."""


@dataclass
class Allowances:
    """The allowances of one customer on one day, and what this dealing has drawn so far."""

    book: PriceBook
    on: date
    customer: Customer | None
    _used: dict[_Place, dict[str, Used]]
    _rooms: dict[_Place, "_Room"]
    net_pay: NetPay | None = None
    """None: pay is left aside, as where what was left of it on a day is not known any more."""

    @classmethod
    def of(
        cls,
        book: PriceBook,
        used: Sequence[Used],
        *,
        on: date,
        customer: Customer | None = None,
        net_pay: NetPay | None = None,
    ) -> "Allowances":
        """What was used before, several entries of one period added up; each limit looks at the periods it counts.

        Without a customer nothing is carried over. Refusal for less than nothing, and for money of another currency than
        the allowance in the very period that is drawn on; what was drawn before in a currency it had then hinders nobody.
        """
        counted: dict[_Place, dict[str, Used]] = {}
        for place, use in enumerate(used):
            where = f"used[{place}]"
            _check_used(book, use, on, where)
            periods = counted.setdefault((use.scheme, use.limit, use.item), {})
            periods[use.period] = _added(periods.get(use.period), use, where)
        return cls(book, on, customer, counted, {}, net_pay)

    def pieces(self, scheme: Scheme, offering: Offering, quantity: int, measured: Callable[[int], Money]) -> int:
        """How many of the pieces every limit still covers. ``measured`` says what so many pieces take of the money."""
        most = quantity
        for room in self._rooms_of(scheme, offering):
            if room.units_left is not None:
                most = min(most, max(room.units_left, 0))
            if room.money_left is not None:
                most = _most_within(room.money_left, most, measured)
        return most

    def takes(self, scheme: Scheme, offering: Offering, units: int, money: Money) -> bool:
        """Draw so many pieces at once; False, and nothing drawn, where some limit does not cover all of them."""
        rooms = self._rooms_of(scheme, offering)
        for room in rooms:
            if room.units_left is not None and room.units_left < units:
                return False
            if room.money_left is not None and not _within(room.money_left, money):
                return False
        for room in rooms:
            room.draw(offering.id, units, money)
        return True

    def draw(self, scheme: Scheme, offering: Offering, units: int, money: Money) -> None:
        """Take pieces and money out of every limit that counts the offering."""
        for room in self._rooms_of(scheme, offering):
            room.draw(offering.id, units, money)

    def drawn(self) -> tuple[AllowanceDrawn, ...]:
        """What was drawn, in the order of schemes, limits and items."""
        return tuple(room.shown(self.on) for _, room in sorted(self._rooms.items()) if room.offerings)

    def refusal(self, scheme: Scheme, offering: Offering, measured: Callable[[int], Money]) -> Reason:
        """Why not one piece more goes at staff price: the limit that is reached, and the day from which more is left."""
        limits = self.book.limits_of(scheme, offering)
        limit = next(each for each in limits if not _lets_one(self.room(scheme, each, offering.id), measured))
        room, name = self.room(scheme, limit, offering.id), scheme.name or scheme.id
        more: dict[str, Fact] = {} if room.next_on is None else {"next_on": room.next_on}
        if not limit.id:
            return Reason.of("allowance_used_up", scheme=name, period=room.period, **more)
        if room.money_max is not None and not room.of_pay:
            more["most"] = room.money_max
        if room.units_max is not None:
            more["pieces"] = room.units_max
        if limit.pay_share is not None:
            return self._pay_reached(limit, name, more)
        if limit.span is Span.ROLLING:
            return Reason.of("limit_reached_rolling", scheme=name, days=limit.days, **more)
        return Reason.of("limit_reached", scheme=name, span=limit.span.value, **more)

    def _pay_reached(self, limit: Limit, name: str, more: dict[str, Fact]) -> Reason:
        """That a share of pay is reached, or that nobody has said the pay; never how much that is."""
        if self.net_pay is not None and self.net_pay.month is None:
            return Reason.of("limit_of_pay_unknown", scheme=name)
        told = {key: fact for key, fact in more.items() if key == "next_on"}
        return Reason.of("limit_of_pay_reached", scheme=name, span=limit.span.value, **told)

    def room(self, scheme: Scheme, limit: Limit, item: str = "") -> AllowanceDrawn:
        """What a limit leaves now (of ``item``, where it counts each apart)."""
        return self._room(scheme, limit, item).shown(self.on)

    def _room(self, scheme: Scheme, limit: Limit, item: str) -> "_Room":
        place = _place(scheme, limit, item)
        found = self._rooms.get(place)
        if found is None:
            found = self._rooms[place] = _Room(limit, self._fresh(scheme, limit, place))
        return found

    def _rooms_of(self, scheme: Scheme, offering: Offering) -> list["_Room"]:
        """What every limit that counts the offering leaves now."""
        return [self._room(scheme, limit, offering.id) for limit in self.book.limits_of(scheme, offering)]

    def used(self, scheme: Scheme, limit: Limit, item: str = "") -> Used:
        """What was used before this dealing in the span of the day."""
        return self._used_of(limit, _place(scheme, limit, item))[0]

    def came_back(self, offering: str) -> bool:
        """Whether pieces of the offering came back of any scheme, as far back as was read."""
        return any(limit == CAME_BACK and item == offering for _, limit, item in self._used)

    def cools_until(self, scheme: Scheme, offering: str) -> date | None:
        """The first day on which the scheme sells the offering again, after pieces of it came back; None: it does today."""
        days = [date.fromisoformat(day) for day in self._used.get((scheme.id, CAME_BACK, offering), ())]
        last = max((day for day in days if day <= self.on), default=None)
        if last is None or (self.on - last).days >= scheme.cooling_days:
            return None
        return last + timedelta(days=scheme.cooling_days)

    def counts(self, scheme: Scheme, limit: Limit) -> Iterator[str]:
        """The items of which something was drawn of a limit that counts each apart."""
        for code, limit_id, item in sorted(self._used):
            if (code, limit_id) == (scheme.id, limit.id) and item:
                yield item

    def _fresh(self, scheme: Scheme, limit: Limit, place: _Place) -> AllowanceDrawn:
        """A limit before this dealing draws on it."""
        used, next_on, seen = self._used_of(limit, place)
        money_max, units_max = limit.money, limit.units
        if limit.carry_over:
            carried, seen = self._carried(scheme, limit, place)
            money_max = None if money_max is None or carried.money is None else money_max + carried.money
            units_max = None if units_max is None else units_max + carried.units
        if not limit.id:
            money_max, units_max = self._with_gifts(scheme, used.period, money_max, units_max)
        if limit.pay_share is not None and self.net_pay is not None:
            money_max, units_max = _of_pay(limit.pay_share, self.net_pay.month, units_max)
        spent = used.money
        currency = "EUR" if spent is None else spent.currency
        return AllowanceDrawn(
            scheme=scheme.id,
            period=period_of(limit, self.on),
            money=Money.zero(currency if money_max is None else money_max.currency),
            units=0,
            money_max=money_max,
            units_max=units_max,
            money_left=money_max if money_max is None or spent is None else money_max - spent,
            units_left=None if units_max is None else units_max - used.units,
            limit=limit.id,
            item=place[2],
            span=limit.span,
            next_on=next_on,
            seen=seen,
            of_pay=limit.pay_share is not None,
        )

    def _with_gifts(
        self, scheme: Scheme, period: str, money: Money | None, units: int | None
    ) -> tuple[Money | None, int | None]:
        """The allowance of the year with what others gave of theirs; money of another currency than it has now is none."""
        got = self._used.get((scheme.id, GOT, ""), {}).get(period)
        if got is None:
            return money, units
        if money is not None and got.money is not None and got.money.currency == money.currency:
            money = money + got.money
        return money, None if units is None else units + got.units

    def _used_of(self, limit: Limit, place: _Place) -> tuple[Used, date | None, Used | None]:
        """What was used in the span of the day, from when on more is left, and for a rolling limit all that was ever drawn."""
        scheme, _, item = place
        nothing = Used(scheme, period_of(limit, self.on), None, 0, limit.id, item)
        if limit.span is Span.ORDER:
            return nothing, None, None
        periods = self._used.get(place, {})
        if limit.span is not Span.ROLLING:
            return periods.get(nothing.period, nothing), next_first(limit, self.on), None
        first, last = window(limit, self.on).isoformat(), nothing.period
        days = sorted(day for day, use in periods.items() if first <= day <= last and use.units)
        total = _summed(limit, nothing, [periods[day] for day in days])
        next_on = leaves_on(limit, date.fromisoformat(days[0])) if days else None
        return total, next_on, periods.get(EVER, replace(nothing, period=EVER))

    def _carried(self, scheme: Scheme, limit: Limit, place: _Place) -> tuple[Used, Used | None]:
        """What was left of the span before, and what was drawn in it as it was seen.

        Only the span's own amount is carried, never what it had been given itself; and only to somebody whose work earned
        the scheme on its last day, under the limit as it was then.
        """
        nothing = Used(scheme.id, "", None if limit.money is None else Money.zero(limit.money.currency), 0)
        ago = before(limit, self.on)
        if ago is None:
            return nothing, None
        seen = self._used.get(place, {}).get(ago.period, Used(scheme.id, ago.period, None, 0, limit.id, place[2]))
        then = self.book.scheme_on(scheme.id, ago.last)
        own = next((each for each in then.limits if (each.id, each.span) == (limit.id, limit.span)), None)
        if own is None or self.customer is None or not earned_on(then, self.customer, ago.last):
            return nothing, seen
        units = 0 if own.units is None else max(own.units - seen.units, 0)
        return replace(nothing, money=_left_over(own.money, seen.money, nothing.money), units=units), seen


class _Room:
    """What one limit leaves while lines draw on it: counted in place, since there is a draw for every line."""

    __slots__ = ("_fresh", "_limit", "currency", "minor", "money_left", "offerings", "units", "units_left")

    def __init__(self, limit: Limit, fresh: AllowanceDrawn) -> None:
        self._limit, self._fresh = limit, fresh
        self.currency, self.minor, self.units = fresh.money.currency, fresh.money.minor, fresh.units
        self.money_left, self.units_left = fresh.money_left, fresh.units_left
        self.offerings: set[str] = set()

    def draw(self, offering: str, units: int, money: Money) -> None:
        """Take pieces and money out; the first draw says in which currency. Refusal for another one after that."""
        if money.currency != self.currency:
            if self.offerings:
                currencies = ", ".join(sorted((self.currency, money.currency)))
                raise Refusal(Reason.of("currencies_meet", currencies=currencies))
            self.currency = money.currency
        self.minor += money.minor
        self.units += units
        self.offerings.add(offering)
        if self.money_left is not None:
            self.money_left -= money
        if self.units_left is not None:
            self.units_left -= units

    def shown(self, on: date) -> AllowanceDrawn:
        """As a quote tells it."""
        fresh = self._fresh
        if not self.offerings:
            return fresh
        first = self._limit.span is Span.ROLLING and fresh.next_on is None
        return replace(
            fresh,
            money=Money(self.minor, self.currency),
            units=self.units,
            money_left=self.money_left,
            units_left=self.units_left,
            offerings=tuple(sorted(self.offerings)),
            next_on=leaves_on(self._limit, on) if first else fresh.next_on,
        )


def _of_pay(share: Rate, month: Money | None, units: int | None) -> tuple[Money | None, int | None]:
    """How much a share of pay lets through, below the exact share by less than one smallest unit; nothing where pay is not known."""
    if month is None:
        return None, 0
    return Money(month.minor * share.fraction.numerator // share.fraction.denominator, month.currency), units


def _within(left: Money, money: Money) -> bool:
    """Whether so much is left. Refusal for money of another currency than the allowance."""
    if money.currency != left.currency:
        raise Refusal(Reason.of("allowance_currency", currency=left.currency, price_currency=money.currency))
    return money.minor <= left.minor


def _left_over(own: Money | None, spent: Money | None, nothing: Money | None) -> Money | None:
    """What is left of a span's own amount; ``nothing`` where it, or what was spent of it, is of another currency."""
    if own is None or nothing is None or own.currency != nothing.currency:
        return nothing
    if spent is None:
        return own
    return nothing if spent.currency != own.currency else max(own - spent, nothing)


def _place(scheme: Scheme, limit: Limit, item: str) -> _Place:
    return scheme.id, limit.id, item if limit.each_item else ""


def _lets_one(room: AllowanceDrawn, measured: Callable[[int], Money]) -> bool:
    """Whether a limit lets one more piece through."""
    if room.units_left is not None and room.units_left < 1:
        return False
    return room.money_left is None or measured(1) <= room.money_left


def _most_within(left: Money, most: int, measured: Callable[[int], Money]) -> int:
    """The largest count up to ``most`` whose measure is within what is left, by halving: measures never fall.

    All of them is asked first, since an allowance seldom runs out in the middle of a line.
    """
    if not most:
        return 0
    if _within(left, measured(most)):
        return most
    low, high = 0, most - 1
    while low < high:
        middle = (low + high + 1) // 2
        if measured(middle) <= left:
            low = middle
        else:
            high = middle - 1
    return low


def _summed(limit: Limit, nothing: Used, uses: Sequence[Used]) -> Used:
    """All pieces, and the money of the limit's currency; where it counts pieces alone, of the currency drawn in last."""
    spent = [use.money for use in uses if use.money is not None]
    currency = limit.money.currency if limit.money is not None else spent[-1].currency if spent else None
    counted = [money for money in spent if money.currency == currency]
    money = sum(counted[1:], start=counted[0]) if counted else None
    return replace(nothing, money=money, units=sum(use.units for use in uses))


def _check_used(book: PriceBook, use: Used, on: date, where: str) -> None:
    if use.units < 0 or (use.money is not None and use.money.minor < 0):
        raise Refusal(Reason.of("allowance_used_negative", scheme=use.scheme), where=where)
    scheme = book.schemes.get(use.scheme)
    if scheme is None or use.money is None:
        return
    limit = next((limit for limit in scheme.all_limits if limit.id == use.limit), None)
    if limit is not None and limit.money is not None and use.period == period_of(limit, on):
        _check_currency(limit.money, use.money, where)


def _added(first: Used | None, use: Used, where: str) -> Used:
    if first is None:
        return use
    money = first.money or use.money
    if first.money is not None and use.money is not None:
        _check_currency(first.money, use.money, where)
        money = first.money + use.money
    return replace(first, money=money, units=first.units + use.units)


def _check_currency(one: Money, other: Money, where: str) -> None:
    if one.currency != other.currency:
        raise Refusal(Reason.of("allowance_currency", currency=one.currency, price_currency=other.currency), where)
