"""Every text of the pages stands in the catalogues, and the Norwegian one is complete: places kept, nothing doubtful."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tools.catalogues import texts

import inward

PACKAGE = Path(inward.__file__).parent
PLACES = re.compile(r"%\((\w+)\)s")


def catalogue(language):
    with (PACKAGE / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return {single(message.id): message for message in read_po(file, locale=language) if message.id}


def single(key):
    return key[0] if isinstance(key, tuple) else key


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_text_of_the_pages_stands_in_the_catalogue(language):
    known = catalogue(language)
    missing = sorted(text for text in texts() if text not in known)
    assert missing == []
    assert len(known) > 250


def test_the_norwegian_catalogue_is_complete_and_without_doubt():
    empty = [key for key, message in catalogue("nb").items() if not all(forms(message)) or message.fuzzy]
    assert empty == []


def test_translations_keep_every_place_of_their_source():
    wrong = [
        key
        for key, message in catalogue("nb").items()
        for form in forms(message)
        if set(PLACES.findall(form)) != set(PLACES.findall(key))
    ]
    assert wrong == []


def test_words_of_the_glossary_are_used():
    known = catalogue("nb")
    assert known["Ordinary price:"].string == "Ordinær pris:"
    assert known["Cost centre"].string == "Kostnadssted"
    assert known["Inside or outside?"].string == "Innenfor eller utenfor?"


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)
