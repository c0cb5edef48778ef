"""Version 1 of the API: one module per room, each an area with its schemas beside it."""

from inward.api.calls import Area
from inward.api.v1 import (
    access,
    catalogue,
    confidential,
    definitions,
    events,
    evidence,
    households,
    imports,
    insight,
    leading,
    ledger,
    lists,
    notices,
    ownership,
    parties,
    previews,
    quality,
    standing,
    trade,
)

PARTS: tuple[Area, ...] = (
    standing.area,
    definitions.area,
    insight.area,
    parties.area,
    ownership.area,
    evidence.area,
    leading.area,
    households.area,
    confidential.area,
    events.area,
    quality.area,
    access.area,
    catalogue.area,
    previews.parties_area,
    previews.catalogue_area,
    trade.area,
    ledger.area,
    notices.area,
    lists.area,
    imports.parties_area,
    imports.catalogue_area,
)
"""Every area, in the order of the document."""
