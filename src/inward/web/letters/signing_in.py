"""Letters about signing in: invitation, forgotten password, another address, and that something was changed.

They go to users, who need not be people of the organisation, and at once: a link in them holds for hours only. The link is
made when the letter is written and is kept nowhere. A crash in between may send one twice, never lose one.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from inward.access import entry, queries
from inward.access.announcements import EmailChangeAsked, PasswordForgotten, SignInChanged, UserInvited
from inward.access.queries import Addressee
from inward.kit import vocabularies
from inward.kit.outbox import reaction


@reaction(UserInvited, name="letters.invitation", outside=True)
def invited(told: UserInvited, *, at: datetime) -> None:
    """Ask whoever was invited without a password to choose one."""
    reader = queries.addressee(told.user_id)
    if reader is not None and not reader.has_password:
        link = _address("invitation", queries.link(entry.INVITATION, told.user_id, at=at))
        _send(reader, reader.email, "invitation", link=link)


@reaction(PasswordForgotten, name="letters.password_forgotten", outside=True)
def password_forgotten(told: PasswordForgotten, *, at: datetime) -> None:
    """Send the link to choose a new password; nothing for an address that nobody has."""
    reader = queries.addressee(told.user_id)
    if reader is not None:
        link = _address("new_password", queries.link(entry.PASSWORD, told.user_id, at=at))
        _send(reader, reader.email, "password_forgotten", link=link)


@reaction(EmailChangeAsked, name="letters.email_change_asked", outside=True)
def email_change_asked(told: EmailChangeAsked, *, at: datetime) -> None:
    """Send the link that confirms to the new address, and a warning to the one in use; nothing where another has it."""
    reader = queries.addressee(told.user_id)
    if reader is None or not reader.email_wanted:
        return
    if queries.is_free(reader.email_wanted):
        link = _address("confirm_email", queries.link(entry.EMAIL, told.user_id, at=at))
        _send(reader, reader.email_wanted, "email_confirm", link=link)
    _send(reader, reader.email, "email_warning", link=_address("profile"), wanted=reader.email_wanted)


@reaction(SignInChanged, name="letters.sign_in_changed", outside=True)
def sign_in_changed(told: SignInChanged, *, at: datetime) -> None:
    """Tell her what is different, so that she notices when it was not she who did it."""
    reader = queries.addressee(told.user_id)
    if reader is not None:
        what = vocabularies.label("sign_in_change", told.what, reader.language)
        _send(reader, reader.email, "sign_in_changed", link=_address("profile"), what=what)


def _address(name: str, *arguments: str) -> str:
    return settings.INWARD_BASE_URL + reverse(name, args=arguments)


def _send(reader: Addressee, address: str, code: str, **more: Any) -> None:
    if not address:
        return
    with translation.override(reader.language):
        context = {"reader": reader.name, "username": reader.username, "house": settings.INWARD_BASE_URL, **more}
        parts = {name: _part(code, name, context) for name in ("subject", "body", "does")}
        context |= parts
        text = render_to_string("letters/sign_in.txt", context).strip() + "\n"
        html = render_to_string("letters/sign_in.html", context)
    letter = EmailMultiAlternatives(
        parts["subject"],
        text,
        to=[address],
        headers={"Content-Language": reader.language, "Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(html, "text/html")
    letter.send()


def _part(code: str, name: str, context: dict[str, Any]) -> str:
    return " ".join(render_to_string(f"letters/{code}.html#{name}", context).split())
