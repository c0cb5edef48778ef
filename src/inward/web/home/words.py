"""Verdicts, rules, histories and refusals in words: from values of the core and of trade to what components show.

Sentences about reasons are the rooms' (``kit.vocabularies``); here are those that name whole things. No rules.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inward.core.bookkeeping import OnLeaving
from inward.core.bookkeeping import Plan as PayPlan
from inward.core.classification import Kind, Standing
from inward.core.pricing import (
    Basis,
    Fixed,
    Level,
    Outcome,
    Part,
    PercentOff,
    PriceBook,
    PriceRule,
    QuotedLine,
    TaxScope,
    Traced,
)
from inward.core.running import Afterwards, Plan
from inward.core.terms import Reason
from inward.kit import vocabularies
from inward.parties import definitions
from inward.parties.vocabulary import Purpose
from inward.trade.deciding import Handover
from inward.trade.queries import OrderView, StepView
from inward.trade.shelves import Available
from inward.trade.tracking import Stage
from inward.trade.vocabulary import StageState, StepKind, WaitsFor
from inward.web.components import formats, insiderules, methods
from inward.web.components.errors import words
from inward.web.components.naming import full_name
from inward.web.components.records import Step, Tried, VerdictWords


@dataclass(frozen=True, slots=True)
class Tracked:
    """A stage on the way of an order, in words: what, whether it is done, on which day, whose turn it is."""

    name: str
    state: str
    day: str
    turn: str
    pieces: str
    tone: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Untaxed:
    """The rule by which two companies are one tax group, and on what grounds."""

    rule: str
    grounds: tuple[str, ...]


_SEVERAL = 2
_RULE_FACTS = frozenset({"to", "after", "rule", "other"})
_OUTCOMES = {"won": 0, "lost": 1, "not_applicable": 2}
_NEAR_MISSES = (
    "scheme_household_over",
    "scheme_household_not_yet",
    "scheme_for_other_ties",
    "scheme_not_for_household",
    "scheme_suspended",
    "scheme_cooling_off",
    "allowance_used_up",
    "limit_reached",
    "limit_reached_rolling",
    "scheme_excludes",
    "scheme_does_not_include",
    "scheme_after_months",
    "scheme_for_other_work",
    "scheme_for_other_lines",
    "scheme_closed_before_leaving",
    "scheme_closed_in_state",
)
"""Why somebody who might have a staff price has none: worth a sentence beside the price, nearest first."""
_STAGE_LOOKS = {
    StageState.DONE: ("good", "check"),
    StageState.NEXT: ("warn", "clock"),
    StageState.AHEAD: ("quiet", "chevron-right"),
    StageState.STOPPED: ("bad", "x"),
}
_STEP_LOOKS = {
    StepKind.APPROVAL_ASKED: ("warn", "clock"),
    StepKind.PLACED: ("brand", "shopping-cart"),
    StepKind.APPROVED: ("good", "check"),
    StepKind.REMINDED: ("warn", "clock"),
    StepKind.DECLINED: ("bad", "x"),
    StepKind.READY: ("brand", "package"),
    StepKind.DELIVERED: ("good", "truck-delivery"),
    StepKind.RECEIVED: ("good", "checks"),
    StepKind.CANCELLED: ("quiet", "x"),
    StepKind.RETURNED: ("quiet", "arrow-back-up"),
    StepKind.DISPOSED: ("quiet", "package"),
    StepKind.PAYMENT_GIVEN: ("warn", "cash"),
    StepKind.PAYMENT_FOUND: ("good", "cash"),
    StepKind.PAYMENT_MISSING: ("bad", "cash"),
}


def verdict(standing: Standing, *, customer: str, supplier: str, on: date) -> VerdictWords:
    """Inside or outside as a sentence with the names of both, its grounds, and what would make it inside."""
    miss = standing.nearest_miss
    return VerdictWords(
        inside=standing.internal,
        sentence=_sentence(standing, full_name(customer, on=on), full_name(supplier, on=on), on),
        kind=vocabularies.label("standing_kind", standing.kind.value, formats.language()),
        grounds=tuple(words(ground) for ground in standing.grounds),
        nearest_miss="" if miss is None else words(miss),
    )


def why_rule(code: str, purpose: Purpose | None, *, on: date) -> str:
    """Why a verdict is judged by this rule: it was chosen for what is asked for, or nobody chose another, or you did."""
    facts = {"rule": insiderules.called(code)}
    if purpose is None:
        return _("Judged by “%(rule)s”, the rule of your choice.") % facts
    _definition, days = definitions.serving(purpose, on=on)
    facts["purpose"] = vocabularies.label("purpose", purpose.value, formats.language()).lower()
    if days is None:
        return _("Judged by “%(rule)s”, the usual rule: no other was chosen for %(purpose)s.") % facts
    if days.start is None:
        return _("Judged by “%(rule)s”, which was chosen for %(purpose)s.") % facts
    facts["day"] = formats.short_day(days.start)
    return _("Judged by “%(rule)s”, which was chosen for %(purpose)s from %(day)s on.") % facts


def for_books(priced: Standing, books: Standing) -> str:
    """What the customer is for the books, where their rule says otherwise than that of prices; else nothing."""
    if books.kind is priced.kind:
        return ""
    kind = vocabularies.label("standing_kind", books.kind.value, formats.language())
    return _("For the books: %(kind)s. How it is paid follows from that.") % {"kind": kind}


def untaxed(definition: str, grounds: Sequence[Reason]) -> Untaxed | None:
    """Why no tax is charged between the companies of one tax group; None for no rule: they are not one."""
    return Untaxed(insiderules.called(definition), tuple(words(ground) for ground in grounds)) if definition else None


def tax_note(scope: TaxScope) -> str:
    """What the rule for tax makes of a dealing: whether tax is charged, and why."""
    match scope:
        case TaxScope.ONE_COMPANY:
            return _("No tax is charged: nothing is sold within one company.")
        case TaxScope.TAX_GROUP:
            return _("No tax is charged: the two companies are one tax group.")
        case TaxScope.NO_RULE:
            return _("Tax is charged: no rule was chosen for tax, so no companies are one tax group.")
        case TaxScope.PERSON:
            return _("Tax is charged: a person never belongs to a tax group.")
        case TaxScope.ABROAD:
            return _("Tax is charged: a tax group ends at the border, and the two are of different countries.")
    return _("Tax is charged: the two companies are not one tax group.")


def _sentence(standing: Standing, customer: str, supplier: str, on: date) -> str:
    company = full_name(standing.supplier_company, on=on)
    theirs = "" if standing.customer_company is None else full_name(standing.customer_company, on=on)
    names = {"customer": customer, "supplier": supplier, "company": company, "theirs": theirs}
    return str(_SENTENCES[standing.kind]) % names


_WITHIN = __("Inside: %(customer)s and %(supplier)s belong to one company.")
_ON_BOTH_SIDES = __("Inside: %(customer)s is on both sides.")
_SENTENCES: Final = {
    Kind.SELF: _ON_BOTH_SIDES,
    Kind.SAME_UNIT: _ON_BOTH_SIDES,
    Kind.DEPARTMENT: _WITHIN,
    Kind.BRANCH: _WITHIN,
    Kind.STAFF: __("Inside: %(customer)s works for %(company)s, which supplies this."),
    Kind.GROUP_STAFF: __("Inside: %(customer)s works for %(theirs)s, a sister company of %(company)s."),
    Kind.AFFILIATE: __("Inside: %(theirs)s and %(company)s belong to one group."),
    Kind.STAKEHOLDER: __("Inside: the inside rule counts %(customer)s too, though not as staff."),
    Kind.JOINT_VENTURE: __(
        "Outside, but related: one of the two is controlled by the other’s group only together with others."
    ),
    Kind.ASSOCIATE: __("Outside, but related: one of the two, or its group, has notable influence on the other."),
    Kind.OUTSIDE: __("Outside: nothing ties %(customer)s to %(company)s."),
    Kind.NOT_KNOWN: __("It is not known whether this is inside."),
}
"""What a verdict says, by kind."""


def tried(line: QuotedLine, *, book: PriceBook) -> tuple[Tried, ...]:
    """Every rule that was looked at, the one that is used first, with what its price rests on and, between related companies,
    beside which range it lies; for components.trace.
    """
    known = _rules(book, line.offering)
    ordered = sorted(line.trace, key=lambda traced: _OUTCOMES[traced.outcome.value])
    return tuple(
        Tried(_rule(each.rule, each.level, known, book), each.outcome.value, _told(each, line, known, book))
        for each in ordered
    )


def _told(traced: Traced, line: QuotedLine, known: Mapping[str, PriceRule], book: PriceBook) -> str:
    said = [_why(traced, known, book)]
    if traced.how is not None:
        said.append(words(traced.how))
    if traced.credited is not None:
        said.append(_("The supplying department is credited otherwise. %(how)s") % {"how": words(traced.credited)})
    if traced.outcome is Outcome.WON:
        said += [words(part.range.told) for part in line.parts if part.rule == traced.rule and part.range is not None]
    return " ".join(said)


def because(line: QuotedLine, *, book: PriceBook) -> str:
    """Why the price is what it is, in one sentence: the rule that is used; where it is only the list, what stood in the
    way of a better one.
    """
    used = part_words(line.parts[0], book=book, offering=line.offering)
    if line.parts[0].basis is not Basis.LIST:
        return used
    known = _rules(book, line.offering)
    missed = {each.why.code: each for each in line.trace if each.outcome is Outcome.NOT_APPLICABLE}
    near = next((missed[code] for code in _NEAR_MISSES if code in missed), None)
    return basis(line.parts[0]) if near is None else f"{basis(line.parts[0])}. {_why(near, known, book)}"


def part_words(part: Part, *, book: PriceBook, offering: str) -> str:
    """How some pieces of a line were priced: "Staff price: 25% off the ordinary price"."""
    rule = _rules(book, offering).get(part.rule)
    if rule is None:
        return vocabularies.label("basis", part.basis.value, formats.language())
    return rule_name(rule, book)


def keeping(parts: Iterable[Part]) -> str:
    """Until when pieces are kept, and what is repaid if they are not: "Keep it until 8 March; ..."."""
    asked = [part.kept for part in parts if part.kept is not None]
    if not asked:
        return ""
    last = formats.short_day(max(kept.until for kept in asked))
    amounts = [kept.repay for kept in asked if kept.repay is not None and kept.repay.minor]
    if not amounts:
        return _("Keep it until %(day)s: it is for your own use.") % {"day": last}
    amount = formats.money(sum(amounts[1:], start=amounts[0]))
    return _(
        "Keep it until %(day)s: whoever gives it away or sells it before repays the saving, %(amount)s in all."
    ) % {
        "day": last,
        "amount": amount,
    }


def plan_words(plan: PayPlan) -> str:
    """What leaves which pay: "at once, out of the pay of November 2026", "3 parts: €30.25 in November 2026, …"."""
    first, last = plan.parts[0], plan.parts[-1]
    if len(plan.parts) == 1:
        return _("at once, out of the pay of %(month)s") % {"month": formats.month(first.month)}
    facts = {
        "count": formats.count(len(plan.parts)),
        "first": formats.month(first.month),
        "last": formats.month(last.month),
        "amount": formats.money(first.amount),
        "least": formats.money(last.amount),
    }
    if first.amount == last.amount:
        return _("%(count)s parts of %(amount)s, from %(first)s to %(last)s") % facts
    return _("%(count)s parts of %(amount)s to %(least)s, from %(first)s to %(last)s") % facts


def leaving_words(plan: PayPlan) -> str:
    """What becomes of open parts on leaving."""
    if plan.leaving is OnLeaving.LAST_PAY:
        return _("Whoever leaves before has the rest deducted from the last pay.")
    return _("Whoever leaves before gets an invoice for the rest.")


def basis(part: Part) -> str:
    """What kind of price it is: "Staff price"."""
    return vocabularies.label("basis", part.basis.value, formats.language())


def rule_name(rule: PriceRule, book: PriceBook) -> str:
    """A price rule as people know it: what kind it is, whose, and how it reckons."""
    head = _head(rule, book)
    body = _method(rule)
    if rule.quantity_min > 1:
        body = _("%(price)s, from %(pieces)s pieces") % {"price": body, "pieces": formats.count(rule.quantity_min)}
    return f"{head}: {body}"


def _head(rule: PriceRule, book: PriceBook) -> str:
    if rule.scheme is not None and rule.scheme in book.schemes:
        return book.schemes[rule.scheme].name or rule.scheme
    if rule.level is Level.AGREEMENT and rule.scope.party is not None:
        return _("Agreement with %(name)s") % {"name": full_name(rule.scope.party, on=rule.period.start or date.max)}
    return vocabularies.label("level", rule.level.value, formats.language())


def _method(rule: PriceRule) -> str:
    match rule.method:
        case Fixed(price=price):
            return _("%(price)s each") % {"price": formats.money(price)}
        case PercentOff(rate=rate):
            return _("%(rate)s off the ordinary price") % {"rate": formats.percent(rate)}
    return methods.method_words(rule.method)


def _rules(book: PriceBook, offering: str) -> Mapping[str, PriceRule]:
    known = book.offerings.get(offering)
    return {} if known is None else {rule.id: rule for rule in book.candidates(known)}


def _rule(key: str, level: Level, known: Mapping[str, PriceRule], book: PriceBook) -> str:
    """The name of a rule; of one that exists no more, its level."""
    return rule_name(known[key], book) if key in known else vocabularies.label("level", level.value, formats.language())


def _why(traced: Traced, known: Mapping[str, PriceRule], book: PriceBook) -> str:
    """The reason in words; where it names another rule or a party by its key, people read the name."""
    facts = dict(traced.why.facts)
    for name, fact in facts.items():
        if name in _RULE_FACTS and isinstance(fact, str) and fact in known:
            facts[name] = _head(known[fact], book)
        elif name == "kind" and isinstance(fact, str):
            facts[name] = vocabularies.label("standing_kind", fact, formats.language())
    return words(Reason.of(traced.why.code, **facts))


def price_note(*, includes_tax: bool) -> str:
    """Whether the price shown has tax in it."""
    return _("tax included") if includes_tax else _("before tax")


def free(parts: Sequence[Part]) -> bool:
    """Whether nothing is asked because the thing is free for use."""
    return all(part.basis is Basis.FREE for part in parts)


def track(view: OrderView) -> tuple[Tracked, ...]:
    """The way of an order, stage by stage, with whose turn it is by name."""
    names = {turn: full_name(party.code, on=view.row.placed_at.date()) for turn, party in view.waits_for}
    return tuple(_tracked(stage, names) for stage in view.track)


def _tracked(stage: Stage, names: Mapping[WaitsFor, str]) -> Tracked:
    tone, icon = _STAGE_LOOKS[stage.state]
    some = {} if stage.pieces is None or stage.of is None else {"pieces": stage.pieces, "of": stage.of}
    return Tracked(
        name=vocabularies.label("stage", stage.kind.value, formats.language()),
        state=vocabularies.label("stage_state", stage.state.value, formats.language()),
        day="" if stage.at is None else formats.local_day(stage.at),
        turn="" if stage.turn is None else turn(stage.turn, names[stage.turn]),
        pieces=_("%(pieces)s of %(of)s pieces") % {name: formats.count(count) for name, count in some.items()}
        if some
        else "",
        tone=tone,
        icon=icon,
        current=stage.state is StageState.NEXT,
    )


def turn(whose: WaitsFor, name: str) -> str:
    """Whose turn it is: "Waiting for the supplier: ABC Retail"."""
    return f"{vocabularies.label('waits_for', whose.value, formats.language())}: {name}"


def handover(chosen: Handover | None, customer: str) -> str:
    """How an order gets to its customer: "Pick-up: Front desk"; empty where nothing was chosen."""
    if chosen is None:
        return ""
    where = chosen.place or chosen.address or customer
    return f"{vocabularies.label('handover_way', chosen.way.value, formats.language())}: {where}"


def steps(views: Sequence[StepView], *, lines: Mapping[int, str]) -> tuple[Step, ...]:
    """An order's history, oldest first. ``lines`` names its lines by position."""
    return tuple(_step(view, lines) for view in views)


