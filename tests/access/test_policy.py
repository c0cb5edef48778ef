"""Who may invite, grant, hand on, act for another and hold tokens: each rule asked of those who may and may not."""

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import Q

from inward.access import policy
from inward.access.policy import Asked
from inward.access.vocabulary import Role
from inward.core.terms import ALWAYS, Period
from inward.kit.actor import NOBODY, Actor, Grant

ON = date(2026, 11, 24)
ABC = frozenset({"abc", "abc-it"})
WEEK = Period(date(2026, 11, 23), date(2026, 11, 30))


def somebody(*grants, user=7, via="web"):
    return Actor(user=user, person=None, acting_for=None, grants=tuple(grants), via=via)


def over(role, parties=ABC, period=ALWAYS):
    return Grant(role, "abc" if parties else "*", parties, period)


def asked(role, party="abc", user=8):
    return Asked(role, party, "ABC Retail", user)


def codes(answer):
    return [reason.code for reason in answer.reasons]


HOUSE = Actor.system("tests")
HOUSE_ADMIN = somebody(over("DATA_ADMINISTRATOR", None))
ABC_ADMIN = somebody(over("DATA_ADMINISTRATOR"))
OPERATOR = somebody(over("OPERATOR", None))
BUYER = somebody(over("BUYER"))
STRANGER = somebody()


@pytest.mark.parametrize(
    "answer",
    [
        policy.may_invite(NOBODY, on=ON),
        policy.may_keep_directories(NOBODY, on=ON),
        policy.may_grant(NOBODY, asked=asked(Role.BUYER), on=ON),
        policy.may_hand_on(NOBODY, asked=asked(Role.BUYER), period=WEEK, on=ON),
        policy.may_act_for(NOBODY, party="abc", party_name="ABC Retail", on=ON),
        policy.may_make_token(NOBODY),
        policy.may_revoke_token(NOBODY, owner=7, on=ON),
    ],
)
def test_nobody_is_refused_everything(answer):
    assert codes(answer) == ["no_actor"]


@pytest.mark.parametrize(
    ("actor", "expected"),
    [(HOUSE, []), (HOUSE_ADMIN, []), (OPERATOR, []), (ABC_ADMIN, ["not_inviter"]), (STRANGER, ["not_inviter"])],
)
def test_operators_and_administrators_of_everything_invite(actor, expected):
    assert codes(policy.may_invite(actor, on=ON)) == expected


@pytest.mark.parametrize(
    ("actor", "role", "party", "expected"),
    [
        (HOUSE, Role.DATA_ADMINISTRATOR, None, []),
        (HOUSE_ADMIN, Role.CONTROLLER, "abc", []),
        (HOUSE_ADMIN, Role.OPERATOR, None, []),
        (ABC_ADMIN, Role.BUYER, "abc", []),
        (ABC_ADMIN, Role.SELLER, "abc-it", []),
        (ABC_ADMIN, Role.BUDGET_HOLDER, "xyz", ["not_granter_of"]),
        (ABC_ADMIN, Role.CONTROLLER, "abc", ["not_granter_of"]),
        (ABC_ADMIN, Role.BUYER, None, ["not_granter_of"]),
        (OPERATOR, Role.BUYER, "abc", ["not_granter_of"]),
        (STRANGER, Role.BUYER, "abc", ["not_granter_of"]),
        (HOUSE_ADMIN, Role.EMPLOYEE, "abc", ["role_not_granted"]),
    ],
)
def test_roles_are_granted_by_those_who_look_after_the_party(actor, role, party, expected):
    assert codes(policy.may_grant(actor, asked=asked(role, party), on=ON)) == expected


def test_nobody_grants_or_hands_on_to_herself():
    assert codes(policy.may_grant(HOUSE_ADMIN, asked=asked(Role.BUYER, user=7), on=ON)) == ["no_role_for_oneself"]
    own = policy.may_hand_on(BUYER, asked=asked(Role.BUYER, user=7), period=WEEK, on=ON)
    assert codes(own) == ["no_role_for_oneself"]


