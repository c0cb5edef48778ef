"""When a fact became known that holds since an earlier day: the dealings since then are looked at again.

It runs outside a transaction, for it reads long and writes little, and may run again. Several facts of one file come as one.
"""

from datetime import date, datetime

from inward.core.terms import Reason
from inward.insight import operations
from inward.kit.actor import Actor
from inward.kit.outbox import reaction
from inward.parties import queries as parties
from inward.parties.announcements import (
    DefinitionChosen,
    DefinitionKept,
    HoldingChanged,
    HoldingEnded,
    HoldingRecorded,
    HouseholdCorrected,
    HouseholdDeclared,
    HouseholdEnded,
    HouseholdTakenBack,
    OwnershipRecorded,
    PowersChanged,
    ReorganisationUndone,
    Reorganised,
    SharesChanged,
    UnitClosed,
    UnitMoved,
    WorkEnded,
    WorkMoved,
    WorkStarted,
    WorkStateNoted,
    WorldImported,
    WorldImportUndone,
)
from inward.parties.vocabulary import Purpose

_HOUSE = Actor.system("insight")


def _share(announcement: HoldingRecorded | HoldingChanged | HoldingEnded, at: datetime) -> None:
    since = _first(announcement.valid_from, announcement.valid_until, at)
    if since is not None:
        since_told = _told(announcement, since)
        cause = Reason.of("late_share", company=announcement.owned, since=since_told, known=_known(announcement, at))
        operations.look_again(by=_HOUSE, at=at, since=since, cause=cause, companies=None)


def _control(announcement: SharesChanged | PowersChanged, at: datetime) -> None:
    since = _first(announcement.valid_from, "", at)
    if since is not None:
        known = _known(announcement, at)
        cause = Reason.of("late_share", company=announcement.company, since=since, known=known)
        operations.look_again(by=_HOUSE, at=at, since=since, cause=cause, companies=None)


def _work(announcement: WorkStarted | WorkMoved | WorkEnded | WorkStateNoted, at: datetime) -> None:
    since = _first(announcement.valid_from, announcement.valid_until, at)
    person = parties.known().codes.get(announcement.person_id)
    if since is not None and person is not None:
        cause = Reason.of("late_work", since=_told(announcement, since), known=_known(announcement, at))
        told: datetime | None = getattr(announcement, "announced_at", None)
        operations.look_again(
            by=_HOUSE, at=at, since=since, cause=cause, companies=(), people=(person,), known=told or at
        )
        members = tuple(home.member for home in parties.world(purpose=Purpose.PRICE).leaning.get(person, ()))
        if members:
            cause = Reason.of("late_household", known=_known(announcement, at))
            operations.look_again(by=_HOUSE, at=at, since=since, cause=cause, companies=(), people=members)


def _household(
    announcement: HouseholdDeclared | HouseholdCorrected | HouseholdEnded | HouseholdTakenBack,
    since: date | None,
    at: datetime,
) -> None:
    member = parties.known().codes.get(announcement.member_id)
    if since is not None and member is not None:
        cause = Reason.of("late_household", known=_known(announcement, at))
        operations.look_again(by=_HOUSE, at=at, since=since, cause=cause, companies=(), people=(member,))


def _unit(announcement: UnitMoved | UnitClosed, at: datetime) -> None:
    since = _first(announcement.valid_from, "", at)
    if since is not None:
        cause = Reason.of("late_unit", unit=announcement.unit, since=since, known=_known(announcement, at))
        operations.look_again(by=_HOUSE, at=at, since=since, cause=cause, companies=None)


def _file(announcement: WorldImported | WorldImportUndone | OwnershipRecorded, at: datetime) -> None:
    cause = Reason.of("late_file", known=_known(announcement, at))
    operations.look_again(by=_HOUSE, at=at, since=date.min, cause=cause, companies=None)


def _event(announcement: Reorganised | ReorganisationUndone, at: datetime) -> None:
    since = _first(announcement.valid_from, "", at)
    if since is not None:
        cause = Reason.of("late_change", since=since, known=_known(announcement, at))
        operations.look_again(by=_HOUSE, at=at, since=since, cause=cause, companies=None)


def _rule(announcement: DefinitionChosen | DefinitionKept, at: datetime) -> None:
    since = _first(announcement.valid_from, "", at)
    if since is not None:
        told = since if announcement.valid_from else None
        cause = Reason.of("late_rule", since=told, known=_known(announcement, at))
        operations.look_again(by=_HOUSE, at=at, since=since, cause=cause, companies=None)


def _decides(definition: str) -> bool:
    """Whether a rule is, on any day, the one by which prices, books or tax are decided."""
    world = parties.world(purpose=Purpose.PRICE)
    return any(
        rule is not None and rule.id == definition for _, rule in (*world.usual, *world.for_books, *world.for_tax)
    )


def _told(announcement: HoldingEnded | WorkEnded | object, since: date) -> date:
    """The day of which people speak: of what has ended, the first day on which it no longer held."""
    if isinstance(announcement, HoldingEnded | WorkEnded) and announcement.valid_until:
        return date.fromisoformat(announcement.valid_until)
    return since


def _known(announcement: object, at: datetime) -> date:
    told = getattr(announcement, "announced_at", None)
    return (told or at).date()


def _first(valid_from: str, valid_until: str, at: datetime) -> date | None:
    """The first day on which the fact says otherwise; None when that is still to come. An ended fact ends on its last."""
    days = [date.fromisoformat(each) for each in (valid_from, valid_until) if each]
    first = date.min if not valid_from else min(days)
    return first if first <= at.date() else None


