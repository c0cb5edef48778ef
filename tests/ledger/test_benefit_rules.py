"""Rules on taxable benefit are loaded: dated, with who and from which file; a law changes without a release."""

import copy
import json
from datetime import date, timedelta

import pytest
from tests.builders import AT, HOUSE, given_actor, nothing_written
from tests.ledger.test_policy import holder

from inward.core.benefit import Basis, Case, Purchase, statement
from inward.core.terms import Money, Period, Refusal
from inward.kit import outbox
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import Refused
from inward.ledger import operations, queries
from inward.ledger.announcements import BenefitRulesLoaded
from inward.ledger.models import BenefitRule
from inward.ledger.operations import RulesLoaded
from inward.ledger.shipped import FOLDER, countries, shipped_law

pytestmark = pytest.mark.django_db
NORWAY = json.loads((FOLDER / "no.json").read_text(encoding="utf-8"))


def norway(amount="10000", since="2027-01-01", **change):
    """The Norwegian cap raised from a day on, as a document with that rule alone."""
    found = copy.deepcopy(NORWAY)
    rule = found["rules"][0] | {"valid_from": since} | change
    rule["limits"][0]["amount"] = amount
    year, most = int(since[:4]), int(amount) + 5000
    rule["example"] = {
        "year": year,
        "purchases": [{"on": f"{year}-12-30", "price": most + 1, "paid": 0}],
        "taxable": "1",
        "exempt": str(most),
    }
    return found | {"rules": [rule]}


def load(document, by=HOUSE, at=AT, file="no-2027.json"):
    return operations.load_benefit_rules(by=by, at=at, document=document, file=file, file_sha256="f" * 64)


def taxable(year, amount="12000"):
    values = {Basis.PRICE: Money.of(amount, "NOK")}
    bought = Purchase("ski", date(year, 12, 31), values, Money.zero("NOK"))
    gift = Purchase("gift", date(year, 1, 1), {Basis.PRICE: Money.of("5000", "NOK")}, Money.zero("NOK"), "gift")
    return statement(law=queries.benefit_law("NO"), year=year, case=Case((gift, bought))).taxable.amount


def test_without_anything_loaded_the_rules_that_ship_hold():
    assert queries.benefit_countries() == countries()
    for country in countries():
        assert queries.benefit_law(country) == shipped_law(country)
    assert queries.benefit_law("SE") is None


def test_a_law_changes_from_a_day_on_without_a_release():
    assert (taxable(2026), taxable(2027)) == ("4000.00", "4000.00")
    assert load(norway()) == RulesLoaded("NO", fresh=1, corrected=0, ended=0, same=0)
    assert (taxable(2026), taxable(2027)) == ("4000.00", "2000.00")


def test_it_is_kept_who_loaded_what_when_and_from_which_file():
    controller = given_actor("controller", ("CONTROLLER", None))
    load(norway(), by=controller)
    (kept,) = queries.benefit_rules_loaded(viewer=controller, at=AT, country="NO")
    assert (kept.rule.id, kept.rule.period) == ("no-staff-discount", Period(date(2027, 1, 1)))
    assert (kept.file, kept.file_sha256, kept.loaded_by) == ("no-2027.json", "f" * 64, controller.subject)
    assert (kept.known_from, kept.known_until) == (AT, None)
    note = AuditRow.objects.order_by("id").last()
    assert (note.act, note.thing) == ("ledger.load_benefit_rules", "NO")
    assert note.facts == {"rules": ["no-staff-discount"], "file": "no-2027.json", "corrected": 0, "ended": 0}
    (told,) = outbox.announced(BenefitRulesLoaded)
    assert (told.jurisdiction, told.rules) == ("NO", "no-staff-discount")


def test_the_same_file_again_changes_nothing():
    load(norway())
    with nothing_written():
        assert load(norway()) == RulesLoaded("NO", fresh=0, corrected=0, ended=0, same=1)


