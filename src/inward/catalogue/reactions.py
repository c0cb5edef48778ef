"""What the catalogue does when it is told what happened below: what was said of whoever is erased is forgotten."""

from datetime import datetime

from inward.catalogue import operations
from inward.kit.actor import Actor
from inward.kit.outbox import reaction
from inward.parties.announcements import PersonErased


@reaction(PersonErased, name="catalogue.forget_words")
def forget_words(announcement: PersonErased, *, at: datetime) -> None:
    """Forget the words of hearings. Doing it again changes nothing."""
    operations.forget_words(by=Actor.system("catalogue.forget_words"), at=at, person_id=announcement.person_id)
