"""Comparable sales: what strangers paid for the like, noted with where and when it was seen, and no longer compared from a day on."""

from datetime import date, datetime

from inward.catalogue import policy
from inward.catalogue.changing import changing, known, offering_of, refuse_taken, writer
from inward.catalogue.models import Comparable
from inward.core import pricing
from inward.core.terms import Reason, Refusal
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.records import end, in_order


def note_comparable(*, by: Actor, at: datetime, comparable: pricing.Comparable, source: str = "") -> None:
    """Note a sale of the like between strangers; prices between related companies stand beside it from then on.

    1. Refuse what policy refuses, a day still to come, a code that is taken.  2. Write.
    3. Let the core check the book (a price below zero, no source); bump, audit, announce.
    Raises Refused, Refusal, NotThere (no such offering).
    """
    supplier = offering_of(comparable.offering).supplier.code
    require(policy.may_price(by, supplier=supplier, on=at.date()))
    if comparable.seen_on > at.date():
        raise Refusal(Reason.of("comparable_day_unfit", today=at.date()), where="seen_on")
    facts = {"offering": comparable.offering, "price": comparable.price, "seen_in": comparable.source, "source": source}
    with changing(by, at, "note_comparable", "comparable", comparable.id, facts):
        refuse_taken(Comparable.objects.current().filter(code=comparable.id).exists(), comparable.id)
        writer(at, source).comparable(comparable).save(force_insert=True)


def end_comparable(*, by: Actor, at: datetime, comparable: str, valid_until: date, source: str = "") -> None:
    """Compare with it no longer from ``valid_until`` on; orders keep the range that they were decided beside.

    1. Refuse what policy refuses.  2. End it.  3. Let the core check the book; bump, audit, announce.
    Raises Refused, Refusal, NotThere (no such comparable).
    """
    found = known(Comparable.objects.current().select_related("offering__supplier"), code=comparable)
    require(policy.may_price(by, supplier=found.offering.supplier.code, on=at.date()))
    with changing(by, at, "end_comparable", "comparable", comparable, {"valid_until": valid_until, "source": source}):
        end(in_order(Comparable.objects.current().filter(code=comparable)), until=valid_until, at=at, source=source)
