"""What policy does not give her is nowhere: a dealing changes no page, list, search, export, counter or API answer of others.

Everything that opens for her is opened before the dealing and after it, and must be the same to the letter. So it is asked of
what nobody thought of listing here, too: a sum, a count, an order of rows.
"""

import io
import re
import zipfile

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.api.conftest import Caller, token_of
from tests.api.test_api_roles import operations
from tests.builders import AT, HOUSE, given_role
from tests.cast import HENK, INES, JONAS, MAYA, NORA, RATNA, SITI, TOR
from tests.desk.asked import asked, given_personnel
from tests.web.test_url_roles import addresses

from inward.desk import operations as operations_of_desk
from inward.ledger import operations as ledger
from inward.trade import operations as trade
from inward.web.office.things import THINGS

ASKED = ("maya", "1000", "mine alone")
FORMS = ("csv", "xlsx")
OF_HER_OWN = {
    reverse(name) for name in ("account_login", "account_logout", "account_tokens", "profile_data", "sessions")
}
"""Pages that her own looking changes: when a session or a token was used last."""
NEW_EVERY_TIME = re.compile(
    rb'name="(?:csrfmiddlewaretoken|promise|key)" value="[^"]*"|"X-CSRFToken": "[^"]*"|id_cost_centre_[\w-]{22}'
)


def pages():
    """Every address of the faces that needs nothing named, every list of orders and records, searched and taken home."""
    plain = [reverse(entry.name) for entry in addresses() if not entry.pattern.regex.groupindex]
    lists = [
        reverse(name)
        for name in ("shop", "orders", "orders_all", "approvals", "deliveries", "requests", "desk", "desk_board")
    ]
    exports = [
        f"/orders/export/{which}.{form}" for which in ("own", "all", "to_decide", "to_deliver") for form in FORMS
    ]
    exports += [f"/{face}/export.{form}" for face in ("requests", "desk") for form in FORMS]
    records = [f"/office/{thing}/" for thing in THINGS]
    return [
        *plain,
        *exports,
        *records,
        *(f"{address}-/list.csv" for address in records),
        *(f"{address}?text={text}" for address in [*lists, *exports] for text in ASKED),
        *(f"/shop/{code}/" for code in ("coffee-machine", "widget-a", "help-hour")),
    ]


def calls():
    """Every call that reads and needs nothing named; the lists of orders searched, as a table too."""
    plain = [path for method, path in operations() if method == "GET" and "{" not in path]
    lists = [f"/orders?which={which}" for which in ("own", "all", "to_decide", "to_deliver")]
    return [
        *plain,
        *lists,
        *(f"{address}&text={text}" for address in lists for text in ASKED),
        *(f"{address}&format={form}" for address in lists for form in FORMS),
        "/offerings/coffee-machine",
        "/books/abc/entries",
        "/books/xyz/balances",
    ]


class Eyes:
    """Somebody who looks at everything that opens for her."""

    def __init__(self, house, part):
        self.browser, self.program = house.browser(part), Caller(token_of(house, part)).client

    def see(self):
        """What she is answered at every address."""
        seen = {address: told(self.browser.get(address)) for address in pages() if address not in OF_HER_OWN}
        return seen | {f"/api/v1{path}": told(self.program.get(f"/api/v1{path}")) for path in calls()}


def told(response):
    """The answer without what is made anew for every form; of a workbook its cells, of an archive what is in its files."""
    body = response.getvalue() if response.streaming else response.content
    if response.get("Content-Type") == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(body))
        return {name: archive.read(name) for name in archive.namelist()}
    if "spreadsheetml" in response.get("Content-Type", ""):
        return [row for sheet in load_workbook(io.BytesIO(body)) for row in sheet.iter_rows(values_only=True)]
    return response.status_code, response.get("Location"), NEW_EVERY_TIME.sub(b"", body)


