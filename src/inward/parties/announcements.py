"""What parties tells the floors above: facts that have happened, frozen and versioned.

Companies and units are told by code. People are told by key alone: an announcement is kept, and what a person is called
must be forgettable (``erase_person``).
"""

from dataclasses import dataclass
from typing import ClassVar

from inward.kit.outbox import Announcement


@dataclass(frozen=True)
class DefinitionKept(Announcement):
    """A definition of inside of one's own says what it says from a day on (an ISO date, empty for always)."""

    definition: str
    valid_from: str
    name: ClassVar[str] = "parties.DefinitionKept"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class DefinitionChosen(Announcement):
    """A purpose is served by a definition of inside from a day on (an ISO date, empty for always); no definition: by none chosen."""

    purpose: str
    definition: str
    valid_from: str
    name: ClassVar[str] = "parties.DefinitionChosen"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class CompanyFounded(Announcement):
    """A company is known from now on."""

    company: str
    name: ClassVar[str] = "parties.CompanyFounded"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class RegistrationChanged(Announcement):
    """A register says otherwise of a company from a day on (an ISO date, empty for always)."""

    company: str
    valid_from: str
    name: ClassVar[str] = "parties.RegistrationChanged"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class PartyRenamed(Announcement):
    """A company, unit or person is called otherwise now."""

    party_id: int
    name: ClassVar[str] = "parties.PartyRenamed"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class _HoldingFact(Announcement):
    """What every announcement about a holding says, by the key of its row; days are ISO dates, empty for open."""

    holding_id: int
    owned: str
    valid_from: str
    valid_until: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class HoldingRecorded(_HoldingFact):
    """A share of votes is known that was not."""

    name: ClassVar[str] = "parties.HoldingRecorded"


@dataclass(frozen=True)
class HoldingChanged(_HoldingFact):
    """A share of votes is another from a day on; ``holding_id`` is the new fact."""

    name: ClassVar[str] = "parties.HoldingChanged"


@dataclass(frozen=True)
class HoldingEnded(_HoldingFact):
    """A share of votes has a last day."""

    name: ClassVar[str] = "parties.HoldingEnded"


@dataclass(frozen=True)
class HoldingOver(_HoldingFact):
    """The day has come on which a share of votes is no longer held, and no other follows it."""

    name: ClassVar[str] = "parties.HoldingOver"


@dataclass(frozen=True)
class _UnitFact(Announcement):
    """What every announcement about a unit says."""

    unit: str
    company: str
    valid_from: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class UnitOpened(_UnitFact):
    """A unit exists from a day on."""

    name: ClassVar[str] = "parties.UnitOpened"


@dataclass(frozen=True)
class UnitMoved(_UnitFact):
    """A unit stands elsewhere from a day on."""

    name: ClassVar[str] = "parties.UnitMoved"


@dataclass(frozen=True)
class UnitClosed(_UnitFact):
    """A unit no longer exists from ``valid_from`` on."""

    name: ClassVar[str] = "parties.UnitClosed"


@dataclass(frozen=True)
class PersonAdded(Announcement):
    """A person is known from now on."""

    person_id: int
    name: ClassVar[str] = "parties.PersonAdded"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class PersonErased(Announcement):
    """A person's name, address and code were replaced; who keeps copies of them replaces them too."""

    person_id: int
    subject: str
    name: ClassVar[str] = "parties.PersonErased"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class _WorkFact(Announcement):
    """What every announcement about a work relationship says, by the key of its row."""

    work_id: int
    person_id: int
    company: str
    valid_from: str
    valid_until: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class WorkStarted(_WorkFact):
    """A person works for a company from a day on."""

    name: ClassVar[str] = "parties.WorkStarted"


@dataclass(frozen=True)
class WorkMoved(_WorkFact):
    """A person works in another unit, or otherwise, for the same company from a day on."""

    name: ClassVar[str] = "parties.WorkMoved"


@dataclass(frozen=True)
class WorkEnded(_WorkFact):
    """A work relationship has a last day."""

    name: ClassVar[str] = "parties.WorkEnded"


@dataclass(frozen=True)
class WorkOver(_WorkFact):
    """The day has come on which a person no longer works for a company."""

    name: ClassVar[str] = "parties.WorkOver"


@dataclass(frozen=True)
class LeadingChanged(Announcement):
    """Who heads a unit or company, who stands in, or how much they may approve is otherwise from a day on.

    ``post`` is a ``Post`` value; ``valid_from`` the day on which what is new begins, or what was before ends.
    """

    place: str
    post: str
    valid_from: str
    name: ClassVar[str] = "parties.LeadingChanged"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class AbsenceNoted(Announcement):
    """A person is away for some days, or (without ``valid_from``) back from ``valid_until`` on. Why is known to nobody."""

    person_id: int
    valid_from: str
    valid_until: str
    name: ClassVar[str] = "parties.AbsenceNoted"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class _LeaderOver(Announcement):
    """What is told of a post that somebody no longer holds; ``valid_until`` is that day."""

    place: str
    person_id: int
    valid_until: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class HeadOver(_LeaderOver):
    """The day has come on which somebody no longer heads a unit or company: named no longer, or no longer at work."""

    name: ClassVar[str] = "parties.HeadOver"


