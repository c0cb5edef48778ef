"""``inward engine`` against a second, plainly written answer, and against lines that nobody sane would send.

The second answers share no line with the program: control is found by trying every set of companies, the kind of a
dealing by reading the rungs aloud, a price with decimal numbers. What comes in as rubbish comes back as an error with a
place, and the next line is answered.
"""

import json
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inward.cli.engine.lines import ANSWERS, Engine

NAMES = ("Ærø", "b", "c/d", "東京", "e")
DAY = date(2026, 2, 27)
SHARES = ("1/3", "2/3", 25, "50", 50.5, "33.34", 100, "0", "45/0.9")
PEOPLE_MANY = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def answered(question, line):
    engine = Engine(question)
    answer = engine.answered(json.dumps(line).encode())
    found = json.loads(answer)
    assert engine.refused == ("error" in found)
    return found


# --- control, by trying every set of companies ---------------------------------------------------------------------


def exact(text):
    above, _, below = str(text).partition("/")
    return Fraction(above) / Fraction(below or 1) / 100


def controlled(stakes, x, *, at_least=False):
    """Who is in every set that holds ``x`` and whoever that set's votes control: the least such set, by enumeration."""
    parties = sorted({party for owner, owned, _ in stakes for party in (owner, owned)} | {x})
    others = [party for party in parties if party != x]
    least = set(parties)
    for size in range(len(others) + 1):
        for more in combinations(others, size):
            chosen = {x, *more}
            if all(party in chosen for party in parties if party != x and _controls(stakes, chosen, party, at_least)):
                least &= chosen
    return least - {x}


def _controls(stakes, chosen, company, at_least):
    own = sum((share for owner, owned, share in stakes if owner == owned == company), Fraction(0))
    voting = sum((s for owner, owned, s in stakes if owned == company != owner and owner in chosen), Fraction(0))
    half = (1 - own) / 2
    return own < 1 and (voting > half or (at_least and voting == half))


@st.composite
def asked_holdings(draw):
    """Holdings as somebody would type them: doubled, of oneself, dated, of names in any script."""
    found = []
    for _ in range(draw(st.integers(0, 9))):
        owner, owned = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
        share = draw(st.sampled_from(SHARES))
        if draw(st.booleans()):
            found.append([owner, owned, share])
        else:
            start = draw(st.sampled_from([None, DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]))
            days = {} if start is None else {"from": start.isoformat()}
            if draw(st.booleans()):
                days["until"] = ((start or DAY) + timedelta(days=draw(st.integers(1, 2)))).isoformat()
            found.append({"owner": owner, "owned": owned, "votes": share, **days})
    return found


def held_on(rows, day):
    """The rows that hold on the day as (owner, owned, share)."""
    found = []
    for row in rows:
        if isinstance(row, list):
            found.append((row[0], row[1], exact(row[2])))
        elif row.get("from", "") <= day.isoformat() < row.get("until", "9"):
            found.append((row["owner"], row["owned"], exact(row["votes"])))
    return found


@PEOPLE_MANY
@given(asked_holdings(), st.booleans())
def test_control_is_what_trying_every_set_of_companies_finds(rows, at_least):
    stakes = held_on(rows, DAY)
    line = {
        "holdings": rows,
        "on": DAY.isoformat(),
        "dirty": True,
        "definition": {"basis": "votes", "threshold": 50, "operator": ">=" if at_least else ">"},
    }
    parties = sorted({party for owner, owned, _ in stakes for party in (owner, owned)})
    below = {x: controlled(stakes, x, at_least=at_least) for x in parties}

    found = answered("control", line | {"ask": "pairs"})

    assert [pair[:2] for pair in found["pairs"]] == [[x, y] for x in parties for y in sorted(below[x])]
    for y in parties:
        controllers = answered("control", line | {"ask": "controllers", "y": y})
        assert controllers["controllers"] == [x for x in parties if y in below[x]]
        for x in controllers["controllers"]:
            least = {ground["facts"]["id"] for ground in controllers["grounds"][x]}
            kept = [stake for stake in _numbered(rows, DAY) if stake[0] in least]
            assert y in controlled([stake[1:] for stake in kept], x, at_least=at_least)
            for spared in kept:
                fewer = [stake[1:] for stake in kept if stake is not spared]
                assert y not in controlled(fewer, x, at_least=at_least)
        for x in parties:
            one = answered("control", line | {"ask": "controls", "x": x, "y": y})
            assert one["controls"] is (y in below[x])
            assert one["votes"] == answered("control", line | {"ask": "votes", "x": x, "y": y})["votes"]


