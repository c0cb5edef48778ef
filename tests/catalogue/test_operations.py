"""The acts of the catalogue: by whom, what they leave behind, and what they refuse without leaving anything."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, ON, given_actor, nothing_written
from tests.cast import MAYA
from tests.shop import EVER, eur

from inward.catalogue import operations, queries
from inward.catalogue.models import Category, Offering, OfferingCost, PriceRule, Scheme, TaxRate
from inward.core import pricing
from inward.core.classification import Kind
from inward.core.pricing import Fixed, Level, PercentOff, Scope, Target, TargetKind
from inward.core.pricing.raising import Raise
from inward.core.terms import Period, Rate, Refusal
from inward.kit import versions
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow, Task
from inward.kit.policy import NotThere, Refused

TOMORROW = ON + timedelta(days=1)


def rule(id="list-kettle", *, supplier="abc", price="50.00", target="coffee-machine", **more):
    given = {"target": Target(TargetKind.ITEM, target), "period": Period(LONG_AGO, None)} | more
    return pricing.PriceRule(id, Level.LIST, supplier, Fixed(eur(price)), **given)


def offer(by, code="kettle", supplier="abc", **more):
    offering = pricing.Offering(code, supplier, more.pop("category", "coffee"), name=more.pop("name", "Kettle"), **more)
    operations.offer_item(by=by, at=AT, offering=offering, description="Boils a litre.")


def ends(code):
    return PriceRule.objects.current().get(code=code).valid_until


ACTS = {
    "offer_item": offer,
    "withdraw_item": lambda by: operations.withdraw_item(by=by, at=AT, offering="coffee-machine"),
    "record_cost": lambda by: operations.record_cost(
        by=by, at=AT, offering="coffee-machine", price=eur("61.00"), valid_from=ON
    ),
    "set_price": lambda by: operations.set_price(by=by, at=AT, rule=rule("more", quantity_min=10)),
    "change_price": lambda by: operations.change_price(
        by=by, at=AT, price="list-coffee-machine", rule=rule("new"), valid_from=TOMORROW
    ),
    "change_item": lambda by: operations.change_item(
        by=by,
        at=AT,
        offering="coffee-machine",
        name="Espresso machine",
        description="",
        category="coffee",
        tax_code="STANDARD",
    ),
    "record_outside_price": lambda by: operations.record_outside_price(
        by=by, at=AT, offering="coffee-machine", price=eur("119.00"), source="Corner shop", seen_on=ON
    ),
    "offer_item_again": lambda by: operations.offer_item_again(by=by, at=AT, offering="coffee-machine"),
    "change_scheme": lambda by: operations.change_scheme(
        by=by, at=AT, scheme=pricing.Scheme("abc-staff", "abc", "ABC staff"), valid_from=TOMORROW
    ),
    "set_scheme_limit": lambda by: operations.set_scheme_limit(
        by=by, at=AT, scheme="abc-staff", limit=pricing.Limit("order", pricing.Span.ORDER, units=2), valid_from=TOMORROW
    ),
    "end_tax_rate": lambda by: operations.end_tax_rate(
        by=by, at=AT, company="abc", tax_code="STANDARD", valid_until=TOMORROW
    ),
    "raise_prices": lambda by: operations.raise_prices(by=by, at=AT, how=Raise("abc", Rate.percent(3), TOMORROW)),
    "end_price": lambda by: operations.end_price(by=by, at=AT, price="list-coffee-machine", valid_until=TOMORROW),
    "set_up_scheme": lambda by: operations.set_up_scheme(
        by=by, at=AT, scheme=pricing.Scheme("more-staff", "abc", "More", EVER)
    ),
    "end_scheme": lambda by: operations.end_scheme(by=by, at=AT, scheme="abc-staff", valid_until=TOMORROW),
    "set_tax_rate": lambda by: operations.set_tax_rate(
        by=by, at=AT, rate=pricing.TaxRate("abc", "FOOD", Rate(Fraction(9, 100)), EVER)
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_supplier_s_keeper_does_it_and_it_is_noted(keeper, act):
    version, noted = versions.current(queries.VERSION)[queries.VERSION], AuditRow.objects.count()
    ACTS[act](keeper)
    assert versions.current(queries.VERSION)[queries.VERSION] == version + 1
    rows = [row.act for row in AuditRow.objects.order_by("id")[noted:]]
    both = ["catalogue.raise_prices", "catalogue.raise_price_list"]  # each price, and the raise
    assert rows == (both if act == "raise_prices" else [f"catalogue.{act}"])
    assert Task.objects.filter(name="catalogue.CatalogueChanged").order_by("id").last() is not None


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_does_it_and_nothing_is_written(house, act):
    for by in (NOBODY, house.actor(MAYA)):
        with nothing_written(), pytest.raises(Refused):
            ACTS[act](by)


@pytest.mark.parametrize("act", ACTS)
def test_the_keeper_of_a_sister_company_does_not(house, act):
    sister = given_actor("xyz-keeper", ("DATA_ADMINISTRATOR", "xyz"))
    with nothing_written(), pytest.raises(Refused) as refused:
        ACTS[act](sister)
    assert [reason.code for reason in refused.value.reasons] == ["not_catalogue_keeper"]


def test_a_category_is_placed_moved_and_renamed_by_the_keeper_of_all(keeper, keeper_of_all):
    operations.place_category(by=keeper_of_all, at=AT, code="grinders", name="Grinders", parent="coffee")
    operations.place_category(by=keeper_of_all, at=AT, code="grinders", name=" ")
    found = Category.objects.get(code="grinders")
    assert (found.name, found.parent) == ("grinders", None)
    with nothing_written(), pytest.raises(Refused):
        operations.place_category(by=keeper, at=AT, code="teapots", name="Teapots")


def test_a_category_inside_itself_or_below_an_unknown_one_is_refused(keeper_of_all):
    operations.place_category(by=keeper_of_all, at=AT, code="grinders", name="Grinders", parent="coffee")
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.place_category(by=keeper_of_all, at=AT, code="coffee", name="Coffee", parent="grinders")
    assert refused.value.reason.code == "category_cycle"
    with nothing_written(), pytest.raises(NotThere):
        operations.place_category(by=keeper_of_all, at=AT, code="teapots", name="Teapots", parent="nowhere")


def test_what_is_offered_is_found_by_its_words_until_it_is_withdrawn(house, keeper):
    offer(keeper)
    viewer = house.actor(MAYA)
    by_name = queries.shop(viewer=viewer, at=AT, params={"text": "kett"})
    by_words = queries.shop(viewer=viewer, at=AT, params={"text": "litre"})
    assert [card.code for card in by_name.rows] == [card.code for card in by_words.rows] == ["kettle"]
    operations.withdraw_item(by=keeper, at=AT, offering="kettle")
    assert queries.shop(viewer=viewer, at=AT, params={"text": "kett"}).rows == ()
    assert Offering.objects.get(code="kettle").offered is False


def test_a_code_that_is_taken_is_refused(keeper):
    for act in (
        lambda: offer(keeper, "coffee-machine"),
        lambda: operations.set_price(by=keeper, at=AT, rule=rule("list-coffee-machine")),
        lambda: operations.change_price(
            by=keeper, at=AT, price="list-coffee-machine", rule=rule("staff-abc"), valid_from=TOMORROW
        ),
        lambda: operations.set_up_scheme(by=keeper, at=AT, scheme=pricing.Scheme("abc-staff", "abc", "Again", EVER)),
    ):
        with nothing_written(), pytest.raises(Refusal) as refused:
            act()
        assert refused.value.reason.code == "id_twice"


def test_a_conflict_between_prices_is_refused_at_entry_and_names_both(keeper):
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.set_price(by=keeper, at=AT, rule=rule("other-list"))
    facts = dict(refused.value.reason.items)
    assert refused.value.reason.code == "price_rules_conflict"
    assert {facts["rule"], facts["other"]} == {"list-coffee-machine", "other-list"}


def test_a_price_from_a_day_on_ends_the_one_before_and_nothing_is_overwritten(keeper):
    operations.change_price(
        by=keeper, at=AT, price="list-coffee-machine", rule=rule("dearer", price="140.00"), valid_from=TOMORROW
    )
    assert ends("list-coffee-machine") == TOMORROW
    assert PriceRule.objects.current().get(code="dearer").valid_from == TOMORROW
    earlier = PriceRule.objects.filter(code="list-coffee-machine").exclude(known_until=None).get()
    assert (earlier.valid_until, earlier.known_until) == (None, AT)


def test_a_price_may_begin_on_the_29th_of_february_and_end_the_day_after(keeper):
    leap = date(2028, 2, 29)
    operations.change_price(by=keeper, at=AT, price="list-coffee-machine", rule=rule("leap"), valid_from=leap)
    operations.end_price(by=keeper, at=AT, price="leap", valid_until=date(2028, 3, 1))
    book = queries.price_book()
    (leaped,) = [known for known in book.rules if known.id == "leap"]
    assert leaped.period == Period(leap, date(2028, 3, 1))


@pytest.mark.parametrize("day", [LONG_AGO, LONG_AGO - timedelta(days=1)])
def test_an_end_on_or_before_the_start_is_refused(keeper, day):
    for act in (
        lambda: operations.end_price(by=keeper, at=AT, price="list-coffee-machine", valid_until=day),
        lambda: operations.end_scheme(by=keeper, at=AT, scheme="abc-staff", valid_until=day),
        lambda: operations.end_tax_rate(by=keeper, at=AT, company="abc", tax_code="STANDARD", valid_until=day),
    ):
        with nothing_written(), pytest.raises(Refusal) as refused:
            act()
        assert refused.value.reason.code == "period_backwards"


def test_a_new_cost_or_rate_without_a_day_is_refused_while_one_runs(keeper):
    for act in (
        lambda: operations.record_cost(by=keeper, at=AT, offering="coffee-machine", price=eur("1.00"), valid_from=None),
        lambda: operations.set_tax_rate(
            by=keeper, at=AT, rate=pricing.TaxRate("abc", "STANDARD", Rate(Fraction(1, 4)), Period(None, None))
        ),
    ):
        with nothing_written(), pytest.raises(Refusal) as refused:
            act()
        assert refused.value.reason.code == "day_missing"


def test_a_new_cost_ends_the_one_before(keeper):
    operations.record_cost(
        by=keeper, at=AT, offering="coffee-machine", price=eur("66.00"), valid_from=TOMORROW, source="invoice 7"
    )
    costs = OfferingCost.objects.current().filter(offering__code="coffee-machine").order_by("valid_from")
    assert [(cost.valid_from, cost.valid_until) for cost in costs] == [(LONG_AGO, TOMORROW), (TOMORROW, None)]
    assert costs[1].source == "invoice 7"


def test_a_new_tax_rate_ends_the_one_before(keeper):
    rate = pricing.TaxRate("abc", "STANDARD", Rate(Fraction(1, 4)), Period(TOMORROW, None))
    operations.set_tax_rate(by=keeper, at=AT, rate=rate)
    rates = TaxRate.objects.current().filter(company__code="abc").order_by("valid_from")
    assert [(found.rate, found.valid_from, found.valid_until) for found in rates] == [
        (Fraction(21, 100), LONG_AGO, TOMORROW), (Fraction(1, 4), TOMORROW, None),
    ]  # fmt: skip


def test_an_ended_scheme_is_over_the_next_day(keeper):
    operations.end_scheme(by=keeper, at=AT, scheme="abc-staff", valid_until=TOMORROW)
    assert Scheme.objects.current().get(code="abc-staff").valid_until == TOMORROW


@pytest.mark.parametrize("act", [
    lambda by: operations.withdraw_item(by=by, at=AT, offering="nothing"),
    lambda by: operations.record_cost(by=by, at=AT, offering="nothing", price=eur("1.00"), valid_from=ON),
    lambda by: operations.end_price(by=by, at=AT, price="nothing", valid_until=ON),
    lambda by: operations.change_price(by=by, at=AT, price="nothing", rule=rule("new"), valid_from=ON),
    lambda by: operations.end_scheme(by=by, at=AT, scheme="nothing", valid_until=ON),
    lambda by: operations.change_item(by=by, at=AT, offering="nothing", name="N", description="", category=None, tax_code=""),
    lambda by: operations.change_item(by=by, at=AT, offering="coffee-machine", name="N", description="", category="nowhere", tax_code=""),
    lambda by: operations.record_outside_price(by=by, at=AT, offering="nothing", price=None),
    lambda by: operations.offer_item_again(by=by, at=AT, offering="nothing"),
    lambda by: operations.end_tax_rate(by=by, at=AT, company="abc", tax_code="NONE", valid_until=ON),
    lambda by: operations.take_back_price(by=by, at=AT, price="nothing", valid_from=TOMORROW),
    lambda by: operations.take_back_price(by=by, at=AT, price="list-coffee-machine", valid_from=TOMORROW),
    lambda by: operations.change_scheme(by=by, at=AT, scheme=pricing.Scheme("nothing", "abc"), valid_from=ON),
    lambda by: operations.take_back_scheme(by=by, at=AT, scheme="nothing", valid_from=TOMORROW),
])  # fmt: skip
def test_what_does_not_exist_is_not_there(keeper, act):
    with nothing_written(), pytest.raises(NotThere):
        act(keeper)


def test_a_file_that_speaks_of_another_code_alike_is_another_price(keeper):
    operations.set_price(by=keeper, at=AT, rule=rule("list-coffee-machine-ten", price="100.00", quantity_min=10))
    operations.end_price(by=keeper, at=AT, price="list-coffee-machine", valid_until=TOMORROW)
    assert (ends("list-coffee-machine"), ends("list-coffee-machine-ten")) == (TOMORROW, None)


def test_a_price_cannot_be_handed_to_another_company_s_rule(keeper):
    with nothing_written(), pytest.raises(Refused):
        operations.change_price(
            by=keeper, at=AT, price="list-coffee-machine", rule=rule("theirs", supplier="xyz"), valid_from=TOMORROW
        )


def test_rules_of_every_shape_come_back_as_they_were_entered(keeper):
    entered = [
        rule("ten", price="115/3", quantity_min=10),
        pricing.PriceRule("kestrel", Level.AGREEMENT, "abc", PercentOff(Rate(Fraction(8, 100))), scope=Scope(party="kestrel"), period=Period(LONG_AGO, ON)),
        pricing.PriceRule("inside", Level.RATE, "abc", pricing.CostPlus(Rate(Fraction(1, 3))), scope=Scope(frozenset({Kind.AFFILIATE, Kind.DEPARTMENT})), period=EVER, floor=pricing.Floor(at_cost=True, minimum=eur("2.00"))),
        pricing.PriceRule("free", Level.RATE, "abc", pricing.Free(), Target(TargetKind.CATEGORY, "widgets"), Scope(frozenset({Kind.SAME_UNIT})), EVER),
        pricing.PriceRule("capped", Level.SCHEME, "abc", PercentOff(Rate(Fraction(1, 2))), Target(TargetKind.CATEGORY, "coffee"), period=EVER, saving_max=eur("10.00"), scheme="abc-staff", quantity_min=5),
    ]  # fmt: skip
    for each in entered:
        operations.set_price(by=keeper, at=AT, rule=each)
    known = {found.id: found for found in queries.price_book().rules}
    assert [known[each.id] for each in entered] == entered


def test_the_system_may_do_what_keepers_do(house):
    offer(HOUSE)
    assert Offering.objects.filter(code="kettle", name="Kettle").exists()
