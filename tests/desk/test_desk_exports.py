"""What leaves the desk for analysis: every target of every version, for data administrators of everything."""

from datetime import date

from tests.cast import LUCA, SITI
from tests.desk.promised import given_standard

from inward.desk.exports import EXPORTS

ON = date(2026, 11, 24)


def test_every_target_of_every_version_is_a_row(house):
    given_standard(kinds=["staff"])
    (table,) = EXPORTS
    rows = [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows()]
    told = sorted((row["measure"], row["priority"], row["minutes"], row["dates"]) for row in rows)
    assert told == [("RESOLVE", "", None, 3), ("RESPOND", "", 240, None), ("RESPOND", "URGENT", 30, None)]
    assert {(row["code"], row["supplier"], row["kinds"], row["valid_from"]) for row in rows} == {
        ("help", "abc-it", "staff", None)
    }


def test_it_is_for_data_administrators_of_everything(house):
    (table,) = EXPORTS
    assert table.may(house.actor(SITI), ON).allowed
    assert not table.may(house.actor(LUCA), ON).allowed
