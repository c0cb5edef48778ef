"""Every address of the faces, for a stranger and four roles, with templates rendered: what opens, what is not there.

The table is complete: an address without a row fails. "door" is the way to sign in, "gone" is 404 (out of bounds looks like
missing), "no" is 403, "done" leads on (an address that only acts leads whoever looks to the page it belongs to).
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.builders import AT, HOUSE, given_role
from tests.cast import HENK, INES, LUCA, MAYA, RATNA, SITI

from inward.access import operations as access
from inward.access.vocabulary import TokenScope
from inward.desk import operations as desk
from inward.kit import imports
from inward.ledger import operations as ledger
from inward.ledger.models import Entry
from inward.parties import evidence
from inward.parties import operations as parties
from inward.parties.evidence import Shows
from inward.trade import operations as trade
from inward.trade import terms
from inward.trade.vocabulary import TermsKind

ROLES = ("stranger", "customer", "server", "controller", "steward")
"""Nobody; Maya who bought; Ratna who serves for XYZ; Luca who keeps the books; Siti who looks after the data."""
PARTS = {"customer": MAYA, "server": RATNA, "controller": LUCA, "steward": SITI}
OPEN = ("ok", "ok", "ok", "ok", "ok")
SIGNED_IN = ("door", "ok", "ok", "ok", "ok")
ACT = ("done", "done", "done", "done", "done")
HERS = ("door", "ok", "gone", "gone", "gone")
BOOKS = ("door", "gone", "gone", "ok", "gone")
OFFICE = ("door", "gone", "gone", "gone", "ok")
POST = ("door", "done", "done", "done", "done")
SERVES = ("door", "gone", "ok", "gone", "gone")
"""Ratna handles requests for XYZ's sales."""
AGAIN = POST
"""Delicate pages: whoever was not asked lately who she is, is asked first (tests/web/door)."""
GONE = ("gone", "gone", "gone", "gone", "gone")
GONE_INSIDE = ("door", "gone", "gone", "gone", "gone")
DEAD = ("410", "410", "410", "410", "410")
"""The link of a letter that was never sent; living ones are in tests/web/door/test_links.py."""

