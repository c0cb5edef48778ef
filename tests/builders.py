"""Builders that every test may use: a world made through the operations of the rooms, never by writing tables.

Each ``given_…`` makes one thing with sensible rest, and returns what the tests go on with (a code, a key, an actor). The
named people and companies are in ``cast``.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from fractions import Fraction

from django.apps import apps
from django.db import connection

from inward.access import operations as access
from inward.access import queries as who
from inward.access.vocabulary import Role
from inward.core.classification import Tie, WorkKind
from inward.kit import kept
from inward.kit.actor import Actor
from inward.parties import operations as parties
from inward.parties.vocabulary import Purpose

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""The instant at which tests happen unless they say otherwise."""

ON = AT.date()
LONG_AGO = date(2015, 1, 1)
HOUSE = Actor.system("tests", via="cli")
PASSWORD = "harbour-lighthouse-27"


def given_company(code, name="", *, currency="EUR", country="NL", **more):
    """A company."""
    return parties.found_company(
        by=HOUSE, at=AT, code=code, name=name or code.upper(), currency=currency, country=country, **more
    )


def given_holding(owner, owned, percent, *, valid_from=LONG_AGO, valid_until=None, **more):
    """``owner`` holds so many percent (a whole number or text such as "100/3") of ``owned``."""
    return parties.record_holding(
        by=HOUSE,
        at=AT,
        owner=owner,
        owned=owned,
        votes=Fraction(percent) / 100,
        valid_from=valid_from,
        valid_until=valid_until,
        **more,
    )


def given_unit(code, company, name="", *, parent=None, valid_from=LONG_AGO, valid_until=None):
    """A unit of a company."""
    return parties.open_unit(
        by=HOUSE,
        at=AT,
        code=code,
        name=name or code.rpartition("-")[2].capitalize(),
        company=company,
        parent=parent,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def given_person(code, name="", *, email=""):
    """A person who works for nobody yet."""
    return parties.add_person(by=HOUSE, at=AT, code=code, name=name or code.replace("-", " ").title(), email=email)


def given_work(person, company, *, unit=None, kind=WorkKind.FULL_TIME, valid_from=LONG_AGO, valid_until=None, **more):
    """A work relationship; returns its code."""
    return parties.start_work(
        by=HOUSE,
        at=AT,
        person=person,
        company=company,
        unit=unit,
        kind=kind,
        valid_from=valid_from,
        valid_until=valid_until,
        **more,
    )


def given_employee(
    code, company, *, unit=None, kind=WorkKind.FULL_TIME, valid_from=LONG_AGO, valid_until=None, name=""
):
    """A person who works for a company; returns her code."""
    given_person(code, name)
    given_work(code, company, unit=unit, kind=kind, valid_from=valid_from, valid_until=valid_until)
    return code


def given_household_rule(*purposes, family="spouse_minor", valid_from=LONG_AGO):
    """An inside rule that counts households serves these purposes: nothing is kept of any without one. Returns its code."""
    parties.keep_definition(
        by=HOUSE, at=AT, code="near", name="With families", body={"family": family}, valid_from=LONG_AGO
    )
    for purpose in purposes or (Purpose.PRICE,):
        parties.choose_definition(by=HOUSE, at=AT, purpose=purpose, definition="near", valid_from=valid_from)
    return "near"


def given_household(person, member, *, tie=Tie.SPOUSE, purposes=(Purpose.PRICE,), valid_from=LONG_AGO, **more):
    """``member`` belongs to the household of ``person``, who works; returns its code."""
    return parties.declare_household(
        by=HOUSE, at=AT, person=person, member=member, tie=tie, purposes=purposes, valid_from=valid_from, **more
    )


def given_user(username, *, person=None, email="", password=PASSWORD, language="en", time_zone="UTC"):
    """Somebody who can sign in; returns the key of the user."""
    return access.invite_user(
        by=HOUSE,
        at=AT,
        username=username,
        person=person,
        email=email,
        password=password,
        language=language,
        time_zone=time_zone,
    )


def given_role(user, role, party=None, *, valid_from=LONG_AGO, valid_until=None):
    """A role of a user over a party (None: everything); returns the grant's reference."""
    return access.grant_role(
        by=HOUSE, at=AT, user=user, role=Role(role), party=party, valid_from=valid_from, valid_until=valid_until
    )


def given_actor(username, *roles, person=None, acting_for=None, at=AT, **more):
    """A new user with roles, as the actor she is when she comes in: ``("BUYER", "abc")`` or ``("DATA_ADMINISTRATOR", None)``."""
    user = given_user(username, person=person, **more)
    for role, party in roles:
        given_role(user, role, party)
    return actor(user, acting_for=acting_for, at=at)


def actor(user, *, acting_for=None, at=AT, via="web"):
    """The actor that a user is at that instant."""
    return who.actor_for(user, acting_for=acting_for, via=via, at=at)


@contextmanager
def nothing_written():
    """Fails when the block wrote, changed or removed a row of the house's own tables (sequences and sessions apart)."""
    before = _rows()
    yield
    assert _rows() == before


def _rows():
    return {
        model._meta.label: sorted(map(str, model._default_manager.values_list()))
        for model in apps.get_models()
        if model.__module__.startswith("inward.")
    }


@contextmanager
def committed():
    """For tests marked ``django_db(transaction=True)``: tables empty before and after, also those that only grow."""
    _empty()
    try:
        yield
    finally:
        _empty()
        kept.forget_all()


def _empty():
    """Remove every row, although some tables only grow: their triggers step aside for this clean-up alone."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label != "contenttypes"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA foreign_keys = OFF")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("PRAGMA foreign_keys = ON")
        for _, sql in triggers:
            cursor.execute(sql)
