"""Lists of subsidiaries say who is consolidated, and seldom how much of it is held."""

from fractions import Fraction
from pathlib import Path

import pytest

from inward.core.classification.facts import Band, RightKind
from inward.parties.sources import exhibit21
from inward.parties.sources.exhibit21 import SOME
from inward.parties.sources.rows import Entity, Evidence, Finding, Right, Said, Share
from inward.parties.sources.streams import Unreadable

CSV = """Filename,Subsidiary,Location of Incorporation,Ownership Percentage
990001-0001,Works One LLC,Delaware,
990001-0001,"Works, Two Ltd",,66.67
990002-0001,Works One LLC,Norway,100.0
"""
TEXT = """SUBSIDIARIES OF THE REGISTRANT

Name of Subsidiary                State of Incorporation    Percentage
-----------------
Works One LLC                     Delaware                  100%
Works   Two Ltd  .......... England (51)
"""
HTML = """<html><head><title>Works</title><style>p {color: red}</style></head><body><p>Exhibit 21</p>
<table><tr><th>Subsidiary</th><th>Jurisdiction</th></tr>
<tr><td><p>Works &amp; One</p></td><td>&nbsp;</td><td>Delaware</td><td>75%</td></tr>
<tr><td>Works Two</td><td>Norway</td></tr></table><p>Works Three</p></body></html>
"""


def read(tmp_path: Path, text: str, name: str = "ex21.txt", filer: str = "filer") -> list[Said]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return list(exhibit21.read(tmp_path / name, filer=filer))


def told(rows: list[Said]) -> list[tuple[str, str, Band | None]]:
    """Who is said to hold whom, and how much of it."""
    return [(row.owner, row.owned, row.capital) for row in rows if isinstance(row, Share)]


def of(share: Fraction) -> Band:
    return Band(share, share)


def test_without_a_percentage_there_is_some_share_and_an_assertion_that_it_is_consolidated(tmp_path: Path) -> None:
    entity, share, right, *_ = read(tmp_path, CSV)

    at = Evidence("SEC-EX21", "ex21.txt", 2, "990001-0001")
    assert entity == Entity("990001/works-one-llc", "Works One LLC", at)
    assert share == Share("990001/works-one-llc", "990001", "990001/works-one-llc", at, capital=SOME)
    assert right == Right(
        *("990001/works-one-llc:CONSOLIDATION", "990001/works-one-llc", RightKind.CONSOLIDATION, at, "990001")
    )
    assert (SOME.low, SOME.low_open, SOME.high, SOME.high_open) == (0, True, 1, False)


def test_rows_of_several_filings_belong_to_their_filers(tmp_path: Path) -> None:
    rows = read(tmp_path, CSV, filer="")

    assert told(rows)[1:] == [
        ("990001", "990001/works-two-ltd", of(Fraction(6667, 10000))),
        ("990002", "990002/works-one-llc", of(Fraction(1))),
    ]
    assert len([row for row in rows if isinstance(row, Right)]) == 1


def test_a_text_is_read_by_its_columns_and_titles_are_no_subsidiaries(tmp_path: Path) -> None:
    assert told(read(tmp_path, TEXT)) == [
        ("filer", "filer/works-one-llc", of(Fraction(1))),
        ("filer", "filer/works", SOME),
    ]


def test_a_page_is_read_by_its_tables_and_paragraphs(tmp_path: Path) -> None:
    rows = read(tmp_path, HTML, "ex21.htm")

    assert [row.name for row in rows if isinstance(row, Entity)] == ["Works & One", "Works Two", "Works Three"]
    assert told(rows) == [
        ("filer", "filer/works-one", of(Fraction(3, 4))),
        ("filer", "filer/works-two", SOME),
        ("filer", "filer/works-three", SOME),
    ]


def test_a_page_longer_than_what_is_read_at_once_loses_no_row(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>Works {number}</td><td>Norway</td></tr>\n" for number in range(3_000))

    found = read(tmp_path, f"<table>\n{rows}</table></script>", "ex21.htm")

    assert [row.name for row in found if isinstance(row, Entity)] == [f"Works {number}" for number in range(3_000)]


def test_a_name_listed_twice_counts_once_and_is_found(tmp_path: Path) -> None:
    rows = read(tmp_path, "Works One\nWORKS ONE\n")

    assert [row.code for row in rows if isinstance(row, Finding)] == ["source_statement_twice"]
    assert len(told(rows)) == 1


@pytest.mark.parametrize(("text", "filer"), [("Works One\n", ""), ("Works " * 40 + "\n", "filer")])
def test_a_row_of_no_filer_or_of_no_name_is_found(tmp_path: Path, text: str, filer: str) -> None:
    (row,) = read(tmp_path, text, filer=filer)

    assert isinstance(row, Finding)
    assert row.code == "source_record_unknown"


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "") == []


@pytest.mark.parametrize("begin", ["", "<p>\n"])
def test_a_line_beyond_all_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begin: str) -> None:
    monkeypatch.setattr(exhibit21, "RECORD_BYTES_MAX", 50)

    with pytest.raises(Unreadable) as refused:
        read(tmp_path, begin + "x" * 51)
    assert refused.value.reason == "source_record_too_large"


def test_what_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ex21.txt").write_bytes(b"Works \xff One")

    with pytest.raises(Unreadable) as refused:
        list(exhibit21.read(tmp_path / "ex21.txt", filer="filer"))
    assert refused.value.reason == "source_not_text"
