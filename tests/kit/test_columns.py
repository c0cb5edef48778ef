"""Tables for analysis: who may take one is asked before a row is read, and rows pass one by one."""

from datetime import UTC, date, datetime

import pytest

from inward.core.terms import Reason
from inward.kit.actor import NOBODY, Actor
from inward.kit.columns import Column, Export, read, write
from inward.kit.policy import ALLOWED, Refused, refusal

ON = date(2026, 11, 24)
HOUSE = Actor.system("tests")


def hives(rows, taken=None):
    def given():
        for row in rows:
            if taken is not None:
                taken.append(row)
            yield row

    columns = (Column("hive", "text", "its mark"), Column("bees", "integer", "how many", "bees"))
    return Export("hives", "Every hive", "keepers", lambda actor, _on: refusal(Reason.of("no_actor")) if actor.nobody else ALLOWED, columns, given)  # fmt: skip


def test_nobody_takes_a_table_and_no_row_is_read(tmp_path):
    taken = []
    with pytest.raises(Refused):
        write(hives([("a", 1)], taken), viewer=NOBODY, on=ON, folder=tmp_path)
    assert (taken, list(tmp_path.iterdir())) == ([], [])


def test_rows_are_read_when_they_are_asked_for_and_not_before():
    taken = []
    rows = read(hives([("a", 1), ("b", 2)], taken), viewer=HOUSE, on=ON)
    assert next(rows) == ("a", 1)
    assert taken == [("a", 1)]


def test_a_table_is_written_with_its_columns_and_never_as_a_formula(tmp_path):
    rows = [("=1+1", 40_000), (None, True), (date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, tzinfo=UTC))]
    assert write(hives(rows), viewer=HOUSE, on=ON, folder=tmp_path) == 3
    text = (tmp_path / "hives.csv").read_text(encoding="utf-8")
    assert text.splitlines() == ["hive,bees", "'=1+1,40000", ",yes", "2026-01-02,2026-01-02T03:04:00+00:00"]
