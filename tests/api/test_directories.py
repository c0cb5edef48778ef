"""Whom a directory speaks of and nobody could place, over HTTP: a program says what a word means, and she is placed."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, actor, given_role
from tests.cast import LUCA, SITI

from inward.access import operations as access
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
        "userName": "nina", "displayName": "Nina Berg", "emails": [{"value": "nina@abc.example"}], "title": "Buyer",
        ENTERPRISE: {"organization": "ABC", "department": "Shops North"},
    }  # fmt: skip
    return str(key), provisioning.keep_record(by=actor(key), at=AT, kind="User", document=document)


def test_she_waits_with_the_reasons_and_is_placed_when_her_words_mean_something(caller, waiting):
    key, reference = waiting
    siti = caller(SITI)
    directory = {"id": key, "name": "entra"}
    assert siti.get("/directories").json() == [directory]
    (listed,) = siti.get(f"/directory-waiting?connection={key}").json()["items"]
    assert (listed["reference"], listed["directory"], listed["name"]) == (reference, directory, "Nina Berg")
    assert next((each["code"], each["facts"]["text"]) for each in listed["reasons"]) == (
        "directory_text_unmapped",
        "ABC",
    )
    one = siti.get(f"/directory-waiting/{reference}").json()
    assert (one["user_name"], one["title"]) == ("nina", "Buyer")
    assert one["says"] == {"organization": "ABC", "department": "Shops North"}

    said = {"directory": key, "attribute": "organization", "text": "ABC", "party": "abc"}
    assert siti.put("/directory-words", said).status_code == 204
    assert siti.post(f"/directory-waiting/{reference}/try-again", {}).json() == {"placed": False}
    assert (
        siti.put(
            "/directory-words", said | {"attribute": "department", "text": "Shops North", "party": "abc-shops"}
        ).status_code
        == 204
    )
    assert siti.get("/directory-waiting").json()["items"] == []
    assert siti.get(f"/directory-waiting/{reference}").status_code == 404
    assert siti.post(f"/directory-waiting/{reference}/try-again", {}).status_code == 404
    (nina,) = [code for code in parties.world().person if parties.name_of(code) == "Nina Berg"]
    assert [(work.company, work.unit) for work in parties.world().work[nina]] == [("abc", "abc-shops")]

    words = siti.get("/directory-words?attribute=department").json()["items"]
    assert [(each["text"], each["party"]["code"], each["work_kind"]) for each in words] == [
        ("Shops North", "abc-shops", None)
    ]
    assert siti.get(f"/directory-words/{words[0]['id']}").json() == words[0]


def test_a_kind_of_work_goes_with_the_kind_of_employment_alone(caller, waiting):
    key, _ = waiting
    siti = caller(SITI)
    kind = {"directory": key, "attribute": "userType", "text": "Vikar", "work_kind": "TEMPORARY"}
    assert siti.put("/directory-words", kind).status_code == 204
    (word,) = siti.get("/directory-words").json()["items"]
    assert (word["work_kind"], word["party"]) == ("TEMPORARY", None)
    wrong = siti.put("/directory-words", kind | {"attribute": "department"})
    assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/directory_text_is_no_work")
    assert siti.put("/directory-words", kind | {"directory": "12"}).status_code == 404


def test_only_those_who_look_after_everything_see_or_say_anything(caller, waiting):
    key, reference = waiting
    luca = caller(LUCA)
    said = {"directory": key, "attribute": "organization", "text": "ABC", "party": "abc"}
    for answer in (
        luca.get("/directories"),
        luca.get("/directory-words"),
        luca.get("/directory-waiting"),
        luca.get(f"/directory-waiting/{reference}"),
        luca.put("/directory-words", said),
        luca.post(f"/directory-waiting/{reference}/try-again", {}),
    ):
        assert answer.status_code == 403
    assert caller(SITI).get("/directory-words").json()["items"] == []
