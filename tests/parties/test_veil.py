"""Whose eyes an answer is for: a protected person bears no name for whoever must not know her, and her own for everybody else."""

from dataclasses import replace

import pytest
from django.utils import translation
from tests.builders import ON, given_company, given_person, given_work

from inward.core.terms import Reason
from inward.kit.actor import NOBODY
from inward.kit.policy import NotThere
from inward.parties import queries, telling, veil

pytestmark = pytest.mark.django_db
READER = replace(NOBODY, hidden=frozenset({"eva"}))


@pytest.fixture(autouse=True)
def _organisation():
    given_company("abc", "ABC Retail")
    for code, name, job in (("eva", "Eva Lind", "Cook"), ("ola", "Ola Berg", "Clerk")):
        given_person(code, name)
        given_work(code, "abc", job_title=job)


def test_names_codes_and_jobs_are_those_the_reader_may_know():
    with veil.read_by(READER):
        assert queries.names(["eva", "ola", "abc"]) == {
            "eva": "a protected person",
            "ola": "Ola Berg",
            "abc": "ABC Retail",
        }
        assert queries.name_of("eva") == veil.words() == "a protected person"
        assert (veil.code("eva"), veil.code("ola")) == (veil.CODE, "ola")
        assert queries.jobs(["eva", "ola"], on=ON) == {"ola": "Clerk"}
        subjects = queries.subjects_of(["eva", "ola"])
        called = queries.called(subjects.values())
        assert (called[subjects["eva"]], called[subjects["ola"]]) == ("a protected person", "Ola Berg")
        with translation.override("nb"):
            assert queries.name_of("eva") == "en beskyttet person"
    assert queries.name_of("eva") == "Eva Lind"
    assert queries.jobs(["eva"], on=ON) == {"eva": "Cook"}


def test_what_is_about_her_is_not_there_for_whoever_asks():
    veil.require_open("eva", None)
    with veil.read_by(READER):
        veil.require_open("ola", None)
        with pytest.raises(NotThere):
            veil.require_open("ola", "eva")


def test_a_reason_kept_long_ago_tells_neither_her_name_nor_her_code_nor_what_begins_with_it():
    kept = Reason.of(
        "works_for", person="eva", person_name="Eva Lind", work="eva-abc", company_name="ABC Retail", count=2
    )
    assert telling.told(kept) is kept
    with veil.read_by(READER):
        told = telling.told(kept)
        assert told == Reason.of(
            "works_for",
            person=veil.CODE,
            person_name="a protected person",
            work=veil.CODE,
            company_name="ABC Retail",
            count=2,
        )
        other = Reason.of("works_for", person="evander", person_name="Evander")
        assert telling.told(other) == other
        assert veil.name(veil.CODE, veil.CODE) == "a protected person"


def test_a_name_that_she_bore_when_the_reason_was_kept_is_not_told_either():
    kept = Reason.of("works_for", person="eva", person_name="Eva Strand", company_name="ABC Retail")
    with veil.read_by(READER):
        told = telling.told(kept)
    assert told == Reason.of("works_for", person=veil.CODE, person_name="a protected person", company_name="ABC Retail")


def test_what_was_written_before_is_known_by_her_name_or_code():
    assert not telling.speaks_of_hidden("Dear Eva Lind")
    with veil.read_by(READER):
        assert telling.speaks_of_hidden("to: x", "Dear EVA LIND")
        assert telling.speaks_of_hidden("eva@example.org")
        assert not telling.speaks_of_hidden("Dear Ola Berg")


def test_eyes_close_with_the_request_and_turn_only_within_it():
    with veil.read_by(NOBODY):
        veil.turn_to(READER)
        assert veil.closed() == {"eva"}
    assert veil.closed() == frozenset()
    with pytest.raises(RuntimeError):
        veil.turn_to(READER)
    assert veil.closed() == frozenset()


def test_an_answer_that_goes_on_after_its_request_is_for_the_same_reader():
    with veil.read_by(READER):
        rows = veil.kept_over(queries.name_of(code) for code in ("eva", "ola"))
    assert veil.closed() == frozenset()
    assert next(rows) == "a protected person"
    assert veil.closed() == frozenset()
    assert list(rows) == ["Ola Berg"]
