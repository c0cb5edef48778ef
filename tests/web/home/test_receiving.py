"""Whoever received something says on the order's page what came; the supplier reads it, and is written to where something was wrong."""

import pytest
from tests.builders import AT
from tests.cast import INES, RATNA, TOR
from tests.web.reading import form, words

from inward.kit import worker
from inward.notices.models import Notice
from inward.trade import operations as trade
from inward.trade.models import OrderLine


@pytest.fixture
def came(house):
    """(the house, an order of ten widgets for IT, all handed over)."""
    reference = house.order(INES, ("widget-a", 10), customer="abc-it").reference
    trade.confirm_delivery(by=house.actor(RATNA), at=AT, reference=reference)
    return house, reference


def test_a_buyer_finds_what_came_and_confirms_it_with_one_click(came):
    house, reference = came
    client = house.browser(INES)
    assert "To confirm 1 Orders that came" in words(client.get("/"))
    assert "to confirm" in words(client.get("/receipts/")).lower()
    page = client.get(f"/orders/{reference}/")
    assert "Waiting for confirmation of what came: IT" in words(page)
    typed = {name: values[-1] for name, values in form(page, f"/orders/{reference}/receive/").items()}
    done = client.post(f"/orders/{reference}/receive/", typed, follow=True)
    assert "Thank you. The supplier is told what came." in words(done)
    assert "Receipt confirmed" in words(done)
    assert "Widget A: 10 taken" in words(done)
    assert "Waiting for" not in words(done)
    assert "Nothing waits to be confirmed" in words(client.get("/receipts/"))


def test_what_is_wrong_is_said_line_by_line_and_the_supplier_is_written_to(came):
    house, reference = came
    client = house.browser(INES)
    page = client.get(f"/orders/{reference}/")
    typed = {name: values[-1] for name, values in form(page, f"/orders/{reference}/receive/").items()}
    typed |= {"taken-1": "6", "refused-1": "2", "missing-1": "2", "surplus-1": "1", "note": "Box was wet"}
    refused = client.post(f"/orders/{reference}/receive/", typed, follow=True)
    assert "Say why the pieces are refused." in words(refused)
    assert OrderLine.objects.get().received == 0
    done = words(
        client.post(f"/orders/{reference}/receive/", typed | {"fault-1": "DAMAGED", "again-1": "no"}, follow=True)
    )
    assert (
        "Widget A: 6 taken, 2 refused (Damaged), given back, 2 missing, 1 too many, free of charge · Box was wet"
        in done
    )
    assert "Waiting for the supplier: " in done
    worker.drain()
    told = Notice.objects.get(code="receipt_confirmed")
    assert told.person.code == RATNA.code
    assert "is not a number of pieces" in words(
        client.post(f"/orders/{reference}/receive/", {"taken-1": "x"}, follow=True)
    )


def test_whoever_serves_for_the_supplier_is_not_asked(came):
    house, reference = came
    assert "What came?" not in words(house.browser(RATNA).get(f"/orders/{reference}/"))
    house.browser(TOR).post(f"/orders/{reference}/receive/", {"taken-1": "10"})
    assert OrderLine.objects.get().received == 0
