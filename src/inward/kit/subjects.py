"""Subject keys: audit and ledger speak of people by a random key, so that a name can be erased while figures stay."""

import secrets
from datetime import datetime

from inward.kit.models import Subject
from inward.kit.transaction import transaction_required


def new_key() -> str:
    """A random key that says nothing about anybody."""
    return f"s-{secrets.token_urlsafe(16)}"


@transaction_required
def new_subject(*, at: datetime) -> str:
    """Keep a new key and return it."""
    return Subject.objects.create(key=new_key(), created_at=at).key


@transaction_required
def new_subjects(count: int, *, at: datetime) -> list[str]:
    """So many new keys at once, for set-wise work."""
    made = [Subject(key=new_key(), created_at=at) for _ in range(count)]
    Subject.objects.bulk_create(made, batch_size=500)
    return [subject.key for subject in made]


@transaction_required
def erase(key: str, *, at: datetime) -> None:
    """Mark that the person behind the key was erased; whoever keeps her name takes it away in the same transaction."""
    Subject.objects.filter(key=key, erased_at=None).update(erased_at=at)
