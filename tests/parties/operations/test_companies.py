"""Companies become known; parties are called otherwise."""

from datetime import date, timedelta

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
from inward.parties.announcements import CompanyFounded, PartyRenamed, RegistrationChanged
from inward.parties.models import Party, Registration

pytestmark = pytest.mark.django_db
LATER, NEW_YEAR = AT + timedelta(days=1), date(2027, 1, 1)


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
    assert AuditRow.objects.get(act="parties.rename_party").facts == {
        "before": "ABC", "after": "ABC Retail", "valid_from": ON.isoformat(),
    }  # fmt: skip
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


def changed(**more):
    return operations.change_registration(
        **{
            "by": HOUSE,
            "at": LATER,
            "company": "abc",
            "valid_from": NEW_YEAR,
            "register_number": "999",
            "country": "NO",
            "currency": "NOK",
            "time_zone": "Europe/Oslo",
        }
        | more
    )


def said():
    facts = Registration.objects.order_by("known_from", "pk")
    return [(f.country, f.currency, f.valid_from, f.valid_until, f.known_until is None, f.source) for f in facts]


def test_a_register_says_otherwise_from_a_day_on_and_before_it_what_it_said():
    found(country="NL", functional_currency="USD")
    changed(source=operations.Source("register of 3 November"))
    assert said() == [
        ("NL", "EUR", None, None, False, ""),
        ("NL", "EUR", None, NEW_YEAR, True, ""),
        ("NO", "NOK", NEW_YEAR, None, True, "register of 3 November"),
    ]
    assert set(Registration.objects.values_list("functional_currency", flat=True)) == {"USD"}  # the books stand in it
    assert [told.valid_from for told in outbox.announced(RegistrationChanged)] == ["2027-01-01"]
    assert AuditRow.objects.get(act="parties.change_registration").facts == {
        "country": "NO",
        "currency": "NOK",
        "valid_from": "2027-01-01",
        "source": "register of 3 November",
    }


def test_on_its_first_day_a_registration_is_corrected_for_it_was_never_so():
    found(country="NL")
    changed(valid_from=None)
    assert said() == [("NL", "EUR", None, None, False, ""), ("NO", "NOK", None, None, True, "")]
    assert AuditRow.objects.get(act="parties.change_registration").facts["valid_from"] == ""


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"currency": "euro"}, "currency_not_usable", "currency"),
        ({"country": "Norway"}, "country_not_usable", "country"),
        ({"time_zone": "Oslo"}, "zone_not_known", "time_zone"),
        ({"register_number": "9" * 61}, "text_too_long", "register_number"),
    ],
)
def test_a_register_cannot_say_what_there_is_not(change, code, where):
    found()
    with nothing_written(), pytest.raises(Refusal) as refused:
        changed(**change)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_a_register_changes_only_on_days_for_which_it_speaks():
    found(valid_from=ON)
    with nothing_written(), pytest.raises(Refusal) as refused:
        changed(valid_from=date(2020, 1, 1))
    assert refused.value.reason.code == "change_outside_period"
    with nothing_written(), pytest.raises(Refusal):
        changed(valid_from=None)


def test_a_register_number_that_no_column_holds_is_refused_from_the_start():
    with nothing_written(), pytest.raises(Refusal) as refused:
        found(register_number="9" * 61)
    assert refused.value.where == "register_number"


def test_only_its_data_administrators_change_what_a_register_says():
    found()
    found(code="xyz", name="XYZ")
    stranger = given_actor("xeno", ("DATA_ADMINISTRATOR", "xyz"))
    with nothing_written(), pytest.raises(Refused):
        changed(by=stranger)
    with pytest.raises(NotThere):
        changed(company="nobody")
    changed(by=given_actor("abe", ("DATA_ADMINISTRATOR", "abc")))
    assert said()[-1][0] == "NO"


def test_why_a_party_was_renamed_is_kept_with_the_act():
    found()
    operations.rename_party(by=HOUSE, at=AT, party="abc", name="ABC", source=operations.Source("board, 3 May"))
    assert AuditRow.objects.get(act="parties.rename_party").facts == {
        "before": "ABC Retail",
        "after": "ABC",
        "valid_from": ON.isoformat(),
        "source": "board, 3 May",
    }
