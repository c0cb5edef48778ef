"""The acts of the access room; nothing else writes a user, a role or a token.

Each act is one transaction: policy, rows, version, audit, announcement. They wait in one line (the advisory lock
"access"), for they are rare and each looks at what the others did. Passwords are checked and hashed by Django; forms for
choosing and changing them are allauth's.
"""

import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Now

from inward.access import entry, policy, queries
from inward.access.announcements import (
    EmailChangeAsked,
    PasswordForgotten,
    RoleEnded,
    RoleGranted,
    SignInChanged,
    TokenMade,
    UserInvited,
    UserLocked,
    UserUnlocked,
)
from inward.access.models import ApiToken, DirectoryRecord, RoleGrant, SignOnLink, Tally, User
from inward.access.policy import Asked
from inward.access.vocabulary import EVERYTHING, Role, SignInChange, TokenScope
from inward.core.terms import Period, Reason, Refusal
from inward.kit import audit, clock, links, locks, outbox, records, subjects, versions
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.policy import NotThere, require
from inward.kit.transaction import transaction, transaction_required
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.vocabulary import PartyKind

TOKEN_DAYS_MAX = 366
SEEN_EVERY = timedelta(minutes=5)
"""So often, at the most, it is noted that a session is in use."""
TOKEN_START = "inw_"  # noqa: S105 - what every token begins with, so that scanners of secrets know it
_PREFIX_LENGTH = 12
_TOKEN_NAME_LENGTH_MAX = 100
_noted: dict[str, date] = {}
"""Digests of tokens whose use this process knows to be noted, and the day."""
_USERNAME = re.compile(r"[\w.@+-]+")
_USERNAME_LENGTH_MAX = 150
_BROWSER_LENGTH = 200


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token, shown once: ``raw`` is kept nowhere."""

    id: int
    raw: str
    expires_at: datetime


def invite_user(
    *,
    by: Actor,
    at: datetime,
    username: str,
    email: str = "",
    person: str | None = None,
    password: str | None = None,
    language: str = "en",
    time_zone: str = "UTC",
    source: str = "",
) -> int:
    """Let somebody sign in; returns her key.

    1. Refuse what policy refuses.        3. Keep the user, linked to her person if she is one.
    2. Refuse names and zones that        4. Bump the version, audit, announce UserInvited.
       nobody could use, and taken ones.
    Without a password she chooses one by the link that letters send. Raises Refused, Refusal, NotThere (no such person).
    """
    require(policy.may_invite(by, on=at.date()))
    _check_user(username, email, language, time_zone)
    with transaction():
        locks.advisory(queries.VERSION)
        person_id = _free_person(person)
        _check_free(username, email)
        user = User(
            id=new_id(),
            username=username,
            email=email.lower(),
            person_id=person_id,
            subject=subjects.new_subject(at=at) if person is None else parties.subject_of(person),
            language=language,
            time_zone=time_zone,
            invited_at=at,
        )
        _set_password(user, password)
        user.save(force_insert=True)
        _note(by, at, "invite_user", user, {"person": person is not None}, source)
        outbox.announce(UserInvited(user.id), by=by, at=at)
    return user.id


def make_machine(*, by: Actor, at: datetime, username: str, party: str) -> int:
    """Make a user for a program that acts for a unit or company of its own; returns its key.

    1. Refuse what policy refuses.                3. Keep the user, without a password: it comes in by token alone.
    2. Refuse a name that is taken or unusable,   4. Bump the version, audit, announce UserInvited.
       and a person as its home.
    It holds no role until one is granted. Raises Refused, Refusal, NotThere (no such party).
    """
    require(policy.may_invite(by, on=at.date()))
    _check_user(username, "", "en", "UTC")
    with transaction():
        locks.advisory(queries.VERSION)
        home = _home_of_machine(party)
        _check_free(username, "")
        user = User(
            id=new_id(),
            username=username,
            machine_of_id=home,
            subject=subjects.new_subject(at=at),
            language="en",
            time_zone="UTC",
            invited_at=at,
        )
        user.set_unusable_password()
        user.save(force_insert=True)
        _note(by, at, "make_machine", user, {"party": party})
        outbox.announce(UserInvited(user.id), by=by, at=at)
    return user.id


def change_profile(*, by: Actor, at: datetime, language: str, time_zone: str) -> None:
    """Set the language and time zone of one's own.

    1. Refuse who is not signed in, and what is no language or zone.  2. Keep, bump, audit.
    """
    with transaction():
        locks.advisory(queries.VERSION)
        user = _user(by, at, by.user)
        _check_language(language)
        _check_zone(time_zone)
        user.language, user.time_zone = language, time_zone
        user.save(update_fields=["language", "time_zone"])
        _note(by, at, "change_profile", user, {"language": language, "time_zone": time_zone})


def lock_user(*, by: Actor, at: datetime, user: int, source: str = "") -> None:
    """Let somebody sign in no more: her sessions and tokens end with the next request. Locking again changes nothing
    but this: a lock that a directory has set is ours from then on, and the directory no longer opens it.

    1. Refuse what policy refuses.  2. Lock.  3. Bump, audit, announce UserLocked.
    """
    _set_active(by, at, user, source, active=False)


def unlock_user(*, by: Actor, at: datetime, user: int, source: str = "") -> None:
    """Let somebody sign in again. Unlocking again changes nothing.

    1. Refuse what policy refuses.  2. Unlock.  3. Bump, audit, announce UserUnlocked.
    """
    _set_active(by, at, user, source, active=True)


def set_password(*, by: Actor, at: datetime, user: int, password: str) -> None:
    """Give somebody a new password, as whoever invites people may; every session of hers ends with it.

    1. Refuse what policy refuses, and a password that is too weak.  2. Keep it, hashed.  3. Bump, audit without it.
    """
    require(policy.may_invite(by, on=at.date()))
    with transaction():
        locks.advisory(queries.VERSION)
        found = _user(by, at, user)
        if found.machine_of_id is not None:
            raise Refusal(Reason.of("machine_has_no_password"), where="user")
        _set_password(found, password)
        found.save(update_fields=["password"])
        _end_sessions(found)
        _note(by, at, "set_password", found, {})
        outbox.announce(SignInChanged(found.id, SignInChange.PASSWORD.value), by=by, at=at)


def grant_role(
    *,
    by: Actor,
    at: datetime,
    user: int,
    role: Role,
    party: str | None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: str = "",
) -> str:
    """Give a user a role over a company or unit (None: everything) for a period; returns the grant's reference.

    1. Refuse what policy refuses.                       3. Keep the grant.
    2. Refuse days the wrong way round, and a role she   4. Bump the version, audit, announce RoleGranted.
       holds over that party on some of those days.
    Raises Refused, Refusal, NotThere (no such user or party).
    """
    period = _period(valid_from, valid_until)
    with transaction():
        locks.advisory(queries.VERSION)
        target, party_id, asked = _asked(user, role, party)
        require(policy.may_grant(by, asked=asked, on=at.date()))
        return _granted(by, at, target, party_id, asked, period, handed_on_from="", source=source)


def hand_on_role(
    *, by: Actor, at: datetime, user: int, role: Role, party: str, valid_from: date, valid_until: date
) -> str:
    """Let a colleague act in one's role over a company or unit for a while; returns the new grant's reference.

    1. Refuse what policy refuses: another's role, other days than one's own.   3. Keep the grant under one's own.
    2. Refuse what ``grant_role`` refuses.                                      4. Bump, audit, announce RoleGranted.
    """
    period = _period(valid_from, valid_until)
    with transaction():
        locks.advisory(queries.VERSION)
        target, party_id, asked = _asked(user, role, party)
        require(policy.may_hand_on(by, asked=asked, period=period, on=at.date()))
        own = _own_grant(by, asked, period, at.date())
        return _granted(by, at, target, party_id, asked, period, handed_on_from=own, source="")


def end_role(*, by: Actor, at: datetime, grant: str, valid_until: date, source: str = "") -> None:
    """Give a role a last day (the day before ``valid_until``); what was handed on from it ends no later.

    1. Refuse what policy refuses (whoever handed a role on may take it back).   3. Correct it and those below it.
    2. Refuse an end before its start or after the end it has.                   4. Bump, audit, announce RoleEnded.
    Raises Refused, Refusal, NotThere (no such grant).
    """
    with transaction():
        locks.advisory(queries.VERSION)
        found = _grant(by, at, grant)
        _check_end(found, valid_until)
        for each in (found, *_handed_on(found)):
            if each.valid_until is None or each.valid_until > valid_until:
                _end(by, at, each, valid_until, source)


def act_for(*, by: Actor, at: datetime, party: str | None) -> str | None:
    """Choose the unit or company to act for, or None for oneself; returns what the session is to keep.

    1. Refuse what policy refuses.  2. Audit. Nothing else is written: the choice lives in the session.
    """
    name = "" if party is None else parties.name_of(party)
    require(policy.may_act_for(by, party=party, party_name=name, on=at.date()))
    with transaction():
        audit.record(by=by, at=at, act="access.act_for", thing=party or "oneself", facts={})
    return party


def make_token(
    *,
    by: Actor,
    at: datetime,
    name: str,
    scopes: Collection[TokenScope],
    expires_at: datetime,
    machine: int | None = None,
    submission: str = "",
) -> NewToken:
    """Make a token with which a program acts as oneself, or as a machine; its text is in the answer and nowhere else.

    1. Refuse what policy refuses.                       3. Keep its digest, scopes and end.
    2. Refuse no name, no scopes, and an end too far     4. Audit, announce TokenMade.
       or too near.
    The same ``submission`` again makes another token and revokes the one before: a form sent twice leaves one that
    holds, and it is the one that was shown last. Raises Refused, Refusal, NotThere (no such machine).
    """
    require(policy.may_make_token(by) if machine is None else policy.may_make_machine_token(by, on=at.date()))
    _check_token(name, scopes, expires_at, at)
    raw = TOKEN_START + secrets.token_urlsafe(32)
    with transaction():
        locks.advisory(queries.VERSION)
        owner = _own_key(by) if machine is None else _machine(by, at, machine)
        if submission:
            ApiToken.objects.filter(user_id=owner, submission=submission, revoked_at=None).update(revoked_at=at)
        token = ApiToken.objects.create(
            user_id=owner,
            name=name.strip(),
            prefix=raw[:_PREFIX_LENGTH],
            digest=queries.digest_of(raw),
            scopes=sorted(scope.value for scope in scopes),
            made_at=at,
            expires_at=expires_at,
            submission=submission,
        )
        facts = {"scopes": token.scopes, "expires_at": expires_at.isoformat()}
        audit.record(by=by, at=at, act="access.make_token", thing=token.prefix, facts=facts)
        outbox.announce(TokenMade(token.id, token.user_id), by=by, at=at)
    return NewToken(token.id, raw, expires_at)


def revoke_token(*, by: Actor, at: datetime, token: int) -> None:
    """End a token at once. Ending it again changes nothing.

    1. NotThere for one that the actor may not see.  2. Refuse what policy refuses.  3. End it, audit.
    """
    with transaction():
        found = ApiToken.objects.filter(policy.tokens_visible_to(by, on=at.date()), pk=token).first()
        if found is None:
            raise NotThere
        require(policy.may_revoke_token(by, owner=found.user_id, on=at.date()))
        if found.revoked_at is None:
            found.revoked_at = at
            found.save(update_fields=["revoked_at"])
            audit.record(by=by, at=at, act="access.revoke_token", thing=found.prefix, facts={})


def note_token_use(*, by: Actor, at: datetime, raw: str) -> None:
    """Note the day on which a token was last used; a process that has noted it asks no database again that day.

    1. Find the token if it was not noted today.  2. Note the day. No audit: the acts themselves are audited.
    """
    digest = queries.digest_of(raw)
    if _noted.get(digest) == at.date():
        return
    unnoted = ApiToken.objects.filter(digest=digest, user_id=_own_key(by)).exclude(last_used_on=at.date())
    if unnoted.exists():
        with transaction():
            unnoted.update(last_used_on=at.date())
    _noted[digest] = at.date()


def forget_user_of(*, by: Actor, at: datetime, person_id: int) -> None:
    """Take name, address, password and tokens from the user of an erased person, for good (``parties.erase_person``).

    1. Refuse what policy refuses; nothing to do when she never signed in.  2. Replace and lock.  3. Bump, audit.
    """
    require(policy.may_invite(by, on=at.date()))
    with transaction():
        locks.advisory(queries.VERSION)
        DirectoryRecord.objects.filter(person_id=person_id).delete()  # what directories said of her is forgotten too
        user = User.objects.filter(person_id=person_id).first()
        if user is not None:
            user.username, user.email, user.is_active = f"erased-{user.id}", "", False
            user.email_wanted = ""
            user.set_unusable_password()
            user.save(update_fields=["username", "email", "email_wanted", "is_active", "password"])
            _end_sessions(user)
            Authenticator.objects.filter(user=user).delete()
            SignOnLink.objects.filter(user=user).delete()
            ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
            ApiToken.objects.filter(user=user).update(name="")
            _note(by, at, "forget_user", user, {})


# --- signing in: the acts ----------------------------------------------------------------------------------------------


def invite_again(*, by: Actor, at: datetime, user: int) -> None:
    """Send another letter of invitation; the link in the one before is dead from then on.

    1. Refuse what policy refuses, who has chosen a password, and who has no address.  2. Note.  3. Announce UserInvited.
    """
    require(policy.may_invite(by, on=at.date()))
    with transaction():
        locks.advisory(queries.VERSION)
        found = _user(by, at, user)
        if found.has_usable_password():
            raise Refusal(Reason.of("signs_in_already", username=found.username))
        if not found.email:
            raise Refusal(Reason.of("no_address_to_write_to", username=found.username))
        found.invited_at = at
        found.save(update_fields=["invited_at"])
        _note(by, at, "invite_again", found, {})
        outbox.announce(UserInvited(found.id), by=by, at=at)


def forgot_password(*, by: Actor, at: datetime, email: str) -> None:
    """Ask for a link to choose a new password. Anybody may, signed in or not; the answer never tells who exists.

    1. Find who has that address and may sign in, if anybody.  2. Announce PasswordForgotten, for nobody (0) as well.
    The link goes to the address that is kept, not to the one that was typed. Nothing is audited until it is used.
    """
    found = User.objects.filter(email=email.strip().lower(), is_active=True).exclude(email="").first()
    with transaction():
        outbox.announce(PasswordForgotten(0 if found is None else found.id), by=by, at=at)


def choose_password_by_link(*, by: Actor, at: datetime, purpose: str, token: str, password: str) -> str:
    """Choose a password by the link of a letter (``entry.INVITATION`` or ``entry.PASSWORD``); returns the user name.

    1. Use up the link: it is the permission, whoever brings it.   3. Keep it, hashed, and end every session.
    2. Refuse a password that is too weak; the link stays good.    4. Bump, audit as the user, announce SignInChanged.
    Raises Refusal: the link does not hold (any more), or the password is refused.
    """
    with transaction():
        locks.advisory(queries.VERSION)
        user = entry.holder(purpose, links.use_up(purpose, token, at=at).payload)
        _set_password(user, password)
        user.save(update_fields=["password"])
        _end_sessions(user)
        _changed(_as(user, at), at, user, SignInChange.PASSWORD)
    return str(user.username)


def choose_password(*, by: Actor, at: datetime, password: str) -> None:
    """Choose another password for oneself; every other session ends with it. The form has asked for the old one.

    1. Refuse what policy refuses, and a password that is too weak.  2. Keep it, hashed.
    3. Bump, audit, announce SignInChanged.
    """
    require(policy.may_change_own_sign_in(by))
    with transaction():
        locks.advisory(queries.VERSION)
        user = _user(by, at, by.user)
        _set_password(user, password)
        user.save(update_fields=["password"])
        _changed(by, at, user, SignInChange.PASSWORD)


def ask_email_change(*, by: Actor, at: datetime, email: str) -> None:
    """Ask to have one's letters at another address; it is used once it is confirmed by the link sent there.

    1. Refuse what policy refuses, and what is no address or the same.    3. Keep it as wanted, audit.
    2. An address that another has is not told: no letter goes there.     4. Announce EmailChangeAsked.
    """
    require(policy.may_change_own_sign_in(by))
    wanted = email.strip().lower()
    _check_email(wanted)
    with transaction():
        locks.advisory(queries.VERSION)
        user = _user(by, at, by.user)
        if wanted == user.email:
            raise Refusal(Reason.of("email_as_before", email=wanted), where="email")
        user.email_wanted = wanted
        user.save(update_fields=["email_wanted"])
        _note(by, at, "ask_email_change", user, {})
        outbox.announce(EmailChangeAsked(user.id), by=by, at=at)


def forget_email_change(*, by: Actor, at: datetime) -> None:
    """Keep one's address after all; the link that was sent is dead. With nothing asked for, nothing changes.

    1. Refuse what policy refuses.  2. Forget it.  3. Audit.
    """
    require(policy.may_change_own_sign_in(by))
    with transaction():
        locks.advisory(queries.VERSION)
        user = _user(by, at, by.user)
        if user.email_wanted:
            user.email_wanted = ""
            user.save(update_fields=["email_wanted"])
            _note(by, at, "forget_email_change", user, {})


def confirm_email(*, by: Actor, at: datetime, token: str) -> str:
    """Use the address that was asked for, by the link sent to it; returns it.

    1. Use up the link: it is the permission, whoever brings it.   3. Keep the address.
    2. Refuse one that another user has taken meanwhile.           4. Bump, audit as the user, announce SignInChanged.
    """
    with transaction():
        locks.advisory(queries.VERSION)
        user = entry.holder(entry.EMAIL, links.use_up(entry.EMAIL, token, at=at).payload)
        if User.objects.filter(email=user.email_wanted).exists():
            raise Refusal(Reason.of("email_taken", email=user.email_wanted), where="email")
        user.email, user.email_wanted = user.email_wanted, ""
        user.save(update_fields=["email", "email_wanted"])
        _changed(_as(user, at), at, user, SignInChange.EMAIL)
    return str(user.email)


def note_sign_in(*, by: Actor, at: datetime, how: str) -> None:
    """Note that somebody has signed in, and how ("password", "totp", "webauthn", "recovery_codes").

    1. Audit. Nothing else is written here: the session is Django's.
    """
    with transaction():
        audit.record(by=by, at=at, act="access.sign_in", thing=by.subject, facts={"how": how})


@transaction_required
def note_second_factor(*, by: Actor, at: datetime, what: SignInChange) -> None:
    """Note that a second factor was set up, named or removed, in the transaction in which allauth has just done it.

    1. Refuse what policy refuses (which undoes it).  2. Bump the version, audit, announce SignInChanged.
    """
    require(policy.may_change_own_sign_in(by))
    _changed(by, at, _user(by, at, by.user), what)


def reset_second_factor(*, by: Actor, at: datetime, user: int) -> None:
    """Take away the second factor of somebody who has lost it: app, passkeys, recovery codes; her sessions end.

    1. Refuse what policy refuses (nobody for herself).   3. Remove everything, and end her sessions.
    2. Refuse when she has none.                          4. Bump, audit, announce SignInChanged.
    Whoever does it has made sure by other means that it is she who asks. She signs in by password until she sets up
    another.
    """
    require(policy.may_reset_second_factor(by, user=user, on=at.date()))
    with transaction():
        locks.advisory(queries.VERSION)
        found = _user(by, at, user)
        if not Authenticator.objects.filter(user=found).exists():
            raise Refusal(Reason.of("no_second_factor", username=found.username))
        Authenticator.objects.filter(user=found).delete()
        _end_sessions(found)
        _changed(by, at, found, SignInChange.SECOND_FACTOR_RESET)


def end_sessions(*, by: Actor, at: datetime, user: int) -> None:
    """End every session of a user, one's own among them (the page that asks for it opens its own anew).

    1. Refuse what policy refuses.  2. End them.  3. Bump, audit.
    """
    require(policy.may_end_sessions(by, user=user, on=at.date()))
    with transaction():
        locks.advisory(queries.VERSION)
        found = _user(by, at, user)
        _end_sessions(found)
        _note(by, at, "end_sessions", found, {})


def note_session(*, by: Actor, at: datetime, key: str, address: str, browser: str) -> None:
    """Keep from where a session of one's own that was opened anew comes, so that the list of sessions shows it.

    1. Refuse what policy refuses.  2. Keep it. No audit: the act before it is audited.
    """
    require(policy.may_change_own_sign_in(by))
    with transaction():
        UserSession.objects.create(
            user_id=_own_key(by), session_key=key, ip=address, user_agent=browser[:_BROWSER_LENGTH]
        )


def note_session_use(*, by: Actor, at: datetime, key: str) -> None:
    """Note that a session of one's own is in use at ``at``, a real instant; nothing is written where that was noted lately.

    1. Refuse what policy refuses.  2. Note it, in one conditional statement. No audit: the acts themselves are audited.
    """
    require(policy.may_change_own_sign_in(by))
    with transaction():
        mine = UserSession.objects.filter(session_key=key, user_id=_own_key(by), last_seen_at__lte=at - SEEN_EVERY)
        mine.update(last_seen_at=at)


def end_session(*, by: Actor, at: datetime, session: int) -> None:
    """End one of one's own sessions. NotThere for one that is not one's own, or has ended.

    1. Refuse what policy refuses.  2. End it.  3. Audit.
    """
    require(policy.may_change_own_sign_in(by))
    with transaction():
        found = UserSession.objects.filter(pk=session, user_id=_own_key(by)).first()
        if found is None:
            raise NotThere
        found.end()
        audit.record(by=by, at=at, act="access.end_session", thing=by.subject, facts={})


def tidy_up(*, by: Actor, at: datetime) -> None:
    """Forget sessions that are over and counts that no longer count.

    1. Refuse everybody but the house itself.  2. Remove. No audit: nothing that anybody did is lost.
    Sessions and counts live by the real clock, also where the day is fixed for a demonstration: the database is asked.
    """
    require(policy.may_tidy_up(by))
    with transaction():
        Session.objects.filter(expire_date__lte=Now()).delete()
        alive = Session.objects.values("session_key")
        UserSession.objects.exclude(session_key__in=alive).delete()
        Tally.objects.filter(expires__lte=Now()).delete()


# --- users -------------------------------------------------------------------------------------------------------------


def _check_user(username: str, email: str, language: str, time_zone: str) -> None:
    if not _USERNAME.fullmatch(username) or len(username) > _USERNAME_LENGTH_MAX:
        reason = Reason.of("username_not_usable", username=username, most=_USERNAME_LENGTH_MAX)
        raise Refusal(reason, where="username")
    if email:
        _check_email(email)
    _check_language(language)
    _check_zone(time_zone)


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal(Reason.of("email_not_usable", email=email), where="email") from None


def _check_language(language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise Refusal(Reason.of("language_unknown", language=language), where="language")


def _check_zone(time_zone: str) -> None:
    if time_zone not in clock.zones():
        raise Refusal(Reason.of("time_zone_unknown", time_zone=time_zone), where="time_zone")


def _check_free(username: str, email: str) -> None:
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(Reason.of("username_taken", username=username), where="username")
    if email and User.objects.filter(email=email.lower()).exists():
        raise Refusal(Reason.of("email_taken", email=email), where="email")


def _free_person(person: str | None) -> int | None:
    """The key of a person who does not sign in yet."""
    if person is None:
        return None
    veil.require_open(person)
    if person not in parties.world().person:
        raise NotThere
    person_id = parties.keys()[person]
    taken = User.objects.filter(person_id=person_id).first()
    if taken is not None:
        name = parties.name_of(person)
        raise Refusal(Reason.of("person_has_user", person_name=name, username=taken.username), where="person")
    return person_id


def _home_of_machine(party: str) -> int:
    """The key of the unit or company to which a machine may belong; NotThere for no party, Refusal for a person."""
    found = parties.kind_of(party)
    if found is None:
        raise NotThere
    if found is PartyKind.PERSON:
        raise Refusal(Reason.of("machine_of_nobody"), where="party")
    return parties.keys()[party]


def _own_key(by: Actor) -> int:
    """The key of the user who acts; no user has the key -1."""
    return -1 if by.user is None else by.user


def _set_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refusal(Reason.of("password_too_weak", why=" ".join(weak.messages)), where="password") from None
    user.set_password(password)


def _user(by: Actor, at: datetime, key: int | None) -> User:
    found = User.objects.filter(policy.users_visible_to(by, on=at.date()), pk=key or -1).first()
    if found is None:
        raise NotThere
    return found


def _set_active(by: Actor, at: datetime, key: int, source: str, *, active: bool, directory: bool = False) -> None:
    """Lock or unlock; what is decided here, not by a ``directory``, is from then on no directory's lock to open."""
    require(policy.may_invite(by, on=at.date()))
    with transaction():
        locks.advisory(queries.VERSION)
        user = _user(by, at, key)
        if not directory:
            DirectoryRecord.objects.filter(account=user, shut_out=True).update(shut_out=False)
        if user.is_active is active:
            return
        user.is_active = active
        if not active:
            _end_sessions(user)  # unlocked again, she signs in again: old sessions do not come back to life
        user.save(update_fields=["is_active"])
        _note(by, at, "unlock_user" if active else "lock_user", user, {}, source)
        outbox.announce(UserUnlocked(key) if active else UserLocked(key), by=by, at=at)


