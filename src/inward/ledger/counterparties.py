"""What the books hold of dealings with given other sides: moved day by day, still owed, entry by entry. Reads only.

Other sides are the codes of companies and units, and the subject keys of people, as lines bear them. Amounts are in the
currency of the dealing, debit above zero. For a company whose books the viewer sees; ``NotThere`` for any other.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Q, Sum

from inward.core.bookkeeping import EntryKind, Role
from inward.core.terms import Money
from inward.core.terms.money import as_currency
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.ledger import policy, queries
from inward.ledger.models import Account, EntryLine
from inward.parties import queries as parties

OWED: Final = (
    Role.INTERCOMPANY_RECEIVABLE,
    Role.CUSTOMER_RECEIVABLE,
    Role.EMPLOYEE_RECEIVABLE,
    Role.INTERCOMPANY_PAYABLE,
)
"""Where what is owed between two stands, until it is paid in the accounting system."""
ELSEWHERE: Final = (EntryKind.OUTSIDE_SALE, EntryKind.FREE_USE)
"""The sales that only the seller's books hold, although the buyer may keep books here as well."""
ENTRIES_MAX: Final = 500
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """What lines of one kind and role moved with one other side on a day, or (``on`` None) on all days asked.

    ``books`` is the company whose books say so; ``dealings`` are the entries that correct no other.
    """

    books: str
    other: str
    on: date | None
    kind: EntryKind
    role: Role
    amount: Money
    dealings: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line with one other side: of which entry and dealing, when, how much."""

    books: str
    other: str
    entry: int
    reference: str
    correction: bool
    on: date
    kind: EntryKind
    role: Role
    amount: Money


def moved_with(
    *, viewer: Actor, at: datetime, company: str, others: Collection[str], since: date, until: date
) -> Iterator[Moved]:
    """What moved between the company and these, by day, from ``since`` up to but not including ``until``."""
    _require(viewer, at, company)
    span = {"posted_on__gte": since, "posted_on__lt": until}
    yield from _sums(Q(account__in=_accounts(company)), others, days=True, **span)


def owed_with(*, viewer: Actor, at: datetime, company: str, others: Collection[str], until: date) -> Iterator[Moved]:
    """What these owe the company (above zero) and it owes them (below), of all that was posted before ``until``."""
    _require(viewer, at, company)
    roles = [role.value for role in OWED]
    yield from _sums(Q(account__in=_accounts(company)), others, days=False, posted_on__lt=until, role__in=roles)


def sold_to(
    *, viewer: Actor, at: datetime, company: str, ends: Collection[str], sellers: Collection[str], until: date
) -> Iterator[Moved]:
    """What the books of these sellers alone hold of their sales to the company, by day, of all days before ``until``.

    ``ends`` are the names under which the company buys: its code and those of its units. It is told to whoever sees the books
    of the buyer, who is one of the two.
    """
    _require(viewer, at, company)
    yield from _sums(_elsewhere(sellers), ends, days=True, posted_on__lt=until)


def lines_with(
    *, viewer: Actor, at: datetime, company: str, others: Collection[str], since: date, until: date
) -> tuple[Line, ...]:
    """The lines between the company and these in a span of days, the latest first, ENTRIES_MAX and one more at most."""
    _require(viewer, at, company)
    return _lines(Q(account__in=_accounts(company)), others, since, until)


def lines_sold_to(
    *, viewer: Actor, at: datetime, company: str, ends: Collection[str], seller: str, since: date, until: date
) -> tuple[Line, ...]:
    """The lines that only the seller's books hold of its sales to the company, as ``sold_to``."""
    _require(viewer, at, company)
    return _lines(_elsewhere([seller]), ends, since, until)


def _require(viewer: Actor, at: datetime, company: str) -> None:
    kept = company in queries.prepared().currencies
    if not kept or not policy.may_see_books(viewer, company=company, on=at.date()):
        raise NotThere


def _accounts(company: str) -> list[int]:
    """All accounts of the company, also closed ones: lines are found by account and day, along an index."""
    return list(Account.objects.filter(company__code=company).values_list("id", flat=True))


def _elsewhere(sellers: Collection[str]) -> Q:
    keys = parties.keys()
    known = sorted(keys[code] for code in sellers if code in keys)
    accounts = list(Account.objects.filter(company_id__in=known).values_list("id", flat=True))
    return Q(account__in=accounts, entry__kind__in=[kind.value for kind in ELSEWHERE])


def _sums(where: Q, others: Collection[str], *, days: bool, **which: Any) -> Iterator[Moved]:
    asked = sorted(set(others))
    by = ("entry__company_id", "counterparty", *(["posted_on"] if days else []), "entry__kind", "role", "currency")
    codes = parties.known().codes
    for start in range(0, len(asked), _AT_ONCE):
        lines = EntryLine.objects.filter(where, counterparty__in=asked[start : start + _AT_ONCE], **which)
        sums = lines.values(*by).order_by(*by).annotate(
            sum=Sum("amount_minor"), dealings=Count("entry", filter=Q(entry__correction_of=""), distinct=True)
        )  # fmt: skip
        for row in sums:
            yield Moved(
                books=codes[row["entry__company_id"]],
                other=row["counterparty"],
                on=row["posted_on"] if days else None,
                kind=EntryKind(row["entry__kind"]),
                role=Role(row["role"]),
                amount=Money(int(row["sum"]), as_currency(row["currency"])),
                dealings=row["dealings"],
            )


def _lines(where: Q, others: Collection[str], since: date, until: date) -> tuple[Line, ...]:
    codes = parties.known().codes
    rows = (
        EntryLine.objects.filter(where, counterparty__in=sorted(set(others)), posted_on__gte=since, posted_on__lt=until)
        .order_by("-posted_on", "-entry_id", "position")
        .values_list(
            "entry__company_id", "counterparty", "entry_id", "entry__reference", "entry__correction_of", "posted_on",
            "entry__kind", "role", "amount_minor", "currency",
        )
    )  # fmt: skip
    return tuple(
        Line(
            codes[company],
            other,
            entry,
            reference,
            bool(corrects),
            on,
            EntryKind(kind),
            Role(role),
            Money(minor, as_currency(currency)),
        )
        for company, other, entry, reference, corrects, on, kind, role, minor, currency in rows[: ENTRIES_MAX + 1]
    )
