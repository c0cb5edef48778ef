"""A whole price list raised in one act, and taken back in one as long as it has not begun."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from inward.catalogue import policy, queries
from inward.catalogue.announcements import CatalogueChanged
from inward.catalogue.changing import refuse_taken, waiting, writer
from inward.catalogue.models import Category, PriceRaise, PriceRaiseRow, PriceRule
from inward.core.pricing import PriceRule as Rule
from inward.core.pricing.raising import Raise, raised
from inward.core.pricing.revising import family, version_id
from inward.core.terms import Reason, Refusal, succession
from inward.kit import audit, outbox, undoing, versions
from inward.kit.actor import Actor
from inward.kit.ids import new_id, public_reference
from inward.kit.policy import NotThere, require
from inward.kit.records import in_order, take_over
from inward.kit.undoing import Journal
from inward.parties import queries as parties

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Raised:
    """A raise that was made: by which name it is taken back, and the ids of the prices that hold from its day on."""

    reference: str
    codes: tuple[str, ...]


def raise_prices(*, by: Actor, at: datetime, how: Raise, source: str = "") -> Raised:
    """Raise (or lower) many fixed prices of a supplier by one percent from a day on: all of them, or none.

    Each becomes a version of its own (as ``change_price``); what was planned to begin later stays.
    1. Refuse what policy refuses.                           3. End or correct the old prices, write the new.
    2. Wait; reckon which become others on what is known     4. Let the core check the book; keep what was made and
       now. Refusal as of ``raising.raised``.                   closed; bump, audit each and all, announce once.
    """
    require(policy.may_price(by, supplier=how.supplier, on=at.date()))
    with waiting():
        found = raised(queries.price_book(), how)
        before = _known_of(how.supplier)
        codes = _written(by, at, how, source, found)
        made = _noted(at, how, source, len(codes))
        _journal(made, before, _known_of(how.supplier))
        queries.check_price_book()
        facts = {"supplier": how.supplier, "percent": how.rate, "valid_from": how.since, "prices": len(codes)}
        _note(by, at, "raise_price_list", made, how.supplier, {**facts, "source": source})
    return Raised(made.reference, codes)


def take_back_raise(*, by: Actor, at: datetime, reference: str, source: str = "", changed_stay: bool = False) -> None:
    """A raise that has not begun will not: every price is again as it was known before, all of them, or none.

    With ``changed_stay``, all but those that somebody has said otherwise since, of which at least one must be left.
    1. Refuse what policy refuses; wait.                     3. Close what it wrote, know again what it closed.
    2. Refuse one that is taken back already, has begun,     4. Let the core check the book; bump, audit, announce.
       or of whose prices one was changed since.
    Raises Refused, Refusal, NotThere (no such raise).
    """
    found = _raise(reference)
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    with waiting():
        found = _raise(reference)
        if found.taken_back_at is not None:
            raise Refusal(Reason.of("raise_taken_back", on=found.taken_back_at.date()))
        if found.since <= at.date():
            raise Refusal(Reason.of("version_has_begun", since=found.since))
        rows = PriceRaiseRow.objects.filter(of_raise=found)
        staying = _changed_since(rows)
        if staying and (not changed_stay or len(staying) == found.prices):
            raise Refusal(Reason.of("raise_changed_since", count=len(staying)))
        rows = rows.exclude(key__in=_rows_of(rows, staying))
        keys = rows.filter(act=undoing.CLOSED).values("key")
        closed = dict(PriceRule.objects.filter(pk__in=keys).values_list("id", "code"))
        undoing.take_back(rows, (PriceRule,), at=at)
        _known_again(closed)
        found.taken_back_at = at
        found.save(update_fields=["taken_back_at"])
        queries.check_price_book()
        facts = {"valid_from": found.since, "source": source} | (
            {"stay": ", ".join(sorted(staying))} if staying else {}
        )
        _note(by, at, "take_back_raise", found, found.supplier.code, facts)


def _raise(reference: str) -> PriceRaise:
    found = PriceRaise.objects.select_related("supplier").filter(reference=reference).first()
    if found is None:
        raise NotThere
    return found


def _changed_since(rows: QuerySet[PriceRaiseRow]) -> set[str]:
    """The families of the prices of which something that the raise wrote is known no longer."""
    written = PriceRule.objects.filter(pk__in=rows.filter(act=undoing.ADDED).values("key"))
    return set(map(family, written.exclude(known_until=None).values_list("code", flat=True)))


def _rows_of(rows: QuerySet[PriceRaiseRow], families: Collection[str]) -> list[int]:
    """The keys of the prices of these families that the raise wrote or closed."""
    touched = PriceRule.objects.filter(pk__in=rows.values("key")).values_list("id", "code") if families else ()
    return [key for key, code in touched if family(code) in families]


def _known_of(supplier: str) -> set[int]:
    """The rows that are known now of a supplier's prices."""
    return set(PriceRule.objects.current().filter(supplier__code=supplier).values_list("id", flat=True))


