"""Unused allowance given on the allowance page, by whole name, and over HTTP."""

from dataclasses import replace
from datetime import date

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE, ON
from tests.cast import INES, MAYA, NORA, SITI
from tests.web.office.test_office import saved
from tests.web.reading import form, words

from inward.catalogue import operations as catalogue
from inward.catalogue.queries import price_book
from inward.core.pricing import GivenTo
from inward.core.terms import Period
from inward.trade.models import AllowanceGift


@pytest.fixture
def house(house):
    scheme = replace(price_book().schemes["abc-staff"], period=Period(), given_to=frozenset({GivenTo.COLLEAGUE}))
    catalogue.change_scheme(by=HOUSE, at=AT, scheme=scheme, valid_from=date(ON.year, 1, 1))
    return house


def test_she_gives_by_whole_name_and_both_read_it(house):
    maya = house.browser(MAYA)
    page = maya.get("/allowance/")
    assert "Give some of your allowance of ABC staff purchase to somebody else" in words(page)
    typed = {name: values[-1] for name, values in form(page, "/allowance/give/").items()}
    for wrong, said in (
        ({"to": "Ines", "money": "10"}, "does not let you give allowance to this person"),
        ({"to": "Ines Contarini", "money": "ten"}, "Say how much you give"),
        ({"to": "Ines Contarini", "money": ""}, "Say how much you give"),
        ({"to": "", "money": "10"}, "required"),
        ({"to": "Ines Contarini", "money": "10", "scheme": "ghost"}, "lets nobody give"),
    ):
        assert said in words(maya.post("/allowance/give/", typed | wrong, follow=True))
    assert AllowanceGift.objects.count() == 0
    done = words(maya.post("/allowance/give/", typed | {"to": "ines contarini", "money": "100,50"}, follow=True))
    assert "It is given; it cannot be taken back." in done
    maya.post("/allowance/give/", typed | {"to": "ines contarini", "money": "100,50"})  # a double click
    assert AllowanceGift.objects.count() == 1
    assert "To Ines Contarini, ABC staff purchase: €100.50" in done
    assert "From Maya Lund, ABC staff purchase: €100.50" in words(house.browser(INES).get("/allowance/"))
    assert "Give some of your allowance" not in words(house.browser(NORA).get("/allowance/"))


def test_programs_give_and_the_office_lets_them(house):
    maya = Caller(token_of(house, MAYA))
    body = {"scheme": "abc-staff", "to": INES.code, "money": {"amount": "50.00", "currency": "EUR"}}
    assert maya.post("/allowances/give", body).status_code == 204
    (gift,) = maya.get("/me/allowance-gifts").json()
    assert (gift["mine"], gift["other"]["code"], gift["money"]["amount"]) == (True, INES.code, "50.00")
    siti = house.browser(SITI)
    saved(siti, "/office/schemes/abc-staff/do/change/", valid_from="2027-01-01", given_to="HOUSEHOLD")
    assert price_book().scheme_on("abc-staff", date(2027, 1, 1)).given_to == frozenset({GivenTo.HOUSEHOLD})
    assert "unused allowance may be given: somebody of the household" in words(
        siti.get("/office/schemes/abc-staff/?on=2027-01-01")
    )
