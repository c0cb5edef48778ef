"""What holds after a sale, in plain words: until when, what comes back and how, guarantee, faults. No rules."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inward.kit import vocabularies
from inward.trade.aftersale import AllowanceAgain, FaultView, LineAfter, Promise
from inward.trade.queries import OrderView
from inward.trade.vocabulary import Fault, FaultAnswer, Settlement
from inward.web.components import formats
from inward.web.components.records import Option


@dataclass(frozen=True, slots=True)
class LineWords:
    """What holds for a line: what it is, its name, and sentences."""

    position: int
    name: str
    pieces: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaultWords:
    """A fault that was reported: what it is of, and what becomes of it."""

    key: int
    what: str
    words: str
    who: str
    when: str
    answer: str
    answer_words: str


@dataclass(frozen=True, slots=True)
class After:
    """What holds after the sale of an order, as its page says it."""

    lines: tuple[LineWords, ...]
    paid_back: str
    guarantee: str
    faults: tuple[FaultWords, ...]
    reportable: tuple[LineAfter, ...]
    may_answer: bool
    kinds: tuple[Option, ...]
    answers: tuple[Option, ...]


_PAID_BACK: Mapping[Settlement, Callable[[], str]] = {
    Settlement.PAYROLL: lambda: _(
        "It comes back with your pay: the next pay run sets right what was deducted or still would be."
    ),
    Settlement.COST_CENTRE: lambda: _(
        "It is given back to the department that bears it, in the month in which it comes back."
    ),
    Settlement.INTERCOMPANY: lambda: _("It is given back between the two companies, in the books of both."),
    Settlement.INVOICE: lambda: _("It is taken off the invoice, or given back if that is paid."),
    Settlement.EXTERNAL: lambda: _("The supplier pays it back the way it was paid."),
}


def after(view: OrderView, *, on: date) -> After | None:
    """What holds after the sale; None where nothing of that does."""
    found = view.after
    if found is None or not (found.lines or found.faults):
        return None
    names = {line.position: line.name for line in view.lines}
    return After(
        lines=tuple(_line(line, found.promise, on) for line in found.lines),
        paid_back=_PAID_BACK[view.row.settlement]() if view.row.total.minor and found.lines else "",
        guarantee=_guarantee(found.promise) if found.lines else "",
        faults=tuple(_fault(fault, names) for fault in found.faults),
        reportable=found.reportable if found.may_report else (),
        may_answer=bool(found.may_answer),
        kinds=_options("fault", (each.value for each in Fault if each is not Fault.TOO_LATE)),
        answers=_options("fault_answer", (each.value for each in FaultAnswer if each is not FaultAnswer.TAKEN_BACK)),
    )


def before(promise: Promise) -> str:
    """What holds after a sale, in one line, before anything is bought; empty where nothing is promised."""
    said = []
    if promise.return_days is not None:
        days = promise.return_days
        text = ngettext("May be brought back for %(days)s day.", "May be brought back for %(days)s days.", days)
        said.append(text % {"days": formats.count(days)})
    if promise.guarantee_months is not None:
        months = promise.guarantee_months
        text = ngettext("Guarantee: %(months)s month.", "Guarantee: %(months)s months.", months)
        said.append(text % {"months": formats.count(months)})
    return " ".join(said)


def _line(line: LineAfter, promise: Promise, on: date) -> LineWords:
    said = [_until(line, promise, on)]
    if line.back.minor:
        said.append(_back(line))
    for again in line.allowances:
        said += _allowance(again)
    if line.guarantee is not None:
        facts = {"day": formats.day(line.guarantee)}
        said.append(
            _("Guarantee until %(day)s.") % facts
            if on <= line.guarantee
            else _("The guarantee ended on %(day)s.") % facts
        )
    return LineWords(line.position, line.name, line.pieces, tuple(said))


def _until(line: LineAfter, promise: Promise, on: date) -> str:
    if promise.return_days is None:
        return _("No last day to bring it back is promised: ask the supplier.")
    if line.until is None:
        days = promise.return_days
        text = ngettext(
            "May be brought back until %(days)s day after it was handed over.",
            "May be brought back until %(days)s days after it was handed over.",
            days,
        )
        return text % {"days": formats.count(days)}
    facts = {"day": formats.day(line.until)}
    if on <= line.until:
        return _("May be brought back until %(day)s.") % facts
    return _("It could be brought back until %(day)s. The supplier may still take it back.") % facts


def _back(line: LineAfter) -> str:
    facts = {"amount": formats.money(line.back), "pieces": formats.count(line.pieces)}
    if line.pieces == 1:
        return _("You get back %(amount)s, what you paid for it.") % facts
    return _("For all %(pieces)s you get back %(amount)s, for fewer what was paid for those.") % facts


def _allowance(again: AllowanceAgain) -> list[str]:
    said = []
    if again.periods:
        facts = {
            "amount": formats.money(again.money),
            "scheme": again.scheme,
            "period": ", ".join(again.periods),
        }
        said.append(_("%(amount)s of your allowance %(scheme)s of %(period)s are yours again.") % facts)
    if again.cooling_days:
        days = again.cooling_days
        text = ngettext(
            "After that it has no price of %(scheme)s for you for %(days)s day.",
            "After that it has no price of %(scheme)s for you for %(days)s days.",
            days,
        )
        said.append(text % {"days": formats.count(days), "scheme": again.scheme})
    return said


def _guarantee(promise: Promise) -> str:
    if promise.guarantee_months is None:
        return _("What the law gives whoever buys, it gives you too: an inside price changes nothing about that.")
    months = promise.guarantee_months
    text = ngettext(
        "The guarantee of %(months)s month is the same as for everybody who buys it: an inside price changes nothing about that.",
        "The guarantee of %(months)s months is the same as for everybody who buys it: an inside price changes nothing about that.",
        months,
    )
    return text % {"months": formats.count(months)}


def _fault(fault: FaultView, names: Mapping[int, str]) -> FaultWords:
    language = formats.language()
    kind = vocabularies.label("fault", fault.fault.value, language)
    what = f"{formats.count(fault.pieces)} × {names[fault.position]}: {kind}"
    answer = "" if fault.answer is None else vocabularies.label("fault_answer", fault.answer.value, language)
    who = "" if fault.person is None else fault.person.name
    return FaultWords(fault.id, what, fault.words, who, formats.instant(fault.reported_at), answer, fault.answer_words)


def _options(sort: str, values: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(value, vocabularies.label(sort, value, formats.language())) for value in values)
