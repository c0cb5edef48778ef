"""S4 and S5: an insurance agent and an administrative employee take a household cover with their employer, who is an agency; a
telecom's engineer takes DSL and audio conferencing. Every sum is reckoned here by hand.

The household cover is 30.00 a month with tax, of which 21 % tax: 24.79 + 5.21. Staff pay 20 % less: 24.00 = 19.83 + 4.17.
Nordlys Insurance, outside the group, insures; Harbour sells and earns 15 % of the premium without tax.
"""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from tests.builders import (
    AT,
    HOUSE,
    actor,
    given_company,
    given_household,
    given_household_rule,
    given_person,
    given_user,
    given_work,
)
from tests.cast import given_the_cast
from tests.shop import EVER, given_item

from inward.catalogue import operations as catalogue
from inward.core.classification import Kind, WorkKind
from inward.core.pricing import Level, OfferingKind, PercentOff, PriceRule, Scheme, Scope, TaxRate, Wanted
from inward.core.running import Afterwards, Every, Plan, RunningKind
from inward.core.terms import Money, Rate
from inward.kit import clock, worker
from inward.ledger import operations as ledger
from inward.ledger.models import EntryLine
from inward.notices.models import Notice
from inward.parties import operations as parties
from inward.trade import operations as trade
from inward.trade import payroll, queries, runs
from inward.trade.models import RunningCharge

pytestmark = pytest.mark.django_db


def at(month, day, year=2027):
    return datetime(year, month, day, 9, 0, tzinfo=UTC)


class Group:
    """Harbour Insurance and Fjord Telecom with their people; who buys, and what was charged."""

    def __init__(self):
        given_the_cast()
        given_company("nordlys", "Nordlys Insurance")
        self.users, self.work = {}, {}
        for code, company, kind in (
            ("astrid", "harbour", WorkKind.AGENT),
            ("dina", "harbour", WorkKind.FULL_TIME),
            ("erik", "fjord", WorkKind.FULL_TIME),
        ):
            given_person(code)
            self.work[code] = given_work(code, company, kind=kind)
            self.users[code] = given_user(code, person=code)
        for company, rate in (("harbour", 21), ("fjord", 25)):
            ledger.open_books(by=HOUSE, at=AT, company=company, currency="EUR")
            catalogue.set_tax_rate(by=HOUSE, at=AT, rate=TaxRate(company, "STANDARD", Rate(Fraction(rate, 100)), EVER))
            kinds = frozenset({WorkKind.FULL_TIME, WorkKind.AGENT})
            scheme = Scheme(
                f"{company}-staff", company, f"{company} staff", EVER, work_kinds=kinds, employers=frozenset({company})
            )
            catalogue.set_up_scheme(by=HOUSE, at=AT, scheme=scheme)
            off = PercentOff(Rate(Fraction(1, 5)))
            rule = PriceRule(f"staff-{company}", Level.SCHEME, company, off, period=EVER, scheme=scheme.id)
            catalogue.set_price(by=HOUSE, at=AT, rule=rule)

    def offers(self, code, company, price, plan):
        given_item(code, company, code.title(), price, cost="1.00", includes_tax=True, kind=OfferingKind.SERVICE)
        catalogue.set_plan(by=HOUSE, at=AT, offering=code, plan=plan)

    def takes(self, who, code, when=AT):
        by = actor(self.users[who], at=when)
        total = queries.quote_for(viewer=by, at=when, lines=[Wanted(code, 1)]).quote.total
        return trade.place_order(by=by, at=when, lines=[Wanted(code, 1)], expected=total, key=f"{who}-{code}").reference

    def leaves(self, who, until, when):
        parties.end_work(by=HOUSE, at=when, work=self.work[who], valid_until=until)
        hear(when)


def hear(when):
    """What was announced is heard, and what runs is charged."""
    with clock.shifted(when):
        while worker.drain():
            pass
        trade.bill_running(by=HOUSE, at=when)
        while worker.drain():
            pass


def paid(reference):
    rows = RunningCharge.objects.filter(running__reference=reference).order_by("since", "turn")
    return [(str(row.since), row.gross_minor) for row in rows]


def balance(company, role):
    lines = EntryLine.objects.filter(entry__company__code=company, role=role)
    return sum(lines.values_list("amount_minor", flat=True))


