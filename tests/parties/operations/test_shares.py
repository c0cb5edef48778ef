"""Shares counted by class: recorded, changed, ended; never more than are issued, and never of another source's class."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, given_actor, given_company, given_person, nothing_written

from inward.core.classification import Verdict, changed_days, classify, compare, suppose
from inward.core.terms import Period, Refusal
from inward.kit import outbox
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import operations, queries, supposing
from inward.parties.announcements import SharesChanged
from inward.parties.models import ShareClass, Shareholding
from inward.parties.operations import Source

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
LATEST = AT + timedelta(hours=2)
DAY, AUGUST = date(2026, 6, 1), date(2026, 8, 1)


@pytest.fixture(autouse=True)
def _companies():
    for code in ("jkl", "abc"):
        given_company(code)
    operations.record_share_class(
        by=HOUSE, at=AT, code="abc-a", company="abc", issued=Fraction(100), votes_each=Fraction(10), name="A",
        valid_from=LONG_AGO,
    )  # fmt: skip
    operations.record_share_class(
        by=HOUSE, at=AT, code="abc-b", company="abc", issued=Fraction(1000), valid_from=LONG_AGO
    )


def hold(shares, **more):
    asked = {"by": HOUSE, "at": AT, "owner": "jkl", "share_class": "abc-a", "shares": Fraction(shares)}
    return operations.record_shareholding(**asked | {"valid_from": LONG_AGO} | more)


def stakes():
    return [(h.id, h.votes, h.capital) for h in queries.world().stakes]


def test_votes_and_capital_follow_from_the_classes():
    assert hold(60) == "jkl-abc-a"
    assert stakes() == [("jkl-abc-a", Fraction(600, 2000), Fraction(60, 1100))]
    told = outbox.announced(SharesChanged)
    assert [(each.company, each.valid_from) for each in told] == [("abc", "2015-01-01")] * 3
    row = AuditRow.objects.get(act="parties.record_shareholding")
    assert row.facts == {
        "company": "abc", "owner": "jkl", "share_class": "abc-a", "shares": "60", "valid_from": "2015-01-01",
        "valid_until": "",
    }  # fmt: skip
    assert AuditRow.objects.filter(act="parties.record_share_class").count() == 2


def test_a_number_that_changes_on_a_day_leaves_the_days_before_alone_and_the_preview_says_the_same():
    hold(60)
    before = queries.world()
    supposed = supposing.shareholding_changed(before, shareholding="jkl-abc-a", shares=Fraction(40), valid_from=DAY)
    after = suppose(before, supposed)
    change = {"by": HOUSE, "at": LATER, "shareholding": "jkl-abc-a", "shares": Fraction(40)}
    assert operations.change_shareholding(**change, valid_from=DAY) == "jkl-abc-a-2"
    assert [(h.votes, h.period) for h in queries.world().stakes] == [
        (Fraction(3, 10), Period(LONG_AGO, DAY)),
        (Fraction(1, 5), Period(DAY, None)),
    ]
    assert [(h.votes, h.period) for h in after.stakes] == [(h.votes, h.period) for h in queries.world().stakes]


def test_a_number_changed_on_its_first_day_was_never_what_we_thought():
    hold(60)
    before = queries.world()
    after = suppose(
        before,
        supposing.shareholding_changed(before, shareholding="jkl-abc-a", shares=Fraction(40), valid_from=LONG_AGO),
    )
    operations.change_shareholding(
        by=HOUSE, at=LATER, shareholding="jkl-abc-a", shares=Fraction(40), valid_from=LONG_AGO
    )
    assert stakes() == [("jkl-abc-a", Fraction(1, 5), Fraction(40, 1100))]
    assert after.stakes == queries.world().stakes
    assert Shareholding.objects.known_at(AT).get().shares == 60


def test_shares_end_and_the_preview_says_the_same():
    hold(60)
    before = queries.world()
    after = suppose(before, supposing.shareholding_ended(before, shareholding="jkl-abc-a", valid_until=DAY))
    operations.end_shareholding(by=HOUSE, at=LATER, shareholding="jkl-abc-a", valid_until=DAY)
    assert [h.period for h in queries.world().stakes] == [Period(LONG_AGO, DAY)] == [h.period for h in after.stakes]


def test_a_class_is_corrected_and_the_preview_says_the_same():
    hold(60)
    numbers = {"issued": Fraction(80), "votes_each": Fraction(1), "dividend_each": Fraction(1)}
    before = queries.world()
    after = suppose(before, supposing.share_class_corrected(before, share_class="abc-a", **numbers, valid_until=None))
    operations.correct_share_class(by=HOUSE, at=LATER, share_class="abc-a", **numbers)
    assert stakes() == [("jkl-abc-a", Fraction(60, 1080), Fraction(60, 1080))]
    assert after.stakes == queries.world().stakes


def test_a_class_changes_from_a_day_on_and_the_preview_says_the_same():
    hold(60)
    numbers = {"issued": Fraction(80), "votes_each": Fraction(1), "dividend_each": Fraction(1)}
    before = queries.world()
    supposed = supposing.share_class_changed(before, share_class="abc-a", **numbers, valid_from=DAY)
    after = suppose(before, supposed)
    change = {"by": HOUSE, "at": LATER, "name": "A", "valid_from": DAY}
    assert operations.change_share_class(share_class="abc-a", **numbers, **change) == "abc-a-2"
    world = queries.world()
    assert [(h.id, h.votes, h.period) for h in world.stakes] == [
        ("jkl-abc-a", Fraction(600, 2000), Period(LONG_AGO, DAY)),
        (f"jkl-abc-a@{DAY}", Fraction(60, 1080), Period(DAY, None)),
    ]
    assert after.stakes == world.stakes
    assert changed_days(before, world) == (DAY,)
    row = AuditRow.objects.get(act="parties.change_share_class")
    assert row.facts == {
        "company": "abc", "issued": "80", "votes_each": "1", "dividend_each": "1", "valid_from": "2026-06-01",
        "valid_until": "",
    }  # fmt: skip
    assert outbox.announced(SharesChanged)[-1].valid_from == "2026-06-01"
    again = operations.change_share_class(
        share_class="abc-a-2", **numbers | {"issued": Fraction(90)}, **change | {"valid_from": AUGUST, "at": LATEST}
    )
    assert again == "abc-a-3"
    versions = [(each.id, each.version_of, each.issued) for each in queries.world().share_classes if each.id != "abc-b"]
    assert versions == [("abc-a", "", 100), ("abc-a-2", "abc-a", 80), ("abc-a-3", "abc-a", 90)]


def test_a_class_changed_on_its_first_day_was_never_what_we_thought():
    hold(60)
    numbers = {"issued": Fraction(80), "votes_each": Fraction(1), "dividend_each": Fraction(1)}
    before = queries.world()
    after = suppose(before, supposing.share_class_changed(before, share_class="abc-a", **numbers, valid_from=LONG_AGO))
    code = operations.change_share_class(
        by=HOUSE, at=LATER, share_class="abc-a", **numbers, name="A", valid_from=LONG_AGO
    )
    assert code == "abc-a"
    assert stakes() == [("jkl-abc-a", Fraction(60, 1080), Fraction(60, 1080))]
    assert after.stakes == queries.world().stakes
    assert ShareClass.objects.known_at(AT).get(code="abc-a").issued == 100


def test_shares_bought_later_are_held_of_the_class_whichever_version_is_named():
    numbers = {"issued": Fraction(80), "votes_each": Fraction(1), "dividend_each": Fraction(1)}
    operations.change_share_class(by=HOUSE, at=LATER, share_class="abc-a", **numbers, valid_from=DAY)
    code = hold(60, share_class="abc-a-2", at=LATEST)
    assert Shareholding.objects.get(code=code).share_class == "abc-a"
    assert [h.votes for h in queries.world().stakes] == [Fraction(600, 2000), Fraction(60, 1080)]


@pytest.mark.parametrize(
    ("asked", "reason", "where"),
    [
        ({"issued": Fraction(59)}, "shares_over_issued", ""),
        ({"valid_from": date(2014, 1, 1)}, "change_outside_period", "valid_from"),
        ({"name": "x" * 201}, "text_too_long", "name"),
        ({"source": Source(register="gleif")}, "fact_of_other_source", ""),
    ],
)
def test_a_change_of_a_class_that_cannot_be_is_refused(asked, reason, where):
    hold(60)
    said = {"issued": Fraction(80), "votes_each": Fraction(1), "dividend_each": Fraction(1), "valid_from": DAY}
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.change_share_class(by=HOUSE, at=LATER, share_class="abc-a", **said | asked)
    assert refused.value.reason.code == reason
    assert refused.value.where in {where, "shareholdings"}


def test_nobody_changes_a_class_of_a_company_that_is_not_theirs():
    said = {"issued": Fraction(80), "votes_each": Fraction(1), "dividend_each": Fraction(1), "valid_from": DAY}
    nora = given_actor("nora")
    with nothing_written(), pytest.raises(Refused):
        operations.change_share_class(by=nora, at=LATER, share_class="abc-a", **said)
    with nothing_written(), pytest.raises(NotThere):
        operations.change_share_class(by=HOUSE, at=LATER, share_class="abc-z", **said)


def test_what_would_be_recorded_is_supposed_and_turns_the_verdict():
    before = queries.world()
    days = Period(LONG_AGO, None)
    more = supposing.share_class_recorded(
        company="abc", issued=Fraction(10_000), votes_each=Fraction(1), dividend_each=Fraction(1), period=days
    )
    name = next(iter(more.share_classes))
    both = more | supposing.shareholding_recorded(owner="jkl", share_class=name, shares=Fraction(9_000), period=days)
    assert [(turned.inside, turned.outside) for turned in compare(before, suppose(before, both)).companies] == [(1, 0)]
    with pytest.raises(NotThere):
        supposing.shareholding_ended(before, shareholding="nothing", valid_until=DAY)


def test_the_company_itself_holds_treasury_shares_that_vote_for_nobody():
    hold(100, owner="abc")
    hold(501, share_class="abc-b")
    world = queries.world()
    assert [(h.owner, h.votes) for h in world.stakes] == [("abc", Fraction(1, 2)), ("jkl", Fraction(501, 2000))]
    assert classify(supplier="jkl", customer="abc", world=world, on=DAY).verdict is Verdict.INTERNAL


def test_an_owner_may_be_a_person():
    given_person("nora")
    assert hold(1, owner="nora") == "nora-abc-a"
    row = AuditRow.objects.get(act="parties.record_shareholding")
    assert row.facts["owner"] == queries.subject_of("nora")


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"shares": Fraction(101)}, "shares_over_issued", "shareholdings"),
        ({"shares": Fraction(-1)}, "shares_not_issued", "shares"),
        ({"valid_from": None}, "shares_not_issued", "shares"),
        ({"valid_until": LONG_AGO}, "period_backwards", "valid_until"),
        ({"source": Source(register="psc")}, "share_class_of_other_source", "share_class"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(change, code, where):
    asked = {
        "by": HOUSE,
        "at": AT,
        "owner": "jkl",
        "share_class": "abc-a",
        "shares": Fraction(1),
        "valid_from": LONG_AGO,
    }
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.record_shareholding(**asked | change)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_fewer_shares_than_are_held_cannot_be_issued():
    hold(60)
    numbers = {"issued": Fraction(59), "votes_each": Fraction(1), "dividend_each": Fraction(1)}
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.correct_share_class(by=HOUSE, at=LATER, share_class="abc-a", **numbers)
    assert refused.value.reason.code == "shares_over_issued"


def test_administrators_of_one_end_alone_may_not():
    hold(60)
    own = given_actor("own", ("DATA_ADMINISTRATOR", "jkl"))
    numbers = {"issued": Fraction(100), "votes_each": Fraction(1), "dividend_each": Fraction(1)}
    for act in (
        lambda: operations.record_share_class(by=own, at=AT, code="n", company="abc", issued=Fraction(1)),
        lambda: operations.correct_share_class(by=own, at=AT, share_class="abc-a", **numbers),
        lambda: hold(1, by=own),
        lambda: operations.change_shareholding(
            by=own, at=AT, shareholding="jkl-abc-a", shares=Fraction(1), valid_from=LONG_AGO
        ),
        lambda: operations.end_shareholding(by=own, at=AT, shareholding="jkl-abc-a", valid_until=DAY),
    ):
        with nothing_written(), pytest.raises(Refused):
            act()


def test_nobody_corrects_what_another_source_said():
    numbers = {"issued": Fraction(100), "votes_each": Fraction(1), "dividend_each": Fraction(1)}
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.correct_share_class(
            by=HOUSE, at=LATER, share_class="abc-a", **numbers, source=Source(register="psc")
        )
    assert refused.value.reason.code == "fact_of_other_source"