def _numbered(rows, day):
    return [(str(place), *held_on([row], day)[0]) for place, row in enumerate(rows, 1) if held_on([row], day)]


@example(rows=[{"owner": "b", "owned": "b", "votes": 100}, ["Ærø", "Ærø", "1/3"], ["c/d", "b", "0"]])
@PEOPLE_MANY
@given(asked_holdings())
def test_clean_holdings_part_everyone_into_groups_and_others_are_refused_with_their_place(rows):
    stakes = held_on(rows, DAY)
    found = answered("control", {"holdings": rows, "on": DAY.isoformat(), "ask": "groups"})

    sums = {owned: sum(share for _, other, share in stakes if other == owned) for _, owned, _ in stakes}
    if any(total > 1 for total in sums.values()):
        assert found["error"]["code"] == "holdings_over_whole"
        assert found["error"]["where"].startswith("line 1, holdings[")
        return
    parties = sorted({party for owner, owned, _ in stakes for party in (owner, owned)})
    below = {x: controlled(stakes, x) | {x} for x in parties}
    together = {frozenset(y for y in parties if any({x, y} <= below[z] for z in parties)) for x in parties}
    assert sorted(found["groups"]) == sorted(sorted(group) for group in together)


@pytest.mark.parametrize(
    ("holdings", "ask", "answer"),
    [
        ([["a", "j", 50], ["b", "j", 50]], {"ask": "controllers", "y": "j"}, {"controllers": []}),
        ([["a", "j", "50.000001"]], {"ask": "controllers", "y": "j"}, {"controllers": ["a"]}),
        ([["a", "b", "1/3"], ["a", "b", "1/6"]], {"ask": "controls", "x": "a", "y": "b"}, {"controls": False}),
        ([["a", "b", 40], ["b", "b", 20]], {"ask": "controls", "x": "a", "y": "b"}, {"controls": False}),
        ([["a", "b", "40.01"], ["b", "b", 20]], {"ask": "controls", "x": "a", "y": "b"}, {"controls": True}),
        ([["a", "a", 100]], {"ask": "pairs"}, {"pairs": []}),
        ([], {"ask": "pairs"}, {"pairs": []}),
        ([], {"ask": "groups"}, {"groups": []}),
        ([], {"ask": "controllers", "y": "nobody"}, {"controllers": []}),
        ([["x", "y", 60], ["y", "x", 60]], {"ask": "pairs"}, {"pairs": [["x", "y", "60"], ["y", "x", "60"]]}),
        ([["x", "y", 60], ["y", "x", 60]], {"ask": "ultimate", "y": "y"}, {"ultimate": ["x"]}),
        ([["Åse", "b", 51]], {"ask": "ultimate", "y": "b"}, {"ultimate": ["Åse"]}),
        ([[1, 2, 80], [2, 3, 80]], {"ask": "pairs"}, {"pairs": [["1", "2", "80"], ["1", "3", "80"], ["2", "3", "80"]]}),
        (
            [["a", "b", "225/4.5"], ["c", "b", "1/3"], ["a", "c", 100]],
            {"ask": "votes", "x": "a", "y": "b"},
            {"votes": "50.333333", "fraction": "151/3"},
        ),
    ],
)
def test_what_is_often_got_wrong(holdings, ask, answer):
    found = answered("control", {"holdings": holdings, "grounds": False, **ask})

    assert {name: found[name] for name in answer} == answer


def test_published_holdings_over_the_whole_are_counted_only_when_they_are_called_dirty():
    file = Path(__file__).parents[1] / "data" / "control_vectors_dirty.json"
    (vector,) = json.loads(file.read_text(encoding="utf-8"))["vectors"]

    refused = answered("control", {"holdings": vector["holdings"]})
    found = answered("control", {"holdings": vector["holdings"], "dirty": True})

    assert refused["error"]["code"] == "holdings_over_whole"
    assert sorted((x, y, Fraction(share)) for x, y, share in found["pairs"]) == sorted(
        (x, y, Fraction(share)) for x, y, share in vector["expected"]
    )


