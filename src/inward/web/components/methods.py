"""How a price is found, in a few words, where several screens say it; what a fixed price or a percent off is, each says itself."""

from django.utils.translation import gettext as _

from inward.core.pricing import (
    CostPlus,
    FixedFee,
    Free,
    Market,
    Method,
    Negotiated,
    Prorated,
    ResaleMinus,
    StandardCost,
    Uncontrolled,
)
from inward.web.components import formats


def method_words(method: Method) -> str:  # noqa: C901 - one line a method
    """The method with its base and its figures: "market price less 3%"; empty for a fixed price and a percent off."""
    match method:
        case CostPlus(markup):
            return _("cost plus %(rate)s") % {"rate": formats.percent(markup)} if markup.fraction else _("at cost")
        case Market(less) if not less.fraction:
            return _("at the market price")
        case Market(less):
            return _("market price less %(rate)s") % {"rate": formats.percent(less)}
        case Uncontrolled(less) if not less.fraction:
            return _("at the middle of comparable sales")
        case Uncontrolled(less):
            return _("middle of comparable sales less %(rate)s") % {"rate": formats.percent(less)}
        case ResaleMinus(resale, margin):
            facts = {"price": formats.money(resale), "rate": formats.percent(margin)}
            return _("resale price %(price)s less %(rate)s") % facts
        case StandardCost(cost, markup) if not markup.fraction:
            return _("at the standard cost of %(price)s") % {"price": formats.money(cost)}
        case StandardCost(cost, markup):
            facts = {"price": formats.money(cost), "rate": formats.percent(markup)}
            return _("standard cost %(price)s plus %(rate)s") % facts
        case Negotiated(price, low, high):
            facts = {"price": formats.money(price), "low": formats.money(low), "high": formats.money(high)}
            return _("%(price)s each, negotiated between %(low)s and %(high)s") % facts
        case Prorated(low, high, share):
            facts = {"low": formats.money(low), "high": formats.money(high), "rate": formats.percent(share)}
            return _("between %(low)s and %(high)s, %(rate)s of the difference to the supplier") % facts
        case FixedFee(fee):
            return _("%(price)s for the whole line, whatever the quantity") % {"price": formats.money(fee)}
        case Free():
            return _("free for use")
    return ""
