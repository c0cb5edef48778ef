"""What is said of the parties: companies, holdings, units, people and their work relationships, each with its days.

Plain values that judge nothing and check nothing; ``door`` checks them together and ``graph`` makes a world of them.
Identifiers are plain strings, unique over all parties of a world.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from inward.core.terms.period import ALWAYS, Period


class WorkKind(Enum):
    """How a person works for a company (the words of product.md)."""

    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"
    TEMPORARY = "TEMPORARY"
    CONTRACTOR = "CONTRACTOR"
    AGENT = "AGENT"
    DIRECTOR = "DIRECTOR"
    RETIREE = "RETIREE"


@dataclass(frozen=True, slots=True)
class Company:
    """A legal entity."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """``owner`` holds ``votes`` (a fraction of one) of ``owned`` during ``period``. ``capital`` defaults to the votes."""

    id: str
    owner: str
    owned: str
    votes: Fraction
    period: Period = ALWAYS
    capital: Fraction | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A department or team of ``company``, below ``parent`` (a unit of the same company) or at its top.

    A unit that moves keeps its id and has one such record for each stretch of days.
    """

    id: str
    company: str
    parent: str | None = None
    name: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Person:
    """Someone; what she is to a company is said by work relationships."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkRelationship:
    """``person`` works for ``company`` (in ``unit``, if known) as ``kind`` during ``period``.

    The unit may belong to another company: a shared service centre serves several.
    """

    id: str
    person: str
    company: str
    kind: WorkKind
    period: Period = ALWAYS
    unit: str | None = None
