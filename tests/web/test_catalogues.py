"""Every text of the pages stands in the catalogues, and each language is complete: places kept, nothing doubtful."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tools import catalogues
from tools.catalogues import KEYWORDS, texts

import inward

PACKAGE = Path(inward.__file__).parent
PLACES = re.compile(r"%\((\w+)\)s")
CALLED = re.compile(r"^from django\.utils\.translation import \w*gettext\w* as (\w+)$", re.MULTILINE)
TRANSLATED = ("nb", "it", "id")


def catalogue(language):
    with (PACKAGE / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return {single(message.id): message for message in read_po(file, locale=language) if message.id}


def single(key):
    return key[0] if isinstance(key, tuple) else key


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_every_text_of_the_pages_stands_in_the_catalogue(language):
    known = catalogue(language)
    missing = sorted(text for text in texts() if text not in known)
    assert missing == []
    assert len(known) > 250


def test_no_module_calls_for_texts_by_a_name_that_the_collector_does_not_know():
    found = {name for path in PACKAGE.rglob("*.py") for name in CALLED.findall(path.read_text(encoding="utf-8"))}
    assert found
    assert found <= set(KEYWORDS)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_is_complete_and_without_doubt(language):
    empty = [key for key, message in catalogue(language).items() if not all(forms(message)) or message.fuzzy]
    assert empty == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_every_place_of_their_source(language):
    wrong = [key for key, message in catalogue(language).items() if not places_kept(message)]
    assert wrong == []


def places_kept(message):
    """One and many may name other places ("Load the row", "Load all %(rows)s rows"); the last form speaks of many."""
    sources = [set(PLACES.findall(text)) for text in (message.id if isinstance(message.id, tuple) else (message.id,))]
    found = [set(PLACES.findall(form)) for form in forms(message)]
    return found[-1] == sources[-1] and all(places in sources for places in found)


def test_words_of_the_glossary_are_used():
    known = catalogue("nb")
    assert known["Ordinary price:"].string == "Ordinær pris:"
    assert known["Cost centre"].string == "Kostnadssted"
    assert known["Inside or outside?"].string == "Innenfor eller utenfor?"
    assert catalogue("it")["Ordinary price:"].string == "Prezzo ordinario:"
    assert catalogue("id")["Cost centre"].string == "Pusat biaya"


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_asked_for_help_the_collector_tells_and_writes_nothing(capsys, monkeypatch):
    monkeypatch.setattr(catalogues, "texts", pytest.fail)
    monkeypatch.setattr("sys.argv", ["tools.catalogues", "--help"])
    with pytest.raises(SystemExit):
        catalogues.main()
    assert "Every text of a template" in capsys.readouterr().out
