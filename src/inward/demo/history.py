"""A year of dealings in every state: first the scenes of the story, then the daily run of the house.

Played through the operations of trade, in the order of time, by actors with the roles of the cast. The daily run is
written set-wise between the scenes; those go one by one, since they are approved, delivered, returned, cancelled, declined.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import groupby
from random import Random

from inward.core.pricing import Wanted
from inward.demo.people import SEED
from inward.kit.actor import Actor
from inward.trade import operations as trade
from inward.trade import queries
from inward.trade.operations import PastOrder
from inward.trade.queries import QuoteView

Actors = Callable[[str, str | None], Actor]
"""Gives the actor for a person (by code) acting for a party or for herself."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One order of the story and what became of it: each act is (kind, who, days later, words)."""

    days: int
    who: str
    acting_for: str | None
    lines: tuple[tuple[str, int], ...]
    acts: tuple[tuple[str, str, int, str], ...] = ()
    beneficiary: str | None = None
    """Somebody of the household for whom it is, by code; None: for whoever orders."""


SCENES = (
    Scene(-330, "erik-fossdal", None, (("dsl-100", 1),)),
    Scene(-300, "erik-fossdal", None, (("conference-line", 1),)),
    Scene(-290, "dina-claes", None, (("household-cover", 1),)),
    Scene(-280, "astrid-havn", None, (("household-cover", 1),)),
    Scene(-200, "milan-leaver", None, (("household-cover", 1),)),  # he leaves three months before the day of the demo
    Scene(-310, "maya-lund", None, (("kettle", 1),), (("deliver", "tor-bergli", 2, ""),)),
    Scene(
        -240,
        "ines-contarini",
        "abc-purchasing",
        (("widget-a", 250), ("widget-kit", 100)),
        (("deliver", "ratna-wijayanti", 6, ""),),
    ),
    Scene(
        -205,
        "ines-contarini",
        "abc-purchasing",
        (("widget-b", 900),),
        (("approve", "henk-verhoef", 1, ""), ("deliver", "ratna-wijayanti", 9, "")),
    ),
    Scene(
        -190,
        "karin-assem",
        "xyz-assembly",
        (("housing-20", 600), ("housing-35", 200)),
        (("deliver", "piet-moulder", 3, ""),),
    ),
    Scene(
        -150,
        "ines-contarini",
        "abc-purchasing",
        (("widget-a", 1200),),
        (("decline", "henk-verhoef", 2, "We still have four weeks of stock; ask again in the autumn."),),
    ),
    Scene(
        -120,
        "maya-lund",
        None,
        (("espresso-cups", 3), ("coffee-grinder", 1)),
        (("deliver", "tor-bergli", 1, ""), ("return", "tor-bergli", 10, "One box arrived cracked.")),
    ),
    Scene(-110, "dina-claes", None, (("coffee-machine", 1),), (("deliver", "tor-bergli", 4, ""),)),
    Scene(
        -95,
        "nora-quistgaard",
        "kestrel",
        (("coffee-machine", 2), ("espresso-cups", 10)),
        (("deliver", "tor-bergli", 3, ""),),
    ),
    Scene(
        -80, "paolo-servente", "bellavista-service", (("staff-meal", 24),), (("deliver", "giulia-marinelli", 0, ""),)
    ),
    Scene(-100, "giulia-marinelli", None, (("travel-cover", 1),), beneficiary="enzo-rossini"),
    Scene(-75, "giulia-marinelli", None, (("coffee-machine", 1),), (("deliver", "tor-bergli", 3, ""),)),
    Scene(
        -70,
        "enzo-rossini",
        "rossi",
        (("garden-chair", 12),),
        (("cancel", "enzo-rossini", 1, "Found the terrace is smaller than we thought."),),
    ),
    Scene(
        -61,
        "dina-claes",
        None,
        (("toaster", 1),),
        (("deliver", "tor-bergli", 2, ""), ("return", "tor-bergli", 6, "It does not fit under the shelf.")),
    ),
    Scene(
        -52,
        "tor-bergli",
        "abc-shop-centre",
        (("laptop-pro", 1), ("help-hour", 2)),
        (("deliver", "sam-techter", 3, ""),),
    ),
    Scene(-44, "erik-fossdal", None, (("router", 1),), (("deliver", "solveig-nes", 2, ""),)),
    Scene(-33, "olav-strandli", None, (("kettle", 1), ("toaster", 1)), (("deliver", "tor-bergli", 2, ""),)),
    Scene(-12, "jonas-vik", None, (("espresso-cups", 14),), (("deliver", "tor-bergli", 1, ""),)),
    Scene(-9, "karin-assem", "xyz-assembly", (("housing-20", 400),), (("deliver-half", "piet-moulder", 2, ""),)),
    Scene(-6, "maya-lund", None, (("toaster", 1),), (("deliver", "tor-bergli", 2, ""),)),
    Scene(-4, "ines-contarini", "abc-purchasing", (("widget-a", 300),), ()),
    Scene(-2, "ines-contarini", "abc-purchasing", (("widget-b", 800),), ()),
    Scene(-2, "karin-assem", "xyz-assembly", (("housing-20", 4500),), ()),
    Scene(-1, "maya-lund", None, (("headphones", 1),), ()),
    Scene(-1, "paolo-servente", "bellavista-service", (("staff-meal", 18),), ()),
)

