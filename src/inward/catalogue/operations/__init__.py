"""The acts of the catalogue: offer, price, agree, set up schemes and taxes, bring in whole catalogues.

Every act waits its turn, writes, and lets the core check the whole price book before it stands: a conflict between rules
is refused when it is entered, naming both. Nothing is overwritten: what is known is closed, and what is now known added.
"""

from inward.catalogue.operations.comparables import end_comparable, note_comparable
from inward.catalogue.operations.families import (
    FEATURES_MAX,
    VALUE_LENGTH_MAX,
    VARIANTS_MAX,
    import_variants,
    remove_family,
    set_family,
)
from inward.catalogue.operations.importing import TABLES, CatalogueReport, import_catalogue
from inward.catalogue.operations.offerings import (
    change_item,
    offer_item,
    offer_item_again,
    place_category,
    record_cost,
    record_outside_price,
    remove_category,
    withdraw_item,
)
from inward.catalogue.operations.plans import set_plan
from inward.catalogue.operations.prices import (
    change_price,
    change_scheme,
    end_price,
    end_scheme,
    end_tax_rate,
    lift_scheme_limit,
    set_price,
    set_scheme_limit,
    set_tax_rate,
    set_up_scheme,
    take_back_price,
    take_back_scheme,
)
from inward.catalogue.operations.raising import Raised, raise_prices, take_back_raise
from inward.catalogue.operations.suspending import (
    HEARING_DAYS_MAX,
    HEARING_DAYS_USUAL,
    SUSPENSION_WORDS_MAX,
    answer_suspension,
    forget_words,
    lift_suspension,
    suspend_from_scheme,
    uphold_suspension,
)

__all__ = [
    "FEATURES_MAX",
    "HEARING_DAYS_MAX",
    "HEARING_DAYS_USUAL",
    "SUSPENSION_WORDS_MAX",
    "TABLES",
    "VALUE_LENGTH_MAX",
    "VARIANTS_MAX",
    "CatalogueReport",
    "Raised",
    "answer_suspension",
    "change_item",
    "change_price",
    "change_scheme",
    "end_comparable",
    "end_price",
    "end_scheme",
    "end_tax_rate",
    "forget_words",
    "import_catalogue",
    "import_variants",
    "lift_scheme_limit",
    "lift_suspension",
    "note_comparable",
    "offer_item",
    "offer_item_again",
    "place_category",
    "raise_prices",
    "record_cost",
    "record_outside_price",
    "remove_category",
    "remove_family",
    "set_family",
    "set_plan",
    "set_price",
    "set_scheme_limit",
    "set_tax_rate",
    "set_up_scheme",
    "suspend_from_scheme",
    "take_back_price",
    "take_back_raise",
    "take_back_scheme",
    "uphold_suspension",
    "withdraw_item",
]