def test_a_later_version_ends_the_one_before_and_a_correction_keeps_what_was_known():
    load(norway())
    assert load(norway("11000", "2028-01-01")) == RulesLoaded("NO", fresh=1, corrected=0, ended=1, same=0)
    assert [taxable(year) for year in (2026, 2027, 2028)] == ["4000.00", "2000.00", "1000.00"]
    later = AT + timedelta(days=1)
    assert load(norway("12000", "2028-01-01"), at=later) == RulesLoaded("NO", fresh=1, corrected=1, ended=0, same=0)
    assert [taxable(year) for year in (2026, 2027, 2028)] == ["4000.00", "2000.00", "0.00"]
    history = queries.benefit_rules_loaded(viewer=HOUSE, at=AT, country="NO")
    known = [
        (kept.rule.period.start.year, kept.rule.limits[0].tiers[0].amount.amount, kept.known_until) for kept in history
    ]
    assert known[0] == (2028, "12000.00", None)
    assert (2028, "11000.00", later) in known
    assert BenefitRule.objects.current().count() == 2


def test_a_version_that_shares_days_with_a_later_one_is_refused_by_name_and_nothing_is_written():
    load(norway("11000", "2028-01-01"))
    with nothing_written(), pytest.raises(Refusal) as refused:
        load(norway())
    assert refused.value.reason.code == "benefit_rules_overlap"
    assert refused.value.reason.facts["rule"] == "no-staff-discount"


def test_a_rule_whose_example_does_not_come_out_is_refused_and_nothing_is_written():
    wrong = norway()
    wrong["rules"][0]["example"]["taxable"] = "2"
    with nothing_written(), pytest.raises(Refusal) as refused:
        load(wrong)
    assert (refused.value.reason.code, refused.value.where) == ("benefit_example_differs", "rule no-staff-discount")


def test_a_rule_that_cannot_stand_beside_those_that_ship_is_refused():
    with nothing_written(), pytest.raises(Refusal) as refused:
        load(norway(id="no-other"))
    assert refused.value.reason.code == "benefit_rules_overlap"
    with nothing_written(), pytest.raises(Refusal) as unread:
        load(norway() | {"currency": "SEK"})
    assert unread.value.reason.code == "benefit_rules_of_two_countries"
    with nothing_written(), pytest.raises(Refusal) as unread:
        load({"rules": []})
    assert (unread.value.reason.code, unread.value.where) == ("field_missing", "jurisdiction")


def test_a_country_that_does_not_ship_is_brought_whole():
    sweden = copy.deepcopy(NORWAY) | {"jurisdiction": "SE", "currency": "SEK"}
    assert load(sweden) == RulesLoaded("SE", fresh=3, corrected=0, ended=0, same=0)
    assert "SE" in queries.benefit_countries()
    assert queries.benefit_law("SE").currency == "SEK"


@pytest.mark.parametrize(
    "by",
    [
        NOBODY,
        holder("DATA_ADMINISTRATOR"),
        holder("AUDITOR"),
        holder("CONTROLLER", "abc"),
    ],
    ids=["nobody", "administrator", "auditor", "controller of one"],
)
def test_only_controllers_of_everything_load_law(by):
    with nothing_written(), pytest.raises(Refused) as refused:
        load(norway(), by=by)
    assert [reason.code for reason in refused.value.reasons] == ["no_actor" if by is NOBODY else "not_loader_of_law"]


def test_what_was_loaded_is_seen_by_those_who_see_books():
    with pytest.raises(Refused):
        queries.benefit_rules_loaded(viewer=NOBODY, at=AT, country="NO")
    assert queries.benefit_rules_loaded(viewer=HOUSE, at=AT, country="NO") == ()


def test_rules_at_odds_with_a_later_release_leave_other_countries_alone():
    load(norway())
    row = BenefitRule.objects.get()
    row.body["rules"][0]["id"] = "no-other"
    BenefitRule.objects.filter(pk=row.pk).update(body=row.body)
    queries._law.forget()
    with pytest.raises(Refusal) as refused:
        queries.benefit_law("NO")
    assert refused.value.reason.code == "benefit_rules_overlap"
    assert queries.benefit_law("IT") == shipped_law("IT")


# Taken back


def take_back(document, by=HOUSE, at=AT):
    return operations.take_back_benefit_rules(by=by, at=at, document=document, file="no-2027.json")