_HOUSE = Actor.system("demo")
RECEIVED_AFTER = 30
"""What came earlier than so many days ago has been confirmed; the rest waits for whoever received it."""
PRIVATE_GOODS = (
    "kettle",
    "toaster",
    "espresso-cups",
    "coffee-grinder",
    "garden-chair",
    "headphones",
)
UNIT_BUYS = (
    # who, acting for, offering, pieces from, pieces to
    ("karin-assem", "xyz-assembly", "housing-20", 60, 400),
    ("karin-assem", "xyz-assembly", "housing-35", 40, 200),
    ("paolo-servente", "bellavista-service", "staff-meal", 6, 30),
    ("ines-contarini", "abc-purchasing", "widget-a", 20, 220),
    ("ines-contarini", "abc-purchasing", "widget-kit", 10, 120),
    ("tor-bergli", "abc-shop-centre", "help-hour", 1, 3),
    ("nora-quistgaard", "kestrel", "espresso-cups", 1, 6),
    ("enzo-rossini", "rossi", "kettle", 1, 3),
)


def play(
    *, on: date, actors: Actors, shoppers: Sequence[str], days: int = 365, progress: Callable[[int], None] | None = None
) -> int:
    """Play the year before ``on``; ``shoppers`` are people who buy for themselves. Returns how many orders were placed."""
    scenes = sorted(SCENES, key=lambda scene: scene.days)
    starts = [_instant(on, scene.days, 10) for scene in scenes]
    run = _daily_run(on, actors, shoppers, days)
    done = played = 0
    for begun, orders in groupby(run, key=lambda order: bisect_right(starts, order.at)):
        done += _play_scenes(scenes[played:begun], on, actors)
        played = begun
        done += _play_run(on, orders, done, progress)
    done += _play_scenes(scenes[played:], on, actors)
    trade.bill_running(by=_HOUSE, at=_instant(on, 0, 0))
    return done


def moments(on: date) -> list[datetime]:
    """When anything of the scenes happened, in order: a letter of the story is written in its own hour."""
    return sorted(
        {
            _instant(on, scene.days + later, hour)
            for scene in SCENES
            for hour, later in ((9, 0), (10, 0), *((13, later) for _kind, _who, later, _words in scene.acts))
        }
    )


def _play_run(on: date, orders: Iterator[PastOrder], before: int, progress: Callable[[int], None] | None) -> int:
    """A stretch of the daily run, in one go; ``before`` counts what was placed already."""
    said = None if progress is None else (lambda count: progress(before + count))
    return trade.place_orders_set_wise(by=_HOUSE, at=_instant(on, 0, 0), orders=orders, progress=said)


def _play_scenes(scenes: Sequence[Scene], on: date, actors: Actors) -> int:
    for scene in scenes:
        trade.bill_running(by=_HOUSE, at=_instant(on, scene.days, 9))  # what has run on until then
        _play_scene(scene, on, actors)
    return len(scenes)


