"""Announcements are told with the act or not at all, and come back equal; names of listeners are unique."""
# ruff: noqa: PT012 - an act that fails at its end has more than one line

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, ClassVar

import pytest

from inward.core.terms import Money, Rate, as_currency
from inward.kit import outbox
from inward.kit.actor import Actor
from inward.kit.models import Task
from inward.kit.outbox import (
    Announcement,
    UnknownVersion,
    announce,
    announced,
    announcement_rows,
    job,
    reaction,
    schedule,
)
from inward.kit.transaction import NoTransaction, transaction
from inward.kit.writing import WriteSet, write

pytestmark = [pytest.mark.database]


@dataclass(frozen=True)
class Swarmed(Announcement):
    """A hive has swarmed."""

    hive: str
    on: date = date(2026, 3, 2)
    value: Money | None = None
    share: Rate | None = None
    bees: tuple[str, ...] = ()
    name: ClassVar[str] = "bees.Swarmed"


@dataclass(frozen=True)
class Renamed(Announcement):
    """Its second version calls the hive a home."""

    home: str
    name: ClassVar[str] = "bees.Renamed"
    version: ClassVar[int] = 2

    @classmethod
    def upgraded(cls, payload: Any, *, version: int) -> Any:
        if version == 1:
            return {"home": payload["hive"]}
        return super().upgraded(payload, version=version)


@dataclass(frozen=True)
class Nameless(Announcement):
    """Somebody forgot the name."""


@dataclass(frozen=True)
class Odd(Announcement):
    """A mapping is no fact."""

    facts: dict[str, int]
    name: ClassVar[str] = "bees.Odd"


@pytest.mark.django_db
def test_an_announcement_comes_back_equal_with_who_and_when(by: Actor, at: datetime) -> None:
    told = Swarmed("h-1", value=Money(1250, as_currency("EUR")), share=Rate(Fraction(1, 3)), bees=("maja", "willi"))

    with transaction():
        announce(told, by=by, at=at)

    (read,) = announced(Swarmed)
    assert read == told
    assert (read.id, read.announced_at, read.announced_by) == (told.id, at, "s-ada")
    task = Task.objects.get()
    assert (task.kind, task.name, task.version, task.state, task.due_at) == (
        "ANNOUNCEMENT",
        "bees.Swarmed",
        1,
        "WAITING",
        at,
    )
    assert announced(Swarmed, since=told.id) == []
    assert announced(Renamed) == []


@pytest.mark.django_db
def test_what_is_undone_was_never_told(by: Actor, at: datetime) -> None:
    with pytest.raises(KeyError), transaction():
        announce(Swarmed("h-1"), by=by, at=at)
        raise KeyError
    with pytest.raises(NoTransaction):
        announce(Swarmed("h-1"), by=by, at=at)

    assert Task.objects.count() == 0


@pytest.mark.django_db
def test_a_write_set_tells_the_same(by: Actor, at: datetime) -> None:
    one, other = Swarmed("h-1"), Swarmed("h-2")
    with transaction():
        announce(one, by=by, at=at)

    write(WriteSet(rows=(announcement_rows([other], by=by, at=at),)))

    assert announced(Swarmed) == [one, other]
    first, second = Task.objects.order_by("id").values()
    assert {**first, "id": 0, "payload": 0} == {**second, "id": 0, "payload": 0}
    assert [task.payload["facts"]["hive"] for task in Task.objects.order_by("id")] == ["h-1", "h-2"]


def test_an_announcement_needs_a_name_and_facts(by: Actor, at: datetime) -> None:
    with pytest.raises(ValueError, match="Nameless has no name"):
        announcement_rows([Nameless()], by=by, at=at)
    with pytest.raises(TypeError, match="mapping"):
        announcement_rows([Odd({"a": 1})], by=by, at=at)


def test_an_older_version_is_read_in_the_shape_of_today() -> None:
    assert Renamed.from_payload({"hive": "h-1"}, version=1) == Renamed("h-1")
    assert Renamed.from_payload({"home": "h-1"}, version=2) == Renamed("h-1")
    with pytest.raises(UnknownVersion):
        Renamed.from_payload({"nest": "h-1"}, version=3)
    with pytest.raises(UnknownVersion):
        Swarmed.from_payload({"hive": "h-1"}, version=2)


def test_two_functions_cannot_have_one_name(registry: None) -> None:
    @reaction(Swarmed, name="letters.tell")
    def tell(announcement: Swarmed, *, at: datetime) -> None: ...

    reaction(Swarmed, name="letters.tell")(tell)  # imported twice is the same function
    with pytest.raises(ValueError, match=r"letters\.tell"):

        @reaction(Swarmed, name="letters.tell")
        def other(announcement: Swarmed, *, at: datetime) -> None: ...

    assert [each.name for each in outbox.listeners("bees.Swarmed")] == ["letters.tell"]
    assert outbox.listeners("bees.Renamed") == ()


def test_listeners_are_called_in_the_order_of_their_names(registry: None) -> None:
    for name in ("b", "a", "c"):
        reaction(Swarmed, name=name)(lambda announcement, *, at: None)

    assert [each.name for each in outbox.listeners("bees.Swarmed")] == ["a", "b", "c"]


def test_a_job_is_not_due_more_than_once_a_second(registry: None) -> None:
    with pytest.raises(ValueError, match="once a second"):
        job("bees.count", every=timedelta(milliseconds=10))


@pytest.mark.django_db
def test_a_planned_job_waits_for_its_time_and_its_key_keeps_it_single(registry: None, at: datetime) -> None:
    job("bees.count")(lambda *, at, hive: None)
    due = datetime(2026, 4, 1, tzinfo=UTC)

    with transaction():
        assert schedule("bees.count", due, payload={"hive": "h-1"}, key="april", at=at)
        assert not schedule("bees.count", due, payload={"hive": "h-2"}, key="april", at=at)
        assert schedule("bees.count", due, at=at)
        assert schedule("bees.count", due, at=at)

    first = Task.objects.get(key="job:bees.count:april")
    assert (first.payload, first.due_at, first.state) == ({"hive": "h-1"}, due, "WAITING")
    assert Task.objects.count() == 3


@pytest.mark.django_db
def test_an_unknown_job_cannot_be_planned(registry: None, at: datetime) -> None:
    with transaction(), pytest.raises(ValueError, match=r"bees\.dance"):
        schedule("bees.dance", at, at=at)

    assert Task.objects.count() == 0
