"""The data quality board over HTTP: the same findings and the same acts as the pages."""

import pytest
from tests.builders import given_company
from tests.cast import MAYA, SITI

from inward.parties.models import LeftFinding, Party

pytestmark = pytest.mark.django_db


def test_findings_are_counted_listed_left_and_taken_up(caller):
    given_company("bare", "Bare Ltd", country="")
    siti = caller(SITI)
    key = str(Party.objects.get(code="bare").pk)
    assert {row["check"]: row["findings"] for row in siti.get("/quality").json()}["no_country"] == 1
    (row,) = siti.get("/quality/no_country").json()["items"]
    assert row == {
        "key": key, "text": "No country is known of Bare Ltd today.", "thing": "companies", "act": "change", "code": "bare", "left": "",
    }  # fmt: skip
    assert siti.post(f"/quality/no_country/{key}/leave", {"reason": "At sea."}).status_code == 204
    assert siti.get("/quality/no_country").json()["items"] == []
    assert siti.get("/quality/no_country?left=true").json()["items"][0]["left"] == "At sea."
    assert siti.post(f"/quality/no_country/{key}/take-up", {}).status_code == 204
    assert len(siti.get("/quality/no_country").json()["items"]) == 1


def test_what_is_not_there_or_not_hers_stays(caller):
    given_company("bare", country="")
    key = Party.objects.get(code="bare").pk
    siti, maya = caller(SITI), caller(MAYA)
    assert siti.get("/quality/bees").status_code == 404
    assert siti.post("/quality/no_country/nothing/leave", {"reason": "At sea."}).status_code == 404
    assert (maya.get("/quality").status_code, maya.get("/quality/no_country").status_code) == (403, 403)
    assert maya.post(f"/quality/no_country/{key}/leave", {"reason": "At sea."}).status_code == 403
    assert not LeftFinding.objects.exists()
