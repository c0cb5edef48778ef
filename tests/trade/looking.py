"""What the trade room's acts leave behind, as plain values that tests compare. Not a test."""

from inward.kit.models import AuditRow, IdempotencyReceipt, Task
from inward.ledger.models import Entry, EntryLine
from inward.trade.models import AllowanceUse, Order, OrderLine, OrderStep

WIPED = frozenset({"id", "order", "entry", "reference", "number"})
"""What two ways of writing the same must not have alike: keys, and the names made of them."""


def state(reference):
    return Order.objects.get(reference=reference).state


def steps(reference):
    """(what, by whom, facts) of an order's history, oldest first."""
    found = OrderStep.objects.filter(order__reference=reference).select_related("person").order_by("at", "id")
    return [(step.kind, step.person.code if step.person else None, step.facts) for step in found]


def counted(reference):
    """(delivered, returned) of each line."""
    lines = OrderLine.objects.filter(order__reference=reference).order_by("position")
    return [(line.delivered, line.returned) for line in lines]


def used(person):
    """What a person has drawn: {scheme: (minor, units)}."""
    rows = AllowanceUse.objects.filter(counted="", person__code=person)
    return {row.scheme: (row.used_minor, row.used_units) for row in rows}


def posted(reference):
    """Each entry of a dealing as (company, kind, [(role, minor, cost centre)]), oldest first."""
    found = []
    for entry in Entry.objects.filter(reference=reference).select_related("company").order_by("id"):
        lines = EntryLine.objects.filter(entry=entry).select_related("cost_centre").order_by("position")
        rows = [(x.role, x.amount_minor, x.cost_centre.code if x.cost_centre else None) for x in lines]
        found.append((entry.company.code, entry.kind, rows))
    return found


def left_in_books(reference):
    """What the dealing leaves on each account of each company, without zeros."""
    sums = {}
    for line in EntryLine.objects.filter(entry__reference=reference).select_related("entry__company", "account"):
        place = (line.entry.company.code, line.account.code)
        sums[place] = sums.get(place, 0) + line.amount_minor
    return {place: minor for place, minor in sums.items() if minor}


def told():
    """The names of everything announced so far, oldest first."""
    return list(
        Task.objects.filter(kind="ANNOUNCEMENT", name__startswith="trade.")
        .order_by("id")
        .values_list("name", flat=True)
    )


def audited(reference):
    return list(AuditRow.objects.filter(thing=reference).order_by("id").values_list("act", flat=True))


def receipts():
    return IdempotencyReceipt.objects.count()


def everything_of(reference):
    """Every row that placing an order wrote, over all rooms, without what keys and clocks make of it."""
    order = Order.objects.get(reference=reference)
    tables = {
        "order": [order],
        "lines": order.lines.order_by("position"),
        "steps": order.steps.order_by("id"),
        "entries": Entry.objects.filter(reference=reference).order_by("id"),
        "entry lines": EntryLine.objects.filter(entry__reference=reference).order_by("entry_id", "position"),
        "audit": AuditRow.objects.filter(thing=reference).order_by("id"),
        "allowances": AllowanceUse.objects.filter(person=order.person_id).order_by("scheme", "period"),
    }
    return {name: [_wiped(row, reference) for row in rows] for name, rows in tables.items()}


def _wiped(row, reference):
    names = [field.name for field in row._meta.concrete_fields if field.name not in WIPED]
    values = {name: row.__dict__.get(name, row.__dict__.get(f"{name}_id")) for name in names}
    if "thing" in values:
        values["thing"] = ""
        values["facts"] = {name: value for name, value in values["facts"].items() if name != "number"}
    return values