def _end_sessions(user: User) -> None:
    """No session opened until now is hers any more; what was noted of them (addresses, browsers) is forgotten."""
    user.session_round += 1
    user.save(update_fields=["session_round"])
    UserSession.objects.filter(user=user).delete()


def _as(user: User, at: datetime) -> Actor:
    """The actor whom a link lets in: what she does by it is audited as hers."""
    return queries.actor_for(user.pk, via="web", at=at)


def _changed(by: Actor, at: datetime, user: User, what: SignInChange) -> None:
    """Bump, audit and announce that something about her sign-in is different."""
    _note(by, at, f"sign_in_{what.value.lower()}", user, {})
    outbox.announce(SignInChanged(user.id, what.value), by=by, at=at)


def _note(by: Actor, at: datetime, act: str, user: User, facts: Mapping[str, object], source: str = "") -> None:
    """Bump and audit, with the words of the source where there are any; a user is named by her subject key alone."""
    versions.bump(queries.VERSION)
    said = {"source": source} if source else {}
    audit.record(by=by, at=at, act=f"access.{act}", thing=user.subject, facts={**facts, **said})


# --- tokens -----------------------------------------------------------------------------------------------------------


def _check_token(name: str, scopes: Collection[TokenScope], expires_at: datetime, at: datetime) -> None:
    if not name.strip() or len(name.strip()) > _TOKEN_NAME_LENGTH_MAX:
        raise Refusal(Reason.of("token_name_missing", most=_TOKEN_NAME_LENGTH_MAX), where="name")
    if not scopes:
        raise Refusal(Reason.of("token_without_scope"), where="scopes")
    if not at < expires_at <= at + timedelta(days=TOKEN_DAYS_MAX):
        raise Refusal(Reason.of("token_lives_too_long", days=TOKEN_DAYS_MAX), where="expires_at")


