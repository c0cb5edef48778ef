"""Which source decides: the one trusted most, day by day; what gives way is told, and what agrees is no difference."""

from datetime import date
from fractions import Fraction

import pytest

from inward.core.classification import (
    Band,
    Company,
    ControlRight,
    Holding,
    RightKind,
    ShareClass,
    Shareholding,
    World,
)
from inward.core.terms import ALWAYS, Period
from inward.parties.deciding import OWN, About, Difference, Speaker, Told, decided, key
from inward.parties.vocabulary import SourceRank

PSC = Speaker(SourceRank.SUPPLIED, "psc")
LIST = Speaker(SourceRank.SCRAPED, "weblist")
NEW_YEAR = date(2020, 1, 1)


def held(code, owner, percent, period=ALWAYS, *, band=None, owned="xyz"):
    return Holding(code, owner, owned, Fraction(percent, 100), period, votes_band=band)


def band(low, high, **more):
    return Band(Fraction(low, 100), Fraction(high, 100), **more)


def told(*said, **more):
    """Facts with the source of each; those of the house stand alone."""
    facts = {"holdings": [], "share_classes": [], "shareholdings": [], "control_rights": []}
    speakers = {}
    for each in said:
        fact, speaker = each if isinstance(each, tuple) else (each, OWN)
        facts[key(fact)[0]].append(fact)
        if speaker != OWN:
            speakers[key(fact)] = speaker
    return decided(Told(**facts, speakers=speakers, **more))


def names(facts):
    return [(fact.id, fact.period.start, fact.period.until) for fact in facts]


def test_with_one_source_everything_is_as_it_was_said():
    mine = held("h-1", "jkl", 60)
    found = told(mine)
    assert found.holdings == (mine,)
    assert found.holdings[0] is mine
    assert found.differences == ()


def test_the_example_of_the_page():
    found = told(
        held("own", "jkl", 60),
        (held("psc", "jkl", 75, Period(NEW_YEAR, None), band=band(75, 100)), PSC),
        (held("list-f", "fjord", 30), LIST),
        (held("list-n", "nora", 20), LIST),
    )
    assert names(found.holdings) == [("own", None, None), ("list-f", None, None)]
    assert set(found.differences) == {
        Difference(About.SHARE, "xyz", Period(NEW_YEAR, None), (("holdings", "own"),), (("holdings", "psc"),)),
        Difference(
            About.WHOLE, "xyz", ALWAYS, (("holdings", "own"), ("holdings", "list-f")), (("holdings", "list-n"),)
        ),
    }
    World.of(companies=[Company(code) for code in ("xyz", "jkl", "fjord", "nora")], holdings=found.holdings)


@pytest.mark.parametrize(
    ("other", "agrees"),
    [
        (band(50, 75), True),
        (band(25, 60), True),
        (band(25, 60, high_open=True), False),
        (band(60, 75, low_open=True), False),
        (band(60, 60), True),
        (band(61, 75), False),
    ],
)
def test_a_band_agrees_where_some_share_lies_in_both(other, agrees):
    found = told(held("own", "jkl", 60), (held("psc", "jkl", other.low * 100, band=other), PSC))
    assert names(found.holdings) == [("own", None, None)]
    assert (found.differences == ()) is agrees


def test_where_the_higher_falls_silent_the_lower_speaks():
    found = told(
        held("own", "jkl", 60, Period(date(2018, 1, 1), NEW_YEAR)),
        (held("psc", "jkl", 60), PSC),
    )
    assert names(found.holdings) == [
        ("own", date(2018, 1, 1), NEW_YEAR),
        ("psc", None, date(2018, 1, 1)),
        ("psc@2020-01-01", NEW_YEAR, None),
    ]
    assert found.differences == ()


def test_days_of_another_change_do_not_part_a_fact():
    found = told(
        held("own", "nora", 10, Period(NEW_YEAR, None)),
        (held("psc", "jkl", 60), PSC),
    )
    assert names(found.holdings) == [("own", NEW_YEAR, None), ("psc", None, None)]


def test_two_holdings_of_one_owner_by_one_source_are_one_share():
    found = told(held("a", "jkl", 30), held("b", "jkl", 30), (held("psc", "jkl", 60), PSC))
    assert [fact.id for fact in found.holdings] == ["a", "b"]
    assert found.differences == ()


