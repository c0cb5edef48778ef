"""A verdict told to somebody who may not know in whose household a person lives: the verdict stays, who the other is does not.

What is kept of a dealing, and what others than the two of a household read, goes through here. Nothing is judged anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from inward.core.classification.past import History
from inward.core.classification.standing import Standing
from inward.core.terms.reason import Reason

_BY_HOUSEHOLD = frozenset({"household_of", "household_began", "household_ended", "flips_if_household_ends"})


def households_in(reasons: Iterable[Reason]) -> frozenset[tuple[str, str]]:
    """The households that these reasons name: whose each is, and who belongs to it."""
    named = (reason.facts for reason in reasons if reason.code in _BY_HOUSEHOLD)
    return frozenset((str(facts["person"]), str(facts["member"])) for facts in named)


def discreet(standing: Standing) -> Standing:
    """The standing without whose household it rests on: the company stays, the person, her work and the tie go."""
    homes = households_in(standing.grounds)
    if not homes:
        return standing
    return replace(standing, grounds=tuple(_grounds(standing, homes)), work_relationship=None)


def discreet_history(history: History) -> History:
    """The stretches without whose household any of them rests on; that something about it changed is told."""
    return replace(
        history,
        stretches=tuple(
            replace(
                each,
                standing=None if each.standing is None else discreet(each.standing),
                causes=tuple(_causes(each.causes, _named(history, place))),
            )
            for place, each in enumerate(history.stretches)
        ),
    )


def discreet_turns(turns: Iterable[Reason], standing: Standing) -> tuple[Reason, ...]:
    """What would turn a verdict; of somebody whose household it rests on, only that there is such a thing."""
    homes = households_in((*standing.grounds, *turns))
    told = [Reason("flips_if_household_turns", ()) if _tells(turn, homes) else turn for turn in turns]
    return tuple(dict.fromkeys(told))


def _grounds(standing: Standing, homes: frozenset[tuple[str, str]]) -> Iterator[Reason]:
    works = (ground.facts for ground in standing.grounds if ground.code == "works_for")
    employer = {str(facts["person"]): facts for facts in works}
    for ground in standing.grounds:
        if ground.code == "household_of":
            member, work = ground.facts["member"], employer[str(ground.facts["person"])]
            yield Reason.of(
                "household_unnamed",
                member=member,
                member_name=ground.facts["member_name"],
                company=work["company"],
                company_name=work["company_name"],
            )
        elif not _tells(ground, homes):
            yield ground


def _causes(causes: Iterable[Reason], homes: frozenset[tuple[str, str]]) -> Iterator[Reason]:
    told = False
    for cause in causes:
        if not _tells(cause, homes):
            yield cause
        elif not told:
            told = True
            yield Reason("household_turned", ())


def _named(history: History, place: int) -> frozenset[tuple[str, str]]:
    """The households that a stretch or the one before it rests on: what changed may be about either."""
    stretches = history.stretches[max(place - 1, 0) : place + 1]
    grounds = (ground for each in stretches if each.standing is not None for ground in each.standing.grounds)
    return households_in((*grounds, *history.stretches[place].causes))


def _tells(reason: Reason, homes: frozenset[tuple[str, str]]) -> bool:
    """Whether it names a household, or somebody whose household it is."""
    return reason.code in _BY_HOUSEHOLD or reason.facts.get("person") in {person for person, _ in homes}
