"""Whose calendars an actor looks after: those of her companies, of all of them, or nobody's."""

from datetime import date

from inward.core.terms import Period
from inward.kit.actor import NOBODY, Actor, Grant
from inward.parties import policy

ON = date(2026, 11, 24)


def keeper(*parties):
    reach = frozenset(parties) if parties else None
    grant = Grant("DATA_ADMINISTRATOR", "x", reach, Period(None, None))
    return Actor(user=1, person="p", acting_for=None, grants=(grant,))


def test_calendars_are_kept_by_the_data_administrators_of_their_companies():
    assert policy.calendars_kept_by(keeper("abc", "abc-it"), on=ON) == {"abc", "abc-it"}
    assert policy.calendars_kept_by(keeper(), on=ON) is None
    assert policy.calendars_kept_by(NOBODY, on=ON) == frozenset()
