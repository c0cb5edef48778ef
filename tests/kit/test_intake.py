"""Files from elsewhere: every bad row named with file, line, column and reason; mapped into our columns."""

import json

import pytest

from inward.core.terms import Refusal
from inward.kit import intake
from inward.kit.intake import (
    Columns,
    Row,
    RowProblem,
    Table,
    left_over,
    mapped,
    read_directory,
    read_mapping,
    read_rows,
)
from inward.kit.sheets import csv_rows


def rows(folder, content, table=intake.SAME, name="people.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_rows(path, table))


def problems(found):
    return [(problem.line, problem.column, problem.code) for problem in found if isinstance(problem, RowProblem)]


def test_rows_come_with_the_place_where_they_were_read(tmp_path):
    found = rows(tmp_path, '\ufeffid,name\r\n1, Ada \r\n\r\n2,"Bo, the\r\nsecond"\r\n')
    assert found == [
        Row("people.csv", 2, {"id": "1", "name": "Ada"}),
        Row("people.csv", 5, {"id": "2", "name": "Bo, the\r\nsecond"}),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("id,name\n1,=SUM(A1)\n2,Bo\n", [(2, "name", "formula_in_cell")]),
        ("id,name\n1,+cmd|calc\n2,-5\n3,@x\n", [(2, "name", "formula_in_cell"), (4, "name", "formula_in_cell")]),
        ("id,name\n1\n2,Bo,x\n", [(2, "", "row_of_other_width"), (3, "", "row_of_other_width")]),
        ("id,name,id\n1,2,3\n", [(1, "id", "column_twice")]),
        (b"id,name\n1,Ada\n2,Bj\xf8rn\n3,Cy\n", [(3, "byte 5", "file_not_utf8")]),
        ('id,name\n1,"two\nlines"\n2,"open\n3,x\n', [(4, "", "quote_left_open")]),
        ('id,name\n1,"a"b\n', [(2, "", "file_not_csv")]),
        (f"id,name\n1,{'x' * 200_000}\n", [(2, "", "cell_too_long")]),
        ("", [(1, "", "file_empty")]),
        ("id,name\n1,a\0b\n", [(2, "name", "cell_unfit")]),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_column(tmp_path, content, expected):
    assert problems(rows(tmp_path, content)) == expected


def test_what_our_exports_marked_as_text_comes_back_as_it_was(tmp_path):
    written = "".join(csv_rows(["id", "name"], [("1", "-18 °C freezer"), ("2", "=1+1"), ("3", "'t Hoekje")]))
    assert [row.values["name"] for row in rows(tmp_path, written)] == ["-18 °C freezer", "=1+1", "'t Hoekje"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_file_without_a_mapping_is_parted_by_what_stands_in_its_first_line(tmp_path, mark):
    content = f'id{mark}name\n1{mark}"Ada, who knows; all"\n'
    assert rows(tmp_path, content) == [Row("people.csv", 2, {"id": "1", "name": "Ada, who knows; all"})]


def test_a_mapping_says_itself_what_parts_the_columns(tmp_path):
    found = rows(tmp_path, "a;b,c\n1;2,3\n", Table(columns={"a;b": "id"}))
    assert found == [Row("people.csv", 2, {"id": "1;2"})]


def test_a_file_that_is_too_large_or_missing_is_one_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "SIZE_MAX", 10)
    found = rows(tmp_path, "id,name\n1,Ada and more\n")
    assert [(problem.code, problem.facts["file"]) for problem in found] == [("file_too_large", "people.csv")]
    assert problems(read_rows(tmp_path / "ghost.csv")) == [(0, "", "file_missing")]


def test_two_hundred_megabytes_are_refused_without_being_read(tmp_path):
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.seek(200 * 1024**2 - 1)
        file.write(b"\n")
    (problem,) = read_rows(path)
    assert (problem.code, problem.facts["megabytes"], problem.facts["most"]) == ("file_too_large", 200, 100)


def test_progress_is_told_now_and_then(tmp_path):
    told = []
    path = tmp_path / "people.csv"
    path.write_text("id\n" + "x\n" * 2500, encoding="utf-8")
    assert len(list(read_rows(path, progress=told.append))) == 2500
    assert told == [1000, 2000]


MAPPED = Table(
    file="their.csv",
    columns={"Navn": "name", "Fra": "valid_from", "Beløp": "amount"},
    templates={"id": "p-{Nr}"},
    constants={"company": "abc"},
    values={"kind": {"F": "FULL_TIME", "*": "PART_TIME"}, "name": {"Ada": "Ada L."}},
    dates="%d.%m.%Y",
    numbers=("amount",),
    decimal=",",
    delimiter=";",
    when={"Aktiv": "1"},
)


def test_their_columns_become_ours(tmp_path):
    content = "Nr;Navn;Fra;Beløp;Aktiv\n7;Ada;29.02.2024;1.234,50;1\n8;Bo;01.01.2024;2;0\n9;Cy;31.02.2024;2;1\n"
    found = rows(tmp_path, content, MAPPED)
    assert found[0].values == {
        "name": "Ada L.",
        "valid_from": "2024-02-29",
        "amount": "1234.50",
        "id": "p-7",
        "company": "abc",
    }
    assert problems(found[1:]) == [(4, "name", "value_not_mapped")]
    assert len(found) == 2
    dated = Table(columns={"Fra": "valid_from"}, dates="%d.%m.%Y")
    assert problems(rows(tmp_path, "Fra\n31.02.2024\n\n", dated)) == [(2, "valid_from", "day_not_as_said")]
    assert mapped(Table(values={"kind": {"F": "X", "*": "Y"}}), {"kind": "Z"}) == {"kind": "Y"}
    assert mapped(Table(columns={"a": "valid_from"}, dates="%Y"), {"a": ""}) == {"valid_from": ""}


@pytest.mark.parametrize(
    ("decimal", "theirs", "ours"),
    [
        (",", "1.234", "1234"),
        (",", "1.234.567,5", "1234567.5"),
        (",", "1 234,50", "1234.50"),
        (",", "1\u00a0234", "1234"),
        (",", "-0,25", "-0.25"),
        (".", "1,234.50", "1234.50"),
        (".", "1'234", "1234"),
        (".", "7", "7"),
        (".", "", ""),
    ],
)
def test_a_number_is_read_as_they_write_it(decimal, theirs, ours):
    table = Table(columns={"Pris": "value"}, numbers=("value",), decimal=decimal)
    assert mapped(table, {"Pris": theirs}) == {"value": ours}


@pytest.mark.parametrize(
    ("decimal", "theirs"), [(",", "1.5"), (".", "1,5"), (",", "12.34,5"), (".", "1e3"), (".", "\u0663"), (",", "1,")]
)
def test_a_number_written_otherwise_is_a_problem_and_never_a_guess(tmp_path, decimal, theirs):
    table = Table(columns={"Pris": "value"}, numbers=("value",), decimal=decimal, delimiter=";")
    assert problems(rows(tmp_path, f"Pris\n{theirs}\n", table)) == [(2, "value", "number_not_as_said")]


def test_what_only_looks_like_a_number_stays_as_it_is():
    table = Table(columns={"Konto": "account"}, numbers=("value",), decimal=",")
    assert mapped(table, {"Konto": "1.920,5"}) == {"account": "1.920,5"}


def test_a_column_the_mapping_needs_must_be_there(tmp_path):
    found = rows(tmp_path, "Nr;Navn\n1;Ada\n", MAPPED)
    assert problems(found) == [(1, "Fra", "column_missing")]
    assert found[0].reason.facts["found"] == "Nr, Navn"


def write_mapping(folder, tables):
    path = folder / "mapping.json"
    path.write_text(json.dumps(tables) if not isinstance(tables, str) else tables, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("tables", "code", "where"),
    [
        ("{", "mapping_unreadable", "mapping.json"),
        ([], "mapping_without_tables", "mapping.json"),
        ({"tables": {}}, "mapping_without_tables", "mapping.json"),
        ({"tables": {"people": 3}}, "not_an_object", "mapping.json: tables.people"),
        ({"tables": {"people": {"colunms": {}}}}, "field_unknown", "mapping.json: tables.people.colunms"),
        (
            {"tables": {"people": {"file": "../secret.csv"}}},
            "mapping_file_elsewhere",
            "mapping.json: tables.people.file",
        ),
        ({"tables": {"people": {"columns": "id"}}}, "mapping_part_unfit", "mapping.json: tables.people.columns"),
        (
            {"tables": {"people": {"constants": {"a": 1}}}},
            "mapping_part_unfit",
            "mapping.json: tables.people.constants",
        ),
        ({"tables": {"people": {"values": {"a": "b"}}}}, "mapping_part_unfit", "mapping.json: tables.people.values"),
        ({"tables": {"people": {"rows": {}}}}, "mapping_part_unfit", "mapping.json: tables.people.rows"),
        ({"tables": {"people": {"dates": "dd.mm"}}}, "mapping_part_unfit", "mapping.json: tables.people.dates"),
        ({"tables": {"people": {"numbers": "cost"}}}, "mapping_part_unfit", "mapping.json: tables.people.numbers"),
        ({"tables": {"people": {"decimal": "·"}}}, "mapping_part_unfit", "mapping.json: tables.people.decimal"),
        ({"tables": {"people": {"delimiter": ";;"}}}, "mapping_part_unfit", "mapping.json: tables.people.delimiter"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_with_its_place(tmp_path, tables, code, where):
    with pytest.raises(Refusal) as refused:
        read_mapping(write_mapping(tmp_path, tables))
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_a_directory_gives_what_it_has_or_what_the_mapping_says(tmp_path):
    (tmp_path / "people.csv").write_text("id\n1\n", encoding="utf-8")
    found = read_directory(tmp_path, ("people", "units"))
    assert {name: [row.values for row in table] for name, table in found.items()} == {"people": [{"id": "1"}]}
    path = write_mapping(tmp_path, {"tables": {"units": {"rows": [{"id": "it"}]}, "people": {"file": "people.csv"}}})
    mapping = read_mapping(path)
    found = {name: list(table) for name, table in read_directory(tmp_path, ("people", "units"), mapping).items()}
    assert found == {"units": [Row("mapping", 1, {"id": "it"})], "people": [Row("people.csv", 2, {"id": "1"})]}
    with pytest.raises(Refusal) as refused:
        read_directory(tmp_path, ("people",), mapping)
    assert refused.value.reason.code == "mapping_of_unknown_table"


def test_one_table_comes_out_of_several_files_each_in_its_own_way(tmp_path):
    (tmp_path / "now.csv").write_text("n,start\n1,2020-01-01\n", encoding="utf-8")
    (tmp_path / "before.csv").write_text("nr,begun\n1,31.12.2015\n2,x\n", encoding="utf-8")
    earlier = {
        "file": "before.csv",
        "columns": {"begun": "valid_from"},
        "templates": {"id": "b{nr}"},
        "dates": "%d.%m.%Y",
    }
    table = {"file": "now.csv", "columns": {"start": "valid_from"}, "templates": {"id": "n{n}"}, "also": [earlier]}
    path = write_mapping(tmp_path, {"tables": {"work": table}})
    rows = list(read_directory(tmp_path, ["work"], read_mapping(path))["work"])
    assert [(row.file, row.values) for row in rows[:2]] == [
        ("now.csv", {"valid_from": "2020-01-01", "id": "n1"}),
        ("before.csv", {"valid_from": "2015-12-31", "id": "b1"}),
    ]
    assert (rows[2].file, rows[2].line, rows[2].code) == ("before.csv", 3, "day_not_as_said")


def test_a_further_file_that_is_no_mapping_is_named_by_its_place(tmp_path):
    path = write_mapping(tmp_path, {"tables": {"work": {"also": [{"file": "a.csv"}, {"file": "../b.csv"}]}}})
    with pytest.raises(Refusal) as refused:
        read_mapping(path)
    assert (refused.value.reason.code, refused.value.where) == (
        "mapping_file_elsewhere",
        "mapping.json: tables.work.also[1].file",
    )


def test_a_template_of_empty_values_names_nothing():
    table = Table(templates={"unit": "d{department}", "name": "{first} {last}"})
    assert mapped(table, {"department": "", "first": "", "last": "Lund"}) == {"unit": "", "name": " Lund"}


class TestColumns:
    """A heading that lacks a column or has one nobody knows is told by its first row and refuses the others in silence."""

    def refused(self, *rows):
        columns = Columns(("id",), ("name", "valid_from"))
        return [
            columns.refuse(Row(file, line, dict.fromkeys(titles, ""))) for line, (file, *titles) in enumerate(rows, 2)
        ]

    def test_a_good_heading_is_asked_nothing(self):
        assert self.refused(("a.csv", "id"), ("a.csv", "id", "name")) == [None, None]

    def test_each_heading_of_each_file_is_told_once(self):
        first, again, other, good = self.refused(
            ("a.csv", "id", "valid_form"), ("a.csv", "id", "valid_form"), ("b.csv", "id", "valid_form"), ("b.csv", "id")
        )
        (told,) = first
        assert (told.file, told.line, told.column, told.code) == ("a.csv", 1, "valid_form", "column_misspelt")
        assert told.facts == {"column": "valid_form", "near": "valid_from"}
        assert again == []
        assert [(each.file, each.line) for each in other] == [("b.csv", 1)]
        assert good is None

    def test_what_is_missing_and_what_is_unknown_are_both_told(self):
        (found,) = self.refused(("a.csv", "ID", "colour"))
        assert [(each.column, each.code) for each in found] == [
            ("id", "column_missing"),
            ("ID", "column_misspelt"),
            ("colour", "column_unknown"),
        ]
        assert found[1].facts["near"] == "id"
        assert found[2].facts["known"] == "id, name, valid_from"

    def test_a_row_that_names_its_columns_itself_is_told_where_it_stands(self):
        columns = Columns(("id",), ())
        row = Row("mapping", 3, {"name": "ABC"}, heading=3)
        assert {each.line for each in columns.refuse(row)} == {3}

    def test_no_column_is_proposed_that_is_there_already(self):
        (found,) = self.refused(("a.csv", "id", "name", "names"))
        assert [each.code for each in found] == ["column_unknown"]


@pytest.mark.parametrize(
    ("table", "left"),
    [
        (Table(), []),
        (Table(columns={"A": "id"}, templates={"name": "{B} {C}"}, when={"D": "1"}), ["E"]),
        (Table(templates={"id": "{A}"}), ["B", "C", "D", "E"]),
    ],
)
def test_columns_of_theirs_that_a_mapping_leaves_are_named(table, left):
    assert left_over(["A", "B", "", "C", "D", "E"], table) == left