# --- standing, by reading the rungs aloud ---------------------------------------------------------------------------

STAFF = {"full_time", "part_time", "temporary", "director", "agent"}
COMPANIES = ("jkl", "abc", "xyz", "far")
PEOPLE = ("kari", "ola")


@st.composite
def worlds(draw):
    holdings, left = [], dict.fromkeys(COMPANIES, 100)
    for _ in range(draw(st.integers(0, 5))):
        owner, owned = draw(st.permutations(COMPANIES))[:2]
        percent = min(draw(st.sampled_from([30, 50, 51, 60])), left[owned])
        left[owned] -= percent
        until = (
            {} if draw(st.booleans()) else {"valid_until": draw(st.sampled_from([DAY, DAY + timedelta(1)])).isoformat()}
        )
        holdings.append({"owner": owner, "owned": owned, "percent": percent, **until})
    units = [{"id": f"u{n}", "company": draw(st.sampled_from(COMPANIES))} for n in range(2)]
    kinds = sorted(STAFF | {"contractor", "retiree"})
    work = [
        {
            "person": draw(st.sampled_from(PEOPLE)),
            "company": draw(st.sampled_from(COMPANIES)),
            "kind": draw(st.sampled_from(kinds)),
            "last_day": draw(st.sampled_from([DAY, DAY - timedelta(1)])).isoformat(),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    named = {"companies": [{"id": code} for code in COMPANIES], "people": [{"id": code} for code in PEOPLE]}
    return {**named, "holdings": holdings, "units": units, "work_relationships": work}


def plain_kinds(world, party):
    """The ways a party stands on the day: (company, staff or stakeholder or nothing)."""
    if party in COMPANIES:
        return [(party, None)]
    if party.startswith("u"):
        return [(next(unit["company"] for unit in world["units"] if unit["id"] == party), None)]
    now = [
        work for work in world["work_relationships"] if work["person"] == party and work["last_day"] >= DAY.isoformat()
    ]
    return [(work["company"], work["kind"]) for work in now]


def plain_kind(world, one, other):
    """The best rung of the ladder that the two reach."""
    if one == other:
        return "same_unit" if one.startswith("u") else "self"
    stakes = [
        (h["owner"], h["owned"], Fraction(h["percent"], 100))
        for h in world["holdings"]
        if h.get("valid_until", "9") > DAY.isoformat()
    ]
    below = {x: controlled(stakes, x) | {x} for x in COMPANIES}
    found = ["outside"]
    for company, work in plain_kinds(world, one):
        for far, far_work in plain_kinds(world, other):
            if not any({company, far} <= below[z] for z in COMPANIES):
                continue
            works = {each for each in (work, far_work) if each}
            if not works:
                found.append("department" if company == far else "affiliate")
            elif works <= STAFF:
                found.append("staff" if company == far else "group_staff")
            else:
                found.append("stakeholder")
    order = ("department", "staff", "group_staff", "affiliate", "stakeholder", "outside")
    return min(found, key=order.index)


@PEOPLE_MANY
@given(worlds(), st.data())
def test_the_kind_of_a_dealing_is_the_best_rung_both_ends_reach_and_both_ends_agree(world, data):
    parties = (*COMPANIES, *PEOPLE, "u0", "u1")
    one, other = data.draw(st.sampled_from(parties)), data.draw(st.sampled_from(parties))
    asking = {"world": world, "on": DAY.isoformat()}

    there = answered("standing", asking | {"supplier": one, "customer": other})
    back = answered("standing", asking | {"supplier": other, "customer": one})

    assert there["kind"] == plain_kind(world, one, other)
    assert there["standing"] == ("external" if there["kind"] == "outside" else "internal")
    assert (there["standing"], there["kind"]) == (back["standing"], back["kind"])
    assert there.get("nearest_miss") == back.get("nearest_miss")
    assert there["grounds"]
    assert there["standing"] == "external" or "nearest_miss" not in there


# --- quote, with decimal numbers ------------------------------------------------------------------------------------


@PEOPLE_MANY
@given(
    listed=st.decimals("0.01", "999.99", places=2),
    percent=st.integers(0, 100),
    cost=st.decimals("0.00", "1200.00", places=2),
    cap=st.none() | st.decimals("0.00", "500.00", places=2),
    quantity=st.integers(1, 9),
    units=st.none() | st.integers(0, 9),
    used=st.integers(0, 3),
    at_cost=st.booleans(),
)
def test_a_staff_price_is_what_decimals_make_it(listed, percent, cost, cap, quantity, units, used, at_cost):
    rule = {"id": "off", "level": "SCHEME", "scheme": "s", "supplier": "abc", "method": "PERCENT_OFF", "value": percent}
    rule |= {"floor_at_cost": at_cost} | ({} if cap is None else {"saving_max": str(cap), "currency": "EUR"})
    scheme = {"id": "s", "supplier": "abc"} | ({} if units is None else {"allowance_units": units})
    catalogue = {
        "offerings": [{"id": "m", "supplier": "abc", "cost": str(cost), "cost_currency": "EUR"}],
        "prices": [
            rule,
            {"id": "l", "level": "LIST", "supplier": "abc", "method": "FIXED", "value": str(listed), "currency": "EUR"},
        ],
        "schemes": [scheme],
    }
    world = {
        "companies": [{"id": "abc"}],
        "people": [{"id": "kari"}],
        "work_relationships": [{"person": "kari", "company": "abc", "kind": "full_time"}],
    }
    found = answered(
        "quote",
        {
            "world": world,
            "catalogue": catalogue,
            "supplier": "abc",
            "customer": "kari",
            "on": DAY.isoformat(),
            "lines": [{"offering": "m", "quantity": quantity}],
            "used": [{"scheme": "s", "period": "2026", "units": used}],
        },
    )

    each = listed * (100 - percent) / 100
    each = max(each, listed - cap) if cap is not None else each
    each = max(each, min(cost, listed)) if at_cost else each
    covered = quantity if units is None else max(0, min(quantity, units - used))
    cents = [
        (count * price).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for count, price in ((covered, each), (quantity - covered, listed))
    ]
    assert Decimal(found["total"]["amount"]) == sum(cents)
    assert [part["quantity"] for part in found["lines"][0]["parts"]] == [n for n in (covered, quantity - covered) if n]
    if units is not None and covered:
        assert found["allowance_left"][0]["units"] == units - used - covered


# --- rubbish ---------------------------------------------------------------------------------------------------------

WORDS = (
    *("holdings", "ask", "x", "y", "on", "dirty", "definition", "grounds", "owner", "owned", "votes", "from", "until"),
    *("world", "supplier", "customer", "companies", "people", "units", "work_relationships", "id", "name", "percent"),
    *("catalogue", "lines", "offering", "quantity", "used", "scheme", "period", "money", "amount", "currency"),
    *("offerings", "prices", "schemes", "tax_rates", "categories", "level", "method", "value", "weights", "unit"),
    *("threshold", "operator", "basis", "valid_from", "valid_until", "last_day", "kind", "parent", "world_file"),
)
TEXTS = (
    *("a", "b", "abc", "kari", "2026-02-29", "2026-02-28", "9999-12-31", "0001-01-01", "1/3", "1/0", "-5", "1e99"),
    *(">", ">=", "votes", "pairs", "controls", "LIST", "SCHEME", "FIXED", "FREE", "COST_PLUS", "EUR", "JPY", "\ud800"),
    *("", " ", "\x00", "NaN", "full_time", "=cmd()", "strict_majority", "ITEM", "true", "\u202eabc", "é" * 300),
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 120)
    | st.sampled_from([10**30, -(10**200), 0.1, 1e308])
    | st.sampled_from(TEXTS)
)
RUBBISH = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=6),
    max_leaves=30,
)


