"""Whatever the organisation: no question of the room tells a reader without the right of somebody who is confidential, and
whoever has the right is told as before.

Organisations are drawn: companies, departments, people, their work, posts, shares, absences; who is marked; who reads in which
role. Every reading question of the room is asked of everything there is, and the whole answer is looked through.
"""

import tempfile
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import transaction as django_transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import AT, HOUSE, LONG_AGO, ON, given_company, given_person, given_unit, given_work

from inward.core.classification import WorkKind
from inward.core.terms import Period, Refusal
from inward.kit import kept, versions
from inward.kit.actor import Actor, Grant
from inward.kit.policy import NotThere, Refused
from inward.parties import (
    directory,
    evidence,
    explaining,
    exports,
    households,
    leading,
    marks,
    operations,
    owning,
    policy,
    quality,
    queries,
    register,
    telling,
    veil,
)
from inward.parties.vocabulary import MarkKind, PartyKind, Power

pytestmark = pytest.mark.django_db
COMPANIES = ("north", "south")
UNITS = tuple(f"{company}-{name}" for company in COMPANIES for name in ("it", "shop"))
PEOPLE = tuple(f"somebody-{number}" for number in range(5))
ROLES = ("EMPLOYEE", "DATA_ADMINISTRATOR", "CONTROLLER", "AUDITOR", "HOUSEHOLD_KEEPER", "EMERGENCY_READER")
NEVER = "nobody-knows"


@st.composite
def organisations(draw):
    """Who works where, heads and stands in for what, holds what, is away, is marked."""
    some = st.sets(st.sampled_from(PEOPLE))
    return {
        "work": draw(
            st.sets(
                st.tuples(st.sampled_from(PEOPLE), st.sampled_from((*UNITS, *COMPANIES)), st.booleans()), max_size=8
            )
        ),
        "heads": {place: draw(st.sampled_from(PEOPLE)) for place in draw(st.sets(st.sampled_from(UNITS)))},
        "deputies": draw(st.sets(st.tuples(st.sampled_from(UNITS), st.sampled_from(PEOPLE)), max_size=4)),
        "shares": draw(st.sets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(COMPANIES)), max_size=4)),
        "away": draw(some),
        "marked": draw(st.sets(st.sampled_from(PEOPLE), min_size=1, max_size=3)),
        "reader": draw(st.sampled_from((None, *PEOPLE))),
        "roles": draw(
            st.sets(st.tuples(st.sampled_from(ROLES), st.sampled_from((None, *COMPANIES))), min_size=1, max_size=4)
        ),
    }


@contextmanager
def undone():
    """What is written within never was."""
    block = django_transaction.atomic()  # noqa: TID251 - around one example, as Django's own around a test
    block._from_testcase = True
    block.__enter__()
    try:
        yield
    finally:
        django_transaction.set_rollback(True)
        block.__exit__(None, None, None)
        kept.forget_all()


def founded(drawn):
    """The organisation that was drawn."""
    peopled(drawn["work"])
    at = {"by": HOUSE, "at": AT}
    for place, person in drawn["heads"].items():
        tried(operations.name_head, **at, place=place, person=person, valid_from=ON)
    for place, person in sorted(drawn["deputies"]):
        tried(operations.name_deputy, **at, place=place, person=person, powers=[Power.SPENDING], valid_from=ON)
    for person, company in sorted(drawn["shares"]):
        operations.record_holding(**at, owner=person, owned=company, votes=Fraction(1, 10), valid_from=LONG_AGO)
    for person in sorted(drawn["away"]):
        tried(operations.note_absence, **at, person=person, valid_from=ON, valid_until=None)
    for person in sorted(drawn["marked"]):
        operations.mark_person(**at, person=person, kind=MarkKind.OTHER, reason="drawn", valid_from=ON)


def peopled(works):
    for company in COMPANIES:
        given_company(company, f"{company.title()} Ltd")
    for unit in UNITS:
        given_unit(unit, unit.partition("-")[0], unit.title())
    for person in PEOPLE:
        given_person(person, f"Surname{person[-1]} Given", email=f"{person}@example.org")
    taken = set()
    for person, place, goes_on in sorted(works):
        company = place.partition("-")[0]
        if (person, company) not in taken:
            taken.add((person, company))
            unit = place if place in UNITS else None
            until = None if goes_on else ON - timedelta(days=3)
            given_work(person, company, unit=unit, kind=WorkKind.FULL_TIME, job_title="Clerk", valid_until=until)


def tried(act, **asked):
    with suppress(Refusal):
        act(**asked)


def reader(drawn, *more):
    """Whoever reads, with who is hidden from her as the edge finds it."""
    grants = tuple(
        Grant(role, party or "*", None if party is None else queries.reach(party, on=ON), Period(None, None))
        for role, party in sorted(drawn["roles"] | set(more), key=str)
    )
    bare = Actor(user=1, person=drawn["reader"], acting_for=None, grants=grants, subject="s-reader")
    closed = marks.closed_to(bare, at=AT)
    return replace(bare, hidden=closed.hidden, opened=closed.opened)


