"""Queues of the cast, and what is asked of them."""

from datetime import UTC, datetime, timedelta

from tests.builders import AT, HOUSE, given_role
from tests.cast import INES, TOR
from tests.desk.promised import given_hours, given_standard

from inward.desk import cases, operations
from inward.desk.models import Case, CaseEvent
from inward.desk.operations import Ask

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)  # 10:00 in Amsterdam, a working day


def later(**span):
    return MONDAY + timedelta(**span)


def given_desk(house, *, standard=True, **queue):
    """ABC's IT takes cases on; Tor handles them. IT works office hours and promises ``promised.HELP``."""
    given_hours("abc")
    if standard:
        given_standard()
    operations.set_queue(by=HOUSE, at=AT, code="it", supplier="abc-it", name="IT help", **queue)
    given_role(house.users[TOR.code], "CASE_HANDLER", "abc-it")
    given_role(house.users[INES.code], "CASE_HANDLER", "abc-it")


def given_personnel(house):
    """ABC's purchasing stands for a confidential desk: Tor's role is over that very department, Dewi's over the company."""
    operations.set_queue(by=HOUSE, at=AT, code="hr", supplier="abc-purchasing", name="Personnel", confidential=True)
    given_role(house.users[TOR.code], "CASE_HANDLER", "abc-purchasing")
    given_role(house.users[INES.code], "CASE_HANDLER", "abc")


def asked(house, who, *, text="The till does not start.", at=MONDAY, key="", queue="it", uploads=(), **more):
    """The reference of what somebody asked."""
    receipt = operations.open_case(
        by=house.actor(who),
        at=at,
        key=key or f"{who.code} {at} {text}",
        ask=Ask(queue=queue, text=text, **more),
        uploads=uploads,
    )
    return receipt.reference


def kept(reference):
    return Case.objects.get(reference=reference)


def acts(reference):
    return list(CaseEvent.objects.filter(case__reference=reference).order_by("id").values_list("act", flat=True))


def seen(house, who, reference, *, at=MONDAY):
    return cases.case(viewer=house.actor(who), at=at, reference=reference)
