"""What the organisation writes itself is marked with its language where the page is in another."""

import re

import pytest
from django.utils import translation
from tests.cast import MAYA
from tests.desk.asked import given_desk
from tests.web.reading import words

from inward.config import environment
from inward.web.components.templatetags.components import spoken


@pytest.mark.parametrize(
    ("told", "page", "marked"),
    [
        ("en", "nb", '<span lang="en">Coffee &amp; tea</span>'),
        ("nb-NO", "en", '<span lang="nb-NO">Coffee &amp; tea</span>'),
        ("en-GB", "en", "Coffee & tea"),
        ("", "nb", "Coffee & tea"),
    ],
)
def test_a_name_is_marked_only_in_another_language_than_the_page(settings, told, page, marked):
    settings.INWARD_RECORDS_LANGUAGE = told
    with translation.override(page):
        assert spoken("Coffee & tea") == marked
        assert spoken("") == ""


def test_the_shop_and_the_page_of_an_item_mark_names(house, settings):
    settings.INWARD_RECORDS_LANGUAGE = "nb"
    maya = house.browser(MAYA)
    assert '<span lang="nb">Coffee machine</span></a>' in maya.get("/shop/").content.decode()
    page = maya.get("/shop/coffee-machine/")
    assert '<span lang="nb">Coffee machine</span></h1>' in page.content.decode()
    assert "Coffee machine" in words(page)
    settings.INWARD_RECORDS_LANGUAGE = ""
    assert 'lang="nb">Coffee' not in maya.get("/shop/coffee-machine/").content.decode()


def test_departments_that_help_are_marked_since_their_names_are_words(house, settings):
    given_desk(house)
    settings.INWARD_RECORDS_LANGUAGE = "nb"
    maya = house.browser(MAYA)
    listed = re.search(r'<h2[^>]*><a href="([^"]+)"><span lang="nb">[^<]*IT', maya.get("/help/").content.decode())
    assert listed is not None
    page = maya.get(listed.group(1)).content.decode()
    heading = page[page.index("<h1") : page.index("</h1>")]
    assert '<span lang="nb">' in heading, heading


@pytest.mark.parametrize(("typed", "read"), [("", ""), ("en", "en"), ("nb-NO", "nb-NO"), ("zh-Hant-TW", "zh-Hant-TW")])
def test_the_setting_takes_tags_of_languages(monkeypatch, typed, read):
    monkeypatch.setattr(environment, "KNOWN", {})
    monkeypatch.setenv("INWARD_ANY_LANGUAGE", typed)
    assert environment.spoken("INWARD_ANY_LANGUAGE", "any") == read


def test_the_setting_refuses_what_is_no_tag(monkeypatch):
    monkeypatch.setattr(environment, "KNOWN", {})
    monkeypatch.setenv("INWARD_ANY_LANGUAGE", "English")
    with pytest.raises(environment.SettingRefused, match="tag of a language"):
        environment.spoken("INWARD_ANY_LANGUAGE", "any")