def _daily_run(on: date, actors: Actors, shoppers: Sequence[str], days: int) -> Iterator[PastOrder]:
    """Two or three dealings a day, the same for the same seed; none on the last two days, which belong to the scenes."""
    chance = Random(SEED + 1)
    for day in range(-days, -2):
        at = _instant(on, day, 8)
        for _ in range(chance.choice((1, 2, 2, 3))):
            at += timedelta(minutes=chance.randrange(5, 150))
            delivered = at + timedelta(days=chance.randrange(1, 4), hours=chance.randrange(0, 6))
            given = delivered if delivered.date() < on else None
            yield (
                _private(chance, at, given, actors, shoppers)
                if shoppers and chance.randrange(3)
                else _for_unit(chance, at, given, actors)
            )


def _private(
    chance: Random, at: datetime, given: datetime | None, actors: Actors, shoppers: Sequence[str]
) -> PastOrder:
    goods = chance.sample(PRIVATE_GOODS, chance.choice((1, 1, 2)))
    lines = tuple(Wanted(item, chance.choice((1, 1, 1, 2))) for item in goods)
    return PastOrder(by=actors(chance.choice(shoppers), None), at=at, lines=lines, delivered_at=given)


def _for_unit(chance: Random, at: datetime, given: datetime | None, actors: Actors) -> PastOrder:
    who, party, offering, least, most = chance.choice(UNIT_BUYS)
    lines = (Wanted(offering, chance.randrange(least, most + 1)),)
    return PastOrder(by=actors(who, party), at=at, lines=lines, delivered_at=given)


def _play_scene(scene: Scene, on: date, actors: Actors) -> None:
    at = _instant(on, scene.days, 10)
    buyer = actors(scene.who, scene.acting_for)
    lines = [Wanted(offering, quantity) for offering, quantity in scene.lines]
    asked = queries.quote_for(viewer=buyer, at=at, lines=lines, beneficiary=scene.beneficiary)
    key = f"demo:{scene.days}:{scene.who}:{scene.lines[0][0]}"
    placed = _placed(buyer, at, lines, asked, key=key, beneficiary=scene.beneficiary)
    for kind, who, later, words in scene.acts:
        _act(kind, actors(who, None), at + timedelta(days=later, hours=3), placed, words)
    if scene.days < -RECEIVED_AFTER and scene.acting_for and queries.to_receive(placed):
        last = max((later for _kind, _who, later, _words in scene.acts), default=0)
        trade.confirm_receipt(by=buyer, at=at + timedelta(days=last, hours=5), reference=placed)


def _placed(
    buyer: Actor, at: datetime, lines: list[Wanted], asked: QuoteView, *, key: str, beneficiary: str | None
) -> str:
    """She accepts with her first order what it needs accepted."""
    accepts = [each.version.key for each in asked.terms if not each.accepted]
    receipt = trade.place_order(
        by=buyer, at=at, lines=lines, expected=asked.quote.total, key=key, accepts=accepts, beneficiary=beneficiary
    )
    return receipt.reference


def _act(kind: str, by: Actor, at: datetime, reference: str, words: str) -> None:
    """Let one thing happen to an order of the story."""
    if kind == "approve":
        trade.approve_order(by=by, at=at, reference=reference)
    elif kind == "decline":
        trade.decline_order(by=by, at=at, reference=reference, reason=words)
    elif kind == "deliver":
        trade.confirm_delivery(by=by, at=at, reference=reference)
    elif kind == "deliver-half":
        half = {
            line.position: line.to_deliver // 2 for line in queries.order(viewer=by, at=at, reference=reference).lines
        }
        trade.confirm_delivery(by=by, at=at, reference=reference, pieces=half)
    elif kind == "cancel":
        trade.cancel_order(by=by, at=at, reference=reference, reason=words)
    else:
        trade.return_items(by=by, at=at, reference=reference, pieces={1: 1}, reason=words)


def _instant(on: date, days: int, hour: int) -> datetime:
    return datetime.combine(on + timedelta(days=days), time(hour), tzinfo=timezone.utc)  # noqa: UP017 - Python 3.11 names
