"""Payments made elsewhere: who takes them and in which words, and what became of those of an order. Reads only.

Who takes them is kept in memory while the version "trade" stands, which gates every order. Why: docs/decisions/0178.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inward.kit.actor import Actor
from inward.kit.kept import Kept
from inward.kit.lists import ListSpec, Page, held
from inward.kit.policy import NotThere, require
from inward.parties import queries as parties
from inward.parties.queries import Named
from inward.trade import policy
from inward.trade.models import Order, OrderPayment, PaymentElsewhere
from inward.trade.vocabulary import PaymentState

VERSION = "trade"
TAKING = ListSpec({"company": "code"}, {}, default="company")


@dataclass(frozen=True, slots=True)
class TakingView:
    """That a company takes payments made elsewhere, and its words on where one pays."""

    company: Named
    words: str

    @property
    def code(self) -> str:
        """By which it is listed."""
        return self.company.code


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment that was named for an order, and what the supplier found."""

    reference: str
    state: PaymentState
    given_at: datetime
    marked_at: datetime | None


def takers() -> Mapping[str, str]:
    """The companies that take payments made elsewhere, each with its words."""
    return _takers.value()


def views(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[TakingView]:
    """Of the companies whose controller the viewer is. Refused."""
    on = at.date()
    require(policy.may_say_some_accounts(viewer, on=on))
    text = params.get("text", "").strip().casefold()
    found = [
        _view(code, words)
        for code, words in takers().items()
        if policy.may_say_accounts(viewer, company=code, on=on) and text in f"{parties.name_of(code)} {code}".casefold()
    ]
    return held(found, TAKING, params)


def view(*, viewer: Actor, at: datetime, company: str) -> TakingView:
    """One of them. NotThere out of bounds, and for a company that takes none."""
    words = takers().get(company)
    if words is None or not policy.may_say_accounts(viewer, company=company, on=at.date()):
        raise NotThere
    return _view(company, words)


def companies(viewer: Actor, *, on: date) -> tuple[str, ...]:
    """The companies for which the viewer may say that they take them, by name."""
    world = parties.world()
    found = [code for code in world.company if policy.may_say_accounts(viewer, company=code, on=on)]
    return tuple(sorted(found, key=lambda code: (world.names.get(code, code), code)))


def of_order(found: Order) -> tuple[PaymentView, ...]:
    """What was named for an order, the first first."""
    return tuple(
        PaymentView(row.reference, PaymentState(row.state), row.given_at, row.marked_at)
        for row in OrderPayment.objects.filter(order=found).order_by("id")
    )


def _view(code: str, words: str) -> TakingView:
    return TakingView(Named(code, parties.name_of(code)), words)


def _read(_number: int) -> Mapping[str, str]:
    return dict(PaymentElsewhere.objects.order_by("company__code").values_list("company__code", "words"))


_takers: Kept[Mapping[str, str]] = Kept(VERSION, _read)
