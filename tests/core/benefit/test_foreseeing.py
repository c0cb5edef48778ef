"""Before buying: what is left, and a warning where a limit is passed; and what changed between two statements."""

from datetime import date

from tests.core.benefit.conftest import bought, cap, case, law, money, rule, share

from inward.core.benefit import Exempts, Over, Return, corrections, foreseen, rooms, statement


def cliff():
    return law(rule("main", cap(1000, over=Over.ALL)))


def warned(law_, known, coming):
    found = foreseen(law=law_, case=case(*known), purchase=coming)
    return [(why.code, dict(why.items)) for why in found.warnings], found


def test_a_purchase_within_the_limit_warns_of_nothing():
    warnings, found = warned(cliff(), [bought("a", 900)], bought("b", 100))
    assert (warnings, found.added, found.reached_back) == ([], money(0), ())


def test_the_purchase_that_passes_a_cliff_is_warned_of_with_the_whole():
    warnings, found = warned(cliff(), [bought("a", 900)], bought("b", 150))
    facts = {"rule": "main", "amount": money(1000), "total": money(1050), "added": money(1050)}
    assert warnings == [("benefit_would_pass_cliff", facts)]
    assert [(back.purchase, back.exempt, back.taxable) for back in found.reached_back] == [
        ("a", money(-900), money(900))
    ]
    assert (found.before.taxable, found.after.taxable) == (money(0), money(1050))


def test_a_first_purchase_may_pass_the_cliff_alone():
    warnings, found = warned(cliff(), [], bought("b", 1001))
    assert [code for code, _ in warnings] == ["benefit_would_pass_cliff"]
    assert found.reached_back == ()


def test_beyond_a_cliff_that_was_passed_it_says_so():
    warnings, found = warned(cliff(), [bought("a", 1200)], bought("b", 10))
    facts = {"rule": "main", "amount": money(1000), "total": money(1210), "added": money(10)}
    assert warnings == [("benefit_cliff_passed_before", facts)]
    assert found.added == money(10)


def test_above_a_cap_the_part_that_becomes_taxable_is_said_with_the_cap():
    warnings, _ = warned(law(), [bought("a", 90)], bought("b", 30))
    assert warnings == [("benefit_would_be_taxable", {"rule": "main", "taxable": money(20), "amount": money(100)})]


def test_where_no_amount_holds_back_none_is_said():
    for rules in ((rule("main"),), (rule("main", share(20)),)):
        warnings, _ = warned(law(*rules), [], bought("b", 30))
        assert [set(facts) for _, facts in warnings] == [{"rule", "taxable"}]


def test_a_purchase_bought_for_its_value_or_taken_for_nothing_at_all_warns_of_nothing():
    warnings, found = warned(law(rule("main")), [bought("a", 10)], bought("b", 30, paid=30))
    assert (warnings, found.added) == ([], money(0))


def test_a_purchase_dated_back_shows_what_it_takes_from_later_ones():
    later = bought("a", 90, date(2026, 5, 1))
    warnings, found = warned(law(), [later], bought("b", 30, date(2026, 4, 1)))
    assert [(back.purchase, back.taxable) for back in found.reached_back] == [("a", money(20))]
    assert found.added == money(20)
    assert warnings == [("benefit_would_be_taxable", {"rule": "main", "taxable": money(20)})]


def test_what_is_left_is_told_without_a_value():
    found, left = rooms(law=law(), case=case(bought("a", 60)), purchase=bought("b", values={}))
    assert (found.id, [room.left for room in left]) == ("main", [money(40)])
    nothing = law(rule("main", exempts=Exempts.EVERYTHING), rule("vip", cap(fact="vip"), covers=("gift",)))
    assert rooms(law=nothing, case=case(), purchase=bought())[1] == ()
    assert rooms(law=nothing, case=case(), purchase=bought(kind="gift"))[1] == ()


def test_what_is_left_is_told_as_of_a_day():
    back = (Return("a", date(2026, 5, 1), 1),)
    for as_of, left in ((date(2026, 4, 30), money(40)), (date(2026, 5, 1), money(100))):
        known = case(bought("a", 60), returns=back)
        assert rooms(law=law(), case=known, purchase=bought("b"), as_of=as_of)[1][0].left == left


def test_two_statements_differ_by_what_was_corrected_and_by_nothing_else():
    purchases = (bought("a", 80, date(2026, 1, 5)), bought("b", 80, date(2026, 2, 5)), bought("c", 5, date(2026, 1, 6)))
    before = statement(law=law(), year=2026, case=case(*purchases))
    after = statement(law=law(), year=2026, case=case(*purchases, returns=(Return("a", date(2026, 3, 1), 1),)))
    found = {each.purchase: (each.exempt, each.taxable) for each in corrections(before, after)}
    assert found == {"a": (money(-80), money(0)), "b": (money(65), money(-65))}
    assert corrections(after, after) == ()
