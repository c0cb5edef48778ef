"""The acts of the ledger: open books, post, map accounts, close and open months, number, export, load rules on taxable
benefit. Nothing is overwritten.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from inward.core.benefit import Rule
from inward.core.benefit.proving import check_examples
from inward.core.benefit.reading import rules as benefit_rules
from inward.core.bookkeeping import Entry as CoreEntry
from inward.core.bookkeeping import EntryKind, Published, Role
from inward.core.terms import Fields, Reason, Refusal
from inward.core.terms.money import as_currency
from inward.kit import audit, locks, outbox, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.records import correct, retract
from inward.kit.transaction import transaction, transaction_required
from inward.kit.writing import Rows, Unchanged, WriteSet, write
from inward.ledger import amending, policy, queries, rates
from inward.ledger.announcements import BenefitRulesLoaded, JournalExported, PeriodClosed
from inward.ledger.entryrows import EntryRows, Stencil
from inward.ledger.models import (
    Account,
    AccountMapping,
    BenefitRule,
    BookPeriod,
    Books,
    Entry,
    ExchangeRate,
    JournalExport,
    Series,
)
from inward.ledger.ratefiles import SOURCE_LENGTH_MAX, Told
from inward.ledger.shipped import shipped_rules
from inward.ledger.vocabulary import USUAL_CHART, AccountKind, PeriodState
from inward.parties import queries as parties

_CODE = re.compile(r"[0-9A-Za-z.-]{1,20}\Z")
_NAME_LENGTH_MAX = 200
_FILE_LENGTH_MAX = 200
_NUMBERED_AT_ONCE = 2000
_NUMBER = "UPDATE ledger_entry SET number = %s WHERE id = %s"
_ADD_TOTALS = """
    INSERT INTO ledger_daytotal (account_id, posted_on, debit_minor, credit_minor)
    SELECT line.account_id, line.posted_on,
        SUM(CASE WHEN line.functional_minor > 0 THEN line.functional_minor ELSE 0 END),
        SUM(CASE WHEN line.functional_minor < 0 THEN -line.functional_minor ELSE 0 END)
    FROM ledger_entry entry JOIN ledger_entryline line ON line.entry_id = entry.id
    WHERE entry.company_id = %s AND entry.number BETWEEN %s AND %s
    GROUP BY line.account_id, line.posted_on
    ON CONFLICT (account_id, posted_on) DO UPDATE SET
        debit_minor = ledger_daytotal.debit_minor + EXCLUDED.debit_minor,
        credit_minor = ledger_daytotal.credit_minor + EXCLUDED.credit_minor
"""
_ADD_COUNTS = """
    INSERT INTO ledger_daycount (company_id, posted_on, entries)
    SELECT entry.company_id, entry.posted_on, COUNT(*) FROM ledger_entry entry
    WHERE entry.company_id = %s AND entry.number BETWEEN %s AND %s
    GROUP BY entry.company_id, entry.posted_on
    ON CONFLICT (company_id, posted_on) DO UPDATE SET entries = ledger_daycount.entries + EXCLUDED.entries
"""
RATE_DIGITS_MAX = 8
"""Rates have so many decimals at most, and as many digits before them: what banks publish."""
_RATES_MAX = 100_000


def open_books(*, by: Actor, at: datetime, company: str, currency: str) -> None:
    """Open the books of a company with the usual chart of accounts, mapped to every role.

    1. Refuse what policy refuses, and books that are open already.  2. Write chart and map.  3. Bump, audit.
    """
    require(policy.may_keep_books(by, company=company, on=at.date()))
    with transaction():
        key = _company(company)
        if Books.objects.filter(company_id=key).exists():
            raise Refusal(Reason.of("books_opened_already", company=company))
        Books.objects.create(company_id=key, currency=as_currency(currency), opened_at=at)
        made = {
            role: Account.objects.create(company_id=key, code=usual.code, name=usual.name, kind=usual.kind.value)
            for role, usual in USUAL_CHART.items()
        }
        AccountMapping.objects.bulk_create(
            AccountMapping(company_id=key, kind=kind.value, role=role.value, account=made[role])
            for kind, roles in queries.ROLES_OF.items()
            for role in roles
        )
        _note(by, at, "open_books", company, {"currency": currency})


def add_account(
    *, by: Actor, at: datetime, company: str, code: str, name: str, kind: AccountKind, source: str = ""
) -> None:
    """Add an account to a company's chart. Refusal for a code that is taken or unusable."""
    require(policy.may_keep_books(by, company=company, on=at.date()))
    with transaction():
        key = _company_with_books(company)
        if not _CODE.match(code):
            raise Refusal(Reason.of("account_not_usable"), where="code")
        if Account.objects.filter(company_id=key, code=code).exists():
            raise Refusal(Reason.of("account_code_taken", company=company, code=code), where="code")
        Account.objects.create(company_id=key, code=code, name=_account_name(name), kind=kind.value)
        facts = {"code": code, "name": name.strip(), "source": source}
        _note(by, at, "add_account", f"{company} {code}", facts)


