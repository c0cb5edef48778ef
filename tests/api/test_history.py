"""Who changed what of a record, over HTTP: newest first, with who and on whose word, for those who look after it."""

from tests.builders import AT
from tests.cast import MAYA, RATNA, SITI
from tests.web.reading import words

from inward.access import operations as access


def test_whoever_looks_after_a_share_reads_who_changed_it_when_and_on_whose_word(caller):
    siti = caller(SITI)
    changed = {"votes": "55", "valid_from": "2026-06-01", "source": "board minutes"}
    assert siti.patch("/holdings/jkl-xyz", changed).status_code == 200
    newest = siti.get("/holdings/jkl-xyz/acts").json()[0]
    assert (newest["act"], newest["by"], newest["source"]) == (
        "parties.change_holding",
        "Siti Hartati",
        "board minutes",
    )
    assert newest["via"] == "api"
    assert "source" not in newest["facts"]
    first = siti.get("/holdings/jkl-xyz/acts").json()[-1]
    assert (first["act"], first["by"]) == ("parties.record_holding", None)


def test_every_record_that_has_versions_tells_its_acts_and_nobody_else_reads_them(caller):
    siti, others = caller(SITI), (caller(MAYA), caller(RATNA))
    price = siti.get("/prices?level=LIST&offering=coffee-machine").json()["items"][0]["id"]
    paths = [
        "/companies/abc",
        "/units/abc-shops",
        f"/people/{MAYA.code}",
        f"/work-relationships/{MAYA.code}-abc",
        "/catalogue/offerings/coffee-machine",
        f"/prices/{price}",
        "/schemes/abc-staff",
    ]
    for path in paths:
        assert siti.get(f"{path}/acts").json(), path
        assert [who.get(f"{path}/acts").status_code for who in others] == [404, 404], path
    assert siti.get("/holdings/nothing/acts").status_code == 404


def test_when_somebody_signs_in_and_out_is_no_change_of_her_records(house, caller):
    maya = house.actor(MAYA)
    access.note_sign_in(by=maya, at=AT, how="password")
    siti = caller(SITI)
    acts = {each["act"] for each in siti.get(f"/people/{MAYA.code}/acts").json()}
    assert "access.sign_in" not in acts
    assert "access.sign_in" not in words(house.browser(SITI).get(f"/office/people/{MAYA.code}/history/"))