TABLE = {
    "home": SIGNED_IN,
    "shop": SIGNED_IN,
    "offering": SIGNED_IN,
    "basket": SIGNED_IN,
    "basket_put": POST,
    "basket_change": POST,
    "basket_list": SIGNED_IN,
    "orders": SIGNED_IN,
    "orders_all": SIGNED_IN,
    "order_place": POST,
    "waiting_join": POST,
    "waiting_leave": POST,
    "budgets": BOOKS,
    "chain": SIGNED_IN,
    "statement": BOOKS,
    "statement_dispute": POST,
    "statement_file": BOOKS,
    "disputes": SIGNED_IN,
    "dispute_one": ("door", "gone", "gone", "gone", "gone"),
    "dispute_answer": POST,
    "dispute_own": POST,
    "order_dispute": POST,
    "away": SIGNED_IN,
    "away_back": POST,
    "decide": DEAD,
    "confirm": DEAD,
    "receipts": SIGNED_IN,
    "order_receive": POST,
    "orders_export": SIGNED_IN,
    "order": HERS,
    "order_receipt": HERS,
    "order_again": POST,
    "order_approve": POST,
    "order_decline": POST,
    "order_cancel": POST,
    "order_deliver": POST,
    "order_ready": POST,
    "given_up": POST,
    "for_others_end": POST,
    "for_others": SIGNED_IN,
    "order_return": POST,
    "order_dispose": POST,
    "running": SIGNED_IN,
    "running_all": SIGNED_IN,
    "running_changes": SIGNED_IN,
    "running_one": GONE_INSIDE,  # the order of the other rows runs not on; tests/web/home/test_running.py has one that does
    "running_end": POST,
    "running_keep": POST,
    "running_change": POST,
    "frames": SIGNED_IN,
    "frame_new": SIGNED_IN,
    "frame_agree": POST,
    "frame": GONE_INSIDE,  # the order of the other rows is no standing one; tests/web/home/test_frames.py has some
    "frame_draw": POST,
    "frame_pause": POST,
    "frame_resume": POST,
    "frame_end": POST,
    "approvals": SIGNED_IN,
    "approvals_above": SIGNED_IN,
    "deliveries": SIGNED_IN,
    "payments": SIGNED_IN,
    "faults": SIGNED_IN,
    "order_fault": POST,
    "order_fault_answer": POST,
    "order_name_payment": POST,
    "order_mark_payment": POST,
    "till": SIGNED_IN,
    "till_make": POST,
    "till_serve": ("door", "gone", "ok", "gone", "gone"),
    "till_sell": POST,
    "allowance": SIGNED_IN,
    "allowance_give": POST,
    "benefit": POST,  # on to the newest year
    "benefit_year": SIGNED_IN,
    "benefit_file": SIGNED_IN,
    "terms": SIGNED_IN,
    "terms_one": ("door", "ok", "gone", "gone", "ok"),
    "terms_accept": POST,
    "terms_withdraw": POST,
    "deductions": SIGNED_IN,
    "suspensions": SIGNED_IN,
    "suspension": GONE_INSIDE,
    "suspension_answer": POST,
    "household": SIGNED_IN,
    "household_one": POST,
    "household_end": POST,
    "household_take_back": POST,
    "inside": SIGNED_IN,
    "help": SIGNED_IN,
    "help_draft": ("door", "405", "405", "405", "405"),
    "help_forget": POST,
    "help_department": SIGNED_IN,
    "help_standards": SIGNED_IN,
    "help_ask": SIGNED_IN,
    "help_again": POST,
    "help_write": SIGNED_IN,
    "speak_up": OPEN,
    "speak_up_back": OPEN,
    "speak_up_line": GONE,  # no line in these rows; tests/web/home/test_speak_up.py has some
    "requests": SIGNED_IN,
    "requests_export": SIGNED_IN,
    "task_done": POST,
    "request": ("door", "ok", "done", "gone", "gone"),  # whoever handles it is led to where that is done
    "request_news": ("door", "done", "done", "gone", "gone"),
    "request_read": ("door", "405", "405", "405", "405"),
    "request_write": POST,
    "request_solved": POST,
    "request_withdraw": POST,
    "request_follow": POST,
    "request_unfollow": POST,
    "request_file": GONE_INSIDE,  # no file came with it; tests/web/home/test_help.py has one that did
    "desk": SERVES,
    "desk_export": SERVES,
    "desk_board": SERVES,
    "desk_next": ("door", "gone", "done", "gone", "gone"),
    "desk_save": POST,
    "desk_forget": POST,
    "desk_log": SERVES,
    "desk_letters": ("door", "gone", "ok", "gone", "ok"),
    "desk_letter": GONE_INSIDE,  # no letter came; tests/web/workbench/test_letters.py has some that did
    "desk_letter_raw": GONE_INSIDE,
    "desk_letter_act": POST,
    "desk_several": POST,
    "desk_undo": POST,
    "walls": OFFICE,
    "wall_make": POST,
    "wall_end": POST,
    "wall": DEAD,
    "desk_service": GONE_INSIDE,  # nobody here owns a service; tests/web/workbench has one who does
    "desk_case": ("door", "done", "ok", "gone", "gone"),  # whoever asked reads it elsewhere
    "desk_news": ("door", "done", "done", "gone", "gone"),
    "desk_read": ("door", "405", "405", "405", "405"),
    "desk_file": GONE_INSIDE,
    "desk_act": POST,
    "books": ("door", "gone", "gone", "done", "gone"),
    "books_entry": BOOKS,
    "books_journal": BOOKS,
    "books_balance": BOOKS,
    "books_accounts": BOOKS,
    "books_months": BOOKS,
    "books_exports": BOOKS,
    "books_download": BOOKS,
    "books_related": BOOKS,
    "books_related_file": BOOKS,
    "books_related_party": BOOKS,
    "office": ("door", "gone", "ok", "ok", "ok"),
    "office_month": OFFICE,
    "office_what_if": OFFICE,
    "office_beside": OFFICE,
    "office_what_if_dealings": OFFICE,
    "office_paper": ("door", "gone", "gone", "ok", "ok"),
    "office_quality": OFFICE,
    "office_quality_check": OFFICE,
    "office_quality_leave": ("door", "done", "done", "done", "done"),
    "office_quality_take_up": ("door", "done", "done", "done", "done"),
    "office_list": OFFICE,
    "office_export": OFFICE,
    "office_save_list": ("door", "done", "done", "done", "done"),
    "office_forget_list": ("door", "done", "done", "done", "done"),
    "office_new": OFFICE,
    "office_page": OFFICE,
    "office_history": OFFICE,
    "office_change": OFFICE,
    "office_imports": ("door", "gone", "ok", "ok", "ok"),
    "office_help_files": OFFICE,
    "office_import_new": ("door", "gone", "ok", "ok", "ok"),
    "office_import": ("door", "gone", "gone", "gone", "done"),
    "office_import_columns": OFFICE,
    "office_import_refused": OFFICE,
    "office_import_load": ("door", "done", "done", "done", "done"),
    "office_import_undo": OFFICE,
    "office_import_away": ("door", "done", "done", "done", "done"),
    "act_for": POST,
    "language": ACT,
    "theme": ACT,
    "style": OPEN,
    "account_notices": SIGNED_IN,
    "account_tokens": SIGNED_IN,
    "account_token_revoke": HERS,
    "account_login": ("ok", "done", "done", "done", "done"),
    "account_logout": ("done", "ok", "ok", "ok", "ok"),
    "account_inactive": OPEN,
    "account_signup": GONE,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": ("door", "done", "done", "done", "done"),
    "account_reset_password": OPEN,
    "account_reset_password_done": OPEN,
    "new_password": DEAD,
    "invitation": DEAD,
    "confirm_email": DEAD,
    "unsent": POST,
    "profile": SIGNED_IN,
    "profile_data": SIGNED_IN,
    "profile_email": AGAIN,
    "profile_email_keep": POST,
    "sign_on": GONE,
    "sign_on_back": GONE,
    "sign_on_answer": ("done", "done", "done", "done", "done"),
    "sign_on_metadata": GONE,
    "sign_on_link": AGAIN,
    "sign_on_unlink": POST,
    "sessions": SIGNED_IN,
    "sessions_end": POST,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": ("done", "done", "done", "done", "done"),
    "mfa_reauthenticate": POST,
    "mfa_login_webauthn": ("done", "done", "done", "done", "done"),
    "mfa_reauthenticate_webauthn": POST,
    "mfa_activate_totp": AGAIN,
    "mfa_deactivate_totp": GONE_INSIDE,
    "mfa_view_recovery_codes": GONE_INSIDE,
    "mfa_generate_recovery_codes": AGAIN,
    "mfa_list_webauthn": POST,
    "mfa_add_webauthn": AGAIN,
    "mfa_edit_webauthn": AGAIN,
    "mfa_remove_webauthn": AGAIN,
}
FACES = ("inward.web", "allauth")
OWN = {
    "office": {"thing": "companies", "key": "abc", "act": "rename"},
    "terms": {"key": "scheme:abc-staff:1"},
    "suspension": {"key": "no-such-suspension"},
    "books_related": {"party": "abc"},
    "benefit": {"key": "NL-2026"},
    "help": {"party": "xyz-sales", "code": "sales"},
    "desk_act": {"act": "assign"},
    "desk_letter_act": {"act": "aside"},
    "statement": {"centre": "abc-it", "month": "2026-11", "form": "csv"},
}
"""What stands in the addresses of a face where it is another than elsewhere."""


