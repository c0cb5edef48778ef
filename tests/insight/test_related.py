"""Related parties of a company: who, how, since when, what was dealt, what is owed; every figure a sum of the books.

XYZ sells widgets to ABC, both held by JKL; Solberg, of which JKL holds 30 %, sells salmon to ABC, whose books do not hold it.
"""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, LONG_AGO, ON, given_actor, given_holding, given_unit, given_work, nothing_written
from tests.cast import INES, LUCA, MAYA, RATNA, SITI, TOR
from tests.shop import given_item

from inward.catalogue import operations as catalogue
from inward.core.classification import DEFINITIONS, STRICT_MAJORITY, Relation, WorkKind
from inward.core.pricing import Scheme, TaxRate, Wanted
from inward.core.terms import Money, Period, Rate, Refusal
from inward.insight import policy, related
from inward.insight.vocabulary import Flow
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere
from inward.ledger import counterparties
from inward.ledger import operations as ledger
from inward.ledger import queries as books
from inward.ledger.models import EntryLine
from inward.parties import operations as parties
from inward.parties.models import Holding
from inward.parties.vocabulary import Purpose
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.models import Order

YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def eur(amount):
    return Money.of(amount, "EUR")


@pytest.fixture
def dealt(house):
    """Ten widgets, of which two came back; four kilos of salmon; a coffee machine for Tor, who works for XYZ and leads it."""
    placed = house.order(INES, ("widget-a", 10), customer="abc", key="widgets")
    server = house.actor(RATNA)
    trade.confirm_delivery(by=server, at=AT, reference=placed.reference, pieces={1: 10})
    trade.return_items(by=server, at=AT, reference=placed.reference, pieces={1: 2}, reason="Rust", key="back")
    given_item("salmon", "solberg", "Salmon", "20.00", cost="9.00")
    rate = TaxRate("solberg", "STANDARD", Rate.percent(25), Period(LONG_AGO, None))
    catalogue.set_tax_rate(by=HOUSE, at=AT, rate=rate)
    ledger.open_books(by=HOUSE, at=AT, company="solberg", currency="EUR")
    house.order(INES, ("salmon", 4), customer="abc", key="salmon")
    house.order(MAYA, ("coffee-machine", 1), key="coffee")
    given_work("maya-lund", "xyz", kind=WorkKind.DIRECTOR)
    return house


def told(company="abc", *, rule=None, since=YEAR[0], until=YEAR[1], viewer=HOUSE):
    with nothing_written():
        return related.report(viewer=viewer, at=AT, company=company, since=since, until=until, rule=rule)


def by_party(report):
    return {each.party.code: each for each in report.parties}


def sums(figures):
    return [(each.flow, each.dealings, each.amount, each.elsewhere) for each in figures.dealt]


def test_a_sister_is_told_with_what_was_bought_less_what_came_back_and_what_is_owed(dealt):
    xyz = by_party(told())["xyz"]
    ((span,)) = xyz.spans
    assert (span.relation, span.period) == (Relation.FELLOW, Period(*YEAR))
    assert {ground.facts["id"] for ground in span.grounds if ground.code == "holds"} == {"jkl-abc", "jkl-xyz"}
    assert sums(xyz.figures) == [(Flow.PURCHASE, 1, eur("28.80"), False)]
    assert (xyz.figures.owed_to_us, xyz.figures.owed_by_us) == ((), (eur("34.85"),))


def test_the_other_side_tells_the_same_sums(dealt):
    abc = by_party(told("xyz"))["abc"]
    assert sums(abc.figures) == [(Flow.SALE, 1, eur("28.80"), False)]
    assert (abc.figures.owed_to_us, abc.figures.owed_by_us) == ((eur("34.85"),), ())


def test_what_only_the_sellers_books_hold_is_told_as_theirs(dealt):
    solberg = by_party(told())["solberg"]
    assert solberg.spans[0].relation is Relation.OTHER
    assert sums(solberg.figures) == [(Flow.PURCHASE, 1, eur("80.00"), True)]
    assert solberg.figures.owed_by_us == (eur("100.00"),)


