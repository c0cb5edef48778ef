"""One line priced: which rule wins, how many pieces it covers, what tax is in it, and why every other rule did not win.

Precedence: agreement over scheme over department or transfer rate over list; within a level the nearer target, then the
narrower party, then the higher quantity break; of two schemes that one person has by two jobs, that of the job which goes
first; floors and caps last (docs/explanation/algorithms/pricing.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from inward.core.pricing import transfer
from inward.core.pricing.allowances import Allowances
from inward.core.pricing.armslength import ArmsLength, Comparable
from inward.core.pricing.book import PriceBook
from inward.core.pricing.eligibility import COOLING, Customer, obstacle, seniority
from inward.core.pricing.likeness import likeness
from inward.core.pricing.methods import CostPlus, Fixed, Free, Market, Method, PercentOff
from inward.core.pricing.quoted import Agreed, Basis, Kept, Outcome, Part, QuotedLine, Traced
from inward.core.pricing.rules import (
    AllowanceMeasure,
    Level,
    Offering,
    PriceRule,
    Scheme,
    TaxMinimum,
    TaxRate,
)
from inward.core.pricing.taxing import WITHIN_ENTITY
from inward.core.terms import Currency, Fact, Money, Reason, Refusal, UnitPrice, rounded

_LEVELS = {level: rank for rank, level in enumerate(Level)}
_NO_TAX = Fraction(0)
_AGREED = (-1, 0, 0, 0)
"""The rank of what was agreed for this very line: before every rule."""
_ON_THE_LIST = (Fixed, PercentOff, Free)
"""The methods that name no other base than themselves or the ordinary price."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule asks for a piece: the exact unit price, and whether tax is in it."""

    price: UnitPrice
    includes_tax: bool


@dataclass(frozen=True, slots=True)
class Contender:
    """A rule that may be used, its rank (lower wins) and what it asks."""

    rule: PriceRule
    rank: tuple[int, int, int, int]
    asked: Asked
    credited: Asked | None = None
    """At what a piece is credited to the supplying department, where that is otherwise than asked."""


@dataclass(frozen=True, slots=True)
class _Line:
    """What is the same for every rule of one line."""

    offering: Offering
    quantity: int
    ordinary: Asked
    cost: UnitPrice | None
    tax: TaxRate | None
    cost_currency: Currency | None = None
    """Set where the cost is known in another currency only: it is then no figure to reckon with here."""
    listed_with_tax: bool = False
    """Whether the list price of the item has tax in it, also where nothing is taxed: so has the price outside."""
    comparables: tuple[Comparable, ...] = ()
    """Sales of the like between strangers, in the currency of the ordinary price."""

    @property
    def rate(self) -> Fraction:
        return _NO_TAX if self.tax is None else self.tax.rate.fraction

    @property
    def bases(self) -> transfer.Bases:
        """What a method may rest on here."""
        name, currency = self.offering.name or self.offering.id, self.ordinary.price.currency
        return transfer.Bases(name, currency, self.quantity, self.cost, self.offering.outside, self.comparables)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A line whose pieces all went to one rule, and what they took of its scheme's allowance."""

    line: QuotedLine
    scheme: Scheme | None
    drawn: Money | None


