"""A suspension from a staff scheme on the pages of whoever is suspended and of those who decide, in letters and over HTTP."""

from datetime import timedelta

import pytest
from django.core import mail
from tests.api.conftest import Caller, token_of
from tests.builders import AT, ON, given_role
from tests.cast import INES, LUCA, MAYA, SITI
from tests.web.office.test_office import previewed, saved
from tests.web.reading import form, words

from inward.catalogue import operations
from inward.catalogue.announcements import SuspensionChanged
from inward.catalogue.models import SchemeHearing, SchemeSuspension
from inward.kit.outbox import announced
from inward.web.letters import reactions, sending

WHY = "Twelve machines were offered for sale."


@pytest.fixture
def reference(house):
    return operations.suspend_from_scheme(
        by=house.actor(SITI), at=AT, scheme="abc-staff", person=MAYA.code, since=ON, days=14, why=WHY
    )


def test_she_reads_why_answers_and_sees_where_it_stands(house, reference):
    maya = house.browser(MAYA)
    assert "You are or were suspended from a staff scheme" in words(maya.get("/allowance/"))
    assert "You are suspended from ABC staff purchase since 24 Nov" in words(maya.get("/shop/coffee-machine/"))
    page = maya.get("/suspensions/")
    assert WHY in words(page)
    typed = form(page, f"/suspensions/{reference}/answer/")
    kept = maya.post(f"/suspensions/{reference}/answer/", typed | {"words": "They were presents."}, follow=True)
    assert "Your answer is kept" in words(kept)
    assert "They were presents." in words(kept)
    empty = maya.post(f"/suspensions/{reference}/answer/", typed | {"words": " "}, follow=True)
    assert "Say why" in words(empty)
    assert SchemeHearing.objects.count() == 2


def test_others_see_neither_page_nor_note(house, reference):
    ines = house.browser(INES)
    assert ines.get(f"/suspensions/{reference}/").status_code == 404
    assert WHY not in words(ines.get("/suspensions/"))
    assert "suspended" not in words(ines.get("/allowance/"))
    assert house.browser(LUCA).get("/office/suspensions/").status_code == 404


def test_the_office_suspends_another_upholds_and_the_first_cannot(house, reference):
    siti = house.browser(SITI)
    page = siti.get(f"/office/suspensions/{reference}/")
    assert (WHY in words(page), "do/uphold/" in page.content.decode()) == (True, False)
    typed = {"scheme": "abc-staff", "person": INES.code, "since": ON.isoformat(), "days": "7", "why": "Sold on."}
    shown = previewed(siti, "/office/suspensions/-/new/suspend/", **typed)
    assert "Ines Contarini" in words(shown)
    made = saved(siti, "/office/suspensions/-/new/suspend/", **typed)
    assert "Suspended; a letter says so" in words(made)
    listed = words(siti.get("/office/suspensions/"))
    assert ("Maya Lund" in listed, "Ines Contarini" in listed) == (True, True)
    given_role(house.users[LUCA.code], "DATA_ADMINISTRATOR")
    luca = house.browser(LUCA)
    address = f"/office/suspensions/{reference}/do/uphold/"
    assert "An answer may still come until" in words(previewed(luca, address, why="It is so."))
    operations.answer_suspension(by=house.actor(MAYA), at=AT, suspension=reference, words="Presents.")
    done = saved(luca, address, why="Five were sold.", valid_until=(ON + timedelta(days=60)).isoformat())
    assert "The suspension is upheld." in words(done)
    row = SchemeSuspension.objects.get(reference=reference)
    assert (row.state, row.until) == ("UPHELD", ON + timedelta(days=61))
    lifted = saved(luca, f"/office/suspensions/{reference}/do/lift/", why="Long enough.")
    assert "The suspension is lifted." in words(lifted)


def test_letters_tell_her_at_once_and_those_who_decide_what_she_answered_without_saying_why(house, reference):
    operations.answer_suspension(by=house.actor(MAYA), at=AT, suspension=reference, words="Presents.")
    operations.lift_suspension(by=house.actor(SITI), at=AT, suspension=reference, why="A mistake.")
    for told in announced(SuspensionChanged):
        reactions.suspension_changed(told, at=AT)
    mail.outbox.clear()
    sending.send_due(at=AT)
    letters = {(letter.to[0].partition("@")[0], letter.subject): letter.body for letter in mail.outbox}
    assert sorted(letters) == [
        (MAYA.code, "You are suspended from a staff scheme"),
        (MAYA.code, "Your suspension is lifted"),
        (SITI.code, "A suspension was answered"),
    ]
    assert all(WHY not in body and "Presents" not in body for body in letters.values())
    assert f"/suspensions/{reference}/" in letters[MAYA.code, "You are suspended from a staff scheme"]
    assert f"/office/suspensions/{reference}/" in letters[SITI.code, "A suspension was answered"]
    reactions.suspension_changed(SuspensionChanged("gone", -1, "abc", "LIFTED"), at=AT)


def test_programs_do_the_same(house):
    siti, maya = Caller(token_of(house, SITI)), Caller(token_of(house, MAYA))
    body = {"scheme": "abc-staff", "person": MAYA.code, "since": ON.isoformat(), "days": 14, "why": WHY}
    reference = siti.post("/suspensions", body).json()["code"]
    assert [row["reference"] for row in siti.get("/suspensions").json()["items"]] == [reference]
    assert maya.post(f"/me/suspensions/{reference}/answer", {"words": "Presents."}).status_code == 204
    (mine,) = maya.get("/me/suspensions").json()
    assert [(step["step"], step["words"]) for step in mine["steps"]] == [("SUSPENDED", WHY), ("ANSWERED", "Presents.")]
    refused = siti.post(f"/suspensions/{reference}/uphold", {"why": "So be it."})
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (403, "suspension_needs_another")
    assert siti.post(f"/suspensions/{reference}/lift", {"words": "A mistake."}).status_code == 204
    assert siti.get(f"/suspensions/{reference}").json()["state"] == "LIFTED"
