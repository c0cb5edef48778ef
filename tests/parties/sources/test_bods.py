"""A share that changed is dated by the series of statements; what is indirect is never counted beside its links."""

import json
import zipfile
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from inward.core.classification.facts import Band, CompanyKind, RightKind
from inward.core.terms import Rate
from inward.parties.sources import bods
from inward.parties.sources.rows import Entity, Evidence, Finding, Right, Said, Share
from inward.parties.sources.streams import Unreadable


def read(tmp_path: Path, *statements: dict[str, Any]) -> list[Said]:
    path = tmp_path / "package.json"
    path.write_text(json.dumps(statements), encoding="utf-8")
    return list(bods.read(path))


def said(kind: str, record: str, details: dict[str, Any], day: str = "2020-01-01", **more: Any) -> dict[str, Any]:
    return {
        "statementId": f"{record}-{day}",
        "statementDate": day,
        "recordType": kind,
        "recordId": record,
        "recordStatus": "new",
        "recordDetails": {"isComponent": False, **details},
        **more,
    }


def held(record: str, *interests: dict[str, Any], day: str = "2020-01-01", **more: Any) -> dict[str, Any]:
    status = {"recordStatus": more.pop("recordStatus")} if "recordStatus" in more else {}
    details = {"subject": "works", "interestedParty": "owner", "interests": list(interests), **more}
    return said("relationship", record, details, day, **status)


def interest(
    kind: str, percent: float | dict[str, float] | None = None, since: str = "", **more: Any
) -> dict[str, Any]:
    share = {} if percent is None else {"share": percent if isinstance(percent, dict) else {"exact": percent}}
    return {"type": kind, "directOrIndirect": "direct", **share, **({"startDate": since} if since else {}), **more}


def shares(rows: list[Said]) -> list[tuple[Fraction | None, Fraction | None, date | None, date | None]]:
    """Votes, capital, since, until of each share whose bands are exact."""
    assert not [row for row in rows if isinstance(row, Finding)]
    found = [row for row in rows if isinstance(row, Share)]
    return [(r.votes and r.votes.low, r.capital and r.capital.low, r.since, r.until) for r in found]


HALF, WHOLE = Fraction(1, 2), Fraction(1)


def test_an_entity_is_taken_with_its_identifiers_and_no_person_is(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        said(
            "entity",
            "works",
            {
                "name": "Works Ltd",
                "entityType": {"type": "registeredEntity"},
                "jurisdiction": {"name": "Delaware", "code": "US-DE"},
                "identifiers": [{"scheme": "XI-LEI", "id": "TESTLEI"}, {"schemeName": "Delaware register", "id": "77"}],
                "foundingDate": "2002-03-09",
                "dissolutionDate": "2024-02-29",
            },
        ),
        said("person", "ada", {"names": [{"fullName": "Ada Invented"}], "birthDate": "1990-01-01"}),
    )

    at = Evidence("BODS", "package.json", 1, "works-2020-01-01", datetime(2020, 1, 1, tzinfo=UTC))
    assert rows == [
        Entity(
            *("works", "Works Ltd", at, CompanyKind.COMPANY, "US", "TESTLEI", "Delaware register", "77"),
            *(date(2002, 3, 9), date(2024, 2, 29)),
        )
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("arrangement", CompanyKind.ARRANGEMENT),
        ("stateBody", CompanyKind.STATE),
        ("anonymousEntity", CompanyKind.POOL),
        ("something else", CompanyKind.COMPANY),
    ],
)
def test_the_type_of_an_entity_says_what_body_it_is(tmp_path: Path, kind: str, expected: CompanyKind) -> None:
    (row,) = read(tmp_path, said("entity", "it", {"entityType": {"type": kind}}))

    assert isinstance(row, Entity)
    assert (row.kind, row.country, row.register, row.register_number) == (expected, "", "", "")


