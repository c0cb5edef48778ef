"""Net pay on the pages of payroll and of the person, over HTTP and from a file; a limit by it on the office's form."""

from dataclasses import replace
from datetime import date

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE, ON, given_role
from tests.cast import HENK, LUCA, MAYA, SITI
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.pricing import Limit, Span
from inward.core.terms import Period, Rate
from inward.trade.models import NetPay

SCHEME = "/office/schemes/abc-staff/do/limit/"


@pytest.fixture
def henk(house):
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", "abc")
    limit = Limit("pay", Span.MONTH, pay_share=Rate.percent(10))
    scheme = replace(price_book().schemes["abc-staff"], period=Period(), limits=(limit,))
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=date(ON.year, 1, 1))
    return house.browser(HENK)


def test_payroll_tells_it_of_one_and_of_many_and_the_person_reads_it(henk, house):
    typed = {"company": "abc", "currency": "EUR", "valid_from": "2026-11-01"}
    assert saved(henk, "/office/net-pay/-/new/tell/", person="Maya Lund", amount="1000.00", **typed)
    many = typed | {"lines": "Ines Contarini; 2000,00\n\njonas-vik;3000"}
    assert saved(henk, "/office/net-pay/-/new/tell-many/", **many)
    listed = words(henk.get("/office/net-pay/"))
    for said in (
        "Maya Lund ABC Retail €1,000.00",
        "Ines Contarini ABC Retail €2,000.00",
        "Jonas Vik ABC Retail €3,000.00",
    ):
        assert said in listed
    assert "Net pay of a month €1,000.00" in words(henk.get("/office/net-pay/maya-lund~abc/"))
    assert henk.get("/office/net-pay/tor-bergli~abc/").status_code == 404
    for lines, said in (("maya-lund 5", "Line 1:"), ("ghost; 5", "is called ghost")):
        assert said in words(previewed(henk, "/office/net-pay/-/new/tell-many/", **(typed | {"lines": lines})))
    assert NetPay.objects.count() == 3
    own = words(house.browser(MAYA).get("/deductions/"))
    assert "My net pay, as payroll told it" in own
    assert "€1,000.00" in own
    assert "My net pay" not in words(house.browser(SITI).get("/deductions/"))
    for part in (SITI, LUCA, MAYA):
        assert house.browser(part).get("/office/net-pay/").status_code == 404


def test_the_shop_says_that_the_limit_is_reached_and_not_what_she_earns(henk, house):
    maya = house.browser(MAYA)
    assert "payroll has not told yours" in words(maya.get("/shop/coffee-machine/"))
    typed = {"company": "abc", "currency": "EUR", "valid_from": "2026-11-01"}
    assert saved(henk, "/office/net-pay/-/new/tell/", person="maya-lund", amount="800.00", **typed)
    page = words(maya.get("/shop/coffee-machine/"))
    assert "ABC staff purchase: the limit by net pay a month is reached." in page
    assert "800" not in page
    assert "10% of net pay a month" in words(maya.get("/allowance/"))


def test_a_limit_by_net_pay_is_set_in_the_office_and_over_http(henk, house):
    siti = house.browser(SITI)
    page = siti.get("/office/schemes/abc-staff/")
    assert "10% of net pay a month" in words(page)
    caller = Caller(token_of(house, SITI))
    scheme = caller.get("/schemes/abc-staff").json()
    assert [each["pay_percent"] for each in scheme["limits"]] == ["10"]


def test_programs_tell_and_read_it(henk, house):
    caller, maya = Caller(token_of(house, HENK)), Caller(token_of(house, MAYA))
    row = {"person": "maya-lund", "amount": {"amount": "1000.00", "currency": "EUR"}}
    body = {"company": "abc", "valid_from": "2026-11-01", "rows": [row]}
    assert caller.post("/net-pay", body).json() == {"told": 1}
    assert caller.get("/net-pay").json()["items"][0]["amount"]["amount"] == "1000.00"
    (own,) = maya.get("/me/net-pay").json()
    assert (own["company"]["code"], own["valid_from"]) == ("abc", "2026-11-01")
    assert maya.post("/net-pay", body).status_code == 403
    assert caller.post("/net-pay", body | {"rows": [row, row]}).status_code == 422
