"""Who leads on the pages of the office: heads, deputies, absences, signing limits, each shown before it is saved."""

from datetime import date

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, ON, nothing_written
from tests.cast import INES, LUCA, MAYA, SITI, TOR
from tests.web.office.test_office import previewed, saved, sent
from tests.web.reading import form, words

from inward.parties import operations
from inward.parties.models import Absence, DeputyOfPlace, HeadOfPlace, SpendingLimit
from inward.parties.vocabulary import Power

UNIT = "/office/units/abc-shop-centre/"


@pytest.fixture
def client(house):
    return house.browser(SITI)


def given_head(person=TOR.code, place="abc-shop-centre", since=date(2024, 1, 1)):
    operations.name_head(by=HOUSE, at=AT, place=place, person=person, valid_from=since)


def test_a_head_is_named_after_the_preview_and_stands_on_the_page_and_in_the_list(client):
    address = f"{UNIT}do/name-head/"
    with nothing_written():
        page = previewed(client, address, person="Tor Bergli", valid_from="2026-01-01")
    assert "Person – Tor Bergli" in words(page)
    page = saved(client, address, person="Tor Bergli", valid_from="2026-01-01", source="Resolution 12")
    assert "The head is named." in words(page)
    assert "Head Tor Bergli" in words(page)
    assert "Tor Bergli (head)" in words(client.get(f"{UNIT}history/"))
    assert "Head named" in words(client.get(f"{UNIT}history/"))
    assert "Tor Bergli" in words(client.get("/office/units/?head=filled"))
    assert "Shop Centre" not in words(client.get("/office/units/?head=vacant"))
    page = saved(client, f"{UNIT}do/end-head/", valid_until="2026-06-30")
    assert "Head nobody since" in words(page)
    assert HeadOfPlace.objects.current().get().valid_until == date(2026, 7, 1)
    assert client.get(f"{UNIT}do/end-head/").status_code == 404


def test_of_many_acts_the_first_stand_beside_the_name_and_the_others_are_one_click_away(client):
    given_head()
    at_once, _, more = client.get(UNIT).content.decode().partition("What else can be done")
    acts = [f"{UNIT}do/{act}/" for act in ("move", "rename", "name-head", "name-deputy", "end-head", "close")]
    assert [act for act in acts if act in at_once] == acts[:3]
    assert [act for act in acts if act in more] == acts[3:]
    assert f"{UNIT}history/" in at_once
    few = client.get("/office/holdings/jkl-xyz/").content.decode()
    assert "What else can be done" not in few
    assert "/office/holdings/jkl-xyz/do/change/" in few


def test_what_is_refused_is_said_at_its_field(client):
    page = previewed(client, f"{UNIT}do/name-head/", person=TOR.code, valid_from="2014-01-01")
    assert page.status_code == 422
    assert "does not exist on 1 January 2014" in words(page)
    page = previewed(client, f"{UNIT}do/name-head/", person=TOR.code, valid_from="2016-01-01")
    assert "Tor Bergli works for nobody on 1 January 2016." in words(page)


def test_a_deputy_is_named_for_something_acts_and_ends(client):
    given_head()
    address, powers = f"{UNIT}do/name-deputy/", ["SPENDING", "PEOPLE"]
    typed = sent(client, address, person=INES.code, powers=powers, valid_from="2026-01-01")
    page = client.post(address, typed | {"step": "preview"})
    assert "For what – approve what is bought, lead the people" in words(page)
    assert form(page, "")["powers"] == powers
    page = client.post(address, typed | {"step": "save"}, follow=True)
    assert "Ines Contarini: approve what is bought, lead the people (since 1 Jan 2026)" in words(page)
    saved(client, f"/office/people/{TOR.code}/do/away/", valid_from=ON.isoformat())
    assert "Acts for the head Ines Contarini acts (deputy of Shop Centre)" in words(client.get(UNIT))
    about = words(client.get(f"/office/people/{MAYA.code}/"))
    assert "Manager at Shop Centre Tor Bergli; Ines Contarini acts (deputy of Shop Centre)" in about
    assert "Heads Shop Centre" in words(client.get(f"/office/people/{TOR.code}/"))
    saved(client, f"{UNIT}do/end-deputy/", person=INES.code, valid_until="2026-12-31")
    assert DeputyOfPlace.objects.current().get().valid_until == date(2027, 1, 1)