def test_parents_and_subsidiaries_are_told_also_where_nothing_was_dealt(dealt):
    """IAS 24, paragraph 13."""
    jkl = by_party(told())["jkl"]
    assert (jkl.spans[0].relation, jkl.spans[0].ultimate, jkl.figures) == (Relation.PARENT, True, related.Figures())
    seen = {code: each.spans[0].relation for code, each in by_party(told("jkl")).items()}
    assert {seen[code] for code in ("abc", "xyz", "harbour", "fjord")} == {Relation.SUBSIDIARY}
    assert seen["solberg"] is Relation.ASSOCIATE


def test_figures_agree_with_an_independent_count_of_the_lines(dealt):
    """Every line of the books that names a related company or its department is in exactly one sum, by hand."""
    dealt.order(INES, ("widget-a", 3), customer="abc", key="more")
    signs = {"INTERCOMPANY_REVENUE": -1, "REVENUE": -1, "INTERCOMPANY_PURCHASE": 1}
    owed = {"INTERCOMPANY_RECEIVABLE": 1, "CUSTOMER_RECEIVABLE": 1, "INTERCOMPANY_PAYABLE": 1}
    for company in ("abc", "xyz", "jkl", "solberg"):
        moved, balance = defaultdict(int), defaultdict(int)
        for line in EntryLine.objects.select_related("entry__company"):
            here, other = line.entry.company.code, line.counterparty
            if here == company and line.role in signs:
                moved[other] += signs[line.role] * line.amount_minor
            if here == company and line.role in owed:
                balance[other] += line.amount_minor
            if other == company and line.entry.kind == "OUTSIDE_SALE":
                if line.role == "REVENUE":
                    moved[here] -= line.amount_minor
                if line.role == "CUSTOMER_RECEIVABLE":
                    balance[here] -= line.amount_minor
        for code, each in by_party(told(company)).items():
            if each.person:
                continue
            assert sum(row.amount.minor for row in each.figures.dealt) == moved.get(code, 0), (company, code)
            net = sum(m.minor for m in each.figures.owed_to_us) - sum(m.minor for m in each.figures.owed_by_us)
            assert net == balance.get(code, 0), (company, code)


def test_the_whole_balance_of_intercompany_accounts_is_that_of_the_related_parties(dealt):
    rows = books.trial_balance(viewer=HOUSE, at=AT, company="abc", until=YEAR[1])
    payable = next(row.balance for row in rows if row.account.code == "2460")
    owed = sum(
        (money for each in told().parties if each.party.code != "solberg" for money in each.figures.owed_by_us),
        eur("0"),
    )
    assert -payable == owed


def test_directors_are_named_and_what_they_bought_is_told_as_one_sum(dealt):
    report = told("xyz")
    maya = by_party(report)["maya-lund"]
    assert (maya.person, maya.spans[0].relation, maya.figures) == (True, Relation.KEY_MANAGEMENT, related.Figures())
    assert report.people == related.Figures()  # her coffee machine was ABC's
    given_work("tor-bergli", "abc", kind=WorkKind.DIRECTOR, valid_from=ON)
    given_work("maya-lund", "abc", kind=WorkKind.DIRECTOR, valid_from=LONG_AGO)
    of_abc = told()
    assert {code for code, each in by_party(of_abc).items() if each.person} == {"maya-lund", "tor-bergli"}
    ((flow, count, amount, elsewhere),) = sums(of_abc.people)
    assert (flow, count, elsewhere) == (Flow.SALE, 1, False)
    assert of_abc.people.owed_to_us == (eur("90.75"),)
    assert amount < eur("90.75")


def test_what_staff_of_a_sister_buys_is_owed_by_the_sister_with_tax(dealt):
    """Ratna works for XYZ and buys of ABC by a scheme for the group: XYZ owes it."""
    wide = Scheme("abc-group", "abc", "ABC for the group", Period(LONG_AGO, None), employers=frozenset({"xyz"}))
    catalogue.set_up_scheme(by=HOUSE, at=AT, scheme=wide)
    order = dealt.order(RATNA, ("coffee-machine", 1), key="sister")
    assert Order.objects.get(reference=order.reference).tax_minor > 0
    xyz = by_party(told())["xyz"].figures
    ((_, count, amount, _),) = [row for row in sums(xyz) if row[0] is Flow.THEIR_STAFF]
    assert (count, amount, xyz.owed_to_us) == (1, eur("121.00"), (eur("121.00"),))
    abc = by_party(told("xyz"))["abc"].figures
    assert [row for row in sums(abc) if row[0] is Flow.OUR_STAFF] == [(Flow.OUR_STAFF, 1, eur("121.00"), False)]


