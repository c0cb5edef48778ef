"""A department works by its procedure, step by step: the version of the day, evidence, what blocks, who does it, how it fared."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import AT, HOUSE, given_role
from tests.cast import HENK, INES, LUCA, MAYA, SITI, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, later, seen
from tests.desk.stepped import PDF, REVIEW, STEPS, do, given_procedure, given_request, given_steps, run

from inward.core.terms import Refusal
from inward.desk import operations, procedures
from inward.desk.announcements import ReviewOverdue
from inward.desk.casewords import CaseState
from inward.desk.models import Procedure, RunStep
from inward.desk.steps import Change, Need, StepState
from inward.kit.models import AuditRow, Task
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused


def laptop(house, *, old="NO", at=MONDAY, **more):
    return asked(house, MAYA, queue="", request_type="laptop", answers={"old": old}, text="", at=at, **more)


def refusal(act, **values):
    with pytest.raises(Refusal) as refused:
        act(**values)
    return refused.value.reason.code, refused.value.where


def solve(house, case, *, at):
    operations.solve(by=house.actor(TOR), at=at, case=case, words="It is yours.")


def skip(house, who, case, step, *, at, words="none left"):
    operations.skip_step(by=house.actor(who), at=at, case=case, procedure="laptop-out", step=step, words=words)


def sign(house, who, case, step="hand", *, at):
    operations.sign_step(by=house.actor(who), at=at, case=case, procedure="laptop-out", step=step)


def back(house, who, case, step, *, at, words="it was another one"):
    operations.take_step_back(by=house.actor(who), at=at, case=case, procedure="laptop-out", step=step, words=words)


# --- on a case ----------------------------------------------------------------------------------------------------------


def test_a_case_is_solved_when_its_procedure_was_followed_and_not_before(house):
    given_steps(house)
    case = laptop(house)
    assert run(house, TOR, case, at=MONDAY).left == 3
    with pytest.raises(Refusal) as refused:
        solve(house, case, at=later(minutes=5))
    assert dict(refused.value.reason.facts) == {"step": "Measure the cells", "others": 2}
    do(house, TOR, case, "cells", at=later(minutes=30), evidence="12.1")
    do(house, TOR, case, "hand", at=later(minutes=40))
    assert refusal(operations.solve, by=house.actor(TOR), at=later(minutes=41), case=case, words="x")[0] == (
        "case_blocked_by_steps"
    )
    sign(house, INES, case, at=later(minutes=50))
    solve(house, case, at=later(minutes=60))
    assert seen(house, TOR, case, at=later(minutes=60)).row.state is CaseState.SOLVED
    found = {each.step.id: each for each in run(house, TOR, case, at=later(minutes=60)).steps}
    assert (found["cells"].evidence, found["cells"].seconds, found["cells"].person.code) == ("12.1", 1800, TOR.code)
    assert (found["hand"].seconds, found["hand"].signed_by.code) == (600, INES.code)
    assert (found["swap"].need, found["wipe"].need, found["swap"].because) == (
        Need.NOT_ASKED,
        Need.NOT_ASKED,
        "Measure the cells",
    )
    assert [each for each in acts(case) if each.startswith("STEP")] == ["STEP_DONE", "STEP_DONE", "STEP_SIGNED"]


def test_a_skipped_step_opens_the_one_that_hangs_on_it(house):
    given_steps(house)
    case = laptop(house, old="YES")
    do(house, TOR, case, "wipe", at=later(minutes=1))
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    skip(house, TOR, case, "cells", at=later(minutes=2))
    assert refusal(do, house=house, who=TOR, case=case, step="swap", at=later(minutes=3)) == (
        "step_wants_words",
        "evidence",
    )
    do(house, TOR, case, "swap", at=later(minutes=4), evidence="new ones of the cupboard")
    found = {each.step.id: each for each in run(house, TOR, case, at=later(minutes=5)).steps}
    assert (found["cells"].state, found["cells"].evidence) == (StepState.SKIPPED, "none left")
    assert [name for name, each in found.items() if each.in_the_way] == ["hand"]


def test_a_blocking_step_is_skipped_by_its_owner_alone(house):
    given_steps(house)
    case = laptop(house)
    with pytest.raises(Refused):
        skip(house, TOR, case, "cells", at=later(minutes=1))
    skip(house, TOR, case, "seal", at=later(minutes=1))  # it does not block
    given_role(house.users[HENK.code], "CASE_HANDLER", "abc-it")
    skip(house, HENK, case, "cells", at=later(minutes=2))  # she owns the procedure
    assert refusal(skip, house=house, who=HENK, case=case, step="hand", at=later(minutes=3), words="  ") == (
        "words_missing",
        "text",
    )
    assert refusal(skip, house=house, who=HENK, case=case, step="hand", at=later(minutes=3), words="w" * 4001) == (
        "text_too_long",
        "words",
    )
    assert RunStep.objects.count() == 2


def test_a_file_is_kept_as_a_note_that_whoever_asked_does_not_read(house):
    given_steps(house)
    case = laptop(house)
    assert refusal(do, house=house, who=TOR, case=case, step="seal", at=later(minutes=1)) == (
        "step_wants_file",
        "files",
    )
    do(house, TOR, case, "seal", at=later(minutes=2), uploads=[PDF])
    (note,) = [each for each in seen(house, TOR, case, at=later(minutes=2)).thread if each.note]
    assert ([each.name for each in note.files], note.text) == (["seal.pdf"], "Seal it")
    assert run(house, TOR, case, at=later(minutes=2)).steps[3].message == note.key
    asker = seen(house, MAYA, case, at=later(minutes=2))
    assert all(not each.note for each in asker.thread)
    assert [each.act.value for each in asker.happened] == ["OPENED"]
    with pytest.raises(NotThere):
        procedures.runs(viewer=house.actor(MAYA), at=later(minutes=2), reference=case)
    with pytest.raises(NotThere):
        procedures.runs(viewer=house.actor(LUCA), at=later(minutes=2), reference=case)


def test_nobody_signs_what_she_did_herself_nor_what_wants_no_signature(house):
    given_steps(house)
    case = laptop(house)
    assert refusal(sign, house=house, who=INES, case=case, at=later(minutes=1))[0] == "step_not_recorded"
    do(house, TOR, case, "hand", at=later(minutes=1))
    assert refusal(sign, house=house, who=TOR, case=case, at=later(minutes=2))[0] == "step_signed_by_another"
    sign(house, INES, case, at=later(minutes=3))
    assert refusal(sign, house=house, who=INES, case=case, at=later(minutes=4))[0] == "step_nothing_to_sign"
    do(house, TOR, case, "cells", at=later(minutes=5), evidence="12")
    assert refusal(sign, house=house, who=INES, case=case, step="cells", at=later(minutes=6))[0] == (
        "step_nothing_to_sign"
    )


def test_a_step_is_recorded_once_when_it_is_asked_and_by_who_may(house):
    given_desk(house)
    given_request()
    given_procedure(
        steps=[
            {"id": "hers", "title": "Hers", "person": INES.code},
            {"id": "owners", "title": "Owner’s", "role": "SERVICE_OWNER"},
            {"id": "after", "title": "After", "when": {"step": "hers", "answers": ["DONE"]}},
        ]
    )
    case = laptop(house)
    for step in ("hers", "owners"):
        with pytest.raises(Refused):
            do(house, TOR, case, step, at=later(minutes=1))
    assert refusal(do, house=house, who=TOR, case=case, step="after", at=later(minutes=1))[0] == "step_not_asked"
    do(house, INES, case, "hers", at=later(minutes=2))
    assert refusal(do, house=house, who=INES, case=case, step="hers", at=later(minutes=3))[0] == "step_recorded"
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    do(house, TOR, case, "owners", at=later(minutes=3))
    assert run(house, TOR, case, at=later(minutes=3)).steps[0].doer.code == INES.code
    for procedure, step in (("another", "hers"), ("laptop-out", "none")):
        with pytest.raises(NotThere):
            operations.do_step(by=house.actor(TOR), at=later(minutes=4), case=case, procedure=procedure, step=step)


def test_what_was_recorded_is_taken_back_with_words_and_both_stay_in_the_events(house):
    given_steps(house)
    case = laptop(house)
    do(house, TOR, case, "cells", at=later(minutes=1), evidence="12")
    back(house, INES, case, "cells", at=later(minutes=2))
    assert refusal(back, house=house, who=INES, case=case, step="cells", at=later(minutes=3))[0] == "step_not_recorded"
    do(house, TOR, case, "cells", at=later(minutes=5), evidence="11.5")
    assert acts(case) == ["OPENED", "STEP_DONE", "STEP_TAKEN_BACK", "STEP_DONE"]
    assert [each.text for each in seen(house, TOR, case, at=later(minutes=5)).thread if each.note] == [
        "Measure the cells: it was another one"
    ]
    assert AuditRow.objects.filter(act="desk.take_step_back", thing=case).count() == 1


def test_nothing_is_recorded_on_what_is_over(house):
    given_steps(house)
    case = laptop(house)
    do(house, TOR, case, "hand", at=later(minutes=1))
    operations.withdraw(by=house.actor(MAYA), at=later(minutes=2), case=case)
    for act, values in (
        (do, {"step": "cells"}),
        (skip, {"step": "seal"}),
        (sign, {}),
        (back, {"step": "hand"}),
    ):
        assert refusal(act, house=house, who=INES, case=case, at=later(minutes=3), **values)[0] == "case_is_over"


def test_where_nobody_said_when_a_department_works_no_time_is_counted(house):
    operations.set_queue(by=HOUSE, at=AT, code="it", supplier="abc-it", name="IT help")
    given_role(house.users[TOR.code], "CASE_HANDLER", "abc-it")
    given_request()
    given_procedure()
    case = laptop(house)
    do(house, TOR, case, "cells", at=later(minutes=30), evidence="12")
    assert RunStep.objects.get().seconds is None


def test_a_case_without_a_request_type_has_no_procedure(house):
    given_steps(house)
    case = asked(house, MAYA)
    assert procedures.runs(viewer=house.actor(TOR), at=MONDAY, reference=case) == ()
    solve(house, case, at=later(minutes=1))


# --- versions -----------------------------------------------------------------------------------------------------------


def test_the_run_is_of_the_version_of_the_day_the_case_was_opened(house):
    given_steps(house)
    case = laptop(house)
    other = [{"id": "only", "title": "Only this"}]
    given_procedure(at=later(hours=1), steps=other, valid_from=(MONDAY + timedelta(days=1)).date())
    given_procedure(at=later(hours=2), steps=other, valid_from=MONDAY.date())
    assert [each.step.id for each in run(house, TOR, case, at=later(hours=3)).steps] == [each["id"] for each in STEPS]
    fresh = laptop(house, at=later(hours=3), key="another")
    assert [each.step.id for each in run(house, TOR, fresh, at=later(hours=3)).steps] == ["only"]
    operations.end_procedure(by=HOUSE, at=later(hours=4), code="laptop-out", valid_until=date(2026, 12, 2))
    late = laptop(house, at=later(days=2), key="late")
    assert procedures.runs(viewer=house.actor(TOR), at=later(days=2), reference=late) == ()
    assert len(run(house, TOR, case, at=later(days=2)).steps) == 5


def test_versions_are_listed_and_compared(house):
    given_steps(house)
    given_procedure(at=later(hours=1), steps=STEPS[:-1], valid_from=date(2026, 12, 1))
    tor = house.actor(TOR)
    versions = procedures.versions(viewer=tor, at=MONDAY, code="laptop-out")
    found = procedures.compared(viewer=tor, at=MONDAY, code="laptop-out", one=versions[-1].key, other=versions[0].key)
    ids = {len(each.steps): each.key for each in versions}
    found = procedures.compared(viewer=tor, at=MONDAY, code="laptop-out", one=ids[5], other=ids[4])
    assert [(each.change, each.before.id) for each in found] == [(Change.REMOVED, "hand")]
    with pytest.raises(NotThere):
        procedures.compared(viewer=tor, at=MONDAY, code="laptop-out", one=ids[5], other=1)


def test_whoever_neither_keeps_nor_serves_reads_no_procedure(house):
    given_steps(house)
    for viewer, count in ((MAYA, 0), (LUCA, 0), (TOR, 1), (SITI, 1)):
        rows = procedures.procedures(viewer=house.actor(viewer), at=MONDAY, on=MONDAY.date(), params={}).rows
        assert len(rows) == count
        if not count:
            with pytest.raises(NotThere):
                procedures.versions(viewer=house.actor(viewer), at=MONDAY, code="laptop-out")
            with pytest.raises(NotThere):
                procedures.procedure(viewer=house.actor(viewer), at=MONDAY, code="laptop-out", on=MONDAY.date())
    tor, siti = house.actor(TOR), house.actor(SITI)
    record = procedures.procedure(viewer=tor, at=MONDAY, code="laptop-out", on=MONDAY.date())
    assert (record.owner.code, record.requests, record.overdue(REVIEW)) == (HENK.code, ("laptop",), False)
    assert record.overdue(REVIEW + timedelta(days=1))
    assert procedures.may_keep(siti, record, on=MONDAY.date())
    assert not procedures.may_keep(tor, record, on=MONDAY.date())


def test_the_list_is_searched_and_asked_for_what_is_overdue(house):
    given_steps(house)

    def listed(**params):
        rows = procedures.procedures(viewer=house.actor(TOR), at=MONDAY, on=MONDAY.date(), params=params).rows
        return [row.code for row in rows]

    assert listed(text="hand out") == ["laptop-out"]
    assert listed(text="coffee") == []
    assert listed(review_before="2027-06-02") == ["laptop-out"]
    assert listed(review_before="2027-06-01") == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"code": "a/b"}, ("promise_code_not_usable", "code")),
        ({"name": " "}, ("field_missing", "name")),
        ({"words": "w" * 4001}, ("text_too_long", "words")),
        ({"owner": "abc"}, ("procedure_owner_unfit", "owner")),
        ({"review_by": date(2026, 11, 23)}, ("procedure_review_past", "review_by")),
        ({"requests": ["nothing"]}, ("procedure_requests", "requests")),
        ({"requests": ["laptop", "others"]}, ("procedure_requests", "requests")),
        ({"steps": []}, ("procedure_steps", "steps")),
        ({"steps": [{"id": "a", "title": "A", "person": "abc"}]}, ("task_owner_unfit", "steps[0].person")),
        (
            {"steps": [{"id": "a", "title": "A", "when": {"question": "no", "answers": ["1"]}}]},
            ("step_question_unknown", "steps[0].when.question"),
        ),
    ],
)
def test_a_procedure_that_will_not_do_is_refused_and_nothing_is_written(house, change, told):
    given_desk(house)
    given_request()
    operations.set_queue(by=HOUSE, at=AT, code="buying", supplier="abc-purchasing", name="Purchasing")
    operations.set_request(by=HOUSE, at=AT, code="others", queue="buying", name="Another’s")
    assert refusal(given_procedure, **change) == told
    assert not Procedure.objects.exists()


def test_only_who_keeps_a_department_says_how_it_works(house):
    given_steps(house)
    for who in (TOR, MAYA):
        with pytest.raises(Refused):
            given_procedure(by=house.actor(who), valid_from=date(2026, 12, 1))
        with pytest.raises(Refused):
            operations.end_procedure(by=house.actor(who), at=MONDAY, code="laptop-out", valid_until=date(2026, 12, 1))
    for supplier in (MAYA.code, "nowhere"):
        with pytest.raises(NotThere):
            given_procedure(supplier=supplier)
    with pytest.raises(NotThere):
        operations.end_procedure(by=HOUSE, at=MONDAY, code="nothing", valid_until=date(2026, 12, 1))
    assert refusal(given_procedure, supplier="abc-purchasing", requests=[], steps=[{"id": "a", "title": "A"}]) == (
        "queue_code_of_another",
        "code",
    )
    assert Procedure.objects.count() == 1


# --- how it fares -------------------------------------------------------------------------------------------------------


def test_where_steps_are_skipped_or_slow_is_counted(house):
    given_steps(house)
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    for number, minutes in enumerate((10, 20, 60)):
        case = laptop(house, key=str(number))
        do(house, TOR, case, "cells", at=later(minutes=minutes), evidence="12")
    case = laptop(house, key="skipped")
    skip(house, TOR, case, "cells", at=later(minutes=1))
    tor = house.actor(TOR)

    def told(**days):
        since = days.get("since", date(2026, 11, 1))
        rows = procedures.figures(viewer=tor, at=MONDAY, code="laptop-out", since=since, until=date(2026, 12, 1))
        return {row.step: (row.count, row.skipped, row.skipped_percent, row.seconds) for row in rows}

    assert told()["cells"] == (4, 1, 25, 1200)
    assert told()["seal"] == (0, 0, 0, None)
    assert told(since=date(2026, 12, 1))["cells"] == (0, 0, 0, None)


def test_steps_of_confidential_cases_are_counted_for_those_alone_who_are_told_of_them(house):
    given_desk(house, confidential=True)
    given_request()
    given_procedure()
    case = laptop(house)
    do(house, TOR, case, "cells", at=later(minutes=10), evidence="12")

    def count(who):
        days = {"since": date(2026, 11, 1), "until": date(2026, 12, 31)}
        rows = procedures.figures(viewer=house.actor(who), at=MONDAY, code="laptop-out", **days)
        return sum(row.count for row in rows)

    assert (count(TOR), count(SITI)) == (1, 0)


def test_what_is_refused_for_its_files_leaves_neither_step_nor_note(house):
    given_steps(house)
    case = laptop(house)
    assert refusal(do, house=house, who=TOR, case=case, step="seal", at=later(minutes=2), uploads=[PDF] * 11) == (
        "too_many_files",
        "files",
    )
    assert not RunStep.objects.exists()
    assert all(not each.note for each in seen(house, TOR, case, at=later(minutes=2)).thread)


# --- its day --------------------------------------------------------------------------------------------------------------


def planned():
    rows = Task.objects.filter(name="desk.tell_review").order_by("due_at")
    return [(row.due_at, row.payload["procedure"], row.payload["review_by"]) for row in rows]


def test_that_a_procedure_s_day_went_by_is_told_for_the_day_it_has_now_and_by_the_house_alone(house):
    given_steps(house)
    given_procedure(valid_from=date(2026, 12, 1))  # the same day again is planned once
    assert planned() == [(datetime(2027, 6, 2, 12, 0, tzinfo=UTC), "laptop-out", "2027-06-01")]
    told = {"procedure": "laptop-out", "review_by": REVIEW}
    june = datetime(2027, 6, 2, 12, 0, tzinfo=UTC)
    with pytest.raises(Refused):
        operations.tell_review(by=house.actor(SITI), at=june, **told)
    assert operations.tell_review(by=HOUSE, at=june, **told)
    (said,) = announced(ReviewOverdue)
    assert (said.procedure, said.procedure_name, said.owner, said.review_by) == (
        "laptop-out",
        "Hand out a laptop",
        HENK.code,
        "2027-06-01",
    )
    given_procedure(at=later(days=1), review_by=date(2028, 6, 1), valid_from=date(2027, 1, 1))
    assert not operations.tell_review(by=HOUSE, at=june, **told)
    operations.end_procedure(by=HOUSE, at=later(days=2), code="laptop-out", valid_until=date(2027, 2, 1))
    next_june = datetime(2028, 6, 2, 12, 0, tzinfo=UTC)
    assert not operations.tell_review(by=HOUSE, at=next_june, procedure="laptop-out", review_by=date(2028, 6, 1))
    assert len(announced(ReviewOverdue)) == 1


def test_a_procedure_may_be_good_until_the_last_day_there_is(house):
    given_desk(house)
    given_request()
    given_procedure(review_by=date.max)
    assert planned() == [(datetime(9999, 12, 31, 12, 0, tzinfo=UTC), "laptop-out", "9999-12-31")]
