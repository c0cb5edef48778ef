"""Steps of procedures: what cannot be followed is refused with its place; what is asked follows; two versions are compared."""

import pytest
from tests.desk.stepped import STEPS

from inward.core.terms import Refusal
from inward.desk.steps import (
    Change,
    Need,
    Recorded,
    StepState,
    as_json,
    check_evidence,
    compared,
    in_the_way,
    needs,
    read_steps,
)

DONE, SKIPPED = Recorded(StepState.DONE), Recorded(StepState.SKIPPED, "no cells left")
READ = read_steps(STEPS)
BY_ID = {each.id: each for each in READ}


def step(name, **more):
    return {"id": name, "title": name.title(), **more}


def refusal(act, *values, **more):
    with pytest.raises(Refusal) as refused:
        act(*values, **more)
    return refused.value.reason.code, refused.value.where


def test_what_is_kept_reads_as_it_was_written():
    assert read_steps(as_json(READ)) == READ


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], ("procedure_steps", "steps")),
        ([step(f"s{number}") for number in range(61)], ("procedure_steps", "steps")),
        ([step("a"), step("a")], ("step_twice", "steps[1].id")),
        ([step("a" * 61)], ("text_too_long", "steps[0].id")),
        ([step("a", words="w" * 4001)], ("text_too_long", "steps[0].words")),
        ([step("a", unit="V")], ("step_limits", "steps[0].least")),
        ([step("a", evidence="VALUE", least="2", most="1")], ("step_limits", "steps[0].least")),
        ([step("a", evidence="VALUE", least="much")], ("step_limits", "steps[0].least")),
        ([step("a", evidence="VALUE", most="Infinity")], ("step_limits", "steps[0].most")),
        ([step("a", evidence="HOPE")], ("not_one_of", "steps[0].evidence")),
        ([step("a", colour="red")], ("field_unknown", "steps[0].colour")),
        ([step("a", when={"step": "b", "answers": ["DONE"]}), step("b")], ("step_after", "steps[0].when.step")),
        ([step("a"), step("b", when={"step": "a", "question": "q", "answers": ["1"]})], ("step_after", "steps[1].when.step")),
        ([step("a", when={"question": "q", "answers": []})], ("question_never_asked", "steps[0].when.answers")),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_refused_with_its_place(rows, told):
    assert refusal(read_steps, rows) == told


def test_a_step_is_asked_where_its_condition_holds():
    nothing = needs(READ, {"old": "NO"}, {})
    assert [nothing[each.id] for each in READ] == [Need.NOT_ASKED, Need.ASKED, Need.UNDECIDED, Need.ASKED, Need.ASKED]
    assert needs(READ, {"old": "YES"}, {"cells": SKIPPED})["wipe"] is Need.ASKED
    assert needs(READ, {}, {"cells": SKIPPED})["swap"] is Need.ASKED
    assert needs(READ, {}, {"cells": Recorded(StepState.DONE, "12")})["swap"] is Need.NOT_ASKED


def test_what_hangs_on_a_step_that_is_not_asked_is_not_asked_either():
    chain = read_steps(
        [
            step("a", when={"question": "q", "answers": ["YES"]}),
            step("b", when={"step": "a", "answers": ["DONE"]}),
        ]
    )
    assert needs(chain, {"q": "NO"}, {})["b"] is Need.NOT_ASKED


def test_the_answer_to_an_earlier_step_may_be_its_number_or_words():
    found = read_steps([step("a", evidence="TEXT"), step("b", when={"step": "a", "answers": ["red"]})])
    assert needs(found, {}, {"a": Recorded(StepState.DONE, "red")})["b"] is Need.ASKED
    assert needs(found, {}, {"a": Recorded(StepState.DONE, "blue")})["b"] is Need.NOT_ASKED


def test_what_is_undecided_or_unsigned_is_in_the_way_and_what_does_not_block_is_not():
    def left(recorded):
        return [each.id for each in in_the_way(READ, {"old": "NO"}, recorded)]

    assert left({}) == ["cells", "swap", "hand"]
    assert left({"cells": Recorded(StepState.DONE, "12"), "hand": DONE}) == ["hand"]
    assert left({"cells": Recorded(StepState.DONE, "12"), "hand": Recorded(StepState.DONE, signed=True)}) == []
    assert left({"cells": SKIPPED, "hand": SKIPPED}) == ["swap"]


@pytest.mark.parametrize(
    ("name", "text", "files", "code"),
    [
        ("swap", " ", 0, "step_wants_words"),
        ("seal", "sealed", 0, "step_wants_file"),
        ("cells", "high", 0, "step_wants_number"),
        ("cells", "NaN", 0, "step_wants_number"),
        ("cells", "11.0", 0, "step_value_outside"),
        ("cells", "12.61", 0, "step_value_outside"),
        ("wipe", "w" * 4001, 0, "text_too_long"),
    ],
)
def test_evidence_that_shows_nothing_is_refused(name, text, files, code):
    assert refusal(check_evidence, BY_ID[name], text, files=files)[0] == code


def test_a_number_out_of_one_limit_names_only_that_limit():
    (low,) = read_steps([step("a", evidence="VALUE", least="5")])
    with pytest.raises(Refusal) as refused:
        check_evidence(low, "4", files=0)
    assert dict(refused.value.reason.facts) == {"value": "4", "step": "A", "least": "5"}
    (high,) = read_steps([step("a", evidence="VALUE", most="5")])
    with pytest.raises(Refusal) as refused:
        check_evidence(high, "6", files=0)
    assert dict(refused.value.reason.facts) == {"value": "6", "step": "A", "most": "5"}


def test_limits_themselves_are_within():
    assert check_evidence(BY_ID["cells"], " 11.1 ", files=0) == "11.1"
    assert check_evidence(BY_ID["cells"], "12.6", files=0) == "12.6"


def test_two_versions_are_compared_by_their_steps_with_the_fewest_that_moved():
    one = read_steps([step("a"), step("b"), step("c"), step("d")])
    other = read_steps([step("d"), step("a"), step("b", words="Twice."), step("e")])
    told = [(each.change, (each.after or each.before).id, each.fields) for each in compared(one, other)]
    assert told == [
        (Change.MOVED, "d", ()),
        (Change.CHANGED, "b", ("words",)),
        (Change.ADDED, "e", ()),
        (Change.REMOVED, "c", ()),
    ]
    assert compared(one, one) == ()
