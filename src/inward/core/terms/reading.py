"""Reading fields out of what JSON or a table gave: text, numbers, days and periods, each refused with its place.

No file is opened here. Empty text is no value, as a cell of a table cannot say None. Fields nobody asks for are left
alone, so that a file may carry more than Inward reads.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NoReturn, TypeVar

from inward.core.terms.number import exact
from inward.core.terms.period import Period
from inward.core.terms.reason import Fact, Reason, Refusal

_Choice = TypeVar("_Choice", bound=Enum)


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one object or row, and where it stands: ``holdings[3]``."""

    values: Mapping[str, object]
    where: str = ""

    @classmethod
    def of(cls, value: object, where: str = "") -> "Fields":
        """These fields; Refusal when ``value`` is no object."""
        if not isinstance(value, Mapping):
            raise Refusal(Reason.of("not_an_object"), where=where)
        return cls(value, where)

    def place(self, name: str) -> str:
        """Where a field of this row stands: ``holdings[3].owner``."""
        return f"{self.where}.{name}" if self.where else name

    def has(self, name: str) -> bool:
        """Whether the field is there and not empty."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """The text of a field; a whole number is taken for its text, as ids often are numbers."""
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            self.refuse(name, "not_text" if self.has(name) else "field_missing")
        if not value.strip():
            self.refuse(name, "field_missing")
        return value.strip()

    def text_or_none(self, name: str) -> str | None:
        """The text of a field that may be left out."""
        return self.text(name) if self.has(name) else None

    def number(self, name: str) -> Fraction:
        """The exact number in a field: 60, "33.33", "1/6", "45/0.52"."""
        value = self.values.get(name)
        if not self.has(name):
            self.refuse(name, "field_missing")
        try:
            return exact(value if isinstance(value, int | str | Decimal | Fraction) else "")
        except ValueError:
            return self.refuse(name, "not_a_number", value=str(value)[:_SHOWN_MAX])

    def whole(self, name: str) -> int:
        """The whole number in a field."""
        value = self.number(name)
        if value.denominator != 1:
            self.refuse(name, "not_a_whole_number", value=str(self.values[name]))
        return int(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """The yes or no in a field: true, false, "yes", "no", 1, 0."""
        value = self.values.get(name)
        if not self.has(name):
            return default
        found = _FLAGS.get(str(value).strip().lower())
        return found if found is not None else self.refuse(name, "not_a_flag", value=str(value))

    def day(self, name: str) -> date:
        """The day in a field, as 2026-11-24."""
        text = self.text(name)
        try:
            return date.fromisoformat(text if _DAY.match(text) else "")
        except ValueError:
            return self.refuse(name, "not_a_day", value=text)

    def period(self, start: str = "valid_from", until: str = "valid_until", last: str = "last_day") -> Period:
        """The half-open period these fields tell: ``until`` no longer counts, ``last`` does; any may be left out."""
        first = self.day(start) if self.has(start) else None
        if not self.has(last):
            return self._until(until, first, self.day(until) if self.has(until) else None)
        if self.has(until):
            self.refuse(last, "period_ends_twice")
        return self._until(last, first, Period.through(None, self.day(last)).until)

    def _until(self, name: str, first: date | None, end: date | None) -> Period:
        if first is not None and end is not None and end <= first:
            self.refuse(name, "period_backwards", since=first, until=end)
        return Period(first, end)

    def choice(self, name: str, choices: type[_Choice]) -> _Choice:
        """The value of ``choices`` whose value the field names, in either case, with hyphens, blanks or underscores."""
        text = self.text(name)
        by_text = {_folded(str(choice.value)): choice for choice in choices}
        if _folded(text) not in by_text:
            self.refuse(name, "not_one_of", value=text, allowed=", ".join(sorted(by_text)))
        return by_text[_folded(text)]

    def only(self, names: Iterable[str]) -> None:
        """Refuse a field that is none of ``names``: where a misspelt one would quietly change the answer."""
        known = frozenset(names)
        for name in self.values:
            if name not in known:
                self.refuse(name, "field_unknown", name=name)

    def rows(self, name: str) -> Iterator["Fields"]:
        """The objects of a list in a field that may be left out."""
        for index, value in enumerate(self.items(name)):
            yield Fields.of(value, f"{self.place(name)}[{index}]")

    def items(self, name: str) -> list[object]:
        """The list in a field that may be left out."""
        value = self.values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(name, "not_a_list")
        return value

    def refuse(self, name: str, code: str, /, **facts: Fact) -> NoReturn:
        """Refuse this field."""
        raise Refusal(Reason.of(code, **facts), where=self.place(name))


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
"""Python reads 20261124 and 2026-W48-2 as days too; people and other programs would not agree on them."""
_SHOWN_MAX = 60
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def _folded(text: str) -> str:
    return text.strip().lower().replace("-", "_").replace(" ", "_")
