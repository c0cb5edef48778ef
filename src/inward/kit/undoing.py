"""Taking back what an act made, as long as nobody has used it: rows it added, facts it closed, columns it changed.

The act keeps a ``Journal`` of its rows. Taken back, a dated fact that was added is closed and the one it replaced is known
again; a thing that was added goes away with the facts that speak of it. Refused, naming who, as soon as anything else refers to
such a thing or has corrected such a fact: then it is in use. Knows tables by their fields alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import ForeignObjectRel, IntegerField, Model, QuerySet

from inward.core.terms import Reason, Refusal
from inward.kit.models import Import, ImportedRow
from inward.kit.records import DatedFact
from inward.kit.transaction import transaction_required

ADDED, CLOSED, CHANGED = "ADDED", "CLOSED", "CHANGED"
_AT_ONCE = 500


@dataclass(slots=True)
class Journal:
    """The rows an act made, closed or changed, in the order in which it did."""

    entries: list[tuple[str, int, str, dict[str, Any] | None]] = field(default_factory=list)

    def added(self, table: type[Model], keys: Collection[int]) -> None:
        """Rows that are new."""
        self.entries.extend((table._meta.label, key, ADDED, None) for key in keys)

    def closed(self, table: type[Model], keys: Collection[int]) -> None:
        """Dated facts that are believed no longer."""
        self.entries.extend((table._meta.label, key, CLOSED, None) for key in keys)

    def changed(self, table: type[Model], key: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Columns of a row that say otherwise now."""
        self.entries.append((table._meta.label, key, CHANGED, {"before": dict(before), "after": dict(after)}))


@transaction_required
def keep(journal: Journal, of: Import) -> None:
    """Keep the journal beside the import, in the transaction of the act."""
    rows = (
        ImportedRow(of_import=of, table=t, key=key, act=act, before=before) for t, key, act, before in journal.entries
    )
    ImportedRow.objects.bulk_create(rows, batch_size=2_000)


@transaction_required
def undo(of: Import, tables: Sequence[type[Model]], *, at: datetime) -> int:
    """Take back everything the import made; ``tables`` in the order in which they depend on each other. Returns how many rows.

    Refusal: ``import_changed_since`` when a fact was corrected or a column changed after it, ``import_in_use`` when anything
    else refers to something it made. Nothing is taken back then.
    """
    return take_back(ImportedRow.objects.filter(of_import=of), tables, at=at)


@transaction_required
def take_back(of: QuerySet[Any, Any], tables: Sequence[type[Model]], *, at: datetime) -> int:
    """The same for any act that kept its journal: ``of`` are its entries, with ``table``, ``key``, ``act`` and ``before``."""
    for table in tables:
        if issubclass(table, DatedFact):
            _check_unchanged(of, table)
        else:
            _check_unused(of, table)
    for table in reversed(tables):
        if issubclass(table, DatedFact):
            _take_back_facts(of, table, tables, at)
    for table in reversed(tables):
        if not issubclass(table, DatedFact):
            _put_back(of, table)
            _remove(table._default_manager.filter(pk__in=_keys(of, table, ADDED)))
    return of.count()


def added(of: Import) -> dict[str, list[int]]:
    """The keys of what an import added, by the label of the table."""
    found: dict[str, list[int]] = {}
    for table, key in ImportedRow.objects.filter(of_import=of, act=ADDED).values_list("table", "key"):
        found.setdefault(table, []).append(key)
    return found


def _keys(of: QuerySet[Any, Any], table: type[Model], act: str) -> QuerySet[Any, int]:
    return of.filter(table=table._meta.label, act=act).values_list("key", flat=True)


def _check_unchanged(of: QuerySet[Any, Any], table: type[DatedFact]) -> None:
    """Refusal when somebody has corrected a fact since."""
    corrected = table._default_manager.filter(pk__in=_keys(of, table, ADDED)).exclude(known_until=None).count()
    if corrected:
        raise Refusal(Reason.of("import_changed_since", table=table._meta.label, count=corrected))


def _check_unused(of: QuerySet[Any, Any], table: type[Model]) -> None:
    """Refusal when anything but the import's own rows refers to something it added."""
    for relation in _relations(table):
        other = relation.related_model
        uses = other._base_manager.filter(**{f"{relation.field.name}__in": _keys(of, table, ADDED)})
        if _may_be_changed(other):
            # What the act itself made refer to it is put back as it was before it is removed.
            own = of.filter(before__after__has_key=relation.field.attname)
            uses = uses.exclude(pk__in=_keys(of, other, ADDED)).exclude(pk__in=_keys(own, other, CHANGED))
        count = uses.count()
        if count:
            raise Refusal(Reason.of("import_in_use", table=other._meta.label, count=count))


def _may_be_changed(table: type[Model]) -> bool:
    """Whether changes to the table are kept at all: they name rows by whole numbers."""
    return isinstance(table._meta.pk, IntegerField)


def _relations(table: type[Model]) -> Iterator[Any]:
    """Everything in the house that may refer to a row of this table."""
    for each in table._meta.get_fields(include_hidden=True):
        if isinstance(each, ForeignObjectRel) and each.related_model is not None and not each.many_to_many:
            yield each


def _take_back_facts(
    of: QuerySet[Any, Any], table: type[DatedFact], tables: Sequence[type[Model]], at: datetime
) -> None:
    """Facts about things that go away go with them; others are closed, and what they replaced is known again."""
    added = table._default_manager.filter(pk__in=_keys(of, table, ADDED))
    labels = {other._meta.label: other for other in tables if not issubclass(other, DatedFact)}
    for column in table._meta.concrete_fields:
        other = labels.get(column.related_model._meta.label) if column.is_relation else None  # type: ignore[union-attr]
        if other is not None:
            _remove(added.filter(**{f"{column.name}__in": _keys(of, other, ADDED)}))
    added.update(known_until=at)
    closed = table._default_manager.filter(pk__in=_keys(of, table, CLOSED))
    names = [column.attname for column in table._meta.concrete_fields if not column.primary_key]
    again = []
    for fact in closed.iterator(_AT_ONCE):
        values = {name: getattr(fact, name) for name in names} | {"known_from": at, "known_until": None}
        again.append(table(**values))
    table._default_manager.bulk_create(again, batch_size=_AT_ONCE)


def _put_back(of: QuerySet[Any, Any], table: type[Model]) -> None:
    """Columns say what they said before, unless somebody has changed them since: then nothing is taken back at all."""
    changed = of.filter(table=table._meta.label, act=CHANGED)
    for row in changed.iterator(_AT_ONCE):
        told = row.before or {}
        put = table._default_manager.filter(pk=row.key, **told["after"]).update(**told["before"])
        if not put:
            raise Refusal(Reason.of("import_changed_since", table=table._meta.label, count=1))


def _remove(rows: QuerySet[Any]) -> None:
    """Remove them without asking again who refers to them: that was asked, and the database asks once more."""
    rows._raw_delete(rows.db)
