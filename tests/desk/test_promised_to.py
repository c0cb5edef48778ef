"""Who is promised what follows from how the two stand; when it is due from when the supplier works."""

from datetime import UTC, date, datetime

import pytest
from tests.builders import AT, HOUSE
from tests.cast import MAYA, RATNA, SITI
from tests.desk.promised import HELP, OFFICE, given_hours, given_standard

from inward.core.classification import Kind
from inward.core.promises import Measure
from inward.core.terms import Refusal
from inward.desk import operations, queries
from inward.desk.vocabulary import Priority
from inward.kit.policy import NotThere, Refused
from inward.parties import opening
from inward.parties import operations as parties
from inward.parties.weeks import read_hours

ON = AT.date()
LATER = date(2027, 1, 1)
MONDAY = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)  # 16:00 in Amsterdam


def promised(customer, supplier="abc-it", on=ON):
    found = queries.promise_between(supplier=supplier, customer=customer, on=on)
    return None if found is None else found.record.name


def foreseen(house, viewer=SITI, *, customer=MAYA.code, supplier="abc-it", start=MONDAY, priority=None):
    return queries.foreseen(
        viewer=house.actor(viewer), at=AT, supplier=supplier, customer=customer, start=start, priority=priority
    )


def due(found, measure):
    (run,) = [run for run in found.runs if run.measure is measure]
    return run.due


def test_what_is_for_a_kind_of_standing_goes_before_what_is_for_everybody(house):
    given_standard("all", name="For everybody")
    given_standard("own", name="For our own", kinds=["STAFF", "DEPARTMENT", "SAME_UNIT", "SELF"])
    given_standard("sister", name="For sister companies", kinds=["AFFILIATE"])
    assert promised(MAYA.code) == "For our own"
    assert promised("xyz") == "For sister companies"
    assert promised("kestrel") == "For everybody"


def test_when_a_sister_is_sold_it_is_promised_what_outsiders_are(house):
    given_standard("all", name="For everybody", supplier="abc")
    given_standard("sister", name="For sister companies", supplier="abc", kinds=["AFFILIATE"])
    assert promised("xyz", supplier="abc") == "For sister companies"
    parties.end_holding(by=HOUSE, at=AT, holding=_holding("jkl", "xyz"), valid_until=LATER)
    assert promised("xyz", supplier="abc", on=LATER) == "For everybody"
    assert queries.promise_between(supplier="abc", customer="xyz", on=ON).standing.kind is Kind.AFFILIATE


def test_a_department_promises_what_its_company_does_until_it_has_a_promise_of_its_own(house):
    given_standard("company", name="The company", supplier="abc")
    assert promised(MAYA.code) == "The company"
    given_standard("it", name="IT", valid_from=LATER)
    assert promised(MAYA.code) == "The company"
    assert promised(MAYA.code, on=LATER) == "IT"
    operations.end_standard(by=HOUSE, at=AT, code="it", valid_until=date(2027, 7, 1))
    assert promised(MAYA.code, on=date(2027, 7, 1)) == "The company"


def test_nothing_is_promised_where_nobody_has_said_anything(house):
    assert promised(MAYA.code) is None
    with pytest.raises(NotThere):
        foreseen(house)


def test_it_is_due_on_the_working_week_of_the_supplier(house):
    given_standard()
    with pytest.raises(Refusal) as caught:
        foreseen(house)
    assert caught.value.reason.code == "promise_without_calendar"
    given_hours("abc")
    found = foreseen(house)
    assert due(found, Measure.RESPOND).at == datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
    assert due(found, Measure.RESOLVE).at == datetime(2026, 12, 3, 15, 0, tzinfo=UTC)
    assert {run.measure for run in found.runs} == {Measure.RESPOND, Measure.RESOLVE}
    urgent = due(foreseen(house, priority=Priority.URGENT), Measure.RESPOND)
    assert urgent.at == datetime(2026, 11, 30, 15, 30, tzinfo=UTC)


def test_public_holidays_and_days_of_its_own_are_no_working_time_but_a_day_of_its_own_goes_first(house):
    given_standard()
    given_hours("abc", holidays_of="NL")
    eve = datetime(2026, 12, 24, 15, 0, tzinfo=UTC)  # Thursday 16:00; the 25th is off, the 28th a Monday
    assert due(foreseen(house, start=eve), Measure.RESPOND).at == datetime(2026, 12, 28, 11, 0, tzinfo=UTC)
    parties.set_own_day(
        by=HOUSE, at=AT, party="abc", day=date(2026, 12, 25), name="Sale", hours=read_hours("10:00-11:00")
    )
    assert due(foreseen(house, start=eve), Measure.RESPOND).at == datetime(2026, 12, 28, 10, 0, tzinfo=UTC)
    parties.set_own_day(by=HOUSE, at=AT, party="abc-it", day=date(2026, 12, 25), name="Closed")
    assert due(foreseen(house, start=eve), Measure.RESPOND).at == datetime(2026, 12, 28, 11, 0, tzinfo=UTC)


def test_a_calendar_is_prepared_once_and_anew_when_hours_change(house):
    assert opening.opened("abc-it", on=ON) is None
    given_hours("abc")
    first = opening.opened("abc-it", on=ON)
    assert opening.opened("abc-it", on=ON) is first
    given_hours("abc", zone="Asia/Jakarta", valid_from=LATER)
    assert str(opening.opened("abc-it", on=ON).calendar.zone) == "Europe/Amsterdam"
    assert str(opening.opened("abc-it", on=LATER).calendar.zone) == "Asia/Jakarta"
    assert len(OFFICE) == 5


def test_whoever_may_not_ask_how_two_stand_is_not_told_what_is_promised(house):
    given_standard()
    given_hours("abc")
    assert foreseen(house, MAYA).promise.record.code == "help"
    with pytest.raises(Refused):
        foreseen(house, MAYA, customer=RATNA.code)


def test_the_list_and_the_versions_are_for_those_who_look_after_them(house):
    given_standard()
    given_standard(name="Better", valid_from=LATER)
    keeper, maya = house.actor(SITI), house.actor(MAYA)
    ask = {"at": AT, "on": ON, "params": {}}
    (found,) = queries.standards(viewer=keeper, **ask).rows
    assert (found.code, found.supplier.code, found.standard.id) == ("help", "abc-it", "help@-")
    assert queries.standards(viewer=maya, **ask).rows == ()
    assert sorted(each.standard.id for each in queries.versions(viewer=keeper, at=AT, code="help")) == [
        "help@-",
        "help@-",
        "help@2027-01-01",
    ]
    with pytest.raises(NotThere):
        queries.versions(viewer=maya, at=AT, code="help")
    assert HELP["targets"]


def _holding(owner, owned):
    from inward.parties.models import Holding

    return Holding.objects.current().get(owner__code=owner, owned__code=owned).code
