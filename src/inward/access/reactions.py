"""What access does when it is told what happened below: whoever is erased as a person is forgotten as a user."""

from datetime import datetime

from inward.access import operations
from inward.kit.actor import Actor
from inward.kit.outbox import reaction
from inward.parties.announcements import PersonErased


@reaction(PersonErased, name="access.forget_user")
def forget_user(announcement: PersonErased, *, at: datetime) -> None:
    """Forget the user of a person who was erased. Doing it again changes nothing."""
    operations.forget_user_of(by=Actor.system("access.forget_user"), at=at, person_id=announcement.person_id)
