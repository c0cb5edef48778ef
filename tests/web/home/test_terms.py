"""Terms on the pages of whoever buys and of whoever keeps them."""

import re

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import INES, LUCA, MAYA, NORA, SITI
from tests.web.office.test_office import previewed, saved
from tests.web.reading import form, words

from inward.access import operations as access
from inward.trade import operations
from inward.trade.models import Order, Terms, TermsAnswer
from inward.trade.terms import About
from inward.trade.vocabulary import TermsKind

SCHEME, PAYROLL = About(TermsKind.SCHEME, "abc-staff"), About(TermsKind.PAYROLL, "abc")
KEY = "scheme:abc-staff:1"
PAGE = f"/terms/{KEY}/"


@pytest.fixture
def client(house):
    operations.publish_terms(
        by=HOUSE,
        at=AT,
        about=SCHEME,
        texts={"en": "Not for resale.\n\nReturns: 30 days.", "nb": "Ikke."},
        valid_from=ON,
    )
    operations.publish_terms(by=HOUSE, at=AT, about=PAYROLL, texts={"en": "From your pay."}, valid_from=ON)
    return house.browser(MAYA)


def test_the_order_form_asks_for_each_text_that_is_not_accepted_and_an_order_without_the_tick_is_asked_again(client):
    page = client.get("/shop/coffee-machine/")
    told = words(page)
    assert "I have read and accept the terms of ABC staff purchase, version 1" in told
    assert "I accept that ABC Retail deducts it from my pay, by the terms, version 1" in told
    typed = {name: values[-1] for name, values in form(page, "/orders/place/").items() if name != "accepts"}
    again = client.post("/orders/place/", typed)
    assert (again.status_code, Order.objects.count()) == (409, 0)
    assert "Read and accept the terms" in words(again)
    assert "Nothing has been ordered yet." in words(again)
    keys = [KEY, "payroll:abc:1"]
    done = client.post("/orders/place/", typed | {"accepts": keys}, follow=True)
    assert "is placed" in words(done)
    assert sorted(TermsAnswer.objects.values_list("terms__about", flat=True)) == ["abc", "abc-staff"]
    assert "I have read and accept" not in words(client.get("/shop/coffee-machine/"))


def test_whoever_pays_otherwise_need_not_agree_to_deduction_from_pay(house, client):
    ines = house.browser(INES)
    page = ines.get("/shop/coffee-machine/")
    ticks = re.findall(r'<input[^>]*name="accepts" value="([^"]+)"[^>]*>', page.content.decode())
    needed = re.findall(r'<input[^>]* required name="accepts" value="([^"]+)"', page.content.decode())
    assert (ticks, needed) == ([KEY, "payroll:abc:1"], [KEY])
    typed = {name: values[-1] for name, values in form(page, "/orders/place/").items() if name != "accepts"}
    paid = typed | {"accepts": KEY, "settlement": "COST_CENTRE", "cost_centre": "abc-purchasing"}
    placed = ines.post("/orders/place/", paid, follow=True)
    assert Order.objects.get().settlement == "COST_CENTRE", words(placed)
    assert list(TermsAnswer.objects.values_list("terms__about", flat=True)) == ["abc-staff"]


def test_terms_are_read_accepted_withdrawn_and_listed(client):
    assert "Not accepted yet" in words(client.get("/terms/"))
    page = client.get(PAGE)
    assert "Terms of ABC staff purchase" in words(page)
    for paragraph in ("<p>Not for resale.</p>", "<p>Returns: 30 days.</p>"):
        assert paragraph in page.content.decode()
    assert "You accept these terms now." in words(client.post(f"{PAGE}accept/", follow=True))
    assert "You accepted it on 24 Nov 2026" in words(client.get(PAGE))
    assert "Withdrawn. What you ordered before stays as it was." in words(client.post(f"{PAGE}withdraw/", follow=True))
    told = words(client.get("/terms/"))
    assert "Withdrawn" in told
    assert "Deduction from pay" in told
    assert client.get("/terms/scheme:abc-staff:7/").status_code == 404
    assert client.post(f"{PAGE}withdraw/").status_code == 404


def test_a_text_in_another_language_than_the_reader_s_says_so(house, client):
    access.change_profile(by=house.actor(MAYA), at=AT, language="nb", time_zone="UTC")
    maya = house.browser(MAYA)
    english = maya.get("/terms/payroll:abc:1/").content.decode()
    assert '<html lang="nb"' in english
    assert '<div class="prose" lang="en">' in english
    assert '<div class="prose">' in maya.get(PAGE).content.decode()


def test_nobody_reads_terms_that_are_not_open_to_her(house, client):
    nora = house.browser(NORA)
    assert nora.get(PAGE).status_code == 404
    assert "Nothing to accept" in words(nora.get("/terms/"))


def test_whoever_keeps_the_prices_publishes_the_next_version(house, client):
    siti = house.browser(SITI)
    told = words(siti.get("/office/terms/"))
    assert "ABC staff purchase" in told
    assert "payroll" not in told
    page = siti.get("/office/terms/scheme:abc-staff/")
    assert "fewer than 3 people, or nobody" in words(page)
    address = "/office/terms/scheme:abc-staff/do/renew/"
    page = previewed(siti, address, valid_from="2027-01-01", text_en="Not for resale, ever.")
    assert "Not for resale, ever." in words(page)
    page = saved(siti, address, valid_from="2027-01-01", text_en="Not for resale, ever.", source="board")
    assert "The new version is published." in words(page)
    assert Terms.objects.get(number=2).texts == {"en": "Not for resale, ever.", "nb": "Ikke."}
    page = previewed(siti, address, valid_from="2026-12-01", text_en="Too early.")
    assert "Version 2 holds from" in words(page)


def test_controllers_publish_the_terms_of_deduction_from_pay(house):
    luca = house.browser(LUCA)
    page = saved(
        luca,
        "/office/terms/-/new/publish/",
        about="payroll:abc",
        valid_from="2026-12-01",
        text_en="From your next pay.",
    )
    assert "The terms are published." in words(page)
    assert house.browser(MAYA).get("/office/terms/").status_code == 404
