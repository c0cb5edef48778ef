"""Every reason the program can give is worded once, in every complete language, with only places that its facts fill."""

import ast
import re
from pathlib import Path

import pytest

from inward.kit.vocabularies import house

SOURCE = Path(__file__).resolve().parents[2] / "src" / "inward"
COMPLETE = ("en", "nb", "it", "id")


def reasons():
    """(code, facts or None when they are not literal, place) of every reason made in the source."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "engine" in path.parts:  # words its own: it runs without the rooms (tests/cli/test_engine.py)
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func)
            if called.endswith("Reason.of") and isinstance(node.args[0], ast.Constant):
                open_facts = any(keyword.arg is None for keyword in node.keywords)
                facts = None if open_facts else {keyword.arg for keyword in node.keywords}
                yield node.args[0].value, facts, f"{path.relative_to(SOURCE)}:{node.lineno}"


@pytest.mark.parametrize("language", COMPLETE)
def test_every_reason_is_worded(language):
    worded = house().sentences
    missing = sorted({f"{code} ({place})" for code, _, place in reasons() if not worded.get(code, {}).get(language)})
    assert missing == []


def test_every_place_in_a_sentence_is_filled_by_its_facts():
    worded = house().sentences
    empty = []
    for code, facts, place in reasons():
        for sentence in worded.get(code, {}).values():
            needed = re.sub(r"\[[^\]]*\]", "", sentence)  # a part in brackets is left out when a fact is missing
            names = {name.split(":")[0] for name in re.findall(r"\{([^}]+)\}", needed)}
            if facts is not None and not names <= facts:
                empty.append(f"{code} ({place}): {sorted(names - facts)}")
    assert sorted(set(empty)) == []


def test_every_label_has_every_complete_language():
    labels = house().labels
    missing = [
        f"{sort} {value} {language}"
        for sort, values in labels.items()
        for value, words in values.items()
        for language in COMPLETE
        if not words.get(language)
    ]
    assert missing == []


def test_every_value_that_a_sentence_names_by_its_label_has_labels():
    """A sort that nobody labels would show the code's own word in every language."""
    known = house()
    asked = {
        (code, how)
        for code, wording in known.sentences.items()
        for sentence in wording.values()
        for how in re.findall(r"\{\w+:(\w+)\}", sentence)
    }
    assert sorted((code, how) for code, how in asked if how != "last" and how not in known.labels) == []
