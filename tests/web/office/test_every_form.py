"""Every form of the office, sent with nothing in it: what to fill in is said, and the summary takes whoever reads to the field."""

import inspect
import re
import sys

import pytest
from django.urls import reverse
from tests.builders import AT, HOUSE, given_role, nothing_written
from tests.cast import INES, LUCA, MAYA, NORA, SITI
from tests.desk.stepped import given_desk_procedure as given_procedure
from tests.web.office.test_office import first
from tests.web.reading import words

from inward.ledger import operations as ledger
from inward.web.office.things import THINGS

KEPT = ("csrfmiddlewaretoken", "promise")
"""What a form has to carry whatever is typed."""

NONE_HERE = frozenset(
    {
        "benefits",
        "directory-waiting",
        "files",
        "households",
        "late-dealings",
        "net-pay",
        "pay-parts",
        "pay-lines",
        "pay-runs",
        "price-raises",
    }
)
"""Things of which this house has none, or which neither of the two looks after; each has tests of its own."""


@pytest.fixture
def lived_in(house):
    """A house with an order in the books, and somebody who looks after each half of the records."""
    house.order(MAYA, ("coffee-machine", 1))
    house.order(INES, ("widget-a", 10), customer="abc")
    house.order(NORA, ("coffee-machine", 1), customer="kestrel")
    ledger.number_entries(by=HOUSE, at=AT, company="abc")
    given_procedure()
    given_role(house.users[SITI.code], "EMERGENCY_READER")
    given_role(house.users[LUCA.code], "MARK_KEEPER")
    return house.browser(SITI), house.browser(LUCA)


def forms_of(client, thing):
    """(address, page) of every form of a thing that is there for this reader."""
    listed = client.get(f"/office/{thing}/")
    if listed.status_code != 200:
        return
    addresses = [f"/office/{thing}/-/new/{act.name}/" for act in THINGS[thing].creates]
    if '<th scope="row"><a href="/office/' in listed.content.decode():
        addresses += [f"{first(listed, thing)}do/{act.name}/" for act in THINGS[thing].acts]
    for address in addresses:
        page = client.get(address)
        if page.status_code == 200:
            yield address, page


def emptied(client, address, page):
    """What comes when the form is sent with nothing chosen and nothing typed."""
    text = page.content.decode()
    kept = {name: re.search(rf'name="{name}" value="([^"]*)"', text) for name in KEPT}
    sent = {name: found[1] for name, found in kept.items() if found is not None}
    with nothing_written():
        return client.post(address, sent | {"step": "preview"})


def wrong_with(answer):
    """What is not as it should be on the page that comes back."""
    text = answer.content.decode()
    if answer.status_code != 422:  # a form in which nothing must be filled in leads on
        return [] if answer.status_code == 200 and "Nothing is saved yet." in text else [answer.status_code]
    links = re.findall(r'<li><a href="#([^"]+)"', text[text.index('id="wrongs"') :].partition("</ul>")[0])
    found = {
        "no summary that takes the focus": text.count("autofocus") != 1 or 'autofocus id="wrongs"' not in text,
        "a link to no field": any(f'id="{field}"' not in text for field in links),
        "no title that says so": "<title>Not yet:" not in re.sub(r"<title>\s+", "<title>", text),
        "no words what to fill in": "This field is required" in text,
        "no field that says so": any(f'id="{field}_error"' not in text for field in links),
        "no landmark": len(re.findall(r"<main\b", text)) != 1,
        "no language": re.search(r'<html lang="[a-z]{2}"', text) is None,
        "too heavy": len(answer.content) > 1_000_000,
    }
    return [what for what, is_so in found.items() if is_so]


@pytest.mark.parametrize("thing", THINGS)
def test_a_form_sent_empty_says_what_to_fill_in_and_where(lived_in, thing):
    found, seen = {}, set()
    for client in lived_in:
        for address, page in forms_of(client, thing):
            if address not in seen:
                seen.add(address)
                wrong = wrong_with(emptied(client, address, page))
                if wrong:
                    found[address] = wrong
    assert found == {}
    declared = THINGS[thing].creates or THINGS[thing].acts
    assert bool(seen) == (bool(declared) and thing not in NONE_HERE)


def test_a_choice_that_is_left_out_is_asked_for_as_a_choice(lived_in):
    siti, _ = lived_in
    address = reverse("office_new", args=["work", "start"])
    text = words(emptied(siti, address, siti.get(address)))
    assert "Choose one from the list." in text
    assert "Type a name or a code." in text


def text_of(act):
    """What the act does, with the functions of the same module that it calls."""
    told = inspect.getsource(act.do)
    module = sys.modules[act.do.__module__]
    called = (getattr(module, name, None) for name in re.findall(r"\b(_\w+)\(", told))
    return told + "".join(inspect.getsource(each) for each in called if inspect.isfunction(each))


@pytest.mark.parametrize("thing", sorted(THINGS))
def test_what_is_asked_on_whose_word_is_handed_on_and_never_dropped(thing):
    acts = (*THINGS[thing].creates, *THINGS[thing].acts)
    assert [act.name for act in acts if act.keeps_source and "source" not in text_of(act)] == []
