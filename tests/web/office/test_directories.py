"""Whom a directory speaks of and nobody could place, in the office: one says what a word means, and she is placed."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, actor, given_role
from tests.cast import LUCA, SITI
from tests.web.office.test_office import saved, sent
from tests.web.reading import words

from inward.access import operations as access
from inward.access import provisioned
from inward.access.operations import provisioning
from inward.access.vocabulary import TokenScope
from inward.parties import queries as parties

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


@pytest.fixture
def waiting(house):
    """Nina, of whom Entra says that she works in "Shops North" of "ABC"; neither means anything yet."""
    key = access.make_machine(by=HOUSE, at=AT, username="entra", party="abc")
    given_role(key, "DATA_ADMINISTRATOR")
    access.make_token(
        by=HOUSE, at=AT, name="scim", scopes=[TokenScope.SCIM], expires_at=AT + timedelta(days=1), machine=key
    )
    document = {
        "userName": "nina", "displayName": "Nina Berg", "emails": [{"value": "nina@abc.example"}],
        ENTERPRISE: {"organization": "ABC", "department": "Shops North"},
    }  # fmt: skip
    reference = provisioning.keep_record(by=actor(key), at=AT, kind="User", document=document)
    return key, reference


def test_she_waits_in_the_list_with_the_reason_and_a_way_to_mend_each_word(house, waiting):
    key, reference = waiting
    client = house.browser(SITI)
    listed = words(client.get("/office/directory-waiting/"))
    assert "Nina Berg" in listed
    assert "Nothing is mapped to “ABC” (Organisation) of the directory." in listed
    page = client.get(f"/office/directory-waiting/{reference}/")
    assert "Signs in as nina" in words(page)
    links = page.content.decode()
    for attribute, text in (("organization", "ABC"), ("department", "Shops+North")):
        asked = f"connection={key}&amp;attribute={attribute}&amp;text={text}"
        assert f'href="/office/directory-words/-/new/say/?{asked}"' in links


def test_saying_what_the_words_mean_places_her(house, waiting):
    key, reference = waiting
    client = house.browser(SITI)
    say = f"/office/directory-words/-/new/say/?connection={key}"
    saved(client, f"{say}&attribute=organization&text=ABC", party="abc")
    assert len(provisioned.parked(viewer=HOUSE, at=AT)) == 1
    saved(client, f"{say}&attribute=department&text=Shops+North", party="abc-shops")
    assert provisioned.parked(viewer=HOUSE, at=AT) == ()
    (nina,) = [code for code in parties.world().person if parties.name_of(code) == "Nina Berg"]
    assert [(work.company, work.unit) for work in parties.world().work[nina]] == [("abc", "abc-shops")]
    assert client.get(f"/office/directory-waiting/{reference}/").status_code == 404
    listed = words(client.get("/office/directory-words/"))
    assert "Shops North" in listed
    assert "Department" in listed


def test_a_word_that_cannot_mean_that_is_refused_at_its_field_and_nothing_is_kept(house, waiting):
    key, _ = waiting
    client = house.browser(SITI)
    address = f"/office/directory-words/-/new/say/?connection={key}&attribute=department&text=Shops+North"
    answer = client.post(address, sent(client, address, party="abc") | {"step": "preview"})
    assert answer.status_code == 422
    assert "Department cannot mean that" in words(answer)
    assert provisioned.mappings(viewer=HOUSE, at=AT) == ()


def test_trying_again_without_a_change_leaves_her_waiting_with_the_reasons(house, waiting):
    _, reference = waiting
    page = saved(house.browser(SITI), f"/office/directory-waiting/{reference}/do/try-again/")
    assert "Nothing is mapped to “ABC” (Organisation) of the directory." in words(page)
    assert len(provisioned.parked(viewer=HOUSE, at=AT)) == 1


def test_a_meaning_is_changed_for_what_is_said_from_now_on(house, waiting):
    key, _ = waiting
    client = house.browser(SITI)
    saved(client, f"/office/directory-words/-/new/say/?connection={key}&attribute=organization&text=ABC", party="abc")
    (meaning,) = provisioned.mappings(viewer=HOUSE, at=AT)
    page = saved(client, f"/office/directory-words/{meaning.id}/do/change/", party="xyz")
    assert "XYZ" in words(page)
    (now,) = provisioned.mappings(viewer=HOUSE, at=AT)
    assert (now.id, now.party, now.work_kind) == (meaning.id, "xyz", None)


@pytest.mark.parametrize("thing", ["directory-waiting", "directory-words"])
def test_nobody_but_data_administrators_of_everything_finds_them(house, waiting, thing):
    assert house.browser(LUCA).get(f"/office/{thing}/").status_code == 404
    assert house.browser(SITI).get(f"/office/{thing}/").status_code == 200
    assert house.browser(SITI).get(f"/office/{thing}/99/").status_code == 404
    assert house.browser(SITI).get(f"/office/{thing}/99²/").status_code == 404
