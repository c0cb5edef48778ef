"""Marks are set, corrected and lifted by those who keep them; confidential people are opened for a while, and never unnoticed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.builders import (
    AT,
    HOUSE,
    ON,
    actor,
    given_actor,
    given_company,
    given_employee,
    given_person,
    given_role,
    given_user,
    nothing_written,
)

from inward.core.terms import Refusal
from inward.kit import versions
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.outbox import announced
from inward.kit.policy import NotThere, Refused
from inward.parties import marks, operations, queries
from inward.parties.announcements import MarkCorrected, MarkLifted, OpeningEnded, PersonMarked, PersonOpened
from inward.parties.models import ConfidentialityMark, Opening, Party
from inward.parties.operations import Source
from inward.parties.operations import marks as acts
from inward.parties.vocabulary import MarkKind, OpeningKind

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=30)
TOMORROW, YESTERDAY = ON + timedelta(days=1), ON - timedelta(days=1)
WHY = "fell ill at the counter, next of kin asked for"


@pytest.fixture(autouse=True)
def _organisation(settings, tmp_path):
    settings.INWARD_DATA = tmp_path  # where tries are counted
    given_company("abc", "ABC Retail")
    given_company("xyz", "XYZ Widgets")
    given_employee("eva", "abc", name="Eva Lind")
    given_employee("ola", "xyz", name="Ola Berg")
    given_person("per", "Per Holm")


@pytest.fixture
def keeper():
    return given_actor("kim", ("MARK_KEEPER", "abc"))


@pytest.fixture
def opener():
    return given_actor("rune", ("EMERGENCY_READER", "abc"))


def mark(by=HOUSE, person="eva", **more):
    said = {"kind": MarkKind.PROTECTED_ADDRESS, "reason": "decision 12/2026", "valid_from": ON, **more}
    return operations.mark_person(by=by, at=AT, person=person, **said)


def opened(by, person="eva", at=AT, **more):
    return operations.open_person(by=by, at=at, person=person, **{"kind": OpeningKind.DANGER, "reason": WHY, **more})


def hidden(viewer, at=AT):
    return marks.closed_to(viewer, at=at).hidden


class TestMark:
    def test_it_is_kept_with_its_days_audited_without_its_reason_and_announced_by_keys(self, keeper):
        world = versions.current(queries.VERSION)
        code = mark(keeper, valid_until=TOMORROW, source=Source("letter of the court"))
        eva = Party.objects.get(code="eva")
        fact = ConfidentialityMark.objects.get(code=code)
        assert (fact.person, fact.kind, fact.reason) == (eva, "PROTECTED_ADDRESS", "decision 12/2026")
        assert (fact.valid_from, fact.valid_until, fact.known_from, fact.source) == (
            ON,
            TOMORROW,
            AT,
            "letter of the court",
        )
        row = AuditRow.objects.get(act="parties.mark_person")
        assert row.thing == f"mark {fact.pk}"
        assert row.facts == {
            "person": eva.subject,
            "kind": "PROTECTED_ADDRESS",
            "valid_from": ON.isoformat(),
            "valid_until": TOMORROW.isoformat(),
        }
        assert versions.current(queries.VERSION) == world  # nobody's world is made again
        (told,) = announced(PersonMarked)
        assert (told.mark_id, told.person_id, told.valid_from, told.valid_until) == (
            fact.pk,
            eva.pk,
            ON.isoformat(),
            TOMORROW.isoformat(),
        )

    @pytest.mark.parametrize(
        ("more", "code", "where"),
        [
            ({"reason": "  "}, "mark_without_reason", "reason"),
            ({"reason": "x" * 501}, "text_too_long", "reason"),
            ({"valid_until": ON}, "period_backwards", "valid_until"),
        ],
    )
    def test_what_makes_no_mark_is_refused(self, keeper, more, code, where):
        with nothing_written(), pytest.raises(Refusal) as refused:
            mark(keeper, **more)
        assert (refused.value.reason.code, refused.value.where) == (code, where)

    def test_two_on_one_day_are_refused_and_one_after_the_other_is_not(self, keeper):
        mark(keeper, valid_until=TOMORROW)
        with nothing_written(), pytest.raises(Refusal) as refused:
            mark(keeper)
        assert refused.value.reason.code == "mark_twice_at_once"
        mark(keeper, valid_from=TOMORROW)
        assert ConfidentialityMark.objects.count() == 2

    def test_nobody_else_marks_anybody(self, opener):
        steward = given_actor("siti", ("DATA_ADMINISTRATOR", None))
        for by in (NOBODY, opener, steward):
            with nothing_written(), pytest.raises(Refused):
                mark(by)

    def test_a_keeper_finds_nobody_of_other_companies_and_cannot_hide_herself(self, keeper):
        for person in ("ola", "per", "nobody", "abc"):
            with nothing_written(), pytest.raises(NotThere):
                mark(keeper, person)
        herself = given_actor("eva-k", ("MARK_KEEPER", None), person="eva")
        with nothing_written(), pytest.raises(Refused) as refused:
            mark(herself)
        assert [reason.code for reason in refused.value.reasons] == ["mark_of_oneself"]

    def test_whoever_keeps_all_marks_those_who_work_for_nobody_too(self):
        mark(given_actor("kari", ("MARK_KEEPER", None)), "per")
        assert ConfidentialityMark.objects.get().person.code == "per"


class TestCorrectAndLift:
    def test_a_correction_keeps_what_was_believed(self, keeper):
        code = mark(keeper)
        operations.correct_mark(
            by=keeper,
            at=LATER,
            mark=code,
            kind=MarkKind.INVESTIGATION,
            reason="case 4",
            valid_from=ON,
            valid_until=TOMORROW,
        )
        before, after = ConfidentialityMark.objects.filter(code=code).order_by("pk")
        assert (before.kind, before.known_until) == ("PROTECTED_ADDRESS", LATER)
        assert (after.kind, after.reason, after.valid_until, after.known_until) == (
            "INVESTIGATION",
            "case 4",
            TOMORROW,
            None,
        )
        assert AuditRow.objects.get(act="parties.correct_mark").thing == f"mark {after.pk}"
        (told,) = announced(MarkCorrected)
        assert (told.mark_id, told.person_id) == (after.pk, after.person_id)

    def test_lifted_it_ends_today_and_lifted_again_nothing_happens(self, keeper):
        code = mark(keeper, valid_from=YESTERDAY)
        operations.lift_mark(by=keeper, at=LATER, mark=code, source=Source("decision 3"))
        fact = ConfidentialityMark.objects.current().get()
        assert (fact.valid_from, fact.valid_until, fact.source) == (YESTERDAY, ON, "decision 3")
        with nothing_written():
            operations.lift_mark(by=keeper, at=LATER, mark=code)
        (told,) = announced(MarkLifted)
        assert (told.mark_id, told.valid_until) == (fact.pk, ON.isoformat())

    def test_one_that_has_not_held_on_a_day_before_today_never_was(self, keeper):
        operations.lift_mark(by=keeper, at=LATER, mark=mark(keeper))
        assert not ConfidentialityMark.objects.current().exists()
        assert AuditRow.objects.filter(act="parties.lift_mark").count() == 1

    def test_neither_is_open_to_others(self, keeper, opener):
        code = mark()
        other = given_actor("ulf", ("MARK_KEEPER", "xyz"))
        said = {"kind": MarkKind.OTHER, "reason": "x", "valid_from": ON}
        for by, error in ((opener, Refused), (other, NotThere)):
            with nothing_written(), pytest.raises(error):
                operations.correct_mark(by=by, at=LATER, mark=code, **said)
            with nothing_written(), pytest.raises(error):
                operations.lift_mark(by=by, at=LATER, mark=code)
        with nothing_written(), pytest.raises(NotThere):
            operations.lift_mark(by=keeper, at=LATER, mark="mark-0")


class TestOpen:
    def test_it_is_kept_for_the_minutes_of_the_setting_audited_without_its_reason(self, opener, settings):
        settings.INWARD_OPENING_MINUTES = 45
        mark()
        found = Opening.objects.get(reference=opened(opener))
        eva = Party.objects.get(code="eva")
        assert (found.person, found.subject, found.kind, found.reason) == (eva, opener.subject, "DANGER", WHY)
        assert (found.opened_at, found.ends_at, found.told) == (AT, AT + timedelta(minutes=45), True)
        row = AuditRow.objects.get(act="parties.open_person")
        assert (row.subject, row.thing) == (opener.subject, f"opening {found.pk}")
        assert row.facts == {"person": eva.subject, "kind": "DANGER", "until": found.ends_at.isoformat()}

    def test_of_an_inquiry_the_person_is_not_told(self, opener):
        mark(kind=MarkKind.INVESTIGATION)
        assert Opening.objects.get(reference=opened(opener)).told is False

    def test_she_is_seen_until_the_time_is_over_and_not_a_moment_longer(self, opener):
        mark()
        user = opener.user
        assert actor(user).hidden == {"eva"}
        opened(opener)
        seen = actor(user)
        assert (seen.hidden, seen.opened) == (frozenset(), {"eva"})
        assert actor(user, at=AT + timedelta(minutes=59)).opened == {"eva"}
        assert actor(user, at=AT + timedelta(minutes=60)).hidden == {"eva"}
        other = given_actor("tove", ("EMERGENCY_READER", "abc"))
        assert other.hidden == {"eva"}  # it lets in nobody else

    def test_it_ends_early_by_whoever_opened_or_a_keeper_and_by_nobody_else(self, opener, keeper):
        mark()
        for by in (opener, keeper):
            reference = opened(opener)
            operations.end_opening(by=by, at=LATER, opening=reference)
            assert actor(opener.user, at=LATER).hidden == {"eva"}
            with nothing_written(), pytest.raises(Refusal) as refused:
                operations.end_opening(by=by, at=LATER, opening=reference)
            assert refused.value.reason.code == "opening_is_over"
        reference = opened(opener)
        for by in (NOBODY, given_actor("tove", ("EMERGENCY_READER", "abc"))):
            with nothing_written(), pytest.raises(NotThere):
                operations.end_opening(by=by, at=LATER, opening=reference)
        with nothing_written(), pytest.raises(NotThere):
            operations.end_opening(by=opener, at=LATER, opening="none")
        assert len(announced(OpeningEnded)) == 2

    def test_opened_again_it_is_the_same_opening(self, opener):
        mark()
        first = opened(opener)
        assert opened(opener, at=LATER) == first
        assert Opening.objects.count() == 1
        (told,) = announced(PersonOpened)
        assert told.opening_id == Opening.objects.get().pk

    def test_all_that_cannot_be_opened_is_refused_alike(self, opener):
        mark()
        mark(person="ola")
        mark(person="per")
        given_employee("ida", "abc", name="Ida Not Marked")
        for person in ("nobody", "abc", "ida", "ola", "per"):
            with nothing_written(), pytest.raises(Refusal) as refused:
                opened(opener, person)
            assert (refused.value.reason.code, refused.value.reason.items, refused.value.where) == (
                "nothing_to_open",
                (),
                "person",
            )
        herself = given_actor("eva-u", ("EMERGENCY_READER", None), person="eva")
        keeps = given_actor("both", ("EMERGENCY_READER", None), ("MARK_KEEPER", None))
        for by in (herself, keeps):
            with nothing_written(), pytest.raises(Refusal):
                opened(by)

    def test_without_the_role_nothing_is_opened(self, keeper):
        mark()
        for by in (NOBODY, keeper, given_actor("siti", ("DATA_ADMINISTRATOR", None))):
            with nothing_written(), pytest.raises(Refused):
                opened(by)

    def test_a_reason_is_wanted_in_words(self, opener):
        mark()
        for reason, code in (("because", "opening_without_reason"), ("x" * 501, "text_too_long")):
            with nothing_written(), pytest.raises(Refusal) as refused:
                opened(opener, reason=reason)
            assert (refused.value.reason.code, refused.value.where) == (code, "reason")

    def test_only_so_many_within_the_hour(self, opener, settings):
        settings.INWARD_OPENINGS_AN_HOUR = 1
        mark()
        given_employee("ida", "abc", name="Ida Dahl")
        mark(person="ida")
        opened(opener)
        with nothing_written(), pytest.raises(Refusal) as refused:
            opened(opener, "ida")
        assert refused.value.reason.code == "openings_too_many"
        opened(opener, "ida", at=AT + timedelta(minutes=60))
        settings.INWARD_OPENING_MINUTES = 0
        with nothing_written(), pytest.raises(Refusal):
            opened(opener, at=AT + timedelta(hours=3))

    def test_trying_numbers_is_slow(self, opener):
        for _ in range(acts.OPENING_TRIES):
            with pytest.raises(Refusal):
                opened(opener, "nobody")
        with nothing_written(), pytest.raises(Refusal) as refused:
            opened(opener, "nobody")
        assert refused.value.reason.code == "openings_too_fast"
        with pytest.raises(Refusal) as refused:
            opened(opener, "nobody", at=AT + timedelta(minutes=1))
        assert refused.value.reason.code == "nothing_to_open"


class TestHidden:
    def test_from_everybody_but_herself_and_the_keepers_of_her_companies(self, keeper, opener):
        mark(kind=MarkKind.INVESTIGATION)
        elsewhere = given_actor("ulf", ("MARK_KEEPER", "xyz"))
        steward = given_actor("siti", ("DATA_ADMINISTRATOR", None))
        herself = given_actor("eva-u", person="eva")
        seen = {who: hidden(by) for who, by in {
            "keeper": keeper, "opener": opener, "elsewhere": elsewhere, "steward": steward, "herself": herself, "house": HOUSE,
            "nobody": NOBODY,
        }.items()}  # fmt: skip
        eva, none = {"eva"}, frozenset()
        assert seen == {
            "keeper": none, "opener": eva, "elsewhere": eva, "steward": eva, "herself": none, "house": none, "nobody": eva,
        }  # fmt: skip

    def test_of_two_with_the_same_roles_she_alone_sees_herself(self):
        mark()
        eva, colleague = given_actor("eva", person="eva"), given_actor("per", person="per")
        same = replace(colleague, grants=eva.grants)
        assert (hidden(same), hidden(eva), hidden(same)) == ({"eva"}, frozenset(), {"eva"})

    def test_only_on_the_days_of_the_mark_whatever_day_is_asked_about(self):
        mark(valid_from=TOMORROW, valid_until=TOMORROW + timedelta(days=2))
        steward = given_user("siti")
        given_role(steward, "DATA_ADMINISTRATOR")
        on = [date.fromordinal(ON.toordinal() + days) for days in range(4)]
        days = [bool(actor(steward, at=AT + timedelta(days=each)).hidden) for each in range(4)]
        assert dict(zip(on, days, strict=True)) == dict(zip(on, (False, True, True, False), strict=True))
        assert [marks.is_marked("eva", on=day) for day in on] == days
        assert not marks.is_marked("nobody", on=TOMORROW)

    def test_no_statement_is_asked_for_it_but_of_those_who_may_open(self, opener, django_assert_num_queries):
        mark()
        steward = given_actor("siti", ("DATA_ADMINISTRATOR", None))
        with versions.seen_once():
            hidden(steward), hidden(opener)
            with django_assert_num_queries(0):
                assert hidden(steward) == {"eva"}
            with django_assert_num_queries(1):
                assert hidden(opener) == {"eva"}

    def test_a_role_that_is_granted_counts_at_once(self):
        mark()
        user = given_user("kim-later")
        assert actor(user).hidden == {"eva"}
        given_role(user, "MARK_KEEPER", "abc")
        assert actor(user).hidden == frozenset()

    def test_many_eyes_are_remembered_and_no_more_than_so_many(self, monkeypatch):
        monkeypatch.setattr(marks, "_REMEMBERED_MAX", 1)
        mark()
        for name in ("one", "two"):
            assert given_actor(name).hidden == {"eva"}


def test_forgetting_a_person_forgets_her_marks_and_why_she_was_opened(opener):
    given_employee("gone", "abc", name="Gone Girl", valid_until=ON)
    mark(person="gone")
    opened(opener, "gone")
    operations.erase_person(by=HOUSE, at=LATER, person="gone", reason="asked for it")
    assert not ConfidentialityMark.objects.exists()
    assert Opening.objects.get().reason == ""
    assert actor(opener.user, at=LATER).hidden == frozenset()
