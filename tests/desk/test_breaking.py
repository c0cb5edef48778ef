"""A confidential case is opened to read for a reason and a while, told to who handles it, and never by who is near to it."""

from datetime import timedelta

import pytest
from django.conf import settings
from tests.builders import given_role
from tests.cast import INES, LUCA, MAYA, NORA, SITI, TOR
from tests.desk.asked import MONDAY, asked, given_desk, given_personnel, kept, later, seen

from inward.core.terms import Refusal
from inward.desk import cases, operations, things
from inward.desk.announcements import ConfidentialCaseOpened
from inward.desk.models import CaseOpening
from inward.desk.operations import Upload, breaking
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused

WHY = "An audit by the labour inspectorate"


@pytest.fixture(autouse=True)
def _fresh_tries(tmp_path, monkeypatch):
    breaking._tries.cache_clear()
    monkeypatch.setattr(settings, "INWARD_DATA", str(tmp_path))
    yield
    breaking._tries.cache_clear()


def given_hidden(house):
    given_desk(house)
    given_personnel(house)
    given_role(house.users[LUCA.code], "EMERGENCY_READER", "abc")
    case = asked(house, MAYA, queue="hr", text="My pay")
    operations.note_down(by=house.actor(TOR), at=MONDAY, case=case, text="Look into it")
    return case


def open_it(house, case, *, who=LUCA, at=MONDAY, reason=WHY):
    return operations.open_confidential(by=house.actor(who), at=at, number=kept(case).number, reason=reason)


def refusal(act, *values, **more):
    with pytest.raises(Refusal) as refused:
        act(*values, **more)
    return refused.value.reason.code


def test_it_is_read_for_a_while_told_and_audited_and_then_closed_everywhere(house):
    case = given_hidden(house)
    proof = Upload("proof.txt", b"Paid twice")
    operations.note_down(by=house.actor(TOR), at=MONDAY, case=case, text="See", uploads=(proof,))
    with pytest.raises(NotThere):
        seen(house, LUCA, case)
    opening = open_it(house, case)
    assert open_it(house, case, at=later(minutes=1)) == opening
    view = seen(house, LUCA, case, at=later(minutes=1))
    assert [each.text for each in view.thread] == ["My pay", "Look into it", "See"]
    (found,) = view.thread[-1].files
    reads = {"viewer": house.actor(LUCA), "at": later(minutes=1), "reference": case}
    assert cases.file(**reads, file=found.reference).name == "proof.txt"
    with pytest.raises(NotThere):
        cases.file(**reads | {"viewer": house.actor(MAYA)}, file=found.reference)
    assert cases.state_of(**reads)[1] == view.thread[-1].key
    assert (bool(view.may_handle), bool(view.may_speak), view.serving) == (False, False, False)
    ends = MONDAY + timedelta(minutes=settings.INWARD_OPENING_MINUTES)
    told = [(each.told, each.opening, each.until) for each in announced(ConfidentialCaseOpened)]
    assert told == [(TOR.code, opening, ends.isoformat())]
    row = AuditRow.objects.get(act="desk.open_confidential")
    assert (row.thing, WHY in str(row.facts)) == (case, False)
    with pytest.raises(NotThere):
        seen(house, LUCA, case, at=ends)
    assert cases.served(viewer=house.actor(LUCA), at=MONDAY, params={}).rows == ()


def test_it_lets_read_and_never_act(house):
    case = given_hidden(house)
    open_it(house, case)
    for act, values in (
        (operations.answer, {"text": "x"}),
        (operations.write, {"text": "x"}),
        (operations.note_down, {"text": "x"}),
        (operations.assign, {"owner": LUCA.code}),
    ):
        with pytest.raises(Refused):
            act(by=house.actor(LUCA), at=later(minutes=1), case=case, **values)


def test_whoever_opened_or_handles_it_closes_it_again(house):
    case = given_hidden(house)
    opening = open_it(house, case)
    with pytest.raises(NotThere):
        operations.end_confidential(by=house.actor(MAYA), at=MONDAY, opening=opening)
    with pytest.raises(NotThere):
        operations.end_confidential(by=house.actor(TOR), at=MONDAY, opening="nothing")
    operations.end_confidential(by=house.actor(TOR), at=later(minutes=1), opening=opening)
    with pytest.raises(NotThere):
        seen(house, LUCA, case, at=later(minutes=1))
    assert refusal(operations.end_confidential, by=house.actor(LUCA), at=later(minutes=2), opening=opening) == (
        "case_opening_over"
    )
    (row,) = things.openings(viewer=house.actor(TOR), at=MONDAY, reference=case)
    assert (row.reason, row.ended_at) == (WHY, later(minutes=1))
    for who in (MAYA, LUCA):
        with pytest.raises(NotThere):
            things.openings(viewer=house.actor(who), at=later(minutes=2), reference=case)
    late = open_it(house, case, at=later(minutes=3))
    ends = later(minutes=3 + settings.INWARD_OPENING_MINUTES)
    assert refusal(operations.end_confidential, by=house.actor(LUCA), at=ends, opening=late) == "case_opening_over"


def test_all_that_cannot_be_opened_is_answered_alike(house):
    case, plain = given_hidden(house), None
    plain = asked(house, MAYA)
    own = asked(house, LUCA, queue="hr", text="Mine")
    about = asked(house, NORA, queue="hr", text="Of him", concerned=[LUCA.code], customer=None)
    given_role(house.users[TOR.code], "EMERGENCY_READER", "abc")
    codes = {refusal(open_it, house, each) for each in (plain, own, about)}
    codes.add(refusal(open_it, house, case, who=TOR))  # he handles it anyway
    codes.add(refusal(operations.open_confidential, by=house.actor(LUCA), at=MONDAY, number=1, reason=WHY))
    given_role(house.users[INES.code], "EMERGENCY_READER", "xyz")
    codes.add(refusal(open_it, house, case, who=INES))  # another company’s
    assert codes == {"case_not_to_open"}
    for who in (MAYA, SITI):
        with pytest.raises(Refused):
            open_it(house, case, who=who)
    assert not CaseOpening.objects.exists()
    assert announced(ConfidentialCaseOpened) == []


def test_a_reason_is_given_and_trying_is_slow(house):
    case = given_hidden(house)
    assert refusal(open_it, house, case, reason="because") == "case_opening_reason"
    assert refusal(open_it, house, case, reason="r" * 1001) == "case_opening_reason"
    for _ in range(8):
        refusal(operations.open_confidential, by=house.actor(LUCA), at=MONDAY, number=1, reason=WHY)
    assert refusal(open_it, house, case) == "case_openings_too_fast"
    assert open_it(house, case, at=later(minutes=1))


def test_a_role_that_reaches_everything_opens_what_is_anywhere(house):
    case = given_hidden(house)
    given_role(house.users[SITI.code], "EMERGENCY_READER")
    open_it(house, case, who=SITI)
    assert seen(house, SITI, case).row.reference == case
