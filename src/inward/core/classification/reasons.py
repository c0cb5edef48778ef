"""The facts of the parties as reasons: a code and what fills its sentence. The rooms word them (parties.vocabulary).

Every id comes with the name people know; where there is none, the id stands for it. Every verdict makes some of these,
so the facts stand here sorted by name, as ``Reason.of`` would sort them: a verdict costs half as much for it.
"""

from datetime import date
from fractions import Fraction

from inward.core.classification.definition import Basis, Definition, Operator, Override
from inward.core.classification.facts import Band, ControlRight, Holding, Household, Succession, Unit, WorkRelationship
from inward.core.classification.graph import World
from inward.core.classification.nearest import Shortfall
from inward.core.terms.rate import Rate
from inward.core.terms.reason import Reason


def same_party(party: str, world: World) -> Reason:
    """Both ends are one company or one person."""
    return Reason("same_party", (("party", party), ("party_name", world.names[party])))


def same_unit(unit: Unit) -> Reason:
    """Both ends are one unit."""
    return Reason("same_unit", (("unit", unit.id), ("unit_name", unit.name or unit.id)))


def unit_of(unit: Unit, world: World) -> Reason:
    """A unit belongs to a company."""
    facts = (
        ("company", unit.company),
        ("company_name", world.names[unit.company]),
        ("since", unit.period.start),
        ("unit", unit.id),
        ("unit_name", unit.name or unit.id),
        ("until", unit.period.until),
    )
    return Reason("unit_of", facts)


def succeeded(succession: Succession, world: World) -> Reason:
    """A company has gone up in another, which stands in its place."""
    facts = (
        ("company", succession.company),
        ("company_name", world.names[succession.company]),
        ("into", succession.into),
        ("into_name", world.names[succession.into]),
        ("since", succession.since),
        ("until", None),
    )
    return Reason("succeeded", facts)


def works_for(work: WorkRelationship, world: World) -> Reason:
    """A person works for a company."""
    return _work("works_for", work, world)


def work_kind_outside(work: WorkRelationship, world: World) -> Reason:
    """A person works for a company inside, but the definition does not count that kind of work."""
    return _work("work_kind_outside", work, world)


def work_lapsed(work: WorkRelationship, world: World, on: date) -> Reason:
    """A work relationship that would make it inside has ended, or has not begun."""
    begun = work.period.start is None or work.period.start <= on
    return _work("work_relationship_ended" if begun else "work_relationship_not_begun", work, world)


def works_for_nobody(person: str, world: World) -> Reason:
    """A person has no work relationship on the day."""
    return Reason("works_for_nobody", (("person", person), ("person_name", world.names[person])))


def work_missing(person: str, company: str, world: World) -> Reason:
    """A work relationship with this company, or one of its group, would make it inside."""
    facts = (
        ("company", company),
        ("company_name", world.names[company]),
        ("person", person),
        ("person_name", world.names[person]),
    )
    return Reason("work_relationship_missing", facts)


def holds(holding: Holding, world: World, basis: Basis = Basis.VOTES) -> Reason:
    """A company or person holds a share of a company: its votes, or its capital where that is what counts."""
    by_capital = basis is Basis.CAPITAL or basis is Basis.VALUE
    band = holding.capital_band if by_capital else holding.votes_band
    if band is not None:
        return _in_band("holds_between", holding, band, world)
    facts = (
        ("id", holding.id),
        ("owned", holding.owned),
        ("owned_name", world.names[holding.owned]),
        ("owner", holding.owner),
        ("owner_name", world.names[holding.owner]),
        ("percent", Rate(holding.votes if not by_capital or holding.capital is None else holding.capital)),
        ("since", holding.period.start),
        ("until", holding.period.until),
    )
    return Reason("holds", facts)


def holding_short(
    shortfall: Shortfall, world: World, on: date, definition: Definition, inside_until: date | None
) -> Reason:
    """A holding that would make it inside if it were larger, or were still or already there.

    ``inside_until`` is the first day on which it was no longer inside, if it ever was.
    """
    code, holding = "holding_short", shortfall.holding
    if not shortfall.votes:
        code = "holding_not_begun" if holding.period.start and on < holding.period.start else "holding_ended"
    needed = Rate(shortfall.needed)
    facts = dict(holds(holding, world).items)
    return Reason.of(code, needed=needed, operator=definition.operator.value, inside_until=inside_until, **facts)


def band_undecided(holding: Holding, world: World) -> Reason:
    """Only a band of this holding is known, and it would depend on where in it the holding lies."""
    band = holding.votes_band or holding.capital_band
    assert band is not None  # it is one of those
    return _in_band("band_undecided", holding, band, world)


def has_power(right: ControlRight, world: World) -> Reason:
    """Somebody has power over a company that is no share of its votes."""
    assert right.holder is not None  # a right without a holder gives no power
    facts = (
        ("agreement", right.agreement),
        ("holder", right.holder),
        ("holder_name", world.names[right.holder]),
        ("id", right.id),
        ("kind", right.kind.value),
        ("since", right.period.start),
        ("target", right.target),
        ("target_name", world.names[right.target]),
        ("until", right.period.until),
    )
    return Reason("has_power", facts)


