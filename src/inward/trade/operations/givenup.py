"""What somebody has put aside is kept for her; and she says why she did not order it, which is counted without her name."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet

from inward.catalogue import queries as catalogue
from inward.core.terms import Reason, Refusal
from inward.kit import audit, locks
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.trade import policy
from inward.trade.models import GivenUp, GivenUpOnce, GivenUpWords, KeptBasket
from inward.trade.vocabulary import GivenUpWhy

KEPT_FOR = timedelta(days=90)
"""So long what nobody touches is kept."""
WORDS_MAX = 200


def keep_basket(*, by: Actor, at: datetime, pieces: Mapping[str, int]) -> None:
    """Keep what somebody has put aside for whom she orders, so that it is there when she comes back; nothing: forget it.

    1. Refuse what policy refuses.  2. Keep it, untouched from today on. Not in the audit: nobody deals yet, and it is hers alone.
    Raises Refused.
    """
    require(policy.may_accept_terms(by))
    require(policy.may_order(by, customer=by.customer, on=at.date()))
    keys = parties.keys()
    place: dict[str, Any] = {"person_id": keys[by.person or ""], "customer_id": keys[by.customer or ""]}
    with transaction():
        locks.advisory(f"basket:{by.person}")
        if pieces:
            row: dict[str, Any] = {"pieces": dict(pieces), "since": at.date(), "asked": False}
            KeptBasket.objects.update_or_create(defaults=row, **place)
        else:
            KeptBasket.objects.filter(**place).delete()


def ask_no_more(*, by: Actor, at: datetime) -> None:
    """She still wants what she left, and is not asked about it again before she changes it. Raises Refused."""
    require(policy.may_accept_terms(by))
    with transaction():
        _mine(by).update(asked=True)


def say_given_up(*, by: Actor, at: datetime, why: GivenUpWhy, words: str = "") -> int:
    """Say why one did not order what one left; returns of how many items it was counted: nobody counts twice for one in a year.

    1. Refuse what policy refuses, too long words, and a basket that nothing is asked about.
    2. Count each item by year and reason, keep the words apart, ask no more.
    3. Audit that she answered, without what and why. Raises Refused, Refusal.
    """
    require(policy.may_accept_terms(by))
    if len(words) > WORDS_MAX:
        raise Refusal(Reason.of("text_too_long", most=WORDS_MAX), where="words")
    keys, counted = catalogue.offering_keys(), 0
    with transaction():
        locks.advisory("given-up")
        basket = _mine(by).filter(asked=False).first()
        if basket is None:
            raise Refusal(Reason.of("given_up_not_asked"))
        _mine(by).update(asked=True)
        for code in sorted(code for code in basket.pieces if code in keys):
            counted += _counted(by.person or "", code, keys[code], at.year, why, words.strip())
        audit.record(by=by, at=at, act="trade.say_given_up", thing="baskets", facts={})
    return counted


def forget_baskets(*, by: Actor, at: datetime, person_id: int | None = None) -> int:
    """Forget the baskets of somebody who was erased, or (None) all that nobody touched for long; returns how many. Raises Refused."""
    require(policy.may_forget_words(by))
    gone = Q(since__lt=at.date() - KEPT_FOR) if person_id is None else Q(person_id=person_id)
    with transaction():
        count, _ = KeptBasket.objects.filter(gone).delete()
    return count


def _counted(person: str, code: str, key: int, year: int, why: GivenUpWhy, words: str) -> int:
    """Count one item; 0 where she has answered for it this year."""
    _once, new = GivenUpOnce.objects.get_or_create(digest=_digest(person, code, year))
    if not new:
        return 0
    place = {"offering_id": key, "year": year, "why": why.value}
    GivenUp.objects.get_or_create(**place, defaults={"count": 0})
    GivenUp.objects.filter(**place).update(count=F("count") + 1)
    if words:
        GivenUpWords.objects.create(offering_id=key, year=year, words=words)
    return 1


def _mine(by: Actor) -> QuerySet[KeptBasket]:
    keys = parties.keys()
    return KeptBasket.objects.filter(
        person_id=keys.get(by.person or "", -1), customer_id=keys.get(by.customer or "", -1)
    )


def _digest(person: str, offering: str, year: int) -> str:
    """That she answered for an item in a year, told from nobody's name without the house's own secret."""
    said = "\0".join((person, offering, str(year))).encode()
    return hmac.new(settings.SECRET_KEY.encode(), b"given-up\0" + said, hashlib.sha256).hexdigest()