class LinePricer:
    """Prices the lines of one dealing, one after the other, drawing on the same allowances."""

    def __init__(self, book: PriceBook, customer: Customer, allowances: Allowances, *, with_trace: bool = True) -> None:
        """``with_trace`` False leaves every trace empty: fewer customers are then told apart, and less is reckoned anew."""
        self._with_trace = with_trace
        self._book = book
        self._customer = customer
        self._allowances = allowances
        self._known_parts: dict[tuple[str, int], Part] = {}
        """Of the line at hand, by rule and count: a price, its measure and its draw ask for the same part."""
        self._whole: dict[str, dict[tuple[str, int], _Whole]] = {}
        """By supplier, of earlier dealings of customers alike in the same book: what a line is while no allowance runs short."""

    def line(self, offering: Offering, quantity: int, agreed: Agreed | None = None) -> QuotedLine:
        """Price one line, at a price that was ``agreed`` where there is one. Refusal when the day has no list price for it, its
        tax code no rate, or what was agreed is in another currency.
        """
        if agreed is not None:
            return self._fresh(offering, quantity, agreed)
        if self._allowances.came_back(offering.id):  # what was reckoned before knows nothing of it
            return self._fresh(offering, quantity)
        known = self._known_of(offering.supplier)
        whole = known.get((offering.id, quantity))
        if whole is not None and self._still_covered(offering, whole):
            return whole.line
        line = self._fresh(offering, quantity)
        (first, *more) = line.parts
        if not more and first.rule == self._best:
            scheme = None if first.scheme is None else self._book.scheme_on(first.scheme, self._customer.on)
            self._book.keep(known, (offering.id, quantity), _Whole(line, scheme, first.drawn))
        return line

    def _fresh(self, offering: Offering, quantity: int, agreed: Agreed | None = None) -> QuotedLine:
        line = self._reckoned(offering, quantity, agreed)
        return line if self._with_trace else replace(line, trace=())

    def _known_of(self, supplier: str) -> dict[tuple[str, int], _Whole]:
        """The lines of this supplier that were reckoned for customers alike."""
        found = self._whole.get(supplier)
        if found is None:
            place = likeness(self._book, self._customer, supplier, with_reasons=self._with_trace)
            found = self._whole[supplier] = self._book.priced_for(place)
        return found

    def _still_covered(self, offering: Offering, whole: _Whole) -> bool:
        """Draw what the line drew before; False, and nothing drawn, where the allowance no longer covers all of it."""
        if whole.scheme is None or whole.drawn is None:
            return True
        return self._allowances.takes(whole.scheme, offering, whole.line.quantity, whole.drawn)

    def _reckoned(self, offering: Offering, quantity: int, agreed: Agreed | None) -> QuotedLine:
        """The line from its rules, whatever was reckoned before."""
        trace: list[Traced] = []
        self._known_parts.clear()
        line = self._known(offering, quantity)
        ranked = self._ranked(line, trace)
        if agreed is not None:
            ranked.insert(0, self._agreed(line, agreed))
        self._best = ranked[0].rule.id
        parts = self._parts(line, ranked, trace)
        return self._quoted(
            line, tuple(parts), tuple(sorted(trace, key=lambda traced: (_LEVELS[traced.level], traced.rule)))
        )

    def _ranked(self, line: _Line, trace: list[Traced]) -> list[Contender]:
        """The rules that may be used, the first to price a piece first.

        The door lets no two of one rank in but those of schemes that nobody has by one job; who has two jobs may have both.
        """
        ranked = sorted(self._contenders(line, trace), key=lambda contender: contender.rank)
        if all(one.rank < other.rank for one, other in pairwise(ranked)):
            return ranked
        return sorted(ranked, key=lambda contender: (contender.rank, self._seniority(contender)))

    def _agreed(self, line: _Line, agreed: Agreed) -> Contender:
        """What was agreed, as a rule before all others. Refusal in another currency than the ordinary price is today."""
        method = Free() if agreed.free else Fixed(agreed.price, agreed.includes_tax)
        credit = None if agreed.credit is None else Fixed(agreed.credit)
        rule = PriceRule(agreed.rule, Level.AGREEMENT, line.offering.supplier, method, credit=credit)
        strange = _currency_obstacle(rule, line)
        if strange is not None:
            raise Refusal(strange)
        return Contender(rule, _AGREED, self._asked(rule, line), self._credited(rule, line))

    def _seniority(self, contender: Contender) -> tuple[bool, date, str] | tuple[()]:
        """Of a staff price, by which of her jobs she has it."""
        return () if contender.rule.scheme is None else seniority(self._scheme(contender), self._customer)

    def _known(self, offering: Offering, quantity: int) -> _Line:
        """The ordinary price, the cost and the tax of the line on that day."""
        on = self._customer.on
        tax: TaxRate | None = None
        if offering.tax_code and self._customer.tax.taxed:
            tax = self._tax(offering)
        listed, cost = self._listed(offering, quantity), self._book.cost_on(offering.id, on)
        ordinary = self._taxed(offering, listed.price, includes_tax=listed.includes_tax)
        currency = listed.price.currency
        strange = None if cost is None or cost.currency == currency else cost.currency
        return _Line(
            offering,
            quantity,
            ordinary,
            cost if strange is None else None,
            tax,
            cost_currency=strange,
            listed_with_tax=listed.includes_tax,
            comparables=tuple(
                each for each in self._book.comparables_on(offering.id, on) if each.price.currency == currency
            ),
        )

    def _listed(self, offering: Offering, quantity: int) -> Fixed:
        """What the list asks of everybody, as it stands there."""
        listed = [
            rule
            for rule in self._book.candidates(offering)
            if rule.level is Level.LIST and obstacle(self._book, rule, offering, self._customer, quantity) is None
        ]
        if not listed:
            name = offering.name or offering.id
            raise Refusal(Reason.of("list_price_missing", offering=name, on=self._customer.on))
        best = min(listed, key=lambda rule: self._rank(rule, offering))
        assert isinstance(best.method, Fixed)  # the door lets no other list price in
        return best.method

    def _taxed(self, offering: Offering, price: UnitPrice, *, includes_tax: bool) -> Asked:
        """The price as it is asked here: a price with tax in it loses the tax where nothing is taxed."""
        includes_tax = includes_tax and bool(offering.tax_code)
        if not includes_tax or self._customer.tax.taxed:
            return Asked(price, includes_tax)
        return Asked(price.times(1 / (1 + self._tax(offering).rate.fraction)), includes_tax=False)

    def _tax(self, offering: Offering) -> TaxRate:
        """The tax rate of the item on that day. Refusal when nobody has said: a missing rate is not zero."""
        company, on = self._customer.standing.supplier_company, self._customer.on
        tax = self._book.tax_on(company, offering.tax_code, on)
        if tax is None:
            raise Refusal(Reason.of("tax_rate_missing", company=company, tax_code=offering.tax_code, on=on))
        return tax

    def _contenders(self, line: _Line, trace: list[Traced]) -> list[Contender]:
        """The rules that may be used; the others are traced with the reason why not."""
        found = []
        for rule in self._book.candidates(line.offering):
            why = (
                obstacle(self._book, rule, line.offering, self._customer, line.quantity)
                or _currency_obstacle(rule, line)
                or _cost_obstacle(rule, line)
                or self._cooling_obstacle(rule, line)
                or _base_obstacle(rule.method, line)
                or _credit_obstacle(rule, line)
            )
            if why is None:
                ranked = self._rank(rule, line.offering)
                found.append(Contender(rule, ranked, self._asked(rule, line), self._credited(rule, line)))
            else:
                trace.append(Traced(rule.id, rule.level, Outcome.NOT_APPLICABLE, why))
        return found

    def _cooling_obstacle(self, rule: PriceRule, line: _Line) -> Reason | None:
        """Why a scheme sells nobody what she gave back not long ago."""
        if rule.scheme is None:
            return None
        scheme = self._book.scheme_on(rule.scheme, self._customer.on)
        again = self._allowances.cools_until(scheme, line.offering.id)
        if again is None:
            return None
        name = line.offering.name or line.offering.id
        return Reason.of(COOLING, scheme=scheme.name or scheme.id, offering=name, next_on=again)

    def _rank(self, rule: PriceRule, offering: Offering) -> tuple[int, int, int, int]:
        """Lower wins: level, distance of the target, narrowness of the party, then the higher quantity break."""
        distance, narrowness = self._book.distance(rule.target, offering), self._customer.narrowness(rule)
        assert distance is not None and narrowness is not None  # noqa: PT018 - candidates without obstacle have both
        return _LEVELS[rule.level], distance, narrowness, -rule.quantity_min

    def _asked(self, rule: PriceRule, line: _Line) -> Asked:
        """What the rule asks for a piece, after its cap on the saving and its floor; never above the ordinary price for that."""
        if isinstance(rule.method, Free):
            return Asked(line.ordinary.price.times(0), line.ordinary.includes_tax)
        asked = self._found(rule.method, line)
        return asked if rule.level is Level.LIST else _bounded(rule, asked, line)

    def _credited(self, rule: PriceRule, line: _Line) -> Asked | None:
        """What the rule credits a piece with, where that is otherwise; no floor and no cap, which are the receiver's."""
        return None if rule.credit is None else self._found(rule.credit, line)

    def _found(self, method: Method, line: _Line) -> Asked:
        """What a method finds for a piece."""
        if isinstance(method, Fixed):
            return self._taxed(line.offering, method.price, includes_tax=method.includes_tax)
        if isinstance(method, PercentOff):
            return Asked(line.ordinary.price.times(1 - method.rate.fraction), line.ordinary.includes_tax)
        price = transfer.reckoned(method, line.bases)
        assert price is not None  # a method whose base is not known has an obstacle
        with_tax = isinstance(method, Market) and line.listed_with_tax
        return self._taxed(line.offering, price, includes_tax=with_tax)

    def _parts(self, line: _Line, ranked: Sequence[Contender], trace: list[Traced]) -> list[Part]:
        """Give the pieces to the winners in turn; only an allowance that runs out leaves pieces to the next."""
        parts: list[Part] = []
        left, winner = line.quantity, None
        for contender in ranked:
            taken = self._taken(contender, line, left) if left else 0
            if taken:
                parts.append(self._drawing(contender, line, taken))
                left -= taken
                trace.append(_won(contender, taken, line, after=winner))
                winner = contender
            elif left:
                why = self._used_up(contender, line)
                trace.append(Traced(contender.rule.id, contender.rule.level, Outcome.NOT_APPLICABLE, why))
            else:
                assert winner is not None  # pieces run out only by being taken
                trace.append(_lost(contender, winner, line))
        return parts

    def _taken(self, contender: Contender, line: _Line, left: int) -> int:
        """How many of the pieces left this rule prices: all, or as many as its scheme's allowance covers."""
        if contender.rule.scheme is None:
            return left
        scheme = self._scheme(contender)
        return self._allowances.pieces(scheme, line.offering, left, lambda count: self._measure(contender, line, count))

    def _used_up(self, contender: Contender, line: _Line) -> Reason:
        """Which limit of the scheme lets no piece through."""
        scheme = self._scheme(contender)
        return self._allowances.refusal(scheme, line.offering, lambda count: self._measure(contender, line, count))

    def _measure(self, contender: Contender, line: _Line, count: int) -> Money:
        """What so many pieces take of the scheme's allowance: the price paid or the saving, tax included."""
        gross = self._part(contender, line, count).gross
        scheme = self._scheme(contender)
        if scheme.allowance_measure is AllowanceMeasure.PRICE:
            return gross
        return max(_sums(line.ordinary, count, line.rate)[2] - gross, Money.zero(gross.currency))

    def _scheme(self, contender: Contender) -> Scheme:
        """The scheme of a staff price, as it is on that day."""
        return self._book.scheme_on(contender.rule.scheme or "", self._customer.on)

    def _drawing(self, contender: Contender, line: _Line, count: int) -> Part:
        """The part, and its draw on the scheme's allowance."""
        part = self._part(contender, line, count)
        if contender.rule.scheme is None:
            return part
        money = self._measure(contender, line, count)
        self._allowances.draw(self._scheme(contender), line.offering, count, money)
        return replace(part, drawn=money, kept=self._kept(contender, part, line))

    def _kept(self, contender: Contender, part: Part, line: _Line) -> Kept | None:
        """How long the scheme asks to keep the pieces, and what they cost more if they are not kept so long."""
        scheme, on = self._scheme(contender), self._customer.on
        if not scheme.keep_days or (date.max - on).days < scheme.keep_days:
            return None
        until = on + timedelta(days=scheme.keep_days)
        if not scheme.repays_early:
            return Kept(until)
        net, tax, _gross = _sums(line.ordinary, part.quantity, line.rate)
        nothing = Money.zero(net.currency)
        return Kept(until, max(net - part.net, nothing), max(tax - part.tax, nothing))

    def _part(self, contender: Contender, line: _Line, count: int) -> Part:
        """So many pieces at the rule's price, reckoned once a line."""
        place = (contender.rule.id, count)
        part = self._known_parts.get(place)
        if part is None:
            part = self._known_parts[place] = self._priced(contender, line, count)
        return part

    def _priced(self, contender: Contender, line: _Line, count: int) -> Part:
        """So many pieces at the rule's price: rounded once, tax taken out or added, on the legal minimum base for staff."""
        asked, rule = contender.asked, contender.rule
        net, tax, gross = _sums(asked, count, line.rate)
        if rule.level is Level.SCHEME:
            net, tax, gross = _with_minimum_base(asked, count, line, (net, tax, gross))
        return Part(
            quantity=count,
            unit_price=asked.price,
            includes_tax=asked.includes_tax,
            amount=gross if asked.includes_tax else net,
            net=net,
            tax=tax,
            gross=gross,
            basis=self._basis(rule),
            rule=rule.id,
            scheme=rule.scheme,
            range=self._range(asked, line),
            credited=None if contender.credited is None else _sums(contender.credited, count, line.rate)[0],
        )

    def _range(self, asked: Asked, line: _Line) -> ArmsLength | None:
        """Between related companies, the price without tax beside those of strangers."""
        if not line.comparables or self._customer.standing.kind not in transfer.RELATED_COMPANIES:
            return None
        return ArmsLength.of(UnitPrice(_net(asked, line.rate), asked.price.currency), line.comparables)

    def _basis(self, rule: PriceRule) -> Basis:
        if isinstance(rule.method, Free):
            return Basis.FREE
        if rule.level is Level.RATE:
            return Basis.DEPARTMENT if self._customer.standing.kind in WITHIN_ENTITY else Basis.TRANSFER
        return {Level.AGREEMENT: Basis.AGREEMENT, Level.SCHEME: Basis.STAFF, Level.LIST: Basis.LIST}[rule.level]

    def _quoted(self, line: _Line, parts: tuple[Part, ...], trace: tuple[Traced, ...]) -> QuotedLine:
        zero = Money.zero(line.ordinary.price.currency)
        net, tax, gross = (sum((getattr(part, name) for part in parts), start=zero) for name in ("net", "tax", "gross"))
        with_tax = line.ordinary.includes_tax
        ordinary_net, _, ordinary_gross = _sums(line.ordinary, line.quantity, line.rate)
        ordinary, price = (ordinary_gross, gross) if with_tax else (ordinary_net, net)
        return QuotedLine(
            offering=line.offering.id,
            quantity=line.quantity,
            parts=parts,
            includes_tax=with_tax,
            ordinary=ordinary,
            price=price,
            saving=ordinary - price,
            net=net,
            tax=tax,
            gross=gross,
            cost=None if line.cost is None else rounded(line.cost, line.quantity),
            outside=line.offering.outside,
            trace=trace,
        )