def test_dealings_of_days_on_which_they_were_not_related_are_not_told_but_what_is_owed_is(dealt):
    held = Holding.objects.get(owner__code="jkl", owned__code="xyz", known_until=None)
    parties.end_holding(by=HOUSE, at=AT, holding=held.code, valid_until=ON)
    xyz = by_party(told())["xyz"]
    assert [span.period for span in xyz.spans] == [Period(YEAR[0], ON)]
    assert (sums(xyz.figures), xyz.figures.owed_by_us) == ([], (eur("34.85"),))


def test_days_outside_the_span_are_not_summed_and_later_ones_not_owed(dealt):
    early = by_party(told(since=date(2026, 1, 1), until=ON))["xyz"]
    assert early.figures == related.Figures()
    late = by_party(told(since=ON + timedelta(days=1), until=date(2027, 6, 1)))["xyz"]
    assert (sums(late.figures), late.figures.owed_by_us) == ([], (eur("34.85"),))


def test_a_department_that_bought_counts_for_its_company(dealt):
    """Outside, the books name the department: whose it was on the day is whose dealing it is."""
    given_unit("kestrel-bar", "kestrel")
    given_holding("abc", "kestrel", 30)
    nora = given_actor("nora-two", ("BUYER", "kestrel-bar"), acting_for="kestrel-bar")
    wanted = [Wanted("widget-a", 2)]
    total = queries.quote_for(viewer=nora, at=AT, lines=wanted).quote.total
    trade.place_order(by=nora, at=AT, lines=wanted, expected=total, key="bar")
    kestrel = by_party(told("xyz"))["kestrel"]
    assert sums(kestrel.figures) == [(Flow.SALE, 1, eur("10.00"), False)]


def test_the_rule_of_ias_24_judges_until_one_is_chosen_for_disclosure(dealt):
    assert (told().definition, told().chosen) == (DEFINITIONS["ias24_related"], False)
    assert "solberg" in by_party(told())
    parties.choose_definition(by=HOUSE, at=AT, purpose=Purpose.DISCLOSURE, definition="strict_majority")
    chosen = told()
    assert (chosen.definition, chosen.chosen) == (STRICT_MAJORITY, True)
    assert "solberg" not in by_party(chosen)
    by_hand = told(rule=DEFINITIONS["ias24_related"])
    assert "solberg" in by_party(by_hand)


@pytest.mark.parametrize("who", [MAYA, RATNA, INES, SITI])
def test_nobody_but_who_sees_the_books_reads_it(dealt, who):
    viewer = dealt.actor(who)
    with pytest.raises(NotThere):
        told(viewer=viewer)
    with pytest.raises(NotThere):
        related.dealings(viewer=viewer, at=AT, company="abc", party="xyz", since=YEAR[0], until=YEAR[1])
    assert not policy.may_disclose(viewer, company="abc", on=ON)


def test_controllers_and_auditors_of_the_company_read_it(dealt):
    assert told(viewer=dealt.actor(LUCA)).company.code == "abc"
    auditor = given_actor("aud", ("AUDITOR", "abc"))
    assert told(viewer=auditor).company.code == "abc"
    with pytest.raises(NotThere):
        told("xyz", viewer=auditor)
    assert [reason.code for reason in policy.may_disclose(NOBODY, company="abc", on=ON).reasons] == ["no_actor"]


def test_a_company_without_books_has_no_report(dealt):
    with pytest.raises(NotThere):
        told("kestrel")


@pytest.mark.parametrize(("since", "until", "code"), [
    (YEAR[0], YEAR[0], "period_backwards"),
    (date(2010, 1, 1), YEAR[1], "span_too_long"),
])  # fmt: skip
def test_days_that_make_no_span_are_refused(dealt, since, until, code):
    with pytest.raises(Refusal) as refused:
        told(since=since, until=until)
    assert refused.value.reason.code == code


