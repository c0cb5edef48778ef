"""classify(): internal or external, of which kind, on what least grounds, on that day; and what would change it.

The rung comes from ``ladder``, the reasons from ``grounds``; the rooms word them. What is kept of a dealing is this.
"""

from dataclasses import dataclass
from datetime import date

from inward.core.classification.definition import STRICT_MAJORITY, Definition
from inward.core.classification.graph import World
from inward.core.classification.grounds import Explanation
from inward.core.classification.ladder import Kind, Verdict, decide
from inward.core.classification.nets import prepared
from inward.core.terms.reason import Reason

__all__ = ["Kind", "Standing", "Verdict", "classify"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict of one dealing, complete: it can be kept, compared and worded without the world it came from.

    - ``supplier_company`` posts the sale: the company; for a person who works for none, the person herself.
    - ``customer_company`` is the customer's company or employer; None for a person who works for none.
    - ``work_relationship`` is the id of the one that was looked at, the customer's where both are people.
    - ``nearest_miss`` stands only where the verdict is external, and not always then.
    """

    verdict: Verdict
    kind: Kind
    grounds: tuple[Reason, ...]
    supplier_company: str
    customer_company: str | None
    nearest_miss: Reason | None = None
    work_relationship: str | None = None
    definition: str = "strict_majority"
    world_version: int = 0

    @property
    def internal(self) -> bool:
        """Whether the dealing is certainly inside."""
        return self.verdict is Verdict.INTERNAL


def classify(
    *, supplier: str, customer: str, world: World, on: date, definition: Definition = STRICT_MAJORITY
) -> Standing:
    """The standing of ``customer`` before ``supplier`` on that day; turned round, the verdict is the same.

    Refusal for a party nobody knows and a unit that does not exist on that day.
    """
    decision = decide(supplier=supplier, customer=customer, world=world, on=on, definition=definition)
    explanation = Explanation(decision, world, on, prepared(world, definition))
    one, other, verdict = decision.supplier, decision.customer, decision.verdict
    work = other.work or one.work
    return Standing(
        verdict=verdict,
        kind=decision.kind,
        grounds=explanation.grounds(),
        supplier_company=one.company or one.party,
        customer_company=other.company,
        nearest_miss=explanation.nearest_miss() if verdict is Verdict.EXTERNAL else None,
        work_relationship=work.id if work else None,
        definition=definition.id,
        world_version=world.version,
    )
