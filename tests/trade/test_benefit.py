"""What of a purchase is taxable is reckoned from orders, told before the order, and read by nobody but who keeps it."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from tests.builders import (
    AT,
    HOUSE,
    ON,
    given_actor,
    given_company,
    given_employee,
    given_holding,
    given_work,
    nothing_written,
)
from tests.cast import HENK, INES, LUCA, MAYA, NORA, SITI, TOR
from tests.shop import EVER, given_item
from tests.trade.test_running import leaves

from inward.catalogue import operations as catalogue
from inward.core.benefit import Status
from inward.core.classification import WorkKind
from inward.core.pricing import (
    Fixed,
    Level,
    Offering,
    OfferingKind,
    PercentOff,
    PriceRule,
    Scheme,
    Target,
    TargetKind,
    Wanted,
)
from inward.core.running import Plan, RunningKind
from inward.core.terms import Money, Period, Rate, Refusal, UnitPrice
from inward.kit import worker
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.ledger import operations as ledger
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.trade import benefit, operations, payroll, queries
from inward.trade.benefit import TaxYear
from inward.trade.models import BenefitAccounts, BenefitFact, Order, PayLine
from inward.trade.vocabulary import PayKind, Settlement

NL = TaxYear("NL", 2026)
GYM = "on_premises_athletic_facility"
MACHINE, STAFF = "coffee-machine", Money.of("90.75", "EUR")
"""121.00 with tax for customers: 30.25 saved, of which a fifth of the price, 24.20, is exempt in the Netherlands."""


def euro(amount):
    return Money.of(amount, "EUR")


def ordered(house, part=MAYA, count=1, at=AT, key="k", offering=MACHINE, **more):
    viewer = house.actor(part) if hasattr(part, "code") else part
    asked = queries.quote_for(viewer=viewer, at=at, lines=[Wanted(offering, count)])
    receipt = operations.place_order(
        by=viewer, at=at, lines=[Wanted(offering, count)], expected=asked.quote.total, key=key, **more
    )
    return Order.objects.get(reference=receipt.reference)


def own(house, part=MAYA, of=NL, at=AT):
    return benefit.own(viewer=house.actor(part), at=at, of=of)


def told(sheet):
    return [(sheet.bought[line.purchase].number, str(line.exempt), str(line.taxable)) for line in sheet.statement.lines]


def coming(house, part=MAYA, count=1, at=AT, offering=MACHINE):
    viewer = house.actor(part)
    view = queries.quote_for(viewer=viewer, at=at, lines=[Wanted(offering, count)])
    return benefit.coming(view, viewer=viewer, at=at)


def keeper(*companies):
    return given_actor("payroll-officer", *(("PAYROLL_OFFICER", company) for company in companies))


def test_what_was_bought_below_price_is_taxable_as_far_as_the_law_of_her_employers_country_says(house):
    order = ordered(house)
    sheet = own(house)
    assert told(sheet) == [(order.number, "24.20 EUR", "6.05 EUR")]
    assert sheet.days == Period(date(2026, 1, 1), date(2027, 1, 1))
    assert (sheet.employers, sheet.aside, sheet.facts, sheet.refused) == (("abc",), (), (), None)
    (line,) = sheet.statement.lines
    assert (line.value, line.paid, line.rule.id) == (euro("121.00"), STAFF, "nl-own-products")
    assert (sheet.bought[line.purchase].reference, sheet.bought[line.purchase].pieces) == (order.reference, 1)


def test_before_an_order_it_says_what_becomes_taxable_and_writes_nothing(house):
    with nothing_written():
        found = coming(house)
    assert (found.country, found.refused) == ("NL", None)
    found = found.foreseen
    assert [(why.code, str(why.facts["taxable"])) for why in found.warnings] == [
        ("benefit_would_be_taxable", "6.05 EUR")
    ]
    assert found.before.lines == ()


def given_chairs(supplier="abc", employers=("abc",), off=Fraction(1, 4), cost="100.00", includes_tax=True):
    """A chair for 1,000.00 that staff buy a quarter below, as many as they like."""
    given_item("chair", supplier, "Chair", "1000.00", cost=cost, includes_tax=includes_tax)
    scheme = Scheme("chairs", supplier, "Chairs", EVER, employers=frozenset(employers))
    catalogue.set_up_scheme(by=HOUSE, at=AT, scheme=scheme)
    target = Target(TargetKind.ITEM, "chair")
    rule = PriceRule("chair-staff", Level.SCHEME, supplier, PercentOff(Rate(off)), target, period=EVER, scheme="chairs")
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)


def test_a_limit_of_the_year_counts_every_order_before(house):
    given_chairs()
    ordered(house, count=2, offering="chair")
    assert [row[1:] for row in told(own(house))] == [("400.00 EUR", "100.00 EUR")]
    found = coming(house, offering="chair").foreseen
    assert str(found.added) == "150.00 EUR"
    assert (found.warnings[0].facts["amount"], found.after.exempt) == (euro("500.00"), euro("500.00"))
    assert found.reached_back == ()


def test_a_price_without_tax_is_worth_what_customers_pay_with_it(house):
    given_chairs(includes_tax=False)
    ordered(house, offering="chair")
    (line,) = own(house).statement.lines
    assert (line.value, line.paid, line.taxable) == (euro("1210.00"), euro("907.50"), euro("60.50"))


def test_what_is_given_for_nothing_is_worth_what_customers_pay_with_tax(house):
    given_chairs(includes_tax=False, off=Fraction(1))
    foreseen = coming(house, offering="chair").foreseen
    ordered(house, offering="chair")
    (line,) = own(house).statement.lines
    assert (line.value, line.paid, line.taxable) == (euro("1210.00"), euro("0.00"), euro("968.00"))
    assert foreseen.added == line.taxable


def test_what_comes_back_leaves_the_statement(house):
    order = ordered(house, count=3)
    tor = house.actor(TOR)
    operations.confirm_delivery(by=tor, at=AT, reference=order.reference)
    operations.return_items(by=tor, at=AT + timedelta(days=1), reference=order.reference, pieces={1: 2}, reason="No.")
    assert told(own(house)) == [(order.number, "24.20 EUR", "6.05 EUR")]
    assert [each.pieces for each in own(house).bought.values()] == [1]  # as many as are valued


def test_a_cancelled_order_was_never_a_benefit_and_what_was_called_off_neither(house):
    gone, rest = ordered(house, key="gone"), ordered(house, count=3, key="rest")
    operations.cancel_order(by=house.actor(MAYA), at=AT, reference=gone.reference, reason="No more.")
    operations.confirm_delivery(by=house.actor(TOR), at=AT, reference=rest.reference, pieces={1: 1})
    operations.cancel_order(by=house.actor(TOR), at=AT, reference=rest.reference, reason="Sold out.")
    assert told(own(house)) == [(rest.number, "24.20 EUR", "6.05 EUR")]


def test_what_a_department_pays_stands_beside_the_statement(house):
    order = ordered(house, INES, settlement=Settlement.COST_CENTRE, cost_centre="abc-purchasing")
    operations.approve_order(by=house.actor(HENK), at=AT, reference=order.reference)
    sheet = own(house, INES)
    assert sheet.statement.lines == ()
    assert [(each.number, each.why.code) for each in sheet.aside] == [(order.number, "benefit_paid_by_department")]


def test_a_year_in_which_there_is_nothing_of_hers_is_not_there(house):
    assert benefit.own_years(viewer=house.actor(MAYA), at=AT) == (NL,)
    with pytest.raises(NotThere):
        own(house, of=TaxYear("NL", 2024))
    with pytest.raises(NotThere):
        own(house, of=TaxYear("NO", 2026))
    assert benefit.own_years(viewer=NOBODY, at=AT) == ()


def test_an_order_of_new_years_eve_belongs_to_the_old_year(house):
    ordered(house, at=datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
    ordered(house, at=datetime(2027, 1, 1, 0, 0, tzinfo=UTC), key="next")
    at = datetime(2027, 2, 1, tzinfo=UTC)
    assert benefit.own_years(viewer=house.actor(MAYA), at=at) == (TaxYear("NL", 2027), NL)
    assert [len(own(house, of=TaxYear("NL", year), at=at).statement.lines) for year in (2026, 2027)] == [1, 1]


def test_nobody_is_warned_who_does_not_buy_as_staff_for_herself(house):
    ines = house.actor(INES)
    view = queries.quote_for(viewer=ines, at=AT, lines=[Wanted(MACHINE, 1)], customer="abc-purchasing")
    assert benefit.coming(view, viewer=ines, at=AT) is None
    outside = queries.quote_for(viewer=house.actor(NORA), at=AT, lines=[Wanted(MACHINE, 1)])
    assert benefit.coming(outside, viewer=house.actor(NORA), at=AT) is None


# Whoever keeps it for an employer


def given_the_cook(kind=WorkKind.FULL_TIME):
    """A cook in Italy, where one thousand is a cliff; a chair costs 900.00 and is sold to her for 100.00."""
    given_chairs(employers=("bellavista",), off=Fraction(9, 10), cost="900.00")
    ledger.open_books(by=HOUSE, at=AT, company="bellavista", currency="EUR")
    return given_actor("cook", person=given_employee("cook", "bellavista", kind=kind))


IT = TaxYear("IT", 2026)


def cooks_sheet(cook, at=AT):
    return benefit.own(viewer=cook, at=at, of=IT)


def test_a_cliff_is_told_before_the_order_that_passes_it_and_reaches_back(house):
    cook = given_the_cook()
    ordered(house, cook, offering="chair")
    assert [str(line.taxable) for line in cooks_sheet(cook).statement.lines] == ["0.00 EUR"]
    view = queries.quote_for(viewer=cook, at=AT, lines=[Wanted("chair", 1)])
    found = benefit.coming(view, viewer=cook, at=AT).foreseen
    assert [why.code for why in found.warnings] == ["benefit_would_pass_cliff"]
    assert (str(found.added), [str(back.taxable) for back in found.reached_back]) == ("1600.00 EUR", ["800.00 EUR"])


def test_what_law_asks_of_people_is_said_by_the_keeper_and_moves_the_limit(house):
    cook = given_the_cook()
    ordered(house, cook, count=2, offering="chair")
    assert str(cooks_sheet(cook).statement.taxable) == "1600.00 EUR"
    noted = {"person": "cook", "company": "bellavista", "fact": "dependent_children", "valid_from": date(2026, 12, 1)}
    operations.note_benefit_fact(by=keeper("bellavista"), at=AT, **noted, source="Told by herself")
    sheet = cooks_sheet(cook)
    assert str(sheet.statement.taxable) == "0.00 EUR"
    assert [(each.fact, each.source) for each in sheet.facts] == [("dependent_children", "Told by herself")]
    row = AuditRow.objects.get(act="trade.note_benefit_fact")
    assert (row.facts, "cook" in row.thing) == ({"company": "bellavista"}, False)


def test_what_was_noted_wrongly_is_taken_back_and_stays_known(house):
    cook, by = given_the_cook(), keeper("bellavista")
    noted = {"person": "cook", "company": "bellavista", "fact": "dependent_children", "valid_from": date(2026, 1, 1)}
    operations.note_benefit_fact(by=by, at=AT, **noted, valid_until=date(2026, 7, 1))
    operations.take_back_benefit_fact(by=by, at=AT + timedelta(days=1), **noted)
    assert cooks_sheet(cook).facts == ()
    assert BenefitFact.objects.get().known_until == AT + timedelta(days=1)
    with nothing_written(), pytest.raises(NotThere):
        operations.take_back_benefit_fact(by=by, at=AT, **noted)


def test_a_fact_is_refused_that_the_law_does_not_ask_or_that_is_noted_or_whose_days_run_backwards(house):
    given_the_cook()
    by = keeper("bellavista", "abc")

    def refused(person="cook", company="bellavista", fact="dependent_children", **days):
        with nothing_written(), pytest.raises(Refusal) as told_why:
            operations.note_benefit_fact(by=by, at=AT, person=person, company=company, fact=fact, **days)
        return told_why.value.reason.code, told_why.value.where

    first = date(2026, 1, 1)
    assert refused(fact="left_handed", valid_from=first) == ("benefit_fact_not_asked", "fact")
    assert refused("maya-lund", "abc", valid_from=first) == ("benefit_fact_not_asked", "fact")
    assert refused(valid_from=first, valid_until=first) == ("period_backwards", "valid_until")
    operations.note_benefit_fact(
        by=by, at=AT, person="cook", company="bellavista", fact="dependent_children", valid_from=first
    )
    assert refused(valid_from=date(2026, 6, 1)) == ("benefit_fact_noted", "valid_from")


def test_the_words_about_somebody_who_was_forgotten_go_and_every_sum_stays(house):
    by, noted = keeper("bellavista"), {"company": "bellavista", "fact": "dependent_children"}
    cook = given_the_cook()
    ordered(house, cook, count=2, offering="chair")
    operations.note_benefit_fact(
        by=by, at=AT, person="cook", **noted, valid_from=date(2026, 1, 1), source="Cook said so"
    )
    operations.make_pay_run(by=by, at=AT, company="bellavista", month=ON, cut_off=ON)
    line = PayLine.objects.get()
    operations.reject_pay_line(by=by, at=AT, line=line.pk, why="Cook has left")
    parties.end_work(by=HOUSE, at=AT, work=known.world().work["cook"][0].id, valid_until=ON)
    sheet = benefit.kept_sheet(viewer=by, at=AT, person="cook", company="bellavista", year=2026)
    person, later = known.keys()["cook"], AT + timedelta(days=1)
    code = parties.erase_person(by=HOUSE, at=later, person="cook", reason="Asked for it.")
    worker.drain()
    assert (BenefitFact.objects.get().source, PayLine.objects.get().rejected_why) == ("", "")
    assert PayLine.objects.get().rejected_at == AT
    after = benefit.kept_sheet(viewer=by, at=later, person=code, company="bellavista", year=2026)
    assert (after.statement, [each.fact for each in after.facts]) == (sheet.statement, ["dependent_children"])
    with nothing_written():
        operations.forget_words_about(by=HOUSE, at=later, person_id=person)
    for other in (by, NOBODY):
        with nothing_written(), pytest.raises(Refused):
            operations.forget_words_about(by=other, at=later, person_id=person)


def test_nobody_keeps_it_but_who_was_given_just_that_and_never_her_own(house):
    given_the_cook()
    managers = [house.actor(part) for part in (TOR, HENK, LUCA, SITI)]
    hers = given_actor("own-keeper", ("PAYROLL_OFFICER", "bellavista"), person=given_employee("kim", "bellavista"))
    for viewer, person in [
        *((each, "cook") for each in managers),
        (keeper("abc"), "cook"),
        (hers, "kim"),
        (NOBODY, "cook"),
    ]:
        with nothing_written(), pytest.raises(NotThere):
            operations.read_benefit(by=viewer, at=AT, person=person, company="bellavista", year=2026)
        with nothing_written(), pytest.raises(NotThere):
            operations.note_benefit_fact(
                by=viewer, at=AT, person=person, company="bellavista", fact="dependent_children", valid_from=ON
            )
    for viewer in (*managers, NOBODY):
        with nothing_written(), pytest.raises(Refused):
            operations.read_benefits(by=viewer, at=AT, params={})


def test_the_keeper_reads_what_her_company_priced_and_each_reading_is_noted(house):
    cook = given_the_cook()
    ordered(house, cook, offering="chair")
    order = ordered(house)
    by = keeper("bellavista", "abc")
    sheet = operations.read_benefit(by=by, at=AT, person="maya-lund", company="abc", year=2026)
    assert told(sheet) == [(order.number, "24.20 EUR", "6.05 EUR")]
    page = operations.read_benefits(by=by, at=AT, params={})
    assert [(row.person, row.company, str(row.sheet.statement.taxable)) for row in page.rows] == [
        ("cook", "bellavista", "0.00 EUR"),
        ("maya-lund", "abc", "6.05 EUR"),
    ]
    acts = list(AuditRow.objects.filter(subject=by.subject).order_by("id").values_list("act", flat=True))
    assert acts == ["trade.read_benefit", "trade.read_benefits"]
    assert "maya-lund" not in str(list(AuditRow.objects.filter(subject=by.subject).values_list("thing", "facts")))


def test_companies_without_anybody_are_not_kept_by_whoever_keeps_everything(house):
    given_company("shelf", "Shelf")
    everything = given_actor("everything", ("PAYROLL_OFFICER", None))
    kept = benefit.kept_companies(everything, on=ON)
    assert ("abc" in kept, "shelf" in kept) == (True, False)
    given_employee("first", "shelf")
    assert "shelf" in benefit.kept_companies(everything, on=ON)


def test_the_list_is_chosen_by_company_year_and_name_and_an_empty_one_is_not_noted(house):
    cook, by = given_the_cook(), keeper("bellavista", "abc", "kestrel")
    ordered(house, cook, offering="chair")
    ordered(house)

    def listed(**params):
        return [row.person for row in benefit.people(viewer=by, at=AT, params=params).rows]

    assert listed(company="abc") == ["maya-lund"]
    assert listed(text="COOK") == ["cook"]
    assert listed(sort="-name") == ["maya-lund", "cook"]
    assert listed(year="2025") == []
    assert listed(year="nonsense") == ["cook", "maya-lund"]
    with nothing_written():
        assert operations.read_benefits(by=by, at=AT, params={"year": "2025"}).rows == ()


def test_an_employer_of_another_country_has_a_statement_of_its_own(house):
    given_chairs(employers=("bellavista", "abc"), off=Fraction(9, 10), cost="900.00")
    both = given_actor("both", person=given_employee("both", "bellavista"))
    assert benefit.own_years(viewer=both, at=AT) == (IT,)


def test_a_country_without_rules_is_told_and_not_guessed(house):
    sheet = benefit.sheets(["maya-lund"], TaxYear("SE", 2026), ON, companies=None)[0]
    assert (sheet.statement, sheet.refused.reason.code) == (None, "benefit_law_none")


def test_retired_people_and_board_members_are_what_they_are_to_the_law(house):
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    for kind, status in (
        (WorkKind.RETIREE, Status.RETIRED),
        (WorkKind.DIRECTOR, Status.BOARD_MEMBER),
        (WorkKind.PART_TIME, Status.EMPLOYED),
    ):
        given_employee(kind.value.lower(), "abc", kind=kind)
        assert benefit._status(known.world().work[kind.value.lower()], year) is status
    assert benefit._status((), year) is Status.EMPLOYED


def test_what_she_is_to_the_law_is_what_she_is_to_that_employer(house):
    given_employee("anneke", "abc", kind=WorkKind.RETIREE)
    given_work("anneke", "bellavista")
    (sheet,) = benefit._gathered(["anneke"], NL, benefit.law_of("abc", on=ON)[0], ON, companies=["abc"])
    assert sheet.case.employee.status is Status.RETIRED
    (sheet,) = benefit._gathered(["anneke"], IT, benefit.law_of("bellavista", on=ON)[0], ON, companies=None)
    assert sheet.case.employee.status is Status.EMPLOYED


# Accounts


def test_accounts_are_said_by_controllers_and_corrected_with_what_was_known(house):
    luca = house.actor(LUCA)
    said = {"company": "abc", "year": 2025}
    operations.say_accounts(by=luca, at=AT, **said, sales=euro("800.00"), cost=euro("600.00"))
    later = AT + timedelta(days=1)
    operations.say_accounts(by=luca, at=later, **said, sales=euro("800.00"), cost=euro("650.00"), source="Audit")
    (row,) = benefit.accounts(viewer=luca, at=AT, params={}).rows
    assert (row.key, row.sales, row.cost, row.source) == ("abc:2025", euro("800.00"), euro("650.00"), "Audit")
    assert [each.known_until for each in BenefitAccounts.objects.order_by("known_from")] == [later, None]
    assert benefit.accounts(viewer=given_actor("other", ("CONTROLLER", "kestrel")), at=AT, params={}).rows == ()


def test_accounts_are_refused_that_cannot_be(house):
    luca = house.actor(LUCA)

    def refused(company="abc", year=2025, sales=STAFF, cost=STAFF, by=luca):
        with nothing_written(), pytest.raises(Refusal) as told_why:
            operations.say_accounts(by=by, at=AT, company=company, year=year, sales=sales, cost=cost)
        return told_why.value.reason.code, told_why.value.where

    assert refused(sales=euro("0.00")) == ("benefit_accounts_without_sales", "sales")
    assert refused(cost=euro("-1.00")) == ("benefit_amount_negative", "cost")
    assert refused(sales=Money.of("1", "NOK")) == ("benefit_currency", "sales")
    assert refused(year=1) == ("benefit_year_unknown", "year")
    assert refused(cost=Money(10**18 + 1, STAFF.currency)) == ("benefit_money_not_usable", "cost")
    given_company("se", currency="SEK", country="SE")
    given_company("no-land", country="")
    assert refused("se", by=HOUSE) == ("benefit_law_none", "company")
    assert refused("no-land", by=HOUSE) == ("benefit_law_none", "company")
    for viewer in (house.actor(MAYA), NOBODY):
        with nothing_written(), pytest.raises(Refused):
            operations.say_accounts(by=viewer, at=AT, company="abc", year=2025, sales=STAFF, cost=STAFF)
        with pytest.raises(Refused):
            benefit.accounts(viewer=viewer, at=AT, params={})


def given_boots():
    """Boots of a company in the United States, where nothing is exempt before its accounts are said; returns who buys them."""
    given_company("us", currency="USD", country="US")
    catalogue.offer_item(by=HOUSE, at=AT, offering=Offering("boots", "us", "", OfferingKind.GOOD, "", "Boots"))
    rule = PriceRule("boots", Level.LIST, "us", Fixed(UnitPrice.of("100.00", "USD")), period=EVER)
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    catalogue.set_up_scheme(
        by=HOUSE, at=AT, scheme=Scheme("us-staff", "us", "Staff", EVER, employers=frozenset({"us"}))
    )
    half = PriceRule("half", Level.SCHEME, "us", PercentOff(Rate(Fraction(1, 2))), period=EVER, scheme="us-staff")
    catalogue.set_price(by=HOUSE, at=AT, rule=half)
    ledger.open_books(by=HOUSE, at=AT, company="us", currency="USD")
    return given_actor("ann", person=given_employee("ann", "us", name="Ann"))


def test_a_law_that_measures_by_accounts_refuses_until_they_are_said(house):
    ann = given_boots()
    view = queries.quote_for(viewer=ann, at=AT, lines=[Wanted("boots", 1)])
    assert benefit.coming(view, viewer=ann, at=AT).refused.code == "benefit_accounts_missing"
    ordered(house, ann, offering="boots")
    of = TaxYear("US", 2026)
    assert benefit.own(viewer=ann, at=AT, of=of).refused.reason.code == "benefit_accounts_missing"
    operations.say_accounts(
        by=HOUSE, at=AT, company="us", year=2025, sales=Money.of("1000", "USD"), cost=Money.of("700", "USD")
    )
    assert str(benefit.own(viewer=ann, at=AT, of=of).statement.taxable) == "20.00 USD"


def test_a_gym_of_the_employers_own_is_reckoned_as_law_calls_it_and_under_a_law_without_that_name_as_a_service(house):
    ann = given_boots()
    gym = Offering("gym", "us", "", OfferingKind.SERVICE, "", "A month in the gym", benefit_kind=GYM)
    catalogue.offer_item(by=HOUSE, at=AT, offering=gym)
    rule = PriceRule(
        "gym", Level.LIST, "us", Fixed(UnitPrice.of("80.00", "USD")), Target(TargetKind.ITEM, "gym"), period=EVER
    )
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    view = queries.quote_for(viewer=ann, at=AT, lines=[Wanted("gym", 1)])
    foreseen = benefit.coming(view, viewer=ann, at=AT).foreseen
    assert (foreseen.warnings, str(foreseen.after.exempt)) == ((), "40.00 USD")
    ordered(house, ann, offering="gym")

    def told_of_gym():
        (line,) = benefit.own(viewer=ann, at=AT, of=TaxYear("US", 2026)).statement.lines
        return line.rule.id, str(line.exempt), str(line.taxable)

    assert told_of_gym() == ("us-on-premises-athletic-facility", "40.00 USD", "0.00 USD")
    said = {"name": "A month in the gym", "description": "", "category": None, "tax_code": ""}
    catalogue.change_item(by=HOUSE, at=AT, offering="gym", **said)
    assert told_of_gym() == ("us-services", "16.00 USD", "24.00 USD")  # a fifth of the price
    said = {"name": "A mug", "description": "", "category": "coffee", "tax_code": "STANDARD", "benefit_kind": GYM}
    catalogue.change_item(by=HOUSE, at=AT, offering=MACHINE, **said)
    order = ordered(house)
    assert told(own(house)) == [(order.number, "24.20 EUR", "6.05 EUR")]  # Dutch law has no such name


def test_an_order_in_another_currency_than_the_laws_stands_beside(house):
    given_company("us", currency="USD", country="NL")
    given_holding("jkl", "us", 100)
    catalogue.offer_item(by=HOUSE, at=AT, offering=Offering("boots", "us", "", OfferingKind.GOOD, "", "Boots"))
    rule = PriceRule("boots", Level.LIST, "us", Fixed(UnitPrice.of("100.00", "USD")), period=EVER)
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    ledger.open_books(by=HOUSE, at=AT, company="us", currency="USD")
    ann = given_actor("ann", person=given_employee("ann", "us"))
    view = queries.quote_for(viewer=ann, at=AT, lines=[Wanted("boots", 1)])
    assert benefit.coming(view, viewer=ann, at=AT) is None
    order = ordered(house, ann, offering="boots")
    sheet = benefit.own(viewer=ann, at=AT, of=NL)
    assert [(each.number, each.why.code) for each in sheet.aside] == [(order.number, "benefit_in_other_currency")]
    assert sheet.statement.lines == ()


def test_what_comes_back_of_a_line_whose_allowance_ran_out_is_what_was_dearer(house):
    order = ordered(house, count=8)  # six at 90.75 of the 600.00, two at 121.00
    tor = house.actor(TOR)
    assert [(line.benefit, line.taxable) for line in own(house).statement.lines] == [
        (euro("181.50"), euro("36.30")),
        (euro("0.00"), euro("0.00")),
    ]
    operations.confirm_delivery(by=tor, at=AT, reference=order.reference)
    operations.return_items(by=tor, at=AT, reference=order.reference, pieces={1: 3}, reason="No.")
    (line,) = own(house).statement.lines
    assert (own(house).bought[line.purchase].pieces, line.benefit, line.taxable) == (5, euro("151.25"), euro("30.25"))


def test_of_very_many_buyers_those_known_first_are_listed_and_others_found_by_name(house, monkeypatch):
    ordered(house)
    ordered(house, HENK, key="henk")
    monkeypatch.setattr(benefit, "LISTED_MAX", 1)
    by = keeper("abc")
    assert [row.person for row in benefit.people(viewer=by, at=AT, params={}).rows] == ["maya-lund"]
    assert [row.person for row in benefit.people(viewer=by, at=AT, params={"text": "verhoef"}).rows] == ["henk-verhoef"]
    assert benefit.people(viewer=by, at=AT, params={"text": "nobody at all"}).rows == ()
    assert sorted(benefit.buyers("abc", Period(date(2026, 1, 1), date(2027, 1, 1)))) == ["henk-verhoef", "maya-lund"]


def test_before_an_order_not_more_is_reckoned_than_can_be_waited_for(house, monkeypatch):
    ordered(house)
    ordered(house, key="next")
    monkeypatch.setattr(benefit, "FORESEEN_MAX", 2)
    assert coming(house).foreseen is not None
    monkeypatch.setattr(benefit, "FORESEEN_MAX", 1)
    assert (coming(house).foreseen, coming(house).refused.code) == (None, "benefit_too_much_to_wait")
    assert len(own(house).statement.lines) == 2


@pytest.fixture
def line(house):
    """A telephone line at 121.00 a month, tax included, that staff of ABC have for 90.75; Maya has it since the 24th."""
    given_item("line", "abc", "Telephone line", "121.00", cost="60.00", includes_tax=True)
    catalogue.set_plan(by=HOUSE, at=AT, offering="line", plan=Plan(RunningKind.SUBSCRIPTION))
    return ordered(house, offering="line")


def later(month, day, year=2026):
    return datetime(year, month, day, 9, 0, tzinfo=UTC)


def test_each_period_of_what_runs_is_a_purchase_of_its_first_day(house, line):
    operations.bill_running(by=HOUSE, at=later(1, 24, 2027))

    assert told(own(house, at=later(1, 24, 2027))) == 2 * [(line.number, "24.20 EUR", "6.05 EUR")]
    next_year = own(house, of=TaxYear("NL", 2027), at=later(1, 24, 2027))
    assert told(next_year) == [(line.number, "24.20 EUR", "6.05 EUR")]
    (one,) = next_year.statement.lines
    assert (one.value, one.paid) == (euro("121.00"), STAFF)
    assert MAYA.code in benefit.buyers("abc", Period(date(2027, 1, 1), date(2028, 1, 1)))


def test_days_that_were_given_back_are_no_benefit_and_days_at_the_price_of_everybody_neither(house, line):
    operations.bill_running(by=HOUSE, at=later(12, 24))
    leaves(MAYA, date(2026, 12, 9))
    operations.bill_running(by=HOUSE, at=later(12, 26))

    (one,) = own(house, at=later(12, 26)).statement.lines  # half of the first thirty days, nothing of the rest

    assert (one.value, one.paid, one.exempt) == (euro("60.50"), euro("45.38"), euro("12.10"))


def test_what_runs_is_worth_what_customers_pay_with_tax_where_its_price_is_without(house):
    given_item("line", "abc", "Telephone line", "100.00", cost="60.00")
    catalogue.set_plan(by=HOUSE, at=AT, offering="line", plan=Plan(RunningKind.SUBSCRIPTION))
    ordered(house, offering="line")
    operations.bill_running(by=HOUSE, at=later(12, 24))

    lines = own(house, at=later(12, 24)).statement.lines

    assert [(each.value, each.paid) for each in lines] == 2 * [(euro("121.00"), STAFF)]


def test_payroll_is_told_the_benefit_of_each_period_once(house, line):
    operations.bill_running(by=HOUSE, at=later(12, 24))

    def benefits(cut_off):
        found = payroll.proposed("abc", cut_off=cut_off, on=cut_off, month=cut_off)
        return [(due.person, due.amount) for due in found.lines if due.kind is PayKind.BENEFIT]

    assert benefits(date(2026, 12, 23)) == [(MAYA.code, euro("6.05"))]
    assert benefits(date(2026, 12, 24)) == [(MAYA.code, euro("12.10"))]


def test_charges_count_among_what_is_too_much_to_wait_for(house, line, monkeypatch):
    operations.bill_running(by=HOUSE, at=later(12, 24))
    monkeypatch.setattr(benefit, "FORESEEN_MAX", 1)

    found = coming(house, at=later(12, 24))

    assert (found.foreseen, found.refused.code) == (None, "benefit_too_much_to_wait")
