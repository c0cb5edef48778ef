"""What the catalogue tells the floors above."""

from dataclasses import dataclass
from typing import ClassVar

from inward.kit.outbox import Announcement


@dataclass(frozen=True)
class CatalogueChanged(Announcement):
    """Something in the price book changed: what kind of thing, and which."""

    what: str
    code: str
    name: ClassVar[str] = "catalogue.CatalogueChanged"
    version: ClassVar[int] = 1
