"""Every address of the API, for a stranger and four roles: what is answered, what is not there, what is refused.

The table is complete: an operation of the OpenAPI document without a row fails. Out of bounds is 404; a list that is open to
everybody shows each only what policy gives her, so its row says how many things each one is shown.
"""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.api.conftest import Caller, token_of
from tests.builders import AT, HOUSE
from tests.cast import INES, LUCA, MAYA, RATNA, SITI, TOR
from tests.trade.test_currencies import tell as tell_a_rate

from inward.access.models import RoleGrant, User
from inward.api.urls import api
from inward.core.terms import Money
from inward.ledger import operations as ledger
from inward.ledger.models import Entry
from inward.parties.models import Holding, WorkRelationship
from inward.trade import operations as trade

ROLES = ("stranger", "customer", "server", "controller", "steward")
"""Nobody; Maya who bought; Ratna who serves for XYZ; Luca who keeps the books; Siti who looks after the data."""
PARTS = {"customer": MAYA, "server": RATNA, "controller": LUCA, "steward": SITI}
ALL = ("in", "in", "in", "in")
STEWARD = ("gone", "gone", "gone", "in")
LOOKING_IN = ("in", "gone", "in", "in")
GROUP = ("gone", "gone", "in", "in")
BOOKS = ("gone", "gone", "in", "gone")

