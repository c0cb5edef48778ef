"""What if the group had sold XYZ: the dealings of the year that would differ, to the cent, and nothing is written."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, ON, nothing_written
from tests.cast import INES, MAYA, RATNA, SITI, TOR

from inward.catalogue import operations as catalogue
from inward.catalogue import queries as prices
from inward.core.bookkeeping import EntryKind, Role
from inward.core.classification import Kind, WorkKind
from inward.core.terms import Money, Refusal
from inward.insight import queries
from inward.insight.suppositions import SupposedShare, SupposedShares, SupposedWork, read
from inward.kit.policy import Refused
from inward.parties import operations as definitions
from inward.parties import queries as parties
from inward.parties.models import Holding
from inward.parties.vocabulary import Purpose
from inward.trade.vocabulary import Settlement

BEFORE = ON - timedelta(days=300)
SOLD = SupposedShare("jkl", "xyz", Fraction(0), BEFORE)


@pytest.fixture
def house(house):
    """ABC has bought ten widgets of its sister, Maya a coffee machine at staff price."""
    house.order(INES, ("widget-a", 10), customer="abc")
    house.order(MAYA, ("coffee-machine", 1))
    return house


def eur(amount):
    return Money.of(amount, "EUR")


def asked(house, *suppositions, who=SITI, at=AT):
    with nothing_written():
        return queries.what_if(viewer=house.actor(who), at=at, suppositions=suppositions)


def turns(answer):
    return [(turn.before, turn.after, turn.dealings, turn.paid_before, turn.paid_after) for turn in answer.turns]


def test_a_sister_that_was_sold_would_have_paid_the_list_price(house):
    answer = asked(house, SOLD)
    assert turns(answer) == [(Kind.AFFILIATE, Kind.OUTSIDE, 1, (eur("43.56"),), (eur("60.50"),))]
    assert (answer.differ, answer.priced, answer.cut) == (1, 1, False)
    (row,) = answer.rows
    assert (row.dealt.supplier, row.dealt.customer, row.dealt.total) == ("xyz", "abc", eur("43.56"))
    assert (row.before.internal, row.after.internal) == (True, False)
    assert (row.before.settlement, row.after.settlement) == (Settlement.INTERCOMPANY, Settlement.INVOICE)


def four_tenths(house, *purposes):
    """A rule by which three tenths are inside serves these purposes; and what if JKL had kept 40 % of XYZ."""
    body = {"basis": "votes", "threshold": "30", "operator": ">="}
    definitions.keep_definition(by=HOUSE, at=AT, code="three-tenths", name="Three tenths", body=body)
    for purpose in purposes:
        definitions.choose_definition(by=HOUSE, at=AT, purpose=purpose, definition="three-tenths")
    return asked(house, SupposedShare("jkl", "xyz", Fraction(2, 5), BEFORE))


def test_who_would_leave_the_tax_group_alone_would_pay_tax_at_the_same_price(house):
    definitions.choose_definition(by=HOUSE, at=AT, purpose=Purpose.TAX, definition="strict_majority")
    answer = four_tenths(house, Purpose.PRICE, Purpose.BOOKS)
    assert turns(answer) == [(Kind.AFFILIATE, Kind.AFFILIATE, 1, (eur("36.00"),), (eur("43.56"),))]
    posted = {(each.company, each.role): (each.before, each.after) for each in answer.posted}
    assert posted["xyz", Role.OUTPUT_TAX] == (eur("0.00"), eur("-7.56"))
    assert posted["abc", Role.INPUT_TAX] == (eur("0.00"), eur("7.56"))


def test_who_would_leave_the_books_alone_would_be_sent_an_invoice_at_the_same_price(house):
    answer = four_tenths(house, Purpose.PRICE)
    (row,) = answer.rows
    assert (row.before.total, row.after.total) == (eur("43.56"), eur("43.56"))
    assert (row.before.settlement, row.after.settlement) == (Settlement.INTERCOMPANY, Settlement.INVOICE)


def test_the_books_would_hold_an_outside_sale_and_nothing_to_eliminate(house):
    posted = {(each.company, each.kind, each.role): (each.before, each.after) for each in asked(house, SOLD).posted}
    nothing = eur("0")
    kinds = {(company, kind) for company, kind, _ in posted}
    assert ("abc", EntryKind.INTERCOMPANY_PURCHASE) in kinds
    assert ("xyz", EntryKind.OUTSIDE_SALE) in kinds
    for (company, kind, _), (before, after) in posted.items():
        assert (before == nothing) == (kind is EntryKind.OUTSIDE_SALE), (company, kind)
        assert (after == nothing) == (kind is not EntryKind.OUTSIDE_SALE), (company, kind)
    assert sum(before.minor for before, _ in posted.values()) == sum(after.minor for _, after in posted.values()) == 0
    assert posted["xyz", EntryKind.OUTSIDE_SALE, Role.CUSTOMER_RECEIVABLE] == (nothing, eur("60.50"))


def test_a_share_that_changes_nothing_of_the_majority_changes_no_dealing(house):
    answer = asked(house, SupposedShare("jkl", "xyz", Fraction(51, 100), BEFORE))
    assert (answer.asked, answer.differ, answer.turns, answer.posted, answer.rows) == (2, 0, (), (), ())


def test_somebody_who_had_left_would_have_paid_what_everybody_pays(house):
    answer = asked(house, SupposedWork("maya-lund", "abc", None, BEFORE))
    assert turns(answer) == [(Kind.STAFF, Kind.OUTSIDE, 1, (eur("90.75"),), (eur("121.00"),))]
    assert [(row.dealt.customer, row.before.settlement, row.after.settlement) for row in answer.rows] == [
        ("maya-lund", Settlement.PAYROLL, Settlement.INVOICE)
    ]


def test_work_of_another_kind_may_change_the_price_alone(house):
    scheme = prices.price_book().schemes["abc-staff"]
    only = replace(scheme, work_kinds=frozenset({WorkKind.FULL_TIME}), period=replace(scheme.period, start=BEFORE))
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=only, valid_from=BEFORE)
    answer = asked(house, SupposedWork("maya-lund", "abc", WorkKind.RETIREE, BEFORE))
    (turn,) = answer.turns
    assert (turn.dealings, turn.paid_before, turn.paid_after) == (1, (eur("90.75"),), (eur("121.00"),))


def test_what_is_supposed_from_tomorrow_on_changes_no_dealing_of_the_past(house):
    answer = asked(house, SupposedShare("jkl", "xyz", Fraction(0), ON + timedelta(days=1)))
    assert (answer.asked, answer.differ) == (0, 0)


def test_dealings_older_than_a_year_are_not_asked(house):
    answer = asked(house, SOLD, at=AT + timedelta(days=366))
    assert (answer.asked, answer.differ) == (0, 0)
    assert asked(house, SOLD, at=AT + timedelta(days=364)).differ == 1


def test_nothing_supposed_asks_nothing(house):
    answer = asked(house)
    assert (answer.asked, answer.differ, answer.suppositions) == (0, 0, ())


def test_more_than_the_whole_is_refused(house):
    with pytest.raises(Refusal) as refused:
        asked(house, SupposedShare("abc", "xyz", Fraction(3, 4), BEFORE))
    assert refused.value.reason.code == "holdings_over_whole"


def test_every_dealing_is_told_however_few_are_named(house, monkeypatch):
    monkeypatch.setattr(queries, "ROWS_MAX", 1)
    monkeypatch.setattr(queries, "PRICED_MAX", 1)
    house.order(INES, ("widget-a", 1), customer="abc", key="second")
    answer = asked(house, SOLD)
    assert (answer.may_differ, answer.priced, answer.differ, len(answer.rows), answer.cut) == (2, 1, 1, 1, True)
    told = queries.differences(viewer=house.actor(SITI), at=AT, suppositions=(SOLD,))
    assert [each.dealt.lines[0].quantity for each in told] == [1, 10]


@pytest.mark.parametrize("who", [MAYA, INES, TOR, RATNA])
def test_nobody_else_asks_for_it_shows_the_dealings_of_all(house, who):
    with pytest.raises(Refused):
        asked(house, SOLD, who=who)
    with pytest.raises(Refused):
        queries.differences(viewer=house.actor(who), at=AT, suppositions=(SOLD,))


def test_a_supposition_is_read_from_its_own_text_again(house):
    told = (
        SOLD,
        SupposedWork("maya-lund", "xyz", WorkKind.PART_TIME, BEFORE),
        SupposedWork("maya-lund", "abc", None, BEFORE),
    )
    assert read([each.text for each in told], parties.world()) == told
    assert SOLD.text == f"share:jkl:xyz:0:{BEFORE.isoformat()}"
    assert SupposedShare("jkl", "xyz", Fraction(1, 3), LONG_AGO).text.split(":")[3] == "100/3"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "supposition_not_read"),
        ("share:jkl:xyz:0", "supposition_not_read"),
        ("gift:jkl:xyz:0:2026-01-01", "supposition_not_read"),
        ("share:jkl:xyz:much:2026-01-01", "supposition_not_read"),
        ("share:jkl:xyz:10:yesterday", "supposition_not_read"),
        ("work:maya-lund:abc:KING:2026-01-01", "supposition_not_read"),
        ("share:jkl:nobody:10:2026-01-01", "supposed_of_unknown"),
        ("share:jkl:maya-lund:10:2026-01-01", "supposed_of_unknown"),
        ("work:jkl:abc:FULL_TIME:2026-01-01", "supposed_of_unknown"),
        ("share:jkl:xyz:100.01:2026-01-01", "supposed_share_out_of_bounds"),
        ("share:jkl:xyz:-1:2026-01-01", "supposed_share_out_of_bounds"),
        ("share:jkl:xyz:" + "9" * 30 + ":2026-01-01", "supposed_share_out_of_bounds"),
    ],
)
def test_what_cannot_be_supposed_is_refused_with_its_text(house, text, code):
    with pytest.raises(Refusal) as refused:
        read([SOLD.text, text], parties.world())
    assert (refused.value.reason.code, refused.value.where) == (code, text)


def test_the_later_of_two_on_the_same_day_holds_and_too_many_are_refused(house):
    half = SupposedShare("jkl", "xyz", Fraction(1, 2), BEFORE)
    assert read([SOLD.text, half.text], parties.world()) == (half,)
    many = [SupposedShare("jkl", "xyz", Fraction(0), BEFORE + timedelta(days=day)).text for day in range(21)]
    with pytest.raises(Refusal) as refused:
        read(many, parties.world())
    assert refused.value.reason.code == "too_many_suppositions"


def test_several_on_the_same_two_follow_each_other(house):
    back = SupposedShare("jkl", "xyz", Fraction(3, 5), ON)
    assert asked(house, SOLD, back).differ == 0
    assert asked(house, back, SOLD).differ == 0
    assert (
        asked(
            house,
            SupposedShare("jkl", "xyz", Fraction(3, 5), ON - timedelta(days=1)),
            SupposedShare("jkl", "xyz", Fraction(0), ON),
        ).differ
        == 1
    )


def test_the_definition_that_serves_prices_decides_here_too(house):
    """By a group of four fifths (26 USC 1563) 60 % make no sister: nothing is lost by the sale, and 100 % make one."""
    for purpose in (Purpose.PRICE, Purpose.BOOKS):
        definitions.choose_definition(by=HOUSE, at=AT, purpose=purpose, definition="us_1563", valid_from=LONG_AGO)
    assert parties.world().definition_on(ON).id == "us_1563"
    answer = asked(house, SOLD)
    assert (answer.asked, answer.differ) == (2, 0)
    whole = SupposedShare("jkl", "xyz", Fraction(1), BEFORE)
    assert [(turn.before, turn.after, turn.dealings) for turn in asked(house, whole).turns] == [
        (Kind.OUTSIDE, Kind.AFFILIATE, 1)
    ]


# --- shares of a class ------------------------------------------------------------------------------------------------


@pytest.fixture
def classes(house):
    """XYZ has 1,000 A shares with ten votes each, all JKL's, and 5,000 B shares with one vote: JKL commands 10 of 15 thousand."""
    held = Holding.objects.get(owner__code="jkl", owned__code="xyz", known_until=None)
    at = {"by": HOUSE, "at": AT}
    definitions.end_holding(**at, holding=held.code, valid_until=LONG_AGO + timedelta(days=1))
    for code, issued, votes in (("xyz-a", 1000, 10), ("xyz-b", 5000, 1)):
        definitions.record_share_class(
            **at, code=code, company="xyz", name=code, issued=Fraction(issued), votes_each=Fraction(votes),
            dividend_each=Fraction(1), valid_from=LONG_AGO + timedelta(days=1),
        )  # fmt: skip
    since = LONG_AGO + timedelta(days=1)
    definitions.record_shareholding(**at, owner="jkl", share_class="xyz-a", shares=Fraction(1000), valid_from=since)
    return house


