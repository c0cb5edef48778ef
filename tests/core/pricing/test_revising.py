"""A price book as it would be after a change; versions of prices and schemes take over from each other by the day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.pricing.conftest import START, book, eur, item, listed, scheme, staff_rule

from inward.core.pricing import Cost, PriceBook, TaxRate
from inward.core.pricing import revising as r
from inward.core.terms import Period, Rate, Refusal, succession

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def spans(found):
    return [(rule.id, rule.period.start, rule.period.until) for rule in found]


def test_a_price_goes_on_under_its_name_with_the_day_behind_it():
    found = r.revised(book(listed()), r.PriceFrom("list-machine", listed("140"), JUNE))
    assert spans(r.versions(found, "list-machine@2026-06-01")) == [
        ("list-machine", None, JUNE), ("list-machine@2026-06-01", JUNE, None),
    ]  # fmt: skip
    between = r.revised(found, r.PriceFrom("list-machine", listed("150"), MAY))
    assert spans(r.versions(between, "list-machine")) == [
        ("list-machine", None, MAY), ("list-machine@2026-05-01", MAY, JUNE), ("list-machine@2026-06-01", JUNE, None),
    ]  # fmt: skip
    corrected = r.revised(between, r.PriceFrom("list-machine", listed("155"), MAY))
    assert spans(r.versions(corrected, "list-machine")) == spans(r.versions(between, "list-machine"))
    assert r.versions(corrected, "list-machine")[1].method.price == eur("155")


def test_a_cost_comes_before_the_others_in_the_place_of_one_and_between_them():
    known = PriceBook.of(offerings=[item()], rules=[listed()], costs=[Cost("machine", eur("5"), Period(JULY, None))])

    def costs(found):
        return [(cost.price, cost.period.start, cost.period.until) for cost in found.costs]

    before = r.revised(known, r.CostFrom(Cost("machine", eur("4"), Period(MAY))))
    assert costs(before) == [(eur("4"), MAY, JULY), (eur("5"), JULY, None)]
    corrected = r.revised(before, r.CostFrom(Cost("machine", eur("3"), Period(MAY))))
    assert costs(corrected) == [(eur("3"), MAY, JULY), (eur("5"), JULY, None)]
    between = r.revised(corrected, r.CostFrom(Cost("machine", eur("6"), Period(JUNE))))
    assert costs(between) == [(eur("3"), MAY, JUNE), (eur("6"), JUNE, JULY), (eur("5"), JULY, None)]


def test_a_date_alone_makes_a_version():
    assert [r.family(name) for name in ("list@2026-06-01", "a@b", "list@2026-06-01-x")] == ["list", "a@b", "list@2026-06-01-x"]  # fmt: skip
    assert r.version_id("list@2026-06-01", JULY) == "list@2026-07-01"


REFUSED = [
    ("unknown_price", lambda: r.revised(book(listed()), r.PriceEnds("ghost", JUNE))),
    ("unknown_scheme", lambda: r.revised(book(), r.SchemeEnds("ghost", JUNE))),
    ("unknown_offering", lambda: r.revised(book(), r.ItemChanged(item("ghost")))),
    ("day_missing", lambda: r.revised(book(costs=[("machine", "5")]), r.CostFrom(Cost("machine", eur("6"))))),
    (
        "price_not_running",
        lambda: r.revised(
            r.revised(book(listed()), r.PriceEnds("list-machine", JUNE)), r.PriceFrom("list-machine", listed(), JULY)
        ),
    ),
    (
        "later_version_begins",
        lambda: r.revised(
            r.revised(book(listed()), r.PriceFrom("list-machine", listed(), JULY)), r.PriceEnds("list-machine", JUNE)
        ),
    ),
    (
        "period_backwards",
        lambda: r.revised(book(schemes=[scheme(period=Period(JUNE, None))]), r.SchemeEnds("staff", MAY)),
    ),
    ("price_rules_conflict", lambda: r.revised(book(listed()), r.NewPrice(replace(listed(), id="other")))),
    ("id_twice", lambda: r.revised(book(schemes=[scheme()]), r.NewScheme(scheme()))),
]


@pytest.mark.parametrize(("code", "act"), REFUSED, ids=[code for code, _ in REFUSED])
def test_a_change_that_cannot_be_is_refused(code, act):
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.reason.code == code


def test_what_changes_leaves_everything_else_as_it_was():
    before = book(listed(), staff_rule(), schemes=[scheme()], costs=[("machine", "60")])
    rate = TaxRate("abc", "STD", Rate.percent(21))
    for change in (
        r.TaxFrom(rate),
        r.CostFrom(Cost("machine", eur("70"), Period(JUNE, None))),
        r.SchemeFrom(scheme(tenure_months=3), JUNE),
        r.SchemeEnds("staff", JULY),
        r.NewScheme(scheme("more")),
        r.ItemChanged(item(name="Other")),
        r.PriceEnds("staff", JULY),
    ):
        after = r.revised(before, change)
        assert len(after.offerings) == len(before.offerings)
        assert {rule.id for rule in after.rules} == {rule.id for rule in before.rules}
        assert after != before
    assert r.revised(r.revised(before, r.TaxFrom(rate)), r.TaxFrom(TaxRate("abc", "STD", Rate.percent(25), Period(JUNE, None)))).tax_on("abc", "STD", MAY) is not None  # fmt: skip


def test_a_scheme_has_a_version_for_every_day_that_is_asked():
    found = PriceBook.of(schemes=[scheme(period=Period(MAY, JUNE)), scheme(period=Period(JULY, None), tenure_months=3)])
    assert found.schemes["staff"].tenure_months == 3
    days = (START, MAY, JUNE, JULY)
    assert [found.scheme_on("staff", day).period.start for day in days] == [MAY, MAY, MAY, JULY]


days = st.integers(0, 40).map(lambda n: MAY + timedelta(days=n))


@given(st.lists(days, min_size=1, max_size=6, unique=True), days)
def test_a_new_version_leaves_no_day_with_two_and_takes_none_from_later_ones(starts, since):
    ordered = sorted(starts)
    known = [Period(start, until) for start, until in zip(ordered, [*ordered[1:], None], strict=True)]
    place = succession(known, since)
    kept = [
        Period(period.start, since) if number == place.before else period
        for number, period in enumerate(known)
        if not (number == place.before and place.replaces)
    ]
    after = sorted([*kept, place.period], key=lambda period: period.start)
    assert all(one.until == other.start for one, other in pairwise(after))
    assert (after[0].start, after[-1].until) == (min(since, ordered[0]), None)
