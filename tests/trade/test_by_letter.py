"""An order decided by the link of a letter: it shows, it acts once, and only as its reader could, signed in."""

from datetime import timedelta

import pytest
from tests.builders import AT, given_role, nothing_written
from tests.cast import HENK, INES, MAYA
from tests.trade import looking
from tests.trade.test_budgets import office

from inward.access import operations as access
from inward.core.terms import Refusal
from inward.kit import links
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.trade import operations as trade
from inward.trade.letterlinks import HOLDS, decision_link
from inward.trade.vocabulary import OrderState

__all__ = ["office"]


@pytest.fixture
def asked(office):
    """(the house, an order of Ines's that waits, the link in Henk's letter)."""
    reference = office.order(INES, ("chair", 60), customer="abc-it").reference
    return office, reference, decision_link(reference=reference, person=HENK.code, at=AT)


def test_looking_shows_the_order_and_changes_nothing(asked):
    _house, reference, token = asked
    with nothing_written():
        actor, found = trade.order_by_letter(token=token, at=AT)
    assert (actor.person, actor.via, found.row.reference) == (HENK.code, "letter", reference)


def test_it_approves_once_and_is_kept_as_done_by_letter(asked):
    _house, reference, token = asked
    assert trade.decide_by_letter(token=token, at=AT, approved=True) is OrderState.PLACED
    assert looking.steps(reference)[-1][:2] == ("APPROVED", HENK.code)
    assert AuditRow.objects.filter(act="trade.approved", via="letter").count() == 1
    for again in (trade.order_by_letter, lambda **more: trade.decide_by_letter(approved=False, reason="x", **more)):
        with nothing_written(), pytest.raises(Refusal) as caught:
            again(token=token, at=AT)
        assert caught.value.reason.code == "order_not_waiting"


def test_it_declines_with_a_reason_and_stays_unused_without_one(asked):
    _house, _reference, token = asked
    with nothing_written(), pytest.raises(Refusal):
        trade.decide_by_letter(token=token, at=AT, approved=False)
    assert trade.decide_by_letter(token=token, at=AT, approved=False, reason="No.") is OrderState.DECLINED


def test_a_link_that_was_used_is_used_for_good(asked):
    house, _reference, token = asked
    given_role(house.users[MAYA.code], "BUDGET_HOLDER", "abc-it")
    from inward.kit.transaction import transaction

    with transaction():
        links.use_up("trade.decide", token, at=AT)
    with nothing_written(), pytest.raises(Refusal) as caught:
        trade.decide_by_letter(token=token, at=AT, approved=True)
    assert caught.value.reason.code == "link_used"


def test_too_late_changed_or_for_nobody_it_does_nothing(asked):
    _house, reference, token = asked
    forged = decision_link(reference=reference, person="olav-strandli", at=AT)
    cases = ((token, AT + HOLDS, "link_over"), (token + "x", AT, "link_not_valid"), (forged, AT, "link_not_valid"))
    for each, at, code in cases:
        with nothing_written(), pytest.raises(Refusal) as caught:
            trade.decide_by_letter(token=each, at=at, approved=True)
        assert caught.value.reason.code == code


def test_whoever_may_not_decide_any_more_or_never_could_does_not(asked):
    house, reference, token = asked
    for part, refused in ((INES, Refused), (MAYA, NotThere)):
        with nothing_written(), pytest.raises(refused):
            trade.decide_by_letter(
                token=decision_link(reference=reference, person=part.code, at=AT), at=AT, approved=True
            )
    (grant,) = [each for each in house.actor(HENK).grants if each.role == "BUDGET_HOLDER"]
    from inward.access.models import RoleGrant

    row = RoleGrant.objects.get(user_id=house.users[HENK.code], role="BUDGET_HOLDER")
    from tests.builders import HOUSE

    access.end_role(by=HOUSE, at=AT, grant=row.reference, valid_until=AT.date())
    assert grant
    with nothing_written(), pytest.raises((Refused, NotThere)):
        trade.decide_by_letter(token=token, at=AT + timedelta(hours=1), approved=True)
