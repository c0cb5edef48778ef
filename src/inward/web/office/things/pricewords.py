"""Prices, schemes and what a change of them would do, in words for the office; and what is typed, as the core reads it.

No rules: figures come from ``trade.previews``, refusals from the core. The fields of the forms are the columns of catalogue
files, so that a refusal finds its field by name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inward.catalogue import comparables
from inward.catalogue import queries as catalogue
from inward.core.classification import Tie, WorkState
from inward.core.pricing import (
    Basis,
    Fixed,
    GivenTo,
    Level,
    Limit,
    Outcome,
    OutsidePrice,
    PercentOff,
    PriceRule,
    QuotedLine,
    Scheme,
    Target,
    TargetKind,
)
from inward.core.pricing.methods import Method
from inward.core.pricing.revising import Change, family
from inward.core.terms import Money, Reason, UnitPrice, exact_text, minor_digits
from inward.core.terms.reading import Fields
from inward.kit import vocabularies
from inward.kit.policy import NotThere
from inward.parties import queries as parties
from inward.trade.previews import OrdersTried, PricePreview, price_preview
from inward.trade.programmes import GroupTried, ProgrammeTried
from inward.trade.trying import Asked, Buyer, Compared
from inward.web.components import formats, limitwords, methods
from inward.web.components.errors import words
from inward.web.office import showing
from inward.web.office.declaring import Doing, Effect, Looking, Table

Options = Iterable[tuple[str, str]]


def label(sort: str, value: str) -> str:
    """What people call a value of a vocabulary."""
    return vocabularies.label(sort, value, formats.language())


def labels(sort: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """Values to choose from."""
    return [(value, label(sort, value)) for value in values]


def method_words(rule: PriceRule) -> str:
    """How a price is found: "121.00 each, tax included", "25% off the ordinary price"."""
    more = [_one_method(rule.method)]
    if rule.quantity_min > 1:
        more.append(_("from %(pieces)s pieces") % {"pieces": formats.count(rule.quantity_min)})
    if rule.floor is not None and rule.floor.at_cost:
        more.append(_("never below cost"))
    if rule.floor is not None and rule.floor.minimum is not None:
        more.append(_("never below %(price)s") % {"price": formats.money(rule.floor.minimum)})
    if rule.saving_max is not None:
        more.append(_("at most %(price)s saved a piece") % {"price": formats.money(rule.saving_max)})
    if rule.credit is not None:
        more.append(_("credited to the supplier: %(how)s") % {"how": _one_method(rule.credit)})
    return ", ".join(more)


def _one_method(method: Method) -> str:
    match method:
        case Fixed(price=price, includes_tax=includes_tax):
            each = _("%(price)s each") % {"price": formats.money(price)}
            return f"{each}, {_('tax included')}" if includes_tax else each
        case PercentOff(rate=rate):
            return _("%(rate)s off the ordinary price") % {"rate": formats.percent(rate)}
    return methods.method_words(method)


def target_words(target: Target) -> str:
    """What a price speaks of."""
    if target.kind is TargetKind.ALL:
        return _("everything")
    if target.kind is TargetKind.ITEM:
        return catalogue.offering_names([target.id])[target.id]
    return catalogue.category_names().get(target.id, target.id)


def scope_words(rule: PriceRule) -> str:
    """For whom a price is."""
    if rule.scope.party is not None:
        return parties.name_of(rule.scope.party)
    kinds = sorted(rule.scope.kinds, key=lambda kind: kind.value)
    if kinds:
        return ", ".join(label("standing_kind", kind.value) for kind in kinds)
    if rule.level is Level.SCHEME:
        return _("staff, as the scheme says")
    return _("departments and sister companies") if rule.level is Level.RATE else _("everybody")


def rule_words(rule: PriceRule) -> str:
    """A price in one line."""
    return _("%(what)s, for %(whom)s: %(how)s") % {
        "what": target_words(rule.target), "whom": scope_words(rule), "how": method_words(rule),
    }  # fmt: skip


def scheme_words(scheme: Scheme) -> str:
    """A scheme in one line: for whom, how much a year."""
    who = ", ".join(parties.name_of(code) for code in sorted(scheme.employers)) or _("every company of the inside")
    kinds = ", ".join(label("work_kind", kind.value) for kind in sorted(scheme.work_kinds, key=lambda k: k.value))
    said = [who, kinds]
    if scheme.tenure_months:
        said.append(
            ngettext("after %(months)s month", "after %(months)s months", scheme.tenure_months)
            % {"months": formats.count(scheme.tenure_months)}
        )
    if scheme.lines_of_business:
        said.append(", ".join(sorted(scheme.lines_of_business)))
    if scheme.leaving_days:
        said.append(
            ngettext("not on the last %(days)s day", "not in the last %(days)s days", scheme.leaving_days)
            % {"days": formats.count(scheme.leaving_days)}
        )
    if scheme.closed_in:
        said.append(_("closed for whoever is %(states)s") % {"states": states(scheme.closed_in)})
    said += [*conduct_words(scheme), *_given_words(scheme), *_household_words(scheme)]
    said.append(allowance_words(scheme))
    said += [limit_line(limit) for limit in scheme.limits]
    return "; ".join(said)


def conduct_words(scheme: Scheme) -> Iterator[str]:
    """What the scheme asks of those who bought under it."""
    if scheme.keep_days:
        days = ngettext("kept for %(days)s day", "kept for %(days)s days", scheme.keep_days)
        if scheme.repays_early:
            days = ngettext(
                "kept for %(days)s day, else the saving is repaid",
                "kept for %(days)s days, else the saving is repaid",
                scheme.keep_days,
            )
        yield days % {"days": formats.count(scheme.keep_days)}
    if scheme.cooling_days:
        yield ngettext(
            "no staff price for %(days)s day after it came back",
            "no staff price for %(days)s days after it came back",
            scheme.cooling_days,
        ) % {"days": formats.count(scheme.cooling_days)}


def _given_words(scheme: Scheme) -> Iterator[str]:
    """To whom unused allowance may be given."""
    if scheme.given_to:
        named = ", ".join(label("given_to", each.value) for each in GivenTo if each in scheme.given_to)
        yield _("unused allowance may be given: %(whom)s") % {"whom": named.lower()}


def _household_words(scheme: Scheme) -> Iterator[str]:
    """For whom of the household one may buy."""
    if scheme.household:
        yield _("also for the household: %(whom)s") % {"whom": ties(scheme.household).lower()}


def ties(household: Iterable[Tie]) -> str:
    """Ties of a household in words, in the order in which they are offered."""
    named = set(household)
    return ", ".join(label("tie", tie.value) for tie in Tie if tie in named)


def states(closed_in: Iterable[WorkState]) -> str:
    """States of work in words, in the order in which they are offered."""
    named = set(closed_in)
    return ", ".join(label("work_state", state.value) for state in WorkState if state in named)


def allowance_words(scheme: Scheme) -> str:
    """How much a person and year."""
    found = []
    if scheme.allowance_money is not None:
        found.append(formats.money(scheme.allowance_money))
    if scheme.allowance_units is not None:
        found.append(
            ngettext("%(count)s piece", "%(count)s pieces", scheme.allowance_units)
            % {"count": formats.count(scheme.allowance_units)}
        )
    return _("%(amount)s a year") % {"amount": ", ".join(found)} if found else _("no limit a year")


def limit_line(limit: Limit) -> str:
    """A limit of a scheme in one line, with what it is about."""
    return limitwords.limit_words(limit, "" if limit.target.kind is TargetKind.ALL else target_words(limit.target))


def range_words(offering: str, on: date) -> str:
    """Where comparable sales of an item lie on a day; empty for none."""
    said = _("%(low)s to %(high)s, the middle half of %(count)s sales; their middle is %(median)s")
    return "; ".join(
        said % {
            "low": formats.money(each.low), "high": formats.money(each.high), "median": formats.money(each.median),
            "count": formats.count(each.count),
        }
        for each in comparables.ranges(offering, on)
    )  # fmt: skip


def outside_words(outside: OutsidePrice | None) -> str:
    """What the same thing costs outside, where and when that was seen."""
    if outside is None:
        return ""
    return _("%(price)s at %(source)s, seen %(day)s") % {
        "price": formats.money(outside.price), "source": outside.source, "day": formats.short_day(outside.seen_on),
    }  # fmt: skip


# --- what is typed ------------------------------------------------------------------------------------------------------


def row(values: Mapping[str, Any], **more: Any) -> Fields:
    """What was typed, as a row of a catalogue file."""
    said = {name: _cell(value) for name, value in {**values, **more}.items()}
    return Fields({name: value for name, value in said.items() if value not in (None, "", [])})


def _cell(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
    return value


def major(price: UnitPrice | None) -> str:
    """A unit price as it is typed: "129.90", "100/3"."""
    if price is None:
        return ""
    exactly = price.minor / 10 ** minor_digits(price.currency)
    whole = Money(int(price.minor), price.currency).amount if price.minor.denominator == 1 else exact_text(exactly)
    return str(whole)


def items(looking: Looking) -> Mapping[str, str]:
    """What the viewer may price, by code: its name."""
    over = looking.viewer.parties("DATA_ADMINISTRATOR", on=looking.at.date())
    known = catalogue.price_book().offerings.values()
    return {each.id: each.name or each.id for each in known if over is None or each.supplier in over}


def categories(_looking: Looking, _record: Any = None) -> Options:
    """The categories to choose from."""
    return sorted(catalogue.category_names().items(), key=lambda pair: pair[1])


def schemes(looking: Looking, _record: Any = None) -> Options:
    """The schemes of suppliers the viewer looks after."""
    over = looking.viewer.parties("DATA_ADMINISTRATOR", on=looking.at.date())
    known = catalogue.price_book().schemes.values()
    return [(each.id, each.name or each.id) for each in known if over is None or each.supplier in over]


def free_code(wanted: str) -> str:
    """The first code for a new price that nobody uses, beginning so."""
    taken = {family(rule.id) for rule in catalogue.price_book().rules}
    code, number = wanted[:100], 1
    while code in taken:
        number += 1
        code = f"{wanted[:100]}-{number}"
    return code


# --- what a change would do ---------------------------------------------------------------------------------------------


def effects(doing: Doing, change: Change) -> Sequence[Effect]:
    """What a change of prices would do, for typical customers and for the orders of late."""
    try:
        preview = price_preview(viewer=doing.by, at=doing.at, change=change)
    except NotThere:
        return ()
    if not preview.offerings:
        return (Effect(_("Prices"), (_("No price changes by this: nothing that is offered is touched."),)),)
    programme = () if preview.programme is None else (_programme(preview.programme),)
    return (_customers(preview), _orders(preview), *programme)


def _customers(preview: PricePreview) -> Effect:
    title = _("Prices today and on %(day)s") % {"day": formats.short_day(preview.then)}
    same = sum(not each.changes for each in preview.rows)
    told = [_line(each, preview) for each in preview.rows if each.changes]
    sentences = []
    if not preview.rows:
        sentences.append(_("There is no customer to try it on."))
    elif not told:
        sentences.append(_("No price of the customers it was tried on becomes another."))
    elif same:
        sentences.append(
            ngettext(
                "%(count)s price it was tried on stays as it is.",
                "%(count)s prices it was tried on stay as they are.",
                same,
            )
            % {"count": formats.count(same)}
        )
    left = preview.offerings - preview.shown
    cut = (
        ngettext(
            "%(count)s more item is touched and not shown.", "%(count)s more items are touched and not shown.", left
        )
        % {"count": formats.count(left)}
        if left
        else ""
    )
    if not told:
        return Effect(title, tuple(sentences), left_out=cut)
    head = (_("For whom"), _("Item"), _("Today"), _("Then"), _("Difference"), _("Price used then"))
    return Effect(title, tuple(sentences), left_out=cut, table=Table(head, tuple(told)))


def _line(each: Compared, preview: PricePreview) -> tuple[str, ...]:
    pieces = "" if each.quantity == 1 else f"{formats.count(each.quantity)} × "
    return (
        f"{_buyer(each.buyer)}: {parties.name_of(each.customer)}",
        f"{pieces}{preview.after.offerings[each.offering].name or each.offering}",
        _price(each.before),
        _price(each.after),
        "" if each.difference is None else difference_words(each.difference),
        _used(each.after, preview),
    )


def _programme(tried: ProgrammeTried) -> Effect:
    """The scheme as if it had held for a year: by kind of work what people had paid, and what it had cost the company."""
    title = _("If it had held for the last year")
    if not tried.orders:
        return Effect(title, (_("Nobody made a private purchase here in the last year."),))
    said = [_by_scheme(tried)]
    if tried.unpriced:
        said.append(
            ngettext(
                "%(count)s order could not be placed any more and is in no sum.",
                "%(count)s orders could not be placed any more and are in no sum.",
                tried.unpriced,
            )
            % {"count": formats.count(tried.unpriced)}
        )
    if tried.kept_back:
        said.append(
            ngettext(
                "%(count)s order is not told: too few people bought, and what one person buys is private.",
                "%(count)s orders are not told: too few people bought, and what one person buys is private.",
                tried.kept_back,
            )
            % {"count": formats.count(tried.kept_back)}
        )
    cut = _("Only the newest orders of the year were tried.") if tried.cut else ""
    if not tried.groups:
        return Effect(title, tuple(said), left_out=cut)
    head = (
        _("Work relationship"), _("People"), _("Orders"), _("Paid then"), _("With the scheme"), _("Difference"),
        _("Below the ordinary price"), _("Below cost"),
    )  # fmt: skip
    table = Table(head, tuple(_group(each) for each in tried.groups), figures=True)
    return Effect(title, tuple(said), left_out=cut, table=table)


def _by_scheme(tried: ProgrammeTried) -> str:
    orders = formats.count(tried.orders)
    if tried.by_scheme is None:
        return _(
            "Of %(orders)s orders that people placed for themselves, it had set a price for too few people to tell."
        ) % {"orders": orders}
    facts = {"count": formats.count(tried.by_scheme), "orders": orders}
    return _("It had set a price in %(count)s of %(orders)s orders that people placed for themselves.") % facts


def _group(each: GroupTried) -> tuple[str, ...]:
    return (
        _("others, few of each") if each.kind is None else label("work_kind", each.kind.value),
        formats.count(each.people),
        formats.count(each.orders),
        formats.money(each.paid),
        formats.money(each.would),
        difference_words(each.difference),
        formats.money(each.saving),
        formats.money(each.below_cost),
    )


def difference_words(change: Money) -> str:
    """A difference with its sign: "+€18.15", "-€2.00"."""
    sign = "+" if change.minor > 0 else ""
    return f"{sign}{formats.money(change)}"


def _price(asked: Asked) -> str:
    if asked.line is None:
        return "–" if asked.why_not is None else words(asked.why_not)
    taxed = _("tax included") if asked.line.includes_tax else _("before tax")
    return f"{formats.money(asked.line.price)} ({taxed})"


def _used(asked: Asked, preview: PricePreview) -> str:
    """The price that is used then, and why it and not another, as far as that is worth a sentence."""
    rule = next((each for each in preview.after.rules if each.id == asked.rule), None)
    if rule is None or asked.line is None:
        return "–"
    said = f"{label('level', rule.level.value)}, {method_words(rule)}"
    why = _why(asked.line)
    return f"{said}. {why}" if why else f"{said}."


def _why(line: QuotedLine) -> str:
    """Why the winner goes before the list; where it is the list, what stands in the way of a better price."""
    if line.parts[0].basis is not Basis.LIST:
        lost = next((each for each in line.trace if each.level is Level.LIST and each.outcome is Outcome.LOST), None)
        return "" if lost is None else words(lost.why)
    missed = (each for each in line.trace if each.level is not Level.LIST and each.outcome is Outcome.NOT_APPLICABLE)
    found = next(missed, None)
    return "" if found is None else words(_named_kind(found.why))


def _named_kind(why: Reason) -> Reason:
    """The reason with its kind of customer by name."""
    facts = dict(why.facts)
    if isinstance(facts.get("kind"), str):
        facts["kind"] = label("standing_kind", str(facts["kind"]))
    return Reason.of(why.code, **facts)


def _buyer(buyer: Buyer) -> str:
    return {
        Buyer.NAMED: _("Agreed with"),
        Buyer.STAFF: _("An employee"),
        Buyer.DEPARTMENT: _("A department"),
        Buyer.SISTER: _("A sister company"),
        Buyer.OUTSIDER: _("An outsider"),
    }[buyer]


def _orders(preview: PricePreview) -> Effect:
    title = _("Orders of the last 90 days, priced anew")
    if not preview.orders:
        return Effect(title, (_("Nothing of this was ordered in the last 90 days."),))
    head = (_("Customers"), _("Order lines"), _("Today"), _("Then"), _("Difference"))
    cut = _("Only the newest 200 order lines were priced anew.") if preview.orders_cut else ""
    kept = _("Orders that were placed keep their prices. Sums are with tax.")
    table = Table(head, tuple(_tried(each) for each in preview.orders), figures=True)
    return Effect(title, (kept,), left_out=cut, table=table)


def _tried(each: OrdersTried) -> tuple[str, ...]:
    lines = formats.count(each.lines)
    if each.unpriced:
        more = ngettext("%(count)s without a price", "%(count)s without a price", each.unpriced)
        lines = f"{lines}, {more % {'count': formats.count(each.unpriced)}}"
    if each.today is None or each.then is None:
        return (label("standing_kind", each.kind.value), lines, "–", "–", "–")
    return (
        label("standing_kind", each.kind.value),
        lines,
        formats.money(each.today),
        formats.money(each.then),
        difference_words(each.then - each.today),
    )


def days(period: Any) -> str:
    """The days of a period."""
    return showing.days(period)


def items_named(codes: Iterable[str]) -> str:
    """Items by name."""
    return ", ".join(catalogue.offering_names(list(codes)).values())
