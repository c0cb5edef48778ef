"""Macros, rules and levels of queues, outages, equipment and opened cases over HTTP."""

import pytest
from django.conf import settings
from tests.builders import given_role
from tests.cast import INES, JONAS, LUCA, MAYA, SITI, TOR
from tests.desk.asked import given_desk, given_personnel

from inward.desk import operations
from inward.desk.casewords import RuleWhen
from inward.desk.models import Case
from inward.desk.operations import Ask, breaking
from inward.desk.operations.doing import RULES
from inward.kit import clock


def given_case(house, who=MAYA, queue="it"):
    ask = Ask(queue=queue, text="The till does not start.")
    key = f"{who.code} {queue}"
    return operations.open_case(by=house.actor(who), at=clock.now(), key=key, ask=ask).reference


def test_a_macro_is_kept_and_done_on_a_case(house, caller):
    given_desk(house)
    case, siti, tor = given_case(house), caller(SITI), caller(TOR)
    acts = [{"act": "ANSWER", "text": "Dear {name}"}, {"act": "WEIGH", "impact": "MANY", "urgency": "NOW"}]
    said = {"queue": "it", "name": "Hello", "acts": acts}
    assert siti.put("/case-macros/hello", said).status_code == 204
    assert tor.put("/case-macros/hello", said).status_code == 403
    assert siti.put("/case-macros/bad", said | {"acts": [{"act": "NOTE", "text": "{x}"}]}).status_code == 422
    (macro,) = tor.get(f"/cases/{case}/macros").json()["macros"]
    assert [each["act"] for each in macro["acts"]] == ["ANSWER", "WEIGH"]
    assert tor.post(f"/cases/{case}/macro", {"macro": "hello", "version": 9}).status_code in (409, 422)
    assert tor.post(f"/cases/{case}/macro", {"macro": "hello", "version": 1}).status_code == 204
    assert Case.objects.get().priority == "URGENT"
    assert caller(MAYA).post(f"/cases/{case}/macro", {"macro": "hello"}).status_code == 404
    assert tor.get("/case-macros?queue=it").json()["items"][0]["code"] == "hello"
    assert siti.post("/case-macros/hello/close", None).status_code == 204
    assert tor.get("/case-macros").json()["items"] == []


def test_a_rule_is_kept_and_tells_what_it_did(house, caller):
    given_desk(house)
    siti = caller(SITI)
    said = {
        "queue": "it",
        "name": "Seen",
        "when": "OPENED",
        "conditions": {"words": ["till"], "priorities": ["NORMAL"], "standing": "internal"},
        "acts": [{"act": "NOTE", "text": "Seen."}],
        "keeper": TOR.code,
    }
    assert siti.put("/case-rules/seen", said).status_code == 204
    case = given_case(house)
    operations.run_rules(by=RULES, at=clock.now(), case=case, when=RuleWhen.OPENED)
    (row,) = siti.get("/case-rules?when=OPENED").json()["items"]
    assert (row["keeper"]["code"], row["conditions"]["words"]) == (TOR.code, ["till"])
    told = siti.get("/case-rules/seen/outcomes?since=2026-01-01").json()
    assert told == {"outcomes": [{"code": "", "count": 1}]}
    assert siti.post("/case-rules/seen/close", None).status_code == 204


def test_a_queue_says_whom_it_tells_and_the_case_says_who_was_told(house, caller):
    given_desk(house)
    siti, tor, case = caller(SITI), caller(TOR), given_case(house)
    assert siti.get("/queues/it/levels").json()["usual"] is True
    levels = [{"percent": 1, "to": "OWNER"}, {"minutes": 60, "times": 2, "to": "HEAD"}]
    assert siti.put("/queues/it/levels", {"levels": levels}).status_code == 204
    assert siti.get("/queues/it/levels").json()["levels"][1]["times"] == 2
    assert siti.put("/queues/it/levels", {"levels": [{"percent": 5, "minutes": 5, "to": "HEAD"}]}).status_code == 422
    with clock.shifted(clock.now().replace(hour=14)):
        operations.tell_late(by=RULES, at=clock.now())
        told = tor.get(f"/cases/{case}/told").json()["told"]
    assert sorted((each["measure"], each["stage"], each["people"]) for each in told) == [
        ("RESOLVE", "P1-OWNER", []),
        ("RESPOND", "P1-OWNER", []),
    ]


