"""Speaking up without a name: the writer is nowhere, the code brings her back, the clocks of the directive run, the accused learn nothing."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, given_role, nothing_written
from tests.cast import HENK, INES, MAYA, TOR
from tests.desk.asked import MONDAY, acts, asked, given_personnel, kept, later, seen
from tests.desk.promised import given_hours

from inward.core.promises import Measure
from inward.core.terms import Refusal
from inward.desk import cases, operations, policy, serving, speakingup
from inward.desk.casewords import CaseState, HandingOut, Side, Turn
from inward.desk.models import Case, CaseConcern, CaseMessage, ReturnCode
from inward.desk.speakingup import UNNAMED
from inward.desk.vocabulary import HoldReason
from inward.kit.idempotency import KeyReused
from inward.kit.models import AuditRow, IdempotencyReceipt, SearchEntry
from inward.kit.policy import NotThere, Refused

CODE = "7K3QD-9ABCD-EFGHJ-KMNPQ-RSTVW"
SPOKEN = "The emergency exit is locked at night."


def given_line(house, **more):
    given_personnel(house)
    operations.set_request(
        by=HOUSE, at=AT, code="speak-up", queue="hr", name="Something is not right", protected=True, **more
    )


def spoken(*, code=CODE, text=SPOKEN, at=MONDAY, line="speak-up", **more):
    return operations.speak_up(by=UNNAMED, at=at, line=line, code=code, text=text, **more).reference


def refused(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.reason.code


def test_what_is_written_without_a_name_is_a_confidential_case_of_the_house_that_nobody_wrote(house):
    given_line(house, fields=[{"id": "where", "label": "Where?", "kind": "TEXT"}])
    case = spoken(answers={"where": "Warehouse"})
    view = seen(house, TOR, case)
    assert (view.unnamed, view.row.confidential, view.row.person, view.opened_by) == (True, True, None, None)
    assert view.row.customer.code == "abc"
    assert [(each.person, each.side, each.text) for each in view.thread] == [(None, Side.CUSTOMER, SPOKEN)]
    assert [answer for _, answer in view.answers] == ["Warehouse"]
    assert {row.subject for row in AuditRow.objects.filter(thing=case)} == {"system:speak-up"}
    assert SearchEntry.objects.filter(kind="case").count() == 0
    assert serving.card(viewer=house.actor(TOR), at=MONDAY, reference=case) == serving.Card(None, "", (), (), False, ())
    for who in (INES, HENK, MAYA):
        with pytest.raises(NotThere):
            seen(house, who, case)
    assert not seen(house, TOR, asked(house, MAYA, queue="hr", request_type="speak-up", text="With my name")).unnamed


def test_whoever_has_a_name_cannot_write_without_one_by_mistake(house):
    given_line(house)
    for who in (MAYA, TOR):
        with nothing_written(), pytest.raises(Refused):
            operations.speak_up(by=house.actor(who), at=MONDAY, line="speak-up", code=CODE, text=SPOKEN)
    spoken()
    with nothing_written(), pytest.raises(Refused):
        operations.write_on(by=house.actor(MAYA), at=MONDAY, code=CODE, key="k", text="And more")
    assert policy.may_write_unnamed(UNNAMED)


def test_both_clocks_run_on_every_day_and_no_waiting_hand_over_or_other_promise_moves_them(house):
    given_hours("abc")
    given_line(house)
    operations.set_queue(by=HOUSE, at=AT, code="legal", supplier="abc-it", name="Legal", confidential=True)
    given_role(house.users[HENK.code], "CASE_HANDLER", "abc-it")
    friday = later(days=4, hours=10)  # 20:00 in Amsterdam, long closed
    case = spoken(at=friday)
    due = {run.measure: run.due.at for run in seen(house, TOR, case, at=friday).runs}
    assert due == {Measure.RESPOND: friday + timedelta(days=7), Measure.RESOLVE: friday + timedelta(days=89)}
    assert kept(case).tell_at is not None
    operations.answer(by=house.actor(TOR), at=friday + timedelta(days=1), case=case, text="We look at it.")
    operations.hand_over(by=house.actor(TOR), at=friday + timedelta(days=2), case=case, queue="legal", words="Yours")
    assert "MOVED" not in acts(case)
    after = {run.measure: run.due.at for run in seen(house, HENK, case, at=friday + timedelta(days=3)).runs}
    assert after[Measure.RESOLVE] == due[Measure.RESOLVE]
    assert (
        refused(
            operations.promise_anew, by=house.actor(HENK), at=friday + timedelta(days=3), case=case, words="Today's"
        )
        == "nothing_else_promised"
    )


def test_whoever_it_concerns_and_is_near_reads_nothing_and_what_nobody_could_read_is_refused(house):
    given_line(house)
    given_role(house.users[HENK.code], "CASE_HANDLER", "abc-purchasing")
    about_tor = spoken(concerned=[TOR.code])
    assert set(CaseConcern.objects.values_list("person__code", flat=True)) == {TOR.code}
    with pytest.raises(NotThere):
        seen(house, TOR, about_tor)
    assert cases.count_served(viewer=house.actor(TOR), at=MONDAY) == (0, False)
    assert seen(house, HENK, about_tor).serving
    assert (
        refused(
            operations.speak_up,
            by=UNNAMED,
            at=MONDAY,
            line="speak-up",
            code=speakingup.new_code(),
            text=SPOKEN,
            concerned=[TOR.code, HENK.code],
        )
        == "nobody_may_read_it"
    )


def test_a_line_that_hands_out_by_itself_never_gives_it_to_whom_it_concerns(house):
    given_line(house)
    operations.set_queue(
        by=HOUSE,
        at=AT,
        code="hr",
        supplier="abc-purchasing",
        name="Personnel",
        confidential=True,
        handing_out=HandingOut.IN_TURN,
    )
    given_role(house.users[HENK.code], "CASE_HANDLER", "abc-purchasing")
    assert kept(spoken(concerned=[TOR.code])).owner.code == HENK.code


def test_by_the_code_she_reads_answers_without_notes_and_names_and_writes_on(house):
    given_line(house)
    case = spoken()
    operations.note_down(by=house.actor(TOR), at=later(minutes=5), case=case, text="Who could it be?")
    operations.answer(by=house.actor(TOR), at=later(minutes=10), case=case, text="Is it every night?")
    typed = "7k3qd 9abcd efghj kmnpq rstvw"  # as people type it
    operations.write_on(by=UNNAMED, at=later(minutes=20), code=typed, key="on", text="All but Friday.")
    operations.write_on(by=UNNAMED, at=later(minutes=20), code=typed, key="on", text="All but Friday.")
    found = speakingup.returned(at=later(minutes=30), code=typed)
    assert [(each.side, each.text) for each in found.thread] == [
        (Side.CUSTOMER, SPOKEN),
        (Side.SERVICE, "Is it every night?"),
        (Side.CUSTOMER, "All but Friday."),
    ]
    assert (found.line, found.state, found.turn, found.may_write) == (
        "Something is not right",
        CaseState.OPEN,
        Turn.SERVICE,
        True,
    )
    assert CaseMessage.objects.filter(case__reference=case, person=None, side="CUSTOMER").count() == 2


def test_what_is_solved_is_opened_again_by_writing_until_it_is_over_for_good(house):
    given_line(house)
    case = spoken()
    operations.solve(by=house.actor(TOR), at=later(hours=1), case=case, words="The lock is gone.")
    assert speakingup.returned(at=later(hours=2), code=CODE).may_write
    operations.write_on(by=UNNAMED, at=later(hours=2), code=CODE, key="again", text="It is back.")
    assert kept(case).state == "OPEN"
    operations.pause(by=house.actor(TOR), at=later(hours=3), case=case, reason=HoldReason.CUSTOMER, words="Which?")
    assert speakingup.returned(at=later(hours=3), code=CODE).turn is Turn.CUSTOMER
    Case.objects.filter(reference=case).update(state="CLOSED", closed_at=MONDAY)
    late = later(days=60)
    assert not speakingup.returned(at=late, code=CODE).may_write
    assert (
        refused(operations.write_on, by=UNNAMED, at=late, code=CODE, key="late", text="Hello?") == "case_over_for_good"
    )


def test_a_code_is_kept_as_a_digest_opens_one_case_and_nothing_else(house):
    given_line(house)
    first = spoken()
    assert spoken() == first  # sent twice
    assert Case.objects.count() == ReturnCode.objects.count() == 1
    assert CODE.replace("-", "") not in str(list(ReturnCode.objects.values())) + str(
        list(IdempotencyReceipt.objects.values())
    )
    with nothing_written(), pytest.raises(KeyReused):
        spoken(text="Something else")
    IdempotencyReceipt.objects.all().delete()  # as after thirty days
    with nothing_written(), pytest.raises(KeyReused):
        spoken()
    with pytest.raises(NotThere):
        speakingup.returned(at=MONDAY, code=speakingup.new_code())
    for code in ("", "7K3QD", "7K3QD-9ABCD-EFGHJ-KMNPQ-RSTV!"):
        assert refused(speakingup.digest_of, code=code) == "return_code_unfit"
    assert len({speakingup.new_code() for _ in range(50)}) == 50
    assert speakingup.digest_of("O1IL0-00000-00000-00000-00000") == speakingup.digest_of(
        "01110-00000-00000-00000-00000"
    )


def test_what_was_written_without_a_name_is_joined_with_nothing(house):
    given_line(house)
    one, other = spoken(), spoken(code=speakingup.new_code(), text="The same again")
    assert refused(operations.join, by=house.actor(TOR), at=MONDAY, case=one, into=other) == "unnamed_not_joined"


def test_a_line_is_of_a_confidential_queue_and_for_outsiders_only_where_it_says_so(house):
    given_line(house)
    assert [row.code for row in speakingup.lines(inside=True)] == ["speak-up"]
    assert speakingup.lines(inside=False) == ()
    with pytest.raises(NotThere):
        speakingup.line(code="speak-up", inside=False)
    operations.set_request(
        by=HOUSE, at=AT, code="speak-up", queue="hr", name="Open to all", protected=True, outsiders=True
    )
    assert speakingup.line(code="speak-up", inside=False).name == "Open to all"
    operations.set_queue(by=HOUSE, at=AT, code="it", supplier="abc-it", name="IT")
    set_request = operations.set_request
    said = {"by": HOUSE, "at": AT, "code": "x", "name": "X"}
    assert refused(set_request, queue="it", protected=True, **said) == "line_of_confidential_queue"
    assert refused(set_request, queue="hr", outsiders=True, **said) == "line_of_confidential_queue"
    parts = {"protected": True, "parts": ["speak-up"]}
    assert refused(set_request, queue="hr", **parts, **said) == "line_of_confidential_queue"
    operations.close_request(by=HOUSE, at=AT, code="speak-up")
    with nothing_written(), pytest.raises(NotThere):
        spoken()
