"""Things a department looks after: who has them where from when, their last cases, and what a case is about."""

from datetime import date

import pytest
from tests.builders import AT, HOUSE
from tests.cast import JONAS, LUCA, MAYA, SITI, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, given_personnel, later

from inward.core.terms import Refusal
from inward.desk import operations, things
from inward.desk.models import Equipment
from inward.kit.intake import Row
from inward.kit.policy import NotThere, Refused

ON = MONDAY.date()


def given_till(code="till-7", *, by=HOUSE, supplier="abc-it", name="Till 7", **more):
    said = {"sort": "Till", "serial": "S-77"} | more
    operations.set_equipment(by=by, at=AT, code=code, supplier=supplier, name=name, **said)


def hold(holder, *, by=HOUSE, place="Shop Centre", **more):
    operations.hold_equipment(by=by, at=AT, code="till-7", holder=holder, place=place, **more)


def look(house, who, *, on=ON):
    return things.thing(viewer=house.actor(who), at=MONDAY, on=on, code="till-7")


def concern(house, case, code, *, who=TOR):
    operations.concern_equipment(by=house.actor(who), at=later(minutes=1), case=case, equipment=code)


def refusal(act, *values, **more):
    with pytest.raises(Refusal) as refused:
        act(*values, **more)
    return refused.value.reason.code, refused.value.where


def test_a_thing_has_a_holder_and_a_place_from_day_to_day(house):
    given_desk(house)
    given_till()
    hold("abc-shop-centre")
    hold(MAYA.code, place="At home", valid_from=date(2026, 12, 1))
    now, later_on = look(house, TOR), look(house, TOR, on=date(2026, 12, 1))
    assert (now.now.holder.code, now.now.place) == ("abc-shop-centre", "Shop Centre")
    assert (later_on.now.holder.code, len(later_on.held)) == (MAYA.code, 3)
    assert refusal(hold, JONAS.code) == ("day_missing", "valid_from")
    assert refusal(hold, JONAS.code, place="p" * 201, valid_from=date(2026, 12, 2)) == ("text_too_long", "place")


def test_its_last_cases_are_shown_as_far_as_one_sees_them(house):
    given_desk(house)
    given_personnel(house)
    given_till()
    hold(MAYA.code)
    one, two, hidden = asked(house, MAYA), asked(house, JONAS), asked(house, JONAS, queue="hr", key="hidden")
    for case in (one, two, hidden):
        concern(house, case, "till-7")
    assert [row.reference for row in look(house, TOR).cases] == [hidden, two, one]
    assert [row.reference for row in look(house, MAYA).cases] == [one]
    assert [row.reference for row in look(house, SITI).cases] == []
    with pytest.raises(NotThere):
        look(house, LUCA)
    concern(house, one, None)
    assert [row.reference for row in look(house, TOR).cases] == [hidden, two]
    assert acts(one) == ["OPENED", "CONCERNS", "CONCERNS"]
    with pytest.raises(Refused):
        concern(house, one, "till-7", who=MAYA)


def test_things_are_listed_for_who_serves_and_who_has_them(house):
    given_desk(house)
    given_till()
    hold(MAYA.code)

    def listed(who, **params):
        return [row.code for row in things.equipment(viewer=house.actor(who), at=MONDAY, params=params).rows]

    assert [listed(who) for who in (TOR, SITI, MAYA, LUCA)] == [["till-7"], ["till-7"], ["till-7"], []]
    assert [listed(TOR, text=text) for text in ("s-77", "TILL", "mixer")] == [["till-7"], ["till-7"], []]
    assert listed(TOR, serial="S-77") == ["till-7"]


def test_a_thing_that_is_gone_is_listed_no_more_and_named_by_no_case(house):
    given_desk(house)
    given_till()
    case = asked(house, MAYA)
    operations.close_equipment(by=HOUSE, at=AT, code="till-7")
    for act in (
        lambda: concern(house, case, "till-7"),
        lambda: concern(house, case, "nothing"),
        lambda: operations.close_equipment(by=HOUSE, at=AT, code="till-7"),
        lambda: hold(MAYA.code),
    ):
        with pytest.raises(NotThere):
            act()
    assert things.equipment(viewer=house.actor(TOR), at=MONDAY, params={}).rows == ()
    assert look(house, TOR).row.closed_at == AT
    given_till()  # it is back
    assert Equipment.objects.get().closed_at is None


def test_only_who_keeps_a_department_says_what_it_looks_after(house):
    given_desk(house)
    given_till()
    for act in (given_till, lambda by: hold(MAYA.code, by=by)):
        with pytest.raises(Refused):
            act(by=house.actor(TOR))
    with pytest.raises(NotThere):
        given_till(supplier=MAYA.code)
    with pytest.raises(NotThere):
        hold("nobody")
    assert refusal(given_till, supplier="abc-purchasing") == ("queue_code_of_another", "code")
    assert refusal(given_till, code="till-8") == ("serial_of_another", "serial")
    assert refusal(given_till, sort="s" * 101) == ("text_too_long", "sort")
    given_till(code="till-8", serial="")
    given_till(code="till-9", serial="")
    assert Equipment.objects.count() == 3


def test_things_come_in_from_a_file_each_of_a_department_that_is_known(house):
    said = {"name": "Till", "holder": "", "supplier": "abc-it"}
    rows = [
        Row("things.csv", 1, said | {"code": "till-0"}),
        Row("things.csv", 2, said | {"code": "till-1", "holder": "abc-it"}),
        Row("things.csv", 3, said | {"code": "x", "supplier": "no"}),
    ]
    done = operations.import_equipment(by=HOUSE, at=AT, tables={"equipment": rows}, good_rows=True)
    assert [(each.line, each.column, each.reason.code) for each in done.report.problems] == [
        (3, "supplier", "id_unknown")
    ]
    assert [(each.code, each.held.count()) for each in Equipment.objects.order_by("code")] == [
        ("till-0", 0),
        ("till-1", 1),
    ]
    with pytest.raises(Refused):
        operations.import_equipment(by=house.actor(MAYA), at=AT, tables={})
