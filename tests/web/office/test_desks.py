"""Queues, what can be asked and service promises in the office: set, previewed, changed, closed; and who finds them."""

import pytest
from tests.builders import given_role
from tests.cast import INES, LUCA, MAYA, SITI
from tests.desk.asked import given_desk
from tests.web.office.test_catalogue_things import opens
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.desk.models import Queue, RequestType, ServiceStandard

HELP = ("queues", "request-types", "service-promises")
FORM = "till: Which till? | NUMBER | needed\nhow: How? | CHOICE dead; slow"
REQUEST = {"queue": "it", "code": "till", "name": "A till", "fields": FORM, "impact": "ONE", "urgency": "SOON"}


@pytest.fixture
def siti(house):
    given_desk(house)
    return house.browser(SITI)


def test_a_queue_is_opened_changed_and_closed(siti):
    page = saved(
        siti,
        "/office/queues/-/new/new/",
        code="shop",
        supplier="abc-purchasing",
        name="Purchasing",
        words="What to buy",
    )
    assert "Purchasing" in words(page)
    found = Queue.objects.get(code="shop")
    assert (found.supplier.code, found.close_after, found.handing_out) == ("abc-purchasing", 5, "BY_HAND")
    saved(siti, "/office/queues/shop/do/change/", handing_out="IN_TURN", close_after="3")
    found.refresh_from_db()
    assert (found.name, found.handing_out, found.close_after) == ("Purchasing", "IN_TURN", 3)
    saved(siti, "/office/queues/shop/do/close/")
    found.refresh_from_db()
    assert found.closed_at is not None
    opens(siti, "queues")


def test_a_request_type_is_written_with_a_question_a_line(siti):
    page = previewed(siti, "/office/request-types/-/new/new/", **(REQUEST | {"fields": "no name"}))
    assert page.status_code == 422
    assert "Line 1 cannot be read" in words(page)
    assert not RequestType.objects.exists()
    page = words(saved(siti, "/office/request-types/-/new/new/", **REQUEST))
    assert "Which till?" in page
    assert "CHOICE dead; slow" in page
    saved(siti, "/office/request-types/till/do/change/", name="Tills", fields=FORM + "\nwhere: Where? | TEXT")
    found = RequestType.objects.get(code="till")
    assert (found.name, [each["id"] for each in found.fields]) == ("Tills", ["till", "how", "where"])
    saved(siti, "/office/request-types/till/do/close/")
    opens(siti, "request-types")


def test_a_promise_has_versions_and_an_end(siti):
    address = "/office/service-promises/help/do/version/"
    assert "RESPOND URGENT = 30 min" in siti.get(address).content.decode()
    page = saved(siti, address, valid_from="2027-01-01", name="Better help", targets="RESPOND = 60 min")
    assert "240 minutes of working time" in words(page)
    assert "Better help. First answer: 60 minutes of working time" in words(page)
    assert ServiceStandard.objects.current().count() == 2
    refused = previewed(siti, address, valid_from="2027-01-01", targets="RESPOND soon")
    assert (refused.status_code, "Line 1 cannot be read" in words(refused)) == (422, True)
    new = {
        "code": "abc",
        "supplier": "abc",
        "name": "ABC",
        "targets": "RESOLVE = 3 days, end of day",
        "kinds": ["staff"],
    }
    assert "by the end of the day" in words(saved(siti, "/office/service-promises/-/new/new/", **new))
    saved(siti, "/office/service-promises/abc/do/end/", valid_until="2027-06-30")
    assert str(ServiceStandard.objects.current().get(code="abc").valid_until) == "2027-07-01"
    opens(siti, "service-promises")


def test_a_service_owner_keeps_her_departments_queues_and_nobody_elses(house, siti):
    saved(siti, "/office/queues/-/new/new/", code="shop", supplier="abc-purchasing", name="Purchasing")
    given_role(house.users[INES.code], "SERVICE_OWNER", "abc-it")
    ines = house.browser(INES)
    assert "Records" in words(ines.get("/"))
    page = ines.get("/office/queues/").content.decode()
    assert ("/office/queues/it/" in page, "/office/queues/shop/" in page) == (True, False)
    assert ines.get("/office/queues/it/").status_code == 200
    assert ines.get("/office/queues/shop/").status_code == 404
    assert ines.get("/office/service-promises/").status_code == 404
    saved(ines, "/office/request-types/-/new/new/", **REQUEST)
    assert RequestType.objects.get().queue.code == "it"


@pytest.mark.parametrize("part", [MAYA, LUCA])
def test_nobody_else_finds_them(house, siti, part):
    for thing in HELP:
        assert house.browser(part).get(f"/office/{thing}/").status_code == 404


def test_a_promise_that_rests_on_others_says_whether_they_promise_their_part(siti):
    said = {
        "code": "abc",
        "supplier": "abc",
        "name": "ABC",
        "targets": "RESOLVE = 480 min",
        "chain": "abc = 2\nabc-it = 1\nabc-purchasing = 1",
    }
    page = words(saved(siti, "/office/service-promises/-/new/new/", **said))
    assert "Part of ABC Retail 4 h 0 min" in page
    assert "Part of IT, ABC Retail 2 h 0 min; promised is more: Help" in page
    assert (
        "Part of Purchasing, ABC Retail 2 h 0 min; it promises nothing about solving" not in page
    )  # that of ABC holds for it
    saved(siti, "/office/service-promises/help/do/version/", valid_from="2026-01-01", targets="RESOLVE = 120 min")
    told = words(siti.get("/office/service-promises/abc/"))
    assert "Part of IT, ABC Retail 2 h 0 min; promised: Help, 2 h 0 min" in told
    assert "abc-purchasing = 1" in siti.get("/office/service-promises/abc/do/version/").content.decode()
    refused = previewed(siti, "/office/service-promises/abc/do/version/", valid_from="2027-01-01", chain="abc-it 2")
    assert (refused.status_code, "Line 1 cannot be read" in words(refused)) == (422, True)