def parent_unknown(right: ControlRight, world: World) -> Reason:
    """A company is said to have a parent whom nobody names."""
    facts = (("id", right.id), ("since", right.period.start), ("target", right.target))
    return Reason("parent_unknown", (*facts, ("target_name", world.names[right.target]), ("until", right.period.until)))


def notable_influence(holder: str, owned: str, share: Fraction, world: World) -> Reason:
    """One has so much of another that it is an associate of its group."""
    facts = (("holder", holder), ("holder_name", world.names[holder]), ("owned", owned))
    return Reason("notable_influence", (*facts, ("owned_name", world.names[owned]), ("percent", Rate(share))))


def household_of(household: Household, world: World) -> Reason:
    """Somebody belongs to the household of a person."""
    facts = (
        ("id", household.id),
        ("member", household.member),
        ("member_name", world.names[household.member]),
        ("person", household.person),
        ("person_name", world.names[household.person]),
        ("since", household.period.start),
        ("tie", household.tie.value),
        ("until", household.period.until),
    )
    return Reason("household_of", facts)


def flips_if_household_ends(household: Household, world: World) -> Reason:
    """A verdict of inside falls when somebody belongs to this household no longer."""
    return Reason("flips_if_household_ends", household_of(household, world).items)


def one_of_several_groups(head: str, definition: Definition, world: World) -> Reason:
    """By this definition a company may stand in several groups; both stand in this one."""
    return Reason(
        "one_of_several_groups", (("definition", definition.id), ("head", head), ("head_name", world.names[head]))
    )


def decided_otherwise(override: Override, world: World) -> Reason:
    """Somebody has decided for these two, whatever the facts say."""
    one, other = sorted((override.one, override.other))
    code = "decided_inside" if override.inside else "decided_outside"
    return Reason.of(
        code,
        one=one,
        one_name=world.names[one],
        other=other,
        other_name=world.names[other],
        signed_by=override.signed_by,
        why=override.why,
    )


def excluded(company: str, definition: Definition, world: World) -> Reason:
    """The definition leaves a company out."""
    facts = (("company", company), ("company_name", world.names[company]), ("definition", definition.id))
    return Reason("excluded_by_definition", facts)


def not_one_group(supplier: str, supplier_head: str, customer: str, customer_head: str, world: World) -> Reason:
    """Two companies stand in the groups of different heads."""
    facts = (
        ("customer_company", customer),
        ("customer_company_name", world.names[customer]),
        ("customer_head", customer_head),
        ("customer_head_name", world.names[customer_head]),
        ("supplier_company", supplier),
        ("supplier_company_name", world.names[supplier]),
        ("supplier_head", supplier_head),
        ("supplier_head_name", world.names[supplier_head]),
    )
    return Reason("not_one_group", facts)


def share_moved(owner: str, owned: str, before: Fraction, after: Fraction, world: World) -> Reason:
    """From one day to the next a company holds more, or less, of another; some where it had none, or none any more."""
    if not before or not after:
        code = "share_came" if after else "share_went"
    else:
        code = "share_rose" if after > before else "share_fell"
    return Reason.of(
        code,
        owner=owner,
        owner_name=world.names[owner],
        owned=owned,
        owned_name=world.names[owned],
        was=Rate(before),
        percent=Rate(after),
    )


def flips_if_share_falls(holding: Holding, left: Fraction, definition: Definition, world: World) -> Reason:
    """A verdict of inside falls when this share does; ``left`` is where. By a definition of "at least", below it."""
    more_than = definition.operator is Operator.MORE_THAN
    return Reason.of(
        "flips_if_share_falls_to" if more_than or not left else "flips_if_share_falls_below",
        left=Rate(left),
        **dict(holds(holding, world).items),
    )


def flips_if_share_goes(holding: Holding, world: World) -> Reason:
    """A verdict of inside falls when this share is sold as a whole."""
    return Reason("flips_if_share_goes", holds(holding, world).items)


def flips_if_power_ends(right: ControlRight, world: World) -> Reason:
    """A verdict of inside falls when this power ends."""
    return Reason("flips_if_power_ends", has_power(right, world).items)


def flips_if_work_ends(work: WorkRelationship, world: World) -> Reason:
    """A verdict of inside falls when this work relationship ends."""
    return _work("flips_if_work_ends", work, world)


def _in_band(code: str, holding: Holding, band: Band, world: World) -> Reason:
    facts = (
        ("high", Rate(band.high)),
        ("high_open", band.high_open),
        ("id", holding.id),
        ("low", Rate(band.low)),
        ("low_open", band.low_open),
        ("owned", holding.owned),
        ("owned_name", world.names[holding.owned]),
        ("owner", holding.owner),
        ("owner_name", world.names[holding.owner]),
        ("since", holding.period.start),
        ("until", holding.period.until),
    )
    return Reason(code, facts)


def _work(code: str, work: WorkRelationship, world: World) -> Reason:
    facts = (
        ("company", work.company),
        ("company_name", world.names[work.company]),
        ("id", work.id),
        ("kind", work.kind.value),
        ("person", work.person),
        ("person_name", world.names[work.person]),
        ("since", work.period.start),
        ("until", work.period.until),
    )
    return Reason(code, facts)