def _cost_obstacle(rule: PriceRule, line: _Line) -> Reason | None:
    """A price that rests on the cost cannot be used while the cost is not known: nothing goes silently below it."""
    at_cost = rule.floor is not None and rule.floor.at_cost
    taxed_at_cost = rule.level is Level.SCHEME and line.tax is not None and line.tax.staff_minimum is TaxMinimum.COST
    rests = isinstance(rule.method, CostPlus) or isinstance(rule.credit, CostPlus)
    if line.cost is not None or not (rests or at_cost or taxed_at_cost):
        return None
    facts: dict[str, Fact] = {"offering": line.offering.name or line.offering.id}
    if line.cost_currency is None:
        return Reason.of("cost_not_known", **facts)
    return Reason.of("cost_in_other_currency", cost_currency=line.cost_currency, **facts)


def _currency_obstacle(rule: PriceRule, line: _Line) -> Reason | None:
    """A rule in another currency than the ordinary price is for other sales; amounts of two currencies never meet."""
    currency = next((price.currency for price in rule.prices), line.ordinary.price.currency)
    if currency == line.ordinary.price.currency:
        return None
    return Reason.of("rule_in_other_currency", currency=currency, price_currency=line.ordinary.price.currency)


def _base_obstacle(method: Method, line: _Line) -> Reason | None:
    return None if isinstance(method, _ON_THE_LIST) else transfer.obstacle(method, line.bases)


