"""Signing on by another's word: who is meant, what links, what is refused, and roles that come and go with groups."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, actor, given_company, given_person, given_role, given_user, nothing_written

from inward.access import entry, operations, policy, queries
from inward.access.models import DirectoryRecord, RoleGrant, SignOnLink, User
from inward.access.operations import signing_on
from inward.access.providers import Claimed, Provider, RoleOfGroup
from inward.access.vocabulary import Role
from inward.core.terms import Refusal
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.oidc import Client
from inward.kit.policy import NotThere, Refused
from inward.parties.models import Party, WorkRelationship

pytestmark = pytest.mark.django_db
TOMORROW = AT + timedelta(days=1)
PLAIN = Provider("abc", "ABC Group", Client("https://id.example", "inward", "s"))
BELIEVED = replace(PLAIN, email_domains=frozenset({"example.org"}))
SHE = Claimed("https://id.example", "s-1", "", "maya", frozenset(), "", frozenset())


def comes(said=SHE, *, provider=PLAIN, at=AT, invitation=""):
    return signing_on.sign_on(by=NOBODY, at=at, provider=provider, claimed=said, invitation=invitation)


def refused(said=SHE, **how):
    with nothing_written(), pytest.raises(Refusal) as caught:
        comes(said, **how)
    return caught.value.reason.code


@pytest.fixture
def maya():
    return given_user("maya", email="maya@example.org")


def link(user, said=SHE, provider=PLAIN):
    signing_on.link_sign_on(by=actor(user), at=AT, provider=provider, claimed=said)


def test_whom_nobody_knows_is_refused_and_told_whom_to_ask(maya):
    assert refused() == "sign_on_unknown"


def test_a_name_alone_never_lets_in(maya):
    assert refused(replace(SHE, username="maya")) == "sign_on_unknown"


def test_whoever_linked_it_herself_comes_in_by_issuer_and_subject_alone(maya):
    link(maya)
    assert comes(replace(SHE, username="renamed", email="other@example.org")) == maya
    assert refused(replace(SHE, subject="s-2")) == "sign_on_unknown"
    assert refused(replace(SHE, issuer="https://evil.example")) == "sign_on_unknown"
    kept = SignOnLink.objects.get()
    assert (kept.user_id, kept.provider, kept.made_at, kept.last_used_at) == (maya, "abc", AT, AT)
    assert str(kept) == "abc s-1"
    assert AuditRow.objects.filter(act="access.sign_in_sign_on_linked").count() == 1


def test_linking_again_changes_nothing_and_nobody_takes_what_is_linked(maya):
    link(maya)
    with nothing_written():
        link(maya)
    other = given_user("jonas")
    with nothing_written(), pytest.raises(Refusal) as caught:
        link(other)
    assert caught.value.reason.code == "sign_on_of_another"
    with nothing_written(), pytest.raises(Refusal) as caught:
        link(maya, replace(SHE, subject="s-2"))
    assert caught.value.reason.code == "sign_on_twice"


def test_only_a_person_at_the_pages_links_and_unlinks(maya):
    link(maya)
    kept = SignOnLink.objects.get()
    for by in (NOBODY, actor(maya, via="api")):
        with nothing_written(), pytest.raises(Refused):
            signing_on.link_sign_on(by=by, at=AT, provider=PLAIN, claimed=SHE)
        with nothing_written(), pytest.raises(Refused):
            signing_on.unlink_sign_on(by=by, at=AT, link=kept.pk)
    jonas = given_user("jonas")
    with nothing_written(), pytest.raises(NotThere):
        signing_on.unlink_sign_on(by=actor(jonas), at=AT, link=kept.pk)


def test_an_invitation_links_once_whoever_brings_it(maya):
    token = entry.make(entry.INVITATION, User.objects.get(pk=maya), at=AT)
    given_role(maya, Role.CONTROLLER)
    assert comes(invitation=token) == maya
    assert comes() == maya
    assert refused(replace(SHE, subject="s-2"), invitation=token) == "link_used"


def test_an_address_links_where_the_provider_is_believed_for_it(maya):
    assert comes(replace(SHE, email="maya@example.org"), provider=BELIEVED) == maya
    assert SignOnLink.objects.get().user_id == maya


def test_an_address_alone_links_nobody_who_holds_a_role(maya):
    given_role(maya, Role.CONTROLLER)
    assert refused(replace(SHE, email="maya@example.org"), provider=BELIEVED) == "sign_on_needs_proof"


def test_an_address_that_is_linked_at_this_issuer_already_is_not_linked_again(maya):
    link(maya)
    said = replace(SHE, subject="s-2", email="maya@example.org")
    assert refused(said, provider=BELIEVED) == "sign_on_twice"


def test_an_address_never_leads_to_a_machine():
    given_company("abc")
    machine = operations.make_machine(by=HOUSE, at=AT, username="till", party="abc")
    User.objects.filter(pk=machine).update(email="till@example.org")
    assert refused(replace(SHE, email="till@example.org"), provider=BELIEVED) == "sign_on_unknown"


def test_whom_the_same_authority_told_over_scim_is_known_by_its_key_of_her(maya):
    given_company("abc")
    machine = operations.make_machine(by=HOUSE, at=AT, username="entra", party="abc")
    provider = replace(PLAIN, directory="entra", directory_claim="oid")
    said = replace(SHE, directory_id="o-1")
    assert refused(said, provider=provider) == "sign_on_unknown"
    DirectoryRecord.objects.create(
        connection_id=machine, kind="User", reference="r", external_id="o-1", document={}, made_at=AT, changed_at=AT,
        account_id=maya,
    )  # fmt: skip
    assert refused(replace(SHE, directory_id=""), provider=provider) == "sign_on_unknown"
    assert refused(said, provider=PLAIN) == "sign_on_unknown"
    assert comes(said, provider=provider) == maya


def test_unknown_people_become_users_without_person_work_or_role_where_it_is_set_so():
    making = replace(BELIEVED, makes_users=True)
    key = comes(replace(SHE, username="Maya Lund/x", email="maya@example.org"), provider=making)
    user = User.objects.get(pk=key)
    assert (user.username, user.email, user.person_id, user.has_usable_password()) == (
        "Maya-Lund-x", "maya@example.org", None, False,
    )  # fmt: skip
    assert not RoleGrant.objects.exists()
    assert not WorkRelationship.objects.exists()
    assert not Party.objects.exists()
    again = replace(SHE, subject="s-2", username="maya-lund-x")
    assert User.objects.get(pk=comes(again, provider=making)).username == "maya-lund-x-2"
    nameless = replace(SHE, subject="s/3", username="")
    assert User.objects.get(pk=comes(nameless, provider=making)).username == "abc-s-3"
    strange = replace(SHE, subject="s-4", username="///")
    assert User.objects.get(pk=comes(strange, provider=making)).username == "user"


def test_whoever_is_locked_does_not_come_in_and_gets_no_role(maya):
    link(maya)
    operations.lock_user(by=HOUSE, at=AT, user=maya)
    provider = replace(PLAIN, roles=(RoleOfGroup("g", Role.CONTROLLER, "*"),))
    assert refused(replace(SHE, groups=frozenset({"g"})), provider=provider) == "sign_on_locked"


# --- roles by groups ---------------------------------------------------------------------------------------------------

RULED = replace(
    PLAIN,
    roles=(
        RoleOfGroup("buyers", Role.BUYER, "abc"),
        RoleOfGroup("purchasing", Role.BUYER, "abc"),
        RoleOfGroup("books", Role.CONTROLLER, "*"),
        RoleOfGroup("books", Role.SELLER, "nowhere"),
    ),
)


def in_groups(*groups):
    return replace(SHE, groups=frozenset(groups))


def held(user, at=AT):
    day = RoleGrant.objects.current().on(at.date()).filter(user_id=user)
    return sorted((each.role, each.source) for each in day)


@pytest.fixture
def linked(maya):
    given_company("abc")
    link(maya)
    return maya


def test_groups_give_roles_on_the_providers_word_and_take_them_back_at_the_next_sign_in(linked, caplog):
    with caplog.at_level(logging.WARNING):
        comes(in_groups("buyers", "purchasing", "books", "other"), provider=RULED)
    assert held(linked) == [("BUYER", "sso:abc"), ("CONTROLLER", "sso:abc")]
    assert "sso:abc grants a role over nowhere, which is not known here" in caplog.text
    comes(in_groups("purchasing"), provider=RULED, at=TOMORROW)
    assert held(linked, TOMORROW) == [("BUYER", "sso:abc")]
    assert held(linked) == [("BUYER", "sso:abc"), ("CONTROLLER", "sso:abc")]  # yesterday she did hold it
    comes(in_groups(), provider=RULED, at=TOMORROW)
    assert held(linked, TOMORROW) == []
    assert AuditRow.objects.filter(act="access.end_role").count() == 2


def test_the_same_groups_again_write_no_grant(linked):
    comes(in_groups("buyers"), provider=RULED)
    before = RoleGrant.objects.count()
    comes(in_groups("buyers"), provider=RULED, at=TOMORROW)
    assert RoleGrant.objects.count() == before


def test_a_role_that_came_today_goes_today(linked):
    comes(in_groups("books"), provider=RULED)
    comes(in_groups(), provider=RULED)
    assert held(linked) == []
    assert not queries.actor_for(linked, via="web", at=AT).holds("CONTROLLER", over=None, on=AT.date())


def test_what_people_granted_is_neither_doubled_nor_ended(linked):
    given_role(linked, Role.BUYER, "abc")
    comes(in_groups("buyers"), provider=RULED)
    comes(in_groups(), provider=RULED, at=TOMORROW)
    assert [role for role, _source in held(linked, TOMORROW)] == ["BUYER"]
    assert RoleGrant.objects.current().filter(source="sso:abc").count() == 0


def test_what_was_handed_on_goes_with_it(linked):
    jonas, ines = given_user("jonas"), given_user("ines")
    comes(in_groups("buyers"), provider=RULED)
    days = {"valid_from": AT.date(), "valid_until": AT.date() + timedelta(days=9)}
    operations.hand_on_role(by=actor(linked), at=AT, user=jonas, role=Role.BUYER, party="abc", **days)
    over = {"valid_from": AT.date(), "valid_until": AT.date() + timedelta(days=1)}
    operations.hand_on_role(by=actor(linked), at=AT, user=ines, role=Role.BUYER, party="abc", **over)
    assert held(jonas)
    comes(in_groups(), provider=RULED, at=TOMORROW)
    assert held(jonas, TOMORROW) == []
    assert [role for role, _source in held(ines)] == ["BUYER"]  # that had ended by itself, and stays as it was


def test_removing_the_link_ends_its_roles(linked):
    comes(in_groups("buyers"), provider=RULED)
    signing_on.unlink_sign_on(by=actor(linked), at=TOMORROW, link=SignOnLink.objects.get().pk)
    assert held(linked, TOMORROW) == []
    assert refused() == "sign_on_unknown"
    assert queries.sign_on_links(viewer=actor(linked)) == ()


def test_an_erased_person_leaves_no_link():
    given_person("maya")
    user = given_user("maya", person="maya")
    link(user)
    assert [row.provider for row in queries.sign_on_links(viewer=actor(user))] == ["abc"]
    operations.forget_user_of(by=HOUSE, at=AT, person_id=Party.objects.get(code="maya").pk)
    assert not SignOnLink.objects.exists()


def test_where_providers_let_in_a_password_is_for_those_who_look_after_everything():
    def may(by, kept_for):
        return policy.may_sign_in_here(by, kept_for=kept_for, on=AT.date()).allowed

    given_company("abc")
    keeper, local = given_user("keeper"), given_user("local")
    given_role(keeper, Role.OPERATOR)
    given_role(local, Role.DATA_ADMINISTRATOR, "abc")
    assert may(actor(local), "all")
    assert may(actor(keeper), "administrators")
    assert not may(actor(local), "administrators")
