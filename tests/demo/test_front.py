"""The demo's own pages, over the named world as ``inward demo`` loads it (of forty people)."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client, TestCase, override_settings
from django.urls import NoReverseMatch, reverse
from tests.web.reading import form, words

from inward.access import queries as who
from inward.config import urls as _real_addresses  # noqa: F401 - read before the demo's settings are put on
from inward.demo.front import letters
from inward.demo.front.tours import TOURS
from inward.demo.loading import load
from inward.kit import clock, imports, kept, numbers, worker
from inward.kit.models.imports import ImportState
from inward.trade.models import Order

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSWORD = "only-for-this-demo"
HERE = {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The named world, loaded once for all tests of this file, in a transaction of its own; its letters lie in a folder.

    Each test's own transaction stands within that one, so that it sees this world and leaves it as it was.
    """
    folder = tmp_path_factory.mktemp("demo") / "letters"
    more = {"EMAIL_BACKEND": BACKEND, "EMAIL_FILE_PATH": str(folder), "INWARD_DEMO": True}
    kept.forget_all()  # what other files' tests left in this process; a test's own forgetting comes later than this
    numbers.forget_all()
    with django_db_blocker.unblock():
        transactions = TestCase._enter_atomics()
        try:
            with override_settings(**more), clock.shifted(AT):
                for _name, act in load(people=40, password=PASSWORD):
                    act(lambda _count: None)
            django_db_blocker.block()
            try:
                yield folder
            finally:
                django_db_blocker.restore()
        finally:
            TestCase._rollback_atomics(transactions)


BACKEND = "inward.demo.front.letters.OneFileEach"


@pytest.fixture
def demo(loaded, db, settings, tmp_path):
    """The demo's settings over that world; letters go into a folder of the test's own."""
    shutil.copytree(loaded, tmp_path / "letters")
    settings.INWARD_DEMO = True
    settings.INWARD_DEMO_PASSWORD = PASSWORD
    settings.ROOT_URLCONF = "tests.demo.urls"
    settings.LOGIN_URL = "welcome"
    processors = settings.TEMPLATES[0]["OPTIONS"]["context_processors"]
    options = settings.TEMPLATES[0]["OPTIONS"] | {"context_processors": [*processors, "inward.demo.front.strip.strip"]}
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": options}]
    settings.EMAIL_BACKEND = BACKEND
    settings.EMAIL_FILE_PATH = str(tmp_path / "letters")
    with clock.shifted(AT):
        yield


def visitor():
    return Client(**HERE)


def step_into(client, person, **more):
    return client.post("/welcome/step-in/", {"person": person, **more})


def test_a_stranger_sees_one_machine_at_three_prices_and_why(demo):
    text = words(visitor().get("/welcome/"))
    positions = [text.index(said) for said in ("€97.43", "€114.31", "€129.90 tax included")]
    assert positions == sorted(positions)
    assert "Inside: Maya Lund works for ABC Retail, which supplies this." in text
    assert "Inside: XYZ Widgets and ABC Retail belong to one group." in text
    assert "Outside: nothing ties Trattoria Rossi to ABC Retail." in text
    assert "JKL Group holds 60% of XYZ Widgets" in text
    assert text.count("See all reasons") == 3


def test_a_stranger_is_led_there_and_on_to_where_she_wanted(demo):
    client = visitor()
    led = client.get("/shop/")
    assert led.url == "/welcome/?next=/shop/"
    assert 'name="next" value="/shop/"' in client.get(led.url).content.decode()
    assert step_into(client, "maya-lund", next="/shop/").url == "/shop/"
    assert client.get("/shop/").status_code == 200
    assert step_into(client, "maya-lund", next="https://elsewhere.example/").url == "/"


def test_a_click_signs_in_speaking_the_visitor_s_language(demo):
    client = visitor()
    step_into(client, "tor-bergli")
    page = client.get("/")
    assert "Hello, Tor Bergli" in words(page)
    assert "You are Tor Bergli" in words(page)