def test_votes_follow_the_shares_of_a_class_that_are_supposed(classes):
    """750 of the A shares carry 7,500 of 15,000 votes: exactly half is no majority; one more share is."""
    half = SupposedShares("jkl", "xyz-a", Fraction(750), BEFORE)
    assert half.votes(parties.world()) == Fraction(1, 2)
    assert turns(asked(classes, half)) == [(Kind.AFFILIATE, Kind.OUTSIDE, 1, (eur("43.56"),), (eur("60.50"),))]
    assert asked(classes, replace(half, shares=Fraction(751))).differ == 0


def test_shares_of_another_class_count_by_their_votes(classes):
    sold = SupposedShares("jkl", "xyz-a", Fraction(700), BEFORE)
    bought = SupposedShares("jkl", "xyz-b", Fraction(501), BEFORE)
    assert asked(classes, sold).differ == 1
    assert asked(classes, sold, bought).differ == 0


def test_shares_that_are_sold_whole_end_and_of_several_days_each_begins_by_itself(classes):
    gone = SupposedShares("jkl", "xyz-a", Fraction(0), BEFORE)
    assert asked(classes, gone).differ == 1
    back = SupposedShares("jkl", "xyz-a", Fraction(1000), ON)
    assert asked(classes, gone, back).differ == 0


