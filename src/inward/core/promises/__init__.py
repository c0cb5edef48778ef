"""Service promises: what is promised by when, and every clock of a case derived from what happened to it.

It knows no case, customer or department; who is promised what is said by whoever asks.
"""

from inward.core.promises.chain import Chain, Link, Share, along
from inward.core.promises.events import Event, Happening
from inward.core.promises.replaying import ClockState, Run, Stage, replay
from inward.core.promises.standard import Hold, Measure, Standard, Within
from inward.core.promises.telling import told

__all__ = [
    "Chain",
    "ClockState",
    "Event",
    "Happening",
    "Hold",
    "Link",
    "Measure",
    "Run",
    "Share",
    "Stage",
    "Standard",
    "Within",
    "along",
    "replay",
    "told",
]