def _written(by: Actor, at: datetime, how: Raise, source: str, found: tuple[Rule, ...]) -> tuple[str, ...]:
    """Every price that becomes another as its version of the day; their ids."""
    known, write, codes = _versions_of(how.supplier), writer(at, source), []
    for rule in found:
        running = known[family(rule.id)]
        place = succession([row.period for row in running], how.since)
        fresh = write.rule(rule)
        fresh.code = rule.id if place.replaces else version_id(rule.id, how.since)
        refuse_taken(not place.replaces and any(row.code == fresh.code for row in running), fresh.code)
        take_over(running, fresh, since=how.since, at=at)
        facts = {"by": fresh.code, "percent": how.rate, "valid_from": how.since, "source": source}
        audit.record(by=by, at=at, act="catalogue.raise_prices", thing=family(rule.id), facts=facts)
        codes.append(fresh.code)
    return tuple(codes)


def _versions_of(supplier: str) -> dict[str, list[PriceRule]]:
    """Every version of every price of a supplier by family, in the order of days."""
    found: dict[str, list[PriceRule]] = {}
    for row in in_order(PriceRule.objects.current().filter(supplier__code=supplier).select_related("supplier")):
        found.setdefault(family(row.code), []).append(row)
    return found


def _noted(at: datetime, how: Raise, source: str, prices: int) -> PriceRaise:
    return PriceRaise.objects.create(
        id=new_id(),
        reference=public_reference(),
        supplier_id=parties.keys()[how.supplier],
        level=how.level.value,
        category=Category.objects.filter(code=how.category).first() if how.category else None,
        rate=how.rate.fraction,
        since=how.since,
        prices=prices,
        made_at=at,
        source=source,
    )


def _journal(made: PriceRaise, before: set[int], after: set[int]) -> None:
    """Keep which rows it wrote and which it closed."""
    journal = Journal()
    journal.closed(PriceRule, sorted(before - after))
    journal.added(PriceRule, sorted(after - before))
    rows = (
        PriceRaiseRow(of_raise=made, table=table, key=key, act=act, before=told)
        for table, key, act, told in journal.entries
    )
    PriceRaiseRow.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _known_again(closed: dict[int, str]) -> None:
    """What was closed is known again under new keys: an earlier raise that wrote it finds it by these."""
    again = dict(PriceRule.objects.current().filter(code__in=closed.values()).values_list("code", "id"))
    rows = list(PriceRaiseRow.objects.filter(act=undoing.ADDED, key__in=closed))
    for row in rows:
        row.key = again[closed[row.key]]
    PriceRaiseRow.objects.bulk_update(rows, ["key"], batch_size=_AT_ONCE)


def _note(by: Actor, at: datetime, act: str, made: PriceRaise, supplier: str, facts: dict[str, object]) -> None:
    versions.bump(queries.VERSION)
    audit.record(by=by, at=at, act=f"catalogue.{act}", thing=made.reference, facts=facts)
    outbox.announce(CatalogueChanged(what="prices", code=supplier), by=by, at=at)
