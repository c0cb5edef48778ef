"""Refusals in words on stderr, with exit status 1; anything unknown is a bug and goes on as one. Not a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError

from inward.cli.setup import say
from inward.core.terms import Refusal
from inward.kit.connections import out_of_room
from inward.kit.policy import NotThere, Refused
from inward.kit.vocabularies import text


@dataclass
class Outcome:
    """The exit status to come."""

    status: int = 0


@contextmanager
def refusals_in_words(language: str = "en") -> Iterator[Outcome]:
    """Say what is refused in words; nothing was written then."""
    outcome = Outcome()
    try:
        yield outcome
    except Refusal as refusal:
        place = f"{refusal.where}: " if refusal.where else ""
        say(f"{place}{text(refusal.reason, language)}")
        outcome.status = 1
    except Refused as refused:
        for reason in refused.reasons:
            say(text(reason, language))
        outcome.status = 1
    except NotThere:
        say("There is no such thing.")
        outcome.status = 1
    except (DatabaseError, OSError) as error:
        if not out_of_room(error):
            raise
        say("There is no room left on the disk. Nothing was half done. Make room, then try again.")
        outcome.status = 1
