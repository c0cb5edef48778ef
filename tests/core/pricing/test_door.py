"""What a price book refuses at its door, naming the place."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.pricing.conftest import book, eur, item, listed, party, rule, scheme, staff_rule

from inward.core.classification import Kind, WorkKind
from inward.core.pricing import Cost, Fixed, Level, PercentOff, PriceBook, Scope, Target, TargetKind, TaxRate
from inward.core.terms import Period, Rate, Refusal

GHOST_ITEM, GHOST_CATEGORY = Target(TargetKind.ITEM, "ghost"), Target(TargetKind.CATEGORY, "ghost")
MAY = Period(date(2026, 5, 1), date(2026, 6, 1))
OFF = PercentOff(Rate.percent(10))


@pytest.mark.parametrize(
    ("code", "where", "given"),
    [
        ("id_twice", "price list-machine", lambda: book(listed(), listed())),
        ("unknown_category", "offering machine", lambda: book(offerings=[item(category="ghost")])),
        ("benefit_kind_unfit", "offering machine", lambda: book(offerings=[item(benefit_kind="A gym")])),
        ("unknown_category", "category a", lambda: book(categories={"a": "ghost"})),
        ("category_cycle", "category a", lambda: book(categories={"a": "b", "b": "a"})),
        ("unknown_offering", "cost of ghost", lambda: book(costs=[("ghost", "1")])),
        ("price_negative", "cost of machine", lambda: book(costs=[("machine", "-1")])),
        ("price_negative", "price list-machine", lambda: book(listed("-1"))),
        ("unknown_offering", "price off", lambda: book(rule("off", Level.AGREEMENT, OFF, target=GHOST_ITEM))),
        ("unknown_category", "price off", lambda: book(rule("off", Level.AGREEMENT, OFF, target=GHOST_CATEGORY))),
        ("unknown_category", "scheme staff", lambda: book(schemes=[scheme(excluded=(GHOST_CATEGORY,))])),
        ("unknown_offering", "scheme staff", lambda: book(schemes=[scheme(included=(GHOST_ITEM,))])),
        ("quantity_break_below_one", "price off", lambda: book(rule("off", Level.AGREEMENT, OFF, quantity_min=0))),
        (
            "scheme_and_level_differ",
            "price off",
            lambda: book(rule("off", Level.AGREEMENT, OFF, scheme="staff"), schemes=[scheme()]),
        ),
        ("scheme_and_level_differ", "price off", lambda: book(rule("off", Level.SCHEME, OFF))),
        ("unknown_scheme", "price staff", lambda: book(staff_rule())),
        ("scheme_of_another_supplier", "price staff", lambda: book(staff_rule(), schemes=[scheme(supplier="xyz")])),
        ("list_price_for_everybody", "price list", lambda: book(rule("list", Level.LIST, OFF))),
        (
            "list_price_for_everybody",
            "price list",
            lambda: book(rule("list", Level.LIST, Fixed(eur("1")), scope=party("xyz"))),
        ),
        (
            "tax_rates_overlap",
            "tax STD of abc",
            lambda: book(taxes=[TaxRate("abc", "STD", Rate.percent(21)), TaxRate("abc", "STD", Rate.percent(9), MAY)]),
        ),
        (
            "costs_overlap",
            "cost of machine",
            lambda: PriceBook.of(offerings=[item()], costs=[Cost("machine", eur("1")), Cost("machine", eur("2"), MAY)]),
        ),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_place(code, where, given):
    with pytest.raises(Refusal) as refused:
        given()
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def conflict(one, other, **more):
    """The facts of the refusal, or None when the two get along."""
    try:
        book(one, other, **more)
    except Refusal as refused:
        facts = refused.reason.facts
        return facts["rule"], facts["other"], facts["since"], facts["until"]
    return None


class TestConflicts:
    def test_two_that_could_both_win_are_refused_with_the_days(self):
        both = rule("a", Level.AGREEMENT, OFF), rule("b", Level.AGREEMENT, OFF, period=MAY)
        assert conflict(*both) == ("a", "b", date(2026, 5, 1), date(2026, 6, 1))
        assert conflict(*both[::-1]) == ("a", "b", date(2026, 5, 1), date(2026, 6, 1))

    def test_other_days_target_party_or_break_is_no_conflict(self):
        one = rule("a", Level.AGREEMENT, OFF, period=Period(None, date(2026, 5, 1)))
        assert conflict(one, rule("b", Level.AGREEMENT, OFF, period=MAY)) is None
        whole = rule("a", Level.AGREEMENT, OFF)
        assert conflict(whole, rule("b", Level.AGREEMENT, OFF, target=Target(TargetKind.ITEM, "machine"))) is None
        assert conflict(whole, rule("b", Level.AGREEMENT, OFF, scope=party("xyz"))) is None
        assert conflict(whole, rule("b", Level.AGREEMENT, OFF, quantity_min=2)) is None

    def test_kinds_that_meet_conflict_and_kinds_apart_do_not(self):
        staff, sisters = frozenset({Kind.STAFF}), frozenset({Kind.AFFILIATE})
        one = rule("a", Level.RATE, OFF, scope=Scope(staff))
        assert conflict(one, rule("b", Level.RATE, OFF, scope=Scope(sisters))) is None
        assert conflict(one, rule("b", Level.RATE, OFF, scope=Scope(staff | sisters)))[:2] == ("a", "b")

    def test_schemes_that_could_entitle_one_person_conflict(self):
        one, other = staff_rule(key="a", scheme="a"), staff_rule(key="b", scheme="b")
        assert conflict(one, other, schemes=[scheme("a"), scheme("b", period=MAY)])[2:] == (
            date(2026, 5, 1),
            date(2026, 6, 1),
        )
        apart = [scheme("a", employers=frozenset({"abc"})), scheme("b", employers=frozenset({"xyz"}))]
        assert conflict(one, other, schemes=apart) is None
        kinds = [
            scheme("a", work_kinds=frozenset({WorkKind.FULL_TIME})),
            scheme("b", work_kinds=frozenset({WorkKind.AGENT})),
        ]
        assert conflict(one, other, schemes=kinds) is None
        assert (
            conflict(one, staff_rule(key="b"), schemes=[scheme("a"), scheme(period=Period(date(2030, 1, 1)))])[0] == "a"
        )
        assert conflict(staff_rule(key="a"), staff_rule(key="b"), schemes=[scheme()])[:2] == ("a", "b")
        ended = [scheme("a", period=Period(None, date(2026, 1, 1))), scheme("b", period=Period(date(2026, 1, 1)))]
        assert conflict(one, other, schemes=ended) is None


def test_a_chain_of_categories_is_no_cycle():
    assert book(categories={"a": None, "b": "a", "c": "b"}).ancestry("c") == ("c", "b", "a")


def test_costs_of_two_items_and_one_after_the_other_are_fine():
    costs = [
        Cost("machine", eur("1"), Period(None, date(2026, 5, 1))),
        Cost("machine", eur("2"), MAY),
        Cost("other", eur("3")),
    ]
    kept = PriceBook.of(offerings=[item(), item("other")], costs=costs)
    assert kept.cost_on("machine", date(2026, 4, 30)) == eur("1")
    assert kept.cost_on("machine", date(2026, 5, 1)) == eur("2")


class TestFaults:
    """All that is wrong at once, so that what is left when it is left out is a book."""

    def test_a_book_has_none_and_what_is_twice_is_one(self):
        assert PriceBook.faults(offerings=[item()], rules=[listed()]) == []
        (fault,) = PriceBook.faults(offerings=[item()], rules=[listed(), listed()])
        assert (fault.reason.code, fault.where) == ("id_twice", "price list-machine")

    def test_each_thing_that_is_wrong_by_itself_is_told_and_no_conflict_of_it(self):
        found = PriceBook.faults(
            offerings=[item(), item("x", category="ghost"), item("y", category="below")],
            categories={"below": "lost", "lost": "ghost"},
            rules=[
                rule("a", Level.AGREEMENT, OFF),
                rule("b", Level.AGREEMENT, PercentOff(Rate.percent(101))),
                rule("c", Level.AGREEMENT, OFF),
            ],
            costs=[Cost("machine", eur("1")), Cost("machine", eur("2"), MAY)],
        )
        assert [(fault.reason.code, fault.where) for fault in found] == [
            ("unknown_category", "category below"),
            ("unknown_category", "category lost"),
            ("unknown_category", "offering x"),
            ("percent_out_of_bounds", "price b"),
            ("costs_overlap", "cost of machine"),
        ]

    def test_of_rules_that_conflict_the_first_id_stays_or_the_one_that_stands(self):
        rules = [rule(key, Level.AGREEMENT, OFF) for key in "abc"]
        fallen = [fault.where for fault in PriceBook.faults(rules=rules)]
        assert fallen == ["price b", "price c"]
        standing = PriceBook.faults(rules=rules, standing={"b"})
        assert [(fault.where, fault.reason.facts["rule"]) for fault in standing] == [("price a", "b"), ("price c", "b")]

    @given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12), st.booleans()), max_size=12))
    def test_what_is_left_holds_together_and_nothing_fell_that_could_have_stayed(self, spans):
        rules = [
            rule(f"r{number:02}", Level.RATE, OFF, scope=Scope(frozenset({Kind.STAFF} if staff else {Kind.AFFILIATE})),
                 period=Period(date(2026, min(one, other), 1), date(2026, max(one, other), 2)))
            for number, (one, other, staff) in enumerate(spans)
        ]  # fmt: skip
        fallen = {fault.where.removeprefix("price ") for fault in PriceBook.faults(rules=rules)}
        stays = [each for each in rules if each.id not in fallen]
        assert PriceBook.of(rules=stays).rules == tuple(stays)
        for each in rules:
            if each.id in fallen:
                assert PriceBook.faults(rules=[*stays, each])
