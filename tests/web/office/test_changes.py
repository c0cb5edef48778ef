"""Mergers, splits, new names and reorganisations on the pages of the office: previewed, told as sentences, taken back."""

from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, nothing_written
from tests.cast import MAYA, SITI, TOR
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.core.classification import RightKind
from inward.parties import operations as parties
from inward.parties import queries
from inward.parties.models import ChangeEvent

NEW = "/office/changes/-/new/"
DAY = "2026-11-16"


@pytest.fixture
def client(house):
    return house.browser(SITI)


def event():
    return ChangeEvent.objects.latest("id").pk


def test_the_day_that_a_form_proposes_is_read_before_it_is_saved(client):
    page = words(previewed(client, f"{NEW}merge/", source_party="abc-shop-harbour", target="abc-shop-centre"))
    assert "From 24 Nov 2026" in page
    page = words(previewed(client, "/office/units/abc-shops/do/name-head/", person=TOR.code))
    assert "From – 24 Nov 2026" in page


def test_a_merger_says_first_what_it_changes_and_afterwards_what_became_of_both(client):
    typed = {"source_party": "abc-shop-harbour", "target": "Shop Centre", "day": DAY}
    with nothing_written():
        page = words(previewed(client, f"{NEW}merge/", **typed))
    assert "Shop Harbour" in page
    assert "1 person works elsewhere from that day on: Jonas Vik." in page
    assert "0 orders are open." in page
    page = words(saved(client, f"{NEW}merge/", **typed, source="Resolution 7"))
    assert "The merger is kept." in page
    assert "Shop Harbour was merged into Shop Centre on 16 Nov 2026" in page
    assert "Merged into Shop Centre on 16 Nov 2026" in words(client.get("/office/units/abc-shop-harbour/"))
    assert "Shop Harbour was merged into Shop Centre on 16 Nov 2026" in words(
        client.get("/office/units/abc-shop-centre/")
    )
    assert "Shop Harbour was merged" in words(client.get("/office/changes/?kind=MERGER&text=harbour"))
    assert client.get("/office/changes/-/list.csv").status_code == 200
    assert "Entered" in words(client.get(f"/office/changes/{event()}/history/"))
    page = words(saved(client, f"/office/changes/{event()}/do/undo/"))
    assert "It is taken back." in page
    assert client.get(f"/office/changes/{event()}/do/undo/").status_code == 404
    assert "Merged into" not in words(client.get("/office/units/abc-shop-harbour/"))


def test_a_company_goes_up_in_another_with_what_it_owns(client):
    page = words(previewed(client, f"{NEW}merge/", source_party="abc", target="jkl", day=DAY))
    assert "Hotel Bellavista: held by JKL Group from that day on" in page
    assert "Shares in ABC Retail, its share classes and powers over it that end: 1" in page
    saved(client, f"{NEW}merge/", source_party="abc", target="jkl", day=DAY)
    assert "Merged into JKL Group on 16 Nov 2026" in words(client.get("/office/companies/abc/"))


def test_shares_by_class_and_powers_that_go_over_and_what_others_say_are_told_before(client):
    by = {"by": HOUSE, "at": AT}
    parties.record_share_class(**by, code="kestrel-a", company="kestrel", issued=Fraction(1000))
    parties.record_shareholding(**by, owner="abc", share_class="kestrel-a", shares=Fraction(600))
    parties.record_right(**by, target="kestrel", kind=RightKind.CONTRACT, holder="abc")
    gleif = parties.Source(register="gleif")
    parties.record_right(**by, target="kestrel", kind=RightKind.DE_FACTO, holder="abc", source=gleif)
    page = words(previewed(client, f"{NEW}merge/", source_party="abc", target="jkl", day=DAY))
    assert "600 shares in Kestrel Café: held by JKL Group from that day on" in page
    assert "Power over Kestrel Café (" in page
    assert "What outside sources say of it is not moved (1)" in page


def test_a_department_is_split_by_names_and_codes(client):
    typed = {"source_party": "abc-shop-centre", "code": "abc-cafe", "name": "Café", "day": DAY}
    page = words(saved(client, f"{NEW}split/", **typed, moves=f"Tor Bergli\n{MAYA.code}\n"))
    assert "Café was split off from Shop Centre on 16 Nov 2026" in page
    assert "Split off from Shop Centre on 16 Nov 2026" in words(client.get("/office/units/abc-cafe/"))
    assert "Café was split off" in words(client.get("/office/units/abc-shop-centre/"))
    page = previewed(client, f"{NEW}split/", **typed | {"code": "x"}, moves="Nobody Known")
    assert "“Nobody Known” fits 0 whom you look after." in words(page)


def test_a_new_name_keeps_the_old_one_in_the_history(client):
    page = words(saved(client, f"{NEW}rename/", source_party="abc-shops", name="Stores", day=DAY))
    assert "“Shops” is called “Stores” since 16 Nov 2026" in page
    assert queries.name_of("abc-shops") == "Stores"


def test_many_move_at_once_or_none(client):
    moves = f"abc-shop-harbour = abc\n{MAYA.code} = abc-marketing"
    page = words(saved(client, f"{NEW}reorganise/", moves=moves, day=DAY))
    assert "Reorganised on 16 Nov 2026: 1 department, 1 person" in page
    with nothing_written():
        page = previewed(client, f"{NEW}reorganise/", moves="abc-shop-harbour to abc", day=DAY)
    assert "says no move. Write: who = where." in words(page)


def test_what_is_not_there_is_not_shown(house, client):
    assert client.get("/office/changes/77/").status_code == 404
    assert client.get("/office/changes/x/").status_code == 404
    assert house.browser(MAYA).get("/office/changes/").status_code == 404
