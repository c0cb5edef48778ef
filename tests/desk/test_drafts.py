"""What somebody has typed and not sent yet is kept for her alone, for a while, and never more than fits."""

from datetime import timedelta

from tests.builders import AT, HOUSE
from tests.cast import MAYA, TOR

from inward.desk import helping, operations
from inward.desk.models import CaseDraft
from inward.desk.operations.drafting import DRAFTS_MAX


def test_a_draft_is_read_by_whoever_typed_it_and_typed_again_replaced(house):
    maya = house.actor(MAYA)
    for text in ("The till", "The till rings"):
        operations.keep_draft(by=maya, at=AT, what="queue:it", typed={"text": text, "subject": " "})
    assert helping.draft(viewer=maya, what="queue:it") == {"text": "The till rings"}
    assert helping.draft(viewer=house.actor(TOR), what="queue:it") == {}
    assert (helping.drafts(viewer=maya), helping.drafts(viewer=house.actor(TOR))) == (("queue:it",), ())
    operations.drop_draft(by=maya, at=AT, what="queue:it")
    assert helping.drafts(viewer=maya) == ()


def test_who_is_no_person_keeps_none_and_what_is_too_much_is_not_kept(house):
    operations.keep_draft(by=HOUSE, at=AT, what="queue:it", typed={"text": "x"})
    operations.keep_draft(by=house.actor(MAYA), at=AT, what="queue:it", typed={"text": "x" * 50_000})
    assert CaseDraft.objects.count() == 0


def test_old_drafts_and_the_oldest_of_too_many_are_forgotten(house):
    maya = house.actor(MAYA)
    for number in range(DRAFTS_MAX + 2):
        at = AT + timedelta(minutes=number)
        operations.keep_draft(by=maya, at=at, what=f"queue:{number}", typed={"text": "x"})
    kept = helping.drafts(viewer=maya)
    assert (len(kept), kept[0], kept[-1]) == (DRAFTS_MAX, f"queue:{DRAFTS_MAX + 1}", "queue:2")
    operations.keep_draft(by=maya, at=AT + timedelta(days=31), what="queue:new", typed={"text": "x"})
    assert helping.drafts(viewer=maya) == ("queue:new",)


def test_whoever_was_erased_leaves_no_draft(house):
    for part in (MAYA, TOR):
        operations.keep_draft(by=house.actor(part), at=AT, what="queue:it", typed={"text": "x"})
    operations.forget_drafts(MAYA.code)
    assert [row.person.code for row in CaseDraft.objects.all()] == [TOR.code]