def answers(viewer):
    """Every question of the room, asked of everything there is; what is refused or not there answers its name."""
    now, params = {"viewer": viewer, "at": AT}, {}
    day, dated = {"viewer": viewer, "on": ON}, {"viewer": viewer, "at": AT, "on": ON}
    yield from (
        lambda: directory.companies(**day, params=params),
        lambda: directory.units(**day, params=params),
        lambda: directory.holdings(**day, params=params),
        lambda: directory.people(**day, params=params),
        lambda: directory.people(**day, params={"name": "Surname"}),
        lambda: register.companies(**dated, params=params),
        lambda: register.holdings(**dated, params=params),
        lambda: register.holdings(**dated, params={"text": "Surname"}),
        lambda: register.units(**dated, params=params),
        lambda: register.people(**dated, params=params),
        lambda: register.people(**dated, params={"text": "somebody"}),
        lambda: register.work(**dated, params=params),
        lambda: register.found_by_name(**now, kind=PartyKind.PERSON, name="Surname"),
        lambda: households.kept(**dated, params=params),
        lambda: households.own(**now),
        lambda: leading.vacancies(**dated),
        lambda: evidence.listed(**now, params=params),
        lambda: owning.share_classes(**dated, params=params),
        lambda: owning.shareholdings(**dated, params=params),
        lambda: marks.kept(**dated, params=params),
        lambda: marks.openings(**now, params=params),
        lambda: explaining.named(**now, text="Surname"),
        lambda: quality.counts(**now),
        lambda: world(viewer),
    )
    for check in quality.checks():
        yield lambda check=check: worded(quality.findings(**now, check=check))
    for company in COMPANIES:
        yield lambda company=company: directory.company(**day, code=company)
        yield lambda company=company: register.company(**dated, code=company)
        yield lambda company=company: explaining.explained(**dated, supplier=company, customer="south").picture
    for place in (*COMPANIES, *UNITS):
        yield lambda place=place: leading.leaders(**dated, place=place)
        yield lambda place=place: leading.post_versions(**now, place=place)
    for fact in queries.world().holdings:
        yield lambda fact=fact: directory.holding(**day, code=fact.id)
        yield lambda fact=fact: register.holding(**dated, code=fact.id)
    for fact in queries.world().work_relationships:
        yield lambda fact=fact: directory.work(**day, code=fact.id)
        yield lambda fact=fact: register.work_relationship(**dated, code=fact.id)
    for person in PEOPLE:
        yield from about(viewer, person)


def about(viewer, person):
    now, day, dated = {"viewer": viewer, "at": AT}, {"viewer": viewer, "on": ON}, {"viewer": viewer, "at": AT, "on": ON}
    yield lambda: directory.person(**day, code=person)
    yield lambda: directory.history(**day, code=person)
    yield lambda: register.person(**dated, code=person)
    yield lambda: leading.managers(**dated, person=person)
    yield lambda: leading.headed_by(**dated, person=person)
    yield lambda: leading.absences(**dated, person=person)
    yield lambda: leading.limit(**dated, person=person, place="north")
    yield lambda: explaining.explained(**dated, supplier="north", customer=person)
    yield lambda: marks.mark_of(**now, person=person)


def worded(page):
    return [(telling.told(each.reason), each.mend) for each in page.rows]


def world(viewer):
    with tempfile.TemporaryDirectory() as folder:
        exports.export_world(viewer=viewer, on=ON, folder=Path(folder))
        return {file.name: file.read_text(encoding="utf-8") for file in Path(folder).iterdir()}


def answered(ask):
    try:
        return repr(ask())
    except (NotThere, Refused):
        return "not there"
    except Refusal as refusal:
        return f"refused: {refusal.reason.code}"


def heard(viewer):
    with veil.read_by(viewer), versions.seen_once():
        return [answered(ask) for ask in answers(viewer)]


FEW = settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@FEW
@given(drawn=organisations())
def test_no_question_tells_of_a_confidential_person_to_whoever_may_not_know_her(drawn):
    with undone():
        founded(drawn)
        viewer = reader(drawn)
        assert viewer.hidden == drawn["marked"] - {drawn["reader"]}
        for told in heard(viewer):
            for person in viewer.hidden:
                assert person not in told
                assert f"Surname{person[-1]}" not in told


@FEW
@given(drawn=organisations())
def test_whoever_keeps_all_marks_is_told_what_was_told_before_anybody_was_marked(drawn):
    with undone():
        founded(drawn | {"marked": set()})
        before = heard(reader(drawn))
        for person in sorted(drawn["marked"] - {drawn["reader"]}):
            operations.mark_person(by=HOUSE, at=AT, person=person, kind=MarkKind.OTHER, reason="drawn", valid_from=ON)
        keeper = reader(drawn, (policy.MARK_KEEPER, None))
        after = heard(keeper)
        different = [new for old, new in zip(before, after, strict=True) if old != new]
        assert all("MarkRecord" in each for each in different)
        assert keeper.hidden == frozenset()


@FEW
@given(drawn=organisations())
def test_somebody_hidden_is_answered_for_as_somebody_nobody_knows(drawn):
    with undone():
        founded(drawn)
        viewer = reader(drawn)
        with veil.read_by(viewer), versions.seen_once():
            never = [answered(ask) for ask in about(viewer, NEVER)]
            for person in sorted(viewer.hidden):
                assert [answered(ask) for ask in about(viewer, person)] == never
