"""The acts around signing in: by link, one's own, and those of whoever looks after users; each way out, and what was not done."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth import authenticate
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from tests.builders import (
    AT,
    HOUSE,
    actor,
    given_actor,
    given_company,
    given_person,
    given_user,
    nothing_written,
)

from inward.access import entry, operations, policy, queries
from inward.access.announcements import EmailChangeAsked, PasswordForgotten, SignInChanged, UserInvited
from inward.access.models import Tally, User
from inward.access.vocabulary import Role, SignInChange
from inward.core.terms import ALWAYS, Refusal
from inward.kit import outbox, versions
from inward.kit.actor import NOBODY, Actor, Grant
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import NoTransaction, transaction

pytestmark = pytest.mark.django_db
NEW = "kettle harbour violin"
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def maya():
    return given_user("maya", email="maya@example.org")


@pytest.fixture
def own(maya):
    return actor(maya)


def told(kind):
    return [(each.user_id, *([each.what] if kind is SignInChanged else [])) for each in outbox.announced(kind)]


def acts():
    return list(AuditRow.objects.order_by("id").values_list("act", flat=True))


def codes(raised):
    return [raised.value.reason.code] if isinstance(raised.value, Refusal) else [r.code for r in raised.value.reasons]


def given_app(user):
    """An authenticator app and recovery codes, as allauth keeps them."""
    TOTP.activate(User.objects.get(pk=user), "JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user_id=user, type="recovery_codes", data={"seed": "x", "used_mask": 0})


def given_session(user, address="192.0.2.7"):
    store = SessionStore()
    store.create()
    return UserSession.objects.create(user_id=user, session_key=store.session_key, ip=address, user_agent="Firefox")


class TestLinks:
    def choose(self, token, purpose=entry.PASSWORD, *, at=LATER, password=NEW):
        return operations.choose_password_by_link(by=NOBODY, at=at, purpose=purpose, token=token, password=password)

    def test_it_lets_her_choose_once_and_is_audited_as_hers(self, maya):
        given_session(maya)
        token = queries.link(entry.PASSWORD, maya, at=AT)
        assert self.choose(token) == "maya"
        assert authenticate(None, username="maya", password=NEW).pk == maya
        assert UserSession.objects.count() == 0
        assert told(SignInChanged) == [(maya, "PASSWORD")]
        row = AuditRow.objects.get(act="access.sign_in_password")
        assert (row.subject, row.thing, row.facts) == (User.objects.get().subject, User.objects.get().subject, {})
        with nothing_written(), pytest.raises(Refusal) as again:
            self.choose(token)
        assert codes(again) == ["link_used"]

    def test_a_weak_password_leaves_the_link_good(self, maya):
        token = queries.link(entry.INVITATION, maya, at=AT)
        with nothing_written(), pytest.raises(Refusal) as weak:
            self.choose(token, entry.INVITATION, password="password123")
        assert (codes(weak), weak.value.where) == (["password_too_weak"], "password")
        assert self.choose(token, entry.INVITATION) == "maya"

    @pytest.mark.parametrize(
        ("purpose", "at", "code"),
        [
            (entry.INVITATION, LATER, "link_not_valid"),
            (entry.EMAIL, LATER, "link_not_valid"),
            (entry.PASSWORD, AT + entry.LASTS[entry.PASSWORD], "link_over"),
        ],
    )
    def test_another_purpose_or_too_late_it_does_nothing(self, maya, purpose, at, code):
        token = queries.link(entry.PASSWORD, maya, at=AT)
        with nothing_written(), pytest.raises(Refusal) as refused:
            self.choose(token, purpose, at=at)
        assert codes(refused) == [code]

    @pytest.mark.parametrize(
        "change",
        [
            {"password": "md5$x$y"},
            {"email": "other@example.org"},
            {"invited_at": LATER},
            {"is_active": False},
            {"session_round": 1},
        ],
    )
    def test_it_is_dead_as_soon_as_she_is_not_as_she_was(self, maya, change):
        token = queries.link(entry.PASSWORD, maya, at=AT)
        assert entry.entrant(entry.PASSWORD, token, at=LATER).username == "maya"
        User.objects.filter(pk=maya).update(**change)
        with pytest.raises(Refusal) as dead:
            entry.entrant(entry.PASSWORD, token, at=LATER)
        assert codes(dead) == ["link_used"]

    def test_a_user_who_is_gone_has_no_link(self):
        with pytest.raises(Refusal):
            entry.holder(entry.PASSWORD, {})


class TestForgotten:
    @pytest.mark.parametrize("email", ["maya@example.org", " MAYA@Example.org "])
    def test_the_link_is_announced_for_whoever_has_the_address(self, maya, email):
        operations.forgot_password(by=NOBODY, at=AT, email=email)
        assert told(PasswordForgotten) == [(maya,)]

    @pytest.mark.parametrize("email", ["nobody@example.org", "", "maya"])
    def test_for_nobody_the_same_is_announced_with_nobody(self, maya, email):
        given_user("without")
        operations.forgot_password(by=NOBODY, at=AT, email=email)
        assert told(PasswordForgotten) == [(0,)]
        assert queries.addressee(0) is None

    def test_for_a_locked_user_it_is_nobody(self, maya):
        operations.lock_user(by=HOUSE, at=AT, user=maya)
        operations.forgot_password(by=NOBODY, at=AT, email="maya@example.org")
        assert told(PasswordForgotten) == [(0,)]


class TestInvitingAgain:
    def test_another_letter_goes_and_the_first_link_is_dead(self):
        user = given_user("ada", email="ada@example.org", password=None)
        first = queries.link(entry.INVITATION, user, at=AT)
        operations.invite_again(by=HOUSE, at=LATER, user=user)
        assert told(UserInvited) == [(user,), (user,)]
        assert acts()[-1] == "access.invite_again"
        with pytest.raises(Refusal):
            entry.entrant(entry.INVITATION, first, at=LATER)

    @pytest.mark.parametrize(
        ("more", "code"),
        [({"email": "a@example.org"}, "signs_in_already"), ({"password": None}, "no_address_to_write_to")],
    )
    def test_who_needs_none_or_cannot_get_one_is_refused(self, more, code):
        user = given_user("ada", **more)
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.invite_again(by=HOUSE, at=LATER, user=user)
        assert codes(refused) == [code]

    def test_only_those_who_invite_do(self, own, maya):
        with nothing_written(), pytest.raises(Refused) as refused:
            operations.invite_again(by=own, at=AT, user=maya)
        assert codes(refused) == ["not_inviter"]


class TestOwnPassword:
    def test_it_is_changed_and_told(self, own, maya):
        operations.choose_password(by=own, at=AT, password=NEW)
        assert authenticate(None, username="maya", password=NEW).pk == maya
        assert told(SignInChanged) == [(maya, "PASSWORD")]

    def test_a_weak_one_changes_nothing(self, own):
        with nothing_written(), pytest.raises(Refusal) as weak:
            operations.choose_password(by=own, at=AT, password="maya")
        assert codes(weak) == ["password_too_weak"]

    def test_given_by_another_it_is_told_and_ends_every_session(self, maya):
        before = User.objects.get().get_session_auth_hash()
        operations.set_password(by=HOUSE, at=AT, user=maya, password=NEW)
        assert told(SignInChanged) == [(maya, "PASSWORD")]
        assert User.objects.get().get_session_auth_hash() != before


class TestOwnAddress:
    def test_it_is_used_once_it_is_confirmed(self, own, maya):
        operations.ask_email_change(by=own, at=AT, email=" New@Example.org ")
        assert (User.objects.get().email, User.objects.get().email_wanted) == ("maya@example.org", "new@example.org")
        assert told(EmailChangeAsked) == [(maya,)]
        token = queries.link(entry.EMAIL, maya, at=AT)
        assert entry.entrant(entry.EMAIL, token, at=LATER).email == "new@example.org"
        assert operations.confirm_email(by=NOBODY, at=LATER, token=token) == "new@example.org"
        assert (User.objects.get().email, User.objects.get().email_wanted) == ("new@example.org", "")
        assert told(SignInChanged) == [(maya, "EMAIL")]
        assert "example" not in str(list(AuditRow.objects.values_list("facts", flat=True)))

    def test_asked_again_for_another_the_first_link_is_dead(self, own, maya):
        operations.ask_email_change(by=own, at=AT, email="one@example.org")
        first = queries.link(entry.EMAIL, maya, at=AT)
        operations.ask_email_change(by=own, at=AT, email="two@example.org")
        with nothing_written(), pytest.raises(Refusal) as dead:
            operations.confirm_email(by=NOBODY, at=LATER, token=first)
        assert codes(dead) == ["link_used"]

    def test_taken_meanwhile_it_is_refused(self, own, maya):
        operations.ask_email_change(by=own, at=AT, email="new@example.org")
        token = queries.link(entry.EMAIL, maya, at=AT)
        given_user("other", email="new@example.org")
        with nothing_written(), pytest.raises(Refusal) as taken:
            operations.confirm_email(by=NOBODY, at=LATER, token=token)
        assert codes(taken) == ["email_taken"]
        assert not queries.is_free("new@example.org")
        assert queries.is_free("free@example.org")

    @pytest.mark.parametrize(
        ("email", "code"),
        [("nonsense", "email_not_usable"), ("", "email_not_usable"), ("MAYA@example.org", "email_as_before")],
    )
    def test_what_is_no_other_address_is_refused(self, own, email, code):
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.ask_email_change(by=own, at=AT, email=email)
        assert codes(refused) == [code]

    def test_kept_after_all_nothing_waits_and_doing_it_again_changes_nothing(self, own):
        operations.ask_email_change(by=own, at=AT, email="new@example.org")
        operations.forget_email_change(by=own, at=AT)
        assert User.objects.get().email_wanted == ""
        with nothing_written():
            operations.forget_email_change(by=own, at=AT)


class TestSecondFactor:
    def test_it_is_seen_and_makes_a_difference_at_once(self, own, maya):
        assert not queries.resolved(maya, via="web", at=AT).second_factor
        assert not queries.second_factor(viewer=own).there
        before = versions.current("access")["access"]
        with transaction():
            given_app(maya)
            operations.note_second_factor(by=own, at=AT, what=SignInChange.TOTP_ADDED)
        assert versions.current("access")["access"] == before + 1
        assert queries.resolved(maya, via="web", at=AT).second_factor
        found = queries.second_factor(viewer=own)
        assert (found.there, found.codes, found.passkeys) == (True, 10, ())
        assert told(SignInChanged) == [(maya, "TOTP_ADDED")]

    def test_it_is_noted_only_with_what_changed(self, own):
        with pytest.raises(NoTransaction):
            operations.note_second_factor(by=own, at=AT, what=SignInChange.TOTP_ADDED)

    def test_lost_it_is_taken_away_with_every_session(self, maya):
        given_app(maya)
        given_session(maya)
        admin = given_actor("siti", ("DATA_ADMINISTRATOR", None))
        before = User.objects.get(pk=maya).get_session_auth_hash()
        operations.reset_second_factor(by=admin, at=AT, user=maya)
        assert (Authenticator.objects.count(), UserSession.objects.count()) == (0, 0)
        assert User.objects.get(pk=maya).get_session_auth_hash() != before
        assert told(SignInChanged) == [(maya, "SECOND_FACTOR_RESET")]
        row = AuditRow.objects.get(act="access.sign_in_second_factor_reset")
        assert (row.subject, row.thing) == (admin.subject, User.objects.get(pk=maya).subject)

    def test_where_there_is_none_nothing_is_done(self, maya):
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.reset_second_factor(by=HOUSE, at=AT, user=maya)
        assert codes(refused) == ["no_second_factor"]

    def test_nobody_resets_her_own_and_only_those_who_lock_users_reset_any(self, own, maya):
        admin = given_actor("siti", ("OPERATOR", None))
        given_app(admin.user)
        given_app(maya)
        for by, user, code in (
            (admin, admin.user, "no_reset_for_oneself"),
            (own, admin.user, "not_inviter"),
            (NOBODY, maya, "no_actor"),
        ):
            with pytest.raises(Refused) as refused:
                operations.reset_second_factor(by=by, at=AT, user=user)
            assert codes(refused) == [code]
        assert Authenticator.objects.count() == 4
        with pytest.raises(NotThere):
            operations.reset_second_factor(by=HOUSE, at=AT, user=1)

    def test_an_erased_person_leaves_none_behind(self):
        given_company("abc")
        given_person("maya-lund")
        user = given_user("maya", person="maya-lund", email="maya@example.org")
        given_app(user)
        User.objects.update(email_wanted="new@example.org")
        operations.forget_user_of(by=HOUSE, at=AT, person_id=User.objects.get().person_id)
        found = User.objects.get()
        assert (found.email, found.email_wanted, found.session_round, Authenticator.objects.count()) == ("", "", 1, 0)


class TestSessions:
    def test_ones_own_are_listed_newest_first_and_no_others(self, own, maya):
        first, second = given_session(maya), given_session(maya, "2001:db8::1")
        given_session(given_user("other"))
        rows = queries.sessions(viewer=own, here=first.session_key)
        assert [(row.id, row.address, row.here) for row in rows] == [
            (second.pk, "2001:db8::1", False),
            (first.pk, "192.0.2.7", True),
        ]
        assert queries.sessions(viewer=NOBODY, here=None) == ()

    def test_use_is_noted_of_ones_own_and_not_again_so_soon(self, own, maya):
        mine, others = given_session(maya), given_session(given_user("other"))
        began = mine.last_seen_at
        soon, later = began + operations.SEEN_EVERY / 2, began + operations.SEEN_EVERY
        for at, session in ((soon, mine), (later, mine), (later + operations.SEEN_EVERY / 2, mine), (later, others)):
            operations.note_session_use(by=own, at=at, key=session.session_key)
        mine.refresh_from_db()
        assert mine.last_seen_at == later
        assert UserSession.objects.get(pk=others.pk).last_seen_at == others.last_seen_at
        with pytest.raises(Refused):
            operations.note_session_use(by=NOBODY, at=later, key=mine.session_key)

    def test_one_is_ended(self, own, maya):
        first, second = given_session(maya), given_session(maya)
        operations.end_session(by=own, at=AT, session=first.pk)
        assert list(Session.objects.values_list("session_key", flat=True)) == [second.session_key]
        assert acts()[-1] == "access.end_session"
        for session in (first.pk, given_session(given_user("other")).pk):
            with pytest.raises(NotThere):
                operations.end_session(by=own, at=AT, session=session)

    def test_all_are_ended_by_herself_or_by_whoever_locks_users(self, own, maya):
        hashes = []
        for by in (own, HOUSE):
            given_session(maya)
            operations.end_sessions(by=by, at=AT, user=maya)
            assert UserSession.objects.count() == 0
            hashes.append(User.objects.get().get_session_auth_hash())
        assert len(set(hashes)) == 2
        stranger = given_actor("stranger")
        with pytest.raises(Refused) as refused:
            operations.end_sessions(by=stranger, at=AT, user=maya)
        assert codes(refused) == ["not_inviter"]

    def test_the_present_one_is_kept_in_the_list(self, own, maya):
        operations.note_session(by=own, at=AT, key="k" * 32, address="192.0.2.7", browser="F" * 500)
        found = UserSession.objects.get()
        assert (found.user_id, found.user_agent) == (maya, "F" * 200)

    def test_what_is_over_is_forgotten_by_the_house_alone(self, own, maya):
        open_one, over = given_session(maya), given_session(maya)
        past = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251 - sessions live by the real clock
        Session.objects.filter(session_key=over.session_key).update(expire_date=past)
        Tally.objects.create(cache_key="old", value="x", expires=past)
        Tally.objects.create(cache_key="new", value="x", expires=past + timedelta(hours=1))
        with nothing_written(), pytest.raises(Refused):
            operations.tidy_up(by=own, at=AT)
        operations.tidy_up(by=HOUSE, at=AT)
        assert list(Session.objects.values_list("session_key", flat=True)) == [open_one.session_key]
        assert list(UserSession.objects.values_list("pk", flat=True)) == [open_one.pk]
        assert list(Tally.objects.values_list("cache_key", flat=True)) == ["new"]

    def test_a_sign_in_is_noted_with_how(self, own):
        operations.note_sign_in(by=own, at=AT, how="password totp")
        row = AuditRow.objects.get(act="access.sign_in")
        assert (row.subject, row.thing, row.facts) == (own.subject, own.subject, {"how": "password totp"})

    def test_the_hash_of_an_old_key_still_opens_a_session(self, maya, settings):
        found = User.objects.get(pk=maya)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        old = found.get_session_auth_hash()
        settings.SECRET_KEY = "another-secret-key-of-forty-signs-at-least"
        assert found.get_session_auth_hash() != old
        assert list(found.get_session_auth_fallback_hash()) == [old]


class TestPolicy:
    ON = AT.date()

    @pytest.mark.parametrize(
        ("by", "expected"),
        [
            (Actor(7, None, None, (), via="web"), []),
            (Actor(7, None, None, (), via="api"), ["not_own_sign_in"]),
            (Actor(7, None, None, (), via="cli"), ["not_own_sign_in"]),
            (HOUSE, ["not_own_sign_in"]),
            (NOBODY, ["no_actor"]),
        ],
    )
    def test_only_who_is_signed_in_at_the_pages_changes_how_she_signs_in(self, by, expected):
        assert [reason.code for reason in policy.may_change_own_sign_in(by).reasons] == expected

    @pytest.mark.parametrize(
        ("role", "off", "roles", "everybody"),
        [
            (None, False, False, True),
            (Role.EMPLOYEE, False, False, True),
            (Role.AUDITOR, False, False, True),
            (Role.BUYER, False, True, True),
            (Role.CONTROLLER, False, True, True),
            (Role.DATA_ADMINISTRATOR, False, True, True),
        ],
    )
    def test_a_second_factor_is_owed_by_role(self, role, off, roles, everybody):
        grants = () if role is None else (Grant(role.value, "abc", frozenset({"abc"}), ALWAYS),)
        by = Actor(7, None, None, grants)
        found = [policy.owes_second_factor(by, demanded=each, on=self.ON) for each in ("off", "roles", "all")]
        assert found == [off, roles, everybody]

    @pytest.mark.parametrize("by", [HOUSE, NOBODY])
    def test_the_house_itself_owes_none(self, by):
        assert not policy.owes_second_factor(by, demanded="all", on=self.ON)

    def test_own_acts_are_refused_to_a_token(self, maya):
        by = actor(maya, via="api")
        for act in (
            lambda: operations.choose_password(by=by, at=AT, password=NEW),
            lambda: operations.ask_email_change(by=by, at=AT, email="x@example.org"),
            lambda: operations.forget_email_change(by=by, at=AT),
            lambda: operations.end_session(by=by, at=AT, session=1),
            lambda: operations.end_sessions(by=by, at=AT, user=maya),
            lambda: operations.note_session(by=by, at=AT, key="k", address="192.0.2.7", browser=""),
        ):
            with nothing_written(), pytest.raises(Refused) as refused:
                act()
            assert codes(refused) == ["not_own_sign_in"]


class TestQueries:
    def test_a_profile_is_ones_own(self, own):
        found = queries.profile(viewer=own)
        assert (found.username, found.email, found.email_wanted, found.has_password) == (
            "maya",
            "maya@example.org",
            "",
            True,
        )
        with pytest.raises(NotThere):
            queries.profile(viewer=HOUSE)

    def test_letters_know_whom_they_greet(self):
        given_company("abc")
        given_person("maya-lund", "Maya Lund")
        person = given_user("maya", person="maya-lund", email="maya@example.org", language="nb")
        machine = given_user("robot", email="robot@example.org", password=None)
        silent = given_user("silent")
        assert (queries.addressee(person).name, queries.addressee(person).language) == ("Maya Lund", "nb")
        assert (queries.addressee(machine).name, queries.addressee(machine).has_password) == ("robot", False)
        assert queries.addressee(silent) is None
