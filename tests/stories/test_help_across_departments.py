"""S9: an accountant of a hotel cannot reach the property system and IT troubleshoots; personnel serves everybody, unseen by others;
the kitchen serves the service within minutes.
"""

from datetime import UTC, datetime, timedelta

import pytest
from tests.builders import AT, HOUSE, given_actor, given_employee, given_unit
from tests.cast import INES, MAYA
from tests.desk.asked import kept
from tests.desk.promised import given_hours, given_standard

from inward.core.classification import Kind, Verdict
from inward.core.promises import Link
from inward.desk import cases, operations
from inward.desk.casewords import CaseState, Turn
from inward.desk.operations import Ask
from inward.kit.policy import NotThere

HOUR = 3600
NINE = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # in Rome and Amsterdam, a working Monday


@pytest.fixture
def hotel(house):
    """The hotel's IT promises eight hours and rests on ABC's, where its server stands."""
    for company in ("bellavista", "abc"):
        given_hours(company)
    given_unit("bellavista-it", "bellavista", "IT")
    chain = [{"place": "bellavista-it", "share": 3}, {"place": "abc-it", "share": 1}]
    given_standard("hotel", "bellavista-it", terms={"targets": {"RESOLVE": {"": {"minutes": 480}}}, "chain": chain})
    operations.set_queue(by=HOUSE, at=AT, code="hotel", supplier="bellavista-it", name="IT of the hotel")
    operations.set_queue(by=HOUSE, at=AT, code="abc", supplier="abc-it", name="IT of ABC")
    operations.set_equipment(
        by=HOUSE, at=AT, code="pms-1", supplier="abc-it", name="Server of the property system", serial="SN-77"
    )
    return house


def person(code, company, *roles, unit=None):
    given_employee(code, company, unit=unit)
    return given_actor(code, *roles, person=code, email=f"{code}@example.org")


def test_the_accountant_works_again_by_noon_and_both_departments_know_whose_time_it_took(hotel):
    anna = person("anna-ragioni", "bellavista")
    matteo = person("matteo-reti", "bellavista", ("CASE_HANDLER", "bellavista-it"), unit="bellavista-it")
    sam = person("sam-techter", "abc", ("CASE_HANDLER", "abc-it"), unit="abc-it")

    ask = Ask(queue="hotel", text="I cannot reach the property system.")
    case = operations.open_case(by=anna, at=NINE, key="a", ask=ask).reference
    asked = cases.case(viewer=anna, at=NINE, reference=case)
    assert (asked.row.standing, asked.row.standing_kind) == (Verdict.INTERNAL, Kind.STAFF)
    assert (asked.row.turn, asked.row.due_at) == (
        Turn.SERVICE,
        datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
    )  # seven hours a day
    with pytest.raises(NotThere):
        cases.case(viewer=sam, at=NINE, reference=case)  # nothing of it is ABC's yet

    ten, half_past = NINE + timedelta(hours=1), NINE + timedelta(hours=1, minutes=30)
    operations.answer(by=matteo, at=NINE, case=case, text="I look at the server.")
    operations.hand_over(by=matteo, at=ten, case=case, queue="abc", words="The server at ABC answers nothing.")
    operations.concern_equipment(by=sam, at=half_past, case=case, equipment="pms-1")
    operations.solve(
        by=sam, at=NINE + timedelta(hours=4), case=case, words="Its certificate had ended; a new one is in."
    )
    operations.confirm(by=anna, at=NINE + timedelta(hours=5), case=case, solved=True, words="Thank you!")

    done = cases.case(viewer=sam, at=NINE + timedelta(hours=5), reference=case)
    assert (done.row.state, done.row.solved, done.row.missed) == (CaseState.CLOSED, True, False)
    assert done.chain.links == (
        Link("bellavista-it", 6 * HOUR, HOUR, (), 0),
        Link("abc-it", 2 * HOUR, 2 * HOUR, (), 0),  # an hour of lunch is nobody's
    )
    assert kept(case).equipment.serial == "SN-77"
    hers = cases.case(viewer=anna, at=NINE + timedelta(hours=5), reference=case)
    assert [message.text for message in hers.thread] == [
        "I cannot reach the property system.",
        "I look at the server.",
        "Its certificate had ended; a new one is in.",
    ]  # the note of one department to the other is theirs
    assert hers.chain is None


def test_personnel_serves_every_employee_and_nobody_else_learns_of_it(hotel):
    given_unit("jkl-hr", "jkl", "Personnel")
    operations.set_queue(by=HOUSE, at=AT, code="personnel", supplier="jkl-hr", name="Personnel", confidential=True)
    wilma = person("wilma-kuiper", "jkl", ("CASE_HANDLER", "jkl-hr"), unit="jkl-hr")
    anna = person("anna-ragioni", "bellavista")
    matteo = person("matteo-reti", "bellavista", ("CASE_HANDLER", "bellavista-it"), unit="bellavista-it")
    ask = {"queue": "personnel", "text": "A word about my pay, please."}
    cases_of = {}
    for name, who in (("anna", anna), ("maya", hotel.actor(MAYA))):
        cases_of[name] = operations.open_case(by=who, at=NINE, key=name, ask=Ask(**ask)).reference

    served = cases.served(viewer=wilma, at=NINE, params={})
    assert {row.reference: row.standing_kind for row in served.rows} == {
        cases_of["anna"]: Kind.GROUP_STAFF,
        cases_of["maya"]: Kind.GROUP_STAFF,
    }
    for stranger in (matteo, hotel.actor(INES)):
        assert cases.served(viewer=stranger, at=NINE, params={}).rows == ()
        assert cases.count_served(viewer=stranger, at=NINE) == (0, False)
        with pytest.raises(NotThere):
            cases.case(viewer=stranger, at=NINE, reference=cases_of["anna"])
    with pytest.raises(NotThere):
        cases.case(viewer=anna, at=NINE, reference=cases_of["maya"])


def test_the_kitchen_is_measured_in_minutes_and_says_so(hotel):
    given_standard(
        "kitchen",
        "bellavista-kitchen",
        terms={"targets": {"OWN": {"": {"minutes": 2}}, "RESOLVE": {"": {"minutes": 12}}}},
    )
    operations.set_queue(by=HOUSE, at=AT, code="kitchen", supplier="bellavista-kitchen", name="Kitchen")
    operations.set_request(by=HOUSE, at=AT, code="bread", queue="kitchen", name="More bread", fields=[], quick=True)
    paolo = person("paolo-servente", "bellavista", unit="bellavista-service")
    chef = person("carla-fornello", "bellavista", ("CASE_HANDLER", "bellavista-kitchen"), unit="bellavista-kitchen")
    ask = Ask(queue="", request_type="bread", text="")
    case = operations.open_case(by=paolo, at=NINE, key="bread", ask=ask).reference
    at = NINE + timedelta(minutes=1)
    operations.assign(by=chef, at=at, case=case, owner="carla-fornello")
    operations.solve(by=chef, at=NINE + timedelta(minutes=13), case=case, words="On the pass.")
    found = cases.case(viewer=paolo, at=NINE + timedelta(minutes=13), reference=case)
    assert [(run.measure.value, run.state.value, run.elapsed) for run in found.runs] == [
        ("OWN", "KEPT", 60),
        ("RESOLVE", "MISSED", 13 * 60),
    ]
    assert (found.row.customer.code, found.row.standing_kind) == ("paolo-servente", Kind.STAFF)
