"""The named people and companies of product.md's world, with fixed days, so that every test tells of the same house.

``given_the_group`` makes the companies and who holds them; ``given_the_cast`` also the departments, the people, their
sign-ins and roles. Both go through the operations; the day of the tests is ``builders.ON`` (24 November 2026).
"""

from dataclasses import dataclass
from datetime import date

from inward.core.classification import WorkKind
from tests.builders import (
    actor,
    given_company,
    given_holding,
    given_person,
    given_role,
    given_unit,
    given_user,
    given_work,
)

JKL, ABC, XYZ, HARBOUR, FJORD, BELLAVISTA = "jkl", "abc", "xyz", "harbour", "fjord", "bellavista"
NORTHGATE, MERIDIAN, SOLBERG, KESTREL = "northgate", "meridian", "solberg", "kestrel"

COMPANIES = (
    (JKL, "JKL Group", "NL"),
    (ABC, "ABC Retail", "NL"),
    (XYZ, "XYZ Widgets", "NL"),
    (HARBOUR, "Harbour Insurance", "NL"),
    (FJORD, "Fjord Telecom", "NO"),
    (BELLAVISTA, "Hotel Bellavista", "IT"),
    (NORTHGATE, "Northgate Logistics", "NL"),
    (MERIDIAN, "Meridian Freight", "NL"),
    (SOLBERG, "Solberg Foods", "NO"),
    (KESTREL, "Kestrel Café", "NL"),
)

HOLDINGS = (
    (JKL, ABC, 80),
    (JKL, XYZ, 60),
    (JKL, HARBOUR, 100),
    (JKL, FJORD, 75),
    (HARBOUR, BELLAVISTA, 30),
    (ABC, BELLAVISTA, 25),
    (JKL, NORTHGATE, 50),
    (MERIDIAN, NORTHGATE, 50),
    (JKL, SOLBERG, 30),
)
"""Percent held since ``builders.LONG_AGO``: a joint venture of halves, an associate of 30 %, a hotel held by two."""

UNITS = (
    ("jkl-it", JKL, "IT", None),
    ("jkl-finance", JKL, "Finance", None),
    ("abc-it", ABC, "IT", None),
    ("abc-marketing", ABC, "Marketing", None),
    ("abc-purchasing", ABC, "Purchasing", None),
    ("abc-shops", ABC, "Shops", None),
    ("abc-shop-centre", ABC, "Shop Centre", "abc-shops"),
    ("abc-shop-harbour", ABC, "Shop Harbour", "abc-shops"),
    ("xyz-sales", XYZ, "Sales", None),
    ("xyz-plant", XYZ, "Plant", None),
    ("xyz-moulding", XYZ, "Moulding", "xyz-plant"),
    ("xyz-assembly", XYZ, "Assembly", "xyz-plant"),
    ("bellavista-kitchen", BELLAVISTA, "Kitchen", None),
    ("bellavista-service", BELLAVISTA, "Service", None),
)


@dataclass(frozen=True)
class Part:
    """Somebody of the cast: what she does, where, since when, in which roles."""

    code: str
    name: str
    job: str
    company: str
    unit: str | None = None
    kind: WorkKind = WorkKind.FULL_TIME
    since: date = date(2022, 5, 2)
    until: date | None = None
    roles: tuple[tuple[str, str | None], ...] = ()
    language: str = "en"


MAYA = Part("maya-lund", "Maya Lund", "Shop assistant", ABC, "abc-shop-centre", since=date(2024, 8, 26))
JONAS = Part(
    "jonas-vik",
    "Jonas Vik",
    "Shop assistant",
    ABC,
    "abc-shop-harbour",
    WorkKind.PART_TIME,
    date(2026, 10, 10),
    language="nb",
)
TOR = Part("tor-bergli", "Tor Bergli", "Shop manager", ABC, "abc-shop-centre", roles=(("SELLER", ABC),), language="nb")
INES = Part("ines-contarini", "Ines Contarini", "Buyer", ABC, "abc-purchasing", roles=(("BUYER", ABC),))
HENK = Part(
    "henk-verhoef", "Henk Verhoef", "Head of purchasing", ABC, "abc-purchasing", roles=(("BUDGET_HOLDER", ABC),)
)
RATNA = Part("ratna-wijayanti", "Ratna Wijayanti", "Key account manager", XYZ, "xyz-sales", roles=(("SELLER", XYZ),))
PIET = Part("piet-moulder", "Piet van Moulen", "Shift leader", XYZ, "xyz-moulding", roles=(("SELLER", "xyz-moulding"),))
KARIN = Part("karin-assem", "Karin Assemakers", "Planner", XYZ, "xyz-assembly", roles=(("BUYER", "xyz-assembly"),))
BRAM = Part("bram-plantinga", "Bram Plantinga", "Plant manager", XYZ, "xyz-plant", roles=(("BUDGET_HOLDER", XYZ),))
ASTRID = Part("astrid-havn", "Astrid Havn", "Insurance agent", HARBOUR, kind=WorkKind.AGENT, language="nb")
LUCA = Part(
    "luca-bilancini", "Luca Bilancini", "Group controller", JKL, "jkl-finance",
    roles=(("CONTROLLER", JKL), ("CONTROLLER", ABC), ("CONTROLLER", XYZ)),
)  # fmt: skip
SITI = Part("siti-hartati", "Siti Hartati", "Data administrator", JKL, "jkl-it", roles=(("DATA_ADMINISTRATOR", None),))
DEWI = Part("dewi-santosa", "Dewi Santosa", "Web designer", ABC, "abc-marketing", WorkKind.CONTRACTOR)
OLAV = Part(
    "olav-strandli", "Olav Strandli", "Retired manager", ABC, None, WorkKind.RETIREE, date(2026, 1, 28), language="nb"
)
MILAN = Part("milan-leaver", "Milan Vertrekker", "Shop assistant", ABC, "abc-shop-harbour", until=date(2026, 8, 26))
NORA = Part(
    "nora-quistgaard", "Nora Quistgaard", "Owner", KESTREL, None, WorkKind.DIRECTOR, roles=(("BUYER", KESTREL),)
)

CAST = (MAYA, JONAS, TOR, INES, HENK, RATNA, PIET, KARIN, BRAM, ASTRID, LUCA, SITI, DEWI, OLAV, MILAN, NORA)


def given_the_group():
    """The companies and who holds how much of whom."""
    for code, name, country in COMPANIES:
        given_company(code, name, country=country)
    for owner, owned, percent in HOLDINGS:
        given_holding(owner, owned, percent)


def given_the_cast(*parts):
    """The whole house, or only these of its people; returns the key of each user by the code of her person."""
    given_the_group()
    for code, company, name, parent in UNITS:
        given_unit(code, company, name, parent=parent)
    return {part.code: given_part(part) for part in parts or CAST}


def given_part(part):
    """One of the cast in a house that stands: person, work, sign-in, roles; returns the key of her user."""
    given_person(part.code, part.name, email=f"{part.code}@example.org")
    given_work(
        part.code,
        part.company,
        unit=part.unit,
        kind=part.kind,
        job_title=part.job,
        valid_from=part.since,
        valid_until=part.until,
    )
    user = given_user(part.code, person=part.code, email=f"{part.code}@example.org", language=part.language)
    for role, party in part.roles:
        given_role(user, role, party)
    return user


def acting(users, part, *, acting_for=None, at=None):
    """The actor that somebody of the cast is, from what ``given_the_cast`` returned."""
    more = {} if at is None else {"at": at}
    return actor(users[part.code], acting_for=acting_for, **more)
