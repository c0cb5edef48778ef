"""Households are kept where a rule needs them and for what they were declared; ended, corrected, taken back, noted when read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    given_actor,
    given_company,
    given_employee,
    given_household,
    given_household_rule,
    given_person,
    nothing_written,
)

from inward.core.classification import Kind, Tie, classify
from inward.core.terms import Period, Refusal
from inward.kit import outbox
from inward.kit.actor import NOBODY
from inward.kit.intake import Row, RowProblem
from inward.kit.models import AuditRow, Task
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import transaction
from inward.parties import households, jobs, operations, queries
from inward.parties.announcements import (
    HouseholdBegun,
    HouseholdCorrected,
    HouseholdDeclared,
    HouseholdEnded,
    HouseholdOver,
    HouseholdTakenBack,
)
from inward.parties.models import HouseholdMember, Party
from inward.parties.operations import Source
from inward.parties.operations.endings import JOB
from inward.parties.vocabulary import Purpose

pytestmark = pytest.mark.django_db
LATER, JUNE = AT + timedelta(hours=1), date(2026, 6, 1)
TOMORROW = ON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _organisation():
    given_company("abc", "ABC Retail")
    given_company("xyz", "XYZ Widgets")
    given_employee("eva", "abc", name="Eva Lind")
    given_person("ola", "Ola Lind")
    given_person("per", "Per Lind")


@pytest.fixture
def rule():
    given_household_rule()


@pytest.fixture
def keeper(rule):
    return given_actor("keeper", ("HOUSEHOLD_KEEPER", "abc"), person=given_employee("kim", "abc"))


def kind(purpose=Purpose.PRICE, customer="ola", on=ON, **more):
    world = queries.world(purpose=purpose, **more)
    return classify(supplier="abc", customer=customer, world=world, on=on, definition=world.definition_on(on)).kind


def refused(act, where, code):
    with nothing_written(), pytest.raises(Refusal) as found:
        act()
    assert (found.value.where, found.value.reason.code) == (where, code)


# Kept where it is needed


def test_without_any_household_the_world_of_every_purpose_is_one_and_the_same():
    assert all(queries.world(purpose=each) is queries.world() for each in Purpose)


def test_a_member_is_inside_for_the_purpose_alone_for_which_the_household_was_declared(keeper):
    given_household_rule(Purpose.TAX)
    code = operations.declare_household(
        by=keeper, at=AT, person="eva", member="ola", tie=Tie.SPOUSE, purposes=[Purpose.PRICE], valid_from=LONG_AGO,
        source=Source("marriage certificate seen"),
    )  # fmt: skip
    assert kind() is Kind.STAKEHOLDER
    assert kind(Purpose.TAX) is kind(None) is Kind.OUTSIDE
    assert queries.world().households == queries.world(purpose=Purpose.TAX).households == ()
    (told,) = outbox.announced(HouseholdDeclared)
    row, member = HouseholdMember.objects.get(), Party.objects.get(code="ola")
    assert (told.household_id, told.member_id, told.valid_from, told.valid_until) == (
        row.pk,
        member.pk,
        "2015-01-01",
        "",
    )
    assert not hasattr(told, "person_id")
    audited = AuditRow.objects.get(act="parties.declare_household")
    assert audited.thing == f"household {row.pk}"
    assert audited.facts == {
        "person": Party.objects.get(code="eva").subject, "purposes": "PRICE", "valid_from": "2015-01-01",
        "valid_until": "", "source": "marriage certificate seen",
    }  # fmt: skip
    assert "ola" not in code
    assert "eva" not in code


def test_nothing_is_kept_that_no_rule_of_those_days_needs(keeper):
    def asked(**more):
        given = {"by": keeper, "at": AT, "person": "eva", "member": "ola", "tie": Tie.SPOUSE, "valid_from": JUNE}
        return lambda: operations.declare_household(**{**given, "purposes": [Purpose.PRICE], **more})

    refused(asked(purposes=[]), "purposes", "household_for_nothing")
    refused(asked(purposes=[Purpose.PRICE, Purpose.TAX]), "purposes", "household_not_needed")
    refused(asked(tie=Tie.SIBLING), "purposes", "household_not_needed")
    given_household_rule(Purpose.TAX, valid_from=TOMORROW)
    refused(asked(purposes=[Purpose.TAX], valid_until=TOMORROW), "purposes", "household_not_needed")
    asked(purposes=[Purpose.TAX])()
    assert queries.world(purpose=Purpose.PRICE).households == ()


def test_what_makes_no_household_is_refused(keeper):
    given_household("eva", "ola", valid_until=JUNE)

    def asked(**more):
        given = {"by": keeper, "at": AT, "person": "eva", "member": "per", "tie": Tie.CHILD, "valid_from": LONG_AGO}
        return lambda: operations.declare_household(**{**given, "purposes": [Purpose.PRICE], **more})

    refused(asked(member="eva"), "member", "household_with_oneself")
    refused(asked(valid_until=LONG_AGO), "valid_until", "period_backwards")
    refused(asked(valid_from=date(2001, 1, 1), valid_until=date(2002, 1, 1)), "person", "household_of_nobody_at_work")
    refused(asked(member="ola", valid_from=date(2020, 1, 1)), "valid_from", "household_twice_at_once")
    refused(asked(code="no way"), "code", "code_not_usable")
    for who in ({"person": "nobody"}, {"member": "nobody"}, {"member": "abc"}):
        with nothing_written(), pytest.raises(NotThere):
            asked(**who)()
    asked(member="ola", valid_from=JUNE)()  # it may begin again


def test_only_who_was_granted_it_keeps_households_and_nobody_her_own(keeper):
    given_household_rule()
    administrator = given_actor("admin", ("DATA_ADMINISTRATOR", None))
    elsewhere = given_actor("elsewhere", ("HOUSEHOLD_KEEPER", "xyz"))
    hers = given_actor("eva", ("HOUSEHOLD_KEEPER", "abc"), person="eva")

    def act(by):
        return operations.declare_household(
            by=by, at=AT, person="eva", member="ola", tie=Tie.SPOUSE, purposes=[Purpose.PRICE], valid_from=JUNE
        )

    for by, code in (
        (NOBODY, "no_actor"),
        (administrator, "not_keeper_of_households"),
        (elsewhere, "not_keeper_of_households"),
        (hers, "household_of_oneself"),
    ):
        with nothing_written(), pytest.raises(Refused) as found:
            act(by)
        assert [reason.code for reason in found.value.reasons] == [code]
    home = act(given_actor("all", ("HOUSEHOLD_KEEPER", None)))

    for by in (NOBODY, administrator):  # nor whether there is such a person
        with nothing_written(), pytest.raises(Refused):
            operations.declare_household(
                by=by, at=AT, person="nobody", member="ola", tie=Tie.SPOUSE, purposes=[Purpose.PRICE], valid_from=JUNE
            )

    def correct(by):
        operations.correct_household(
            by=by, at=AT, household=home, tie=Tie.CHILD, purposes=[Purpose.PRICE], valid_from=JUNE
        )

    for by in (NOBODY, administrator, elsewhere):  # not even that there is one
        with nothing_written(), pytest.raises(NotThere):
            correct(by)
    with nothing_written(), pytest.raises(Refused) as found:
        correct(hers)
    assert [reason.code for reason in found.value.reasons] == ["household_of_oneself"]


# Otherwise, over, never so


def test_a_correction_speaks_of_all_days_and_what_was_believed_stays(keeper):
    code = given_household("eva", "ola", valid_from=JUNE)
    operations.correct_household(
        by=keeper, at=LATER, household=code, tie=Tie.CHILD, purposes=[Purpose.PRICE], valid_from=LONG_AGO
    )
    (home,) = queries.world(purpose=Purpose.PRICE).households
    assert (home.id, home.tie, home.period) == (code, Tie.CHILD, Period(LONG_AGO, None))
    assert kind(on=date(2026, 5, 31)) is Kind.STAKEHOLDER
    assert kind(on=date(2026, 5, 31), known_at=AT) is Kind.OUTSIDE
    assert queries.world(known_at=AT).households == ()
    assert [told.valid_from for told in outbox.announced(HouseholdCorrected)] == ["2015-01-01"]
    refused(
        lambda: operations.correct_household(
            by=keeper, at=LATER, household=code, tie=Tie.OTHER, purposes=[Purpose.PRICE], valid_from=LONG_AGO
        ),
        "purposes",
        "household_not_needed",
    )


@pytest.mark.parametrize("who", ["eva", "ola"])
@pytest.mark.usefixtures("rule")
def test_each_of_the_two_may_end_it_and_never_lengthens_it(who):
    code, by = given_household("eva", "ola"), given_actor(who, person=who)
    operations.end_household(by=by, at=LATER, household=code, valid_until=ON)
    assert (kind(on=ON - timedelta(days=1)), kind()) == (Kind.STAKEHOLDER, Kind.OUTSIDE)
    assert [told.valid_until for told in outbox.announced(HouseholdEnded)] == [ON.isoformat()]

    def later():
        operations.end_household(by=by, at=LATER, household=code, valid_until=TOMORROW)

    refused(later, "valid_until", "household_ends_earlier")
    refused(
        lambda: operations.end_household(by=by, at=LATER, household=code, valid_until=LONG_AGO),
        "valid_until",
        "period_backwards",
    )


@pytest.mark.parametrize("who", ["eva", "ola", "keeper"])
def test_what_was_never_so_is_taken_back_and_others_find_nothing_to_take_back(who, keeper):
    code = given_household("eva", "ola")
    stranger = given_actor("per", person="per")
    for act in (
        lambda: operations.take_back_household(by=stranger, at=LATER, household=code),
        lambda: operations.end_household(by=stranger, at=LATER, household=code, valid_until=ON),
        lambda: operations.end_household(by=stranger, at=LATER, household="none", valid_until=ON),
        lambda: operations.read_household(by=stranger, at=LATER, household=code),
    ):
        with nothing_written(), pytest.raises(NotThere):
            act()
    by = keeper if who == "keeper" else given_actor(who, person=who)
    operations.take_back_household(by=by, at=LATER, household=code)
    assert kind() is Kind.OUTSIDE
    assert kind(known_at=AT) is Kind.STAKEHOLDER
    assert len(outbox.announced(HouseholdTakenBack)) == 1
    with pytest.raises(NotThere):
        operations.read_household(by=by, at=LATER, household=code)


def test_erasing_either_of_the_two_removes_the_household_with_its_past(keeper):
    code = given_household("eva", "ola")
    operations.end_household(by=HOUSE, at=LATER, household=code, valid_until=JUNE)
    given_household("eva", "per", tie=Tie.CHILD)
    operations.erase_person(by=HOUSE, at=LATER, person="ola", reason="asked for it")
    assert {fact.member.code for fact in HouseholdMember.objects.all()} == {"per"}
    assert [home.member for home in queries.world(purpose=Purpose.PRICE).households] == ["per"]


# Reading


def test_a_keepers_reading_is_noted_and_that_of_the_two_is_not(keeper):
    code = given_household("eva", "ola", source=Source("told by her"))
    row = HouseholdMember.objects.get()
    mine = given_actor("ola", person="ola")
    with nothing_written():
        sheet = operations.read_household(by=mine, at=AT, household=code)
    record = sheet.record
    assert (record.person.name, record.member.name, record.tie, record.purposes, record.source) == (
        "Eva Lind", "Ola Lind", Tie.SPOUSE, (Purpose.PRICE,), "told by her",
    )  # fmt: skip
    assert sheet.versions[0].says == {"tie": Tie.SPOUSE, "purposes": (Purpose.PRICE,)}
    assert operations.read_household(by=keeper, at=AT, household=code) == sheet
    page = operations.read_households(by=keeper, at=AT, on=ON, params={})
    assert [each.code for each in page.rows] == [code]
    seen = list(AuditRow.objects.filter(act__startswith="parties.read_household").order_by("id"))
    assert [(each.act, each.thing, each.facts) for each in seen] == [
        ("parties.read_household", f"household {row.pk}", {}),
        ("parties.read_households", "households", {"read": f"household {row.pk}"}),
    ]
    assert operations.read_household(by=HOUSE, at=AT, household=code) == sheet  # the house itself is noted too
    assert AuditRow.objects.filter(act="parties.read_household").count() == 2


def test_a_list_shows_the_households_of_ones_own_companies_and_an_empty_one_notes_nothing(keeper):
    given_employee("xenia", "xyz")
    given_household("xenia", "per")
    with nothing_written():
        assert operations.read_households(by=keeper, at=AT, on=ON, params={}).rows == ()
    for by in (NOBODY, given_actor("admin", ("DATA_ADMINISTRATOR", None))):
        with nothing_written(), pytest.raises(Refused):
            operations.read_households(by=by, at=AT, on=ON, params={})
    everything = given_actor("all", ("HOUSEHOLD_KEEPER", None))
    (row,) = operations.read_households(by=everything, at=AT, on=ON, params={"text": "xeni"}).rows
    assert (row.person.code, row.member.code) == ("xenia", "per")
    assert operations.read_households(by=everything, at=AT, on=ON, params={"text": "eva"}).rows == ()
    assert households.own(viewer=NOBODY, at=AT) == ()
    assert [each.member.code for each in households.own(viewer=given_actor("per", person="per"), at=AT)] == ["per"]


@pytest.mark.usefixtures("rule")
def test_what_needs_households_is_told_by_purpose():
    assert households.needing(on=ON) == {Purpose.PRICE: frozenset({Tie.SPOUSE, Tie.PARTNER, Tie.CHILD})}
    assert households.needing(on=date(2001, 1, 1)) == {}


# On the day


def told_now():
    for each in Task.objects.filter(name=JOB):
        with transaction():
            jobs.tell_ending(at=AT, **each.payload)
    return len(outbox.announced(HouseholdBegun)), len(outbox.announced(HouseholdOver))


@pytest.mark.usefixtures("rule")
def test_that_it_begins_and_is_over_is_planned_for_midnight_where_she_works_and_told_once():
    given_household("eva", "ola", valid_from=TOMORROW)
    given_household("eva", "per", tie=Tie.CHILD, valid_until=TOMORROW)
    assert operations.plan_endings(by=HOUSE, at=AT) == 2
    assert operations.plan_endings(by=HOUSE, at=AT) == 0
    midnight = datetime.combine(TOMORROW, datetime.min.time(), UTC)
    assert {each.due_at.astimezone(UTC) for each in Task.objects.filter(name=JOB)} == {midnight}
    assert told_now() == (1, 1)
    begun, over = outbox.announced(HouseholdBegun)[0], outbox.announced(HouseholdOver)[0]
    assert (begun.valid_from, over.valid_until) == (TOMORROW.isoformat(), TOMORROW.isoformat())


@pytest.mark.usefixtures("rule")
def test_what_was_taken_back_or_goes_on_tells_nothing():
    code = given_household("eva", "ola", valid_from=TOMORROW)
    given_household("eva", "per", tie=Tie.CHILD, valid_until=TOMORROW)
    given_household("eva", "per", tie=Tie.CHILD, valid_from=TOMORROW)
    operations.plan_endings(by=HOUSE, at=AT)
    operations.take_back_household(by=HOUSE, at=AT, household=code)
    HouseholdMember.objects.filter(member__code="per", valid_from=TOMORROW).update(valid_from=ON)
    assert told_now() == (0, 0)


# In and out by file


def row(line=2, **values):
    given = {"person": "eva", "member": "ola", "tie": "spouse", "purposes": "PRICE", "valid_from": "2026-06-01"}
    return Row("households.csv", line, given | values)


def brought(*rows, by=HOUSE, **more):
    done = operations.import_households(by=by, at=AT, rows=rows, source="households.csv", **more)
    problems = [(each.line, each.column, each.code) for each in done.report.problems]
    return done.added, done.changed, done.written, problems


def test_a_file_declares_corrects_and_leaves_what_is_known(keeper, tmp_path):
    assert brought(row(id="h-1", last_day="2026-12-31"), by=keeper) == (1, 0, True, [])
    assert HouseholdMember.objects.get().source == "households.csv"
    assert brought(row(id="h-1", last_day="2026-12-31"), by=keeper) == (0, 0, True, [])
    assert brought(row(valid_until="2027-01-01"), by=keeper) == (0, 0, True, [])
    assert brought(row(id="h-1", tie="child", source="file 2"), by=keeper) == (0, 1, True, [])
    assert operations.export_households(by=HOUSE, at=AT, folder=tmp_path) == 1
    assert (tmp_path / "households.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "id,person,member,tie,purposes,valid_from,valid_until,last_day,source",
        "h-1,eva,ola,CHILD,PRICE,2026-06-01,,,file 2",
    ]
    assert AuditRow.objects.filter(act="parties.export_households").count() == 1


def test_a_file_that_says_what_cannot_be_is_refused_whole_row_by_row(keeper):
    given_household("eva", "per", tie=Tie.CHILD, code="known")
    bad = (
        row(2, tie="cousin"),
        row(3, purposes="PRICE, RENT"),
        row(4, valid_from=""),
        row(5, member="nobody"),
        row(6, id="known"),
        row(7, purposes="TAX"),
        row(8, age="12"),
        RowProblem("households.csv", 9, "", "not_text"),
        row(10, id="ä"),
    )
    problems = [
        (2, "tie", "not_one_of"),
        (3, "purposes", "not_one_of"),
        (4, "valid_from", "field_missing"),
        (5, "person", "id_unknown"),
        (6, "id", "id_twice"),
        (7, "purposes", "household_not_needed"),
        (1, "age", "column_unknown"),
        (9, "", "not_text"),
        (10, "id", "code_not_usable"),
    ]
    with nothing_written():
        assert brought(*bad, row(11), by=keeper) == (1, 0, False, problems)
    assert brought(*bad, row(11), by=keeper, good_rows=True) == (1, 0, True, problems)
    assert set(HouseholdMember.objects.values_list("member__code", flat=True)) == {"ola", "per"}


def test_files_are_for_those_who_keep_households_and_rows_for_those_of_her_companies(keeper, tmp_path):
    given_employee("xenia", "xyz")
    administrator = given_actor("admin", ("DATA_ADMINISTRATOR", None))
    with nothing_written(), pytest.raises(Refused):
        brought(row(), by=administrator)
    with nothing_written():
        assert brought(row(person="xenia"), by=keeper)[3] == [(2, "person", "not_keeper_of_households")]
        assert operations.export_households(by=HOUSE, at=AT, folder=tmp_path) == 0  # there are none
    given_household("eva", "ola", valid_from=JUNE)
    elsewhere = given_actor("elsewhere", ("HOUSEHOLD_KEEPER", "xyz"))
    for guess in (row(), row(tie="child"), row(member="per")):  # a right guess is told from a wrong one by nothing
        with nothing_written():
            assert brought(guess, by=elsewhere) == (0, 0, False, [(2, "person", "not_keeper_of_households")])
    with nothing_written():
        assert operations.export_households(by=keeper, at=AT, folder=tmp_path) == 0
        assert operations.export_households(by=NOBODY, at=AT, folder=tmp_path) == 0
    assert list(tmp_path.iterdir()) == []
