"""The definitions of inside that can be asked for by name. docs/reference/definitions.md says the test and source of each.

Where a law leaves something to judgement, the preset asks for the fact in which somebody has judged (a ``ControlRight``); it
never guesses.
"""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from inward.core.classification.definition import (
    STRICT_MAJORITY,
    Associates,
    Basis,
    CrossVotes,
    DateRule,
    Definition,
    Family,
    Funds,
    Indirect,
    Operator,
)

FIFTH, QUARTER, FOUR_FIFTHS = Fraction(1, 5), Fraction(1, 4), Fraction(4, 5)

IFRS_CONSOLIDATION = Definition(
    id="ifrs_consolidation",
    board_right=True,
    contract_control=True,
    de_facto=True,
    consolidation=True,
    nominees=True,
    associates=Associates.RELATED,
    funds=Funds.UMBRELLA,
    state_as_parent=True,
)
NO_KONSERN = Definition(
    id="no_konsern", board_right=True, contract_control=True, cross_votes=CrossVotes.SUSPENDED, nominees=True
)
IT_2359 = Definition(
    id="it_2359",
    contract_control=True,
    de_facto=True,
    cross_votes=CrossVotes.SUSPENDED,
    nominees=True,
    associates=Associates.RELATED,
)
ID_ANAK_PERUSAHAAN = Definition(
    id="id_anak_perusahaan",
    basis=Basis.EITHER,
    board_right=True,
    contract_control=True,
    cross_votes=CrossVotes.SUSPENDED,
)
ID_HUBUNGAN_ISTIMEWA = Definition(
    id="id_hubungan_istimewa",
    basis=Basis.CAPITAL,
    threshold=QUARTER,
    operator=Operator.AT_LEAST,
    indirect=Indirect.PRODUCT,
    board_right=True,
    contract_control=True,
    de_facto=True,
    natural_persons_as_parents=True,
    family=Family.FIRST_DEGREE,
)
US_1563 = Definition(
    id="us_1563",
    basis=Basis.EITHER,
    threshold=FOUR_FIFTHS,
    operator=Operator.AT_LEAST,
    identical_threshold=Fraction(1, 2),
    identical_together=FOUR_FIFTHS,
    attribution_floor=Fraction(1, 20),
    date_rule=DateRule.YEAR_END,
)
US_414C = Definition(
    id="us_414c",
    basis=Basis.EITHER,
    threshold=FOUR_FIFTHS,
    operator=Operator.AT_LEAST,
    identical_threshold=Fraction(1, 2),
    identical_together=FOUR_FIFTHS,
    attribution_floor=Fraction(1, 20),
)
IAS24_RELATED = Definition(
    id="ias24_related",
    board_right=True,
    contract_control=True,
    de_facto=True,
    consolidation=True,
    nominees=True,
    associates=Associates.RELATED,
    funds=Funds.UMBRELLA,
    natural_persons_as_parents=True,
    state_as_parent=True,
    family=Family.SPOUSE_MINOR,
)
OECD9_25 = Definition(
    id="oecd9_25",
    basis=Basis.EITHER,
    threshold=QUARTER,
    operator=Operator.AT_LEAST,
    indirect=Indirect.PRODUCT,
    board_right=True,
    contract_control=True,
    de_facto=True,
    natural_persons_as_parents=True,
)
UBO25 = Definition(
    id="ubo25",
    basis=Basis.CAPITAL,
    threshold=QUARTER,
    operator=Operator.AT_LEAST,
    indirect=Indirect.PRODUCT,
    natural_persons_as_parents=True,
)
CLOSELINK20 = Definition(
    id="closelink20",
    basis=Basis.CAPITAL,
    threshold=FIFTH,
    operator=Operator.AT_LEAST,
    indirect=Indirect.SIMPLE_PATHS,
    natural_persons_as_parents=True,
)
VAT_GROUP = Definition(
    id="vat_group",
    board_right=True,
    contract_control=True,
    nominees=True,
    natural_persons_as_parents=True,
)
_ALL = (
    STRICT_MAJORITY,
    IFRS_CONSOLIDATION,
    NO_KONSERN,
    IT_2359,
    ID_ANAK_PERUSAHAAN,
    ID_HUBUNGAN_ISTIMEWA,
    US_1563,
    US_414C,
    IAS24_RELATED,
    OECD9_25,
    UBO25,
    CLOSELINK20,
    VAT_GROUP,
)

DEFINITIONS: Mapping[str, Definition] = MappingProxyType({definition.id: definition for definition in _ALL})
"""The definitions that can be asked for by name."""