def _credit_obstacle(rule: PriceRule, line: _Line) -> Reason | None:
    """Why nobody can be credited otherwise here: what runs is charged in periods by one price, or the base is not known."""
    if rule.credit is None:
        return None
    if line.offering.plan is not None:
        return Reason.of("credit_not_running", offering=line.offering.name or line.offering.id)
    return _base_obstacle(rule.credit, line)


def _bounded(rule: PriceRule, asked: Asked, line: _Line) -> Asked:
    """Cap the saving, then lift to the floor; both only as far as the ordinary price, which everybody pays."""
    if rule.saving_max is None and rule.floor is None:
        return asked
    net, ordinary = _net(asked, line.rate), _net(line.ordinary, line.rate)
    bounded = net
    if rule.saving_max is not None:
        cap = _net(Asked(rule.saving_max, line.ordinary.includes_tax), line.rate)
        bounded = max(bounded, ordinary - cap)
    if rule.floor is not None:
        floors = [line.cost if rule.floor.at_cost else None, rule.floor.minimum]
        bounded = max([bounded, *(min(floor.minor, ordinary) for floor in floors if floor is not None)])
    if bounded == net:
        return asked
    factor = 1 + line.rate if asked.includes_tax else Fraction(1)
    return Asked(UnitPrice(bounded * factor, asked.price.currency), asked.includes_tax)


