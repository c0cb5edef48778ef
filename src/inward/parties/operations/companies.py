"""Companies become known, and what registers say of them changes."""

from datetime import date, datetime

from inward.core.classification import CompanyKind
from inward.core.terms import Reason, Refusal
from inward.core.terms.money import as_currency
from inward.kit import clock, outbox
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.records import correct
from inward.parties import policy
from inward.parties.announcements import CompanyFounded, RegistrationChanged
from inward.parties.changing import (
    COUNTRY,
    CURRENCY,
    NO_SOURCE,
    Source,
    changing,
    check_length,
    check_within,
    learned,
    new_party,
    note,
    party_of,
    said_by,
)
from inward.parties.models import Registration
from inward.parties.vocabulary import PartyKind

REGISTER_NUMBER_LENGTH_MAX = 60


def found_company(
    *,
    by: Actor,
    at: datetime,
    code: str,
    name: str,
    currency: str,
    functional_currency: str = "",
    register_number: str = "",
    country: str = "",
    time_zone: str = "UTC",
    kind: CompanyKind = CompanyKind.COMPANY,
    valid_from: date | None = None,
    source: Source = NO_SOURCE,
) -> str:
    """Make a company known; returns its code.

    1. Refuse what policy refuses.                     3. Keep the party and what the register says of it.
    2. Refuse a code that is taken or unusable,        4. Bump the version, audit, announce CompanyFounded.
       currencies, countries and zones there are not.
    The books are kept in ``currency`` unless ``functional_currency`` says otherwise. Raises Refused, Refusal.
    """
    require(policy.may_administer_everything(by, on=at.date()))
    check_registration(currency, functional_currency or currency, country, time_zone)
    check_length("register_number", register_number, REGISTER_NUMBER_LENGTH_MAX)
    with changing():
        party = new_party(at, code, PartyKind.COMPANY, name)
        Registration.objects.create(
            company=party,
            register_number=register_number,
            country=country,
            currency=as_currency(currency),
            functional_currency=as_currency(functional_currency or currency),
            time_zone=time_zone,
            kind=kind.value,
            valid_from=valid_from,
            **learned(at, source),
        )
        note(by, at, "found_company", code, {"country": country, "currency": currency}, source)
        outbox.announce(CompanyFounded(code), by=by, at=at)
    return code


def change_registration(
    *,
    by: Actor,
    at: datetime,
    company: str,
    valid_from: date | None,
    register_number: str = "",
    country: str = "",
    currency: str,
    time_zone: str,
    kind: CompanyKind | None = None,
    source: Source = NO_SOURCE,
) -> None:
    """Record that a register says otherwise of a company from a day on. What its books are kept in stays: they stand in it.

    Without a ``kind`` it stays the sort of body it is.

    1. Wait; refuse what policy refuses.             3. On its first day: correct it. Later: end it and add a new fact.
    2. Refuse currencies, countries and zones there  4. Bump, audit, announce RegistrationChanged.
       are not, and a day outside what is said now.
    Raises Refused, Refusal, NotThere (no such company).
    """
    with changing():
        party = party_of(company, PartyKind.COMPANY)
        require(policy.may_administer(by, companies=[company], on=at.date()))
        fact = Registration.objects.current().get(company=party, valid_until=None)
        check_registration(currency, fact.functional_currency, country, time_zone)
        check_length("register_number", register_number, REGISTER_NUMBER_LENGTH_MAX)
        check_within(fact, valid_from)
        change = {
            "register_number": register_number,
            "country": country,
            "currency": as_currency(currency),
            "time_zone": time_zone,
            "kind": fact.kind if kind is None else kind.value,
        }
        if valid_from == fact.valid_from:
            correct(fact, at=at, **change, **said_by(source))
        else:
            ended = correct(fact, at=at, valid_until=valid_from)
            Registration.objects.create(
                company=party,
                functional_currency=ended.functional_currency,
                valid_from=valid_from,
                **change,
                **learned(at, source),
            )
        starts = "" if valid_from is None else valid_from.isoformat()
        facts = {"country": country, "currency": currency, "valid_from": starts}
        note(by, at, "change_registration", company, facts, source)
        outbox.announce(RegistrationChanged(company, starts), by=by, at=at)


def check_registration(currency: str, functional_currency: str, country: str, time_zone: str) -> None:
    """Refusal for what no register could say: currencies and countries not written in their codes, no such zone."""
    for field, code in (("currency", currency), ("functional_currency", functional_currency)):
        if not CURRENCY.fullmatch(code):
            raise Refusal(Reason.of("currency_not_usable", currency=code), where=field)
    if country and not COUNTRY.fullmatch(country):
        raise Refusal(Reason.of("country_not_usable", country=country), where="country")
    if time_zone not in clock.zones():
        raise Refusal(Reason.of("zone_not_known", time_zone=time_zone), where="time_zone")
