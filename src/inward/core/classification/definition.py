"""A definition of *inside*: the policy by which facts become a verdict. Strict majority of votes unless one says more.

Definitions by law and purpose stand in ``presets``; docs/reference/definitions.md says the test of each and where it is from.
``definition_from`` reads one from JSON and ``Definition.as_json`` writes it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from inward.core.classification.facts import RightKind, Tie, WorkKind
from inward.core.terms.period import ALWAYS, Period
from inward.core.terms.reading import Fields

HALF = Fraction(1, 2)
_MONTHS = 12


class Operator(Enum):
    """How a share is held against the threshold: exactly 50 % is no majority under one, control under the other."""

    MORE_THAN = ">"
    AT_LEAST = ">="


class Basis(Enum):
    """Which share is held against the threshold. Value is taken from the capital, the only money the facts speak of."""

    VOTES = "votes"
    CAPITAL = "capital"
    VALUE = "value"
    EITHER = "either"
    """Votes or capital: one of them is enough."""
    BOTH = "both"


class Indirect(Enum):
    """What is held through others."""

    FULL = "full_through_controlled"
    """All that those under control hold counts whole, as blocks vote."""
    PRODUCT = "product"
    """Shares are multiplied along every way, circles included (integrated ownership)."""
    SIMPLE_PATHS = "product_simple_paths"
    """Shares are multiplied along every way that passes nobody twice."""
    CHAIN = "chain_only"
    """Each link must meet the threshold by itself; nothing is added up."""


class CrossVotes(Enum):
    """The votes of a subsidiary in its parent."""

    COUNT = "count"
    SUSPENDED = "suspended"


class JointControl(Enum):
    """What those who control by unanimous agreement make of the company they share."""

    NEITHER = "neither"
    EACH = "each"
    PROPORTIONAL = "proportional"
    """Inside for each of them, as under ``EACH``; the books take their part of it."""


class Associates(Enum):
    """Whether a holding of notable influence (``Definition.associate_threshold``) is told as a kind of its own."""

    OUT = "out"
    RELATED = "related"


class Funds(Enum):
    """Whose a fund is: nobody's, its umbrella's, or its manager's, umbrella's and master's."""

    OUT = "out"
    UMBRELLA = "umbrella"
    MANAGER = "manager"


class Branches(Enum):
    """Whether a branch is one with its head office."""

    SAME = "same"
    APART = "apart"


class Family(Enum):
    """Who of a person's household is inside with her."""

    NONE = "none"
    SPOUSE_MINOR = "spouse_minor"
    FIRST_DEGREE = "first_degree"


class DateRule(Enum):
    """On which day the facts are looked at."""

    AT_DEALING = "at_dealing"
    YEAR_END = "31_december"
    ACCOUNTING_PERIOD = "accounting_period"
    """The last day of the accounting year in which the dealing lies (``Definition.year_ends_in``)."""


class Unknown(Enum):
    """What is said where facts are missing that could decide: a band, a parent nobody names."""

    NOT_KNOWN = "not_known"
    EXTERNAL = "external"


TIES: Mapping[Family, frozenset[Tie]] = {
    Family.NONE: frozenset(),
    Family.SPOUSE_MINOR: frozenset({Tie.SPOUSE, Tie.PARTNER, Tie.CHILD}),
    Family.FIRST_DEGREE: frozenset({Tie.SPOUSE, Tie.PARTNER, Tie.CHILD, Tie.PARENT}),
}


