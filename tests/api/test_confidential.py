"""Confidential people over HTTP: marked by keepers, not there for others whatever they call, opened for a while by those who may."""

from datetime import timedelta

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, given_household, given_household_rule, given_role
from tests.cast import ABC, HENK, INES, LUCA, MAYA, RATNA, SITI, TOR, XYZ

from inward.kit import clock
from inward.parties.models import ConfidentialityMark, Holding, Opening, WorkRelationship

SAID = {"kind": "PROTECTED_ADDRESS", "reason": "decision 12/2026", "valid_from": "2026-11-24"}
WHY = {"kind": "DANGER", "reason": "fell ill at the counter, next of kin asked for"}


@pytest.fixture(autouse=True)
def _tries(settings, tmp_path):
    settings.INWARD_DATA = tmp_path


@pytest.fixture
def keeper(house, caller):
    given_role(house.users[HENK.code], "MARK_KEEPER", ABC)
    return caller(HENK)


@pytest.fixture
def opener(house, caller):
    given_role(house.users[TOR.code], "EMERGENCY_READER", ABC)
    return caller(TOR)


@pytest.fixture
def marked(keeper):
    return keeper.post("/marks", {"person": MAYA.code, **SAID}).json()["code"]


def test_a_mark_is_set_read_corrected_and_lifted_by_keepers_alone(keeper, marked, caller):
    found = keeper.get(f"/marks/{marked}").json()
    assert (found["person"], found["kind"], found["reason"], found["valid_from"]) == (
        {"code": MAYA.code, "name": MAYA.name},
        "PROTECTED_ADDRESS",
        "decision 12/2026",
        "2026-11-24",
    )
    assert [each["code"] for each in keeper.get("/marks").json()["items"]] == [marked]
    assert keeper.get("/marks?on=2026-11-23").json()["items"] == []
    for part in (SITI, MAYA, RATNA):
        other = caller(part)
        assert other.get("/marks").json()["items"] == []
        assert other.get(f"/marks/{marked}").status_code == 404
        assert other.post("/marks", {"person": INES.code, **SAID}).status_code == 403
        assert other.post(f"/marks/{marked}/lift", {}).status_code == 404
    assert keeper.patch(f"/marks/{marked}", SAID | {"kind": "OTHER", "valid_until": "2027-01-01"}).status_code == 204
    assert keeper.get(f"/marks/{marked}").json()["valid_until"] == "2027-01-01"
    assert keeper.post("/marks", {"person": MAYA.code, **SAID}).json()["type"] == "/problems/mark_twice_at_once"
    assert keeper.post(f"/marks/{marked}/lift", {"source": "decision 3"}).status_code == 204
    assert not ConfidentialityMark.objects.current().exists()
    assert caller(SITI).get(f"/people/{MAYA.code}").status_code == 200


def acts_on(house):
    """What a data administrator of everything may do to Maya, and what she is answered for somebody nobody knows."""
    work = WorkRelationship.objects.current().get(person__code=MAYA.code).code
    day = {"valid_from": "2026-12-01"}
    return (
        ("PUT", "/people/{}/name", {"name": "Other"}),
        ("POST", "/work-relationships", {"person": "{}", "company": XYZ, "kind": "AGENT", **day}),
        ("POST", f"/work-relationships/{work}/end", {"valid_until": "2026-12-31"}),
        ("POST", "/holdings", {"owner": "{}", "owned": XYZ, "percent": "1", **day}),
        ("POST", "/people/{}/erase", {"reason": "asked"}),
        ("POST", "/people/{}/absences", {**day}),
        ("PUT", "/places/abc-shops/head", {"person": "{}", **day}),
    )


def filled(said, person):
    if isinstance(said, dict):
        return {name: value.format(person) if isinstance(value, str) else value for name, value in said.items()}
    return said.format(person)


def test_whoever_is_hidden_is_answered_for_as_somebody_nobody_knows(house, marked, caller):
    siti = caller(SITI)
    reads = ("/people/{}", "/people/{}/work", "/people/{}/managers", "/people/{}/absences", "/standing?supplier=abc&customer={}",
             "/standing/explained?supplier=abc&customer={}", "/what-if?s=work:{}:abc:none:2026-12-01",
             "/people/{}/signing-limit?place=abc-it")  # fmt: skip
    for read in reads:
        there, never = siti.get(read.format(MAYA.code)), siti.get(read.format("nobody-x"))
        assert there.status_code == never.status_code, read
        assert there.content.replace(MAYA.code.encode(), b"nobody-x") == never.content, read
    rows = (WorkRelationship.objects.count(), Holding.objects.count())
    for method, path, body in acts_on(house):
        there, never = (
            siti.sent(method, path.format(person), filled(body, person)) for person in (MAYA.code, "nobody-x")
        )
        expected = 404 if "work-relationships/" in path else never.status_code
        assert there.status_code == expected, path
        assert there.status_code >= 400, path
    assert (WorkRelationship.objects.count(), Holding.objects.count()) == rows