READS = {
    "/standing": ("no", "in", "in", "in"),
    "/standing/explained": ("no", "in", "in", "in"),
    "/what-if": ("no", "no", "no", "in"),
    "/late-dealings": ("no", "no", "no", 0),
    "/definitions": ("no", "no", "no", 13),
    "/definitions/{code}": ("no", "no", "no", "in"),
    "/places/{code}/leaders": LOOKING_IN,
    "/vacancies": (6, 4, 12, 14),
    "/people/{code}/managers": (1, "gone", 1, 1),
    "/people/{code}/signing-limit": ("in", "gone", "in", "in"),
    "/people/{code}/absences": (0, "gone", "gone", 0),
    "/people/{code}/work-states": (0, "gone", "gone", 0),
    "/signing-limits": (0, 0, 0, 0),
    "/reorganisations": (0, 0, 0, 0),
    "/reorganisations/{key}": ("gone", "gone", "gone", "gone"),
    "/households": ("no", "no", "no", "no"),
    "/households/{code}": ("gone", "gone", "gone", "gone"),
    "/me/households": (0, 0, 0, 0),
    "/calendars": (0, 0, 0, 24),
    "/published-standards/{supplier}": ALL,
    "/service-promises": (0, 0, 0, 1),
    "/service-promises/{code}": STEWARD,
    "/service-promise": ("no", "in", "in", "in"),
    "/queues": (2, 2, 2, 2),
    "/queues/{code}": ALL,
    "/request-types": (1, 1, 1, 1),
    "/request-types/{code}": ALL,
    "/cases": (1, 0, 0, 0),
    "/cases/{reference}": ("in", "gone", "gone", "gone"),
    "/cases/{reference}/files/{file}": ("in", "gone", "gone", "gone"),
    "/standard-procedures": (0, 0, 0, 1),
    "/standard-procedures/{code}": STEWARD,
    "/standard-procedures/{code}/differences": STEWARD,
    "/standard-procedures/{code}/figures": STEWARD,
    "/cases/{reference}/procedures": ("gone", "gone", "gone", "gone"),
    "/cases/{reference}/macros": ("gone", "gone", "gone", "gone"),
    "/cases/{reference}/told": ("gone", "gone", "gone", "gone"),
    "/cases/{reference}/openings": ("gone", "gone", "gone", "gone"),
    "/case-macros": (0, 0, 0, 1),
    "/case-macros/{code}": STEWARD,
    "/case-rules": (0, 0, 0, 1),
    "/case-rules/{code}": STEWARD,
    "/case-rules/{code}/outcomes": STEWARD,
    "/queues/{code}/levels": STEWARD,
    "/outages": ALL,
    "/outages/{reference}": ("gone", "gone", "gone", "gone"),
    "/case-letters": ("gone", "gone", "gone", 0),
    "/case-letters/{reference}": ("gone", "gone", "gone", "gone"),
    "/case-letters/{reference}/raw": ("gone", "gone", "gone", "gone"),
    "/wall-screens": STEWARD,
    "/case-tasks": ALL,
    "/equipment": (1, 0, 0, 1),
    "/equipment/{code}": ("in", "gone", "gone", "in"),
    "/calendars/{code}": STEWARD,
    "/calendars/{code}/days": (30, "gone", 30, 30),
    "/marks": (0, 0, 0, 0),
    "/marks/{code}": ("gone", "gone", "gone", "gone"),
    "/openings": (0, 0, 0, 0),
    "/openings/{reference}": ("gone", "gone", "gone", "gone"),
    "/companies": (1, 1, 3, 10),
    "/companies/{code}": LOOKING_IN,
    "/companies/{code}/versions": ("gone", "gone", "gone", 1),
    "/companies/{code}/names": ("gone", "gone", "gone", 0),
    "/companies/{code}/acts": ("gone", "gone", "gone", 3),
    "/holdings": (0, 0, 7, 9),
    "/holdings/{code}": GROUP,
    "/holdings/{code}/versions": ("gone", "gone", "gone", 1),
    "/holdings/{code}/acts": ("gone", "gone", "gone", 1),
    "/units": (6, 4, 12, 14),
    "/units/{code}": LOOKING_IN,
    "/units/{code}/versions": ("gone", "gone", "gone", 1),
    "/units/{code}/names": ("gone", "gone", "gone", 0),
    "/units/{code}/acts": ("gone", "gone", "gone", 1),
    "/people": (5, 1, 8, 9),
    "/people/{code}": LOOKING_IN,
    "/people/{code}/acts": ("gone", "gone", "gone", 3),
    "/people/{code}/work": (1, "gone", 1, 1),
    "/work-relationships/{code}": LOOKING_IN,
    "/work-relationships/{code}/versions": ("gone", "gone", "gone", 1),
    "/work-relationships/{code}/acts": ("gone", "gone", "gone", 1),
    "/world.zip": ("no", "no", "no", "in"),
    "/control-rights": (0, 0, 0, 1),
    "/control-rights/{code}": STEWARD,
    "/control-rights/{code}/acts": ("gone", "gone", "gone", 1),
    "/control-rights/{code}/versions": ("gone", "gone", "gone", 1),
    "/share-classes": (0, 0, 0, 1),
    "/share-classes/{code}": STEWARD,
    "/share-classes/{code}/acts": ("gone", "gone", "gone", 1),
    "/share-classes/{code}/versions": ("gone", "gone", "gone", 1),
    "/shareholdings": (0, 0, 0, 1),
    "/shareholdings/{code}": STEWARD,
    "/shareholdings/{code}/acts": ("gone", "gone", "gone", 1),
    "/shareholdings/{code}/versions": ("gone", "gone", "gone", 1),
    "/differences": (0, 0, 0, 0),
    "/evidence": (0, 0, 1, 1),
    "/evidence/{reference}": GROUP,
    "/evidence/{reference}/content": GROUP,
    "/quality": ("no", "no", "no", 17),
    "/quality/{check}": ("no", "no", "no", 0),
    "/me": ALL,
    "/me/data": ALL,
    "/users": (1, 1, 1, 9),
    "/users/{id}": GROUP,
    "/roles": (0, 1, 3, 9),
    "/roles/{reference}": GROUP,
    "/tokens": (2, 1, 1, 2),
    "/users/{id}/tokens": ("gone", "gone", 1, 1),
    "/directories": ("no", "no", "no", 0),
    "/directory-words": ("no", "no", "no", 0),
    "/directory-words/{id}": ("no", "no", "no", "gone"),
    "/directory-waiting": ("no", "no", "no", 0),
    "/directory-waiting/{reference}": ("no", "no", "no", "gone"),
    "/offerings": (3, 3, 3, 3),
    "/offerings/{code}": ALL,
    "/categories": (2, 2, 2, 2),
    "/catalogue/offerings": (0, 0, 0, 3),
    "/catalogue/offerings/{code}": STEWARD,
    "/catalogue/offerings/{code}/acts": ("gone", "gone", "gone", 2),
    "/catalogue/offerings/{code}/costs": ("gone", "gone", "gone", 1),
    "/prices": (0, 0, 0, 6),
    "/prices/{id}": STEWARD,
    "/prices/{code}/acts": ("gone", "gone", "gone", 1),
    "/prices/{id}/versions": ("gone", "gone", "gone", 1),
    "/comparables": (0, 0, 0, 1),
    "/comparables/{id}": STEWARD,
    "/families": ("no", "no", "no", 0),
    "/families/{code}": ("gone", "gone", "gone", "gone"),
    "/price-raises": ("no", "no", "no", 0),
    "/price-raises/{reference}": ("gone", "gone", "gone", "gone"),
    "/schemes": (0, 0, 0, 1),
    "/schemes/{id}": STEWARD,
    "/schemes/{code}/acts": ("gone", "gone", "gone", 1),
    "/schemes/{id}/versions": ("gone", "gone", "gone", 1),
    "/tax-rates": (0, 0, 0, 2),
    "/tax-rates/versions": ("gone", "gone", "gone", 1),
    "/orders": (1, 1, 0, 0),
    "/orders/{reference}": ("in", "gone", "gone", "gone"),
    "/running": (0, 0, 0, 0),
    "/running/{reference}": ("gone", "gone", "gone", "gone"),
    "/running-changes": (0, 0, 0, 0),
    "/standing-orders": (0, 0, 0, 0),
    "/waiting-chain": ALL,
    "/standing-orders/{reference}": ("gone", "gone", "gone", "gone"),
    "/me/terms": (0, 0, 0, 0),
    "/terms": (0, 0, 0, 0),
    "/me/suspensions": (0, 0, 0, 0),
    "/me/allowance-gifts": (0, 0, 0, 0),
    "/suspensions": ("no", "no", "no", 0),
    "/suspensions/{reference}": ("gone", "gone", "gone", "gone"),
    "/me/benefit": (1, 1, 1, 1),
    "/me/benefit/{key}": ALL,
    "/benefit": ("no", "no", "no", "no"),
    "/people/{code}/benefit": ("gone", "gone", "gone", "gone"),
    "/pay-runs": ("no", "no", "no", "no"),
    "/pay-runs/{code}": ("gone", "gone", "gone", "gone"),
    "/pay-lines": ("no", "no", "no", "no"),
    "/me/pay-lines": (0, 0, 0, 0),
    "/me/deductions": (1, 0, 0, 0),
    "/pay-parts": ("no", "no", "no", "no"),
    "/handover": ("no", 0, "no", 0),
    "/returns": ("no", 0, "no", 0),
    "/me/order-helpers": (0, 0, 0, 0),
    "/me/order-for": (0, 0, 0, 0),
    "/given-up": ("no", 0, "no", 0),
    "/payments-elsewhere": ("no", "no", 0, "no"),
    "/net-pay": ("no", "no", "no", "no"),
    "/me/net-pay": (0, 0, 0, 0),
    "/exchange-rates": ("no", "no", 1, "no"),
    "/exchange-rates/{id}": ("no", "no", "in", "no"),
    "/benefit-accounts": ("no", "no", 0, "no"),
    "/imports": (0, 0, 0, 0),
    "/imports/{reference}": ("gone", "gone", "gone", "gone"),
    "/waiting": ALL,
    "/approval-limits": (0, 0, 1, 0),
    "/approval-limits/{code}": BOOKS,
    "/cost-centres/{code}/statements/{month}": BOOKS,
    "/disputes": (0, 0, 0, 0),
    "/approval-procedures": (0, 0, 1, 0),
    "/approval-procedures/{code}": BOOKS,
    "/budgets": (0, 0, 1, 0),
    "/offerings/{code}/left": ALL,
    "/waiting-places": (0, 0, 0, 0),
    "/stock": ("no", 1, "no", 1),
    "/stock/moves": ("no", 1, "no", 1),
    "/stock/{code}/{place}": ("gone", "in", "gone", "in"),
    "/budgets/{code}/{starts}": BOOKS,
    "/allowances": (1, 0, 0, 0),
    "/books": (0, 0, 3, 0),
    "/books/{company}/entries": ("gone", "gone", 1, "gone"),
    "/entries/{id}": BOOKS,
    "/dealings/{reference}/entries": (0, 0, 1, 0),
    "/books/{company}/balances": ("gone", "gone", 3, "gone"),
    "/books/{company}/accounts": ("gone", "gone", 19, "gone"),
    "/books/{company}/series": ("gone", "gone", 1, "gone"),
    "/books/{company}/account-map": ("gone", "gone", 45, "gone"),
    "/books/{company}/periods": ("gone", "gone", 1, "gone"),
    "/books/{company}/related-parties": BOOKS,
    "/books/{company}/related-parties/{other}/dealings": BOOKS,
    "/books/{company}/exports": ("gone", "gone", 1, "gone"),
    "/books/{company}/exports/{number}.csv": BOOKS,
    "/notices": (0, 0, 0, 0),
    "/notices/preferences": ALL,
    "/saved-lists/{face}": (1, 0, 0, 0),
}
"""What each role gets where it reads, a stranger never anything: "in", "no" (403), "gone" (404), or how many things are listed."""
ASKING = ("/standings", "/quotes", "/till/quotes", "/me/benefit/foreseen", "/scheme-comparisons")
"""What is asked with a body and changes nothing; so is whatever lies under /previews."""


