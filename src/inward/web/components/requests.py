"""The request as views see it: who acts and when, set once by the middleware of access. For types only."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from inward.kit.actor import Actor


class ActingRequest(HttpRequest):
    """A request with its actor and its instant."""

    actor: Actor
    at: datetime
    session: SessionBase