def _net(asked: Asked, rate: Fraction) -> Fraction:
    """The exact unit price without tax, in smallest units."""
    return asked.price.minor / (1 + rate) if asked.includes_tax else asked.price.minor


def _sums(asked: Asked, count: int, rate: Fraction) -> tuple[Money, Money, Money]:
    """Net, tax and gross of so many pieces: the amount asked is rounded once, the tax once, and they always add up."""
    amount = rounded(asked.price, count)
    if asked.includes_tax:
        tax = _tax(amount, Fraction(rate.numerator, rate.denominator + rate.numerator))  # rate / (1 + rate)
        return amount - tax, tax, amount
    tax = _tax(amount, rate)
    return amount, tax, amount + tax


def _tax(base: Money, rate: Fraction) -> Money:
    return rounded(UnitPrice(rate, base.currency), base.minor)


def _with_minimum_base(
    asked: Asked, count: int, line: _Line, sums: tuple[Money, Money, Money]
) -> tuple[Money, Money, Money]:
    """Where law sets a lowest tax base for staff, tax is due on that base although less is paid; what is paid stays."""
    net, _, gross = sums
    base = _minimum_base(count, line)
    if base is None or net >= base:
        return sums
    tax = _tax(base, line.rate)
    return (gross - tax, tax, gross) if asked.includes_tax else (net, tax, net + tax)


