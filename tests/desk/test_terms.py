"""How a promise is written: what is read, what comes back, and what is no promise, with its place."""

from fractions import Fraction

import pytest

from inward.core.classification import Kind
from inward.core.promises import Hold, Measure, Within
from inward.core.terms import Fields, Refusal
from inward.core.worktime import DayEnd
from inward.desk.promises import as_json, read_terms

FULL = {
    "kinds": ["staff", "DEPARTMENT"],
    "targets": {
        "RESPOND": {"": {"minutes": "1/2"}, "URGENT": {"minutes": 30}},
        "RESOLVE": {"": {"dates": 3, "end": "end_of_day"}, "LOW": {"dates": 0}},
    },
    "holds": {"CUSTOMER": {"measures": ["RESOLVE"], "minutes_max": "90"}, "SUPPLIER": {"measures": ["UPDATE", "OWN"]}},
    "grace": False,
}


def test_everything_a_promise_says_is_read_and_written_again():
    terms = read_terms(Fields(FULL))
    assert terms.kinds == {Kind.STAFF, Kind.DEPARTMENT}
    assert terms.targets[Measure.RESPOND] == {"": Within(seconds=Fraction(30)), "URGENT": Within(seconds=1800)}
    assert terms.targets[Measure.RESOLVE] == {"": Within(dates=3, end=DayEnd.END_OF_DAY), "LOW": Within(dates=0)}
    assert terms.holds == {
        "CUSTOMER": Hold(frozenset({Measure.RESOLVE}), 5400),
        "SUPPLIER": Hold(frozenset({Measure.UPDATE, Measure.OWN})),
    }
    assert terms.grace is False
    again = as_json(terms)
    assert read_terms(Fields(again)) == terms
    assert again["targets"]["RESPOND"][""] == {"minutes": "0.5"}
    assert again["holds"]["SUPPLIER"] == {"measures": ["OWN", "UPDATE"], "minutes_max": None}
    assert terms.standard("help@-").within(Measure.RESPOND, "URGENT") == Within(seconds=1800)


def test_what_is_not_said_is_for_everybody_and_in_time_until_the_next_opening():
    terms = read_terms(Fields({"targets": {"OWN": {"": {"minutes": 5}}}}))
    assert (terms.kinds, terms.holds, terms.grace) == (frozenset(), {}, True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"targets": {"SMILE": {}}}, ("field_unknown", "targets.SMILE")),
        ({"targets": {"OWN": {}}}, ("promise_of_nothing", "targets")),
        ({"targets": []}, ("promise_of_nothing", "targets")),
        ({"targets": 5}, ("not_an_object", "targets")),
        ({"targets": {"OWN": {"SOON": {"minutes": 5}}}}, ("field_unknown", "targets.OWN.SOON")),
        ({"targets": {"OWN": {"": {}}}}, ("promise_not_a_time", "targets.OWN..minutes")),
        ({"targets": {"OWN": {"": {"minutes": 5, "dates": 1}}}}, ("promise_not_a_time", "targets.OWN..minutes")),
        ({"targets": {"OWN": {"": {"minutes": -5}}}}, ("promise_not_a_time", "targets.OWN..minutes")),
        (
            {"targets": {"OWN": {"": {"minutes": 5, "end": "END_OF_DAY"}}}},
            ("promise_not_a_time", "targets.OWN..minutes"),
        ),
        ({"targets": {"OWN": {"": {"dates": -1}}}}, ("promise_not_a_time", "targets.OWN..dates")),
        ({"targets": {"OWN": {"": {"dates": "1/2"}}}}, ("not_a_whole_number", "targets.OWN..dates")),
        ({"targets": {"OWN": {"": {"hours": 1}}}}, ("field_unknown", "targets.OWN..hours")),
        ({"holds": {"CUSTOMER": {"measures": []}}}, ("hold_of_nothing", "holds.CUSTOMER.measures")),
        ({"holds": {"CUSTOMER": {"measures": ["TEA"]}}}, ("not_one_of", "holds.CUSTOMER.measures[0]")),
        (
            {"holds": {"CUSTOMER": {"measures": ["OWN"], "minutes_max": -1}}},
            ("promise_not_a_time", "holds.CUSTOMER.minutes_max"),
        ),
        ({"kinds": ["FRIEND"]}, ("not_one_of", "kinds[0]")),
    ],
)
def test_what_is_no_promise_is_refused_with_its_place(change, expected):
    with pytest.raises(Refusal) as caught:
        read_terms(Fields(FULL | change))
    assert (caught.value.reason.code, caught.value.where) == expected
