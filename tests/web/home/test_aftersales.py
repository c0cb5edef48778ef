"""What holds after a sale, read on the pages before anything is pressed; a fault reported and answered; and over HTTP."""

from datetime import timedelta

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE, given_role
from tests.cast import INES, MAYA, NORA, RATNA, SITI
from tests.web.office.test_office import saved
from tests.web.reading import form, words

from inward.trade import aftersale, operations, queries
from inward.trade.aftersale import Promise
from inward.trade.models import Order, OrderFault
from inward.web.home import aftersales


@pytest.fixture
def house(house):
    operations.promise_returns(by=HOUSE, at=AT - timedelta(days=1), supplier="abc", promise=Promise(30, 24))
    given_role(house.users[SITI.code], "SELLER", "abc")
    return house


def bought(house, part=MAYA, pieces=1, key="k", item="coffee-machine", given=True, **more):
    reference = house.order(part, (item, pieces), key=key, **more).reference
    if given:
        seller = RATNA if item == "widget-a" else SITI
        operations.confirm_delivery(by=house.actor(seller), at=AT, reference=reference)
    return f"/orders/{reference}/"


def read(house, address, part=MAYA):
    return words(house.browser(part).get(address))


def test_an_item_says_before_it_is_ordered_how_it_may_be_brought_back(house):
    said = read(house, "/shop/coffee-machine/")
    assert "May be brought back for 30 days. Guarantee: 24 months." in said
    assert aftersales.before(Promise()) == ""
    assert aftersales.before(Promise(1, None)) == "May be brought back for 1 day."


def test_an_order_says_until_when_and_what_comes_back_and_how(house):
    said = read(house, bought(house))
    assert "May be brought back until 24 December 2026." in said
    assert "You get back €90.75, what you paid for it." in said
    assert "€90.75 of your allowance ABC staff purchase of 2026 are yours again." in said
    assert "Guarantee until 24 November 2028." in said
    assert "It comes back with your pay" in said
    assert "The guarantee of 24 months is the same as for everybody who buys it" in said


def test_what_is_still_to_come_names_days_and_several_pieces_their_sum(house):
    said = read(house, bought(house, pieces=2, given=False))
    assert "May be brought back until 30 days after it was handed over." in said
    assert "For all 2 you get back €181.50, for fewer what was paid for those." in said


def test_where_nothing_is_promised_that_is_said_and_no_number_is_made_up(house):
    said = read(house, bought(house, INES, item="widget-a", customer="abc"), INES)
    assert "No last day to bring it back is promised: ask the supplier." in said
    assert "What the law gives whoever buys, it gives you too" in said
    assert "It is given back between the two companies" in said


def test_what_an_outsider_paid_is_taken_off_the_invoice_and_it_says_nothing_of_allowances(house):
    said = read(house, bought(house, NORA, customer="kestrel"), NORA)
    assert "It is taken off the invoice" in said
    assert "are yours again" not in said


def test_a_day_that_is_over_is_told_as_over(house):
    address = bought(house)
    late = AT + timedelta(days=3000)
    found = queries.order(viewer=house.actor(MAYA), at=AT, reference=address.split("/")[2])
    (line,) = aftersales.after(found, on=late.date()).lines
    assert "It could be brought back until 24 December 2026. The supplier may still take it back." in line.sentences
    assert "The guarantee ended on 24 November 2028." in line.sentences


def test_a_fault_is_reported_on_the_order_and_answered_there(house):
    address = bought(house)
    maya, siti = house.browser(MAYA), house.browser(SITI)
    typed = {name: values[-1] for name, values in form(maya.get(address), f"{address}fault/").items()}
    assert "Say what is wrong with it." in words(maya.post(f"{address}fault/", typed | {"fault": ""}, follow=True))
    told = words(maya.post(f"{address}fault/", typed | {"fault": "DAMAGED", "words": "The lid"}, follow=True))
    assert "The supplier is told. You get a letter when it is answered." in told
    assert "1 × Coffee machine: Damaged" in told
    assert "Waits for an answer of ABC Retail." in told
    assert "Report a fault" not in told
    assert "Faults to answer" in words(siti.get("/deliveries/"))
    assert f"Order {Order.objects.get().number}" in words(siti.get("/faults/"))
    page = siti.get(address)
    assert "What becomes of it?" in words(page)
    answer = {"which": str(OrderFault.objects.get().pk), "answer": "REPAIRED", "words": "Mended"}
    for wrong in ({"answer": ""}, {"which": "x"}, {"which": "9" * 19}):
        assert "Say what becomes of it." in words(siti.post(f"{address}fault/answer/", answer | wrong, follow=True))
    assert "Answered. Whoever reported it is told." in words(siti.post(f"{address}fault/answer/", answer, follow=True))
    assert "Answer : Repaired – Mended" in words(maya.get(address)).replace("Answer:", "Answer :")
    assert "No fault waits for an answer" in words(siti.get("/faults/"))


def test_it_is_promised_in_the_office(house):
    siti = house.browser(SITI)
    assert "30" in words(siti.get("/office/returns/abc/"))
    assert saved(siti, "/office/returns/abc/do/change/", return_days="14", guarantee_months="")
    assert aftersale.view(viewer=HOUSE, at=AT, supplier="abc").promise.return_days == 14
    assert saved(siti, "/office/returns/abc/do/stop/")
    assert siti.get("/office/returns/abc/").status_code == 404
    assert saved(siti, "/office/returns/-/new/say/", supplier="abc", return_days="", guarantee_months="36")
    assert aftersale.view(viewer=HOUSE, at=AT, supplier="abc").promise == Promise(None, 36)
    assert house.browser(MAYA).get("/office/returns/").status_code == 404


def test_programs_do_the_same(house):
    address = bought(house)[:-1]
    maya, siti = (Caller(token_of(house, part)) for part in (MAYA, SITI))
    told = maya.get(address).json()["after_sale"]
    assert told["lines"] == [
        {
            "position": 1,
            "pieces": 1,
            "handed_over": "2026-11-24",
            "until": "2026-12-24",
            "guarantee": "2028-11-24",
            "back": {"amount": "90.75", "currency": "EUR"},
            "allowances": [
                {
                    "scheme": "ABC staff purchase",
                    "periods": ["2026"],
                    "money": {"amount": "90.75", "currency": "EUR"},
                    "units": 1,
                    "cooling_days": 0,
                }
            ],
        }
    ]
    assert (told["return_days"], told["guarantee_months"], told["may_report"], told["may_answer"]) == (
        30,
        24,
        True,
        False,
    )
    body = {"position": 1, "fault": "QUALITY", "words": "It leaks"}
    assert maya.post(f"{address}/faults", body).status_code == 204
    (row,) = siti.get("/orders?which=faulty").json()["items"]
    assert row["reference"] == address.split("/")[-1]
    (fault,) = siti.get(address).json()["after_sale"]["faults"]
    assert (fault["words"], fault["answer"]) == ("It leaks", None)
    answered = siti.post(f"{address}/faults/{fault['id']}/answer", {"answer": "REPLACED", "words": "Desk"})
    assert answered.status_code == 204
    (fault,) = maya.get(address).json()["after_sale"]["faults"]
    assert (fault["answer"], fault["answer_words"]) == ("REPLACED", "Desk")
    assert siti.sent("PUT", "/returns/abc", {"return_days": 10}).status_code == 204
    (promise,) = siti.get("/returns").json()["items"]
    assert (promise["return_days"], promise["guarantee_months"]) == (10, None)
