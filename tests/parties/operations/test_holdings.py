"""Shares are recorded, changed and ended, and never pass 100 % on any day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    given_actor,
    given_company,
    given_holding,
    given_person,
    nothing_written,
)

from inward.core.classification import Verdict, classify
from inward.core.terms import Refusal
from inward.kit import outbox
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import operations, queries
from inward.parties.announcements import HoldingChanged, HoldingEnded, HoldingRecorded
from inward.parties.models import Holding

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _companies():
    for code in ("jkl", "abc", "xyz"):
        given_company(code)


def record(**more):
    asked = {"by": HOUSE, "at": AT, "owner": "jkl", "owned": "abc", "votes": Fraction(8, 10), "valid_from": LONG_AGO}
    return operations.record_holding(**asked | more)


def known():
    return [(h.id, h.owner, h.owned, h.votes, h.period.start, h.period.until) for h in queries.world().holdings]


def test_a_holding_is_known_under_a_code_of_its_own_with_its_source():
    assert record(source=operations.Source("register, 1 March")) == "jkl-abc"
    assert known() == [("jkl-abc", "jkl", "abc", Fraction(4, 5), LONG_AGO, None)]
    assert Holding.objects.get().source == "register, 1 March"
    (told,) = outbox.announced(HoldingRecorded)
    assert (told.holding_id, told.owned) == (Holding.objects.get().pk, "abc")
    assert (told.valid_from, told.valid_until) == ("2015-01-01", "")
    row = AuditRow.objects.get(act="parties.record_holding")
    assert row.facts == {
        "owner": "jkl", "owned": "abc", "votes": {"rate": "4/5"}, "valid_from": "2015-01-01", "valid_until": "",
        "source": "register, 1 March",
    }  # fmt: skip


def test_a_second_holding_of_the_same_two_gets_the_next_free_code():
    record(votes=Fraction(1, 10))
    assert record(votes=Fraction(1, 10)) == "jkl-abc-2"
    assert record(votes=Fraction(1, 10)) == "jkl-abc-3"


def test_a_person_holds_shares_too_and_audit_knows_her_by_subject():
    given_person("nora-quistgaard")
    record(owner="nora-quistgaard")
    assert AuditRow.objects.get(act="parties.record_holding").facts["owner"] == queries.subject_of("nora-quistgaard")


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"votes": Fraction(3, 2)}, "holding_not_a_share", "percent"),
        ({"votes": Fraction(-1, 2)}, "holding_not_a_share", "percent"),
        ({"capital": Fraction(3, 2)}, "holding_not_a_share", "percent"),
        ({"valid_until": LONG_AGO}, "period_backwards", "valid_until"),
        ({"code": "no code"}, "code_not_usable", "code"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(change, code, where):
    with nothing_written(), pytest.raises(Refusal) as refused:
        record(**change)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_a_code_in_use_is_refused():
    record(code="h-1", votes=Fraction(1, 10))
    with nothing_written(), pytest.raises(Refusal) as refused:
        record(code="h-1", votes=Fraction(1, 10))
    assert refused.value.reason.code == "id_twice"


def test_more_than_the_whole_on_any_day_is_refused():
    record(valid_until=date(2026, 7, 1))
    with nothing_written(), pytest.raises(Refusal) as refused:
        record(owner="xyz", votes=Fraction(1, 4), valid_from=date(2026, 6, 30))
    assert refused.value.reason.code == "holdings_over_whole"
    assert refused.value.reason.facts["on"] == date(2026, 6, 30)
    assert record(owner="xyz", votes=Fraction(1, 4), valid_from=date(2026, 7, 1)) == "xyz-abc"


@pytest.mark.parametrize(("owner", "owned"), [("nobody", "abc"), ("jkl", "nobody")])
def test_an_unknown_end_is_not_there(owner, owned):
    with nothing_written(), pytest.raises(NotThere):
        record(owner=owner, owned=owned)


def test_a_person_cannot_be_held():
    given_person("maya-lund")
    with nothing_written(), pytest.raises(NotThere):
        record(owned="maya-lund")


def test_an_administrator_of_one_end_alone_may_not_tie_the_other():
    own = given_actor("own", ("DATA_ADMINISTRATOR", "abc"))
    with nothing_written(), pytest.raises(Refused) as refused:
        record(by=own)
    assert refused.value.reasons[0].facts["company"] == "jkl"


def test_a_share_that_changes_on_a_day_leaves_the_days_before_alone():
    given_holding("jkl", "abc", 80)
    code = operations.change_holding(
        by=HOUSE, at=LATER, holding="jkl-abc", votes=Fraction(2, 5), valid_from=date(2026, 6, 1)
    )
    assert code == "jkl-abc-2"
    assert known() == [
        ("jkl-abc", "jkl", "abc", Fraction(4, 5), LONG_AGO, date(2026, 6, 1)),
        ("jkl-abc-2", "jkl", "abc", Fraction(2, 5), date(2026, 6, 1), None),
    ]
    assert Holding.objects.known_at(AT).count() == 1  # what we knew before is still there
    (told,) = outbox.announced(HoldingChanged)
    assert (told.owned, told.valid_from) == ("abc", "2026-06-01")


def test_a_share_changed_on_its_first_day_was_never_what_we_thought():
    given_holding("jkl", "abc", 80)
    code = operations.change_holding(by=HOUSE, at=LATER, holding="jkl-abc", votes=Fraction(3, 5), valid_from=LONG_AGO)
    assert code == "jkl-abc"
    assert known() == [("jkl-abc", "jkl", "abc", Fraction(3, 5), LONG_AGO, None)]
    assert sorted(Holding.objects.values_list("votes", "known_until")) == [
        (Fraction(3, 5), None),
        (Fraction(4, 5), LATER),
    ]


def test_a_change_on_a_day_on_which_it_does_not_hold_is_refused():
    given_holding("jkl", "abc", 80, valid_until=date(2026, 1, 1))
    for day in (date(2014, 12, 31), date(2026, 1, 1), None):
        with nothing_written(), pytest.raises(Refusal) as refused:
            operations.change_holding(by=HOUSE, at=LATER, holding="jkl-abc", votes=Fraction(1, 2), valid_from=day)
        assert (refused.value.reason.code, refused.value.where) == ("change_outside_period", "valid_from")


def test_a_change_beyond_the_whole_is_refused_and_the_old_knowledge_stays():
    given_holding("jkl", "abc", 50)
    given_holding("xyz", "abc", 50)
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.change_holding(by=HOUSE, at=LATER, holding="jkl-abc", votes=Fraction(3, 5), valid_from=ON)
    assert refused.value.reason.code == "holdings_over_whole"


def test_a_holding_that_ends_makes_the_next_dealing_external_and_leaves_the_earlier_ones():
    given_holding("jkl", "abc", 80)
    given_holding("jkl", "xyz", 60)
    operations.end_holding(by=HOUSE, at=LATER, holding="jkl-xyz", valid_until=date(2026, 7, 1))
    world = queries.world()
    assert classify(supplier="xyz", customer="abc", world=world, on=date(2026, 6, 30)).verdict is Verdict.INTERNAL
    assert classify(supplier="xyz", customer="abc", world=world, on=date(2026, 7, 1)).verdict is Verdict.EXTERNAL
    (told,) = outbox.announced(HoldingEnded)
    assert (told.owned, told.valid_until) == ("xyz", "2026-07-01")


def test_an_end_can_be_put_off_but_not_beyond_what_others_hold_by_then():
    given_holding("jkl", "abc", 80, valid_until=date(2026, 1, 1))
    given_holding("xyz", "abc", 80, valid_from=date(2026, 3, 1))
    operations.end_holding(by=HOUSE, at=LATER, holding="jkl-abc", valid_until=date(2026, 3, 1))
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.end_holding(by=HOUSE, at=LATER, holding="jkl-abc", valid_until=date(2026, 3, 2))
    assert refused.value.reason.code == "holdings_over_whole"


def test_an_end_before_the_start_is_refused():
    given_holding("jkl", "abc", 80)
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.end_holding(by=HOUSE, at=LATER, holding="jkl-abc", valid_until=LONG_AGO)
    assert refused.value.reason.code == "period_backwards"


def test_an_unknown_holding_is_not_there_and_others_are_refused_to_strangers():
    given_holding("jkl", "abc", 80)
    stranger = given_actor("stranger")
    with nothing_written(), pytest.raises(NotThere):
        operations.end_holding(by=HOUSE, at=LATER, holding="h-0", valid_until=ON)
    with nothing_written(), pytest.raises(Refused):
        operations.end_holding(by=stranger, at=LATER, holding="jkl-abc", valid_until=ON)
    with nothing_written(), pytest.raises(Refused):
        operations.change_holding(by=stranger, at=LATER, holding="jkl-abc", votes=Fraction(1), valid_from=ON)
