"""How lines of the log look, and what never stands in them: names, mail addresses, queries, bodies, tokens.

Lines of the house's own loggers are written as they are meant. Of other libraries only the fixed part of a message is
kept, since what they fill in may be anybody's; of an error its kind and the places it came through, not its text. Which
values are logged of a request is decided in ``observing``.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

REQUEST_ID: ContextVar[str] = ContextVar("inward_request_id", default="")
"""The request this thread is at work on, if any."""

FIELDS = ("method", "route", "status", "ms", "database_ms", "subject")
"""What a line about a request says besides its id."""

_PLACES_MAX = 12
_OWN = "inward"


class Lines(logging.Formatter):
    """What both forms share: which parts of a record are written."""

    def parts(self, record: logging.LogRecord) -> dict[str, object]:
        """The record as named values, in the order in which they are written."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        request = getattr(record, "request_id", "") or REQUEST_ID.get()
        if request:
            said["request"] = request
        said |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            said["error"] = record.exc_info[0].__qualname__
            said["places"] = _places(record.exc_info[2])
        return said


class JsonLines(Lines):
    """One JSON object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(self.parts(record), ensure_ascii=False, default=str)


class PlainLines(Lines):
    """One line for people: time, level, logger, message, then the rest as ``name=value``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; what could break it in two is left out."""
        said = self.parts(record)
        start = " ".join(str(said.pop(name)) for name in ("at", "level", "logger", "message"))
        rest = " ".join(f"{name}={_shown(value)}" for name, value in said.items())
        line = f"{start} {rest}".strip()
        return line if line.isprintable() else "".join(each if each.isprintable() else " " for each in line)


class EverythingLines(logging.Formatter):
    """All details, for INWARD_DEBUG on a developer's machine alone."""


def settings(form: str, level: str, *, debug: bool) -> dict[str, object]:
    """The value of Django's LOGGING. ``form`` is "plain" or "json"."""
    formatter: dict[str, object] = {"()": f"inward.config.logs.{'JsonLines' if form == 'json' else 'PlainLines'}"}
    if debug:
        formatter = {
            "()": "inward.config.logs.EverythingLines",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "inward": {"level": level.upper()},
            # Said better by the line of the request itself; these carry the path, and a path may hold a name.
            "django.request": {"level": "CRITICAL" if not debug else "WARNING"},
            "django.security.csrf": {"level": "CRITICAL" if not debug else "WARNING"},
            "django.security.DisallowedHost": {"level": "CRITICAL" if not debug else "WARNING"},
        },
    }


def _message(record: logging.LogRecord) -> str:
    own = record.name == _OWN or record.name.startswith(f"{_OWN}.")
    return record.getMessage() if own else str(record.msg)


def _places(trace: TracebackType | None) -> list[str]:
    """Where an error came through, outermost first: file, line and function, without a word of what was in hand."""
    frames = traceback.extract_tb(trace)[-_PLACES_MAX:]
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


def _shown(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
