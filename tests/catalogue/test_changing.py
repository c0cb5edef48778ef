"""What changes from a day on: prices, schemes, costs and tax rates in versions; items described anew; what is taken back.

Every change of the price book is also tried in memory (``core.pricing.revising``): both must come to one book.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, LONG_AGO, ON, given_actor, nothing_written
from tests.cast import MAYA
from tests.catalogue.test_operations import ends, rule
from tests.shop import eur

from inward.catalogue import operations, queries, register
from inward.catalogue.models import Category, Offering, OfferingCost, PriceRule, Scheme
from inward.core import pricing
from inward.core.pricing import Level, PercentOff, Target, TargetKind, revising
from inward.core.pricing.raising import Raise
from inward.core.terms import Money, Period, Rate, Reason, Refusal
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused

TOMORROW = ON + timedelta(days=1)
LATER, EVEN_LATER = AT + timedelta(days=1), AT + timedelta(days=2)
NEW_YEAR, FEBRUARY = date(2027, 1, 1), date(2027, 2, 1)
LIST = "list-coffee-machine"
STAFF = pricing.Scheme("abc-staff", "abc", "ABC staff purchase", allowance_money=Money.of("900.00", "EUR"))


def dearer(price="140.00", **more):
    return rule(LIST, price=price, **more)


def change_price(by, since, price="140.00", **more):
    return operations.change_price(by=by, at=AT, price=LIST, rule=dearer(price), valid_from=since, **more)


def spans(rows):
    return [(row.valid_from, row.valid_until) for row in rows.order_by("valid_from")]


def prices():
    return spans(PriceRule.objects.current().filter(code__startswith=LIST))


def tables(book):
    return (
        set(book.rules), set(book.costs), set(book.taxes), dict(book.scheme_versions), dict(book.offerings), dict(book.categories),
    )  # fmt: skip


RAISE = Raise("abc", Rate.percent("3.5"), NEW_YEAR, rounded_to=Fraction(1, 10))
CHANGES = {
    "another price": (
        revising.NewPrice(rule("ten", quantity_min=10)),
        lambda by: operations.set_price(by=by, at=AT, rule=rule("ten", quantity_min=10)),
    ),
    "a price from a day on": (
        revising.PriceFrom(LIST, dearer(), NEW_YEAR),
        lambda by: change_price(by, NEW_YEAR),
    ),
    "a price from its own first day": (
        revising.PriceFrom(LIST, dearer(), LONG_AGO),
        lambda by: change_price(by, LONG_AGO),
    ),
    "another rule in its place": (
        revising.PriceFrom(LIST, rule("other", price="99.00"), NEW_YEAR),
        lambda by: operations.change_price(
            by=by, at=AT, price=LIST, rule=rule("other", price="99.00"), valid_from=NEW_YEAR
        ),
    ),
    "prices raised": (
        revising.PricesRaised(RAISE),
        lambda by: operations.raise_prices(by=by, at=AT, how=RAISE),
    ),
    "prices raised from their own first day": (
        revising.PricesRaised(replace(RAISE, since=LONG_AGO)),
        lambda by: operations.raise_prices(by=by, at=AT, how=replace(RAISE, since=LONG_AGO)),
    ),
    "the end of a price": (
        revising.PriceEnds(LIST, NEW_YEAR),
        lambda by: operations.end_price(by=by, at=AT, price=LIST, valid_until=NEW_YEAR),
    ),
    "another scheme": (
        revising.NewScheme(pricing.Scheme("more", "abc", "More")),
        lambda by: operations.set_up_scheme(by=by, at=AT, scheme=pricing.Scheme("more", "abc", "More")),
    ),
    "a scheme from a day on": (
        revising.SchemeFrom(STAFF, NEW_YEAR),
        lambda by: operations.change_scheme(by=by, at=AT, scheme=STAFF, valid_from=NEW_YEAR),
    ),
    "the end of a scheme": (
        revising.SchemeEnds("abc-staff", NEW_YEAR),
        lambda by: operations.end_scheme(by=by, at=AT, scheme="abc-staff", valid_until=NEW_YEAR),
    ),
    "a cost from a day on": (
        revising.CostFrom(pricing.Cost("coffee-machine", eur("66.00"), Period(NEW_YEAR, None))),
        lambda by: operations.record_cost(
            by=by, at=AT, offering="coffee-machine", price=eur("66.00"), valid_from=NEW_YEAR
        ),
    ),
    "a cost before the first": (
        revising.CostFrom(pricing.Cost("coffee-machine", eur("55.00"), Period(date(2010, 1, 1), None))),
        lambda by: operations.record_cost(
            by=by, at=AT, offering="coffee-machine", price=eur("55.00"), valid_from=date(2010, 1, 1)
        ),
    ),
    "a tax rate corrected": (
        revising.TaxFrom(pricing.TaxRate("abc", "STANDARD", Rate(Fraction(1, 4)), Period(LONG_AGO, None))),
        lambda by: operations.set_tax_rate(
            by=by, at=AT, rate=pricing.TaxRate("abc", "STANDARD", Rate(Fraction(1, 4)), Period(LONG_AGO, None))
        ),
    ),
    "the first rate of a code": (
        revising.TaxFrom(pricing.TaxRate("abc", "FOOD", Rate(Fraction(9, 100)))),
        lambda by: operations.set_tax_rate(by=by, at=AT, rate=pricing.TaxRate("abc", "FOOD", Rate(Fraction(9, 100)))),
    ),
    "an item taxed otherwise": (
        revising.ItemChanged(pricing.Offering("widget-a", "abc", "", name="Widget A")),
        lambda by: None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", [name for name in CHANGES if name != "an item taxed otherwise"])
def test_what_is_tried_in_memory_is_what_the_act_writes(keeper, what):
    change, act = CHANGES[what]
    tried = revising.revised(queries.price_book(), change)
    act(keeper)
    assert tables(queries.price_book()) == tables(tried)


def test_an_item_described_anew_is_what_was_tried(keeper):
    book = queries.price_book()
    wanted = replace(book.offerings["coffee-machine"], name="Espresso machine", category="", tax_code="")
    tried = revising.revised(book, revising.ItemChanged(wanted))
    operations.change_item(
        by=keeper, at=AT, offering="coffee-machine", name=" Espresso machine ", description="Nine bar.",
        category=None, tax_code="", source="new supplier sheet",
    )  # fmt: skip
    assert tables(queries.price_book()) == tables(tried)
    row = AuditRow.objects.order_by("id").last()
    assert (row.facts["before"], row.facts["after"], row.facts["source"]) == (
        "Coffee machine, Coffee and tea, STANDARD", "Espresso machine, Nine bar.", "new supplier sheet",
    )  # fmt: skip


def test_a_price_changes_from_a_day_on_under_its_own_name_with_the_day_behind_it(keeper):
    assert change_price(keeper, NEW_YEAR, source="board") == f"{LIST}@2027-01-01"
    assert prices() == [(LONG_AGO, NEW_YEAR), (NEW_YEAR, None)]
    assert PriceRule.objects.current().get(code=f"{LIST}@2027-01-01").source == "board"


def test_a_list_is_raised_in_one_act_and_each_price_names_it_in_its_history(keeper):
    operations.set_price(by=keeper, at=AT, rule=rule("ten", price="110.00", quantity_min=10))
    change_price(keeper, FEBRUARY, "150.00")
    noted = AuditRow.objects.count()
    made = operations.raise_prices(by=keeper, at=AT, how=RAISE, source="board of 3 November")
    codes = made.codes
    assert codes == (f"{LIST}@2027-01-01", "ten@2027-01-01")
    assert prices() == [(LONG_AGO, NEW_YEAR), (NEW_YEAR, FEBRUARY), (FEBRUARY, None)]  # what was planned stays
    machine, ten = (PriceRule.objects.current().get(code=code) for code in codes)
    assert (machine.value, machine.source, ten.value) == (12520, "board of 3 November", 11390)
    rows = AuditRow.objects.order_by("id")[noted:]
    assert [(row.act, row.thing) for row in rows] == [
        ("catalogue.raise_prices", LIST),
        ("catalogue.raise_prices", "ten"),
        ("catalogue.raise_price_list", made.reference),
    ]
    assert rows[0].facts == {
        "by": f"{LIST}@2027-01-01", "percent": {"rate": "7/200"}, "valid_from": {"day": "2027-01-01"},
        "source": "board of 3 November",
    }  # fmt: skip


def test_a_raise_that_one_price_cannot_take_changes_none(keeper):
    operations.set_price(by=keeper, at=AT, rule=rule("spoon", price="0.20", quantity_min=10))
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.raise_prices(by=keeper, at=AT, how=replace(RAISE, rounded_to=Fraction(1)))
    assert refused.value.reason.code == "price_raised_to_nothing"


def test_a_raise_that_would_take_a_name_that_is_taken_changes_none(keeper):
    operations.set_price(by=keeper, at=AT, rule=rule("ten", price="110.00", quantity_min=10, period=ENDS))
    operations.set_price(
        by=keeper, at=AT, rule=rule("ten@2027-01-01", quantity_min=20, period=Period(MUCH_LATER, None))
    )
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.raise_prices(by=keeper, at=AT, how=RAISE)
    assert refused.value.reason.code == "id_twice"


MUCH_LATER = date(2030, 1, 1)
ENDS = Period(LONG_AGO, date(2029, 1, 1))


def test_raised_again_from_the_same_day_it_is_raised_from_what_then_holds(keeper):
    operations.raise_prices(by=keeper, at=AT, how=RAISE)
    codes = operations.raise_prices(by=keeper, at=AT, how=RAISE).codes
    assert codes == (f"{LIST}@2027-01-01",)
    assert PriceRule.objects.current().get(code=codes[0]).value == 12960  # 125.20 and 3.5 %
    assert prices() == [(LONG_AGO, NEW_YEAR), (NEW_YEAR, None)]


def test_a_price_that_was_raised_with_others_is_taken_back_by_itself_until_it_begins(keeper):
    operations.raise_prices(by=keeper, at=AT, how=RAISE)
    operations.take_back_price(by=keeper, at=AT, price=LIST, valid_from=NEW_YEAR)
    assert prices() == [(LONG_AGO, None)]


def raised_by(keeper, how=RAISE):
    return operations.raise_prices(by=keeper, at=AT, how=how).reference


def back(keeper, reference, at=AT):
    operations.take_back_raise(by=keeper, at=at, reference=reference, source="not this year")


def refusal_of(keeper, reference, at=AT):
    with nothing_written(), pytest.raises(Refusal) as refused:
        back(keeper, reference, at)
    return refused.value.reason.code, dict(refused.value.reason.facts)


def staying(keeper, reference):
    """Why each price of a raise stays, by the name of the price before."""
    _, moves = register.raise_of(viewer=keeper, at=AT, reference=reference)
    return {move.before.id: move.stays for move in moves}


def standing():
    """What is known now of every price: its id, days and value."""
    return sorted(PriceRule.objects.current().values_list("code", "valid_from", "valid_until", "value"), key=str)


class TestARaiseTakenBack:
    def test_every_price_is_again_as_it_was_and_the_list_says_so(self, keeper):
        operations.set_price(by=keeper, at=AT, rule=rule("ten", price="110.00", quantity_min=10))
        change_price(keeper, FEBRUARY, "150.00")
        before, book = standing(), queries.price_book()
        reference = raised_by(keeper)
        (listed,) = register.raises(viewer=keeper, at=AT, params={}).rows
        assert (listed.reference, listed.prices, listed.since, listed.taken_back_at) == (reference, 2, NEW_YEAR, None)
        _, moves = register.raise_of(viewer=keeper, at=AT, reference=reference)
        assert [(move.before.id, move.after.id) for move in moves] == [
            (LIST, f"{LIST}@2027-01-01"),
            ("ten", "ten@2027-01-01"),
        ]
        back(keeper, reference)
        assert standing() == before
        assert queries.price_book().rules == book.rules
        record, _ = register.raise_of(viewer=keeper, at=AT, reference=reference)
        assert record.taken_back_at == AT
        (row,) = AuditRow.objects.filter(act="catalogue.take_back_raise")
        assert (row.thing, row.facts["source"]) == (reference, "not this year")
        assert refusal_of(keeper, reference)[0] == "raise_taken_back"

    def test_one_raised_again_from_the_same_day_goes_back_step_by_step(self, keeper):
        before = standing()
        first = raised_by(keeper)
        between = standing()
        second = raised_by(keeper)
        assert refusal_of(keeper, first) == ("raise_changed_since", {"count": 1})
        back(keeper, second)
        assert standing() == between
        back(keeper, first)
        assert standing() == before

    def test_one_of_whose_prices_one_was_changed_since_stays_whole(self, keeper):
        reference = raised_by(keeper)
        operations.take_back_price(by=keeper, at=AT, price=LIST, valid_from=NEW_YEAR)
        assert refusal_of(keeper, reference)[0] == "raise_changed_since"

    def test_all_but_those_changed_since_go_back_when_that_is_asked(self, keeper):
        operations.set_price(by=keeper, at=AT, rule=rule("ten", price="110.00", quantity_min=10))
        operations.set_price(by=keeper, at=AT, rule=rule("twenty", price="100.00", quantity_min=20))
        before = dict(PriceRule.objects.current().values_list("code", "value"))
        reference = raised_by(keeper)
        operations.take_back_price(by=keeper, at=LATER, price=LIST, valid_from=NEW_YEAR)
        operations.change_price(
            by=keeper, at=LATER, price="ten", rule=rule("ten", price="99.00", quantity_min=10), valid_from=NEW_YEAR
        )
        assert refusal_of(keeper, reference, EVEN_LATER) == ("raise_changed_since", {"count": 2})
        stay = {
            LIST: Reason.of("raise_price_taken_back", on=LATER.date()),
            "ten": Reason.of("raise_price_changed", on=LATER.date()),
            "twenty": None,
        }
        assert staying(keeper, reference) == stay
        operations.take_back_raise(by=keeper, at=EVEN_LATER, reference=reference, changed_stay=True)
        now = dict(PriceRule.objects.current().values_list("code", "value"))
        assert now == before | {"ten@2027-01-01": 9900}
        assert staying(keeper, reference) == stay  # also when it is looked at afterwards
        assert AuditRow.objects.get(act="catalogue.take_back_raise").facts["stay"] == f"{LIST}, ten"
        assert refusal_of(keeper, reference, EVEN_LATER)[0] == "raise_taken_back"

    def test_one_of_whose_prices_every_one_was_changed_since_has_nothing_to_take_back(self, keeper):
        reference = raised_by(keeper)
        operations.take_back_price(by=keeper, at=AT, price=LIST, valid_from=NEW_YEAR)
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.take_back_raise(by=keeper, at=AT, reference=reference, changed_stay=True)
        assert refused.value.reason == Reason.of("raise_changed_since", count=1)

    def test_nothing_stays_of_one_that_nobody_has_touched(self, keeper):
        before = standing()
        reference = raised_by(keeper)
        assert staying(keeper, reference) == {LIST: None}
        operations.take_back_raise(by=keeper, at=AT, reference=reference, changed_stay=True)
        assert standing() == before
        assert staying(keeper, reference) == {LIST: None}
        assert "stay" not in AuditRow.objects.get(act="catalogue.take_back_raise").facts

    def test_what_stood_by_another_raise_that_goes_back_later_is_still_told_as_changed(self, keeper):
        operations.set_price(by=keeper, at=AT, rule=rule("ten", price="110.00", quantity_min=10))
        first = raised_by(keeper)
        operations.take_back_price(by=keeper, at=AT, price="ten", valid_from=NEW_YEAR)
        second = operations.raise_prices(by=keeper, at=LATER, how=replace(RAISE, category="coffee")).reference
        assert staying(keeper, first)[LIST] == Reason.of("raise_price_changed", on=LATER.date())
        with nothing_written(), pytest.raises(Refusal):
            operations.take_back_raise(by=keeper, at=LATER, reference=first, changed_stay=True)
        back(keeper, second, EVEN_LATER)
        assert staying(keeper, first)[LIST] is None  # it is again the one that the first raise wrote

    def test_one_that_has_begun_stays(self, keeper):
        reference = raised_by(keeper)
        begun = datetime.combine(NEW_YEAR, time(9), UTC)
        assert refusal_of(keeper, reference, begun) == ("version_has_begun", {"since": NEW_YEAR})

    def test_nobody_takes_back_what_is_not_hers_or_what_is_not_there(self, keeper):
        reference = raised_by(keeper)
        xyz = given_actor("xyz-keeper", ("DATA_ADMINISTRATOR", "xyz"))
        with nothing_written(), pytest.raises(Refused):
            back(xyz, reference)
        assert register.raises(viewer=xyz, at=AT, params={}).rows == ()
        for viewer, name in ((xyz, reference), (keeper, "nothing")):
            with pytest.raises(NotThere):
                register.raise_of(viewer=viewer, at=AT, reference=name)
        with nothing_written(), pytest.raises(NotThere):
            back(keeper, "nothing")

    def test_a_raise_of_one_category_names_it(self, keeper):
        reference = raised_by(keeper, replace(RAISE, category="coffee"))
        record, _ = register.raise_of(viewer=keeper, at=AT, reference=reference)
        assert (record.category.code, record.level, record.rate) == ("coffee", Level.LIST, RAISE.rate)


def test_a_price_changed_before_a_planned_change_holds_until_that_one_begins(keeper):
    change_price(keeper, FEBRUARY, "150.00")
    assert change_price(keeper, NEW_YEAR) == f"{LIST}@2027-01-01"
    assert prices() == [(LONG_AGO, NEW_YEAR), (NEW_YEAR, FEBRUARY), (FEBRUARY, None)]


def test_a_version_is_changed_by_its_own_name_too(keeper):
    change_price(keeper, NEW_YEAR)
    assert (
        operations.change_price(
            by=keeper, at=AT, price=f"{LIST}@2027-01-01", rule=dearer("150.00"), valid_from=FEBRUARY
        )
        == f"{LIST}@2027-02-01"
    )
    assert prices() == [(LONG_AGO, NEW_YEAR), (NEW_YEAR, FEBRUARY), (FEBRUARY, None)]


def test_a_slip_is_corrected_on_the_day_it_began_and_what_was_believed_is_kept(keeper):
    change_price(keeper, NEW_YEAR, "14.00")
    assert change_price(keeper, NEW_YEAR, "140.00") == f"{LIST}@2027-01-01"
    assert prices() == [(LONG_AGO, NEW_YEAR), (NEW_YEAR, None)]
    slip = PriceRule.objects.exclude(known_until=None).get(code=f"{LIST}@2027-01-01")
    assert slip.value == 1400
    assert PriceRule.objects.current().get(code=f"{LIST}@2027-01-01").value == 14000


def test_another_rule_cannot_stand_where_a_price_began(keeper):
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.change_price(by=keeper, at=AT, price=LIST, rule=rule("other"), valid_from=LONG_AGO)
    assert refused.value.reason.code == "period_backwards"


def test_a_price_changes_only_while_it_holds(keeper):
    operations.end_price(by=keeper, at=AT, price=LIST, valid_until=NEW_YEAR)
    for day in (NEW_YEAR, LONG_AGO - timedelta(days=1)):
        with nothing_written(), pytest.raises(Refusal) as refused:
            change_price(keeper, day)
        assert refused.value.reason.code == "price_not_running"


def test_nothing_ends_under_a_version_that_is_still_to_begin(keeper):
    change_price(keeper, FEBRUARY)
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.end_price(by=keeper, at=AT, price=LIST, valid_until=NEW_YEAR)
    assert refused.value.reason.code == "later_version_begins"
    operations.end_price(by=keeper, at=AT, price=LIST, valid_until=date(2027, 3, 1))
    assert prices() == [(LONG_AGO, FEBRUARY), (FEBRUARY, date(2027, 3, 1))]


def test_a_planned_change_is_taken_back_and_the_price_before_goes_on(keeper):
    change_price(keeper, NEW_YEAR)
    operations.take_back_price(by=keeper, at=AT, price=LIST, valid_from=NEW_YEAR)
    assert prices() == [(LONG_AGO, None)]


def test_a_planned_price_without_a_price_before_it_is_gone(keeper):
    operations.end_price(by=keeper, at=AT, price=LIST, valid_until=TOMORROW)
    operations.set_price(by=keeper, at=AT, rule=rule(f"{LIST}@2027-02-01", period=Period(FEBRUARY, None)))
    operations.take_back_price(by=keeper, at=AT, price=LIST, valid_from=FEBRUARY)
    assert prices() == [(LONG_AGO, TOMORROW)]
    operations.set_price(by=keeper, at=AT, rule=rule("alone", period=Period(FEBRUARY, None)))
    operations.take_back_price(by=keeper, at=AT, price="alone", valid_from=FEBRUARY)
    assert not PriceRule.objects.current().filter(code="alone").exists()


def test_what_has_begun_is_not_taken_back(keeper):
    change_price(keeper, ON)
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.take_back_price(by=keeper, at=AT, price=LIST, valid_from=ON)
    assert refused.value.reason.code == "version_has_begun"


def test_a_conflict_by_a_change_is_refused_and_names_both(keeper):
    operations.set_price(by=keeper, at=AT, rule=rule("ten", quantity_min=10))
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.change_price(by=keeper, at=AT, price=LIST, rule=dearer(quantity_min=10), valid_from=NEW_YEAR)
    facts = refused.value.reason.facts
    assert (facts["rule"], facts["other"]) == (f"{LIST}@2027-01-01", "ten")


def test_a_scheme_changes_from_a_day_on_and_what_was_drawn_counts_on(house, keeper):
    operations.change_scheme(by=keeper, at=AT, scheme=STAFF, valid_from=NEW_YEAR, source="agreed with the unions")
    book = queries.price_book()
    assert [book.scheme_on("abc-staff", day).allowance_money for day in (date(2014, 1, 1), ON, NEW_YEAR)] == [
        Money.of("600.00", "EUR"), Money.of("600.00", "EUR"), Money.of("900.00", "EUR"),
    ]  # fmt: skip
    assert spans(Scheme.objects.current().filter(code="abc-staff")) == [(LONG_AGO, NEW_YEAR), (NEW_YEAR, None)]


def test_a_planned_change_of_a_scheme_is_taken_back(keeper):
    operations.change_scheme(by=keeper, at=AT, scheme=STAFF, valid_from=NEW_YEAR)
    operations.take_back_scheme(by=keeper, at=AT, scheme="abc-staff", valid_from=NEW_YEAR)
    assert spans(Scheme.objects.current().filter(code="abc-staff")) == [(LONG_AGO, None)]


def test_limits_are_set_and_lifted_one_by_one_and_nothing_else_of_the_scheme_changes(keeper):
    one, two = (pricing.Limit(name, pricing.Span.ORDER, units=2) for name in ("one", "two"))
    before = queries.price_book().schemes["abc-staff"]

    def now():
        scheme = queries.price_book().schemes["abc-staff"]
        assert replace(scheme, limits=(), period=before.period) == before
        return scheme.limits

    asked = {"by": keeper, "at": AT, "scheme": "abc-staff", "valid_from": NEW_YEAR}
    operations.set_scheme_limit(**asked, limit=one)
    operations.set_scheme_limit(**asked, limit=two)
    assert now() == (one, two)
    operations.set_scheme_limit(**asked, limit=replace(one, units=3))
    assert now() == (two, replace(one, units=3))
    operations.change_scheme(by=keeper, at=AT, scheme=before, valid_from=NEW_YEAR, keeps_limits=True)
    operations.lift_scheme_limit(**asked, limit="one")
    assert now() == (two,)
    assert AuditRow.objects.get(act="catalogue.lift_scheme_limit").facts["limit"] == "one"
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.lift_scheme_limit(**asked, limit="one")
    assert (refused.value.reason.code, refused.value.where) == ("limit_not_running", "limit")
    with nothing_written(), pytest.raises(NotThere):
        operations.lift_scheme_limit(**asked | {"scheme": "nothing"}, limit="two")
    operations.change_scheme(by=keeper, at=AT, scheme=before, valid_from=NEW_YEAR)
    assert now() == ()


def test_a_scheme_keeps_its_supplier_and_changes_only_while_it_holds(keeper, keeper_of_all):
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.change_scheme(
            by=keeper_of_all, at=AT, scheme=pricing.Scheme("abc-staff", "xyz"), valid_from=NEW_YEAR
        )
    assert refused.value.reason.code == "scheme_keeps_supplier"
    operations.end_scheme(by=keeper, at=AT, scheme="abc-staff", valid_until=NEW_YEAR)
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.change_scheme(by=keeper, at=AT, scheme=STAFF, valid_from=NEW_YEAR)
    assert refused.value.reason.code == "scheme_not_running"


def test_nobody_but_the_keeper_takes_back(house, keeper):
    change_price(keeper, NEW_YEAR)
    operations.change_scheme(by=keeper, at=AT, scheme=STAFF, valid_from=NEW_YEAR)
    maya = house.actor(MAYA)
    for act in (
        lambda: operations.take_back_price(by=maya, at=AT, price=LIST, valid_from=NEW_YEAR),
        lambda: operations.take_back_scheme(by=maya, at=AT, scheme="abc-staff", valid_from=NEW_YEAR),
        lambda: operations.remove_category(by=keeper, at=AT, code="widgets"),
    ):
        with nothing_written(), pytest.raises(Refused):
            act()


def test_a_cost_of_that_very_day_is_corrected(keeper):
    operations.record_cost(by=keeper, at=AT, offering="coffee-machine", price=eur("61.00"), valid_from=LONG_AGO)
    costs = OfferingCost.objects.current().filter(offering__code="coffee-machine")
    assert [(cost.price, cost.valid_from, cost.valid_until) for cost in costs] == [(6100, LONG_AGO, None)]


@pytest.mark.parametrize("name", [" ", "x" * 201])
def test_an_item_without_a_usable_name_stays_as_it_is(keeper, name):
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.change_item(
            by=keeper, at=AT, offering="coffee-machine", name=name, description="", category=None, tax_code=""
        )
    assert (refused.value.reason.code, refused.value.where) == ("name_not_usable", "name")


def test_what_is_withdrawn_is_offered_again_under_its_new_words(house, keeper):
    operations.withdraw_item(by=keeper, at=AT, offering="coffee-machine")
    operations.change_item(
        by=keeper, at=AT, offering="coffee-machine", name="Percolator", description="", category="coffee", tax_code="STANDARD",
    )  # fmt: skip
    viewer = house.actor(MAYA)
    assert queries.shop(viewer=viewer, at=AT, params={"text": "percol"}).rows == ()
    operations.offer_item_again(by=keeper, at=AT, offering="coffee-machine")
    assert [card.code for card in queries.shop(viewer=viewer, at=AT, params={"text": "percol"}).rows] == ["coffee-machine"]  # fmt: skip


def test_an_outside_price_has_a_source_and_a_day_and_can_be_forgotten(keeper):
    operations.record_outside_price(
        by=keeper, at=AT, offering="coffee-machine", price=eur("119.00"), source=" Corner shop ", seen_on=ON,
    )  # fmt: skip
    found = queries.price_book().offerings["coffee-machine"].outside
    assert (found.price, found.source, found.seen_on) == (eur("119.00"), "Corner shop", ON)
    operations.record_outside_price(by=keeper, at=AT, offering="coffee-machine", price=None)
    assert queries.price_book().offerings["coffee-machine"].outside is None
    operations.record_outside_price(
        by=keeper, at=AT, offering="coffee-machine", price=eur("118.00"), source="Fair", seen_on=ON
    )
    before, after = (AuditRow.objects.order_by("id").last().facts[name] for name in ("before", "after"))
    assert (before, after) == ("", "11800 EUR Fair 2026-11-24")


@pytest.mark.parametrize(
    ("given", "code", "where"),
    [
        ({"price": eur("-1"), "source": "S", "seen_on": ON}, "price_negative", "price"),
        ({"price": eur("1"), "source": " ", "seen_on": ON}, "outside_source_missing", "source"),
        ({"price": eur("1"), "source": "S", "seen_on": None}, "outside_day_unfit", "seen_on"),
        ({"price": eur("1"), "source": "S", "seen_on": TOMORROW}, "outside_day_unfit", "seen_on"),
    ],
)
def test_an_outside_price_that_cannot_be_is_refused(keeper, given, code, where):
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.record_outside_price(by=keeper, at=AT, offering="coffee-machine", **given)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_an_empty_category_is_removed_and_one_in_use_stays(keeper_of_all, keeper):
    operations.place_category(by=keeper_of_all, at=AT, code="tea", name="Tea", parent="coffee")
    operations.place_category(by=keeper_of_all, at=AT, code="cups", name="Cups")
    operations.set_up_scheme(
        by=keeper, at=AT, scheme=pricing.Scheme("cup-scheme", "abc", excluded=(Target(TargetKind.CATEGORY, "cups"),))
    )
    for used, count in (("coffee", 2), ("cups", 1)):
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.remove_category(by=keeper_of_all, at=AT, code=used)
        assert (refused.value.reason.code, refused.value.reason.facts["count"]) == ("category_in_use", count)
    operations.remove_category(by=keeper_of_all, at=AT, code="tea")
    assert not Category.objects.filter(code="tea").exists()
    assert Offering.objects.count() == 3


def test_two_versions_of_a_scheme_let_a_price_meet_another_only_where_both_hold(keeper):
    """The staff price of ABC meets another scheme's only when both could entitle the same person on one day."""
    other = pricing.Scheme("other", "abc", "Other", Period(NEW_YEAR, None))
    operations.end_scheme(by=keeper, at=AT, scheme="abc-staff", valid_until=NEW_YEAR)
    operations.set_up_scheme(by=keeper, at=AT, scheme=other)
    everything = pricing.PriceRule(
        "other-staff", pricing.Level.SCHEME, "abc", PercentOff(Rate(Fraction(1, 2))), scheme="other"
    )
    operations.set_price(by=keeper, at=AT, rule=everything)
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.end_scheme(by=keeper, at=AT, scheme="abc-staff", valid_until=FEBRUARY)
    assert refused.value.reason.code == "price_rules_conflict"
    assert refused.value.reason.facts["since"] == NEW_YEAR
    assert ends("other-staff") is None
