"""Who stands too near to a confidential case to handle it: from the dated graph of work and households. Reads only.

Near to somebody is she herself, whoever is above her, whoever she leads, and her household (as far as households serve
promises). Why it is so: docs/decisions/0192-a-case-is-what-happened-to-it.md.
"""

from datetime import date

from inward.kit.kept import Kept
from inward.parties import graph as leads
from inward.parties import leading
from inward.parties import queries as parties
from inward.parties.graph import Graph
from inward.parties.vocabulary import Purpose

_Found = dict[tuple[str, date, int], frozenset[str]]
_found: Kept[_Found] = Kept(leading.VERSION, lambda _number: {})
_AT_ONCE = 1000
"""So many are kept; one for each case handler and day."""


def near_to(person: str, *, on: date) -> frozenset[str]:
    """Everybody who is near to a person on a day, she herself among them."""
    here, kept = leading.graph(), _found.value()
    key = (person, on, here.world.version)
    if key not in kept:
        if len(kept) >= _AT_ONCE:
            kept.clear()
        kept[key] = frozenset({person}) | _above(here, person, on) | _led(here, person, on) | _home(person, on)
    return kept[key]


def ready() -> None:
    """Make what is kept here before an act begins, as ``clocks.ready`` does."""
    leading.graph()
    _found.value()


def _above(here: Graph, person: str, on: date) -> frozenset[str]:
    """Who heads a place where she works, or what that stands in."""
    places = {each for place in leads.places_of(here, person, on) for each in leads.path(here, place, on)}
    return frozenset(head for place in places if (head := leads.head_of(here, place, on)) is not None)


def _led(here: Graph, person: str, on: date) -> frozenset[str]:
    """Who works in what she heads, or below it."""
    headed = [place for place in here.heads if leads.head_of(here, place, on) == person]
    if not headed:
        return frozenset()
    reached = frozenset().union(*(parties.reach(place, on=on) for place in headed))
    pieces = (work for of_one in here.world.work.values() for work in of_one if on in work.period)
    return frozenset(work.person for work in pieces if (work.unit or work.company) in reached)


def _home(person: str, on: date) -> frozenset[str]:
    """Of whose household she is, who is of hers, and who else is of the same."""
    homes = [home for home in parties.world(purpose=Purpose.PROMISE).households if on in home.period]
    keepers = {home.person for home in homes if person in (home.person, home.member)}
    return frozenset(each for home in homes if home.person in keepers for each in (home.person, home.member))