def test_a_share_that_grew_begins_when_it_was_stated_where_the_start_is_that_of_the_whole_interest(
    tmp_path: Path,
) -> None:
    """The shape of fermcat.json: 100 % "since 2019" would be 150 % in 2020."""
    first = held("r", interest("shareholding", 50, "2019-09-11"), day="2019-09-11")
    again = held("r", interest("shareholding", 50, "2019-09-11"), day="2020-09-11", recordStatus="updated")
    grown = held("r", interest("shareholding", 100, "2019-09-11"), day="2022-01-21", recordStatus="updated")

    rows = read(tmp_path, first, again, grown)

    assert shares(rows) == [
        (None, HALF, date(2019, 9, 11), date(2022, 1, 21)),
        (None, WHOLE, date(2022, 1, 21), None),
    ]
    assert [row.key for row in rows if isinstance(row, Share)] == ["r:2019-09-11", "r:2022-01-21"]


def test_a_share_that_changed_begins_on_its_start_where_that_is_later(tmp_path: Path) -> None:
    """The shape of tecido.json, statements in any order of the file."""
    first = held("r", interest("votingRights", 100, "2002-03-09"), day="2019-01-20")
    less = held("r", interest("votingRights", 40, "2021-09-24"), day="2021-09-25", recordStatus="updated")

    assert shares(read(tmp_path, less, first)) == [
        (WHOLE, None, date(2002, 3, 9), date(2021, 9, 24)),
        (Fraction(2, 5), None, date(2021, 9, 24), None),
    ]


def test_a_later_statement_that_tells_the_end_ends_it_there(tmp_path: Path) -> None:
    first = held("r", interest("shareholding", 50, "2019-09-11"), day="2019-09-11")
    closed = held(
        "r",
        interest("shareholding", 50, "2019-09-11", endDate="2021-04-03"),
        day="2021-09-11",
        recordStatus="closed",
    )

    assert shares(read(tmp_path, first, closed)) == [(None, HALF, date(2019, 9, 11), date(2021, 4, 3))]


def test_a_record_closed_without_an_end_ends_on_the_day_of_the_statement_and_says_so(tmp_path: Path) -> None:
    first = held("r", interest("votingRights", 30, "2022-09-21"), day="2022-09-25")
    closed = held("r", interest("votingRights", 30, "2022-09-21"), day="2023-03-03", recordStatus="closed")

    finding, share = read(tmp_path, first, closed)

    assert isinstance(finding, Finding)
    assert (finding.code, dict(finding.facts)) == ("source_end_presumed", {"id": "r-2023-03-03"})
    assert isinstance(share, Share)
    assert (share.since, share.until) == (date(2022, 9, 21), date(2023, 3, 3))


def test_an_interest_that_is_no_longer_stated_ends_on_the_day_of_the_statement(tmp_path: Path) -> None:
    both = held("r", interest("votingRights", 30, "2020-01-01"), interest("shareholding", 30, "2020-01-01"))
    one = held("r", interest("shareholding", 30, "2020-01-01"), day="2021-01-01", recordStatus="updated")

    third = Fraction(3, 10)
    assert shares(read(tmp_path, both, one)) == [
        (third, third, date(2020, 1, 1), date(2021, 1, 1)),
        (None, third, date(2021, 1, 1), None),
    ]


def test_days_without_any_share_are_left_out(tmp_path: Path) -> None:
    spans = [
        interest("votingRights", 10, "2020-01-01", endDate="2020-02-01"),
        interest("votingRights", 20, "2020-03-01"),
    ]

    assert shares(read(tmp_path, held("r", *spans, day="2020-03-01"))) == [
        (Fraction(1, 10), None, date(2020, 1, 1), date(2020, 2, 1)),
        (Fraction(1, 5), None, date(2020, 3, 1), None),
    ]


@pytest.mark.parametrize(
    ("share", "band"),
    [
        ({"minimum": 25, "maximum": 50}, Band(Fraction(1, 4), HALF)),
        ({"exclusiveMinimum": 25, "maximum": 50}, Band(Fraction(1, 4), HALF, low_open=True)),
        ({"minimum": 50, "exclusiveMaximum": 75}, Band(HALF, Fraction(3, 4), high_open=True)),
        ({"exclusiveMinimum": 25}, Band(Fraction(1, 4), WHOLE, low_open=True)),
        ({"maximum": 10}, Band(Fraction(0), Fraction(1, 10))),
        ({"exact": 33.33}, Band(Fraction(3333, 10000), Fraction(3333, 10000))),
    ],
)
def test_a_band_keeps_its_ends(tmp_path: Path, share: dict[str, float], band: Band) -> None:
    (row,) = read(tmp_path, held("r", interest("votingRights", share)))

    assert isinstance(row, Share)
    assert (row.votes, row.key, row.since) == (band, "r", None)


