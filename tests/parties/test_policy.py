"""Who may change and see parties: every rule asked of those who may, those who may not, and of nobody."""

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import Q

from inward.core.terms import ALWAYS, Period
from inward.kit.actor import NOBODY, Actor, Grant
from inward.parties import policy
from inward.parties.vocabulary import MarkKind

ON = date(2026, 11, 24)
KEYS = {"abc": 1, "abc-it": 2, "xyz": 3, "maya": 10}
ABC = frozenset({"abc", "abc-it"})


def somebody(*grants, person="maya"):
    return Actor(user=7, person=person, acting_for=None, grants=tuple(grants))


def over(role, parties=ABC, period=ALWAYS):
    return Grant(role, "abc" if parties else "*", parties, period)


def codes(answer):
    return [reason.code for reason in answer.reasons]


HOUSE_ADMIN = somebody(over("DATA_ADMINISTRATOR", None))
ABC_ADMIN = somebody(over("DATA_ADMINISTRATOR"))
CONTROLLER = somebody(over("CONTROLLER"))
COLLEAGUE = somebody(over("EMPLOYEE"))
FORMER = somebody(over("EMPLOYEE", period=Period(None, ON)))
STRANGER = somebody()

QUESTIONS = (
    lambda actor: policy.may_administer_everything(actor, on=ON),
    lambda actor: policy.may_administer(actor, companies=["abc"], on=ON),
    lambda actor: policy.may_add_person(actor, on=ON),
    lambda actor: policy.may_rename_person(actor, employers=["abc"], on=ON),
    lambda actor: policy.may_see_company(actor, company="abc", on=ON),
    lambda actor: policy.may_see_ownership(actor, companies=["abc"], on=ON),
    lambda actor: policy.may_see_person(actor, person="jonas", employers=["abc"], on=ON),
    lambda actor: policy.may_ask_standing(actor, supplier="abc", customer="xyz", on=ON),
)
OF_HOUSEHOLDS = (
    lambda actor: policy.may_keep_households(actor, person="eva", member="ola", employers=["abc"], on=ON),
    lambda actor: policy.may_end_household(actor, person="eva", member="ola", employers=["abc"], on=ON),
    lambda actor: policy.may_see_household(actor, person="eva", member="ola", employers=["abc"], on=ON),
    lambda actor: policy.may_keep_some_households(actor, on=ON),
)

OF_MARKS = (
    lambda actor: policy.may_keep_marks(actor, person="eva", employers=["abc"], on=ON),
    lambda actor: policy.may_keep_some_marks(actor, on=ON),
    lambda actor: policy.may_open_marked(actor, person="eva", employers=["abc"], on=ON),
    lambda actor: policy.may_open_some_marked(actor, on=ON),
    lambda actor: policy.may_end_opening(actor, opener="s-1", person="eva", employers=["abc"], on=ON),
)


@pytest.mark.parametrize("ask", [*QUESTIONS, *OF_HOUSEHOLDS, *OF_MARKS])
def test_nobody_is_refused_everything_and_told_to_sign_in(ask):
    answer = ask(NOBODY)
    assert not answer.allowed
    assert codes(answer) == ["no_actor"]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_the_house_itself_may_do_everything(ask):
    assert ask(Actor.system("load")).allowed


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (HOUSE_ADMIN, [True] * 8),
        (ABC_ADMIN, [False, True, True, True, True, True, True, True]),
        (CONTROLLER, [False, False, False, False, True, True, True, True]),
        (COLLEAGUE, [False, False, False, False, True, False, True, False]),
        (FORMER, [False] * 8),
        (STRANGER, [False] * 8),
    ],
)
def test_each_role_may_what_it_is_for_and_nothing_else(actor, expected):
    assert [ask(actor).allowed for ask in QUESTIONS] == expected


def test_an_administrator_of_one_company_may_not_tie_another_to_it():
    answer = policy.may_administer(ABC_ADMIN, companies=["abc", "xyz"], on=ON)
    assert codes(answer) == ["not_administrator_of"]
    assert answer.reasons[0].facts["company"] == "xyz"


def test_refusals_say_what_is_missing():
    assert [codes(ask(STRANGER)) for ask in QUESTIONS] == [
        ["not_administrator_of_everything"],
        ["not_administrator_of"],
        ["not_administrator"],
        ["not_administrator"],
        ["not_of_the_company"],
        ["not_of_the_books"],
        ["not_a_colleague"],
        ["not_a_party_of_it"],
    ]


def test_everybody_sees_herself_and_asks_for_herself():
    assert policy.may_see_person(STRANGER, person="maya", employers=[], on=ON).allowed
    assert policy.may_ask_standing(STRANGER, supplier="abc", customer="maya", on=ON).allowed


def test_a_person_without_work_is_seen_by_administrators_of_everything_alone():
    assert policy.may_see_person(HOUSE_ADMIN, person="jonas", employers=[], on=ON).allowed
    assert not policy.may_see_person(ABC_ADMIN, person="jonas", employers=[], on=ON).allowed


