"""Who somebody is when she acts, and who holds which role."""

from datetime import date, timedelta

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    actor,
    given_actor,
    given_company,
    given_employee,
    given_person,
    given_role,
    given_unit,
    given_user,
)
from tests.cast import ABC, DEWI, HENK, INES, MAYA, SITI, TOR, XYZ, acting, given_the_cast

from inward.access import operations, queries
from inward.access.models import RoleGrant, User
from inward.access.vocabulary import Role, TokenScope
from inward.core.classification import WorkKind
from inward.kit import versions
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere
from inward.parties import operations as parties
from inward.parties import queries as known

pytestmark = pytest.mark.django_db
NEXT_WEEK = ON + timedelta(days=7)


@pytest.fixture
def house():
    return given_the_cast(MAYA, TOR, INES, HENK, SITI, DEWI)


class TestTheActor:
    def test_staff_are_employees_of_their_company_without_anybody_granting_it(self, house):
        maya, dewi = acting(house, MAYA), acting(house, DEWI)
        assert maya.holds("EMPLOYEE", over="abc-it", on=ON)
        assert not maya.holds("EMPLOYEE", over=XYZ, on=ON)
        assert not dewi.holds("EMPLOYEE", over=ABC, on=ON)  # a contractor is no staff
        assert (maya.person, maya.subject, maya.customer) == (MAYA.code, known.subject_of(MAYA.code), MAYA.code)

    def test_a_company_reaches_its_units_and_a_unit_those_below(self, house):
        user = given_user("bas")
        given_role(user, "BUYER", "abc-shops")
        bas = actor(user)
        reached = [bas.holds("BUYER", over=code, on=ON) for code in ("abc-shops", "abc-shop-centre", ABC, "abc-it")]
        assert reached == [True, True, False, False]
        assert acting(house, INES).holds("BUYER", over="abc-shop-centre", on=ON)

    def test_everything_is_reached_by_a_role_without_party(self, house):
        assert acting(house, SITI).parties("DATA_ADMINISTRATOR", on=ON) is None

    def test_roles_keep_their_days(self):
        given_company("abc")
        user = given_user("bas")
        given_role(user, "BUYER", "abc", valid_from=ON, valid_until=ON + timedelta(days=2))
        held = [actor(user).holds("BUYER", over="abc", on=ON + timedelta(days=days)) for days in (-1, 0, 1, 2)]
        assert held == [False, True, True, False]

    def test_nobody_is_who_is_unknown_locked_or_not_there(self):
        user = given_user("bas")
        operations.lock_user(by=HOUSE, at=AT, user=user)
        assert [queries.actor_for(key, via="web", at=AT) for key in (None, 1, user)] == [NOBODY] * 3

    def test_whom_she_acts_for_is_dropped_when_she_may_not(self, house):
        assert acting(house, INES, acting_for="abc-it").acting_for == "abc-it"
        assert acting(house, INES, acting_for=XYZ).acting_for is None

    def test_it_is_resolved_once_while_nothing_changes(self, house, django_assert_num_queries):
        first = acting(house, MAYA)
        with versions.seen_once():
            acting(house, MAYA)
            with django_assert_num_queries(0):
                assert acting(house, MAYA) is first

    @pytest.mark.parametrize(
        "change",
        [
            lambda user: given_role(user, "BUYER", "abc"),
            lambda user: given_unit("abc-new", "abc"),
            lambda user: operations.lock_user(by=HOUSE, at=AT, user=user),
        ],
    )
    def test_every_change_of_roles_and_parties_is_seen_at_once(self, change):
        given_company("abc")
        given_employee("maya", "abc")
        user = given_user("maya", person="maya")
        before = actor(user)
        change(user)
        assert actor(user) != before

    def test_another_day_is_another_actor(self):
        given_company("abc")
        given_employee("maya", "abc", valid_from=ON + timedelta(days=1))
        user = given_user("maya", person="maya")
        assert not actor(user).holds("EMPLOYEE", over="abc", on=ON)
        tomorrow = actor(user, at=AT + timedelta(days=1))
        assert tomorrow.holds("EMPLOYEE", over="abc", on=ON + timedelta(days=1))

    def test_only_so_many_are_kept(self, monkeypatch):
        monkeypatch.setattr(queries, "_KEPT_MAX", 1)
        first, second = given_user("one"), given_user("two")
        assert [actor(key).user for key in (first, second, first)] == [first, second, first]

    def test_a_user_without_a_person_acts_by_her_roles_alone(self):
        machine = given_actor("till", ("SELLER", None))
        assert (machine.person, machine.customer) == (None, None)
        assert machine.holds("SELLER", over="anything", on=ON)
        assert machine.subject.startswith("s-")