def test_an_outage_gathers_tells_and_solves(house, caller):
    given_desk(house)
    one, two, tor = given_case(house), given_case(house, JONAS), caller(TOR)
    said = {"queue": "it", "subject": "Tills", "banner": "Down."}
    outage = tor.post("/outages", said, key="down").json()["reference"]
    assert tor.post("/outages", said, key="down").json()["reference"] == outage
    assert tor.post(f"/outages/{outage}/gather", {"cases": [one, two]}).json() == {"count": 2}
    assert tor.put(f"/outages/{outage}/banner", {"banner": "Noon."}).status_code == 204
    assert [each["words"] for each in caller(LUCA).get("/outages").json()["outages"]] == ["Noon."]
    assert tor.post(f"/outages/{outage}/tell", {"text": "Soon."}).json() == {"count": 2}
    assert [each["reference"] for each in tor.get(f"/outages/{outage}").json()["cases"]] == [one, two]
    assert caller(LUCA).post(f"/outages/{outage}/tell", {"text": "Soon."}).status_code == 404
    assert tor.post(f"/outages/{outage}/solve", {"text": "Runs."}).json() == {"left": []}
    assert caller(MAYA).get("/outages").json() == {"outages": []}


def test_equipment_is_kept_held_and_named_by_a_case(house, caller):
    given_desk(house)
    siti, tor, maya, case = caller(SITI), caller(TOR), caller(MAYA), given_case(house)
    said = {"supplier": "abc-it", "name": "Till 7", "sort": "Till", "serial": "S-77"}
    assert siti.put("/equipment/till-7", said).status_code == 204
    assert siti.post("/equipment/till-7/hold", {"holder": MAYA.code, "place": "Centre"}).status_code == 204
    assert tor.post(f"/cases/{case}/equipment", {"equipment": "till-7"}).status_code == 204
    sheet = maya.get("/equipment/till-7").json()
    assert (sheet["now"]["place"], [each["reference"] for each in sheet["cases"]]) == ("Centre", [case])
    assert siti.post("/queues/it/orders", {"orders": True}).status_code == 204
    assert tor.post("/queues/it/orders", {"orders": False}).status_code == 403
    assert siti.post("/equipment/till-7/close", None).status_code == 204
    assert maya.get("/equipment").json()["items"] == []


@pytest.fixture
def _fresh_tries(tmp_path, monkeypatch):
    breaking._tries.cache_clear()
    monkeypatch.setattr(settings, "INWARD_DATA", str(tmp_path))
    yield
    breaking._tries.cache_clear()


@pytest.mark.usefixtures("_fresh_tries")
def test_a_confidential_case_is_opened_and_who_handles_it_reads_by_whom(house, caller):
    given_desk(house)
    given_personnel(house)
    given_role(house.users[LUCA.code], "EMERGENCY_READER", "abc")
    case = given_case(house, queue="hr")
    luca, tor = caller(LUCA), caller(TOR)
    asked = {"number": Case.objects.get().number, "reason": "The labour inspectorate asks"}
    opening = luca.post("/case-openings", asked).json()["reference"]
    assert luca.post("/case-openings", asked | {"number": 1}, key="x").status_code == 422
    assert caller(INES).post("/case-openings", asked).status_code == 403
    (row,) = tor.get(f"/cases/{case}/openings").json()["openings"]
    assert (row["reference"], row["reason"], row["ended_at"]) == (opening, asked["reason"], None)
    assert luca.get(f"/cases/{case}/openings").status_code == 404
    assert luca.post(f"/case-openings/{opening}/end", None).status_code == 204
