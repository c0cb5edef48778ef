"""Definitions of inside: those that ship, one's own as JSON, and what makes no sense as one."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from inward.core.classification import (
    DEFINITIONS,
    STRICT_MAJORITY,
    Basis,
    CrossVotes,
    DateRule,
    Definition,
    Family,
    JointControl,
    Operator,
    Override,
    RightKind,
    WorkKind,
    definition_from,
)
from inward.core.terms import Period, Refusal

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "definitions.md"
OWN = Definition(
    id="own",
    basis=Basis.BOTH,
    threshold=Fraction(1, 3),
    staff_kinds=frozenset(),
    shareholder_threshold=Fraction(1, 10),
    excluded=frozenset({"northwind"}),
    exceptions=(
        Override("abc", "xyz", True, "run as one", "the board", Period(date(2026, 1, 1), date(2027, 1, 1))),
        Override("abc", "jkl", inside=False, why="sold in all but name", signed_by="the board"),
    ),
)


@pytest.mark.parametrize("definition", [*DEFINITIONS.values(), OWN], ids=lambda each: each.id)
def test_a_definition_reads_back_as_it_was_written(definition: Definition) -> None:
    assert definition_from(definition.as_json()) == definition


def test_the_thirteen_definitions_ship_and_strict_majority_is_what_is_meant_by_nothing() -> None:
    assert list(DEFINITIONS) == [
        "strict_majority",
        "ifrs_consolidation",
        "no_konsern",
        "it_2359",
        "id_anak_perusahaan",
        "id_hubungan_istimewa",
        "us_1563",
        "us_414c",
        "ias24_related",
        "oecd9_25",
        "ubo25",
        "closelink20",
        "vat_group",
    ]
    assert definition_from({"id": "strict_majority"}) == STRICT_MAJORITY == Definition()
    assert [name for name, each in DEFINITIONS.items() if each.partitions] == ["strict_majority"]


@pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda each: each.id)
def test_the_page_says_of_every_definition_what_it_decides(definition: Definition) -> None:
    """The table of the page has a row for each: basis, threshold, how indirect, other powers."""
    rows = [line.split("|")[1:-1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    cells = {row[0].strip().strip("`"): [cell.strip() for cell in row[1:]] for row in rows if len(row) == 5}
    powers = sorted(kind.value.lower() for kind in definition.rights)

    assert cells[definition.id] == [
        definition.basis.value,
        f"{definition.operator.value} {100 * definition.threshold} %",
        definition.indirect.value,
        ", ".join(powers) or "none",
    ]


@pytest.mark.parametrize(
    ("given", "code", "where"),
    [
        (5, "not_an_object", "definition"),
        ({"treshold": 50}, "field_unknown", "definition.treshold"),
        ({"threshold": 0}, "not_a_threshold", "definition.threshold"),
        ({"threshold": 100}, "not_a_threshold", "definition.threshold"),
        ({"attribution_floor": -1}, "not_a_threshold", "definition.attribution_floor"),
        ({"operator": "<"}, "not_one_of", "definition.operator"),
        ({"treasury": "count"}, "not_one_of", "definition.treasury"),
        ({"board_right": "maybe"}, "not_a_flag", "definition.board_right"),
        ({"staff_kinds": ["GUEST"]}, "not_one_of", "definition.staff_kinds[0].kind"),
        ({"year_ends_in": 13}, "not_one_of", "definition.year_ends_in"),
        ({"exceptions": [{"one": "a", "other": "b", "why": "w", "signed_by": "s"}]}, "field_missing", "definition.exceptions[0].inside"),
        ({"exceptions": [{"one": "a", "other": "b", "inside": True, "why": "w"}]}, "field_missing", "definition.exceptions[0].signed_by"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_its_place(given: Any, code: str, where: str) -> None:
    with pytest.raises(Refusal) as refused:
        definition_from(given)

    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_what_is_said_is_taken_and_the_rest_is_as_in_strict_majority() -> None:
    found = definition_from(
        {"threshold": "33.4", "operator": ">=", "staff_kinds": ["full-time"], "treasury": "exclude", "attribution_floor": 0,
         "year_ends_in": 6, "date_rule": "accounting_period"}
    )  # fmt: skip

    assert found == replace(
        STRICT_MAJORITY,
        id="own",
        threshold=Fraction(334, 1000),
        operator=Operator.AT_LEAST,
        staff_kinds=frozenset({WorkKind.FULL_TIME}),
        year_ends_in=6,
        date_rule=DateRule.ACCOUNTING_PERIOD,
    )


@pytest.mark.parametrize("month", [0, 13])
def test_a_year_ends_in_a_month_there_is(month: int) -> None:
    with pytest.raises(ValueError, match="ends in a month"):
        Definition(year_ends_in=month)


@pytest.mark.parametrize(
    ("rule", "ends_in", "on", "day"),
    [
        (DateRule.AT_DEALING, 12, date(2026, 6, 30), date(2026, 6, 30)),
        (DateRule.YEAR_END, 6, date(2026, 6, 30), date(2026, 12, 31)),
        (DateRule.ACCOUNTING_PERIOD, 6, date(2026, 6, 30), date(2026, 6, 30)),
        (DateRule.ACCOUNTING_PERIOD, 6, date(2026, 7, 1), date(2027, 6, 30)),
        (DateRule.ACCOUNTING_PERIOD, 2, date(2024, 1, 1), date(2024, 2, 29)),
        (DateRule.YEAR_END, 12, date(9999, 5, 1), date(9999, 12, 31)),
    ],
)
def test_the_facts_of_the_day_the_rule_names_decide(rule: DateRule, ends_in: int, on: date, day: date) -> None:
    assert Definition(date_rule=rule, year_ends_in=ends_in).day(on) == day


def test_only_what_a_definition_names_gives_power_beside_votes() -> None:
    joint = replace(STRICT_MAJORITY, joint_control=JointControl.EACH)

    assert STRICT_MAJORITY.rights == frozenset()
    assert joint.rights == {RightKind.JOINT_CONTROL}
    assert DEFINITIONS["no_konsern"].rights == {
        RightKind.BOARD_MAJORITY,
        RightKind.CONTRACT,
        RightKind.ARTICLES,
        RightKind.LAW,
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"basis": Basis.EITHER},
        {"aggregate": False},
        {"board_right": True},
        {"nominees": True},
        {"cross_votes": CrossVotes.SUSPENDED},
        {"excluded": frozenset({"a"})},
        {"identical_threshold": Fraction(1, 2)},
    ],
)
def test_what_lets_a_company_stand_in_two_groups_does_not_partition(changed: dict[str, Any]) -> None:
    assert not replace(STRICT_MAJORITY, **changed).partitions
    assert replace(STRICT_MAJORITY, family=Family.FIRST_DEGREE, basis=Basis.CAPITAL).partitions