def test_whoever_serves_asks_about_the_dealings_of_the_unit_and_no_others():
    seller = somebody(over("SELLER"))
    assert policy.may_ask_standing(seller, supplier="abc-it", customer="jonas", on=ON).allowed
    assert not policy.may_ask_standing(seller, supplier="xyz", customer="jonas", on=ON).allowed


@pytest.mark.parametrize(
    ("actor", "companies", "units", "holdings", "work"),
    [
        (NOBODY, {"id__in": []}, {"company_id__in": []}, [], {"company_id__in": []}),
        (COLLEAGUE, {"id__in": [1, 2]}, {"company_id__in": [1, 2]}, [], None),
        (CONTROLLER, {"id__in": [1, 2]}, {"company_id__in": [1, 2]}, [1, 2], None),
    ],
)
def test_lists_are_filtered_by_what_the_actor_may_see(actor, companies, units, holdings, work):
    from django.db.models import Q

    assert policy.companies_visible_to(actor, keys=KEYS, on=ON) == Q(**companies)
    assert policy.units_visible_to(actor, keys=KEYS, on=ON) == Q(**units)
    assert policy.holdings_visible_to(actor, keys=KEYS, on=ON) == Q(owned_id__in=holdings) | Q(owner_id__in=holdings)
    own = Q(company_id__in=[1, 2]) | Q(person_id=10)
    assert policy.work_visible_to(actor, keys=KEYS, on=ON) == (own if work is None else Q(**work))


def test_an_administrator_of_everything_sees_all_rows_and_a_user_without_person_no_work_of_hers():
    from django.db.models import Q

    assert policy.companies_visible_to(HOUSE_ADMIN, keys=KEYS, on=ON) == Q(id__isnull=False)
    machine = somebody(person=None)
    assert policy.work_visible_to(machine, keys=KEYS, on=ON) == Q(company_id__in=[])


def test_signing_limits_are_set_by_controllers_and_seen_by_those_who_keep_and_by_herself():
    def asked(actor):
        return [
            policy.may_set_spending(actor, company="abc", on=ON).allowed,
            policy.may_set_some_spending(actor, on=ON).allowed,
            policy.may_see_spending(actor, person="jonas", company="abc", on=ON).allowed,
            policy.may_note_absence(actor, person="jonas", employers=["abc"], on=ON).allowed,
        ]

    assert asked(CONTROLLER) == [True, True, True, False]
    assert asked(ABC_ADMIN) == [False, False, True, True]
    assert asked(COLLEAGUE) == [False] * 4
    assert asked(NOBODY) == [False] * 4
    assert asked(Actor.system("load")) == [True] * 4
    assert asked(somebody(person="jonas")) == [False, False, True, True]
    assert codes(policy.may_see_spending(NOBODY, person="jonas", company="abc", on=ON)) == ["no_actor"]
    assert policy.spending_set_by(NOBODY, on=ON) == frozenset()
    assert policy.spending_set_by(CONTROLLER, on=ON) == ABC


def test_households_are_for_their_keepers_and_the_two_and_for_no_other_role():
    asked = {"person": "eva", "member": "ola", "employers": ["abc"], "on": ON}
    keeper, everywhere = somebody(over("HOUSEHOLD_KEEPER")), somebody(over("HOUSEHOLD_KEEPER", None))
    for actor in (keeper, everywhere):
        for ask in (policy.may_keep_households, policy.may_end_household, policy.may_see_household):
            assert ask(actor, **asked)
        assert policy.may_keep_some_households(actor, on=ON)
    assert policy.may_keep_households(everywhere, **asked | {"employers": []})
    assert codes(policy.may_keep_households(keeper, **asked | {"employers": ["xyz"]})) == ["not_keeper_of_households"]
    for actor in (HOUSE_ADMIN, ABC_ADMIN, CONTROLLER, COLLEAGUE, STRANGER):
        assert codes(policy.may_see_household(actor, **asked)) == ["not_keeper_of_households"]
        assert codes(policy.may_keep_some_households(actor, on=ON)) == ["not_keeper_of_households"]
    for one in ("eva", "ola"):
        hers = somebody(over("HOUSEHOLD_KEEPER"), person=one)
        assert codes(policy.may_keep_households(hers, **asked)) == ["household_of_oneself"]
        assert policy.may_end_household(somebody(person=one), **asked)


KEEPER, OPENER = somebody(over("MARK_KEEPER")), somebody(over("EMERGENCY_READER"))
KEEPER_OF_ALL, OPENER_OF_ALL = somebody(over("MARK_KEEPER", None)), somebody(over("EMERGENCY_READER", None))


def hiding(actor, *people, opened=()):
    return replace(actor, hidden=frozenset(people), opened=frozenset(opened))