@pytest.mark.parametrize("share", [{}, {"minimum": 60, "maximum": 40}, {"exclusiveMinimum": 50, "maximum": 50}])
def test_a_share_of_no_size_is_found_and_not_made_up(tmp_path: Path, share: dict[str, float]) -> None:
    (row,) = read(tmp_path, held("r", interest("votingRights", share)))

    assert isinstance(row, Finding)
    assert row.code == "source_share_not_told"


@pytest.mark.parametrize("percent", [True, "50", 101, float("nan")])
def test_what_is_no_percentage_is_no_share(tmp_path: Path, percent: Any) -> None:
    (row,) = read(tmp_path, held("r", interest("votingRights", {"exact": percent})))

    assert isinstance(row, Finding)
    assert row.code == "source_share_not_told"


def test_powers_become_rights_and_offices_become_nothing(tmp_path: Path) -> None:
    board, influence = read(
        tmp_path,
        held(
            "r",
            interest("appointmentOfBoard", since="2021-01-01"),
            interest("otherInfluenceOrControl", endDate="2022-01-01"),
            interest("boardChair", since="2021-01-01"),
        ),
    )

    at = Evidence("BODS", "package.json", 1, "r-2020-01-01", datetime(2020, 1, 1, tzinfo=UTC))
    assert board == Right(
        "r:BOARD_MAJORITY:2021-01-01", "works", RightKind.BOARD_MAJORITY, at, "owner", date(2021, 1, 1), None
    )
    assert influence == Right("r:DE_FACTO", "works", RightKind.DE_FACTO, at, "owner", None, date(2022, 1, 1))


def test_a_nominator_directs_what_the_arrangement_holds(tmp_path: Path) -> None:
    (row,) = read(tmp_path, held("r", interest("nominator"), subject="nomination"))

    assert isinstance(row, Right)
    assert (row.kind, row.holder, row.target) == (RightKind.NOMINATOR, "owner", "nomination")


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("noBeneficialOwners", RightKind.TOP),
        ("subjectExemptFromDisclosure", RightKind.UNKNOWN_PARENT),
        ("", RightKind.UNKNOWN_PARENT),
    ],
)
def test_a_party_that_is_not_named_is_nobody_or_not_known_by_its_reason(
    tmp_path: Path, reason: str, kind: RightKind
) -> None:
    (row,) = read(tmp_path, held("r", interestedParty={"reason": reason}))

    assert isinstance(row, Right)
    assert (row.kind, row.holder, row.since, row.until) == (kind, None, date(2020, 1, 1), None)
    assert row.at.reference == f"r-2020-01-01 ({reason or 'unknown'})"


@pytest.mark.parametrize(("ended", "until"), [({}, date(2023, 3, 3)), ({"endDate": "2022-12-31"}, date(2022, 12, 31))])
def test_not_knowing_ends_too(tmp_path: Path, ended: dict[str, str], until: date) -> None:
    told = interest("unknownInterest", since="2019-05-05", **ended)
    closed = held("r", told, day="2023-03-03", recordStatus="closed", interestedParty={"reason": "unknown"})

    right = next(row for row in read(tmp_path, closed) if isinstance(row, Right))

    assert (right.since, right.until) == (date(2019, 5, 5), until)


def chain(first: float, second: float, told: float) -> tuple[dict[str, Any], ...]:
    direct = {"isComponent": True}
    whole = interest("votingRights", told, directOrIndirect="indirect")
    return (
        held("a", interest("votingRights", first), subject="middle", **direct),
        held("b", interest("votingRights", second), interestedParty="middle", **direct),
        held("primary", whole, componentRecords=["a", "middle", "b"]),
    )


def test_an_indirect_share_is_a_checksum_and_never_a_holding(tmp_path: Path) -> None:
    rows = read(tmp_path, *chain(80, 60, 48))

    assert [(row.owner, row.owned) for row in rows if isinstance(row, Share)] == [
        ("owner", "middle"),
        ("middle", "works"),
    ]
    assert not [row for row in rows if isinstance(row, Finding)]


