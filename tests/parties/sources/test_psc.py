"""The bands of the UK register keep their open ends; powers become rights; names of people are not taken."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from inward.core.classification.facts import Band, RightKind
from inward.parties.sources import psc
from inward.parties.sources.rows import Evidence, Finding, Right, Said, Share

LINK = "/company/01234567/persons-with-significant-control/individual/abc"
AT = Evidence("PSC", "psc.txt", 1, LINK)


def read(tmp_path: Path, *natures: str, **data: Any) -> list[Said]:
    told = {"natures_of_control": list(natures), "links": {"self": LINK}, "notified_on": "2016-04-06", **data}
    (tmp_path / "psc.txt").write_text(json.dumps({"company_number": "01234567", "data": told}) + "\n")
    return list(psc.read(tmp_path / "psc.txt"))


@pytest.mark.parametrize(
    ("nature", "band"),
    [
        ("25-to-50-percent", Band(Fraction(1, 4), Fraction(1, 2), low_open=True)),
        ("50-to-75-percent", Band(Fraction(1, 2), Fraction(3, 4), low_open=True, high_open=True)),
        ("75-to-100-percent-as-trust", Band(Fraction(3, 4), Fraction(1))),
        ("75-to-100-percent-as-firm", Band(Fraction(3, 4), Fraction(1))),
        ("more-than-25-percent-registered-overseas-entity", Band(Fraction(1, 4), Fraction(1), low_open=True)),
    ],
)
def test_votes_and_shares_are_two_bands_with_their_ends(tmp_path: Path, nature: str, band: Band) -> None:
    (votes,) = read(tmp_path, f"voting-rights-{nature}")
    (capital,) = read(tmp_path, f"ownership-of-shares-{nature}")

    assert votes == Share(LINK, LINK, "01234567", AT, votes=band, since=date(2016, 4, 6))
    assert capital == Share(LINK, LINK, "01234567", AT, capital=band, since=date(2016, 4, 6))


def test_powers_become_rights_beside_the_share_and_end_with_it(tmp_path: Path) -> None:
    board, influence, share = read(
        tmp_path,
        "right-to-appoint-and-remove-directors-as-firm",
        "significant-influence-or-control",
        "voting-rights-25-to-50-percent",
        ceased_on="2020-02-29",
    )

    assert board == Right(
        *(f"{LINK}:BOARD_MAJORITY", "01234567", RightKind.BOARD_MAJORITY, AT, LINK),
        *(date(2016, 4, 6), date(2020, 2, 29)),
    )
    assert isinstance(influence, Right)
    assert influence.kind is RightKind.DE_FACTO
    assert isinstance(share, Share)
    assert share.until == date(2020, 2, 29)


def test_no_name_and_no_birthday_of_a_person_is_taken(tmp_path: Path) -> None:
    rows = read(tmp_path, "voting-rights-25-to-50-percent", name="Ada Invented", date_of_birth={"year": 1990})

    assert "Ada" not in repr(rows)
    assert "1990" not in repr(rows)


@pytest.mark.parametrize(
    ("natures", "data", "code"),
    [
        (("part-right-to-sing",), {}, "source_kind_unknown"),
        (("voting-rights-10-to-20-percent",), {}, "source_kind_unknown"),
        (("voting-rights-25-to-50-percent",), {"ceased_on": "2016-04-06"}, "source_ends_before"),
        ((), {"natures_of_control": None}, "source_record_unknown"),
        (("voting-rights-25-to-50-percent",), {"links": {}}, "source_record_unknown"),
        (("voting-rights-25-to-50-percent",), {"links": None}, "source_record_unknown"),
    ],
)
def test_what_cannot_be_used_is_found(
    tmp_path: Path, natures: tuple[str, ...], data: dict[str, Any], code: str
) -> None:
    (said,) = read(tmp_path, *natures, **data)

    assert isinstance(said, Finding)
    assert said.code == code


def test_a_line_without_company_or_data_is_found_and_a_day_that_is_none_stays_open(tmp_path: Path) -> None:
    (tmp_path / "psc.txt").write_text('{"data": {}}\n{"company_number": "1"}\n')
    assert [row.code for row in psc.read(tmp_path / "psc.txt") if isinstance(row, Finding)] == [
        "source_record_unknown"
    ] * 2

    (share,) = read(tmp_path, "voting-rights-25-to-50-percent", notified_on="some day")
    assert isinstance(share, Share)
    assert share.since is None
