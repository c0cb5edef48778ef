"""What GLEIF says becomes entities and rights; what it does not say is not made up."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from inward.core.classification.facts import CompanyKind, RightKind
from inward.parties.sources import gleif
from inward.parties.sources.rows import Entity, Evidence, Finding, Gone, Right, Said


def lei(stem: str) -> str:
    """An LEI of nobody, with check digits that fit."""
    body = stem.ljust(18, "0")
    return f"{body}{98 - int(''.join(str(int(sign, 36)) for sign in body + '00')) % 97:02}"


CHILD, PARENT = lei("TESTCHILD"), lei("TESTPARENT")


def read(tmp_path: Path, *records: dict[str, Any]) -> list[Said]:
    path = tmp_path / "gleif.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return list(gleif.read(path))


def one(tmp_path: Path, record: dict[str, Any]) -> Said:
    (said,) = read(tmp_path, record)
    return said


def relationship(kind: str = "IS_DIRECTLY_CONSOLIDATED_BY", status: str = "PUBLISHED", **said: Any) -> dict[str, Any]:
    return {
        "Relationship": {
            "StartNode": {"NodeID": CHILD, "NodeIDType": "LEI"},
            "EndNode": {"NodeID": PARENT, "NodeIDType": "LEI"},
            "RelationshipType": kind,
            "RelationshipPeriods": [
                {"StartDate": "2019-01-01T00:00:00Z", "PeriodType": "ACCOUNTING_PERIOD"},
                {"StartDate": "2018-03-01T00:00:00.000Z", "PeriodType": "RELATIONSHIP_PERIOD"},
            ],
            "RelationshipStatus": "ACTIVE",
            **said,
        },
        "Registration": {
            "LastUpdateDate": "2023-05-18T15:41:20.212Z",
            "RegistrationStatus": status,
            "ValidationReference": "annual report 2022",
        },
    }


def entity(**said: Any) -> dict[str, Any]:
    return {
        "LEI": CHILD,
        "Entity": {
            "LegalName": "Child Works Ltd",
            "LegalJurisdiction": "US-MA",
            "RegistrationAuthority": {"RegistrationAuthorityID": "RA000665", "RegistrationAuthorityEntityID": "S1"},
            "EntityCategory": "GENERAL",
            "EntityStatus": "ACTIVE",
            "EntityCreationDate": "2012-11-29T00:00:00.000Z",
            **said,
        },
        "Registration": {"RegistrationStatus": "LAPSED"},
    }


def test_an_lei_is_known_by_its_check_digits() -> None:
    assert gleif.valid_lei("001GPB6A9XPE8XJICC14")
    assert not gleif.valid_lei("001GPB6A9XPE8XJICC41")
    assert not gleif.valid_lei("001gpb6a9xpe8xjicc14")
    assert not gleif.valid_lei("001GPB6A9XPE8XJICC1")
    assert not gleif.valid_lei("001GPB6A9XPE8XJICC\u0661\u0664")


def test_an_entity_keeps_its_register_its_days_and_where_it_was_said(tmp_path: Path) -> None:
    assert one(tmp_path, entity()) == Entity(
        id=CHILD,
        name="Child Works Ltd",
        at=Evidence("GLEIF", "gleif.json", 1),
        country="US",
        lei=CHILD,
        register="RA000665",
        register_number="S1",
        since=date(2012, 11, 29),
    )


def test_an_entity_that_is_inactive_ends_and_names_what_took_it_over(tmp_path: Path) -> None:
    ended = entity(
        EntityStatus="INACTIVE",
        EntityExpirationDate="2020-02-29T00:00:00Z",
        SuccessorEntity={"SuccessorLEI": PARENT},
    )
    going = entity(EntityExpirationDate="2020-02-29T00:00:00Z")

    gone, stays = read(tmp_path, ended, going)

    assert isinstance(gone, Entity)
    assert (gone.until, gone.successor) == (date(2020, 2, 29), PARENT)
    assert isinstance(stays, Entity)
    assert (stays.until, stays.successor) == (None, "")


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("GENERAL", CompanyKind.COMPANY),
        ("BRANCH", CompanyKind.BRANCH),
        ("FUND", CompanyKind.FUND),
        ("RESIDENT_GOVERNMENT_ENTITY", CompanyKind.STATE),
        ("SOLE_PROPRIETOR", CompanyKind.COMPANY),
    ],
)
def test_branches_funds_and_states_are_told_apart(tmp_path: Path, category: str, kind: CompanyKind) -> None:
    said = one(tmp_path, entity(EntityCategory=category))

    assert isinstance(said, Entity)
    assert said.kind is kind


@pytest.mark.parametrize(("name", "kind"), sorted(gleif.RIGHTS.items()))
def test_a_relationship_is_a_right_of_the_end_node_and_never_a_share(
    tmp_path: Path, name: str, kind: RightKind
) -> None:
    assert one(tmp_path, relationship(name)) == Right(
        key=f"{name}:{CHILD}:{PARENT}",
        target=CHILD,
        kind=kind,
        at=Evidence(
            *("GLEIF", "gleif.json", 1, "annual report 2022"), datetime(2023, 5, 18, 15, 41, 20, 212000, tzinfo=UTC)
        ),
        holder=PARENT,
        since=date(2018, 3, 1),
    )


def test_a_relationship_that_was_not_renewed_still_holds_one_annulled_never_did(tmp_path: Path) -> None:
    lapsed, annulled, duplicate = read(
        tmp_path, relationship(status="LAPSED"), relationship(status="ANNULLED"), relationship(status="DUPLICATE")
    )

    assert isinstance(lapsed, Right)
    assert lapsed.until is None
    assert isinstance(annulled, Gone)
    assert isinstance(duplicate, Gone)
    assert annulled.key == duplicate.key == lapsed.key


def test_a_delta_file_takes_back_what_it_deletes(tmp_path: Path) -> None:
    deleted = {"Extension": {"Deletion": {"DeletedAt": "2023-11-01T01:39:19Z"}}}
    reason = {"LEI": CHILD, "ExceptionCategory": "C", "ExceptionReason": "NO_LEI"}

    said = read(tmp_path, relationship() | deleted, entity() | deleted, reason | deleted)

    assert [type(row) for row in said] == [Gone] * 3
    assert [row.key for row in said if isinstance(row, Gone)] == [
        f"IS_DIRECTLY_CONSOLIDATED_BY:{CHILD}:{PARENT}",
        CHILD,
        f"C:{CHILD}",
    ]


def test_a_relationship_ends_on_the_day_told_and_on_none_made_up(tmp_path: Path) -> None:
    def period(**days: str) -> dict[str, Any]:
        return {"RelationshipPeriods": {"RelationshipPeriod": {"PeriodType": "RELATIONSHIP_PERIOD", **days}}}

    ended, backwards, untold, undated = read(
        tmp_path,
        relationship(RelationshipStatus="INACTIVE", **period(StartDate="2018-03-01", EndDate="2021-01-01")),
        relationship(**period(StartDate="2021-01-01", EndDate="2021-01-01")),
        relationship(RelationshipStatus="INACTIVE"),
        relationship(RelationshipPeriods=[{"PeriodType": "ACCOUNTING_PERIOD", "StartDate": "2018-03-01"}]),
    )

    assert isinstance(ended, Right)
    assert (ended.since, ended.until) == (date(2018, 3, 1), date(2021, 1, 1))
    assert isinstance(backwards, Finding)
    assert (backwards.code, dict(backwards.facts)) == (
        "source_ends_before",
        {"since": "2021-01-01", "until": "2021-01-01"},
    )
    assert isinstance(untold, Finding)
    assert untold.code == "source_end_not_told"
    assert isinstance(undated, Right)
    assert (undated.since, undated.until) == (None, None)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (relationship(EndNode={"NodeID": "529900T8BM49AURSDO56"}), "lei_wrong"),
        (relationship(StartNode=None), "lei_wrong"),
        (relationship("IS_FRIEND_OF"), "source_kind_unknown"),
        (relationship(EndNode={"NodeID": CHILD}), "source_own_parent"),
        (entity() | {"LEI": "529900T8BM49AURSDO56"}, "lei_wrong"),
        ({"LEI": CHILD, "ExceptionCategory": "C", "ExceptionReason": "WEATHER"}, "source_kind_unknown"),
        ({"LEI": "x", "ExceptionCategory": "C", "ExceptionReason": "NO_LEI"}, "lei_wrong"),
        (
            {"LEI": CHILD, "ExceptionCategory": "C", "ExceptionReason": "NON_CONSOLIDATING"},
            "source_parent_not_consolidating",
        ),
        ({"anything": 1}, "source_record_unknown"),
    ],
)
def test_what_cannot_be_used_is_found_with_its_place(tmp_path: Path, record: dict[str, Any], code: str) -> None:
    _, said = read(tmp_path, entity(), record)

    assert isinstance(said, Finding)
    assert (said.code, said.at.file, said.at.record) == (code, "gleif.json", 2)


@pytest.mark.parametrize(("reason", "kind"), sorted(gleif.EXCEPTIONS.items()))
def test_a_reason_says_top_or_unknown_parent_and_never_names_a_holder(
    tmp_path: Path, reason: str, kind: RightKind
) -> None:
    said = one(
        tmp_path,
        {
            "LEI": CHILD,
            "ExceptionCategory": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
            "ExceptionReason": reason,
            "ContentDate": "2023-06-09T09:03:29Z",
        },
    )

    assert isinstance(said, Right)
    assert (said.target, said.kind, said.holder) == (CHILD, kind, None)
    assert said.kind is (
        RightKind.TOP if reason in {"NATURAL_PERSONS", "NO_KNOWN_PERSON"} else RightKind.UNKNOWN_PARENT
    )
    assert said.at.known == datetime(2023, 6, 9, 9, 3, 29, tzinfo=UTC)


def test_xml_json_and_the_json_of_gleif_itself_say_the_same(tmp_path: Path) -> None:
    def dollars(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: dollars(one) for name, one in value.items()}
        return [dollars(one) for one in value] if isinstance(value, list) else {"$": value}

    def xml(value: Any) -> str:
        if not isinstance(value, dict):
            return str(value)
        return "".join(
            f"<r:{name}>{''.join(f'<r:RelationshipPeriod>{xml(one)}</r:RelationshipPeriod>' for one in inner) if isinstance(inner, list) else xml(inner)}</r:{name}>"
            for name, inner in value.items()
        )

    record = relationship()
    (tmp_path / "a").write_text(json.dumps([record]))
    (tmp_path / "b").write_text(json.dumps({"relations": [dollars(record)]}))
    (tmp_path / "c").write_text(
        f'<?xml version="1.0"?><r:D xmlns:r="urn:r"><r:RelationshipRecord>{xml(record)}</r:RelationshipRecord></r:D>'
    )

    told = [list(gleif.read(tmp_path / name)) for name in "abc"]

    assert [[type(row) for row in rows] for rows in told] == [[Right]] * 3
    assert (
        len(
            {
                (row.key, row.since, row.at.known, row.at.reference)
                for rows in told
                for row in rows
                if isinstance(row, Right)
            }
        )
        == 1
    )
