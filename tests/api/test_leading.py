"""Who leads whom over HTTP: named, ended, asked; and what nobody is told who may not know it."""

from datetime import timedelta

from tests.builders import ON
from tests.cast import ABC, HENK, INES, JONAS, LUCA, MAYA, RATNA, SITI, TOR

DAY, TOMORROW = ON.isoformat(), (ON + timedelta(days=1)).isoformat()
SHOP = "/places/abc-shop-centre"


def named(siti, place, part, since=DAY):
    assert siti.post(f"/places/{place}/head", {"person": part.code, "valid_from": since}).status_code == 204


def code(answer):
    return answer.json()["type"].rpartition("/")[2]


def test_a_head_is_named_acts_and_ends(caller):
    siti = caller(SITI)
    named(siti, "abc-shop-centre", TOR)
    found = siti.get(f"{SHOP}/leaders").json()
    tor = {"code": TOR.code, "name": TOR.name}
    assert (found["head"], found["acting"]["person"], found["acting"]["post"]) == (tor, tor, "HEAD")
    assert caller(MAYA).get(f"/people/{MAYA.code}/managers").json() == [
        {"place": found["place"], "manager": tor, "acting": found["acting"]}
    ]
    assert siti.post(f"{SHOP}/head/end", {"valid_until": TOMORROW}).status_code == 204
    assert siti.get(f"{SHOP}/leaders?on={TOMORROW}").json()["vacant_since"] == TOMORROW
    vacant = {each["place"]["code"]: each["since"] for each in siti.get(f"/vacancies?on={TOMORROW}").json()}
    assert vacant["abc-shop-centre"] == TOMORROW
    assert vacant["abc-shops"] == "2015-01-01"
    assert "abc-shop-centre" not in {each["place"]["code"] for each in siti.get("/vacancies").json()}


def test_where_the_head_is_away_a_deputy_acts_for_what_she_stands_in(caller):
    siti, tor = caller(SITI), caller(TOR)
    named(siti, "abc-shop-centre", TOR)
    deputy = {"person": INES.code, "powers": ["SPENDING"], "valid_from": DAY}
    assert siti.post(f"{SHOP}/deputies", deputy).status_code == 204
    assert tor.post(f"/people/{TOR.code}/absences", {"valid_from": DAY, "valid_until": TOMORROW}).status_code == 204
    assert tor.get(f"/people/{TOR.code}/absences").json() == [{"valid_from": DAY, "valid_until": TOMORROW}]

    def acting(power):
        (found,) = siti.get(f"/people/{MAYA.code}/managers?power={power}").json()
        return found["acting"] and found["acting"]["person"]["code"]

    assert (acting("SPENDING"), acting("PEOPLE"), acting("")) == (INES.code, None, INES.code)
    assert tor.post(f"/people/{TOR.code}/absences/end", {"valid_until": TOMORROW}).status_code == 404
    assert tor.post(f"/people/{TOR.code}/absences/end", {"valid_until": DAY}).status_code == 422
    (told,) = siti.get(f"{SHOP}/leaders").json()["deputies"]
    assert (told["person"]["code"], told["powers"], told["valid_from"]) == (INES.code, ["SPENDING"], DAY)
    assert siti.post(f"{SHOP}/deputies/end", {"person": INES.code, "valid_until": TOMORROW}).status_code == 204
    assert siti.get(f"{SHOP}/leaders?on={TOMORROW}").json()["deputies"] == []


def test_controllers_set_up_to_how_much_may_be_approved(caller):
    siti, luca = caller(SITI), caller(LUCA)
    named(siti, "abc-shop-centre", TOR)
    limit = {"post": "HEAD", "limit": {"amount": "5000.00", "currency": "EUR"}, "valid_from": "2026-01-01"}
    assert code(siti.post(f"/places/{ABC}/signing-limits", limit)) == "not_setter_of_spending"
    assert luca.post(f"/places/{ABC}/signing-limits", limit).status_code == 204
    told = {"place": {"code": ABC, "name": "ABC Retail"}, "valid_until": None, **limit}
    for who in (luca, siti, caller(TOR)):
        answer = who.get(f"/people/{TOR.code}/signing-limit?place=abc-shop-centre")
        assert answer.json() == {"limit": told}
    assert luca.get(f"/people/{MAYA.code}/signing-limit?place=abc-shop-centre").json() == {"limit": None}
    assert luca.get("/signing-limits?post=HEAD").json()["items"] == [told]
    end = {"post": "HEAD", "valid_until": TOMORROW}
    assert luca.post(f"/places/{ABC}/signing-limits/end", end).status_code == 204
    assert luca.get(f"/signing-limits?on={TOMORROW}").json()["items"] == []


def test_what_cannot_be_read_is_refused_with_its_place(caller):
    siti = caller(SITI)
    assert code(siti.get(f"/people/{MAYA.code}/managers?power=MAGIC")) == "list_filter_value"
    assert code(siti.get(f"/people/{MAYA.code}/signing-limit")) == "value_missing"
    assert code(siti.post(f"{SHOP}/deputies", {"person": INES.code, "powers": [], "valid_from": DAY})) == "unreadable"


def test_out_of_bounds_is_not_there(caller):
    named(caller(SITI), "abc-shop-centre", TOR)
    ratna, jonas = caller(RATNA), caller(JONAS)
    for path in (
        f"{SHOP}/leaders",
        f"/people/{MAYA.code}/managers",
        f"/people/{TOR.code}/absences",
        "/places/x/leaders",
    ):
        assert ratna.get(path).status_code == 404
    assert {each["place"]["code"][:3] for each in ratna.get("/vacancies").json()} == {"xyz"}
    assert jonas.get(f"/people/{TOR.code}/absences").status_code == 404
    assert jonas.get(f"/people/{TOR.code}/signing-limit?place=abc-shop-centre").status_code == 404
    assert jonas.get("/people/nobody/managers").status_code == 404
    assert jonas.get("/people/nobody/signing-limit?place=abc-shop-centre").status_code == 404
    assert jonas.get(f"{SHOP}/leaders").json()["head"]["code"] == TOR.code
    assert caller(HENK).get("/signing-limits").json()["items"] == []
