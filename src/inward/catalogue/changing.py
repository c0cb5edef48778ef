"""What every act of the catalogue has in common: the line they wait in, looking things up, versions, the check, the note.

Only ``operations`` uses it. The core checks the whole price book after the rows are written and before the transaction
ends, so that what it sees is what will stand; when two rules could both win, nothing does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from inward.catalogue import queries
from inward.catalogue.announcements import CatalogueChanged
from inward.catalogue.models import Offering, PriceRule, Scheme
from inward.catalogue.rows import Writer
from inward.core.pricing.revising import family
from inward.core.terms import Reason, Refusal, succession
from inward.kit import audit, locks, outbox, search, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.kit.records import DatedFact, correct, retract
from inward.kit.transaction import transaction
from inward.parties import queries as parties


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


def known(table: type[Any], **which: Any) -> Any:
    """The one row of that kind; NotThere for none."""
    found = table.objects.filter(**which).first()
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
    return _by_day(row for row in rows if family(row.code) == family(code))


def scheme_versions(code: str) -> list[Scheme]:
    """What is known now of a scheme, every version in the order of days; NotThere for none."""
    return _by_day(Scheme.objects.current().filter(code=code).select_related("supplier"))


def refuse_taken(taken: bool, code: str) -> None:  # noqa: FBT001 - a finding
    """Refusal for a code that somebody uses."""
    if taken:
        raise Refusal(Reason.of("id_twice", id=code), where="code")


def take_over(running: Sequence[Any], fresh: Any, since: date | None, at: datetime) -> None:
    """Keep a new version from a day on among those known: the one of that day ends the day before; one that begins on
    that very day is corrected. Refusal for no day where something is known already.
    """
    if since is None and running:
        raise Refusal(Reason.of("day_missing"), where="valid_from")
    place = succession([row.period for row in running], since)
    fresh.valid_from, fresh.valid_until = place.period.start, place.period.until
    if place.before is not None:
        before = running[place.before]
        at = retract(before, at=at) if place.replaces else correct(before, at=at, valid_until=since).known_from
    fresh.known_from = at
    fresh.save(force_insert=True)


def end(running: Sequence[Any], until: date, at: datetime, source: str) -> None:
    """The last version that has begun by then ends; Refusal where another begins later, or none has begun."""
    begun = [row for row in running if row.valid_from is None or row.valid_from < until]
    later = [row.valid_from for row in running if row not in begun]
    if later:
        code = "later_version_begins" if begun else "period_backwards"
        raise Refusal(Reason.of(code, since=min(later), until=until), where="valid_until")
    correct(begun[-1], at=at, valid_until=until, source=source)


def take_back(running: Sequence[Any], since: date, at: datetime) -> None:
    """A version that has not begun will not: the one it would have ended goes on. NotThere for no such version."""
    place = next((place for place, row in enumerate(running) if row.valid_from == since), None)
    if place is None:
        raise NotThere
    if since <= at.date():
        raise Refusal(Reason.of("version_has_begun", since=since), where="valid_from")
    taken = running[place]
    retract(taken, at=at)
    if place and running[place - 1].valid_until == since:
        correct(running[place - 1], at=at, valid_until=taken.valid_until)


def let_find(offerings: Iterable[Offering]) -> None:
    """Let offerings be found by their words."""
    entries = [search.Entry(ref=row.code, title=row.name, body=row.description) for row in offerings]
    search.index(queries.SEARCH_KIND, entries)


def _by_day(rows: Iterable[Any]) -> list[Any]:
    found: list[Any] = sorted(rows, key=_begins)
    if not found:
        raise NotThere
    return found


def _begins(row: DatedFact) -> date:
    return row.valid_from or date.min
