"""In random organisations everybody sees the requests the written rules say, and nothing anywhere names or counts another one."""

import csv
import re
from io import StringIO

import pytest
from django.test import Client
from tests.builders import PASSWORD
from tests.desk.anybody import COMMON, PEOPLE, given_organisation
from tests.desk.asked import later
from tests.web.letters.test_cases import HEARD

from inward.desk import cases, exports, figures, operations, serving
from inward.desk.casewords import UNDER_WAY, CaseState
from inward.desk.models import Case
from inward.desk.operations import breaking
from inward.kit import clock
from inward.kit.outbox import announced
from inward.kit.policy import NotThere
from inward.notices.models import Notice
from inward.web.letters import sending

NOW = later(hours=1, minutes=5)
OWNER = ("SERVICE_OWNER",)
NUMBERED = frozenset({"number", "case_number", "joined_from", "case", "into"})
"""What a record calls the number of a request."""
OF_CASES = frozenset({"case", "number", "joined_to", "part_of", "waits_for_case"})
"""What the tables for analysis call it."""
PAGES = ("/", "/requests/", "/desk/?all=1", "/desk/board/", "/desk/service/", "/help/")


@pytest.mark.parametrize("seed", range(4))
def test_everybody_sees_what_the_rules_say_and_nothing_else_anywhere(db, seed, mailoutbox):
    breaking._tries.cache_clear()
    with clock.shifted(NOW):
        told = Told()
        organisation = given_organisation(seed, after=told.check)
        rows = {row.reference: row for row in Case.objects.all()}
        for person in PEOPLE:
            _check_lists(organisation, person, rows)
            _check_counts(organisation, person, rows)
        for person in organisation.chance.sample(PEOPLE, 2):
            _check_faces(organisation, person)
        _check_exports(organisation)
        _check_letters(organisation, mailoutbox)
    breaking._tries.cache_clear()


# --- what the room says -------------------------------------------------------------------------------------------------


def _check_lists(organisation, person, rows):
    """What is seen, listed, found by words and by number; and that no act finds what is not seen."""
    viewer, all_of = organisation.actor(person), organisation.asked
    seen = [case for case in all_of if organisation.sees(person, case)]
    assert sorted(cases.visible(viewer, NOW).values_list("reference", flat=True)) == _references(seen)
    asked = [case for case in all_of if organisation.asks(person, case)]
    served = [case for case in all_of if organisation.handles(person, case)]
    assert _listed(cases.asked, viewer) == _references(asked)
    assert _listed(cases.served, viewer) == _references(served)
    common = [case for case in served if COMMON in rows[case.reference].subject and not case.confidential]
    assert set(_listed(cases.served, viewer, COMMON)) >= set(_references(common))
    assert set(_listed(cases.served, viewer, COMMON)) <= set(_references(served))
    for case in all_of:
        if case not in seen:
            for read, text in ((cases.asked, f"#{case.number}"), (cases.served, f"#{case.number}")):
                assert _listed(read, viewer, text) == []
            assert case.reference not in (
                *_listed(cases.served, viewer, case.word),
                *_listed(cases.asked, viewer, case.word),
            )
            _check_not_there(viewer, case)


def _listed(read, viewer, text=""):
    found = read(viewer=viewer, at=NOW, params={"text": text, "limit": "100"})
    return sorted(row.reference for row in found.rows)


def _references(found):
    return sorted(case.reference for case in found)


def _check_not_there(viewer, case):
    for act, more in (
        (operations.write, {"text": "x"}),
        (operations.note_down, {"text": "x"}),
        (operations.assign, {"owner": None}),
    ):
        with pytest.raises(NotThere):
            act(by=viewer, at=NOW, case=case.reference, **more)
    with pytest.raises(NotThere):
        serving.numbered(viewer=viewer, at=NOW, number=case.number)


