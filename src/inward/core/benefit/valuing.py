"""What a purchase is worth to the tax office, and under which rule: the first that fits, by rank; why the others do not."""

from dataclasses import dataclass
from datetime import date

from inward.core.benefit.case import Case, Purchase
from inward.core.benefit.law import Law, zero
from inward.core.benefit.rules import Basis, PriceShare, Rule
from inward.core.terms import Fact, Money, Reason, Refusal, spread


@dataclass(frozen=True, slots=True)
class Valued:
    """A purchase as far as it was kept, with its rule and value; ``price`` where a rule counts in percent of it."""

    purchase: Purchase
    rule: Rule
    passed_over: tuple[Reason, ...]
    basis: Basis
    value: Money
    paid: Money
    price: Money | None
    benefit: Money


def valued(law: Law, case: Case, year: int, as_of: date | None) -> tuple[Valued, ...]:
    """The purchases of the tax year that were kept as of a day (None: as far as is known), in order of time.

    Refusal for what cannot be: twice the same id, more returned than bought, an amount below nothing or of another
    currency; and for what nobody has said: a rule for that kind and day, the value the rule asks for.
    """
    for each in case.purchases:
        _check(law, each)
    back = _returned(case, as_of)
    days = law.year(year)
    kept = [(each, each.pieces - back.get(each.id, 0)) for each in case.purchases if each.on in days]
    bought = [(each, left) for each, left in kept if left and (as_of is None or each.on <= as_of)]
    return tuple(_valued(law, case, each, left) for each, left in sorted(bought, key=lambda pair: pair[0].place))


def rule_for(law: Law, case: Case, purchase: Purchase) -> tuple[Rule, tuple[Reason, ...]]:
    """The rule that decides on a purchase, and why those before it do not. Refusal where no rule is known."""
    passed_over: list[Reason] = []
    for rule in law.covering(purchase.kind, purchase.on):
        unfit = _unfit(rule, case, purchase)
        if unfit is None:
            return rule, tuple(passed_over)
        passed_over.append(unfit)
    facts: dict[str, Fact] = {"jurisdiction": law.jurisdiction, "kind": purchase.kind, "on": purchase.on}
    raise Refusal(Reason.of("benefit_rule_missing", **facts), where=purchase.id)


def _unfit(rule: Rule, case: Case, purchase: Purchase) -> Reason | None:
    facts = case.employee.facts | purchase.facts
    if purchase.beneficiary not in rule.beneficiaries:
        return Reason.of("benefit_not_for_beneficiary", rule=rule.id, beneficiary=purchase.beneficiary.value)
    if case.employee.status not in rule.statuses:
        return Reason.of("benefit_not_for_status", rule=rule.id, status=case.employee.status.value)
    missing = next((fact for fact in rule.requires if fact not in facts), None)
    if missing is not None:
        return Reason.of("benefit_fact_required", rule=rule.id, fact=missing)
    against = next((fact for fact in rule.unless if fact in facts), None)
    return None if against is None else Reason.of("benefit_fact_excludes", rule=rule.id, fact=against)


def _valued(law: Law, case: Case, purchase: Purchase, left: int) -> Valued:
    rule, passed_over = rule_for(law, case, purchase)
    basis = next((basis for basis in rule.bases if basis in purchase.values), None)
    if basis is None:
        raise Refusal(_value_missing(rule, rule.bases[0]), where=purchase.id)
    value, paid = _kept(purchase.values[basis], purchase, left), _kept(purchase.paid, purchase, left)
    price = purchase.values.get(Basis.PRICE)
    if price is None and any(isinstance(limit, PriceShare) for limit in rule.limits):
        raise Refusal(_value_missing(rule, Basis.PRICE), where=purchase.id)
    asked = None if price is None else _kept(price, purchase, left)
    return Valued(purchase, rule, passed_over, basis, value, paid, asked, max(value - paid, zero(law)))


def _value_missing(rule: Rule, basis: Basis) -> Reason:
    return Reason.of("benefit_value_missing", rule=rule.id, basis=basis.value)


def _kept(money: Money, purchase: Purchase, left: int) -> Money:
    """The share of the pieces that were kept; those bought last come back first, as in returns of orders."""
    if left == purchase.pieces:
        return money
    return Money(spread(money.minor, (left, purchase.pieces - left))[0], money.currency)


def _returned(case: Case, as_of: date | None) -> dict[str, int]:
    """How many pieces of each purchase had come back by then."""
    bought: dict[str, Purchase] = {}
    for purchase in case.purchases:
        if purchase.id in bought:
            raise Refusal(Reason.of("id_twice", id=purchase.id), where=purchase.id)
        bought[purchase.id] = purchase
    back: dict[str, int] = {}
    for each in case.returns:
        of = bought.get(each.purchase)
        if of is None:
            raise Refusal(Reason.of("benefit_return_of_nothing", id=each.purchase), where=each.purchase)
        if each.pieces < 1 or each.on < of.on:
            raise Refusal(Reason.of("benefit_return_unfit", id=of.id, on=each.on), where=of.id)
        if as_of is None or each.on <= as_of:
            back[of.id] = back.get(of.id, 0) + each.pieces
    for id_, pieces in back.items():
        if pieces > bought[id_].pieces:
            facts: dict[str, Fact] = {"id": id_, "pieces": pieces, "bought": bought[id_].pieces}
            raise Refusal(Reason.of("benefit_return_too_much", **facts), where=id_)
    return back


def _check(law: Law, purchase: Purchase) -> None:
    if purchase.pieces < 1:
        raise Refusal(Reason.of("quantity_below_one", quantity=purchase.pieces), where=purchase.id)
    for money in (purchase.paid, *purchase.values.values()):
        if money.currency != law.currency:
            facts = {"currency": law.currency, "given": money.currency}
            raise Refusal(Reason.of("benefit_currency", **facts), where=purchase.id)
        if money.minor < 0:
            raise Refusal(Reason.of("benefit_amount_negative"), where=purchase.id)
