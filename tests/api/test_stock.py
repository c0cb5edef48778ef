"""Counted items over HTTP: counted, told, held by orders, read with their history, and counted no longer."""

from tests.api.test_buying import WIDGETS
from tests.api.test_orders import codes, placed
from tests.cast import INES, MAYA, RATNA

PLACE = "/stock/widget-a/Oslo"


def test_an_item_is_counted_held_by_orders_and_told_when_it_is_gone(caller):
    ratna, ines = caller(RATNA), caller(INES)
    nothing = {"counted": False, "left": 0, "back_order": False, "expected": None, "places": []}
    assert ines.get("/offerings/widget-a/left").json() == nothing
    assert ratna.put(PLACE, {"pieces": 12, "expected": "2027-12-31", "source": "Shelf 3"}).status_code == 204
    placed(ines, WIDGETS)
    told = {"counted": True, "left": 2, "back_order": False, "expected": "2027-12-31"}
    assert ines.get("/offerings/widget-a/left").json() == {**told, "places": [{"place": "Oslo", "left": 2}]}
    assert ines.post("/quotes", WIDGETS).json()["missing"]["code"] == "stock_short"
    assert codes(placed(ines, WIDGETS, key="k2")) == (422, ["stock_short"])
    seen = ratna.get(PLACE).json()
    assert (seen["there"], seen["promised"], seen["left"], seen["expected"]) == (12, 10, 2, "2027-12-31")
    assert [each["place"] for each in ratna.get("/stock?text=widget").json()["items"]] == ["Oslo"]


def test_what_comes_back_lies_there_again_where_it_is_said_so(caller):
    ratna, ines = caller(RATNA), caller(INES)
    ratna.put(PLACE, {"pieces": 12})
    order = placed(ines, WIDGETS).json()["reference"]
    assert ines.get(f"/orders/{order}").json()["lines"][0]["place"] == "Oslo"
    ratna.post(f"/orders/{order}/deliver", {})
    back = {"lines": [{"position": 1, "quantity": 1}], "reason": "Cracked"}
    ratna.post(f"/orders/{order}/return", back | {"shelved": False})
    ratna.post(f"/orders/{order}/return", back)
    assert ratna.get(PLACE).json()["there"] == 3
    moves = [(each["kind"], each["pieces"]) for each in ratna.get("/stock/moves").json()["items"]]
    assert moves == [("CAME_BACK", 1), ("HANDED_OVER", -10), ("COUNTED", 12)]


def test_counts_are_kept_by_who_serves_for_the_supplier_alone(caller):
    assert caller(MAYA).put(PLACE, {"pieces": 1}).status_code == 404
    assert caller(MAYA).get("/stock").status_code == 403
    ratna = caller(RATNA)
    ratna.put(PLACE, {"pieces": 1})
    assert ratna.put(PLACE, {}).status_code == 204
    assert ratna.get(PLACE).status_code == 404
    assert ratna.put(PLACE, {}).status_code == 404
    assert ratna.put("/stock/coffee-machine/Oslo", {"pieces": 1}).status_code == 404
    assert ratna.put("/stock/nothing/Oslo", {"pieces": 1}).status_code == 404


def test_who_waits_is_asked_in_order(caller):
    ratna, ines, maya = caller(RATNA), caller(INES), caller(MAYA)
    assert codes(maya.post("/offerings/widget-a/wait", {})) == (422, ["waiting_needless"])
    ratna.put(PLACE, {"pieces": 10, "answer_days": 2})
    order = placed(ines, WIDGETS).json()["reference"]
    assert maya.post("/offerings/widget-a/wait", {"pieces": 2}).status_code == 204
    assert codes(maya.post("/offerings/widget-a/wait", {}, key="again")) == (422, ["waiting_already"])
    (waits,) = maya.get("/waiting-places").json()
    assert (waits["item"]["code"], waits["pieces"], waits["number"], waits["held_until"]) == ("widget-a", 2, 1, None)
    assert (ratna.get(PLACE).json()["waiting"], ratna.get(PLACE).json()["answer_days"]) == (1, 2)
    ines.post(f"/orders/{order}/cancel", {"reason": "Cannot come."})
    (held,) = maya.get("/waiting-places").json()
    assert (held["number"], held["held_until"] is None) == (0, False)
    assert maya.post("/offerings/widget-a/leave", {}).status_code == 204
    assert maya.get("/waiting-places").json() == []
    assert ratna.get(PLACE).json()["promised"] == 0
