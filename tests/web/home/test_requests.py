"""My requests at home: where each stands, what was promised, both sides' thread, and what I can do now."""

from datetime import timedelta

import pytest
from tests.builders import AT
from tests.cast import HENK, INES, JONAS, MAYA, TOR
from tests.desk.asked import given_personnel
from tests.web.home.test_help import given_help
from tests.web.reading import form, words

from inward.desk import operations
from inward.desk.casewords import CaseState
from inward.desk.models import Case, CaseRead
from inward.desk.operations import Ask
from inward.desk.vocabulary import HoldReason
from inward.kit import clock


@pytest.fixture
def desk(house):
    given_help(house)
    return house


def asked(house, who=MAYA, text="The till does not start.", *, at=AT, queue="it", **more):
    ask = Ask(queue=queue, text=text, **more)
    return operations.open_case(by=house.actor(who), at=at, key=f"{who.code}{text}{at}", ask=ask).reference


def answered(house, case, text="Switch it on."):
    operations.answer(by=house.actor(TOR), at=AT + timedelta(minutes=5), case=case, text=text)


def solved(house, case):
    operations.solve(by=house.actor(TOR), at=AT + timedelta(minutes=10), case=case, words="It runs.")


def test_the_list_has_mine_with_whose_turn_and_when_it_is_due_and_nobody_elses(desk):
    asked(desk)
    page = words(desk.browser(MAYA).get("/requests/"))
    assert (
        "The till does not start. Request 100001 24 Nov 2026 IT, ABC Retail New Waiting for the service First answer: 5 h left"
        in page
    )
    assert "No requests yet" in words(desk.browser(INES).get("/requests/"))


