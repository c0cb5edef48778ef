"""Letters about openings: the keepers at once, whatever pace they chose; the person too, unless it is an inquiry into her."""

import pytest
from django.core import mail
from tests.builders import AT, HOUSE, given_actor, given_role
from tests.cast import ABC, HENK, INES, LUCA, MAYA, RATNA, XYZ

from inward.kit.outbox import announced
from inward.notices import operations as notices
from inward.notices.models import Notice
from inward.notices.vocabulary import Pace
from inward.parties import operations
from inward.parties.announcements import PersonOpened
from inward.parties.models import Opening
from inward.parties.vocabulary import MarkKind, OpeningKind
from inward.web.letters import reactions, sending

WHY = "fell ill at the counter, next of kin asked for"


@pytest.fixture(autouse=True)
def _tries(settings, tmp_path):
    settings.INWARD_DATA = tmp_path


def told_of_an_opening(house, kind=MarkKind.PROTECTED_ADDRESS):
    """Henk keeps marks of ABC and wants no letters, Luca all, Ratna those of XYZ; Ines opens Maya."""
    for part, party in ((HENK, ABC), (LUCA, None), (RATNA, XYZ)):
        given_role(house.users[part.code], "MARK_KEEPER", party)
    notices.choose_pace(by=house.actor(HENK), at=AT, person=HENK.code, pace=Pace.NEVER)
    given_role(house.users[INES.code], "EMERGENCY_READER", ABC)
    operations.mark_person(by=HOUSE, at=AT, person=MAYA.code, kind=kind, reason="court", valid_from=AT.date())
    operations.open_person(by=house.actor(INES), at=AT, person=MAYA.code, kind=OpeningKind.DANGER, reason=WHY)
    (told,) = announced(PersonOpened)
    reactions.person_opened(told, at=AT)
    reactions.person_opened(told, at=AT)  # handed out twice
    mail.outbox.clear()
    sending.send_due(at=AT)
    return {letter.to[0].partition("@")[0]: letter for letter in mail.outbox}


def test_the_keepers_of_her_marks_and_she_are_told_at_once_and_nobody_else(house):
    letters = told_of_an_opening(house)
    assert sorted(letters) == [HENK.code, LUCA.code, MAYA.code]
    keeper = letters[HENK.code]
    assert keeper.subject == "A confidential person was opened"
    assert "Ines Contarini sees Maya Lund until" in keeper.body
    assert "for: Danger to life or health" in keeper.body
    assert WHY in keeper.body
    assert f"/office/openings/{Opening.objects.get().reference}/" in keeper.body
    hers = letters[MAYA.code]
    assert hers.subject == "Somebody was let in to what is kept of you"
    assert "Ines Contarini sees until" in hers.body
    assert WHY not in hers.body
    assert "Inward wrote this because confidential people are never opened unnoticed." in hers.body
    for notice in Notice.objects.all():
        assert set(notice.facts) == {"opening"}  # nobody is named where it is kept


def test_of_an_inquiry_she_is_not_told(house):
    assert sorted(told_of_an_opening(house, MarkKind.INVESTIGATION)) == [HENK.code, LUCA.code]
    assert not Notice.objects.filter(person__code=MAYA.code).exists()


def test_a_keeper_who_is_opened_herself_reads_what_she_is_told_and_not_what_keepers_are(house):
    given_role(house.users[MAYA.code], "MARK_KEEPER", ABC)
    letters = told_of_an_opening(house)
    assert letters[MAYA.code].subject == "Somebody was let in to what is kept of you"
    assert list(Notice.objects.filter(person__code=MAYA.code).values_list("code", flat=True)) == ["you_were_opened"]
    assert WHY in letters[HENK.code].body


def test_who_is_a_keeper_no_longer_when_the_letter_is_written_reads_no_name(house):
    told_of_an_opening(house)
    notice = Notice.objects.get(person__code=HENK.code)
    stranger = given_actor("stranger")
    from inward.notices.queries import DueNotice
    from inward.parties import veil

    with veil.read_by(stranger):
        letter = sending.render(DueNotice(notice.pk, HENK.code, notice.code, notice.facts), "en")
    assert "Ines Contarini sees a protected person until" in letter.text


def test_an_opening_that_is_not_there_is_told_to_nobody(house):
    reactions.person_opened(PersonOpened(1, 2), at=AT)
    assert not Notice.objects.exists()
    from inward.notices.queries import DueNotice

    with pytest.raises(LookupError):
        sending.render(DueNotice(1, MAYA.code, "person_opened", {"opening": "1"}), "en")
