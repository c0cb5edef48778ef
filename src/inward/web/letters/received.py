"""The letter to whoever wrote to the mailbox and whose letter was not taken: that a person looks, and the way in. Once a day, by the desk.

It goes to the address that wrote and to nobody else, and says nothing of any request.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from inward.desk import letters
from inward.desk.announcements import LetterNotTaken
from inward.kit import vocabularies
from inward.kit.outbox import reaction


@reaction(LetterNotTaken, name="letters.not_taken", outside=True)
def not_taken(told: LetterNotTaken, *, at: datetime) -> None:
    """Tell the sender why, that a person looks at it, and the way in. Written by a machine, and says so."""
    reader = letters.answerable(reference=told.letter, fallback=settings.LANGUAGE_CODE)
    if reader is None:
        return
    with translation.override(reader.language):
        context = {
            "why": vocabularies.label("letter_why", told.why, reader.language),
            "over": told.why == "OVER",
            "address": settings.INWARD_BASE_URL + reverse("help"),
        }
        subject = " ".join(render_to_string("letters/not_taken.html#subject", context).split())
        text = render_to_string("letters/not_taken.txt", context).strip() + "\n"
        html = render_to_string("letters/not_taken.html", context | {"subject": subject})
    answered = f"<{reader.message_id}>" if reader.message_id.isascii() and reader.message_id else ""
    headers = {
        "Content-Language": reader.language,
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        **({"In-Reply-To": answered} if answered else {}),
    }
    mail = EmailMultiAlternatives(subject, text, to=[reader.address], headers=headers)
    mail.attach_alternative(html, "text/html")
    mail.send()
