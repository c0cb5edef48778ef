"""Every reason of promises has a sentence in all four languages with the same places, and every value a label."""

import ast
import re
from pathlib import Path

import pytest

import inward.core
from inward.desk.vocabulary import LABELS, REASONS

CORE = Path(inward.core.__file__).parent
SOURCES = [*sorted((CORE / "promises").glob("*.py")), *sorted((CORE.parent / "desk").rglob("*.py"))]
LANGUAGES = {"en", "nb", "it", "id"}
PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


def constants():
    for path in SOURCES:
        if path.name != "vocabulary.py" and not path.name.endswith("words.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant):
                    yield node.value


def test_no_sentence_stands_for_a_code_that_nobody_gives():
    assert set(REASONS) - set(constants()) == set()


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_language_fills_the_same_places(code):
    wording = REASONS[code]
    assert set(wording) == LANGUAGES
    for sentence in wording.values():
        assert sorted(PLACE.findall(sentence)) == sorted(PLACE.findall(wording["en"]))
        assert sentence.endswith(".")


@pytest.mark.parametrize("sort", sorted(LABELS))
def test_every_value_has_a_label_of_its_own_in_every_language(sort):
    for language in LANGUAGES:
        said = [labels[language] for labels in LABELS[sort].values()]
        assert len(set(said)) == len(said)
