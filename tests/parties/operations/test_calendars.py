"""Working weeks and days of their own: who sets them, what a unit inherits, public holidays, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    given_actor,
    given_company,
    given_person,
    given_unit,
    nothing_written,
)

from inward.core.terms import Period, Refusal
from inward.kit import versions
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import calendars, operations, queries
from inward.parties.calendars import DaySort
from inward.parties.models import OwnDay, WorkingWeek
from inward.parties.operations import Source
from inward.parties.weeks import Span, hours_text, read_hours

OFFICE = {day: read_hours("09:00-12:00, 13:00-17:00") for day in ("mon", "tue", "wed", "thu", "fri")}
KITCHEN = {"sat": read_hours("10:00-24:00"), "sun": read_hours("0:00-2:00, 10.00–22.00")}
NEW_YEAR, CHRISTMAS, EVE = date(2027, 1, 1), date(2026, 12, 25), date(2026, 12, 24)


@pytest.fixture(autouse=True)
def parties(db):
    given_company("abc", "ABC Retail")
    given_company("xyz")
    given_unit("abc-shops", "abc", "Shops")
    given_unit("abc-shop-centre", "abc", "Shop Centre", parent="abc-shops")
    given_person("maya-lund", "Maya Lund")


@pytest.fixture
def keeper():
    return given_actor("keeper", ("DATA_ADMINISTRATOR", "abc"))


def set_week(by=HOUSE, party="abc", week=OFFICE, **more):
    given = {"time_zone": "Europe/Amsterdam", "holidays_of": "NL"} | more
    operations.set_working_week(by=by, at=AT, party=party, week=week, **given)


def set_day(by=HOUSE, party="abc", day=EVE, name="Christmas Eve", hours="09:00-12:00", **more):
    operations.set_own_day(by=by, at=AT, party=party, day=day, name=name, hours=read_hours(hours), **more)


ACTS = {
    "set_working_week": set_week,
    "end_working_week": lambda by, party: operations.end_working_week(by=by, at=AT, party=party, valid_until=NEW_YEAR),
    "set_own_day": set_day,
    "remove_own_day": lambda by, party: operations.remove_own_day(by=by, at=AT, party=party, day=NEW_YEAR),
}


@pytest.mark.parametrize("party", ["abc", "abc-shop-centre"])
@pytest.mark.parametrize("act", ACTS)
def test_data_administrators_of_the_company_do_it_and_nobody_else(keeper, act, party):
    set_week(party=party, valid_from=LONG_AGO)
    set_day(party=party, day=NEW_YEAR)
    for by in (NOBODY, given_actor("other", ("DATA_ADMINISTRATOR", "xyz")), given_actor("seller", ("SELLER", "abc"))):
        with nothing_written(), pytest.raises(Refused):
            operations.set_own_day(by=by, at=AT, party=party, day=EVE, name="Eve") if act == "set_own_day" else ACTS[act](by, party)  # fmt: skip
    world = versions.current(queries.VERSION)
    if act == "set_working_week":
        set_week(keeper, party, valid_from=ON)
    else:
        ACTS[act](keeper, party)
    row = AuditRow.objects.order_by("id").last()
    assert (row.act, row.thing) == (f"parties.{act}", f"{party} calendar")
    assert versions.current(queries.VERSION) == world


@pytest.mark.parametrize("party", ["nobody", "maya-lund"])
@pytest.mark.parametrize("act", ACTS)
def test_only_companies_and_units_have_calendars(act, party):
    with nothing_written(), pytest.raises(NotThere):
        ACTS[act](HOUSE, party)


@pytest.mark.parametrize("act", ["end_working_week", "remove_own_day"])
def test_what_was_never_set_is_neither_ended_nor_removed(act):
    with nothing_written(), pytest.raises(NotThere):
        ACTS[act](HOUSE, "abc")


def test_a_unit_has_the_week_of_what_is_above_it_until_it_has_its_own():
    assert calendars.calendar_of("abc-shop-centre", on=ON) is None
    set_week(source=Source("handbook"))
    found = calendars.calendar_of("abc-shop-centre", on=ON)
    assert (found.party, found.of, found.own, found.time_zone, found.source) == (
        "abc-shop-centre", "abc", False, "Europe/Amsterdam", "handbook",
    )  # fmt: skip
    set_week(party="abc-shops", week=KITCHEN, valid_from=NEW_YEAR)
    assert [calendars.calendar_of("abc-shop-centre", on=day).of for day in (ON, NEW_YEAR)] == ["abc", "abc-shops"]
    operations.end_working_week(by=HOUSE, at=AT, party="abc-shops", valid_until=date(2027, 2, 1))
    assert calendars.calendar_of("abc-shop-centre", on=date(2027, 2, 1)).of == "abc"
    assert calendars.calendar_of("abc", on=ON).own
    assert calendars.calendar_of("maya-lund", on=ON) is None
    with pytest.raises(NotThere):
        calendars.calendar_of("abc-shops", on=LONG_AGO - timedelta(days=1))


def test_a_week_changes_from_a_day_on_and_a_slip_of_that_day_is_corrected():
    set_week()
    set_week(week={"mon": read_hours("08:00-16:00")}, valid_from=NEW_YEAR)
    set_week(week={"mon": read_hours("08:00-15:00")}, valid_from=NEW_YEAR)
    known = WorkingWeek.objects.current().order_by("valid_from")
    assert [(week.valid_from, week.valid_until) for week in known if week.valid_from] == [(NEW_YEAR, None)]
    assert hours_text(calendars.calendar_of("abc", on=NEW_YEAR).week["mon"]) == "08:00-15:00"
    assert WorkingWeek.objects.count() == 4
    with nothing_written(), pytest.raises(Refusal) as refused:
        set_week()
    assert refused.value.reason.code == "day_missing"


def test_a_day_of_its_own_goes_before_a_holiday_and_a_holiday_before_the_week():
    set_week()
    set_day(day=CHRISTMAS, name="Sunday shopping", hours="12:00-17:00")
    set_day(party="abc-shop-centre", day=CHRISTMAS, name="Closed for works", hours="")
    centre, company = (calendars.day_of(party, on=CHRISTMAS) for party in ("abc-shop-centre", "abc"))
    assert (centre.sort, centre.hours, centre.name) == (DaySort.OWN, (), "Closed for works")
    assert (company.sort, hours_text(company.hours)) == (DaySort.OWN, "12:00-17:00")
    assert calendars.day_of("abc-shops", on=CHRISTMAS).name == "Sunday shopping"
    boxing = calendars.day_of("abc", on=date(2026, 12, 26), language="en")
    assert (boxing.sort, boxing.hours, boxing.name) == (DaySort.HOLIDAY, (), "Second Day of Christmas")
    assert [calendars.day_of("abc", on=day).sort for day in (ON, date(2026, 11, 29))] == [DaySort.WORKING, DaySort.FREE]
    assert calendars.day_of("xyz", on=ON).sort is DaySort.FREE
    operations.remove_own_day(by=HOUSE, at=AT, party="abc-shop-centre", day=CHRISTMAS)
    assert calendars.day_of("abc-shop-centre", on=CHRISTMAS).name == "Sunday shopping"


def test_a_day_of_its_own_said_anew_is_corrected():
    set_day()
    set_day(hours="09:00-11:00")
    assert [own.hours for own in OwnDay.objects.current()] == [[["09:00", "11:00"]]]
    assert OwnDay.objects.count() == 2


def test_the_29th_of_february_is_a_day_like_others():
    set_week(holidays_of="")
    set_day(day=date(2028, 2, 29), name="Leap party")
    month = calendars.month_of(viewer=HOUSE, at=AT, party="abc", month=date(2028, 2, 1))
    assert (len(month), month[-1].name, month[0].sort) == (29, "Leap party", DaySort.WORKING)


@pytest.mark.parametrize(
    ("given", "code", "where"),
    [
        ({"week": {}}, "week_without_hours", "mon"),
        ({"week": {"tue": (Span(600, 500),)}}, "hours_out_of_order", "tue"),
        ({"time_zone": "Europe/Atlantis"}, "zone_not_known", "time_zone"),
        ({"holidays_of": "QQ"}, "holidays_not_known", "holidays_of"),
        ({"holidays_of": "", "region": "BY"}, "holidays_not_known", "holidays_of"),
        ({"holidays_of": "NL", "region": "BY"}, "holidays_not_known", "region"),
    ],
)
def test_a_week_that_cannot_be_is_refused_with_its_place(given, code, where):
    with nothing_written(), pytest.raises(Refusal) as refused:
        set_week(**given)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_a_day_without_a_name_or_with_hours_out_of_order_is_refused():
    for given, code in (
        ({"name": " "}, "name_not_usable"),
        ({"hours": "10:00-12:00, 11:00-13:00"}, "hours_out_of_order"),
    ):
        with nothing_written(), pytest.raises(Refusal) as refused:
            set_day(**given)
        assert refused.value.reason.code == code


@pytest.mark.parametrize("text", ["nine", "9-17", "09:00-12:60", "09:00-25:00", "17:00-09:00", ", ".join(["1:00-2:00"] * 13)])  # fmt: skip
def test_hours_that_cannot_be_read_are_refused(text):
    with pytest.raises(Refusal) as refused:
        read_hours(text, "mon")
    assert refused.value.where == "mon"


def test_hours_are_read_as_people_write_them_and_written_back():
    assert hours_text(read_hours(" 9.00–12:30 ;13:00 - 24:00,")) == "09:00-12:30, 13:00-24:00"
    assert read_hours("") == ()


def test_regions_have_holidays_of_their_own_and_names_come_in_the_reader_s_language():
    set_week(holidays_of="DE", region="BY")
    epiphany = date(2027, 1, 6)
    assert calendars.day_of("abc", on=epiphany, language="en").name == "Epiphany"
    assert calendars.day_of("abc", on=epiphany, language="nb").name == "Heilige Drei Könige"
    assert calendars.holiday_name("DE", "", epiphany) == ""
    assert calendars.holiday_name("NO", "", date(2026, 5, 17), "nb") == "Grunnlovsdag"
    assert calendars.holiday_name("NO", "", date(1900, 1, 1)) == ""
    assert {"NO", "IT", "ID", "NL"} <= set(calendars.countries())


def test_calendars_are_listed_within_bounds_with_what_is_inherited(keeper):
    set_week(party="abc-shops")
    found = calendars.calendars(viewer=keeper, at=AT, on=ON, params={})
    assert [(row.party.code, row.calendar and row.calendar.of) for row in found.rows] == [
        ("abc", None), ("abc-shop-centre", "abc-shops"), ("abc-shops", "abc-shops"),
    ]  # fmt: skip

    def codes(**params):
        return [row.party.code for row in calendars.calendars(viewer=keeper, at=AT, on=ON, params=params).rows]

    assert (codes(own="yes"), codes(own="no"), codes(text="shop cen")) == (
        ["abc-shops"], ["abc", "abc-shop-centre"], ["abc-shop-centre"],
    )  # fmt: skip
    assert codes(kind="COMPANY") == ["abc"]
    early = calendars.calendars(viewer=HOUSE, at=AT, on=LONG_AGO - timedelta(days=1), params={})
    assert {row.calendar for row in early.rows} == {None}


def test_a_calendar_s_sheet_tells_every_version_and_the_days_to_come(keeper):
    set_week(by=keeper)
    set_week(by=keeper, week=KITCHEN, valid_from=NEW_YEAR)
    set_day(by=keeper)
    sheet = calendars.calendar(viewer=keeper, at=AT, on=ON, party="abc")
    assert [version.period for version in sheet.versions if version.known_until is None] == [
        Period(NEW_YEAR, None), Period(None, NEW_YEAR),
    ]  # fmt: skip
    assert [(own.day, own.name) for own in sheet.own_days] == [(EVE, "Christmas Eve")]
    assert sheet.audited == ("abc calendar",)
    for party in ("xyz", "nobody"):
        with pytest.raises(NotThere):
            calendars.calendar(viewer=keeper, at=AT, on=ON, party=party)


def test_a_month_is_seen_by_those_who_see_the_company_and_leaves_out_days_that_a_unit_does_not_exist(keeper):
    given_unit("abc-new", "abc", valid_from=date(2026, 12, 20))
    set_week()
    month = calendars.month_of(viewer=keeper, at=AT, party="abc-new", month=EVE)
    assert [day.day.day for day in month][:2] == [20, 21]
    assert len(month) == 12
    for by, party in ((NOBODY, "abc"), (keeper, "xyz"), (keeper, "maya-lund"), (keeper, "nobody")):
        with pytest.raises(NotThere):
            calendars.month_of(viewer=by, at=AT, party=party, month=EVE)


def test_a_list_of_calendars_asks_as_often_for_one_row_as_for_three(keeper):
    set_week()
    counts = []
    for text in ("centre", ""):
        calendars.calendars(viewer=keeper, at=AT, on=ON, params={"text": text})
        with CaptureQueriesContext(connection) as asked, versions.seen_once():
            calendars.calendars(viewer=keeper, at=AT, on=ON, params={"text": text})
        counts.append(len(asked))
    assert counts[0] == counts[1]