def rename_account(*, by: Actor, at: datetime, company: str, code: str, name: str, source: str = "") -> None:
    """Call an account otherwise; its code, and what is posted to it, stay.

    1. Refuse what policy refuses, and no name.  2. Write.  3. Bump, audit (what it was called and is).
    """
    require(policy.may_keep_books(by, company=company, on=at.date()))
    with transaction():
        found = _account(company, code)
        facts = {"before": found.name, "after": name.strip(), "source": source}
        found.name = _account_name(name)
        found.save(update_fields=["name"])
        _note(by, at, "rename_account", f"{company} {code}", facts)


def close_account(*, by: Actor, at: datetime, company: str, code: str, source: str = "") -> None:
    """Close an account that no kind of entry is posted to any more; what stands in it stays and is seen.

    1. Refuse what policy refuses, an account that is mapped, and one that is closed.  2. Write.  3. Bump, audit.
    """
    require(policy.may_keep_books(by, company=company, on=at.date()))
    with transaction():
        locks.advisory(f"ledger.accounts:{company}")  # nobody maps it meanwhile
        found = _account(company, code)
        mapped = AccountMapping.objects.filter(account=found).count()
        if mapped:
            raise Refusal(Reason.of("account_in_use", account=str(found), count=mapped), where="code")
        if found.closed_on is not None:
            raise Refusal(Reason.of("account_closed", account=str(found), since=found.closed_on), where="code")
        found.closed_on = at.date()
        found.save(update_fields=["closed_on"])
        _note(by, at, "close_account", f"{company} {code}", {"source": source})


def open_account_again(*, by: Actor, at: datetime, company: str, code: str, source: str = "") -> None:
    """Let a closed account be mapped again; an open one stays as it is, and nothing is noted."""
    require(policy.may_keep_books(by, company=company, on=at.date()))
    with transaction():
        found = _account(company, code)
        if found.closed_on is None:
            return
        found.closed_on = None
        found.save(update_fields=["closed_on"])
        _note(by, at, "open_account_again", f"{company} {code}", {"source": source})


def map_account(
    *, by: Actor, at: datetime, company: str, kind: EntryKind, role: Role, account: str, source: str = ""
) -> None:
    """From now on, let a role of a kind of entry mean this account; what is posted stays where it is.

    1. Refuse what policy refuses, an account of a kind that the role cannot mean, and a closed one.
    2. Write.  3. Bump, audit (which account it was and is).
    Raises Refused, Refusal, NotThere (no such account, or no such role in that kind of entry).
    """
    require(policy.may_keep_books(by, company=company, on=at.date()))
    with transaction():
        locks.advisory(f"ledger.accounts:{company}")  # nobody closes it meanwhile
        found = _account(company, account)
        if role not in queries.ROLES_OF[kind]:
            raise NotThere
        wrong = queries.unfit(role, queries.account_view(found))
        if wrong is not None:
            raise Refusal(wrong, where="account")
        if found.closed_on is not None:
            raise Refusal(Reason.of("account_closed", account=str(found), since=found.closed_on), where="account")
        which: dict[str, Any] = {"company_id": found.company_id, "kind": kind.value, "role": role.value}
        before = AccountMapping.objects.filter(**which).values_list("account__code", flat=True).first()
        AccountMapping.objects.update_or_create(**which, defaults={"account": found})
        facts = {"before": before, "account": account, "source": source}
        _note(by, at, "map_account", f"{company} {kind.value} {role.value}", facts)


