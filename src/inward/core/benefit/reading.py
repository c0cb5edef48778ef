"""Rules and cases out of plain JSON values; no file is opened here. Fields: docs/reference/benefit-rules.md.

Money is decimal text or a number in the currency of the rules, or ``{"amount", "currency"}``. Codes are taken in either
case, with blanks, hyphens or underscores. A field nobody knows is refused: a misspelt limit would quietly tax somebody.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import TypeVar

from inward.core.benefit.case import Accounts, Case, Employee, Offer, Purchase, Return
from inward.core.benefit.law import Law
from inward.core.benefit.rules import (
    Basis,
    Beneficiary,
    By,
    Cap,
    Exempts,
    GroupTest,
    Limit,
    Over,
    Per,
    PriceShare,
    Rule,
    Source,
    Status,
    Tier,
)
from inward.core.terms import Fields, Money, Rate, as_currency, decimal_text

_HEAD = ("jurisdiction", "currency", "year_starts", "authority", "about", "rules")
_RULE = (
    *("id", "rank", "covers", "value", "exempts", "limits", "beneficiaries", "statuses", "requires", "unless"),
    *("group_test", "valid_from", "valid_until", "last_day", "authority", "title", "paragraph", "url", "confidence"),
    *("note", "example"),
)
_PURCHASE = (
    *("id", "on", "at", "kind", "paid", "pieces", "employer", "line_of_business", "for", "facts"),
    *(basis.value.lower() for basis in Basis),
)
_CASE = ("purchases", "returns", "employee", "accounts", "offers")
_YEAR_STARTS = re.compile(r"(\d{2})-(\d{2})\Z", re.ASCII)
_CODE_LENGTH_MAX = 60
_CODE = re.compile(rf"[a-z][a-z0-9_.-]{{0,{_CODE_LENGTH_MAX - 1}}}\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_LEAP_YEAR = 2024
_ALIASES = {"UK": "GB"}
_Choice = TypeVar("_Choice", bound=Enum)


def jurisdiction(row: Fields, name: str = "jurisdiction") -> str:
    """The ISO 3166 code of a country, in capitals; UK is taken for GB."""
    code = row.text(name).upper()
    code = _ALIASES.get(code, code)
    return code if _COUNTRY.match(code) else row.refuse(name, "country_not_usable", country=code)


def rules(document: Fields) -> Iterator[Rule]:
    """The rules of a country's document. Refusal with the place of what cannot be read."""
    document.only(_HEAD)
    head = (jurisdiction(document), _currency(document), _year_starts(document))
    if not document.items("rules"):
        document.refuse("rules", "field_missing")
    authority = document.text_or_none("authority") or ""
    for row in document.rows("rules"):
        yield _rule(row, *head, authority)


def case(asked: Fields, law: Law) -> Case:
    """A case: ``purchases`` and what may stand beside them. Other fields of ``asked`` are left alone."""
    bought = tuple(purchase(row, law, str(place)) for place, row in enumerate(asked.rows("purchases"), 1))
    return Case(
        purchases=bought,
        returns=tuple(_return(row) for row in asked.rows("returns")),
        employee=_employee(asked, law),
        accounts=tuple(_accounts(row, law) for row in asked.rows("accounts")),
        offers=tuple(_offer(row) for row in asked.rows("offers")),
    )


def example(rule: Rule) -> Fields | None:
    """The example of a rule: ``year``, a case, and the ``taxable`` and ``exempt`` that must come out of it."""
    if rule.example is None:
        return None
    found = Fields.of(rule.example, f"rule {rule.id}.example")
    found.only((*_CASE, "year", "taxable", "exempt", "from"))
    return found


def _rule(row: Fields, country: str, currency: str, year_starts: tuple[int, int], authority: str) -> Rule:
    row.only(_RULE)
    given = row.values.get("example")
    return Rule(
        jurisdiction=country,
        id=_code(row, "id"),
        rank=row.whole("rank"),
        covers=frozenset(_needed(row, "covers")),
        bases=tuple(_choices(row, "value", Basis)) or row.refuse("value", "field_missing"),
        exempts=row.choice("exempts", Exempts),
        source=_source(row, authority),
        currency=currency,
        year_starts=year_starts,
        limits=tuple(_limit(limit, currency) for limit in row.rows("limits")),
        period=row.period(),
        beneficiaries=frozenset(_choices(row, "beneficiaries", Beneficiary)) or frozenset(Beneficiary),
        statuses=frozenset(_choices(row, "statuses", Status)) or frozenset(Status),
        requires=_codes(row, "requires"),
        unless=_codes(row, "unless"),
        group_test=_group_test(row, currency),
        example=None if given is None else Fields.of(given, row.place("example")).values,
    )


