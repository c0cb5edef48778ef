"""Exchange rates: which one turns a dealing into the currency of some books, at which one it was sold, and what is told. Reads only.

Only postings in another currency than that of the books ask here, so nothing of it is kept in memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.conf import settings
from django.db.models import Q

from inward.core.bookkeeping import Exchange, Published, Role, Stood, exchange_on
from inward.core.bookkeeping.exchange import Place
from inward.core.terms import Currency, Reason, Refusal, as_currency
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere, require
from inward.ledger import policy
from inward.ledger.models import Books, EntryLine, EntryRate, ExchangeRate

VERSION = "ledger.rates"
RATES = ListSpec(
    {"day": "rate_on", "currency": "currency"},
    {"currency": "currency", "against": "against", "day": "rate_on"},
    default="-day",
)


@dataclass(frozen=True, slots=True)
class RateView:
    """A rate as it was told, and when."""

    rate: Published
    told_at: datetime
    known_until: datetime | None = None

    @property
    def key(self) -> str:
        """How addresses name it: ``USD:EUR:2026-11-27``."""
        return f"{self.rate.currency}:{self.rate.against}:{self.rate.on.isoformat()}"


def rate_for(*, currency: str, into: str, on: date, company: str) -> Exchange:
    """The rate at which a posting of that day is turned. Refusal (exchange_rate_missing) naming the pair and the day."""
    most = days_max()
    pair = {"currency": as_currency(currency), "into": as_currency(into)}
    found = exchange_on(_told(currency, into, on, most), **pair, on=on, days_max=most)
    if found is None:
        raise Refusal(
            Reason.of("exchange_rate_missing", currency=currency, functional=into, on=on, company=company, days=most)
        )
    return found


def days_max() -> int:
    """For how many days after its own a rate without a last day is used."""
    most: int = settings.INWARD_RATE_DAYS
    return most


def sold_at(*, company: str, kind: str, reference: str) -> tuple[Exchange, Mapping[Place, Stood]] | None:
    """The rate at which a dealing stands in a company's books, and what stands where; None where none of it was turned.

    Where it was turned at several rates, the latest, and what stands is left aside: what is given back comes to its own amount then.
    """
    turned = EntryRate.objects.filter(entry__company__code=company, entry__reference=reference, entry__kind=kind)
    rows = list(turned.select_related("entry__company").order_by("entry_id"))
    if not rows:
        return None
    currency = EntryLine.objects.filter(entry_id=rows[-1].entry_id).values_list("currency", flat=True)[0]
    into = Books.objects.get(company__code=company).currency
    exchange = exchange_of(rows[-1], as_currency(currency), as_currency(into))
    if len({(row.rate, row.rate_on) for row in rows}) > 1:
        return exchange, {}
    return exchange, _stood([row.entry_id for row in rows])


def exchange_of(row: EntryRate, currency: Currency, into: Currency) -> Exchange:
    """The rate that an entry keeps."""
    via = as_currency(row.via) if row.via else None
    return Exchange(currency, into, Fraction(row.rate), row.rate_on, row.rate_source, via)


def told(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[RateView]:
    """The rates as they are known now, the latest day first; for whoever sees some books. Refused."""
    require(policy.may_see_some_books(viewer, on=at.date()))
    rows = ExchangeRate.objects.filter(known_until=None)
    text = params.get("text", "").replace("\0", "").strip()
    if text:
        rows = rows.filter(Q(currency__iexact=text) | Q(against__iexact=text) | Q(rate_source__icontains=text))
    return page(rows, RATES, params).map(_view)


def versions_of(*, viewer: Actor, at: datetime, key: str) -> tuple[RateView, ...]:
    """A rate and what it was told as before, the latest first. Refused; NotThere for none."""
    require(policy.may_see_some_books(viewer, on=at.date()))
    rows = ExchangeRate.objects.filter(**which(key)).order_by("-known_from", "-pk")
    if not rows or rows[0].known_until is not None:
        raise NotThere
    return tuple(map(_view, rows))


def currencies(*, viewer: Actor, at: datetime) -> tuple[str, ...]:
    """The currencies of which a rate is told. Refused."""
    require(policy.may_see_some_books(viewer, on=at.date()))
    rows = ExchangeRate.objects.filter(known_until=None).order_by("currency")
    return tuple(rows.values_list("currency", flat=True).distinct())


def which(key: str) -> dict[str, object]:
    """The rows of a key, as a filter. NotThere for what is no key."""
    try:
        currency, against, day = key.split(":")
        return {"currency": currency, "against": against, "rate_on": date.fromisoformat(day)}
    except ValueError:
        raise NotThere from None


def published(row: ExchangeRate) -> Published:
    """A row as the core's value."""
    return Published(
        as_currency(row.currency),
        as_currency(row.against),
        Fraction(row.price),
        row.rate_on,
        row.rate_source,
        row.last_day,
    )


def _told(currency: str, into: str, on: date, most: int) -> list[Published]:
    """What is told of either currency and may be used on the day."""
    either = Q(currency__in=(currency, into)) | Q(against__in=(currency, into))
    used = Q(last_day=None, rate_on__gte=on - timedelta(days=most)) | Q(last_day__gte=on)
    rows = ExchangeRate.objects.filter(either, used, known_until=None, rate_on__lte=on)
    return [published(row) for row in rows]


def _stood(entries: Sequence[int]) -> dict[Place, Stood]:
    found: dict[Place, Stood] = {}
    lines = EntryLine.objects.filter(entry_id__in=entries).select_related("cost_centre")
    for line in lines.order_by("entry_id", "position"):
        centre = None if line.cost_centre is None else line.cost_centre.code
        place = (Role(line.role), centre, line.counterparty or None, line.tax_code)
        before = found.get(place, Stood())
        found[place] = Stood(before.amount + line.amount_minor, before.functional + line.functional_minor)
    return found


def _view(row: ExchangeRate) -> RateView:
    return RateView(published(row), row.known_from, row.known_until)
