"""Who is erased as a person is forgotten in cases: her words, not the figures; and what a person is told that is held on her."""

import json
from datetime import date

import pytest
from tests.builders import HOUSE, given_role, nothing_written
from tests.cast import INES, LUCA, MAYA, TOR
from tests.desk.asked import MONDAY, acts, asked, given_desk, given_personnel, kept, later
from tests.desk.stepped import do, given_steps

from inward.desk import cases, operations, reactions
from inward.desk.models import (
    CaseDraft,
    CaseEvent,
    CaseMessage,
    CaseOpening,
    CaseRead,
    CaseTask,
    CaseWatcher,
    MessageFile,
    RunStep,
    TimeSpent,
)
from inward.desk.operations import Upload
from inward.insight import mine
from inward.kit.models import AuditRow, SearchEntry
from inward.kit.policy import Refused
from inward.parties import operations as parties
from inward.parties.announcements import PersonErased
from inward.parties.models import Party

PDF = Upload("bill.pdf", b"%PDF-1.7 bill")


def erase(house, part):
    work = [each.code for each in Party.objects.get(code=part.code).work_relationships.all()]
    for code in work:
        parties.end_work(by=HOUSE, at=MONDAY, work=code, valid_until=date(2026, 11, 1))
    key = Party.objects.get(code=part.code).pk
    parties.erase_person(by=HOUSE, at=MONDAY, person=part.code, reason="Asked for it.")
    return key


def test_her_words_are_forgotten_and_the_figures_stay(house):
    given_desk(house)
    hers = asked(house, MAYA, text="My till is dead", subject="Till", uploads=[PDF])
    unit = asked(house, INES, text="The door of the office", customer="abc-it", at=later(minutes=1), queue="it")
    operations.answer(by=house.actor(TOR), at=MONDAY, case=hers, text="Dear Maya, try this.")
    operations.spend(by=house.actor(TOR), at=MONDAY, case=hers, minutes=20, words="Maya on the phone")
    for case in (hers, unit):
        operations.add_task(by=house.actor(TOR), at=MONDAY, case=case, title="Call Maya")
    operations.solve(by=house.actor(TOR), at=later(hours=1), case=hers, words="Done, Maya")
    operations.confirm(by=house.actor(MAYA), at=later(hours=2), case=hers, solved=True, words="It was the cable")
    operations.watch(by=house.actor(INES), at=MONDAY, case=unit, person=MAYA.code)
    operations.mark_read(by=house.actor(MAYA), at=later(hours=3), case=hers)
    operations.keep_draft(by=house.actor(MAYA), at=MONDAY, what="queue:it", typed={"text": "x"})
    before, due = acts(hers), kept(hers).missed
    key = erase(house, MAYA)
    reactions.forget_person(PersonErased(key, "s"), at=MONDAY)
    row = kept(hers)
    assert (row.subject, row.answers, row.solved_words, row.solved) == ("…", {}, "", True)
    assert set(CaseMessage.objects.filter(case=row).values_list("text", flat=True)) == {""}
    assert (acts(hers), row.missed, row.state) == (before, due, "CLOSED")
    for kind in (CaseWatcher, CaseRead, CaseDraft):
        assert not kind.objects.filter(person_id=key).exists()
    assert not MessageFile.objects.filter(message__case=row).exists()
    assert (TimeSpent.objects.get().minutes, TimeSpent.objects.get().words) == (20, "")
    titles = CaseTask.objects.order_by("id").values_list("case__reference", "title")
    assert list(titles) == [(hers, "…"), (unit, "Call Maya")]
    assert kept(unit).subject == "The door of the office"
    assert SearchEntry.objects.filter(kind="case").count() == 1
    assert AuditRow.objects.filter(act="desk.forget_words").count() == 1
    with nothing_written():
        operations.forget_person(by=HOUSE, at=MONDAY, person_id=key)
    assert MAYA.code not in json.dumps(list(CaseEvent.objects.values_list("facts", flat=True)))