def test_an_indirect_share_that_is_not_what_its_links_come_to_is_found(tmp_path: Path) -> None:
    found = [row for row in read(tmp_path, *chain(80, 60, 60)) if isinstance(row, Finding)]

    assert [(row.code, dict(row.facts)) for row in found] == [
        ("source_chain_differs", {"told": Rate(Fraction(3, 5)), "found": Rate(Fraction(12, 25))})
    ]


def test_links_without_an_exact_share_and_links_in_a_circle_check_nothing_and_end(tmp_path: Path) -> None:
    first, second, primary = chain(80, 60, 48)
    loose = held("a", interest("votingRights", {"minimum": 80}), subject="middle")
    assert not [row for row in read(tmp_path, loose, second, primary) if isinstance(row, Finding)]

    back = held("c", interest("votingRights", 10), interestedParty="middle", subject="owner")
    primary["recordDetails"]["componentRecords"].append("c")
    assert not [row for row in read(tmp_path, first, second, back, primary) if isinstance(row, Finding)]


def test_too_many_ways_are_left_unchecked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bods, "_WAYS_MAX", 1)

    assert not [row for row in read(tmp_path, *chain(80, 60, 60)) if isinstance(row, Finding)]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (held("r", interest("votingRights", 50, directOrIndirect="indirect")), "source_indirect_alone"),
        (held("r", interest("trustee")), "source_kind_unknown"),
        (held("r", {"directOrIndirect": "unknown"}), "source_kind_unknown"),
        (held("r", interest("appointmentOfBoard"), subject="owner"), "source_own_parent"),
        (held("r", subject={"reason": "unknown"}), "source_record_unknown"),
        (held("r", interestedParty=None), "source_record_unknown"),
        (held("r", interest("votingRights", 50, "2020-01-01", endDate="2020-01-01")), "source_ends_before"),
        ({"recordType": "entity", "recordId": "x"}, "source_record_unknown"),
        (said("entity", "", {}), "source_record_unknown"),
        (said("sonnet", "x", {}), "source_record_unknown"),
    ],
)
def test_what_cannot_be_used_is_found_and_nothing_is_made_of_it(
    tmp_path: Path, statement: dict[str, Any], code: str
) -> None:
    (row,) = read(tmp_path, statement)

    assert isinstance(row, Finding)
    assert (row.code, row.at.record) == (code, 1)


def test_a_statement_that_comes_twice_counts_once(tmp_path: Path) -> None:
    one = held("r", interest("votingRights", 50, "2020-01-01"))

    finding, share = read(tmp_path, one, one)

    assert isinstance(finding, Finding)
    assert (finding.code, finding.at.record) == ("source_statement_twice", 2)
    assert isinstance(share, Share)


def test_json_lines_in_a_zip_are_read_alike_and_a_broken_end_hands_out_no_half_series(tmp_path: Path) -> None:
    first = held("r", interest("shareholding", 50, "2019-09-11"), day="2019-09-11")
    lines = "\n".join(json.dumps(one) for one in (first, said("entity", "works", {"name": "Works"})))
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        archive.writestr("package.jsonl", lines)
    assert [type(row) for row in bods.read(tmp_path / "package.zip")] == [Entity, Share]

    (tmp_path / "broken.jsonl").write_text(lines + '\n{"statementId": ', encoding="utf-8")
    rows = bods.read(tmp_path / "broken.jsonl")
    assert isinstance(next(rows), Entity)
    with pytest.raises(Unreadable):
        next(rows)


def test_an_instant_keeps_its_hour_and_nonsense_is_no_instant(tmp_path: Path) -> None:
    (row, other) = read(
        tmp_path,
        said("entity", "a", {}, "2021-09-11T14:02:11Z"),
        said("entity", "b", {"foundingDate": "once"}, "", publicationDetails={"publicationDate": "soon"}),
    )

    assert isinstance(row, Entity)
    assert isinstance(other, Entity)
    assert (row.at.known, other.at.known) == (datetime(2021, 9, 11, 14, 2, 11, tzinfo=UTC), None)
    assert other.since is None