def test_cards_say_what_waits_as_the_page_of_that_person_does(demo):
    (card,) = [card for card in visitor().get("/welcome/").context["cards"] if card.code == "henk-verhoef"]
    assert (card.name, card.job, card.company) == ("Henk Verhoef", "Head of purchasing", "ABC Retail")
    waits = int(card.waits.removesuffix(" to approve"))
    client = visitor()
    step_into(client, "henk-verhoef")
    assert f"To approve {waits} Orders that wait for your yes or no." in words(client.get("/"))
    assert waits > 0


def test_an_order_is_above_what_a_shift_leader_may_sign_and_waits_for_the_plant_s_head(demo):
    client = visitor()
    step_into(client, "piet-moulder")
    assert "1 more waits for somebody who may sign more." in words(client.get("/"))
    page = words(client.get("/approvals/above/"))
    assert "Karin Assemakers Assembly, XYZ Widgets Moulding, XYZ Widgets Waiting for approval €4,082.40" in page
    head = visitor()
    step_into(head, "bram-plantinga")
    assert "To approve 1 Orders that wait for your yes or no." in words(head.get("/"))


def test_a_file_with_three_wrong_rows_waits_for_the_data_administrator(demo):
    (card,) = [card for card in visitor().get("/welcome/").context["cards"] if card.code == "siti-hartati"]
    assert card.waits == "1 file to check"
    client = visitor()
    step_into(client, "siti-hartati")
    (found,) = imports.listed(viewer=SITI(), at=AT, params={}).rows
    assert (found.state, found.read, found.refused) == (ImportState.CHECKED, 6, 3)
    text = words(client.get(f"/office/imports/{found.reference}/"))
    assert "winter-contracts.csv" in text
    assert "APPRENTICE" in text
    assert "2026-11-31" in text


def SITI():  # noqa: N802 - a person
    return who.actor_for(who.user_named("siti-hartati"), via="web", at=AT)


def test_nobody_unknown_can_be_stepped_into(demo):
    client = visitor()
    for person in ("nobody", "", "lindqvist"):
        assert step_into(client, person).url == "/welcome/"
        assert client.get("/").status_code == 302


@pytest.mark.parametrize("address", ["/welcome/", "/welcome/letters/", "/welcome/start-over/", "/welcome/yours/"])
def test_from_another_machine_nothing_of_it_is_there(demo, address):
    assert Client(HTTP_HOST="localhost", REMOTE_ADDR="192.0.2.7").get(address).status_code == 404
    assert Client(HTTP_HOST="testserver", REMOTE_ADDR="127.0.0.1").get(address).status_code == 404
    assert Client(**HERE).get(address).status_code == 200


def test_from_another_machine_nobody_signs_in_by_a_click(demo):
    client = Client(HTTP_HOST="localhost", REMOTE_ADDR="192.0.2.7")
    assert step_into(client, "maya-lund").status_code == 404
    assert "_auth_user_id" not in client.session


def test_without_the_demo_s_settings_nothing_of_it_is_there(demo, settings):
    settings.INWARD_DEMO = False
    client = visitor()
    assert client.get("/welcome/").status_code == 404
    assert step_into(client, "maya-lund").status_code == 404


def test_a_real_site_has_no_address_for_it(settings):
    for name in ("welcome", "step_in", "start_over", "sell"):
        with pytest.raises(NoReverseMatch):
            reverse(name, urlconf=settings.ROOT_URLCONF)


@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.name)
def test_every_step_of_a_tour_opens_its_page_in_the_right_shoes_and_it_ends_with_figures(demo, tour):
    client = visitor()
    for number, step in enumerate(tour.steps, 1):
        led = client.post("/welcome/tour/", {"tour": tour.name, "step": number})
        page = client.get(led.url)
        assert page.status_code == 200
        assert f"{tour.title} step {number} of 5 {step.words}" in words(page)
    ended = client.post("/welcome/tour/", {"tour": tour.name, "finish": "yes"})
    assert ended.url == f"/welcome/tour/{tour.name}/"
    text = words(client.get(ended.url))
    assert "That was the tour" in text
    for said in ENDINGS[tour.name]:
        assert said in text
    others = [other.title for other in TOURS if other is not tour]
    assert all(str(title) in text for title in others)
    assert "step 5 of 5" not in words(client.get("/shop/"))
    assert f"{tour.title} {tour.lead} Seen; once more" in words(client.get("/welcome/"))