@pytest.fixture
def world(house):
    """One order of Maya's, one between ABC and XYZ, numbered and exported; returns what stands in each address."""
    order = house.order(MAYA, ("coffee-machine", 1)).reference
    house.order(INES, ("widget-a", 10), customer="abc")
    ledger.number_entries(by=HOUSE, at=AT, company="xyz")
    ledger.export_journal(by=HOUSE, at=AT, company="xyz")
    entry = Entry.objects.filter(company__code="xyz").first().pk
    until = AT + timedelta(days=1)
    token = access.make_token(by=house.actor(MAYA), at=AT, name="Till", scopes=[TokenScope.READ], expires_at=until)
    papers = {"by": HOUSE, "at": AT}
    paper = parties.bring_evidence(**papers, chunks=[b"%PDF-1.7"], name="register.pdf").reference
    kept = evidence.usable(viewer=HOUSE, at=AT, reference=paper)
    holding, source = Shows.HOLDING, parties.Source(evidence=kept)
    parties.attach_evidence(**papers, shows=holding, code="jkl-xyz", source=source)
    about = terms.About(TermsKind.SCHEME, "abc-staff")
    trade.publish_terms(by=HOUSE, at=AT, about=about, texts={"en": "Not for resale."}, valid_from=AT.date())
    brought = imports.bring(
        by=HOUSE, at=AT, sort="companies", name="companies.csv", chunks=[b"id,name,currency\nnew,New,EUR\n"]
    )
    desk.set_queue(by=HOUSE, at=AT, code="sales", supplier="xyz-sales", name="Sales help")
    desk.set_request(by=HOUSE, at=AT, code="sales", queue="sales", name="A sample")
    given_role(house.users[RATNA.code], "CASE_HANDLER", "xyz-sales")
    asked = desk.open_case(by=house.actor(MAYA), at=AT, key="asked", ask=desk.Ask(queue="sales", text="A widget?"))
    return house, {
        "case": asked.reference,
        "file": "no-such-file",
        "import": brought,
        "paper": paper,
        "code": "coffee-machine",
        "reference": order,
        "which": "all",
        "form": "csv",
        "key": entry,
        "company": "xyz",
        "number": 1,
        "id": token.id,
        "token": "no-such-link",
        "check": "no_country",
        "provider": "nobody",
        "pk": 1,
    }