@pytest.fixture
def group(db):
    return Group()


def test_agent_and_administrator_take_the_cover_their_employer_sells_and_the_premium_is_the_insurers(group):
    commission = Rate(Fraction(15, 100))
    plan = Plan(
        RunningKind.COVER, Every.MONTH, term_months=12, notice_days=30, insurer="nordlys", commission=commission
    )
    group.offers("household", "harbour", "30.00", plan)

    agent, admin = group.takes("astrid", "household"), group.takes("dina", "household")
    trade.bill_running(by=HOUSE, at=at(12, 24, 2026))
    trade.bill_running(by=HOUSE, at=at(1, 24))

    for reference in (agent, admin):
        assert paid(reference) == [("2026-11-24", 2400), ("2026-12-24", 2400), ("2027-01-24", 2400)]
    # six premiums of 24.00: 19.83 net each, of which 15 % is 2.97 (2.9745) to the agency
    assert balance("harbour", "EMPLOYEE_RECEIVABLE") == 6 * 2400
    assert balance("harbour", "COMMISSION_EARNED") == 6 * -297
    assert balance("harbour", "PREMIUM_PAYABLE") == 6 * -2103
    assert balance("harbour", "STAFF_REVENUE") == balance("harbour", "OUTPUT_TAX") == 0
    told = payroll.proposed("harbour", cut_off=date(2027, 1, 31), on=date(2027, 1, 31), month=date(2027, 1, 1)).lines
    assert sorted((line.person, line.amount.minor) for line in told if line.order) == [("astrid", 7200), ("dina", 7200)]
    view = runs.run(viewer=actor(group.users["dina"], at=at(2, 1)), at=at(2, 1), reference=admin)
    assert (view.insurer.name, view.renewal.on, view.renewal.last_day) == (
        "Nordlys Insurance", date(2027, 11, 24), date(2027, 10, 25),
    )  # fmt: skip


def test_a_cover_of_its_own_is_the_insurers_sale_to_its_staff(group):
    group.offers("own", "harbour", "30.00", Plan(RunningKind.COVER))

    group.takes("dina", "own")

    assert balance("harbour", "STAFF_REVENUE") == -1983
    assert balance("harbour", "OUTPUT_TAX") == -417


def test_when_the_administrator_leaves_the_cover_goes_on_at_the_price_of_everybody_from_that_day(group):
    group.offers("household", "harbour", "30.00", Plan(RunningKind.COVER, term_months=12, notice_days=30))
    reference = group.takes("dina", "household")

    group.leaves("dina", date(2026, 12, 9), when=at(11, 30, 2026))  # half of the thirty days are left

    assert paid(reference) == [("2026-11-24", 2400), ("2026-12-09", -1200), ("2026-12-09", 1500)]
    letter = Notice.objects.get(code="running_repriced")
    assert (letter.person.code, letter.facts["on"]) == ("dina", "2026-12-09")
    assert letter.created_at.date() < date(2026, 12, 9)  # told in advance
    change = runs.changes(viewer=actor(group.users["dina"], at=AT), at=AT, params={}).rows[0]
    assert (str(change.before), str(change.after), change.why[0].code) == ("24.00 EUR", "30.00 EUR", "work_ended")
    # nothing of the days after is left to her pay
    told = payroll.proposed("harbour", cut_off=date(2026, 12, 31), on=date(2026, 12, 31), month=date(2026, 12, 1)).lines
    assert [line.amount.minor for line in told if line.order] == [1200]
    assert balance("harbour", "CUSTOMER_RECEIVABLE") == 1500


def test_a_cover_that_ends_with_the_work_ends_on_that_day_and_its_days_are_given_back(group):
    plan = Plan(RunningKind.COVER, term_months=12, notice_days=30, afterwards=Afterwards.END)
    group.offers("household", "harbour", "30.00", plan)
    reference = group.takes("astrid", "household")

    group.leaves("astrid", date(2026, 12, 9), when=at(11, 30, 2026))
    trade.bill_running(by=HOUSE, at=at(3, 1))

    assert paid(reference) == [("2026-11-24", 2400), ("2026-12-09", -1200)]
    assert Notice.objects.filter(code="running_ends").count() == 1
    assert balance("harbour", "EMPLOYEE_RECEIVABLE") == 1200


