"""The facts a question about control gives: holdings, share classes and rights of the day, checked."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from inward.core.classification import Band, ControlRight, Holding, RightKind, ShareClass, Shareholding, most_votes
from inward.core.classification.door import check_band
from inward.core.classification.reading import band
from inward.core.classification.shares import held
from inward.core.terms import Fields, Period, Rate

_LISTED = ("owner", "owned", "votes")
_FIELDS = ("id", "owner", "owned", "votes", "capital", "class", "shares", "from", "until")
_BAND = ("low", "high", "low_open", "high_open")


def holdings_asked(asked: Fields) -> tuple[Holding, ...]:
    """The holdings of the day. Refusal when a company's pass 100 %, unless the question says that they are dirty."""
    dirty, on = asked.flag("dirty"), _day(asked)
    if not asked.has("holdings"):
        asked.refuse("holdings", "field_missing")
    classes = {(each.company, each.name): each for each in _classes(asked)}
    found: dict[str, list[tuple[int, Holding]]] = {}
    for index, given in enumerate(asked.items("holdings")):
        row = _as_fields(given, f"holdings[{index}]")
        row.only((*_FIELDS, *_BAND))
        holding = _shares(row, index, classes) if row.has("shares") else _holding(row, index, dirty=dirty)
        _check_days(asked, on, holding.period)
        if on is None or on in holding.period:
            found.setdefault(holding.owned, []).append((index, holding))
    for owned, stakes in found.items():
        votes, _ = most_votes(Holding(h.id, h.owner, h.owned, h.votes) for _, h in stakes)
        if votes > 1 and not dirty:
            place = f"holdings[{stakes[-1][0]}]"
            Fields({}, place).refuse("votes", "holdings_over_whole", company=owned, percent=Rate(votes), on=on)
    return tuple(holding for stakes in found.values() for _, holding in stakes)


def rights_asked(asked: Fields) -> tuple[ControlRight, ...]:
    """The rights of the day."""
    on, found = _day(asked), []
    for index, row in enumerate(asked.rows("rights")):
        row.only(("id", "holder", "target", "kind", "agreement", "over", "from", "until"))
        right = ControlRight(
            id=row.text_or_none("id") or f"right-{index + 1}",
            target=row.text("target"),
            kind=row.choice("kind", RightKind),
            holder=row.text("holder"),
            period=row.period("from", "until"),
            agreement=row.text_or_none("agreement") or "",
            over=row.text_or_none("over"),
        )
        _check_days(asked, on, right.period)
        if on is None or on in right.period:
            found.append(right)
    return tuple(found)


def people_asked(asked: Fields) -> frozenset[str]:
    """The holders that are people."""
    return frozenset(str(person) for person in asked.items("people"))


def _day(asked: Fields) -> date | None:
    return asked.day("on") if asked.has("on") else None


def _check_days(asked: Fields, on: date | None, period: Period) -> None:
    if on is None and period != Period():
        asked.refuse("on", "on_missing")


def _classes(asked: Fields) -> Iterable[ShareClass]:
    for row in asked.rows("classes"):
        row.only(("company", "class", "issued", "votes", "dividend"))
        company, name = row.text("company"), row.text("class")
        votes, dividend = (row.number(each) if row.has(each) else Fraction(1) for each in ("votes", "dividend"))
        yield ShareClass(f"{company} {name}", company, row.number("issued"), votes, dividend, name=name)


def _shares(row: Fields, index: int, classes: dict[tuple[str, str], ShareClass]) -> Holding:
    owned, name = row.text("owned"), row.text("class")
    own = [each for each in classes.values() if each.company == owned]
    share_class = classes.get((owned, name))
    if share_class is None:
        row.refuse("class", "not_one_of", value=name, allowed=", ".join(sorted(each.name for each in own)))
    identity, period = row.text_or_none("id") or str(index + 1), row.period("from", "until")
    shares = Shareholding(identity, row.text("owner"), share_class.id, row.number("shares"), period)
    return held(own, [shares])[0]


def _holding(row: Fields, index: int, *, dirty: bool) -> Holding:
    bounds = band(row)
    shares = {name: row.number(name) / 100 for name in ("votes", "capital") if row.has(name)}
    if bounds is not None:
        if "votes" in shares:
            row.refuse("low", "given_twice", name="votes", other="low")
        check_band(bounds, row.place("low"))
    if not shares and bounds is None:
        row.refuse("votes", "field_missing")
    for name, share in shares.items():
        if share < 0 or (share > 1 and not dirty):
            row.refuse(name, "holding_not_a_share", percent=Rate(share))
    # Where only capital is given, each share is taken to carry one vote, as company laws presume.
    votes = bounds.low if bounds else shares.get("votes", shares.get("capital", Fraction(0)))
    return Holding(
        row.text_or_none("id") or str(index + 1),
        row.text("owner"),
        row.text("owned"),
        votes,
        row.period("from", "until"),
        shares.get("capital"),
        votes_band=_narrow(bounds),
    )


def _narrow(bounds: Band | None) -> Band | None:
    """A band of one number is that number."""
    return None if bounds is None or bounds.low == bounds.high else bounds


def _as_fields(given: object, where: str) -> Fields:
    """A holding given as a list of three, or as an object."""
    if not isinstance(given, list):
        return Fields.of(given, where)
    if len(given) != len(_LISTED):
        Fields({}).refuse(where, "not_owner_owned_percent")
    return Fields(dict(zip(_LISTED, given, strict=True)), where)
