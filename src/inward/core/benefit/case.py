"""What is asked about: a person, what she bought and gave back, her employer's accounts and offers. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from inward.core.benefit.rules import Basis, Beneficiary, Status
from inward.core.terms import Money, Rate, Reason, Refusal


@dataclass(frozen=True, slots=True)
class Purchase:
    """Something got from an employer: ``values`` for all ``pieces`` together, by what they are valued at, and what was
    paid for them. ``at`` settles who was first on one day; a purchase without it comes before those with it, and of
    equals the id decides, so that the order of entry never matters.
    """

    id: str
    on: date
    values: Mapping[Basis, Money] = field(hash=False)
    paid: Money
    kind: str = "goods"
    at: datetime | None = None
    pieces: int = 1
    employer: str = ""
    line_of_business: str = ""
    beneficiary: Beneficiary = Beneficiary.EMPLOYEE
    facts: frozenset[str] = frozenset()

    @property
    def place(self) -> tuple[date, bool, float, str]:
        """Its place in time."""
        return self.on, self.at is not None, 0.0 if self.at is None else self.at.timestamp(), self.id


@dataclass(frozen=True, slots=True)
class Return:
    """Pieces of a purchase that came back on a day."""

    purchase: str
    on: date
    pieces: int


@dataclass(frozen=True, slots=True)
class Employee:
    """The person: her status, what is true of her (``dependent_children``…), and her pay of the tax year before."""

    status: Status = Status.EMPLOYED
    facts: frozenset[str] = frozenset()
    pay_before: Money | None = None
    highly_paid: bool | None = None
    """Said outright, for instance for an owner of five percent; None: her pay decides."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The gross profit percentage of an employer's line of business in a tax year."""

    year: int
    gross_profit: Rate
    employer: str = ""
    line_of_business: str = ""

    @classmethod
    def of_sales(
        cls, *, year: int, sales: Money, cost: Money, employer: str = "", line_of_business: str = ""
    ) -> "Accounts":
        """From the sales and what was sold cost (26 CFR 1.132-3(c)); a loss is 0 %. Refusal without sales."""
        if sales.minor <= 0:
            raise Refusal(Reason.of("benefit_accounts_without_sales", year=str(year)))
        profit = max(Fraction((sales - cost).minor, sales.minor), Fraction(0))
        return cls(year, Rate(profit), employer, line_of_business)


@dataclass(frozen=True, slots=True)
class Offer:
    """A discount the employer offered in the tax year: to everybody, or to highly paid people alone; on a kind or all."""

    percent: Rate
    highly_paid_only: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that a statement rests on."""

    purchases: tuple[Purchase, ...] = ()
    returns: tuple[Return, ...] = ()
    employee: Employee = field(default_factory=Employee)
    accounts: tuple[Accounts, ...] = ()
    offers: tuple[Offer, ...] = ()

    def favours_highly_paid(self, kind: str) -> bool:
        """Whether highly paid people are offered more of this kind than everybody else (26 CFR 1.132-8)."""
        asked = [offer for offer in self.offers if offer.kind in ("", kind)]
        for_all = max((offer.percent for offer in asked if not offer.highly_paid_only), default=Rate.percent(0))
        return any(offer.highly_paid_only and offer.percent > for_all for offer in asked)

    def gross_profit(self, *, employer: str, line_of_business: str, year: int) -> Rate | None:
        """The percentage of that employer, line and year; None where nobody has said it."""
        key = (employer, line_of_business, year)
        return next((a.gross_profit for a in self.accounts if (a.employer, a.line_of_business, a.year) == key), None)