def _step(view: StepView, lines: Mapping[int, str]) -> Step:
    tone, icon = _STEP_LOOKS[view.kind]
    return Step(
        name=vocabularies.label("step", view.kind.value, formats.language()),
        when=formats.instant(view.at),
        who="" if view.person is None else view.person.name,
        words=_step_words(view, lines),
        tone=tone,
        icon=icon,
    )


def _step_words(view: StepView, lines: Mapping[int, str]) -> str:
    """The reason that was given, and the pieces that were handed over or came back."""
    said = [str(view.facts["reason"])] if view.facts.get("reason") else []
    pieces = view.facts.get("pieces")
    if isinstance(pieces, Mapping):
        said += [f"{formats.count(int(count))} × {lines.get(int(place), '')}" for place, count in pieces.items()]
    came = view.facts.get("lines")
    if isinstance(came, Mapping):
        said += [came_words(lines.get(int(place), ""), each) for place, each in came.items()]
    if view.facts.get("delivery_note"):
        said.append(_("delivery note %(name)s") % {"name": view.facts["delivery_note"]})
    said += [str(view.facts["note"])] if view.facts.get("note") else []
    return " · ".join(said)


def came_words(name: str, came: Mapping[str, Any]) -> str:
    """What came of a line: "Chair: 6 taken, 2 refused (Damaged), given back"."""
    said = []
    if came.get("taken"):
        said.append(_("%(count)s taken") % {"count": formats.count(came["taken"])})
    if came.get("refused"):
        fault = vocabularies.label("fault", came["fault"], formats.language())
        said.append(_("%(count)s refused (%(fault)s)") % {"count": formats.count(came["refused"]), "fault": fault})
        said.append(_("to be brought again") if came["again"] else _("given back"))
    if came.get("missing"):
        said.append(_("%(count)s missing") % {"count": formats.count(came["missing"])})
    if came.get("surplus"):
        said.append(_("%(count)s too many, free of charge") % {"count": formats.count(came["surplus"])})
    return f"{name}: {', '.join(said)}"