ENDINGS = {
    "machine": ("Order 100", "less than others pay.", "of €600.00 are left to her at staff price this year."),
    "sisters": ("The next order. Inside: ABC Retail", "keeps its own. Inside: ABC Retail and XYZ Widgets belong to one group."),
    "books": ("XYZ Widgets: debit €", "ABC Retail: debit €"),
}  # fmt: skip


def test_a_tour_put_away_is_gone_from_the_pages_and_goes_on_where_it_was(demo):
    client = visitor()
    client.post("/welcome/tour/", {"tour": "machine", "step": "3"})
    assert client.post("/welcome/tour/", {"next": "/shop/"}).url == "/shop/"
    assert "step 3 of 5" not in words(client.get("/shop/"))
    step_into(client, "luca-bilancini")  # another person; the visitor is the same
    page = client.get("/welcome/")
    assert "Go on with step 3 of 5" in words(page)
    (card,) = [card for card in page.context["tours"] if card.tour.name == "machine"]
    assert (card.step, card.reached, card.finished) == (3, 3, False)


def test_a_price_that_rises_meanwhile_is_told_before_anything_is_ordered(demo):
    client = visitor()
    client.post("/welcome/tour/", {"tour": "machine", "step": "3"})
    shown = form(client.get("/shop/coffee-machine/"), "/orders/place/")
    orders = Order.objects.count()
    said = client.post("/welcome/rise/", HTTP_HX_REQUEST="true")
    assert words(said).startswith("The price has just risen by ten euro.")
    assert "<html" not in said.content.decode()
    again = client.post("/orders/place/", shown)
    assert again.status_code == 409
    assert "You were shown €97.43. It is now €104.93. Nothing has been ordered yet." in words(again)
    assert Order.objects.count() == orders
    placed = client.post("/orders/place/", form(again, "/orders/place/"))
    assert Order.objects.count() == orders + 1
    assert "€104.93" in words(client.get(placed.url))
    assert "has risen already" in words(client.post("/welcome/rise/", {"next": "/shop/"}, follow=True))


def test_the_day_after_jkl_sells_xyz_the_next_is_outside_and_the_old_keeps_its_verdict(demo):
    client = visitor()
    client.post("/welcome/tour/", {"tour": "sisters", "step": "3"})
    old = Order.objects.filter(customer__code="abc-purchasing", supplier__code="xyz").order_by("-id").first()
    before = client.get("/shop/widget-a/")
    assert "Inside: ABC Retail and XYZ Widgets belong to one group." in words(before)
    assert client.post("/welcome/sell/").url == "/shop/widget-a/"
    after = words(client.get("/shop/widget-a/"))
    assert "Outside: nothing ties" in after
    assert "step 4 of 5" in after
    assert "Inside: ABC Retail and XYZ Widgets belong to one group." in words(client.get(f"/orders/{old.reference}/"))
    client.post("/welcome/sell/")
    assert "already" in words(client.get("/welcome/"))


def test_a_hostile_step_or_tour_is_the_nearest_one_or_none(demo):
    client = visitor()
    for number in ("-3", "99", "²", "x"):
        assert client.post("/welcome/tour/", {"tour": "machine", "step": number}).status_code == 303
    assert client.post("/welcome/tour/", {"tour": "../../etc"}).url == "/"
    assert client.get("/welcome/tour/nothing/").status_code == 404
    client.session["tours"] = {"open": "gone", "reached": {"gone": 3}, "finished": ["gone"]}
    assert client.get("/welcome/").status_code == 200
    assert client.get("/welcome/tour/").url == "/welcome/"


def test_letters_that_were_sent_can_be_read_and_no_file_beside_them(demo, settings, tmp_path):
    (tmp_path / "secret.log").write_text("Subject: secret\n\nno letter", encoding="utf-8")
    EmailMessage(
        "Your kettle\nis placed".replace("\n", " "),
        "See http://localhost/orders/1/ <b>now</b>.",
        to=["maya@example.org"],
    ).send()
    client = visitor()
    text = words(client.get("/welcome/letters/"))
    assert "Your kettle is placed maya@example.org" in text
    assert "secret" not in text
    found = next(
        link for link in client.get("/welcome/letters/").context["letters"] if link.subject.startswith("Your kettle")
    )
    page = client.get(f"/welcome/letters/{found.key}/").content.decode()
    assert '<a href="/orders/1/">http://localhost:8000/orders/1/</a>' in page
    assert "&lt;b&gt;now&lt;/b&gt;" in page
    assert client.get("/welcome/letters/0000000000000000/").status_code == 404
    assert mail.outbox == []


