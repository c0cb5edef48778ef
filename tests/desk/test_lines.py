"""Forms and promises as people write them, one line each: what is read comes back as it was written; what is none is named."""

import pytest

from inward.core.terms import Fields, Refusal
from inward.desk import lines
from inward.desk.asking import read_questions
from inward.desk.promises import as_json, read_terms

FORM = """till: Which till? | NUMBER | needed
how: How? | CHOICE dead; slow | help: Look at the lamp
since: Since when? | DAY | if how = slow; dead
more: Anything else: | TEXT"""
TARGETS = "RESPOND = 240 min\nRESPOND URGENT = 30 min\nRESOLVE = 3 days\nRESOLVE LOW = 5 days, end of day"
HOLDS = "CUSTOMER = RESOLVE, UPDATE; 960 min\nSUPPLIER = RESOLVE"


def test_questions_come_back_as_they_were_written():
    questions = read_questions(lines.read_form("\n" + FORM))
    assert [(each.id, each.kind.value, each.needed, each.choices, each.help) for each in questions] == [
        ("till", "NUMBER", True, (), ""),
        ("how", "CHOICE", False, ("dead", "slow"), "Look at the lamp"),
        ("since", "DAY", False, (), ""),
        ("more", "TEXT", False, (), ""),
    ]
    assert questions[2].when.answers == ("slow", "dead")
    assert lines.form_text(questions) == FORM
    assert read_questions(lines.read_form("a: Kind is left out"))[0].kind.value == "TEXT"


def test_promises_come_back_as_they_were_written():
    said = {
        "targets": lines.read_targets(TARGETS.lower()),
        "holds": lines.read_holds(HOLDS),
        "chain": lines.read_chain("\nabc-it=2 \nabc-depot = 1/3"),
    }
    told = as_json(read_terms(Fields(said)))
    assert told["targets"]["RESOLVE"] == {
        "": {"dates": 3, "end": "SAME_CLOCK"},
        "LOW": {"dates": 5, "end": "END_OF_DAY"},
    }
    assert lines.targets_text(told["targets"]) == TARGETS
    assert lines.holds_text(told["holds"]) == HOLDS
    assert lines.chain_text(told["chain"]) == "abc-it = 2\nabc-depot = 1/3"


@pytest.mark.parametrize(
    ("read", "text", "line", "where"),
    [
        (lines.read_form, "a: Till?\nno name", 2, "fields"),
        (lines.read_form, "a: Till? | MAYBE", 1, "fields"),
        (lines.read_targets, "RESPOND = soon", 1, "targets"),
        (lines.read_targets, "RESPOND = 1 min\nRESPOND = 2 min", 2, "targets"),
        (lines.read_targets, "RESOLVE = 1/2 days", 1, "targets"),
        (lines.read_holds, "CUSTOMER", 1, "holds"),
        (lines.read_chain, "abc-it = 2\nabc-depot 2", 2, "chain"),
        (lines.read_holds, "CUSTOMER = OWN\nCUSTOMER = OWN", 2, "holds"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(read, text, line, where):
    with pytest.raises(Refusal) as caught:
        read(text)
    assert (caught.value.reason.code, dict(caught.value.reason.items), caught.value.where) == (
        "line_unfit",
        {"line": line},
        where,
    )