class TestTheDoor:
    def test_a_buyer_chooses_from_her_company_and_its_units_by_name(self, house):
        places = queries.may_act_for(acting(house, INES), at=AT)
        assert [place.name for place in places] == [
            "ABC Retail", "IT", "Marketing", "Purchasing", "Shop Centre", "Shop Harbour", "Shops",
        ]  # fmt: skip

    def test_others_have_nothing_to_choose_and_buyers_of_everything_all_companies(self, house):
        assert queries.may_act_for(acting(house, MAYA), at=AT) == ()
        assert queries.may_act_for(NOBODY, at=AT) == ()
        chief = given_actor("chief", ("BUYER", None))
        assert {place.code for place in queries.may_act_for(chief, at=AT)} == set(known.world().company)


class TestWhoHolds:
    def test_roles_count_over_the_party_over_what_it_stands_in_and_over_everything(self, house):
        given_role(house[DEWI.code], "BUDGET_HOLDER", "abc-shops")
        given_role(house[SITI.code], "BUDGET_HOLDER")
        given_role(house[TOR.code], "BUDGET_HOLDER", "abc-it")
        found = queries.holders(Role.BUDGET_HOLDER, over="abc-shop-centre", at=AT)
        assert [holder.person for holder in found] == [DEWI.code, HENK.code, SITI.code]
        assert found == queries.holders("BUDGET_HOLDER", over="abc-shop-centre", at=AT)

    def test_those_who_are_locked_or_hold_it_on_other_days_do_not(self, house):
        operations.lock_user(by=HOUSE, at=AT, user=house[HENK.code])
        given_role(house[DEWI.code], "BUDGET_HOLDER", ABC, valid_until=ON)
        given_role(house[TOR.code], "BUDGET_HOLDER", ABC, valid_from=ON + timedelta(days=1))
        assert queries.holders(Role.BUDGET_HOLDER, over=ABC, at=AT) == ()

    def test_who_may_answers_the_same_rules_as_may(self, house):
        from inward.access import policy
        from inward.access.models import RoleGrant

        given_role(house[TOR.code], "DATA_ADMINISTRATOR", ABC)
        given_role(house[DEWI.code], "OPERATOR")
        places = [known.keys()[ABC]]

        def people(asked):
            return sorted(RoleGrant.objects.filter(asked).values_list("user__username", flat=True))

        assert people(policy.who_may_administer(places=places, on=ON)) == [SITI.code, TOR.code]
        assert people(policy.who_may_invite(on=ON)) == [DEWI.code, SITI.code]
        assert people(policy.who_may_grant(Role.BUYER, places=places, on=ON)) == [SITI.code, TOR.code]
        assert people(policy.who_may_grant(Role.CONTROLLER, places=places, on=ON)) == [SITI.code]

    def test_a_person_leads_to_her_user(self, house):
        assert queries.holder_of(MAYA.code).user == house[MAYA.code]
        assert queries.holder_of(ABC) is None
        assert queries.holder_of("nobody") is None


