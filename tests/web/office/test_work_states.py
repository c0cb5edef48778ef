"""Probation, unpaid leave and notice on the page of a work relationship: shown before it is saved, ended, taken back."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from tests.builders import AT, HOUSE, ON, nothing_written
from tests.cast import MAYA, SITI, TOR
from tests.web.office.test_office import previewed, saved, sent
from tests.web.reading import words

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.classification import WorkState
from inward.parties.models import StateOfWork

WORK = f"{reverse('office_list', args=['work'])}{MAYA.code}-abc/"


@pytest.fixture
def client(house):
    return house.browser(SITI)


def test_a_state_is_noted_after_a_preview_that_tells_what_orders_would_have_cost(house, client):
    scheme = replace(price_book().schemes["abc-staff"], closed_in=frozenset({WorkState.UNPAID_LEAVE}))
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=date(2026, 1, 1))
    house.order(MAYA, ("coffee-machine", 1))
    with nothing_written():
        page = previewed(client, f"{WORK}do/state/", state="UNPAID_LEAVE", valid_from=ON.isoformat())
    assert "Nobody becomes inside or outside by this." in words(page)
    assert "What fewer than three people bought for themselves is not told." in words(page)
    page = saved(client, f"{WORK}do/state/", state="UNPAID_LEAVE", valid_from=ON.isoformat(), valid_until="2026-12-31")
    assert "It is noted." in words(page)
    assert "State in unpaid leave, 24 Nov 2026 to 31 Dec 2026" in words(page)
    history = words(client.get(f"{WORK}history/"))
    assert "in unpaid leave" in history
    assert "State of work noted" in history
    assert "State of work noted" in words(client.get(f"/office/people/{MAYA.code}/history/"))


def test_it_ends_and_is_taken_back(client):
    saved(client, f"{WORK}do/state/", state="NOTICE", valid_from="2026-12-01")
    page = saved(client, f"{WORK}do/state-over/", state="NOTICE", valid_until="2026-12-10")
    assert "It ends on that day." in words(page)
    assert StateOfWork.objects.current().get().valid_until == date(2026, 12, 10)
    page = previewed(client, f"{WORK}do/state-never/", noted="NOTICE 2026-12-01")
    assert "What was noted – under notice from 1 Dec 2026" in words(page)
    saved(client, f"{WORK}do/state-never/", noted="NOTICE 2026-12-01")
    assert not StateOfWork.objects.current().exists()
    assert client.get(f"{WORK}do/state-never/").status_code == 404


def test_what_is_refused_is_said_at_its_field(client):
    page = previewed(client, f"{WORK}do/state/", state="PROBATION", valid_from="2010-01-01")
    assert page.status_code == 422
    assert "Maya Lund does not work for ABC Retail on 1 January 2010." in words(page)


def test_a_scheme_says_in_which_states_it_is_closed(client):
    address = "/office/schemes/abc-staff/do/change/"
    typed = sent(client, address, valid_from="2027-01-01", closed_in=["PROBATION", "NOTICE"])
    page = client.post(address, typed | {"step": "preview"})
    assert "Closed for whoever is – on probation, under notice" in words(page)
    client.post(address, typed | {"step": "save"})
    assert price_book().schemes["abc-staff"].closed_in == {WorkState.PROBATION, WorkState.NOTICE}
    assert "closed for whoever is on probation, under notice" in words(client.get("/office/schemes/abc-staff/history/"))


def test_a_colleague_sees_nothing_of_it(house, client):
    saved(client, f"{WORK}do/state/", state="NOTICE", valid_from="2026-12-01")
    assert "notice" not in words(house.browser(TOR).get(f"/people/{MAYA.code}/"))