def caps():
    """(days, cap) of every version of the rule that holds now."""
    rules = [rule for rule in queries.benefit_law("NO").rules if rule.id == "no-staff-discount"]
    return [(rule.period.start.year, rule.limits[0].tiers[0].amount.amount) for rule in rules]


def test_taken_back_the_rule_that_ships_holds_again_and_what_was_known_stays_known():
    load(norway())
    later = AT + timedelta(days=1)
    assert take_back(norway(), at=later) == RulesLoaded("NO", fresh=1, corrected=0, ended=0, same=0)
    assert queries.benefit_law("NO") == shipped_law("NO")
    (kept,) = queries.benefit_rules_loaded(viewer=HOUSE, at=AT, country="NO")
    assert (kept.known_from, kept.known_until) == (AT, later)
    note = AuditRow.objects.order_by("id").last()
    assert (note.act, note.facts["rules"]) == ("ledger.take_back_benefit_rules", ["no-staff-discount"])
    assert len(outbox.announced(BenefitRulesLoaded)) == 2


def test_taken_back_the_version_that_had_to_end_goes_on():
    load(norway())
    load(norway("11000", "2028-01-01"), at=AT + timedelta(hours=1))
    take_back(norway("11000", "2028-01-01"), at=AT + timedelta(hours=2))
    assert caps() == [(2019, "8000.00"), (2027, "10000.00")]
    assert (
        queries.benefit_law("NO").on("no-staff-discount", date(2040, 1, 1)).limits[0].tiers[0].amount.amount
        == "10000.00"
    )
    take_back(norway(), at=AT + timedelta(hours=3))
    assert queries.benefit_law("NO") == shipped_law("NO")


def test_taken_back_a_version_that_ended_by_itself_stays_ended():
    load(norway(valid_until="2028-01-01"))
    load(norway("11000", "2028-01-01"))
    take_back(norway("11000", "2028-01-01"))
    assert caps() == [(2019, "8000.00"), (2027, "10000.00"), (2028, "8000.00")]


def test_taken_back_what_it_took_the_place_of_stands_again():
    load(norway())
    load(norway("12000"), at=AT + timedelta(hours=1))
    load(norway("13000", "2029-01-01"), at=AT + timedelta(hours=2))
    take_back(norway("13000", "2029-01-01"), at=AT + timedelta(hours=3))
    take_back(norway("12000"), at=AT + timedelta(hours=4))
    assert caps() == [(2019, "8000.00"), (2027, "10000.00")]


def test_what_was_taken_back_before_does_not_stand_again():
    load(norway())
    take_back(norway(), at=AT + timedelta(hours=1))
    load(norway("12000"), at=AT + timedelta(hours=2))
    take_back(norway("12000"), at=AT + timedelta(hours=3))
    assert queries.benefit_law("NO") == shipped_law("NO")


def test_what_was_not_loaded_or_was_changed_since_is_not_taken_back():
    with nothing_written(), pytest.raises(Refusal) as refused:
        take_back(norway())
    assert refused.value.reason.code == "benefit_rule_not_loaded"
    load(norway())
    load(norway("11000", "2028-01-01"))
    with nothing_written(), pytest.raises(Refusal) as refused:
        take_back(norway())
    assert dict(refused.value.reason.items) == {"rule": "no-staff-discount", "since": date(2027, 1, 1)}
    with nothing_written(), pytest.raises(Refused):
        take_back(norway("11000", "2028-01-01"), by=holder("CONTROLLER", "abc"))


def test_a_country_that_was_brought_is_gone_when_taken_back_whole_and_kept_while_rules_need_each_other():
    sweden = copy.deepcopy(NORWAY) | {"jurisdiction": "SE", "currency": "SEK"}
    load(sweden)
    gifts = sweden | {"rules": sweden["rules"][1:2]}
    with nothing_written(), pytest.raises(Refusal) as refused:
        take_back(gifts)
    assert refused.value.reason.code == "benefit_cap_cannot_borrow"
    take_back(sweden)
    assert queries.benefit_law("SE") is None
