"""Finding by words: any text is safe to ask, accents do not matter, and what may not be seen is not found."""

import pytest

from inward.kit import search
from inward.kit.search import Entry, find, folded
from inward.kit.transaction import transaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    with transaction():
        search.index(
            "item",
            [
                Entry("pot-1", "Kettle Nord", "boils water"),
                Entry("cafe", "Kaffetrakter «Blå», 1,7 l", "Kafé-kvalitet"),
                Entry("secret", "Kettle of the board", scope="board"),
            ],
        )


def test_every_word_is_the_beginning_of_one(shelf):
    assert find("ket nor", kind="item") == ["pot-1"]
    assert find("ket moon", kind="item") == []
    assert find("ket", kind="other") == []


@pytest.mark.parametrize("asked", ["kafe", "KAFÉ", "bla", "blå", "kaffetrakter"])
def test_accents_and_case_do_not_matter(shelf, asked):
    assert find(asked, kind="item") == ["cafe"]


def test_scopes_are_kept_inside_the_question(shelf):
    assert find("kettle", kind="item") == ["pot-1"]
    assert set(find("kettle", kind="item", scopes=("", "board"))) == {"pot-1", "secret"}
    assert set(find("kettle", kind="item", scopes=None)) == {"pot-1", "secret"}
    assert find("kettle", kind="item", scopes=()) == []


@pytest.mark.parametrize(
    "asked", ["", "   ", "'", '"', "a' OR 1=1 --", "NEAR(", "*", "kettle*)(", "%", "\\", "&|!:<->", "x" * 5000]
)
def test_any_text_is_safe_to_ask(shelf, asked):
    assert isinstance(find(asked, kind="item"), list)


def test_what_changes_or_goes_is_found_so(shelf):
    with transaction():
        search.index("item", [Entry("pot-1", "Teapot")])
        search.remove("item", ["cafe"])
    assert find("ket", kind="item") == []
    assert find("teapot", kind="item") == ["pot-1"]
    assert find("kaffe", kind="item") == []


def test_folding_leaves_words_only():
    assert folded("Blåbær & Æblemost (Øl), Straße") == "blabaer aeblemost ol strasse"