def addresses(resolver=None, before=""):
    """Every named address of the faces: its name and its pattern with the arguments it takes."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, pattern)
        elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith(FACES):
            yield entry


def address_of(entry, known):
    from django.urls import reverse

    wanted = entry.pattern.regex.groupindex
    own = next((values for face, values in OWN.items() if entry.name.startswith(face)), {})
    values = {name: own.get(name, known.get(name)) for name in wanted}
    if entry.name.startswith(("request", "desk")) and "reference" in wanted:
        values["reference"] = known["case"]
    if entry.name == "office_paper":
        values = {"reference": known["paper"]}
    if entry.name.startswith("office_import"):
        values = {"reference": known["import"]} if "reference" in wanted else {}
    if entry.name == "office_new":
        values["act"] = "found"
    if entry.name == "office_month":
        values["month"] = "2026-11"
    return reverse(entry.name, kwargs=values)


def answer(response):
    status = response.status_code
    if status in (301, 302, 303):
        return "door" if response.url.startswith("/door/login/?next=") else "done"
    return {200: "ok", 403: "no", 404: "gone"}.get(status, str(status))


def test_every_address_answers_every_role_as_its_row_says(world):
    house, known = world
    found = {}
    for entry in addresses():
        address = address_of(entry, known)
        clients = [Client(), *(house.browser(PARTS[role]) for role in ROLES[1:])]
        found[entry.name] = tuple(answer(client.get(address)) for client in clients)
    assert {name: row for name, row in found.items() if row != TABLE.get(name)} == {}
    assert sorted(TABLE) == sorted(found)


ACTS = ("approve", "decline", "cancel", "deliver", "receive", "return")


@pytest.mark.parametrize("act", ACTS)
def test_no_act_on_a_private_order_is_open_to_those_who_may_not_see_it(world, act):
    house, known = world
    for part in (RATNA, LUCA, SITI, HENK):
        response = house.browser(part).post(f"/orders/{known['reference']}/{act}/", {"reason": "x", "line-1": "1"})
        assert response.status_code == 404, part.code
    assert Client().post(f"/orders/{known['reference']}/{act}/").url.startswith("/door/login/")


def test_every_page_forbids_inline_scripts_and_foreign_frames(world):
    house, _ = world
    for address in ("/", "/shop/", "/orders/", "/allowance/", "/basket/"):
        policy = house.browser(MAYA).get(address)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
