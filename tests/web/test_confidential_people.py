"""A confidential person is nowhere for whoever has no right to know of her: no page, list, search, table, count or call names
her, and every link that others are shown is followed to see it. Whoever has the right finds her where she is.
"""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE, given_holding, given_role
from tests.cast import ABC, HENK, INES, LUCA, SITI, TOR, XYZ
from tests.web.office.test_office import WORK
from tests.web.test_nothing_of_others import calls, pages, told

from inward.core.classification import classify
from inward.core.pricing import Wanted
from inward.kit import clock, versions
from inward.ledger import operations as ledger
from inward.ledger.models import Entry
from inward.parties import operations, register
from inward.parties import queries as parties
from inward.parties.vocabulary import MarkKind, OpeningKind, Power
from inward.trade import queries as trade

pytestmark = pytest.mark.django_db
HERSELF = re.compile(r"contarini", re.IGNORECASE)
"""It stands in her name, her code, her address, and the codes that begin with hers."""
OTHERS = (TOR, HENK, LUCA, SITI)
"""The seller she buys from, the budget holder she asks, who keeps the books, who keeps the data."""
LINK = re.compile(r'(?:href|action|hx-get)="(/[^"#]*)')
NEVER = ("/door/logout", "/static/", "/welcome", "/style", "/door/language", "/door/theme")
FOLLOWED_MAX = 200
"""So many addresses are opened by each reader, those that need nothing named first."""


def given_a_life(house):
    """Ines buys for herself and for ABC, heads a department, stands in, is away, holds shares and a role."""
    house.order(INES, ("coffee-machine", 1), key="own")
    house.order(INES, ("widget-a", 10), customer=ABC, key="abc")
    house.order(INES, ("widget-a", 2_000), customer=ABC, key="much")
    at = {"by": HOUSE, "at": AT}
    operations.name_head(**at, place="abc-purchasing", person=INES.code, valid_from=date(2026, 1, 1))
    operations.name_deputy(**at, place="abc-it", person=INES.code, powers=[Power.SPENDING], valid_from=date(2026, 1, 1))
    operations.note_absence(**at, person=INES.code, valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 9))
    given_holding(INES.code, XYZ, 5)
    for company in (ABC, XYZ):
        ledger.number_entries(**at, company=company)
        ledger.export_journal(**at, company=company)


def mark(house, **more):
    """Ines becomes confidential."""
    said = {"kind": MarkKind.PROTECTED_ADDRESS, "reason": "court order 12/2026", "valid_from": AT.date(), **more}
    return operations.mark_person(by=HOUSE, at=AT, person=INES.code, **said)


def text(response):
    """The answer as one text, whatever its form."""
    body = told(response)
    if isinstance(body, tuple):
        return f"{body[1] or ''}\n{body[2].decode(errors='replace')}"
    return repr(body)


class Walker:
    """Somebody who opens every address she is shown, from all that needs nothing named."""

    def __init__(self, house, part):
        self.browser, self.program = house.browser(part), Caller(token_of(house, part)).client

    def pages(self):
        left, seen = list(pages()), {}
        while left and len(seen) < FOLLOWED_MAX:
            address = left.pop(0)
            if address in seen or address.startswith(NEVER) or "cursor=" in address:
                continue
            response = self.browser.get(address)
            seen[address] = body = text(response)
            if response.status_code == 200 and "html" in response.get("Content-Type", ""):
                left += [unescape(link) for link in LINK.findall(body)]
        return seen

    def calls(self):
        return {f"/api/v1{path}": text(self.program.get(f"/api/v1{path}")) for path in calls()}

    def everything(self):
        return self.pages() | self.calls()


def telling(seen):
    """The addresses where she is told, each with what stands around."""
    hits = {address: HERSELF.search(address + " " * 9 + body) for address, body in seen.items()}
    return {address: seen[address][max(0, hit.start() - 300) : hit.end() + 60] for address, hit in hits.items() if hit}


def shown(walker):
    """What is shown where nothing needs to be named, without following links."""
    return {address: text(walker.browser.get(address)) for address in pages()}


@pytest.mark.parametrize("part", OTHERS, ids=lambda part: part.code)
def test_nothing_that_others_can_open_tells_of_her(house, part):
    given_a_life(house)
    mark(house)
    assert telling(Walker(house, part).everything()) == {}


def test_whoever_has_the_right_finds_her_where_she_was(house):
    given_a_life(house)
    siti = Walker(house, SITI)
    before = telling(shown(siti))
    assert {
        "/office/people/",
        WORK,
        "/office/holdings/",
        "/office/users/",
        "/office/roles/",
    } <= before.keys()
    mark(house)
    assert telling(shown(siti)) == {}
    given_role(house.users[SITI.code], "MARK_KEEPER")
    assert telling(shown(siti)).keys() == before.keys() | {"/office/confidential/", "/office/confidential/-/list.csv"}


def test_whoever_opens_her_finds_her_until_the_time_is_over(house, settings, tmp_path):
    settings.INWARD_DATA = tmp_path
    given_a_life(house)
    mark(house)
    given_role(house.users[SITI.code], "EMERGENCY_READER")
    siti = Walker(house, SITI)
    assert telling(shown(siti)) == {}
    why = {"kind": OpeningKind.FAULT, "reason": "two people bear this code in the payroll"}
    operations.open_person(by=house.actor(SITI), at=AT, person=INES.code, **why)
    assert "/office/people/" in telling(shown(siti))
    with clock.shifted(AT + timedelta(hours=1)):
        assert telling(shown(siti)) == {}


def test_prices_orders_and_books_are_the_same_whether_she_is_confidential_or_not(house):
    given_a_life(house)
    hers = {"viewer": house.actor(INES), "at": AT, "lines": [Wanted("coffee-machine", 1)]}
    quote = trade.quote_for(**hers).quote
    standing = classify(supplier=ABC, customer=INES.code, world=parties.world(), on=AT.date())
    entries = list(Entry.objects.order_by("pk").values())
    mark(house)
    assert trade.quote_for(**hers | {"viewer": house.actor(INES)}).quote == quote
    assert classify(supplier=ABC, customer=INES.code, world=parties.world(), on=AT.date()) == standing
    assert list(Entry.objects.order_by("pk").values()) == entries
    assert house.order(INES, ("coffee-machine", 1), key="after")


def test_a_list_takes_as_many_statements_with_marks_as_without(house, django_assert_num_queries):
    for marked in (False, True):
        if marked:
            mark(house)
        viewer = house.actor(SITI)
        for limit in ("1", "3"):
            with versions.seen_once():
                parties.world()
                with django_assert_num_queries(2):
                    register.people(viewer=viewer, at=AT, on=AT.date(), params={"limit": limit})
