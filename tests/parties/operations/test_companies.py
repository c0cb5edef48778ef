"""Companies become known; parties are called otherwise."""

import pytest
from tests.builders import (
    AT,
    HOUSE,
    ON,
    given_actor,
    given_company,
    given_employee,
    given_person,
    given_unit,
    nothing_written,
)

from inward.core.terms import Refusal
from inward.kit import outbox, versions
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import operations, queries
from inward.parties.announcements import CompanyFounded, PartyRenamed
from inward.parties.models import Party, Registration

pytestmark = pytest.mark.django_db


def found(**more):
    return operations.found_company(
        **{"by": HOUSE, "at": AT, "code": "abc", "name": "ABC Retail", "currency": "EUR"} | more
    )


def test_a_company_is_known_with_what_the_register_says_of_it():
    before = versions.current("parties")["parties"]
    assert (
        found(register_number="12345678", country="NL", functional_currency="USD", time_zone="Europe/Amsterdam")
        == "abc"
    )
    fact = Registration.objects.get()
    assert (fact.company.code, fact.register_number, fact.country) == ("abc", "12345678", "NL")
    assert (fact.currency, fact.functional_currency, fact.time_zone) == ("EUR", "USD", "Europe/Amsterdam")
    assert (fact.known_from, fact.known_until, fact.valid_from, fact.valid_until) == (AT, None, None, None)
    assert queries.name_of("abc") == "ABC Retail"
    assert versions.current("parties")["parties"] == before + 1
    assert [told.company for told in outbox.announced(CompanyFounded)] == ["abc"]
    assert list(AuditRow.objects.values_list("act", "thing", "subject")) == [
        ("parties.found_company", "abc", "system:tests")
    ]


def test_books_are_kept_in_the_currency_of_prices_unless_said_otherwise():
    found()
    assert Registration.objects.get().functional_currency == "EUR"


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"code": "a b"}, "code_not_usable", "code"),
        ({"code": ""}, "code_not_usable", "code"),
        ({"code": "x" * 121}, "code_not_usable", "code"),
        ({"code": "=abc"}, "code_not_usable", "code"),
        ({"name": "  "}, "name_not_usable", "name"),
        ({"name": "x" * 201}, "name_not_usable", "name"),
        ({"currency": "euro"}, "currency_not_usable", "currency"),
        ({"functional_currency": "eu"}, "currency_not_usable", "functional_currency"),
        ({"country": "Norway"}, "country_not_usable", "country"),
        ({"time_zone": "Europe/Bergen"}, "zone_not_known", "time_zone"),
    ],
)
def test_what_no_register_could_say_is_refused_and_nothing_written(change, code, where):
    with nothing_written(), pytest.raises(Refusal) as refused:
        found(**change)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_a_code_that_is_taken_by_anybody_is_refused():
    given_person("abc")
    with nothing_written(), pytest.raises(Refusal) as refused:
        found()
    assert refused.value.reason.code == "id_twice"


def test_only_administrators_of_everything_found_companies():
    given_company("xyz")
    admin = given_actor("admin", ("DATA_ADMINISTRATOR", "xyz"))
    for by in (admin, NOBODY):
        with nothing_written(), pytest.raises(Refused):
            found(by=by)


def test_a_company_is_called_otherwise_and_audit_says_how_it_was_called():
    given_company("abc", "ABC")
    operations.rename_party(by=HOUSE, at=AT, party="abc", name=" ABC Retail ")
    assert queries.name_of("abc") == "ABC Retail"
    assert AuditRow.objects.get(act="parties.rename_party").facts == {"before": "ABC", "after": "ABC Retail"}
    assert [told.party_id for told in outbox.announced(PartyRenamed)] == [Party.objects.get(code="abc").id]


def test_a_unit_is_renamed_by_administrators_of_its_company_and_nobody_elses():
    given_company("abc")
    given_company("xyz")
    given_unit("abc-it", "abc", "IT")
    own, other = given_actor("own", ("DATA_ADMINISTRATOR", "abc")), given_actor("other", ("DATA_ADMINISTRATOR", "xyz"))
    with nothing_written(), pytest.raises(Refused):
        operations.rename_party(by=other, at=AT, party="abc-it", name="ICT")
    operations.rename_party(by=own, at=AT, party="abc-it", name="ICT")
    assert queries.world().unit["abc-it"][0].name == "ICT"


def test_a_person_is_renamed_by_administrators_of_her_employer_without_a_name_in_the_audit():
    given_company("abc")
    given_employee("maya-lund", "abc", name="Maya Lund")
    own = given_actor("own", ("DATA_ADMINISTRATOR", "abc"))
    operations.rename_party(by=own, at=AT, party="maya-lund", name="Maya Berg")
    assert queries.name_of("maya-lund") == "Maya Berg"
    row = AuditRow.objects.get(act="parties.rename_party")
    assert (row.thing, row.facts) == (queries.subject_of("maya-lund"), {})


def test_whoever_may_not_rename_a_person_does_not_learn_that_she_is_known():
    given_company("abc")
    given_company("xyz")
    given_employee("maya-lund", "abc")
    other = given_actor("other", ("DATA_ADMINISTRATOR", "xyz"))
    for party in ("maya-lund", "unknown"):
        with nothing_written(), pytest.raises(NotThere):
            operations.rename_party(by=other, at=AT, party=party, name="X")


def test_no_name_is_no_name():
    given_company("abc", "ABC")
    with nothing_written(), pytest.raises(Refusal):
        operations.rename_party(by=HOUSE, at=AT, party="abc", name="")
    assert queries.company_of("abc", on=ON) == "abc"
