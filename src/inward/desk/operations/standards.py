"""Saying what is promised: versions from a day on, and an end. Dated, audited, never overwritten."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from inward.core.terms import Fields, Period, Reason, Refusal
from inward.desk import policy, queries
from inward.desk.models import ServiceStandard
from inward.desk.promises import Terms, as_json, read_terms
from inward.kit import audit, locks, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, require
from inward.kit.records import end, in_order, take_over
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
CODE_LENGTH_MAX: Final = 60
NAME_LENGTH_MAX: Final = 200


def set_standard(
    *,
    by: Actor,
    at: datetime,
    code: str,
    supplier: str,
    name: str,
    terms: Mapping[str, Any],
    valid_from: date | None = None,
    source: str = "",
) -> None:
    """From a day on a company or department promises this; the version before ends the day before, one of that day is corrected.

    1. Wait; refuse what policy refuses.                      3. Refuse what would promise the same dealings two things.
    2. Refuse terms that promise nothing, a code of another.  4. Keep the version, bump, audit.
    Raises Refused, Refusal, NotThere (no such company or department).
    """
    with _changing():
        _require_place(by, at, supplier)
        read = read_terms(Fields(dict(terms)))
        _check_places(read)
        running = _versions(_usable_code(code, supplier))
        fresh = ServiceStandard(
            code=code,
            supplier_id=parties.keys()[supplier],
            name=_usable_name(name),
            source=source,
            **as_json(read),
        )
        take_over(running, fresh, since=valid_from, at=at)
        _check_plain(fresh, supplier, read)
        _note(by, at, "set_standard", code, {"supplier": supplier, "valid_from": valid_from, "source": source})


def end_standard(*, by: Actor, at: datetime, code: str, valid_until: date, source: str = "") -> None:
    """From ``valid_until`` on this is promised no more; what was promised before is kept by the version it was promised by.

    1. Wait; refuse what policy refuses, and an end before its start.  2. End it.  3. Bump, audit.
    Raises Refused, Refusal, NotThere (no such promise).
    """
    with _changing():
        running = _versions(code)
        if not running:
            raise NotThere
        _require_place(by, at, running[-1].supplier.code)
        end(running, until=valid_until, at=at, source=source)
        _note(by, at, "end_standard", code, {"valid_until": valid_until, "source": source})


@contextmanager
def _changing() -> Iterator[None]:
    with transaction():
        locks.advisory(queries.VERSION)
        yield


def _require_place(by: Actor, at: datetime, supplier: str) -> None:
    """Whoever looks after the company where it stands latest."""
    if parties.kind_of(supplier) not in (PartyKind.COMPANY, PartyKind.UNIT):
        raise NotThere
    placed = parties.world().unit.get(supplier)
    require(policy.may_promise(by, company=placed[-1].company if placed else supplier, on=at.date()))


def _check_places(read: Terms) -> None:
    """A promise rests on companies and departments, which are there."""
    for place, share in enumerate(read.chain):
        if parties.kind_of(share.place) not in (PartyKind.COMPANY, PartyKind.UNIT):
            raise Refusal(Reason.of("chain_place_unknown", code=share.place), where=f"chain[{place}].place")


def _usable_code(code: str, supplier: str) -> str:
    if not CODE.fullmatch(code) or len(code) > CODE_LENGTH_MAX:
        raise Refusal(
            Reason.of("promise_code_not_usable", code=code[:CODE_LENGTH_MAX], most=CODE_LENGTH_MAX), where="code"
        )
    other = (
        ServiceStandard.objects.filter(code=code).exclude(supplier__code=supplier).select_related("supplier").first()
    )
    if other is not None:
        raise Refusal(Reason.of("promise_code_of_another", code=code, supplier_name=other.supplier.name), where="code")
    return code


def _usable_name(name: str) -> str:
    fields = Fields({"name": name})
    if len(fields.text("name")) > NAME_LENGTH_MAX:
        fields.refuse("name", "text_too_long", most=NAME_LENGTH_MAX)
    return fields.text("name")


def _check_plain(fresh: ServiceStandard, supplier: str, read: Terms) -> None:
    """Nobody is promised two things at once by one place: neither is nearer to the dealing."""
    others = ServiceStandard.objects.current().filter(supplier__code=supplier).exclude(code=fresh.code)
    for other in others:
        if queries.overlap(read.kinds, queries.terms_of(other).kinds) and Period.overlaps(fresh.period, other.period):
            raise Refusal(Reason.of("promise_conflicts", other=other.name), where="kinds")


def _versions(code: str) -> list[ServiceStandard]:
    return in_order(ServiceStandard.objects.current().filter(code=code).select_related("supplier"))


def _note(by: Actor, at: datetime, act: str, code: str, facts: dict[str, Any]) -> None:
    versions.bump(queries.VERSION)
    audit.record(by=by, at=at, act=f"desk.{act}", thing=f"{code} promise", facts=facts)