def _machine(by: Actor, at: datetime, key: int) -> int:
    """The key of a machine; NotThere for nobody, Refusal for a user who is none."""
    found = _user(by, at, key)
    if found.machine_of_id is None:
        raise Refusal(Reason.of("not_a_machine", username=found.username), where="user")
    return int(found.pk)


# --- roles -------------------------------------------------------------------------------------------------------------


def _period(valid_from: date | None, valid_until: date | None) -> Period:
    if valid_from is not None and valid_until is not None and valid_until <= valid_from:
        raise Refusal(Reason.of("period_backwards", since=valid_from, until=valid_until), where="valid_until")
    return Period(valid_from, valid_until)


def _asked(user: int, role: Role, party: str | None) -> tuple[User, int | None, Asked]:
    """The user, the party's key, and both with the role as the policy asks for them; NotThere for what is not there."""
    target = User.objects.filter(pk=user).select_related("person").first()
    known = parties.known()
    if target is not None and target.person is not None:
        veil.require_open(target.person.code)
    if target is None or (party is not None and party not in known.keys):
        raise NotThere
    name = EVERYTHING if party is None else parties.name_of(party)
    return target, None if party is None else known.keys[party], Asked(role, party, name, user)


def _granted(
    by: Actor,
    at: datetime,
    user: User,
    party_id: int | None,
    asked: Asked,
    period: Period,
    *,
    handed_on_from: str,
    source: str,
) -> str:
    held = RoleGrant.objects.current().filter(user=user, role=asked.role.value, party_id=party_id)
    if any(grant.period.overlaps(period) for grant in held):
        reason = Reason.of("grant_twice", username=user.username, role=asked.role.value, party_name=asked.party_name)
        raise Refusal(reason, where="valid_from")
    grant = RoleGrant.objects.create(
        reference=public_reference(),
        user=user,
        role=asked.role.value,
        party_id=party_id,
        handed_on_from=handed_on_from,
        valid_from=period.start,
        valid_until=period.until,
        known_from=at,
        source=source,
    )
    facts = {
        "role": grant.role,
        "party": policy.scope_of(asked.party),
        **_days(period),
        "handed_on": bool(handed_on_from),
    }
    _note(by, at, "grant_role", user, facts, source)
    outbox.announce(RoleGranted(grant.reference, user.id, grant.role, policy.scope_of(asked.party)), by=by, at=at)
    return str(grant.reference)


