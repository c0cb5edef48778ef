"""What stands beside a case for its handlers, and how well a service serves, for its owner alone."""

import pytest
from tests.builders import AT, given_role
from tests.cast import HENK, INES, MAYA, TOR
from tests.desk.asked import asked, given_desk, later

from inward.desk import figures, helping, operations, serving
from inward.desk.vocabulary import HoldReason
from inward.kit.policy import NotThere


def test_figures_tell_waiting_and_what_was_opened_again_and_only_to_owners(house):
    given_desk(house)
    given_role(house.users[HENK.code], "SERVICE_OWNER", "abc-it")
    case = asked(house, MAYA)
    tor = house.actor(TOR)
    operations.pause(by=tor, at=later(minutes=10), case=case, reason=HoldReason.SUPPLIER)
    operations.resume(by=tor, at=later(minutes=40), case=case)
    operations.solve(by=tor, at=later(minutes=50), case=case, words="Done")
    operations.confirm(by=house.actor(MAYA), at=later(minutes=60), case=case, solved=False, words="No")
    operations.pause(by=tor, at=later(minutes=70), case=case, reason=HoldReason.APPROVAL)
    found = figures.figures(viewer=house.actor(HENK), at=later(minutes=80), days=7)
    assert [(each.reason, each.count, each.seconds) for each in found.waited] == [
        (HoldReason.APPROVAL, 1, 600),
        (HoldReason.SUPPLIER, 1, 1800),
    ]
    assert (found.reopened, found.looked_at, found.bounded) == (1, 1, False)
    assert [(side.inside, side.count, side.first_time, side.solved) for side in found.sides] == [
        (True, 1, 0, 1),
        (False, 0, 0, 0),
    ]
    assert [(each.owner.code, each.count) for each in found.load] == [(TOR.code, 1)]
    with pytest.raises(NotThere):
        figures.figures(viewer=tor, at=later(minutes=80), days=7)


def test_what_is_beside_a_case_is_told_to_its_handlers(house):
    given_desk(house)
    case = asked(house, MAYA)
    assert [each.code for each in serving.able(viewer=house.actor(TOR), at=AT, reference=case)] == [INES.code, TOR.code]
    assert serving.able(viewer=house.actor(MAYA), at=AT, reference=case) == ()
    card = serving.card(viewer=house.actor(TOR), at=AT, reference=case)
    assert (card.person.code, card.job, card.away) == (MAYA.code, "Shop assistant", False)
    with pytest.raises(NotThere):
        serving.card(viewer=house.actor(HENK), at=AT, reference=case)
    line = helping.queue(viewer=house.actor(MAYA), at=AT, code="it")
    assert (line.name, line.confidential) == ("IT help", False)
