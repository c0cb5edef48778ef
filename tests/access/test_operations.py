"""Users are invited, locked and forgotten; roles granted, handed on and ended; tokens made and revoked."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    PASSWORD,
    actor,
    given_actor,
    given_company,
    given_employee,
    given_person,
    given_role,
    given_unit,
    given_user,
    given_work,
    nothing_written,
)

from inward.access import operations, queries
from inward.access.announcements import RoleEnded, RoleGranted, TokenMade, UserInvited, UserLocked, UserUnlocked
from inward.access.models import ApiToken, RoleGrant, User
from inward.access.vocabulary import Role, TokenScope
from inward.core.terms import Refusal
from inward.kit import outbox, versions
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import operations as parties
from inward.parties import queries as known

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
MONDAY, NEXT_MONDAY = date(2026, 11, 23), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _companies():
    given_company("abc", "ABC Retail")
    given_unit("abc-it", "abc", "IT")
    given_company("xyz")


class TestInviting:
    def invited(self, **more):
        return operations.invite_user(**{"by": HOUSE, "at": AT, "username": "maya", "password": PASSWORD} | more)

    def test_she_signs_in_by_name_or_address_in_any_case(self):
        user = self.invited(email="Maya@example.org")
        for name in ("maya", "MAYA", "maya@example.org"):
            assert authenticate(None, username=name, password=PASSWORD).pk == user
        assert authenticate(None, username="maya", password="wrong") is None

    def test_she_is_linked_to_her_person_and_known_by_her_subject(self):
        given_employee("maya-lund", "abc")
        before = versions.current("access")["access"]
        user = self.invited(person="maya-lund", language="nb", time_zone="Europe/Oslo")
        found = User.objects.get(pk=user)
        assert (found.person.code, found.subject) == ("maya-lund", known.subject_of("maya-lund"))
        assert (found.language, found.time_zone, found.is_active) == ("nb", "Europe/Oslo", True)
        assert versions.current("access")["access"] == before + 1
        row = AuditRow.objects.get(act="access.invite_user")
        assert (row.thing, row.facts) == (found.subject, {"person": True})
        assert [told.user_id for told in outbox.announced(UserInvited)] == [user]

    def test_without_a_password_nobody_signs_in_until_one_is_chosen(self):
        self.invited(password=None)
        assert not User.objects.get().has_usable_password()

    @pytest.mark.parametrize(
        ("change", "code", "where"),
        [
            ({"username": ""}, "username_not_usable", "username"),
            ({"username": "maya lund"}, "username_not_usable", "username"),
            ({"username": "m" * 151}, "username_not_usable", "username"),
            ({"username": "TAKEN"}, "username_taken", "username"),
            ({"email": "no address"}, "email_not_usable", "email"),
            ({"email": "TAKEN@example.org"}, "email_taken", "email"),
            ({"language": "tlh"}, "language_unknown", "language"),
            ({"time_zone": "Europe/Bergen"}, "time_zone_unknown", "time_zone"),
            ({"password": "short"}, "password_too_weak", "password"),
            ({"person": "taken"}, "person_has_user", "person"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_written(self, change, code, where):
        given_person("taken")
        given_user("taken", person="taken", email="taken@example.org")
        with nothing_written(), pytest.raises(Refusal) as refused:
            self.invited(**change)
        assert (refused.value.reason.code, refused.value.where) == (code, where)

    def test_an_unknown_person_is_not_there(self):
        for person in ("nobody", "abc"):
            with nothing_written(), pytest.raises(NotThere):
                self.invited(person=person)

    def test_only_those_who_may_invite_do(self):
        operator, stranger = given_actor("operator", ("OPERATOR", None)), given_actor("stranger")
        self.invited(by=operator)
        for by in (stranger, NOBODY):
            with nothing_written(), pytest.raises(Refused):
                self.invited(by=by, username="jonas")


class TestLocking:
    def test_a_locked_user_is_nobody_from_then_on_and_an_unlocked_one_somebody_again(self):
        user = given_user("maya")
        operations.lock_user(by=HOUSE, at=AT, user=user)
        assert actor(user) is NOBODY
        assert authenticate(None, username="maya", password=PASSWORD) is None
        assert [told.user_id for told in outbox.announced(UserLocked)] == [user]
        operations.unlock_user(by=HOUSE, at=AT, user=user)
        assert actor(user).user == user
        assert [told.user_id for told in outbox.announced(UserUnlocked)] == [user]
        acts = AuditRow.objects.filter(act__endswith="lock_user").order_by("id").values_list("act", flat=True)
        assert list(acts) == ["access.lock_user", "access.unlock_user"]

    def test_doing_it_again_changes_nothing(self):
        user = given_user("maya")
        with nothing_written():
            operations.unlock_user(by=HOUSE, at=AT, user=user)
        operations.lock_user(by=HOUSE, at=AT, user=user)
        with nothing_written():
            operations.lock_user(by=HOUSE, at=AT, user=user)

    def test_strangers_are_refused_and_unknown_users_not_there(self):
        user, stranger = given_user("maya"), given_actor("stranger")
        with nothing_written(), pytest.raises(Refused):
            operations.lock_user(by=stranger, at=AT, user=user)
        with nothing_written(), pytest.raises(NotThere):
            operations.lock_user(by=HOUSE, at=AT, user=1)


class TestPasswords:
    def test_a_new_one_replaces_the_old_and_is_nowhere_in_the_audit(self):
        user, operator = given_user("maya"), given_actor("operator", ("OPERATOR", None))
        operations.set_password(by=operator, at=AT, user=user, password="another-lighthouse-28")
        assert authenticate(None, username="maya", password=PASSWORD) is None
        assert authenticate(None, username="maya", password="another-lighthouse-28").pk == user
        row = AuditRow.objects.get(act="access.set_password")
        assert (row.thing, row.facts) == (User.objects.get(pk=user).subject, {})

    def test_a_weak_one_is_refused(self):
        user = given_user("maya")
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.set_password(by=HOUSE, at=AT, user=user, password="maya")
        assert refused.value.reason.code == "password_too_weak"

    def test_strangers_are_refused_and_unknown_users_not_there(self):
        user, stranger = given_user("maya"), given_actor("stranger")
        with nothing_written(), pytest.raises(Refused):
            operations.set_password(by=stranger, at=AT, user=user, password="another-lighthouse-28")
        with nothing_written(), pytest.raises(NotThere):
            operations.set_password(by=HOUSE, at=AT, user=1, password="another-lighthouse-28")


class TestOwnProfile:
    def test_language_and_zone_are_ones_own(self):
        maya = given_actor("maya")
        operations.change_profile(by=maya, at=AT, language="nb", time_zone="Europe/Oslo")
        found = queries.resolved(maya.user, via="web", at=AT)
        assert (found.actor.language, found.time_zone) == ("nb", "Europe/Oslo")

    def test_what_is_no_language_or_zone_is_refused(self):
        maya = given_actor("maya")
        for language, zone in (("tlh", "UTC"), ("en", "Europe/Bergen")):
            with nothing_written(), pytest.raises(Refusal):
                operations.change_profile(by=maya, at=AT, language=language, time_zone=zone)

    def test_nobody_and_the_house_have_none(self):
        for by in (NOBODY, HOUSE):
            with nothing_written(), pytest.raises(NotThere):
                operations.change_profile(by=by, at=AT, language="en", time_zone="UTC")


class TestGranting:
    def granted(self, user, **more):
        asked = {"by": HOUSE, "at": AT, "user": user, "role": Role.BUYER, "party": "abc", "valid_from": LONG_AGO}
        return operations.grant_role(**asked | more)

    def test_she_holds_the_role_over_the_company_and_its_units_for_those_days(self):
        user = given_user("ines")
        reference = self.granted(user, valid_until=NEXT_MONDAY)
        ines = actor(user)
        assert ines.holds("BUYER", over="abc-it", on=ON)
        assert not ines.holds("BUYER", over="xyz", on=ON)
        assert not ines.holds("BUYER", over="abc", on=NEXT_MONDAY)
        (told,) = outbox.announced(RoleGranted)
        assert (told.grant, told.user_id, told.role, told.party) == (reference, user, "BUYER", "abc")
        row = AuditRow.objects.get(act="access.grant_role")
        assert row.thing == User.objects.get(pk=user).subject
        assert row.facts == {
            "role": "BUYER", "party": "abc", "valid_from": "2015-01-01", "valid_until": "2026-11-30", "handed_on": False,
        }  # fmt: skip

    def test_a_role_over_everything_reaches_what_is_founded_later(self):
        user = given_user("siti")
        self.granted(user, role=Role.DATA_ADMINISTRATOR, party=None)
        given_company("later")
        assert actor(user).holds("DATA_ADMINISTRATOR", over="later", on=ON)
        assert actor(user).parties("DATA_ADMINISTRATOR", on=ON) is None

    def test_the_same_role_twice_on_one_day_is_refused_and_on_later_days_not(self):
        user = given_user("ines")
        self.granted(user, valid_until=NEXT_MONDAY)
        with nothing_written(), pytest.raises(Refusal) as refused:
            self.granted(user, valid_from=MONDAY)
        assert refused.value.reason.code == "grant_twice"
        self.granted(user, valid_from=NEXT_MONDAY)
        self.granted(user, party="abc-it")

    def test_days_the_wrong_way_round_are_refused(self):
        user = given_user("ines")
        with nothing_written(), pytest.raises(Refusal) as refused:
            self.granted(user, valid_from=MONDAY, valid_until=MONDAY)
        assert refused.value.reason.code == "period_backwards"

    def test_unknown_users_and_parties_are_not_there(self):
        user = given_user("ines")
        with nothing_written(), pytest.raises(NotThere):
            self.granted(1)
        with nothing_written(), pytest.raises(NotThere):
            self.granted(user, party="nobody")

    def test_only_those_who_look_after_the_party_grant_and_never_to_themselves(self):
        admin, user = given_actor("admin", ("DATA_ADMINISTRATOR", "abc")), given_user("ines")
        self.granted(user, by=admin)
        for target, party in ((user, "xyz"), (admin.user, "abc")):
            with nothing_written(), pytest.raises(Refused):
                self.granted(target, by=admin, party=party)


class TestHandingOn:
    @pytest.fixture
    def ines(self):
        return given_actor("ines", ("BUYER", "abc"))

    @pytest.fixture
    def bas(self):
        return given_user("bas")

    def handed_on(self, by, user, **more):
        asked = {"user": user, "role": Role.BUYER, "party": "abc-it", "valid_from": MONDAY, "valid_until": NEXT_MONDAY}
        return operations.hand_on_role(**{"by": by, "at": AT} | asked | more)

    def test_a_colleague_acts_in_the_role_for_those_days_over_that_unit(self, ines, bas):
        reference = self.handed_on(ines, bas)
        deputy = actor(bas)
        assert deputy.holds("BUYER", over="abc-it", on=ON)
        assert not deputy.holds("BUYER", over="abc", on=ON)
        assert not deputy.holds("BUYER", over="abc-it", on=NEXT_MONDAY)
        own = RoleGrant.objects.get(user_id=ines.user)
        assert RoleGrant.objects.get(reference=reference).handed_on_from == own.reference
        assert queries.grants(viewer=deputy, at=AT)[0].handed_on

    def test_a_role_over_everything_is_handed_on_over_one_party(self, bas):
        everywhere = given_actor("chief", ("BUYER", None))
        self.handed_on(everywhere, bas)
        assert actor(bas).holds("BUYER", over="abc-it", on=ON)

    def test_of_several_grants_the_one_that_carries_it_is_taken(self, ines, bas):
        given_role(ines.user, "BUYER", "xyz")
        given_role(ines.user, "BUYER", "abc-it", valid_from=MONDAY, valid_until=ON + timedelta(days=1))
        reference = self.handed_on(actor(ines.user), bas)
        carrying = RoleGrant.objects.get(reference=RoleGrant.objects.get(reference=reference).handed_on_from)
        assert carrying.party.code == "abc"

    def test_it_ends_when_the_role_it_came_from_ends_and_so_does_what_came_from_it(self, ines, bas):
        given_user("cas")
        self.handed_on(ines, bas)
        self.handed_on(actor(bas), User.objects.get(username="cas").pk)
        own = RoleGrant.objects.get(user_id=ines.user)
        operations.end_role(by=HOUSE, at=LATER, grant=own.reference, valid_until=date(2026, 11, 26))
        ends = RoleGrant.objects.current().order_by("user__username").values_list("user__username", "valid_until")
        assert list(ends) == [(name, date(2026, 11, 26)) for name in ("bas", "cas", "ines")]
        assert len(outbox.announced(RoleEnded)) == 3

    def test_what_ends_earlier_anyway_is_left_alone(self, ines, bas):
        self.handed_on(ines, bas)
        own = RoleGrant.objects.get(user_id=ines.user)
        operations.end_role(by=HOUSE, at=LATER, grant=own.reference, valid_until=date(2026, 12, 24))
        assert RoleGrant.objects.filter(user_id=bas).count() == 1
        assert len(outbox.announced(RoleEnded)) == 1

    def test_whoever_handed_it_on_takes_it_back_and_the_deputy_cannot_prolong_it(self, ines, bas):
        reference = self.handed_on(ines, bas)
        with nothing_written(), pytest.raises(Refused):
            operations.end_role(by=actor(bas), at=LATER, grant=reference, valid_until=ON)
        operations.end_role(by=ines, at=LATER, grant=reference, valid_until=ON)
        assert not actor(bas).holds("BUYER", over="abc-it", on=ON)

    def test_nobody_hands_on_what_she_does_not_hold(self, ines, bas):
        for change in ({"role": Role.SELLER}, {"party": "xyz"}, {"user": ines.user}):
            with nothing_written(), pytest.raises(Refused):
                self.handed_on(ines, **{"user": bas} | change)

    def test_a_role_that_ended_while_the_actor_was_at_work_is_not_handed_on(self, ines, bas):
        own = RoleGrant.objects.get(user_id=ines.user)
        operations.end_role(by=HOUSE, at=AT, grant=own.reference, valid_until=MONDAY)
        with nothing_written(), pytest.raises(NotThere):
            self.handed_on(ines, bas)


class TestEnding:
    def test_a_role_has_a_last_day_and_the_old_knowledge_stays(self):
        user = given_user("ines")
        reference = given_role(user, "BUYER", "abc")
        operations.end_role(by=HOUSE, at=LATER, grant=reference, valid_until=ON)
        assert not actor(user).holds("BUYER", over="abc", on=ON)
        facts = RoleGrant.objects.order_by("known_from").values_list("valid_until", "known_until", "reference")
        assert list(facts) == [(None, LATER, reference), (ON, None, reference)]
        (told,) = outbox.announced(RoleEnded)
        assert (told.grant, told.role, told.party) == (reference, "BUYER", "abc")

    def test_a_role_over_everything_ends_too(self):
        user = given_user("siti")
        reference = given_role(user, "DATA_ADMINISTRATOR")
        operations.end_role(by=HOUSE, at=LATER, grant=reference, valid_until=ON)
        assert actor(user).parties("DATA_ADMINISTRATOR", on=ON) == frozenset()

    def test_it_is_never_put_off_nor_ended_before_it_began(self):
        reference = given_role(given_user("ines"), "BUYER", "abc", valid_from=MONDAY, valid_until=NEXT_MONDAY)
        for day, code in (
            (NEXT_MONDAY, "grant_ended"),
            (date(2027, 1, 1), "grant_ended"),
            (MONDAY, "period_backwards"),
        ):
            with nothing_written(), pytest.raises(Refusal) as refused:
                operations.end_role(by=HOUSE, at=LATER, grant=reference, valid_until=day)
            assert refused.value.reason.code == code

    def test_unknown_grants_are_not_there_and_strangers_refused(self):
        reference, stranger = given_role(given_user("ines"), "BUYER", "abc"), given_actor("stranger")
        with nothing_written(), pytest.raises(NotThere):
            operations.end_role(by=HOUSE, at=LATER, grant="unknown", valid_until=ON)
        with nothing_written(), pytest.raises(Refused):
            operations.end_role(by=stranger, at=LATER, grant=reference, valid_until=ON)


class TestActingFor:
    def test_a_buyer_chooses_her_unit_and_then_herself_again(self):
        ines = given_actor("ines", ("BUYER", "abc"))
        assert operations.act_for(by=ines, at=AT, party="abc-it") == "abc-it"
        assert actor(ines.user, acting_for="abc-it").customer == "abc-it"
        assert operations.act_for(by=ines, at=AT, party=None) is None
        rows = AuditRow.objects.filter(act="access.act_for").order_by("id").values_list("thing", flat=True)
        assert list(rows) == ["abc-it", "oneself"]

    def test_nobody_acts_for_a_party_she_does_not_buy_for(self):
        ines = given_actor("ines", ("BUYER", "abc"))
        with nothing_written(), pytest.raises(Refused):
            operations.act_for(by=ines, at=AT, party="xyz")

    def test_strangers_choose_nothing(self):
        with nothing_written(), pytest.raises(Refused):
            operations.act_for(by=NOBODY, at=AT, party=None)


class TestTokens:
    def made(self, by, **more):
        asked = {"name": "Shop till", "scopes": {TokenScope.READ}, "expires_at": AT + timedelta(days=30)}
        return operations.make_token(**{"by": by, "at": AT} | asked | more)

    def test_the_secret_is_shown_once_and_kept_nowhere(self):
        maya = given_actor("maya")
        token = self.made(maya)
        found = ApiToken.objects.get(pk=token.id)
        assert token.raw.startswith("inw_")
        assert len(token.raw) > 40
        assert found.prefix == token.raw[:12]
        kept = str(list(ApiToken.objects.values_list())) + str(list(AuditRow.objects.values_list()))
        assert token.raw not in kept
        assert [told.token_id for told in outbox.announced(TokenMade)] == [token.id]

    def test_a_program_acts_as_its_user_as_far_as_the_token_goes(self):
        maya = given_actor("maya", ("SELLER", "abc"))
        reader, writer = self.made(maya), self.made(maya, scopes={TokenScope.WRITE})
        for token, writes in ((reader, False), (writer, False), (writer, True)):
            acts = queries.caller(token.raw, at=AT, area="orders", writes=writes)
            assert (acts.user, acts.via, acts.holds("SELLER", over="abc", on=ON)) == (maya.user, "api", True)
        with pytest.raises(queries.ScopeMissing) as missing:
            queries.caller(reader.raw, at=AT, area="orders", writes=True)
        assert (missing.value.scope, missing.value.reasons[0].code) == ("orders:write", "token_scope_missing")

    @pytest.mark.parametrize(
        ("scope", "area", "writes", "holds"),
        [
            (TokenScope.ORDERS_READ, "orders", False, True),
            (TokenScope.ORDERS_READ, "orders", True, False),
            (TokenScope.ORDERS_WRITE, "orders", False, True),
            (TokenScope.ORDERS_WRITE, "orders", True, True),
            (TokenScope.ORDERS_WRITE, "books", False, False),
            (TokenScope.BOOKS_READ, "orders", False, False),
            (TokenScope.READ, "books", False, True),
            (TokenScope.READ, "books", True, False),
        ],
    )
    def test_a_scope_reaches_its_area_and_no_further(self, scope, area, writes, holds):
        token = self.made(given_actor("maya"), scopes={scope})
        if holds:
            assert not queries.caller(token.raw, at=AT, area=area, writes=writes).nobody
        else:
            with pytest.raises(queries.ScopeMissing):
                queries.caller(token.raw, at=AT, area=area, writes=writes)

    def why_not(self, token, at=AT):
        with pytest.raises(queries.TokenEnded) as ended:
            queries.caller(token.raw, at=at, area="orders", writes=False)
        (reason,) = ended.value.reasons
        return reason.code, dict(reason.items)

    def test_it_ends_on_its_day_when_revoked_and_when_its_user_is_locked_and_says_so(self):
        maya = given_actor("maya")
        first, second = self.made(maya), self.made(maya)
        assert self.why_not(first, first.expires_at) == ("token_expired", {"on": first.expires_at.date()})
        operations.revoke_token(by=maya, at=LATER, token=first.id)
        assert self.why_not(first, LATER) == ("token_revoked", {"on": LATER.date()})
        with nothing_written():
            operations.revoke_token(by=maya, at=LATER, token=first.id)
        operations.lock_user(by=HOUSE, at=AT, user=maya.user)
        assert self.why_not(second) == ("token_owner_locked", {})
        assert queries.caller("inw_unknown", at=AT, area="orders", writes=False) is NOBODY

    def test_it_holds_until_the_last_day_of_work_and_never_after(self):
        given_person("maya-lund")
        given_work("maya-lund", "abc", valid_until=ON + timedelta(days=5))
        maya = given_actor("maya", person="maya-lund")
        token = self.made(maya)
        last = AT + timedelta(days=4)
        assert queries.caller(token.raw, at=last, area="orders", writes=False).user == maya.user
        assert self.why_not(token, AT + timedelta(days=5)) == (
            "token_owner_left",
            {"until": ON + timedelta(days=5)},
        )
        given_work("maya-lund", "abc", valid_from=ON + timedelta(days=10))
        assert self.why_not(token, AT + timedelta(days=9))[0] == "token_owner_left"
        assert not queries.caller(token.raw, at=AT + timedelta(days=10), area="orders", writes=False).nobody

    def test_whoever_never_worked_here_keeps_hers(self):
        given_person("carl-customer")
        token = self.made(given_actor("carl", person="carl-customer"))
        assert not queries.caller(token.raw, at=AT, area="orders", writes=False).nobody

    def test_a_program_acts_for_the_unit_its_user_buys_for_and_for_no_other(self):
        token = self.made(given_actor("ines", ("BUYER", "abc")))
        acts = queries.caller(token.raw, at=AT, area="orders", writes=False, acting_for="abc")
        assert acts.acting_for == "abc"
        with pytest.raises(Refused) as refused:
            queries.caller(token.raw, at=AT, area="orders", writes=False, acting_for="xyz")
        assert refused.value.reasons[0].code == "not_acting_for"

    def test_the_same_form_sent_twice_leaves_the_token_that_was_shown_last(self):
        maya = given_actor("maya")
        first, second, other = (self.made(maya, submission=form) for form in ("form", "form", "another"))
        assert self.why_not(first)[0] == "token_revoked"
        for token in (second, other):
            assert not queries.caller(token.raw, at=AT, area="orders", writes=False).nobody

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"scopes": set()}, "token_without_scope"),
            ({"name": " "}, "token_name_missing"),
            ({"name": "x" * 101}, "token_name_missing"),
            ({"expires_at": AT}, "token_lives_too_long"),
            ({"expires_at": AT + timedelta(days=366, seconds=1)}, "token_lives_too_long"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_written(self, change, code):
        maya = given_actor("maya")
        with nothing_written(), pytest.raises(Refusal) as refused:
            self.made(maya, **change)
        assert refused.value.reason.code == code

    def test_neither_nobody_nor_the_house_nor_a_token_makes_one(self):
        maya = given_actor("maya")
        for by in (NOBODY, HOUSE, actor(maya.user, via="api")):
            with nothing_written(), pytest.raises(Refused):
                self.made(by)

    def test_anothers_token_is_not_there_except_for_operators(self):
        maya, jonas, operator = given_actor("maya"), given_actor("jonas"), given_actor("operator", ("OPERATOR", None))
        token = self.made(maya)
        with nothing_written(), pytest.raises(NotThere):
            operations.revoke_token(by=jonas, at=AT, token=token.id)
        operations.revoke_token(by=operator, at=AT, token=token.id)
        assert ApiToken.objects.get().revoked_at == AT

    def test_its_use_is_noted_once_a_day(self, django_assert_num_queries):
        maya = given_actor("maya")
        token = self.made(maya)
        operations.note_token_use(by=maya, at=AT, raw=token.raw)
        assert ApiToken.objects.get().last_used_on == ON
        with django_assert_num_queries(0):
            operations.note_token_use(by=maya, at=LATER, raw=token.raw)
        operations._noted.clear()
        with nothing_written():  # as another process does
            operations.note_token_use(by=maya, at=LATER, raw=token.raw)
        operations.note_token_use(by=maya, at=AT + timedelta(days=1), raw=token.raw)
        assert ApiToken.objects.get().last_used_on == ON + timedelta(days=1)


class TestMachines:
    def made(self, by=HOUSE, party="abc-lab", username="till-7"):
        return operations.make_machine(by=by, at=AT, username=username, party=party)

    def token(self, by, machine, **more):
        asked = {
            "name": "Till",
            "scopes": {TokenScope.WRITE},
            "expires_at": AT + timedelta(days=30),
            "machine": machine,
        }
        return operations.make_token(**{"by": by, "at": AT} | asked | more)

    @pytest.fixture(autouse=True)
    def _house(self, db):
        given_unit("abc-lab", "abc", valid_until=ON + timedelta(days=3))
        given_person("maya-lund")

    def test_an_operator_makes_one_that_belongs_to_a_unit_and_gives_it_a_token_and_roles(self):
        operator = given_actor("olga", ("OPERATOR", None))
        machine = self.made(operator)
        row = queries.user(viewer=HOUSE, key=machine, at=AT)
        assert (row.username, row.machine_of, row.person, row.active) == ("till-7", "abc-lab", None, True)
        given_role(machine, "BUYER", "abc-lab")
        token = self.token(operator, machine)
        acts = queries.caller(token.raw, at=AT, area="orders", writes=True)
        assert (acts.user, acts.person, acts.holds("BUYER", over="abc-lab", on=ON)) == (machine, None, True)
        assert AuditRow.objects.filter(act="access.make_machine").count() == 1

    def test_it_signs_in_by_no_password(self):
        machine = self.made()
        assert not User.objects.get(pk=machine).has_usable_password()
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.set_password(by=HOUSE, at=AT, user=machine, password=PASSWORD)
        assert refused.value.reason.code == "machine_has_no_password"

    def test_its_token_ends_with_the_unit(self):
        token = self.token(given_actor("olga", ("OPERATOR", None)), self.made())
        with pytest.raises(queries.TokenEnded) as ended:
            queries.caller(token.raw, at=AT + timedelta(days=3), area="orders", writes=False)
        assert ended.value.reasons[0].code == "token_unit_closed"

    def test_a_company_may_have_one_but_a_person_or_nobody_may_not(self):
        assert queries.user(viewer=HOUSE, key=self.made(party="abc"), at=AT).machine_of == "abc"
        with nothing_written(), pytest.raises(Refusal) as refused:
            self.made(party="maya-lund", username="till-8")
        assert refused.value.reason.code == "machine_of_nobody"
        with nothing_written(), pytest.raises(NotThere):
            self.made(party="ghost", username="till-8")
        with nothing_written(), pytest.raises(Refusal) as refused:
            self.made()
        assert refused.value.reason.code == "username_taken"

    def test_only_those_who_invite_make_one_and_only_at_the_machine_or_in_the_browser_its_token(self):
        machine, maya, olga = self.made(), given_actor("maya"), given_actor("olga", ("OPERATOR", None))
        with nothing_written(), pytest.raises(Refused):
            self.made(maya, username="till-8")
        for by in (maya, NOBODY, actor(olga.user, via="api")):
            with nothing_written(), pytest.raises(Refused):
                self.token(by, machine)
        with nothing_written(), pytest.raises(Refusal) as refused:
            self.token(olga, maya.user)
        assert refused.value.reason.code == "not_a_machine"
        with nothing_written(), pytest.raises(NotThere):
            self.token(olga, 1)


class TestForgetting:
    def test_the_user_of_an_erased_person_has_no_name_address_password_or_token_left(self):
        given_person("maya-lund", "Maya Lund")
        user = given_user("maya.lund", person="maya-lund", email="maya@example.org")
        token = operations.make_token(
            by=actor(user), at=AT, name="Maya's till", scopes={TokenScope.READ}, expires_at=AT + timedelta(days=1)
        )
        parties.erase_person(by=HOUSE, at=AT, person="maya-lund", reason="Asked for it.")
        person_id = User.objects.get(pk=user).person_id
        operations.forget_user_of(by=HOUSE, at=LATER, person_id=person_id)
        assert "maya" not in str([*User.objects.values_list(), *ApiToken.objects.values_list()]).lower()
        found = User.objects.get(pk=user)
        assert (found.is_active, found.has_usable_password()) == (False, False)
        with pytest.raises(queries.TokenEnded):
            queries.caller(token.raw, at=LATER, area="orders", writes=False)

    def test_whoever_never_signed_in_needs_no_forgetting(self):
        given_person("maya-lund")
        with nothing_written():
            operations.forget_user_of(by=HOUSE, at=AT, person_id=known.keys()["maya-lund"])

    def test_strangers_make_nobody_forgotten(self):
        stranger = given_actor("stranger")
        with nothing_written(), pytest.raises(Refused):
            operations.forget_user_of(by=stranger, at=AT, person_id=1)
