"""Asking: for whom, by which form, of several departments at once, and who may ask what."""

import pytest
from tests.builders import AT, HOUSE, given_role, nothing_written
from tests.cast import HENK, INES, JONAS, MAYA, NORA, RATNA, TOR
from tests.desk.asked import MONDAY, asked, given_desk, given_personnel, kept, later, seen
from tests.desk.promised import given_standard

from inward.core.classification import Kind, WorkKind
from inward.core.terms import Refusal
from inward.desk import cases, operations
from inward.desk.casewords import CaseKind, Channel, Impact, Urgency
from inward.desk.models import Case, Queue, RequestType
from inward.desk.operations import Ask
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere, Refused

LAPTOP = (
    {"id": "what", "label": "What do you need?", "kind": "CHOICE", "choices": ["Laptop", "Screen"], "needed": True},
    {
        "id": "inches",
        "label": "How many inches?",
        "kind": "NUMBER",
        "when": {"question": "what", "answers": ["Screen"]},
    },
)


def given_request(code="equipment", queue="it", **more):
    operations.set_request(by=HOUSE, at=AT, code=code, queue=queue, name=more.pop("name", "Equipment"), **more)


def ask(house, who, **asked_for):
    by = who if who is NOBODY else house.actor(who)
    return operations.open_case(by=by, at=MONDAY, key=str(hash(str(asked_for))), ask=Ask(**asked_for)).reference


