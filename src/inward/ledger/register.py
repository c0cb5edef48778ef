"""What controllers look up to set the books up: accounts, what they are used for, series of numbers; of every company at once.

``queries`` tells what is in the books of one company; this, how they are arranged. Always for a viewer; out of bounds is
``NotThere``. Nothing is changed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from inward.core.bookkeeping import EntryKind, Role
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere
from inward.ledger import policy
from inward.ledger.models import Account, AccountMapping, Series
from inward.ledger.vocabulary import FITTING_KINDS, AccountKind
from inward.parties.queries import Named

ACCOUNTS = ListSpec(
    {"code": "code", "name": "name", "company": "company__name"},
    {"company": "company__code", "kind": "kind"},
    default="code",
)
MAPPINGS = ListSpec(
    {"company": "company__name", "kind": "kind", "account": "account__code"},
    {"company": "company__code", "kind": "kind", "account": "account__code"},
    default="company",
)
SERIES = ListSpec({"company": "company__name", "name": "name"}, {"company": "company__code"}, default="company")


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account, in how many places of the account map it stands, and since when it is closed (None: open)."""

    company: Named
    code: str
    name: str
    kind: AccountKind
    closed_on: date | None
    uses: int

    @property
    def key(self) -> str:
        """How it is called in addresses."""
        return f"{self.company.code}:{self.code}"


@dataclass(frozen=True, slots=True)
class MappingRecord:
    """The account that a role of a kind of entry means in a company."""

    company: Named
    kind: EntryKind
    role: Role
    account: str
    account_name: str

    @property
    def key(self) -> str:
        """How it is called in addresses."""
        return f"{self.company.code}:{self.kind.value}:{self.role.value}"


@dataclass(frozen=True, slots=True)
class SeriesRecord:
    """A series of numbers without gaps, and the last one given."""

    company: Named
    name: str
    last: int

    @property
    def key(self) -> str:
        """How it is called in addresses."""
        return f"{self.company.code}:{self.name}"


def accounts(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[AccountRecord]:
    """The accounts of the companies whose books the viewer sees. ``open`` asks for "yes" or "no"."""
    asked = dict(params)
    opened = asked.pop("open", "")
    found = Account.objects.filter(_seen(viewer, at), _says(asked, "code", "name")).annotate(uses=Count("mappings"))
    if opened:
        found = found.filter(closed_on__isnull=opened == "yes")
    return page(found.select_related("company"), ACCOUNTS, asked).map(_account)


def account(*, viewer: Actor, at: datetime, key: str) -> AccountRecord:
    """One account, by ``COMPANY:CODE``."""
    company, _, code = key.rpartition(":")
    found = Account.objects.filter(_seen(viewer, at), company__code=company, code=code)
    row = found.annotate(uses=Count("mappings")).select_related("company").first()
    if row is None:
        raise NotThere
    return _account(row)


def open_accounts(
    *, viewer: Actor, at: datetime, company: str, role: Role | None = None
) -> tuple[tuple[str, str], ...]:
    """The accounts of a company that something may be mapped to, by code; of a ``role``, those of a kind it may mean."""
    found = Account.objects.filter(_seen(viewer, at), company__code=company, closed_on=None).order_by("code")
    if role is not None:
        found = found.filter(kind__in=[kind.value for kind in FITTING_KINDS[role]])
    return tuple(found.values_list("code", "name"))


def mappings(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[MappingRecord]:
    """The account maps of the companies whose books the viewer sees."""
    found = AccountMapping.objects.filter(_seen(viewer, at), _says(params, "account__code", "account__name"))
    return page(found.select_related("company", "account"), MAPPINGS, params).map(_mapping)


def mapping(*, viewer: Actor, at: datetime, key: str) -> MappingRecord:
    """One line of an account map, by ``COMPANY:KIND:ROLE``."""
    company, kind, role = ("", "", *key.rsplit(":", 2))[-3:]
    found = AccountMapping.objects.filter(_seen(viewer, at), company__code=company, kind=kind, role=role)
    row = found.select_related("company", "account").first()
    if row is None:
        raise NotThere
    return _mapping(row)


def series(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[SeriesRecord]:
    """The series of numbers of the companies whose books the viewer sees."""
    found = Series.objects.filter(_seen(viewer, at), _says(params, "name", "company__name"))
    return page(found.select_related("company"), SERIES, params).map(_series)


def one_series(*, viewer: Actor, at: datetime, key: str) -> SeriesRecord:
    """One series, by ``COMPANY:NAME``."""
    company, _, name = key.rpartition(":")
    found = Series.objects.filter(_seen(viewer, at), company__code=company, name=name).select_related("company").first()
    if found is None:
        raise NotThere
    return _series(found)


def _seen(viewer: Actor, at: datetime) -> Q:
    visible = policy.books_visible_to(viewer, on=at.date())
    return Q(company__isnull=False) if visible is None else Q(company__code__in=sorted(visible))


def _says(params: Mapping[str, str], *fields: str) -> Q:
    """What the search box asks for: every word somewhere in these fields. Empty: everything."""
    said = Q()
    for word in params.get("text", "").replace("\0", "").split()[:8]:
        somewhere = Q()
        for name in fields:
            somewhere |= Q(**{f"{name}__icontains": word})
        said &= somewhere
    return said


def _account(row: Account) -> AccountRecord:
    uses: int = getattr(row, "uses", 0)
    company = Named(row.company.code, row.company.name)
    return AccountRecord(company, row.code, row.name, AccountKind(row.kind), row.closed_on, uses)


def _mapping(row: AccountMapping) -> MappingRecord:
    company = Named(row.company.code, row.company.name)
    return MappingRecord(company, EntryKind(row.kind), Role(row.role), row.account.code, row.account.name)


def _series(row: Series) -> SeriesRecord:
    return SeriesRecord(Named(row.company.code, row.company.name), row.name, row.last)
