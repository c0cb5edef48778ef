"""A promise that rests on several departments: who had a case, whose time it used, and who promised that much."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, given_role, given_unit
from tests.cast import INES, MAYA, TOR
from tests.desk.asked import MONDAY, asked, given_desk, kept, later, seen
from tests.desk.promised import given_standard

from inward.core.promises import Link
from inward.core.terms import Refusal
from inward.desk import chains, operations, queries
from inward.desk.figures import figures
from inward.desk.queries import promise_between

HOUR = 3600
TERMS = {
    "targets": {"RESOLVE": {"": {"minutes": 480}, "URGENT": {"minutes": 120}}},
    "chain": [{"place": "abc-it", "share": "1/2"}, {"place": "abc-purchasing", "share": 1}],
}


@pytest.fixture
def desk(house):
    given_desk(house, standard=False)
    given_standard(terms=TERMS)
    operations.set_queue(by=HOUSE, at=AT, code="parts", supplier="abc-purchasing", name="Parts")
    given_role(house.users[TOR.code], "CASE_HANDLER", "abc-purchasing")
    given_role(house.users[INES.code], "SERVICE_OWNER", "abc-purchasing")
    return house


def handed(desk, at):
    reference = asked(desk, MAYA)
    operations.hand_over(by=desk.actor(TOR), at=at, case=reference, queue="parts", words="A part is broken.")
    return reference


def test_each_department_used_what_it_had_the_case_and_takes_the_rest_from_the_other(desk):
    reference = handed(desk, later(hours=1))
    found = seen(desk, TOR, reference, at=later(hours=2)).chain
    assert found.links == (
        Link("abc-it", 160 * 60, HOUR, (), 0),
        Link("abc-purchasing", 320 * 60, HOUR, (), 0),
    )
    assert (found.holder, found.lasts_until) == (
        "abc-purchasing",
        datetime(2026, 12, 1, 8, 20, tzinfo=UTC),
    )  # lunch lies between
    operations.hand_over(
        by=desk.actor(TOR), at=later(hours=2), case=reference, queue="it", words="It is the till after all."
    )
    operations.solve(by=desk.actor(TOR), at=later(hours=5), case=reference, words="It starts.")
    done = seen(desk, TOR, reference, at=later(days=3)).chain
    assert [(link.used, link.taken) for link in done.links] == [
        (3 * HOUR, (("abc-purchasing", 3 * HOUR - 160 * 60),)),
        (HOUR, ()),
    ]


def test_what_is_handed_over_twice_in_one_instant_is_with_whoever_had_it_last(desk):
    reference = handed(desk, later(hours=1))
    operations.hand_over(by=desk.actor(TOR), at=later(hours=1), case=reference, queue="it", words="No, it is ours.")
    found = seen(desk, TOR, reference, at=later(hours=2)).chain
    assert (found.holder, [link.used for link in found.links]) == ("abc-it", [2 * HOUR, 0])


def test_whoever_asked_reads_one_promise_and_nothing_of_how_it_is_kept(desk):
    reference = handed(desk, later(hours=1))
    found = seen(desk, MAYA, reference, at=later(hours=2))
    assert found.chain is None
    assert found.promise.code == "help"


def test_a_colleague_of_the_same_department_takes_it_on_and_the_chain_does_not_move(desk):
    reference = asked(desk, MAYA)
    operations.assign(by=desk.actor(TOR), at=later(hours=1), case=reference, owner=INES.code)
    (first, second) = seen(desk, TOR, reference, at=later(hours=2)).chain.links
    assert (first.used, second.used) == (2 * HOUR, 0)


def test_a_promise_of_one_department_has_no_chain(house):
    given_desk(house)
    assert seen(house, TOR, asked(house, MAYA)).chain is None


def test_the_owner_of_the_service_sees_who_used_whose_time_of_what_is_solved(desk):
    reference = handed(desk, later(hours=1))
    handed_too = asked(desk, MAYA, key="another")
    operations.hand_over(by=desk.actor(TOR), at=MONDAY, case=handed_too, queue="parts", words="This too.")
    going = figures(viewer=desk.actor(INES), at=later(hours=2), days=7)
    assert going.hops == ()  # nothing is solved yet
    operations.solve(by=desk.actor(TOR), at=later(days=1), case=reference, words="Changed.")
    (it, parts) = figures(viewer=desk.actor(INES), at=later(days=2), days=7).hops
    assert (it.place.code, it.count, it.used, it.over, it.taken) == ("abc-it", 1, Fraction(HOUR), 0, 0)
    assert (parts.place.code, parts.count, parts.used, parts.over, parts.taken) == (
        "abc-purchasing",
        1,
        Fraction(6 * HOUR),
        1,
        6 * HOUR - 320 * 60,
    )


def test_a_part_that_nobody_promised_is_said_and_one_that_is_promised_fits(desk):
    day = MONDAY.date()

    def parts():
        record = promise_between(supplier="abc-it", customer=MAYA.code, on=day).record
        return chains.parts(record, on=day)

    own, other = parts()
    assert (own.place, own.budget, own.own, own.fits) == ("abc-it", 160 * 60, True, True)
    assert (other.place, other.budget, other.promise, other.promised, other.fits) == (
        "abc-purchasing",
        320 * 60,
        None,
        None,
        False,
    )
    given_standard("parts", "abc-purchasing", terms={"targets": {"RESOLVE": {"": {"minutes": 321}}}})
    (_, longer) = parts()
    assert (longer.promise.code, longer.promised, longer.fits) == ("parts", 321 * 60, False)
    given_standard("parts", "abc-purchasing", terms={"targets": {"RESOLVE": {"": {"minutes": 320}}}}, valid_from=day)
    (_, fits) = parts()
    assert (fits.promised, fits.fits) == (320 * 60, True)
    given_standard("parts", "abc-purchasing", terms={"targets": {"RESPOND": {"": {"minutes": 5}}}}, valid_from=day)
    (_, answers_only) = parts()
    assert (answers_only.promise, answers_only.fits) == (None, False)


def test_a_department_that_is_not_there_on_the_day_promises_nothing(desk):
    day = MONDAY.date()
    given_unit("abc-depot", "abc", valid_until=day)
    given_standard("depot", "abc-depot", terms={"targets": {"RESOLVE": {"": {"minutes": 5}}}})
    rests = [{"place": "abc-it", "share": 1}, {"place": "abc-depot", "share": 1}]
    given_standard(terms={**TERMS, "chain": rests}, valid_from=day - timedelta(days=1))
    record = promise_between(supplier="abc-it", customer=MAYA.code, on=day).record
    (_, there) = chains.parts(record, on=day - timedelta(days=1))
    (own, gone) = chains.parts(record, on=day)
    assert (there.fits, own.fits, gone.promise, gone.fits) == (True, True, None, False)


@pytest.mark.parametrize(
    ("chain", "code"),
    [
        ([{"place": "abc-it", "share": 0}], "chain_share_not_positive"),
        ([{"place": "abc-it", "share": 1}, {"place": "abc-it", "share": 2}], "chain_place_twice"),
        ([{"place": "nowhere", "share": 1}], "chain_place_unknown"),
        ([{"place": MAYA.code, "share": 1}], "chain_place_unknown"),
        ([{"place": "abc-it", "share": 1, "minutes": 3}], "field_unknown"),
        ([{"place": "abc-it", "share": "some"}], "not_a_number"),
    ],
)
def test_a_chain_that_nobody_can_keep_is_refused_and_nothing_is_changed(desk, chain, code):
    with pytest.raises(Refusal) as caught:
        given_standard(terms={**TERMS, "chain": chain}, valid_from=MONDAY.date())
    assert caught.value.reason.code == code
    assert len(queries.versions(viewer=HOUSE, at=AT, code="help")) == 1


def test_a_chain_of_a_promise_that_says_nothing_about_solving_is_refused(desk):
    with pytest.raises(Refusal) as caught:
        given_standard(terms={**TERMS, "targets": {"OWN": {"": {"minutes": 5}}}}, valid_from=MONDAY.date())
    assert caught.value.reason.code == "chain_of_nothing"
    assert kept(asked(desk, MAYA)).standard.chain == [
        {"place": "abc-it", "share": "0.5"},
        {"place": "abc-purchasing", "share": "1"},
    ]
