"""Households over HTTP: for keepers, each reading noted, and for the two; the world brings them by their own permission."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.builders import given_household_rule, given_person, given_role
from tests.cast import ABC, HENK, MAYA, RATNA, SITI, TOR

from inward.kit.models import AuditRow
from inward.parties.models import HouseholdMember

BODY = {"person": MAYA.code, "member": TOR.code, "tie": "SPOUSE", "purposes": ["PRICE"], "valid_from": "2026-01-01"}


@pytest.fixture
def keeper(house, caller):
    given_role(house.users[HENK.code], "HOUSEHOLD_KEEPER", ABC)
    given_household_rule()
    return caller(HENK)


def test_it_is_declared_read_corrected_ended_and_taken_back(keeper, caller):
    code = keeper.post("/households", BODY).json()["code"]
    found = keeper.get(f"/households/{code}").json()
    assert (found["member"]["code"], found["tie"], found["purposes"]) == (TOR.code, "SPOUSE", ["PRICE"])
    assert AuditRow.objects.filter(act="parties.read_household").count() == 1
    assert [each["code"] for each in keeper.get("/households").json()["items"]] == [code]
    for part in (MAYA, TOR):
        assert [each["code"] for each in caller(part).get("/me/households").json()] == [code]
    assert caller(RATNA).get("/me/households").json() == []
    said = {"tie": "PARTNER", "purposes": ["PRICE"], "valid_from": "2026-02-01"}
    assert keeper.patch(f"/households/{code}", said).status_code == 204
    tor = caller(TOR)
    assert tor.patch(f"/households/{code}", said).status_code == 403
    assert tor.post(f"/households/{code}/end", {"valid_until": "2027-01-01"}).status_code == 204
    assert tor.get(f"/households/{code}").json()["valid_until"] == "2027-01-01"
    assert caller(RATNA).post(f"/households/{code}/take-back", {}).status_code == 404
    assert keeper.post(f"/households/{code}/take-back", {"source": "another Tor"}).status_code == 204
    assert keeper.get(f"/households/{code}").status_code == 404


def test_what_no_rule_needs_and_who_keeps_none_is_refused(keeper, caller):
    answer = keeper.post("/households", BODY | {"purposes": ["TAX"]})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (422, "household_not_needed")
    assert keeper.post("/households", BODY | {"purposes": []}).status_code == 422
    assert caller(SITI).post("/households", BODY).status_code == 403
    assert not HouseholdMember.objects.exists()


def test_a_standing_names_whose_household_it_is_to_the_two_alone_and_for_its_purpose_alone(house, keeper, caller):
    given_person("erik-lund", "Erik Lund")
    keeper.post("/households", BODY | {"member": "erik-lund"})
    question = "/standing?supplier=abc&customer=erik-lund"
    siti = caller(SITI)
    told = siti.get(question)
    assert (told.json()["standing"], told.json()["kind"]) == ("internal", "stakeholder")
    assert [ground["code"] for ground in told.json()["grounds"]] == ["household_unnamed"]
    assert "Maya" not in told.content.decode()
    explained = siti.get("/standing/explained?supplier=abc&customer=erik-lund")
    assert "Maya" not in explained.content.decode()
    assert [turn["code"] for turn in explained.json()["turns"]] == ["flips_if_household_turns"]
    for other in ("&purpose=BOOKS", "&definition=near"):
        assert siti.get(f"{question}{other}").json()["standing"] == "external"
    many = siti.post("/standings", {"asked": [{"supplier": "abc", "customer": "erik-lund"}]}).content.decode()
    assert "household_unnamed" in many
    assert "Maya" not in many


def test_one_of_the_two_reads_whose_it_is(keeper, caller):
    keeper.post(
        "/households", BODY
    )  # Tor works for ABC himself: his own work goes first, and the household is not told
    codes = [
        ground["code"] for ground in caller(TOR).get(f"/standing?supplier=abc&customer={TOR.code}").json()["grounds"]
    ]
    assert codes == ["works_for"]


def test_the_world_brings_households_for_whoever_keeps_them(house, keeper, caller):
    keeper.post("/households", BODY)
    siti = caller(SITI)
    names = zipfile.ZipFile(io.BytesIO(siti.get("/world.zip").content)).namelist()
    assert "households.csv" not in names
    text = b"person,member,tie,purposes,valid_from\nmaya-lund,tor-bergli,CHILD,PRICE,2026-01-01\n"

    def brought(by, **how):
        files = {"files": SimpleUploadedFile("households.csv", text), **how}
        return by.client.post("/api/v1/imports/world", files)

    assert brought(siti).status_code == 403
    given_role(house.users[SITI.code], "HOUSEHOLD_KEEPER")
    assert brought(siti, dry_run="true").json()["changed"] == 1
    assert HouseholdMember.objects.current().get().tie == "SPOUSE"
    report = brought(siti).json()
    assert (report["written"], report["read"], report["added"], report["changed"]) == (True, 1, 0, 1)
    assert HouseholdMember.objects.current().get().tie == "CHILD"
    names = zipfile.ZipFile(io.BytesIO(siti.get("/world.zip").content)).namelist()
    assert "households.csv" in names
    assert AuditRow.objects.filter(act="parties.export_households").count() == 1


def test_a_mapping_brings_households_out_of_other_files_and_what_it_does_not_name_is_not_read(keeper):
    def brought(tables, **files):
        sent = [SimpleUploadedFile("mapping.json", json.dumps({"tables": tables}).encode())]
        sent += [SimpleUploadedFile(f"{name}.csv", text) for name, text in files.items()]
        return keeper.client.post("/api/v1/imports/world", {"files": sent})

    theirs = b"who;whom;since\nmaya-lund;tor-bergli;2026-01-01\n"
    ours = b"person,member,tie,purposes,valid_from\nmaya-lund,jonas-vik,CHILD,PRICE,2026-01-01\n"
    table = {
        "file": "family.csv", "delimiter": ";", "columns": {"who": "person", "whom": "member", "since": "valid_from"},
        "constants": {"tie": "SPOUSE", "purposes": "PRICE"},
    }  # fmt: skip
    answer = brought({"households": table}, family=theirs, households=ours)
    assert (answer.status_code, answer.json()["added"]) == (200, 1)
    assert HouseholdMember.objects.get().member.code == "tor-bergli"
    answer = brought({"hearths": table}, family=theirs)
    assert answer.status_code == 422
    assert "hearths" in answer.content.decode()


def test_what_a_household_would_do_to_prices_is_told_before_and_nothing_is_kept(keeper, caller):
    given_person("erik-lund", "Erik Lund")
    body = BODY | {"member": "erik-lund"}

    def told(path, said):
        return [
            (each["person"]["code"], each["valid_from"], each["before"], each["after"])
            for each in keeper.post(f"/previews{path}", said).json()["people"]
        ]

    assert {each[:3] for each in told("/households", body)} == {("erik-lund", "2026-01-01", "outside")}
    assert keeper.post("/previews/households", body | {"purposes": ["TAX"]}).status_code == 422
    assert not HouseholdMember.objects.exists()
    code = keeper.post("/households", body).json()["code"]
    row = HouseholdMember.objects.values().get()
    later = {"tie": "SPOUSE", "purposes": ["PRICE"], "valid_from": "2026-06-01"}
    assert [each[3] for each in told(f"/households/{code}", later)] == ["outside"]
    assert {each[1] for each in told(f"/households/{code}/end", {"valid_until": "2027-01-01"})} == {"2027-01-01"}
    assert {each[3] for each in told(f"/households/{code}/take-back", {})} == {"outside"}
    assert HouseholdMember.objects.values().get() == row
    siti = caller(SITI)
    assert siti.post("/previews/households", body).status_code == 403
    assert siti.post(f"/previews/households/{code}/end", {"valid_until": "2027-01-01"}).status_code == 404
