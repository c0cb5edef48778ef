"""Letters that can be answered: to whom they say so, by which address, and the letter to whoever could not be heard."""

import pytest
from tests.cast import INES, LUCA, MAYA, TOR
from tests.desk.asked import MONDAY, asked, given_desk, given_personnel, kept
from tests.desk.lettered import INBOX, address_for, come, given_mailbox, how, id_for, mail_of, raw
from tests.web.letters.test_cases import heard, letter

from inward.desk import operations
from inward.desk.announcements import LetterNotTaken
from inward.kit.outbox import announced
from inward.notices.models import Notice
from inward.web.letters import received


@pytest.fixture
def desk(house, settings):
    given_mailbox(settings)
    given_desk(house)
    return house


def test_a_letter_bears_an_address_and_an_id_for_its_reader_and_says_that_a_machine_wrote_it(desk, mailoutbox):
    case = asked(desk, MAYA)
    heard()
    mail = letter(mailoutbox, "case_opened")
    sent = mail.message()
    assert sent["Reply-To"] == address_for(case, MAYA)
    assert len(sent["Reply-To"].partition("@")[0]) <= 64
    assert sent["Reply-To"] == sent["Reply-To"].lower()
    assert sent["Message-ID"].startswith(id_for(case, MAYA).partition(".")[0] + ".")
    assert sent["Message-ID"].endswith("@help.example>")
    assert (sent["Auto-Submitted"], sent["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert "You can simply answer this letter: what you write goes into the request." in mail.body
    assert how(come(raw("Thanks", sender=mail_of(MAYA), to=sent["Reply-To"]))) == ("TAKEN", "")


def test_whoever_serves_is_told_of_a_note_and_whoever_only_follows_of_nothing(desk, mailoutbox):
    case = asked(desk, MAYA)
    operations.watch(by=desk.actor(MAYA), at=MONDAY, case=case, person=LUCA.code)
    operations.assign(by=desk.actor(TOR), at=MONDAY, case=case, owner=INES.code)
    operations.answer(by=desk.actor(INES), at=MONDAY, case=case, text="Try again.")
    heard()
    mail = letter(mailoutbox, "case_assigned")
    assert "what you write becomes a note that only the service reads." in mail.body
    assert mail.message()["Reply-To"] == address_for(case, INES)


def test_who_only_follows_gets_an_id_and_no_address(desk, mailoutbox):
    case = asked(desk, MAYA)
    operations.watch(by=desk.actor(MAYA), at=MONDAY, case=case, person=LUCA.code)
    operations.answer(by=desk.actor(TOR), at=MONDAY, case=case, text="Try again.")
    heard()
    Notice.objects.exclude(person__code=LUCA.code).delete()
    mail = letter(mailoutbox, "case_answered")
    assert mail.message()["Reply-To"] is None
    assert mail.message()["Message-ID"].endswith("@help.example>")
    assert "answer this letter" not in mail.body


def test_what_is_called_solved_says_that_an_answer_opens_it_again(desk, mailoutbox):
    case = asked(desk, MAYA)
    operations.solve(by=desk.actor(TOR), at=MONDAY, case=case, words="A new cable.")
    heard()
    assert "you can simply answer this letter: the request is opened again." in letter(mailoutbox, "case_solved").body


def test_news_of_a_confidential_request_is_answered_into_it_and_says_nothing_of_it(desk, mailoutbox):
    given_personnel(desk)
    secret = asked(desk, MAYA, queue="hr", text="About my leader.")
    heard()
    mail = letter(mailoutbox, "case_opened")
    assert mail.message()["Reply-To"] == address_for(secret, MAYA)
    assert "answer this letter" in mail.body
    assert str(kept(secret).number) not in mail.body


def test_without_a_mailbox_letters_say_nothing_of_answers(desk, mailoutbox, settings):
    settings.INWARD_INBOX = None
    asked(desk, MAYA)
    heard()
    mail = letter(mailoutbox, "case_opened")
    assert mail.message()["Reply-To"] is None
    assert INBOX.domain not in mail.message()["Message-ID"]
    assert "answer this letter" not in mail.body


def test_whoever_could_not_be_heard_is_told_the_way_in_and_nothing_of_any_request(desk, mailoutbox):
    case = asked(desk, MAYA)
    come(raw("Hi", sender=mail_of(LUCA), to=address_for(case, MAYA), Message_ID="<1@abc.example>"))
    come(raw("Salve", sender="x@y.example"))
    operations.withdraw(by=desk.actor(MAYA), at=MONDAY, case=case)
    come(raw("More", sender=mail_of(MAYA), to=address_for(case, MAYA)))
    for told in announced(LetterNotTaken):
        received.not_taken(told, at=MONDAY)
    first, strange, over = mailoutbox
    assert (first.to, first.subject) == ([f"{LUCA.code}@example.org"], "Your letter is kept for a person")
    assert first.message()["Auto-Submitted"] == "auto-replied"
    assert first.message()["In-Reply-To"] == "<1@abc.example>"
    assert first.message()["Reply-To"] is None
    assert "It came from another address than our letter went to." in first.body
    assert "/help/" in first.body
    assert str(kept(case).number) not in first.body + first.subject
    assert strange.message()["In-Reply-To"] is None
    assert "Ask anew there; the new request can be linked to it:" in over.body
    received.not_taken(LetterNotTaken(letter="gone", why="NO_CASE"), at=MONDAY)
    assert len(mailoutbox) == 3
