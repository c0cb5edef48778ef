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


@dataclass(frozen=True)
class SuspensionChanged(Announcement):
    """A person was suspended from a scheme, answered, or the suspension was upheld or lifted (``step``)."""

    suspension: str
    person_id: int
    supplier: str
    step: str
    name: ClassVar[str] = "catalogue.SuspensionChanged"
    version: ClassVar[int] = 1
