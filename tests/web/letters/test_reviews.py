"""Letters that a standard procedure was to be looked at again: to whoever looks after it, or to those who could say who does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.builders import HOUSE, given_role
from tests.cast import HENK, INES
from tests.desk.stepped import REVIEW, given_steps

from inward.desk import operations
from inward.desk.announcements import ReviewOverdue
from inward.kit.outbox import announced
from inward.notices.models import Notice
from inward.parties import operations as parties
from inward.parties import queries
from inward.web.letters import reactions, sending

THEN = datetime(2027, 6, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def told(house):
    """Hears what was announced, twice, as the worker may."""
    given_steps(house)

    def hear():
        assert operations.tell_review(by=HOUSE, at=THEN, procedure="laptop-out", review_by=REVIEW)
        for _ in range(2):
            for each in announced(ReviewOverdue):
                reactions.review_overdue(each, at=THEN)
        return list(Notice.objects.filter(code=sending.REVIEW).values_list("person__code", flat=True))

    return hear


def test_whoever_looks_after_it_gets_one_letter_with_the_way_to_it(told, mailoutbox):
    assert told() == [HENK.code]
    sending.send_due(at=THEN + timedelta(days=1))
    (mail,) = [mail for mail in mailoutbox if "looked at again" in mail.subject]
    assert mail.subject == "To be looked at again: Hand out a laptop"
    assert "“Hand out a laptop” was to be looked at again by 1 June 2027." in mail.body
    assert "/office/standard-procedures/laptop-out/" in mail.body


def test_where_she_works_here_no_more_the_service_owners_are_told_and_nobody_where_there_is_none(house, told):
    (work,) = queries.work_of(HENK.code, on=THEN.date())
    parties.end_work(by=HOUSE, at=THEN, work=work.id, valid_until=date(2027, 5, 1))
    assert told() == []
    given_role(house.users[INES.code], "SERVICE_OWNER", "abc-it")
    assert told() == [INES.code] * 2  # of either announcement
