"""Finding by words: any text is safe to ask, accents do not matter, and what may not be seen is not found."""

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


@given(title=st.text(max_size=40), asked=st.text(max_size=20), part=st.integers(0, 39))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_word_of_a_title_finds_it_and_no_text_breaks_the_question(title, asked, part):
    with transaction():
        search.index("any", [Entry("it", title.replace("\0", ""))])
    words = folded(title).split()
    if words:
        word = words[part % len(words)]
        assert find(word, kind="any") == find(word[: part + 1], kind="any") == ["it"]
    assert find(asked, kind="any") in ([], ["it"])


def test_one_in_two_languages_is_found_once():
    with transaction():
        search.index("item", [Entry("pot", "Kettle", language="en"), Entry("pot", "Kettle, vannkoker", language="nb")])
    assert find("kettle", kind="item") == find("vannkoker", kind="item") == ["pot"]


def test_folding_leaves_words_only():
    assert folded("Blåbær & Æblemost (Øl), Straße") == "blabaer aeblemost ol strasse"


@pytest.fixture
def letters():
    """A word that is often said, in three scopes and in what everybody may find."""
    with transaction():
        search.add("letter", [Entry(f"a{n}", "Printer", f"stands still {n}", scope="supplier 1") for n in range(4)])
        search.add("letter", [Entry("b", "Printer", scope="supplier 2"), Entry("c", "Printer", scope="Blå side")])
        search.add("letter", [Entry("all", "Printer"), Entry("a4", "Kettle", "of the office", scope="supplier 1")])
        search.add("other", [Entry("o", "Printer", scope="supplier 1")])


def test_the_latest_come_first_and_nothing_of_another_scope_comes_at_all(letters):
    assert search.latest("print", kind="letter", scopes=["supplier 1"]) == ["a3", "a2", "a1", "a0"]
    assert search.latest("print", kind="letter", scopes=["supplier 1"], limit=2) == ["a3", "a2"]
    assert search.latest("printer", kind="letter", scopes=["supplier 2", "supplier 9"]) == ["b"]
    assert search.latest("kettle", kind="letter", scopes=["supplier 2"]) == []
    assert search.latest("supplier", kind="letter", scopes=["supplier 2"]) in ([], ["b"])


def test_scopes_of_any_spelling_are_looked_into_and_what_everybody_may_find_is_not_among_the_latest(letters):
    assert search.latest("printer", kind="letter", scopes=["Blå side", "supplier 2"]) == ["c", "b"]
    assert search.latest("printer", kind="letter", scopes=None) == ["c", "b", "a3", "a2", "a1", "a0"]
    assert search.latest("printer", kind="letter", scopes=[]) == []
    assert search.latest("!?", kind="letter", scopes=None) == []


@pytest.mark.parametrize("asked", ["'", "a' OR 1=1 --", "NEAR(", "kettle*)(", "%", "\\", "&|!:<->"])
def test_any_text_is_safe_to_ask_for_the_latest(letters, asked):
    assert isinstance(search.latest(asked, kind="letter", scopes=["supplier 1"]), list)


def test_what_is_found_already_is_not_added_again(letters):
    with pytest.raises(IntegrityError), transaction():
        search.add("letter", [Entry("b", "Printer", scope="supplier 2")])
