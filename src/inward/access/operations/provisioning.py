"""What a directory says comes true: people, their work and their sign-ins, by the acts of this room and of parties.

The document is kept first, then the house is made to agree with it (docs/decisions/0110). Agreeing looks at what is and at
what was said last, never at what changed: the same document twice, or after a failure, gives the same house. Who cannot be
placed is *parked* with the reasons and loses nothing she had; whoever has left is shut out before anything can be parked.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from inward.access import policy, queries
from inward.access.models import ApiToken, DirectoryMapping, DirectoryRecord, RoleGrant, User
from inward.access.operations import (
    _changed,
    _check_user,
    _set_active,
    _user,
    invite_user,
)
from inward.access.said import ENTERPRISE, Said, manager, said
from inward.access.vocabulary import DirectoryAttribute, SignInChange
from inward.core.classification import WorkKind
from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.policy import NotThere, require
from inward.kit.transaction import savepoint, together, transaction
from inward.kit.wording import plain
from inward.parties import directory
from inward.parties import operations as parties_acts
from inward.parties import queries as parties
from inward.parties.directory import WorkRow
from inward.parties.vocabulary import PartyKind

USER = "User"
_LINE = "access.directories"
_UNITS = (DirectoryAttribute.DEPARTMENT, DirectoryAttribute.DIVISION)
"""From the finest; the first that means a unit is hers."""
_DAY = timedelta(days=1)
_TEXT_MAX = 255
"""Characters of a text of a directory that the column keeps."""


class Taken(Exception):  # noqa: N818 - it states a fact
    """Somebody else of this directory, or of another one, has that user name."""


class Moved(Exception):  # noqa: N818 - it states a fact
    """The record is no longer in the version that was expected."""


class KeyFixed(Exception):  # noqa: N818 - it states a fact
    """An ``externalId`` that was given once is not changed: by it a directory knows whom it speaks of."""


def keep_record(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    document: Mapping[str, Any],
    reference: str = "",
    expected: int | None = None,
) -> str:
    """Keep what a directory says of somebody or of a group, and make it come true; returns its reference.

    1. Wait; refuse what policy refuses.                  3. Keep the document; audit.
    2. Refuse another version than ``expected``, a user   4. Of a user: shut her out, or place her, or park her.
       name that is taken, and another ``externalId``.
    Raises Refused, NotThere (no such record), Moved, Taken, KeyFixed.
    """
    require(policy.may_keep_directories(by, on=at.date()))
    with together():
        with transaction():
            locks.advisory(_LINE, queries.VERSION, parties.VERSION)
            record = _record(by, kind, reference, expected) if reference else _new(by, at, kind)
            _keep(record, document, at)
            act = "access.directory_changes" if reference else "access.directory_adds"
            audit.record(by=by, at=at, act=act, thing=record.reference, facts={"kind": kind})
        if kind == USER:
            _agree(by, at, record)
    return str(record.reference)


def remove_record(*, by: Actor, at: datetime, kind: str, reference: str, expected: int | None = None) -> None:
    """A directory says nothing of somebody (or a group) any more: she is shut out, never erased.

    1. Wait; refuse what policy refuses.  2. Refuse another version than ``expected``.
    3. Mark the record as removed, audit.  4. End her work, her sessions and tokens.
    Raises Refused, NotThere, Moved.
    """
    require(policy.may_keep_directories(by, on=at.date()))
    with together():
        with transaction():
            locks.advisory(_LINE, queries.VERSION, parties.VERSION)
            record = _record(by, kind, reference, expected)
            record.removed_at, record.changed_at, record.version = at, at, record.version + 1
            record.save(update_fields=["removed_at", "changed_at", "version"])
            audit.record(by=by, at=at, act="access.directory_removes", thing=reference, facts={"kind": kind})
        if kind == USER:
            _agree(by, at, record)


def set_mapping(
    *,
    by: Actor,
    at: datetime,
    connection: int,
    attribute: DirectoryAttribute,
    text: str,
    party: str | None = None,
    work_kind: WorkKind | None = None,
) -> None:
    """Say what a text of a directory means here (neither party nor kind: nothing), and place whom it had parked.

    The empty text is what a directory says of whom it says nothing.

    1. Wait; refuse what policy refuses.                 3. Keep it; audit.
    2. NotThere for no such connection or party;         4. Try everybody again whom this directory has parked.
       Refusal for a text too long, and for a meaning of another sort than the attribute's.
    """
    require(policy.may_keep_directories(by, on=at.date()))
    with together():
        with transaction():
            locks.advisory(_LINE, queries.VERSION, parties.VERSION)
            if not User.objects.filter(pk=connection).exclude(machine_of=None).exists():
                raise NotThere
            text = text.strip()
            if len(text) > _TEXT_MAX:
                raise Refusal(Reason.of("directory_text_too_long", most=_TEXT_MAX), where="text")
            if work_kind is not None and attribute is not DirectoryAttribute.USER_TYPE:
                raise Refusal(Reason.of("directory_text_is_no_work"), where="work_kind")
            said_now = {
                "party_id": None if party is None else _key_of(party, attribute),
                "work_kind": "" if work_kind is None else work_kind.value,
                "set_at": at,
            }
            DirectoryMapping.objects.update_or_create(
                connection_id=connection, attribute=attribute.value, text=text, defaults=said_now
            )
            facts = {"attribute": attribute.value, "text": text, "party": party or "", "kind": said_now["work_kind"]}
            audit.record(by=by, at=at, act="access.set_directory_mapping", thing=str(connection), facts=facts)
        for record in DirectoryRecord.objects.filter(connection_id=connection, removed_at=None).exclude(parked=[]):
            _agree(by, at, record)


def try_again(*, by: Actor, at: datetime, reference: str) -> bool:
    """Place somebody whom a directory said and who was parked; returns whether she is placed now.

    1. Wait; refuse what policy refuses.  2. NotThere for nobody who waits.  3. Audit; place her, or park her again.
    """
    require(policy.may_keep_directories(by, on=at.date()))
    with together():
        with transaction():
            locks.advisory(_LINE, queries.VERSION, parties.VERSION)
            waiting = DirectoryRecord.objects.filter(reference=reference, removed_at=None).exclude(parked=[])
            record = waiting.select_related("connection").first()
            if record is None:
                raise NotThere
            audit.record(by=by, at=at, act="access.directory_tries_again", thing=record.reference, facts={})
        _agree(by, at, record)
    return not record.parked


# --- the record --------------------------------------------------------------------------------------------------------


def _new(by: Actor, at: datetime, kind: str) -> DirectoryRecord:
    return DirectoryRecord(
        id=new_id(), connection_id=by.user or -1, kind=kind, reference=public_reference(), version=0, made_at=at
    )


def _record(by: Actor, kind: str, reference: str, expected: int | None) -> DirectoryRecord:
    found = DirectoryRecord.objects.filter(
        connection_id=by.user, kind=kind, reference=reference, removed_at=None
    ).first()
    if found is None:
        raise NotThere
    if expected is not None and found.version != expected:
        raise Moved
    return found


def _keep(record: DirectoryRecord, document: Mapping[str, Any], at: datetime) -> None:
    """Keep the document; what was said of a manager who would report to her stays as it was."""
    kept = dict(document)
    key, name = str(kept.get("externalId") or ""), str(kept.get("userName") or "").lower()
    others = DirectoryRecord.objects.filter(kind=record.kind, removed_at=None).exclude(pk=record.pk)
    if name and others.filter(connection_id=record.connection_id, user_name=name).exists():
        raise Taken
    if key and record.external_id and key != record.external_id:
        raise KeyFixed
    if record.kind == USER and _reports_to(manager(kept), record):
        before = (record.document or {}).get(ENTERPRISE, {}).get("manager")
        kept[ENTERPRISE] = {**kept[ENTERPRISE], "manager": before}
    record.external_id, record.user_name, record.document = record.external_id or key, name, kept
    record.version, record.changed_at = record.version + 1, at
    record.save()


def _reports_to(above: str, record: DirectoryRecord) -> bool:
    """Whether the manager named is she herself, or somebody below her."""
    seen: set[str] = set()
    while above and above not in seen:
        if above == record.reference:
            return True
        seen.add(above)
        found = DirectoryRecord.objects.filter(connection_id=record.connection_id, reference=above).first()
        above = "" if found is None else manager(found.document)
    return False


# --- making it come true -----------------------------------------------------------------------------------------------


def _agree(by: Actor, at: datetime, record: DirectoryRecord) -> None:
    """Shut her out, or place her; a refusal of any act parks her with its reasons, and undoes only the placing."""
    told = said(record.document)
    if not told.active or record.removed_at is not None:
        _shut_out(by, at, record, told)
        _came_of_it(record, ())
        return
    try:
        with savepoint():
            parked = _place(by, at, record, told)
    except Refusal as refusal:
        parked = (refusal.reason,)
        record.refresh_from_db()
    _came_of_it(record, parked)


def _came_of_it(record: DirectoryRecord, parked: tuple[Reason, ...]) -> None:
    record.parked = [[reason.code, {name: plain(fact) for name, fact in reason.items}] for reason in parked]
    with transaction():
        record.save(update_fields=["parked", "person", "account", "work", "shut_out"])


def _shut_out(by: Actor, at: datetime, record: DirectoryRecord, told: Said) -> None:
    """No sign-in, no session, no token from this moment; her work ends today, or when HR said that it does."""
    if record.account_id is not None:
        if User.objects.filter(pk=record.account_id, is_active=True).exists():
            record.shut_out = True  # so that only this lock, not an operator's, is opened when she comes back
        _set_active(by, at, record.account_id, _source(record), active=False, directory=True)
        with transaction():
            ApiToken.objects.filter(user_id=record.account_id, revoked_at=None).update(revoked_at=at)
    work = _work(by, at, record)
    if work is None or work.period.until is not None:
        return  # an end that is known already stands: HR said it, or the directory did when she left
    ends = told.until or at.date()
    if work.period.start is not None and ends <= work.period.start:
        ends = work.period.start + _DAY
    parties_acts.end_work(by=by, at=at, work=work.code, valid_until=ends, source=_said_by(record))


def _place(by: Actor, at: datetime, record: DirectoryRecord, told: Said) -> tuple[Reason, ...]:
    """Person, work and account as the directory says; the reasons when its texts mean nothing here (yet)."""
    meant = _meant(record)
    company, reasons = _company(told, meant)
    unit, centre, kind, unknown = _within(told, meant)
    reasons += unknown
    if reasons or company is None:
        return tuple(reasons)
    person = _person(by, at, record, told)
    _employ(by, at, record, told, person, company, (unit, centre, kind))
    _let_in(by, at, record, told, person)
    return ()


def _meant(record: DirectoryRecord) -> dict[tuple[str, str], DirectoryMapping]:
    found = DirectoryMapping.objects.filter(connection_id=record.connection_id).select_related("party")
    return {(each.attribute, each.text): each for each in found}


def _company(told: Said, meant: Mapping[tuple[str, str], DirectoryMapping]) -> tuple[str | None, list[Reason]]:
    """The employing company: named by our extension, else what the organisation means."""
    if told.company:
        if parties.kind_of(told.company) is PartyKind.COMPANY:
            return told.company, []
        return None, [_unmapped("employingEntity", told.company)]
    text = told.texts.get(DirectoryAttribute.ORGANIZATION.value, "")
    found = meant.get((DirectoryAttribute.ORGANIZATION.value, text))
    if found is not None and found.party is not None:
        return found.party.code, []
    if text:
        return None, [_unmapped(DirectoryAttribute.ORGANIZATION.value, text)]
    return None, [Reason.of("directory_says_no_company")]


def _within(
    told: Said, meant: Mapping[tuple[str, str], DirectoryMapping]
) -> tuple[str | None, str | None, WorkKind, list[Reason]]:
    """Unit, cost centre and kind of work; every text that was said must mean something, be it nothing."""
    reasons = [_unmapped(a, t) for a, t in told.texts.items() if a != "organization" and (a, t) not in meant]
    found = {each: meant.get((each.value, told.texts.get(each.value, ""))) for each in DirectoryAttribute}
    units = [entry.party.code for each in _UNITS if (entry := found[each]) is not None and entry.party is not None]
    unit = told.unit or (units[0] if units else None)
    if told.unit and parties.kind_of(told.unit) is not PartyKind.UNIT:
        reasons.append(_unmapped("orgUnitId", told.unit))
    centre, sort = found[DirectoryAttribute.COST_CENTRE], found[DirectoryAttribute.USER_TYPE]
    kind = WorkKind(sort.work_kind) if sort is not None and sort.work_kind else WorkKind.FULL_TIME
    return unit, None if centre is None or centre.party is None else centre.party.code, kind, reasons


def _unmapped(attribute: str, text: str) -> Reason:
    return Reason.of("directory_text_unmapped", attribute=attribute, text=text)


def _person(by: Actor, at: datetime, record: DirectoryRecord, told: Said) -> str:
    """Her code: whom the record knows, whose user name it is, or somebody new; called and written to as was said."""
    if record.person_id is None:
        record.person_id = _known_by_account(at, record, told) or _added(by, at, record, told)
    code = parties.known().codes[record.person_id]
    if parties.name_of(code) != told.name:
        _check_own_roles(record.account_id, told.user_name, at.date())
        parties_acts.rename_party(by=by, at=at, party=code, name=told.name, source=_said_by(record))
    parties_acts.readdress_person(by=by, at=at, person=code, email=told.email, source=_said_by(record))
    return code


def _known_by_account(at: datetime, record: DirectoryRecord, told: Said) -> int | None:
    """The person who signs in by that name already, unless another directory speaks of her."""
    user = User.objects.filter(username__iexact=told.user_name).exclude(person=None).first()
    if user is None or user.person_id is None:
        return None
    if DirectoryRecord.objects.filter(account=user, removed_at=None).exclude(pk=record.pk).exists():
        raise Refusal(Reason.of("directory_account_taken", username=told.user_name))
    _check_own_roles(user.pk, user.username, at.date())
    record.account_id = user.pk
    return user.person_id


def _check_own_roles(user: int | None, username: str, today: date) -> None:
    """A directory changes nobody who holds a role that was granted, now or later: who speaks for it could become her."""
    held = RoleGrant.objects.current().filter(user_id=user).exclude(valid_until__lte=today)
    if held.exists():
        raise Refusal(Reason.of("directory_account_has_roles", username=username))


def _added(by: Actor, at: datetime, record: DirectoryRecord, told: Said) -> int:
    """A new person; her code is drawn, so that nothing of her name stands in addresses when she is forgotten."""
    code = f"p-{new_id():x}"
    parties_acts.add_person(by=by, at=at, code=code, name=told.name, email=told.email, source=_said_by(record))
    return parties.known().keys[code]


def _employ(
    by: Actor,
    at: datetime,
    record: DirectoryRecord,
    told: Said,
    person: str,
    company: str,
    how: tuple[str | None, str | None, WorkKind],
) -> None:
    """Her work as it was said, from today on where it differs; what was before keeps its days."""
    today, source = at.date(), _said_by(record)
    unit, centre, kind = how
    work = _work(by, at, record) or _earlier(by, at, record, person, company)
    if work is not None and work.company.code != company and _runs(work, today):
        parties_acts.end_work(by=by, at=at, work=work.code, valid_until=_after(work, today), source=source)
        work = replace(work, period=replace(work.period, until=_after(work, today)))
    if work is not None:
        record.work = work.code
    if work is None or _over(work, told, today):
        begins = _begins(told, work, today)
        record.work = parties_acts.start_work(
            by=by, at=at, person=person, company=company, kind=kind, unit=unit, job_title=told.title[:120],
            cost_centre=centre, valid_from=begins, valid_until=told.until, source=source,
        )  # fmt: skip
        return
    if (kind, unit, told.title[:120], centre) != _now(work):
        record.work = parties_acts.move_work(
            by=by, at=at, work=work.code, kind=kind, unit=unit, job_title=told.title[:120], cost_centre=centre,
            line_of_business=work.line_of_business, valid_from=max(today, work.period.start or today), source=source,
        )  # fmt: skip
    if told.until is not None and told.until != work.period.until:
        parties_acts.end_work(by=by, at=at, work=record.work, valid_until=told.until, source=source)


def _runs(work: WorkRow, today: date) -> bool:
    return work.period.until is None or work.period.until > today


def _over(work: WorkRow, told: Said, today: date) -> bool:
    """Whether what she did has an end, and the directory says that she works on."""
    if work.period.until is None or work.period.until == told.until:
        return False
    return told.until is None or not _runs(work, today)


def _after(work: WorkRow, today: date) -> date:
    """The first day she no longer does that work when it ends today; work has one day at least."""
    return today if work.period.start is None or work.period.start < today else work.period.start + _DAY


def _begins(told: Said, work: WorkRow | None, today: date) -> date:
    """When work begins: the day that was said; again, not before today nor before what she did last has ended."""
    if work is None:
        return told.since or today
    return max(told.since or today, today, work.period.until or today)


def _now(work: WorkRow) -> tuple[WorkKind, str | None, str, str | None]:
    unit, centre = (None if each is None else each.code for each in (work.unit, work.cost_centre))
    return work.kind, unit, work.job_title, centre


def _work(by: Actor, at: datetime, record: DirectoryRecord) -> WorkRow | None:
    try:
        return directory.work(viewer=by, code=record.work, on=at.date()) if record.work else None
    except NotThere:
        return None


def _earlier(by: Actor, at: datetime, record: DirectoryRecord, person: str, company: str) -> WorkRow | None:
    """What she did last, for that company or as an earlier record said: a new record goes on from there."""
    before = DirectoryRecord.objects.filter(connection_id=record.connection_id, person_id=record.person_id)
    codes = set(before.values_list("work", flat=True))
    known = directory.history(viewer=by, code=person, on=at.date())
    rows = [each for each in known if each.company.code == company or each.code in codes]
    return max(rows, key=lambda each: each.period.until or date.max, default=None)


def _let_in(by: Actor, at: datetime, record: DirectoryRecord, told: Said, person: str) -> None:
    """Her account: invited when there is none, unlocked, and called as the directory calls her."""
    source = _source(record)
    if record.account_id is None:
        record.account_id = invite_user(
            by=by, at=at, username=told.user_name, email=told.email, person=person, source=source
        )
    rename_user(by=by, at=at, user=record.account_id, username=told.user_name, email=told.email)
    own = DirectoryRecord.objects.filter(connection_id=record.connection_id, account_id=record.account_id)
    if record.shut_out or own.filter(shut_out=True).exists():
        _set_active(by, at, record.account_id, source, active=True, directory=True)
        own.update(shut_out=False)
        record.shut_out = False
    if not User.objects.filter(pk=record.account_id, is_active=True).exists():
        raise Refusal(Reason.of("directory_account_locked", username=told.user_name))


def rename_user(*, by: Actor, at: datetime, user: int, username: str, email: str) -> None:
    """Let somebody sign in by another name and have her letters elsewhere, as a directory says. The same changes nothing.

    1. Wait; refuse what policy refuses.     3. Keep; an address that was asked for is forgotten.
    2. Refuse whoever holds a granted role,  4. Bump, audit without either, announce SignInChanged for each.
       and unusable and taken names.
    """
    require(policy.may_keep_directories(by, on=at.date()))
    with transaction():
        locks.advisory(queries.VERSION)
        found = _user(by, at, user)
        email = email.lower()
        changes = [
            what
            for what, differs in (
                (SignInChange.USERNAME, found.username != username),
                (SignInChange.EMAIL, found.email != email),
            )
            if differs
        ]
        if not changes:
            return
        _check_own_roles(user, found.username, at.date())
        _check_user(username, email, found.language, found.time_zone)
        others = User.objects.exclude(pk=user)
        if others.filter(username__iexact=username).exists() or (email and others.filter(email=email).exists()):
            raise Refusal(Reason.of("directory_account_taken", username=username))
        found.username, found.email, found.email_wanted = username, email, ""
        found.save(update_fields=["username", "email", "email_wanted"])
        for what in changes:
            _changed(by, at, found, what)


def _key_of(party: str, attribute: DirectoryAttribute) -> int:
    wanted = {DirectoryAttribute.ORGANIZATION: PartyKind.COMPANY, DirectoryAttribute.USER_TYPE: None}
    found = parties.kind_of(party)
    if found is None:
        raise NotThere
    if found is not wanted.get(attribute, PartyKind.UNIT):
        raise Refusal(Reason.of("directory_text_is_no_party", attribute=attribute.value), where="party")
    return parties.keys()[party]


def _source(record: DirectoryRecord) -> str:
    return f"SCIM {record.connection.username}"


def _said_by(record: DirectoryRecord) -> parties_acts.Source:
    return parties_acts.Source(_source(record))
