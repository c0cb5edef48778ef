"""Whatever code a thing has, it has a page: codes come from other systems."""

import pytest
from django.urls import reverse
from tests.builders import AT, given_actor
from tests.cast import SITI
from tests.web.reading import words

from inward.catalogue import operations
from inward.core import pricing
from inward.core.terms import Money
from inward.web.components.keys import KeyConverter

CODES = ("staff/2026", "50%", "50%2Fhalf", "a b/ü", "/", "%2F", "100%/year")


@pytest.mark.parametrize("code", CODES)
def test_a_scheme_of_any_code_has_its_pages(house, code):
    keeper = given_actor("abc-keeper", ("DATA_ADMINISTRATOR", "abc"))
    scheme = pricing.Scheme(code, "abc", "Odd scheme", allowance_money=Money.of("900.00", "EUR"))
    operations.set_up_scheme(by=keeper, at=AT, scheme=scheme)
    siti = house.browser(SITI)
    page = reverse("office_page", args=["schemes", code])
    assert page.count("/") == 4  # the code is one piece
    assert "Odd scheme" in words(siti.get(page))
    assert page in siti.get(reverse("office_list", args=["schemes"])).content.decode()
    assert siti.get(reverse("office_history", args=["schemes", code])).status_code == 200


def test_an_address_typed_by_hand_finds_what_it_says():
    to_python = KeyConverter().to_python
    assert [to_python(typed) for typed in ("abc", "50%", "a%2Fb")] == ["abc", "50%", "a/b"]
    with pytest.raises(ValueError, match="decode"):  # so that there is no such page
        to_python("%FF")
