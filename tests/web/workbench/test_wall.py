"""The page of a wall screen: nobody is signed in, it renews itself, and its link is made and ended by whoever keeps the queue."""

import re

from django.test import Client
from django.utils.html import escape
from tests.builders import given_role
from tests.cast import INES, MAYA, TOR
from tests.desk.asked import asked, given_desk
from tests.web.reading import words

from inward.desk.models import WallScreen
from inward.kit import clock


def test_a_screen_is_made_opened_by_nobody_renewed_and_ended(house):
    given_desk(house)
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    asked(house, MAYA, text="The till is dead", at=clock.now())
    client = house.browser(TOR)
    made = client.post("/desk/wall/make/", {"queue": "it", "days": "5"}, follow=True)
    assert "IT help" in words(made)
    address = re.search(r'href="(http://testserver/desk/wall/show/[^"]+)"', made.content.decode())[1]
    page = Client().get(address)
    assert page.status_code == 200
    assert "100" in words(page)
    for hidden in ("The till is dead", "Maya", "Tor Bergli"):
        assert hidden not in words(page)
    assert page["Cache-Control"] == "no-store"
    assert f'hx-get="{escape(address.removeprefix("http://testserver"))}"' in page.content.decode()
    part = Client().get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="live"')
    wall = WallScreen.objects.get()
    client.post("/desk/wall/end/", {"wall": wall.reference})
    assert Client().get(address).status_code == 410
    assert client.post("/desk/wall/make/", {"queue": "it", "days": "never"}, follow=True).status_code == 200
    assert WallScreen.objects.count() == 1
    assert house.browser(INES).get("/desk/wall/").status_code == 404
