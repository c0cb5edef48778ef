"""Persons with significant control, as Companies House publishes them: JSON, one object a line.

Source: the natures of control of the UK register (Companies Act 2006, schedule 1A). Bands keep their ends: "25 to 50
percent" is more than 25 and up to 50; "50 to 75" more than 50 and less than 75; "75 to 100" begins with 75.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from inward.core.classification.facts import Band, RightKind
from inward.parties.sources.rows import Evidence, Finding, Right, Said, Share
from inward.parties.sources.streams import Record, records

SOURCE = "PSC"
_PERCENT = re.compile(r"(ownership-of-shares|voting-rights)-(\d+)-to-(\d+)-percent")
_MORE_THAN = re.compile(r"(ownership-of-shares|voting-rights)-more-than-25-percent")
_QUARTER, _HALF, _MOST, _ALL = Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)

BANDS: Mapping[tuple[str, str], Band] = {
    ("25", "50"): Band(_QUARTER, _HALF, low_open=True),
    ("50", "75"): Band(_HALF, _MOST, low_open=True, high_open=True),
    ("75", "100"): Band(_MOST, _ALL),
}
"""The bands of the register, with their open ends."""

_OVERSEAS = Band(_QUARTER, _ALL, low_open=True)


def read(path: Path) -> Iterator[Said]:
    """What a snapshot says. The holder is named by the register's link to her; no name or birthday is taken from here.

    Raises Unreadable where the file cannot be read on.
    """
    for number, record in enumerate(records(path, frozenset()), 1):
        yield from _record(record, Evidence(SOURCE, path.name, number, _link(record)))


def _record(record: Record, at: Evidence) -> Iterator[Said]:
    data, owned = record.get("data"), record.get("company_number")
    if not isinstance(data, dict) or not isinstance(owned, str) or not owned:
        yield Finding(at, "source_record_unknown")
        return
    natures = data.get("natures_of_control")
    if not isinstance(natures, list) or not at.reference:
        yield Finding(at, "source_record_unknown")
        return
    since, until = _day(data.get("notified_on")), _day(data.get("ceased_on"))
    if since is not None and until is not None and until <= since:
        yield Finding(at, "source_ends_before", {"since": since.isoformat(), "until": until.isoformat()})
        return
    shares: dict[str, Band] = {}
    for nature in map(str, natures):
        band = _band(nature)
        if band is not None:
            shares[band[0]] = band[1]
        elif (kind := _right(nature)) is not None:
            key = f"{at.reference}:{kind.value}"
            yield Right(key, owned, kind, at, at.reference, since, until)
        else:
            yield Finding(at, "source_kind_unknown", {"kind": nature[:80]})
    if shares:
        votes, capital = shares.get("voting-rights"), shares.get("ownership-of-shares")
        yield Share(at.reference, at.reference, owned, at, votes, capital, since, until)


def _band(nature: str) -> tuple[str, Band] | None:
    """What is held (votes or shares) and between which ends; None where the nature is no share."""
    found = _PERCENT.match(nature)
    if found is not None and (found[2], found[3]) in BANDS:
        return found[1], BANDS[found[2], found[3]]
    more = _MORE_THAN.match(nature)
    return None if more is None else (more[1], _OVERSEAS)


def _right(nature: str) -> RightKind | None:
    if nature.startswith("right-to-appoint-and-remove-"):
        return RightKind.BOARD_MAJORITY
    return RightKind.DE_FACTO if nature.startswith("significant-influence-or-control") else None


def _link(record: Record) -> str:
    data = record.get("data")
    links = data.get("links") if isinstance(data, dict) else None
    link = links.get("self") if isinstance(links, dict) else None
    return link if isinstance(link, str) else ""


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