@pytest.fixture
def asked(house):
    """One order of Maya's and one between ABC and XYZ, numbered and exported: (the house, what stands in each address)."""
    order = house.order(MAYA, ("coffee-machine", 1)).reference
    house.order(INES, ("widget-a", 10), customer="abc")
    trade.set_procedure(by=HOUSE, at=AT, party="abc", remind_after=2)
    trade.set_budget(
        by=HOUSE, at=AT, centre="abc-it", starts=date(2026, 1, 1), last_day=date(2026, 12, 31), amount=Money.of("900", "EUR")
    )  # fmt: skip
    ledger.number_entries(by=HOUSE, at=AT, company="xyz")
    ledger.export_journal(by=HOUSE, at=AT, company="xyz")
    steward, maya = Caller(token_of(house, SITI)), Caller(token_of(house, MAYA))
    power = {"target": "xyz", "kind": "DE_FACTO", "holder": "jkl"}
    steward.post("/share-classes", {"code": "jkl-a", "company": "jkl", "name": "A", "issued": "100", "votes_each": "1"})
    register = SimpleUploadedFile("register.pdf", b"%PDF-1.7")
    paper = steward.client.post("/api/v1/evidence", {"file": register}).json()["reference"]
    sale = {"id": "coffee-1", "offering": "coffee-machine", "price": {"amount": "90", "currency": "EUR"}}
    steward.post("/comparables", {**sale, "seen_at": "A survey", "seen_on": "2026-06-01"})
    steward.post(f"/evidence/{paper}/facts", {"sort": "HOLDING", "code": "jkl-abc"})
    steward.put("/calendars/abc", {"week": {"mon": "09:00-17:00"}, "time_zone": "Europe/Amsterdam"})
    steward.put(
        "/service-promises/help",
        {"supplier": "abc", "name": "Help", "targets": {"RESPOND": {"": {"minutes": 60}}}},
    )
    steward.put("/queues/it", {"supplier": "abc-it", "name": "IT"})
    steward.put("/queues/hr", {"supplier": "abc", "name": "Personnel", "confidential": True})
    steward.put("/request-types/till", {"queue": "it", "name": "A till"})
    case = maya.post("/cases", {"queue": "hr", "text": "My pay"}, key="case").json()["reference"]
    bill = SimpleUploadedFile("bill.pdf", b"%PDF-1.7 bill")
    maya.client.post(f"/api/v1/cases/{case}/files", {"files": bill, "text": "See"})
    case_file = maya.get(f"/cases/{case}").json()["thread"][-1]["files"][0]["file"]
    steward.put(
        "/standard-procedures/laptop-out",
        {
            "supplier": "abc-it",
            "name": "Hand out a laptop",
            "owner": TOR.code,
            "review_by": "2027-06-01",
            "steps": [{"id": "check", "title": "Check it"}],
        },
    )
    note = [{"act": "NOTE", "text": "Seen."}]
    steward.put("/case-macros/hello", {"queue": "it", "name": "Hello", "acts": note})
    steward.put("/case-rules/first", {"queue": "it", "name": "First", "when": "OPENED", "acts": note})
    steward.put("/equipment/till-7", {"supplier": "abc-it", "name": "Till 7"})
    steward.post("/equipment/till-7/hold", {"holder": MAYA.code})
    procedure = steward.get("/standard-procedures/laptop-out").json()["versions"][0]["key"]
    maya.put("/saved-lists/orders/mine", {"params": {"state": "PLACED"}})
    steward.put("/stock/widget-a/Oslo", {"pieces": 40})
    tell_a_rate()
    luca = User.objects.get(username=LUCA.code)
    return house, {
        "/companies/": "abc",
        "/places/": "abc-it",
        "/calendars/": "abc-it",
        "/queues/": "it",
        "/request-types/": "till",
        "/cases/": case,
        "/cases/file": case_file,
        "/approval-limits/": "abc",
        "/published-standards/": "abc-it",
        "/service-promises/": "help",
        "/standard-procedures/": "laptop-out",
        "/case-macros/": "hello",
        "/case-rules/": "first",
        "/equipment/": "till-7",
        "/standard-procedures/{code}/differences": f"?one={procedure}&other={procedure}",
        "/budgets/": "abc-it",
        "/cost-centres/": "abc-it",
        "/approval-procedures/": "abc",
        "/definitions/": "ubo25",
        "/holdings/": Holding.objects.current().get(owner__code="jkl", owned__code="xyz").code,
        "/units/": "abc-it",
        "/people/": MAYA.code,
        "/work-relationships/": WorkRelationship.objects.get(person__code=MAYA.code).code,
        "/control-rights/": steward.post("/control-rights", power).json()["code"],
        "/share-classes/": "jkl-a",
        "/shareholdings/": steward.post(
            "/shareholdings", {"owner": "kestrel", "share_class": "jkl-a", "shares": "10"}
        ).json()["code"],
        "/quality/": "no_country",
        "/evidence/": paper,
        "/users/": luca.pk,
        "/machines/": luca.pk,
        "/tokens/": 1,
        "/roles/": RoleGrant.objects.filter(user=luca).first().reference,
        "/offerings/": "coffee-machine",
        "/catalogue/offerings/": "coffee-machine",
        "/stock/": "widget-a",
        "/prices/": "staff-abc",
        "/comparables/": "coffee-1",
        "/schemes/": "abc-staff",
        "/orders/": order,
        "/running/": order,
        "/standing-orders/": order,
        "/me/benefit/": "NL-2026",
        "/books/": "xyz",
        "/directory-words/": 1,
        "/exchange-rates/": "EUR:USD:2026-11-24",
        "/entries/": Entry.objects.filter(company__code="xyz").first().pk,
        "/dealings/": order,
        "/saved-lists/": "orders",
    }


