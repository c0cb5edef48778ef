"""Help at home: what is promised is shown before one asks, what is typed survives, one tap asks again."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.builders import AT, HOUSE, given_role
from tests.cast import HENK, INES, JONAS, MAYA, NORA, SITI, TOR
from tests.desk.promised import given_hours, given_standard
from tests.web.reading import form, words

from inward.desk import operations
from inward.desk.models import Case, CaseDraft, CaseMessage
from inward.kit import clock

FORM = (
    {"id": "what", "label": "What is broken?", "kind": "CHOICE", "needed": True, "choices": ["Till", "Printer"]},
    {"id": "paper", "label": "Which paper?", "kind": "TEXT", "needed": True,
     "when": {"question": "what", "answers": ["Printer"]}},
)  # fmt: skip


def given_help(house):
    given_hours("abc")
    given_standard()
    operations.set_queue(by=HOUSE, at=AT, code="it", supplier="abc-it", name="IT help", words="Tills and computers.")
    operations.set_request(by=HOUSE, at=AT, code="broken", queue="it", name="Something is broken", fields=FORM)
    given_role(house.users[TOR.code], "CASE_HANDLER", "abc-it")


def asked(client, address, **typed):
    sent = {name: values[-1] for name, values in form(client.get(address), address).items()}
    return client.post(address, sent | typed)


def test_the_door_shows_who_helps_when_it_is_open_and_finds_by_words(house):
    given_help(house)
    client = house.browser(MAYA)
    page = words(client.get("/help/"))
    assert "IT, ABC Retail Open now, until 11:00 Something is broken" in page
    assert "Something is broken Ask in your own words: IT help Tills and computers." in page
    assert "Something is broken" in words(client.get("/help/", {"text": "BROKEN something"}))
    assert "Ask in your own words" not in words(client.get("/help/", {"text": "something"}))
    assert "Nothing found" in words(client.get("/help/", {"text": "coffee"}))


def test_what_is_promised_and_why_stands_there_before_it_is_sent(house):
    given_help(house)
    page = words(house.browser(MAYA).get("/help/ask/broken/"))
    assert "First answer by 24 Nov 2026, 14:00 Solved by 27 Nov 2026, " in page
    assert "“Help”: promised to everybody." in page
    assert "Inside: Maya Lund works for ABC Retail, which supplies this." in page
    outside = words(house.browser(NORA).get("/help/ask/broken/"))
    assert "Outside: nothing ties Nora Quistgaard to ABC Retail." in outside
    urgent = house.browser(MAYA).get("/help/write/it/", {"impact": "MANY", "urgency": "NOW"}, HTTP_HX_REQUEST="true")
    assert "First answer by 24 Nov 2026, 09:30" in words(urgent)
    assert Case.objects.count() == 0


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(house):
    given_help(house)
    client = house.browser(MAYA)
    answer = asked(client, "/help/ask/broken/", **{"answer-what": "Printer", "text": "It smells of smoke."})
    assert answer.status_code == 422
    assert "Which paper? This question needs an answer." in words(answer)
    assert form(answer, "/help/ask/broken/")["text"] == ["It smells of smoke."]
    assert form(answer, "/help/ask/broken/")["answer-what"] == ["Printer"]
    assert Case.objects.count() == 0
    assert asked(client, "/help/ask/broken/", **{"answer-what": "Printer", "answer-paper": "A4"}).status_code == 303
    assert Case.objects.get().answers == {"what": "Printer", "paper": "A4"}


def test_an_answer_to_a_question_that_is_not_asked_is_not_kept(house):
    given_help(house)
    asked(house.browser(MAYA), "/help/ask/broken/", **{"answer-what": "Till", "answer-paper": "A4"})
    assert Case.objects.get().answers == {"what": "Till"}


def test_what_was_typed_survives_for_her_alone_and_is_gone_once_it_is_sent(house):
    given_help(house)
    client = house.browser(MAYA)
    sent = {"what": "queue:it", "text": "The till in the corner", "customer": ""}
    assert client.post("/help/draft/", sent).status_code == 204
    again = house.browser(MAYA)
    assert form(again.get("/help/write/it/"), "/help/write/it/")["text"] == ["The till in the corner"]
    assert "Begun, not sent IT help" in words(again.get("/help/"))
    assert form(house.browser(TOR).get("/help/write/it/"), "/help/write/it/")["text"] == [""]
    assert asked(again, "/help/write/it/").status_code == 303
    assert CaseDraft.objects.count() == 0
    assert form(again.get("/help/write/it/"), "/help/write/it/")["text"] == [""]


def test_a_draft_can_be_thrown_away_and_one_of_nothing_is_not_kept(house):
    given_help(house)
    client = house.browser(MAYA)
    assert client.post("/help/draft/", {"what": "queue:nowhere", "text": "x"}).status_code == 204
    assert CaseDraft.objects.count() == 0
    client.post("/help/draft/", {"what": "queue:it", "text": "x"})
    client.post("/help/forget/", {"what": "queue:it"})
    assert CaseDraft.objects.count() == 0


def test_sent_twice_it_is_one_request_and_files_come_with_it(house):
    given_help(house)
    client = house.browser(MAYA)
    sent = {name: values[-1] for name, values in form(client.get("/help/write/it/"), "/help/write/it/").items()}
    for _ in range(2):
        file = SimpleUploadedFile("smoke.txt", b"It smells.")
        answer = client.post("/help/write/it/", sent | {"text": "Smoke", "files": file})
    found = Case.objects.get()
    assert answer.url == f"/requests/{found.reference}/"
    assert [file.name for file in CaseMessage.objects.get().files.all()] == ["smoke.txt"]
    page = client.get(answer.url)
    assert "smoke.txt 1 kB" in words(page)
    kept = CaseMessage.objects.get().files.get()
    given = client.get(f"/requests/{found.reference}/files/{kept.reference}")
    assert (b"".join(given.streaming_content), given["Content-Disposition"].startswith("attachment")) == (
        b"It smells.",
        True,
    )
    assert house.browser(JONAS).get(f"/requests/{found.reference}/files/{kept.reference}").status_code == 404


def test_she_asks_for_a_colleague_and_not_for_a_stranger(house):
    given_help(house)
    client = house.browser(MAYA)
    assert asked(client, "/help/write/it/", text="He has no key.", customer="Jonas Vik").status_code == 303
    found = Case.objects.get()
    assert (found.person.code, found.opened_by.code) == (JONAS.code, MAYA.code)
    refused = asked(client, "/help/write/it/", text="She has no key.", customer="Nora Quistgaard")
    assert refused.status_code == 422
    assert "You can ask for yourself, for a department you buy for, and for a colleague of your company." in words(
        refused
    )
    assert "Nobody is known by this whole name or code: Nobody" in words(
        asked(client, "/help/write/it/", text="x", customer="Nobody")
    )
    assert Case.objects.count() == 1


def test_a_department_is_asked_for_by_whoever_acts_for_it(house):
    given_help(house)
    client = house.browser(INES)
    client.post("/door/act-for/", {"party": "abc-purchasing"})
    assert "It is asked for Purchasing, ABC Retail." in words(client.get("/help/write/it/"))
    asked(client, "/help/write/it/", text="Ten tills")
    assert (Case.objects.get().customer.code, Case.objects.get().person.code) == ("abc-purchasing", INES.code)


def test_one_tap_asks_the_same_as_the_last_time_and_the_form_is_shown_where_there_was_none(house):
    given_help(house)
    operations.set_request(by=HOUSE, at=AT, code="broken", queue="it", name="Broken", fields=FORM, quick=True)
    client = house.browser(MAYA)
    again = client.post("/help/ask/broken/again/", {"key": "a"})
    assert (again.url, Case.objects.count()) == ("/help/ask/broken/", 0)
    asked(client, "/help/ask/broken/", **{"answer-what": "Till"})
    assert "The same as on 24 Nov 2026 : Till" in words(client.get("/help/"))
    for _ in range(2):
        client.post("/help/ask/broken/again/", {"key": "b"})
    assert [case.answers for case in Case.objects.order_by("id")] == [{"what": "Till"}] * 2
    assert client.post("/help/ask/nothing/again/", {"key": "c"}).status_code == 404


def test_what_an_item_costs_is_shown_before_it_is_asked_for(house):
    given_help(house)
    operations.set_request(
        by=HOUSE, at=AT, code="machine", queue="it", name="A coffee machine", offering="coffee-machine"
    )
    assert "€90.75 tax included" in words(house.browser(MAYA).get("/help/ask/machine/"))


def test_a_department_says_when_it_opens_again_and_whom_to_ask(house):
    given_help(house)
    with clock.shifted(AT + timedelta(hours=12)):
        page = words(house.browser(MAYA).get("/help/at/abc-it/"))
    assert "Closed now, until 25 Nov 2026, " in page
    assert "Whom to ask Head vacant" in page
    assert house.browser(MAYA).get("/help/at/abc-marketing/").status_code == 404


def test_a_confidential_queue_says_who_will_not_learn_of_it(house):
    given_help(house)
    operations.set_queue(by=HOUSE, at=AT, code="hr", supplier="abc-purchasing", name="Personnel", confidential=True)
    client = house.browser(MAYA)
    page = words(client.get("/help/write/hr/"))
    assert "That you ask, and what, is known only to you and to the case handlers of this very department" in page
    assert asked(client, "/help/write/hr/", text="About Jonas", concerned="Jonas Vik").status_code == 303
    found = Case.objects.get()
    assert {each.person.code for each in found.concerned.all()} == {MAYA.code, JONAS.code}


def test_one_working_day_is_one_where_a_promise_is_published(house):
    given_help(house)
    given_standard(terms={"targets": {"RESOLVE": {"": {"dates": 1}}}}, valid_from=AT.date())
    assert "Solved within 1 working day – –" in words(house.browser(MAYA).get("/help/at/abc-it/standards/"))
    assert "Løst innen 1 arbeidsdag – –" in words(house.browser(JONAS).get("/help/at/abc-it/standards/"))


def test_the_standards_of_a_department_stand_with_what_was_reached_once_enough_asked(house):
    given_help(house)
    address = "/help/at/abc-it/standards/"
    assert address in house.browser(MAYA).get("/help/at/abc-it/").content.decode()
    page = words(house.browser(MAYA).get(address))
    assert "First answer within 4 h Urgent: within 30 min – – Solved within 3 working days – –" in page
    assert "Promised to everybody" in page
    for person in (MAYA, JONAS, INES, HENK, SITI):
        ask = operations.Ask(queue="it", text=person.code)
        case = operations.open_case(by=house.actor(person), at=clock.now(), key=person.code, ask=ask).reference
        operations.answer(by=house.actor(TOR), at=clock.now(), case=case, text="I look.")
    assert "100% 5 of 5, half within 0 min 100% 5 of 5" in words(house.browser(MAYA).get(address))
    read = house.browser(MAYA).get("/api/v1/published-standards/abc-it").json()
    assert (read["standing"], read["promise"]["code"]) == ("internal", "help")
    assert read["figures"][0] == {
        "measure": "RESPOND",
        "days": 30,
        "too_few": False,
        "decided": 5,
        "kept": 5,
        "minutes_median": "0",
    }
    assert read["figures"][2] == {
        "measure": "RESOLVE",
        "days": 30,
        "too_few": True,
        "decided": None,
        "kept": None,
        "minutes_median": None,
    }
