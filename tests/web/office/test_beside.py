"""Two staff schemes side by side, in the office and over HTTP."""

import pytest
from tests.api.conftest import Caller, token_of
from tests.cast import HENK, MAYA, SITI, TOR
from tests.trade.test_schemes_beside import rival  # noqa: F401 (a fixture)
from tests.web.reading import words

from inward.catalogue.queries import price_book

PAGE = "/office/schemes/beside/"


@pytest.fixture
def bought(house):
    for part, pieces in ((MAYA, 2), (TOR, 1), (HENK, 2)):
        house.order(part, ("coffee-machine", pieces), key=part.code)


def test_whoever_keeps_schemes_reads_two_side_by_side(house, bought, rival):  # noqa: F811
    siti = house.browser(SITI)
    assert "Compare with another scheme" in words(siti.get("/office/schemes/abc-staff/"))
    page = words(siti.get(f"{PAGE}?one=abc-staff"))
    assert "Two schemes side by side" in page
    assert "What they pay" not in page
    found = words(siti.get(f"{PAGE}?one=abc-staff&other=half"))
    for said in (
        "ABC staff purchase had set a price in 3 of 3 orders.",
        "Half price had set a price in 3 of 3 orders.",
        "3 people, 3 orders; paid then: €453.75.",
        "What they pay €453.75 €302.50 -€151.25",
        "Below the ordinary price €151.25 €302.50 +€151.25",
        "Below cost €0.00 €50.00 +€50.00",
    ):
        assert said in found
    assert "Maya Lund" not in found
    assert "Choose two different schemes." in words(siti.get(f"{PAGE}?one=half&other=half"))
    assert "What they pay" not in words(siti.get(f"{PAGE}?one=half&other=ghost"))
    assert house.browser(MAYA).get(PAGE).status_code == 404


def test_of_few_people_and_of_nobody_it_says_so(house, rival):  # noqa: F811
    siti = house.browser(SITI)
    assert "Nobody made a private purchase here in the last year." in words(
        siti.get(f"{PAGE}?one=abc-staff&other=half")
    )
    house.order(MAYA, ("coffee-machine", 1))
    told = words(siti.get(f"{PAGE}?one=abc-staff&other=half"))
    assert "Half price had set a price for too few people to tell, of 1 orders." in told
    assert "1 order is not told: too few people bought, and what one person buys is private." in told
    assert "€90.75" not in told


def test_programs_ask_the_same(house, bought, rival):  # noqa: F811
    siti = Caller(token_of(house, SITI))
    found = siti.post("/scheme-comparisons", {"one": "abc-staff", "other": "half"}).json()
    (group,) = found["groups"]
    assert (group["work_kind"], group["people"], found["by_scheme"], found["together"]) == ("FULL_TIME", 3, [3, 3], [])
    assert [side["would"]["amount"] for side in group["sides"]] == ["453.75", "302.50"]
    assert siti.post("/scheme-comparisons", {"one": "half", "other": "half"}).status_code == 422
    assert siti.post("/scheme-comparisons", {"one": "half", "other": "ghost"}).status_code == 404
    maya = Caller(token_of(house, MAYA))
    assert maya.post("/scheme-comparisons", {"one": "abc-staff", "other": "half"}).status_code == 403
    assert "half" in price_book().schemes
