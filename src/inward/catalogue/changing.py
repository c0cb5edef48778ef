"""What every act of the catalogue has in common: the line they wait in, looking things up, versions, the check, the note.

Only ``operations`` uses it. The core checks the whole price book after the rows are written and before the transaction
ends, so that what it sees is what will stand; when two rules could both win, nothing does.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from inward.catalogue import queries
from inward.catalogue.announcements import CatalogueChanged
from inward.catalogue.models import Offering, PriceRule, Scheme
from inward.catalogue.rows import Writer
from inward.core.pricing.revising import family
from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks, outbox, search, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.kit.records import in_order
from inward.kit.transaction import transaction
from inward.parties import queries as parties

Found = TypeVar("Found")


@contextmanager
def waiting() -> Iterator[None]:
    """One change of the price book at a time: what is checked must be what stands."""
    with transaction():
        locks.advisory("catalogue")
        yield


@contextmanager
def changing(by: Actor, at: datetime, act: str, what: str, code: str, facts: Mapping[str, Any]) -> Iterator[None]:
    """An act on one thing: wait, write, let the core check the whole book, note it."""
    with waiting():
        yield
        queries.check_price_book()
        note(by, at, act, what, code, facts)


def note(by: Actor, at: datetime, act: str, what: str, code: str, facts: Mapping[str, Any]) -> None:
    """Bump the version, audit, announce."""
    versions.bump(queries.VERSION)
    audit.record(by=by, at=at, act=f"catalogue.{act}", thing=code, facts=facts)
    outbox.announce(CatalogueChanged(what=what, code=code), by=by, at=at)


def writer(at: datetime, source: str = "") -> Writer:
    """Turns the core's values into rows known from that instant on."""
    return Writer(parties=parties.keys(), at=at, source=source).know()


def known(table: Any, **which: Any) -> Any:
    """The one row of that table, or of those rows of it; NotThere for none."""
    found = (table if isinstance(table, QuerySet) else table.objects).filter(**which).first()
    if found is None:
        raise NotThere
    return found


def offering_of(code: str) -> Offering:
    """The offering with its supplier and category; NotThere for none."""
    found = Offering.objects.select_related("supplier", "category").filter(code=code).first()
    if found is None:
        raise NotThere
    return found


def price_versions(code: str) -> list[PriceRule]:
    """What is known now of a price, every version in the order of days; NotThere for none."""
    rows = PriceRule.objects.current().filter(code__startswith=family(code)).select_related("supplier")
    return _some([row for row in in_order(rows) if family(row.code) == family(code)])


def scheme_versions(code: str) -> list[Scheme]:
    """What is known now of a scheme, every version in the order of days; NotThere for none."""
    return _some(in_order(Scheme.objects.current().filter(code=code).select_related("supplier")))


def refuse_taken(taken: bool, code: str) -> None:  # noqa: FBT001 - a finding
    """Refusal for a code that somebody uses."""
    if taken:
        raise Refusal(Reason.of("id_twice", id=code), where="code")


def let_find(offerings: Iterable[Offering]) -> None:
    """Let offerings be found by their words."""
    entries = [search.Entry(ref=row.code, title=row.name, body=row.description) for row in offerings]
    search.index(queries.SEARCH_KIND, entries)


def _some(found: list[Found]) -> list[Found]:
    if not found:
        raise NotThere
    return found
