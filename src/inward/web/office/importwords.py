"""What the pages of imports call things: sorts of files, columns, states, ways to write a day. No rules, no reads."""

from collections.abc import Mapping
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as __

from inward.kit.models.imports import ImportState
from inward.web.components.formats import LOCALES

_SORTS: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "companies": (__("Companies"), __("A company on each row, with its currency.")),
    "people": (__("People"), __("A person on each row. Where they work comes with work relationships.")),
    "units": (__("Departments and teams"), __("A department on each row, with its company.")),
    "holdings": (__("Ownership shares"), __("Owner, company owned and percent on each row.")),
    "work_relationships": (__("Work relationships"), __("Who works for which company, from when until when.")),
    "calendars": (__("Working weeks"), __("Hours from a day on, for a company or department on each row.")),
    "own_days": (__("Days of one’s own"), __("A day with other hours, or none, on each row.")),
    "heads": (__("Heads"), __("Who heads a company or department, from when until when.")),
    "deputies": (
        __("Deputies"),
        __("Who stands in for a head, and for what. Several powers stand in one cell, with spaces between."),
    ),
    "names": (__("Names"), __("What a company or department is called, from when until when.")),
    "events": (
        __("Mergers and reorganisations"),
        __(
            "What happened on which day, to which companies and departments; what it changed stands in the other files."
        ),
    ),
    "absences": (__("Absences"), __("Who is away, from when until when; never why.")),
    "work_states": (
        __("States of work"),
        __("Who is on probation, in unpaid leave or under notice, from when until when."),
    ),
    "categories": (__("Categories"), __("A category of items on each row.")),
    "offerings": (__("Items and services"), __("An item on each row, with who supplies it.")),
    "prices": (__("Prices"), __("A price rule on each row.")),
    "schemes": (
        __("Staff schemes"),
        __(
            "A scheme on each row: for whom, of what, how much a year. Several codes stand in one cell, with spaces between."
        ),
    ),
    "budgets": (__("Budgets"), __("A budget on each row: for which cost centre, from when until when, how much.")),
    "variants": (__("Variants"), __("A variant on each row: of which family, which item, with which values.")),
    "stock": (__("Counts"), __("A count on each row: of which item, at which place, how many lie there.")),
    "hand_overs": (
        __("What was handed over"),
        __("A line of an order on each row: how many pieces, by which delivery note. Nothing is handed over twice."),
    ),
    "tax_rates": (__("Tax rates"), __("A rate on each row, with company and tax code.")),
}
_COLUMNS: Final[Mapping[str, str | Promise]] = {
    "id": __("Code"),
    "name": __("Name"),
    "email": __("E-mail"),
    "register_number": __("Register number"),
    "country": __("Country"),
    "currency": __("Currency"),
    "functional_currency": __("Books in"),
    "time_zone": __("Time zone"),
    "source": __("Source"),
    "company": __("Company"),
    "parent": __("Below"),
    "valid_from": __("First day"),
    "valid_until": __("First day after the last"),
    "last_day": __("Last day"),
    "owner": __("Owner"),
    "owned": __("Company owned"),
    "percent": __("Percent"),
    "capital_percent": __("Capital in percent"),
    "person": __("Person"),
    "unit": __("Department or team"),
    "kind": __("Kind"),
    "job_title": __("Job title"),
    "line_of_business": __("Line of business"),
    "cost_centre": __("Cost centre"),
    "party": __("Company or department"),
    "parties": __("Companies and departments"),
    "before": __("Name before"),
    "after": __("Name from then on"),
    "units": __("Departments that moved, opened or closed"),
    "people": __("People who work elsewhere by it"),
    "place": __("Company or department"),
    "powers": __("For what"),
    "mon": __("Monday"),
    "tue": __("Tuesday"),
    "wed": __("Wednesday"),
    "thu": __("Thursday"),
    "fri": __("Friday"),
    "sat": __("Saturday"),
    "sun": __("Sunday"),
    "holidays_of": __("Public holidays of"),
    "region": __("Region"),
    "day": __("Day"),
    "hours": __("Hours"),
    "supplier": __("Supplier"),
    "category": __("Category"),
    "tax_code": __("Tax code"),
    "benefit_kind": __("Kind of benefit"),
    "cost": __("Cost"),
    "cost_currency": __("Currency of the cost"),
    "cost_from": __("First day of the cost"),
    "cost_until": __("First day after the cost"),
    "cost_last": __("Last day of the cost"),
    "outside_price": __("Price outside"),
    "outside_currency": __("Currency of the price outside"),
    "outside_source": __("Where the price outside was seen"),
    "outside_seen_on": __("When the price outside was seen"),
    "level": __("Level"),
    "target_kind": __("Kind of target"),
    "target": __("Target"),
    "customer": __("Customer"),
    "customer_kinds": __("Kinds of customer"),
    "method": __("Method"),
    "value": __("Amount or percentage"),
    "includes_tax": __("Tax included"),
    "quantity_min": __("From how many pieces"),
    "floor_at_cost": __("Never below cost"),
    "floor_minimum": __("Never below"),
    "saving_max": __("Highest saving"),
    "scheme": __("Staff scheme"),
    "employers": __("Employers"),
    "work_kinds": __("Kinds of work"),
    "tenure_months": __("Months of work needed"),
    "included_items": __("Items covered"),
    "included_categories": __("Categories covered"),
    "excluded_items": __("Items left out"),
    "excluded_categories": __("Categories left out"),
    "allowance_money": __("Allowance a year"),
    "allowance_currency": __("Currency of the allowance"),
    "allowance_units": __("Pieces a year"),
    "allowance_measure": __("What the allowance counts"),
    "limits": __("Further limits"),
    "lines_of_business": __("Lines of business"),
    "leaving_days": __("Days before leaving without staff price"),
    "closed_in": __("Closed for whoever is"),
    "keep_days": __("Days for which it is kept"),
    "repays_early": __("Given away before, the saving is repaid"),
    "cooling_days": __("Days without staff price after it came back"),
    "given_to": __("Unused allowance may be given to"),
    "household": __("May be bought for, of the household"),
    "staff_minimum": __("Lowest base for staff"),
    "centre": __("Cost centre"),
    "amount": __("Amount"),
    "rule": __("What happens beyond it"),
    "family": __("Family of variants"),
    "choice": __("Values, such as “Colour: red; Size: M”"),
    "item": __("Item"),
    "order": __("Order"),
    "line": __("Line"),
    "handed_over": __("Handed over"),
    "delivery_note": __("Delivery note"),
    "lies_at": __("Place"),
    "pieces": __("Lies there"),
    "back_order": __("May be ordered beyond that"),
    "expected": __("More expected by"),
    "answer_days": __("Working days to order what is held"),
}
_STATES: Final[Mapping[ImportState, tuple[str | Promise, str]]] = {
    ImportState.BROUGHT: (__("Columns to be chosen"), "warn"),
    ImportState.CHECKING: (__("Being checked"), "info"),
    ImportState.CHECKED: (__("Checked, not loaded"), "warn"),
    ImportState.LOADING: (__("Being loaded"), "info"),
    ImportState.LOADED: (__("Loaded"), "good"),
    ImportState.FAILED: (__("Could not be loaded"), "bad"),
    ImportState.UNDONE: (__("Taken back"), "quiet"),
}
DATES: Final[Mapping[str, str]] = {
    "": "2026-12-31",
    "%d.%m.%Y": "31.12.2026",
    "%d/%m/%Y": "31/12/2026",
    "%m/%d/%Y": "12/31/2026",
    "%Y%m%d": "20261231",
}
"""How days may be written, by how Python reads them."""


def sort_name(sort: str) -> str:
    """What a file of this sort holds."""
    return str(_SORTS[sort][0]) if sort in _SORTS else sort


def sort_lead(sort: str) -> str:
    """A sentence about it."""
    return str(_SORTS[sort][1]) if sort in _SORTS else ""


def column_name(name: str) -> str:
    """What people call a column of ours; the name itself for one of theirs."""
    return str(_COLUMNS.get(name, name))


def column_names(name: str) -> tuple[str, ...]:
    """What it is called in every language of the house."""
    found = []
    for language in LOCALES:
        with translation.override(language):
            found.append(column_name(name))
    return tuple(dict.fromkeys(found))


def state_words(state: ImportState) -> str:
    """Where an import stands."""
    return str(_STATES[state][0])


def state_tone(state: ImportState) -> str:
    """The colour that goes with it."""
    return _STATES[state][1]
