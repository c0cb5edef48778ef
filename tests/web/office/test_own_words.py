"""What the organisation writes itself is marked with its language in lists, pages and forms of the office, and nothing else is."""

from html.parser import HTMLParser

import pytest
from tests.cast import LUCA, SITI

from inward.web.office.things import THINGS

VOID = {"input", "meta", "link", "br", "hr", "img", "path", "use", "col"}


class Cells(HTMLParser):
    """Cells of a list by heading, each with whether all that is read in it stands under ``lang="nb"``; and what forms mark."""

    def __init__(self):
        super().__init__()
        self.open, self.rows, self.fields, self.heading = [], [], {}, []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "tr":
            self.rows.append({})
        if "name" in given and given.get("type") != "hidden":
            self.fields[given["name"]] = given.get("lang", "")
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() in ("", "–"):
            return
        marked = any(given.get("lang") == "nb" and tag == "span" for tag, given in self.open)
        if any(tag == "h1" for tag, _ in self.open):
            self.heading.append((data.strip(), marked))
        for tag, given in self.open:
            if tag == "td" and "data-label" in given:
                self.rows[-1].setdefault(given["data-label"], []).append(marked)
            if tag == "th" and given.get("scope") == "row":
                self.rows[-1].setdefault("", []).append(marked)


def read(page):
    reader = Cells()
    reader.feed(page.content.decode())
    return reader


@pytest.fixture
def clerks(house, settings):
    """Two who read English pages of a house that writes Norwegian."""
    settings.INWARD_RECORDS_LANGUAGE = "nb"
    return tuple(house.browser(part) for part in (SITI, LUCA))


def test_every_list_marks_its_own_words_and_no_others(clerks):
    wrong, seen = [], set()
    for name, thing in THINGS.items():
        first, *others = thing.columns
        wanted = {"": first.spoken} | {str(column.label): column.spoken for column in others}
        for client in clerks if any(wanted.values()) else ():
            page = client.get(f"/office/{name}/")
            for row in read(page).rows if page.status_code == 200 else ():
                seen |= {name} if row else set()
                wrong += [(name, label) for label, marks in row.items() if set(marks) != {wanted[label]}]
    assert wrong == []
    assert {"offerings", "accounts", "units", "schemes", "categories", "work"} <= seen


def test_a_page_and_its_form_mark_what_was_written_here(clerks, settings):
    siti, _ = clerks
    pages = ("/office/offerings/widget-a/", "/office/offerings/-/new/offer/")
    page, form = (read(siti.get(address)) for address in pages)
    assert page.heading == [("Widget A", True)]
    marked = {name: lang for name, lang in form.fields.items() if lang and name != "language"}
    assert marked == {"name": "nb", "description": "nb"}, "what is chosen, counted or said of it is of the page"
    settings.INWARD_RECORDS_LANGUAGE = "en"
    page, form = (read(siti.get(address)) for address in pages)
    assert page.heading == [("Widget A", False)]
    assert form.fields["name"] == ""
