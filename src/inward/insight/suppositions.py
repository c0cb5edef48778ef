"""Suppositions as texts that stand in an address, and as facts of the core. Pure.

``share:jkl:xyz:48:2026-01-01``: from that day on jkl holds 48 % of the votes (and of the capital) of xyz; 0 for none.
``shares:jkl:xyz-a:400:2026-01-01``: from that day on jkl holds 400 shares of that class, and the votes they carry; where a
company has share classes, only so. ``work:maya-lund:xyz:FULL_TIME:2026-01-01``: from that day on she works for xyz so; ``NONE`` for no longer. What was before that
day stays as it is known; what is known of later days of the same two is replaced.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final, TypeAlias, TypeVar

from inward.core.classification import Holding, Shareholding, Supposed, WorkKind, WorkRelationship, World
from inward.core.classification.shares import held
from inward.core.terms import Period, Rate, Reason, Refusal
from inward.core.terms.number import exact, exact_text
from inward.parties import veil

SUPPOSITIONS_MAX: Final = 20
NONE: Final = "NONE"


@dataclass(frozen=True, slots=True)
class SupposedShare:
    """From ``since`` on ``owner`` holds ``share`` (of one) of the votes and the capital of ``owned``."""

    owner: str
    owned: str
    share: Fraction
    since: date

    @property
    def text(self) -> str:
        """As it stands in an address."""
        return f"share:{self.owner}:{self.owned}:{exact_text(self.share * 100)}:{self.since.isoformat()}"


@dataclass(frozen=True, slots=True)
class SupposedShares:
    """From ``since`` on ``owner`` holds so many ``shares`` of a class (its first id); votes and capital follow."""

    owner: str
    share_class: str
    shares: Fraction
    since: date

    @property
    def text(self) -> str:
        """As it stands in an address."""
        return f"shares:{self.owner}:{self.share_class}:{exact_text(self.shares)}:{self.since.isoformat()}"

    def votes(self, world: World) -> Fraction:
        """The part of all votes of the company that these shares carry on the first day."""
        return next(
            (each.votes for each in held(world.share_classes, [self.fact("")]) if self.since in each.period),
            Fraction(0),
        )

    def fact(self, name: str) -> Shareholding:
        """The shares as a fact of that name."""
        return Shareholding(name, self.owner, self.share_class, self.shares, Period(self.since, None))


@dataclass(frozen=True, slots=True)
class SupposedWork:
    """From ``since`` on ``person`` works for ``company`` as ``kind``; None: no longer."""

    person: str
    company: str
    kind: WorkKind | None
    since: date

    @property
    def text(self) -> str:
        """As it stands in an address."""
        kind = NONE if self.kind is None else self.kind.value
        return f"work:{self.person}:{self.company}:{kind}:{self.since.isoformat()}"


Supposition: TypeAlias = SupposedShare | SupposedShares | SupposedWork
_Fact = TypeVar("_Fact", Holding, Shareholding, WorkRelationship)


def read(texts: Iterable[str], world: World) -> tuple[Supposition, ...]:
    """The suppositions of an address, each once; a later one of the same two and day replaces an earlier.

    Refusal, with the text as place, for what cannot be read, too many, parties nobody knows, shares beyond the whole.
    """
    found: dict[tuple[str, str, str, date], Supposition] = {}
    for text in texts:
        each = _read(text)
        _check(each, world, text)
        found[type(each).__name__, *_ends(each), each.since] = each
    if len(found) > SUPPOSITIONS_MAX:
        raise Refusal(Reason.of("too_many_suppositions", most=SUPPOSITIONS_MAX))
    return tuple(found.values())


def supposed(suppositions: Iterable[Supposition], world: World) -> Supposed:
    """What the suppositions make of the facts of a world; of several on the same two, the later day begins later."""
    ordered = sorted(suppositions, key=lambda each: each.since)
    shares = [each for each in ordered if isinstance(each, SupposedShare)]
    classes = [each for each in ordered if isinstance(each, SupposedShares)]
    works = [each for each in ordered if isinstance(each, SupposedWork)]
    return Supposed(_shares(shares, world), _works(works, world), shareholdings=_of_classes(classes, world))


def _ends(each: Supposition) -> tuple[str, str]:
    match each:
        case SupposedShare():
            return each.owner, each.owned
        case SupposedShares():
            return each.owner, each.share_class
        case SupposedWork():
            return each.person, each.company


def _shares(shares: Sequence[SupposedShare], world: World) -> dict[str, Holding | None]:
    pairs = {_ends(each) for each in shares}
    known = {fact.id: fact for fact in world.holdings if _between(fact) in pairs}
    here: dict[str, Holding | None] = dict(known)
    for number, each in enumerate(shares):
        _end(here, _ends(each), each.since)
        if each.share:
            name, period = f"supposed-share-{number}", Period(each.since, None)
            here[name] = Holding(name, each.owner, each.owned, each.share, period, capital=each.share)
    return _changed(known, here)


def _of_classes(shares: Sequence[SupposedShares], world: World) -> dict[str, Shareholding | None]:
    pairs = {_ends(each) for each in shares}
    known = {fact.id: fact for fact in world.shareholdings if _between(fact) in pairs}
    here: dict[str, Shareholding | None] = dict(known)
    for number, each in enumerate(shares):
        _end(here, _ends(each), each.since)
        if each.shares:
            name = f"supposed-shares-{number}"
            here[name] = each.fact(name)
    return _changed(known, here)


def _works(works: Sequence[SupposedWork], world: World) -> dict[str, WorkRelationship | None]:
    """The unit and the line of business in which somebody works on the day stay hers."""
    known = {fact.id: fact for person in {each.person for each in works} for fact in world.work.get(person, ())}
    here: dict[str, WorkRelationship | None] = dict(known)
    for number, each in enumerate(works):
        running = _end(here, _ends(each), each.since)
        if each.kind is not None:
            unit, line = (None, "") if running is None else (running.unit, running.line_of_business)
            name, period = f"supposed-work-{number}", Period(each.since, None)
            here[name] = WorkRelationship(name, each.person, each.company, each.kind, period, unit, line)
    return _changed(known, here)


def _between(fact: _Fact) -> tuple[str, str]:
    match fact:
        case Holding():
            return fact.owner, fact.owned
        case Shareholding():
            return fact.owner, fact.share_class
    return fact.person, fact.company


def _end(here: dict[str, _Fact | None], ends: tuple[str, str], since: date) -> _Fact | None:
    """Let all that is between the two end with the day; returns what held on it."""
    running = None
    for name, fact in tuple(here.items()):
        if fact is not None and _between(fact) == ends:
            running = fact if since in fact.period else running
            here[name] = _until(fact, since)
    return running


def _changed(known: Mapping[str, _Fact], here: Mapping[str, _Fact | None]) -> dict[str, _Fact | None]:
    return {name: fact for name, fact in here.items() if known.get(name) != fact}


def _until(fact: _Fact, since: date) -> _Fact | None:
    """What is known of the two ends the day before; what would begin later never does."""
    start, until = fact.period.start, fact.period.until
    if until is not None and until <= since:
        return fact
    return None if start is not None and start >= since else replace(fact, period=Period(start, since))


def _read(text: str) -> Supposition:
    parts = text.split(":")
    wrong = Refusal(Reason.of("supposition_not_read", text=text[:120]), where=text[:120])
    if len(parts) != 5:  # noqa: PLR2004 - sort, two parties, what, since
        raise wrong
    sort, one, other, what, since = parts
    try:
        day = date.fromisoformat(since)
        if sort == "share":
            return SupposedShare(one, other, exact(what) / 100, day)
        if sort == "shares":
            return SupposedShares(one, other, exact(what), day)
        if sort == "work":
            return SupposedWork(one, other, None if what == NONE else WorkKind(what), day)
    except ValueError:
        raise wrong from None
    raise wrong


def _check(each: Supposition, world: World, where: str) -> None:
    owners, companies = {*world.company, *world.person}, {*world.company}
    match each:
        case SupposedShare():
            known = ((each.owner, owners), (each.owned, companies))
            _check_share(each, world, where)
        case SupposedShares():
            known = ((each.owner, owners), (each.share_class, {of.series for of in world.share_classes}))
            if each.shares < 0:
                raise Refusal(Reason.of("less_than_nothing", number=exact_text(each.shares)[:40]), where=where)
        case SupposedWork():
            known = ((each.person, {*world.person}), (each.company, companies))
    for code, among in known:
        if code not in among or code in veil.closed():
            raise Refusal(Reason.of("supposed_of_unknown", code=code[:80]), where=where)


def _check_share(each: SupposedShare, world: World, where: str) -> None:
    """A share of one, of a company without share classes on these days: where there are some, a percentage says nothing."""
    if not 0 <= each.share <= 1:
        share = Rate(max(min(each.share, Fraction(10**6)), Fraction(-(10**6))))
        raise Refusal(Reason.of("supposed_share_out_of_bounds", share=share), where=where)
    classes = (of for of in world.share_classes if of.company == each.owned)
    if any(of.period.until is None or of.period.until > each.since for of in classes):
        raise Refusal(Reason.of("supposed_of_classes", company=each.owned), where=where)
