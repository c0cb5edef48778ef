"""What the desk does when it is told what happened below: of whoever is erased as a person the words are forgotten, not the figures."""

from datetime import datetime

from inward.desk import operations
from inward.kit.actor import Actor
from inward.kit.outbox import reaction
from inward.parties.announcements import PersonErased


@reaction(PersonErased, name="desk.forget_person")
def forget_person(announcement: PersonErased, *, at: datetime) -> None:
    """Forget what she said and what was said of her affairs. Doing it again changes nothing."""
    operations.forget_person(by=Actor.system("desk.forget_person"), at=at, person_id=announcement.person_id)