def close_period(*, by: Actor, at: datetime, company: str, month: date) -> None:
    """Close a month: no more postings. Refusal while entries of it wait for their number."""
    require(policy.may_keep_books(by, company=company, on=at.date()))
    first = month.replace(day=1)
    with transaction():
        waiting = queries.unnumbered(company=company, month=first)
        if waiting:
            raise Refusal(Reason.of("period_has_unnumbered", month=_month(first), count=waiting))
        _set_period(at, company, first, PeriodState.CLOSED)
        _note(by, at, "close_period", company, {"month": _month(first)})
        outbox.announce(PeriodClosed(company=company, month=_month(first)), by=by, at=at)


def open_period(*, by: Actor, at: datetime, company: str, month: date) -> None:
    """Open a closed month again; that it was closed stays in the audit."""
    require(policy.may_keep_books(by, company=company, on=at.date()))
    first = month.replace(day=1)
    with transaction():
        _set_period(at, company, first, PeriodState.OPEN)
        _note(by, at, "open_period", company, {"month": _month(first)})


def entry_rows(
    entries: Sequence[CoreEntry], *, by: Actor, at: datetime, on: date
) -> tuple[tuple[Rows, ...], tuple[Unchanged, ...]]:
    """Entries as rows for a write set, and the gate by which a month closed or an account moved meanwhile is noticed.

    Reads only what is kept in memory, but for an entry in another currency than that of the books: it is turned at the rate of the
    day, what is given back at the rate it was sold at (decision 0189). Refusal: no books, no rate, a closed month, a role
    without an account, and what leaves somebody's pay in another currency.
    """
    if not entries:
        return (), ()
    made = EntryRows(subject=by.subject, at=at, on=on)
    made.add(Stencil.of(entries, on=on))
    return made.rows, made.gates


@transaction_required
def post(*, by: Actor, at: datetime, entries: Sequence[CoreEntry], on: date) -> None:
    """Post entries in the open transaction of the act they belong to; the same rows as the hot path writes."""
    rows, gates = entry_rows(entries, by=by, at=at, on=on)
    write(WriteSet(gates=gates, rows=rows))


def number_entries(*, by: Actor, at: datetime, company: str) -> int:
    """Number the entries of a company that have none, in the order of their keys, without gaps; returns how many.

    1. One at a time per company: take up to some thousands.   2. Number them; keep the series.
    3. Add them to the totals of their days, in the same transaction: what has a number is in them, once.
    An entry written by a slow transaction is numbered when it shows.
    """
    with transaction():
        locks.advisory(f"ledger.numbers:{company}")
        key = _company(company)
        rows = Entry.objects.filter(company_id=key, number=None).order_by("id").values_list("id", flat=True)
        waiting = list(rows[:_NUMBERED_AT_ONCE])
        if not waiting:
            return 0
        series, _ = Series.objects.get_or_create(company_id=key, name="entries")
        first = series.last + 1
        with connection.cursor() as cursor:
            cursor.executemany(_NUMBER, list(enumerate(waiting, first)))
        series.last += len(waiting)
        series.save(update_fields=["last"])
        _add_to_totals(key, first, series.last)
    return len(waiting)


