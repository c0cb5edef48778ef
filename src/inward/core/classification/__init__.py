"""Who is inside: a dated world of parties, and the standing of a dealing between two of them on a day, with reasons.

It knows nothing of prices and words nothing: reasons are codes and facts.
"""

from inward.core.classification.comparing import Compared, PersonTurned, Turned, compare, concerned, reached
from inward.core.classification.control import (
    Votes,
    blocks,
    control_pairs,
    controlled_by,
    controllers_of,
    controls,
    groups,
    ultimate_controllers,
    votes_of,
)
from inward.core.classification.definition import (
    STRICT_MAJORITY,
    Associates,
    Basis,
    Branches,
    CrossVotes,
    DateRule,
    Definition,
    Family,
    Funds,
    Indirect,
    JointControl,
    Operator,
    Override,
    Unknown,
    definition_from,
)
from inward.core.classification.discretion import discreet, discreet_history, discreet_turns, households_in
from inward.core.classification.door import check_version, most_votes, over_issued
from inward.core.classification.facts import (
    Band,
    Company,
    CompanyKind,
    ControlRight,
    Holding,
    Household,
    Person,
    RightKind,
    ShareClass,
    Shareholding,
    Succession,
    Tie,
    Unit,
    WorkKind,
    WorkRelationship,
    WorkState,
)
from inward.core.classification.graph import World
from inward.core.classification.ladder import Decision, Kind, Verdict, decide
from inward.core.classification.least import least_control
from inward.core.classification.nets import prepared
from inward.core.classification.past import History, Stretch, causes, days_of_change, history
from inward.core.classification.powers import Powers
from inward.core.classification.presets import DEFINITIONS
from inward.core.classification.reading import world_from
from inward.core.classification.redefining import Redefined, Redefinition, redefined
from inward.core.classification.relating import Related, Relation, Relations, related
from inward.core.classification.shares import issued_throughout
from inward.core.classification.standing import (
    Standing,
    classify,
)
from inward.core.classification.supposing import Supposed, changed_days, suppose
from inward.core.classification.surroundings import Around, around, ends
from inward.core.classification.turning import flips

__all__ = [
    "DEFINITIONS",
    "STRICT_MAJORITY",
    "Around",
    "Associates",
    "Band",
    "Basis",
    "Branches",
    "Company",
    "CompanyKind",
    "Compared",
    "ControlRight",
    "CrossVotes",
    "DateRule",
    "Decision",
    "Definition",
    "Family",
    "Funds",
    "History",
    "Holding",
    "Household",
    "Indirect",
    "JointControl",
    "Kind",
    "Operator",
    "Override",
    "Person",
    "PersonTurned",
    "Powers",
    "Redefined",
    "Redefinition",
    "Related",
    "Relation",
    "Relations",
    "RightKind",
    "ShareClass",
    "Shareholding",
    "Standing",
    "Stretch",
    "Succession",
    "Supposed",
    "Tie",
    "Turned",
    "Unit",
    "Unknown",
    "Verdict",
    "Votes",
    "WorkKind",
    "WorkRelationship",
    "WorkState",
    "World",
    "around",
    "blocks",
    "causes",
    "changed_days",
    "check_version",
    "classify",
    "compare",
    "concerned",
    "control_pairs",
    "controlled_by",
    "controllers_of",
    "controls",
    "days_of_change",
    "decide",
    "definition_from",
    "discreet",
    "discreet_history",
    "discreet_turns",
    "ends",
    "flips",
    "groups",
    "history",
    "households_in",
    "issued_throughout",
    "least_control",
    "most_votes",
    "over_issued",
    "prepared",
    "reached",
    "redefined",
    "related",
    "suppose",
    "ultimate_controllers",
    "votes_of",
    "world_from",
]
