"""Whether a sale is taxed at all: not within one legal entity, nor between two companies of one tax group.

A tax group is what the definition chosen for tax puts together on the day of the sale: supplies within it are disregarded
(Directive 2006/112/EC, article 11; VATA 1994 (UK), section 43). It has no members but companies, and it ends at the border.
Where no definition was chosen for tax, no two companies are one.
"""

from datetime import date
from enum import Enum

from inward.core.classification import Kind, Standing, World, classify, prepared

WITHIN_ENTITY = frozenset({Kind.SELF, Kind.SAME_UNIT, Kind.DEPARTMENT, Kind.BRANCH})


class TaxScope(Enum):
    """Why a sale is taxed, or is not: the first that holds."""

    ONE_COMPANY = "one_company"
    """Nothing is sold in law."""
    NO_RULE = "no_rule"
    """No definition was chosen for tax: taxed."""
    PERSON = "person"
    """Somebody buys or sells for herself, and no person is of a tax group: taxed."""
    APART = "apart"
    """The definition for tax does not put the two companies together: taxed."""
    ABROAD = "abroad"
    """It would, but they are known to be of two countries: taxed."""
    TAX_GROUP = "tax_group"
    """One tax group: nothing is taxed."""

    @property
    def taxed(self) -> bool:
        """Whether the sale is taxed, by the rate of its item."""
        return self not in (TaxScope.ONE_COMPANY, TaxScope.TAX_GROUP)


def tax_scope(
    *, world: World, kind: Kind, companies: tuple[str, str | None], customer: str, on: date, supplier: str = ""
) -> TaxScope:
    """Whether a dealing of that kind between the two ``companies`` is taxed: the supplier's and the customer's.

    ``supplier`` is said where it may be a person.
    """
    if kind in WITHIN_ENTITY:
        return TaxScope.ONE_COMPANY
    rule = world.tax_definition_on(on)
    if rule is None:
        return TaxScope.NO_RULE
    one, other = companies
    if customer in world.person or supplier in world.person:
        return TaxScope.PERSON
    assert other is not None  # a company, or a unit of one
    if not prepared(world, rule).together(one, other, on):
        return TaxScope.APART
    countries = {world.company[company].country for company in (one, other)} - {""}
    return TaxScope.ABROAD if len(countries) > 1 else TaxScope.TAX_GROUP


def tax_group(world: World, standing: Standing, on: date) -> Standing:
    """The standing of the two companies of a dealing by the definition chosen for tax, with its grounds.

    Only for a dealing whose ``tax_scope`` is TAX_GROUP.
    """
    rule = world.tax_definition_on(on)
    assert rule is not None
    assert standing.customer_company is not None
    if rule == world.definition_on(on) and standing.kind is Kind.AFFILIATE:
        return standing
    ends = {"supplier": standing.supplier_company, "customer": standing.customer_company}
    return classify(**ends, world=world, on=on, definition=rule)
