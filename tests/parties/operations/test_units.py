"""Units open, move and close; their days never contradict each other."""

from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, given_actor, given_company, given_employee, given_unit, nothing_written

from inward.core.terms import Refusal
from inward.kit import outbox
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import operations, queries
from inward.parties.announcements import UnitClosed, UnitMoved, UnitOpened
from inward.parties.models import UnitPlacement

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
JUNE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _companies():
    given_company("abc", "ABC Retail")
    given_company("xyz", "XYZ Widgets")


def opened(**more):
    asked = {"by": HOUSE, "at": AT, "code": "abc-shops", "name": "Shops", "company": "abc", "valid_from": LONG_AGO}
    return operations.open_unit(**asked | more)


def moved(unit, company="abc", parent=None, valid_from=JUNE, by=HOUSE):
    operations.move_unit(by=by, at=LATER, unit=unit, company=company, parent=parent, valid_from=valid_from)


def closed(unit, valid_until=JUNE, by=HOUSE):
    operations.close_unit(by=by, at=LATER, unit=unit, valid_until=valid_until)


def test_a_unit_stands_in_its_company_from_its_first_day():
    assert opened() == "abc-shops"
    assert opened(code="abc-shop-centre", name="Shop Centre", parent="abc-shops") == "abc-shop-centre"
    assert queries.unit_path("abc-shop-centre", on=JUNE) == ("abc-shop-centre", "abc-shops", "abc")
    with pytest.raises(NotThere):
        queries.company_of("abc-shops", on=date(2014, 12, 31))
    assert [told.unit for told in outbox.announced(UnitOpened)] == ["abc-shops", "abc-shop-centre"]
    assert AuditRow.objects.filter(act="parties.open_unit").count() == 2


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"code": "abc"}, "id_twice", "code"),
        ({"name": ""}, "name_not_usable", "name"),
        ({"valid_until": LONG_AGO}, "period_backwards", "valid_until"),
        ({"parent": "xyz-plant"}, "unit_parent_of_other_company", "parent"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(change, code, where):
    given_unit("xyz-plant", "xyz")
    with nothing_written(), pytest.raises(Refusal) as refused:
        opened(**change)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


@pytest.mark.parametrize("change", [{"company": "nobody"}, {"parent": "nobody"}, {"parent": "abc"}])
def test_an_unknown_company_or_parent_is_not_there(change):
    with nothing_written(), pytest.raises(NotThere):
        opened(**change)


def test_only_administrators_of_the_company_open_its_units():
    own, other = administrator_of("abc"), administrator_of("xyz")
    with nothing_written(), pytest.raises(Refused):
        opened(by=other)
    assert opened(by=own) == "abc-shops"


def administrator_of(company):
    return given_actor(f"admin-{company}", ("DATA_ADMINISTRATOR", company))


@pytest.fixture
def tree():
    given_unit("abc-shops", "abc", "Shops")
    given_unit("abc-shop-centre", "abc", "Shop Centre", parent="abc-shops")
    given_unit("abc-online", "abc", "Online")


@pytest.mark.usefixtures("tree")
class TestMoving:
    def test_it_stands_elsewhere_from_that_day_and_as_before_until_then(self):
        moved("abc-shop-centre", parent="abc-online")
        assert queries.unit_path("abc-shop-centre", on=date(2026, 5, 31)) == ("abc-shop-centre", "abc-shops", "abc")
        assert queries.unit_path("abc-shop-centre", on=JUNE) == ("abc-shop-centre", "abc-online", "abc")
        (told,) = outbox.announced(UnitMoved)
        assert (told.unit, told.company, told.valid_from) == ("abc-shop-centre", "abc", "2026-06-01")

    def test_on_the_first_day_of_its_place_the_place_is_corrected(self):
        moved("abc-shop-centre", parent=None, valid_from=LONG_AGO)
        assert queries.unit_path("abc-shop-centre", on=LONG_AGO) == ("abc-shop-centre", "abc")
        assert UnitPlacement.objects.filter(unit__code="abc-shop-centre").count() == 2
        assert UnitPlacement.objects.current().filter(unit__code="abc-shop-centre").count() == 1

    def test_it_can_go_to_another_company_when_both_ends_agree(self):
        one_end = administrator_of("abc")
        with nothing_written(), pytest.raises(Refused):
            moved("abc-online", "xyz", by=one_end)
        moved("abc-online", "xyz")
        assert queries.company_of("abc-online", on=JUNE) == "xyz"
        assert queries.company_of("abc-online", on=date(2026, 5, 31)) == "abc"

    def test_it_cannot_leave_those_below_it_in_another_company(self):
        with nothing_written(), pytest.raises(Refusal) as refused:
            moved("abc-shops", "xyz")
        assert refused.value.reason.code == "unit_parent_of_other_company"

    def test_it_never_stands_above_itself(self):
        for parent in ("abc-shops", "abc-shop-centre"):
            with nothing_written(), pytest.raises(Refusal) as refused:
                moved("abc-shops", parent=parent)
            assert refused.value.reason.code == "units_in_circle"

    def test_it_cannot_move_on_a_day_on_which_it_does_not_exist(self):
        with nothing_written(), pytest.raises(Refusal) as refused:
            moved("abc-online", valid_from=date(2014, 1, 1))
        assert refused.value.reason.code == "unit_not_open"

    def test_unknown_units_companies_and_parents_are_not_there(self):
        for unit, company, parent in (("x", "abc", None), ("abc-online", "x", None), ("abc-online", "abc", "x")):
            with nothing_written(), pytest.raises(NotThere):
                moved(unit, company, parent)


@pytest.mark.usefixtures("tree")
class TestClosing:
    def test_it_exists_until_its_last_day(self):
        closed("abc-online")
        assert queries.company_of("abc-online", on=date(2026, 5, 31)) == "abc"
        with pytest.raises(NotThere):
            queries.company_of("abc-online", on=JUNE)
        assert [told.unit for told in outbox.announced(UnitClosed)] == ["abc-online"]

    def test_it_is_refused_while_units_below_or_staff_would_outlive_it(self):
        with nothing_written(), pytest.raises(Refusal) as refused:
            closed("abc-shops")
        assert (refused.value.reason.code, refused.value.reason.facts["below"]) == ("unit_has_units", "Shop Centre")
        given_employee("maya-lund", "abc", unit="abc-shop-centre")
        given_employee("milan", "abc", unit="abc-online", valid_until=JUNE)
        with nothing_written(), pytest.raises(Refusal) as refused:
            closed("abc-shop-centre")
        assert (refused.value.reason.code, refused.value.reason.facts["count"]) == ("unit_has_staff", 1)
        closed("abc-online")

    def test_an_end_before_the_start_is_refused(self):
        with nothing_written(), pytest.raises(Refusal) as refused:
            closed("abc-online", LONG_AGO)
        assert refused.value.reason.code == "period_backwards"

    def test_strangers_are_refused_and_unknown_units_not_there(self):
        with nothing_written(), pytest.raises(NotThere):
            closed("abc")
        stranger = given_actor("stranger")
        with nothing_written(), pytest.raises(Refused):
            closed("abc-online", by=stranger)
