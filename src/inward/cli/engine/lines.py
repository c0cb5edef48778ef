"""One line in, one line out: reading JSON exactly, and turning a refusal into an error object with words and a place.

It decides nothing; the modules beside it do, one for each question.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from importlib import import_module
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

from inward.cli.engine.saying import Saying
from inward.core.terms import Fields, Reason, Refusal

Answer: TypeAlias = dict[str, Any]

ANSWERS: Mapping[str, str] = MappingProxyType(
    {name: f"inward.cli.engine.{name}" for name in ("control", "standing", "quote", "benefit", "clock", "spread")}
)
"""The module that answers each question: ``answer(asked: Fields, saying: Saying) -> Answer``."""


class Engine:
    """Answers one kind of question, line by line, and counts what it had to refuse."""

    def __init__(self, question: str, language: str = "en", *, explain: bool = False) -> None:
        self._question, self._saying = question, Saying(language, explain=explain)
        self.read = self.refused = 0

    @cached_property
    def _answer(self) -> Callable[[Fields, Saying], Answer]:
        found: Callable[[Fields, Saying], Answer] = import_module(ANSWERS[self._question]).answer
        return found

    def answered(self, line: bytes) -> bytes | None:
        """The answer to a line as a line; None for a blank one, which asks nothing."""
        self.read += 1
        if not line.strip():
            return None
        label: Answer = {}
        try:
            asked = Fields.of(_parsed(line))
            label = _label(asked)
            answer = self._answer(asked, self._saying)
        except Refusal as refusal:
            answer = {"error": self._error(refusal)}
        except Exception as fault:  # noqa: BLE001 - whoever feeds a million lines must not lose the rest by our fault
            what = f"{type(fault).__name__}: {fault}"[:_WHAT_MAX]
            answer = {"error": self._error(Refusal(Reason.of("engine_at_fault", what=what)))}
        self.refused += "error" in answer
        # Half a character, which JSON can escape and UTF-8 cannot say, goes back as it came.
        return json.dumps(label | answer, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"

    def _error(self, refusal: Refusal) -> Answer:
        where = f"line {self.read}" + (f", {refusal.where}" if refusal.where else "")
        return {"code": refusal.reason.code, "message": self._saying.text(refusal.reason), "where": where}


_WHAT_MAX = 200


def _label(asked: Fields) -> Answer:
    """The id by which whoever asks knows the line again, as it was given; a decimal number as its text."""
    given = asked.values.get("id")
    if isinstance(given, list | dict):
        asked.refuse("id", "not_an_id")
    return {"id": str(given) if isinstance(given, Decimal) else given} if "id" in asked.values else {}


def _parsed(line: bytes) -> object:
    """The JSON of a line, numbers exact. Refusal when it is none."""
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(Reason.of("not_utf8"), where=f"byte {error.start + 1}") from None
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Refusal(Reason.of("not_json"), where=f"column {error.colno}") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or brackets a thousand deep
        raise Refusal(Reason.of("not_json")) from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