def letter_of_one_page(to):
    """The latest letter to somebody that leads to a single page, and that page (one on whether a request is solved leads to more)."""
    pages = ((sent, [part.page for part in sent.parts if part.page]) for sent in letters.sent() if sent.to == to)
    return next((sent, linked[0]) for sent, linked in pages if len(linked) == 1)


def test_the_links_of_somebody_else_s_letter_open_in_her_shoes_on_the_linked_page(demo):
    client = visitor()
    step_into(client, "maya-lund")
    paolos, linked = letter_of_one_page("paolo-servente@example.org")
    assert client.get(linked).status_code == 404  # what the letter's plain link would give to anybody else
    page = client.get(f"/welcome/letters/{paolos.key}/")
    assert f'<a href="{linked}"' not in page.content.decode()
    assert "Open this as Paolo Servente" in words(page)
    assert "Its pages are for Paolo Servente." in words(page)
    led = client.post("/welcome/step-in/", form(page, "/welcome/step-in/"))
    assert (led.status_code, led.url) == (303, linked)
    arrived = client.get(linked)
    assert arrived.status_code == 200
    assert "You are Paolo Servente" in words(arrived)


def test_one_s_own_letter_has_plain_links(demo):
    client = visitor()
    step_into(client, "paolo-servente")
    paolos, linked = letter_of_one_page("paolo-servente@example.org")
    page = client.get(f"/welcome/letters/{paolos.key}/")
    assert f'<a href="{linked}">http://localhost:8000{linked}</a>' in page.content.decode()
    assert "Open this as" not in words(page)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("See http://[localhost or so", [("See http://[localhost or so", "")]),
        ("Read http://localhost:8123/a/?b=1#c.", [("Read ", ""), ("http://localhost:8000/a/?b=1#c", "/a/?b=1#c"), (".", "")]),
        ("http://127.0.0.1", [("", ""), ("http://localhost:8000/", "/"), ("", "")]),
        ("See https://example.org/orders/1/ there", [("See https://example.org/orders/1/ there", "")]),
        ("http://localhost.example.org/x", [("http://localhost.example.org/x", "")]),
        ("no link", [("no link", "")]),
    ],
)  # fmt: skip
def test_links_into_the_demo_get_the_address_it_has_now_and_others_stay(settings, text, parts):
    settings.INWARD_BASE_URL = "http://localhost:8000"
    sent = letters.SentLetter("k", "a@example.org", "s", AT, "en", text)
    assert [(part.text, part.page) for part in sent.parts] == parts


def test_a_letter_to_nobody_one_could_be_keeps_plain_links(demo):
    EmailMessage("Welcome", "http://localhost/door/x/", to=["stranger@example.org"]).send()
    (sent,) = [sent for sent in letters.sent() if sent.to == "stranger@example.org"]
    page = visitor().get(f"/welcome/letters/{sent.key}/")
    assert '<a href="/door/x/">' in page.content.decode()
    assert "Open this as" not in words(page)


def test_the_letter_of_a_forgotten_password_opens_its_page_in_the_reader_s_shoes(demo):
    client = visitor()
    client.post("/door/password/reset/", {"email": "maya-lund@example.org"})
    worker.drain()
    sent = next(sent for sent in letters.sent() if "/door/password/new/" in sent.text)
    page = client.get(f"/welcome/letters/{sent.key}/")
    assert "Open this as Maya Lund" in words(page)
    arrived = client.get(client.post("/welcome/step-in/", form(page, "/welcome/step-in/")).url, follow=True)
    assert arrived.status_code == 200
    assert "New password" in words(arrived)


