"""Why what was put aside is not ordered: counted by item, year and reason; told from five people on; never whose it is."""

from datetime import timedelta

import pytest
from tests.builders import AT, HOUSE, given_person, nothing_written
from tests.cast import INES, JONAS, LUCA, MAYA, RATNA, TOR
from tests.trade.test_payments import refused

from inward.kit.actor import NOBODY, Actor
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import queries as parties
from inward.trade import exports, givenup, jobs, operations
from inward.trade.givenup import FEWEST, Left
from inward.trade.models import GivenUp, GivenUpOnce, GivenUpWords, KeptBasket
from inward.trade.vocabulary import GivenUpWhy

DAY = timedelta(days=1)
LATER = AT + 7 * DAY
FIVE = (MAYA, JONAS, INES, LUCA, RATNA)


def aside(house, part=MAYA, at=AT, acting_for=None, **pieces):
    named = {code.replace("_", "-"): count for code, count in (pieces or {"coffee_machine": 1}).items()}
    operations.keep_basket(by=house.actor(part, acting_for=acting_for), at=at, pieces=named)


def said(house, part=MAYA, why=GivenUpWhy.PRICE, at=LATER, words=""):
    return operations.say_given_up(by=house.actor(part), at=at, why=why, words=words)


def left(house, part=MAYA, at=LATER, after_days=7, **more):
    return givenup.left(viewer=house.actor(part, **more), at=at, after_days=after_days)


def five(house, why=GivenUpWhy.PRICE, at=AT):
    for part in FIVE:
        aside(house, part, at=at)
        said(house, part, why, at=at)


def test_what_is_put_aside_is_kept_in_its_order_by_whom_it_is_for_and_gone_when_nothing_is_left(house):
    aside(house, widget_a=2, coffee_machine=1)
    assert list(givenup.kept(house.actor(MAYA)).items()) == [("widget-a", 2), ("coffee-machine", 1)]
    aside(house, INES, acting_for="abc", widget_a=10)
    assert givenup.kept(house.actor(INES)) == {}
    assert givenup.kept(house.actor(INES, acting_for="abc")) == {"widget-a": 10}
    operations.keep_basket(by=house.actor(MAYA), at=AT, pieces={})
    assert KeptBasket.objects.count() == 1
    assert givenup.kept(HOUSE) == {}
    for by in (HOUSE, NOBODY):
        with nothing_written(), pytest.raises(Refused):
            operations.keep_basket(by=by, at=AT, pieces={"widget-a": 1})


def test_it_is_asked_once_so_many_days_after_the_last_change(house):
    aside(house, at=AT - 3 * DAY)
    aside(house)
    assert left(house, at=LATER - DAY) is None
    assert left(house) == Left(AT.date(), ("coffee-machine",))
    said(house)
    assert left(house) is None
    refused("given_up_not_asked", "", lambda: said(house))
    aside(house, coffee_machine=2)
    assert left(house) is not None


def test_whoever_still_wants_it_is_not_asked_again_and_nothing_is_counted(house):
    aside(house)
    operations.ask_no_more(by=house.actor(MAYA), at=LATER)
    assert left(house) is None
    assert GivenUp.objects.count() == 0
    refused("given_up_not_asked", "", lambda: said(house))
    assert givenup.kept(house.actor(MAYA)) == {"coffee-machine": 1}


def test_nobody_counts_twice_for_an_item_in_a_year(house):
    aside(house)
    assert said(house) == 1
    aside(house, coffee_machine=3, widget_a=1, gone=1)
    assert said(house, why=GivenUpWhy.ELSEWHERE) == 1
    counted = [(row.offering.code, row.year, row.why, row.count) for row in GivenUp.objects.order_by("id")]
    assert counted == [("coffee-machine", 2026, "PRICE", 1), ("widget-a", 2026, "ELSEWHERE", 1)]
    aside(house, at=AT + 366 * DAY)
    assert said(house, at=AT + 380 * DAY) == 1


