"""Files of exchange rates: a row for each rate, or a column for each currency as central banks publish them. Pure: text in, rates out.

A row for each: ``currency``, ``against``, ``rate``, ``day``, and if one likes ``last_day`` and ``source``: one unit of the currency
costs so much of the other. A column for each: ``Date`` and one column a currency, what one unit of the bank's own currency costs in it
(the ECB's eurofxref files; "N/A" and empty: none that day).
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from inward.core.bookkeeping import Published
from inward.core.terms import Reason, Refusal, as_currency

COLUMNS = ("currency", "against", "rate", "day", "last_day", "source")
"""The columns of a file with a row for each rate; the last two may be left out."""
SOURCE_LENGTH_MAX = 80
_CURRENCY = re.compile("[A-Za-z][A-Za-z0-9]{2,7}")
_NONE = frozenset({"", "N/A", "-"})


@dataclass(frozen=True, slots=True)
class Told:
    """A rate, and where it was read."""

    rate: Published
    where: str


def read_rates(content: bytes, *, source: str, base: str) -> tuple[Told, ...]:
    """The rates of a file of either kind; ``source`` is who published them where no row says so, ``base`` the bank's own currency.

    Refusal (rates_file_unfit) with the line that cannot be read, or for a file that is neither.
    """
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), skipinitialspace=True)
        names = [(name or "").strip() for name in rows.fieldnames or ()]
    except (UnicodeDecodeError, csv.Error):
        raise _unfit("line 1") from None
    rows.fieldnames = names
    each_row = _wide if "Date" in names else _long
    if not (_are_currencies(names) if each_row is _wide else {"currency", "against", "rate", "day"} <= set(names)):
        raise _unfit("line 1")
    found: list[Told] = []
    try:
        for row in rows:
            beside: object = row.pop(None, ())  # cells beyond the last column
            if isinstance(beside, list) and any(cell.strip() for cell in beside):
                raise _unfit(f"line {rows.line_num}")  # 1,0876 is no rate of 1
            plain = {name: (value or "").strip() for name, value in row.items() if name}
            found += each_row(plain, f"line {rows.line_num}", source, base)
    except (ValueError, csv.Error):
        raise _unfit(f"line {rows.line_num}") from None
    return tuple(found)


def _are_currencies(names: Sequence[str]) -> bool:
    """Whether every column beside that of days is one of a currency; a last one without a name is the ECB's closing comma."""
    return all(_CURRENCY.fullmatch(name) for name in names if name not in ("Date", ""))


def _long(row: Mapping[str, str], where: str, source: str, _base: str) -> Iterator[Told]:
    last = row.get("last_day", "")
    yield Told(
        Published(
            currency=as_currency(row["currency"].upper()),
            against=as_currency(row["against"].upper()),
            price=_number(row["rate"]),
            on=date.fromisoformat(row["day"]),
            source=row.get("source") or source,
            last=date.fromisoformat(last) if last else None,
        ),
        where,
    )


def _wide(row: Mapping[str, str], where: str, source: str, base: str) -> Iterator[Told]:
    """One unit of the bank's own currency costs so much of each."""
    day = _day(row["Date"])
    for name, typed in row.items():
        if name == "Date" or typed in _NONE:
            continue
        yield Told(Published(as_currency(base), as_currency(name.upper()), _number(typed), day, source), where)


def _day(typed: str) -> date:
    """2026-11-27, or 27 November 2026 as the ECB writes it in the file of a day."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return datetime.strptime(typed, "%d %B %Y").date()  # noqa: DTZ007 - a day has no time zone


def _number(typed: str) -> Fraction:
    """A plain decimal, as rates are published."""
    if not typed.replace(".", "", 1).isdecimal():
        raise ValueError(typed)
    return Fraction(typed)


def _unfit(where: str) -> Refusal:
    return Refusal(Reason.of("rates_file_unfit", columns=", ".join(COLUMNS)), where=where)
