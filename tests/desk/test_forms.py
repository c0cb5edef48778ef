"""The form of a request, as a value: what can be asked, and what is an answer."""

import pytest

from inward.core.terms import Refusal
from inward.desk import asking


def question(**more):
    return {"id": "q", "label": "Question?", "kind": "TEXT", **more}


def unfit(*questions):
    with pytest.raises(Refusal) as caught:
        asking.read_questions(list(questions))
    return caught.value.reason.code, caught.value.where


def test_a_form_is_read_and_written_alike():
    form = [
        question(needed=True, help="In a few words"),
        question(id="r", kind="CHOICE", choices=["A", "B"], when={"question": "q", "answers": ["x", "y"]}),
    ]
    read = asking.read_questions(form)
    assert asking.read_questions(asking.as_json(read)) == read
    assert (read[0].needed, read[0].help, read[1].choices, read[1].when.answers) == (
        True,
        "In a few words",
        ("A", "B"),
        ("x", "y"),
    )


@pytest.mark.parametrize(
    ("more", "code", "where"),
    [
        ({"kind": "HTML"}, "not_one_of", "fields[0].kind"),
        ({"kind": "CHOICE"}, "question_choices", "fields[0].choices"),
        ({"choices": ["A"]}, "question_choices", "fields[0].choices"),
        ({"kind": "CHOICE", "choices": ["A", "A"]}, "question_choices", "fields[0].choices"),
        ({"kind": "CHOICE", "choices": ["A", " "]}, "question_choices", "fields[0].choices"),
        ({"when": {"question": "q", "answers": ["x"]}}, "question_after", "fields[0].when.question"),
        ({"label": "x" * 201}, "text_too_long", "fields[0].label"),
        ({"unknown": 1}, "field_unknown", "fields[0].unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_place(more, code, where):
    assert unfit(question(**more)) == (code, where)


def test_two_questions_are_not_called_alike_nor_asked_after_no_answer_and_a_form_ends():
    assert unfit(question(), question()) == ("question_twice", "fields[1].id")
    assert unfit(question(), question(id="r", when={"question": "q", "answers": []})) == (
        "question_never_asked",
        "fields[1].when.answers",
    )
    assert unfit(*(question(id=str(n)) for n in range(41))) == ("form_too_long", "fields")


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("TEXT", "one line", "two\nlines"),
        ("LONG_TEXT", "two\nlines", "x" * 4001),
        ("NUMBER", "-2.50", "NaN"),
        ("NUMBER", "7", "seven"),
        ("DAY", "2028-02-29", "2027-02-29"),
        ("YES_NO", "YES", "yes"),
        ("TEXT", "x" * 200, "x" * 201),
    ],
)
def test_an_answer_is_what_was_asked_for(kind, good, bad):
    form = asking.read_questions([question(kind=kind)])
    assert asking.read_answers(form, {"q": f" {good} "}) == {"q": good}
    with pytest.raises(Refusal) as caught:
        asking.read_answers(form, {"q": bad})
    assert caught.value.where == "answers.q"


def test_what_is_not_asked_is_not_needed_nor_kept_and_hides_what_depends_on_it():
    form = asking.read_questions(
        [
            question(kind="YES_NO"),
            question(id="r", needed=True, when={"question": "q", "answers": ["YES"]}),
            question(id="s", needed=True, when={"question": "r", "answers": ["go"]}),
        ]
    )
    assert asking.read_answers(form, {"q": "NO", "r": "go", "s": "x"}) == {"q": "NO"}
    assert asking.read_answers(form, {"q": "YES", "r": "stop", "s": "x"}) == {"q": "YES", "r": "stop"}
    with pytest.raises(Refusal) as caught:
        asking.read_answers(form, {"q": "YES", "r": "go"})
    assert (caught.value.reason.code, caught.value.where) == ("answer_missing", "answers.s")
    assert asking.read_answers(form, {}) == {}
