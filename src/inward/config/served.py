"""The door that ``inward serve`` opens: the one of ``wsgi``, with what every page needs at hand before anybody asks."""

from django.db import connections

from inward.config.warming import warm
from inward.config.wsgi import application

warm()
connections.close_all()  # the threads that answer have their own

__all__ = ["application"]
