"""A kept file as the paper of a fact, in the form in which faces read it. Who may see it is in ``evidence``."""

from dataclasses import dataclass
from datetime import datetime

from inward.kit.models import File


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper: its public reference, name, type as found in it, size in bytes, when it was brought and withdrawn.

    A withdrawn one has no name and no content; its SHA-256 proves what it was.
    """

    reference: str
    name: str
    media_type: str
    size: int
    sha256: str
    brought_at: datetime
    withdrawn_at: datetime | None


def told(file: File | None) -> Evidence | None:
    """The paper of a fact, None for none. The fact's query reads it along (``select_related``)."""
    return None if file is None else as_paper(file)


def as_paper(file: File) -> Evidence:
    """A kept file as a paper."""
    return Evidence(
        file.reference, file.name, file.media_type, file.size, file.sha256, file.created_at, file.withdrawn_at
    )
