"""Raw messages read: of which kind they are, what of them was written now, and what they claim to answer. Nothing raises."""

from pathlib import Path

import pytest

from inward.core.letters import (
    Claim,
    LetterKind,
    Returned,
    Way,
    claims_of,
    own_token,
    read_letter,
    written_now,
)
from inward.core.letters.parts import PARTS_MAX

HERE = Path(__file__).parents[2] / "data" / "mail"
INBOX = "inbox@help.example"


def letter(*headers, body="Words", sender="Maya <maya@abc.example>"):
    heading = [f"From: {sender}", *headers]
    return read_letter(("\r\n".join(heading) + "\r\n\r\n" + body).encode())


KINDS = {
    "mm-multi_address_bounce1.eml": (LetterKind.BOUNCE, True),
    "mm-multipart_report_multiple_status.eml": (LetterKind.BOUNCE, True),
    "mm-report_422.eml": (LetterKind.BOUNCE, False),
    "mm-report_530.eml": (LetterKind.BOUNCE, True),
}


@pytest.mark.parametrize("name", sorted(each.name for each in HERE.glob("*.eml")))
def test_no_message_of_the_wild_raises_and_bounces_are_known_with_whether_they_are_for_good(name):
    found = read_letter((HERE / name).read_bytes())
    kind, for_good = KINDS.get(name, (LetterKind.MESSAGE, None))
    assert (found.kind, found.returned.for_good) == (kind, for_good)
    assert "\0" not in found.text


def test_odd_charsets_headers_and_bodies_come_out_as_words():
    read = {
        name: read_letter((HERE / f"mm-{name}.eml").read_bytes())
        for name in ("japanese_iso_2022", "ks_c_5601-1987", "utf8_headers", "raw_email_encoded_stack_level_too_deep")
    }
    assert read["japanese_iso_2022"].subject == "まみむめも"
    assert read["japanese_iso_2022"].text == "すみません。"
    assert read["ks_c_5601-1987"].text == "스티해"
    assert read["utf8_headers"].subject == "Säying Hello"
    assert "Nicolas Fouché has accepted" in read["raw_email_encoded_stack_level_too_deep"].subject


@pytest.mark.parametrize(
    ("headers", "kind", "answered"),
    [
        ((), LetterKind.MESSAGE, True),
        (("Auto-Submitted: no",), LetterKind.MESSAGE, True),
        (("Auto-Submitted: auto-replied; owner-email=x@y.example",), LetterKind.AUTO_REPLY, False),
        (("Precedence: auto_reply",), LetterKind.AUTO_REPLY, False),
        (("X-Autorespond: yes",), LetterKind.AUTO_REPLY, False),
        (("Precedence: bulk",), LetterKind.MESSAGE, False),
        (("List-Id: <x.example>",), LetterKind.MESSAGE, False),
        (("X-Auto-Response-Suppress: DR, OOF",), LetterKind.MESSAGE, False),
        (("X-Spam-Flag: YES",), LetterKind.MESSAGE, False),
        (("Return-Path: <>",), LetterKind.MESSAGE, False),
        (("Content-Type: text/calendar; method=REQUEST",), LetterKind.CALENDAR, True),
        (("Content-Type: application/pkcs7-mime; smime-type=enveloped-data",), LetterKind.ENCRYPTED, True),
        (("Content-Type: multipart/report; report-type=disposition-notification",), LetterKind.RECEIPT, False),
        (("X-Failed-Recipients: maya@abc.example",), LetterKind.BOUNCE, False),
        (("Return-Path: <>", "Content-Type: message/rfc822"), LetterKind.BOUNCE, False),
    ],
)
def test_a_machine_is_told_from_a_person_and_never_answered(headers, kind, answered):
    found = letter(*headers)
    assert (found.kind, found.may_answer) == (kind, answered)