@dataclass(frozen=True, slots=True)
class Override:
    """What somebody has decided for two companies against the facts, and why; only for the days of ``period``."""

    one: str
    other: str
    inside: bool
    why: str
    signed_by: str
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Definition:
    """Who counts as inside.

    - ``basis``, ``threshold``, ``operator``: which share gives control, and how much of it. ``indirect`` and ``aggregate``:
      how what is held through others is counted, and whether several ways are added up.
    - ``cross_votes``, ``nominees``: whose votes they are. Treasury shares never vote.
    - ``board_right`` (a majority of the board), ``contract_control`` (contract, articles, law), ``de_facto``,
      ``consolidation``: which powers that are no shares give control.
    - ``identical_threshold``: more than so much of two companies in the same at most five hands makes them one inside,
      each hand counted with the smaller of its two shares; ``identical_together``: and the hands hold at least so much of
      each. ``attribution_floor``: less than so much of a body passes nothing on.
    - ``staff_kinds``, ``stakeholder_kinds``: work that makes staff, and work that is inside by policy. Any other is outside.
      ``family`` and ``shareholder_threshold`` (held by a person, of a company of the group) make stakeholders too.
    - ``natural_persons_as_parents``, ``state_as_parent``: whether a person, or a state, who controls two companies makes them
      one inside. Not by default: it is companies that deal with each other, and a group begins with a company.
    - ``excluded``: companies that are inside with nobody; ``exceptions``: what somebody decided against the facts.
    """

    id: str = "strict_majority"
    basis: Basis = Basis.VOTES
    threshold: Fraction = HALF
    operator: Operator = Operator.MORE_THAN
    indirect: Indirect = Indirect.FULL
    aggregate: bool = True
    cross_votes: CrossVotes = CrossVotes.COUNT
    nominees: bool = False
    board_right: bool = False
    contract_control: bool = False
    de_facto: bool = False
    consolidation: bool = False
    joint_control: JointControl = JointControl.NEITHER
    associates: Associates = Associates.OUT
    associate_threshold: Fraction = Fraction(1, 5)
    funds: Funds = Funds.OUT
    branches: Branches = Branches.SAME
    identical_threshold: Fraction | None = None
    identical_together: Fraction | None = None
    attribution_floor: Fraction = Fraction(0)
    staff_kinds: frozenset[WorkKind] = frozenset(
        {WorkKind.FULL_TIME, WorkKind.PART_TIME, WorkKind.TEMPORARY, WorkKind.DIRECTOR, WorkKind.AGENT}
    )
    stakeholder_kinds: frozenset[WorkKind] = frozenset({WorkKind.CONTRACTOR, WorkKind.RETIREE})
    shareholder_threshold: Fraction | None = None
    family: Family = Family.NONE
    natural_persons_as_parents: bool = False
    state_as_parent: bool = False
    date_rule: DateRule = DateRule.AT_DEALING
    year_ends_in: int = 12
    unknown: Unknown = Unknown.NOT_KNOWN
    excluded: frozenset[str] = frozenset()
    exceptions: tuple[Override, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.threshold < 1:
            msg = f"a threshold lies between nothing and the whole, not at {self.threshold}"
            raise ValueError(msg)
        if not 1 <= self.year_ends_in <= _MONTHS:
            msg = f"a year ends in a month from 1 to 12, not in {self.year_ends_in}"
            raise ValueError(msg)

    def __hash__(self) -> int:
        # Every verdict looks up what is prepared for its definition; all fields would take longer than the verdict.
        return hash(self.id)

    def met_by(self, votes: int, out_of: int) -> bool:
        """Whether ``votes`` of ``out_of`` give control."""
        have, need = votes * self.threshold.denominator, out_of * self.threshold.numerator
        return have > need or (have == need and self.operator is Operator.AT_LEAST)

    def met_by_share(self, share: Fraction) -> bool:
        """Whether a share gives control."""
        return self.met_by(share.numerator, share.denominator)

    def counts(self, kind: WorkKind) -> bool:
        """Whether work of this kind can be inside at all."""
        return kind in self.staff_kinds or kind in self.stakeholder_kinds

    def day(self, on: date) -> date:
        """The day whose facts decide on a dealing of ``on``."""
        if self.date_rule is DateRule.AT_DEALING:
            return on
        month = self._last_month
        year = on.year + (on.month > month)
        return date(year, month, _last_of(year, month))

    def first_days(self, days: Collection[date]) -> set[date]:
        """Where one day of each year decides: the first days of the years in which one of ``days`` lies, and of those beside."""
        if self.date_rule is DateRule.AT_DEALING:
            return set()
        month = self._last_month % _MONTHS + 1
        years = {day.year + step for day in days for step in (-1, 0, 1)} & set(range(date.min.year, date.max.year + 1))
        return {date(year, month, 1) for year in years}

    @property
    def _last_month(self) -> int:
        return _MONTHS if self.date_rule is DateRule.YEAR_END else self.year_ends_in

    @property
    def rights(self) -> frozenset[RightKind]:
        """The powers that give control by themselves."""
        found: set[RightKind] = set()
        if self.board_right:
            found.add(RightKind.BOARD_MAJORITY)
        if self.contract_control:
            found |= {RightKind.CONTRACT, RightKind.ARTICLES, RightKind.LAW}
        if self.de_facto:
            found.add(RightKind.DE_FACTO)
        if self.consolidation:
            found |= {RightKind.CONSOLIDATION, RightKind.ULTIMATE_CONSOLIDATION}
        if self.joint_control is not JointControl.NEITHER:
            found.add(RightKind.JOINT_CONTROL)
        if self.funds is not Funds.OUT:
            found.add(RightKind.UMBRELLA)
        if self.funds is Funds.MANAGER:
            found |= {RightKind.FUND_MANAGER, RightKind.MASTER}
        return frozenset(found)

    @property
    def ties(self) -> frozenset[Tie]:
        """The ties of a household that are inside with a person."""
        return TIES[self.family]

    @property
    def partitions(self) -> bool:
        """Whether no company can have two unrelated controllers, so that each belongs to one group and no more."""
        majority = self.threshold > HALF or (self.threshold == HALF and self.operator is Operator.MORE_THAN)
        one_share = self.basis is not Basis.EITHER and self.basis is not Basis.BOTH
        plain = self.indirect is Indirect.FULL and self.aggregate and self.identical_threshold is None
        as_cast = self.cross_votes is CrossVotes.COUNT and not self.nominees
        return majority and one_share and plain and as_cast and not (self.rights or self.excluded or self.exceptions)

    def as_json(self) -> dict[str, Any]:
        """This definition as JSON says it, shares in percent; ``definition_from`` reads it back."""
        return {_JSON_NAME.get(field.name, field.name): _said(getattr(self, field.name)) for field in fields(self)}


STRICT_MAJORITY = Definition()
"""More than half of the votes, through controlled companies: company law, accounting and common sense agree."""

_JSON_NAME = {"cross_votes": "subsidiary_votes_in_parent"}
_CHOICES: Mapping[str, type[Enum]] = {
    "basis": Basis,
    "operator": Operator,
    "indirect": Indirect,
    "subsidiary_votes_in_parent": CrossVotes,
    "joint_control": JointControl,
    "associates": Associates,
    "funds": Funds,
    "branches": Branches,
    "family": Family,
    "date_rule": DateRule,
    "unknown": Unknown,
}
_FLAGS = (
    "aggregate",
    "nominees",
    "board_right",
    "contract_control",
    "de_facto",
    "consolidation",
    "natural_persons_as_parents",
    "state_as_parent",
)
_SHARES = ("threshold", "associate_threshold", "identical_threshold", "identical_together", "shareholder_threshold")
_KINDS = ("staff_kinds", "stakeholder_kinds")
_OTHERS = ("id", "attribution_floor", "year_ends_in", "excluded", "exceptions", "treasury")


def definition_from(given: object, where: str = "definition") -> Definition:
    """The definition that JSON describes; what is left out is as in strict majority.

    Shares are in percent. Refusal with the place of a field nobody knows and of a value that makes no sense.
    """
    described = Fields.of(given, where)
    described.only((*_CHOICES, *_FLAGS, *_SHARES, *_KINDS, *_OTHERS))
    if described.has("treasury") and described.text("treasury") != "exclude":
        described.refuse("treasury", "not_one_of", value=described.text("treasury"), allowed="exclude")
    found: dict[str, Any] = {"id": described.text_or_none("id") or "own"}
    python_name = {name: field for field, name in _JSON_NAME.items()}
    for name, choices in _CHOICES.items():
        if described.has(name):
            found[python_name.get(name, name)] = described.choice(name, choices)
    found |= {name: described.flag(name) for name in _FLAGS if described.has(name)}
    found |= {name: _share(described, name) for name in _SHARES if described.has(name)}
    if described.has("attribution_floor"):
        found["attribution_floor"] = _share(described, "attribution_floor", least=True)
    found |= {name: _work_kinds(described, name) for name in _KINDS if described.values.get(name) is not None}
    if described.has("year_ends_in"):
        found["year_ends_in"] = described.whole("year_ends_in")
        if not 1 <= found["year_ends_in"] <= _MONTHS:
            described.refuse("year_ends_in", "not_one_of", value=described.text("year_ends_in"), allowed="1 … 12")
    if described.has("excluded"):
        found["excluded"] = frozenset(str(party) for party in described.items("excluded"))
    found["exceptions"] = tuple(_override(row) for row in described.rows("exceptions"))
    return Definition(**found)


def _share(described: Fields, name: str, *, least: bool = False) -> Fraction:
    share = described.number(name) / 100
    if not (0 < share < 1 or (least and not share)):
        described.refuse(name, "not_a_threshold", value=str(described.values[name]))
    return share


def _work_kinds(described: Fields, name: str) -> frozenset[WorkKind]:
    given = described.items(name)
    return frozenset(
        Fields({"kind": kind}, f"{described.place(name)}[{place}]").choice("kind", WorkKind)
        for place, kind in enumerate(given)
    )


def _override(row: Fields) -> Override:
    row.only(("one", "other", "inside", "why", "signed_by", "valid_from", "valid_until"))
    if not row.has("inside"):
        row.refuse("inside", "field_missing")
    return Override(
        row.text("one"), row.text("other"), row.flag("inside"), row.text("why"), row.text("signed_by"), row.period()
    )


def _said(value: object) -> object:
    """A value of a field as JSON says it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(100 * value)
    if isinstance(value, frozenset):
        return sorted(str(_said(each)) for each in value)
    if isinstance(value, tuple):
        return [_said(each) for each in value]
    if isinstance(value, Override):
        days = {"valid_from": value.period.start, "valid_until": value.period.until}
        said = {name: getattr(value, name) for name in ("one", "other", "inside", "why", "signed_by")}
        return said | {name: day.isoformat() for name, day in days.items() if day is not None}
    return value


def _last_of(year: int, month: int) -> int:
    after = date(year + month // _MONTHS, month % _MONTHS + 1, 1) if (year, month) != (date.max.year, _MONTHS) else None
    return after.toordinal() - date(year, month, 1).toordinal() if after else 31