def test_the_list_is_searched_filtered_and_kept_as_a_file(desk):
    case = asked(desk)
    asked(desk, text="No paper")
    solved(desk, case)
    client = desk.browser(MAYA)
    assert "No paper" not in words(client.get("/requests/", {"text": "till"}))
    found = words(client.get("/requests/", {"state": "SOLVED"}))
    assert ("The till does not start." in found, "No paper" in found) == (True, False)
    assert "No request fits" in words(client.get("/requests/", {"text": "coffee"}))
    rows = b"".join(client.get("/requests/export.csv", {"state": "NEW"}).streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert "No paper" in rows[1]
    assert client.get("/requests/export.pdf").status_code == 404


def test_the_page_says_whose_turn_it_is_and_why_it_is_due_then(desk):
    case = asked(desk)
    page = words(desk.browser(MAYA).get(f"/requests/{case}/"))
    assert "New Waiting for the service First answer by 24 Nov 2026, " in page
    assert "of working time" in page.partition("Why is it due then? First answer")[2]
    assert "Inside when it was asked: " in page
    answered(desk, case)
    with clock.shifted(AT + timedelta(hours=1)):
        page = words(desk.browser(MAYA).get(f"/requests/{case}/"))
    assert "Being worked on Waiting for the service · Tor Bergli handles it" in page
    assert "Tor Bergli The service · 24 Nov 2026, " in page
    assert "First answer kept, 24 Nov 2026, " in page


def test_a_note_of_the_service_is_nowhere_on_her_page_nor_in_what_is_new(desk):
    case = asked(desk)
    operations.note_down(by=desk.actor(TOR), at=AT, case=case, text="She always forgets the plug.")
    client = desk.browser(MAYA)
    for address in (f"/requests/{case}/", f"/requests/{case}/news/"):
        assert "plug" not in words(client.get(address, HTTP_HX_REQUEST="true"))


def test_what_is_new_comes_by_itself_and_nothing_comes_where_nothing_is_new(desk):
    case = asked(desk)
    client = desk.browser(MAYA)
    page = client.get(f"/requests/{case}/").content.decode()
    address = page.split('hx-get="')[1].split('"')[0]
    assert client.get(address).url == f"/requests/{case}/"
    assert client.get(address, HTTP_HX_REQUEST="true").status_code == 204
    answered(desk, case)
    news = client.get(address, HTTP_HX_REQUEST="true")
    assert "Switch it on. " in words(news) + " "
    assert "<html" not in news.content.decode()


def test_she_writes_with_what_was_asked_of_her_and_it_is_the_services_turn_again(desk):
    case = asked(desk)
    operations.pause(by=desk.actor(TOR), at=AT, case=case, reason=HoldReason.CUSTOMER, words="Which till?")
    client = desk.browser(MAYA)
    assert "Waiting Waits for whoever asked" in words(client.get(f"/requests/{case}/"))
    assert "The service waits for your answer." in words(client.get("/"))
    assert client.post(f"/requests/{case}/write/", {"text": "The left one"}).status_code == 303
    page = words(client.get(f"/requests/{case}/"))
    assert "The left one" in page
    assert "Being worked on Waiting for the service" in page
    assert "The service waits for your answer." not in words(client.get("/"))


def test_nothing_written_is_refused_on_the_page_and_a_message_too_long_stays_typed(desk):
    case = asked(desk)
    client = desk.browser(MAYA)
    answer = client.post(f"/requests/{case}/write/", {"text": " "})
    assert (answer.status_code, "Write some words." in words(answer)) == (422, True)
    long = client.post(f"/requests/{case}/write/", {"text": "x" * 20_001})
    assert form(long, f"/requests/{case}/write/")["text"] == ["x" * 20_001]


def test_is_it_solved_yes_closes_it_and_no_with_a_word_opens_it_again(desk):
    case = asked(desk)
    solved(desk, case)
    client = desk.browser(MAYA)
    assert "Is it solved? Say yes or no." in words(client.get("/"))
    assert "Without a word from you it is closed after 1 December 2026." in words(client.get(f"/requests/{case}/"))
    silent = client.post(f"/requests/{case}/solved/", {"solved": "no", "words": ""})
    assert (silent.status_code, "Write some words." in words(silent)) == (422, True)
    assert Case.objects.get().state == CaseState.SOLVED.value
    client.post(f"/requests/{case}/solved/", {"solved": "no", "words": "It stopped again."})
    assert Case.objects.get().state == CaseState.OPEN.value
    solved(desk, case)
    client.post(f"/requests/{case}/solved/", {"solved": "yes", "words": ""})
    assert Case.objects.get().state == CaseState.CLOSED.value


def test_a_closed_one_is_opened_again_while_it_may_be_and_then_asked_anew_with_a_link(desk):
    case = asked(desk)
    solved(desk, case)
    client = desk.browser(MAYA)
    client.post(f"/requests/{case}/solved/", {"solved": "yes"})
    assert "you can open it again; its clock goes on where it stopped." in words(client.get(f"/requests/{case}/"))
    with clock.shifted(AT + timedelta(days=40)):
        late = words(client.get(f"/requests/{case}/"))
        assert "Ask anew; the new request is linked to this one" in late
        assert "Open it again" not in late
        address = f"/help/write/it/?follows={case}"
        sent = {name: values[-1] for name, values in form(client.get(address), "/help/write/it/").items()}
        assert client.post("/help/write/it/", sent | {"text": "Once more"}).status_code == 303
    fresh = Case.objects.order_by("-id")[0]
    assert [link.other.reference for link in fresh.links.all()] == [case]
    client.post(f"/requests/{case}/write/", {"text": "It stopped", "again": "yes"})
    assert Case.objects.get(reference=case).state == CaseState.OPEN.value


def test_she_asks_it_no_longer(desk):
    case = asked(desk)
    assert desk.browser(MAYA).post(f"/requests/{case}/withdraw/", {"words": "Found it"}).status_code == 303
    assert Case.objects.get().state == CaseState.WITHDRAWN.value


def test_whoever_follows_reads_it_and_writes_nothing_until_she_no_longer_does(desk):
    case = asked(desk)
    client, other = desk.browser(MAYA), desk.browser(JONAS)
    assert other.get(f"/requests/{case}/").status_code == 404
    client.post(f"/requests/{case}/follow/", {"person": "Jonas Vik"})
    page = words(other.get(f"/requests/{case}/"))
    assert ("Skriv til tjenesten" in page, "Write to the service" in page) == (False, False)
    assert other.post(f"/requests/{case}/write/", {"text": "Me too"}).status_code == 403
    assert other.post(f"/requests/{case}/unfollow/", {"person": JONAS.code}).url == "/requests/"
    assert other.get(f"/requests/{case}/").status_code == 404


def test_what_she_has_seen_is_noted_by_the_page_and_never_by_looking(desk):
    case = asked(desk)
    answered(desk, case)
    client = desk.browser(MAYA)
    client.get(f"/requests/{case}/")
    assert CaseRead.objects.count() == 0
    assert client.get(f"/requests/{case}/read/").status_code == 405
    assert client.post(f"/requests/{case}/read/").status_code == 204
    assert CaseRead.objects.get().person.code == MAYA.code


@pytest.mark.parametrize("act", ["write", "solved", "withdraw", "follow", "unfollow", "read"])
def test_nobody_acts_on_a_confidential_request_or_learns_of_it(desk, act):
    given_personnel(desk)
    case = asked(desk, queue="hr", text="About my boss")
    for part in (JONAS, INES, HENK):
        client = desk.browser(part)
        sent = {"text": "x", "person": part.code, "solved": "yes", "words": "x"}
        assert client.post(f"/requests/{case}/{act}/", sent).status_code == 404
        assert "About my boss" not in words(client.get("/requests/"))
    assert Case.objects.get(reference=case).state == CaseState.NEW.value
