"""What the tests of the desk promise, and to whom."""

from tests.builders import AT, HOUSE

from inward.desk import operations
from inward.parties import operations as parties
from inward.parties.weeks import read_hours

OFFICE = {day: read_hours("09:00-12:00, 13:00-17:00") for day in ("mon", "tue", "wed", "thu", "fri")}
HELP = {
    "targets": {"RESPOND": {"": {"minutes": 240}, "URGENT": {"minutes": "30"}}, "RESOLVE": {"": {"dates": 3}}},
    "holds": {"CUSTOMER": {"measures": ["RESOLVE"], "minutes_max": 960}},
}


def given_hours(party="abc", *, zone="Europe/Amsterdam", holidays_of="", **more):
    parties.set_working_week(by=HOUSE, at=AT, party=party, week=OFFICE, time_zone=zone, holidays_of=holidays_of, **more)


def given_standard(code="help", supplier="abc-it", *, by=HOUSE, name="", terms=HELP, kinds=(), **more):
    operations.set_standard(
        by=by,
        at=AT,
        code=code,
        supplier=supplier,
        name=name or code.title(),
        terms={**terms, "kinds": list(kinds)},
        **more,
    )
