"""``inward engine benefit``: what is taxable of a person's purchases in a tax year. Shapes: docs/reference/engine.md."""

from collections.abc import Callable
from typing import Any, TypeVar

from inward.cli.engine.saying import Saying
from inward.core.benefit import Case, Foreseen, Law, Line, Purchase, Room, RuleSum, foreseen, statement
from inward.core.benefit.reading import case, jurisdiction, purchase, rules
from inward.core.terms import Fields, Reason, Refusal
from inward.kit.wording import plain
from inward.ledger.shipped import countries, shipped_law

_KNOWN = (
    *("id", "jurisdiction", "year", "purchases", "returns", "employee", "accounts", "offers", "as_of", "next", "rules"),
)
Answer = dict[str, Any]
_Told = TypeVar("_Told")


def answer(asked: Fields, saying: Saying) -> Answer:
    """The statement of one person and year; with ``next`` also what that purchase would do."""
    asked.only(_KNOWN)
    law = _law(asked)
    year = asked.whole("year")
    if not _YEARS[0] <= year <= _YEARS[1]:
        asked.refuse("year", "not_a_day", value=str(year))
    found = case(asked, law)
    _check_year(asked, law, found.purchases, year)
    as_of = asked.day("as_of") if asked.has("as_of") else None
    told = _placed(found.purchases, lambda: statement(law=law, year=year, case=found, as_of=as_of))
    answered = {
        "taxable": plain(told.taxable),
        "exempt": plain(told.exempt),
        "benefit": plain(told.benefit),
        "by_rule": [_sum(total) for total in told.by_rule],
        "purchases": [_line(line, saying) for line in told.lines],
    }
    if asked.has("next"):
        answered["next"] = _next(asked, law, found, year, saying)
    return answered


_YEARS = (1900, 9998)


def _law(asked: Fields) -> Law:
    """The rules of ``rules`` (a country's document), or those that ship for the jurisdiction."""
    country = jurisdiction(asked)
    if asked.has("rules"):
        law = Law.of(rules(Fields.of(asked.values["rules"], "rules")))
        if law.jurisdiction != country:
            asked.refuse("jurisdiction", "not_one_of", value=country, allowed=law.jurisdiction)
        return law
    if country not in countries():
        asked.refuse("jurisdiction", "not_one_of", value=country, allowed=", ".join(countries()))
    return shipped_law(country)


def _check_year(asked: Fields, law: Law, bought: tuple[Purchase, ...], year: int) -> None:
    """A purchase of another tax year would be left out quietly."""
    for place, each in enumerate(bought):
        if each.on not in law.year(year):
            asked.refuse(f"purchases[{place}].on", "benefit_of_another_year", on=each.on, year=str(year))


def _next(asked: Fields, law: Law, found: Case, year: int, saying: Saying) -> Answer:
    coming = Fields.of(asked.values["next"], "next")
    bought = purchase(coming, law, "next")
    if bought.on not in law.year(year):
        coming.refuse("on", "benefit_of_another_year", on=bought.on, year=str(year))
    told = _placed((*found.purchases, bought), lambda: foreseen(law=law, case=found, purchase=bought), last="next")
    return _foreseen(told, bought, saying)


def _foreseen(told: Foreseen, bought: Purchase, saying: Saying) -> Answer:
    line = next(line for line in told.after.lines if line.purchase == bought.id)
    return {
        "taxable_added": plain(told.added),
        "warnings": [saying.reason(reason) for reason in told.warnings],
        "reached_back": [{"purchase": each.purchase, "taxable": plain(each.taxable)} for each in told.reached_back],
        "purchase": _line(line, saying),
    }


def _placed(bought: tuple[Purchase, ...], ask: Callable[[], _Told], last: str = "") -> _Told:
    """What is asked; a refusal that names a purchase by its id says its place in the line instead."""
    try:
        return ask()
    except Refusal as refusal:
        places = {each.id: f"purchases[{place}]" for place, each in enumerate(bought)}
        if last:
            places[bought[-1].id] = last
        raise Refusal(refusal.reason, places.get(refusal.where, refusal.where)) from None


def _sum(total: RuleSum) -> Answer:
    rule = total.rule
    return {
        "rule": rule.id,
        "valid_from": plain(rule.period.start),
        "valid_until": plain(rule.period.until),
        "benefit": plain(total.benefit),
        "exempt": plain(total.exempt),
        "taxable": plain(total.taxable),
        "limits": [_room(room) for room in total.rooms],
        "source": {
            "authority": rule.source.authority,
            "title": rule.source.title,
            "paragraph": rule.source.paragraph,
            "url": rule.source.url,
            "confidence": rule.source.confidence,
        },
    }


def _room(room: Room) -> Answer:
    return {
        "per": room.cap.per.value.lower(),
        "over": room.cap.over.value.lower(),
        "window": room.window,
        "employer": room.employer,
        "amount": plain(room.amount),
        "used": plain(room.used),
        "left": plain(room.left),
        "passed": room.passed,
    }


def _line(line: Line, saying: Saying) -> Answer:
    why: tuple[Reason, ...] = line.why
    return {
        "id": line.purchase,
        "rule": line.rule.id,
        "basis": line.basis.value.lower(),
        "value": plain(line.value),
        "paid": plain(line.paid),
        "benefit": plain(line.benefit),
        "exempt": plain(line.exempt),
        "taxable": plain(line.taxable),
        "why": [saying.reason(reason) for reason in why],
    }
