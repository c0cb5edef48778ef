"""How a department works, said and read in the office; the lines in which steps are typed."""

import pytest
from django.template.loader import render_to_string
from tests.builders import AT
from tests.cast import INES, MAYA, SITI, TOR
from tests.desk.asked import MONDAY, asked, given_desk, later
from tests.desk.stepped import STEPS, do, given_request, given_steps, run
from tests.web.office.test_office import previewed, saved
from tests.web.reading import words

from inward.core.terms import Refusal
from inward.desk import procedures
from inward.desk.steps import read_steps
from inward.web.office.things import steptext

TYPED = """
wipe: Wipe the old one | if old = YES
cells: Measure the cells | number 11.1 to 12.6 V
swap: Swap the cells | text | after cells = SKIPPED
seal: Seal it | file | open
hand: Check it | signed
"""
OTHERS = """
a: A | number to 5 | owner | ask before
b: B | number 3 to kg | by tor-bergli
c: C | number V
d: D | number
e: E | first this | then that
"""
NEW = "/office/standard-procedures/-/new/set/"
PAGE = "/office/standard-procedures/laptop-out/"


def test_lines_say_what_the_operation_takes_and_are_written_back_as_they_were():
    assert read_steps(steptext.read(TYPED)) == read_steps(STEPS)
    assert steptext.written(read_steps(STEPS)) == TYPED.strip()


def test_whatever_a_line_says_else_is_words_and_all_of_it_comes_back(house):
    typed = OTHERS
    steps = read_steps(steptext.read(typed))
    assert [(each.unit, str(each.least), str(each.most)) for each in steps[:4]] == [
        ("", "None", "5"),
        ("kg", "3", "None"),
        ("V", "None", "None"),
        ("", "None", "None"),
    ]
    assert (steps[0].words, steps[4].words, steps[1].person) == ("ask before", "first this\nthen that", "tor-bergli")
    assert read_steps(steptext.read(steptext.written(steps))) == steps
    assert steptext.told(steps[1]).startswith("B · at least 3 kg · ")
    assert [steptext.told(each) for each in (steps[0], steps[2], steps[3])] == [
        "A · at most 5 · Service owner",
        "C · A number V",
        "D · A number",
    ]


@pytest.mark.parametrize("typed", ["Measure the cells", ": nothing", "a b: two words"])
def test_a_line_without_a_name_and_a_title_is_refused(typed):
    with pytest.raises(Refusal) as refused:
        steptext.read(typed)
    assert (refused.value.reason.code, refused.value.where) == ("stage_not_readable", "steps")


def test_a_procedure_is_said_read_changed_and_ended_in_the_office(house):
    given_desk(house)
    given_request()
    siti = house.browser(SITI)
    said = {
        "code": "laptop-out",
        "supplier": "abc-it",
        "name": "Hand out a laptop",
        "owner": TOR.code,
        "review_by": "2027-06-01",
        "requests": "laptop",
        "steps": TYPED,
    }
    assert "Step 1" not in words(previewed(siti, NEW, **said))
    page = words(saved(siti, NEW, **said))
    assert "Measure the cells · between 11.1 and 12.6 V — not done yet this year" in page
    assert "Swap the cells · Words · only after cells: SKIPPED" in page
    assert "Seal it · A file · may be left open" in page
    fewer = "\n".join(TYPED.strip().splitlines()[:-1])
    page = words(saved(siti, f"{PAGE}do/change/", steps=fewer, valid_from="2026-12-01"))
    assert "4 steps · Gone: Check it" in page
    page = words(saved(siti, f"{PAGE}do/end/", valid_until="2027-12-31"))
    assert "Hand out a laptop" in page
    assert siti.get(PAGE).status_code == 200


def test_whoever_works_by_a_procedure_reads_it_and_does_not_change_it(house):
    given_steps(house)
    case = asked(house, MAYA, queue="", request_type="laptop", answers={"old": "NO"}, text="", at=AT)
    do(house, TOR, case, "cells", at=AT.replace(hour=10), evidence="12")
    ines = house.browser(INES)
    assert "1 time · 0 % skipped · usually 60 minutes of working time" in words(ines.get(PAGE))
    assert ines.get(f"{PAGE}do/change/").status_code in (403, 404)
    assert house.browser(MAYA).get(PAGE).status_code == 404


def test_the_steps_of_a_case_are_shown_with_what_may_be_done(house):
    given_steps(house)
    case = asked(house, MAYA, queue="", request_type="laptop", answers={"old": "NO"}, text="")
    do(house, TOR, case, "hand", at=later(minutes=1))
    runs = procedures.runs(viewer=house.actor(INES), at=later(minutes=2), reference=case)
    page = render_to_string("workbench/_run.html", {"runs": runs, "act_url": "/desk/x/step/"})
    assert "3 steps are in the way of solving it." in page
    assert page.count('value="sign"') == 1
    assert page.count('name="files"') == 1
    assert "depends on: Measure the cells" in page
    assert run(house, INES, case, at=MONDAY).left == 3