_YEAR = "?since=2026-01-01&until=2027-01-01"
QUERIES = {
    "/standing": "?supplier=abc&customer=xyz",
    "/standing/explained": "?supplier=abc&customer=xyz",
    "/service-promise": "?supplier=abc&customer=xyz",
    "/case-rules/{code}/outcomes": "?since=2026-01-01",
    "/what-if": "?s=share:jkl:xyz:0:2026-01-01",
    "/people/{code}/signing-limit": "?place=abc-it",
    "/people/{code}/benefit": "?company=abc&year=2026",
    "/tax-rates/versions": "?company=abc&tax_code=STANDARD",
    "/books/{company}/related-parties": _YEAR,
    "/books/{company}/related-parties/{other}/dealings": _YEAR,
}


def operations():
    """(method, path under the version) of every operation of the document."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            yield method.upper(), path.removeprefix("/api/v1")


def address_of(path, places):
    """The path with what stands in it; an address of which nothing here is known keeps a name of nothing."""
    before, brace, after = path.partition("{")
    if not brace:
        return f"/api/v1{path}{QUERIES.get(path, '')}"
    after = (
        after.partition("}")[2]
        .replace("{number}", "1")
        .replace("{other}", "abc")
        .replace("{starts}", "2026-01-01")
        .replace("{month}", "2026-11-01")
        .replace("{place}", "Oslo")
        .replace("{file}", str(places.get("/cases/file", "nothing")))
    )
    after = after.replace("{", "").replace("}", "")
    query = QUERIES.get(path) or places.get(path, "")
    return f"/api/v1{before}{places.get(before, 'nothing')}{after}{query}"


def answer(response):
    """What came: how many things of a list, else whether it is there."""
    if response.status_code == 200 and "json" in response["Content-Type"]:
        body = response.json()
        listed = body.get("items") if isinstance(body, dict) else body
        if isinstance(listed, list):
            return len(listed)
    return {200: "in", 401: "door", 403: "no", 404: "gone"}.get(response.status_code, response.status_code)


def test_every_address_answers_every_role_as_its_row_says(asked):
    house, places = asked
    clients = [Client(HTTP_HOST="localhost")]
    clients += [Caller(token_of(house, PARTS[role], writes=False)).client for role in ROLES[1:]]
    found = {
        path: tuple(answer(client.get(address_of(path, places))) for client in clients)
        for method, path in operations()
        if method == "GET"
    }
    expected = {path: ("door", *row) for path, row in READS.items()}
    assert {path: row for path, row in found.items() if row != expected.get(path)} == {}
    assert sorted(expected) == sorted(found)


def unlike(stands):
    """What no thing of the house has in its place in an address, of the same shape as what stands there."""
    return "999999" if str(stands).isdigit() else "0" * len(stands)


@pytest.mark.parametrize("role", ["customer", "server", "controller"])
def test_an_act_refused_tells_nobody_that_there_is_what_she_may_not_see(asked, role):
    (house, places), part, place = asked, PARTS[role], ROLES.index(role) - 1
    seen = {path.partition("{")[0] for path, row in READS.items() if "{" in path and row[place] not in ("gone", "no")}
    client, paths = Caller(token_of(house, part)).client, api.get_openapi_schema()["paths"]
    nothing = {before: unlike(stands) for before, stands in places.items()}

    def answered(method, path, stands):
        content = paths[f"/api/v1{path}"][method.lower()].get("requestBody", {}).get("content", {})
        body = json.dumps(content.get("application/json", {}).get("example", {}))
        return client.generic(method, address_of(path, stands), body, content_type="application/json").status_code

    told, refused = set(), 0
    for method, path in operations():
        before, _, _ = path.partition("{")
        if method == "GET" or before not in places or path.startswith("/tokens/"):
            continue
        real, fake = answered(method, path, places), answered(method, path, nothing)
        refused += real in (403, 404)
        if real != fake and real >= 400 and before not in seen:
            told.add(f"{method} {path}")
    assert told == set()
    assert refused > 50


def test_nothing_is_changed_by_a_stranger_or_by_a_token_that_reads(asked):
    house, places = asked
    stranger, reader = Client(HTTP_HOST="localhost"), Caller(token_of(house, SITI, writes=False)).client
    otherwise = {}
    asking = set()
    for method, path in operations():
        if method == "GET":
            continue
        address = address_of(path, places)
        found = tuple(
            client.generic(method, address, "{}", content_type="application/json").status_code
            for client in (stranger, reader)
        )
        if path in ASKING or path.startswith("/previews/"):
            asking.add(path)
            expected = (401, 404 if path.endswith("/take-back") else 422)  # a body of that one may be empty
        else:
            expected = (401, 403)
        if found != expected:
            otherwise[f"{method} {path}"] = found
    assert otherwise == {}
    assert set(ASKING) < asking
