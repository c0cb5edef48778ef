"""One's profile, and that acting for somebody else is visible on every page with one click back."""

from datetime import date

import pytest
from django.test import Client
from tests.builders import AT, HOUSE, given_role
from tests.cast import HENK, INES, MAYA
from tests.web.door.conftest import through_the_door
from tests.web.reading import form, words

from inward.access import operations as access
from inward.access.models import User
from inward.access.vocabulary import Role
from inward.parties import operations as parties
from inward.parties.vocabulary import MarkKind


def test_everything_about_oneself_is_on_one_page(house):
    page = through_the_door(MAYA).get("/account/")
    said = words(page)
    for expected in (
        "Maya Lund",
        "maya-lund",
        "maya-lund@example.org",
        "Change password",
        "Second factor",
        "1 session",
        "Off: whoever has your password is in.",
    ):
        assert expected in said
    assert 'href="/account/"' in page.content.decode()


def test_language_and_time_zone_are_kept(house):
    client = through_the_door(MAYA)
    answer = client.post("/account/", {"language": "nb", "time_zone": "Asia/Jakarta"})
    assert answer.url == "/account/"
    user = User.objects.get(username="maya-lund")
    assert (user.language, user.time_zone) == ("nb", "Asia/Jakarta")
    assert "Min profil" in words(client.get("/account/")) or "My profile" in words(client.get("/account/"))
    assert client.cookies["django_language"].value == "nb"


@pytest.mark.parametrize(
    "wrong", [{"language": "xx", "time_zone": "UTC"}, {"language": "en", "time_zone": "Mars/Crater"}, {}]
)
def test_what_is_no_language_or_zone_changes_nothing(house, wrong):
    page = through_the_door(MAYA).post("/account/", wrong)
    assert page.status_code == 200
    assert 'class="wrong"' in page.content.decode()
    user = User.objects.get(username="maya-lund")
    assert (user.language, user.time_zone) == ("en", "UTC")


def test_a_zone_that_is_no_longer_offered_stays_chosen(house):
    User.objects.filter(username="maya-lund").update(time_zone="EST5EDT")
    page = through_the_door(MAYA).get("/account/")
    assert form(page, "/account/")["time_zone"] == ["EST5EDT"]


class TestActing:
    PAGES = ("/", "/shop/", "/shop/widget-a/", "/basket/", "/orders/", "/allowance/", "/account/", "/account/sessions/", "/account/second-factor/",
             "/door/logout/", "/door/password/change/", "/door/password/reset/", "/nothing/such/")  # fmt: skip

    def test_it_is_told_on_every_page_with_one_click_back(self, house):
        client = through_the_door(INES)
        client.post("/door/act-for/", {"party": "abc-purchasing"})
        for address in self.PAGES:
            page = client.get(address)
            assert "You act for Purchasing, ABC Retail ." in words(page), address
            assert "Act for myself" in words(page), address
        sent = form(client.get("/shop/"), "/door/act-for/")
        assert (sent["party"], sent["next"]) == ([""], ["/shop/"])
        answer = client.post("/door/act-for/", {"party": "", "next": "/shop/"})
        assert answer.url == "/shop/"
        assert all("You act for Purchasing" not in words(client.get(address)) for address in self.PAGES)

    def test_for_oneself_nothing_is_said(self, house):
        assert "acting-strip" not in through_the_door(INES).get("/").content.decode()

    def test_a_role_handed_on_by_a_colleague_names_her_until_its_last_day(self, house):
        henk = house.actor(HENK)
        access.hand_on_role(by=henk, at=AT, user=house.users[MAYA.code], role=Role.BUDGET_HOLDER, party="abc",
                            valid_from=date(2026, 11, 1), valid_until=date(2026, 12, 1))  # fmt: skip
        client = through_the_door(MAYA)
        for address in ("/", "/account/", "/door/logout/"):
            assert "You stand in for Henk Verhoef: Budget holder, ABC Retail, until 30 November 2026." in words(
                client.get(address)
            ), address

    def test_a_colleague_who_is_hidden_from_her_is_not_named(self, house):
        access.hand_on_role(by=house.actor(HENK), at=AT, user=house.users[MAYA.code], role=Role.BUDGET_HOLDER, party="abc",
                            valid_from=date(2026, 11, 1), valid_until=date(2026, 12, 1))  # fmt: skip
        parties.mark_person(
            by=HOUSE, at=AT, person=HENK.code, kind=MarkKind.PROTECTED_ADDRESS, reason="x", valid_from=AT.date()
        )
        told = words(through_the_door(MAYA).get("/"))
        assert "You stand in for a protected person: Budget holder" in told
        assert HENK.name not in told

    def test_a_role_of_ones_own_is_no_standing_in(self, house):
        given_role(house.users[MAYA.code], "BUYER", "abc")
        assert "You stand in" not in words(through_the_door(MAYA).get("/"))

    def test_a_buyer_who_is_one_no_longer_acts_for_herself_again(self, house):
        client = through_the_door(INES)
        client.post("/door/act-for/", {"party": "abc-purchasing"})
        from inward.access import queries

        for grant in queries.grants(viewer=HOUSE, at=AT, user=house.users[INES.code]):
            access.end_role(by=HOUSE, at=AT, grant=grant.reference, valid_until=AT.date())
        assert "You act for" not in words(client.get("/"))


def test_strangers_have_no_profile(house):
    assert Client().get("/account/").url == "/door/login/?next=/account/"
