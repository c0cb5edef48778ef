"""What is said of the parties: companies, holdings, rights, units, people, work and households, each with its days.

Plain values that judge nothing and check nothing; ``door`` checks them together and ``graph`` makes a world of them.
Identifiers are plain strings, unique over all parties of a world.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from inward.core.terms.period import ALWAYS, Period


class WorkKind(Enum):
    """How a person works for a company (the words of product.md)."""

    FULL_TIME = "FULL_TIME"
    PART_TIME = "PART_TIME"
    TEMPORARY = "TEMPORARY"
    CONTRACTOR = "CONTRACTOR"
    AGENCY = "AGENCY"
    """Hired out by a temporary-work agency, which employs her."""
    AGENT = "AGENT"
    DIRECTOR = "DIRECTOR"
    INTERN = "INTERN"
    VOLUNTEER = "VOLUNTEER"
    RETIREE = "RETIREE"


class CompanyKind(Enum):
    """What sort of body a company is, where that matters to who is inside."""

    COMPANY = "COMPANY"
    BRANCH = "BRANCH"
    """The same legal person as its head office (``RightKind.BRANCH``), with books or taxes of its own."""
    FUND = "FUND"
    ARRANGEMENT = "ARRANGEMENT"
    """A trust, a nomination or another arrangement that holds for others."""
    STATE = "STATE"
    POOL = "POOL"
    """Holders of whom nothing more is known."""


class RightKind(Enum):
    """Power over a company, or knowledge about its parents, that is no share of votes."""

    BOARD_MAJORITY = "BOARD_MAJORITY"
    CONTRACT = "CONTRACT"
    ARTICLES = "ARTICLES"
    LAW = "LAW"
    DE_FACTO = "DE_FACTO"
    JOINT_CONTROL = "JOINT_CONTROL"
    """Holders who share one ``agreement`` decide unanimously: IFRS 11."""
    CONSOLIDATION = "CONSOLIDATION"
    """The holder is said to consolidate the target fully, as its closest parent. No percentage follows from it."""
    ULTIMATE_CONSOLIDATION = "ULTIMATE_CONSOLIDATION"
    NOMINATOR = "NOMINATOR"
    """What the target (a nominee) holds of ``over`` (None: of anyone) it votes as the holder tells it."""
    BRANCH = "BRANCH"
    """The holder is the head office, the target its branch."""
    FUND_MANAGER = "FUND_MANAGER"
    UMBRELLA = "UMBRELLA"
    MASTER = "MASTER"
    UNKNOWN_PARENT = "UNKNOWN_PARENT"
    """Somebody controls the target and is not known: NON_PUBLIC, NO_LEI. No holder is named."""
    TOP = "TOP"
    """Nobody above the target: NATURAL_PERSONS, NO_KNOWN_PERSON. No holder is named."""


class Tie(Enum):
    """What somebody in a household is to the person."""

    SPOUSE = "SPOUSE"
    PARTNER = "PARTNER"
    CHILD = "CHILD"
    PARENT = "PARENT"
    SIBLING = "SIBLING"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Band:
    """From ``low`` to ``high``, fractions of one; each end belongs to it unless it is open: (25 %, 50 %] and the like."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """A legal entity, or what is treated as one. ``country`` is ISO 3166-1 alpha-2 or empty."""

    id: str
    name: str = ""
    kind: CompanyKind = CompanyKind.COMPANY
    country: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """``owner`` holds ``votes`` (a fraction of one) of ``owned`` during ``period``. ``capital`` defaults to the votes.

    Where only a band is known, ``votes_band`` says it and ``votes`` is its low end; the same for the capital. A company that
    holds itself holds treasury shares.
    """

    id: str
    owner: str
    owned: str
    votes: Fraction
    period: Period = ALWAYS
    capital: Fraction | None = None
    source: str = ""
    votes_band: Band | None = None
    capital_band: Band | None = None


@dataclass(frozen=True, slots=True)
class ShareClass:
    """A class of shares of ``company``: how many are issued, how many votes and what part of dividends each carries.

    A class that changed has one such record for each stretch of days: the first bears the id of the class, later ones name it
    in ``version_of``. Shares are held of the class, whichever version holds on the day.
    """

    id: str
    company: str
    issued: Fraction
    votes_each: Fraction = Fraction(1)
    dividend_each: Fraction = Fraction(1)
    period: Period = ALWAYS
    name: str = ""
    version_of: str = ""

    @property
    def series(self) -> str:
        """The id by which shares of the class are held."""
        return self.version_of or self.id


@dataclass(frozen=True, slots=True)
class Shareholding:
    """``owner`` holds so many ``shares`` of a class during ``period``; ``shares.held`` makes a ``Holding`` of it."""

    id: str
    owner: str
    share_class: str
    shares: Fraction
    period: Period = ALWAYS
    source: str = ""


@dataclass(frozen=True, slots=True)
class ControlRight:
    """``holder`` has power over ``target`` (see ``RightKind``) during ``period``.

    ``agreement`` is shared by those who control jointly. ``holder`` is None where the kind names none. ``over`` narrows a
    nomination to one company's votes.
    """

    id: str
    target: str
    kind: RightKind
    holder: str | None = None
    period: Period = ALWAYS
    agreement: str = ""
    over: str | None = None
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


class WorkState(Enum):
    """What is so for a while of somebody's work for a company, without ending it."""

    PROBATION = "PROBATION"
    UNPAID_LEAVE = "UNPAID_LEAVE"
    NOTICE = "NOTICE"


@dataclass(frozen=True, slots=True)
class WorkRelationship:
    """``person`` works for ``company`` (in ``unit``, if known) as ``kind`` during ``period``.

    The unit may belong to another company: a shared service centre serves several. ``line_of_business`` is a code of the
    company's own, for rules that ask in which line she serves. ``states`` are those of her work for the company, whatever
    their days: prices ask for them, verdicts do not.
    """

    id: str
    person: str
    company: str
    kind: WorkKind
    period: Period = ALWAYS
    unit: str | None = None
    line_of_business: str = ""
    states: tuple[tuple[WorkState, Period], ...] = ()


@dataclass(frozen=True, slots=True)
class Household:
    """``member`` is ``tie`` to ``person`` during ``period``. Kept only where a definition or a scheme needs it."""

    id: str
    person: str
    member: str
    tie: Tie
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Succession:
    """A company has gone up in another as a whole: from that day on the other is party to whatever it was party to."""

    company: str
    into: str
    since: date