def test_of_two_sources_of_one_rank_the_house_goes_first_then_the_alphabet():
    bods, same = Speaker(SourceRank.OWN_REGISTER, "bods"), Speaker(SourceRank.OWN_REGISTER, "acme")
    found = told((held("b", "jkl", 70), bods), (held("a", "jkl", 80), same))
    assert [fact.id for fact in found.holdings] == ["a"]
    found = told((held("b", "jkl", 70), bods), (held("a", "jkl", 80), same), held("own", "jkl", 60))
    assert [fact.id for fact in found.holdings] == ["own"]
    assert len(found.differences) == 2


def test_a_company_of_which_one_source_speaks_is_left_as_it_is():
    found = told(held("own", "jkl", 60), (held("psc", "jkl", 75, owned="abc"), PSC))
    assert [fact.id for fact in found.holdings] == ["own", "psc"]


class TestClasses:
    A = ShareClass("a", "xyz", Fraction(100))
    OTHER = ShareClass("psc:a", "xyz", Fraction(200))
    SAME = ShareClass("psc:a", "xyz", Fraction(100), name="Ordinary")

    def test_the_classes_of_a_company_come_from_one_source_and_the_shares_of_others_give_way(self):
        found = told(
            self.A,
            (self.OTHER, PSC),
            Shareholding("s", "jkl", "a", Fraction(60)),
            (Shareholding("p", "fjord", "psc:a", Fraction(150)), PSC),
        )
        assert [each.id for each in found.share_classes] == ["a"]
        assert [each.id for each in found.shareholdings] == ["s"]
        assert found.differences == (
            Difference(About.CLASSES, "xyz", ALWAYS, (("share_classes", "a"),), (("share_classes", "psc:a"),)),
        )

    def test_the_same_classes_under_another_name_are_no_difference(self):
        assert told(self.A, (self.SAME, PSC)).differences == ()

    def test_shares_counted_and_shares_in_percent_are_weighed_together(self):
        found = told(self.A, Shareholding("s", "jkl", "a", Fraction(60)), (held("s", "jkl", 40), PSC))
        assert (found.holdings, [each.id for each in found.shareholdings]) == ((), ["s"])
        assert found.differences == (
            Difference(About.SHARE, "xyz", ALWAYS, (("shareholdings", "s"),), (("holdings", "s"),)),
        )

    def test_counted_shares_give_way_to_a_percent_that_is_trusted_more(self):
        found = told(
            held("own", "jkl", 60, Period(NEW_YEAR, None)),
            (self.OTHER, PSC),
            (Shareholding("p", "jkl", "psc:a", Fraction(120)), PSC),
        )
        assert names(found.shareholdings) == [("p", None, NEW_YEAR)]
        assert [each.id for each in found.share_classes] == ["psc:a"]
        assert found.differences == ()


class TestRights:
    def right(self, code, kind, holder, period=ALWAYS, **more):
        return ControlRight(code, "xyz", kind, holder, period, **more)

    def test_one_source_answers_who_the_closest_parent_is(self):
        gleif = Speaker(SourceRank.CORROBORATED, "gleif")
        found = told(
            self.right("own", RightKind.CONSOLIDATION, "jkl", Period(NEW_YEAR, None)),
            (self.right("g", RightKind.UNKNOWN_PARENT, None), gleif),
            (self.right("p", RightKind.TOP, None), PSC),
        )
        assert names(found.control_rights) == [("own", NEW_YEAR, None), ("g", None, NEW_YEAR)]
        way = {(each.period.start, each.decides[0][1], each.gives_way[0][1]) for each in found.differences}
        assert way == {(NEW_YEAR, "own", "g"), (None, "g", "p"), (NEW_YEAR, "own", "p")}

    def test_the_same_answer_is_no_difference(self):
        found = told(
            self.right("own", RightKind.BRANCH, "jkl"),
            (self.right("p", RightKind.BRANCH, "jkl"), PSC),
        )
        assert [right.id for right in found.control_rights] == ["own"]
        assert found.differences == ()

    def test_powers_that_may_stand_beside_each_other_do(self):
        found = told(
            self.right("own", RightKind.JOINT_CONTROL, "jkl", agreement="deal"),
            (self.right("p", RightKind.JOINT_CONTROL, "fjord", agreement="deal"), PSC),
        )
        assert [right.id for right in found.control_rights] == ["own", "p"]
