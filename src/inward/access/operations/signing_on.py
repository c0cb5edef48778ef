"""Signing on by another's word: whom a provider means, how the two are linked, and which roles its groups give.

Somebody is known by issuer and subject, never by an e-mail address, a name or a person (docs/decisions/0113). Links are made
once, after proof; a sign-in makes no person and no work. What a provider's groups grant bears its name as source, and ends
at the first sign-in that does not name the group any more.
"""

import logging
import re
from datetime import datetime
from itertools import count

from inward.access import entry, policy, queries
from inward.access.announcements import RoleEnded
from inward.access.models import DirectoryRecord, RoleGrant, SignOnLink, User
from inward.access.operations import _asked, _changed, _end, _granted, _handed_on, _note, _own_key, _user
from inward.access.providers import Claimed, Provider
from inward.access.vocabulary import EVERYTHING, Role, SignInChange
from inward.core.terms import Period, Reason, Refusal
from inward.kit import audit, links, locks, outbox, records, subjects
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.policy import NotThere, require
from inward.kit.saml import Answer
from inward.kit.transaction import transaction

log = logging.getLogger("inward.access")
_STRANGE = re.compile(r"[^\w.@+-]+")
_NAME_LENGTH = 140
_ASSERTION = "sign_on_assertion"


def sign_on(*, by: Actor, at: datetime, provider: Provider, claimed: Claimed, invitation: str = "") -> int:
    """Find whom a provider's verified word lets in; returns her key. The word is the permission, whoever brings it.

    1. Take who is linked to issuer and subject.          3. Refuse who is locked.
    2. Else link, once: by an ``invitation``, by the      4. Make her roles those of her groups; note the day.
       provider's directory, by an address it is believed for, or make a user where it is set so.
    Raises Refusal: nobody here is meant, she is locked, or the invitation does not hold.
    """
    with transaction():
        locks.advisory(queries.VERSION)
        link = _link_of(claimed)
        user = link.user if link is not None else _newcomer(at, provider, claimed, invitation)
        if not user.is_active:
            raise Refusal(Reason.of("sign_on_locked"))
        if link is None:
            link = _linked(at, provider, claimed, user)
        link.last_used_at = at
        link.save(update_fields=["last_used_at"])
        _agree(at, provider, claimed, user)
    return int(user.pk)


def link_sign_on(*, by: Actor, at: datetime, provider: Provider, claimed: Claimed) -> None:
    """Link one's own sign-in to whom the provider has just shown one to be. Linking again changes nothing.

    1. Refuse what policy refuses.                              3. Keep the link.
    2. Refuse what is linked to another user, and a second      4. Bump, audit, announce SignInChanged.
       one at the same provider.
    """
    require(policy.may_change_own_sign_in(by))
    with transaction():
        locks.advisory(queries.VERSION)
        user, link = _user(by, at, by.user), _link_of(claimed)
        if link is None:
            _linked(at, provider, claimed, user)
        elif link.user_id != user.pk:
            raise Refusal(Reason.of("sign_on_of_another", title=provider.title))


def unlink_sign_on(*, by: Actor, at: datetime, link: int) -> None:
    """Take one's own link away; roles that the provider's groups gave end with it. NotThere for one that is not one's own.

    1. Refuse what policy refuses.  2. Remove it, end the roles.  3. Bump, audit, announce SignInChanged.
    """
    require(policy.may_change_own_sign_in(by))
    with transaction():
        locks.advisory(queries.VERSION)
        found = SignOnLink.objects.filter(pk=link, user_id=_own_key(by)).select_related("user").first()
        if found is None:
            raise NotThere
        source = f"sso:{found.provider}"
        for grant in _held(found.user, source, at):
            _end_now(Actor.system(source, via="web"), at, grant, source)
        found.delete()
        _changed(by, at, found.user, SignInChange.SIGN_ON_UNLINKED)


def take_assertion(*, by: Actor, at: datetime, provider: Provider, answer: Answer) -> bool:
    """Take a provider's assertion, this once; whether it was not taken before (SAML Profiles 4.1.4.5). No permission is
    asked: the assertion, which was verified, lets nobody in by this alone.

    1. Remember its issuer and id until it could not be used again anyway; of two at the same time, one is the first.
    """
    said = {"issuer": answer.claims["iss"], "assertion": answer.assertion}
    try:
        with transaction():
            links.use_up(_ASSERTION, links.make(_ASSERTION, said, expires_at=answer.until), at=at)
    except Refusal:
        log.warning("%s: the assertion %s came a second time, or late", provider.source, answer.assertion)
        return False
    return True


def note_sign_on_refused(*, by: Actor, at: datetime, provider: Provider, why: str) -> None:
    """Note that somebody who came from a provider was not let in, or not linked, and why: a reason's code, never a name.

    1. Audit. Nothing else is written here.
    """
    with transaction():
        audit.record(by=by, at=at, act="access.refuse_sign_on", thing=provider.source, facts={"why": why})


# --- whom is meant -----------------------------------------------------------------------------------------------------


def _link_of(claimed: Claimed) -> SignOnLink | None:
    found = SignOnLink.objects.filter(issuer=claimed.issuer, subject=claimed.subject)
    link: SignOnLink | None = found.select_related("user").first()
    return link