def _add_to_totals(company: int, first: int, last: int) -> None:
    """Add the entries with these numbers to the totals of their days; whoever numbers them does it, and nobody else."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD_TOTALS, [company, first, last])
        cursor.execute(_ADD_COUNTS, [company, first, last])


def export_journal(*, by: Actor, at: datetime, company: str) -> int:
    """Export what is numbered and was never exported; returns the export's number. Refusal when there is nothing.

    1. Refuse what policy refuses.  2. One export at a time per company: take the entries, once for all.
    3. Keep the sum of its bytes.   4. Audit, announce JournalExported.
    """
    require(policy.may_keep_books(by, company=company, on=at.date()))
    with transaction():
        locks.advisory(f"ledger.export:{company}")
        key = _company_with_books(company)
        fresh = Entry.objects.filter(company_id=key, export=None, number__isnull=False).order_by("number")
        numbers = [entry.number or 0 for entry in fresh]
        if not numbers:
            raise Refusal(Reason.of("nothing_to_export", company=company))
        number = JournalExport.objects.filter(company_id=key).count() + 1
        export = JournalExport.objects.create(
            company_id=key,
            number=number,
            made_at=at,
            subject=by.subject,
            first_number=numbers[0],
            last_number=numbers[-1],
            entries_count=len(numbers),
            layout=queries.LAYOUT,
        )
        fresh.filter(number__lte=numbers[-1]).order_by().update(export=export)
        export.sha256 = hashlib.sha256(queries.journal_bytes(export)).hexdigest()
        export.save(update_fields=["sha256"])
        audit.record(
            by=by, at=at, act="ledger.export_journal", thing=f"{company} {number}", facts={"sha256": export.sha256}
        )
        outbox.announce(JournalExported(company=company, number=number), by=by, at=at)
    return number


def tell_rates(*, by: Actor, at: datetime, told: Sequence[Told]) -> int:
    """Tell exchange rates; one that was told otherwise before is corrected, one told alike stays. Returns how many say something new.

    1. Refuse what policy refuses; no rates, too many, one twice, one that cannot be used.
    2. Wait for others who tell rates.   3. Close what was said otherwise, keep the new.   4. Bump, audit.
    What was posted keeps the rate it was posted at. Raises Refused; Refusal with the place of the rate.
    """
    require(policy.may_tell_rates(by, books=queries.prepared().currencies, on=at.date()))
    if not told or len(told) > _RATES_MAX:
        raise Refusal(Reason.of("rates_unfit", most=_RATES_MAX), where="rates")
    seen: set[tuple[str, str, date]] = set()
    for each in told:
        _check_rate(each, at.date(), seen)
    with transaction():
        locks.advisory(rates.VERSION)
        days = {each.rate.on for each in told}
        running = ExchangeRate.objects.filter(known_until=None, rate_on__gte=min(days), rate_on__lte=max(days))
        known = {(row.currency, row.against, row.rate_on): row for row in running}
        fresh = [each.rate for each in told if _says_more(known.get(_pair(each.rate)), each.rate)]
        if not fresh:
            return 0
        closed = [known[_pair(rate)].pk for rate in fresh if _pair(rate) in known]
        ExchangeRate.objects.filter(pk__in=closed).update(known_until=at)
        ExchangeRate.objects.bulk_create((_rate_row(rate, by, at) for rate in fresh), batch_size=1_000)
        versions.bump(rates.VERSION)
        facts = {"rates": len(fresh), "corrected": len(closed), "first": str(min(days)), "last": str(max(days))}
        sources = ", ".join(sorted({rate.source for rate in fresh}))
        audit.record(by=by, at=at, act="ledger.tell_rates", thing="rates", facts=facts | {"sources": sources})
    return len(fresh)


def take_back_rate(*, by: Actor, at: datetime, key: str) -> None:
    """Believe a rate no more; what was posted at it keeps it.

    1. Refuse what policy refuses.   2. Close it.   3. Bump, audit. Raises Refused, NotThere.
    """
    require(policy.may_tell_rates(by, books=queries.prepared().currencies, on=at.date()))
    with transaction():
        locks.advisory(rates.VERSION)
        found = ExchangeRate.objects.filter(**rates.which(key), known_until=None).first()
        if found is None:
            raise NotThere
        found.known_until = at
        found.save(update_fields=["known_until"])
        versions.bump(rates.VERSION)
        audit.record(by=by, at=at, act="ledger.take_back_rate", thing="rates", facts={"rate": key, "was": found.price})


def _check_rate(told: Told, today: date, seen: set[tuple[str, str, date]]) -> None:
    """A rate of today or before between two currencies, above nothing, with so many digits as are kept exactly, told once."""
    rate, pair = told.rate, frozenset((told.rate.currency, told.rate.against))
    fine = (rate.price * 10**RATE_DIGITS_MAX).denominator == 1 and 0 < rate.price < 10**RATE_DIGITS_MAX
    source = rate.source.strip()
    if not fine or len(pair) == 1 or not source or len(source) > SOURCE_LENGTH_MAX:
        raise Refusal(Reason.of("rate_unfit", digits=RATE_DIGITS_MAX, most=SOURCE_LENGTH_MAX), where=told.where)
    if rate.on > today or (rate.last is not None and rate.last < rate.on):
        raise Refusal(Reason.of("rate_day_unfit", today=today), where=told.where)
    if _pair(rate) in seen:
        raise Refusal(
            Reason.of("rate_told_twice", currency=rate.currency, against=rate.against, on=rate.on), told.where
        )
    seen.add(_pair(rate))


def _pair(rate: Published) -> tuple[str, str, date]:
    return rate.currency, rate.against, rate.on


def _says_more(row: ExchangeRate | None, rate: Published) -> bool:
    return row is None or rates.published(row) != rate


def _rate_row(rate: Published, by: Actor, at: datetime) -> ExchangeRate:
    return ExchangeRate(
        currency=rate.currency,
        against=rate.against,
        price=str(rate.price),
        rate_on=rate.on,
        last_day=rate.last,
        rate_source=rate.source,
        told_by=by.subject,
        known_from=at,
    )


@dataclass(frozen=True, slots=True)
class RulesLoaded:
    """What became of a document of rules: versions that are ``fresh``, of them ``corrected`` ones that took the place of one
    of the same day, versions that ``ended`` the day before, and those that say the ``same`` as before.
    """

    jurisdiction: str
    fresh: int
    corrected: int
    ended: int
    same: int


def load_benefit_rules(
    *, by: Actor, at: datetime, document: Mapping[str, Any], file: str, file_sha256: str
) -> RulesLoaded:
    """Take in rules on taxable benefit of one country; on their days they go before the rules that ship.

    1. Refuse what policy refuses, and what cannot be read.   4. Let the core check the law as it will be, and reckon the
    2. Wait for others who load rules of that country.           example of every rule.
    3. Find each version its place among those that were      5. End and correct versions, keep the new ones; bump, audit,
       loaded; refuse what shares a day with another.            announce BenefitRulesLoaded. Nothing new: nothing at all.
    Statements that were made keep what they said. Raises Refused; Refusal with the place or the names of the rules.
    """
    require(policy.may_load_law(by, on=at.date()))
    told = _as_kept(Fields.of(document).values)
    coming = tuple(benefit_rules(Fields.of(told)))
    bodies = dict(zip(coming, _bodies(told), strict=True))
    country = coming[0].jurisdiction
    with transaction():
        locks.advisory(f"ledger.law:{country}")
        rows = {row.pk: row for row in BenefitRule.objects.current().filter(jurisdiction=country)}
        running = {key: queries.loaded_rule(row) for key, row in rows.items()}
        place = amending.placed(running, coming)
        check_examples(amending.checked(shipped_rules(country), place.after(running)))
        done = RulesLoaded(country, len(place.fresh), len(place.replaced), len(place.ends), len(place.same))
        if place.fresh:
            since = max((at, *(row.known_from for row in rows.values())))
            for key in place.replaced:
                retract(rows[key], at=since)
            for key, until in place.ends.items():
                correct(rows[key], at=since, valid_until=until)
            said = {
                "source": file[:_FILE_LENGTH_MAX],
                "file_sha256": file_sha256,
                "loaded_by": by.subject,
                "known_from": since,
            }
            BenefitRule.objects.bulk_create(_benefit_row(rule, bodies[rule], said) for rule in place.fresh)
            _note_law(by, at, done, place.fresh, file)
    return done


def take_back_benefit_rules(*, by: Actor, at: datetime, document: Mapping[str, Any], file: str) -> RulesLoaded:
    """Undo the loading of a document: each of its versions is believed no more, and what it took the place of stands again.

    1. Refuse what policy refuses, what cannot be read, and      3. Let the core check the law as it will be.
       a version that was not loaded or has been changed since.  4. Bump, audit, announce BenefitRulesLoaded.
    2. Wait; retract, and let the version before go on.
    What was known meanwhile stays known to have been known. Raises Refused; Refusal naming the rule.
    """
    require(policy.may_load_law(by, on=at.date()))
    coming = tuple(benefit_rules(Fields.of(_as_kept(Fields.of(document).values))))
    country = coming[0].jurisdiction
    done = RulesLoaded(country, len(coming), 0, 0, 0)
    with transaction():
        locks.advisory(f"ledger.law:{country}")
        for rule in sorted(coming, key=lambda rule: rule.begins(), reverse=True):
            _take_back(rule, at)
        loaded = [queries.loaded_rule(row) for row in BenefitRule.objects.current().filter(jurisdiction=country)]
        if loaded or shipped_rules(country):
            amending.checked(shipped_rules(country), loaded)
        _note_law(by, at, done, coming, file, act="take_back_benefit_rules")
    return done


def _take_back(rule: Rule, at: datetime) -> None:
    """Retract the version; let the one of the same day stand again, or the one that had to end for it go on."""
    family = BenefitRule.objects.filter(jurisdiction=rule.jurisdiction, code=rule.id)
    taken = family.current().filter(valid_from=rule.period.start).first()
    if taken is None or queries.loaded_rule(taken) != rule:
        raise Refusal(Reason.of("benefit_rule_not_loaded", rule=rule.id, since=rule.period.start), f"rule {rule.id}")
    since = retract(taken, at=at)
    replaced = _replaced(taken, family)
    if replaced is not None:
        replaced.pk, replaced.known_from, replaced.known_until = None, since, None
        replaced.save(force_insert=True)
        return
    ended = family.current().filter(valid_until=rule.period.start, valid_until__isnull=False).first()
    if ended is not None:
        (told,) = benefit_rules(Fields.of(ended.body))
        ends = [day for day in (told.period.until, rule.period.until) if day is not None]
        if told.period.until != ended.valid_until:  # it ended for the one that is taken back, not by itself
            correct(ended, at=since, valid_until=min(ends, default=None))


def _replaced(taken: BenefitRule, family: QuerySet[BenefitRule]) -> BenefitRule | None:
    """The version of the same day that this one took the place of: what was known before it without a gap, and said otherwise."""
    since = taken.known_from
    before = family.filter(valid_from=taken.valid_from, known_until__isnull=False).exclude(pk=taken.pk)
    for row in before.order_by("-known_until", "-pk"):
        if row.known_until != since:
            return None
        if row.body != taken.body:
            return row
        since = row.known_from
    return None


def _as_kept(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as JSON can keep it: exact numbers as text, so that what comes again is known again."""
    kept: dict[str, Any] = json.loads(json.dumps(document, default=str))
    return kept


