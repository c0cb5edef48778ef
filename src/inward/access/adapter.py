"""What allauth asks this house: nobody signs herself up, how its errors are worded, who is told, and which site it is.

allauth does the ceremonies (sign in, second factor, passkeys, asking again who it is); what they change is noted by the
operations of this room. Its letters are not sent: letters react to announcements, in the reader's language.
"""

import base64
import hashlib
import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from inward.access import operations, policy, queries
from inward.access.addresses import client_address
from inward.access.middleware import SHOWN_THERE
from inward.access.models import User
from inward.kit.actor import Actor
from inward.kit.policy import require

log = logging.getLogger("inward.access")
SIGNED_ON_BY = "signed_on_by"
"""Where a session keeps by whose word it was opened (a provider's ``source``)."""
_WRONG = _("The name, the address or the password is not right.")
_CODE = _("This code is not right, or it was used already. Wait for the next one, or use a recovery code.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by invitation only. Set ``ACCOUNT_ADAPTER`` to it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _CODE,
        "too_many_login_attempts": _(
            "There were too many attempts from here or for this name. Wait five minutes, then try again. "
            "A forgotten password can be replaced at once."
        ),
        "rate_limited": _("There were too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address attempts are counted by and sessions are shown with."""
        return client_address(request)

    def set_password(self, user: User, password: str) -> None:
        """Through the room's own act: checked, audited, told by letter."""
        request = context.request
        operations.choose_password(by=request.actor, at=request.at, password=password)
        user.refresh_from_db(fields=["password", "session_round"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: letters are written by web.letters when the worker hands out what was announced."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing, for the same reason."""

    def pre_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse | None:
        """Where providers let people in, passwords and passkeys do so for administrators of everything alone."""
        response: HttpResponse | None = super().pre_login(request, user, **rest)
        if response is not None or signs_on(request):
            return response
        at = request.at  # type: ignore[attr-defined]
        actor = queries.actor_for(user.pk, via="web", at=at)
        require(policy.may_sign_in_here(actor, kept_for=settings.INWARD_LOCAL_SIGN_IN, on=at.date()))
        return None

    def post_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse:
        """Note the sign-in. She has just shown who she is: delicate acts do not ask again for a while."""
        how = [str(record.get("type", record["method"])) for record in get_authentication_records(request, user)]
        actor = queries.actor_for(user.pk, via="web", at=request.at)  # type: ignore[attr-defined]
        operations.note_sign_in(by=actor, at=request.at, how=" ".join(how) or "password")  # type: ignore[attr-defined]
        record_authentication(request, user, method="sign_in", reauthenticated=True)
        response: HttpResponse = super().post_login(request, user, **rest)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Set ``MFA_ADAPTER`` to it."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _CODE,
        "cannot_generate_recovery_codes": _(
            "Set up an authenticator app or a passkey first; recovery codes stand in for it."
        ),
    }

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: see ``AccountAdapter.send_mail``."""

    def is_mfa_enabled(self, user: User, types: Any = None) -> bool:
        """Whether a second step follows: not where the provider's own counts as one."""
        return not _shown_there(context.request) and bool(super().is_mfa_enabled(user, types))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the address people type (``INWARD_BASE_URL``), not to whatever a request says its host is."""
        return {"id": urlsplit(settings.INWARD_BASE_URL).hostname or "localhost", "name": "Inward"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Her key and what the browser shows when it asks which passkey to use."""
        found: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return found | {"display_name": user.username, "name": user.username}

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: ARG002 - allauth's signature
        """A first name for a passkey, which its owner may change."""
        number = len(queries.second_factor(viewer=_bare(user)).passkeys) + 1
        return str(_("Passkey %(number)s")) % {"number": number}

    def encrypt(self, text: str) -> str:
        """Secrets of second factors are kept encrypted, so that the database alone does not give them away."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; where the installation's key is another one, a secret that no code fits, and a line in the log."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error(  # noqa: TRY400 - how decrypting failed says nothing more
                "a second factor was kept under another secret key: reset it, or bring the old INWARD_SECRET_KEY back"
            )
            return base64.b32encode(secrets.token_bytes(20)).decode()


def signing_on(request: HttpRequest, key: int, *, source: str, second_factor: bool, then: str) -> HttpResponse:
    """Sign the user of that key in by a provider's word; with ``second_factor`` what she showed there counts as ours, in this session."""
    user = User.objects.get(pk=key)
    request.signs_on = True  # type: ignore[attr-defined]
    request.shown_there = second_factor  # type: ignore[attr-defined]
    request.session[SIGNED_ON_BY] = source
    record_authentication(request, user, method="sign_on", type=source)
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=then))
    if second_factor and request.user.is_authenticated:
        request.session[SHOWN_THERE] = True
    return response


def signs_on(request: HttpRequest) -> bool:
    """Whether a provider's word is about to let somebody in."""
    return bool(getattr(request, "signs_on", False))


def _shown_there(request: HttpRequest | None) -> bool:
    return bool(getattr(request, "shown_there", False))


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key))) for key in keys])


def _derived(key: str | bytes) -> bytes:
    said = key.encode() if isinstance(key, str) else key
    return hashlib.blake2b(said, digest_size=32, person=b"inward-factors").digest()


def _bare(user: User) -> Actor:
    """The user as somebody who looks at her own things."""
    return Actor(user.pk, None, None, ())
