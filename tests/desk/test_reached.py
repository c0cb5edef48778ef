"""Published standards: each reads her own promise with what was reached on her side; of few people nothing, of the confidential nothing."""

from datetime import timedelta
from fractions import Fraction

import pytest
from tests.builders import HOUSE
from tests.cast import HENK, INES, JONAS, LUCA, MAYA, NORA, SITI, TOR
from tests.desk.asked import asked, given_desk, kept, later
from tests.desk.promised import given_standard

from inward.core.promises import Measure
from inward.desk import operations, reached
from inward.desk.models import Case
from inward.desk.reached import Reached
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere

INSIDE = (MAYA, JONAS, INES, HENK, SITI)


def published(house, who, *, at, supplier="abc-it"):
    return reached.published(viewer=house.actor(who), at=at, supplier=supplier)


def given_answered(house, people):
    """Each asked on Monday at ten and was answered ten, twenty, … minutes later; the last not before the next day."""
    for place, who in enumerate(people):
        case = asked(house, who, text=who.code)
        minutes = (place + 1) * 10 if place < len(people) - 1 else 24 * 60
        operations.answer(by=house.actor(TOR), at=later(minutes=minutes), case=case, text="I look.")


def test_each_reads_her_own_promise_with_what_was_reached_on_her_side(house):
    given_desk(house)
    given_answered(house, INSIDE)
    found = published(house, MAYA, at=later(days=2))
    assert (found.record.code, [target.measure for target in found.targets]) == (
        "help",
        [Measure.RESPOND, Measure.RESOLVE],
    )
    assert [priority for priority, _ in found.targets[0].within] == ["", "URGENT"]
    assert found.targets[0].reached == (
        Reached(30, decided=5, kept=4, median=Fraction(30 * 60)),
        Reached(90, decided=5, kept=4, median=Fraction(30 * 60)),
    )
    assert found.targets[1].reached == (None, None)  # nothing is solved yet
    outside = published(house, NORA, at=later(days=2))
    assert (outside.record.code, outside.targets[0].reached) == ("help", (None, None))
    late = published(house, MAYA, at=later(days=40))
    assert late.targets[0].reached[0] is None
    assert late.targets[0].reached[1].decided == 5


def test_of_fewer_than_five_people_nothing_is_told_however_much_they_asked(house):
    given_desk(house)
    given_answered(house, (MAYA, JONAS, INES, HENK))
    for number in range(3):
        case = asked(house, MAYA, text=f"Again {number}")
        operations.answer(by=house.actor(TOR), at=later(minutes=5), case=case, text="I look.")
    assert published(house, LUCA, at=later(days=2)).targets[0].reached == (None, None)
    siti = asked(house, SITI, text="And I")
    operations.answer(by=house.actor(TOR), at=later(minutes=5), case=siti, text="I look.")
    assert published(house, LUCA, at=later(days=2)).targets[0].reached[0].decided == 8
    Case.objects.filter(pk=kept(siti).pk).update(confidential=True)
    assert published(house, LUCA, at=later(days=2)).targets[0].reached == (None, None)


def test_whoever_is_promised_nothing_or_asks_for_nobody_or_of_nobody_is_told_so(house):
    given_desk(house, standard=False)
    assert published(house, MAYA, at=later()).record is None
    given_standard(kinds=["staff"])
    assert published(house, MAYA, at=later()).record.code == "help"
    assert published(house, NORA, at=later()).record is None
    for viewer, supplier in (
        (house.actor(MAYA), "abc-hr"),
        (house.actor(MAYA), "none"),
        (NOBODY, "abc-it"),
        (HOUSE, "abc-it"),
    ):
        with pytest.raises(NotThere):
            reached.published(viewer=viewer, at=later() + timedelta(hours=1), supplier=supplier)