def _newcomer(at: datetime, provider: Provider, claimed: Claimed, invitation: str) -> User:
    """Who is meant by somebody the house has not linked yet."""
    if invitation:
        return entry.holder(entry.INVITATION, links.use_up(entry.INVITATION, invitation, at=at).payload)
    found = _of_directory(provider, claimed) or _of_address(claimed)
    if found is not None:
        return found
    if not provider.makes_users:
        raise Refusal(Reason.of("sign_on_unknown", title=provider.title))
    return _made(at, provider, claimed)


def _of_directory(provider: Provider, claimed: Claimed) -> User | None:
    """Whom the same authority has told over SCIM, by its own key of her."""
    if not provider.directory or not claimed.directory_id:
        return None
    said = DirectoryRecord.objects.filter(
        connection__username__iexact=provider.directory,
        kind="User",
        external_id=claimed.directory_id,
        removed_at=None,
    )
    record = said.exclude(account=None).select_related("account").first()
    return None if record is None else record.account


def _of_address(claimed: Claimed) -> User | None:
    """Whose address a provider that is believed for it has verified: nobody who holds a role, and no machine."""
    if not claimed.email:
        return None
    user: User | None = User.objects.filter(email=claimed.email, machine_of=None).first()
    if user is not None and RoleGrant.objects.current().filter(user=user).exists():
        raise Refusal(Reason.of("sign_on_needs_proof", username=user.username))
    return user


def _made(at: datetime, provider: Provider, claimed: Claimed) -> User:
    """A user without person, work, role or password: she comes in by this provider alone."""
    free = not User.objects.filter(email=claimed.email).exists()
    user = User(
        id=new_id(),
        username=_free_name(claimed.username or f"{provider.name}-{claimed.subject}"),
        email=claimed.email if free else "",
        subject=subjects.new_subject(at=at),
        invited_at=at,
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    _note(Actor.system(provider.source, via="web"), at, "make_user", user, {}, provider.source)
    return user


def _free_name(wanted: str) -> str:
    """The name, or with the first number that makes it free."""
    plain = _STRANGE.sub("-", wanted)[:_NAME_LENGTH].strip("-") or "user"
    tried = (plain if number == 1 else f"{plain}-{number}" for number in count(1))
    return next(name for name in tried if not User.objects.filter(username__iexact=name).exists())


def _linked(at: datetime, provider: Provider, claimed: Claimed, user: User) -> SignOnLink:
    if SignOnLink.objects.filter(user=user, issuer=claimed.issuer).exists():
        raise Refusal(Reason.of("sign_on_twice", title=provider.title))
    link: SignOnLink = SignOnLink.objects.create(
        user=user, provider=provider.name, issuer=claimed.issuer, subject=claimed.subject, made_at=at
    )
    _changed(queries.actor_for(user.pk, via="web", at=at), at, user, SignInChange.SIGN_ON_LINKED)
    return link


# --- roles by groups ---------------------------------------------------------------------------------------------------


def _agree(at: datetime, provider: Provider, claimed: Claimed, user: User) -> None:
    """End what a group gave that she is no longer in, grant what she lacks; what people granted is left alone."""
    wanted = {(rule.role, rule.party) for rule in provider.roles if rule.group in claimed.groups}
    acts = Actor.system(provider.source, via="web")
    for grant in _held(user, provider.source, at):
        row = queries.grant_row(grant)
        if (row.role, row.party) not in wanted:
            _end_now(acts, at, grant, provider.source)
    for role, party in sorted(wanted, key=lambda each: (each[0].value, each[1])):
        _grant(acts, at, provider, user, role, party)


def _held(user: User, source: str, at: datetime) -> list[RoleGrant]:
    """The grants on the provider's word that have not ended, today or earlier."""
    found = RoleGrant.objects.current().filter(user=user, source=source).exclude(valid_until__lte=at.date())
    return list(found.select_related("user").order_by("id"))


def _grant(by: Actor, at: datetime, provider: Provider, user: User, role: Role, party: str) -> None:
    try:
        target, party_id, asked = _asked(int(user.pk), role, None if party == EVERYTHING else party)
    except NotThere:
        log.warning("%s grants a role over %s, which is not known here", provider.source, party)
        return
    period = Period(at.date(), None)
    same = RoleGrant.objects.current().filter(user=user, role=role.value, party_id=party_id)
    if not any(grant.period.overlaps(period) for grant in same):
        _granted(by, at, target, party_id, asked, period, handed_on_from="", source=provider.source)


def _end_now(by: Actor, at: datetime, grant: RoleGrant, source: str) -> None:
    """It holds no more from today, and nothing handed on from it; what began today is believed no longer at all."""
    for each in (grant, *_handed_on(grant)):
        if each.valid_from is not None and each.valid_from >= at.date():
            records.retract(each, at=at)
            row = queries.grant_row(each)
            _note(by, at, "end_role", each.user, {"role": each.role, "party": row.party, "retracted": True}, source)
            outbox.announce(RoleEnded(each.reference, each.user_id, each.role, row.party), by=by, at=at)
        elif each.valid_until is None or each.valid_until > at.date():
            _end(by, at, each, at.date(), source)
