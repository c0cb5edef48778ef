"""Directories say who works here: the protocol by the tests of others, what comes of it by ours."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_server.testing import ScimStorageContract
from scim2_tester import Status, check_server
from tests.builders import AT, HOUSE, actor, given_company, given_person, given_role, given_unit, given_user, given_work

from inward.access import operations as access
from inward.access import provisioned, queries
from inward.access.announcements import SignInChanged
from inward.access.models import DirectoryRecord, RoleGrant
from inward.access.operations import provisioning
from inward.access.vocabulary import DirectoryAttribute, Role, TokenScope
from inward.api.scim import DjangoScimStorage, provider
from inward.config.wsgi import application
from inward.core.classification import WorkKind
from inward.core.terms import Refusal
from inward.kit import clock, outbox
from inward.kit.policy import NotThere
from inward.parties import queries as parties

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
EMPLOYMENT = "urn:inward:params:scim:schemas:extension:employment:1.0:User"
TODAY = AT.date()


class Directory:
    """A connection of ABC with its token."""

    def __init__(self, scopes=(TokenScope.SCIM,), name="entra", ends=AT + timedelta(days=1)):
        self.key = access.make_machine(by=HOUSE, at=AT, username=name, party="abc")
        given_role(self.key, "DATA_ADMINISTRATOR")
        made = access.make_token(by=HOUSE, at=AT, name="scim", scopes=scopes, expires_at=ends, machine=self.key)
        self.token = made.raw

    def sent(self, method, path, body=None, **headers):
        return Client(HTTP_HOST="localhost").generic(
            method,
            f"/scim/v2{path}",
            "" if body is None else json.dumps(body),
            content_type="application/scim+json",
            headers={"Authorization": f"Bearer {self.token}", **headers},
        )

    def patch(self, user, *operations, **headers):
        schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
        return self.sent("PATCH", f"/Users/{user}", {"schemas": [schema], "Operations": list(operations)}, **headers)

    def adds(self, **more):
        answer = self.sent("POST", "/Users", said(**more))
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    def parked(self):
        return [each.reasons[0].code for each in provisioned.parked(viewer=HOUSE, at=AT)]


def said(user="nina", **more):
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE, EMPLOYMENT],
        "userName": user,
        "externalId": f"ext-{user}",
        "displayName": "Nina Berg",
        "emails": [{"value": f"{user}@abc.example", "type": "work", "primary": True}],
        "active": True,
        EMPLOYMENT: {"employingEntity": "abc"},
        **more,
    }


@pytest.fixture
def house(db):
    with clock.shifted(AT):
        given_company("abc", "ABC Retail")
        given_company("xyz", "XYZ Widgets")
        given_unit("abc-it", "abc", "IT")
        yield


@pytest.fixture
def directory(house):
    return Directory()


def person(username):
    key = queries.user_named(username)
    return queries.actor_for(key, via="web", at=AT).person


def periods(username_or_person):
    return [(w.company, w.unit, w.period.start, w.period.until) for w in parties.world().work[username_or_person]]


class TestStorage(ScimStorageContract):
    @pytest.fixture
    def storage(self, directory):
        return DjangoScimStorage(actor(directory.key), AT, provider())

    @pytest.fixture
    def provider(self):
        return provider()


@pytest.fixture
def one_connection():
    """The database's connection outlives each call, as Django's own test client has it."""
    for each in (request_started, request_finished):
        each.disconnect(close_old_connections)
    yield
    for each in (request_started, request_finished):
        each.connect(close_old_connections)


@pytest.mark.parametrize("parked", [True, False])
def test_the_compliance_tester_finds_nothing_wrong(directory, one_connection, parked):
    if not parked:
        provisioning.set_mapping(
            by=HOUSE, at=AT, connection=directory.key, attribute=DirectoryAttribute.ORGANIZATION, text="", party="abc"
        )
    headers = {"Authorization": f"Bearer {directory.token}"}
    client = WSGISCIMClient(application, base_url="http://localhost/scim/v2", headers=headers)
    found = check_server(client)
    wrong = [(each.title, each.reason) for each in found if each.status in (Status.ERROR, Status.CRITICAL)]
    assert wrong == []
    assert len([each for each in found if each.status is Status.SUCCESS]) > 100


def test_somebody_who_is_said_to_work_here_does_and_may_sign_in(directory):
    directory.adds()
    code = person("nina")
    assert parties.name_of(code) == "Nina Berg"
    assert periods(code) == [("abc", None, TODAY, None)]
    assert directory.parked() == []


def test_the_same_patch_twice_leaves_one_world(directory):
    user = directory.adds()
    move = {"op": "Replace", "value": {EMPLOYMENT: {"employingEntity": "abc", "orgUnitId": "abc-it"}}}
    first = directory.patch(user, move)
    world = periods(person("nina"))
    again = directory.patch(user, move)
    assert first.status_code == again.status_code == 200
    assert first.json()["meta"]["version"] == again.json()["meta"]["version"]
    assert periods(person("nina")) == world == [("abc", "abc-it", TODAY, None)]


@pytest.mark.parametrize("way", ["active", "delete"])
def test_who_is_deactivated_is_shut_out_with_the_next_request_and_stays_known(directory, way):
    user = directory.adds()
    key, code = queries.user_named("nina"), person("nina")
    token = access.make_token(
        by=actor(key), at=AT, name="t", scopes=[TokenScope.READ], expires_at=AT + timedelta(days=1)
    )
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(get_user_model().objects.get(pk=key), backend="inward.access.backend.SignInBackend")
    program = Client(HTTP_HOST="localhost", headers={"Authorization": f"Bearer {token.raw}"})
    assert browser.get("/orders/").status_code == 200
    assert program.get("/api/v1/me").status_code == 200
    if way == "active":
        assert directory.patch(user, {"op": "Replace", "path": "active", "value": "False"}).status_code == 200
    else:
        assert directory.sent("DELETE", f"/Users/{user}").status_code == 204
    assert browser.get("/orders/").status_code == 302
    assert program.get("/api/v1/me").status_code == 401
    assert parties.name_of(code) == "Nina Berg"
    assert all(until is not None for *_, until in periods(code))


def test_an_end_that_hr_said_is_kept_when_the_account_is_deactivated_before(directory):
    end = {"employingEntity": "abc", "startDate": "2026-01-01T00:00:00Z", "endDate": "2026-12-31T00:00:00Z"}
    user = directory.adds(**{EMPLOYMENT: end})
    code = person("nina")
    directory.patch(user, {"op": "replace", "value": {"active": False}})
    assert periods(code) == [("abc", None, date(2026, 1, 1), date(2027, 1, 1))]


def test_who_comes_back_works_on_without_a_gap_and_old_tokens_stay_dead(directory):
    user = directory.adds(**{EMPLOYMENT: {"employingEntity": "abc", "startDate": "2026-01-01T00:00:00Z"}})
    code, key = person("nina"), queries.user_named("nina")
    token = access.make_token(
        by=actor(key), at=AT, name="t", scopes=[TokenScope.READ], expires_at=AT + timedelta(days=1)
    )
    directory.patch(user, {"op": "replace", "path": "active", "value": False})
    directory.patch(user, {"op": "replace", "path": "active", "value": True})
    assert periods(code) == [("abc", None, date(2026, 1, 1), TODAY), ("abc", None, TODAY, None)]
    program = Client(HTTP_HOST="localhost", headers={"Authorization": f"Bearer {token.raw}"})
    assert program.get("/api/v1/me").status_code == 401


def test_a_text_nobody_has_explained_parks_her_and_one_mapping_places_her(directory):
    directory.adds(**{EMPLOYMENT: {}, ENTERPRISE: {"organization": "ABC BV", "department": "Computers"}})
    assert directory.parked() == ["directory_text_unmapped"]
    assert queries.user_named("nina") is None
    mapped = {"by": HOUSE, "at": AT, "connection": directory.key}
    provisioning.set_mapping(**mapped, attribute=DirectoryAttribute.ORGANIZATION, text="ABC BV", party="abc")
    assert directory.parked() == ["directory_text_unmapped"]
    provisioning.set_mapping(**mapped, attribute=DirectoryAttribute.DEPARTMENT, text="Computers", party="abc-it")
    assert directory.parked() == []
    assert periods(person("nina")) == [("abc", "abc-it", TODAY, None)]


def test_the_kind_of_work_is_what_its_text_means(directory):
    provisioning.set_mapping(
        by=HOUSE, at=AT, connection=directory.key, attribute=DirectoryAttribute.USER_TYPE, text="Ext",
        work_kind=WorkKind.CONTRACTOR,
    )  # fmt: skip
    directory.adds(userType="Ext")
    assert [w.kind for w in parties.world().work[person("nina")]] == [WorkKind.CONTRACTOR]


def test_an_external_id_is_set_once(directory):
    user = directory.adds()
    answer = directory.patch(user, {"op": "replace", "path": "externalId", "value": "other"})
    assert (answer.status_code, answer.json()["scimType"]) == (400, "mutability")


def test_a_manager_who_would_report_to_her_is_not_taken(directory):
    nina = directory.adds()
    ole = directory.adds(user="ole", **{ENTERPRISE: {"manager": {"value": nina}}})
    directory.patch(nina, {"op": "add", "path": f"{ENTERPRISE}:manager", "value": {"value": ole}})
    assert "manager" not in directory.sent("GET", f"/Users/{nina}").json().get(ENTERPRISE, {})
    assert directory.sent("GET", f"/Users/{ole}").json()[ENTERPRISE]["manager"]["value"] == nina


def test_a_stale_version_is_refused(directory):
    user = directory.adds()
    change = {"op": "replace", "path": "title", "value": "Buyer"}
    assert directory.patch(user, change, **{"If-Match": 'W/"7"'}).status_code == 412
    assert directory.patch(user, change, **{"If-Match": 'W/"1"'}).status_code == 200


def test_filters_and_pages(directory):
    for name in ("nina", "ole", "pia"):
        directory.adds(user=name)

    def found(query):
        return directory.sent("GET", f"/Users?{query}").json()

    assert [u["userName"] for u in found('filter=userName eq "OLE"')["Resources"]] == ["ole"]
    assert [u["userName"] for u in found('filter=emails[value sw "pia" and type eq "work"]')["Resources"]] == ["pia"]
    assert found("count=0")["totalResults"] == 3
    assert [u["userName"] for u in found("sortBy=userName&startIndex=2&count=1")["Resources"]] == ["ole"]
    assert directory.sent("GET", "/Users?filter=nonsense").status_code == 400


@pytest.mark.parametrize("scope", [TokenScope.READ, TokenScope.WRITE, TokenScope.PARTIES_WRITE])
def test_no_other_scope_reaches_it(house, scope):
    other = Directory([scope])
    assert other.sent("GET", "/Users").status_code == 403


def test_a_directory_token_reaches_nothing_else_and_a_stranger_nothing(directory):
    program = Client(HTTP_HOST="localhost", headers={"Authorization": f"Bearer {directory.token}"})
    assert program.get("/api/v1/companies").status_code == 403
    directory.token = "inw_nobody"
    answer = directory.sent("GET", "/Users")
    assert answer.status_code == 401
    assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


def test_one_directory_does_not_see_or_touch_what_another_said(directory):
    user = directory.adds()
    other = Directory(name="okta")
    assert other.sent("GET", f"/Users/{user}").status_code == 404
    assert other.sent("DELETE", f"/Users/{user}").status_code == 404
    other.adds()
    assert directory.parked() == ["directory_account_taken"]
    assert directory.sent("GET", f"/Users/{user}").status_code == 200


# --- what a directory may not do to those who are here already ---------------------------------------------------------


def account(key):
    found = get_user_model().objects.get(pk=key)
    return found.username, found.email, found.is_active


def told():
    return [(each.user_id, each.what) for each in outbox.announced(SignInChanged)]


def given_nina(**more):
    given_person("nina-b", "Nina Berg", email="old@abc.example")
    return given_user("nina", person="nina-b", email="old@abc.example", **more)


def test_who_signs_in_by_that_name_already_is_linked_and_told_of_her_new_address(directory):
    key = given_nina()
    directory.adds()
    assert directory.parked() == []
    assert person("nina") == "nina-b"
    assert account(key) == ("nina", "nina@abc.example", True)
    assert told() == [(key, "EMAIL")]


@pytest.mark.parametrize("role", [each.value for each in Role if each is not Role.EMPLOYEE])
@pytest.mark.parametrize("since", [TODAY - timedelta(days=1), TODAY + timedelta(days=9)])
def test_whoever_holds_a_granted_role_is_not_linked_but_parked(directory, role, since):
    key = given_nina()
    given_role(key, role, None if role in ("OPERATOR", "DATA_ADMINISTRATOR") else "abc", valid_from=since)
    directory.adds(displayName="Mallory")
    assert directory.parked() == ["directory_account_has_roles"]
    assert account(key) == ("nina", "old@abc.example", True)
    assert parties.name_of("nina-b") == "Nina Berg"
    assert "nina-b" not in parties.world().work
    assert told() == []


def test_whose_role_has_ended_is_linked(directory):
    key = given_nina()
    given_role(key, "BUYER", "abc", valid_until=TODAY)
    directory.adds()
    assert directory.parked() == []
    assert account(key) == ("nina", "nina@abc.example", True)


def test_a_lock_set_here_is_not_opened_by_a_directory(directory):
    key = given_nina()
    access.lock_user(by=HOUSE, at=AT, user=key)
    directory.adds()
    assert directory.parked() == ["directory_account_locked"]
    assert account(key) == ("nina", "old@abc.example", False)
    assert "nina-b" not in parties.world().work


def test_a_lock_set_here_on_a_linked_user_outlives_what_the_directory_says_next(directory):
    user = directory.adds()
    key = queries.user_named("nina")
    access.lock_user(by=HOUSE, at=AT, user=key)
    directory.patch(user, {"op": "replace", "path": "title", "value": "Buyer"})
    assert directory.parked() == ["directory_account_locked"]
    assert account(key) == ("nina", "nina@abc.example", False)
    directory.patch(user, {"op": "replace", "path": "active", "value": False})
    directory.patch(user, {"op": "replace", "path": "active", "value": True})
    assert account(key) == ("nina", "nina@abc.example", False)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("userName", "mallory"),
        ("displayName", "Mallory"),
        ("emails", [{"value": "mallory@evil.example", "type": "work", "primary": True}]),
    ],
)
def test_a_linked_user_who_holds_a_role_keeps_name_and_address(directory, path, value):
    user = directory.adds()
    key, code = queries.user_named("nina"), person("nina")
    given_role(key, "BUYER", "abc")
    directory.patch(user, {"op": "replace", "path": path, "value": value})
    assert directory.parked() == ["directory_account_has_roles"]
    assert account(key) == ("nina", "nina@abc.example", True)
    assert parties.name_of(code) == "Nina Berg"
    assert told() == []
    directory.patch(user, {"op": "replace", "path": "active", "value": False})
    assert account(key) == ("nina", "nina@abc.example", False)


def test_a_linked_user_is_told_of_her_new_name_and_address_and_may_be_called_otherwise(directory):
    user = directory.adds()
    key, code = queries.user_named("nina"), person("nina")
    change = {"userName": "nina.dahl", "displayName": "Nina Dahl", "emails": [{"value": "dahl@abc.example"}]}
    directory.patch(user, {"op": "replace", "value": change})
    assert directory.parked() == []
    assert account(key)[0] == "nina.dahl"
    assert parties.name_of(code) == "Nina Dahl"
    assert (key, "USERNAME") in told()


def test_an_address_that_somebody_else_has_parks_her(directory):
    other = given_user("pia", email="pia@abc.example")
    user = directory.adds()
    key = queries.user_named("nina")
    directory.patch(user, {"op": "replace", "value": {"emails": [{"value": "pia@abc.example", "primary": True}]}})
    directory.patch(user, {"op": "replace", "path": "userName", "value": "pia"})
    assert directory.parked() == ["directory_account_taken"]
    assert account(key) == ("nina", "nina@abc.example", True)
    assert account(other) == ("pia", "pia@abc.example", True)


# --- work that begins again ---------------------------------------------------------------------------------------------


def test_who_is_deleted_and_added_again_does_not_work_twice_on_one_day(directory):
    old = {EMPLOYMENT: {"employingEntity": "abc", "startDate": "2026-01-01"}}
    user = directory.adds(**old)
    code = person("nina")
    directory.sent("DELETE", f"/Users/{user}")
    directory.adds(**old)
    assert directory.parked() == []
    assert account(queries.user_named("nina")) == ("nina", "nina@abc.example", True)
    assert periods(code) == [("abc", None, date(2026, 1, 1), TODAY), ("abc", None, TODAY, None)]


def test_added_again_for_another_company_she_begins_when_the_first_work_has_ended(directory):
    user = directory.adds(**{EMPLOYMENT: {"employingEntity": "abc", "startDate": "2026-01-01"}})
    code = person("nina")
    directory.sent("DELETE", f"/Users/{user}")
    directory.adds(**{EMPLOYMENT: {"employingEntity": "xyz", "startDate": "2026-02-01"}})
    assert periods(code) == [("abc", None, date(2026, 1, 1), TODAY), ("xyz", None, TODAY, None)]


def test_work_that_is_recorded_here_already_is_gone_on_with(directory):
    given_nina()
    given_work("nina-b", "abc", valid_from=date(2026, 1, 1), line_of_business="retail")
    directory.adds(title="Buyer")
    assert periods("nina-b") == [("abc", None, date(2026, 1, 1), TODAY), ("abc", None, TODAY, None)]
    assert [work.line_of_business for work in parties.world().work["nina-b"]] == ["retail", "retail"]


def test_a_move_to_another_company_ends_work_in_the_first_and_work_of_one_day_is_a_day(directory):
    user = directory.adds()
    move = {"op": "replace", "value": {EMPLOYMENT: {"employingEntity": "xyz"}}}
    directory.patch(user, move)
    tomorrow = TODAY + timedelta(days=1)
    assert periods(person("nina")) == [("abc", None, TODAY, tomorrow), ("xyz", None, tomorrow, None)]


def test_an_end_that_hr_says_later_is_recorded(directory):
    user = directory.adds()
    directory.patch(user, {"op": "add", "value": {EMPLOYMENT: {"employingEntity": "abc", "endDate": "2026-12-31"}}})
    assert periods(person("nina")) == [("abc", None, TODAY, date(2027, 1, 1))]


def test_work_that_is_no_longer_recorded_here_begins_anew(directory):
    user = directory.adds()
    code = person("nina")
    DirectoryRecord.objects.update(work="gone")
    directory.patch(user, {"op": "replace", "path": "title", "value": "Buyer"})
    assert directory.parked() == []
    assert periods(code) == [("abc", None, TODAY, None)]
    DirectoryRecord.objects.update(work="gone")
    directory.patch(user, {"op": "replace", "path": "active", "value": False})
    assert account(queries.user_named("nina"))[2] is False
    assert periods(code) == [("abc", None, TODAY, None)]


def test_a_text_means_nothing_that_is_not_there(directory):
    mapped = {"by": HOUSE, "at": AT, "attribute": DirectoryAttribute.DIVISION, "text": "x"}
    with pytest.raises(NotThere):
        provisioning.set_mapping(**mapped, connection=directory.key, party="no")
    assert provisioned.mappings(viewer=HOUSE, at=AT) == ()


def test_only_a_machine_is_a_connection(directory):
    somebody = given_user("pia")
    mapped = {"by": HOUSE, "at": AT, "attribute": DirectoryAttribute.ORGANIZATION, "text": "x", "party": "abc"}
    with pytest.raises(NotThere):
        provisioning.set_mapping(**mapped, connection=somebody)
    assert provisioned.mappings(viewer=HOUSE, at=AT) == ()
    provisioning.set_mapping(**mapped, connection=directory.key)
    assert [(each.text, each.party) for each in provisioned.mappings(viewer=HOUSE, at=AT)] == [("x", "abc")]


def test_a_text_means_only_what_its_attribute_can_mean(directory):
    mapped = {"by": HOUSE, "at": AT, "connection": directory.key}
    for attribute, text, party, kind, code in (
        (DirectoryAttribute.ORGANIZATION, "x", "abc-it", None, "directory_text_is_no_party"),
        (DirectoryAttribute.DEPARTMENT, "x", "abc", None, "directory_text_is_no_party"),
        (DirectoryAttribute.USER_TYPE, "x", "abc", None, "directory_text_is_no_party"),
        (DirectoryAttribute.DEPARTMENT, "x", None, WorkKind.INTERN, "directory_text_is_no_work"),
        (DirectoryAttribute.DEPARTMENT, "x" * 256, "abc-it", None, "directory_text_too_long"),
    ):
        with pytest.raises(Refusal) as refused:
            provisioning.set_mapping(**mapped, attribute=attribute, text=text, party=party, work_kind=kind)
        assert refused.value.reason.code == code
    assert provisioned.mappings(viewer=HOUSE, at=AT) == ()


def test_who_was_parked_for_a_reason_that_is_gone_is_placed_when_the_directory_says_the_same_again(directory):
    given_user("olga", email="nina@abc.example")
    user = directory.adds()
    assert directory.parked() != []
    get_user_model().objects.filter(username="olga").update(email="olga@abc.example")
    version = directory.sent("GET", f"/Users/{user}").json()["meta"]["version"]
    same = directory.sent("PUT", f"/Users/{user}", said())
    assert (same.status_code, same.json()["meta"]["version"]) == (200, version)
    assert directory.parked() == []
    assert periods(person("nina")) == [("abc", None, TODAY, None)]


def test_trying_again_tells_whether_it_helped_and_nobody_else_is_there_to_be_tried(directory):
    directory.adds(**{EMPLOYMENT: {"employingEntity": "abc", "orgUnitId": "abc-shop"}})
    (waits,) = provisioned.parked(viewer=HOUSE, at=AT)
    again = {"by": HOUSE, "at": AT, "reference": waits.reference}
    assert provisioning.try_again(**again) is False
    assert directory.parked() == ["directory_text_unmapped"]
    given_unit("abc-shop", "abc", "Shop")
    assert provisioning.try_again(**again) is True
    assert directory.parked() == []
    assert periods(person("nina")) == [("abc", "abc-shop", TODAY, None)]
    with pytest.raises(NotThere):
        provisioning.try_again(**again)
    with pytest.raises(NotThere):
        provisioned.parked_one(viewer=HOUSE, at=AT, reference=waits.reference)


def test_a_lock_put_by_people_here_on_top_of_the_directorys_outlives_it(directory):
    user = directory.adds()
    key = queries.user_named("nina")
    directory.patch(user, {"op": "replace", "path": "active", "value": False})
    access.lock_user(by=HOUSE, at=AT, user=key)
    directory.patch(user, {"op": "replace", "path": "active", "value": False})
    directory.patch(user, {"op": "replace", "path": "active", "value": True})
    assert account(key)[2] is False
    assert directory.parked() == ["directory_account_locked"]
    access.unlock_user(by=HOUSE, at=AT, user=key)
    directory.patch(user, {"op": "replace", "path": "active", "value": True})
    assert account(key)[2] is True
    assert directory.parked() == []


def bulk(directory, *operations):
    schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
    return directory.sent("POST", "/Bulk", {"schemas": [schema], "Operations": list(operations)})


def test_a_bulk_request_sent_twice_adds_nobody_twice(directory):
    adds = [
        {"method": "POST", "path": "/Users", "bulkId": name, "data": said(name, displayName=name.title())}
        for name in ("ada", "bo")
    ]
    first, again = bulk(directory, *adds), bulk(directory, *adds)
    assert [each["status"] for each in first.json()["Operations"]] == ["201", "201"]
    assert [each["status"] for each in again.json()["Operations"]] == ["409", "409"]
    assert DirectoryRecord.objects.count() == 2
    assert [periods(person(name)) for name in ("ada", "bo")] == [[("abc", None, TODAY, None)]] * 2


def test_patches_that_overtake_each_other_leave_what_the_last_one_said_and_one_work(directory):
    user = directory.adds()
    given_unit("abc-shop", "abc", "Shop")
    to_it, to_shop = (
        {"op": "replace", "value": {EMPLOYMENT: {"employingEntity": "abc", "orgUnitId": unit}}}
        for unit in ("abc-it", "abc-shop")
    )
    for each in (to_shop, to_it, to_shop, to_it, to_it):
        assert directory.patch(user, each).status_code == 200
    assert periods(person("nina")) == [("abc", "abc-it", TODAY, None)]
    stale = directory.patch(user, to_shop, **{"If-Match": 'W/"1"'})
    assert stale.status_code == 412
    assert periods(person("nina")) == [("abc", "abc-it", TODAY, None)]


@pytest.mark.django_db(transaction=True)
def test_the_sanity_probe_finds_nothing_wrong(live_server):
    with clock.shifted(clock.now()):
        given_company("abc", "ABC Retail")
        directory = Directory(ends=clock.now() + timedelta(days=1))
        provisioning.set_mapping(
            by=HOUSE, at=AT, connection=directory.key, attribute=DirectoryAttribute.ORGANIZATION, text="", party="abc"
        )
    probe = subprocess.run(
        [sys.executable, "-m", "scim_sanity", "probe", f"{live_server.url}/scim/v2", "--token", directory.token,
         "--i-accept-side-effects", "--json-output"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    found = json.loads(probe.stdout)
    assert [each for each in found["results"] if each["status"] == "fail"] == []


PAYLOADS = Path(__file__).resolve().parents[1] / "data" / "scim"


def payload(name):
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def place_everybody(directory):
    for attribute, text in (("ORGANIZATION", ""), ("ORGANIZATION", "Universal Studios")):
        provisioning.set_mapping(
            by=HOUSE, at=AT, connection=directory.key, attribute=DirectoryAttribute[attribute], text=text, party="abc"
        )
    for attribute, text in (
        ("COST_CENTRE", "4130"), ("DIVISION", "Theme Park"), ("DEPARTMENT", "Tour Operations"), ("USER_TYPE", "Employee"),
    ):  # fmt: skip
        provisioning.set_mapping(
            by=HOUSE, at=AT, connection=directory.key, attribute=DirectoryAttribute[attribute], text=text
        )


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("rfc7643-8.1-user-minimal", "bjensen@example.com"),
        ("rfc7643-8.2-user-full", "Babs Jensen"),
        ("rfc7643-8.3-enterprise_user", "Babs Jensen"),
    ],
)
def test_the_users_of_the_standard_work_here_and_follow_its_patches(directory, name, called):
    place_everybody(directory)
    added = directory.sent("POST", "/Users", payload(name))
    assert added.status_code == 201, added.content
    user, code = added.json()["id"], person("bjensen@example.com")
    assert directory.parked() == []
    assert parties.name_of(code) == called
    assert periods(code) == [("abc", None, TODAY, None)]
    for change in (
        "rfc7644-3.5.2.1-patch_op-add_emails",
        "rfc7644-3.5.2.3-patch_op-replace_all_email_values",
        "rfc7644-3.5.2.3-patch_op-replace_user_work_address",
    ):
        answer = directory.sent("PATCH", f"/Users/{user}", payload(change))
        assert answer.status_code in (200, 400), (change, answer.content)
        assert (answer.status_code == 400) == ("work_address" in change and "addresses" not in payload(name)), change
    assert account(queries.user_named("bjensen@example.com"))[1] == "bjensen@example.com"
    assert periods(code) == [("abc", None, TODAY, None)]


def test_the_group_of_the_standard_is_kept_and_gives_nobody_a_right(directory):
    added = directory.sent("POST", "/Groups", payload("rfc7643-8.4-group"))
    assert added.status_code == 201, added.content
    members = [each["display"] for each in added.json()["members"]]
    assert members == ["Babs Jensen", "Mandy Pepperidge"]
    assert RoleGrant.objects.exclude(user_id=directory.key).count() == 0


def test_the_bulk_requests_of_the_standard_are_answered_each_operation_by_itself(directory):
    place_everybody(directory)
    done = directory.sent("POST", "/Bulk", payload("rfc7644-3.7.2-bulk_request-temporary_identifier"))
    assert [each["status"] for each in done.json()["Operations"]] == ["201", "201"]
    groups = directory.sent("GET", "/Groups").json()["Resources"]
    users = {each["userName"]: each["id"] for each in directory.sent("GET", "/Users").json()["Resources"]}
    assert [[member["value"] for member in each["members"]] for each in groups] == [[users["Alice"]]]
    circular = directory.sent("POST", "/Bulk", payload("rfc7644-3.7.1-bulk_request-circular_conflict"))
    assert {each["status"] for each in circular.json()["Operations"]} == {"409"}
    assert directory.sent("GET", "/Groups").json()["totalResults"] == 1