def refused(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.reason.code, caught.value.where


def test_a_form_is_answered_and_says_what_it_is_about_and_how_urgent(house):
    given_desk(house)
    given_request(fields=LAPTOP, impact=Impact.SOME, urgency=Urgency.LATER)
    case = ask(house, MAYA, request_type="equipment", answers={"what": "Screen", "inches": "27"})
    view = seen(house, TOR, case)
    assert (view.row.subject, view.row.priority.value, view.request.code) == ("Equipment", "LOW", "equipment")
    assert [(question.id, answer) for question, answer in view.answers] == [("what", "Screen"), ("inches", "27")]
    assert view.thread[0].text == "What do you need? Screen\nHow many inches? 27"
    other = ask(house, MAYA, request_type="equipment", answers={"what": "Laptop", "inches": "27"}, text="Soon please")
    assert (kept(other).answers, seen(house, TOR, other).thread[0].text) == ({"what": "Laptop"}, "Soon please")


def test_answers_that_will_not_do_are_refused_at_their_question(house):
    given_desk(house)
    given_request(fields=LAPTOP)
    by = house.actor(MAYA)

    def answered(**answers):
        return refused(
            operations.open_case, by=by, at=MONDAY, key="x", ask=Ask(request_type="equipment", answers=answers)
        )

    assert answered() == ("answer_missing", "answers.what")
    assert answered(what="Phone") == ("answer_unfit", "answers.what")
    assert answered(what="Screen", inches="big") == ("answer_unfit", "answers.inches")
    assert answered(what="Laptop", colour="red") == ("answer_to_no_question", "answers.colour")


def test_who_may_ask_follows_from_standing_and_from_work(house):
    given_desk(house)
    given_request("staff", kinds=[Kind.STAFF, Kind.DEPARTMENT], name="For staff")
    given_request("part", work=[WorkKind.PART_TIME], name="For part-timers")
    assert ask(house, MAYA, request_type="staff")
    assert ask(house, JONAS, request_type="part")
    for who, request in ((NORA, "staff"), (MAYA, "part"), (RATNA, "staff")):
        with nothing_written(), pytest.raises(Refusal) as caught:
            ask(house, who, request_type=request)
        assert caught.value.reason.code == "request_not_for_you"


def test_an_outside_customer_asks_through_the_same_door_and_is_promised_what_outsiders_are(house):
    given_desk(house)
    given_standard(
        "outside", name="For outsiders", kinds=["OUTSIDE"], terms={"targets": {"RESPOND": {"": {"minutes": 60}}}}
    )
    case = ask(house, NORA, queue="it", text="Your till app fails")
    row = seen(house, TOR, case).row
    assert (row.standing.value, row.due_at, seen(house, TOR, case).promise.name) == (
        "external",
        later(hours=1),
        "For outsiders",
    )


def test_one_asks_for_oneself_a_colleague_and_the_department_one_buys_for(house):
    given_desk(house)
    for_jonas = ask(house, MAYA, queue="it", text="His till", customer=JONAS.code)
    view = seen(house, JONAS, for_jonas)
    assert (view.row.person.code, view.opened_by.code) == (JONAS.code, MAYA.code)
    with pytest.raises(NotThere):
        seen(house, MAYA, for_jonas)  # what she wrote down for him is his
    unit = operations.open_case(
        by=house.actor(INES, acting_for="abc-purchasing"), at=MONDAY, key="u", ask=Ask(queue="it", text="Our printer")
    ).reference
    row = seen(house, INES, unit).row
    assert (row.customer.code, row.person.code) == ("abc-purchasing", INES.code)
    for who, customer in ((RATNA, MAYA.code), (NORA, MAYA.code), (MAYA, "xyz"), (JONAS, RATNA.code)):
        with nothing_written(), pytest.raises(Refused) as caught:
            ask(house, who, queue="it", text="x", customer=customer)
        assert [reason.code for reason in caught.value.reasons] == ["not_asker_for"]
    with pytest.raises(NotThere):
        ask(house, MAYA, queue="it", text="x", customer="nobody")
    for nobody in (NOBODY,):
        with pytest.raises(Refused):
            ask(house, nobody, queue="it", text="x")
    with pytest.raises(Refused):
        operations.open_case(by=HOUSE, at=MONDAY, key="h", ask=Ask(queue="it", text="x"))


def test_whoever_serves_writes_down_what_was_said_on_the_phone(house):
    given_desk(house)
    call = ask(house, TOR, queue="it", text="She called", customer=MAYA.code, channel=Channel.PHONE)
    row = seen(house, MAYA, call).row
    assert (row.person.code, row.channel) == (MAYA.code, Channel.PHONE)
    outside = ask(house, TOR, queue="it", text="They called", customer="kestrel", channel=Channel.PHONE)
    assert seen(house, TOR, outside).row.person is None
    assert seen(house, NORA, outside).row.customer.code == "kestrel"


def test_several_departments_do_one_thing_each_with_its_own_promise(house):
    given_desk(house)
    given_personnel(house)
    operations.set_queue(by=HOUSE, at=AT, code="shop", supplier="abc-shops", name="Shops")
    given_request("account", "it", fields=LAPTOP, name="Account and laptop")
    given_request("key", "shop", name="Key", urgency=Urgency.NOW)
    joiner = ({"id": "who", "label": "Who?", "kind": "TEXT", "needed": True}, *LAPTOP)
    given_request("joiner", "it", fields=joiner, parts=["account", "key"], name="Somebody joins")
    case = ask(house, MAYA, request_type="joiner", answers={"who": "Ada", "what": "Laptop"})
    view = seen(house, MAYA, case)
    assert view.row.kind is CaseKind.BUNDLE
    assert [(child.subject, child.supplier.code, child.kind) for child in view.children] == [
        ("Account and laptop", "abc-it", CaseKind.HELP),
        ("Key", "abc-shops", CaseKind.HELP),
    ]
    assert kept(view.children[0].reference).answers == {"what": "Laptop"}
    assert view.children[1].priority.value == "HIGH"
    assert seen(house, MAYA, view.children[0].reference).parent.reference == case
    with nothing_written(), pytest.raises(Refusal) as caught:
        operations.solve(by=house.actor(TOR), at=MONDAY, case=case, words="Done")
    assert dict(caught.value.reason.facts) == {"tasks": 0, "parts": 2}
    operations.close_request(by=HOUSE, at=AT, code="key")
    again = ask(house, JONAS, request_type="joiner", answers={"who": "Bo", "what": "Laptop"})
    assert len(seen(house, JONAS, again).children) == 1


def test_of_what_is_asked_in_confidence_an_open_queue_is_told_what_its_own_part_asks_and_no_more(house):
    given_desk(house)
    given_personnel(house)
    given_request("account", "it", fields=LAPTOP, name="Account and laptop")
    given_request("badge", "it", name="Badge")
    given_request("talk", "hr", name="A talk")
    leaver = ({"id": "why", "label": "Why?", "kind": "TEXT", "needed": True}, *LAPTOP)
    given_request("leaver", "hr", fields=leaver, parts=["account", "badge", "talk"], name="Somebody leaves")
    case = ask(house, MAYA, request_type="leaver", answers={"why": "Theft", "what": "Laptop"}, text="Keep it quiet")
    said = [seen(house, MAYA, each.reference).thread[0].text for each in seen(house, MAYA, case).children]
    assert (len(said), "Laptop" in said[0], said[1:]) == (3, True, ["Badge", "Keep it quiet"])
    assert not any(word in text for text in said[:2] for word in ("Theft", "quiet"))


def test_what_is_closed_is_not_asked(house):
    given_desk(house)
    given_request()
    operations.close_request(by=HOUSE, at=AT, code="equipment")
    for wanted in ({"request_type": "equipment"}, {"queue": "nothing", "text": "x"}, {"request_type": "nothing"}):
        with pytest.raises(NotThere):
            ask(house, MAYA, **wanted)
    given_request()
    operations.close_queue(by=HOUSE, at=AT, code="it")
    for wanted in ({"request_type": "equipment"}, {"queue": "it", "text": "x"}):
        with pytest.raises(NotThere):
            ask(house, MAYA, **wanted)
    assert Case.objects.count() == 0


def test_the_subject_is_what_was_said_first_and_never_too_long(house):
    given_desk(house)
    assert kept(ask(house, MAYA, queue="it", text="First line\nand more")).subject == "First line"
    assert kept(ask(house, MAYA, queue="it", text="y" * 500)).subject == "y" * 199 + "…"
    assert kept(ask(house, MAYA, queue="it", text="x", subject=" A  subject ")).subject == "A subject"
    by = house.actor(MAYA)
    assert refused(operations.open_case, by=by, at=MONDAY, key="e", ask=Ask(queue="it", text=" ")) == (
        "words_missing",
        "text",
    )


# --- queues and requests -------------------------------------------------------------------------------------------------


def test_service_owners_and_data_administrators_say_what_a_department_helps_with(house):
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    tor = house.actor(TOR)
    operations.set_queue(by=tor, at=AT, code="it", supplier="abc-it", name=" IT help ", words="Tills and laptops")
    operations.set_request(by=tor, at=AT, code="r", queue="it", name="R")
    assert (Queue.objects.get().name, RequestType.objects.get().name) == ("IT help", "R")
    operations.set_request(by=tor, at=AT, code="r", queue="it", name="R2")
    operations.close_request(by=tor, at=AT, code="r")
    operations.close_queue(by=tor, at=AT, code="it")
    for who in (MAYA, HENK):
        by = house.actor(who)
        for act, values in (
            (operations.set_queue, {"code": "mine", "supplier": "abc-it", "name": "Mine"}),
            (operations.set_request, {"code": "mine", "queue": "it2", "name": "Mine"}),
        ):
            with pytest.raises((Refused, NotThere)):
                act(by=by, at=AT, **values)
    with pytest.raises(Refused):
        operations.set_queue(by=NOBODY, at=AT, code="x", supplier="abc-it", name="X")
    for act, code in ((operations.close_queue, "it"), (operations.close_request, "r")):
        with pytest.raises(NotThere):
            act(by=HOUSE, at=AT, code=code)
    with pytest.raises(NotThere):
        operations.set_queue(by=HOUSE, at=AT, code="x", supplier=MAYA.code, name="X")


def test_a_queue_stays_where_it_is_and_as_confidential_as_it_is(house):
    given_desk(house)
    queue = {"by": HOUSE, "at": AT, "code": "it", "name": "IT"}
    assert refused(operations.set_queue, supplier="abc", **queue) == ("queue_code_of_another", "code")
    operations.set_queue(supplier="abc-it", confidential=True, **queue)
    operations.set_queue(supplier="abc-it", **queue)
    asked(house, MAYA)
    assert refused(operations.set_queue, supplier="abc-it", confidential=True, **queue) == (
        "queue_stays_as_it_is",
        "confidential",
    )
    assert refused(operations.set_queue, supplier="abc-it", **{**queue, "code": "a b"})[0] == "promise_code_not_usable"
    assert refused(operations.set_queue, supplier="abc-it", **{**queue, "name": "x" * 201}) == ("text_too_long", "name")
    assert refused(operations.set_queue, supplier="abc-it", words="x" * 1001, **queue) == ("text_too_long", "words")
    for days in ({"close_after": -1}, {"reopen_within": 366}):
        assert refused(operations.set_queue, supplier="abc-it", **days, **queue) == ("queue_days", "close_after")


def test_parts_of_a_request_are_requests_without_parts(house):
    given_desk(house)
    given_request("one")
    given_request("two", parts=["one"])
    request = {"by": HOUSE, "at": AT, "code": "three", "queue": "it", "name": "Three"}
    for parts in (["two"], ["nothing"], ["one", "one"], ["three"], [f"p{n}" for n in range(21)]):
        assert refused(operations.set_request, parts=parts, **request) == ("request_parts", "parts")
    operations.set_queue(by=HOUSE, at=AT, code="other", supplier="abc-it", name="Other")
    assert refused(operations.set_request, **{**request, "code": "one", "queue": "other"}) == (
        "queue_code_of_another",
        "code",
    )


def test_what_may_be_asked_is_read_with_its_form(house):
    given_desk(house)
    given_request(fields=LAPTOP)
    queue, request = Queue.objects.get(), RequestType.objects.get()
    assert (cases.queue_row(queue).supplier.code, cases.queue_row(queue).close_after) == ("abc-it", 5)
    row = cases.request_row(request)
    assert ([each.id for each in row.questions], row.queue.code, row.supplier.code) == (
        ["what", "inches"],
        "it",
        "abc-it",
    )
