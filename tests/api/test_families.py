"""Variants over HTTP: said whole, one card in the list, the choice beside each of them."""

from tests.api.test_orders import codes
from tests.cast import MAYA, SITI
from tests.catalogue.test_families import given_shirts

FAMILY = {
    "name": "Shirt",
    "features": ["Colour", "Size"],
    "variants": [
        {"offering": "shirt-red-m", "choice": ["red", "M"]},
        {"offering": "shirt-blue-m", "choice": ["blue", "M"]},
    ],
}


def test_variants_are_said_read_and_removed(caller):
    given_shirts()
    siti, maya = caller(SITI), caller(MAYA)
    assert siti.put("/families/shirt", FAMILY).status_code == 204
    listed = {each["code"]: each["family"] for each in maya.get("/offerings?text=shirt").json()["items"]}
    assert listed == {
        "shirt-red-m": {"code": "shirt", "name": "Shirt"},
        "shirt-red-l": None,
        "shirt-blue-xl": None,
    }
    family = maya.get("/offerings/shirt-blue-m").json()["family"]
    assert [(each["code"], each["choice"]) for each in family["variants"]] == [
        ("shirt-red-m", ["red", "M"]),
        ("shirt-blue-m", ["blue", "M"]),
    ]
    assert maya.get("/offerings/widget-a").json()["family"] is None
    seen = siti.get("/families/shirt").json()
    assert (seen["supplier"]["code"], seen["features"]) == ("abc", ["Colour", "Size"])
    assert [each["code"] for each in siti.get("/families?text=sh").json()["items"]] == ["shirt"]
    alike = FAMILY | {"variants": [FAMILY["variants"][0], {"offering": "shirt-red-l", "choice": ["red", "M"]}]}
    assert codes(siti.put("/families/shirt", alike)) == (422, ["variants_alike"])
    assert maya.put("/families/shirt", FAMILY).status_code in (403, 404)
    assert siti.put("/families/shirt", {}).status_code == 204
    assert siti.get("/families/shirt").status_code == 404
