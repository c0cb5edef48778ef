"""Two who act at the same moment, on a database where what is written is really there: one of them is refused."""

import threading
import time
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection
from tests.builders import AT, HOUSE, LONG_AGO, committed, given_actor, given_company, given_employee, given_unit

from inward.core.terms import Refusal
from inward.kit.transaction import transaction
from inward.parties import operations, queries
from inward.parties.models import Opening, UnitPlacement
from inward.parties.operations import holdings, marks, units
from inward.parties.vocabulary import MarkKind, OpeningKind

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _committed(transactional_db):
    with committed():
        yield


def at_once(*acts):
    """Run these in threads of their own that begin together; what each returned or raised, in order of the acts."""
    together, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        together.wait()
        try:
            outcomes[place] = act()
        except Exception as error:  # noqa: BLE001 - whatever happened is what the test looks at
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def slow(check):
    """The same check, with time for another to slip in behind it."""

    def checked(*args, **more):
        check(*args, **more)
        time.sleep(0.2)

    return checked


def test_two_holdings_recorded_at_once_never_pass_the_whole_together(monkeypatch):
    monkeypatch.setattr(holdings, "check_ownership", slow(holdings.check_ownership))
    for code in ("jkl", "xyz", "abc"):
        given_company(code)

    def record(owner):
        votes = Fraction(3, 5)
        return operations.record_holding(by=HOUSE, at=AT, owner=owner, owned="abc", votes=votes, valid_from=LONG_AGO)

    outcomes = at_once(lambda: record("jkl"), lambda: record("xyz"))
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refusal.reason.code for refusal in refused] == ["holdings_over_whole"]
    assert sum(holding.votes for holding in queries.world().holdings) == Fraction(3, 5)


def test_two_units_moved_at_once_never_make_a_circle(monkeypatch):
    monkeypatch.setattr(units, "check_units", slow(units.check_units))
    given_company("abc")
    given_unit("abc-a", "abc")
    given_unit("abc-b", "abc")

    def move(unit, parent):
        operations.move_unit(by=HOUSE, at=AT, unit=unit, company="abc", parent=parent, valid_from=AT.date())

    outcomes = at_once(lambda: move("abc-a", "abc-b"), lambda: move("abc-b", "abc-a"))
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refusal.reason.code for refusal in refused] == ["units_in_circle"]


def test_two_people_opened_at_once_are_both_counted(monkeypatch, settings, tmp_path):
    settings.INWARD_DATA, settings.INWARD_OPENINGS_AN_HOUR = tmp_path, 1
    monkeypatch.setattr(marks, "_check_openings", slow(marks._check_openings))
    given_company("abc")
    for code in ("eva", "ola"):
        given_employee(code, "abc")
        operations.mark_person(
            by=HOUSE, at=AT, person=code, kind=MarkKind.PROTECTED_ADDRESS, reason="decision", valid_from=AT.date()
        )
    opener = given_actor("rune", ("EMERGENCY_READER", "abc"))

    def opened(person):
        reason = "fell ill at the counter"
        return operations.open_person(by=opener, at=AT, person=person, kind=OpeningKind.DANGER, reason=reason)

    outcomes = at_once(lambda: opened("eva"), lambda: opened("ola"))
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refusal.reason.code for refusal in refused] == ["openings_too_many"]
    assert Opening.objects.count() == 1


def test_the_database_itself_keeps_a_unit_in_one_place_a_day():
    given_company("abc")
    given_unit("abc-a", "abc")
    place = UnitPlacement.objects.get()
    place.pk = None
    with pytest.raises(IntegrityError), transaction():
        place.save()
    assert UnitPlacement.objects.count() == 1