@pytest.mark.parametrize(
    ("actor", "role", "party", "expected"),
    [
        (BUYER, Role.BUYER, "abc", []),
        (BUYER, Role.BUYER, "abc-it", []),
        (somebody(over("BUYER", None)), Role.BUYER, "xyz", []),
        (BUYER, Role.SELLER, "abc", ["role_not_held"]),
        (BUYER, Role.BUYER, "xyz", ["role_not_held"]),
        (BUYER, Role.BUYER, None, ["role_not_held"]),
        (somebody(over("BUYER", period=Period(None, date(2026, 11, 29)))), Role.BUYER, "abc", ["role_not_held"]),
        (somebody(over("BUYER", period=Period(None, ON))), Role.BUYER, "abc", ["role_not_held"]),
        (HOUSE, Role.BUYER, "abc", ["role_not_held"]),
        (HOUSE_ADMIN, Role.DATA_ADMINISTRATOR, "abc", ["role_not_delegable"]),
    ],
)
def test_a_role_is_handed_on_by_its_holder_for_days_on_which_she_holds_it(actor, role, party, expected):
    assert codes(policy.may_hand_on(actor, asked=asked(role, party), period=WEEK, on=ON)) == expected


def test_buyers_act_for_their_party_and_nobody_else_does():
    assert policy.may_act_for(BUYER, party="abc-it", party_name="IT", on=ON).allowed
    assert codes(policy.may_act_for(BUYER, party="xyz", party_name="XYZ", on=ON)) == ["not_acting_for"]
    assert codes(policy.may_act_for(HOUSE_ADMIN, party="abc", party_name="ABC", on=ON)) == ["not_acting_for"]


def test_users_make_tokens_and_neither_tokens_nor_the_house_do():
    assert policy.may_make_token(STRANGER).allowed
    assert codes(policy.may_make_token(somebody(via="api"))) == ["not_signed_in"]
    assert codes(policy.may_make_token(HOUSE)) == ["not_signed_in"]


def test_a_token_is_ended_by_its_user_and_those_who_lock_users():
    assert policy.may_revoke_token(STRANGER, owner=7, on=ON).allowed
    assert policy.may_revoke_token(OPERATOR, owner=99, on=ON).allowed
    assert codes(policy.may_revoke_token(STRANGER, owner=99, on=ON)) == ["not_own_token"]


def test_lists_are_filtered_by_what_the_actor_may_see():
    every = Q(pk__isnull=False)
    assert policy.users_visible_to(OPERATOR, on=ON) == every
    assert policy.users_visible_to(STRANGER, on=ON) == Q(pk=7)
    assert policy.users_visible_to(NOBODY, on=ON) == Q(pk=-1)
    assert policy.tokens_visible_to(OPERATOR, on=ON) == every
    assert policy.tokens_visible_to(STRANGER, on=ON) == Q(user_id=7)
    assert policy.tokens_visible_to(NOBODY, on=ON) == Q(user_id=-1)
    assert policy.grants_visible_to(HOUSE_ADMIN, reach=None, on=ON) == every
    assert policy.grants_visible_to(OPERATOR, reach=[], on=ON) == every
    assert policy.grants_visible_to(ABC_ADMIN, reach=[2, 1], on=ON) == Q(user_id=7) | Q(party_id__in=[1, 2])
    assert policy.grants_visible_to(NOBODY, reach=[1], on=ON) == Q(pk__in=())


def test_a_role_over_everything_is_written_with_a_star():
    assert (policy.scope_of(None), policy.scope_of("abc")) == ("*", "abc")


def test_users_who_are_confidential_to_her_are_in_none_of_the_lists_nor_their_roles_and_tokens():
    hiding = {who: replace(who, hidden=frozenset({"eva"})) for who in (OPERATOR, HOUSE_ADMIN, ABC_ADMIN)}
    user, of_user = ~Q(person__code__in=["eva"]), ~Q(user__person__code__in=["eva"])
    every = Q(pk__isnull=False)
    assert policy.users_visible_to(hiding[OPERATOR], on=ON) == every & user
    assert policy.users_kept_by(hiding[HOUSE_ADMIN], reach=None, on=ON) == every & user
    kept = {"person__work_relationships__company_id__in": [1], "person__work_relationships__known_until": None}
    assert policy.users_kept_by(hiding[ABC_ADMIN], reach=[1], on=ON) == Q(**kept) & user
    assert policy.tokens_visible_to(hiding[OPERATOR], on=ON) == every & of_user
    assert policy.grants_visible_to(hiding[HOUSE_ADMIN], reach=None, on=ON) == every & of_user
    own = Q(user_id=7) | Q(party_id__in=[1])
    assert policy.grants_visible_to(hiding[ABC_ADMIN], reach=[1], on=ON) == own & of_user
    assert policy.grants_kept_by(hiding[HOUSE_ADMIN], reach=None, on=ON) == every & of_user
    assert policy.grants_kept_by(hiding[ABC_ADMIN], reach=[1], on=ON) == Q(party_id__in=[1]) & of_user
