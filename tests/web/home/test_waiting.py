"""The waiting list on the pages: joined with one click, one's number on the start page, held until a day, told by letter."""

from datetime import timedelta

from tests.builders import AT, HOUSE
from tests.cast import INES, JONAS, MAYA, RATNA, SITI
from tests.trade.test_stock import buy, counted
from tests.web.office.test_office import saved
from tests.web.reading import form, words

from inward.kit import worker
from inward.notices.models import Notice
from inward.trade import approvals
from inward.trade import operations as trade
from inward.trade.models import WaitingEnd, WaitingPlace
from inward.web.letters.sending import send_due

PAGE = "/shop/widget-a/"


def sent():
    """Everything that was announced is handed out, and letters that are due go off."""
    while worker.drain():
        pass
    send_due(at=AT)


def typed(page):
    return {name: values[-1] for name, values in form(page, "/orders/place/").items()}


def test_who_wants_what_is_gone_waits_with_one_click_and_reads_the_number(house):
    counted(1)
    reference = buy(house, 1)
    maya, jonas = house.browser(MAYA), house.browser(JONAS)
    page = maya.get(PAGE)
    assert "Put me on the waiting list" in words(page)
    done = words(maya.post("/waiting/widget-a/join/", typed(page), follow=True))
    assert "You wait for it. You are written to when it is your turn." in done
    assert "You wait for 1; you are number 1 in line." in done
    assert "Put me on the waiting list" not in done
    trade.join_waiting(by=house.actor(JONAS), at=AT, offering="widget-a")
    assert "2" in words(jonas.get("/"))
    assert "Widget A 1 your number on the waiting list" in words(maya.get("/"))
    trade.cancel_order(by=house.actor(INES), at=AT, reference=reference, reason="Cannot come.")
    until = approvals.after_working_days("xyz", AT.date(), 3)
    held = maya.get(PAGE)
    assert f"1 piece is held for you until {until.day} {until:%B}" in words(held)
    assert "Order now" in words(held)
    assert "held for you until" in words(maya.get("/"))
    assert "is placed" in words(maya.post("/orders/place/", typed(held), follow=True))
    assert "on the waiting list" not in words(maya.get("/"))
    assert WaitingEnd.objects.get().kind == "TAKEN"


def test_who_waits_no_longer_says_so(house):
    counted(0)
    client = house.browser(MAYA)
    client.post("/waiting/widget-a/join/", typed(client.get(PAGE)))
    page = client.get(PAGE)
    assert "I wait no longer" in words(page)
    assert "You wait no longer." in words(client.post("/waiting/widget-a/leave/", typed(page), follow=True))
    assert "Put me on the waiting list" in words(client.get(PAGE))
    wrong = client.post("/waiting/widget-a/join/", {"quantity": "none"}, follow=True)
    assert WaitingPlace.objects.filter(end=None).count() == 0
    assert wrong.status_code == 200
    assert client.get("/waiting/widget-a/join/").status_code == 302


def test_what_is_left_needs_no_waiting(house):
    counted(1)
    client = house.browser(MAYA)
    assert "waiting list" not in words(client.get(PAGE))
    assert "waiting list" not in words(client.get("/shop/coffee-machine/"))
    refused = client.post("/waiting/widget-a/join/", {"quantity": "1"}, follow=True)
    assert "Widget A can be ordered now: there is no need to wait." in words(refused)


def test_who_waited_is_written_to_when_it_is_held_lapsed_or_open_to_all(house, mailoutbox):
    counted(0, answer_days=1)
    for part in (MAYA, INES):
        trade.join_waiting(by=house.actor(part), at=AT, offering="widget-a")
    counted(1, answer_days=1)
    until = WaitingPlace.objects.exclude(until=None).get().until
    WaitingPlace.objects.exclude(until=None).update(until=AT.date() - timedelta(days=1))
    trade.lapse_waiting(by=HOUSE, at=AT)
    counted(1, back_order=True)
    sent()
    told = sorted(Notice.objects.values_list("code", flat=True))
    assert told == ["waiting_held", "waiting_held", "waiting_lapsed"]
    subjects = [mail.subject for mail in mailoutbox]
    assert f"Widget A is held for you until {until.day} {until:%B} {until.year}" in subjects
    assert "Widget A is no longer held for you" in subjects
    assert "/shop/widget-a/" in mailoutbox[0].body


def test_where_everybody_can_order_again_who_waited_is_told(house, mailoutbox):
    counted(0)
    trade.join_waiting(by=house.actor(MAYA), at=AT, offering="widget-a")
    trade.stop_counting(by=HOUSE, at=AT, key="widget-a:Oslo")
    sent()
    assert [mail.subject for mail in mailoutbox] == ["Widget A can be ordered again"]


def test_who_counts_reads_how_many_wait_and_sets_the_days(house):
    counted(0)
    trade.join_waiting(by=house.actor(MAYA), at=AT, offering="widget-a")
    client = house.browser(RATNA)
    page = words(client.get("/office/stock/widget-a:Oslo/"))
    assert "On the waiting list 1" in page
    assert "Working days to order what is held 3" in page
    assert "Maya" not in page
    saved(client, "/office/stock/widget-a:Oslo/do/count/", pieces="1", answer_days="5", source="Ratna")
    held = WaitingPlace.objects.get()
    assert held.until == approvals.after_working_days("xyz", AT.date(), 5)
    assert "Maya" not in words(house.browser(SITI).get("/office/stock/widget-a:Oslo/"))
