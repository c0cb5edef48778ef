"""Terms are accepted before the first purchase, version by version, may be withdrawn, and bind nobody who has not read them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import AT, HOUSE, ON, given_actor, nothing_written
from tests.cast import INES, LUCA, MAYA, NORA, SITI, TOR
from tests.shop import given_the_house

from inward.core.pricing import Wanted
from inward.core.terms import Money, Refusal
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.kit.writing import GateClosed
from inward.parties import register
from inward.trade import operations, queries, terms
from inward.trade.models import Order, Terms, TermsAnswer
from inward.trade.operations import placing
from inward.trade.terms import About
from inward.trade.vocabulary import Settlement, TermsKind

SCHEME, PAYROLL = About(TermsKind.SCHEME, "abc-staff"), About(TermsKind.PAYROLL, "abc")
KEY, PAY = "scheme:abc-staff:1", "payroll:abc:1"
MACHINE = [Wanted("coffee-machine", 1)]
STAFF, ORDINARY = Money.of("90.75", "EUR"), Money.of("121.00", "EUR")


@pytest.fixture
def house(db):
    return given_the_house()


def published(about=SCHEME, by=HOUSE, at=AT, valid_from=ON, **texts):
    return operations.publish_terms(
        by=by, at=at, about=about, texts=texts or {"en": "Not for resale."}, valid_from=valid_from
    )


def ordered(house, part=MAYA, key="k", at=AT, expected=STAFF, accepts=(), **more):
    return operations.place_order(
        by=house.actor(part), at=at, lines=MACHINE, expected=expected, key=key, accepts=accepts, **more
    )


def missing(house, **more):
    with nothing_written(), pytest.raises(Refusal) as refused:
        ordered(house, **more)
    return refused.value.reason.code, refused.value.reason.facts["key"], refused.value.where


def test_an_order_waits_for_the_terms_of_its_scheme_and_is_placed_with_them(house):
    assert ordered(house, key="before").total == STAFF
    assert published() == KEY
    assert missing(house) == ("terms_not_accepted", KEY, "accepts")
    shown = queries.quote_for(viewer=house.actor(MAYA), at=AT, lines=MACHINE)
    assert ([(each.version.key, each.accepted) for each in shown.terms], shown.quote.total) == ([(KEY, False)], STAFF)
    assert ordered(house, accepts=[KEY]).total == STAFF
    assert ordered(house, key="next").total == STAFF
    assert [each.accepted for each in queries.quote_for(viewer=house.actor(MAYA), at=AT, lines=MACHINE).terms] == [True]
    assert TermsAnswer.objects.get().accepted_at == AT


def test_deduction_from_pay_asks_for_the_terms_of_the_employer_and_no_other_way_of_paying_does(house):
    published(PAYROLL)
    assert missing(house)[:2] == ("terms_not_accepted", PAY)
    shown = queries.quote_for(viewer=house.actor(MAYA), at=AT, lines=MACHINE, settlement=Settlement.COST_CENTRE)
    assert shown.terms == ()
    assert ordered(house, accepts=[PAY]).total == STAFF


def test_who_buys_for_a_company_or_at_the_ordinary_price_accepts_nothing(house):
    published()
    published(PAYROLL)
    bought = house.order(INES, ("widget-a", 10), customer="abc")
    assert Order.objects.filter(reference=bought.reference).exists()
    assert house.order(NORA, ("coffee-machine", 1)).total == ORDINARY
    assert not TermsAnswer.objects.exists()


def test_a_new_version_is_accepted_anew_from_its_day_and_the_old_one_stays_as_it_was(house):
    published()
    ordered(house, accepts=[KEY])
    tomorrow = AT + timedelta(days=1)
    assert published(valid_from=tomorrow.date(), en="Not for resale. Returns within 30 days.") == "scheme:abc-staff:2"
    assert ordered(house, key="today").total == STAFF
    assert missing(house, key="tomorrow", at=tomorrow)[:2] == ("terms_not_accepted", "scheme:abc-staff:2")
    assert ordered(house, key="tomorrow", at=tomorrow, accepts=["scheme:abc-staff:2"]).total == STAFF
    assert dict(Terms.objects.values_list("number", "texts"))[1] == {"en": "Not for resale."}


def test_a_version_without_text_asks_for_nothing_any_more(house):
    published()
    operations.publish_terms(by=HOUSE, at=AT, about=SCHEME, texts={"en": "  "}, valid_from=ON + timedelta(days=1))
    assert missing(house)[0] == "terms_not_accepted"
    assert ordered(house, at=AT + timedelta(days=1)).total == STAFF


def test_whoever_withdraws_orders_nothing_more_under_it_and_keeps_what_she_ordered(house):
    published()
    reference = ordered(house, accepts=[KEY]).reference
    operations.withdraw_terms(by=house.actor(MAYA), at=AT + timedelta(hours=1), key=KEY)
    assert missing(house, key="again")[0] == "terms_not_accepted"
    assert Order.objects.get(reference=reference).state == "PLACED"
    with nothing_written(), pytest.raises(NotThere):
        operations.withdraw_terms(by=house.actor(MAYA), at=AT, key=KEY)
    operations.accept_terms(by=house.actor(MAYA), at=AT + timedelta(hours=2), keys=[KEY])
    assert ordered(house, key="again").total == STAFF
    assert TermsAnswer.objects.count() == 2


def test_an_order_sent_again_after_she_withdrew_is_the_same_order_and_accepts_nothing_anew(house):
    published()
    first = ordered(house, accepts=[KEY])
    operations.withdraw_terms(by=house.actor(MAYA), at=AT + timedelta(hours=1), key=KEY)
    for accepts in ((), [KEY]):
        with nothing_written():
            again = ordered(house, at=AT + timedelta(hours=2), accepts=accepts)
        assert (again.reference, again.again) == (first.reference, True)
    assert Order.objects.count() == 1
    assert TermsAnswer.objects.get().withdrawn_at == AT + timedelta(hours=1)


def test_a_withdrawal_at_the_same_moment_lets_no_order_through(house, monkeypatch):
    published()
    operations.accept_terms(by=house.actor(MAYA), at=AT, keys=[KEY])
    decided = placing._placing

    def meanwhile(*args, **more):
        TermsAnswer.objects.update(withdrawn_at=AT)
        return decided(*args, **more)

    monkeypatch.setattr(placing, "_placing", meanwhile)
    with pytest.raises((Refusal, GateClosed)):
        ordered(house)
    assert not Order.objects.exists()


def test_accepting_twice_is_one_acceptance_and_is_noted_once_under_her_key(house):
    published()
    for _ in range(2):
        operations.accept_terms(by=house.actor(MAYA), at=AT, keys=[KEY, KEY])
    (row,) = AuditRow.objects.filter(act="trade.accept_terms")
    answer = TermsAnswer.objects.get()
    assert (row.subject, row.thing, row.facts) == (house.actor(MAYA).subject, f"answer {answer.pk}", {"terms": KEY})


def test_whoever_looks_after_her_records_does_not_read_what_she_accepted(house):
    published()
    operations.accept_terms(by=house.actor(MAYA), at=AT, keys=[KEY])
    operations.withdraw_terms(by=house.actor(MAYA), at=AT, key=KEY)
    assert AuditRow.objects.filter(subject=house.actor(MAYA).subject, act__startswith="trade.").count() == 2
    on = {"at": AT, "on": ON, "code": MAYA.code}
    sheet = register.person(viewer=house.actor(SITI), **on)
    assert [each.act for each in register.acts_on(sheet) if "terms" in each.act] == []


@pytest.mark.parametrize(
    ("wish", "code", "where"),
    [
        ({"nb": "Ikke for videresalg."}, "terms_without_text", "text_en"),
        ({"en": "x" * (operations.TERMS_LENGTH_MAX + 1)}, "terms_text_too_long", "text_en"),
        ({"valid_from": ON}, "terms_day_before_last", "valid_from"),
        ({"valid_from": ON - timedelta(days=1)}, "terms_day_before_last", "valid_from"),
    ],
)
def test_what_cannot_be_published_is_refused_by_field(house, wish, code, where):
    published()
    with nothing_written(), pytest.raises(Refusal) as refused:
        published(**{"valid_from": ON + timedelta(days=1)} | wish)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_a_second_version_never_begins_in_the_past(house):
    published(valid_from=date(2020, 1, 1))
    with nothing_written(), pytest.raises(Refusal) as refused:
        published(valid_from=ON - timedelta(days=1))
    assert refused.value.reason.code == "terms_day_before_last"


def test_terms_of_a_scheme_are_kept_with_its_prices_and_those_of_pay_with_the_books(house):
    keeper = given_actor("keeper", ("DATA_ADMINISTRATOR", "abc"))
    controller = house.actor(LUCA)
    for who, about in ((NOBODY, SCHEME), (house.actor(MAYA), SCHEME), (house.actor(TOR), PAYROLL), (keeper, PAYROLL)):
        with nothing_written(), pytest.raises(Refused):
            published(about, by=who)
    assert published(SCHEME, by=house.actor(SITI)) == KEY
    assert published(PAYROLL, by=controller) == PAY
    assert {"payroll:abc"} <= terms.keepable(viewer=controller, at=AT).keys()
    seen = terms.records(viewer=controller, at=AT, params={"kind": "PAYROLL"}).rows
    assert [each.key for each in seen] == ["payroll:abc"]
    assert terms.records(viewer=controller, at=AT, params={"text": "nothing such"}).rows == ()
    with pytest.raises(NotThere):
        terms.record(viewer=house.actor(MAYA), at=AT, key="payroll:abc")
    for key in ("nothing:abc", "payroll:nobody", "payroll:xyz"):
        with pytest.raises(NotThere):
            terms.record(viewer=controller, at=AT, key=key)


def test_how_many_accept_is_told_only_where_they_are_not_few(house):
    published()
    for part in (MAYA, TOR):
        operations.accept_terms(by=house.actor(part), at=AT, keys=[KEY])
    published(PAYROLL)
    assert terms.record(viewer=HOUSE, at=AT, key="scheme:abc-staff").accepted is None
    operations.accept_terms(by=house.actor(INES), at=AT, keys=[KEY])
    assert terms.record(viewer=HOUSE, at=AT, key="scheme:abc-staff").accepted == 3
    with CaptureQueriesContext(connection) as asked:
        listed = terms.records(viewer=HOUSE, at=AT, params={}).rows
    assert {each.key: each.accepted for each in listed} == {"scheme:abc-staff": 3, "payroll:abc": None}
    assert sum("termsanswer" in query["sql"] for query in asked) == 1
    assert terms.record(viewer=HOUSE, at=AT - timedelta(days=1), key="scheme:abc-staff").accepted is None


def test_everybody_reads_her_own_and_what_is_open_to_her(house):
    published()
    published(PAYROLL)
    operations.accept_terms(by=house.actor(MAYA), at=AT, keys=[KEY])
    found = {each.version.key: each.accepted_at for each in terms.own(viewer=house.actor(MAYA), at=AT)}
    assert found == {KEY: AT, PAY: None}
    assert terms.own(viewer=house.actor(NORA), at=AT) == terms.own(viewer=NOBODY, at=AT) == ()
    later = AT + timedelta(days=1)
    published(valid_from=later.date())
    old = terms.own_one(viewer=house.actor(MAYA), at=later, key=KEY)
    assert (old.in_force, old.accepted_at) == (False, AT)
    assert not terms.own_one(viewer=house.actor(TOR), at=later, key=KEY).in_force
    assert terms.own_one(viewer=house.actor(LUCA), at=AT, key=PAY).version.key == PAY
    for key in (KEY, "scheme:abc-staff:9", "scheme:abc-staff:x", "scheme:abc-staff:²", "what", "payroll:abc"):
        with pytest.raises(NotThere):
            terms.own_one(viewer=house.actor(NORA), at=AT, key=key)


def test_what_was_published_and_accepted_this_very_moment_is_told_with_the_next_question(house):
    published()
    operations.accept_terms(by=house.actor(MAYA), at=AT, keys=[KEY])
    maya = TermsAnswer.objects.get().person_id
    fresh = Terms.objects.create(
        kind="SCHEME", about="abc-staff", number=2, valid_from=ON + timedelta(days=1), texts={}, published_at=AT
    )
    TermsAnswer.objects.create(person_id=maya, terms=fresh, accepted_at=AT)
    assert [each.version.key for each in terms.own(viewer=house.actor(MAYA), at=AT)] == [KEY]


def test_nobody_accepts_for_another_nor_without_being_a_person(house):
    published()
    with nothing_written(), pytest.raises((Refused, NotThere)):
        operations.accept_terms(by=NOBODY, at=AT, keys=[KEY])
    with nothing_written(), pytest.raises((Refused, NotThere)):
        operations.withdraw_terms(by=NOBODY, at=AT, key=KEY)
    with nothing_written(), pytest.raises(Refused):
        operations.accept_terms(by=HOUSE, at=AT, keys=[KEY])
    with nothing_written(), pytest.raises(NotThere):
        operations.accept_terms(by=house.actor(NORA), at=AT, keys=[KEY])


def test_a_scheme_that_is_gone_and_a_name_that_is_none_read_as_their_code(house):
    assert terms.name_of(About(TermsKind.SCHEME, "gone"), on=ON) == "gone"
    assert terms.name_of(SCHEME, on=date(1990, 1, 1)) == "ABC staff purchase"
    assert terms.name_of(PAYROLL, on=ON) == "ABC Retail"
    for key in ("scheme:gone", "payroll:gone", "else:abc"):
        with pytest.raises(NotThere):
            terms.about_of(key)
    assert terms.about_of("payroll:abc") == PAYROLL
