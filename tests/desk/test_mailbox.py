"""The mailbox itself, with a real Dovecot: what a customer answers lands in its case once, whatever ends in between; nothing is lost."""

from dataclasses import replace

import pytest
from tests.cast import MAYA, TOR
from tests.conftest import HOW_TO_GET_DOVECOT
from tests.desk import dovecot
from tests.desk.asked import MONDAY, asked, given_desk, later
from tests.desk.lettered import POST, address_for, mail_of, raw, written

from inward.cli import examining
from inward.desk import letterjobs, operations
from inward.desk.letterjobs import LETTERS_MAX, read_mailbox
from inward.desk.models import LetterStanding, ReceivedLetter
from inward.kit import files, mailbox
from inward.kit.mailbox import MailboxSilent

pytestmark = pytest.mark.skipif(dovecot.DOVECOT is None, reason=f"no Dovecot on this machine: {HOW_TO_GET_DOVECOT}")


@pytest.fixture(scope="module")
def server():
    with dovecot.served() as inbox:
        yield inbox


@pytest.fixture
def desk(house, settings, server):
    given_desk(house)
    settings.INWARD_INBOX = server
    with dovecot.signed_in(server) as box:
        for key in box.search(None, "ALL")[1][0].split():
            box.store(key, "+FLAGS", r"(\Deleted)")
        box.expunge()
    return house


def states():
    return list(LetterStanding.objects.order_by("letter_id").values_list("state", "why"))


def test_answers_land_once_forged_ones_wait_and_every_message_stays_in_the_mailbox_marked_as_seen(desk, server):
    case = asked(desk, MAYA)
    hers, answer = mail_of(MAYA), address_for(case, MAYA)
    dovecot.deliver(
        server,
        raw("It works.", sender=hers, to=answer, Message_ID="<1@abc.example>"),
        raw("It works.", sender=hers, to=answer, Message_ID="<1@abc.example>"),
        raw("I am she.", sender=mail_of(TOR), to=answer),
        raw("Away", sender=hers, to=answer, Auto_Submitted="auto-replied"),
        raw("Guessed", sender=hers, to="inbox+aaaa@help.example"),
        b"\xff\xfe no headers at all",
    )
    read_mailbox(at=MONDAY)
    assert [text for *_, text in written(case)][1:] == ["It works."]
    assert states() == [
        ("TAKEN", ""),
        ("WAITING", "STRANGER"),
        ("NOTED", "MACHINE"),
        ("WAITING", "UNTRUE"),
        ("WAITING", "NO_CASE"),
    ]
    assert dovecot.flags(server) == [["\\Seen"]] * 6
    read_mailbox(at=later(minutes=1))
    assert ReceivedLetter.objects.count() == 5


@pytest.mark.parametrize("taken", [False, True])
def test_a_worker_killed_after_keeping_or_after_taking_a_letter_leaves_it_taken_once(desk, server, taken):
    case = asked(desk, MAYA)
    dovecot.deliver(server, raw("It works.", sender=mail_of(MAYA), to=address_for(case, MAYA)))
    with mailbox.opened(server) as box:
        (key,) = box.unseen(LETTERS_MAX)
        letter = operations.receive(by=POST, at=MONDAY, mailbox=server.name, raw=box.raw(key))
        if taken:
            operations.take_letter(by=POST, at=MONDAY, letter=letter)
    assert dovecot.flags(server) == [[]]
    read_mailbox(at=later(minutes=1))
    assert [text for *_, text in written(case)][1:] == ["It works."]
    assert states() == [("TAKEN", "")]
    assert dovecot.flags(server) == [["\\Seen"]]


def test_a_run_is_bounded_in_letters_and_in_time_and_what_is_too_large_is_fetched_by_its_headers_alone(
    desk, server, monkeypatch
):
    dovecot.deliver(server, *(raw(f"Letter {n}", sender="x@y.example") for n in range(3)))
    monkeypatch.setattr(letterjobs, "LETTERS_MAX", 1)
    read_mailbox(at=MONDAY)
    assert dovecot.flags(server) == [["\\Seen"], [], []]
    monkeypatch.setattr(letterjobs, "SECONDS_MAX", -1)
    read_mailbox(at=MONDAY)
    assert dovecot.flags(server) == [["\\Seen"], [], []]
    monkeypatch.setattr(letterjobs, "SECONDS_MAX", 120)
    monkeypatch.setattr(files, "SIZE_MAX", 10)
    read_mailbox(at=MONDAY)
    assert states() == [("WAITING", "NO_CASE"), ("WAITING", "LARGE")]
    assert b"Letter 1" not in files.read(ReceivedLetter.objects.latest("id").file)


def test_a_mailbox_that_is_away_or_refuses_is_tried_again_and_what_was_kept_is_taken_all_the_same(
    desk, server, settings
):
    case = asked(desk, MAYA)
    content = raw("It works.", sender=mail_of(MAYA), to=address_for(case, MAYA))
    operations.receive(by=POST, at=MONDAY, mailbox=server.name, raw=content)
    wrong = (
        {"password": "other"},
        {"folder": 'No "such'},
        {"port": 1},
        {"port": 1, "tls": True},
        {"password": "pæss"},
        {"folder": "Søknader"},
    )
    for change in wrong:
        settings.INWARD_INBOX = replace(server, **change)
        with pytest.raises(MailboxSilent), mailbox.opened(settings.INWARD_INBOX):
            pass
    read_mailbox(at=MONDAY)
    assert states() == [("TAKEN", "")]
    settings.INWARD_INBOX = None
    read_mailbox(at=MONDAY)
    assert len(written(case)) == 2


def test_the_doctor_says_that_the_mailbox_answers_and_how_many_letters_wait(desk, server):
    dovecot.deliver(server, raw("Hello", sender="x@y.example"))
    finding = examining.EXAMINATIONS["mailbox"]()
    assert (finding.well, finding.found) == (True, f"{server.name} answers, 1 to be read")
