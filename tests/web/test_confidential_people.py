"""A confidential person is nowhere for whoever has no right to know of her: no page, list, search, table, count or call names
her, and every link that others are shown is followed to see it. Whoever has the right finds her where she is.
"""

import re
from datetime import date
from html import unescape

import pytest
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE, given_holding
from tests.cast import ABC, HENK, INES, LUCA, MAYA, RATNA, SITI, TOR, XYZ
from tests.web.test_nothing_of_others import calls, pages, told

from inward.ledger import operations as ledger
from inward.parties import operations
from inward.parties.vocabulary import MarkKind, Power

pytestmark = pytest.mark.django_db
HERSELF = re.compile(r"contarini", re.IGNORECASE)
"""It stands in her name, her code, her address, and the codes that begin with hers."""
OTHERS = (MAYA, TOR, HENK, RATNA, LUCA, SITI)
"""A colleague, the seller she buys from, the budget holder she asks, a sister company, the books, the data administrator."""
LINK = re.compile(r'(?:href|action|hx-get)="(/[^"#]*)')
NEVER = ("/door/logout", "/static/", "/welcome", "/style", "/door/language", "/door/theme")
FOLLOWED_MAX = 1_500


def given_a_life(house):
    """Ines buys for herself and for ABC, heads a department, stands in, is away, holds shares and a role."""
    for part, role, party in ((SITI, "MARK_KEEPER", None),):
        del part, role, party
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


@pytest.mark.parametrize("part", OTHERS, ids=lambda part: part.code)
def test_nothing_that_others_can_open_tells_of_her(house, part):
    given_a_life(house)
    assert telling(Walker(house, part).everything()) != {} or part is MAYA
    mark(house)
    assert telling(Walker(house, part).everything()) == {}