def pieces(count: int) -> str:
    """So many pieces."""
    return ngettext("%(count)s piece", "%(count)s pieces", count) % {"count": formats.count(count)}


def left(found: Available, *, on: date) -> str:
    """How many pieces of a counted item are left, in a few words; when there are none, whether and when it comes."""
    if found.left:
        return ngettext("%(count)s left", "%(count)s left", found.left) % {"count": formats.count(found.left)}
    expected = found.expected(on)
    if found.back_order:
        if expected is None:
            return _("None left now: it can be ordered and comes later.")
        return _("None left now: it can be ordered and is expected by %(day)s.") % {"day": formats.day(expected)}
    if expected is None:
        return _("None left")
    return _("None left, more expected by %(day)s") % {"day": formats.day(expected)}


def left_where(found: Available) -> str:
    """How many are left at which place, where there are several."""
    if len(found.places) < _SEVERAL:
        return ""
    return ", ".join(f"{each.shelf.place}: {formats.count(each.left)}" for each in found.places)


def every(plan: Plan) -> str:
    """How often it is charged."""
    return vocabularies.label("running_every", plan.every.value, formats.language())


def plan(of: Plan) -> str:
    """What it is, how often it is charged, for how long one is bound, and how it ends, in one line."""
    said = [vocabularies.label("running_kind", of.kind.value, formats.language()), every(of).lower()]
    if of.term_months:
        months = formats.count(of.term_months)
        said.append(
            ngettext("bound for %(months)s month", "bound for %(months)s months", of.term_months) % {"months": months}
        )
        said.append(_("renews by itself") if of.renews else _("then it ends by itself"))
    if of.notice_days:
        days = formats.count(of.notice_days)
        said.append(ngettext("%(days)s day’s notice", "%(days)s days’ notice", of.notice_days) % {"days": days})
    if of.afterwards is Afterwards.END:
        said.append(_("ends with what makes you an inside customer"))
    return ", ".join(said)
