"""Whether a case is solved, said by the link of a letter: it shows, it acts once, and only as its reader could, signed in."""

from datetime import timedelta

import pytest
from tests.builders import nothing_written
from tests.cast import LUCA, MAYA, TOR
from tests.desk.asked import MONDAY, asked, given_desk, kept

from inward.core.terms import Refusal
from inward.desk import operations
from inward.desk.letterlinks import HOLDS, confirm_link
from inward.kit import links
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused


@pytest.fixture
def solved(house):
    """(the house, a case of Maya's that is said to be solved, the link in her letter)."""
    given_desk(house)
    case = asked(house, MAYA)
    operations.solve(by=house.actor(TOR), at=MONDAY, case=case, words="A new cable.")
    return house, case, confirm_link(case=case, person=MAYA.code, at=MONDAY)


def refused(act, **values):
    with nothing_written(), pytest.raises(Refusal) as caught:
        act(at=MONDAY, **values)
    return caught.value.reason.code


def test_looking_shows_the_case_and_changes_nothing(solved):
    _house, case, token = solved
    with nothing_written():
        actor, found = operations.case_by_letter(token=token, at=MONDAY)
    assert (actor.person, actor.via, found.row.reference) == (MAYA.code, "letter", case)


def test_yes_closes_it_once_and_is_kept_as_said_by_letter(solved):
    _house, case, token = solved
    operations.confirm_by_letter(token=token, at=MONDAY, solved=True)
    assert (kept(case).state, kept(case).solved) == ("CLOSED", True)
    assert AuditRow.objects.filter(act="desk.confirm", via="letter").count() == 1
    assert refused(operations.confirm_by_letter, token=token, solved=False, words="No") == "case_not_solved"


def test_no_opens_it_again_with_a_word_why_and_stays_unused_without_one(solved):
    _house, case, token = solved
    assert refused(operations.confirm_by_letter, token=token, solved=False) == "words_missing"
    operations.confirm_by_letter(token=token, at=MONDAY, solved=False, words="It stopped again.")
    assert (kept(case).state, kept(case).solved_words) == ("OPEN", "It stopped again.")


def test_a_link_that_was_used_is_used_for_good(solved):
    house, case, token = solved
    operations.confirm_by_letter(token=token, at=MONDAY, solved=False, words="No")
    operations.solve(by=house.actor(TOR), at=MONDAY, case=case, words="Now.")
    assert refused(operations.confirm_by_letter, token=token, solved=True) == "link_used"
    assert kept(case).state == "SOLVED"


def test_a_link_of_another_letter_or_too_old_or_of_nobody_does_nothing(solved):
    _house, case, token = solved
    with pytest.raises(Refusal) as caught:
        operations.case_by_letter(token=token, at=MONDAY + HOLDS)
    assert caught.value.reason.code == "link_over"
    other = links.make("trade.decide", {"case": case, "person": MAYA.code}, expires_at=MONDAY + timedelta(days=1))
    assert refused(operations.case_by_letter, token=other) == "link_not_valid"
    with pytest.raises(NotThere):
        operations.case_by_letter(token=confirm_link(case=case, person=LUCA.code, at=MONDAY), at=MONDAY)
    with pytest.raises(Refused):
        operations.case_by_letter(token=confirm_link(case=case, person=TOR.code, at=MONDAY), at=MONDAY)
    nobody = confirm_link(case=case, person="nobody", at=MONDAY)
    assert refused(operations.case_by_letter, token=nobody) == "link_not_valid"
    assert kept(case).state == "SOLVED"
