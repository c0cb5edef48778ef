"""Mergers, splits, new names and reorganisations: one act from a day on, with one trail, taken back while nothing leans on it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    given_actor,
    given_company,
    given_employee,
    given_holding,
    given_person,
    given_unit,
    given_work,
    nothing_written,
)

from inward.core.classification import RightKind, WorkKind, WorkState, classify
from inward.core.terms import Money, Period, Refusal
from inward.kit import outbox
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import graph, leading, operations, queries, veil
from inward.parties.announcements import PartyRenamed, ReorganisationUndone, Reorganised
from inward.parties.models import ChangeEvent, ChangePart, Holding, StateOfWork, UnitPlacement, WorkRelationship
from inward.parties.operations import Source
from inward.parties.reorganising import Reorganisation, planned
from inward.parties.vocabulary import EventKind, Post, Power

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 16)
"""In the middle of a quarter."""
BEFORE, LATER = DAY - timedelta(days=1), AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _organisation():
    for code in ("jkl", "abc", "xyz"):
        given_company(code)
    given_holding("jkl", "abc", 80)
    given_holding("abc", "xyz", 60)
    for code, parent in (("north", None), ("north-1", "north"), ("north-1a", "north-1"), ("south", None)):
        given_unit(code, "abc", parent=parent)
    given_unit("lab", "xyz")
    given_employee("anna", "abc", unit="north")
    given_employee("bo", "abc", unit="north-1")
    given_employee("cleo", "abc", unit="south")


def merged(source="north", target="south", by=HOUSE):
    asked = Reorganisation(EventKind.MERGER, DAY, source=source, target=target)
    return operations.reorganise(by=by, at=AT, asked=asked, source=Source("Resolution 7"))


def undone(event, by=HOUSE):
    operations.undo_reorganisation(by=by, at=LATER, event=event)


def unit_of(person, on=DAY):
    return [(work.company, work.unit) for work in queries.work_of(person, on=on)]


def states_of(person):
    rows = StateOfWork.objects.current().filter(person__code=person).select_related("company")
    return {(row.company.code, WorkState(row.state), row.period) for row in rows}


def refused(asked, code, where=None):
    with nothing_written(), pytest.raises(Refusal) as found:
        operations.reorganise(by=HOUSE, at=AT, asked=asked)
    assert found.value.reason.code == code
    assert where is None or found.value.where == where


class TestUnitsMerge:
    def test_its_people_and_teams_go_over_on_the_day_and_it_closes(self):
        given_person("dan")
        given_work("dan", "abc", unit="north", cost_centre="north", valid_from=date(2027, 1, 1))
        merged()
        assert (unit_of("anna", BEFORE), unit_of("anna")) == ([("abc", "north")], [("abc", "south")])
        assert unit_of("dan", date(2027, 1, 1)) == [("abc", "south")]
        assert WorkRelationship.objects.current().get(person__code="dan").cost_centre.code == "south"
        assert unit_of("bo") == [("abc", "north-1")]
        assert queries.unit_path("north-1a", on=DAY) == ("north-1a", "north-1", "south", "abc")
        assert queries.unit_path("north-1a", on=BEFORE) == ("north-1a", "north-1", "north", "abc")
        with pytest.raises(NotThere):
            queries.company_of("north", on=DAY)

    def test_who_led_it_leads_it_until_the_day_before(self):
        operations.name_head(by=HOUSE, at=AT, place="north", person="anna", valid_from=LONG_AGO)
        operations.name_deputy(by=HOUSE, at=AT, place="north", person="bo", powers=[Power.PEOPLE], valid_from=LONG_AGO)
        operations.set_spending_limit(
            by=HOUSE, at=AT, place="north", post=Post.HEAD, limit=Money.of("9", "EUR"), valid_from=None
        )
        event = merged()
        here = leading.graph()
        assert (graph.head_of(here, "north", BEFORE), graph.head_of(here, "north", DAY)) == ("anna", None)
        assert [each.period.until for each in (*here.deputies["north"], *here.limits["north", Post.HEAD])] == [DAY, DAY]
        undone(event)
        assert graph.head_of(leading.graph(), "north", DAY) == "anna"

    def test_it_is_one_act_with_one_trail(self):
        event = merged()
        (row,) = AuditRow.objects.filter(act="parties.reorganise")
        assert (row.thing, row.facts["from"], row.facts["into"]) == (f"change {event}", "north", "south")
        assert (row.facts["units"], row.facts["people"], row.facts["source"]) == (2, 1, "Resolution 7")
        assert [(t.event, t.kind, t.valid_from) for t in outbox.announced(Reorganised)] == [
            (event, "MERGER", DAY.isoformat())
        ]
        (part,) = ChangePart.objects.all()
        assert (part.party.code, part.other.code) == ("north", "south")

    def test_what_was_decided_before_it_stays_as_it_was_known(self):
        before = classify(supplier="abc", customer="anna", world=queries.world(), on=BEFORE)
        merged()
        after = classify(supplier="abc", customer="anna", world=queries.world(), on=BEFORE)
        assert (after.verdict, after.kind) == (before.verdict, before.kind)

    def test_what_cannot_be_is_refused_and_nothing_written(self):
        def merger(source, target, day=DAY):
            return Reorganisation(EventKind.MERGER, day, source=source, target=target)

        refused(merger("north", "north"), "merged_into_itself", "target")
        refused(merger("north", "north-1a"), "merged_into_part", "target")
        refused(merger("north", "abc"), "merged_unlike", "target")
        refused(merger("north", "lab"), "merged_across_companies", "target")
        refused(merger("north", "south", date(2014, 1, 1)), "unit_not_open", "source")
        for asked in (merger("north", "nowhere"), merger("anna", "south")):
            with nothing_written(), pytest.raises(NotThere):
                operations.reorganise(by=HOUSE, at=AT, asked=asked)

    def test_only_administrators_of_all_companies_it_touches_enter_and_undo_it(self):
        other = given_actor("other", ("DATA_ADMINISTRATOR", "xyz"))
        with nothing_written(), pytest.raises(Refused):
            merged(by=other)
        event = merged(by=given_actor("own", ("DATA_ADMINISTRATOR", "abc")))
        with nothing_written(), pytest.raises(Refused):
            undone(event, by=other)


class TestCompaniesMerge:
    def test_units_people_and_what_it_owned_go_over_and_shares_in_it_end(self):
        given_company("new")
        merged("abc", "new")
        assert queries.company_of("north-1a", on=DAY) == "new"
        assert queries.company_of("north-1a", on=BEFORE) == "abc"
        assert (unit_of("anna", BEFORE), unit_of("anna")) == ([("abc", "north")], [("new", "north")])
        held = [(h.owner, h.owned) for h in queries.world().holdings if DAY in h.period]
        assert held == [("new", "xyz")]
        assert sorted((h.owner, h.owned) for h in queries.world().holdings if BEFORE in h.period) == [
            ("abc", "xyz"),
            ("jkl", "abc"),
        ]

    def test_a_code_that_another_fact_has_or_had_is_not_given_to_what_goes_over(self):
        for code in ("foo", "bar"):
            given_company(code)
        given_holding("abc", "foo", 60, code="x")
        given_holding("xyz", "bar", 60, code="x-2")
        operations.end_holding(by=HOUSE, at=AT, holding=given_holding("xyz", "foo", 10, code="x-3"), valid_until=BEFORE)
        for number in range(4, 9):
            given_holding("xyz", "foo", 1, code=f"x-{number}")
        given_person("dan")
        given_work("anna", "xyz", code="w")
        given_work("dan", "xyz", code="w-2")
        merged("abc", "jkl")
        merged("xyz", "jkl")
        owners = dict(Holding.objects.current().filter(code__startswith="x-").values_list("code", "owner__code"))
        assert (owners["x-2"], owners["x-9"], owners["x-2-2"]) == ("xyz", "jkl", "jkl")
        works = WorkRelationship.objects.current().filter(code__startswith="w").order_by("code")
        assert [(work.code, work.person.code, work.company.code) for work in works] == [
            ("w", "anna", "xyz"), ("w-2", "dan", "xyz"), ("w-2-2", "dan", "jkl"), ("w-3", "anna", "jkl"),
        ]  # fmt: skip

    def test_of_a_company_merged_into_its_owner_the_share_is_gone(self):
        merged("abc", "jkl")
        assert [(h.owner, h.owned) for h in queries.world().holdings if DAY in h.period] == [("jkl", "xyz")]

    def test_who_is_in_unpaid_leave_is_so_at_the_company_into_which_hers_goes(self):
        given_work("cleo", "xyz", valid_from=LONG_AGO)
        back = date(2027, 3, 1)
        for person, company, state, since, until in (
            ("anna", "abc", WorkState.UNPAID_LEAVE, BEFORE, back),
            ("bo", "abc", WorkState.PROBATION, LONG_AGO, BEFORE),
            ("cleo", "abc", WorkState.NOTICE, BEFORE, None),
            ("cleo", "xyz", WorkState.NOTICE, LONG_AGO, None),
        ):
            operations.note_work_state(
                by=HOUSE, at=AT, person=person, company=company, state=state, valid_from=since, valid_until=until
            )
        before = {person: states_of(person) for person in ("anna", "bo", "cleo")}
        event = merged("abc", "xyz")
        leave = WorkState.UNPAID_LEAVE
        assert states_of("anna") == {
            ("abc", leave, Period(BEFORE, DAY)), ("xyz", leave, Period(DAY, back)),
        }  # fmt: skip
        assert states_of("bo") == before["bo"]
        assert states_of("cleo") == {
            ("abc", WorkState.NOTICE, Period(BEFORE, DAY)), ("xyz", WorkState.NOTICE, Period(LONG_AGO)),
        }  # fmt: skip
        (work,) = queries.work_of("anna", on=DAY)
        assert (work.company, [state for state, days in work.states if DAY in days]) == ("xyz", [leave])
        undone(event)
        assert {person: states_of(person) for person in before} == before

    def test_what_outside_sources_say_is_counted_and_stays(self):
        given_company("new")
        gleif = Source(register="gleif")
        operations.record_right(by=HOUSE, at=AT, target="abc", kind=RightKind.CONTRACT, holder="jkl", source=gleif)
        given_holding("abc", "jkl", 5, source=gleif, code="gleif-1")
        asked = Reorganisation(EventKind.MERGER, DAY, source="abc", target="new")
        plan = planned(queries.world(), asked, others=queries.told_by_others("abc"))
        assert (plan.left, [held.id for held in plan.owned], plan.ended) == (2, ["abc-xyz"], (("holdings", "jkl-abc"),))
        merged("abc", "new")
        assert Holding.objects.current().get(code="gleif-1").owner.code == "abc"
        assert queries.told_by_others("nobody") == frozenset()

    def test_shares_by_class_and_powers_go_over_and_those_in_and_over_it_end(self):
        given_company("new")
        by = {"by": HOUSE, "at": AT}
        for company in ("abc", "xyz"):
            operations.record_share_class(**by, code=f"{company}-a", company=company, issued=Fraction(100))
        operations.record_shareholding(**by, owner="abc", share_class="xyz-a", shares=Fraction(10), valid_from=LONG_AGO)
        operations.record_shareholding(**by, owner="jkl", share_class="abc-a", shares=Fraction(10))
        right = operations.record_right
        right(**by, target="xyz", kind=RightKind.BOARD_MAJORITY, holder="abc", valid_from=DAY)
        right(**by, target="xyz", kind=RightKind.CONTRACT, holder="abc")
        right(**by, target="xyz", kind=RightKind.CONTRACT, holder="new")
        right(**by, target="new", kind=RightKind.DE_FACTO, holder="abc")
        right(**by, target="abc", kind=RightKind.DE_FACTO, holder="jkl")
        right(**by, target="xyz", kind=RightKind.LAW, holder="abc", valid_until=BEFORE)
        before = owned_and_ruled()
        event = merged("abc", "new")
        assert owned_and_ruled() == {
            "classes": [("xyz-a", "xyz")],
            "shares": [("abc-xyz-a-2", "new", "xyz-a")],
            "rights": [("new", "xyz", "BOARD_MAJORITY"), ("new", "xyz", "CONTRACT")],
        }
        world = queries.world()
        assert [(s.owner, s.share_class) for s in world.shareholdings if BEFORE in s.period] == [
            ("abc", "xyz-a"),
            ("jkl", "abc-a"),
        ]
        undone(event)
        assert owned_and_ruled() == before

    def test_taken_back_everything_is_known_again_as_it_was(self):
        def facts():
            here = queries.world()
            return here.units, here.work_relationships, here.holdings

        before = facts()
        event = merged("abc", "jkl")
        assert facts() != before
        undone(event)
        assert facts() == before
        assert [t.event for t in outbox.announced(ReorganisationUndone)] == [event]
        with nothing_written(), pytest.raises(Refusal) as again:
            undone(event)
        assert again.value.reason.code == "event_undone_already"

    def test_shares_sold_since_that_come_back_beside_new_ones_are_refused(self):
        event = merged("abc", "jkl")
        given_holding("xyz", "abc", 30, valid_from=DAY)
        with nothing_written(), pytest.raises(Refusal) as found:
            undone(event)
        assert found.value.reason.code == "holdings_over_whole"


def owned_and_ruled():
    """What is known now of classes, shares by class and powers on the day of the event."""
    world = queries.world()
    return {
        "classes": [(each.id, each.company) for each in world.share_classes if DAY in each.period],
        "shares": [(each.id, each.owner, each.share_class) for each in world.shareholdings if DAY in each.period],
        "rights": sorted((r.holder, r.target, r.kind.value) for r in world.control_rights if DAY in r.period),
    }


def split(moves=("anna", "north-1"), code="west", day=DAY):
    return Reorganisation(
        EventKind.SPLIT, day, source="north", code=code, name="West", moves=tuple((who, "") for who in moves)
    )


def entered(asked, by=HOUSE):
    return operations.reorganise(by=by, at=AT, asked=asked)


class TestSplit:
    def test_a_part_becomes_a_unit_beside_it_and_the_rest_stays(self):
        given_employee("eva", "abc", unit="north")
        entered(split())
        assert queries.unit_path("west", on=DAY) == ("west", "abc")
        assert queries.unit_path("north-1", on=DAY) == ("north-1", "west", "abc")
        assert (unit_of("anna"), unit_of("eva")) == ([("abc", "west")], [("abc", "north")])

    def test_it_is_taken_back_with_the_unit_it_opened(self):
        event = entered(split())
        undone(event)
        assert "west" not in queries.world().unit
        assert unit_of("anna") == [("abc", "north")]
        assert not ChangePart.objects.exists()

    def test_what_cannot_be_is_refused(self):
        refused(split(()), "split_moves_nobody", "moves")
        refused(split(("cleo",)), "not_part_of_it", "moves")
        refused(split(code="south"), "id_twice", "code")
        with nothing_written(), pytest.raises(NotThere):
            entered(split(("nobody",)))
        with nothing_written(), pytest.raises(NotThere):
            entered(Reorganisation(EventKind.SPLIT, DAY, source="nowhere"))

    def test_once_somebody_works_in_the_new_unit_it_stays(self):
        event = entered(split())
        given_employee("eva", "abc", unit="west", valid_from=DAY)
        with nothing_written(), pytest.raises(Refusal) as found:
            undone(event)
        assert found.value.reason.code == "event_in_use"

    def test_once_something_it_made_was_changed_it_stays(self):
        event = merged()
        code = WorkRelationship.objects.current().get(person__code="anna", valid_until=None).code
        operations.end_work(by=HOUSE, at=LATER, work=code, valid_until=date(2027, 1, 1))
        with nothing_written(), pytest.raises(Refusal) as found:
            undone(event)
        assert found.value.reason.code == "event_changed_since"


class TestNewName:
    def asked(self, name="North and West", source="north", day=DAY):
        return Reorganisation(EventKind.RENAME, day, source=source, name=name)

    def test_it_is_called_so_and_the_event_keeps_both_names(self):
        event = entered(self.asked())
        assert queries.name_of("north") == "North and West"
        found = ChangeEvent.objects.get(pk=event)
        assert (found.before, found.after) == ("North", "North and West")
        assert len(list(outbox.announced(PartyRenamed))) == 1
        undone(event)
        assert queries.name_of("north") == "North"

    def test_a_company_is_renamed_too_and_a_person_not_here(self):
        entered(self.asked("ABC Stores", "abc"))
        assert queries.name_of("abc") == "ABC Stores"
        with nothing_written(), pytest.raises(NotThere):
            entered(self.asked("Anna B.", "anna"))

    def test_the_days_before_keep_their_name_and_taken_back_it_has_one_again(self):
        event = entered(self.asked())
        assert [queries.name_on("north", day) for day in (DAY - timedelta(days=1), DAY)] == ["North", "North and West"]
        undone(event)
        assert [queries.name_on("north", day) for day in (DAY - timedelta(days=1), DAY)] == ["North", "North"]

    def test_for_a_day_to_come_it_is_called_so_then_and_taken_back_after_it_has_its_old_name(self):
        day = AT.date() + timedelta(days=30)
        event = entered(self.asked(day=day))
        assert (queries.name_of("north"), queries.name_on("north", day)) == ("North", "North and West")
        assert not list(outbox.announced(PartyRenamed))
        then = AT + timedelta(days=31)
        assert operations.take_name(by=HOUSE, at=then, party=queries.keys()["north"])
        operations.undo_reorganisation(by=HOUSE, at=then, event=event)
        assert queries.name_of("north") == "North"

    def test_not_without_a_name_and_not_the_same(self):
        refused(self.asked(" "), "name_not_usable", "name")
        refused(self.asked("North"), "event_changes_nothing")

    def test_renamed_again_since_it_is_not_taken_back(self):
        event = entered(self.asked())
        operations.rename_party(by=HOUSE, at=LATER, party="north", name="Norden")
        with nothing_written(), pytest.raises(Refusal) as found:
            undone(event)
        assert found.value.reason.code == "event_changed_since"


class TestReorganisation:
    def asked(self, *moves, day=DAY):
        return Reorganisation(EventKind.REORGANISATION, day, moves=moves)

    def test_units_and_people_go_where_they_are_told_together(self):
        entered(self.asked(("north-1", "south"), ("south", "abc"), ("cleo", "north-1a")))
        assert queries.unit_path("north-1a", on=DAY) == ("north-1a", "north-1", "south", "abc")
        assert unit_of("cleo") == [("abc", "north-1a")]
        assert sorted(ChangePart.objects.values_list("party__code", "other__code")) == [
            ("north-1", "south"),
            ("north-1a", None),
            ("south", "abc"),
        ]

    def test_a_unit_may_go_to_another_company_with_all_that_is_below_it_or_not_at_all(self):
        entered(self.asked(("south", "xyz")))
        assert queries.company_of("south", on=DAY) == "xyz"
        refused(self.asked(("north", "xyz")), "unit_parent_of_other_company")

    def test_what_cannot_be_is_refused(self):
        refused(self.asked(), "event_changes_nothing", "moves")
        refused(self.asked(("north", "north-1a")), "units_in_circle")
        refused(self.asked(("anna", "abc")), "merged_unlike", "moves")
        refused(self.asked(("anna", "lab")), "not_part_of_it", "moves")
        refused(self.asked(("north", "south"), day=date(2014, 1, 1)), "unit_not_open", "moves")
        for moves in (("north", "nowhere"), ("nobody", "south")):
            with nothing_written(), pytest.raises(NotThere):
                entered(self.asked(moves))

    def test_whoever_is_hidden_from_the_asker_is_moved_by_no_name_as_nobody_is(self):
        reader = replace(HOUSE, hidden=frozenset({"anna"}))
        for asked in (split(("anna",)), self.asked(("anna", "south"))):
            with nothing_written(), veil.read_by(reader), pytest.raises(NotThere):
                entered(asked)

    def test_an_unknown_event_is_not_there(self):
        with nothing_written(), pytest.raises(NotThere):
            undone(7)


def test_the_statements_do_not_grow_with_the_people():
    def statements(people):
        for number in range(people):
            given_employee(f"many-{number}-{people}", "abc", unit="north")
        with CaptureQueriesContext(connection) as seen:
            event = merged()
        undone(event)
        return len(seen)

    statements(1)
    assert statements(2) == statements(12)


def test_facts_that_were_learned_a_moment_later_are_still_closed_in_order():
    late = AT + timedelta(hours=2)
    given_person("fay")
    operations.start_work(
        by=HOUSE, at=late, person="fay", company="abc", kind=WorkKind.FULL_TIME, unit="north", valid_from=DAY
    )
    merged()
    assert unit_of("fay") == [("abc", "south")]
    assert not Holding.objects.exclude(known_until=None).exists()
    assert UnitPlacement.objects.filter(known_until__lt=AT).count() == 0
