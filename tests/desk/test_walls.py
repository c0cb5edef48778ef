"""Wall screens: numbers and clocks of an open queue through a day, names never, and nothing once ended, over or confidential."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, given_role, nothing_written
from tests.cast import INES, JONAS, MAYA, TOR
from tests.desk.asked import MONDAY, asked, given_desk, given_personnel, kept, later

from inward.core.promises import Measure
from inward.core.terms import Refusal
from inward.desk import operations, walls
from inward.desk.casewords import CaseState
from inward.desk.models import Queue
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere


def given_wall(house, **more):
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-it")
    wall = operations.make_wall(by=house.actor(TOR), at=MONDAY, queue="it", days=10, **more)
    return wall, token(house, wall)


def token(house, wall, at=MONDAY):
    return {each.reference: each.token for each in walls.screens(viewer=house.actor(TOR), at=at)}[wall]


def reason(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.reason.code


def test_a_screen_shows_counts_ages_what_is_due_and_what_was_kept_today_and_no_words_or_names(house):
    given_desk(house)
    late, solved, open_one = (asked(house, who, at=MONDAY, text=who.code) for who in (MAYA, JONAS, INES))
    operations.answer(by=house.actor(TOR), at=later(minutes=10), case=open_one, text="I look.")
    operations.solve(by=house.actor(TOR), at=later(minutes=20), case=solved, words="Done.")
    _, link = given_wall(house)
    shown = walls.shown(token=link, at=later(minutes=30))
    assert dict(shown.counts) == {CaseState.NEW: 1, CaseState.OPEN: 1, CaseState.WAITING: 0}
    assert [(row.number, row.subject, row.due_measure) for row in shown.rows] == [
        (kept(late).number, "", Measure.RESPOND),
        (kept(open_one).number, "", Measure.RESOLVE),
    ]
    assert (shown.kept_today, shown.missed_today) == (3, 0)  # two answers and a solution
    assert (shown.queue.code, shown.supplier.code) == ("it", "abc-it")
    for person in (MAYA, JONAS, INES, TOR):
        assert person.code not in repr(shown)
    tomorrow = walls.shown(token=link, at=later(days=1))
    assert (tomorrow.kept_today, tomorrow.missed_today) == (0, 0)  # what is late was missed yesterday
    assert walls.shown(token=link, at=later(hours=7)).missed_today == 1  # 17:00 in Amsterdam: nobody has acted
    operations.answer(by=house.actor(TOR), at=later(days=1, hours=1), case=late, text="At last.")
    missed = walls.shown(token=link, at=later(days=1, hours=2))
    assert (missed.kept_today, missed.missed_today) == (0, 0)  # it was missed yesterday, however late it is answered


def test_what_requests_are_called_is_shown_only_where_it_was_said(house):
    given_desk(house, standard=False)
    asked(house, MAYA, text="The till is dead")
    _, link = given_wall(house, subjects=True)
    shown = walls.shown(token=link, at=MONDAY)
    assert [(row.subject, row.due_at) for row in shown.rows] == [("The till is dead", None)]


def test_a_link_shows_nothing_once_it_is_ended_over_changed_or_its_queue_confidential(house):
    given_desk(house)
    wall, link = given_wall(house)
    assert reason(walls.shown, token=link + "x", at=MONDAY) == "link_not_valid"
    assert reason(walls.shown, token=link, at=MONDAY + timedelta(days=10)) == "link_over"
    Queue.objects.filter(code="it").update(confidential=True)
    assert reason(walls.shown, token=link, at=MONDAY) == "link_not_valid"
    assert walls.screens(viewer=house.actor(TOR), at=MONDAY) == ()
    Queue.objects.filter(code="it").update(confidential=False)
    operations.end_wall(by=house.actor(TOR), at=later(hours=1), wall=wall)
    assert reason(walls.shown, token=link, at=later(hours=2)) == "link_not_valid"
    assert walls.screens(viewer=house.actor(TOR), at=later(hours=2)) == ()
    with nothing_written(), pytest.raises(NotThere):
        operations.end_wall(by=house.actor(TOR), at=later(hours=2), wall=wall)
    assert list(AuditRow.objects.filter(act__contains="_wall").order_by("id").values_list("act", flat=True)) == [
        "desk.make_wall",
        "desk.end_wall",
    ]


def test_only_whoever_keeps_an_open_queue_that_is_not_confidential_makes_or_ends_one(house):
    given_desk(house)
    given_personnel(house)
    wall, _ = given_wall(house)
    given_role(house.users[TOR.code], "SERVICE_OWNER", "abc-purchasing")
    assert [each.code for each in walls.queues_for(viewer=house.actor(TOR), at=MONDAY)] == ["it"]
    assert walls.queues_for(viewer=house.actor(INES), at=MONDAY) == ()
    for who, queue in ((TOR, "hr"), (INES, "it"), (MAYA, "it"), (TOR, "none")):
        with nothing_written(), pytest.raises(NotThere):
            operations.make_wall(by=house.actor(who), at=MONDAY, queue=queue, days=1)
    for days in (0, 367):
        assert reason(operations.make_wall, by=house.actor(TOR), at=MONDAY, queue="it", days=days) == "wall_days"
    with nothing_written(), pytest.raises(NotThere):
        operations.end_wall(by=house.actor(INES), at=MONDAY, wall=wall)
    operations.close_queue(by=HOUSE, at=AT, code="it")
    assert walls.queues_for(viewer=HOUSE, at=MONDAY) == ()
