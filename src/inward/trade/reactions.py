"""What trade does when it is told what happened below: of whoever is erased as a person the words are forgotten, not the sums."""

from datetime import datetime

from inward.kit.actor import Actor
from inward.kit.outbox import reaction
from inward.parties.announcements import PersonErased
from inward.trade import operations


@reaction(PersonErased, name="trade.forget_words")
def forget_words(announcement: PersonErased, *, at: datetime) -> None:
    """Forget what was said in words about a person who was erased. Doing it again changes nothing."""
    operations.forget_words_about(by=Actor.system("trade.forget_words"), at=at, person_id=announcement.person_id)