@pytest.mark.parametrize(
    ("sender", "found"),
    [
        ("Maya <MAYA@abc.example>", "maya@abc.example"),
        ("maya@abc.example", "maya@abc.example"),
        ("a@b.example, maya@abc.example", ""),
        ("maya@abc.example <tor@abc.example>", ""),
        ("maya@abc.example <maya@abc.example>", "maya@abc.example"),
        ("Maya", ""),
        ("<>", ""),
        (f"{'m' * 250}@abc.example", ""),
        ("a@b.example\r\nFrom: maya@abc.example", ""),
    ],
)
def test_who_wrote_is_one_plain_address_or_nobody(sender, found):
    assert letter(sender=sender).sender == found


def test_nobody_is_answered_who_named_no_address_or_reads_none():
    assert not letter(sender="Maya").may_answer
    assert not letter(sender="no-reply@abc.example").may_answer


WROTE = "It works now.\n\nThank you\n\nOn Mon, 30 Nov 2026 at 10:00, Inward <inbox@help.example>\nwrote:\n\n> Hello Maya,\n>\n> Old.\n"


@pytest.mark.parametrize(
    ("text", "now"),
    [
        (WROTE, "It works now.\n\nThank you"),
        ("Ja.\n\nDen man. 30. nov. 2026 kl. 10:00 skrev Inward <x@y.example>:\n> Hei", "Ja."),
        ("Sì.\n\nIl giorno lun 30 nov 2026 Inward <x@y.example> ha scritto:\n> Ciao", "Sì."),
        ("Ya.\n\nPada Sen, 30 Nov 2026 Inward <x@y.example> menulis:\n> Halo", "Ya."),
        ("Yes.\n-----Original Message-----\nFrom: Inward\nHello", "Yes."),
        ("Yes.\n\n________________\nFrom: Inward <x@y.example>\nSent: Monday\nTo: Maya\nSubject: It\n\nHello", "Yes."),
        ("Ja.\n\nFra: Inward\nSendt: mandag\nTil: Maya\nEmne: Det\n\nHei", "Ja."),
        ("Yes.\n> Hello", "Yes."),
        ("My colleague said yes\nand wrote:\n> Hello", "My colleague said yes\nand wrote:"),
        ("> Does it start?\nNo.\n> Is it plugged in?\nYes.", "> Does it start?\nNo.\n> Is it plugged in?\nYes."),
        ("> Only what was quoted", "> Only what was quoted"),
        ("From: a point of view\nthis is a sentence.", "From: a point of view\nthis is a sentence."),
        ("Nothing quoted.\r\n", "Nothing quoted."),
    ],
)
def test_what_stands_below_an_answer_is_cut_and_nothing_else(text, now):
    assert written_now(text) == now


def mixed(*parts):
    inner = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return letter("Content-Type: multipart/mixed; boundary=b", body=f"{inner}--b--\r\n")


def test_plain_words_go_before_html_and_what_came_along_is_apart():
    found = mixed(
        "Content-Type: text/plain\r\n\r\nWords",
        "Content-Type: text/html\r\n\r\n<p>Others</p>",
        'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="=?utf-8?q?l=C3=B8s.txt?="\r\n\r\nA file',
        "Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\n\r\nInside",
        "Content-Type: image/png\r\n\r\n",
    )
    assert (found.text, found.html) == ("Words", "<p>Others</p>")
    assert [(each.name, each.content) for each in found.attachments] == [
        ("løs.txt", b"A file"),
        ("", b"From: x@y.example\n\nInside"),
    ]


def test_what_is_broken_in_a_part_or_a_header_is_left_out_and_the_rest_is_read():
    found = mixed(
        "Content-Type: text/plain; charset=no-such-charset\r\n\r\nWörds",
        "Content-Type: text/plain; charset*=bad'x\r\n\r\nMore",
        "Content-Disposition: attachment; filename*0*=no-such'x'%ff; filename*1=y\r\n\r\nBytes",
    )
    assert found.text == "Wörds\nMore"
    assert len(found.attachments) == 1
    assert letter("Subject: =?utf-8?b?////?= =?no-such?q?x?=").subject != ""
    assert letter("Subject: =?utf-8?b?a?=").subject == "=?utf-8?b?a?="


