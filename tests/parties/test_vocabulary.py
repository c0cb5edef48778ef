"""Every reason of the core's lower floors has a sentence in both languages, with the same places; every value a label."""

import ast
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

import inward.core
from inward.core.classification import Kind, Operator, RightKind, Tie, Verdict, WorkKind
from inward.parties.vocabulary import (
    KIND_LABELS,
    LABELS,
    OPERATOR_LABELS,
    PARTY_LABELS,
    REASONS,
    RIGHT_LABELS,
    TIE_LABELS,
    VERDICT_LABELS,
    WORK_LABELS,
    PartyKind,
)

CORE = Path(inward.core.__file__).parent
SOURCES = [path for room in ("terms", "classification", "worktime") for path in sorted((CORE / room).glob("*.py"))]
ROOM = [path for path in sorted((CORE.parent / "parties").rglob("*.py")) if path.name != "vocabulary.py"]
LANGUAGES = {"en", "nb", "it", "id"}
PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


def nodes(kind: type[ast.AST], sources: list[Path]) -> Iterator[ast.AST]:
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kind):
                yield node


def codes_given() -> set[str]:
    """The codes that stand in calls which make a reason or refuse."""
    found = set()
    for call in nodes(ast.Call, SOURCES):
        assert isinstance(call, ast.Call)
        name = ast.unparse(call.func)
        if name in {"Reason", "Reason.of", "_work", "_in_band", "_stretch"} or name.endswith(".refuse"):
            place = 1 if name.endswith(".refuse") else 0
            found |= {
                n.value for n in ast.walk(call.args[place]) if isinstance(n, ast.Constant) and isinstance(n.value, str)
            }
    return found


def test_every_code_is_worded() -> None:
    assert {"holds", "id_twice", "not_a_day", "spread_without_weights", "work_relationship_ended"} <= codes_given()
    assert codes_given() - set(REASONS) == set()


def test_no_sentence_stands_for_a_code_that_nobody_gives() -> None:
    constants = {node.value for node in nodes(ast.Constant, SOURCES + ROOM) if isinstance(node, ast.Constant)}

    assert set(REASONS) - constants == set()


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_language_fills_the_same_places(code: str) -> None:
    wording = REASONS[code]

    assert set(wording) == LANGUAGES
    for sentence in wording.values():
        assert sorted(PLACE.findall(sentence)) == sorted(PLACE.findall(wording["en"]))
        assert sentence.endswith(".")
    for _, how in PLACE.findall(wording["en"]):
        assert how in {"", "last", "record", *LABELS}  # trade, which knows all records, labels them


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (WORK_LABELS, WorkKind),
        (VERDICT_LABELS, Verdict),
        (KIND_LABELS, Kind),
        (OPERATOR_LABELS, Operator),
        (PARTY_LABELS, PartyKind),
        (RIGHT_LABELS, RightKind),
        (TIE_LABELS, Tie),
    ],
)
def test_every_value_has_a_label_in_every_language(labels: dict[Enum, dict[str, str]], values: type[Enum]) -> None:
    assert set(labels) == set(values)
    assert all(set(label) == LANGUAGES and all(label.values()) for label in labels.values())
