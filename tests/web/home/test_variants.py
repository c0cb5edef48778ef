"""Variants on the pages: one card with the lowest price, a choice by links, counts, and who says what they are."""

from tests.builders import AT, HOUSE
from tests.cast import INES, MAYA, SITI
from tests.catalogue.test_families import given_shirts, say
from tests.trade.test_stock import counted
from tests.web.office.test_importing import brought, checked, loaded
from tests.web.office.test_office import previewed, saved
from tests.web.reading import form, words

from inward.catalogue import families
from inward.catalogue import operations as catalogue
from inward.catalogue.models import Family
from inward.core.pricing import Offering, OfferingKind
from inward.trade.models import OrderLine


def test_the_shop_shows_one_card_from_the_lowest_price(house):
    given_shirts()
    client = house.browser(MAYA)
    assert words(client.get("/shop/?supplier=abc")).count("Shirt,") == 4
    say()
    shop = words(client.get("/shop/?supplier=abc"))
    # 21.00 is the cheapest of four; staff pay a quarter less
    assert "Shirt ABC Retail from Price: €15.75 Ordinary price: €21.00" in shop
    assert "4 to choose from" in shop
    assert "Shirt," not in shop
    page = client.get("/shop/?text=blue").content.decode()
    assert 'href="/shop/shirt-blue-m/"' in page


def test_the_page_of_an_item_leads_to_its_other_colours_and_sizes_without_scripts(house):
    given_shirts()
    say()
    client = house.browser(MAYA)
    page = client.get("/shop/shirt-red-l/?quantity=2")
    body = page.content.decode()
    assert 'aria-label="Colour"' in body
    assert 'href="/shop/shirt-blue-m/?quantity=2"' in body
    assert 'href="/shop/shirt-red-l/?quantity=2" aria-current="true">red</a>' in body
    assert "Shirt, red, L" in words(page)
    assert 'aria-label="Colour"' not in client.get("/shop/coffee-machine/").content.decode()
    order = {name: values[-1] for name, values in form(page, "/orders/place/").items()}
    client.post("/orders/place/", order)
    assert OrderLine.objects.get().code == "shirt-red-l"


def test_a_family_is_gone_when_nothing_is_left_of_any_and_says_no_number_else(house):
    given_shirts()
    say(variants={"shirt-red-m": ("red", "M"), "shirt-red-l": ("red", "L")})
    client = house.browser(INES)
    counted(3, "shirt-red-m")
    assert "left" not in words(client.get("/shop/?text=red"))
    counted(0, "shirt-red-m")
    counted(0, "shirt-red-l", back_order=True)
    assert "None left" not in words(client.get("/shop/?text=red"))
    counted(0, "shirt-red-l")
    assert "None left" in words(client.get("/shop/?text=red"))


def test_a_card_without_a_price_today_stands_there_all_the_same(house):
    for code in ("shirt-red-m", "shirt-red-l"):
        item = Offering(code, "abc", "", OfferingKind.GOOD, "", f"Shirt {code[6:]}")
        catalogue.offer_item(by=HOUSE, at=AT, offering=item)
    say(variants={"shirt-red-m": ("red", "M"), "shirt-red-l": ("red", "L")})
    assert "Shirt ABC Retail No price today" in words(house.browser(MAYA).get("/shop/?text=red"))


def test_a_data_administrator_says_the_variants_and_shows_each_by_itself_again(house):
    given_shirts()
    client = house.browser(SITI)
    first = {"code": "shirt", "name": "Shirt", "features": "Colour, Size"}
    lines = "shirt-red-m; red; M\n\nshirt-blue-m; blue; M"
    page = saved(client, "/office/families/-/new/set/", **first, variants=lines, source="New range")
    assert "The shop shows them on one card." in words(page)
    assert "red, M Shirt, red, M" in words(page)
    twice = previewed(client, "/office/families/-/new/set/", **first | {"code": "b"}, variants="x; 1\nx; 2", source="x")
    assert "x is named twice in its family." in words(twice)
    change = client.get("/office/families/shirt/do/change/")
    assert form(change, "")["variants"][0].split() == ["shirt-red-m;", "red;", "M", "shirt-blue-m;", "blue;", "M"]
    catalogue.withdraw_item(by=HOUSE, at=AT, offering="shirt-blue-m")
    assert "Shirt, blue, M (not offered)" in words(client.get("/office/families/shirt/"))
    saved(
        client,
        "/office/families/shirt/do/change/",
        name="Shirt",
        features="Size",
        variants="shirt-red-m; M",
        source="x",
    )
    assert families.one(viewer=HOUSE, at=AT, code="shirt").features == ("Size",)
    assert "New range" in words(client.get("/office/families/shirt/history/"))
    saved(client, "/office/families/shirt/do/remove/", source="Apart")
    assert Family.objects.count() == 0
    assert house.browser(MAYA).get("/office/families/").status_code == 404


def test_variants_are_brought_in_from_a_file_and_taken_back(house):
    given_shirts()
    client = house.browser(SITI)
    content = (
        "Family;Title;SKU;Options\n"
        'shirt;Shirt;shirt-red-m;"Colour: red; Size: M"\n'
        'shirt;;shirt-blue-m;"Colour: blue; Size: M"\n'
    )
    page = loaded(client, checked(client, brought(client, content, sort="variants", name="variants.csv")))
    assert "Loaded" in words(page)
    assert families.offered_in(["shirt"]) == {"shirt": ("shirt-red-m", "shirt-blue-m")}
    client.post(f"{page.redirect_chain[-1][0]}undo/", {"reason": "wrong file"}, follow=True)
    assert Family.objects.count() == 0
    assert families.offered_in(["shirt"]) == {}