def test_a_message_of_very_many_parts_or_very_deep_ends():
    many = mixed(*["Content-Type: text/plain\r\n\r\nx"] * (2 * PARTS_MAX))
    assert many.text.count("x") == PARTS_MAX - 1
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    found = read_letter(f"From: a@b.example\n{deep}".encode())
    assert (found.sender, found.text, found.kind) == ("a@b.example", "", LetterKind.MESSAGE)


def test_a_message_sent_along_that_cannot_be_written_out_is_left_out():
    inner = (
        "Content-Type: message/rfc822\r\n\r\nContent-Type: multipart/mixed; boundary=é\r\n\r\n--é\r\n\r\nx\r\n--é--\r\n"
    )
    found = mixed("Content-Type: text/plain\r\n\r\nWords", inner)
    assert (found.text, found.attachments) == ("Words", ())


def test_what_was_made_to_keep_somebody_busy_is_read_at_once_and_what_nothing_can_keep_is_replaced():
    long = "a" * 2_000_000
    busy = letter(
        f"To: {long}", f"References: <{'@' * 50_000}", f"Subject: {long}", body=f"Yes {'skrev ' * 100_000}\n> Old"
    )
    assert (len(busy.subject), busy.references, len(busy.text)) == (200, (), 500_000)
    assert written_now(f"Yes {'skrev ' * 100_000}:\n> Old").endswith("skrev :")
    assert letter("Content-Type: text/plain; charset=utf-7", body="half +2AA- letter").text == "half ? letter"
    assert letter("Content-Type: text/plain; charset=punycode", body="words-").text == "words-"


def test_claims_stand_in_order_the_address_first_then_what_it_answers_then_what_came_before():
    found = letter(
        "To: Somebody <x@y.example>, Inbox+TOKEN@Help.example",
        "Delivered-To: inbox+first@help.example",
        "In-Reply-To: <near.1@help.example> <plain@help.example> <far.1@elsewhere.example>",
        "References: <old.1@help.example> <x@y.example> <older.2@help.example> <near.1@help.example>",
    )
    assert claims_of(found, inbox=INBOX) == (
        Claim(Way.ADDRESS, "first"),
        Claim(Way.ADDRESS, "token"),
        Claim(Way.MESSAGE, "near"),
        Claim(Way.MESSAGE, "older"),
        Claim(Way.MESSAGE, "old"),
    )


def test_our_own_letters_are_known_by_their_id_alone():
    assert own_token(letter("Message-ID: <TOKEN.7@help.example>"), inbox=INBOX) == "token"
    assert own_token(letter("Message-ID: <7@help.example>"), inbox=INBOX) == ""
    assert own_token(letter("Message-ID: <token.7@elsewhere.example>"), inbox=INBOX) == ""
    assert own_token(letter(), inbox=INBOX) == ""


def test_a_bounce_says_which_of_our_letters_came_back_wherever_it_is_sent_along():
    report = (
        "--b\r\nContent-Type: text/plain\r\n\r\nNot delivered: <said.1@help.example>\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nStatus: 5.1.1\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <back.2@help.example>\r\n\r\nHello\r\n--b--\r\n"
    )
    found = letter("Content-Type: multipart/report; report-type=delivery-status; boundary=b", body=report)
    assert found.returned == Returned(("said.1@help.example", "back.2@help.example"), for_good=True)
    assert [claim.token for claim in claims_of(found, inbox=INBOX)] == ["said", "back"]
    assert letter("X-Failed-Recipients: x@y.example", body="Gone.\nStatus: 4.2.2").returned.for_good is False
