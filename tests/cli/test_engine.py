"""``inward engine``: lines in, lines out, as other programs rely on it; a bad line is answered with an error and passed."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inward.cli.engine.lines import Engine
from inward.cli.engine.progress import Progress
from inward.cli.main import main

DATA = Path(__file__).parents[1] / "data"
VECTORS = [
    vector
    for name in ("control_vectors.json", "control_vectors_computed.json")
    for vector in json.loads((DATA / name).read_text(encoding="utf-8"))["vectors"]
]
WORLD: dict[str, Any] = {
    "companies": [
        {"id": "jkl", "name": "JKL Group"},
        {"id": "abc", "name": "ABC Retail"},
        {"id": "xyz", "name": "XYZ"},
    ],
    "holdings": [
        {"owner": "jkl", "owned": "abc", "percent": 100},
        {"owner": "jkl", "owned": "xyz", "percent": "60", "valid_from": "2019-01-01", "valid_until": "2026-07-01"},
    ],
    "units": [{"id": "it", "company": "abc", "name": "IT"}],
    "people": [{"id": "kari", "name": "Kari Lie"}],
    "work_relationships": [{"person": "kari", "company": "abc", "kind": "part-time"}],
}
CSV = {
    "companies.csv": "id,name,currency\njkl,JKL Group,NOK\nabc,ABC Retail,NOK\nxyz,XYZ,NOK\n",
    "holdings.csv": "id,owner,owned,percent,valid_from,valid_until\n,jkl,abc,100,,\n,jkl,xyz,60,2019-01-01,2026-07-01\n",
    "people.csv": '\ufeffid,name\nkari,"Kari\nLie"\n',
    "work_relationships.csv": "person,company,kind,last_day\nkari,abc,part_time,2026-12-31\n",
}


def asked(question: str, line: Any, language: str = "en") -> dict[str, Any]:
    text = line if isinstance(line, bytes) else json.dumps(line).encode()
    answer = Engine(question, language).answered(text)
    assert answer is not None
    assert answer.endswith(b"\n")
    found: dict[str, Any] = json.loads(answer)
    return found


def control(*holdings: Any, **asking: Any) -> dict[str, Any]:
    return asked("control", {"holdings": list(holdings), **asking})


def standing(supplier: str, customer: str, on: str = "2026-06-30", **asking: Any) -> dict[str, Any]:
    return asked("standing", {"world": WORLD, "supplier": supplier, "customer": customer, "on": on, **asking})


def refused(answer: dict[str, Any]) -> tuple[str, str]:
    assert set(answer) == {"error"}
    assert set(answer["error"]) == {"code", "message", "where"}
    assert answer["error"]["message"] != answer["error"]["code"]
    return answer["error"]["code"], answer["error"]["where"]


# The command


def run(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], text: str, *words: str
) -> tuple[int, list[Any], str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    status = main(["engine", *words])
    out, err = capfdbinary.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err.decode()


def test_lines_are_answered_in_order_and_a_bad_one_does_not_stop_the_next(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    lines = '{"amount": 10, "weights": [1, 2]}\n\n{"amount": 10}\n{"amount": 9, "weights": [1, 2]}\n'

    status, answers, said = run(monkeypatch, capfdbinary, lines, "spread")

    assert (status, said) == (1, "")
    assert answers[0] == {"parts": [3, 7]}
    assert refused(answers[1]) == ("field_missing", "line 3, weights")
    assert answers[2] == {"parts": [3, 6]}
    assert len(answers) == 3


def test_a_file_is_read_with_a_bar_and_ends_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"id": "a", "amount": -10, "weights": [1, 2]}\n{"id": 2, "amount": 1, "weights": [1]}')

    status, answers, said = run(monkeypatch, capfdbinary, "", "spread", str(file), "--progress")

    assert status == 0
    assert answers == [{"id": "a", "parts": [-3, -7]}, {"id": 2, "parts": [1]}]
    assert said.endswith("] 100% 2 lines\n")


def test_a_file_that_is_not_there_is_said_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, answers, said = run(monkeypatch, capfdbinary, "", "spread", "nowhere.jsonl")

    assert (status, answers, said) == (1, [], "inward engine: nowhere.jsonl: No such file or directory\n")


def test_a_question_that_nobody_knows_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["engine", "divination"])

    assert left.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_it_starts_without_django_and_without_any_other_library() -> None:
    program = (
        "import sys; from inward.cli.main import main; status = main(['engine', 'control', '-']);"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'django', 'numpy', 'yaml'}), status)"
    )
    line = '{"holdings": [["a", "b", 60]]}\n'

    done = subprocess.run(  # noqa: PLW1510 - the status is part of what is printed
        [sys.executable, "-c", program],
        input=line,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )

    assert done.stdout == '{"pairs": [["a", "b", "60"]]}\n[] 0\n'
    assert done.stderr == ""


def test_the_bar_is_silent_unless_it_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(None, shown=False) as silent:
        silent.advance(3)
    assert capsys.readouterr().err == ""

    with Progress(None, shown=True) as shown:
        shown.advance(3)
        shown.advance(3)
    assert capsys.readouterr().err.endswith("\r2 lines\n")


# Lines that are none


@pytest.mark.parametrize(
    ("line", "code", "where"),
    [
        (b'{"amount": ', "not_json", "line 1, column 12"),
        (b"[1]", "not_an_object", "line 1"),
        (b'{"amount": "\xff"}', "not_utf8", "line 1, byte 13"),
        (b'{"amount": NaN}', "not_json", "line 1"),
        (b'{"amount": ' + b"9" * 5000 + b"}", "not_json", "line 1"),
        (b"[" * 100_000, "not_json", "line 1"),
        (b'{"amount": 1, "weights": [1], "wieghts": [2]}', "field_unknown", "line 1, wieghts"),
        (b'{"amount": 1.5, "weights": [1]}', "not_a_whole_number", "line 1, amount"),
        (b'{"amount": 1, "weights": [1, "x"]}', "not_a_number", "line 1, weights[1]"),
        (b'{"amount": 1, "weights": 1}', "not_a_list", "line 1, weights"),
        (b'{"amount": 1, "weights": []}', "spread_without_weights", "line 1, weights"),
        (b'{"amount": 1, "weights": [2, -1]}', "spread_weight_negative", "line 1, weights[1]"),
        (b'{"amount": 1, "weights": [2], "unit": 0}', "spread_unit_not_positive", "line 1, unit"),
    ],
)
def test_what_is_no_question_is_refused_with_its_place(line: bytes, code: str, where: str) -> None:
    assert refused(asked("spread", line)) == (code, where)


def test_a_byte_order_mark_and_blank_lines_ask_nothing() -> None:
    engine = Engine("spread")

    assert engine.answered(b"\xef\xbb\xbf" + b'{"amount": 1, "weights": [1]}') == b'{"parts": [1]}\n'
    assert engine.answered(b"  \r\n") is None
    assert (engine.read, engine.refused) == (2, 0)


def test_an_error_keeps_the_id_of_its_line() -> None:
    assert asked("spread", {"id": "x-7", "amount": 1})["id"] == "x-7"
    assert asked("spread", {"id": 7.50, "amount": 1, "weights": [1]}) == {"id": "7.5", "parts": [1]}
    assert asked("spread", {"id": None, "amount": 1, "weights": [1]}) == {"id": None, "parts": [1]}


def test_spreading_takes_exact_weights_and_a_smallest_part() -> None:
    assert asked("spread", {"amount": 100, "weights": ["1/3", 0.5, "45/0.52"], "unit": 5}) == {"parts": [0, 0, 100]}
    assert asked("spread", {"amount": 10, "weights": [0, 0]}) == {"parts": [5, 5]}


# Control


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_published_cases_are_answered(vector: dict[str, Any]) -> None:
    expected, holdings = vector["expected"], vector["holdings"]
    definition = {"threshold": 50, "operator": ">" if vector.get("strict", True) else ">="}
    asking = {"definition": definition, "x": vector.get("x", ""), "y": vector.get("y", "")}
    if isinstance(expected, list):
        pairs = control(*holdings, definition=definition)["pairs"]
        found = [[x, y] for x, y, _ in pairs]
        wanted = [list(pair[:2]) for pair in expected]
        assert sorted(wanted) == found if vector["kind"] == "control_pairs" else all(pair in found for pair in wanted)
    elif "controllers" in expected:
        assert control(*holdings, ask="controllers", **asking)["controllers"] == expected["controllers"]
    elif "controls" in expected:
        answer = control(*holdings, ask="controls", **asking)
        assert answer["controls"] == expected["controls"]
        assert abs(float(answer["votes"]) - expected.get("votes", float(answer["votes"]))) <= vector.get("tolerance", 0)
    else:
        votes = control(*holdings, ask="votes", **asking)["votes"]
        assert {y: float(votes[y]) for y in expected} == expected


def test_every_ask_has_its_answer() -> None:
    chain = (["P", "A", 80], ["A", "B", 60], ["Q", "B", 40])

    assert control(*chain) == {"pairs": [["A", "B", "60"], ["P", "A", "80"], ["P", "B", "60"]]}
    assert control(*chain, ask="groups") == {"groups": [["A", "B", "P"], ["Q"]]}
    assert control(*chain, ask="controllers", y="B", grounds=False) == {"controllers": ["A", "P"]}
    assert control(*chain, ask="ultimate", y="B", grounds=False) == {"ultimate": ["P"]}
    assert control(*chain, ask="votes", x="P", y="B") == {"votes": "60"}
    assert control(*chain, ask="votes", x="P") == {"votes": {"A": "80", "B": "60"}}
    assert control(*chain, ask="controls", x="Q", y="B") == {"controls": False, "votes": "40", "grounds": []}


def test_grounds_are_the_least_holdings_in_words() -> None:
    answer = control(["P", "A", 80], ["A", "B", 60], ask="controls", x="P", y="B")

    assert [(ground["code"], ground["text"]) for ground in answer["grounds"]] == [
        ("holds", "P holds 80% of A."),
        ("holds", "A holds 60% of B."),
    ]
    assert answer["grounds"][0]["facts"] == {
        "id": "1",
        "owner": "P",
        "owner_name": "P",
        "owned": "A",
        "owned_name": "A",
        "percent": "80",
        "since": None,
        "until": None,
    }
    by_controller = control(["P", "A", 80], ["A", "B", 60], ask="controllers", y="B")["grounds"]
    assert {x: [ground["facts"]["id"] for ground in grounds] for x, grounds in by_controller.items()} == {
        "A": ["2"],
        "P": ["1", "2"],
    }
    pairs = control(["P", "A", 80], ["A", "B", 60], grounds=True)["grounds"]
    assert [[ground["facts"]["id"] for ground in grounds] for grounds in pairs] == [["2"], ["1"], ["1", "2"]]


def test_shares_that_decimals_cannot_say_are_said_as_fractions_too() -> None:
    own = (["A", "B", 60], ["B", "B", 5])

    assert control(*own, ask="votes", x="A", y="B") == {"votes": "63.157895", "fraction": "1200/19"}
    assert control(*own, ask="votes", x="A") == {"votes": {"B": "63.157895"}, "fractions": {"B": "1200/19"}}
    assert control(*own) == {"pairs": [["A", "B", "63.157895"]], "fractions": [["A", "B", "1200/19"]]}


def test_over_a_hundred_percent_is_refused_unless_it_is_called_dirty() -> None:
    assert refused(control(["A", "B", 60], ["C", "B", 50])) == ("holdings_over_whole", "line 1, holdings[1].votes")
    assert control(["A", "B", 60], ["C", "B", 50], dirty=True) == {"pairs": [["A", "B", "60"]]}
    assert control(["A", "B", 100], ["C", "B", 100], ask="groups", dirty=True) == {"groups": [["A", "B"], ["B", "C"]]}
    assert refused(control(["A", "B", 101])) == ("holding_not_a_share", "line 1, holdings[0].votes")
    assert control(["A", "B", 101], dirty=True) == {"pairs": [["A", "B", "101"]]}


def test_holdings_may_be_objects_with_days_and_capital_is_taken_for_votes_where_it_stands_alone() -> None:
    sold = {"owner": "A", "owned": "B", "votes": "60", "until": "2026-07-01"}
    bought = {"id": "deed-9", "owner": "C", "owned": "B", "capital": "60", "from": "2026-07-01"}

    assert control(sold, bought, on="2026-06-30") == {"pairs": [["A", "B", "60"]]}
    assert (
        control(sold, bought, on="2026-07-01", ask="controllers", y="B")["grounds"]["C"][0]["facts"]["id"] == "deed-9"
    )
    assert refused(control(sold, bought)) == ("on_missing", "line 1, on")


def test_a_definition_is_a_name_or_described() -> None:
    half = ["A", "B", 50]

    assert control(half, definition="strict_majority") == {"pairs": []}
    assert control(half, definition={"operator": ">="}) == {"pairs": [["A", "B", "50"]]}
    assert control(half, definition={"id": "own", "basis": "votes", "threshold": "49.9"}) == {
        "pairs": [["A", "B", "50"]]
    }


@pytest.mark.parametrize(
    ("asking", "code", "where"),
    [
        ({"definition": "ifrs10"}, "not_one_of", "definition"),
        ({"definition": 5}, "not_an_object", "definition"),
        ({"definition": {"threshold": 100}}, "not_a_threshold", "definition.threshold"),
        ({"definition": {"operator": "<"}}, "not_one_of", "definition.operator"),
        ({"definition": {"basis": "gold"}}, "not_one_of", "definition.basis"),
        ({"definition": {"indirectly": "product"}}, "field_unknown", "definition.indirectly"),
        ({"ask": "fortune"}, "not_one_of", "ask"),
        ({"ask": "integrated", "x": "A", "paths": "long"}, "not_one_of", "paths"),
        ({"rights": [{"holder": "A", "target": "B", "kind": "GRACE"}]}, "not_one_of", "rights[0].kind"),
        ({"rights": [{"holder": "A", "target": "B", "kind": "LAW", "from": "2026-01-01"}]}, "on_missing", "on"),
        ({"ask": "controls", "x": "A"}, "field_missing", "y"),
        ({"on": "yesterday"}, "not_a_day", "on"),
        ({"holdings": None}, "field_missing", "holdings"),
        ({"holdings": [["A", "B"]]}, "not_owner_owned_percent", "holdings[0]"),
        ({"holdings": [["A", "B", None]]}, "field_missing", "holdings[0].votes"),
        ({"holdings": [["A", "B", -5]]}, "holding_not_a_share", "holdings[0].votes"),
        ({"holdings": ["A"]}, "not_an_object", "holdings[0]"),
        ({"holdings": [{"owner": "A", "owned": "B", "low": 25, "votes": 30}]}, "given_twice", "holdings[0].low"),
        ({"holdings": [{"owner": "A", "owned": "B", "low": 50, "high": 25}]}, "band_holds_nothing", "holdings[0].low"),
        ({"holdings": [{"owner": "A", "owned": "B", "class": "K", "shares": 1}]}, "not_one_of", "holdings[0].class"),
        ({"holdings": [{"owner": "A", "owned": "B", "vote": 25}]}, "field_unknown", "holdings[0].vote"),
    ],
)
def test_what_control_cannot_answer_is_refused(asking: dict[str, Any], code: str, where: str) -> None:
    line = {"holdings": [["A", "B", 60]], **asking}

    assert refused(asked("control", line)) == (code, f"line 1, {where}")


def test_a_band_leaves_it_open_and_two_open_ends_add_up_to_more_than_half() -> None:
    band = {"low": 25, "high": 50, "low_open": True}
    one = control({"owner": "A", "owned": "B", "low": 40, "high": 60}, ask="controls", x="A", y="B")
    both = [
        ["P", "A", 100],
        ["P", "B", 100],
        {"owner": "A", "owned": "C", **band},
        {"owner": "B", "owned": "C", **band},
    ]

    assert one == {"controls": None, "votes": "40", "high": "60", "grounds": []}
    assert control(*both, ask="controls", x="P", y="C")["controls"] is True
    assert control(both[2], ask="controls", x="A", y="C")["controls"] is False
    assert control(both[2], {"owner": "A", "owned": "D", "low": 45}, ask="pairs") == {
        "pairs": [],
        "possible": [["A", "D"]],
    }
    assert control({"owner": "A", "owned": "D", "low": 45}, ask="controllers", y="D") == {
        "controllers": [],
        "grounds": {},
        "possible": ["A"],
    }
    assert control({"owner": "A", "owned": "D", "low": 45, "high": 45}) == {"pairs": []}


def test_money_is_followed_through_chains_and_loops_that_own_themselves_are_told() -> None:
    crossed = [["P", "A", 80], ["P", "B", 60], ["A", "B", 30], ["B", "A", 20]]
    loop = [["A", "B", 100], ["B", "A", 100], ["P", "C", 50]]

    assert control(*crossed, ask="integrated", x="P", y="A") == {"integrated": "97.87234", "fraction": "4600/47"}
    assert control(*crossed, ask="integrated", x="P", y="A", paths="simple") == {"integrated": "92"}
    assert control(*crossed, ask="integrated", x="A") == {"integrated": {"B": "30"}}
    assert control(*loop, ask="integrated", x="P") == {"integrated": {"C": "50"}, "closed_loops": [["A", "B"]]}
    dirty = control(*loop, ["P", "A", 10], ask="integrated", x="P", dirty=True)
    assert refused(dirty) == ("loop_owns_itself", "line 1")


def test_classes_carry_votes_and_money_apart() -> None:
    classes = [
        {"company": "C", "class": "A", "issued": 1000, "votes": 10},
        {"company": "C", "class": "B", "issued": 1000},
    ]
    held = [{"owner": "P", "owned": "C", "class": "A", "shares": 600}]

    found = control(*held, classes=classes, ask="controls", x="P", y="C")
    assert (found["controls"], found["votes"]) == (True, "54.545455")
    assert control(*held, classes=classes, ask="integrated", x="P", y="C") == {"integrated": "30"}


def test_a_power_counts_where_the_definition_says_so_and_is_among_the_grounds() -> None:
    board = [{"id": "r", "holder": "P", "target": "A", "kind": "BOARD_MAJORITY"}]
    asking = {"rights": board, "ask": "controls", "x": "P", "y": "B"}
    found = control(["A", "B", 60], ["A", "D", 10], definition="no_konsern", **asking)

    assert [ground["code"] for ground in found["grounds"]] == ["has_power", "holds"]
    assert found["grounds"][0]["text"] == "P has power over A (majority of the board)."
    assert (found["controls"], found["votes"]) == (True, "60")
    assert control(["A", "B", 60], **asking)["controls"] is False
    konsern = {"rights": board, "definition": "no_konsern"}
    assert control(["A", "B", 60], ask="ultimate", y="B", grounds=False, **konsern) == {"ultimate": ["P"]}
    assert control(["A", "B", 60], ask="groups", **konsern) == {"groups": [["A", "B", "P"]]}
    assert control(["A", "B", 60], ask="votes", x="P", **konsern) == {"votes": {"B": "60"}}
    assert control(["A", "B", 60], ask="votes", x="P", y="B", **konsern) == {"votes": "60"}
    told = control(["A", "B", 60], ask="pairs", grounds=True, **konsern)["grounds"]
    assert [[ground["code"] for ground in grounds] for grounds in told] == [
        ["holds"],
        ["has_power"],
        ["has_power", "holds"],
    ]
    third = control(
        ["A", "B", "100/3"], ask="pairs", **{**konsern, "definition": {"threshold": 30, "board_right": True}}
    )
    assert third["fractions"] == [["A", "B", "100/3"], ["P", "B", "100/3"]]
    ended = [{**board[0], "until": "2026-06-30"}]
    assert control(["A", "B", 60], ask="pairs", on="2026-06-30", rights=ended, definition="no_konsern") == {
        "pairs": [["A", "B", "60"]]
    }
    assert control(["A", "B", 60], ask="pairs", **konsern) == {
        "pairs": [["A", "B", "60"], ["P", "A", "0"], ["P", "B", "60"]]
    }


def test_brothers_are_in_the_same_hands_and_who_is_told_of_is_a_person() -> None:
    rows = [["Eva", "X", 70], ["Ola", "X", 30], ["Eva", "Y", 40], ["Ola", "Y", 60]]
    found = control(*rows, people=["Eva", "Ola"], definition="us_414c", ask="together", x="X", y="Y")

    assert found["together"] is True
    assert [ground["facts"]["owner"] for ground in found["grounds"]] == ["Eva", "Ola", "Eva", "Ola"]
    assert control(*rows, people=["Eva", "Ola"], ask="together", x="X", y="Y") == {"together": False}


def test_a_late_fact_changes_what_is_known_now_and_not_what_was_known() -> None:
    late = {**WORLD, "holdings": [*WORLD["holdings"][:1], {**WORLD["holdings"][1], "known_from": "2026-05-01"}]}

    assert standing("xyz", "abc", world=late, known_at="2026-04-30")["standing"] == "external"
    assert standing("xyz", "abc", world=late, known_at="2026-05-01T00:00:00Z")["standing"] == "internal"
    assert standing("xyz", "abc", world=late)["standing"] == "internal"


# Standing


def test_a_sister_company_is_inside_and_the_grounds_are_worded() -> None:
    answer = standing("xyz", "abc")

    assert {name: answer[name] for name in answer if name != "grounds"} == {
        "standing": "internal",
        "kind": "affiliate",
        "supplier_company": "xyz",
        "customer_company": "abc",
        "definition": "strict_majority",
    }
    assert [ground["text"] for ground in answer["grounds"]] == [
        "JKL Group holds 100% of ABC Retail.",
        "JKL Group holds 60% of XYZ, since 1 January 2019, until 30 June 2026.",
    ]


def test_after_the_sale_it_is_outside_and_the_miss_is_told_in_norwegian() -> None:
    line = {"world": WORLD, "supplier": "xyz", "customer": "abc", "on": "2026-07-01"}

    answer = asked("standing", line, "nb")

    assert (answer["standing"], answer["kind"]) == ("external", "outside")
    assert answer["nearest_miss"]["code"] == "holding_ended"
    text = answer["nearest_miss"]["text"].replace("\xa0", " ")
    assert text == "JKL Group eide 60 % av XYZ til og med 30. juni 2026; mer enn 50 % ville gjort dette internt."


def test_staff_are_inside_by_their_work_relationship() -> None:
    answer = standing("it", "kari")

    assert (answer["standing"], answer["kind"], answer["work_relationship"]) == ("internal", "staff", "work-1")
    assert [ground["code"] for ground in answer["grounds"]] == ["unit_of", "works_for"]


@pytest.mark.parametrize(
    ("asking", "code", "where"),
    [
        ({"supplier": ""}, "field_missing", "supplier"),
        ({"customer": "nobody"}, "party_unknown", "customer"),
        ({"on": None}, "field_missing", "on"),
        ({"known_at": "yesterday"}, "not_a_moment", "known_at"),
        ({"world": None}, "field_missing", "world"),
        ({"world": []}, "not_an_object", "world"),
        ({"world_file": "somewhere"}, "given_twice", "world_file"),
        ({"world": {"companies": [{"id": "a"}, {"id": "a"}]}}, "id_twice", "world.companies[1].id"),
        ({"definition": {"threshold": 0}}, "not_a_threshold", "definition.threshold"),
    ],
)
def test_what_has_no_standing_is_refused(asking: dict[str, Any], code: str, where: str) -> None:
    line = {"world": WORLD, "supplier": "abc", "customer": "kari", "on": "2026-06-30", **asking}

    assert refused(asked("standing", line)) == (code, f"line 1, {where}")


# Worlds on disk


def write_world(folder: Path, **changed: str) -> Path:
    for name, text in CSV.items():
        (folder / name).write_text(changed.get(name.removesuffix(".csv"), text), encoding="utf-8")
    return folder


def standing_in(place: Path) -> dict[str, Any]:
    return asked("standing", {"world_file": str(place), "supplier": "xyz", "customer": "kari", "on": "2026-06-30"})


def test_a_world_directory_and_a_json_file_tell_the_same(tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    (tmp_path / "world.json").write_text(json.dumps(WORLD))

    from_rows, from_json = standing_in(write_world(tmp_path / "csv")), standing_in(tmp_path / "world.json")

    assert from_rows["kind"] == from_json["kind"] == "group_staff"
    assert [ground["code"] for ground in from_rows["grounds"]] == ["works_for", "holds", "holds"]


@pytest.mark.parametrize(
    ("changed", "code", "place"),
    [
        (
            {"holdings": "owner,owned,percent\njkl,abc,60\njkl,abc,ten\n"},
            "not_a_number",
            "holdings.csv line 3, percent",
        ),
        ({"people": 'id,name\nkari,"Kari\nLie"\nkari,Kari\n'}, "id_twice", "people.csv line 4, id"),
        (
            {"work_relationships": "person,company,kind\nola,abc,agent\n"},
            "id_unknown",
            "work_relationships.csv line 2, person",
        ),
        ({"holdings": "owner,owned\njkl,abc\n"}, "field_missing", "holdings.csv line 1, percent"),
    ],
)
def test_a_bad_row_is_refused_with_file_line_and_column(
    tmp_path: Path, changed: dict[str, str], code: str, place: str
) -> None:
    found, where = refused(standing_in(write_world(tmp_path, **changed)))

    assert (found, where) == (code, f"line 1, {tmp_path}/{place}")


def test_a_bad_json_world_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text('{"companies": [{"id": ""}]}')

    assert refused(standing_in(file)) == ("field_missing", f"line 1, {file}: companies[0].id")


def test_what_is_no_world_on_disk_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "companies.csv").write_bytes("id,name\nabc,Blåbær\n".encode("latin-1"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "long").mkdir()
    (tmp_path / "long" / "companies.csv").write_text("id,name\nabc," + "x" * 200_000 + "\n")

    codes = {
        name: refused(standing_in(tmp_path / name))[0]
        for name in ("nowhere", "bad.json", "list.json", "latin", "empty", "long")
    }
    assert codes == {
        "nowhere": "file_not_found",
        "bad.json": "file_not_read",
        "list.json": "not_an_object",
        "latin": "file_not_utf8",
        "empty": "file_not_found",
        "long": "file_not_read",
    }


# Quote

CATALOGUE: dict[str, Any] = {
    "offerings": [
        {
            "id": "coffee",
            "supplier": "abc",
            "name": "Coffee machine",
            "tax_code": "standard",
            "cost": "700",
            "cost_currency": "NOK",
            "outside_price": "1349",
            "outside_source": "a shop in town",
            "outside_seen_on": "2026-06-01",
        },
        {"id": "filter", "supplier": "abc"},
    ],
    "prices": [
        *(
            {
                "id": f"list-{item}",
                "level": "list",
                "supplier": "abc",
                "target_kind": "item",
                "target": item,
                "method": "fixed",
                "value": price,
                "currency": "NOK",
                "includes_tax": item == "coffee",
            }
            for item, price in (("coffee", "1299"), ("filter", "1.005"))
        ),
        {"id": "staff", "level": "scheme", "scheme": "s1", "supplier": "abc", "method": "percent_off", "value": 25},
    ],
    "schemes": [{"id": "s1", "supplier": "abc", "allowance_money": "1500", "allowance_currency": "NOK"}],
    "tax_rates": [{"company": "abc", "tax_code": "standard", "percent": 25}],
}


def quoted(*lines: tuple[str, Any], **asking: Any) -> dict[str, Any]:
    wanted = [{"offering": offering, "quantity": quantity} for offering, quantity in lines]
    line = {"world": WORLD, "catalogue": CATALOGUE, "supplier": "abc", "customer": "kari", "on": "2026-06-30"}
    return asked("quote", {**line, "lines": wanted, **asking})


def nok(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "NOK"}


def test_staff_price_holds_until_the_allowance_runs_out_and_the_rest_is_at_the_list_price() -> None:
    answer = quoted(("coffee", 2))

    (line,) = answer["lines"]
    assert line["parts"] == [
        {"quantity": 1, "unit_price": nok("974.25"), "amount": nok("974.25"), "basis": "staff", "rule": "staff"},
        {"quantity": 1, "unit_price": nok("1299.00"), "amount": nok("1299.00"), "basis": "list", "rule": "list-coffee"},
    ]
    assert (line["ordinary"], line["price"], line["saving"]) == (nok("2598.00"), nok("2273.25"), nok("324.75"))
    assert (line["cost"], line["outside"]["price"], line["outside"]["seen_on"]) == (
        nok("1400.00"),
        nok("1349.00"),
        "2026-06-01",
    )
    assert [(traced["rule"], traced["outcome"]) for traced in line["trace"]] == [
        ("staff", "won"),
        ("list-coffee", "won"),
    ]
    assert set(line["trace"][0]["why"]) == {"code", "text", "facts"}
    assert (answer["net"], answer["tax"], answer["total"]) == (nok("1818.60"), nok("454.65"), nok("2273.25"))
    assert answer["allowance_left"] == [{"scheme": "s1", "period": "2026", "money": nok("525.75"), "units": None}]
    assert (answer["standing"]["standing"], answer["standing"]["kind"]) == ("internal", "staff")


def test_what_was_used_before_counts_and_nothing_left_is_said_as_zero() -> None:
    answer = quoted(("coffee", 1), used=[{"scheme": "s1", "period": "2026", "money": nok("525.75"), "units": 1}])

    assert answer["lines"][0]["price"] == nok("974.25")
    assert answer["allowance_left"][0]["money"] == nok("0.00")
    assert quoted(("coffee", 1), used=[{"scheme": "s1", "period": "2026"}]) == quoted(("coffee", 1))


def test_an_outsider_pays_the_list_price_and_a_line_without_cost_says_none() -> None:
    answer = quoted(("filter", 2), customer="xyz", on="2026-07-01")

    assert (answer["total"], answer["standing"]["kind"]) == (nok("2.01"), "outside")
    assert not {"cost", "outside"} & set(answer["lines"][0])
    assert answer["lines"][0]["parts"][0]["unit_price"] == nok("1.005")


def test_a_catalogue_may_lie_on_disk_beside_its_world(tmp_path: Path) -> None:
    write_world(tmp_path)
    (tmp_path / "offerings.csv").write_text("id,supplier\nfilter,abc\n")
    columns = "id,level,supplier,target_kind,target,method,value,currency"
    (tmp_path / "prices.csv").write_text(f"{columns}\nlist,list,abc,item,filter,fixed,1.50,NOK\n")
    (tmp_path / "schemes.json").write_text("[]")
    line = {"world_file": str(tmp_path), "catalogue_file": str(tmp_path), "supplier": "abc", "customer": "kari"}

    answer = asked("quote", {**line, "on": "2026-06-30", "lines": [{"offering": "filter", "quantity": 3}]})

    assert answer["total"] == nok("4.50")


def test_a_bad_row_of_a_catalogue_is_refused_with_file_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "offerings.csv").write_text("id,supplier\nfilter,abc\n,abc\n")
    line = {"world": WORLD, "catalogue_file": str(tmp_path), "supplier": "abc", "customer": "kari", "on": "2026-06-30"}

    found = refused(asked("quote", {**line, "lines": [{"offering": "filter", "quantity": 3}]}))

    assert found == ("field_missing", f"line 1, {tmp_path}/offerings.csv line 3, id")


@pytest.mark.parametrize(
    ("asking", "code", "where"),
    [
        ({"lines": []}, "lines_missing", ""),
        (
            {"lines": [{"offering": "coffee", "quantity": 1}, {"offering": "tea", "quantity": 1}]},
            "unknown_offering",
            ", lines[1]",
        ),
        ({"lines": [{"offering": "coffee", "quantity": "1/2"}]}, "not_a_whole_number", ", lines[0].quantity"),
        ({"lines": [{"offering": "coffee", "count": 1}]}, "field_unknown", ", lines[0].count"),
        (
            {"used": [{"scheme": "s1", "period": "2026", "money": {"amount": "1.005", "currency": "NOK"}}]},
            "not_money",
            ", used[0].money",
        ),
        ({"used": [{"scheme": "s1", "period": "2026", "money": 5}]}, "not_an_object", ", used[0].money"),
        ({"catalogue": None}, "field_missing", ", catalogue"),
        ({"supplier": "nobody"}, "party_unknown", ", supplier"),
    ],
)
def test_what_has_no_price_is_refused(asking: dict[str, Any], code: str, where: str) -> None:
    answer = quoted(("coffee", 1), **asking)

    assert (answer["error"]["code"], answer["error"]["where"]) == (code, f"line 1{where}")