def _source(row: Fields, authority: str) -> Source:
    """Whose word it is. Nothing is taxed on nobody's word, so each of these must be said."""
    return Source(
        authority=row.text("authority") if row.has("authority") or not authority else authority,
        title=row.text("title"),
        paragraph=row.text("paragraph"),
        url=row.text("url"),
        confidence=row.text_or_none("confidence") or "",
    )


def _limit(row: Fields, currency: str) -> Limit:
    if row.has("percent_of_price"):
        row.only(("percent_of_price",))
        if row.values["percent_of_price"] == "gross_profit":
            return PriceShare(None)
        return PriceShare(_percent(row, "percent_of_price"))
    row.only(("per", "over", "by", "amount", "tiers", "borrows"))
    if row.has("amount") == row.has("tiers"):
        row.refuse("amount", "field_missing" if not row.has("amount") else "given_twice", name="amount", other="tiers")
    tiers = tuple(_tier(tier, currency) for tier in row.rows("tiers"))
    return Cap(
        per=row.choice("per", Per),
        over=row.choice("over", Over),
        tiers=tiers or (Tier(_money(row, "amount", currency)),),
        by=row.choice("by", By) if row.has("by") else By.PERSON,
        borrows=_code(row, "borrows") if row.has("borrows") else "",
    )


def _tier(row: Fields, currency: str) -> Tier:
    row.only(("amount", "if"))
    return Tier(_money(row, "amount", currency), _code(row, "if") if row.has("if") else "")


def _group_test(row: Fields, currency: str) -> GroupTest | None:
    if not row.has("group_test"):
        return None
    test = Fields.of(row.values["group_test"], row.place("group_test"))
    test.only(("highly_paid_above",))
    above = Fields.of(test.values.get("highly_paid_above"), test.place("highly_paid_above"))
    years = {str(year): year for year in range(1900, 2200)}
    above.only(years)
    return GroupTest(tuple(sorted((years[name], _money(above, name, currency)) for name in above.values)))


def purchase(row: Fields, law: Law, id_: str) -> Purchase:
    """One purchase, called ``id_`` where it does not say its id."""
    row.only(_PURCHASE)
    values = {basis: _money(row, basis.value.lower(), law.currency) for basis in Basis if row.has(basis.value.lower())}
    at = _instant(row) if row.has("at") else None
    on = row.day("on") if at is None or row.has("on") else at.date()
    return Purchase(
        id=row.text_or_none("id") or id_,
        on=on,
        at=at,
        values=values,
        paid=_money(row, "paid", law.currency) if row.has("paid") else Money.zero(law.currency),
        kind=_known(row, "kind", law.kinds) if row.has("kind") else "goods",
        pieces=row.whole("pieces") if row.has("pieces") else 1,
        employer=row.text_or_none("employer") or "",
        line_of_business=row.text_or_none("line_of_business") or "",
        beneficiary=row.choice("for", Beneficiary) if row.has("for") else Beneficiary.EMPLOYEE,
        facts=_facts(row, law),
    )


def _return(row: Fields) -> Return:
    row.only(("purchase", "on", "pieces"))
    return Return(row.text("purchase"), row.day("on"), row.whole("pieces") if row.has("pieces") else 1)


def _employee(asked: Fields, law: Law) -> Employee:
    if not asked.has("employee"):
        return Employee()
    row = Fields.of(asked.values["employee"], asked.place("employee"))
    row.only(("id", "status", "facts", "pay_before", "highly_paid"))
    return Employee(
        status=row.choice("status", Status) if row.has("status") else Status.EMPLOYED,
        facts=_facts(row, law),
        pay_before=_money(row, "pay_before", law.currency) if row.has("pay_before") else None,
        highly_paid=row.flag("highly_paid") if row.has("highly_paid") else None,
    )


