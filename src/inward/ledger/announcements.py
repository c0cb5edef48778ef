"""What the ledger tells the floors above."""

from dataclasses import dataclass
from typing import ClassVar

from inward.kit.outbox import Announcement


@dataclass(frozen=True)
class PeriodClosed(Announcement):
    """A month of a company's books takes no more postings."""

    company: str
    month: str
    name: ClassVar[str] = "ledger.PeriodClosed"


@dataclass(frozen=True)
class BenefitRulesLoaded(Announcement):
    """Rules on taxable benefit of a country changed: ``rules`` are the codes of those with a new version, by commas."""

    jurisdiction: str
    rules: str
    name: ClassVar[str] = "ledger.BenefitRulesLoaded"


@dataclass(frozen=True)
class JournalExported(Announcement):
    """A numbered export was made."""

    company: str
    number: int
    name: ClassVar[str] = "ledger.JournalExported"
