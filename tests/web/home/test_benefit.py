"""Taxable benefit on the pages of whoever buys and of whoever keeps it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.builders import AT, HOUSE, ON, PASSWORD, given_employee, given_role, given_user
from tests.cast import HENK, LUCA, MAYA, NORA
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.kit import clock
from inward.parties.models import Registration
from inward.trade import operations
from inward.trade.models import BenefitAccounts, BenefitFact, PayCode, PayLine, PayRun

SAYS = "With this purchase €6.05 becomes taxable by Wet LB 1964 art. 31a"


def test_the_buyer_is_warned_before_the_order_and_nobody_else(house):
    assert SAYS in words(house.browser(MAYA).get("/shop/coffee-machine/"))
    for part, warned in ((NORA, False), (HENK, True)):
        told = words(house.browser(part).get("/shop/coffee-machine/"))
        assert ("taxable" in told) == warned


def test_her_year_says_sums_lines_law_and_what_is_left(house):
    order = house.order(MAYA, ("coffee-machine", 2))
    maya = house.browser(MAYA)
    page = maya.get("/benefit/", follow=True)
    assert page.redirect_chain == [("/benefit/NL-2026/", 302)]
    told = words(page)
    for said in (
        "My taxable benefit 2026",
        "Taxable €12.10",
        "2 × Coffee machine",
        "€451.60 of €500.00 may still be exempt.",
        "Wet LB 1964 art. 31a exempts 20% of the price, €48.40; the rest is taxable.",
        "read second-hand, check before you rely on it",
    ):
        assert said in told
    assert f"/orders/{order.reference}/" in page.content.decode()
    sheet = maya.get("/benefit/NL-2026/statement.csv")
    assert "taxable-benefit-NL-2026.csv" in sheet["Content-Disposition"]
    head, line = b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines()
    assert head.split(",")[:4] == ["Day", "Order", "What", "Pieces"]
    assert line.split(",")[2:8] == ["Coffee machine", "2", "242.00", "181.50", "48.40", "12.10"]
    assert maya.get("/benefit/NL-2026/statement.exe").status_code == 404
    assert maya.get("/benefit/NL-2020/").status_code == 404


def test_what_payroll_was_told_stands_with_its_year(house):
    order = house.order(MAYA, ("coffee-machine", 1))
    asked = {"by": HOUSE, "at": AT, "company": "abc", "cut_off": ON}
    operations.make_pay_run(**asked, month=date(2027, 1, 1))
    maya = house.browser(MAYA)
    told = words(maya.get("/benefit/NL-2026/"))
    assert f"January 2027: Order {order.number} , €90.75" in told  # there is no page of 2027 yet
    with clock.shifted(datetime(2027, 2, 1, tzinfo=UTC)):
        maya = house.browser(MAYA)
        old, new = (words(maya.get(f"/benefit/NL-{year}/")) for year in (2026, 2027))
    assert ("January 2027: Taxable benefit, €6.05" in old, f"Order {order.number} , €90.75" in old) == (True, False)
    assert ("Taxable benefit, €6.05" in new, f"January 2027: Order {order.number} , €90.75" in new) == (False, True)


def test_whoever_has_no_tax_year_here_reads_what_payroll_was_told(house):
    house.order(MAYA, ("coffee-machine", 1))
    operations.make_pay_run(by=HOUSE, at=AT, company="abc", month=ON, cut_off=ON)
    Registration.objects.filter(company__code="abc").update(country="SE")
    told = words(house.browser(MAYA).get("/benefit/"))
    assert ("Nothing to tell" in told, "What payroll was told" in told, "€90.75" in told) == (True, True, True)


def test_an_empty_year_and_somebody_without_any_are_told_so(house):
    assert "Nothing bought below price this year" in words(house.browser(HENK).get("/benefit/NL-2026/"))
    given_user("machine-minder")
    nobody = Client()
    assert nobody.login(username="machine-minder", password=PASSWORD)
    assert "Nothing to tell" in words(nobody.get("/benefit/"))


@pytest.fixture
def henk(house):
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", "abc")
    house.order(MAYA, ("coffee-machine", 1))
    return house.browser(HENK)


def test_whoever_keeps_it_finds_people_sums_and_lines(henk, house):
    told = words(henk.get("/office/benefits/"))
    assert "Maya Lund ABC Retail 2026 €30.25 €6.05" in told
    page = words(henk.get("/office/benefits/maya-lund~abc~2026/"))
    assert "Coffee machine worth €121.00, paid €90.75, taxable €6.05." in page
    assert "€475.80 of €500.00 may still be exempt." in page
    for gone in ("maya-lund~abc~1", "maya-lund~xyz~2026", "henk-verhoef~abc~2026", "nobody~abc~2026"):
        assert henk.get(f"/office/benefits/{gone}/").status_code == 404
    assert house.browser(LUCA).get("/office/benefits/").status_code == 404
    assert house.browser(LUCA).get("/office/benefits/maya-lund~abc~2026/").status_code == 404


def test_controllers_say_the_accounts_of_a_year_and_correct_them(house):
    luca = house.browser(LUCA)
    typed = {"company": "abc", "year": "2025", "sales": "800.00", "cost": "600.00", "currency": "EUR"}
    assert saved(luca, "/office/benefit-accounts/-/new/say/", **typed)
    told = words(luca.get("/office/benefit-accounts/"))
    assert "ABC Retail 2025 €800.00 €600.00 25%" in told
    corrected = {"sales": "800.00", "cost": "400.00", "currency": "EUR"}
    assert saved(luca, "/office/benefit-accounts/abc:2025/do/correct/", **corrected)
    assert "50%" in words(luca.get("/office/benefit-accounts/abc:2025/"))
    assert BenefitAccounts.objects.count() == 2
    for typed in ({"currency": "E"}, {"sales": "100/3"}, {"sales": "9" * 30}):
        wrong = previewed(luca, "/office/benefit-accounts/abc:2025/do/correct/", **(corrected | typed))
        assert (wrong.status_code, "is not an amount. Give a number such as 120000.00" in words(wrong)) == (422, True)
    assert BenefitAccounts.objects.count() == 2
    assert luca.get("/office/benefit-accounts/abc:2024/").status_code == 404
    assert luca.get("/office/benefit-accounts/abc:x/").status_code == 404


def test_what_law_asks_is_noted_by_form_and_taken_back(house):
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", "bellavista")
    given_employee("cook", "bellavista", name="Cook")
    henk, page = house.browser(HENK), "/office/benefits/cook~bellavista~2026/"
    empty = previewed(henk, f"{page}do/note/", fact="", valid_from="")
    assert (empty.status_code, BenefitFact.objects.count()) == (422, 0)
    assert saved(henk, f"{page}do/note/", fact="dependent_children", valid_from="2026-01-01")
    assert "dependent children since 1 Jan 2026" in words(henk.get(page))
    assert saved(henk, f"{page}do/take-back/", noted="dependent_children~2026-01-01")
    assert "dependent children" not in words(henk.get(page))
    assert BenefitFact.objects.get().known_until is not None
    assert "What the law asks was noted" in words(henk.get(f"{page}history/"))


def test_a_payroll_run_is_shown_before_it_is_made_and_its_lines_are_a_file(henk, house):
    page, typed = "/office/pay-runs/-/new/make/", {"company": "abc", "month": "2026-11-01", "cut_off": "2026-11-24"}
    shown = words(previewed(henk, page, **typed))
    assert "2 lines" in shown
    assert "Deduction for an order: €90.75" in shown
    assert "Taxable benefit: €6.05" in shown
    assert not PayRun.objects.exists()
    assert "The run is made." in words(saved(henk, page, **typed))
    told = words(henk.get("/office/pay-runs/"))
    assert "ABC Retail, run 1 November 2026 24 Nov 2026 2 0" in told
    assert "Lines of this run" in words(henk.get("/office/pay-runs/abc~1/"))
    sheet = b"".join(henk.get("/office/pay-lines/-/list.csv?run=abc~1").streaming_content).decode("utf-8-sig")
    assert len(sheet.splitlines()) == 3
    assert "maya-lund,Maya Lund,PURCHASE" in sheet
    line = PayLine.objects.get(kind="DEDUCTION").pk
    done = saved(henk, f"/office/pay-lines/{line}/do/reject/", why="Unpaid leave")
    assert "Unpaid leave" in words(done)
    again = henk.get(f"/office/pay-lines/{line}/do/reject/")
    assert (again.status_code, "That line was rejected already." in words(again)) == (403, True)
    assert "Payroll could not take it: Unpaid leave." in words(house.browser(MAYA).get("/benefit/NL-2026/"))
    for gone in ("/office/pay-runs/abc~2/", "/office/pay-runs/abc~x/", "/office/pay-lines/x/", "/office/pay-lines/1/"):
        assert henk.get(gone).status_code == 404
    assert house.browser(LUCA).get("/office/pay-lines/").status_code == 404


def test_codes_of_payroll_are_said_by_form(henk):
    assert saved(henk, "/office/pay-runs/-/new/code/", company="abc", kind="BENEFIT", code="4712").status_code == 200
    assert PayCode.objects.get().code == "4712"
    assert "4712" in b"".join(_lines(henk)).decode()


def _lines(henk):
    saved(henk, "/office/pay-runs/-/new/make/", company="abc", month="2026-11-01", cut_off="2026-11-24")
    return henk.get("/office/pay-lines/-/list.csv").streaming_content


def test_forms_of_payroll_sent_empty_say_what_to_fill_in(henk):
    for act in ("make", "code"):
        empty = previewed(henk, f"/office/pay-runs/-/new/{act}/", company="", month="", cut_off="", kind="", code="")
        assert (empty.status_code, "This field is required" in words(empty)) == (422, False)