def lines_of(house, party, company="abc", who=LUCA, **more):
    asked = {"since": YEAR[0], "until": YEAR[1]} | more
    return related.dealings(viewer=house.actor(who), at=AT, company=company, party=party, **asked)


def test_the_dealings_with_one_party_are_told_line_by_line_the_latest_first(dealt):
    found, cut = lines_of(dealt, "xyz")
    assert [(each.flow, each.amount, each.correction) for each in found] == [
        (Flow.PURCHASE, eur("-7.20"), True),
        (Flow.PURCHASE, eur("36.00"), False),
    ]
    assert not cut
    assert {each.order for each in found} == {each.order for each in lines_of(dealt, "abc", "xyz")[0]}
    assert all(each.entry for each in found)
    assert not any(each.seen for each in found)  # Luca keeps the books; he did not order


def test_what_only_the_other_books_hold_has_no_entry_to_open(dealt):
    ((salmon,), _) = lines_of(dealt, "solberg")
    assert (salmon.flow, salmon.amount, salmon.entry) == (Flow.PURCHASE, eur("80.00"), None)
    assert lines_of(dealt, "jkl") == ((), False)


def test_more_dealings_than_are_told_are_said_to_be_cut(dealt, monkeypatch):
    monkeypatch.setattr(counterparties, "ENTRIES_MAX", 1)
    monkeypatch.setattr(related, "ENTRIES_MAX", 1)
    assert lines_of(dealt, "xyz")[1]


def test_dealings_with_people_are_told_to_nobody(dealt):
    with pytest.raises(NotThere):
        lines_of(dealt, "maya-lund", "xyz")


def test_a_department_that_went_elsewhere_takes_what_is_owed_along_and_leaves_what_was_dealt(dealt):
    """The day decides whose a dealing was; the last day, who owes."""
    bought_by_the_bar()
    parties.move_unit(
        by=HOUSE, at=AT, unit="kestrel-bar", company="meridian", parent=None, valid_from=ON + timedelta(days=1)
    )
    kestrel, meridian = (by_party(told("xyz"))[code].figures for code in ("kestrel", "meridian"))
    assert (sums(kestrel), kestrel.owed_to_us) == ([(Flow.SALE, 1, eur("10.00"), False)], ())
    assert (sums(meridian), meridian.owed_to_us) == ([], (eur("12.10"),))


def test_what_a_department_owed_that_was_closed_its_company_owes(dealt):
    bought_by_the_bar(valid_until=ON + timedelta(days=1))
    kestrel = by_party(told("xyz"))["kestrel"].figures
    assert (sums(kestrel), kestrel.owed_to_us) == ([(Flow.SALE, 1, eur("10.00"), False)], (eur("12.10"),))
    assert TOR.code not in by_party(told("xyz"))


def test_a_department_takes_what_only_the_sellers_books_hold_along_too(dealt):
    given_unit("canteen", "abc")
    buyer = given_actor("cook", ("BUYER", "canteen"), acting_for="canteen")
    wanted = [Wanted("salmon", 1)]
    total = queries.quote_for(viewer=buyer, at=AT, lines=wanted).quote.total
    trade.place_order(by=buyer, at=AT, lines=wanted, expected=total, key="fish")
    parties.move_unit(by=HOUSE, at=AT, unit="canteen", company="xyz", parent=None, valid_from=ON + timedelta(days=1))
    abc, xyz = (by_party(told(company))["solberg"].figures for company in ("abc", "xyz"))
    assert (sums(abc), abc.owed_by_us) == ([(Flow.PURCHASE, 2, eur("100.00"), True)], (eur("100.00"),))
    assert (sums(xyz), xyz.owed_by_us) == ([], (eur("25.00"),))


def bought_by_the_bar(**days):
    """A department of Kestrel buys two widgets of XYZ; both Kestrel and Meridian are associates of the group."""
    given_unit("kestrel-bar", "kestrel", **days)
    given_holding("abc", "kestrel", 30)
    given_holding("abc", "meridian", 30)
    buyer = given_actor("nora-two", ("BUYER", "kestrel-bar"), acting_for="kestrel-bar")
    wanted = [Wanted("widget-a", 2)]
    total = queries.quote_for(viewer=buyer, at=AT, lines=wanted).quote.total
    trade.place_order(by=buyer, at=AT, lines=wanted, expected=total, key="bar")
