"""Acts and levels as lines: whatever is written is read again as it was, and a line that is none is named."""

import pytest

from inward.core.terms import Refusal
from inward.desk import actlines
from inward.desk.acts import ActKind, read_acts
from inward.desk.casewords import Impact, Urgency
from inward.desk.levels import USUAL, as_json, read_levels

WORDS = "Dear {name},\n\n  set in\nNOTE: no act\nplease: off and on."
EVERY = [
    {"act": "ANSWER", "text": WORDS},
    {"act": "NOTE", "text": "  set in first\nand then"},
    {"act": "ASSIGN"},
    {"act": "ASSIGN", "person": "tor-bergli"},
    {"act": "WEIGH", "impact": "SOME", "urgency": "NOW"},
    {"act": "WATCH", "person": "maya-lund"},
    {"act": "HAND_OVER", "queue": "facilities", "text": "It is the socket.\nNot the till."},
    {"act": "SOLVE", "text": "NOTE: it runs"},
]


def test_acts_are_written_as_lines_and_read_again_as_they_were():
    acts = read_acts(EVERY)
    assert read_acts(actlines.read_acts(actlines.acts_text(acts))) == acts
    rule = read_acts([{"act": "MACRO", "macro": "restart"}], by_rule=True)
    assert actlines.acts_text(rule) == "MACRO: restart"
    assert read_acts(actlines.read_acts("MACRO: restart"), by_rule=True) == rule


def test_words_begin_beside_the_name_and_go_on_below_until_the_next_act():
    found = read_acts(actlines.read_acts("\nANSWER: Dear {name},\nplease wait.\n\nWEIGH: some, now\n\nSOLVE\nDone"))
    assert [(each.kind, each.text) for each in found] == [
        (ActKind.ANSWER, "Dear {name},\nplease wait."),
        (ActKind.WEIGH, ""),
        (ActKind.SOLVE, "Done"),
    ]
    assert (found[1].impact, found[1].urgency) == (Impact.SOME, Urgency.NOW)


@pytest.mark.parametrize(
    ("text", "line"), [("Hello", 1), ("\nWEIGH: soon", 2), ("ASSIGN: tor\nwith words", 2), ("answer: x", 1)]
)
def test_a_line_that_belongs_to_no_act_is_named(text, line):
    with pytest.raises(Refusal) as refused:
        actlines.read_acts(text)
    reason = refused.value.reason
    assert (reason.code, reason.facts["line"], refused.value.where) == ("line_unfit", line, "acts")


def test_levels_are_written_as_lines_and_read_again_as_they_were():
    text = actlines.levels_text(USUAL)
    assert text == "75 % = OWNER\n100 % = OWNER\n100 % = HEAD\n240 min x 3 = HEAD"
    assert read_levels(actlines.read_levels(text)) == USUAL
    assert as_json(read_levels(actlines.read_levels("\n30 min = head\n"))) == [
        {"minutes": 30, "times": 1, "to": "HEAD"}
    ]
    assert actlines.read_levels("") == actlines.read_acts("\n") == []
    with pytest.raises(Refusal) as refused:
        actlines.read_levels("75 % = OWNER\nlater")
    assert (refused.value.reason.facts["line"], refused.value.where) == (2, "levels")