class TestLookingUp:
    def test_users_are_seen_by_themselves_and_those_who_invite(self, house):
        row = queries.user(viewer=acting(house, MAYA), key=house[MAYA.code], at=AT)
        assert (row.username, row.person, row.active) == (MAYA.code, MAYA.code, True)
        assert queries.user(viewer=acting(house, SITI), key=house[MAYA.code], at=AT) == row
        for viewer in (acting(house, TOR), NOBODY):
            with pytest.raises(NotThere):
                queries.user(viewer=viewer, key=house[MAYA.code], at=AT)

    def test_those_who_invite_list_everybody_and_others_themselves(self, house):
        assert [row.username for row in queries.users(viewer=acting(house, MAYA), at=AT)] == [MAYA.code]
        assert [row.username for row in queries.users(viewer=acting(house, SITI), at=AT)] == sorted(house)
        assert queries.users(viewer=NOBODY, at=AT) == ()

    def test_a_name_leads_to_a_key_in_any_case(self):
        user = given_user("Bas")
        assert (queries.user_named("BAS"), queries.user_named("nobody")) == (user, None)

    def test_an_address_leads_to_whose_it_is_and_no_address_to_nobody(self):
        given_user("bas")  # without an address
        key = given_user("bo")
        User.objects.filter(pk=key).update(email="bo@example.org")
        assert queries.user_addressed("Bo@Example.org") == key
        assert queries.user_addressed("other@example.org") is None
        assert queries.user_addressed("") is None

    def test_roles_are_seen_by_their_holder_and_those_who_look_after_the_party(self, house):
        admin = given_actor("admin", ("DATA_ADMINISTRATOR", ABC))
        seen = [
            {row.username for row in queries.grants(viewer=viewer, at=AT)}
            for viewer in (acting(house, INES), admin, acting(house, SITI), NOBODY)
        ]
        over_abc = {INES.code, HENK.code, TOR.code, "admin"}
        assert seen == [{INES.code}, over_abc, over_abc | {SITI.code}, set()]
        (row,) = queries.grants(viewer=acting(house, SITI), at=AT, user=house[SITI.code])
        assert (row.role, row.party, row.party_name, row.handed_on) == (Role.DATA_ADMINISTRATOR, "*", "*", False)
        (row,) = queries.grants(viewer=admin, at=AT, user=house[INES.code], party=ABC)
        assert (row.party_name, row.period.start) == ("ABC Retail", LONG_AGO)
        assert queries.grants(viewer=admin, at=AT, party="nobody") == ()

    def test_tokens_are_shown_without_their_secret(self, house):
        maya = acting(house, MAYA)
        token = operations.make_token(
            by=maya, at=AT, name="Till", scopes={TokenScope.READ}, expires_at=AT + timedelta(days=1)
        )
        (row,) = queries.tokens(viewer=maya, at=AT, user=maya.user)
        assert (row.id, row.name, row.scopes, row.revoked_at) == (token.id, "Till", {TokenScope.READ}, None)
        assert token.raw not in str(row)
        assert queries.tokens(viewer=acting(house, TOR), at=AT, user=maya.user) == ()
        assert queries.tokens(viewer=acting(house, SITI), at=AT, user=maya.user) == (row,)


def test_a_unit_that_moves_takes_its_buyers_reach_with_it():
    given_company("abc")
    given_company("xyz")
    given_unit("team", "abc")
    buyer = given_user("bas")
    given_role(buyer, "BUYER", "abc")
    parties.move_unit(by=HOUSE, at=AT, unit="team", company="xyz", parent=None, valid_from=date(2026, 12, 1))
    assert actor(buyer).holds("BUYER", over="team", on=ON)
    december = AT + timedelta(days=30)
    assert not actor(buyer, at=december).holds("BUYER", over="team", on=december.date())
    assert WorkKind.AGENT in queries.STRICT_MAJORITY.staff_kinds


def kept_users(viewer, **params):
    return [row.username for row in queries.users_kept(viewer=viewer, at=AT, params=params).rows]


