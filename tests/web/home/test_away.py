"""I am away, and deciding by the link of a letter, as pages."""

from datetime import timedelta

from django.test import Client
from tests.builders import AT, ON
from tests.cast import HENK, INES, MAYA, TOR
from tests.web.reading import words

from inward.kit import clock, worker
from inward.notices.models import Notice
from inward.notices.queries import DueNotice
from inward.trade.letterlinks import decision_link
from inward.trade.models import Order
from inward.web.letters import sending


def waiting(house):
    return house.order(INES, ("widget-a", 1500), customer="abc-it").reference


def test_a_budget_holder_names_a_deputy_once_and_takes_it_back(house):
    client = house.browser(HENK)
    assert "who approves meanwhile" in words(client.get("/away/"))
    typed = {"since": ON.isoformat(), "last_day": (ON + timedelta(days=4)).isoformat(), "deputy": ""}
    refused = client.post("/away/", typed, follow=True)
    assert "Name a colleague who signs in here" in words(refused)
    assert "Nobody is known by this whole name" in words(client.post("/away/", typed | {"deputy": "Tor"}))
    done = words(client.post("/away/", typed | {"deputy": "tor bergli"}, follow=True))
    assert "It is noted." in done
    assert "24 November 2026 – 28 November 2026" in done
    assert "Tor Bergli: ABC Retail" in done
    waiting(house)
    assert "Til godkjenning 1" in words(house.browser(TOR).get("/"))  # he reads Norwegian
    back = words(client.post("/away/back/", follow=True))
    assert "Welcome back." in back
    assert "24 November 2026 – 24 November 2026" in back


def test_whoever_approves_nothing_only_says_the_days(house):
    client = house.browser(MAYA)
    page = words(client.post("/away/", {"since": "2026-12-01", "last_day": "2026-12-04"}, follow=True))
    assert "1 December 2026 – 4 December 2026" in page
    assert client.post("/away/", {"since": "soon", "last_day": ""}).status_code == 422


def test_the_link_of_the_letter_shows_first_and_acts_on_the_button(house):
    reference = waiting(house)
    worker.drain()
    notice = Notice.objects.get(code="approval_asked", person__code=HENK.code)
    letter = sending.render(DueNotice(notice.pk, HENK.code, notice.code, notice.facts), "en", at=clock.now())
    address = next(word for word in letter.text.split() if "/decide/" in word)
    path = address[address.index("/decide/") :]
    assert path in letter.html
    stranger = Client()
    page = stranger.get(path)
    assert page["Cache-Control"] == "no-store"
    assert "Ines Contarini asks for" in words(page)
    assert "This page was written to Henk Verhoef alone." in words(page)
    assert Order.objects.get().state == "AWAITING_APPROVAL"
    assert "Say why you decline" in words(stranger.post(path, {"word": "no"}))
    assert "You have approved the order." in words(stranger.post(path, {"word": "yes"}))
    assert Order.objects.get().state == "PLACED"
    over = stranger.post(path, {"word": "no", "reason": "x"})
    assert (over.status_code, Order.objects.get().state) == (410, "PLACED")
    assert "Nothing to decide here" in words(over)
    assert reference


def test_a_link_for_whoever_may_not_decide_shows_nothing_of_the_order(house):
    reference = waiting(house)
    for part, said in ((MAYA, "There is no such order"), (INES, "")):
        token = decision_link(reference=reference, person=part.code, at=AT)
        page = Client().get(f"/decide/{token}/")
        assert page.status_code == 410
        assert "Widget" not in words(page)
        assert said in words(page)
