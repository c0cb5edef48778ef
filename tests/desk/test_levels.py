"""Whoever can help is told in time, in her own hours, once; whatever runs how often and dies where."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import AT, HOUSE, given_role
from tests.cast import INES, LUCA, MAYA, SITI, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, given_personnel, kept, later
from tests.desk.promised import OFFICE, given_standard

from inward.core.terms import Refusal
from inward.desk import lateness, levels, macros, operations
from inward.desk.announcements import CaseLate, CaseMissed
from inward.desk.casewords import Impact, Urgency
from inward.desk.levels import Level, Receiver, read_levels
from inward.desk.models import Case, Escalation
from inward.desk.operations import telling
from inward.desk.vocabulary import HoldReason
from inward.kit.actor import Actor
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.parties import operations as parties

# RESPOND within 240 minutes; opened on Monday at 10:00 in Amsterdam: 120 till noon, 13:00 on: 75 % at 14:00, due at 15:00.
SOON = MONDAY + timedelta(hours=4)
DUE = MONDAY + timedelta(hours=5)
SINCE = date(2026, 9, 1)
DESK = Actor.system("desk.tell_late")
RESPOND = {"targets": {"RESPOND": {"": {"minutes": 240}}}}


def given_late(house, **queue):
    given_standard(terms=RESPOND)
    given_desk(house, standard=False, **queue)
    parties.name_head(by=HOUSE, at=AT, place="abc-it", person=INES.code, valid_from=SINCE)


def tell(at):
    return operations.tell_late(by=DESK, at=at)


def told():
    return [(each.told, each.stage, each.before) for each in announced(CaseLate)]


def taken(house, case, who=TOR, *, at=MONDAY):
    operations.assign(by=house.actor(who), at=at, case=case, owner=who.code)


def test_the_owner_is_told_before_it_is_due_and_the_head_when_it_is(house):
    given_late(house)
    case = asked(house, MAYA)
    taken(house, case)
    assert kept(case).tell_at == SOON
    assert tell(SOON - timedelta(seconds=1)) == 0
    assert tell(SOON) == 1
    assert told() == [(TOR.code, "P75-OWNER", True)]
    assert kept(case).tell_at == DUE
    assert not kept(case).missed
    tell(DUE)
    assert told()[1:] == [(TOR.code, "P100-OWNER", False), (INES.code, "P100-HEAD", False)]
    tell(DUE + timedelta(minutes=1))
    assert kept(case).missed
    assert [each.case for each in announced(CaseMissed)] == [case]
    assert AuditRow.objects.filter(act="desk.tell_late", thing=case).count() == 3
    assert acts(case).count("TOLD_LATE") == 3


def test_each_is_told_once_however_often_it_runs(house):
    given_late(house)
    case = asked(house, MAYA)
    taken(house, case)
    for _ in range(3):
        tell(DUE)
        Case.objects.filter(reference=case).update(tell_at=MONDAY)  # as if it had never looked
    assert [(who, stage) for who, stage, _ in told()] == [(TOR.code, "P75-OWNER"), (INES.code, "P100-HEAD")]
    assert Escalation.objects.count() == 3  # the owner heard of both of hers at once


def test_what_dies_half_way_told_nobody_and_the_next_run_tells_once(house, monkeypatch):
    given_late(house)
    case = asked(house, MAYA)
    taken(house, case)
    with monkeypatch.context() as dying:
        dying.setattr(telling, "note", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tell(SOON)
    assert (told(), Escalation.objects.count(), kept(case).tell_at) == ([], 0, SOON)
    tell(SOON)
    assert told() == [(TOR.code, "P75-OWNER", True)]


def test_a_case_that_cannot_be_told_keeps_no_other_from_being_told(house, monkeypatch):
    given_late(house)
    broken, case = asked(house, MAYA), asked(house, MAYA, key="other", at=later(minutes=1))
    reference, look = kept(broken).reference, telling._look
    monkeypatch.setattr(telling, "_look", lambda work: 1 / 0 if work.case.reference == reference else look(work))
    with pytest.raises(ZeroDivisionError):
        tell(SOON + timedelta(minutes=1))
    assert list(Escalation.objects.values_list("case__reference", flat=True)) == [case]


def test_it_goes_upward_after_each_so_many_working_minutes(house):
    given_late(house)
    parties.name_head(by=HOUSE, at=AT, place="abc", person=LUCA.code, valid_from=SINCE)
    case = asked(house, MAYA)
    taken(house, case)
    tell(DUE)
    for hours in (20, 25, 45, 80):
        tell(DUE + timedelta(hours=hours))
    upward = [(who, stage) for who, stage, _ in told() if stage.startswith("L")]
    assert upward == [
        (INES.code, "L240-HEAD-1"),
        (LUCA.code, "L240-HEAD-2"),
        (LUCA.code, "L240-HEAD-3"),
    ]
    assert kept(case).tell_at is None


def test_a_case_nobody_has_and_one_of_somebody_away_go_to_whoever_acts_as_head(house):
    given_late(house)
    asked(house, MAYA)
    tell(SOON)
    assert told() == [(INES.code, "P75-OWNER", True)]
    case = asked(house, MAYA, key="of somebody away")
    taken(house, case)
    parties.note_absence(by=HOUSE, at=AT, person=TOR.code, valid_from=MONDAY.date(), valid_until=datetime(2026, 12, 2).date())  # fmt: skip
    tell(SOON)
    assert told()[1:] == [(INES.code, "P75-OWNER", True)]


def test_where_the_head_is_away_the_deputy_is_told_and_never_whoever_asked(house):
    given_late(house)
    parties.name_head(by=HOUSE, at=AT, place="abc", person=LUCA.code, valid_from=SINCE)
    asked(house, INES)  # she heads the department herself
    tell(SOON)
    assert told() == [(LUCA.code, "P75-OWNER", True)]


def test_nobody_is_told_outside_of_her_own_hours(house):
    given_late(house)
    parties.set_working_week(
        by=HOUSE, at=AT, party="abc-purchasing", week={"tue": OFFICE["tue"]}, time_zone="Europe/Amsterdam"
    )  # where Ines works
    case = asked(house, MAYA)
    tell(SOON)
    assert told() == []
    tuesday = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert kept(case).tell_at == DUE  # it is missed then, though nobody hears of it
    tell(DUE + timedelta(seconds=1))
    assert (told(), kept(case).missed, kept(case).tell_at) == ([], True, tuesday)
    tell(tuesday)
    assert [who for who, _, _ in told()] == [INES.code]


def test_where_nobody_is_there_it_is_noted_once_and_goes_on(house):
    given_standard(terms=RESPOND)
    given_desk(house, standard=False)
    case = asked(house, MAYA)
    tell(SOON)
    assert told() == []
    assert list(Escalation.objects.values_list("stage", "people")) == [("P75-OWNER", [])]
    assert kept(case).tell_at == DUE


def test_of_what_is_confidential_only_they_are_told_who_may_handle_it(house):
    given_standard(supplier="abc-purchasing", terms=RESPOND)
    given_desk(house, standard=False)
    given_personnel(house)
    parties.name_head(by=HOUSE, at=AT, place="abc-purchasing", person=LUCA.code, valid_from=SINCE)
    asked(house, MAYA, queue="hr")
    tell(SOON)
    assert told() == [(TOR.code, "P75-OWNER", True)]
    given_role(house.users[LUCA.code], "CASE_HANDLER", "abc-purchasing")
    asked(house, MAYA, queue="hr", key="again")
    tell(SOON)
    assert told()[1:] == [(LUCA.code, "P75-OWNER", True)]


def test_a_clock_that_stands_still_or_ended_tells_nobody(house):
    given_standard(terms={"targets": {"RESOLVE": {"": {"minutes": 240}}}, "holds": {"SUPPLIER": {"measures": ["RESOLVE"]}}})  # fmt: skip
    given_desk(house, standard=False)
    case = asked(house, MAYA)
    operations.pause(by=house.actor(TOR), at=later(hours=1), case=case, reason=HoldReason.SUPPLIER)
    assert kept(case).tell_at is None
    operations.resume(by=house.actor(TOR), at=later(hours=2), case=case)
    assert kept(case).tell_at == SOON + timedelta(hours=1)
    operations.solve(by=house.actor(TOR), at=later(hours=3), case=case, words="Done.")
    assert kept(case).tell_at is None
    assert tell(DUE + timedelta(days=5)) == 0


def test_raising_the_priority_looks_at_once_and_what_is_missed_is_told_once(house):
    given_standard(terms={"targets": {"RESPOND": {"": {"minutes": 240}, "URGENT": {"minutes": 30}}}})
    given_desk(house, standard=False)
    case = asked(house, MAYA)
    operations.weigh(by=house.actor(TOR), at=later(hours=1), case=case, impact=Impact.MANY, urgency=Urgency.NOW)
    assert kept(case).tell_at == later(hours=1)
    for seconds in (0, 1, 61, 121):
        tell(later(hours=1, seconds=seconds))
    assert kept(case).missed
    assert len(announced(CaseMissed)) == 1
    operations.note_down(by=house.actor(TOR), at=later(hours=2), case=case, text="I look.")
    assert len(announced(CaseMissed)) == 1


def test_what_was_missed_between_two_rounds_is_told_by_the_next_act(house):
    given_late(house)
    case = asked(house, MAYA)
    operations.note_down(by=house.actor(TOR), at=DUE + timedelta(minutes=5), case=case, text="I look.")
    assert (kept(case).missed, [each.case for each in announced(CaseMissed)]) == (True, [case])


def test_only_the_house_tells(house):
    given_late(house)
    with pytest.raises(Refused):
        operations.tell_late(by=house.actor(SITI), at=SOON)


# --- said by a queue ----------------------------------------------------------------------------------------------------


def test_a_queue_says_its_own_levels_and_what_is_under_way_is_looked_at_anew(house):
    given_late(house)
    case = asked(house, MAYA)
    given = [{"percent": 50, "to": "HEAD"}]
    operations.set_levels(by=house.actor(SITI), at=later(hours=1), queue="it", given=given)
    assert macros.levels_of(viewer=house.actor(TOR), at=MONDAY, queue="it") == (
        (Level(Receiver.HEAD, percent=50),),
        False,
    )
    tell(later(hours=1))
    assert (told(), kept(case).tell_at) == ([], later(hours=2))
    tell(later(hours=2, minutes=0) + timedelta(hours=1))
    assert told() == [(INES.code, "P50-HEAD", True)]
    operations.set_levels(by=HOUSE, at=later(hours=3), queue="it", given=None)
    assert macros.levels_of(viewer=house.actor(TOR), at=MONDAY, queue="it") == (levels.USUAL, True)
    operations.set_levels(by=HOUSE, at=later(hours=3), queue="it", given=[])
    tell(DUE)
    assert len(told()) == 1


def test_whoever_keeps_no_queue_says_no_levels(house):
    given_late(house)
    with pytest.raises(Refused):
        operations.set_levels(by=house.actor(TOR), at=AT, queue="it", given=[])
    with pytest.raises(NotThere):
        operations.set_levels(by=HOUSE, at=AT, queue="nothing", given=[])
    with pytest.raises(NotThere):
        macros.levels_of(viewer=house.actor(MAYA), at=AT, queue="it")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([{"percent": 50, "to": "HEAD"}] * 2, ("levels_twice", "levels")),
        ([{"percent": n + 1, "to": "HEAD"} for n in range(21)], ("levels_many", "levels")),
        ([{"to": "HEAD"}], ("level_unfit", "levels[0].percent")),
        ([{"percent": 50, "minutes": 5, "to": "HEAD"}], ("level_unfit", "levels[0].percent")),
        ([{"percent": 50, "times": 5, "to": "HEAD"}], ("level_unfit", "levels[0].percent")),
        ([{"percent": 0, "to": "HEAD"}], ("level_unfit", "levels[0].percent")),
        ([{"percent": 101, "to": "HEAD"}], ("level_unfit", "levels[0].percent")),
        ([{"minutes": 0, "to": "HEAD"}], ("level_unfit", "levels[0].minutes")),
        ([{"minutes": 5, "times": 11, "to": "HEAD"}], ("level_unfit", "levels[0].minutes")),
        ([{"percent": 50, "to": "MAYOR"}], ("not_one_of", "levels[0].to")),
        ([{"percent": 50, "to": "HEAD", "by": "dove"}], ("field_unknown", "levels[0].by")),
    ],
)
def test_a_level_that_is_never_reached_is_refused_with_its_place(given, told):
    with pytest.raises(Refusal) as refused:
        read_levels(given)
    assert (refused.value.reason.code, refused.value.where) == told


def test_levels_read_as_they_were_kept():
    assert read_levels(levels.as_json(levels.USUAL)) == levels.USUAL
    assert read_levels([{"minutes": 5, "to": "OWNER"}]) == (Level(Receiver.OWNER, minutes=5),)


def test_whoever_handles_a_case_reads_whom_it_was_told(house):
    given_late(house)
    case = asked(house, MAYA)
    tell(SOON)
    (row,) = macros.told(viewer=house.actor(TOR), at=SOON, reference=case)
    assert (row.measure, row.stage, [each.code for each in row.people]) == ("RESPOND", "P75-OWNER", [INES.code])
    for who in (MAYA, LUCA):
        with pytest.raises(NotThere):
            macros.told(viewer=house.actor(who), at=SOON, reference=case)


def test_who_works_nowhere_with_hours_is_told_at_once(house):
    assert lateness.opens_for(MAYA.code, at=AT) == AT


def test_a_case_that_was_looked_at_meanwhile_is_not_told_of(house, monkeypatch):
    given_late(house)
    case = asked(house, MAYA)
    taken(house, case)
    found = telling.locked

    def looked_at(by, at, reference):
        row = found(by, at, reference)
        row.tell_at = None
        return row

    monkeypatch.setattr(telling, "locked", looked_at)
    assert tell(SOON) == 1
    assert told() == []
