"""A mailbox of the cast, and letters that come into it: what mail programs send when somebody answers."""

from email.message import EmailMessage

from tests.desk.asked import MONDAY, kept

from inward.desk import operations, replyaddress
from inward.desk.models import CaseMessage, LetterStanding
from inward.kit.actor import Actor
from inward.kit.mailbox import Inbox
from inward.parties import queries as parties

INBOX = Inbox(
    "127.0.0.1", 10143, tls=False, user="inbox", password="secret", folder="INBOX", address="inbox@help.example"
)
POST = Actor.system("desk.read_mailbox")


def given_mailbox(settings):
    """The house has a mailbox from now on."""
    settings.INWARD_INBOX = INBOX


def address_for(reference, who, *, at=MONDAY):
    """Where ``who`` answers a letter about this case."""
    return replyaddress.reply_address(INBOX, case=kept(reference).pk, person=parties.keys()[who.code], at=at)


def id_for(reference, who, *, at=MONDAY, letter=7):
    """The id of a letter to ``who`` about this case."""
    return replyaddress.letter_id(INBOX, case=kept(reference).pk, person=parties.keys()[who.code], letter=letter, at=at)


def raw(text="It works now.", *, sender="", to=INBOX.address, subject="Re: Request", files=(), **headers):
    """A raw message; headers by name, with underscores for hyphens."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def mail_of(who):
    return f"{who.name} <{who.code}@example.org>"


def come(content, *, at=MONDAY, mailbox=INBOX.name):
    """A raw message comes in and what follows from it is done; how the letter stands."""
    reference = operations.receive(by=POST, at=at, mailbox=mailbox, raw=content)
    operations.take_letter(by=POST, at=at, letter=reference)
    return standing(reference)


def standing(reference):
    return LetterStanding.objects.select_related("letter", "person", "case", "message").get(letter__reference=reference)


def how(letter):
    """(what became of it, why it was not taken)."""
    return letter.state, letter.why


def written(reference):
    """(side, whether a note, who, text) of every message of a case, in order."""
    rows = CaseMessage.objects.filter(case__reference=reference).order_by("id")
    return list(rows.values_list("side", "note", "person__code", "text"))
