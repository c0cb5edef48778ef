"""What people net a month, for limits that are a share of it: read to reckon, by her, and by payroll. Reads only.

Purpose-bound: asked only where a scheme of the supplier has such a limit. Why: docs/decisions/0179.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from inward.core.classification import World
from inward.core.pricing import NetPay, PriceBook
from inward.core.terms import Money, Reason, Refusal, as_currency
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import require
from inward.parties import queries as parties
from inward.parties import veil
from inward.parties.queries import Named
from inward.trade import models, policy

VERSION = "trade"
COLUMNS = ("person", "company", "amount", "currency", "valid_from")
"""What a file of net pay says."""
PAYS = ListSpec({"name": "person__name"}, {"company": "company__code"}, default="name")


@dataclass(frozen=True, slots=True)
class PayView:
    """What somebody nets a month at a company, from which day on, on whose word."""

    person: Named
    company: Named
    amount: Money
    since: date | None
    until: date | None
    source: str

    @property
    def last(self) -> date | None:
        """The last day on which it holds."""
        return None if self.until is None else self.until - timedelta(days=1)

    @property
    def key(self) -> str:
        """How addresses name it."""
        return f"{self.person.code}~{self.company.code}"


@dataclass(frozen=True, slots=True)
class Told:
    """What one person nets a month; ``where`` is how the place is called from which it was read."""

    person: str
    amount: Money
    where: str = ""


def of_lines(lines: str, currency: str) -> tuple[Told, ...]:
    """A line for each: code or whole name, semicolon, amount. Refusal with the number of a line that cannot be read."""
    found = []
    for number, line in enumerate(lines.splitlines(), start=1):
        who, _semicolon, amount = line.rpartition(";")
        if not line.strip():
            continue
        try:
            money = Money.of(amount.strip().replace(",", "."), as_currency(currency.upper()))
        except ValueError:
            raise Refusal(Reason.of("net_pay_line_unfit", line=number), where="lines") from None
        found.append(Told(_person(who.strip()), money, "lines"))
    return tuple(found)


def of_file(content: bytes) -> dict[tuple[str, date], list[Told]]:
    """The rows of a CSV file by employer and day. Refusal with the line that cannot be read."""
    line = 1
    found: dict[tuple[str, date], list[Told]] = defaultdict(list)
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        named = set(COLUMNS) <= set(rows.fieldnames or ())
        for row in rows:
            line = rows.line_num if named else 1  # a column that is not there lacks in the first line
            amount = Money.of(row["amount"].strip(), as_currency(row["currency"].strip().upper()))
            since = date.fromisoformat(row["valid_from"].strip())
            found[row["company"].strip(), since].append(Told(row["person"].strip(), amount, f"line {line}"))
    except (KeyError, AttributeError, ValueError):
        raise Refusal(Reason.of("net_pay_file_unfit", columns=", ".join(COLUMNS)), where=f"line {line}") from None
    return found


def _person(typed: str) -> str:
    """By code, or by a whole name that nobody else has; what is neither is left as it is, to be refused by name."""
    world = parties.world()
    if typed in world.person:
        return typed
    called = [code for code in world.person if world.names.get(code, "").casefold() == typed.casefold()]
    return called[0] if len(called) == 1 else typed


def asked(
    *, world: World, book: PriceBook, person: str | None, customer: str, supplier: str, on: date
) -> NetPay | None:
    """The net pay by which an order is limited; None where none of the supplier's schemes asks for it, or nobody buys for herself.

    Of several jobs that of the supplier's own company goes first, then the one that began first; the first of which pay is told.
    """
    if person is None or person != customer or not _limits_by_pay(book, supplier, on):
        return None
    company = _company(world, supplier, on)
    working = [work for work in world.work.get(person, ()) if on in work.period]
    ranked = sorted(working, key=lambda work: (work.company != company, work.period.start or date.min, work.id))
    keys = parties.keys()
    rows = models.NetPay.objects.current().on(on).filter(person_id=keys[person])
    told = {
        key: Money(minor, as_currency(code))
        for key, minor, code in rows.values_list("company_id", "amount_minor", "currency")
    }
    return NetPay(next((told[keys[work.company]] for work in ranked if keys[work.company] in told), None))


def own(*, viewer: Actor) -> tuple[PayView, ...]:
    """What payroll told of the viewer, the latest first."""
    if viewer.nobody or viewer.person is None:
        return ()
    rows = models.NetPay.objects.current().filter(person_id=parties.keys()[viewer.person])
    return tuple(map(_view, rows.select_related("person", "company").order_by("-valid_from", "-pk")))


def told(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[PayView]:
    """What is told of people on that day, for payroll officers of their employers: never their own, nobody hidden. Refused."""
    on = at.date()
    require(policy.may_keep_some_benefit(viewer, on=on))
    over, keys = viewer.parties(policy.PAYROLL_OFFICER, on=on), parties.keys()
    rows = models.NetPay.objects.current().on(on).select_related("person", "company")
    if over is not None:
        rows = rows.filter(company__code__in=sorted(over))
    hidden = [keys[code] for code in veil.closed() | {viewer.person or ""} if code in keys]
    rows = rows.exclude(person_id__in=hidden)
    text = params.get("text", "").replace("\0", "").strip()
    if text:
        rows = rows.filter(Q(person__name__icontains=text) | Q(person__code__icontains=text))
    return page(rows, PAYS, params).map(_view)


def companies(viewer: Actor, *, on: date) -> tuple[str, ...]:
    """The companies whose payroll officer the viewer is, by name."""
    world = parties.world()
    found = [code for code in world.company if policy.may_keep_benefit(viewer, company=code, on=on)]
    return tuple(sorted(found, key=lambda code: (world.names.get(code, code), code)))


def _limits_by_pay(book: PriceBook, supplier: str, on: date) -> bool:
    schemes = (book.scheme_on(code, on) for code in book.schemes_of(supplier))
    return any(limit.pay_share is not None for scheme in schemes for limit in scheme.limits)


def _company(world: World, party: str, on: date) -> str:
    place = next((unit for unit in world.unit.get(party, ()) if on in unit.period), None)
    return party if place is None else place.company


def _view(row: models.NetPay) -> PayView:
    return PayView(
        parties.named(row.person),
        Named(row.company.code, row.company.name),
        Money(row.amount_minor, as_currency(row.currency)),
        row.valid_from,
        row.valid_until,
        row.source,
    )
