"""What a source says comes in at once, the same again changes nothing, and nobody corrects another's word."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, given_actor, given_company, given_holding, given_person, nothing_written

from inward.core.classification import Band, CompanyKind, RightKind, Verdict, classify
from inward.core.terms import ALWAYS, Period, Refusal
from inward.kit import outbox
from inward.kit.models import AuditRow
from inward.kit.policy import Refused
from inward.kit.undoing import Journal
from inward.parties import operations, queries
from inward.parties.announcements import OwnershipRecorded
from inward.parties.deciding import About
from inward.parties.models import ControlRight, Holding
from inward.parties.operations import Source, WithdrawnRow
from inward.parties.vocabulary import SourceRank
from inward.parties.worldfiles import (
    CompanyRow,
    HoldingRow,
    PersonRow,
    Place,
    RightRow,
    ShareClassRow,
    ShareholdingRow,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
ON = date(2026, 5, 1)
HERE = Place("gleif.xml", 7)
GLEIF = Source("GLEIF, 1 May", register="gleif", rank=SourceRank.CORROBORATED)


def share(code, owner, owned, votes, period=ALWAYS):
    return HoldingRow(HERE, f"gleif:{code}", owner, owned, votes, None, period, "")


def right(code, target, kind, holder=None, **more):
    asked = {"agreement": "", "over": None, "period": ALWAYS, "source": ""} | more
    return RightRow(HERE, f"gleif:{code}", target, kind, holder, **asked)


def recorded(*rows, **more):
    return operations.record_ownership(**{"by": HOUSE, "at": AT, "source": GLEIF, "rows": rows} | more)


@pytest.fixture(autouse=True)
def _companies():
    for code in ("jkl", "abc", "xyz"):
        given_company(code)


EVERYTHING = (
    CompanyRow(HERE, "fund-1", "Fund One", "", "LU", "EUR", "EUR", "UTC", "", CompanyKind.FUND),
    PersonRow(HERE, "p-1", "Somebody Invented", None),
    share("1", "jkl", "abc", Band(Fraction(1, 2), Fraction(3, 4), low_open=True)),
    share("2", "abc", "abc", Fraction(1, 10)),
    ShareClassRow(HERE, "gleif:a", "xyz", "A", Fraction(100), Fraction(1), Fraction(1), ALWAYS, ""),
    ShareholdingRow(HERE, "gleif:s", "p-1", "gleif:a", Fraction(40), ALWAYS, ""),
    right("r", "xyz", RightKind.CONSOLIDATION, "jkl"),
    right("f", "fund-1", RightKind.FUND_MANAGER, "abc"),
)


def test_everything_a_source_says_stands_in_the_world_and_is_told_once():
    done = recorded(*EVERYTHING)
    assert (done.report.read, done.report.good, done.report.problems) == (8, 8, ())
    assert (done.added, done.changed, done.unchanged, done.written) == (9, 0, 0, True)
    world = queries.world()
    assert (world.company["fund-1"].kind, world.company["fund-1"].country) == (CompanyKind.FUND, "LU")
    assert {h.id: h.votes_band for h in world.holdings if h.id.startswith("gleif:")} == {
        "gleif:1": Band(Fraction(1, 2), Fraction(3, 4), low_open=True),
        "gleif:2": None,
    }
    assert [(s.id, s.owner, s.shares) for s in world.shareholdings] == [("gleif:s", "p-1", Fraction(40))]
    assert {r.id: r.kind for r in world.control_rights} == {
        "gleif:r": RightKind.CONSOLIDATION,
        "gleif:f": RightKind.FUND_MANAGER,
    }
    assert Holding.objects.get(code="gleif:1").rank == "CORROBORATED"
    assert [(told.register, told.rows) for told in outbox.announced(OwnershipRecorded)] == [("gleif", 9)]
    row = AuditRow.objects.get(act="parties.record_ownership")
    assert row.facts == {"rank": "CORROBORATED", "added": 9, "changed": 0, "refused": 0, "source": "GLEIF, 1 May"}
    assert classify(supplier="jkl", customer="abc", world=world, on=ON).verdict is Verdict.INTERNAL


def test_the_same_again_changes_nothing():
    recorded(*EVERYTHING)
    with nothing_written():
        done = recorded(*EVERYTHING, at=LATER, source=Source("GLEIF, 2 May", register="gleif", rank=GLEIF.rank))
    assert (done.added, done.changed, done.unchanged) == (0, 0, 9)


def test_what_the_source_says_otherwise_corrects_its_own_word_and_the_old_one_stays_known():
    recorded(share("1", "jkl", "abc", Fraction(3, 5)))
    done = recorded(share("1", "jkl", "abc", Fraction(2, 5)), at=LATER)
    assert (done.added, done.changed) == (0, 1)
    assert [h.votes for h in queries.world().holdings] == [Fraction(2, 5)]
    assert [h.votes for h in queries.world(known_at=AT).holdings] == [Fraction(3, 5)]


def test_what_is_withdrawn_is_believed_no_more_but_not_what_another_said():
    given_holding("jkl", "xyz", 60)
    recorded(share("1", "jkl", "abc", Fraction(3, 5)), right("r", "xyz", RightKind.TOP))
    done = recorded(
        WithdrawnRow(HERE, "holdings", "gleif:1"),
        WithdrawnRow(HERE, "control_rights", "gleif:r"),
        WithdrawnRow(HERE, "holdings", "jkl-xyz"),
        at=LATER,
    )
    assert (done.added, done.changed) == (0, 2)
    assert [h.id for h in queries.world().holdings] == ["jkl-xyz"]
    assert queries.world().control_rights == ()
    assert ControlRight.objects.get().known_until == LATER


def test_a_dry_run_tells_and_writes_nothing():
    recorded(share("1", "jkl", "abc", Fraction(3, 5)))
    with nothing_written():
        done = recorded(WithdrawnRow(HERE, "holdings", "gleif:1"), *EVERYTHING[:2], at=LATER, dry_run=True)
    assert (done.added, done.changed, done.written) == (3, 1, False)


def test_the_house_decides_over_the_source_and_the_difference_is_there():
    given_holding("jkl", "abc", 60, valid_from=None)
    recorded(share("1", "jkl", "abc", Fraction(3, 4)))
    assert [(h.id, h.votes) for h in queries.world().holdings] == [("jkl-abc", Fraction(3, 5))]
    (found,) = queries.differences()
    assert (found.about, found.company) == (About.SHARE, "abc")
    assert (found.decides, found.gives_way) == ((("holdings", "jkl-abc"),), (("holdings", "gleif:1"),))


def test_a_difference_stays_told_when_only_people_changed():
    given_holding("jkl", "abc", 60, valid_from=None)
    recorded(share("1", "jkl", "abc", Fraction(3, 4)))
    queries.world()
    given_person("maya-lund")
    assert len(queries.differences()) == 1


def test_nobody_corrects_the_word_of_another():
    given_holding("jkl", "abc", 60, valid_from=None)
    row = HoldingRow(HERE, "jkl-abc", "jkl", "abc", Fraction(1, 5), None, ALWAYS, "")
    done = recorded(row)
    assert [(p.column, p.code) for p in done.report.problems] == [("id", "fact_of_other_source")]
    assert [h.votes for h in queries.world().holdings] == [Fraction(3, 5)]
    recorded(share("1", "jkl", "xyz", Fraction(3, 5)))
    for act in (
        lambda: operations.change_holding(by=HOUSE, at=LATER, holding="gleif:1", votes=Fraction(1, 5), valid_from=None),
        lambda: operations.end_holding(by=HOUSE, at=LATER, holding="gleif:1", valid_until=date(2026, 1, 1)),
    ):
        with nothing_written(), pytest.raises(Refusal) as refused:
            act()
        assert refused.value.reason.code == "fact_of_other_source"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (share("x", "nobody", "abc", Fraction(1, 5)), "owner", "id_unknown"),
        (ShareClassRow(HERE, "c", "nobody", "", Fraction(1), Fraction(1), Fraction(1), ALWAYS, ""), "company", "id_unknown"),
        (ShareholdingRow(HERE, "s", "nobody", "a", Fraction(1), ALWAYS, ""), "owner", "id_unknown"),
        (ShareholdingRow(HERE, "s", "jkl", "no-class", Fraction(1), ALWAYS, ""), "share_class", "id_unknown"),
        (ShareholdingRow(HERE, "s", "jkl", "own-a", Fraction(1), ALWAYS, ""), "share_class", "share_class_of_other_source"),
        (ShareholdingRow(HERE, "s", "jkl", "gleif:a", Fraction(61), ALWAYS, ""), "shares", "shares_not_issued"),
        (
            ShareholdingRow(HERE, "s", "jkl", "gleif:a", Fraction(61), Period(LONG_AGO, None), ""),
            "shares",
            "shares_over_issued",
        ),
        (right("x", "xyz", RightKind.CONTRACT), "holder", "field_missing"),
        (right("x", "xyz", RightKind.CONTRACT, "xyz"), "holder", "right_over_itself"),
        (right("x", "xyz", RightKind.TOP, "jkl"), "holder", "right_over_itself"),
        (right("x", "nobody", RightKind.TOP), "target", "id_unknown"),
        (right("x", "xyz", RightKind.NOMINATOR, "jkl", over="nobody"), "over", "id_unknown"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_place_and_the_rest_comes_in(row, column, code):
    own = ShareClassRow(HERE, "own-a", "abc", "", Fraction(9), Fraction(1), Fraction(1), ALWAYS, "")
    operations.record_ownership(by=HOUSE, at=AT, source=Source(register="other"), rows=[own])
    days = Period(LONG_AGO, None)
    recorded(
        ShareClassRow(HERE, "gleif:a", "xyz", "A", Fraction(100), Fraction(1), Fraction(1), days, ""),
        ShareholdingRow(HERE, "gleif:s", "abc", "gleif:a", Fraction(40), days, ""),
    )
    done = recorded(row, share("good", "jkl", "abc", Fraction(3, 5)), at=LATER)
    assert [(p.file, p.line, p.column, p.code) for p in done.report.problems] == [("gleif.xml", 7, column, code)]
    assert "gleif:good" in {h.id for h in queries.world().holdings}


def test_more_than_the_whole_by_one_source_is_refused_and_by_two_gives_way():
    done = recorded(share("1", "jkl", "abc", Fraction(3, 5)), share("2", "xyz", "abc", Fraction(3, 5)))
    assert [p.code for p in done.report.problems] == ["holdings_over_whole"]
    given_holding("xyz", "abc", 60, valid_from=None)
    assert [h.id for h in queries.world().holdings] == ["xyz-abc"]
    assert [each.about for each in queries.differences()] == [About.WHOLE]


@pytest.mark.parametrize(("register", "code"), [("", "field_missing"), ("No Code", "register_not_usable")])
def test_a_source_has_a_code(register, code):
    with nothing_written(), pytest.raises(Refusal) as refused:
        recorded(*EVERYTHING, source=Source(register=register))
    assert (refused.value.reason.code, refused.value.where) == (code, "register")


def test_only_administrators_of_everything_bring_in_a_source():
    admin = given_actor("admin", ("DATA_ADMINISTRATOR", "abc"))
    with nothing_written(), pytest.raises(Refused):
        recorded(*EVERYTHING, by=admin)


def test_the_journal_has_every_row():
    recorded(share("1", "jkl", "abc", Fraction(3, 5)))
    journal = Journal()
    recorded(WithdrawnRow(HERE, "holdings", "gleif:1"), right("r", "xyz", RightKind.TOP), at=LATER, journal=journal)
    assert [(table, act) for table, _, act, _ in journal.entries] == [
        ("parties.ControlRight", "ADDED"),
        ("parties.Holding", "CLOSED"),
    ]