@dataclass(frozen=True)
class DeputyOver(_LeaderOver):
    """The day has come on which somebody no longer stands in at a unit or company: named no longer, or not at work."""

    name: ClassVar[str] = "parties.DeputyOver"


@dataclass(frozen=True)
class _HouseholdFact(Announcement):
    """What every announcement about a household says, by the key of its row: who belongs to one, never to whose.

    ``member_id`` is whose prices it may change; days are ISO dates, empty for open.
    """

    household_id: int
    member_id: int
    valid_from: str
    valid_until: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class HouseholdDeclared(_HouseholdFact):
    """Somebody is known to belong to the household of somebody who works here, from a day on."""

    name: ClassVar[str] = "parties.HouseholdDeclared"


@dataclass(frozen=True)
class HouseholdCorrected(_HouseholdFact):
    """What is known of a household is otherwise, on all its days; ``household_id`` is the new fact."""

    name: ClassVar[str] = "parties.HouseholdCorrected"


@dataclass(frozen=True)
class HouseholdEnded(_HouseholdFact):
    """That somebody belongs to a household has a last day."""

    name: ClassVar[str] = "parties.HouseholdEnded"


@dataclass(frozen=True)
class HouseholdTakenBack(_HouseholdFact):
    """That somebody belongs to a household was never so."""

    name: ClassVar[str] = "parties.HouseholdTakenBack"


@dataclass(frozen=True)
class HouseholdBegun(_HouseholdFact):
    """The day has come from which somebody belongs to a household."""

    name: ClassVar[str] = "parties.HouseholdBegun"


@dataclass(frozen=True)
class HouseholdOver(_HouseholdFact):
    """The day has come on which somebody no longer belongs to a household, and no other of the same two follows it."""

    name: ClassVar[str] = "parties.HouseholdOver"


@dataclass(frozen=True)
class WorkStateNoted(Announcement):
    """A state of somebody's work for a company is known, ended or taken back; which one is nobody's who need not know."""

    person_id: int
    company: str
    valid_from: str
    valid_until: str
    name: ClassVar[str] = "parties.WorkStateNoted"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class _MarkFact(Announcement):
    """What every announcement about a confidentiality mark says, by keys alone; days are ISO dates, empty for open."""

    mark_id: int
    person_id: int
    valid_from: str
    valid_until: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class PersonMarked(_MarkFact):
    """A person is confidential from a day on."""

    name: ClassVar[str] = "parties.PersonMarked"


@dataclass(frozen=True)
class MarkCorrected(_MarkFact):
    """What is known of a mark is otherwise; ``mark_id`` is the new fact."""

    name: ClassVar[str] = "parties.MarkCorrected"


@dataclass(frozen=True)
class MarkLifted(_MarkFact):
    """A person is confidential no longer."""

    name: ClassVar[str] = "parties.MarkLifted"


@dataclass(frozen=True)
class _OpeningFact(Announcement):
    """What every announcement about an opening says, by keys alone."""

    opening_id: int
    person_id: int
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class PersonOpened(_OpeningFact):
    """Somebody has opened a confidential person for a while; ``opening_id`` is the key of the opening."""

    name: ClassVar[str] = "parties.PersonOpened"


@dataclass(frozen=True)
class OpeningEnded(_OpeningFact):
    """An opening was ended before its time."""

    name: ClassVar[str] = "parties.OpeningEnded"


@dataclass(frozen=True)
class _EventFact(Announcement):
    """What is told of a merger, split, new name or reorganisation: its key, its kind and its day."""

    event: int
    kind: str
    valid_from: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class Reorganised(_EventFact):
    """A merger, split, new name or reorganisation changed many facts at once, from a day on."""

    name: ClassVar[str] = "parties.Reorganised"


@dataclass(frozen=True)
class ReorganisationUndone(_EventFact):
    """A merger, split, new name or reorganisation was taken back before anything leaned on it."""

    name: ClassVar[str] = "parties.ReorganisationUndone"


@dataclass(frozen=True)
class _ControlFact(Announcement):
    """What is told of who controls a company: its code, and from which day on (empty: always) it is otherwise."""

    company: str
    valid_from: str
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class SharesChanged(_ControlFact):
    """The classes of shares of a company, or who holds how many of them, are otherwise from a day on (empty: always)."""

    name: ClassVar[str] = "parties.SharesChanged"


@dataclass(frozen=True)
class PowersChanged(_ControlFact):
    """Who has power over a company without shares, or what is known of its parents, is otherwise from a day on."""

    name: ClassVar[str] = "parties.PowersChanged"


@dataclass(frozen=True)
class OwnershipRecorded(Announcement):
    """A source said much at once of who owns and controls whom; ``rows`` counts what was added, changed and taken back."""

    register: str
    rows: int
    name: ClassVar[str] = "parties.OwnershipRecorded"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class WorldImportUndone(Announcement):
    """An import was taken back before anybody used it; ``rows`` counts what it had made."""

    rows: int
    name: ClassVar[str] = "parties.WorldImportUndone"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class WorldImported(Announcement):
    """Many facts came at once; ``rows`` counts what was added and changed."""

    rows: int
    name: ClassVar[str] = "parties.WorldImported"
    version: ClassVar[int] = 1
