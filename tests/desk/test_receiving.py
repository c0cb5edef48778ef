"""A letter comes back into its case once, from the person it was made for; everything else is kept for a person, and moves nothing."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from tests.builders import nothing_written
from tests.cast import INES, LUCA, MAYA, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, given_personnel, kept, later
from tests.desk.lettered import (
    INBOX,
    POST,
    address_for,
    come,
    given_mailbox,
    how,
    id_for,
    mail_of,
    raw,
    standing,
    written,
)

from inward.desk import operations
from inward.desk.announcements import CaseReopened, CaseWritten, LetterNotTaken
from inward.desk.models import CaseMessage, LetterStanding, ReceivedLetter
from inward.desk.operations import receiving
from inward.desk.operations.receiving import ANSWERED_MAX, TAKEN_MAX
from inward.desk.replyaddress import HOLDS
from inward.kit import files
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused

QUOTED = "It works now.\n\nOn Monday Inward <inbox@help.example> wrote:\n> Hello Maya,\n"


@pytest.fixture
def desk(house, settings):
    given_mailbox(settings)
    given_desk(house)
    return house


@pytest.fixture
def case(desk):
    return asked(desk, MAYA)


def reply(case, who=MAYA, text="It works now.", *, sender=None, **more):
    return raw(text, sender=sender or mail_of(who), to=address_for(case, who), **more)


def test_an_answer_goes_into_its_case_as_hers_without_what_it_quotes_and_is_told_like_any_other(desk, case):
    letter = come(reply(case, text=QUOTED, Message_ID="<1@abc.example>"))
    assert how(letter) == ("TAKEN", "")
    assert written(case)[1:] == [("CUSTOMER", False, MAYA.code, "It works now.")]
    assert letter.message == CaseMessage.objects.latest("id")
    assert (letter.case.reference, letter.person.code) == (case, MAYA.code)
    assert acts(case) == ["OPENED", "ASKED"]
    (told,) = announced(CaseWritten)
    assert (told.side, told.by) == ("CUSTOMER", MAYA.code)
    assert AuditRow.objects.get(act="desk.write").via == "letter"
    assert b"> Hello Maya" in files.read(letter.letter.file)


def test_the_same_letter_again_and_taking_it_again_change_nothing(desk, case):
    content = reply(case, Message_ID="<1@abc.example>")
    letter = come(content)
    with nothing_written():
        assert come(content, at=later(hours=1)).pk == letter.pk
        operations.take_letter(by=POST, at=later(hours=1), letter=letter.letter.reference)
    assert operations.take_rest(by=POST, at=MONDAY) == 0
    without = reply(case, text="Again.")
    come(without)
    come(b"Received: by another way\r\n" + without)
    assert [text for *_, text in written(case)][1:] == ["It works now.", "Again."]


def test_what_was_kept_when_a_worker_was_killed_is_taken_by_the_next_one_once(desk, case):
    reference = operations.receive(by=POST, at=MONDAY, mailbox=INBOX.name, raw=reply(case))
    assert len(written(case)) == 1
    assert operations.take_rest(by=POST, at=MONDAY) == 1
    assert how(standing(reference)) == ("TAKEN", "")
    assert len(written(case)) == 2


def test_where_the_database_fails_nothing_is_settled_and_the_next_one_takes_it(desk, case, monkeypatch):
    def fails(*_given):
        raise OperationalError("the connection is gone")

    letter = reply(case)
    with monkeypatch.context() as patch:
        patch.setattr(receiving, "_take", fails)
        with pytest.raises(OperationalError):
            come(letter)
    assert not LetterStanding.objects.exists()
    assert operations.take_rest(by=POST, at=MONDAY) == 1
    assert [text for *_, text in written(case)][1:] == ["It works now."]


def test_without_its_address_a_letter_is_known_by_what_it_answers_or_by_what_came_before(desk, case):
    sender = mail_of(MAYA)
    assert how(come(raw("One", sender=sender, In_Reply_To=id_for(case, MAYA)))) == ("TAKEN", "")
    before = f"{id_for(case, MAYA)} <other@abc.example>"
    assert how(come(raw("Two", sender=sender, In_Reply_To="<other@abc.example>", References=before))) == ("TAKEN", "")
    assert [text for *_, text in written(case)][1:] == ["One", "Two"]


def test_a_true_claim_that_is_not_hers_is_passed_over_for_one_that_is(desk, case):
    content = raw("Mine", sender=mail_of(MAYA), to=address_for(case, TOR), In_Reply_To=id_for(case, MAYA))
    assert how(come(content)) == ("TAKEN", "")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda house, case: {"to": INBOX.address}, "NO_CASE"),
        (lambda house, case: {"to": address_for(case, MAYA).replace("+", "+a", 1)}, "UNTRUE"),
        (lambda house, case: {"to": _flipped(address_for(case, MAYA))}, "UNTRUE"),
        (lambda house, case: {"to": INBOX.address, "In_Reply_To": "<a.1@help.example>"}, "NO_CASE"),
        (lambda house, case: {"to": address_for(case, MAYA, at=MONDAY - HOLDS - timedelta(days=2))}, "OLD"),
        (lambda house, case: {"sender": mail_of(INES)}, "STRANGER"),
        (lambda house, case: {"sender": "Maya <maya@private.example>"}, "STRANGER"),
        (lambda house, case: {"sender": f"{mail_of(MAYA)}, {mail_of(TOR)}"}, "STRANGER"),
        (lambda house, case: {"sender": mail_of(LUCA), "to": address_for(case, LUCA)}, "NO_VOICE"),
        (lambda house, case: {"sender": mail_of(LUCA), "to": address_for(case, LUCA), "text": "Unseen"}, "NO_VOICE"),
        (lambda house, case: {"text": " \n"}, "EMPTY"),
        (lambda house, case: {"text": "BEGIN:VCALENDAR", "kind": "text/calendar"}, "CALENDAR"),
    ],
)
def test_what_is_not_true_not_hers_or_empty_waits_for_a_person_and_nothing_is_in_the_case(desk, case, change, why):
    changed = {"sender": mail_of(MAYA), "to": address_for(case, MAYA), "text": "Hello"} | change(desk, case)
    if why == "NO_VOICE" and changed["text"] != "Unseen":
        operations.watch(by=desk.actor(MAYA), at=MONDAY, case=case, person=LUCA.code)
    kind = changed.pop("kind", "")
    content = raw(**changed)
    letter = come(content.replace(b"text/plain", kind.encode()) if kind else content)
    assert how(letter) == ("WAITING", why)
    assert len(written(case)) == 1
    assert letter.message is None
    assert not announced(CaseWritten)


def _flipped(address):
    local, at, domain = address.partition("@")
    return local[:-1] + ("a" if local[-1] != "a" else "b") + at + domain


def test_case_handlers_answer_by_letter_with_a_note_and_never_speak_for_the_service(desk, case):
    letter = come(raw("Order a cable.", sender=mail_of(TOR), to=address_for(case, TOR)))
    assert how(letter) == ("TAKEN", "")
    assert written(case)[1:] == [("SERVICE", True, TOR.code, "Order a cable.")]
    assert kept(case).owner_id is None
    assert not announced(CaseWritten)


def test_an_answer_opens_what_is_called_solved_again_and_says_nothing_to_what_is_over_for_good(desk, case):
    operations.solve(by=desk.actor(TOR), at=MONDAY, case=case, words="A new cable.")
    assert how(come(reply(case, text="No."))) == ("TAKEN", "")
    assert kept(case).state == "OPEN"
    assert len(announced(CaseReopened)) == 1
    operations.withdraw(by=desk.actor(MAYA), at=MONDAY, case=case)
    letter = come(reply(case, text="Yes."))
    assert (how(letter), letter.case.reference) == (("WAITING", "OVER"), case)
    assert kept(case).state == "WITHDRAWN"


def test_an_answer_to_what_was_joined_goes_where_it_goes_on(desk, case):
    other = asked(desk, MAYA, text="Another till.")
    operations.join(by=desk.actor(TOR), at=MONDAY, case=case, into=other)
    assert come(reply(case)).case.reference == other


def test_an_answer_to_a_confidential_request_stays_within_it(desk):
    given_personnel(desk)
    secret = asked(desk, MAYA, queue="hr", text="About my leader.")
    assert how(come(reply(secret, text="More."))) == ("TAKEN", "")
    assert written(secret)[1:] == [("CUSTOMER", False, MAYA.code, "More.")]


def test_machines_that_answer_each_other_end_after_some_letters_an_hour(desk, case):
    for each in range(TAKEN_MAX):
        assert how(come(reply(case, text=f"I am here {each}"))) == ("TAKEN", "")
    assert how(come(reply(case, text="Once more"))) == ("WAITING", "MANY")
    assert how(come(reply(case, text="Later"), at=later(hours=2))) == ("TAKEN", "")


def test_files_are_taken_by_the_rules_of_the_page_and_those_that_are_not_are_named(desk, case):
    sent = [("list.txt", b"a list"), ("../run.exe", b"MZ\0\0"), ("page.html", b"<html>"), ("empty.txt", b"")]
    letter = come(reply(case, files=sent))
    assert list(letter.message.files.values_list("name", flat=True)) == ["list.txt"]
    assert letter.left_out == ["run.exe", "page.html"]
    many = come(reply(case, text="", subject="Pictures", files=[(f"{n}.txt", b"x%d" % n) for n in range(11)]))
    assert (many.message.text, many.message.files.count(), many.left_out) == ("Pictures", 10, ["10.txt"])


def test_a_letter_in_html_alone_is_taken_as_text(desk, case):
    content = reply(case, text="<p>It <b>works</b>.</p><blockquote>Before</blockquote>")
    assert come(content.replace(b"text/plain", b"text/html")).message.text == "It works."


def test_what_is_too_long_is_shortened_and_kept_whole_beside(desk, case):
    letter = come(reply(case, text="word " * 5000))
    assert (len(letter.message.text), letter.message.text[-1]) == (20_000, "…")
    assert letter.letter.file.size > 25_000


def test_that_somebody_is_away_is_noted_for_the_service_and_nothing_moves(desk, case):
    operations.solve(by=desk.actor(TOR), at=MONDAY, case=case, words="A new cable.")
    letter = come(reply(case, text="I am away.", Auto_Submitted="auto-replied"))
    assert (how(letter), letter.case.reference) == (("NOTED", "MACHINE"), case)
    assert (kept(case).state, acts(case)[-1]) == ("SOLVED", "AUTO_ANSWERED")
    assert len(written(case)) == 2
    assert not announced(LetterNotTaken)


def test_a_letter_that_did_not_arrive_is_noted_at_its_case_and_a_bounce_of_nothing_is_kept(desk, case):
    operations.solve(by=desk.actor(TOR), at=MONDAY, case=case, words="A new cable.")
    gone = f"Status: 5.1.1\n\nMessage-ID: {id_for(case, MAYA)}\n"
    daemon = "Mailer <mailer-daemon@abc.example>"
    letter = come(raw(gone, sender=daemon, X_Failed_Recipients="maya@abc.example"))
    assert (how(letter), letter.kind) == (("NOTED", "MACHINE"), "BOUNCE")
    assert (kept(case).state, acts(case)[-1]) == ("SOLVED", "NOT_DELIVERED")
    nothing = come(raw("Gone.", sender=daemon, X_Failed_Recipients="maya@abc.example"))
    assert (how(nothing), nothing.case) == (("NOTED", "MACHINE"), None)
    assert acts(case).count("NOT_DELIVERED") == 1


def test_our_own_letters_that_come_back_move_nothing(desk, case):
    ours = id_for(case, MAYA)
    assert how(come(reply(case, sender="x@y.example", Message_ID=ours))) == ("NOTED", "OWN")
    old = id_for(case, MAYA, at=MONDAY - HOLDS - timedelta(days=2))
    assert how(come(reply(case, Message_ID=old))) == ("NOTED", "OWN")
    assert how(come(reply(case, sender=INBOX.address))) == ("NOTED", "OWN")
    assert len(written(case)) == 1


def test_whoever_wrote_is_told_the_way_in_once_a_day_and_only_so_many_are_in_an_hour(desk, case):
    letter = come(raw("Hello", sender="stranger@else.example"))
    assert letter.answered_at == MONDAY
    assert (letter.person, letter.company) == (None, None)
    assert [(each.letter, each.why) for each in announced(LetterNotTaken)] == [(letter.letter.reference, "NO_CASE")]
    assert come(raw("Again", sender="stranger@else.example")).answered_at is None
    assert come(raw("List", sender="list@else.example", List_Id="<x>")).answered_at is None
    for each in range(ANSWERED_MAX):
        come(raw("Hi", sender=f"s{each}@else.example"))
    assert len(announced(LetterNotTaken)) == ANSWERED_MAX
    assert come(raw("Next day", sender="stranger@else.example"), at=later(days=1, hours=1)).answered_at is not None


def test_a_letter_too_large_or_damaged_or_of_no_mailbox_waits_for_a_person(desk, case, settings):
    large = operations.receive(by=POST, at=MONDAY, mailbox=INBOX.name, raw=reply(case), whole=False)
    operations.take_letter(by=POST, at=MONDAY, letter=large)
    assert how(standing(large)) == ("WAITING", "LARGE")
    damaged = operations.receive(by=POST, at=MONDAY, mailbox=INBOX.name, raw=reply(case, text="Other"))
    files.path_of(ReceivedLetter.objects.get(reference=damaged).file).write_bytes(b"")
    operations.take_letter(by=POST, at=MONDAY, letter=damaged)
    assert how(standing(damaged)) == ("WAITING", "EMPTY")
    settings.INWARD_INBOX = None
    assert how(come(raw("Third", sender=mail_of(MAYA)))) == ("WAITING", "NO_CASE")
    assert len(written(case)) == 1


def test_only_the_house_takes_letters_and_there_must_be_one(desk, case):
    with nothing_written():
        for act in (
            lambda: operations.receive(by=desk.actor(TOR), at=MONDAY, mailbox="x", raw=b""),
            lambda: operations.take_letter(by=desk.actor(TOR), at=MONDAY, letter="x"),
            lambda: operations.take_rest(by=desk.actor(TOR), at=MONDAY),
        ):
            with pytest.raises(Refused):
                act()
        with pytest.raises(NotThere):
            operations.take_letter(by=POST, at=MONDAY, letter="x")
    assert not LetterStanding.objects.exists()