def sound(question, line):
    """The answer is JSON in UTF-8, an error says code, words and place, and it is never the engine's own fault."""
    engine = Engine(question)
    answer = engine.answered(line)
    if answer is None:
        assert not line.strip()
        return None
    found = json.loads(answer.decode())
    assert engine.refused == ("error" in found)
    if "error" in found:
        assert set(found["error"]) == {"code", "message", "where"}
        assert found["error"]["code"] != "engine_at_fault", found
        assert found["error"]["where"].startswith("line 1")
    return found


@pytest.mark.parametrize("question", sorted(ANSWERS))
@PEOPLE_MANY
@given(line=st.dictionaries(st.sampled_from(WORDS), RUBBISH, max_size=8))
def test_rubbish_is_refused_with_its_place(question, line):
    sound(question, json.dumps(line).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("question", sorted(ANSWERS))
@PEOPLE_MANY
@given(line=st.binary(max_size=60))
def test_bytes_that_are_no_json_are_refused(question, line):
    sound(question, line)


GOOD = {
    "control": {"holdings": [["a", "b", 60], {"owner": "b", "owned": "c", "votes": "51", "from": "2020-01-01"}], "on": "2026-01-01", "ask": "controls", "x": "a", "y": "c"},
    "spread": {"amount": 100, "weights": ["1/3", 2, "0.5"], "unit": 5},
    "standing": {
        "world": {
            "companies": [{"id": "abc", "name": "ABC"}, {"id": "xyz"}],
            "holdings": [{"owner": "abc", "owned": "xyz", "percent": 60, "valid_from": "2020-01-01", "valid_until": "2026-07-01"}],
            "units": [{"id": "it", "company": "abc"}],
            "people": [{"id": "kari"}],
            "work_relationships": [{"person": "kari", "company": "abc", "kind": "full_time"}],
        },
        "supplier": "xyz",
        "customer": "kari",
        "on": "2026-06-30",
    },
}  # fmt: skip
GOOD["quote"] = GOOD["standing"] | {
    "supplier": "abc",
    "catalogue": {
        "categories": [{"id": "top"}, {"id": "coffee", "parent": "top"}],
        "offerings": [{"id": "m", "supplier": "abc", "category": "coffee", "tax_code": "STD", "cost": "60", "cost_currency": "EUR"}],
        "prices": [
            {"id": "l", "level": "LIST", "supplier": "abc", "method": "FIXED", "value": "121", "currency": "EUR", "includes_tax": True},
            {"id": "s", "level": "SCHEME", "scheme": "s", "supplier": "abc", "method": "PERCENT_OFF", "value": "25", "floor_at_cost": "yes", "saving_max": "20", "currency": "EUR"},
        ],
        "schemes": [{"id": "s", "supplier": "abc", "allowance_money": "300", "allowance_currency": "EUR", "tenure_months": 0}],
        "tax_rates": [{"company": "abc", "tax_code": "STD", "percent": "21", "staff_minimum": "COST"}],
    },
    "lines": [{"offering": "m", "quantity": 3}],
    "used": [{"scheme": "s", "period": "2026", "money": {"amount": "50.00", "currency": "EUR"}, "units": 1}],
}  # fmt: skip


def places(value, path=()):
    """Every place in a line."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, below in inner:
        yield (*path, name)
        yield from places(below, (*path, name))


def replaced(value, path, new):
    """The line with another value in one place."""
    if not path:
        return new
    found = dict(value) if isinstance(value, dict) else list(value)
    found[path[0]] = replaced(found[path[0]], path[1:], new)
    return found


@pytest.mark.parametrize("question", sorted(GOOD))
def test_the_good_lines_are_good(question):
    assert "error" not in sound(question, json.dumps(GOOD[question]).encode())


@pytest.mark.parametrize("question", sorted(GOOD))
@PEOPLE_MANY
@given(data=st.data())
def test_a_good_line_with_one_or_two_values_spoilt_is_answered_or_refused(question, data):
    line = GOOD[question]
    for _ in range(data.draw(st.integers(1, 2))):
        line = replaced(line, data.draw(st.sampled_from(list(places(line)))), data.draw(RUBBISH))
    sound(question, json.dumps(line).encode("utf-8", "surrogatepass"))


def test_our_own_fault_costs_one_line_and_is_owned_up_to(monkeypatch):
    engine = Engine("spread")
    monkeypatch.setitem(engine.__dict__, "_answer", lambda *_: 1 // 0)

    found = json.loads(engine.answered(b'{"id": 7, "amount": 1, "weights": [1]}'))

    assert found["id"] == 7
    assert found["error"]["code"] == "engine_at_fault"
    assert "ZeroDivisionError" in found["error"]["message"]
    assert engine.refused == 1
