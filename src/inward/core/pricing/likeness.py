"""What of a customer and a day a price can depend on: customers alike before a supplier are asked the same, for the same reasons.

Two are alike when they stand to the supplier alike, may use the same schemes in the same order (or may not, for the same reasons),
and stand in the same of those parties that rules name, between two days on which nothing in the book begins or ends.
"""

from bisect import bisect
from typing import TypeAlias

from inward.core.pricing.book import PriceBook
from inward.core.pricing.eligibility import STAFF_KINDS, Customer, closed_to, seniority

Likeness: TypeAlias = tuple[object, ...]


def likeness(book: PriceBook, who: Customer, supplier: str, *, with_reasons: bool) -> Likeness:
    """All of a customer and a day that a price of this supplier can depend on; ``with_reasons``: that its trace can, too.

    Allowances are left aside: they are counted for each customer by herself.
    """
    standing = who.standing
    named = book.parties_named
    places = tuple(place for place in (who.party, *who.above) if place in named)
    days = bisect(book.days, who.on)
    schemes = _schemes(book, who, supplier, with_reasons=with_reasons) if standing.kind in STAFF_KINDS else ()
    sold = standing.supplier_company, who.tax.taxed, who.home is not None
    return supplier, standing.kind, sold, places, days, schemes, with_reasons


def _schemes(book: PriceBook, who: Customer, supplier: str, *, with_reasons: bool) -> tuple[object, ...]:
    """The schemes that are open to her, the first to go first; and why each of the others is not."""
    found = []
    closed: list[object] = []
    for code in book.schemes_of(supplier):
        scheme = book.scheme_on(code, who.on)
        why = closed_to(book, scheme, who)
        if why is None:
            found.append(scheme)
        elif with_reasons:
            closed.append((code, why))
    if len(found) > 1:
        found.sort(key=lambda scheme: seniority(scheme, who))
    # How long pieces are kept is counted from the day itself.
    day = who.on if any(scheme.keep_days for scheme in found) else None
    return (day, *(scheme.id for scheme in found), *closed)
