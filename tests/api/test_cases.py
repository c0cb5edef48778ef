"""Cases over HTTP: both sides live one from the question to its end, and what must not be told is not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.builders import AT
from tests.cast import INES, LUCA, MAYA, RATNA, SITI, TOR
from tests.desk.asked import given_desk, given_personnel

PDF = b"%PDF-1.7 a bill"
FORM = [
    {"id": "till", "label": "Which till?", "kind": "NUMBER", "needed": True},
    {"id": "how", "label": "How?", "kind": "CHOICE", "choices": ["dead", "slow"]},
    {"id": "since", "label": "Since when?", "kind": "DAY", "when": {"question": "how", "answers": ["slow"]}},
]


@pytest.fixture
def desk(house):
    given_desk(house)
    return house


@pytest.fixture
def maya(desk, caller):
    return caller(MAYA)


@pytest.fixture
def tor(desk, caller):
    return caller(TOR)


def refused(answer):
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def asked(who, *, key="once", **more):
    answer = who.post("/cases", {"queue": "it", "text": "The till does not start."} | more, key=key)
    assert answer.status_code == 201, answer.content
    return answer.json()["reference"]


def test_somebody_asks_is_answered_and_says_that_it_is_solved(maya, tor):
    case = asked(maya)
    seen = maya.get(f"/cases/{case}").json()
    assert (seen["case"]["state"], seen["case"]["turn"], seen["case"]["channel"]) == ("NEW", "SERVICE", "PROGRAM")
    assert (seen["promise"]["code"], seen["may"]) == ("help", {"handle": False, "speak": True})
    respond = seen["clocks"][0]
    assert (respond["measure"], respond["state"], respond["minutes"]) == ("RESPOND", "RUNNING", "240")
    assert respond["due"] == seen["case"]["due_at"]
    assert [why["code"] for why in respond["why"]][-1] == "promise_due"
    taken = tor.post(f"/cases/{case}/assign", {"owner": TOR.code, "version": 1})
    assert taken.json() == {"state": "OPEN", "turn": "SERVICE", "version": 2}
    assert tor.post(f"/cases/{case}/answer", {"text": "Switch it off and on."}).status_code == 201
    assert tor.post(f"/cases/{case}/note", {"text": "The old cable again."}).status_code == 201
    assert tor.post(f"/cases/{case}/solve", {"words": "A new cable.", "version": 2}).json()["state"] == "SOLVED"
    thread = maya.get(f"/cases/{case}").json()["thread"]
    assert [each["text"] for each in thread] == ["The till does not start.", "Switch it off and on.", "A new cable."]
    assert maya.post(f"/cases/{case}/confirm", {"solved": True, "words": "Thanks"}).json() == {
        "state": "CLOSED",
        "turn": "NOBODY",
        "version": 4,
    }
    told = tor.get(f"/cases/{case}").json()
    assert [each["act"] for each in told["events"]] == [
        "OPENED",
        "TAKEN",
        "ANSWERED",
        "NOTED",
        "ANSWERED",
        "RESOLVED",
        "CONFIRMED",
        "CLOSED",
    ]
    assert (told["events"][1]["who"], told["solved_words"]) == (TOR.name, "Thanks")
    assert [clock["state"] for clock in told["clocks"]] == ["KEPT", "KEPT"]
    assert [each["act"] for each in maya.get(f"/cases/{case}").json()["events"]].count("NOTED") == 0


def test_the_same_submission_is_one_case_and_another_under_its_key_is_refused(maya):
    case = asked(maya, key="k")
    again = maya.post("/cases", {"queue": "it", "text": "The till does not start."}, key="k")
    assert (again.status_code, again.json()["reference"], again.json()["again"]) == (200, case, True)
    assert refused(maya.post("/cases", {"queue": "it", "text": "Another"}, key="k")) == (422, "idempotency_key_reused")
    assert maya.post("/cases", {"queue": "it", "text": "Without a key"}).status_code == 422
    assert len(maya.get("/cases").json()["items"]) == 1


def test_who_acts_on_what_somebody_changed_meanwhile_is_told_how_it_stands(maya, tor, caller):
    case = asked(maya)
    tor.post(f"/cases/{case}/assign", {"owner": TOR.code})
    late = caller(INES).post(f"/cases/{case}/pause", {"reason": "SUPPLIER", "version": 1})
    assert refused(late) == (409, "case_moved")
    assert (late.json()["state"], late.json()["version"]) == ("OPEN", 2)
    assert tor.get(f"/cases/{case}").json()["case"]["version"] == 2


def test_lists_show_what_one_asked_and_what_one_serves(maya, tor, caller):
    case, other = asked(maya, key="1"), asked(maya, key="2", text="A printer", urgency="NOW", impact="MANY")
    assert [row["reference"] for row in maya.get("/cases").json()["items"]] == [other, case]
    assert maya.get("/cases?which=served").json()["items"] == []
    assert [row["reference"] for row in tor.get("/cases?which=under_way").json()["items"]] == [other, case]
    assert [row["reference"] for row in tor.get("/cases?which=served&priority=URGENT").json()["items"]] == [other]
    assert [row["reference"] for row in tor.get("/cases?which=served&text=printer").json()["items"]] == [other]
    assert "The till does not start." in tor.get("/cases?which=served&format=csv").content.decode()
    assert refused(tor.get("/cases?which=mine")) == (422, "value_not_among")
    assert caller(RATNA).get("/cases?which=served").json()["items"] == []
    assert caller(RATNA).get(f"/cases/{case}").status_code == 404


def test_the_case_waits_goes_on_is_weighed_renamed_and_handed_over(maya, tor, caller):
    case = asked(maya)
    waits = tor.post(f"/cases/{case}/pause", {"reason": "CUSTOMER", "words": "Which till?"}).json()
    assert (waits["state"], waits["turn"]) == ("WAITING", "CUSTOMER")
    assert maya.post(f"/cases/{case}/write", {"text": "Number 4"}).status_code == 201
    assert maya.get(f"/cases/{case}").json()["case"]["state"] == "OPEN"
    tor.post(f"/cases/{case}/pause", {"reason": "AGREED_DAY", "until": "2027-01-01"})
    assert tor.post(f"/cases/{case}/resume", {}).json()["state"] == "OPEN"
    tor.post(f"/cases/{case}/weigh", {"impact": "MANY", "urgency": "NOW"})
    assert tor.post(f"/cases/{case}/rename", {"subject": "Till 4"}).status_code == 204
    row = tor.get(f"/cases/{case}").json()["case"]
    assert (row["priority"], row["subject"]) == ("URGENT", "Till 4")
    assert refused(tor.post(f"/cases/{case}/promise-anew", {"words": "x"})) == (422, "nothing_else_promised")
    assert tor.post(f"/cases/{case}/time", {"minutes": 20, "words": "Phone"}).status_code == 204
    assert (tor.get(f"/cases/{case}").json()["minutes_spent"], maya.get(f"/cases/{case}").json()["minutes_spent"]) == (
        20,
        0,
    )
    caller(SITI).put("/queues/shop", {"supplier": "abc-purchasing", "name": "Purchasing"})
    assert tor.post(f"/cases/{case}/hand-over", {"queue": "shop", "words": "Theirs"}).status_code == 204
    assert tor.get(f"/cases/{case}").status_code == 404
    handed = maya.get(f"/cases/{case}").json()
    assert (handed["case"]["queue"]["code"], handed["case"]["owner"], len(handed["thread"])) == ("shop", None, 3)


def test_not_solved_and_opened_again(maya, tor):
    case = asked(maya)
    tor.post(f"/cases/{case}/solve", {"words": "Done"})
    assert refused(maya.post(f"/cases/{case}/confirm", {"solved": False})) == (422, "words_missing")
    assert maya.post(f"/cases/{case}/confirm", {"solved": False, "words": "No"}).json()["state"] == "OPEN"
    tor.post(f"/cases/{case}/solve", {"words": "Done"})
    assert tor.post(f"/cases/{case}/reopen", {"words": "It was not"}).json()["state"] == "OPEN"
    assert maya.post(f"/cases/{case}/withdraw", {"words": "Never mind"}).json()["state"] == "WITHDRAWN"


def test_files_come_with_words_and_are_only_saved(maya, tor, caller):
    case = asked(maya)
    path = f"/api/v1/cases/{case}/files"
    sent = maya.client.post(path, {"files": SimpleUploadedFile("bill.pdf", PDF), "text": "See"})
    assert sent.status_code == 201
    tor.client.post(path, {"files": SimpleUploadedFile("n.pdf", PDF + b"2"), "text": "Ours", "write_as": "NOTE"})
    (kept,) = [file for each in maya.get(f"/cases/{case}").json()["thread"] for file in each["files"]]
    assert (kept["name"], kept["media_type"], kept["size"]) == ("bill.pdf", "application/pdf", len(PDF))
    got = maya.get(f"/cases/{case}/files/{kept['file']}")
    assert (b"".join(got), got["Content-Type"]) == (PDF, "application/octet-stream")
    assert (got["X-Content-Type-Options"], got["Content-Disposition"][:10]) == ("nosniff", "attachment")
    ours = tor.get(f"/cases/{case}").json()["thread"][-1]["files"][0]["file"]
    assert maya.get(f"/cases/{case}/files/{ours}").status_code == 404
    assert caller(LUCA).get(f"/cases/{case}/files/{kept['file']}").status_code == 404
    page = SimpleUploadedFile("bill.pdf", b"<html><script>alert(1)</script>")
    assert maya.client.post(path, {"files": page, "text": "x"}).status_code == 422
    assert len(maya.get(f"/cases/{case}").json()["thread"]) == 2


def test_tasks_wait_for_each_other(maya, tor):
    case = asked(maya)
    first = tor.post(f"/cases/{case}/tasks", {"title": "Design", "owner": INES.code, "blocks": True}).json()["task"]
    second = tor.post(f"/cases/{case}/tasks", {"title": "Send", "owner": TOR.code}).json()["task"]
    assert tor.post(f"/cases/{case}/tasks/{second}/wait", {"other": first}).status_code == 204
    assert refused(tor.post(f"/cases/{case}/tasks/{second}/end", {"state": "DONE"})) == (422, "task_waits_for")
    assert refused(tor.post(f"/cases/{case}/solve", {"words": "Done"})) == (422, "case_blocked")
    give = {"owner": INES.code, "due_on": "2027-02-01"}
    assert tor.post(f"/cases/{case}/tasks/{first}/give", give).status_code == 204
    told = tor.get(f"/cases/{case}").json()["tasks"]
    assert (told[0]["due_on"], told[0]["blocks"], told[0]["awaited_by"][0]["code"]) == ("2027-02-01", True, TOR.code)
    assert [(each["waits_past_day"], each["needed_by"]) for each in told] == [(False, None), (False, None)]
    give = {"owner": TOR.code, "due_on": "2027-01-31"}
    assert tor.post(f"/cases/{case}/tasks/{second}/give", give).status_code == 204
    told = tor.get(f"/cases/{case}").json()["tasks"]
    assert [(each["waits_past_day"], each["needed_by"]) for each in told] == [(False, "2027-01-31"), (True, None)]
    assert (told[1]["waits_for"]["task"], told[1]["waits_for"]["title"]) == (first, "Design")
    assert tor.post(f"/cases/{case}/tasks/{first}/end", {"state": "DONE"}).status_code == 204
    assert maya.get(f"/cases/{case}").json()["tasks"] == []


def test_cases_are_joined_parted_linked_and_done_in_parts(maya, tor, caller):
    one, other = asked(maya, key="1"), asked(maya, key="2", text="And a printer")
    assert tor.post(f"/cases/{one}/link", {"other": other, "kind": "RELATED"}).status_code == 204
    (link,) = tor.get(f"/cases/{other}").json()["links"]
    assert (link["kind"], link["out"], link["case"]["reference"]) == ("RELATED", False, one)
    assert tor.post(f"/cases/{one}/unlink", {"other": other, "kind": "RELATED"}).status_code == 204
    assert tor.post(f"/cases/{other}/join", {"into": one}).status_code == 204
    joined = tor.get(f"/cases/{one}").json()
    assert [each["joined_from"] for each in joined["thread"]] == [
        None,
        tor.get(f"/cases/{other}").json()["case"]["number"],
    ]
    key = joined["thread"][0]["key"]
    made = tor.post(f"/cases/{one}/part", {"messages": [key], "subject": "Apart"}).json()["reference"]
    assert maya.get(f"/cases/{made}").json()["case"]["subject"] == "Apart"
    caller(SITI).put("/queues/shop", {"supplier": "abc-purchasing", "name": "Purchasing"})
    ask = {"queue": "shop", "subject": "A cable", "text": "One metre"}
    assert tor.post(f"/cases/{one}/parts", ask).status_code == 201
    (child,) = tor.get(f"/cases/{one}").json()["parts"]
    assert (child["customer"]["code"], child["subject"]) == ("abc-it", "A cable")


def test_who_follows_reads_and_does_nothing(maya, caller):
    case = asked(maya)
    assert caller(LUCA).get(f"/cases/{case}").status_code == 404
    assert maya.post(f"/cases/{case}/watch", {"person": LUCA.code}).status_code == 204
    luca = caller(LUCA)
    assert luca.get(f"/cases/{case}").json()["may"] == {"handle": False, "speak": False}
    assert luca.post(f"/cases/{case}/write", {"text": "Me too"}).status_code == 403
    assert luca.post(f"/cases/{case}/read", {}).status_code == 204
    assert luca.post(f"/cases/{case}/unwatch", {"person": LUCA.code}).status_code == 204
    assert luca.get(f"/cases/{case}").status_code == 404


def test_a_confidential_case_is_not_there_for_others(desk, maya, tor, caller):
    given_personnel(desk)
    case = asked(maya, queue="hr", text="My pay", concerned=[LUCA.code])
    assert tor.get(f"/cases/{case}").json()["concerned"] != []
    assert maya.get(f"/cases/{case}").json()["concerned"] == []
    open_one = asked(maya, key="open")
    hers = tor.post(f"/cases/{case}/tasks", {"title": "Look"}).json()["task"]
    ours = tor.post(f"/cases/{open_one}/tasks", {"title": "Wait"}).json()["task"]
    for of, task, other in ((open_one, ours, hers), (case, hers, ours)):
        waits = tor.post(f"/cases/{of}/tasks/{task}/wait", {"other": other})
        assert refused(waits) == (422, "case_stays_confidential")
    for nobody in (caller(INES), caller(SITI), caller(LUCA)):
        assert nobody.get(f"/cases/{case}").status_code == 404
        assert nobody.get("/cases?which=served&queue=hr").json()["items"] == []
        assert nobody.post(f"/cases/{case}/solve", {"words": "x"}).status_code == 404


def test_queues_and_request_types_are_kept_by_whoever_answers_for_the_department(maya, caller):
    siti = caller(SITI)
    assert maya.put("/queues/mine", {"supplier": "abc-it", "name": "Mine"}).status_code == 404
    assert maya.put("/queues/it", {"supplier": "abc-it", "name": "Mine"}).status_code == 403
    assert siti.put("/queues/shop", {"supplier": "abc-purchasing", "name": "Shop", "close_after": 3}).status_code == 204
    shop = maya.get("/queues/shop").json()
    assert (shop["supplier"]["code"], shop["close_after"], shop["handing_out"]) == ("abc-purchasing", 3, "BY_HAND")
    assert [row["code"] for row in maya.get("/queues").json()["items"]] == ["it", "shop"]
    assert maya.get("/queues?kept=true").json()["items"] == []
    form = {"queue": "shop", "name": "Till", "fields": FORM, "kinds": ["staff"]}
    assert maya.put("/request-types/till", form).status_code == 404
    assert siti.put("/request-types/till", form).status_code == 204
    told = maya.get("/request-types/till").json()
    assert [each["id"] for each in told["fields"]] == ["till", "how", "since"]
    assert told["fields"][2]["when"] == {"question": "how", "answers": ["slow"]}
    case = maya.post("/cases", {"request_type": "till", "answers": {"till": 4, "how": "dead"}}, key="f").json()
    answers = maya.get(f"/cases/{case['reference']}").json()["answers"]
    assert [(each["label"], each["answer"]) for each in answers] == [("Which till?", "4"), ("How?", "dead")]
    missing = maya.post("/cases", {"request_type": "till"}, key="g")
    assert (refused(missing), missing.json()["where"]) == ((422, "answer_missing"), "answers.till")
    assert siti.post("/request-types/till/close", {}).status_code == 204
    assert maya.get("/request-types/till").status_code == 404
    assert siti.get("/request-types/till").json()["closed_at"] == AT.isoformat()
    assert siti.post("/queues/shop/close", {}).status_code == 204
    assert maya.get("/queues").json()["items"][-1]["code"] == "it"
    assert len(siti.get("/queues?kept=true").json()["items"]) == 2
    assert refused(maya.get("/queues?kept=some")) == (422, "value_not_among")
