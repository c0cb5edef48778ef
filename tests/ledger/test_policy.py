"""Who keeps books and who sees them."""

from datetime import date

from inward.core.terms import Period
from inward.kit.actor import NOBODY, Actor, Grant
from inward.ledger import policy

ON = date(2026, 11, 24)


def holder(role, *parties):
    reach = frozenset(parties) if parties else None
    return Actor(user=1, person="p", acting_for=None, grants=(Grant(role, "x", reach, Period(None, None)),))


def codes(answer):
    return [reason.code for reason in answer.reasons]


def test_controllers_keep_the_books_of_their_own_companies():
    assert policy.may_keep_books(holder("CONTROLLER", "abc"), company="abc", on=ON).allowed
    assert codes(policy.may_keep_books(holder("CONTROLLER", "xyz"), company="abc", on=ON)) == ["not_controller_of"]
    assert codes(policy.may_keep_books(holder("AUDITOR", "abc"), company="abc", on=ON)) == ["not_controller_of"]
    assert codes(policy.may_keep_books(NOBODY, company="abc", on=ON)) == ["no_actor"]


def test_auditors_see_and_do_not_keep():
    assert policy.may_see_books(holder("AUDITOR", "abc"), company="abc", on=ON).allowed
    assert policy.may_see_books(holder("CONTROLLER", "abc"), company="abc", on=ON).allowed
    assert codes(policy.may_see_books(holder("SELLER", "abc"), company="abc", on=ON)) == ["not_controller_of"]
    assert codes(policy.may_see_books(NOBODY, company="abc", on=ON)) == ["no_actor"]


def test_law_is_loaded_by_controllers_of_everything_alone():
    assert policy.may_load_law(holder("CONTROLLER"), on=ON).allowed
    for actor in (holder("CONTROLLER", "abc"), holder("AUDITOR"), holder("DATA_ADMINISTRATOR")):
        assert codes(policy.may_load_law(actor, on=ON)) == ["not_loader_of_law"]
    assert codes(policy.may_load_law(NOBODY, on=ON)) == ["no_actor"]


def test_lists_hold_the_books_of_both_roles():
    assert policy.books_visible_to(holder("CONTROLLER", "abc"), on=ON) == {"abc"}
    assert policy.books_visible_to(holder("AUDITOR", "xyz"), on=ON) == {"xyz"}
    assert policy.books_visible_to(holder("AUDITOR"), on=ON) is None
    assert policy.books_visible_to(holder("CONTROLLER"), on=ON) is None
    assert policy.books_visible_to(NOBODY, on=ON) == frozenset()


def test_figures_of_all_companies_are_for_those_who_keep_or_audit_all_books():
    assert policy.may_see_all_books(holder("CONTROLLER"), on=ON).allowed
    assert policy.may_see_all_books(holder("AUDITOR"), on=ON).allowed
    for actor in (holder("AUDITOR", "abc"), holder("DATA_ADMINISTRATOR"), holder("SELLER")):
        assert codes(policy.may_see_all_books(actor, on=ON)) == ["not_controller_of_everything"]
    assert codes(policy.may_see_all_books(NOBODY, on=ON)) == ["no_actor"]
