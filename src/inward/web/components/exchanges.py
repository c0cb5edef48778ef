"""Exchange rates in words, for whichever screen shows at which rate a dealing was put into books."""

from fractions import Fraction

from django.utils.translation import gettext as _

from inward.core.bookkeeping import Exchange
from inward.core.terms.rounding import divided
from inward.web.components import formats

_DIGITS = 6


def told(exchange: Exchange) -> str:
    """1 USD = 0.919456 EUR, ECB, 24 Nov 2026: the rate to six decimals, its day, its source, and over what it was found."""
    facts = {
        "currency": exchange.currency,
        "price": formats.count(divided(exchange.price, Fraction(1, 10**_DIGITS))),
        "into": exchange.into,
        "source": exchange.source,
        "day": formats.short_day(exchange.on),
    }
    said = _("1 %(currency)s = %(price)s %(into)s (%(source)s, %(day)s)") % facts
    if exchange.via is None:
        return said
    return _("%(rate)s, over %(via)s") % {"rate": said, "via": exchange.via}
