"""How a promise is written and read: as JSON for programs and tables, as ``core.promises.Standard`` for reckoning."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from inward.core.classification import Kind
from inward.core.promises import Hold, Measure, Share, Standard, Within
from inward.core.terms import Fields, exact_text
from inward.core.worktime import DayEnd
from inward.desk.vocabulary import HoldReason, Priority

MINUTE: Final = 60
_WITHIN: Final = ("minutes", "dates", "end")
_HOLD: Final = ("measures", "minutes_max")
_LINK: Final = ("place", "share")


@dataclass(frozen=True, slots=True)
class Terms:
    """What one version promises, apart from whose it is and when: read, checked, and ready to be kept."""

    kinds: frozenset[Kind]
    targets: Mapping[Measure, Mapping[str, Within]]
    holds: Mapping[str, Hold]
    grace: bool
    chain: tuple[Share, ...] = ()
    """The places it rests on, in the order in which they work; none: on whoever promises it alone."""

    def standard(self, name: str) -> Standard:
        """The promise as clocks take it."""
        return Standard(name, self.targets, self.holds, self.grace)


def read_terms(fields: Fields) -> Terms:
    """The terms of ``kinds``, ``targets``, ``holds``, ``grace`` and ``chain``. Refusal, with its place, for what promises nothing."""
    targets = {
        measure: _by_priority(fields, measure)
        for measure in Measure
        if measure.value in _object(fields, "targets").values
    }
    _object(fields, "targets").only(measure.value for measure in Measure)
    if not any(targets.values()):
        fields.refuse("targets", "promise_of_nothing")
    waits = _object(fields, "holds")
    waits.only(reason.value for reason in HoldReason)
    return Terms(
        kinds=frozenset(_choices(fields, "kinds", Kind)),
        targets=targets,
        holds={reason: _hold(waits, reason) for reason in waits.values},
        grace=fields.flag("grace", default=True),
        chain=_chain(fields, solves=Measure.RESOLVE in targets),
    )


def as_json(terms: Terms) -> dict[str, Any]:
    """The terms as they are kept and told, which ``read_terms`` reads."""
    return {
        "kinds": sorted(kind.value for kind in terms.kinds),
        "targets": {
            measure.value: {priority: _within_json(within) for priority, within in by_priority.items()}
            for measure, by_priority in terms.targets.items()
        },
        "holds": {
            reason: {
                "measures": sorted(measure.value for measure in hold.measures),
                "minutes_max": None if hold.seconds_max is None else exact_text(Fraction(hold.seconds_max) / MINUTE),
            }
            for reason, hold in terms.holds.items()
        },
        "grace": terms.grace,
        "chain": [{"place": share.place, "share": exact_text(Fraction(share.weight))} for share in terms.chain],
    }


def _object(fields: Fields, name: str) -> Fields:
    return Fields.of(fields.values.get(name) or {}, fields.place(name))


def _by_priority(fields: Fields, measure: Measure) -> dict[str, Within]:
    by_priority = _object(_object(fields, "targets"), measure.value)
    by_priority.only(["", *(priority.value for priority in Priority)])
    return {priority: _within(_object(by_priority, priority)) for priority in by_priority.values}


def _within(fields: Fields) -> Within:
    fields.only(_WITHIN)
    if fields.has("dates") == fields.has("minutes"):
        fields.refuse("minutes", "promise_not_a_time")
    if not fields.has("dates"):
        minutes = fields.number("minutes")
        if minutes < 0 or fields.has("end"):
            fields.refuse("minutes", "promise_not_a_time")
        return Within(seconds=minutes * MINUTE)
    dates = fields.whole("dates")
    if dates < 0:
        fields.refuse("dates", "promise_not_a_time")
    return Within(dates=dates, end=fields.choice("end", DayEnd) if fields.has("end") else DayEnd.SAME_CLOCK)


def _within_json(within: Within) -> dict[str, Any]:
    if within.seconds is None:
        return {"dates": within.dates, "end": within.end.value}
    return {"minutes": exact_text(Fraction(within.seconds) / MINUTE)}


def _hold(waits: Fields, reason: str) -> Hold:
    fields = _object(waits, reason)
    fields.only(_HOLD)
    measures = frozenset(_choices(fields, "measures", Measure))
    if not measures:
        fields.refuse("measures", "hold_of_nothing")
    most = fields.number("minutes_max") * MINUTE if fields.has("minutes_max") else None
    if most is not None and most < 0:
        fields.refuse("minutes_max", "promise_not_a_time")
    return Hold(measures, most)


def _chain(fields: Fields, *, solves: bool) -> tuple[Share, ...]:
    """Each place once, with a share of something that is promised."""
    found: dict[str, Share] = {}
    for link in fields.rows("chain"):
        link.only(_LINK)
        share = Share(link.text("place"), link.number("share"))
        if share.weight <= 0:
            link.refuse("share", "chain_share_not_positive")
        if share.place in found:
            link.refuse("place", "chain_place_twice")
        found[share.place] = share
    if found and not solves:
        fields.refuse("chain", "chain_of_nothing")
    return tuple(found.values())


def _choices(fields: Fields, name: str, choices: Any) -> list[Any]:
    listed = {f"{name}[{place}]": value for place, value in enumerate(fields.items(name))}
    return [Fields(listed, fields.where).choice(place, choices) for place in listed]
