"""An address or filter with a NUL names nothing. On PostgreSQL, which cannot be asked for one, it was a fault of the server."""

import pytest
from tests.builders import given_role
from tests.cast import HENK

CALLS = {
    "/orders/a%00b": 404,
    "/pay-runs/a%00~1": 404,
    "/pay-lines?run=a%00~1": 404,
    "/pay-lines?text=a%00": 200,
    "/pay-lines?person=a%00": 422,
    "/companies/a%00b": 404,
    "/units/a%00b/names": 404,
    "/price-raises/a%00": 404,
    "/me/benefit/a%00": 404,
}
PAGES = {
    "/orders/a%00b/": 404,
    "/office/pay-runs/a%00~1/": 404,
    "/office/pay-lines/?run=a%00~1": 404,
    "/office/benefit-accounts/a%00:2025/": 404,
    "/office/companies/a%00b/": 404,
    "/books/abc/related/a%00/": 404,
}

pytestmark = pytest.mark.database


@pytest.fixture
def henk(house):
    for role in ("PAYROLL_OFFICER", "CONTROLLER", "DATA_ADMINISTRATOR"):
        given_role(house.users[HENK.code], role, None)
    return house


def test_a_call_that_names_what_can_have_no_name_finds_nothing(henk, caller):
    found = caller(HENK)
    assert {path: found.get(path).status_code for path in CALLS} == CALLS
    assert found.post("/orders/a%00b/approve", {}).status_code == 404


def test_a_page_that_names_what_can_have_no_name_finds_nothing(henk):
    browser = henk.browser(HENK)
    assert {path: browser.get(path).status_code for path in PAGES} == PAGES
