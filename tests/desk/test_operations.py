"""Saying what is promised: versions, ends, and what must not stand. Each refusal writes nothing."""

from datetime import date

import pytest
from tests.builders import AT, HOUSE
from tests.cast import LUCA, MAYA, SITI
from tests.desk.promised import HELP, given_standard

from inward.core.terms import Refusal
from inward.desk import operations
from inward.desk.models import ServiceStandard
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused

LATER = date(2027, 1, 1)


def days():
    rows = ServiceStandard.objects.current().order_by("valid_from")
    return sorted(((row.valid_from, row.valid_until, row.name) for row in rows), key=str)


def refused(act, **values):
    with pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.reason.code, caught.value.where


def test_a_promise_has_versions_and_what_was_promised_is_never_changed(house):
    given_standard(name="Help", by=house.actor(SITI))
    given_standard(name="Better help", valid_from=LATER, source="board, 24 November")
    assert days() == [(None, LATER, "Help"), (LATER, None, "Better help")]
    assert ServiceStandard.objects.filter(known_until=None, name="Better help").get().source == "board, 24 November"
    acts = list(AuditRow.objects.filter(act="desk.set_standard").values_list("thing", flat=True))
    assert acts == ["help promise", "help promise"]


def test_a_promise_of_one_day_said_anew_is_corrected(house):
    given_standard(name="Help", valid_from=LATER)
    given_standard(name="Helpp", valid_from=LATER)
    assert days() == [(LATER, None, "Helpp")]
    assert ServiceStandard.objects.count() == 2


def test_a_promise_ends_and_is_not_promised_from_then_on(house):
    given_standard()
    operations.end_standard(by=HOUSE, at=AT, code="help", valid_until=LATER, source="closed down")
    assert days() == [(None, LATER, "Help")]
    with pytest.raises(NotThere):
        operations.end_standard(by=HOUSE, at=AT, code="nothing", valid_until=LATER)


@pytest.mark.parametrize("actor", [LUCA, MAYA, None])
def test_nobody_promises_for_others(house, actor):
    given_standard()
    by = NOBODY if actor is None else house.actor(actor)
    with pytest.raises(Refused):
        given_standard(code="mine", supplier="abc", by=by)
    with pytest.raises(Refused):
        operations.end_standard(by=by, at=AT, code="help", valid_until=LATER)
    assert days() == [(None, None, "Help")]


def test_only_companies_and_departments_promise(house):
    for supplier in (MAYA.code, "nobody"):
        with pytest.raises(NotThere):
            given_standard(supplier=supplier)


def test_two_promises_to_the_same_dealings_on_the_same_days_are_refused(house):
    given_standard(valid_from=LATER)
    given_standard(code="staff", kinds=["STAFF", "DEPARTMENT"])  # nearer than what is for everybody: no conflict
    given_standard(code="before", valid_from=date(2026, 1, 1), supplier="abc")  # another place
    assert refused(given_standard, code="other") == ("promise_conflicts", "kinds")
    assert refused(given_standard, code="other", kinds=["STAFF"]) == ("promise_conflicts", "kinds")
    assert sorted(ServiceStandard.objects.current().values_list("code", flat=True)) == ["before", "help", "staff"]


def test_a_code_is_one_promise_of_one_place(house):
    given_standard()
    assert refused(given_standard, supplier="abc") == ("promise_code_of_another", "code")
    assert refused(given_standard, code="a/b") == ("promise_code_not_usable", "code")
    assert refused(given_standard, code="a" * 61) == ("promise_code_not_usable", "code")


def test_a_name_is_needed_and_not_endless(house):
    assert refused(given_standard, name=" ") == ("field_missing", "name")
    assert refused(given_standard, name="n" * 201) == ("text_too_long", "name")


def test_terms_that_promise_nothing_are_refused_and_nothing_is_written(house):
    assert refused(given_standard, terms={"targets": {}}) == ("promise_of_nothing", "targets")
    assert refused(given_standard, terms=HELP | {"holds": {"TEA": {}}}) == ("field_unknown", "holds.TEA")
    assert days() == []
    assert not AuditRow.objects.filter(act="desk.set_standard").exists()