def changed(before, eyes):
    """Where somebody is answered otherwise than before."""
    after = eyes.see()
    return sorted(address for address in after if after[address] != before[address])


def test_what_she_buys_for_herself_changes_nothing_for_anybody_but_her_and_the_shop(house):
    others = {part.code: Eyes(house, part) for part in (JONAS, HENK, SITI, NORA)}
    before = {name: eyes.see() for name, eyes in others.items()}
    hers = Eyes(house, MAYA)
    mine = hers.see()
    reference = house.order(MAYA, ("coffee-machine", 3), note="mine alone").reference
    ledger.number_entries(by=HOUSE, at=AT, company="abc")
    seen_by_her = changed(mine, hers)
    assert {"/", "/orders/", "/allowance/", "/orders/export/own.csv", "/api/v1/allowances"} <= set(seen_by_her)
    trade.confirm_delivery(by=house.actor(TOR), at=AT, reference=reference)
    assert {name: changed(before[name], eyes) for name, eyes in others.items()} == {name: [] for name in others}


def test_what_a_department_orders_changes_nothing_for_those_who_neither_buy_nor_approve_nor_serve(house):
    others = {part.code: Eyes(house, part) for part in (MAYA, TOR, SITI, NORA)}
    before = {name: eyes.see() for name, eyes in others.items()}
    reference = house.order(INES, ("widget-a", 2000), customer="abc", note="mine alone").reference
    approver = Eyes(house, HENK)
    waiting = approver.see()
    assert b"mine alone" in house.browser(HENK).get(f"/orders/{reference}/").content
    trade.approve_order(by=house.actor(HENK), at=AT, reference=reference)
    assert {"/approvals/", "/api/v1/waiting"} <= set(changed(waiting, approver))
    for company in ("abc", "xyz"):
        ledger.number_entries(by=HOUSE, at=AT, company=company)
    assert {name: changed(before[name], eyes) for name, eyes in others.items()} == {name: [] for name in others}


def test_whoever_knows_the_reference_of_anothers_order_is_told_no_more_than_of_one_that_never_was(house):
    reference = house.order(MAYA, ("coffee-machine", 3)).reference
    nothing = "A" * len(reference)
    pages = [f"/orders/{{}}/{more}" for more in ("", "receipt/")] + ["/orders/?text={}", "/orders/all/?text={}"]
    calls = [f"/api/v1/{path}" for path in ("orders/{}", "orders?text={}", "dealings/{}/entries")]
    for part in (JONAS, INES, HENK, RATNA, SITI, NORA):
        eyes = Eyes(house, part)
        for client, addresses_asked in ((eyes.browser, pages), (eyes.program, calls)):
            for address in addresses_asked:
                there, never = (told(client.get(address.format(name))) for name in (reference, nothing))
                expected = (*never[:2], never[2].replace(nothing.encode(), reference.encode()))
                assert there == expected, (part.code, address)


def test_a_stranger_is_shown_the_door_whatever_was_ordered(house):
    stranger = Client()
    before = {address: told(stranger.get(address)) for address in pages()}
    house.order(MAYA, ("coffee-machine", 3))
    assert {address for address in before if told(stranger.get(address)) != before[address]} == set()


def test_what_she_asks_in_confidence_changes_nothing_even_for_those_who_handle_requests_and_own_the_service(house):
    given_personnel(house)
    operations_of_desk.set_queue(by=HOUSE, at=AT, code="it", supplier="abc-it", name="IT help")
    given_role(house.users[HENK.code], "SERVICE_OWNER", "abc")
    others = {part.code: Eyes(house, part) for part in (INES, HENK)}
    before = {name: eyes.see() for name, eyes in others.items()}
    asked(house, MAYA, queue="hr", text="mine alone", at=AT)
    assert b"mine alone" in house.browser(TOR).get("/desk/").content
    assert {name: changed(before[name], eyes) for name, eyes in others.items()} == {name: [] for name in others}