def _accounts(row: Fields, law: Law) -> Accounts:
    row.only(("year", "employer", "line_of_business", "gross_profit_percent", "sales", "cost"))
    year, employer = row.whole("year"), row.text_or_none("employer") or ""
    line = row.text_or_none("line_of_business") or ""
    if row.has("gross_profit_percent"):
        return Accounts(year, _percent(row, "gross_profit_percent"), employer, line)
    sales, cost = _money(row, "sales", law.currency), _money(row, "cost", law.currency)
    return Accounts.of_sales(year=year, sales=sales, cost=cost, employer=employer, line_of_business=line)


def _offer(row: Fields) -> Offer:
    row.only(("percent", "highly_paid_only", "kind"))
    kind = _folded(row.text("kind")) if row.has("kind") else ""
    return Offer(_percent(row, "percent"), row.flag("highly_paid_only"), kind)


def _money(row: Fields, name: str, currency: str) -> Money:
    """An amount in the currency of the rules, or with its own, which is compared later."""
    value = row.values.get(name)
    holder, key, own = row, name, currency
    if isinstance(value, dict):
        holder, key = Fields.of(value, row.place(name)), "amount"
        holder.only(("amount", "currency"))
        own = _currency(holder)
    amount = decimal_text(holder.number(key), digits=_DIGITS)
    try:
        return Money.of(amount, own)
    except ValueError:
        return row.refuse(name, "amount_too_fine", value=amount, currency=own)


_DIGITS = 20


def _currency(row: Fields) -> str:
    code = row.text("currency")
    try:
        return as_currency(code)
    except ValueError:
        return row.refuse("currency", "not_a_currency", value=code)


def _percent(row: Fields, name: str) -> Rate:
    value = row.number(name)
    if not 0 <= value <= 100:  # noqa: PLR2004 - a hundred percent
        row.refuse(name, "percent_out_of_bounds", value=decimal_text(value))
    return Rate(value / 100)


def _year_starts(row: Fields) -> tuple[int, int]:
    """Month and day on which the tax year begins, every year alike: so never 29 February."""
    if not row.has("year_starts"):
        return 1, 1
    text = row.text("year_starts")
    found = _YEAR_STARTS.match(text)
    month, day = (int(found[1]), int(found[2])) if found else (0, 0)
    try:
        date(_LEAP_YEAR - 1, month, day)
    except ValueError:
        row.refuse("year_starts", "not_a_day", value=text)
    return month, day


def _instant(row: Fields) -> datetime:
    text = row.text("at")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return row.refuse("at", "not_a_moment", value=text)
    return found if found.tzinfo is not None else row.refuse("at", "not_a_moment", value=text)


def _facts(row: Fields, law: Law) -> frozenset[str]:
    """What is true: names in a list, or an object of names with yes or no."""
    value = row.values.get("facts")
    if isinstance(value, dict):
        told = Fields.of(value, row.place("facts"))
        known = {name: _one(told, name, name, law.facts) for name in value}
        return frozenset(code for name, code in known.items() if told.flag(name))
    names = row.items("facts")
    named = Fields({f"facts[{place}]": name for place, name in enumerate(names)}, row.where)
    return frozenset(_known(named, name, law.facts) for name in named.values)


def _known(row: Fields, name: str, known: tuple[str, ...]) -> str:
    return _one(row, name, row.text(name), known)


def _one(row: Fields, name: str, text: str, known: tuple[str, ...]) -> str:
    code = _folded(text)
    return code if code in known else row.refuse(name, "not_one_of", value=text, allowed=", ".join(known))


def _code(row: Fields, name: str) -> str:
    code = _folded(row.text(name))
    return code if _CODE.match(code) else row.refuse(name, "code_not_usable", id=code, most=_CODE_LENGTH_MAX)


def _codes(row: Fields, name: str) -> tuple[str, ...]:
    named = Fields({f"{name}[{place}]": item for place, item in enumerate(row.items(name))}, row.where)
    return tuple(_code(named, place) for place in named.values)


def _needed(row: Fields, name: str) -> tuple[str, ...]:
    return _codes(row, name) or row.refuse(name, "field_missing")


def _choices(row: Fields, name: str, choices: type[_Choice]) -> Iterator[_Choice]:
    named = Fields({f"{name}[{place}]": item for place, item in enumerate(row.items(name))}, row.where)
    return (named.choice(place, choices) for place in named.values)


def _folded(text: str) -> str:
    return text.strip().lower().replace(" ", "_")
