"""The page of one offering: my price, the ordinary one, what it costs outside, and why."""

import pytest
from tests.cast import INES, JONAS, MAYA, NORA
from tests.shop import given_item
from tests.web.reading import words

PAGE = "/shop/coffee-machine/"


def test_an_employee_sees_ordinary_price_staff_price_saving_and_allowance_left(house):
    page = words(house.browser(MAYA).get(PAGE))
    assert "€90.75" in page
    assert "€121.00" in page
    assert "€30.25 saved (25%)" in page
    assert "ABC staff purchase: €509.25 left for 2026 after this order." in page
    assert "Deducted from pay" in page


def test_the_page_says_why_in_one_sentence_and_lists_every_rule(house):
    page = words(house.browser(MAYA).get(PAGE))
    assert "ABC staff purchase: 25% off the ordinary price" in page
    assert "List price: €121.00 each Not used" in page
    assert "Inside: Maya Lund works for ABC Retail, which supplies this." in page
    assert "Maya Lund works for ABC Retail (full-time), since 26 August 2024." in page


def test_what_it_costs_outside_is_shown_with_source_and_day(house):
    page = words(house.browser(MAYA).get(PAGE))
    assert "Outside it costs €124.00 (Another shop, seen 24 November 2026). You pay €33.25 less here." in page


def test_norwegians_read_norwegian_with_their_own_way_of_writing_money(house):
    page = words(house.browser(JONAS).get(PAGE))
    assert "90,75 €" in page
    assert "Innenfor: Jonas Vik arbeider for ABC Retail, som leverer dette." in page
    assert "Hvorfor denne prisen?" in page
    assert "Why this price?" not in page


def test_an_outsider_pays_the_list_price_and_is_told_that_it_is_outside(house):
    client = house.browser(NORA)
    client.post("/door/act-for/", {"party": "kestrel"})
    page = words(client.get(PAGE))
    assert "Outside: nothing ties Kestrel Café to ABC Retail." in page
    assert "saved" not in page
    assert "The supplier sends an invoice." in page


def test_a_buyer_sees_the_transfer_price_and_the_two_holdings(house):
    client = house.browser(INES)
    client.post("/door/act-for/", {"party": "abc"})
    page = words(client.get("/shop/widget-a/?quantity=10"))
    assert "€36.00" in page
    assert "Internal rate: cost plus 20%" in page
    assert "JKL Group holds 80% of ABC Retail" in page
    assert "JKL Group holds 60% of XYZ Widgets" in page
    assert "Intercompany account" in page


def test_free_for_use_shows_who_bears_the_cost(house):
    client = house.browser(INES)
    client.post("/door/act-for/", {"party": "abc-purchasing"})
    page = words(client.get("/shop/help-hour/"))
    assert "Free for use" in page
    assert "It costs IT, ABC Retail €42.00, and IT, ABC Retail bears that." in page


def test_when_the_allowance_runs_out_in_mid_order_the_page_divides_the_pieces(house):
    page = words(house.browser(MAYA).get(f"{PAGE}?quantity=8"))
    assert "Your allowance covers only a part. The rest is at the ordinary price:" in page
    assert "6 × €90.75 – Staff price" in page
    assert "2 × €121.00 – Ordinary price" in page


def test_an_address_with_more_in_it_than_is_asked_shows_one_piece_and_no_mistake(house):
    page = words(house.browser(MAYA).get(f"{PAGE}?from=a-letter"))
    assert "This field is required" not in page
    assert "To pay €90.75" in page


def test_htmx_gets_the_price_alone(house):
    response = house.browser(MAYA).get(f"{PAGE}?quantity=2", headers={"HX-Request": "true"})
    page = response.content.decode()
    assert page.lstrip().startswith('<div class="offer" id="price">')
    assert "€181.50" in page
    assert "<html" not in page


@pytest.mark.parametrize("quantity", ["0", "-1", "many", "100001"])
def test_a_quantity_that_makes_no_sense_is_named_and_one_piece_is_priced(house, quantity):
    page = words(house.browser(MAYA).get(PAGE, {"quantity": quantity}))
    assert "€90.75" in page
    assert "ValidationError" not in page


def test_what_nobody_offers_is_not_there(house):
    assert house.browser(MAYA).get("/shop/nothing-such/").status_code == 404


def test_the_page_costs_as_many_queries_for_one_piece_as_for_three(house, django_assert_num_queries):
    given_item("kettle", "abc", "Kettle", "30.00", cost="10.00", includes_tax=True)
    client = house.browser(MAYA)
    client.get(PAGE)
    for pieces in (1, 3):
        with django_assert_num_queries(10):
            client.get(f"{PAGE}?quantity={pieces}")
