"""The shop: found by words, filtered, sorted, turned page by page, at my price."""

from tests.cast import JONAS, MAYA
from tests.shop import given_item
from tests.web.reading import words


def test_every_item_has_my_price_and_the_ordinary_one(house):
    page = words(house.browser(MAYA).get("/shop/"))
    assert "Coffee machine ABC Retail Price: €90.75 Ordinary price: €121.00 €30.25 saved (25%)" in page
    assert "Widget A XYZ Widgets Price: €5.00" in page


def test_search_finds_by_the_beginning_of_a_word_and_leaves_the_rest_out(house):
    page = words(house.browser(MAYA).get("/shop/?text=coff"))
    assert "Coffee machine" in page
    assert "Widget A" not in page


def test_a_category_and_a_supplier_narrow_the_shop(house):
    client = house.browser(MAYA)
    page = client.get("/shop/?category=widgets")
    assert "<h1>Widgets</h1>" in page.content.decode()
    assert "Coffee machine" not in words(page)
    assert "Widget A" not in words(client.get("/shop/?supplier=abc"))


def test_nothing_found_says_what_to_do(house):
    page = house.browser(JONAS).get("/shop/?text=space%26ship")
    assert "Ingenting funnet Prøv færre eller andre ord, eller se i alle kategorier. Vis alt" in words(page)
    assert 'href="/help/?text=space%26ship">Søk etter hjelp med «space&amp;ship»' in page.content.decode()
    help_page = house.browser(JONAS).get("/help/?text=space%26ship").content.decode()
    assert 'href="/shop/?text=space%26ship">Søk i butikken etter «space&amp;ship»' in help_page
    assert "Søk etter hjelp med" not in words(house.browser(JONAS).get("/shop/"))


def test_a_long_shop_is_turned_page_by_page_and_nothing_is_lost(house):
    for number in range(30):
        given_item(f"cup-{number:02}", "abc", f"Cup {number:02}", "10.00", cost="4.00", includes_tax=True)
    client = house.browser(MAYA)
    first = client.get("/shop/?supplier=abc")
    link = first.content.decode().split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/shop/{link}")
    shown = words(first) + words(second)
    assert [f"Cup {number:02}" for number in range(30) if f"Cup {number:02} ABC" not in shown] == []
    assert "Widget A XYZ" not in shown


def test_a_cursor_that_was_tampered_with_is_refused_in_words(house):
    response = house.browser(MAYA).get("/shop/?cursor=abc")
    assert response.status_code == 422
    assert "This cannot be done" in words(response)


def test_htmx_gets_the_shelves_alone(house):
    page = house.browser(MAYA).get("/shop/?text=coffee", headers={"HX-Request": "true"}).content.decode()
    assert page.startswith('<div id="shelves"')
    assert "<html" not in page


def test_one_item_costs_as_many_queries_as_three(house, django_assert_num_queries):
    client = house.browser(MAYA)
    client.get("/shop/")
    for filters in ("?category=widgets", ""):
        with django_assert_num_queries(6):
            client.get(f"/shop/{filters}")