def _check_counts(organisation, person, rows):
    """Counters, board, figures of whoever owns the service."""
    viewer = organisation.actor(person)
    served = [rows[case.reference] for case in organisation.asked if organisation.handles(person, case)]
    going = [row for row in served if CaseState(row.state) in UNDER_WAY]
    counts = serving.counts(viewer=viewer, at=NOW)
    assert counts.all == (len(going), False)
    assert counts.nobodys == (sum(row.owner_id is None for row in going), False)
    solved = sum(row.state == CaseState.SOLVED.value for row in served)
    assert sum(column.count[0] for column in serving.board(viewer=viewer, at=NOW, params={})) == len(going) + solved
    if not any(role in OWNER for role, _ in organisation.grants[person]):
        with pytest.raises(NotThere):
            figures.figures(viewer=viewer, at=NOW, days=30)
        return
    owned = [rows[case.reference] for case in organisation.asked if organisation.handles(person, case, OWNER)]
    found = figures.figures(viewer=viewer, at=NOW, days=30)
    assert found.looked_at == sum(side.count for side in found.sides) == len(owned)
    assert sum(each.count for each in found.backlog) == sum(CaseState(row.state) in UNDER_WAY for row in owned)


# --- what the faces show ------------------------------------------------------------------------------------------------


def _check_faces(organisation, person):
    """No page, file or record names what is not seen."""
    browser = Client()
    assert browser.login(username=person, password=PASSWORD)
    seen = [case for case in organisation.asked if organisation.sees(person, case)]
    words = set().union(*(organisation.words_of(case) for case in seen))
    hidden = [case.word for case in organisation.asked if case.word not in words]
    numbers = set().union(*(organisation.numbers_at(case) for case in seen))
    for path in PAGES:
        _check_text(browser.get(path).content.decode(), hidden, numbers)
    _check_file(organisation, person, browser)
    for case in organisation.asked:
        handles, sees = organisation.handles(person, case), case in seen
        record = browser.get(f"/api/v1/cases/{case.reference}")
        mine, desk = browser.get(f"/requests/{case.reference}/"), browser.get(f"/desk/{case.reference}/")
        wanted = ((200, 302, 200) if handles else (200, 200, 302)) if sees else (404, 404, 404)
        assert (record.status_code, mine.status_code, desk.status_code) == wanted
        if sees:
            assert set(_numbers(record.json())) <= numbers
            for answer in (record, mine, desk):
                _check_text(answer.content.decode(), hidden, numbers)


def _check_text(text, hidden, numbers):
    assert [word for word in hidden if word in text] == []
    assert {int(number) for number in re.findall(r"request (\d+)", text)} <= numbers


def _check_file(organisation, person, browser):
    answer = browser.get("/desk/export.csv?all=1")
    served = [case.number for case in organisation.asked if organisation.handles(person, case)]
    if answer.status_code == 404:
        assert served == []
        return
    rows = csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert sorted(int(row[0]) for row in list(rows)[1:]) == sorted(served)


def _numbers(found):
    """Every number of a request in a record."""
    if isinstance(found, list):
        for each in found:
            yield from _numbers(each)
    elif isinstance(found, dict):
        for name, each in found.items():
            if name in NUMBERED and isinstance(each, int):
                yield each
            else:
                yield from _numbers(each)


# --- what leaves the house ----------------------------------------------------------------------------------------------


def _check_exports(organisation):
    """Tables for analysis know of no confidential request."""
    confidential = {case.number for case in organisation.asked if case.confidential}
    for export in exports.EXPORTS:
        places = [place for place, column in enumerate(export.columns) if column.name in OF_CASES]
        for row in export.rows():
            assert confidential.isdisjoint(row[place] for place in places)


class Told:
    """What was announced so far, and who was told of it."""

    def __init__(self):
        self.heard = dict.fromkeys(HEARD, 0)

    def check(self, organisation):
        """After each act: nobody is told of a confidential request she does not see, not even that there is news."""
        before = Notice.objects.count()
        for kind, reaction in HEARD.items():
            found = announced(kind)
            for each in found[self.heard[kind] :]:
                reaction(each, at=NOW)
            self.heard[kind] = len(found)
        by_reference = {case.reference: case for case in organisation.asked}
        for notice in Notice.objects.select_related("person").order_by("id")[before:]:
            case = by_reference[notice.facts["case"]]
            assert not case.confidential or organisation.sees(notice.person.code, case), notice.code


def _check_letters(organisation, mailoutbox):
    """No letter names a request that its reader does not see, nor a confidential one to anybody."""
    sending.send_due(at=NOW)
    assert mailoutbox
    for mail in mailoutbox:
        person = mail.to[0].partition("@")[0]
        seen = [case for case in organisation.asked if organisation.sees(person, case) and not case.confidential]
        words = set().union(*(organisation.words_of(case) for case in seen))
        hidden = [case.word for case in organisation.asked if case.word not in words]
        assert [word for word in hidden if word in f"{mail.subject} {mail.body}"] == []
