"""The charges of a cost centre as a page, a line of it disputed, and the answer."""

from datetime import timedelta

import pytest
from tests.builders import AT, ON
from tests.cast import HENK, INES, MAYA, RATNA
from tests.trade.test_budgets import given_budget
from tests.web.reading import form, words

from inward.trade import operations as trade
from inward.trade.models import Dispute

PAGE = "/statements/abc-it/2026-11/"


@pytest.fixture
def charged(house):
    reference = house.order(INES, ("widget-a", 10), customer="abc-it").reference
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference)
    return house, reference


def test_a_buyer_goes_from_the_budget_to_its_charges_and_disputes_one(charged):
    house, _reference = charged
    given_budget("100.00")
    client = house.browser(INES)
    assert f'href="{PAGE}"' in client.get("/budgets/").content.decode()
    page = client.get(PAGE)
    assert "Charged €36.00, given back €0.00: €36.00 in all." in words(page)
    assert "10 × Widget A" in words(page)
    typed = {name: values[-1] for name, values in form(page, f"{PAGE}dispute/").items()}
    assert typed["due"] == (ON + timedelta(days=7)).isoformat()
    assert "Say why" in words(client.post(f"{PAGE}dispute/", typed | {"words": ""}, follow=True))
    assert "Choose a day from today on" in words(
        client.post(f"{PAGE}dispute/", typed | {"words": "x", "due": "?"}, follow=True)
    )
    done = words(client.post(f"{PAGE}dispute/", typed | {"reason": "PRICE", "words": "3.20 was agreed"}, follow=True))
    assert "The supplier is told and asked to answer." in done
    assert "Wrong price 3.20 was agreed answer needed by 1 December 2026" in done
    assert "Dispute this line" not in done


def test_whoever_serves_for_the_supplier_answers_and_the_buyer_reads_it(charged):
    house, reference = charged
    client = house.browser(INES)
    typed = {"order": reference, "reason": "NO_SUCH", "words": "Why?", "due": ON.isoformat()}
    client.post(f"{PAGE}dispute/", typed)
    key = Dispute.objects.get(reason="OTHER").reference
    assert "waits for the supplier" in words(client.get("/disputes/"))
    seller = house.browser(RATNA)
    assert "Why?" in words(seller.get(f"/disputes/{key}/"))
    seller.post(f"/disputes/{key}/answer/", {"answer": "CORRECTED", "words": "Six are given back."})
    assert "Corrected Six are given back." in words(client.get("/disputes/"))
    assert "Corrected: Six are given back." in words(client.get(PAGE))
    assert "Nothing is disputed" in words(house.browser(MAYA).get("/disputes/"))
    assert house.browser(MAYA).get(f"/disputes/{key}/").status_code == 404


def test_the_charges_come_as_a_file(charged):
    house, _ = charged
    client = house.browser(HENK)
    content = b"".join(client.get(f"{PAGE}file.csv").streaming_content).decode()
    assert "10 × Widget A,36.00,EUR" in content
    assert client.get(f"{PAGE}file.exe").status_code == 404
    assert client.get("/statements/abc-it/soon/").status_code == 404
    assert "Nothing was charged" in words(client.get("/statements/abc-it/2026-12/"))
