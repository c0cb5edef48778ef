"""Files that show facts over HTTP: brought once, named in a change, read with a note, withdrawn."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import LUCA, MAYA, RATNA, SITI

from inward.kit.models import AuditRow, File

PDF = b"%PDF-1.7 register"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.INWARD_DATA = tmp_path


def brought(caller, content=PDF, key="", name="register.pdf"):
    headers = {"Idempotency-Key": key} if key else {}
    return caller.client.post("/api/v1/evidence", {"file": SimpleUploadedFile(name, content)}, headers=headers)


def kind_of(answer):
    return answer.json()["type"].rpartition("/")[2]


def test_a_file_is_brought_once_named_by_a_share_and_read_by_those_who_may(caller):
    siti, luca, maya = caller(SITI), caller(LUCA), caller(MAYA)
    answer = brought(siti, key="once")
    assert (answer.status_code, brought(siti, key="once").json()) == (201, answer.json())
    assert File.objects.count() == 1
    reference = answer.json()["reference"]
    assert siti.get(f"/evidence/{reference}").status_code == 404  # it shows nothing yet
    change = {"votes": "45", "valid_from": "2027-01-01", "evidence": reference}
    code = siti.patch("/holdings/jkl-xyz", change).json()["code"]
    for caller_ in (siti, luca):
        assert caller_.get(f"/holdings/{code}").json()["evidence"] == answer.json()
        held = caller_.get(f"/evidence/{reference}/content")
        assert b"".join(held.streaming_content) == PDF
        assert held["Content-Type"] == "application/octet-stream"
        assert held["Content-Disposition"] == "attachment; filename*=UTF-8''register.pdf"
    assert AuditRow.objects.filter(act="parties.open_evidence").count() == 2
    for path in (f"/evidence/{reference}", f"/evidence/{reference}/content"):
        assert maya.get(path).status_code == 404
        assert caller(RATNA).get(path).status_code == 404
    assert AuditRow.objects.filter(act="parties.open_evidence").count() == 2
    assert siti.get(f"/evidence/{reference}").json()["shows"] == [
        {"sort": "HOLDING", "code": "jkl-xyz-2", "current": True}
    ]
    assert [one["reference"] for one in luca.get("/evidence").json()["items"]] == [reference]
    versions = siti.get(f"/holdings/{code}/versions").json()["items"]
    assert [each["evidence"] and each["evidence"]["name"] for each in versions] == ["register.pdf", None, None]


def test_what_is_refused_is_worded_and_nobody_else_brings_or_names_files(caller):
    siti, maya = caller(SITI), caller(MAYA)
    assert kind_of(brought(siti, content=b"MZ\x90\0")) == "file_type_not_taken"
    assert kind_of(brought(maya)) == "not_administrator"
    power = {"target": "xyz", "kind": "DE_FACTO", "holder": "jkl", "evidence": "nothing"}
    assert kind_of(siti.post("/control-rights", power)) == "file_not_brought"
    reference = brought(siti).json()["reference"]
    assert siti.post("/control-rights", power | {"evidence": reference}).status_code == 201
    assert kind_of(siti.post(f"/evidence/{reference}/facts", {"sort": "HOLDING", "code": "none"})) == "not_there"
    assert siti.post(f"/evidence/{reference}/facts", {"sort": "HOLDING", "code": "jkl-abc"}).status_code == 204
    assert siti.get("/holdings/jkl-abc").json()["evidence"]["reference"] == reference


def test_inside_rules_classes_and_mergers_name_their_files(caller):
    siti = caller(SITI)
    reference = brought(siti).json()["reference"]
    shown = {"evidence": reference}
    share_class = {"code": "jkl-a", "company": "jkl", "name": "A", "issued": "100"}
    siti.post("/share-classes", share_class | shown)
    siti.post("/shareholdings", {"owner": "kestrel", "share_class": "jkl-a", "shares": "10"} | shown)
    rule = {"code": "quarter", "name": "Quarter", "body": {"basis": "votes", "threshold": "25", "operator": ">="}}
    siti.post("/definitions", rule | shown)
    siti.post("/definitions/quarter/choose", {"purpose": "TAX"} | shown)
    new = {"kind": "RENAME", "day": "2026-11-16", "party": "abc-it", "name": "Computers"}
    key = siti.post("/reorganisations", new | shown).json()["key"]
    sheet = siti.get("/definitions/quarter").json()
    for found in (
        siti.get("/share-classes/jkl-a").json(),
        siti.get("/shareholdings/kestrel-jkl-a").json(),
        sheet["versions"][0],
        sheet["choices"][0],
        siti.get(f"/reorganisations/{key}").json(),
    ):
        assert found["evidence"]["reference"] == reference
    sorts = [each["sort"] for each in siti.get(f"/evidence/{reference}").json()["shows"]]
    assert sorts == ["SHARE_CLASS", "SHAREHOLDING", "NAME", "DEFINITION", "CHOICE", "EVENT"]


def test_a_withdrawn_file_is_read_by_nobody_and_stays_known(caller):
    siti = caller(SITI)
    reference = brought(siti).json()["reference"]
    siti.post(f"/evidence/{reference}/facts", {"sort": "HOLDING", "code": "jkl-abc"})
    assert siti.post(f"/evidence/{reference}/withdraw", {"reason": "wrong file"}).status_code == 204
    assert kind_of(siti.get(f"/evidence/{reference}/content")) == "file_withdrawn"
    left = siti.get("/holdings/jkl-abc").json()["evidence"]
    assert (left["name"], left["withdrawn_at"] is not None) == ("", True)


def test_names_registers_departments_and_work_name_their_files_at_once_or_later(caller):
    siti = caller(SITI)
    reference = brought(siti).json()["reference"]
    shown = {"evidence": reference}
    assert siti.patch("/companies/abc", {"name": "ABC Shops", "valid_from": "2027-01-01"} | shown).status_code == 204
    register = {"currency": "EUR", "country": "NL", "register_number": "7", "time_zone": "Europe/Amsterdam"}
    assert siti.post("/companies/abc/registration", register | {"valid_from": "2027-01-01"} | shown).status_code == 204
    work = siti.get("/people/maya-lund/work").json()[0]["code"]
    for sort, code in (("WORK", work), ("UNIT", "abc-it"), ("NAME", "abc-it")):
        body = {"sort": sort, "code": code}
        assert siti.post(f"/evidence/{reference}/facts", body).status_code == 204
    names = siti.get("/companies/abc/names").json()["items"]
    assert [(each["says"], each["valid_from"], each["evidence"] is not None) for each in names] == [
        ({"name": "ABC Shops"}, "2027-01-01", True),
        ({"name": "ABC Retail"}, None, False),
    ]
    versions = siti.get("/companies/abc/versions").json()["items"]
    assert (versions[0]["says"]["register_number"], versions[0]["evidence"] is not None) == ("7", True)
    for path in ("/units/abc-it/names", "/units/abc-it/versions", f"/work-relationships/{work}/versions"):
        assert siti.get(path).json()["items"][0]["evidence"]["reference"] == reference
    sorts = [each["sort"] for each in siti.get(f"/evidence/{reference}").json()["shows"]]
    assert sorts == ["COMPANY", "NAME", "NAME", "UNIT", "WORK"]


def test_who_leads_up_to_how_much_and_when_it_works_name_their_files_at_once_or_later(caller):
    siti, luca = caller(SITI), caller(LUCA)
    reference, own = brought(siti).json()["reference"], brought(luca).json()["reference"]
    head = {"person": "tor-bergli", "valid_from": "2027-01-01", "evidence": reference}
    assert siti.post("/places/abc-it/head", head).status_code == 204
    week = {"mon": "09:00-17:00", "tue": "", "wed": "", "thu": "", "fri": "", "sat": "", "sun": ""}
    body = {"week": week, "time_zone": "Europe/Amsterdam", "evidence": reference}
    assert siti.put("/calendars/abc-it", body).status_code == 204
    limit = {"post": "HEAD", "limit": {"amount": "9000.00", "currency": "EUR"}, "evidence": own}
    assert luca.post("/places/abc-it/signing-limits", limit).status_code == 204
    (kept,) = siti.get("/calendars/abc-it").json()["versions"]
    assert kept["evidence"]["reference"] == reference
    assert [each["sort"] for each in siti.get(f"/evidence/{reference}").json()["shows"]] == ["HEAD", "WEEK"]
    assert [each["code"] for each in luca.get(f"/evidence/{own}").json()["shows"]] == ["abc-it~HEAD"]
    assert siti.get(f"/evidence/{own}").status_code == 404
    for sort, status in (("HEAD", 204), ("WEEK", 204), ("DEPUTY", 404), ("DAY", 404)):
        answer = siti.post(f"/evidence/{reference}/facts", {"sort": sort, "code": "abc-it"})
        assert answer.status_code == status
