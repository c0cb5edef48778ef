"""The acts of the parties room; nothing else writes a company, a holding, a unit, a person or her work.

Each act is one transaction: policy, checks by the core, dated facts, version, audit, announcement. Acts wait in one line
(the advisory lock "parties"), for each is checked against what the others did: two holdings recorded at once cannot pass
100 % together. Audit names people by subject keys. One module per kind of act, one name for each here.
"""

from inward.parties.changing import NO_SOURCE, Source
from inward.parties.operations.bringing import RowsReport
from inward.parties.operations.bringing_definitions import import_definitions
from inward.parties.operations.bringing_households import export_households, import_households
from inward.parties.operations.calendars import end_working_week, remove_own_day, set_own_day, set_working_week
from inward.parties.operations.companies import change_registration, found_company
from inward.parties.operations.definitions import choose_definition, end_definition_choice, keep_definition
from inward.parties.operations.endings import plan_endings, tell_ending
from inward.parties.operations.evidence import attach_evidence, bring_evidence, open_evidence, withdraw_evidence
from inward.parties.operations.holdings import change_holding, end_holding, record_holding
from inward.parties.operations.households import (
    correct_household,
    declare_household,
    end_household,
    read_household,
    read_households,
    take_back_household,
)
from inward.parties.operations.leading import (
    end_absence,
    end_deputy,
    end_head,
    end_spending_limit,
    name_deputy,
    name_head,
    note_absence,
    set_spending_limit,
)
from inward.parties.operations.marks import correct_mark, end_opening, lift_mark, mark_person, open_person
from inward.parties.operations.naming import correct_name, rename_party, take_name
from inward.parties.operations.ownership import WithdrawnRow, record_ownership
from inward.parties.operations.people import add_person, end_work, erase_person, move_work, readdress_person, start_work
from inward.parties.operations.powers import end_right, record_right
from inward.parties.operations.quality import count_findings, leave_finding, take_up_finding
from inward.parties.operations.registers import AdoptReport, ShelfReport, adopt_register, shelve_register
from inward.parties.operations.reorganising import reorganise, undo_reorganisation
from inward.parties.operations.shares import (
    change_share_class,
    change_shareholding,
    correct_share_class,
    end_shareholding,
    record_share_class,
    record_shareholding,
)
from inward.parties.operations.states import end_work_state, note_work_state, take_back_work_state
from inward.parties.operations.units import close_unit, move_unit, open_unit
from inward.parties.operations.worlds import WorldReport, import_world

__all__ = [
    "NO_SOURCE",
    "AdoptReport",
    "RowsReport",
    "ShelfReport",
    "Source",
    "WithdrawnRow",
    "WorldReport",
    "add_person",
    "adopt_register",
    "attach_evidence",
    "bring_evidence",
    "change_holding",
    "change_registration",
    "change_share_class",
    "change_shareholding",
    "choose_definition",
    "close_unit",
    "correct_household",
    "correct_mark",
    "correct_name",
    "correct_share_class",
    "count_findings",
    "declare_household",
    "end_absence",
    "end_definition_choice",
    "end_deputy",
    "end_head",
    "end_holding",
    "end_household",
    "end_opening",
    "end_right",
    "end_shareholding",
    "end_spending_limit",
    "end_work",
    "end_work_state",
    "end_working_week",
    "erase_person",
    "export_households",
    "found_company",
    "import_definitions",
    "import_households",
    "import_world",
    "keep_definition",
    "leave_finding",
    "lift_mark",
    "mark_person",
    "move_unit",
    "move_work",
    "name_deputy",
    "name_head",
    "note_absence",
    "note_work_state",
    "open_evidence",
    "open_person",
    "open_unit",
    "plan_endings",
    "read_household",
    "read_households",
    "readdress_person",
    "record_holding",
    "record_ownership",
    "record_right",
    "record_share_class",
    "record_shareholding",
    "remove_own_day",
    "rename_party",
    "reorganise",
    "set_own_day",
    "set_spending_limit",
    "set_working_week",
    "shelve_register",
    "start_work",
    "take_back_household",
    "take_back_work_state",
    "take_name",
    "take_up_finding",
    "tell_ending",
    "undo_reorganisation",
    "withdraw_evidence",
]
