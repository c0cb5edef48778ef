"""How long it is kept stands above the button and on the order; who gives it away says so there, and reads what it costs."""

from dataclasses import replace
from datetime import date

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE, ON
from tests.cast import MAYA, SITI, TOR
from tests.web.office.test_office import saved
from tests.web.reading import form, words

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.terms import Period
from inward.trade import operations


@pytest.fixture
def reference(house):
    scheme = replace(price_book().schemes["abc-staff"], period=Period(), keep_days=180, repays_early=True)
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=date(ON.year, 1, 1))
    made = house.order(MAYA, ("coffee-machine", 2)).reference
    operations.confirm_delivery(by=house.actor(TOR), at=AT, reference=made)
    return made


def test_she_reads_it_before_and_says_on_the_order_what_became_of_it(house, reference):
    maya = house.browser(MAYA)
    asked = words(maya.get("/shop/coffee-machine/"))
    assert "Keep it until 23 May" in asked
    assert "repays the saving, €30.25 in all" in asked
    page = maya.get(f"/orders/{reference}/")
    address = f"/orders/{reference}/dispose/"
    typed = {name: values[-1] for name, values in form(page, address).items()} | {"line-1": "1"}
    unsaid = maya.post(address, {name: value for name, value in typed.items() if name != "how"}, follow=True)
    assert "Say whether it was given away or sold." in words(unsaid)
    done = words(maya.post(address, typed | {"how": "GIVEN"}, follow=True))
    assert "It is noted on the order." in done
    assert "1 given away or sold" in done
    assert "Repaid, since it was not kept €30.25" in done
    assert "dispose" not in house.browser(TOR).get(f"/orders/{reference}/").content.decode()


def test_programs_say_the_same(house, reference):
    maya = Caller(token_of(house, MAYA))
    line = maya.get(f"/orders/{reference}").json()["lines"][0]
    assert (line["disposed"], line["repaid"], line["kept_until"]) == (0, None, "2027-05-23")
    body = {"lines": [{"position": 1, "quantity": 1}], "how": "SOLD"}
    answer = maya.post(f"/orders/{reference}/dispose", body)
    assert (answer.status_code, answer.json()["amount"]) == (200, {"amount": "30.25", "currency": "EUR"})
    line = maya.get(f"/orders/{reference}").json()["lines"][0]
    assert (line["disposed"], line["repaid"]) == (1, {"amount": "30.25", "currency": "EUR"})


def test_the_office_sets_what_a_scheme_asks(house):
    siti = house.browser(SITI)
    address = "/office/schemes/abc-staff/do/change/"
    page = saved(siti, address, valid_from="2027-01-01", keep_days="90", repays_early="on", cooling_days="14")
    assert page.status_code == 200
    then = price_book().scheme_on("abc-staff", date(2027, 1, 1))
    assert (then.keep_days, then.repays_early, then.cooling_days) == (90, True, 14)
    shown = words(siti.get("/office/schemes/abc-staff/?on=2027-01-01"))
    assert "kept for 90 days, else the saving is repaid" in shown
    assert "no staff price for 14 days after it came back" in shown
