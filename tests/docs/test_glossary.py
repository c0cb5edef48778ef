"""The glossary is data: four languages for every word, and what people read on the screen keeps to it.

Read: sentences and labels of the rooms' vocabularies, and the catalogues of page texts.
"""

import re
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("nb", "it", "id")
ROOMS = ("kit", "parties", "access", "notices", "catalogue", "ledger", "trade", "insight")
SETTLED = (
    *(
        "holding",
        "work relationship",
        "ordinary price",
        "staff price",
        "department rate",
        "transfer price",
        "list price",
    ),
    *("allowance", "agreement", "benefit", "cost centre", "chargeback", "intercompany account", "budget holder"),
    *("approval", "saving", "free for use"),
)
"""Words that have one translation each, wherever they stand. Others (company, order, inside) live in too many phrases."""
NEVER_ON_THE_SCREEN = (
    *(
        "nearest miss",
        "steward",
        "holdings?",
        "engagements?",
        "offerings?",
        "known time",
        "service standards?",
    ),
    *("chargebacks?", "insurance polic(?:y|ies)", "worlds?", "grounds"),
)
"""Words of the code whose plain word people read instead (product.md)."""


def table():
    """The rows of the glossary: code, English, bokmål, Italian, Indonesian, meaning."""
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if line.startswith("|")]
    return rows[2:]


def vocabularies():
    """(where, {language: text}) of every sentence and label."""
    for room in ROOMS:
        words = import_module(f"inward.{room}.vocabulary")
        for code, sentence in getattr(words, "REASONS", {}).items():
            yield f"{room} {code}", sentence
        for sort, values in getattr(words, "LABELS", {}).items():
            for value, label in values.items():
                yield f"{room} {sort} {value}", label


def page_texts():
    """(where, {language: text}) of every translated text of the pages."""
    for language in LANGUAGES:
        with (ROOT / "src" / "inward" / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            for message in read_po(file):
                if message.id and message.string and not message.fuzzy:
                    first, said = _one(message.id), message.string
                    yield (
                        f"{language} “{first[:50]}”",
                        {"en": first, language: said if isinstance(said, str) else " ".join(said)},
                    )


def _one(text):
    return text if isinstance(text, str) else text[0]


def stems(phrase):
    """The words of a phrase without their endings and without what stands in brackets."""
    return [word[: max(4, len(word) - 3)].lower() for word in re.findall(r"\w+", re.sub(r"\(.*?\)", "", phrase))]


def test_every_word_has_four_languages_and_a_meaning_once():
    rows = table()
    assert len(rows) >= 49
    for row in rows:
        assert len(row) == 6, row
        words = row[1:5]
        assert all([*words, row[5]]), row
        assert set(words) == {"–"} or "–" not in words, row
    codes = [row[0] for row in rows]
    assert sorted(set(codes)) == sorted(codes)


def test_the_settled_words_are_in_the_glossary():
    assert set(SETTLED) <= {row[0] for row in table()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_read_says_each_settled_word_as_the_glossary_does(language):
    place = 2 + LANGUAGES.index(language)
    settled = [
        (re.compile(rf"\b{re.escape(row[1])}s?\b", re.IGNORECASE), row[place]) for row in table() if row[0] in SETTLED
    ]
    otherwise = []
    for where, texts in (*vocabularies(), *page_texts()):
        for pattern, word in settled:
            said, english = texts.get(language, "").lower(), re.sub(r"%\([^)]*\)s", "", texts["en"])
            if said and pattern.search(english) and not all(stem in said for stem in stems(word)):
                otherwise.append(f"{where}: “{word}” is missing in “{said}”")
    assert otherwise == []


def test_no_word_of_the_code_stands_where_people_read():
    pattern = re.compile(rf"\b({'|'.join(NEVER_ON_THE_SCREEN)})\b", re.IGNORECASE)
    found = []
    for where, texts in (*vocabularies(), *page_texts()):
        text = re.sub(r"\{[^}]*\}|%\([^)]*\)s|<code>.*?</code>", "", texts["en"])
        if pattern.search(text):
            found.append(f"{where}: {text}")
    assert sorted(set(found)) == []