class TestMarks:
    def test_they_are_kept_by_their_keepers_alone_and_by_nobody_for_herself(self):
        def keeps(actor, person="eva", employers=("abc",)):
            return codes(policy.may_keep_marks(actor, person=person, employers=employers, on=ON))

        assert keeps(KEEPER) == keeps(KEEPER_OF_ALL) == keeps(KEEPER_OF_ALL, employers=()) == []
        for actor in (HOUSE_ADMIN, CONTROLLER, OPENER, STRANGER):
            assert keeps(actor) == ["not_keeper_of_marks"]
        assert keeps(KEEPER, employers=["xyz"]) == keeps(KEEPER, employers=()) == ["not_keeper_of_marks"]
        assert keeps(KEEPER_OF_ALL, "maya") == ["mark_of_oneself"]
        assert [policy.may_keep_some_marks(each, on=ON).allowed for each in (KEEPER, KEEPER_OF_ALL, OPENER)] == [
            True,
            True,
            False,
        ]

    def test_a_keeper_looks_after_the_people_of_her_companies_but_not_after_herself(self):
        marked = {"eva": ("abc",), "ola": ("xyz",), "per": (), "maya": ("abc",)}
        found = [policy.marked_kept_by(each, employers=marked, on=ON) for each in (KEEPER, KEEPER_OF_ALL, HOUSE_ADMIN)]
        assert found == [{"eva"}, {"eva", "ola", "per"}, frozenset()]

    def test_people_are_opened_by_those_who_may_and_nobody_opens_herself(self):
        def opens(actor, person="eva", employers=("abc",)):
            return codes(policy.may_open_marked(actor, person=person, employers=employers, on=ON))

        assert opens(OPENER) == opens(OPENER_OF_ALL, employers=()) == []
        for actor in (HOUSE_ADMIN, KEEPER, STRANGER):
            assert opens(actor) == ["not_opener_of_marked"]
        assert opens(OPENER, employers=["xyz"]) == opens(OPENER, "maya") == ["not_opener_of_marked"]
        assert policy.may_open_some_marked(OPENER, on=ON).allowed
        assert codes(policy.may_open_some_marked(KEEPER, on=ON)) == ["not_opener_of_marked"]

    def test_an_opening_is_ended_by_whoever_opened_and_by_keepers(self):
        def ends(actor):
            return codes(policy.may_end_opening(actor, opener="s-1", person="eva", employers=["abc"], on=ON))

        assert ends(replace(OPENER, subject="s-1")) == ends(KEEPER) == []
        assert ends(replace(OPENER, subject="s-2")) == ends(HOUSE_ADMIN) == ["opening_not_yours"]

    def test_who_is_confidential_is_hidden_from_all_but_these(self):
        def sees(actor, *opened, person="eva"):
            asked = {"employers": ["abc"], "opened": frozenset(opened), "on": ON}
            return policy.may_see_marked(actor, person=person, **asked).allowed

        assert sees(KEEPER)
        assert sees(KEEPER_OF_ALL)
        assert sees(STRANGER, person="maya")
        assert sees(OPENER, "eva")
        for actor, opened in (
            (OPENER, ()),
            (OPENER, ("ola",)),
            (HOUSE_ADMIN, ("eva",)),
            (COLLEAGUE, ()),
            (NOBODY, ("eva",)),
        ):
            assert not sees(actor, *opened)
        marked = {"eva": ("abc",), "ola": ("xyz",)}
        assert policy.hidden_from(OPENER, employers=marked, opened=frozenset({"eva", "ola"}), on=ON) == {"ola"}

    def test_only_of_an_inquiry_into_her_the_person_is_not_told(self):
        assert [kind for kind in MarkKind if not policy.is_told_of_openings(kind)] == [MarkKind.INVESTIGATION]

    def test_whoever_is_hidden_is_no_colleague_whatever_the_roles(self):
        def sees(actor):
            return policy.may_see_person(actor, person="jonas", employers=["abc"], on=ON).allowed

        for actor in (HOUSE_ADMIN, ABC_ADMIN, COLLEAGUE):
            assert sees(actor)
            assert not sees(hiding(actor, "jonas"))
        assert sees(hiding(STRANGER, opened=["jonas"]))
        spending = {"person": "jonas", "company": "abc", "on": ON}
        assert policy.may_see_spending(CONTROLLER, **spending).allowed
        assert not policy.may_see_spending(hiding(CONTROLLER, "jonas"), **spending).allowed
        away = {"person": "jonas", "employers": ["abc"], "on": ON}
        assert policy.may_note_absence(ABC_ADMIN, **away).allowed
        assert codes(policy.may_note_absence(hiding(ABC_ADMIN, "jonas"), **away)) == ["not_administrator"]

    def test_rows_about_her_are_left_out_and_rows_about_nobody_stay(self):
        assert policy.but_hidden(COLLEAGUE, "person_id", keys=KEYS) == Q()
        assert policy.but_hidden(hiding(COLLEAGUE, "unknown"), "person_id", keys=KEYS) == Q()
        asked = policy.but_hidden(hiding(COLLEAGUE, "maya"), "owner_id", "holder_id", keys=KEYS)
        assert asked == (~Q(owner_id__in=[10]) | Q(owner_id__isnull=True)) & (
            ~Q(holder_id__in=[10]) | Q(holder_id__isnull=True)
        )
        opened = policy.work_visible_to(hiding(STRANGER, opened=["abc-it"]), keys=KEYS, on=ON)
        assert opened == Q(company_id__in=[]) | Q(person_id=10) | Q(person_id__in=[2])
