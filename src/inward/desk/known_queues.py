"""The queues as every act on a case needs them, kept in this process while none of them changes. Nobody changes what is kept."""

from collections.abc import Mapping
from typing import Final

from inward.desk.models import Queue
from inward.kit import versions
from inward.kit.kept import Kept
from inward.kit.transaction import transaction_required

VERSION: Final = "desk.queues"


def _made(_number: int) -> Mapping[int, Queue]:
    return {each.pk: each for each in Queue.objects.all()}


_known: Kept[Mapping[int, Queue]] = Kept(VERSION, _made)


def ready() -> None:
    """Prepare what is kept, before a transaction in which it could not be."""
    _known.value()


def of(key: int) -> Queue:
    """The queue of this key."""
    return _known.value()[key]


def called(code: str) -> Queue | None:
    """The queue of this code, also when it is closed; None where there is none."""
    return next((each for each in _known.value().values() if each.code == code), None)


@transaction_required
def changed() -> None:
    """A queue was made or changed in this transaction."""
    versions.bump(VERSION)