def _own_grant(by: Actor, asked: Asked, period: Period, on: date) -> str:
    """The reference of the grant of one's own that carries what is handed on: policy found that there is one."""
    known = parties.known()
    mine = RoleGrant.objects.current().filter(user_id=_own_key(by), role=asked.role.value)
    for grant in mine.order_by("id"):
        reaches = grant.party_id is None or asked.party in parties.reach(known.codes[grant.party_id], on=on)
        if reaches and grant.period.covers(period):
            return str(grant.reference)
    raise NotThere


def _grant(by: Actor, at: datetime, reference: str) -> RoleGrant:
    """A current grant that the actor may end: as its granter, or as whoever handed it on."""
    current = RoleGrant.objects.current()
    grant: RoleGrant | None = current.filter(reference=reference).select_related("user").first()
    if grant is None:
        raise NotThere
    handed_on_by_actor = (
        by.user is not None
        and bool(grant.handed_on_from)
        and (current.filter(reference=grant.handed_on_from, user_id=by.user).exists())
    )
    if not handed_on_by_actor:
        row = queries.grant_row(grant)
        party = None if row.party == EVERYTHING else row.party
        require(policy.may_grant(by, asked=Asked(row.role, party, row.party_name, row.user), on=at.date()))
    return grant


def _check_end(grant: RoleGrant, valid_until: date) -> None:
    if grant.valid_until is not None and grant.valid_until <= valid_until:
        raise Refusal(Reason.of("grant_ended", until=grant.valid_until), where="valid_until")
    _period(grant.valid_from, valid_until)


def _handed_on(grant: RoleGrant) -> list[RoleGrant]:
    """What was handed on from a grant, and on from there."""
    below = list(RoleGrant.objects.current().filter(handed_on_from=grant.reference).select_related("user"))
    return below + [further for each in below for further in _handed_on(each)]


def _end(by: Actor, at: datetime, grant: RoleGrant, valid_until: date, source: str) -> None:
    ended = records.correct(grant, at=at, valid_until=valid_until, **({"source": source} if source else {}))
    party = queries.grant_row(ended).party
    facts = {"role": ended.role, "party": party, **_days(ended.period)}
    _note(by, at, "end_role", ended.user, facts, source)
    outbox.announce(RoleEnded(ended.reference, ended.user_id, ended.role, party), by=by, at=at)


def _days(period: Period) -> dict[str, str]:
    return {
        "valid_from": "" if period.start is None else period.start.isoformat(),
        "valid_until": "" if period.until is None else period.until.isoformat(),
    }
