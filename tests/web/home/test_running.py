"""My subscriptions in the browser: what runs, one of them, ending it, keeping it, changing its plan."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from tests.builders import AT, HOUSE, ON, given_household, given_household_rule, given_person
from tests.cast import JONAS, MAYA, TOR
from tests.trade.test_household import scheme
from tests.trade.test_running import at, bill, leaves, taken
from tests.trade.test_running import shop as shop  # noqa: PLC0414 - a fixture
from tests.web.reading import form, words

from inward.core.classification import Tie
from inward.kit import clock
from inward.trade import operations as trade
from inward.trade.models import Running, TermsAnswer
from inward.trade.terms import About
from inward.trade.vocabulary import TermsKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    with clock.shifted(AT):
        yield


def in_norwegian(text):
    with translation.override("nb"):
        return gettext(text)


def seen(client, name, *args):
    return words(client.get(reverse(name, args=args)))


def test_what_runs_is_listed_with_its_next_charge_and_price(shop, today):
    taken(shop, MAYA)

    said = seen(shop.browser(MAYA), "running")

    assert "DSL" in said
    assert "24 December 2026" in said
    assert "30.00" in said
    assert in_norwegian("Nothing runs") in seen(shop.browser(JONAS), "running")
    assert "Maya Lund" in seen(shop.browser(TOR), "running_all")


def test_one_says_what_was_charged_why_and_how_it_can_end(shop, today):
    reference = taken(shop, MAYA)

    said = seen(shop.browser(MAYA), "running_one", reference)

    assert "Next charge 24 December 2026: €30.00" in said
    assert "8 December 2026 at the earliest" in said
    assert "DSL-FAST" in said
    assert "Change for" in said
    assert shop.browser(JONAS).get(reverse("running_one", args=[reference])).status_code == 404


def test_it_is_ended_kept_and_changed_by_its_forms(shop, today):
    reference, browser = taken(shop, MAYA), shop.browser(MAYA)

    browser.post(reverse("running_end", args=[reference]), {"last_day": "no day"})
    browser.post(reverse("running_end", args=[reference]), {"last_day": "2026-11-25"})
    assert Running.objects.get().ends_on is None
    browser.post(reverse("running_end", args=[reference]), {"last_day": "2026-12-31"})
    assert Running.objects.get().ends_on == date(2027, 1, 1)
    assert "Let it go on after all" in seen(browser, "running_one", reference)
    browser.post(reverse("running_keep", args=[reference]))
    assert Running.objects.get().ends_on is None

    change = reverse("running_change", args=[reference])
    browser.post(change, {"offering": "dsl-fast", "expected": "much", "key": "k"})
    browser.post(change, {"offering": "dsl-fast", "expected": "44.00 EUR", "key": "k"})
    assert Running.objects.get().ends_on is None
    browser.post(change, {"offering": "dsl-fast", "expected": "45.00 EUR", "key": "k"})
    assert [row.ended_how for row in Running.objects.order_by("id")] == ["CHANGED", ""]


def test_another_plan_asks_for_the_terms_that_are_not_accepted_and_without_the_tick_nothing_changes(shop, today):
    reference, browser = taken(shop, MAYA), shop.browser(MAYA)
    for about in (About(TermsKind.SCHEME, "abc-staff"), About(TermsKind.PAYROLL, "abc")):
        trade.publish_terms(by=HOUSE, at=AT, about=about, texts={"en": "Not for resale."}, valid_from=ON)
    keys = ["scheme:abc-staff:1", "payroll:abc:1"]

    page = browser.get(reverse("running_one", args=[reference]))
    assert "I have read and accept the terms of ABC staff purchase, version 1" in words(page)
    assert "I accept that ABC Retail deducts it from my pay, by the terms, version 1" in words(page)
    asked = re.findall(r'<input[^>]* required name="accepts" value="([^"]+)" id="([^"]+)"', page.content.decode())
    assert [key for key, _ in asked] == keys * 2  # another line and the cover
    assert len({place for _, place in asked}) == 4

    change = reverse("running_change", args=[reference])
    sent = {name: values[-1] for name, values in form(page, change).items() if name != "accepts"}
    sent |= {"offering": "dsl-fast", "expected": "45.00 EUR"}
    refused = browser.post(change, sent | {"accepts": keys[:1]}, follow=True)
    assert "Read and accept the terms" in words(refused)
    assert Running.objects.get().ends_on is None
    assert not TermsAnswer.objects.exists()

    browser.post(change, sent | {"accepts": keys})
    assert [row.ended_how for row in Running.objects.order_by("id")] == ["CHANGED", ""]
    assert sorted(TermsAnswer.objects.values_list("terms__about", flat=True)) == ["abc", "abc-staff"]


def test_what_changes_a_price_is_told_to_her_in_advance_and_to_others_on_its_day(shop, today):
    reference = taken(shop, MAYA)
    leaves(MAYA, date(2027, 1, 1))
    bill(AT)

    said = seen(shop.browser(MAYA), "running_one", reference)
    assert "From 1 January 2027 on a period costs €40.00 instead of €30.00" in said
    assert "DSL" in seen(shop.browser(MAYA), "running_changes")
    assert "1. januar 2027" not in seen(shop.browser(TOR), "running_one", reference)
    assert in_norwegian("Nothing changed a price") in seen(shop.browser(TOR), "running_changes")
    with clock.shifted(at(1, 1, 2027)):
        assert "1. januar 2027" in seen(shop.browser(TOR), "running_one", reference)
        assert "Maya Lund" in seen(shop.browser(TOR), "running_changes")


def test_an_offering_that_runs_says_how_and_goes_in_no_basket(shop, today):
    said = seen(shop.browser(MAYA), "offering", "cover")

    assert "Insurance cover, every month, bound for 12 months, renews by itself, 30 days’ notice" in said
    assert "Put in the basket" not in said


def test_its_order_leads_to_it_and_takes_nothing_back(shop, today):
    reference = taken(shop, MAYA)

    said = seen(shop.browser(TOR), "order", reference)

    assert in_norwegian("What runs since") in said
    assert in_norwegian("Take goods back") not in said


def test_the_office_keeps_a_plan(shop, today):
    from tests.cast import SITI

    page = shop.browser(SITI).get("/office/offerings/cover/")

    assert "Runs on as Insurance cover" in words(page)


def test_letters_tell_of_a_price_and_an_end(shop, today):
    from inward.notices.models import Notice
    from inward.web.letters.sending import render

    taken(shop, MAYA)
    taken(shop, MAYA, "cover", key="c")
    leaves(MAYA, date(2027, 1, 1))
    bill(AT)
    from inward.kit import worker

    while worker.drain():
        pass

    told = {notice.code: notice for notice in Notice.objects.filter(code__startswith="running")}
    assert set(told) == {"running_repriced", "running_ends"}
    from inward.notices import queries as notices

    letters = {due.code: render(due, "en") for due in notices.due(at=at(1, 1, 2027)) if due.code in told}
    assert letters["running_repriced"].subject == "DSL: another price from 1 January 2027"
    assert letters["running_ends"].subject == "COVER ends on 1 January 2027"
    assert "40.00 EUR instead of 30.00 EUR" in letters["running_repriced"].text


def test_for_whom_of_the_household_it_is_stands_on_her_page_and_on_nobody_elses(shop, today):
    scheme(household=frozenset({Tie.CHILD}))
    given_household_rule()
    given_person("kim", "Kim Lund")
    given_household(MAYA.code, "kim", tie=Tie.CHILD)
    reference = taken(shop, MAYA, beneficiary="kim")
    for name, args in (("running", []), ("running_one", [reference])):
        assert "Kim Lund" in seen(shop.browser(MAYA), name, *args)
    for name, args in (("running_all", []), ("running_one", [reference])):
        said = seen(shop.browser(TOR), name, *args)
        assert "Maya Lund" in said
        assert "Kim" not in said
