"""Gifts stand in the statement beside what was bought: a limit of the year counts both, and a cliff that is crossed reaches back."""

from datetime import date

import pytest
from tests.builders import (
    AT,
    HOUSE,
    given_actor,
    given_company,
    given_employee,
    given_role,
    given_work,
    nothing_written,
)
from tests.cast import HENK, LUCA, MAYA
from tests.trade.test_benefit import given_the_cook, keeper
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere
from inward.trade import benefit, operations, payroll, queries
from inward.trade.benefit import TaxYear
from inward.trade.models import BenefitGift

IT = TaxYear("IT", 2026)
GIFT = {
    "person": "cook",
    "company": "bellavista",
    "given_by": "jkl",
    "on": date(2026, 2, 14),
    "kind": "gift",
    "name": "Hamper",
    "source": "Letter of 14 February",
}


def euro(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def kitchen(house):
    """(the cook of an Italian hotel, who buys chairs of 1,000.00 at 100.00; the payroll officer of the hotel)."""
    return given_the_cook(), keeper("bellavista")


def tell(by, value="80.00", **more):
    return operations.tell_gift(by=by, at=AT, value=euro(value), **GIFT | more)


def buys(cook, key="k"):
    wanted = [Wanted("chair", 1)]
    total = queries.quote_for(viewer=cook, at=AT, lines=wanted).quote.total
    return operations.place_order(by=cook, at=AT, lines=wanted, expected=total, key=key)


def statement(cook):
    return benefit.own(viewer=cook, at=AT, of=IT).statement


def test_a_gift_of_a_sister_company_and_a_purchase_cross_the_cliff_together_and_everything_becomes_taxable(kitchen):
    cook, by = kitchen
    buys(cook)
    assert (statement(cook).taxable, statement(cook).exempt) == (euro("0.00"), euro("800.00"))
    tell(by)
    assert (statement(cook).taxable, statement(cook).exempt) == (euro("0.00"), euro("880.00"))
    tell(by, "120.01", name="Flowers", given_by="bellavista", on=date(2026, 3, 8))
    found = statement(cook)
    assert (found.taxable, found.exempt) == (euro("1000.01"), euro("0.00"))
    assert [str(line.taxable) for line in found.lines] == ["80.00 EUR", "120.01 EUR", "800.00 EUR"]


def test_a_gift_taken_back_frees_the_limit_backwards_as_well(kitchen):
    cook, by = kitchen
    buys(cook)
    reference = tell(by, "200.01")
    assert statement(cook).taxable == euro("1000.01")
    operations.take_back_gift(by=by, at=AT, person="cook", company="bellavista", reference=reference)
    assert statement(cook).taxable == euro("0.00")
    with nothing_written(), pytest.raises(NotThere):
        operations.take_back_gift(by=by, at=AT, person="cook", company="bellavista", reference=reference)


def test_before_an_order_she_is_warned_with_the_gifts_counted(kitchen):
    cook, by = kitchen
    tell(by, "200.01")
    view = queries.quote_for(viewer=cook, at=AT, lines=[Wanted("chair", 1)])
    found = benefit.coming(view, viewer=cook, at=AT).foreseen
    assert [why.code for why in found.warnings] == ["benefit_would_pass_cliff"]
    assert (found.added, [back.taxable for back in found.reached_back]) == (euro("1000.01"), [euro("200.01")])


def test_the_next_pay_run_tells_the_difference(kitchen):
    cook, by = kitchen
    buys(cook)
    tell(by, "200.00")
    month = date(2026, 11, 1)
    operations.make_pay_run(by=by, at=AT, company="bellavista", month=month, cut_off=AT.date())
    assert [line.kind.value for line in payroll.own(viewer=cook) if line.kind.value == "BENEFIT"] == []
    tell(by, "0.01", name="A sweet")
    operations.make_pay_run(by=by, at=AT, company="bellavista", month=month, cut_off=AT.date())
    (told,) = [line for line in payroll.own(viewer=cook) if line.kind.value == "BENEFIT"]
    assert told.amount == euro("1000.01")


def test_who_got_nothing_but_a_gift_is_listed_and_reads_it(kitchen):
    cook, by = kitchen
    tell(by)
    rows = operations.read_benefits(by=by, at=AT, params={"company": "bellavista", "text": "cook"}).rows
    assert [(row.person, row.sheet.statement.benefit) for row in rows] == [("cook", euro("80.00"))]
    assert IT in benefit.own_years(viewer=cook, at=AT)
    (gift,) = benefit.own_gifts(viewer=cook)
    assert (gift.name, gift.given_by, gift.value) == ("Hamper", "jkl", euro("80.00"))


def test_each_employer_counts_what_came_through_it_alone(kitchen):
    _, by = kitchen
    tell(by)
    sheet = benefit.kept_sheet(viewer=by, at=AT, person="cook", company="bellavista", year=2026)
    assert [each.name for each in sheet.gifts] == ["Hamper"]
    with pytest.raises(NotThere):
        benefit.kept_sheet(viewer=by, at=AT, person="cook", company="abc", year=2026)


def test_the_audit_says_neither_what_nor_how_much(kitchen):
    _, by = kitchen
    tell(by)
    row = AuditRow.objects.get(act="trade.tell_gift")
    assert (row.facts, "cook" in row.thing) == ({"company": "bellavista"}, False)


@pytest.mark.parametrize(
    ("more", "code", "where"),
    [
        ({"kind": "castle"}, "benefit_gift_kind", "kind"),
        ({"value": "0.00"}, "benefit_gift_unfit", "value"),
        ({"name": " "}, "benefit_gift_unfit", "value"),
        ({"name": "x" * 201}, "benefit_gift_unfit", "value"),
        ({"cost": euro("-1.00")}, "benefit_gift_unfit", "value"),
        ({"cost": Money.of("1.00", "USD")}, "benefit_currency", "cost"),
        ({"on": date(2027, 1, 1)}, "benefit_gift_to_come", "on"),
        ({"given_by": "nobody"}, "benefit_gift_giver", "given_by"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(kitchen, more, code, where):
    _, by = kitchen
    with nothing_written(), pytest.raises(Refusal) as refused:
        tell(by, **more)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_nobody_tells_what_was_given_to_oneself_nor_of_people_of_others(kitchen):
    cook, by = kitchen
    hers = given_actor("own", ("PAYROLL_OFFICER", "bellavista"), person=given_employee("kim", "bellavista"))
    with nothing_written():
        with pytest.raises(NotThere):
            tell(cook)
        with pytest.raises(NotThere):
            tell(hers, person="kim")
    with nothing_written(), pytest.raises(NotThere):
        tell(by, person=MAYA.code)


def test_its_cost_counts_where_the_law_values_by_cost(kitchen):
    _, by = kitchen
    tell(by, cost=euro("55.00"))
    assert BenefitGift.objects.get().cost_minor == 5_500


def test_what_it_was_called_is_forgotten_with_an_erased_person_and_its_sum_stays(kitchen):
    _, by = kitchen
    tell(by)
    gift = BenefitGift.objects.get()
    operations.forget_words_about(by=HOUSE, at=AT, person_id=gift.person_id)
    gift.refresh_from_db()
    assert (gift.name, gift.source, gift.value_minor) == ("", "", 8_000)


def test_payroll_tells_it_in_the_office_and_she_reads_it_on_her_page(house):
    given_role(house.users[HENK.code], "PAYROLL_OFFICER", "abc")
    henk = house.browser(HENK)
    typed = {
        "company": "abc",
        "person": "Maya Lund",
        "given_by": "jkl",
        "given_on": "2026-11-20",
        "kind": "gift",
        "what": "Hamper",
        "value": "80.00",
        "currency": "EUR",
    }
    page = words(saved(henk, "/office/benefits/-/new/tell-gift/", **typed))
    assert "It is kept, and counted with what was bought." in page
    page = words(henk.get("/office/benefits/maya-lund~abc~2026/"))
    assert "20 Nov 2026, given by JKL Group: Hamper worth €80.00, paid €0.00, taxable €80.00" in page
    own = words(house.browser(MAYA).get("/benefit/NL-2026/"))
    assert "Hamper given by JKL Group" in own
    file = house.browser(MAYA).get("/benefit/NL-2026/statement.csv").getvalue().decode()
    assert "Hamper" in file
    for wrong in ({"value": "x"}, {"currency": "€"}, {"given_on": "2031-01-01"}):
        with nothing_written():
            previewed(henk, "/office/benefits/-/new/tell-gift/", **typed | wrong)
    reference = BenefitGift.objects.get().reference
    saved(henk, "/office/benefits/maya-lund~abc~2026/do/gift-back/", gift=reference)
    assert BenefitGift.objects.filter(known_until=None).count() == 0
    assert house.browser(LUCA).get("/office/benefits/maya-lund~abc~2026/").status_code == 404


def test_who_has_two_employers_has_one_limit_and_each_employer_its_own_lines_of_it(kitchen):
    _, by = kitchen
    given_company("trattoria", "Trattoria", country="IT")
    both = given_actor("both", person=given_employee("both", "bellavista"))
    given_work("both", "trattoria")
    officer = given_actor("officer", ("PAYROLL_OFFICER", "trattoria"))
    told = {"person": "both", "given_by": "jkl"}
    tell(by, "700.00", **told)
    tell(officer, "300.00", **told, company="trattoria", on=date(2026, 3, 1), name="Bicycle")

    def sheet(who, company):
        found = benefit.kept_sheet(viewer=who, at=AT, person="both", company=company, year=2026)
        return str(found.statement.exempt), str(found.statement.taxable), [each.name for each in found.gifts]

    assert sheet(by, "bellavista") == ("700.00 EUR", "0.00 EUR", ["Hamper"])
    assert sheet(officer, "trattoria") == ("300.00 EUR", "0.00 EUR", ["Bicycle"])
    tell(officer, "0.01", **told, company="trattoria", on=date(2026, 4, 1), name="Pen")  # by both together: a cliff
    assert sheet(by, "bellavista") == ("0.00 EUR", "700.00 EUR", ["Hamper"])
    assert sheet(officer, "trattoria") == ("0.00 EUR", "300.01 EUR", ["Bicycle", "Pen"])
    own = benefit.own(viewer=both, at=AT, of=IT).statement
    assert (own.taxable, len(own.lines)) == (euro("1000.01"), 3)
    found = benefit.kept_sheet(viewer=by, at=AT, person="both", company="bellavista", year=2026)
    assert [line.employer for line in found.statement.lines] == ["bellavista"]
    assert "Bicycle" not in str(found)
    assert [(room.used, room.passed) for room in found.statement.rooms] == [(euro("1000.01"), True)]


def test_limits_of_each_employer_are_not_touched_by_what_another_gave(kitchen):
    for company in ("delft", "gouda"):
        given_company(company, company.title())
    given_employee("both", "delft")
    given_work("both", "gouda")
    officer = given_actor("officer", ("PAYROLL_OFFICER", "delft"), ("PAYROLL_OFFICER", "gouda"))
    for company in ("delft", "gouda"):
        tell(officer, "400.00", person="both", company=company, kind="goods")
    sheets = [
        benefit.kept_sheet(viewer=officer, at=AT, person="both", company=company, year=2026).statement
        for company in ("delft", "gouda")
    ]
    assert sheets[0].benefit == euro("400.00")
    assert len({(each.exempt, each.taxable) for each in sheets}) == 1
