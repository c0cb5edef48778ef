"""Working weeks over HTTP: what the office shows and does, by the same acts."""

import pytest
from tests.builders import ON
from tests.cast import HENK, LUCA, MAYA, SITI

OFFICE = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-12:00, 13:00-17:00")
WEEK = {"week": OFFICE, "time_zone": "Europe/Oslo", "holidays_of": "NO"}
FREE = {"sat": "", "sun": ""}


@pytest.fixture
def siti(caller):
    return caller(SITI)


def refused(answer):
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_a_week_is_set_inherited_changed_from_a_day_on_and_ended(siti):
    nobody_has_said = siti.get("/calendars/abc").json()
    assert (nobody_has_said["of"], nobody_has_said["week"], nobody_has_said["versions"]) == (None, None, [])
    assert siti.put("/calendars/abc", WEEK | {"source": "handbook"}).status_code == 204
    below = siti.get("/calendars/abc-it").json()
    assert (below["of"], below["week"], below["time_zone"]) == ("abc", OFFICE | FREE, "Europe/Oslo")
    assert below["versions"] == []
    later = WEEK | {"week": {"mon": "10:00-14:00"}, "valid_from": "2027-01-01"}
    assert siti.put("/calendars/abc", later).status_code == 204
    assert siti.get("/calendars/abc").json()["valid_until"] == "2027-01-01"
    assert siti.get("/calendars/abc?on=2027-01-01").json()["week"] == dict.fromkeys(OFFICE | FREE, "") | {
        "mon": "10:00-14:00"
    }
    versions = siti.get("/calendars/abc").json()["versions"]
    known = [(each["valid_from"], each["valid_until"], each["known_until"] is None) for each in versions]
    assert sorted(known, key=str) == sorted(
        [("2027-01-01", None, True), (None, "2027-01-01", True), (None, None, False)], key=str
    )
    assert {each["source"] for each in versions} == {"handbook", ""}
    assert siti.post("/calendars/abc/end", {"valid_until": "2028-01-01"}).status_code == 204
    assert siti.get("/calendars/abc?on=2028-01-01").json()["week"] is None


def test_a_month_tells_holidays_by_name_and_days_of_its_own_before_them(siti):
    siti.put("/calendars/abc", WEEK)
    assert siti.put("/calendars/abc/own-days/2026-12-25", {"name": "Sale", "hours": "10:00-12:00"}).status_code == 204
    days = {day["day"]: day for day in siti.get("/calendars/abc-it/days?month=2026-12-01").json()}
    assert len(days) == 31
    assert days["2026-12-24"] == {
        "day": "2026-12-24",
        "hours": "09:00-12:00, 13:00-17:00",
        "sort": "WORKING",
        "name": "",
    }
    assert days["2026-12-25"] == {"day": "2026-12-25", "hours": "10:00-12:00", "sort": "OWN", "name": "Sale"}
    assert (days["2026-12-26"]["sort"], days["2026-12-26"]["hours"]) == ("HOLIDAY", "")
    assert days["2026-12-26"]["name"] != ""
    assert days["2026-12-27"]["sort"] == "FREE"
    assert siti.get("/calendars/abc").json()["own_days"] == [
        {"day": "2026-12-25", "name": "Sale", "hours": "10:00-12:00"}
    ]
    assert siti.delete("/calendars/abc/own-days/2026-12-25").status_code == 204
    assert siti.get("/calendars/abc").json()["own_days"] == []
    assert siti.delete("/calendars/abc/own-days/2026-12-25").status_code == 404


def test_the_list_tells_whose_week_each_has_and_asks_by_that(siti):
    siti.put("/calendars/abc", WEEK)
    own = siti.get("/calendars?own=yes").json()["items"]
    assert [(each["party"]["code"], each["kind"], each["of"]) for each in own] == [("abc", "COMPANY", "abc")]
    others = siti.get("/calendars?own=no&text=abc-it&kind=UNIT").json()["items"]
    assert [(each["party"]["code"], each["of"]) for each in others] == [("abc-it", "abc")]
    assert "Europe/Oslo" in siti.client.get("/api/v1/calendars?own=yes&format=csv").content.decode()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"week": {"mon": "nine to five"}}, "hours_unreadable"),
        ({"week": {"mon": "17:00-09:00"}}, "hours_out_of_order"),
        ({"week": {}}, "week_without_hours"),
        ({"time_zone": "Mars/Crater"}, "zone_not_known"),
        ({"holidays_of": "XX"}, "holidays_not_known"),
        ({"region": "ZZ"}, "holidays_not_known"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(siti, more, code):
    assert refused(siti.put("/calendars/abc", WEEK | more)) == (422, code)
    assert siti.get("/calendars/abc").json()["week"] is None


def test_out_of_bounds_is_not_there(caller):
    for part in (MAYA, LUCA, HENK):
        somebody = caller(part)
        assert somebody.get("/calendars/abc").status_code == 404
        assert somebody.get("/calendars").json()["items"] == []
        assert somebody.put("/calendars/abc", WEEK).status_code in (403, 404)
    assert caller(SITI).get("/calendars/maya-lund").status_code == 404
    assert caller(SITI).get(f"/calendars/nowhere?on={ON}").status_code == 404


def test_controllers_read_the_approval_limits_they_set(caller):
    luca = caller(LUCA)
    limits = luca.get("/approval-limits").json()["items"]
    assert [(each["party"]["code"], each["limit"]["currency"]) for each in limits] == [("abc", "EUR")]
    assert luca.get("/approval-limits/abc").json() == limits[0]
    assert luca.put("/approval-limits/abc", {"limit": {"amount": "7000", "currency": "EUR"}}).status_code == 204
    assert luca.get("/approval-limits/abc").json()["limit"] == {"amount": "7000.00", "currency": "EUR"}
    assert luca.put("/approval-limits/abc", {"limit": None}).status_code == 204
    assert luca.get("/approval-limits/abc").status_code == 404
    assert caller(MAYA).get("/approval-limits").json()["items"] == []
