"""``inward engine standing``: internal or external, and why. Shapes: docs/reference/engine.md."""

from typing import Any

from inward.cli.engine.asked import WORLDS, definition
from inward.cli.engine.saying import Saying
from inward.core.classification import Standing, classify
from inward.core.classification.reading import moment
from inward.core.terms import Fields


def answer(asked: Fields, saying: Saying) -> dict[str, Any]:
    """The standing of one dealing."""
    asked.only(("id", "world", "world_file", "supplier", "customer", "on", "known_at", "definition"))
    known_at = moment(asked, "known_at") if asked.has("known_at") else None
    supplier, customer, on = asked.text("supplier"), asked.text("customer"), asked.day("on")
    rule = definition(asked)
    world = WORLDS.asked_for(asked, known_at)
    return told(classify(supplier=supplier, customer=customer, world=world, on=on, definition=rule), saying)


def told(standing: Standing, saying: Saying) -> dict[str, Any]:
    """A standing as the engine says it."""
    found: dict[str, Any] = {
        "standing": standing.verdict.value,
        "kind": standing.kind.value,
        "grounds": [saying.reason(reason) for reason in standing.grounds],
        "supplier_company": standing.supplier_company,
        "customer_company": standing.customer_company,
        "definition": standing.definition,
    }
    if standing.work_relationship is not None:
        found["work_relationship"] = standing.work_relationship
    if standing.nearest_miss is not None:
        found["nearest_miss"] = saying.reason(standing.nearest_miss)
    return found