def test_what_she_asked_for_a_department_stays_the_departments_without_her(house):
    given_desk(house)
    given_role(house.users[LUCA.code], "BUYER", "abc-purchasing")
    case = asked(house, LUCA, customer="abc-purchasing", text="Luca’s words")
    operations.answer(by=house.actor(TOR), at=MONDAY, case=case, text="Ours")
    operations.assign(by=house.actor(TOR), at=MONDAY, case=case, owner=INES.code)
    assert INES.code not in json.dumps(list(CaseEvent.objects.values_list("facts", flat=True)))
    key = erase(house, LUCA)
    operations.forget_person(by=HOUSE, at=MONDAY, person_id=key)
    row = kept(case)
    assert (row.person_id, row.customer.code, row.subject) == (None, "abc-purchasing", "…")
    assert list(CaseMessage.objects.filter(case=row).order_by("id").values_list("text", flat=True)) == ["", "Ours"]


def test_whoever_was_erased_and_worked_on_cases_leaves_what_she_did(house):
    given_desk(house)
    case = asked(house, MAYA)
    operations.answer(by=house.actor(TOR), at=MONDAY, case=case, text="Try this.")
    operations.spend(by=house.actor(TOR), at=MONDAY, case=case, minutes=5, words="Phone")
    key = erase(house, TOR)
    operations.forget_person(by=HOUSE, at=MONDAY, person_id=key)
    assert CaseMessage.objects.get(case=kept(case), side="SERVICE").text == "Try this."
    assert (TimeSpent.objects.get().words, TimeSpent.objects.get().minutes) == ("", 5)


def test_only_the_house_itself_forgets(house):
    with pytest.raises(Refused):
        operations.forget_person(by=house.actor(TOR), at=MONDAY, person_id=1)


def test_a_person_reads_her_requests_without_what_is_the_services_own(house):
    given_desk(house)
    given_personnel(house)
    hers, confidential = asked(house, MAYA, text="My till"), asked(house, MAYA, queue="hr", text="My pay")
    other = asked(house, INES, text="Not hers")
    operations.watch(by=house.actor(INES), at=MONDAY, case=other, person=MAYA.code)
    operations.note_down(by=house.actor(TOR), at=MONDAY, case=hers, text="A secret note")
    operations.answer(by=house.actor(TOR), at=MONDAY, case=hers, text="Try this.")
    with nothing_written():
        told = mine.held_on_me(viewer=house.actor(MAYA), at=MONDAY)["requests"]
    assert [each["row"]["reference"] for each in told] == [confidential, hers]
    assert [message["text"] for message in told[1]["thread"]] == ["My till", "Try this."]
    assert "secret" not in json.dumps(told)
    assert cases.asked(viewer=house.actor(MAYA), at=MONDAY, params={}).rows[0].reference == other


def test_what_steps_were_shown_with_and_why_her_case_was_opened_are_forgotten_and_those_of_others_stay(
    house, tmp_path, settings
):
    settings.INWARD_DATA = tmp_path
    given_steps(house)
    given_personnel(house)
    given_role(house.users[LUCA.code], "EMERGENCY_READER", "abc")
    hers, others = (
        asked(house, who, queue="", request_type="laptop", answers={"old": "NO"}, text="") for who in (MAYA, INES)
    )
    for case in (hers, others):
        do(house, TOR, case, "cells", at=later(minutes=1), evidence="12")
    secret = asked(house, MAYA, queue="hr", text="My pay")
    operations.open_confidential(
        by=house.actor(LUCA), at=later(minutes=2), number=kept(secret).number, reason="Maya complained of her pay"
    )
    key = erase(house, MAYA)
    reactions.forget_person(PersonErased(key, "s"), at=MONDAY)
    told = RunStep.objects.order_by("case_id").values_list("case__reference", "evidence", "state")
    assert list(told) == [(hers, "", "DONE"), (others, "12", "DONE")]
    opening = CaseOpening.objects.get()
    assert (opening.reason, opening.case.reference) == ("", secret)
