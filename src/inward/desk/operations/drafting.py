"""What somebody has typed and not sent yet: hers alone, kept for a while. Nothing is audited or told of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from inward.desk.casewords import TEXT_LENGTH_MAX
from inward.desk.models import CaseDraft
from inward.kit.actor import Actor
from inward.kit.transaction import transaction
from inward.parties import queries as parties

DRAFTS_MAX: Final = 20
KEPT: Final = timedelta(days=30)
"""So long a draft is kept that nobody goes on with."""
_NAME_MAX: Final = 250
_FIELDS_MAX: Final = 60


def keep_draft(*, by: Actor, at: datetime, what: str, typed: Mapping[str, str]) -> None:
    """Keep what was typed for a request; nothing typed forgets it. Whoever is no person keeps none, and nobody more than DRAFTS_MAX.

    What is too much to be asked is not kept either: it could not be sent.
    """
    key = parties.keys().get(by.person or "")
    if key is None:
        return
    kept = {
        name[:_NAME_MAX]: text.replace("\0", "") for name, text in list(typed.items())[:_FIELDS_MAX] if text.strip()
    }
    with transaction():
        mine = CaseDraft.objects.filter(person_id=key)
        mine.filter(at__lt=at - KEPT).delete()
        if not kept or sum(map(len, kept.values())) > 2 * TEXT_LENGTH_MAX:
            mine.filter(what=what).delete()
            return
        CaseDraft.objects.update_or_create(person_id=key, what=what, defaults={"typed": kept, "at": at})
        over = mine.order_by("-at", "-id").values_list("id", flat=True)[DRAFTS_MAX:]
        CaseDraft.objects.filter(pk__in=list(over)).delete()


def drop_draft(*, by: Actor, at: datetime, what: str) -> None:
    """Forget what was typed, because it was sent or is not wanted."""
    keep_draft(by=by, at=at, what=what, typed={})