def test_the_letters_of_the_story_have_gone_out_before_anybody_looks(demo):
    text = words(visitor().get("/welcome/"))
    count = int(text.split(" letters sent")[0].rsplit(" ", 1)[1])
    shown = visitor().get("/welcome/letters/").context["letters"]
    assert count == len(shown) > 20
    assert {letter.to for letter in shown} >= {"maya-lund@example.org", "henk-verhoef@example.org"}


def asked(client, holdings, supplier, customer):
    return client.get("/welcome/yours/", {"holdings": holdings, "supplier": supplier, "customer": customer})


def test_pasted_lines_give_a_verdict_and_a_command_that_gives_the_same(demo, tmp_path):
    page = asked(
        visitor(),
        "Nordic 'N' Holding, Bakery, 60\nNordic 'N' Holding;Dairy;55 %\n\nDairy\tCheese Shop\t70",
        "Cheese Shop",
        "Bakery",
    )
    assert "Inside: Bakery and Cheese Shop belong to one group." in words(page)
    assert "Dairy holds 70% of Cheese Shop." in words(page)
    command = page.context["judged"].command
    script = tmp_path / "inward"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m inward "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(done.stdout)
    assert (said["standing"], said["kind"]) == ("internal", "affiliate")


def test_a_spreadsheet_s_marks_and_decimal_comma_are_read(demo):
    page = asked(visitor(), "A;B;62,5 %\nA\tC\t50,01", "B", "C")
    assert "A holds 62.5% of B." in words(page)
    assert page.context["form"].companies == ["A", "B", "C"]


def test_the_page_comes_with_an_example_that_one_click_judges(demo):
    page = visitor().get("/welcome/yours/")
    shown = page.context["form"].initial
    assert "Inside: Cheese Shop and Bakery belong to one group." in words(
        asked(visitor(), shown["holdings"], shown["supplier"], shown["customer"])
    )


def test_what_is_wrong_is_summed_up_above_the_form_and_takes_the_focus(demo):
    page = asked(visitor(), "A, B, 60", "A", "Z").content.decode()
    summary = page[page.index('<div class="note tone-bad" tabindex="-1" autofocus role="group"') :]
    assert '<a href="#id_customer">Company that buys: This company is in none of the lines.' in summary
    assert page.count("autofocus") == 1


def test_an_outside_verdict_says_what_would_make_it_inside(demo):
    text = words(asked(visitor(), "A, B, 50\nA, C, 80", "B", "C"))
    assert "Outside: nothing ties C to B." in text
    assert "What would make it inside:" in text


@pytest.mark.parametrize(
    ("holdings", "supplier", "customer", "said"),
    [
        ("A, B, sixty", "A", "B", "Line 1: write owner, owned, percent"),
        ("A, B, 60\nB C", "A", "B", "Line 2: write owner, owned, percent"),
        ("A, B, 60", "A", "Z", "This company is in none of the lines. They name: A, B."),
        ("A, B, 1.2.3", "A", "B", "Line 1: write owner, owned, percent"),
        ("A, B, 9999999999", "A", "B", "Line 1: write owner, owned, percent"),
        ("A, B, 150", "A", "B", "150% is not a share"),
        ("A, B, 60\nC, B, 60", "A", "B", "120%"),
        ("", "A", "B", "Fill this in; it cannot be left empty."),
        ("\n \n", "A", "B", "Write at least one line"),
        ("\n".join(f"A, B{number}, 60" for number in range(201)), "A", "B1", "At most 200 lines"),
    ],
)  # fmt: skip
def test_lines_that_cannot_be_read_or_true_are_named_and_what_was_typed_stays(demo, holdings, supplier, customer, said):
    page = asked(visitor(), holdings, supplier, customer)
    assert said in words(page)
    assert page.context["judged"] is None
    assert 'value="A"' in page.content.decode()


def test_pages_of_the_demo_are_complete_in_norwegian(demo):
    client = visitor()
    client.post("/door/language/", {"language": "nb", "next": "/welcome/"})
    text = words(client.get("/welcome/"))
    assert "Én kaffemaskin, tre kjøpere, tre priser" in text
    assert "Innenfor" in text
    step_into(client, "maya-lund")
    assert "Hei, Maya Lund" in words(client.get("/"))