def _bodies(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """For each rule of a document the document with it alone."""
    head = {name: value for name, value in document.items() if name not in ("rules", "about")}
    return [head | {"rules": [rule]} for rule in document["rules"]]


def _benefit_row(rule: Rule, body: Mapping[str, Any], said: Mapping[str, Any]) -> BenefitRule:
    days = {"valid_from": rule.period.start, "valid_until": rule.period.until}
    return BenefitRule(jurisdiction=rule.jurisdiction, code=rule.id, body=body, **days, **said)


def _note_law(
    by: Actor, at: datetime, done: RulesLoaded, fresh: Sequence[Rule], file: str, act: str = "load_benefit_rules"
) -> None:
    codes = sorted({rule.id for rule in fresh})
    versions.bump(queries.LAW_VERSION)
    facts = {"rules": codes, "file": file, "corrected": done.corrected, "ended": done.ended}
    audit.record(by=by, at=at, act=f"ledger.{act}", thing=done.jurisdiction, facts=facts)
    outbox.announce(BenefitRulesLoaded(done.jurisdiction, ",".join(codes)), by=by, at=at)


def _set_period(at: datetime, company: str, month: date, state: PeriodState) -> None:
    key = _company_with_books(company)
    locks.advisory(f"ledger.period:{company}")
    found = BookPeriod.objects.filter(company_id=key, month=month).first()
    if (found.state if found is not None else PeriodState.OPEN.value) == state.value:
        raise Refusal(Reason.of("period_state_already", month=_month(month), state=state.value))
    BookPeriod.objects.update_or_create(company_id=key, month=month, defaults={"state": state.value, "changed_at": at})


def _company(code: str) -> int:
    key = parties.keys().get(code)
    if key is None:
        raise NotThere
    return key


def _company_with_books(code: str) -> int:
    key = _company(code)
    if not Books.objects.filter(company_id=key).exists():
        raise Refusal(Reason.of("books_not_opened", company=code))
    return key


def _account(company: str, code: str) -> Account:
    found = Account.objects.filter(company_id=_company_with_books(company), code=code).first()
    if found is None:
        raise NotThere
    return found


def _account_name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > _NAME_LENGTH_MAX:
        raise Refusal(Reason.of("account_not_usable"), where="name")
    return name


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _note(by: Actor, at: datetime, act: str, thing: str, facts: dict[str, Any]) -> None:
    versions.bump(queries.VERSION)
    audit.record(by=by, at=at, act=f"ledger.{act}", thing=thing, facts=facts)