@reaction(HoldingRecorded, name="insight.share_recorded", outside=True)
def share_recorded(announcement: HoldingRecorded, *, at: datetime) -> None:
    """Look again at the dealings since the share is held."""
    _share(announcement, at)


@reaction(HoldingChanged, name="insight.share_changed", outside=True)
def share_changed(announcement: HoldingChanged, *, at: datetime) -> None:
    """Look again at the dealings since the share is another one."""
    _share(announcement, at)


@reaction(HoldingEnded, name="insight.share_ended", outside=True)
def share_ended(announcement: HoldingEnded, *, at: datetime) -> None:
    """Look again at the dealings since the share has ended."""
    _share(announcement, at)


@reaction(SharesChanged, name="insight.shares_changed", outside=True)
def shares_changed(announcement: SharesChanged, *, at: datetime) -> None:
    """Look again at the dealings since the shares of the company are held otherwise."""
    _control(announcement, at)


@reaction(PowersChanged, name="insight.powers_changed", outside=True)
def powers_changed(announcement: PowersChanged, *, at: datetime) -> None:
    """Look again at the dealings since somebody has power over the company, or no longer."""
    _control(announcement, at)


@reaction(OwnershipRecorded, name="insight.ownership_recorded", outside=True)
def ownership_recorded(announcement: OwnershipRecorded, *, at: datetime) -> None:
    """Look again at everything: a source speaks of many days."""
    _file(announcement, at)


@reaction(WorkStarted, name="insight.work_started", outside=True)
def work_started(announcement: WorkStarted, *, at: datetime) -> None:
    """Look again at what she bought since the work began."""
    _work(announcement, at)


@reaction(WorkMoved, name="insight.work_moved", outside=True)
def work_moved(announcement: WorkMoved, *, at: datetime) -> None:
    """Look again at what she bought since the work is another one."""
    _work(announcement, at)


@reaction(WorkEnded, name="insight.work_ended", outside=True)
def work_ended(announcement: WorkEnded, *, at: datetime) -> None:
    """Look again at what she bought since the work has ended."""
    _work(announcement, at)


@reaction(WorkStateNoted, name="insight.work_state_noted", outside=True)
def work_state_noted(announcement: WorkStateNoted, *, at: datetime) -> None:
    """Look again at what she bought since: a staff scheme may have been closed for her, or open."""
    _work(announcement, at)


@reaction(HouseholdDeclared, name="insight.household_declared", outside=True)
def household_declared(announcement: HouseholdDeclared, *, at: datetime) -> None:
    """Look again at what a member bought since she belongs to the household."""
    _household(announcement, _first(announcement.valid_from, "", at), at)


@reaction(HouseholdEnded, name="insight.household_ended", outside=True)
def household_ended(announcement: HouseholdEnded, *, at: datetime) -> None:
    """Look again at what a member bought since she no longer belongs to the household."""
    _household(announcement, _first(announcement.valid_until, "", at), at)


@reaction(HouseholdCorrected, name="insight.household_corrected", outside=True)
def household_corrected(announcement: HouseholdCorrected, *, at: datetime) -> None:
    """Look again at all that a member bought: any of its days may be other ones."""
    _household(announcement, date.min, at)


@reaction(HouseholdTakenBack, name="insight.household_taken_back", outside=True)
def household_taken_back(announcement: HouseholdTakenBack, *, at: datetime) -> None:
    """Look again at all that a member bought since a household was believed that never was."""
    _household(announcement, _first(announcement.valid_from, "", at), at)


@reaction(UnitMoved, name="insight.unit_moved", outside=True)
def unit_moved(announcement: UnitMoved, *, at: datetime) -> None:
    """Look again at the dealings since the department stands elsewhere."""
    _unit(announcement, at)


@reaction(UnitClosed, name="insight.unit_closed", outside=True)
def unit_closed(announcement: UnitClosed, *, at: datetime) -> None:
    """Look again at the dealings since the department is closed."""
    _unit(announcement, at)


@reaction(WorldImported, name="insight.file_loaded", outside=True)
def file_loaded(announcement: WorldImported, *, at: datetime) -> None:
    """Look again at everything: a file speaks of many days."""
    _file(announcement, at)


@reaction(WorldImportUndone, name="insight.file_taken_back", outside=True)
def file_taken_back(announcement: WorldImportUndone, *, at: datetime) -> None:
    """Look again at everything."""
    _file(announcement, at)


@reaction(Reorganised, name="insight.reorganised", outside=True)
def reorganised(announcement: Reorganised, *, at: datetime) -> None:
    """A merger, split or reorganisation was entered."""
    _event(announcement, at)


@reaction(ReorganisationUndone, name="insight.reorganisation_undone", outside=True)
def reorganisation_undone(announcement: ReorganisationUndone, *, at: datetime) -> None:
    """A merger, split or reorganisation was taken back."""
    _event(announcement, at)


@reaction(DefinitionChosen, name="insight.rule_chosen", outside=True)
def rule_chosen(announcement: DefinitionChosen, *, at: datetime) -> None:
    """Another inside rule decides from a day on. Those of prices, books and tax stand in what was decided of a dealing."""
    if announcement.purpose in (Purpose.PRICE.value, Purpose.BOOKS.value, Purpose.TAX.value):
        _rule(announcement, at)


@reaction(DefinitionKept, name="insight.rule_kept", outside=True)
def rule_kept(announcement: DefinitionKept, *, at: datetime) -> None:
    """An inside rule says otherwise from a day on, and decides."""
    if _decides(announcement.definition):
        _rule(announcement, at)
