"""What would be, over HTTP."""

from datetime import timedelta

import pytest
from tests.builders import ON
from tests.cast import INES, MAYA, SITI

BEFORE = (ON - timedelta(days=300)).isoformat()
SOLD = f"share:jkl:xyz:0:{BEFORE}"
LEFT = f"work:maya-lund:abc:NONE:{BEFORE}"


@pytest.fixture
def lived_in(house):
    house.order(INES, ("widget-a", 10), customer="abc")
    house.order(MAYA, ("coffee-machine", 1))
    return house


def test_the_dealings_that_would_differ_are_told_to_the_cent(lived_in, caller):
    answer = caller(SITI).get(f"/what-if?s={SOLD}&s={LEFT}")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["asked"], told["differ"]) == (2, 2)
    assert [(turn["before"], turn["after"], turn["dealings"]) for turn in told["turns"]] == [
        ("staff", "outside", 1), ("affiliate", "outside", 1),
    ]  # fmt: skip
    private, sister = told["dealings"]
    assert (private["number"], private["customer"]) == (None, None)
    assert private["before"]["total"] == {"amount": "90.75", "currency": "EUR"}
    assert (sister["supplier"], sister["customer"]) == ("xyz", "abc")
    assert sister["after"] == {
        "kind": "outside", "settlement": "INVOICE", "total": {"amount": "60.50", "currency": "EUR"}, "why_not": None,
    }  # fmt: skip


def test_what_cannot_be_read_is_a_problem_with_its_text(lived_in, caller):
    answer = caller(SITI).get("/what-if?s=nonsense")
    assert answer.status_code == 422
    assert "nonsense" in answer.json()["detail"]
    assert caller(SITI).get("/what-if").status_code == 422


def test_nobody_else_is_told(lived_in, caller):
    assert caller(INES).get(f"/what-if?s={SOLD}").status_code == 403