def test_who_keeps_one_company_sees_the_users_of_its_staff_and_who_keeps_everything_sees_all():
    for company in ("abc", "xyz"):
        given_company(company)
        given_employee(f"of-{company}", company)
        given_user(f"of-{company}", person=f"of-{company}", email=f"of-{company}@example.org")
    everything = given_actor("siti", ("DATA_ADMINISTRATOR", None))
    own = given_actor("abe", ("DATA_ADMINISTRATOR", "abc"))
    assert kept_users(everything) == ["abe", "of-abc", "of-xyz", "siti"]
    assert kept_users(own) == ["of-abc"]
    assert kept_users(given_actor("ines", ("BUYER", "abc"))) == []
    assert kept_users(NOBODY) == []
    assert kept_users(everything, text="XYZ@") == ["of-xyz"]
    (row,) = queries.users_kept(viewer=own, at=AT, params={}).rows
    assert queries.user_kept(viewer=own, at=AT, key=row.id) == row
    assert queries.subject_kept(viewer=own, at=AT, key=row.id) == known.subject_of("of-abc")
    other = queries.user_named("of-xyz")
    for asked in (queries.user_kept, queries.subject_kept):
        with pytest.raises(NotThere):
            asked(viewer=own, at=AT, key=other)


def test_roles_are_kept_by_those_who_administer_what_they_are_over():
    for company in ("abc", "xyz"):
        given_company(company)
    user, colleague = given_user("ines"), given_user("colleague")
    mine = given_role(user, "BUYER", "abc")
    given_role(user, "BUYER", "xyz", valid_until=ON)
    handed = operations.hand_on_role(
        by=actor(user), at=AT, user=colleague, role=Role.BUYER, party="abc", valid_from=ON, valid_until=NEXT_WEEK
    )
    own = given_actor("abe", ("DATA_ADMINISTRATOR", "abc"))
    everything = given_actor("siti", ("DATA_ADMINISTRATOR", None))

    def kept(viewer, *, on=ON, **params):
        rows = queries.grants_kept(viewer=viewer, at=AT, on=on, params=params).rows
        return sorted(row.reference for row in rows if row.role is Role.BUYER)

    assert kept(own) == kept(everything) == sorted([mine, handed])
    assert len(kept(everything, on=ON - timedelta(days=1))) == 2
    assert kept(own, handed_on="yes") == [handed]
    assert kept(own, handed_on="no", role="BUYER", text="INES") == [mine]
    assert kept(NOBODY) == []
    assert [row.reference for row in queries.handed_on(viewer=own, at=AT, user=user)] == [handed]
    versions, row = queries.grant_versions(viewer=own, at=AT, reference=mine)
    assert (row.reference, [version.known_until for version in versions]) == (mine, [None])
    with pytest.raises(NotThere):
        queries.grant_versions(viewer=given_actor("xeno", ("DATA_ADMINISTRATOR", "xyz")), at=AT, reference=mine)


def test_subjects_are_called_by_their_names_and_users_from_outside_by_their_sign_in():
    given_person("maya", "Maya Lund")
    given_user("maya", person="maya")
    key = given_user("auditor")
    outside = queries.actor_for(key, via="web", at=AT).subject
    here = known.subject_of("maya")
    assert queries.called([here, outside, "system:load"]) == {here: "Maya Lund", outside: "auditor"}


def test_why_a_role_was_given_and_ended_is_kept_on_it_and_in_the_audit():
    given_company("abc")
    user = given_user("ines")
    grant = operations.grant_role(by=HOUSE, at=AT, user=user, role=Role.BUYER, party="abc", source="request 12")
    operations.end_role(by=HOUSE, at=AT, grant=grant, valid_until=NEXT_WEEK, source="left the team")
    operations.lock_user(by=HOUSE, at=AT, user=user, source="lost her laptop")
    assert list(RoleGrant.objects.order_by("id").values_list("source", flat=True)) == ["request 12", "left the team"]
    acts = ("access.grant_role", "access.end_role", "access.lock_user")
    facts = dict(AuditRow.objects.filter(act__in=acts).values_list("act", "facts"))
    assert [facts[act]["source"] for act in acts] == ["request 12", "left the team", "lost her laptop"]