def test_an_absence_asks_for_no_reason_and_ends(client):
    address = f"/office/people/{MAYA.code}/"
    assert 'name="source"' not in client.get(f"{address}do/away/").content.decode()
    page = saved(client, f"{address}do/away/", valid_from="2026-12-01", valid_until="2026-12-31")
    assert "Away 1 Dec 2026 to 31 Dec 2026" in words(page)
    page = saved(client, f"{address}do/back/", valid_until="2026-12-10")
    assert "The absence ends on that day." in words(page)
    assert Absence.objects.current().get().valid_until == date(2026, 12, 10)


def test_a_company_is_headed_on_its_page_and_what_is_above_is_asked_where_a_post_is_vacant(client):
    page = saved(client, "/office/companies/abc/do/name-head/", person=TOR.code, valid_from="2026-01-01")
    assert "Head Tor Bergli" in words(page)
    told = words(client.get(UNIT))
    assert "Head nobody" in told
    assert "Tor Bergli acts (head of ABC Retail)" in told
    assert "Manager at Shop Centre nobody; Tor Bergli acts (head of ABC Retail)" in words(
        client.get(f"/office/people/{MAYA.code}/")
    )


def test_a_closed_department_has_nobody_to_name(client):
    operations.open_unit(
        by=HOUSE, at=AT, code="abc-old", name="Old", company="abc", valid_from=LONG_AGO, valid_until=date(2020, 1, 1)
    )
    page = client.get("/office/units/abc-old/")
    assert page.status_code == 200
    assert "Name its head" not in words(page)


def test_controllers_set_signing_limits_and_data_administrators_find_none(house, client):
    luca = house.browser(LUCA)
    page = saved(
        luca, "/office/signing-limits/-/new/set/", place="abc-shop-centre", post="HEAD", limit="500", currency="eur"
    )
    assert "The limit is kept." in words(page)
    assert "May approve up to €500.00" in words(page)
    address = "/office/signing-limits/abc-shop-centre~HEAD/"
    saved(luca, f"{address}do/change/", valid_from="2026-01-01", limit="900", currency="EUR")
    saved(luca, f"{address}do/end/", valid_until="2026-12-31")
    facts = SpendingLimit.objects.current().order_by("limit_minor").values_list("limit_minor", "valid_until")
    assert list(facts) == [(50_000, date(2026, 1, 1)), (90_000, date(2027, 1, 1))]
    assert "€900.00" in words(luca.get("/office/signing-limits/?post=HEAD&text=centre"))
    assert luca.get("/office/signing-limits/-/list.csv").status_code == 200
    assert "€500.00" in words(luca.get(f"{address}history/"))
    page = previewed(luca, f"{address}do/change/", valid_from="2026-01-01", limit="-3", currency="EUR")
    assert "-€3.00 is no limit." in words(page)
    page = previewed(luca, f"{address}do/change/", valid_from="2026-01-01", limit="3.001", currency="EUR")
    assert "3.001 EUR is no limit." in words(page)
    for place in ("abc-shop-centre~BOSS", "abc-shop-centre~MEMBER", "nowhere~HEAD"):
        assert luca.get(f"/office/signing-limits/{place}/").status_code == 404
    assert client.get("/office/signing-limits/").status_code == 404


def test_what_was_ever_known_of_deputies_stands_in_the_history(client):
    given_head()
    operations.name_deputy(
        by=HOUSE,
        at=AT,
        place="abc-shop-centre",
        person=INES.code,
        powers=[Power.REQUESTS],
        valid_from=LONG_AGO.replace(2023),
    )
    assert "Ines Contarini (deputy)" in words(client.get(f"{UNIT}history/"))
