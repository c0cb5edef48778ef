"""What the page promises, looked for counter-examples in random laws and purchases."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.core.benefit.conftest import bought, cap, law, money, rule, share

from inward.core.benefit import Basis, By, Case, Over, Per, Purchase, Return, corrections, foreseen, statement

FIRST = date(2026, 1, 1)
CAPS = st.builds(
    lambda amount, per, over, by: cap(amount, per=per, over=over, by=by),
    st.integers(0, 300),
    st.sampled_from(Per),
    st.sampled_from(Over),
    st.sampled_from(By),
)
LIMITS = st.lists(CAPS | st.builds(share, st.integers(0, 100)), min_size=1, max_size=3)
LAWS = st.builds(
    lambda main, gifts, lent, borrows: law(
        rule("main", *main, *([cap(lent, borrows="gifts")] if borrows else [])),
        rule("gifts", cap(gifts), covers=("gift",)),
        rule("rest", rank=90, covers=("goods", "gift", "services")),
    ),
    LIMITS,
    st.integers(0, 200),
    st.integers(0, 200),
    st.booleans(),
)


def purchase(number, day, price, paid, kind, employer, pieces):
    worth = {Basis.PRICE: money(price) if price else money(0)}
    on = FIRST + timedelta(days=day)
    return Purchase(f"p{number}", on, worth, money(paid), kind, pieces=pieces, employer=employer)


@st.composite
def purchases(draw, most=8):
    facts = st.tuples(
        st.integers(0, 364),
        st.integers(0, 20000).map(lambda cents: f"{cents / 100:.2f}"),
        st.integers(0, 100),
        st.sampled_from(("goods", "gift", "services")),
        st.sampled_from(("abc", "xyz")),
        st.integers(1, 4),
    )
    return tuple(purchase(number, *each) for number, each in enumerate(draw(st.lists(facts, max_size=most))))


@given(LAWS, purchases())
def test_exempt_and_taxable_make_the_benefit_on_every_line_and_sum(law_, bought_):
    found = statement(law=law_, year=2026, case=Case(bought_))
    nothing = money(0)
    for each in (*found.lines, *found.by_rule, found):
        assert each.exempt + each.taxable == each.benefit
        assert each.exempt >= nothing <= each.taxable
    for line in found.lines:
        assert line.benefit == max(line.value - line.paid, nothing)
    assert sum((line.taxable for line in found.lines), start=nothing) == found.taxable
    assert sum((total.taxable for total in found.by_rule), start=nothing) == found.taxable


@given(LAWS, purchases(), st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(law_, bought_, chance):
    shuffled = list(bought_)
    chance.shuffle(shuffled)
    assert statement(law=law_, year=2026, case=Case(tuple(shuffled))) == statement(
        law=law_, year=2026, case=Case(bought_)
    )


@given(LAWS, purchases(), st.data())
def test_what_came_back_whole_leaves_no_trace(law_, bought_, data):
    gone = data.draw(st.sets(st.sampled_from(bought_))) if bought_ else set()
    back = []
    for each in gone:
        first = data.draw(st.integers(0, each.pieces - 1))
        back += [Return(each.id, each.on, count) for count in (first, each.pieces - first) if count]
    kept = tuple(each for each in bought_ if each not in gone)
    assert statement(law=law_, year=2026, case=Case(bought_, tuple(back))) == statement(
        law=law_, year=2026, case=Case(kept)
    )


@given(st.lists(st.integers(1, 500), max_size=8), st.sampled_from(Over), st.sampled_from((Per.YEAR, Per.MONTH)))
def test_below_a_cap_nothing_is_taxable_and_beyond_it_something_is(cents, over, per):
    capped = law(rule("main", cap("10.00", over=over, per=per)))
    case = Case(tuple(bought(f"p{place}", f"{amount / 100:.2f}") for place, amount in enumerate(cents)))
    found = statement(law=capped, year=2026, case=case)
    if sum(cents) <= 1000:
        assert found.taxable == money(0)
    elif over is Over.EXCESS:
        assert found.exempt == money(10)
    elif over is Over.ALL:
        assert found.exempt == money(0)
    else:
        assert money(0) < found.taxable <= found.benefit
        assert found.exempt <= money(10)


@given(LAWS, purchases())
def test_the_exempt_part_under_excess_caps_never_passes_what_the_caps_hold(law_, bought_):
    found = statement(law=law_, year=2026, case=Case(bought_))
    for total in found.by_rule:
        for room in total.rooms:
            if not room.cap.cliff:
                assert room.used + room.lent <= room.amount
                assert room.left >= money(0)


@given(LAWS, purchases(most=6))
def test_what_is_foreseen_is_what_comes(law_, bought_):
    if not bought_:
        return
    *known, coming = bought_
    told = foreseen(law=law_, case=Case(tuple(known)), purchase=coming)
    before, after = (statement(law=law_, year=2026, case=Case(each)) for each in (tuple(known), bought_))
    assert (told.before, told.after, told.added) == (before, after, after.taxable - before.taxable)
    assert bool(told.warnings) is (told.added > money(0))
    changed = corrections(before, after)
    assert sum((each.taxable for each in changed), start=money(0)) == told.added
    assert told.reached_back == tuple(each for each in changed if each.purchase != coming.id)
