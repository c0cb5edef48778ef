"""What a price is and why: each kind of customer, each method, floors and caps, allowances, tax; and the laws behind them."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
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

from inward.core.classification import Kind, WorkKind
from inward.core.pricing import (
    AllowanceMeasure,
    Basis,
    CostPlus,
    Fixed,
    Floor,
    Free,
    Level,
    Outcome,
    PercentOff,
    Scope,
    Target,
    TargetKind,
    TaxMinimum,
    TaxRate,
    Used,
    Wanted,
    quote,
)
from inward.core.pricing.eligibility import tenure_months
from inward.core.terms import Money, Period, Rate, Reason, Refusal, UnitPrice

AGREED = Level.AGREEMENT
INSIDE = Scope(frozenset({Kind.DEPARTMENT}))
SISTER = Scope(frozenset({Kind.AFFILIATE}))


def refused(**more):
    with pytest.raises(Refusal) as caught:
        asked(**more)
    return caught.value.reason.code, caught.value.where


class TestWhoPaysWhat:
    def test_an_outsider_pays_the_list_price(self):
        line = asked(book(staff_rule(), listed(), schemes=[scheme()]), customer="nora").lines[0]
        assert (line.price, line.saving, line.parts[0].basis) == (money("100.00"), money("0.00"), Basis.LIST)
        assert by_rule(line) == {
            "staff": ("not_applicable", "scheme_for_own_purchases"),
            "list-machine": ("won", "rule_won"),
        }

    def test_staff_pay_the_staff_price_and_see_what_they_save(self):
        quoted = asked(book(staff_rule(), listed(), schemes=[scheme()]))
        line = quoted.lines[0]
        assert quoted.standing.kind is Kind.STAFF
        assert (line.ordinary, line.price, line.saving) == (money("100.00"), money("75.00"), money("25.00"))
        assert line.parts[0].basis is Basis.STAFF
        assert by_rule(line) == {"staff": ("won", "rule_won"), "list-machine": ("lost", "lost_by_level")}

    def test_a_department_pays_the_department_rate_without_tax(self):
        prices = book(
            rule("rate", Level.RATE, CostPlus(Rate.percent(10)), scope=INSIDE),
            listed("121.00", tax=True),
            offerings=[item(tax_code="STD")],
            costs=[("machine", "60.00")],
            taxes=[TaxRate("abc", "STD", Rate.percent(21))],
        )
        line = asked(prices, customer="abc-it-desk").lines[0]
        assert (line.ordinary, line.price, line.tax, line.includes_tax) == (
            money("100.00"),
            money("66.00"),
            money("0"),
            False,
        )
        assert line.parts[0].basis is Basis.DEPARTMENT

    def test_a_sister_company_pays_the_transfer_price(self):
        prices = book(rule("transfer", Level.RATE, PercentOff(Rate.percent(12)), scope=SISTER), listed())
        for customer in ("xyz", "xyz-buy"):
            line = asked(prices, customer=customer).lines[0]
            assert (line.price, line.parts[0].basis) == (money("88.00"), Basis.TRANSFER)

    def test_a_rate_for_no_kind_in_particular_is_not_for_people_and_outsiders(self):
        prices = book(rule("rate", Level.RATE, PercentOff(Rate.percent(50))), listed())
        assert by_rule(asked(prices, customer="nora").lines[0])["rate"] == ("not_applicable", "rate_for_inside_parties")
        assert asked(prices, customer="abc-it").lines[0].price == money("50.00")

    def test_what_is_free_for_use_shows_its_cost(self):
        prices = book(rule("free", Level.RATE, Free(), scope=INSIDE), listed(), costs=[("machine", "60.00")])
        line = asked(prices, customer="abc-it", quantity=2).lines[0]
        assert (line.price, line.cost, line.saving) == (money("0.00"), money("120.00"), money("200.00"))
        assert line.parts[0].basis is Basis.FREE

    def test_an_agreement_with_a_company_covers_its_departments_but_no_private_purchase(self):
        prices = book(rule("deal", AGREED, Fixed(eur("70")), scope=party("xyz")), listed())
        assert asked(prices, customer="xyz-buy").lines[0].price == money("70.00")
        assert by_rule(asked(prices, customer="dina").lines[0])["deal"] == ("not_applicable", "rule_for_another_party")

    def test_an_agreement_with_a_person_is_hers_alone(self):
        prices = book(rule("deal", AGREED, Fixed(eur("70")), scope=party("maya")), listed())
        assert asked(prices).lines[0].parts[0].basis is Basis.AGREEMENT
        assert asked(prices, customer="dina").lines[0].price == money("100.00")

    def test_a_price_of_zero_is_a_price(self):
        assert asked(book(rule("gift", AGREED, Fixed(eur("0"))), listed()), customer="nora").total == money("0.00")


class TestWhichRuleWins:
    def test_agreement_scheme_rate_list_in_this_order(self):
        rules = [
            rule("deal", AGREED, Fixed(eur("90")), scope=party("maya")),
            staff_rule(PercentOff(Rate.percent(50))),
            rule("rate", Level.RATE, Fixed(eur("10")), scope=Scope(frozenset({Kind.STAFF}))),
            listed(),
        ]
        assert asked(book(*rules, schemes=[scheme()])).lines[0].price == money("90.00")
        assert asked(book(*rules[1:], schemes=[scheme()])).lines[0].price == money("50.00")

    def test_the_nearer_target_the_narrower_party_the_higher_break(self):
        tree = {"kitchen": None, "coffee": "kitchen"}
        prices = book(
            rule("all", AGREED, Fixed(eur("1"))),
            rule("kitchen", AGREED, Fixed(eur("2")), target=Target(TargetKind.CATEGORY, "kitchen")),
            rule("coffee", AGREED, Fixed(eur("3")), target=Target(TargetKind.CATEGORY, "coffee")),
            rule(
                "coffee-abc", AGREED, Fixed(eur("4")), target=Target(TargetKind.CATEGORY, "coffee"), scope=party("abc")
            ),
            rule(
                "coffee-it",
                AGREED,
                Fixed(eur("5")),
                target=Target(TargetKind.CATEGORY, "coffee"),
                scope=party("abc-it"),
            ),
            rule(
                "many",
                AGREED,
                Fixed(eur("6")),
                target=Target(TargetKind.CATEGORY, "coffee"),
                scope=party("abc-it"),
                quantity_min=5,
            ),
            listed(),
            offerings=[item(category="coffee")],
            categories=tree,
        )
        line = asked(prices, customer="abc-it-desk", quantity=5).lines[0]
        assert by_rule(line) == {
            "many": ("won", "rule_won"),
            "coffee-it": ("lost", "lost_by_quantity"),
            "coffee-abc": ("lost", "lost_by_party"),
            "coffee": ("lost", "lost_by_party"),
            "kitchen": ("lost", "lost_by_target"),
            "all": ("lost", "lost_by_target"),
            "list-machine": ("lost", "lost_by_level"),
        }
        assert by_rule(asked(prices, customer="abc-it-desk", quantity=4).lines[0])["many"] == (
            "not_applicable",
            "rule_from_quantity",
        )

    def test_rules_on_other_days_and_for_other_kinds_do_not_apply(self):
        prices = book(
            rule("past", AGREED, Fixed(eur("1")), period=Period(None, ON)),
            rule("kinds", AGREED, Fixed(eur("2")), scope=SISTER),
            listed(),
        )
        assert by_rule(asked(prices, customer="nora").lines[0]) == {
            "past": ("not_applicable", "rule_outside_period"),
            "kinds": ("not_applicable", "rule_for_other_kinds"),
            "list-machine": ("won", "rule_won"),
        }

    def test_an_agreement_with_another_is_that_also_when_it_is_over(self):
        past = rule("past", AGREED, Fixed(eur("1")), scope=party("cafe"), period=Period(None, ON))
        line = asked(book(past, listed()), customer="nora").lines[0]
        assert by_rule(line)["past"] == ("not_applicable", "rule_for_another_party")

    def test_a_quantity_break_of_the_list_is_the_ordinary_price(self):
        prices = book(
            listed(),
            listed("80.00", "machine", quantity_min=10).__class__(
                **{**_fields(listed("80.00")), "id": "many", "quantity_min": 10}
            ),
        )
        assert asked(prices, customer="nora", quantity=9).lines[0].ordinary == money("900.00")
        line = asked(prices, customer="nora", quantity=10).lines[0]
        assert (line.ordinary, line.saving) == (money("800.00"), money("0.00"))

    @given(st.permutations(["deal", "staff", "rate", "list-machine", "list-kettle"]))
    def test_the_order_of_entry_never_matters(self, order):
        rules = {
            "deal": rule("deal", AGREED, Fixed(eur("90")), scope=party("xyz")),
            "staff": staff_rule(),
            "rate": rule("rate", Level.RATE, PercentOff(Rate.percent(10)), scope=SISTER),
            "list-machine": listed(),
            "list-kettle": listed(code="kettle"),
        }
        offerings = [item("kettle"), item()]
        first = book(*rules.values(), offerings=offerings, schemes=[scheme()])
        again = book(*(rules[key] for key in order), offerings=offerings[::-1], schemes=[scheme()])
        for customer in ("maya", "xyz", "nora"):
            assert asked(first, customer=customer) == asked(again, customer=customer)


def _fields(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


class TestFloorsAndCaps:
    def test_no_staff_price_goes_below_cost(self):
        prices = book(staff_rule(floor=Floor(at_cost=True)), listed(), costs=[("machine", "80.00")], schemes=[scheme()])
        assert asked(prices).lines[0].price == money("80.00")

    def test_no_price_goes_below_a_minimum_or_above_the_list_for_it(self):
        minimum = staff_rule(floor=Floor(minimum=eur("85")))
        assert asked(book(minimum, listed(), schemes=[scheme()])).lines[0].price == money("85.00")
        high = staff_rule(floor=Floor(at_cost=True))
        above = book(high, listed(), costs=[("machine", "120.00")], schemes=[scheme()])
        assert asked(above).lines[0].price == money("100.00")

    def test_a_floor_looks_at_prices_without_tax(self):
        prices = book(
            staff_rule(floor=Floor(at_cost=True)),
            listed("121.00", tax=True),
            offerings=[item(tax_code="STD")],
            costs=[("machine", "80.00")],
            taxes=[TaxRate("abc", "STD", Rate.percent(21))],
            schemes=[scheme()],
        )
        line = asked(prices).lines[0]
        assert (line.price, line.net) == (money("96.80"), money("80.00"))

    def test_a_saving_is_capped_a_piece(self):
        capped = book(staff_rule(saving_max=eur("10")), listed(), schemes=[scheme()])
        assert asked(capped, quantity=3).lines[0].saving == money("30.00")

    def test_a_price_that_rests_on_an_unknown_cost_is_not_used(self):
        for resting in (staff_rule(floor=Floor(at_cost=True)), staff_rule(CostPlus(Rate.percent(5)))):
            line = asked(book(resting, listed(), schemes=[scheme()])).lines[0]
            assert by_rule(line)["staff"] == ("not_applicable", "cost_not_known")
            assert line.price == money("100.00")


class TestSchemes:
    def why(self, which, customer="maya", house=None, **offered):
        prices = book(staff_rule(), listed(), schemes=[which], **offered)
        return by_rule(asked(prices, customer=customer, house=house).lines[0])["staff"][1]

    def test_who_may_use_it(self):
        assert self.why(scheme(period=Period(None, ON))) == "scheme_outside_period"
        assert self.why(scheme(employers=frozenset({"xyz"}))) == "scheme_of_other_employers"
        assert self.why(scheme(work_kinds=frozenset({WorkKind.PART_TIME}))) == "scheme_for_other_work"
        assert self.why(scheme(employers=frozenset({"xyz"})), customer="dina") == "rule_won"
        assert self.why(scheme(), customer="olav") == "rule_won"

    def test_a_department_uses_its_rates_not_a_scheme(self):
        assert self.why(scheme(), customer="abc-it") == "scheme_for_own_purchases"

    def test_what_it_covers(self):
        tree = {"kitchen": None, "coffee": "kitchen"}
        offered = {"offerings": [item(category="coffee")], "categories": tree}
        kitchen, machine = Target(TargetKind.CATEGORY, "kitchen"), Target(TargetKind.ITEM, "machine")
        assert self.why(scheme(excluded=(kitchen,)), **offered) == "scheme_excludes"
        assert self.why(scheme(included=(machine,)), **offered) == "rule_won"
        other = {"offerings": [item(category="coffee"), item("kettle")], "categories": tree}
        assert self.why(scheme(included=(Target(TargetKind.ITEM, "kettle"),)), **other) == "scheme_does_not_include"

    @pytest.mark.parametrize(
        ("since", "on", "months"),
        [
            (date(2024, 2, 29), date(2025, 2, 27), 11),
            (date(2024, 2, 29), date(2025, 2, 28), 12),
            (date(2024, 1, 31), date(2024, 2, 29), 1),
            (date(2024, 1, 15), date(2024, 2, 14), 0),
            (date(2024, 1, 15), date(2024, 2, 15), 1),
        ],
    )
    def test_tenure_counts_whole_months(self, since, on, months):
        house = world(work("new", since=since))
        prices = book(staff_rule(), listed(), schemes=[scheme(tenure_months=months)])
        assert asked(prices, customer="new", on=on, house=house).lines[0].price == money("75.00")
        later = book(staff_rule(), listed(), schemes=[scheme(tenure_months=months + 1)])
        line = asked(later, customer="new", on=on, house=house).lines[0]
        traced = next(traced for traced in line.trace if traced.rule == "staff")
        assert (traced.why.code, traced.why.facts["months"]) == ("scheme_after_months", months)

    def test_whoever_does_not_work_there_has_no_tenure(self):
        assert tenure_months([], "abc", ON) == 0
        assert tenure_months([work("gone", until=date(2026, 1, 1))], "abc", ON) == 0

    def test_periods_that_touch_are_one_and_a_gap_starts_anew(self):
        first = work("new", since=date(2024, 1, 1), until=date(2025, 1, 1), number=1)
        touching = work("new", since=date(2025, 1, 1), number=2)
        after_gap = work("new", since=date(2025, 2, 1), number=2)
        prices = book(staff_rule(), listed(), schemes=[scheme(tenure_months=24)])
        assert asked(prices, customer="new", house=world(first, touching)).lines[0].price == money("75.00")
        assert asked(prices, customer="new", house=world(first, after_gap)).lines[0].price == money("100.00")
        ahead = work("new", since=date(2027, 1, 1), number=3)
        assert asked(prices, customer="new", house=world(first, touching, ahead)).lines[0].price == money("75.00")


class TestAllowances:
    def test_when_pieces_run_out_the_first_go_at_staff_price_and_the_rest_at_the_ordinary(self):
        prices = book(staff_rule(), listed(), schemes=[scheme(allowance_units=5)])
        quoted = asked(prices, quantity=4, used=[Used("staff", "2026", money("225"), 3)])
        line = quoted.lines[0]
        assert [(part.quantity, part.amount, part.rule) for part in line.parts] == [
            (2, money("150.00"), "staff"),
            (2, money("200.00"), "list-machine"),
        ]
        assert by_rule(line) == {"staff": ("won", "rule_won_until_allowance"), "list-machine": ("won", "rule_won_rest")}
        drawn = quoted.allowances[0]
        assert (drawn.units, drawn.money, drawn.units_left, drawn.money_left) == (2, money("150.00"), 0, None)

    def test_money_covers_whole_pieces_only(self):
        prices = book(staff_rule(), listed(), schemes=[scheme(allowance_money=money("200.00"))])
        quoted = asked(prices, quantity=4)
        assert [part.quantity for part in quoted.lines[0].parts] == [2, 2]
        assert quoted.allowances[0].money_left == money("50.00")

    def test_a_saving_can_be_what_counts(self):
        saving = scheme(allowance_money=money("60.00"), allowance_measure=AllowanceMeasure.SAVING)
        quoted = asked(book(staff_rule(), listed(), schemes=[saving]), quantity=4)
        assert [part.quantity for part in quoted.lines[0].parts] == [2, 2]
        assert quoted.allowances[0].money == money("50.00")

    def test_what_is_used_up_is_said(self):
        prices = book(staff_rule(), listed(), schemes=[scheme(allowance_units=5)])
        quoted = asked(prices, used=[Used("staff", "2026", None, 5)])
        assert by_rule(quoted.lines[0])["staff"] == ("not_applicable", "allowance_used_up")
        assert quoted.allowances == ()
        last_year = asked(prices, used=[Used("staff", "2025", None, 5)])
        assert last_year.lines[0].price == money("75.00")

    def test_the_lines_of_an_order_draw_in_turn(self):
        prices = book(
            staff_rule(),
            listed(),
            listed("40.00", "kettle"),
            offerings=[item(), item("kettle")],
            schemes=[scheme(allowance_units=2, allowance_money=money("300"))],
        )
        lines = [Wanted("machine", 1), Wanted("kettle", 2)]
        quoted = quote(world=world(), book=prices, supplier="abc", customer="maya", on=ON, lines=lines)
        assert [[part.quantity for part in line.parts] for line in quoted.lines] == [[1], [1, 1]]
        assert (quoted.allowances[0].units, quoted.allowances[0].money) == (2, money("105.00"))
        assert quoted.total == money("145.00")

    def test_an_allowance_in_another_currency_is_refused(self):
        other = scheme(allowance_money=Money.of("100", "USD"))
        assert refused(prices=book(staff_rule(), listed(), schemes=[other]))[0] == "allowance_currency"

    @given(
        price=st.integers(1, 20_000),
        percent=st.integers(0, 100),
        quantity=st.integers(1, 30),
        units=st.none() | st.integers(0, 30),
        cents=st.none() | st.integers(0, 100_000),
        measure=st.sampled_from(AllowanceMeasure),
    )
    @settings(max_examples=150)
    def test_an_allowance_is_never_overdrawn_and_lines_add_up(self, price, percent, quantity, units, cents, measure):
        limited = scheme(
            allowance_units=units,
            allowance_money=None if cents is None else Money(cents, "EUR"),
            allowance_measure=measure,
        )
        prices = book(
            staff_rule(PercentOff(Rate.percent(percent)), floor=Floor(at_cost=True)),
            listed(str(Fraction(price, 100)), tax=True),
            offerings=[item(tax_code="STD")],
            costs=[("machine", str(Fraction(price, 200)))],
            taxes=[TaxRate("abc", "STD", Rate.percent(21), staff_minimum=TaxMinimum.COST)],
            schemes=[limited],
        )
        quoted = asked(prices, quantity=quantity)
        line = quoted.lines[0]
        assert sum(part.quantity for part in line.parts) == quantity
        assert all(part.net + part.tax == part.gross for part in line.parts)
        assert (line.net + line.tax, quoted.net + quoted.tax) == (line.gross, quoted.total)
        assert line.gross == sum((part.gross for part in line.parts), start=Money(0, "EUR"))
        for drawn in quoted.allowances:
            assert units is None or drawn.units <= units
            assert cents is None or drawn.money.minor <= cents
        if units is None and cents is None:
            assert [part.rule for part in line.parts] == ["staff"]
        for part in line.parts:
            cost = Fraction(price, 2) * part.quantity
            assert part.gross.minor >= min(cost, Fraction(price) * part.quantity) - 1


class TestTax:
    def prices(self, minimum=TaxMinimum.NONE, *, tax=True, costs=(("machine", "90.00"),)):
        return book(
            staff_rule(PercentOff(Rate.percent(50))),
            listed("121.00", tax=tax),
            offerings=[item(tax_code="STD")],
            costs=costs,
            taxes=[TaxRate("abc", "STD", Rate.percent(21), staff_minimum=minimum)],
            schemes=[scheme()],
        )

    def test_tax_is_taken_out_of_a_price_that_has_it(self):
        line = asked(self.prices(), customer="nora").lines[0]
        assert (line.net, line.tax, line.gross) == (money("100.00"), money("21.00"), money("121.00"))

    def test_tax_is_added_to_a_price_without(self):
        line = asked(self.prices(tax=False), customer="nora").lines[0]
        assert (line.price, line.tax, line.gross) == (money("121.00"), money("25.41"), money("146.41"))

    def test_where_law_sets_a_lowest_base_for_staff_the_tax_is_due_on_it(self):
        usual = asked(self.prices()).lines[0]
        assert (usual.gross, usual.tax) == (money("60.50"), money("10.50"))
        at_cost = asked(self.prices(TaxMinimum.COST)).lines[0]
        assert (at_cost.gross, at_cost.tax, at_cost.net) == (money("60.50"), money("18.90"), money("41.60"))
        market = asked(self.prices(TaxMinimum.ORDINARY)).lines[0]
        assert (market.gross, market.tax) == (money("60.50"), money("21.00"))
        added = asked(self.prices(TaxMinimum.COST, tax=False)).lines[0]
        assert (added.net, added.tax, added.gross) == (money("60.50"), money("18.90"), money("79.40"))

    def test_a_staff_price_taxed_at_least_at_the_cost_waits_until_somebody_says_the_cost(self):
        unknown = asked(self.prices(TaxMinimum.COST, costs=())).lines[0]
        assert (unknown.parts[0].basis, unknown.gross, unknown.tax) == (Basis.LIST, money("121.00"), money("21.00"))
        assert by_rule(unknown)["staff"] == ("not_applicable", "cost_not_known")

    def test_outsiders_pay_tax_on_what_they_pay(self):
        assert asked(self.prices(TaxMinimum.ORDINARY), customer="nora").lines[0].tax == money("21.00")

    def test_within_one_company_tax_is_taken_out_of_the_list_at_the_rate_of_the_day_or_not_at_all(self):
        prices = book(listed("121.00", tax=True), offerings=[item(tax_code="STD")])
        assert refused(prices=prices, customer="abc-it") == ("tax_rate_missing", "")
        assert asked(book(listed("121.00", tax=True)), customer="abc-it").lines[0].price == money("121.00")
        without = book(listed("121.00"), offerings=[item(tax_code="STD")])
        assert asked(without, customer="abc-it").lines[0].price == money("121.00")


class TestRefusals:
    def test_each_is_said_with_its_place(self):
        prices = book(
            listed(), listed("5", "kettle", supplier="xyz"), offerings=[item(), item("kettle", supplier="xyz")]
        )
        ask = {"world": world(), "book": prices, "supplier": "abc", "customer": "maya", "on": ON}
        for lines, code, where in (
            ([], "lines_missing", ""),
            ([Wanted("ghost", 1)], "unknown_offering", "line 1"),
            ([Wanted("machine", 1), Wanted("kettle", 1)], "offering_of_another_supplier", "line 2"),
            ([Wanted("machine", 0)], "quantity_below_one", "line 1"),
        ):
            with pytest.raises(Refusal) as caught:
                quote(lines=lines, **ask)
            assert (caught.value.reason.code, caught.value.where) == (code, where)

    def test_no_list_price_no_tax_rate_and_two_currencies(self):
        assert refused(prices=book(listed(period=Period(None, ON))), customer="nora")[0] == "list_price_missing"
        assert refused(prices=book(offerings=[item(tax_code="STD")]), customer="nora")[0] == "tax_rate_missing"
        dollars = rule(
            "list-kettle", Level.LIST, Fixed(UnitPrice.of("5", "USD")), target=Target(TargetKind.ITEM, "kettle")
        )
        in_pieces = [scheme(allowance_units=3)]
        prices = book(staff_rule(), listed(), dollars, offerings=[item(), item("kettle")], schemes=in_pieces)
        for customer in ("nora", "maya"):  # at everybody's price, and both on one allowance of pieces
            with pytest.raises(Refusal) as caught:
                quote(
                    world=world(),
                    book=prices,
                    supplier="abc",
                    customer=customer,
                    on=ON,
                    lines=[Wanted("machine", 1), Wanted("kettle", 1)],
                )
            assert caught.value.reason == Reason.of("currencies_meet", currencies="EUR, USD")


class TestTwoJobs:
    """Schemes for different employers or kinds of work meet only in somebody with two jobs; a job decides, never the entry."""

    def both(self, *house, **more):
        """What she is asked, by rules a (for staff of ABC, who sells) and b (for staff of XYZ), in whatever order entered."""
        rules = [staff_rule(key=key, scheme=key) for key in "ab"]
        schemes = [scheme("a", employers=frozenset({"abc"}), **more), scheme("b", employers=frozenset({"xyz"}))]
        quoted = [
            asked(book(*order, listed(), schemes=schemes), house=world(*house), quantity=3)
            for order in (rules, rules[::-1])
        ]
        assert quoted[0] == quoted[1]
        return quoted[0]

    def test_work_for_the_supplier_itself_goes_before_older_work_elsewhere(self):
        line = self.both(work("maya", "xyz", since=date(2010, 1, 1), number=2)).lines[0]
        assert by_rule(line) == {
            "a": ("won", "rule_won"),
            "b": ("lost", "lost_by_job"),
            "list-machine": ("lost", "lost_by_level"),
        }

    def test_when_the_allowance_by_one_job_runs_out_the_other_follows(self):
        quoted = self.both(work("maya", "xyz", number=2), allowance_units=2)
        assert [(part.rule, part.quantity) for part in quoted.lines[0].parts] == [("a", 2), ("b", 1)]
        assert [(drawn.scheme, drawn.units) for drawn in quoted.allowances] == [("a", 2), ("b", 1)]

    def test_elsewhere_the_job_that_began_first_goes_first_and_of_one_day_the_first_by_name(self):
        rules = [staff_rule(key=key, scheme=key) for key in "ab"]
        schemes = [scheme("a", employers=frozenset({"jkl"})), scheme("b", employers=frozenset({"xyz"}))]
        prices = book(*rules, listed(), schemes=schemes)
        for began_at_jkl, first in ((date(2021, 1, 1), "b"), (date(2020, 1, 1), "a"), (None, "a")):
            house = world(work("ida", "xyz"), work("ida", "jkl", since=began_at_jkl, number=2))
            assert asked(prices, customer="ida", house=house).lines[0].parts[0].rule == first

    def test_only_work_that_earns_the_scheme_counts_for_it(self):
        """Neither her oldest work, of a kind the scheme does not name, nor her new work for the supplier, which is too short."""
        rules = [staff_rule(key=key, scheme=key) for key in "ab"]
        jkl_or_abc = {"employers": frozenset({"jkl", "abc"}), "work_kinds": frozenset({WorkKind.PART_TIME})}
        schemes = [scheme("a", tenure_months=12, **jkl_or_abc), scheme("b", employers=frozenset({"xyz"}))]
        house = world(
            work("ida", "jkl", WorkKind.DIRECTOR, since=date(2015, 1, 1)),
            work("ida", "xyz", number=2),
            work("ida", "jkl", WorkKind.PART_TIME, since=date(2021, 1, 1), number=3),
            work("ida", "abc", WorkKind.PART_TIME, since=date(2026, 1, 1), number=4),
        )
        line = asked(book(*rules, listed(), schemes=schemes), customer="ida", house=house).lines[0]
        assert by_rule(line)["a"] == ("lost", "lost_by_job")


def test_the_winner_can_be_told_from_the_trace_alone():
    prices = book(staff_rule(), listed(), schemes=[scheme(allowance_units=1)])
    line = asked(prices, quantity=3).lines[0]
    won = [traced.rule for traced in line.trace if traced.outcome is Outcome.WON]
    assert sorted(won) == sorted(part.rule for part in line.parts)
    assert {traced.rule for traced in line.trace} == {"staff", "list-machine"}
