"""What trade tells and to whom: prices, orders, allowances, what waits; nothing of another's comes through any door."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_actor
from tests.cast import HENK, INES, JONAS, LUCA, MAYA, NORA, RATNA, SITI, TOR
from tests.shop import given_item

from inward.catalogue import operations as catalogue
from inward.core.classification import Kind, Verdict
from inward.core.pricing import Level, Limit, PercentOff, PriceRule, Scope, Span, Wanted
from inward.core.terms import Money, Period, Rate, Refusal
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere, Refused
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.queries import Named
from inward.trade.vocabulary import OrderState, Settlement


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def dealings(house):
    """One order of each sort, by what it is."""
    return {
        "private": house.order(MAYA, ("coffee-machine", 1)).reference,
        "sister": house.order(INES, ("widget-a", 10), customer="abc", key="2").reference,
        "waiting": house.order(INES, ("widget-a", 2000), customer="abc", key="3").reference,
        "outside": house.order(NORA, ("coffee-machine", 1), customer="kestrel").reference,
        "help": house.order(INES, ("help-hour", 1), customer="abc-purchasing", key="5").reference,
    }


SEEN = {
    "maya": (MAYA, {"private"}),
    "a colleague": (JONAS, set()),
    "the shop": (TOR, {"private", "outside", "help"}),
    "the buyer": (INES, {"sister", "waiting", "help"}),
    "the budget": (HENK, {"sister", "waiting", "help"}),
    "the sister's seller": (RATNA, {"sister", "waiting"}),
    "the controller": (LUCA, set()),
    "the data administrator": (SITI, set()),
    "the outsider": (NORA, {"outside"}),
}


def test_the_number_of_an_order_is_told_for_its_key_and_of_other_keys_nothing(dealings):
    private, sister = dealings["private"], dealings["sister"]
    known = {ref: queries.order(viewer=HOUSE, at=AT, reference=ref).row.number for ref in (private, sister)}
    assert queries.numbers_of([private, sister, sister, "opening-balance"]) == known
    assert queries.numbers_of([]) == {}


@pytest.mark.parametrize("who", SEEN)
def test_everybody_sees_her_own_dealings_and_no_others_in_lists_pages_numbers_and_counts(house, dealings, who):
    part, seen = SEEN[who]
    viewer = house.actor(part)
    names = {reference: name for name, reference in dealings.items()}
    listed = queries.orders(viewer=viewer, at=AT).rows
    assert {names[row.reference] for row in listed} == seen
    numbers = {name: queries.order(viewer=HOUSE, at=AT, reference=ref).row.number for name, ref in dealings.items()}
    for name, reference in dealings.items():
        found = queries.orders(viewer=viewer, at=AT, params={"text": str(numbers[name])}).rows
        assert [row.reference for row in found] == ([reference] if name in seen else [])
        if name in seen:
            assert queries.order(viewer=viewer, at=AT, reference=reference).row.reference == reference
        else:
            with pytest.raises(NotThere):
                queries.order(viewer=viewer, at=AT, reference=reference)


def test_nobody_sees_nothing_and_the_house_everything(house, dealings):
    assert queries.orders(viewer=NOBODY, at=AT).rows == ()
    assert queries.waiting(viewer=NOBODY, at=AT) == queries.Waiting(0, 0, 0)
    assert len(queries.orders(viewer=HOUSE, at=AT).rows) == len(dealings)


@pytest.mark.parametrize("role", ["BUYER", "BUDGET_HOLDER"])
def test_whoever_buys_or_holds_budgets_for_everything_still_sees_no_private_purchase(house, dealings, role):
    viewer = given_actor("of-everything", (role, None))
    seen = {row.reference for row in queries.orders(viewer=viewer, at=AT).rows}
    assert seen == {ref for name, ref in dealings.items() if name != "private"}
    with pytest.raises(NotThere):
        queries.order(viewer=viewer, at=AT, reference=dealings["private"])


def test_lists_of_what_is_hers_to_decide_to_deliver_and_her_own(house, dealings):
    def which(part, name):
        return {row.reference for row in queries.orders(viewer=house.actor(part), at=AT, which=name).rows}

    assert which(HENK, "to_decide") == {dealings["waiting"]}
    assert which(INES, "to_decide") == set()
    assert which(RATNA, "to_deliver") == {dealings["sister"]}
    assert which(TOR, "to_deliver") == {dealings["private"], dealings["outside"], dealings["help"]}
    assert which(MAYA, "own") == {dealings["private"]}
    assert which(HENK, "own") == set()


def test_what_waits_is_counted_for_each(house, dealings):
    assert queries.waiting(viewer=house.actor(HENK), at=AT) == queries.Waiting(1, 0, 0)
    assert queries.waiting(viewer=house.actor(TOR), at=AT) == queries.Waiting(0, 3, 0)
    assert queries.waiting(viewer=house.actor(INES), at=AT) == queries.Waiting(0, 0, 3)
    trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=dealings["private"])
    assert queries.waiting(viewer=house.actor(MAYA), at=AT) == queries.Waiting(0, 0, 0)


@pytest.mark.parametrize("text", ["x", "1" * 19, "٣", "-1", "1 OR 1=1"])
def test_a_search_that_is_no_number_finds_nothing(house, dealings, text):
    assert queries.orders(viewer=HOUSE, at=AT, params={"text": text}).rows == ()


def test_filters_and_order_are_those_of_the_list(house, dealings):
    found = queries.orders(viewer=HOUSE, at=AT, params={"standing": "external"}).rows
    assert [row.reference for row in found] == [dealings["outside"]]
    found = queries.orders(viewer=HOUSE, at=AT, params={"sort": "total"}).rows
    assert [row.total.minor for row in found] == sorted(row.total.minor for row in found)


@pytest.mark.parametrize(("sort", "turned"), [("total", False), ("-total", True)])
def test_what_waits_for_delivery_is_sorted_by_total_both_ways_and_holds_nothing_else(house, dealings, sort, turned):
    rows = queries.orders(viewer=house.actor(TOR), at=AT, which="to_deliver", params={"sort": sort}).rows
    assert {row.reference for row in rows} == {dealings["private"], dealings["outside"], dealings["help"]}
    assert [row.total.minor for row in rows] == sorted((row.total.minor for row in rows), reverse=turned)


def test_an_order_is_shown_as_it_was_decided_with_what_may_be_done(house, dealings):
    view = queries.order(viewer=house.actor(MAYA), at=AT, reference=dealings["private"])
    assert (view.row.person, view.row.customer, view.row.supplier) == (
        Named("maya-lund", "Maya Lund"),
        Named("maya-lund", "Maya Lund"),
        Named("abc", "ABC Retail"),
    )
    assert (view.net, view.tax, view.row.total, view.row.saving) == (
        eur("75.00"),
        eur("15.75"),
        eur("90.75"),
        eur("30.25"),
    )
    assert (view.row.standing, view.row.kind, view.row.settlement) == (Verdict.INTERNAL, Kind.STAFF, Settlement.PAYROLL)
    assert (view.standing.kind, view.supplier_company.code, view.customer_company.code) == (Kind.STAFF, "abc", "abc")
    assert (view.cost_centre, view.budget, view.note) == (None, None, "")
    (line,) = view.lines
    assert (line.position, line.name, line.to_deliver, line.to_return) == (1, "Coffee machine", 1, 0)
    live = queries.quote_for(viewer=house.actor(JONAS), at=AT, lines=[Wanted("coffee-machine", 1)]).quote.lines[0]
    assert (line.quoted.parts, line.quoted.trace, line.quoted.cost) == (live.parts, live.trace, live.cost)
    assert {act: bool(answer) for act, answer in view.may.items()} == {"cancel": True, "deliver": False, "ready": False}
    assert [(step.kind.value, step.person.code) for step in view.steps] == [("PLACED", "maya-lund")]


def test_what_may_be_done_follows_the_state(house, dealings):
    def may(part, name):
        view = queries.order(viewer=house.actor(part), at=AT, reference=dealings[name])
        return {act: bool(answer) for act, answer in view.may.items()}

    assert may(HENK, "waiting") == {"decide": True, "cancel": False}
    assert may(INES, "waiting") == {"decide": False, "cancel": True}
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=dealings["sister"], pieces={1: 4})
    seller = {"receive": False, "take_back": True, "dispute": False, "dispute_sale": True}
    assert may(RATNA, "sister") == seller | {"cancel": True, "deliver": True, "ready": True}
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=dealings["sister"])
    assert may(RATNA, "sister") == seller
    trade.cancel_order(by=house.actor(INES), at=AT, reference=dealings["waiting"], reason="No.")
    assert may(INES, "waiting") == {}


def test_a_price_is_asked_for_oneself_or_for_whom_one_buys(house):
    lines = [Wanted("coffee-machine", 1)]
    mine = queries.quote_for(viewer=house.actor(MAYA), at=AT, lines=lines)
    assert (mine.customer, mine.supplier, mine.settlements) == (
        Named("maya-lund", "Maya Lund"),
        Named("abc", "ABC Retail"),
        (Settlement.PAYROLL, Settlement.COST_CENTRE),
    )
    for viewer, customer in ((house.actor(MAYA), "abc"), (house.actor(MAYA), "jonas-vik"), (NOBODY, None)):
        with pytest.raises(Refused):
            queries.quote_for(viewer=viewer, at=AT, lines=lines, customer=customer)
    with pytest.raises(Refusal):
        queries.quote_for(viewer=HOUSE, at=AT, lines=lines, customer="maya-lund")
    waits = queries.quote_for(viewer=house.actor(INES), at=AT, lines=[Wanted("widget-a", 2000)], customer="abc")
    assert waits.approval_by == Named("abc", "ABC Retail")


def test_the_shelf_leaves_out_what_has_no_price_that_day(house):
    given_item("later", "abc", "Later", "1.00", cost="1.00", tax_code="UNKNOWN")
    codes = ["coffee-machine", "later", "gone"]
    shelf = queries.shelf_prices(viewer=house.actor(MAYA), at=AT, offerings=codes)
    assert {code: line.price for code, line in shelf.items()} == {"coffee-machine": eur("90.75")}
    assert queries.shelf_prices(viewer=NOBODY, at=AT, offerings=codes) == {}
    nobody_s = given_actor("no-person")
    assert queries.shelf_prices(viewer=nobody_s, at=AT, offerings=codes) == {}


def test_everybody_sees_what_is_left_of_her_own_allowances(house, dealings):
    (mine,) = queries.allowances(viewer=house.actor(MAYA), at=AT)
    assert (mine.scheme, mine.name, mine.supplier, mine.period) == (
        "abc-staff",
        "ABC staff purchase",
        Named("abc", "ABC Retail"),
        "2026",
    )
    assert (mine.used_money, mine.used_units, mine.money_max, mine.units_max) == (eur("90.75"), 1, eur("600.00"), None)
    assert (mine.money_left, mine.units_left) == (eur("509.25"), None)
    (fresh,) = queries.allowances(viewer=house.actor(JONAS), at=AT)
    assert (fresh.used_money, fresh.used_units, fresh.money_left) == (eur("0.00"), 0, eur("600.00"))
    assert queries.allowances(viewer=house.actor(NORA), at=AT) == ()
    assert queries.allowances(viewer=HOUSE, at=AT) == ()
    (next_year,) = queries.allowances(viewer=house.actor(MAYA), at=datetime(2027, 1, 1, tzinfo=UTC))
    assert (next_year.period, next_year.used_money) == ("2027", eur("0.00"))


def test_units_left_are_told_where_pieces_are_counted():
    view = queries.AllowanceView(
        "s", "S", Named("a", "A"), "2026", eur("0.00"), 2, None, 5, Limit("", Span.YEAR, units=5)
    )
    assert (view.money_left, view.units_left) == (None, 3)


def test_names_are_told_for_codes_and_the_day_is_the_day_of_the_question(house):
    assert queries.names_of(["abc", "nowhere"]) == {"abc": "ABC Retail", "nowhere": "nowhere"}
    assert queries.allowance_used(None, on=ON) == ()


@pytest.mark.parametrize("sort", ["-placed", "placed", "total", "-total", "number"])
def test_a_file_has_the_rows_of_the_list_in_its_order_however_many_are_read_at_once(house, monkeypatch, sort):
    for number in range(5):
        house.order(INES, ("widget-a", 1 + number % 3), customer="abc", key=str(number))
    viewer = house.actor(INES)
    listed = queries.orders(viewer=viewer, at=AT, params={"sort": sort}).rows
    assert len(listed) == 5
    for at_once in (1, 2, 5, 6):
        monkeypatch.setattr(queries, "_READ_AT_ONCE", at_once)
        for most, told in ((99, 5), (5, 5), (3, 3), (1, 1)):
            found = queries.each_order(viewer=viewer, at=AT, params={"sort": sort}, most=most)
            assert tuple(found) == listed[:told]
    assert list(queries.each_order(viewer=house.actor(JONAS), at=AT, params={}, most=9)) == []


def test_a_file_that_cannot_be_asked_is_refused_before_its_first_row_is_taken(house):
    for params in ({"sort": "colour"}, {"cursor": "forged"}, {"colour": "red"}):
        with pytest.raises(Refusal):
            queries.each_order(viewer=house.actor(INES), at=AT, params=params, most=9)


def test_lists_cost_as_many_questions_with_three_orders_as_with_one(house, django_assert_num_queries):
    house.order(MAYA, ("coffee-machine", 1))
    viewer = house.actor(MAYA)
    queries.orders(viewer=viewer, at=AT)
    with django_assert_num_queries(4):  # two versions (a request reads them with the sign-in), which orders, the rows
        queries.orders(viewer=viewer, at=AT)
    for key in ("2", "3"):
        house.order(MAYA, ("coffee-machine", 1), key=key)
    queries.orders(viewer=viewer, at=AT)
    with django_assert_num_queries(4):  # two versions (a request reads them with the sign-in), which orders, the rows
        rows = queries.orders(viewer=viewer, at=AT).rows
    assert [row.state for row in rows] == [OrderState.PLACED] * 3


def test_what_was_agreed_with_another_customer_is_kept_and_told_only_to_the_supplier(house):
    catalogue.set_price(
        by=HOUSE,
        at=AT,
        rule=PriceRule(
            "kestrel-deal", Level.AGREEMENT, "abc", PercentOff(Rate.percent(40)), scope=Scope(party="kestrel")
        ),
    )
    lines = [Wanted("coffee-machine", 1)]

    def looked_at(line):
        return {traced.rule for traced in line.trace}

    for viewer in (house.actor(MAYA), house.actor(INES, acting_for="abc-purchasing")):
        assert looked_at(queries.quote_for(viewer=viewer, at=AT, lines=lines).quote.lines[0]) == {
            "staff-abc",
            "list-coffee-machine",
        }
        shelf = queries.shelf_prices(viewer=viewer, at=AT, offerings=["coffee-machine"])
        assert looked_at(shelf["coffee-machine"]) == {"staff-abc", "list-coffee-machine"}
    everything = {"kestrel-deal", "staff-abc", "list-coffee-machine"}
    deal = queries.quote_for(viewer=house.actor(NORA, acting_for="kestrel"), at=AT, lines=lines).quote
    assert (looked_at(deal.lines[0]), deal.total) == (everything, eur("72.60"))
    for days in (Period(None, ON), Period(ON + timedelta(days=9), None)):  # one that is over, one yet to come
        more = Scope(party="xyz")
        gone = PriceRule(
            f"xyz-{days.start}", Level.AGREEMENT, "abc", PercentOff(Rate.percent(7)), scope=more, period=days
        )
        catalogue.set_price(by=HOUSE, at=AT, rule=gone)
    for viewer in (house.actor(MAYA), house.actor(NORA, acting_for="kestrel")):
        line = queries.quote_for(viewer=viewer, at=AT, lines=lines).quote.lines[0]
        assert looked_at(line) <= everything
    everything |= {"xyz-None", f"xyz-{ON + timedelta(days=9)}"}
    reference = house.order(MAYA, ("coffee-machine", 1)).reference
    (mine,) = queries.order(viewer=house.actor(MAYA), at=AT, reference=reference).lines
    (sellers,) = queries.order(viewer=house.actor(TOR), at=AT, reference=reference).lines
    assert (looked_at(mine.quoted), looked_at(sellers.quoted)) == ({"staff-abc", "list-coffee-machine"}, everything)


def test_what_the_house_asks_of_itself_is_told_inside_and_to_the_supplier_and_to_no_outsider(house):
    rate = PriceRule(
        "house-rate", Level.RATE, "abc", PercentOff(Rate.percent(12)), scope=Scope(frozenset({Kind.AFFILIATE}))
    )
    catalogue.set_price(by=HOUSE, at=AT, rule=rate)
    lines = [Wanted("coffee-machine", 1)]

    def told(viewer, **more):
        quote = queries.quote_for(viewer=viewer, at=AT, lines=lines, **more).quote
        return "house-rate" in {traced.rule for traced in quote.lines[0].trace}

    nora = house.actor(NORA, acting_for="kestrel")
    assert (told(house.actor(MAYA)), told(nora)) == (True, False)
    shelf = queries.shelf_prices(viewer=nora, at=AT, offerings=["coffee-machine"])["coffee-machine"]
    assert "house-rate" not in {traced.rule for traced in shelf.trace}
    reference = house.order(NORA, ("coffee-machine", 1), customer="kestrel").reference
    for viewer, expected in ((nora, False), (house.actor(TOR), True)):
        (line,) = queries.order(viewer=viewer, at=AT, reference=reference).lines
        assert ("house-rate" in {traced.rule for traced in line.quoted.trace}) is expected


def test_where_no_signing_limit_is_kept_no_budget_is_looked_at(house, django_assert_num_queries):
    viewer = house.actor(HENK)
    queries.waiting(viewer=viewer, at=AT)  # who leads whom is kept from then on
    with django_assert_num_queries(
        7
    ):  # three versions of what is kept (a request reads them with the sign-in), four counts
        assert queries.waiting(viewer=viewer, at=AT).above_limit == 0
    assert queries.orders(viewer=viewer, at=AT, which="above_limit").rows == ()
