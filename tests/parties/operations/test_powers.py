"""Power without shares is recorded and ended; what cannot be is refused; the preview says what the act then does."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, given_actor, given_company, given_person, nothing_written

from inward.core.classification import DEFINITIONS, RightKind, Verdict, classify, compare, suppose
from inward.core.terms import Period, Refusal
from inward.kit import outbox
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import operations, queries, supposing
from inward.parties.announcements import PowersChanged
from inward.parties.models import ControlRight
from inward.parties.operations import Source

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _companies():
    for code in ("jkl", "abc", "xyz"):
        given_company(code)


def record(**more):
    asked = {"by": HOUSE, "at": AT, "target": "abc", "kind": RightKind.CONSOLIDATION, "holder": "jkl"}
    return operations.record_right(**asked | {"valid_from": LONG_AGO} | more)


def test_a_power_stands_in_the_world_and_the_preview_says_the_same():
    before = queries.world()
    supposed = supposing.right_recorded(
        target="abc", kind=RightKind.CONSOLIDATION, holder="jkl", period=Period(LONG_AGO, None)
    )
    after = suppose(before, supposed)
    assert record() == "jkl-abc-consolidation"
    world = queries.world()
    assert [(r.kind, r.holder, r.target) for r in world.control_rights] == [(RightKind.CONSOLIDATION, "jkl", "abc")]
    rule = DEFINITIONS["ifrs_consolidation"]
    verdicts = [
        classify(supplier="jkl", customer="abc", world=w, on=DAY, definition=rule).verdict
        for w in (before, world, after)
    ]
    assert verdicts == [Verdict.EXTERNAL, Verdict.INTERNAL, Verdict.INTERNAL]
    assert compare(before, after).companies == ()  # a majority of votes asks for no powers
    (told,) = outbox.announced(PowersChanged)
    assert (told.company, told.valid_from) == ("abc", "2015-01-01")
    row = AuditRow.objects.get(act="parties.record_right")
    assert row.facts == {
        "company": "abc", "holder": "jkl", "right": "CONSOLIDATION", "valid_from": "2015-01-01", "valid_until": "",
    }  # fmt: skip


def test_a_power_ends_and_what_was_known_stays():
    record()
    before = queries.world()
    after = suppose(before, supposing.right_ended(before, right="jkl-abc-consolidation", valid_until=DAY))
    operations.end_right(by=HOUSE, at=LATER, right="jkl-abc-consolidation", valid_until=DAY)
    assert [r.period for r in queries.world().control_rights] == [Period(LONG_AGO, DAY)]
    assert after.control_rights == queries.world().control_rights
    assert ControlRight.objects.known_at(AT).get().valid_until is None


def test_an_unknown_parent_is_not_outside_but_not_known():
    record(kind=RightKind.UNKNOWN_PARENT, holder=None)
    assert queries.world().control_rights[0].id == "abc-unknown_parent"
    record(kind=RightKind.UNKNOWN_PARENT, holder=None, target="xyz")
    standing = classify(supplier="xyz", customer="abc", world=queries.world(), on=DAY)
    assert standing.verdict is Verdict.NOT_KNOWN


def test_those_who_control_jointly_share_an_agreement():
    record(kind=RightKind.JOINT_CONTROL, agreement="deal")
    record(kind=RightKind.JOINT_CONTROL, agreement="deal", holder="xyz")
    assert [(r.holder, r.agreement) for r in queries.world().control_rights] == [("jkl", "deal"), ("xyz", "deal")]


def test_a_nomination_may_be_about_one_company_and_by_a_person():
    given_person("nora")
    record(kind=RightKind.NOMINATOR, holder="nora", over="xyz")
    assert [(r.holder, r.over) for r in queries.world().control_rights] == [("nora", "xyz")]
    assert AuditRow.objects.get(act="parties.record_right").facts["holder"] == queries.subject_of("nora")
    operations.end_right(by=HOUSE, at=LATER, right="nora-abc-nominator", valid_until=DAY)


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"holder": None}, "field_missing", "holder"),
        ({"holder": "abc"}, "right_over_itself", "holder"),
        ({"kind": RightKind.TOP}, "right_over_itself", "holder"),
        ({"valid_until": LONG_AGO}, "period_backwards", "valid_until"),
        ({"agreement": "x" * 121}, "text_too_long", "agreement"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(change, code, where):
    with nothing_written(), pytest.raises(Refusal) as refused:
        record(**change)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_an_unknown_party_or_power_is_not_there():
    with nothing_written(), pytest.raises(NotThere):
        record(holder="nobody")
    with nothing_written(), pytest.raises(NotThere):
        operations.end_right(by=HOUSE, at=LATER, right="nothing", valid_until=DAY)


def test_administrators_of_one_end_alone_may_not():
    record()
    own = given_actor("own", ("DATA_ADMINISTRATOR", "abc"))
    with nothing_written(), pytest.raises(Refused):
        record(by=own, kind=RightKind.CONTRACT)
    with nothing_written(), pytest.raises(Refused):
        operations.end_right(by=own, at=LATER, right="jkl-abc-consolidation", valid_until=DAY)


def test_nobody_ends_what_another_source_said():
    record(source=Source(register="gleif"))
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.end_right(by=HOUSE, at=LATER, right="jkl-abc-consolidation", valid_until=DAY)
    assert refused.value.reason.code == "fact_of_other_source"
