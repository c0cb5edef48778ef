"""Every refusal the kit can give has its words, in English and Norwegian, and none is worded for nothing."""

import re
from pathlib import Path

import inward.kit
from inward.kit.vocabularies import house
from inward.kit.vocabulary import REASONS

KIT = Path(inward.kit.__file__).parent
PLACE = re.compile(r"\{(\w+)")


def test_every_code_is_worded_in_both_languages_with_the_same_places() -> None:
    for code, wording in REASONS.items():
        assert {"en", "nb"} <= set(wording), code
        assert len({tuple(sorted(PLACE.findall(sentence))) for sentence in wording.values()}) == 1, code


def test_every_code_in_the_kit_is_worded_and_every_wording_is_used() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in KIT.glob("*.py") if path.name != "vocabulary.py")
    said = re.findall(r'(?:Reason\.of\(|Problem\([^"\n]*"?[^"\n]*"?,|_Unmapped\(name,)\s*"([a-z0-9_]+)"', source)

    assert {"list_cursor", "file_missing", "value_not_mapped", "task_not_stuck"} <= set(said)
    assert set(said) <= set(house().sentences)
    assert [code for code in REASONS if f'"{code}"' not in source] == []