def test_neither_a_user_nor_a_buyer_of_everything_is_told_more_of_her_than_of_nobody(house, marked, caller):
    siti = caller(SITI)
    given_role(house.users[SITI.code], "BUYER")
    asked = (
        (
            "POST",
            "/users",
            {"username": "other", "person": "{}", "language": "en", "time_zone": "UTC"},
            "other@example.org",
        ),
        ("POST", "/machines", {"username": "till", "party": "{}"}, ""),
        ("POST", "/quotes", {"lines": [{"offering": "coffee-machine", "quantity": 1}], "customer": "{}"}, ""),
    )
    for method, path, body, email in asked:
        more = {"email": email} if email else {}
        there, never = (siti.sent(method, path, filled(body, who) | more) for who in (MAYA.code, "nobody-x"))
        assert there.status_code == never.status_code >= 400, path
        assert there.content.replace(MAYA.code.encode(), b"nobody-x") == never.content, path
    role = {"role": "BUYER", "party": ABC, "valid_from": "2026-12-01"}
    for key in (house.users[MAYA.code], 1):
        assert siti.post("/roles", {"user": str(key), **role}).status_code == 404


def test_an_order_stays_whole_without_telling_who(house, marked, caller):
    reference = house.order(MAYA, ("coffee-machine", 1)).reference
    seller = caller(TOR)
    whole = seller.get(f"/orders/{reference}").json()
    order = whole["order"]
    assert order["customer"] == order["person"] == {"code": "~protected", "name": "a protected person"}
    assert "maya" not in str(whole).lower()
    (ground,) = whole["standing"]["grounds"]
    assert ground["text"] == "a protected person works for ABC Retail (full-time), since 26 August 2024."
    mine = caller(MAYA).get(f"/orders/{reference}").json()["order"]
    assert mine["customer"] == {"code": MAYA.code, "name": MAYA.name}
    assert mine["total"] == order["total"]


def test_a_household_of_hers_is_there_for_no_keeper_who_may_not_see_her(house, marked, caller):
    given_household_rule()
    given_household(MAYA.code, INES.code)
    given_role(house.users[LUCA.code], "HOUSEHOLD_KEEPER", ABC)
    assert caller(LUCA).get("/households").json()["items"] == []
    assert caller(INES).get("/me/households").json() == []
    assert len(caller(MAYA).get("/me/households").json()) == 1


def test_she_is_opened_seen_and_hidden_again_when_the_time_is_over(house, marked, keeper, opener, caller):
    assert opener.get(f"/people/{MAYA.code}").status_code == 404
    answer = opener.post("/openings", {"person": MAYA.code, **WHY})
    assert answer.status_code == 201
    reference = answer.json()["reference"]
    assert opener.get(f"/people/{MAYA.code}").json()["name"] == MAYA.name
    shown = keeper.get(f"/openings/{reference}").json()
    assert (shown["person"]["code"], shown["opened_by"], shown["reason"], shown["open"], shown["person_told"]) == (
        MAYA.code,
        TOR.name,
        WHY["reason"],
        True,
        True,
    )
    assert caller(SITI).get(f"/openings/{reference}").status_code == 404
    assert caller(SITI).get(f"/people/{MAYA.code}").status_code == 404
    with clock.shifted(AT + timedelta(minutes=61)):
        assert opener.get(f"/people/{MAYA.code}").status_code == 404
        own = opener.get("/openings").json()["items"]
        assert [(each["person"]["name"], each["open"]) for each in own] == [("a protected person", False)]


def test_she_is_hidden_again_as_soon_as_the_opening_is_ended(marked, keeper, opener):
    reference = opener.post("/openings", {"person": MAYA.code, **WHY}).json()["reference"]
    assert keeper.post(f"/openings/{reference}/end", {}).status_code == 204
    assert opener.get(f"/people/{MAYA.code}").status_code == 404
    assert Opening.objects.get().ended_at is not None


def test_nothing_is_opened_without_the_role_nor_found_out_with_it(marked, opener, caller):
    assert caller(SITI).post("/openings", {"person": MAYA.code, **WHY}).status_code == 403
    answers = [opener.post("/openings", {"person": code, **WHY}).json() for code in ("nobody", INES.code, RATNA.code)]
    assert {answer["detail"] for answer in answers} == {"Nothing can be opened under this code."}
    assert not Opening.objects.exists()


def test_a_world_is_written_without_her_for_whoever_may_not_see_her(house, marked, caller):
    assert MAYA.code.encode() not in b"".join(world(caller(SITI)).values())
    given_role(house.users[SITI.code], "MARK_KEEPER")
    files = world(Caller(token_of(house, SITI)))
    assert MAYA.code.encode() in files["people.csv"]
    assert MAYA.code.encode() in files["work_relationships.csv"]


def world(caller):
    import io
    import zipfile

    archive = zipfile.ZipFile(io.BytesIO(caller.get("/world.zip").content))
    return {name: archive.read(name) for name in archive.namelist()}
