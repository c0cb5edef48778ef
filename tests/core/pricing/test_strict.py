"""What must never be guessed or mixed: currencies, who is inside, what was used before, what is known and what is not."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.pricing.conftest import (
    ON,
    asked,
    book,
    by_rule,
    eur,
    item,
    listed,
    money,
    party,
    rule,
    scheme,
    staff_rule,
    work,
    world,
)

from inward.core.classification import Company, Kind, Unit, WorkKind, World
from inward.core.pricing import (
    AllowanceMeasure,
    Basis,
    Cost,
    CostPlus,
    Fixed,
    Floor,
    Free,
    Level,
    PercentOff,
    Scope,
    Target,
    TargetKind,
    TaxRate,
    Used,
)
from inward.core.pricing.eligibility import tenure_months
from inward.core.pricing.returning import given_back
from inward.core.terms import Money, Period, Rate, Refusal, UnitPrice

AGREED = Level.AGREEMENT
SISTER = frozenset({Kind.AFFILIATE})


def usd(amount):
    return UnitPrice.of(amount, "USD")


def refused(make):
    with pytest.raises(Refusal) as caught:
        make()
    return caught.value.reason.code, caught.value.where


class TestCurrencies:
    @pytest.mark.parametrize(
        "dollars",
        [
            rule("dollars", AGREED, Fixed(usd("1"))),
            rule("dollars", AGREED, PercentOff(Rate.percent(99)), floor=Floor(minimum=usd("1"))),
            rule("dollars", AGREED, PercentOff(Rate.percent(99)), saving_max=usd("1")),
        ],
    )
    def test_a_rule_in_another_currency_is_for_other_sales(self, dollars):
        line = asked(book(dollars, listed()), customer="nora").lines[0]
        assert line.price == money("100.00")
        assert by_rule(line)["dollars"] == ("not_applicable", "rule_in_other_currency")

    def test_the_rule_in_the_currency_of_the_sale_is_found_among_others(self):
        rules = (
            rule("dollars", AGREED, Fixed(usd("2")), target=Target(TargetKind.ITEM, "machine")),
            rule("euros", AGREED, Fixed(eur("3"))),
        )
        assert asked(book(*rules, listed()), customer="nora").total == money("3.00")

    @pytest.mark.parametrize(
        "resting",
        [
            rule("cost", AGREED, CostPlus(Rate.percent(10))),
            rule("cost", AGREED, PercentOff(Rate.percent(99)), floor=Floor(at_cost=True)),
        ],
    )
    def test_a_cost_in_another_currency_is_no_figure_to_reckon_with(self, resting):
        from inward.core.pricing import PriceBook

        prices = PriceBook.of(offerings=[item()], rules=[resting, listed()], costs=[Cost("machine", usd("60"))])
        line = asked(prices, customer="nora").lines[0]
        assert (line.price, line.cost) == (money("100.00"), None)
        assert by_rule(line)["cost"] == ("not_applicable", "cost_in_other_currency")

    def test_one_price_names_amounts_of_one_currency(self):
        mixed = rule("mixed", AGREED, Fixed(eur("5")), floor=Floor(minimum=usd("1")))
        assert refused(lambda: book(mixed, listed())) == ("price_in_two_currencies", "price mixed")

    def test_what_was_used_in_another_currency_is_refused(self):
        limited = book(staff_rule(), listed(), schemes=[scheme(allowance_money=money("300"))])
        used = [Used("staff", "2026", Money.of("1", "USD"))]
        assert refused(lambda: asked(limited, used=used)) == ("allowance_currency", "used[0]")
        unlimited = book(staff_rule(), listed(), schemes=[scheme()])
        used = [Used("staff", "2026", money("1")), Used("staff", "2026", Money.of("1", "USD"))]
        assert refused(lambda: asked(unlimited, used=used)) == ("allowance_currency", "used[1]")


class TestWhoIsMeant:
    def test_a_job_with_an_outside_employer_earns_no_staff_price_here(self):
        house = world(
            work("ola", kind=WorkKind.CONTRACTOR),
            work("ola", "cafe", number=2),
            work("pia", "xyz"),
            work("pia", "cafe", number=2),
        )
        prices = book(staff_rule(), listed(), schemes=[scheme(work_kinds=frozenset({WorkKind.FULL_TIME}))])
        line = asked(prices, customer="ola", house=house).lines[0]
        assert by_rule(line)["staff"] == ("not_applicable", "scheme_for_other_work")
        assert asked(prices, customer="pia", house=house).lines[0].parts[0].basis is Basis.STAFF

    def test_an_outside_employer_named_by_the_scheme_is_still_outside(self):
        house = world(work("ola"), work("ola", "cafe", number=2))
        prices = book(staff_rule(), listed(), schemes=[scheme(employers=frozenset({"cafe"}))])
        line = asked(prices, customer="ola", house=house).lines[0]
        assert by_rule(line)["staff"] == ("not_applicable", "scheme_of_other_employers")

    def test_an_agreement_for_one_party_of_one_kind_ends_when_the_kind_does(self):
        deal = rule("deal", AGREED, Fixed(eur("70")), scope=Scope(SISTER, "xyz"), supplier="abc")
        prices = book(deal, listed())
        assert asked(prices, customer="xyz-buy").lines[0].price == money("70.00")
        sold = World.of(
            companies=[Company(code) for code in ("jkl", "abc", "xyz", "cafe")],
            units=[Unit("xyz-buy", "xyz")],
        )
        line = asked(prices, customer="xyz-buy", house=sold).lines[0]
        assert line.price == money("100.00")
        assert by_rule(line)["deal"] == ("not_applicable", "rule_for_other_kinds")
        assert by_rule(asked(prices, customer="cafe").lines[0])["deal"] == ("not_applicable", "rule_for_another_party")

    def test_of_two_agreements_with_a_party_the_one_for_a_kind_goes_first_in_whatever_order(self):
        deals = (
            rule("any", AGREED, Fixed(eur("80")), scope=party("xyz")),
            rule("sister", AGREED, Fixed(eur("70")), scope=Scope(SISTER, "xyz")),
            rule("unit", AGREED, Fixed(eur("90")), scope=party("xyz-buy")),
        )
        assert asked(book(*deals, listed()), customer="xyz").lines[0].price == money("70.00")
        assert asked(book(*reversed(deals), listed()), customer="xyz").lines[0].price == money("70.00")
        assert asked(book(*deals, listed()), customer="xyz-buy").lines[0].price == money("90.00")

    def test_an_internal_rate_that_names_a_party_ends_when_the_party_leaves_the_group(self):
        rate = rule("rate", Level.RATE, Fixed(eur("60")), scope=party("xyz"))
        assert asked(book(rate, listed()), customer="xyz").lines[0].price == money("60.00")
        sold = World.of(companies=[Company(code) for code in ("jkl", "abc", "xyz")])
        line = asked(book(rate, listed()), customer="xyz", house=sold).lines[0]
        assert line.price == money("100.00")
        assert by_rule(line)["rate"] == ("not_applicable", "rate_for_inside_parties")

    def test_an_agreement_with_the_company_reaches_a_unit_whose_parent_is_closed(self):
        closed = Period(date(2020, 1, 1), date(2026, 1, 1))
        house = World.of(
            companies=[Company("abc"), Company("cafe")],
            units=[Unit("above", "cafe", period=closed), Unit("below", "cafe", "above")],
        )
        deal = rule("deal", AGREED, Fixed(eur("70")), scope=party("cafe"))
        assert asked(book(deal, listed()), customer="below", house=house).lines[0].price == money("70.00")


class TestTenure:
    @pytest.mark.parametrize(
        ("since", "on", "months"),
        [
            (date(2024, 2, 29), date(2025, 2, 27), 11),
            (date(2024, 2, 29), date(2025, 2, 28), 12),
            (date(2024, 2, 29), date(2028, 2, 28), 47),
            (date(2024, 2, 29), date(2028, 2, 29), 48),
            (date(2026, 1, 31), date(2026, 2, 28), 1),
            (date(2026, 1, 31), date(2026, 3, 30), 1),
            (date(2026, 1, 31), date(2026, 3, 31), 2),
            (date(2026, 1, 30), date(2026, 2, 28), 1),
            (date(2026, 3, 1), date(2026, 3, 31), 0),
            (date(9999, 1, 1), date(9999, 12, 31), 11),
        ],
    )
    def test_a_month_counts_when_its_day_has_come(self, since, on, months):
        assert tenure_months([work("maya", since=since)], "abc", on) == months

    def test_the_day_after_the_last_day_it_is_over(self):
        ended = [work("maya", since=date(2020, 1, 1), until=date(2026, 5, 4))]
        assert tenure_months(ended, "abc", date(2026, 5, 3)) == 76
        assert tenure_months(ended, "abc", date(2026, 5, 4)) == 0


class TestAllowance:
    def test_what_was_used_in_several_entries_is_added_up(self):
        limited = book(staff_rule(), listed(), schemes=[scheme(allowance_units=5, allowance_money=money("300"))])
        used = [
            Used("staff", "2026", money("75"), 1),
            Used("staff", "2026", None, 1),
            Used("staff", "2026", money("75"), 0),
        ]
        used.append(Used("staff", "2025", money("300"), 5))
        quoted = asked(limited, quantity=4, used=used)
        assert [(part.quantity, part.rule) for part in quoted.lines[0].parts] == [(2, "staff"), (2, "list-machine")]
        assert (quoted.allowances[0].money_left, quoted.allowances[0].units_left) == (money("0.00"), 1)

    @pytest.mark.parametrize("used", [Used("staff", "2026", None, -1), Used("staff", "2026", money("-0.01"))])
    def test_nobody_has_used_less_than_nothing(self, used):
        prices = book(staff_rule(), listed(), schemes=[scheme()])
        assert refused(lambda: asked(prices, used=[used])) == ("allowance_used_negative", "used[0]")

    def test_a_scheme_that_is_gone_says_nothing_about_what_was_used_of_it(self):
        assert asked(book(), used=[Used("gone", "2026", money("5"), 1)]).total == money("100.00")

    def test_a_return_gives_back_no_allowance_that_was_never_drawn(self):
        measured = scheme(allowance_money=money("100"), allowance_measure=AllowanceMeasure.SAVING)
        prices = book(staff_rule(PercentOff(Rate.percent(0))), listed(), schemes=[measured])
        line = asked(prices, quantity=2).lines[0]
        assert line.parts[0].drawn == money("0.00")
        (back,) = given_back(line, already=0, pieces=2).allowances
        assert (back.money, back.units) == (money("0.00"), 2)

    @given(st.integers(0, 30_000), st.integers(1, 6), st.integers(1, 6))
    def test_several_lines_draw_on_one_allowance_and_never_more_than_there_is(self, cents, first, second):
        from inward.core.pricing import Wanted, quote

        limited = scheme(allowance_money=Money(cents, "EUR"))
        prices = book(
            staff_rule(PercentOff(Rate.percent(33))),
            listed("9.99"),
            listed("70.01", "kettle"),
            offerings=[item(), item("kettle")],
            schemes=[limited],
        )
        lines = [Wanted("machine", first), Wanted("kettle", second), Wanted("machine", 1)]
        quoted = quote(world=world(), book=prices, supplier="abc", customer="maya", on=ON, lines=lines)
        staff = [part for line in quoted.lines for part in line.parts if part.scheme]
        drawn = sum((part.drawn for part in staff), start=money("0"))
        assert drawn <= Money(cents, "EUR")
        if staff:
            assert (quoted.allowances[0].money, quoted.allowances[0].money_left) == (drawn, Money(cents, "EUR") - drawn)
            assert quoted.allowances[0].units == sum(part.quantity for part in staff)


class TestAtTheDoor:
    @pytest.mark.parametrize(
        ("make", "code", "where"),
        [
            (
                lambda: book(rule("r", AGREED, PercentOff(Rate.percent(101))), listed()),
                "percent_out_of_bounds",
                "price r",
            ),
            (
                lambda: book(rule("r", AGREED, PercentOff(Rate.percent(-1))), listed()),
                "percent_out_of_bounds",
                "price r",
            ),
            (lambda: book(rule("r", AGREED, CostPlus(Rate.percent(-1))), listed()), "percent_out_of_bounds", "price r"),
            (lambda: book(rule("r", AGREED, Free(), saving_max=eur("-1")), listed()), "price_negative", "price r"),
            (
                lambda: book(rule("r", AGREED, Free(), floor=Floor(minimum=eur("-1"))), listed()),
                "price_negative",
                "price r",
            ),
            (
                lambda: book(taxes=[TaxRate("abc", "STD", Rate.percent(-100))]),
                "percent_out_of_bounds",
                "tax STD of abc",
            ),
            (lambda: book(schemes=[scheme(allowance_units=-1)]), "price_negative", "scheme staff"),
            (lambda: book(schemes=[scheme(allowance_money=money("-1"))]), "price_negative", "scheme staff"),
            (lambda: book(schemes=[scheme(tenure_months=-1)]), "price_negative", "scheme staff"),
        ],
    )
    def test_less_than_nothing_is_refused(self, make, code, where):
        assert refused(make) == (code, where)


def test_free_pieces_give_back_what_they_cost_and_the_others_nothing():
    rules = (
        staff_rule(Free()),
        rule("rest", Level.RATE, Free(), scope=Scope(frozenset({Kind.DEPARTMENT}))),
        listed(),
    )
    prices = book(*rules, costs=[("machine", "3.333")], schemes=[scheme(allowance_units=2)])
    line = asked(prices, quantity=3).lines[0]
    assert [(part.quantity, part.basis) for part in line.parts] == [(2, Basis.FREE), (1, Basis.LIST)]
    costs = [given_back(line, already=n, pieces=1).cost for n in range(3)]
    assert costs[0] is None
    # Two thirds of 10.00 were absorbed.
    assert sum((cost for cost in costs[1:]), start=money("0")) == money("6.67")


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdef"), st.sampled_from(["LIST", "RATE", "SCHEME", "AGREEMENT"]), st.integers(1, 99)
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["maya", "abc-it", "xyz", "nora", "olav"]),
    st.data(),
)
def test_the_trace_alone_tells_the_winner_and_names_every_rule_once_in_any_order_of_entry(drawn, customer, data):
    rules = [listed()]
    for place, (key, level, off) in enumerate(drawn):
        found = Level(level)
        more = {"scheme": "staff"} if found is Level.SCHEME else {}
        method = Fixed(eur(off)) if found is Level.LIST else PercentOff(Rate.percent(off))
        rules.append(rule(f"{key}{place}", found, method, quantity_min=place + 2, **more))
    line = asked(book(*rules, schemes=[scheme()]), customer=customer, quantity=4).lines[0]
    again = asked(book(*data.draw(st.permutations(rules)), schemes=[scheme()]), customer=customer, quantity=4).lines[0]
    assert again == line
    assert sorted(traced.rule for traced in line.trace) == sorted(each.id for each in rules)
    won = [traced.rule for traced in line.trace if traced.outcome.value == "won"]
    assert won == [part.rule for part in line.parts]
    winner = next(each for each in rules if each.id == won[0])
    price = winner.method.price.minor if isinstance(winner.method, Fixed) else None
    if price is not None:
        assert line.parts[0].unit_price.minor == price
    assert line.net + line.tax == line.gross
    assert sum((part.gross for part in line.parts), start=money("0")) == line.gross
    assert Fraction(line.saving.minor) == line.ordinary.minor - line.price.minor
