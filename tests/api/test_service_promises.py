"""Service promises over HTTP: said by those who look after them, asked by those who may ask how two stand."""

import pytest
from tests.cast import LUCA, MAYA, SITI

WEEK = {"week": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00"), "time_zone": "Europe/Amsterdam"}
HELP = {
    "supplier": "abc-it",
    "name": "Help with computers",
    "kinds": ["department", "staff"],
    "targets": {"RESPOND": {"": {"minutes": 240}, "URGENT": {"minutes": "30"}}, "RESOLVE": {"": {"dates": 2}}},
    "holds": {"CUSTOMER": {"measures": ["RESOLVE"], "minutes_max": 960}},
}
ASK = "/service-promise?supplier=abc-it&customer=maya-lund&start=2026-11-27T15:00:00Z"


@pytest.fixture
def siti(caller):
    return caller(SITI)


def refused(answer):
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_a_promise_is_set_listed_shown_with_its_versions_and_ended(siti):
    assert siti.put("/service-promises/help", HELP | {"source": "handbook"}).status_code == 204
    (listed,) = siti.get("/service-promises").json()["items"]
    assert listed["targets"]["RESPOND"] == {
        "": {"minutes": "240", "dates": None, "end": None},
        "URGENT": {"minutes": "30", "dates": None, "end": None},
    }
    assert (listed["supplier"]["code"], listed["kinds"], listed["grace"]) == ("abc-it", ["department", "staff"], True)
    assert listed["holds"] == {"CUSTOMER": {"measures": ["RESOLVE"], "minutes_max": "960"}}
    assert siti.put("/service-promises/help", HELP | {"name": "Help", "valid_from": "2027-01-01"}).status_code == 204
    versions = siti.get("/service-promises/help").json()["versions"]
    assert sorted((each["name"], str(each["valid_until"]), each["known_until"] is None) for each in versions) == [
        ("Help", "None", True),
        ("Help with computers", "2027-01-01", True),
        ("Help with computers", "None", False),
    ]
    assert [each["source"] for each in versions].count("handbook") == 2
    assert siti.post("/service-promises/help/end", {"valid_until": "2028-01-01"}).status_code == 204
    assert siti.get("/service-promises?on=2028-01-01").json()["items"] == []
    assert siti.get("/service-promises?supplier=abc").json()["items"] == []


def test_it_is_told_by_when_something_would_be_due_and_why(siti, caller):
    siti.put("/calendars/abc", WEEK)
    siti.put("/service-promises/help", HELP)
    told = caller(MAYA).get(ASK).json()
    assert (told["promise"]["code"], told["standing"]["standing"]) == ("help", "internal")
    assert [
        (clock["measure"], clock["due"], clock["due_next_opening"], clock["minutes"]) for clock in told["clocks"]
    ] == [
        ("RESPOND", "2026-11-30T11:00:00+00:00", "2026-11-30T11:00:00+00:00", "240"),
        ("RESOLVE", "2026-12-01T15:00:00+00:00", "2026-12-01T15:00:00+00:00", "960"),
    ]
    why = told["clocks"][0]["why"]
    assert [line["code"] for line in why] == ["promise_stage", "worktime_counted", "worktime_counted", "promise_due"]
    assert why[0]["text"].endswith("First answer within 4:00 of working time.")
    urgent = caller(MAYA).get(f"{ASK}&priority=URGENT").json()["clocks"][0]
    assert (urgent["due"], urgent["why"][0]["facts"]["priority"]) == ("2026-11-27T15:30:00+00:00", "URGENT")
    assert "clocks" in caller(MAYA).get(ASK.partition("&start")[0]).json()


def test_what_cannot_be_told_is_refused_in_words(siti, caller):
    assert caller(MAYA).get(ASK).status_code == 404
    siti.put("/service-promises/help", HELP)
    assert refused(caller(MAYA).get(ASK)) == (422, "promise_without_calendar")
    siti.put("/calendars/abc", WEEK)
    assert caller(MAYA).get(ASK.replace("maya-lund", "kestrel")).status_code in (403, 404)
    assert caller(MAYA).get(ASK.replace("15:00:00Z", "15:00:00")).status_code == 422


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"targets": {}}, "promise_of_nothing"),
        ({"targets": {"OWN": {"": {"minutes": "-1"}}}}, "promise_not_a_time"),
        ({"kinds": ["friend"]}, "not_one_of"),
        ({"holds": {"CUSTOMER": {"measures": []}}}, "hold_of_nothing"),
    ],
)
def test_terms_that_promise_nothing_are_refused(siti, more, code):
    assert refused(siti.put("/service-promises/help", HELP | more)) == (422, code)
    assert siti.get("/service-promises").json()["items"] == []


@pytest.mark.parametrize("part", [LUCA, MAYA])
def test_nobody_else_promises_or_reads_the_list(siti, caller, part):
    siti.put("/service-promises/help", HELP)
    assert caller(part).put("/service-promises/help", HELP | {"name": "Mine"}).status_code in (403, 404)
    assert caller(part).get("/service-promises").json()["items"] == []
    assert caller(part).get("/service-promises/help").status_code == 404
