"""What a person does with a letter that was not taken: where it goes, as whose words, who may, and that nothing is thrown away."""

import pytest
from tests.builders import given_role, nothing_written
from tests.cast import HENK, INES, LUCA, MAYA, TOR
from tests.desk.asked import MONDAY, asked, given_desk, given_personnel, kept, later
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

from inward.core.terms import Refusal
from inward.desk import letters, operations
from inward.desk.announcements import CaseOpened, CaseWritten
from inward.desk.models import Case
from inward.kit import files
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused


@pytest.fixture
def desk(house, settings):
    given_mailbox(settings)
    given_desk(house)
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    return house


def listed(house, who, **params):
    return [row.reference for row in letters.letters(viewer=house.actor(who), at=MONDAY, params=params).rows]


def reference(letter):
    return letter.letter.reference


def refused(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(at=MONDAY, **values)
    return caught.value.reason.code


def test_a_letter_that_names_a_case_is_seen_by_who_handles_it_and_one_that_names_none_by_who_keeps_the_post(desk):
    given_personnel(desk)
    case, secret = asked(desk, MAYA), asked(desk, MAYA, queue="hr", text="About my leader.")
    of_case = reference(come(raw("Not she", sender=mail_of(LUCA), to=address_for(case, MAYA))))
    of_secret = reference(come(raw("Not she", sender=mail_of(LUCA), to=address_for(secret, MAYA))))
    of_none = reference(come(raw("Hello", sender=mail_of(MAYA))))
    strange = reference(come(raw("Hello", sender="x@y.example")))
    assert listed(desk, TOR) == [strange, of_none, of_secret, of_case]
    assert listed(desk, INES) == [of_case]  # her role is over IT alone, and she owns no service
    assert letters.count_waiting(viewer=desk.actor(INES), at=MONDAY) == (1, False)
    assert listed(desk, TOR, state="TAKEN") == []
    for act in (letters.letters, letters.letter):
        more = {"params": {}} if act is letters.letters else {"reference": of_secret}
        with pytest.raises(NotThere):
            act(viewer=desk.actor(MAYA), at=MONDAY, **more)
    with pytest.raises(NotThere):
        letters.raw(viewer=desk.actor(INES), at=MONDAY, reference=of_secret)


def test_a_letter_of_another_company_is_not_seen_and_whoever_keeps_everything_sees_all(desk):
    hers = reference(come(raw("Hello", sender=mail_of(HENK))))
    row = standing(hers)
    assert (hers in listed(desk, TOR)) == (row.company is None or row.company.code == "abc")
    given_role(desk.users[INES.code], "DATA_ADMINISTRATOR", "abc")
    mine = reference(come(raw("Hi", sender=mail_of(MAYA))))
    assert mine in listed(desk, INES)


def test_its_page_shows_what_was_written_now_all_of_it_what_came_with_it_and_its_sender_by_name_where_known(desk):
    text = "Now.\n\nOn Monday Inward <x@y.example> wrote:\n> Before"
    known = letters.letter(
        viewer=desk.actor(TOR),
        at=MONDAY,
        reference=reference(come(raw(text, sender=mail_of(MAYA), files=[("../a.exe", b"MZ")]))),
    )
    assert (known.text, known.whole.splitlines()[-1], known.attachments) == ("Now.", "> Before", ("a.exe",))
    assert (known.row.person.code, known.row.sender, known.may_open) == (MAYA.code, "", True)
    strange = letters.letter(
        viewer=desk.actor(TOR), at=MONDAY, reference=reference(come(raw("x", sender="x@y.example")))
    )
    assert (strange.row.person, strange.row.sender, strange.may_open) == (None, "x@y.example", False)


def test_put_into_a_case_it_is_what_its_sender_wrote_where_she_may_and_else_a_note_of_the_service(desk):
    case = asked(desk, MAYA)
    hers = reference(come(raw("From home", sender=mail_of(MAYA), files=[("a.txt", b"a"), ("b.exe", b"MZ\0")])))
    strange = reference(come(raw("I saw it too", sender="x@y.example")))
    colleague = reference(come(raw("Me too", sender=mail_of(INES))))
    number = kept(case).number
    for letter in (hers, strange, colleague):
        operations.put_letter(by=desk.actor(TOR), at=MONDAY, letter=letter, number=number)
    assert written(case)[1:] == [
        ("CUSTOMER", False, MAYA.code, "From home"),
        ("SERVICE", True, TOR.code, "x@y.example:\nI saw it too"),
        ("SERVICE", True, TOR.code, f"{INES.code}@example.org:\nMe too"),
    ]
    assert (how(standing(hers)), standing(hers).left_out) == (("PUT", "NO_CASE"), ["b.exe"])
    assert standing(hers).message.files.get().name == "a.txt"
    (told,) = announced(CaseWritten)
    assert (told.side, told.by) == ("CUSTOMER", TOR.code)
    assert refused(operations.put_letter, by=desk.actor(TOR), letter=hers, number=number) == "letter_settled"
    assert refused(operations.set_letter_aside, by=desk.actor(TOR), letter=hers) == "letter_settled"


def test_a_letter_goes_only_where_its_keeper_handles_and_hidden_numbers_are_answered_like_none(desk):
    given_personnel(desk)
    own = asked(desk, TOR, text="My own")
    letter = reference(come(raw("Hello", sender=mail_of(MAYA))))
    for number in (kept(own).number, 1):
        assert refused(operations.put_letter, by=desk.actor(TOR), letter=letter, number=number) == "letter_case_unknown"
    empty = reference(come(raw(" ", sender=mail_of(MAYA))))
    case = asked(desk, MAYA)
    number = kept(case).number
    assert refused(operations.put_letter, by=desk.actor(TOR), letter=empty, number=number) == "words_missing"
    with nothing_written(), pytest.raises(NotThere):
        operations.put_letter(by=desk.actor(LUCA), at=MONDAY, letter=letter, number=number)


def test_what_is_over_is_opened_again_by_what_its_customer_wrote(desk):
    case = asked(desk, MAYA)
    operations.solve(by=desk.actor(TOR), at=MONDAY, case=case, words="Done")
    letter = reference(come(raw("No", sender=mail_of(MAYA))))
    operations.put_letter(by=desk.actor(TOR), at=MONDAY, letter=letter, number=kept(case).number)
    assert kept(case).state == "OPEN"


def test_a_new_request_is_opened_for_its_sender_once_and_never_for_a_stranger(desk):
    letter = reference(come(raw("The till is dead.", sender=mail_of(MAYA), subject="Till")))
    receipt = operations.open_letter(by=desk.actor(TOR), at=MONDAY, letter=letter, queue="it")
    case = Case.objects.get(reference=receipt.reference)
    assert (case.subject, case.channel, case.person.code) == ("Till", "LETTER", MAYA.code)
    assert (how(standing(letter)), standing(letter).case) == (("OPENED", "NO_CASE"), case)
    assert len(announced(CaseOpened)) == 1
    assert refused(operations.open_letter, by=desk.actor(TOR), letter=letter, queue="it") == "letter_settled"
    strange = reference(come(raw("Hello", sender="x@y.example")))
    assert refused(operations.open_letter, by=desk.actor(TOR), letter=strange, queue="it") == "letter_sender_unknown"
    known = reference(come(raw("Hello", sender=mail_of(LUCA))))
    given_personnel(desk)
    with nothing_written(), pytest.raises((Refused, NotThere)):
        operations.open_letter(by=desk.actor(TOR), at=MONDAY, letter=known, queue="nowhere")


def test_into_a_confidential_queue_it_is_opened_also_by_whoever_does_not_see_it_there_and_is_out_of_her_sight(desk):
    given_personnel(desk)
    given_role(desk.users[INES.code], "SERVICE_OWNER", "abc")
    letter = reference(come(raw("About my pay.", sender=mail_of(MAYA))))
    receipt = operations.open_letter(by=desk.actor(INES), at=MONDAY, letter=letter, queue="hr")
    case = Case.objects.get(reference=receipt.reference)
    assert (case.confidential, standing(letter).case) == (True, case)
    assert (listed(desk, INES, state="OPENED"), listed(desk, TOR, state="OPENED")) == ([], [letter])


def test_set_aside_it_waits_no_longer_can_be_taken_up_again_and_each_act_is_audited(desk):
    letter = reference(come(raw("Hello", sender=mail_of(MAYA))))
    assert refused(operations.take_letter_up, by=desk.actor(TOR), letter=letter) == "letter_settled"
    operations.set_letter_aside(by=desk.actor(TOR), at=MONDAY, letter=letter)
    assert (listed(desk, TOR), listed(desk, TOR, state="SET_ASIDE")) == ([], [letter])
    operations.take_letter_up(by=desk.actor(TOR), at=later(hours=1), letter=letter)
    assert listed(desk, TOR) == [letter]
    rows = AuditRow.objects.filter(act="desk.sort_letter", thing=letter).order_by("id")
    assert [row.facts for row in rows] == [{"state": "SET_ASIDE"}, {"state": "WAITING"}]


def test_of_whoever_is_erased_letters_keep_neither_words_nor_subject_nor_address(desk):
    case = asked(desk, MAYA)
    taken = come(raw("It works.", sender=mail_of(MAYA), to=address_for(case, MAYA)))
    waits = come(raw("Hello", sender=mail_of(MAYA)))
    about = come(raw("Hi", sender=mail_of(LUCA), In_Reply_To=id_for(case, TOR)))
    other = come(raw("Hi", sender=mail_of(LUCA)))
    operations.forget_person(by=POST, at=MONDAY, person_id=taken.person_id)
    assert [(each.subject, each.state.value) for each in letters.own(viewer=desk.actor(MAYA))] == [
        ("", "WAITING"),
        ("", "TAKEN"),
    ]
    for letter in (taken, waits, about):
        found = standing(reference(letter))
        assert (found.sender, found.subject) == ("", "")
        assert letters.content_of(found) is None
        assert letters.answerable(reference=reference(letter), fallback="en") is None
    assert standing(reference(other)).sender == f"{LUCA.code}@example.org"
    assert files.read(other.letter.file)
    assert letters.letter(viewer=desk.actor(TOR), at=MONDAY, reference=reference(waits)).text == ""
    assert refused(operations.open_letter, by=desk.actor(TOR), letter=reference(waits), queue="it") == "words_missing"


def test_whoever_is_answered_is_answered_in_her_language_and_strangers_in_the_houses(desk):
    hers = come(raw("Hei", sender=mail_of(TOR), Message_ID="<1@abc.example>"))
    told = letters.answerable(reference=reference(hers), fallback="it")
    assert (told.address, told.language, told.message_id) == (f"{TOR.code}@example.org", "nb", "1@abc.example")
    strange = come(raw("Ciao", sender="x@y.example"))
    told = letters.answerable(reference=reference(strange), fallback="it")
    assert (told.address, told.language, told.message_id) == ("x@y.example", "it", "")
    assert letters.answerable(reference="none", fallback="it") is None
    assert INBOX.local == "inbox"