def test_a_household_pays_as_the_house_allows_until_the_day_it_parts(group):
    given_person("per")
    group.users["per"] = given_user("per", person="per")
    given_household_rule()
    home = given_household("dina", "per")
    off = PercentOff(Rate(Fraction(1, 10)))
    scope = Scope(frozenset({Kind.STAKEHOLDER}))
    rule = PriceRule("family", Level.AGREEMENT, "harbour", off, scope=scope, period=EVER)
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    group.offers("household", "harbour", "30.00", Plan(RunningKind.COVER))
    reference = group.takes("per", "household")

    parties.end_household(by=HOUSE, at=at(11, 30, 2026), household=home, valid_until=date(2026, 12, 9))
    hear(at(11, 30, 2026))

    assert paid(reference) == [("2026-11-24", 2700), ("2026-12-09", -1350), ("2026-12-09", 1500)]


def test_an_engineer_takes_dsl_and_audio_conferencing_and_both_follow_the_day_on_which_he_leaves(group):
    free = Plan(RunningKind.SUBSCRIPTION, notice_days=14)
    group.offers("dsl", "fjord", "50.00", free)
    group.offers("audio", "fjord", "10.00", Plan(RunningKind.SUBSCRIPTION, Every.QUARTER))
    dsl, audio = group.takes("erik", "dsl"), group.takes("erik", "audio")
    trade.bill_running(by=HOUSE, at=at(12, 24, 2026))
    assert (paid(dsl), paid(audio)) == (
        [("2026-11-24", 4000), ("2026-12-24", 4000)], [("2026-11-24", 800)],
    )  # fmt: skip

    # nobody entered it in time: he left on 8 January, and it is known on the 20th
    group.leaves("erik", date(2027, 1, 8), when=at(1, 20))

    # December: 31 days, 15 of them his; 4000 * 15/31 = 1935, 5000 * 15/31 = 2419
    assert paid(dsl)[2:] == [("2027-01-08", -2065), ("2027-01-08", 2581)]
    # the quarter has 92 days, 45 of them his; 800 * 45/92 = 391, 1000 * 45/92 = 489
    assert paid(audio)[1:] == [("2027-01-08", -409), ("2027-01-08", 511)]
    trade.bill_running(by=HOUSE, at=at(1, 24))
    assert paid(dsl)[-1] == ("2027-01-24", 5000)
    # the rise sets him free at once, whatever the notice
    assert trade.end_running(by=actor(group.users["erik"], at=at(1, 24)), at=at(1, 24), reference=dsl) == date(
        2027, 1, 24
    )
    assert sum(EntryLine.objects.values_list("amount_minor", flat=True)) == 0


def test_a_sister_company_that_is_sold_pays_as_anybody_from_that_day(group):
    group.offers("dsl", "fjord", "50.00", Plan(RunningKind.SUBSCRIPTION))
    rule = PriceRule(
        "sisters",
        Level.RATE,
        "fjord",
        PercentOff(Rate(Fraction(1, 2))),
        scope=Scope(frozenset({Kind.AFFILIATE})),
        period=EVER,
    )
    catalogue.set_price(by=HOUSE, at=AT, rule=rule)
    from tests.builders import given_role

    given_role(group.users["dina"], "BUYER", "harbour")
    by = actor(group.users["dina"], acting_for="harbour")
    total = queries.quote_for(viewer=by, at=AT, lines=[Wanted("dsl", 1)]).quote.total
    receipt = trade.place_order(by=by, at=AT, lines=[Wanted("dsl", 1)], expected=total, key="h")
    assert paid(receipt.reference) == [("2026-11-24", 2500)]
    from inward.parties.models import Holding

    share = Holding.objects.current().get(owner__code="jkl", owned__code="harbour").code

    parties.end_holding(by=HOUSE, at=at(11, 30, 2026), holding=share, valid_until=date(2026, 12, 9))
    hear(at(11, 30, 2026))

    assert paid(receipt.reference) == [("2026-11-24", 2500), ("2026-12-09", -1250), ("2026-12-09", 2500)]
    assert Money(balance("fjord", "CUSTOMER_RECEIVABLE"), "EUR") == Money(2500, "EUR")
