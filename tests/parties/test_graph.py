"""Who leads whom on a day: heads, vacancies, deputies, managers, who acts, up to how much. Pure."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inward.core.classification import Company, Person, Unit, WorkKind, WorkRelationship, World
from inward.core.terms import ALWAYS, Money, Period
from inward.parties import graph as g
from inward.parties.graph import Acting, Deputy, Graph, Head, Limit, Managed, Vacancy
from inward.parties.vocabulary import Post, Power

DAY = date(2026, 11, 24)
PEOPLE = ("anna", "bo", "cleo", "dan", "eva")


def work(person, unit=None, period=ALWAYS, company="abc"):
    return WorkRelationship(f"{person}-{unit}-{period.start}", person, company, WorkKind.FULL_TIME, period, unit)


WORK = (work("anna", "centre"), work("bo", "shops"), work("cleo", "centre"), work("dan"))
UNITS = (Unit("shops", "abc"), Unit("centre", "abc", "shops"))


def made(heads=(), deputies=(), limits=(), away=(), works=WORK, units=UNITS):
    world = World.of(
        companies=[Company("abc"), Company("xyz")],
        units=units,
        people=[Person(code) for code in PEOPLE],
        work_relationships=works,
    )

    def grouped(facts, key):
        return {k: tuple(f for f in facts if key(f) == k) for k in {key(f) for f in facts}}

    return Graph(
        world,
        grouped(heads, lambda f: f.place),
        grouped(deputies, lambda f: f.place),
        grouped(limits, lambda f: (f.place, f.post)),
        {person: tuple(p for who, p in away if who == person) for person, _ in away},
    )


BO, ANNA, DAN = Head("shops", "bo", ALWAYS), Head("centre", "anna", ALWAYS), Head("abc", "dan", ALWAYS)
CLEO = Deputy("centre", "cleo", frozenset({Power.SPENDING}), ALWAYS)


def euros(amount):
    return Money.of(amount, "EUR")


class TestHeads:
    def test_a_place_has_the_head_of_the_day(self):
        turn = date(2026, 6, 1)
        here = made([Head("centre", "anna", Period(None, turn)), Head("centre", "cleo", Period(turn))])
        assert g.head_of(here, "centre", turn - timedelta(days=1)) == "anna"
        assert g.head_of(here, "centre", turn) == "cleo"
        assert g.head_of(here, "shops", turn) is None

    def test_whoever_no_longer_works_heads_nothing_and_the_post_is_vacant_since_then(self):
        left = date(2026, 3, 1)
        here = made([ANNA], works=(work("anna", "centre", Period(None, left)),))
        assert g.head_of(here, "centre", left) is None
        assert g.vacancies(here, DAY) == (Vacancy("centre", left), Vacancy("shops", None))
        assert not g.is_vacant(here, "centre", left - timedelta(days=1))

    def test_a_vacancy_of_a_unit_that_opened_later_began_with_it(self):
        opened = date(2026, 1, 1)
        here = made(units=(Unit("shops", "abc", period=Period(opened)),), works=())
        assert g.vacant_since(here, "shops", DAY) == opened
        assert g.is_vacant(here, "shops", opened - timedelta(days=1)) is False

    def test_a_vacancy_goes_back_over_days_on_which_something_else_changed(self):
        first, second = date(2025, 1, 1), date(2026, 1, 1)
        here = made(
            [Head("shops", "bo", Period(None, first)), Head("shops", "eva", Period(second))],
            works=(work("bo", "shops"),),
        )
        assert g.vacant_since(here, "shops", DAY) == first

    def test_a_vacancy_without_a_day_before_it_has_no_beginning(self):
        here = made([Head("shops", "eva", Period(date(2026, 1, 1)))], works=())
        assert g.vacant_since(here, "shops", DAY) is None

    def test_a_closed_unit_is_no_vacancy_and_has_no_path(self):
        here = made(units=(Unit("shops", "abc", period=Period(None, DAY)),), works=())
        assert (g.path(here, "shops", DAY), g.vacancies(here, DAY)) == ((), ())

    def test_a_unit_below_a_closed_one_stands_in_its_company(self):
        shops = Unit("shops", "abc", period=Period(None, DAY))
        here = made(units=(shops, Unit("centre", "abc", "shops", period=Period(None, date(2027, 1, 1)))), works=())
        assert g.path(here, "centre", DAY) == ("centre", "abc")


class TestManagers:
    def test_she_is_managed_at_each_place_where_she_works(self):
        here = made([ANNA, BO, DAN], works=(*WORK, work("cleo", "shops", company="xyz"), work("cleo")))
        assert g.managers_of(here, "cleo", DAY) == (
            Managed("abc", "dan", Acting("dan", "abc", Post.HEAD)),
            Managed("centre", "anna", Acting("anna", "centre", Post.HEAD)),
            Managed("shops", "bo", Acting("bo", "shops", Post.HEAD)),
        )

    def test_whoever_works_in_a_closed_unit_is_managed_in_her_company(self):
        here = made(
            [DAN],
            units=(Unit("shops", "abc", period=Period(None, DAY)),),
            works=(work("bo", "shops"), work("dan")),
        )
        assert g.places_of(here, "bo", DAY) == ("abc",)

    def test_a_head_is_managed_by_the_head_above_and_the_head_of_the_company_by_nobody(self):
        here = made([ANNA, BO, DAN])
        assert g.managers_of(here, "anna", DAY) == (Managed("centre", "bo", Acting("bo", "shops", Post.HEAD)),)
        assert g.managers_of(here, "dan", DAY) == (Managed("abc", None, None),)

    def test_whoever_heads_something_above_is_never_managed_by_somebody_she_leads(self):
        here = made([ANNA, Head("abc", "cleo", ALWAYS)])
        assert g.managers_of(here, "cleo", DAY) == (Managed("centre", None, None),)

    def test_whoever_works_for_nobody_is_managed_by_nobody(self):
        assert g.managers_of(made([ANNA]), "eva", DAY) == ()


class TestActing:
    def test_where_the_head_is_away_her_deputy_acts_for_what_she_stands_in(self):
        here = made([ANNA, BO], [CLEO], away=[("anna", Period(DAY, DAY + timedelta(days=1)))])
        assert g.acting_head(here, "centre", DAY, power=Power.SPENDING) == Acting("cleo", "centre", Post.DEPUTY)
        assert g.acting_head(here, "centre", DAY, power=Power.PEOPLE) == Acting("bo", "shops", Post.HEAD)
        assert g.acting_head(here, "centre", DAY) == Acting("cleo", "centre", Post.DEPUTY)
        tomorrow = DAY + timedelta(days=1)
        assert g.acting_head(here, "centre", tomorrow) == Acting("anna", "centre", Post.HEAD)

    def test_where_the_post_is_vacant_the_deputy_acts_and_then_the_next_filled_post_above(self):
        assert g.acting_head(made([BO], [CLEO]), "centre", DAY) == Acting("cleo", "centre", Post.DEPUTY)
        assert g.acting_head(made([BO]), "centre", DAY) == Acting("bo", "shops", Post.HEAD)
        assert g.acting_head(made([DAN]), "centre", DAY) == Acting("dan", "abc", Post.HEAD)
        assert g.acting_head(made(), "centre", DAY) is None

    def test_a_deputy_is_no_deputy_outside_her_days_without_work_or_while_away(self):
        gone = [Deputy("centre", "cleo", frozenset(Power), Period(None, DAY))]
        assert g.acting_head(made(deputies=gone), "centre", DAY) is None
        assert g.acting_head(made(deputies=[CLEO], works=()), "centre", DAY) is None
        assert g.acting_head(made(deputies=[CLEO], away=[("cleo", ALWAYS)]), "centre", DAY) is None

    def test_of_several_deputies_the_one_named_first_acts(self):
        later = Deputy("centre", "bo", frozenset(Power), Period(date(2026, 2, 1)))
        first = Deputy("centre", "dan", frozenset(Power), Period(date(2026, 1, 1)))
        assert g.acting_head(made(deputies=[later, first]), "centre", DAY).person == "dan"

    def test_whoever_asks_is_never_the_one_who_acts_nor_is_her_own_deputy(self):
        both = [CLEO, Deputy("centre", "dan", frozenset(Power), ALWAYS)]
        assert g.acting_head(made(deputies=both), "centre", DAY).person == "cleo"
        assert g.acting_head(made(deputies=both), "centre", DAY, asker="cleo").person == "dan"
        assert g.acting_head(made([ANNA, DAN], [CLEO]), "centre", DAY, asker="anna").person == "dan"


class TestLimits:
    def test_it_is_that_of_her_strongest_post_looked_for_upward(self):
        head, all_ = Limit("abc", Post.HEAD, euros(1000), ALWAYS), Limit("centre", Post.MEMBER, euros(50), ALWAYS)
        here = made([ANNA], [CLEO], [head, all_])
        assert g.limit_of(here, "anna", "centre", DAY) == head
        assert g.limit_of(here, "cleo", "centre", DAY) == all_
        deputies = Limit("shops", Post.DEPUTY, euros(400), ALWAYS)
        assert g.limit_of(made([ANNA], [CLEO], [head, all_, deputies]), "cleo", "centre", DAY) == deputies

    def test_whoever_heads_what_is_above_has_her_limit_below_too_and_not_the_other_way(self):
        limit = Limit("shops", Post.HEAD, euros(1000), ALWAYS)
        here = made([BO], limits=[limit])
        assert g.limit_of(here, "bo", "centre", DAY) == limit
        here = made([ANNA], limits=[Limit("centre", Post.HEAD, euros(10), ALWAYS)])
        assert g.limit_of(here, "anna", "shops", DAY) is None

    def test_without_a_limit_or_a_post_nothing_may_be_approved(self):
        assert g.limit_of(made([ANNA]), "anna", "centre", DAY) is None
        past = [Limit("centre", Post.HEAD, euros(n), Period(None, DAY)) for n in (9, 10)]
        assert g.limit_of(made([ANNA], limits=past), "anna", "centre", DAY) is None
        assert g.limit_of(made([ANNA], limits=past), "eva", "centre", DAY) is None
        assert g.limit_of(made([ANNA], limits=past), "anna", "nowhere", DAY) is None

    def test_a_deputy_for_other_things_has_no_limit(self):
        people = Deputy("centre", "bo", frozenset({Power.PEOPLE}), ALWAYS)
        limit = Limit("centre", Post.DEPUTY, euros(10), ALWAYS)
        assert g.limit_of(made(deputies=[people], limits=[limit]), "bo", "centre", DAY) is None


# --- whatever is named -------------------------------------------------------------------------------------------------

days = st.integers(-3, 3).map(lambda more: DAY + timedelta(days=more))
periods = st.one_of(
    st.just(ALWAYS),
    days.map(Period),
    days.map(lambda day: Period(None, day)),
    days.map(lambda day: Period(day, day + timedelta(days=2))),
)
units = st.lists(st.integers(-1, 2), min_size=1, max_size=3).map(
    lambda above: [
        Unit(f"u{n}", "abc", None if not 0 <= parent < n else f"u{parent}") for n, parent in enumerate(above)
    ]
)


@st.composite
def graphs(draw):
    tree = draw(units)
    place, person = st.sampled_from([*(unit.id for unit in tree), "abc"]), st.sampled_from(PEOPLE[:3])
    jobs = draw(st.lists(st.tuples(person, st.sampled_from([*(unit.id for unit in tree), None]), periods), max_size=8))
    works = [
        WorkRelationship(f"w{n}", who, "abc", WorkKind.FULL_TIME, period, unit)
        for n, (who, unit, period) in enumerate(jobs)
    ]
    return made(
        draw(st.lists(st.builds(Head, place, person, periods), max_size=6)),
        draw(st.lists(st.builds(Deputy, place, person, st.frozensets(st.sampled_from(Power)), periods), max_size=6)),
        away=draw(st.lists(st.tuples(person, periods), max_size=4)),
        works=works,
        units=tree,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs(), days, st.sampled_from([None, *Power]))
def test_nobody_is_her_own_manager_or_led_by_whom_she_leads_and_every_walk_ends(here, day, power):
    for asker in PEOPLE:
        for each in g.managers_of(here, asker, day, power=power):
            places = g.path(here, each.place, day)
            led = [place for place in places if g.head_of(here, place, day) == asker]
            assert each.manager != asker
            if each.acting is not None:
                assert each.acting.person != asker
                assert each.acting.place in places
                assert places.index(each.acting.place) > max(map(places.index, led), default=-1)
                assert g.at_work(here, each.acting.person, day)
                assert not g.is_away(here, each.acting.person, day)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs(), days)
def test_a_unit_is_vacant_or_headed_and_a_vacancy_begins_where_the_day_before_was_neither(here, day):
    vacant = {each.place: each.since for each in g.vacancies(here, day)}
    for unit in {unit.id for unit in here.world.units}:
        assert (unit in vacant) is (g.head_of(here, unit, day) is None)
    for place, since in vacant.items():
        if since is not None:
            assert g.is_vacant(here, place, since)
            assert not g.is_vacant(here, place, since - timedelta(days=1))
