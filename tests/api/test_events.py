"""Mergers, splits, new names and reorganisations over HTTP."""

from tests.cast import LUCA, MAYA, SITI

DAY = "2026-11-16"
MERGER = {
    "kind": "MERGER",
    "day": DAY,
    "party": "abc-shop-harbour",
    "into": "abc-shop-centre",
    "source": "Resolution 7",
}


def kind_of(answer):
    return answer.json()["type"].rpartition("/")[2]


def test_a_merger_is_entered_told_and_taken_back(caller):
    siti = caller(SITI)
    key = siti.post("/reorganisations", MERGER, key="once").json()["key"]
    assert siti.post("/reorganisations", MERGER, key="once").json()["key"] == key
    found = siti.get(f"/reorganisations/{key}").json()
    assert (found["kind"], found["day"], found["departments"], found["people"]) == ("MERGER", DAY, 1, 1)
    assert found["parts"] == [
        {
            "party": {"code": "abc-shop-harbour", "name": "Shop Harbour"},
            "other": {"code": "abc-shop-centre", "name": "Shop Centre"},
        }
    ]
    assert [one["key"] for one in siti.get("/reorganisations?kind=MERGER").json()["items"]] == [key]
    assert siti.get("/units/abc-shop-harbour").status_code == 404
    assert siti.post(f"/reorganisations/{key}/undo", None).status_code == 204
    assert siti.get("/units/abc-shop-harbour").status_code == 200
    assert siti.get(f"/reorganisations/{key}").json()["undone_at"] is not None


def test_a_split_a_new_name_and_many_moves(caller):
    siti = caller(SITI)
    split = {"kind": "SPLIT", "day": DAY, "party": "abc-shop-centre", "code": "abc-cafe", "name": "Café"}
    assert siti.post("/reorganisations", split | {"moves": [{"party": MAYA.code}]}).status_code == 201
    assert siti.get("/units/abc-cafe").json()["name"] == "Café"
    new = {"kind": "RENAME", "day": DAY, "party": "abc-cafe", "name": "Coffee bar"}
    key = siti.post("/reorganisations", new).json()["key"]
    told = siti.get(f"/reorganisations/{key}").json()
    assert (told["name_before"], told["name_after"]) == ("Café", "Coffee bar")
    moves = {"kind": "REORGANISATION", "day": DAY, "moves": [{"party": "abc-cafe", "to": "abc"}]}
    assert siti.post("/reorganisations", moves).status_code == 201
    assert siti.get("/units/abc-cafe").json()["parent"] is None


def test_what_is_missing_is_named_and_what_is_out_of_bounds_is_not_there(caller):
    siti, maya = caller(SITI), caller(MAYA)
    for kind, body in (("RENAME", {}), ("MERGER", {"party": "abc"}), ("SPLIT", {"party": "abc-shops"})):
        assert kind_of(siti.post("/reorganisations", {"kind": kind, "day": DAY, **body})) == "value_missing"
    assert kind_of(maya.post("/reorganisations", MERGER)) == "not_administrator_of"
    key = siti.post("/reorganisations", MERGER).json()["key"]
    assert maya.get(f"/reorganisations/{key}").status_code == 404
    assert caller(LUCA).get("/reorganisations").json()["items"] == []
    for wrong in ("x", "7" * 30):
        assert siti.get(f"/reorganisations/{wrong}").status_code == 404
