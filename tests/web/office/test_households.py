"""Households on the pages: for keepers alone, previewed, each reading noted; and one's own, to see and to end."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.builders import ON, given_household, given_household_rule, given_person, given_role, nothing_written
from tests.cast import ABC, HENK, INES, MAYA, SITI, TOR
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.kit.models import AuditRow
from inward.parties.models import HouseholdMember

NEW = "/office/households/-/new/declare/"


@pytest.fixture
def keeper(house):
    given_role(house.users[HENK.code], "HOUSEHOLD_KEEPER", ABC)
    given_person("erik-lund", "Erik Lund")
    given_household_rule()
    return house.browser(HENK)


def typed(**more):
    return {"person": MAYA.name, "member": "Erik Lund", "tie": "SPOUSE", "purposes": ["PRICE"]} | more


def declared(keeper, **more):
    keeper.get(NEW)
    return saved(keeper, NEW, **typed(**more))


def test_a_household_is_declared_after_a_preview_that_says_who_becomes_inside(keeper):
    page = previewed(keeper, NEW, **typed())
    assert "Erik Lund" in words(page)
    assert "May be used for Prices" in words(page).replace(" –", "")
    assert "inside" in words(page).lower()
    assert not HouseholdMember.objects.exists()
    page = declared(keeper, source="shown to HR")
    assert "The household member is kept." in words(page)
    assert "Erik Lund, household of Maya Lund" in words(page)
    code = HouseholdMember.objects.get().code
    assert AuditRow.objects.filter(act="parties.read_household").exists()
    assert "Read" in words(keeper.get(f"/office/households/{code}/history/"))
    assert "Erik Lund" in words(keeper.get("/office/households/?tie=SPOUSE"))
    assert "Erik Lund" not in words(keeper.get("/office/households/?tie=CHILD"))
    assert keeper.get("/office/households/-/list.csv").status_code == 200


def test_it_is_corrected_ended_and_taken_back_each_after_its_preview(keeper):
    declared(keeper)
    address = f"/office/households/{HouseholdMember.objects.get().code}/"
    page = saved(keeper, f"{address}do/correct/", tie="CHILD", purposes=["PRICE"], valid_from="2026-01-01")
    assert "Relation child" in words(page)
    page = saved(keeper, f"{address}do/end/", valid_until="2026-12-31")
    assert "The last day is kept." in words(page)
    page = saved(keeper, f"{address}do/take-back/")
    assert "It is taken back." in words(page)
    assert keeper.get(address).status_code == 404
    assert not HouseholdMember.objects.current().exists()


def test_what_is_refused_is_said_at_its_field(keeper):
    for field, value, said in (
        ("member", "Erik", "Nobody is known by this whole name or code"),
        ("member", MAYA.name, "Nobody belongs to their own household"),
        ("purposes", [], "Choose at least one."),
    ):
        page = previewed(keeper, NEW, **typed(**{field: value}))
        assert page.status_code == 422, field
        assert said in words(page)
    given_person("erik-2", "Erik Lund")
    assert "Several are called so" in words(previewed(keeper, NEW, **typed()))


def test_a_household_for_another_purpose_moves_no_price(keeper):
    given_household_rule_for_tax()
    assert "nobody pays another one by this" in words(previewed(keeper, NEW, **typed(purposes=["TAX"])))
    declared(keeper, purposes=["TAX"])
    address = f"/office/households/{HouseholdMember.objects.get().code}/"
    for act, more in (("end", {"valid_until": "2026-12-31"}), ("take-back", {})):
        assert "nobody pays another one by this" in words(previewed(keeper, f"{address}do/{act}/", **more))
    corrected = {"tie": "SPOUSE", "valid_from": "2026-01-01"}
    page = previewed(keeper, f"{address}do/correct/", purposes=["TAX"], **corrected)
    assert "nobody pays another one by this" in words(page)
    page = previewed(keeper, f"{address}do/correct/", purposes=["PRICE"], **corrected)
    assert "Erik Lund" in words(page)
    saved(keeper, f"{address}do/correct/", purposes=["PRICE", "TAX"], **corrected)
    page = previewed(keeper, f"{address}do/correct/", purposes=["TAX"], **corrected)
    assert "Erik Lund" in words(page)


def given_household_rule_for_tax():
    from inward.parties.vocabulary import Purpose

    given_household_rule(Purpose.TAX)


def test_others_find_nothing_and_ending_somebodys_work_does_not_tell_who_lives_with_her(keeper, house):
    declared(keeper)
    code = HouseholdMember.objects.get().code
    for part in (SITI, TOR):
        client = house.browser(part)
        for address in ("/office/households/", f"/office/households/{code}/", NEW):
            assert client.get(address).status_code == 404, part
    siti = house.browser(SITI)
    ending = reverse("office_change", args=("work", "maya-lund-abc", "end"))
    page = previewed(siti, ending, valid_until="2026-11-30")
    assert "Maya Lund" in words(page)
    assert "Erik" not in words(page)
    assert "Households" not in words(siti.get("/office/"))
    assert "Households" in words(keeper.get("/office/"))


# One's own


def test_everybody_sees_and_ends_her_own_household_and_nobody_elses(house):
    given_household_rule()
    code = given_household(MAYA.code, INES.code)
    for part in (MAYA, INES):
        client = house.browser(part)
        with nothing_written():
            page = words(client.get("/household/"))
        assert "belongs to the household of Maya Lund" in page
        assert "May be used for Prices" in page
    assert "Ingenting er kjent om husstanden din" in words(house.browser(TOR).get("/household/"))
    assert house.browser(TOR).post(f"/household/{code}/end/", {"last_day": ON.isoformat()}).status_code == 404
    ines = house.browser(INES)
    for typed_day in ("soon", "9999-12-31"):
        assert typed_day in words(ines.post(f"/household/{code}/end/", {"last_day": typed_day}, follow=True))
    assert HouseholdMember.objects.current().get().valid_until is None
    last = (ON + timedelta(days=3)).isoformat()
    assert "The last day is kept." in words(ines.post(f"/household/{code}/end/", {"last_day": last}, follow=True))
    assert HouseholdMember.objects.current().get().valid_until == ON + timedelta(days=4)
    later = (ON + timedelta(days=30)).isoformat()
    assert "It already ends earlier" in words(ines.post(f"/household/{code}/end/", {"last_day": later}, follow=True))
    page = house.browser(MAYA).post(f"/household/{code}/take-back/", follow=True)
    assert "It is taken back" in words(page)
    assert "Nothing is known of your household" in words(page)
