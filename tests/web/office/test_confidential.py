"""Confidential people in the office: marked and lifted by their keepers, opened after a page that says what follows, closed by the clock."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, ON, given_role, nothing_written
from tests.cast import ABC, HENK, INES, MAYA, SITI, TOR
from tests.web.office.test_office import WORK, previewed, saved
from tests.web.reading import words

from inward.kit import clock
from inward.kit.models import AuditRow
from inward.parties import operations
from inward.parties.models import ConfidentialityMark, Opening

NEW, OPEN = "/office/confidential/-/new/mark/", "/office/openings/-/new/open/"
PERSON = f"/office/people/{MAYA.code}/"
WHY = "fell ill at the counter, next of kin asked for"


@pytest.fixture(autouse=True)
def _tries(settings, tmp_path):
    settings.INWARD_DATA = tmp_path


@pytest.fixture
def keeper(house):
    given_role(house.users[HENK.code], "MARK_KEEPER", ABC)
    return house.browser(HENK)


@pytest.fixture
def opener(house):
    given_role(house.users[INES.code], "EMERGENCY_READER", ABC)
    return house.browser(INES)


def marked(keeper, **more):
    typed = {"person": MAYA.name, "kind": "PROTECTED_ADDRESS", "reason": "decision 12/2026", "valid_from": "2026-11-24"}
    return saved(keeper, NEW, **typed | more)


def opened(opener, **more):
    return saved(opener, OPEN, **{"person": MAYA.code, "kind": "DANGER", "reason": WHY} | more)


def test_a_person_is_marked_after_a_preview_that_says_what_will_be_hidden(keeper):
    with nothing_written():
        page = previewed(keeper, NEW, person=MAYA.name, kind="INVESTIGATION", reason="case 4", valid_from="2026-11-24")
        assert "Nobody sees this person any more but the person, the keepers of marks" in words(page)
    page = marked(keeper)
    assert "The person is confidential." in words(page)
    assert "Protected address" in words(page)
    code = ConfidentialityMark.objects.get().code
    assert MAYA.name in words(keeper.get("/office/confidential/?text=maya"))
    assert MAYA.name not in words(keeper.get("/office/confidential/?kind=OTHER"))
    assert "Marked as confidential" in words(keeper.get(f"/office/confidential/{code}/history/"))


def test_it_is_corrected_and_lifted_each_after_its_preview(keeper):
    marked(keeper)
    address = f"/office/confidential/{ConfidentialityMark.objects.get().code}/"
    page = saved(keeper, f"{address}do/correct/", kind="OTHER", reason="asked for it", valid_from="2026-11-01")
    assert "Another reason" in words(page)
    page = saved(keeper, f"{address}do/lift/", source="decision 3/2027")
    assert "The mark is lifted." in words(page)
    assert keeper.get(f"{address}do/lift/").status_code == 404


def test_on_the_page_of_a_person_it_is_set_and_lifted_by_whoever_may_do_both(house):
    siti = house.browser(SITI)
    assert "Mark as confidential" not in words(siti.get(PERSON))
    assert siti.get(f"{PERSON}do/mark/").status_code == 404
    given_role(house.users[SITI.code], "MARK_KEEPER")
    assert "Mark as confidential" in words(siti.get(PERSON))
    page = saved(siti, f"{PERSON}do/mark/", kind="PROTECTED_PERSON", reason="police", valid_from="2026-11-24")
    assert "The person is confidential." in words(page)
    assert "Lift the mark" in words(page)
    assert "Confidential Protected person" in words(page)
    assert "Mark as confidential" not in words(page)
    assert "The mark is lifted." in words(saved(siti, f"{PERSON}do/lift-mark/"))
    assert siti.get(f"{PERSON}do/lift-mark/").status_code == 404


def test_others_neither_mark_nor_see_marks_nor_openings(house, keeper):
    marked(keeper)
    code = ConfidentialityMark.objects.get().code
    for part in (SITI, MAYA, INES):
        client = house.browser(part)
        for address in ("/office/confidential/", f"/office/confidential/{code}/", NEW, "/office/openings/", OPEN):
            assert client.get(address).status_code == 404, (part.code, address)


def test_whoever_opens_is_told_first_what_will_happen_and_sees_her_after(house, keeper, opener):
    marked(keeper)
    with nothing_written():
        page = previewed(opener, OPEN, person=MAYA.code, kind="DANGER", reason=WHY)
    said = words(page)
    for sentence in (
        "You will see this person for 60 minutes; then it ends by itself.",
        "The keepers of marks are told at once",
        "The person may be told as well.",
        "It is in the log for good.",
    ):
        assert sentence in said
    assert MAYA.name not in said
    page = opened(opener)
    assert "The person is open to you for a while." in words(page)
    assert f"{MAYA.name}" in words(page)
    assert "Shop assistant" in words(page)
    assert AuditRow.objects.filter(act="parties.open_person").count() == 1
    shown = words(keeper.get("/office/openings/"))
    assert MAYA.name in shown
    assert INES.name in shown
    assert WHY in words(keeper.get(f"/office/openings/{Opening.objects.get().reference}/"))


def test_a_page_that_stood_open_is_gone_when_the_time_is_over(house, keeper):
    given_role(house.users[SITI.code], "EMERGENCY_READER")
    siti = house.browser(SITI)
    marked(keeper)
    assert siti.get(PERSON).status_code == 404
    opened(siti)
    assert "open to you for a while; everybody else sees nothing" in words(siti.get(PERSON))
    with clock.shifted(AT + timedelta(minutes=59)):
        assert siti.get(PERSON).status_code == 200
    with clock.shifted(AT + timedelta(minutes=60)):
        assert siti.get(PERSON).status_code == 404
        assert MAYA.name not in words(siti.get("/office/openings/"))
        assert siti.post(f"{PERSON}do/rename/", {"name": "Other", "step": "save"}).status_code == 404


def test_it_is_ended_early_by_a_keeper_and_the_next_click_finds_nothing(house, keeper):
    given_role(house.users[SITI.code], "EMERGENCY_READER")
    siti = house.browser(SITI)
    marked(keeper)
    opened(siti)
    address = f"/office/openings/{Opening.objects.get().reference}/"
    assert "The person is hidden again." in words(saved(keeper, f"{address}do/close/"))
    assert siti.get(PERSON).status_code == 404
    assert "a protected person" in words(siti.get(address))
    assert "End it now" not in words(siti.get(address))


def test_what_is_refused_is_said_at_its_field_and_alike_for_all_numbers(house, keeper, opener):
    marked(keeper)
    for person in ("nobody", TOR.code, SITI.code):
        page = previewed(opener, OPEN, person=person, kind="DANGER", reason=WHY)
        assert page.status_code == 422
        assert "Nothing can be opened under this code." in words(page)
    page = previewed(opener, OPEN, person=MAYA.code, kind="DANGER", reason="because")
    assert "Say in your own words why you must see this person now" in words(page)
    assert not Opening.objects.exists()


def test_forms_find_nobody_who_is_hidden_by_name_or_number(house, keeper):
    marked(keeper)
    siti = house.browser(SITI)
    for typed in (MAYA.code, MAYA.name, "maya"):
        page = previewed(
            siti, f"{WORK}-/new/start/", person=typed, company="xyz", kind="AGENT", valid_from="2026-12-01"
        )
        assert "Nobody is known by this name or code" in words(page)
    there, never = (
        words(siti.get(f"/inside/?supplier=abc&customer={code}")).replace(code, "") for code in (MAYA.code, "nobody-x")
    )
    assert there == never


def test_a_head_who_is_hidden_is_named_as_protected_and_leads_nowhere(house, keeper):
    operations.name_head(by=HOUSE, at=AT, place="abc-shops", person=MAYA.code, valid_from=ON)
    siti = house.browser(SITI)
    assert f"/office/people/{MAYA.code}/" in siti.get("/office/units/abc-shops/").content.decode()
    marked(keeper)
    page = siti.get("/office/units/abc-shops/")
    assert "a protected person" in words(page)
    assert "protected/" not in page.content.decode()
