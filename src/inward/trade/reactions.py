"""What trade does when it is told what happened below.

Of whoever is erased as a person the words are forgotten, not the sums, and nothing is held any longer. When something becomes known of who works where,
lives with whom or holds what, what runs on is marked; the next run, or the job that is planned with it, looks.
"""

from datetime import datetime

from inward.kit.actor import Actor
from inward.kit.outbox import reaction
from inward.parties import queries as parties
from inward.parties.announcements import (
    DefinitionChosen,
    HoldingChanged,
    HoldingEnded,
    HoldingRecorded,
    HouseholdCorrected,
    HouseholdDeclared,
    HouseholdEnded,
    HouseholdTakenBack,
    OwnershipRecorded,
    PersonErased,
    PowersChanged,
    ReorganisationUndone,
    Reorganised,
    SharesChanged,
    UnitClosed,
    UnitMoved,
    WorkEnded,
    WorkMoved,
    WorkStarted,
    WorldImported,
    WorldImportUndone,
)
from inward.trade import operations, running

_HOUSE = Actor.system("trade")


@reaction(PersonErased, name="trade.forget_words")
def forget_words(announcement: PersonErased, *, at: datetime) -> None:
    """Forget what was said in words about a person who was erased. Doing it again changes nothing."""
    by = Actor.system("trade.forget_words")
    operations.forget_words_about(by=by, at=at, person_id=announcement.person_id)
    operations.forget_beneficiaries(by=by, at=at, person_id=announcement.person_id, erased=True)
    operations.forget_net_pay(by=by, at=at, person_id=announcement.person_id)
    operations.forget_addresses(by=by, at=at, person_id=announcement.person_id)
    operations.forget_faults(by=by, at=at, person_id=announcement.person_id)
    operations.forget_baskets(by=by, at=at, person_id=announcement.person_id)


@reaction(PersonErased, name="trade.end_waiting")
def end_waiting(announcement: PersonErased, *, at: datetime) -> None:
    """Whoever was erased waits for nothing; what was held for her goes to the next in line."""
    operations.end_waiting_of(by=Actor.system("trade.end_waiting"), at=at, person_id=announcement.person_id)


def _work(announcement: WorkStarted | WorkMoved | WorkEnded, at: datetime) -> None:
    """Of herself, and of whoever belongs to her household."""
    person = parties.known().codes.get(announcement.person_id)
    if person is not None:
        members = (home.member for home in running.world().leaning.get(person, ()))
        operations.note_news(by=_HOUSE, at=at, people=(person, *members))


def _household(
    announcement: HouseholdDeclared | HouseholdCorrected | HouseholdEnded | HouseholdTakenBack, at: datetime
) -> None:
    member = parties.known().codes.get(announcement.member_id)
    if member is not None:
        operations.note_news(by=_HOUSE, at=at, people=(member,))
    if isinstance(announcement, HouseholdCorrected | HouseholdTakenBack):
        operations.forget_beneficiaries(by=_HOUSE, at=at, person_id=announcement.member_id, erased=False)


@reaction(WorkStarted, name="trade.work_started")
def work_started(announcement: WorkStarted, *, at: datetime) -> None:
    """Somebody works for a company."""
    _work(announcement, at)


@reaction(WorkMoved, name="trade.work_moved")
def work_moved(announcement: WorkMoved, *, at: datetime) -> None:
    """Somebody's work is another one."""
    _work(announcement, at)


@reaction(WorkEnded, name="trade.work_ended")
def work_ended(announcement: WorkEnded, *, at: datetime) -> None:
    """Somebody's work ends, or ended."""
    _work(announcement, at)


@reaction(HouseholdDeclared, name="trade.household_declared")
def household_declared(announcement: HouseholdDeclared, *, at: datetime) -> None:
    """Somebody belongs to a household."""
    _household(announcement, at)


@reaction(HouseholdCorrected, name="trade.household_corrected")
def household_corrected(announcement: HouseholdCorrected, *, at: datetime) -> None:
    """A household has other days."""
    _household(announcement, at)


@reaction(HouseholdEnded, name="trade.household_ended")
def household_ended(announcement: HouseholdEnded, *, at: datetime) -> None:
    """Somebody no longer belongs to a household."""
    _household(announcement, at)


@reaction(HouseholdTakenBack, name="trade.household_taken_back")
def household_taken_back(announcement: HouseholdTakenBack, *, at: datetime) -> None:
    """Somebody never belonged to a household."""
    _household(announcement, at)


def _everybody(announcement: object, *, at: datetime) -> None:
    """What concerns groups of companies may concern whatever runs."""
    operations.note_news(by=_HOUSE, at=at, people=None)


for _fact in (
    *(HoldingRecorded, HoldingChanged, HoldingEnded, SharesChanged, PowersChanged, OwnershipRecorded),
    *(UnitMoved, UnitClosed, Reorganised, ReorganisationUndone, WorldImported, WorldImportUndone, DefinitionChosen),
):
    reaction(_fact, name=f"trade.news_of_{_fact.__name__}")(_everybody)