def _minimum_base(count: int, line: _Line) -> Money | None:
    if line.tax is None or line.tax.staff_minimum is TaxMinimum.NONE:
        return None
    if line.tax.staff_minimum is TaxMinimum.ORDINARY:
        return _sums(line.ordinary, count, line.rate)[0]
    assert line.cost is not None  # a staff price that is taxed at least at the cost has an obstacle without one
    return rounded(line.cost, count)


def _won(contender: Contender, taken: int, line: _Line, *, after: Contender | None) -> Traced:
    if after is not None:
        why = Reason.of("rule_won_rest", pieces=taken, after=after.rule.id)
    elif taken < line.quantity:
        why = Reason.of("rule_won_until_allowance", pieces=taken, quantity=line.quantity)
    else:
        why = Reason.of("rule_won")
    how, credited = _how(contender.rule, line), _how_credited(contender.rule, line)
    return Traced(contender.rule.id, contender.rule.level, Outcome.WON, why, how, credited)


def _lost(contender: Contender, winner: Contender, line: _Line) -> Traced:
    """By the first step of precedence on which the winner was ahead."""
    steps = ("lost_by_level", "lost_by_target", "lost_by_party", "lost_by_quantity")
    ranks = zip(steps, contender.rank, winner.rank, strict=True)
    step = next((name for name, mine, its in ranks if mine != its), "lost_by_job")
    why = Reason.of(step, to=winner.rule.id)
    return Traced(contender.rule.id, contender.rule.level, Outcome.LOST, why, _how(contender.rule, line))


def _how(rule: PriceRule, line: _Line) -> Reason | None:
    """On which base the rule finds its price, where that is another than the ordinary price."""
    return None if isinstance(rule.method, _ON_THE_LIST) else transfer.how(rule.method, line.bases)


def _how_credited(rule: PriceRule, line: _Line) -> Reason | None:
    """On which base the supplying department is credited; None where it is as it is charged, or from the ordinary price."""
    if rule.credit is None or isinstance(rule.credit, _ON_THE_LIST):
        return None
    return transfer.how(rule.credit, line.bases)
