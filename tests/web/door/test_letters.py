"""Letters to oneself on their page: only one's own are there, as they went out, and the choice of when they come is kept."""

import pytest
from tests.builders import AT, HOUSE
from tests.cast import JONAS, MAYA

from inward.notices import operations, queries
from inward.notices.models import Notice
from inward.notices.vocabulary import Pace

PAGE = "/account/letters/"


@pytest.fixture
def maya(house):
    return house.browser(MAYA)


def told(person, key, subject=""):
    operations.tell(by=HOUSE, at=AT, to=[person.code], code="order_placed", facts={}, key=key)
    notice = Notice.objects.get(key__startswith=f"{key}:")
    if subject:
        operations.note_sent(
            by=HOUSE, at=AT, notice=notice.pk, language="nb", subject=subject, body="Hei Maya,\n\nTakk."
        )
    return notice


def test_my_letters_stand_there_as_they_went_out_and_nobody_elses(maya):
    told(MAYA, "one", "Bestilling 17 er levert")
    told(JONAS, "two", "Nothing for Maya")
    page = maya.get(PAGE).content.decode()
    assert '<summary lang="nb">Bestilling 17 er levert</summary>' in page
    assert '<p class="letter" lang="nb">Hei Maya,<br><br>Takk.</p>' in page
    assert "Nothing for Maya" not in page


def test_what_was_told_without_a_letter_says_so(maya, house):
    told(MAYA, "waits")
    assert "Waits to be sent" in maya.get(PAGE).content.decode()
    operations.choose_pace(by=house.actor(MAYA), at=AT, person=MAYA.code, pace=Pace.NEVER)
    told(MAYA, "never")
    page = maya.get(PAGE).content.decode()
    assert (page.count("Waits to be sent"), page.count("No letter was sent")) == (1, 1)


def test_the_choice_is_kept_and_marked_when_the_page_is_opened_again(maya, house):
    assert queries.pace(viewer=house.actor(MAYA)) is Pace.AT_ONCE
    done = maya.post(PAGE, {"pace": "DAILY"})
    assert (done.status_code, done["Location"]) == (302, PAGE)
    assert queries.pace(viewer=house.actor(MAYA)) is Pace.DAILY
    assert queries.pace(viewer=house.actor(JONAS)) is Pace.AT_ONCE
    assert 'value="DAILY" class="form-check-input" id="id_pace_1" required checked' in " ".join(
        maya.get(PAGE).content.decode().split()
    )


@pytest.mark.parametrize("sent", [{}, {"pace": ""}, {"pace": "HOURLY"}])
def test_no_choice_or_an_unknown_one_changes_nothing_and_is_named(maya, house, sent):
    answer = maya.post(PAGE, sent)
    assert answer.status_code == 422
    assert "Not sent yet. Please check:" in answer.content.decode()
    assert "When a letter comes: " in answer.content.decode()
    assert queries.pace(viewer=house.actor(MAYA)) is Pace.AT_ONCE


def test_an_empty_page_says_when_a_letter_comes(maya):
    page = maya.get(PAGE).content.decode()
    assert "No letter yet" in page
    assert "when one waits for your approval" in page


def test_the_list_asks_the_same_for_one_letter_and_for_three(maya, django_assert_num_queries):
    told(MAYA, "a", "A")
    maya.get(PAGE)
    with django_assert_num_queries(4):
        maya.get(PAGE)
    told(MAYA, "b", "B")
    told(MAYA, "c", "C")
    with django_assert_num_queries(4):
        maya.get(PAGE)