def test_nothing_of_a_person_stands_with_an_answer_nor_an_answer_in_the_audit(house):
    aside(house)
    said(house, why=GivenUpWhy.OTHER, words=" too loud ")
    assert [(row.year, row.words) for row in GivenUpWords.objects.all()] == [(2026, "too loud")]
    names = {field.name for model in (GivenUp, GivenUpWords) for field in model._meta.get_fields()}
    assert names == {"id", "offering", "year", "why", "count", "words"}
    (row,) = AuditRow.objects.filter(act="trade.say_given_up")
    assert (row.thing, row.facts) == ("baskets", {})
    assert MAYA.code not in GivenUpOnce.objects.get().digest


def test_of_fewer_than_five_people_nothing_is_told(house):
    for part in FIVE[: FEWEST - 1]:
        aside(house, part)
        said(house, part)
    assert givenup.views(viewer=HOUSE, at=AT, params={}).rows == ()
    assert list(givenup.told()) == []
    with pytest.raises(NotThere):
        givenup.view(viewer=HOUSE, at=AT, key="2026-coffee-machine")
    aside(house, FIVE[-1])
    said(house, FIVE[-1], GivenUpWhy.OTHER, words="too loud")
    (row,) = givenup.views(viewer=HOUSE, at=AT, params={}).rows
    assert (row.total, row.answers) == (5, {GivenUpWhy.OTHER: 1, GivenUpWhy.PRICE: 4})
    assert givenup.view(viewer=HOUSE, at=AT, key=row.key).words == ("too loud",)


def test_it_is_told_to_those_who_serve_for_the_supplier_or_keep_its_data(house):
    five(house)
    (row,) = givenup.views(viewer=house.actor(TOR), at=AT, params={}).rows
    assert (row.offering.code, row.supplier.code, row.year) == ("coffee-machine", "abc", 2026)
    assert givenup.views(viewer=house.actor(RATNA), at=AT, params={}).rows == ()
    with pytest.raises(NotThere):
        givenup.view(viewer=house.actor(RATNA), at=AT, key=row.key)
    with pytest.raises(Refused):
        givenup.views(viewer=house.actor(MAYA), at=AT, params={})
    assert givenup.years(viewer=house.actor(TOR), at=AT) == (2026,)


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"text": "COFFEE"}, 1),
        ({"text": "widget"}, 0),
        ({"supplier": "xyz"}, 0),
        ({"year": "2026"}, 1),
        ({"year": "2025"}, 0),
    ],
)
def test_it_is_found_by_item_supplier_and_year(house, params, count):
    five(house)
    assert len(givenup.views(viewer=HOUSE, at=AT, params=params).rows) == count


def test_analysis_reads_the_same_counts(house):
    five(house, GivenUpWhy.NOT_NEEDED)
    export = next(each for each in exports.EXPORTS if each.name == "given_up")
    ((offering, year, why, answers),) = export.rows()
    assert (year, why, answers) == (2026, "NOT_NEEDED", 5)
    assert offering == GivenUp.objects.get().offering_id


def test_too_many_words_are_refused(house):
    aside(house)
    refused("text_too_long", "words", lambda: said(house, words="x" * 201))
    for act in (operations.ask_no_more, lambda **asked: operations.say_given_up(**asked, why=GivenUpWhy.PRICE)):
        with nothing_written(), pytest.raises(Refused):
            act(by=NOBODY, at=AT)


def test_what_nobody_touches_for_long_and_what_was_of_the_erased_is_forgotten(house):
    given_person("lena", "Lena Berg")
    aside(house)
    aside(house, JONAS, at=AT + DAY)
    jobs.forget_baskets(at=AT + 91 * DAY)
    assert [row.person.code for row in KeptBasket.objects.all()] == [JONAS.code]
    by = Actor.system("trade.forget_words")
    assert operations.forget_baskets(by=by, at=AT, person_id=parties.keys()["lena"]) == 0
    assert operations.forget_baskets(by=by, at=AT, person_id=parties.keys()[JONAS.code]) == 1
    with nothing_written(), pytest.raises(Refused):
        operations.forget_baskets(by=house.actor(MAYA), at=AT)
