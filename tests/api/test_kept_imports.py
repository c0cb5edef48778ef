"""Files that wait to be loaded, over HTTP: brought, checked, loaded by the worker, taken back; others find nothing."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.builders import nothing_written
from tests.cast import LUCA, MAYA, SITI

from inward.kit import worker
from inward.parties.models import Party

GOOD = "id,name,email\ne1,Åse Dahl,ase@example.org\ne2,Bo Ek,\n"
ONE_WRONG = "id,name,email\ne1,Ada,\ne 2,Bo,\n"
MAPPING = {"tables": {"people": {"columns": {"Ansattnummer": "id", "Navn": "name"}}}}


@pytest.fixture
def siti(caller):
    return caller(SITI)


def bring(by, content=GOOD, *, mapping=None, name="hr.csv", sort="people", **more):
    files = [SimpleUploadedFile(name, content.encode())]
    if mapping is not None:
        files.append(mapping_file(mapping))
    return by.client.post("/api/v1/imports", {"files": files, "sort": sort, **more})


def mapping_file(mapping=MAPPING):
    return SimpleUploadedFile("mapping.json", json.dumps(mapping).encode())


def known():
    return set(Party.objects.filter(code__in=("e1", "e2")).values_list("code", flat=True))


def test_a_file_is_brought_checked_loaded_and_taken_back(siti):
    made = bring(siti, source="HR, November")
    assert made.status_code == 201
    address = f"/imports/{made.json()['reference']}"
    worker.drain()
    found = siti.get(address).json()
    assert (found["state"], found["file"], found["source"], found["read"], found["refused"], found["added"]) == (
        "CHECKED", "hr.csv", "HR, November", 2, 0, 2,
    )  # fmt: skip
    assert (known(), found["rows_refused"], found["failure"]) == (set(), [], None)
    assert siti.post(f"{address}/load", {}).status_code == 204
    worker.drain()
    assert known() == {"e1", "e2"}
    assert siti.get("/imports?state=LOADED").json()["items"][0]["reference"] == made.json()["reference"]
    undone = siti.post(f"{address}/undo", {"source": "the wrong file"}).json()
    assert undone["rows"] >= 2
    assert known() == set()
    assert siti.get(address).json()["state"] == "UNDONE"


def test_a_refused_row_is_told_and_the_others_are_loaded_when_that_is_said(siti):
    address = f"/imports/{bring(siti, ONE_WRONG).json()['reference']}"
    worker.drain()
    (wrong,) = siti.get(address).json()["rows_refused"]
    assert (wrong["line"], wrong["column"]) == (3, "id")
    assert "e 2" in wrong["reason"]["text"]
    refused = siti.post(f"{address}/load", {})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/import_has_refused_rows")
    assert siti.post(f"{address}/load", {"good_rows": True}).status_code == 204
    worker.drain()
    assert known() == {"e1"}
    assert siti.delete(address).status_code == 422


def test_other_columns_come_by_a_mapping(siti):
    made = bring(siti, "Ansattnummer,Navn\ne1,Ada\n", mapping=MAPPING)
    address = f"/imports/{made.json()['reference']}"
    worker.drain()
    found = siti.get(address).json()
    assert (found["state"], found["rows_refused"], found["added"]) == ("CHECKED", [], 1)
    assert siti.delete(address).status_code == 204
    assert siti.get(address).status_code == 404


def test_sent_twice_under_one_key_it_is_loaded_once(siti):
    address = f"/imports/{bring(siti).json()['reference']}"
    worker.drain()
    assert [siti.post(f"{address}/load", {}, key="k").status_code for _ in range(2)] == [204, 204]
    assert siti.post(f"{address}/load", {}, key="other").status_code == 422


def test_what_is_no_file_to_load_is_refused_and_nothing_is_kept(siti):
    two = [SimpleUploadedFile("a.csv", b"id\n"), SimpleUploadedFile("b.csv", b"id\n")]
    siti.get("/me")  # notes that the token was used
    with nothing_written():
        assert siti.client.post("/api/v1/imports", {"files": two, "sort": "people"}).status_code == 422
        only = siti.client.post("/api/v1/imports", {"files": [mapping_file()], "sort": "people"})
        assert (only.status_code, only.json()["type"]) == (422, "/problems/value_too_few")
        other = bring(siti, mapping=MAPPING, sort="units")
        assert (other.status_code, other.json()["type"]) == (422, "/problems/mapping_of_unknown_table")
        assert bring(siti, sort="nothing").status_code == 404
        assert bring(siti, sort="People!").status_code == 422


def test_of_a_hostile_name_only_its_last_part_is_kept(siti):
    made = bring(siti, name="../../etc/passwd")
    assert siti.get(f"/imports/{made.json()['reference']}").json()["file"] == "passwd"


def test_others_bring_and_find_nothing(siti, caller):
    reference = bring(siti).json()["reference"]
    for part in (MAYA, LUCA):
        somebody = caller(part)
        assert bring(somebody).status_code == 403
        assert somebody.get("/imports").json()["items"] == []
        for act in ("load", "undo"):
            assert somebody.post(f"/imports/{reference}/{act}", {}).status_code == 404
        assert somebody.get(f"/imports/{reference}").status_code == 404
        assert somebody.delete(f"/imports/{reference}").status_code == 404