def test_more_shares_than_are_issued_are_refused(classes):
    with pytest.raises(Refusal) as refused:
        asked(classes, SupposedShares("ines-contarini", "xyz-a", Fraction(1), BEFORE))
    assert refused.value.reason.code == "shares_over_issued"


@pytest.mark.parametrize(("text", "code"), [
    ("shares:jkl:xyz-a:-1:2026-01-01", "less_than_nothing"),
    ("shares:jkl:no-such:1:2026-01-01", "supposed_of_unknown"),
    ("shares:nobody:xyz-a:1:2026-01-01", "supposed_of_unknown"),
    ("shares:jkl:xyz-a:some:2026-01-01", "supposition_not_read"),
    ("share:jkl:xyz:40:2026-01-01", "supposed_of_classes"),
])  # fmt: skip
def test_what_makes_no_sense_of_share_classes_is_refused(classes, text, code):
    with pytest.raises(Refusal) as refused:
        read([text], parties.world())
    assert refused.value.reason.code == code


def test_shares_stand_in_an_address_as_they_are_read(classes):
    texts = ["shares:jkl:xyz-a:750:2026-01-01", "shares:jkl:xyz-a:1/3:2026-02-01", "share:jkl:abc:40:2026-01-01"]
    assert [each.text for each in read(texts, parties.world())] == texts
    twice = ["shares:jkl:xyz-a:1:2026-01-01", "shares:jkl:xyz-a:2:2026-01-01"]
    assert [each.text for each in read(twice, parties.world())] == twice[1:]


def test_before_the_classes_begin_and_after_they_end_a_percentage_is_meant(classes):
    definitions.correct_share_class(
        by=HOUSE, at=AT, share_class="xyz-b", name="b", issued=Fraction(5000), votes_each=Fraction(1),
        dividend_each=Fraction(1), valid_until=date(2026, 1, 1),
    )  # fmt: skip
    with pytest.raises(Refusal):
        read(["share:jkl:xyz:40:2026-01-01"], parties.world())
    assert SupposedShares("jkl", "xyz-b", Fraction(1), ON).votes(parties.world()) == 0
