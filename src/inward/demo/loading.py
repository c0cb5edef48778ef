"""Loads the named world through the doors that users have: import of a world and a catalogue, invitations, roles, orders.

Each step is one call; ``load`` gives them in order with their names, so that whoever loads can show how far it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from itertools import islice
from typing import Any

from inward.access import operations as access
from inward.access import queries as who
from inward.access.vocabulary import EVERYTHING, Role
from inward.catalogue import operations as catalogue
from inward.core.pricing import Comparable, Wanted
from inward.core.running import Rhythm
from inward.core.terms import Money, UnitPrice
from inward.core.terms.money import as_currency
from inward.demo import arrivals, goods, helping, history, register
from inward.demo import people as organisation
from inward.demo.agreements import TERMS
from inward.demo.cast import (
    CHILDREN,
    COMPANIES,
    CONFIDENTIAL,
    DEPUTIES,
    HEADS,
    OFFICE_HOURS,
    OTHER_HOURS,
    PAID_BY,
    PEOPLE,
    SUSPENDED,
    TOO_LITTLE_PAY,
    WORK_STATES,
    ZONES,
)
from inward.kit import clock, worker
from inward.kit.actor import Actor
from inward.kit.intake import Row, RowProblem
from inward.ledger import operations as ledger
from inward.notices import queries as notices
from inward.parties import operations as parties
from inward.parties import queries as known
from inward.parties.vocabulary import MarkKind, OpeningKind, Power
from inward.parties.weeks import WEEKDAYS, Week, read_hours
from inward.trade import budgets, frames, payroll, queries, terms
from inward.trade import operations as trade
from inward.trade.frames import FrameTerms
from inward.trade.framewords import FramePrice
from inward.trade.vocabulary import BudgetRule, DisputeReason
from inward.web.letters import sending as letters

SIGN_INS = (
    ("maya-lund", "shop assistant at ABC Retail: buys for herself at staff price"),
    ("ines-contarini", "buyer of ABC Retail: orders from the sister company XYZ"),
    ("henk-verhoef", "head of purchasing: approves what is above the limit"),
    ("ratna-wijayanti", "XYZ Widgets: sees and delivers what others order"),
    ("luca-bilancini", "group controller: the books of both sides"),
    ("nora-quistgaard", "owner of a café outside the group: list prices"),
)
"""Whom the terminal offers to be."""

Step = Callable[[Callable[[int], None]], object]
_LIMITS = (("abc", "2500.00"), ("xyz", "3000.00"), ("bellavista", "1500.00"))
_HOUSE = Actor.system("demo", via="cli")
SHOPPERS = 60
_ROUND = 10_000
"""Budgets are whole hundreds."""


def load(*, people: int, password: str) -> Iterator[tuple[str, Step]]:
    """The steps that load the demo, in order: (name, act). Each act takes a progress function.

    All of it is known from the first instant of the day on: starting over may come back to that day at an earlier hour
    than the one of loading, and must not find itself before its own data.
    """
    on = clock.now().date()
    at = datetime.combine(on, time.min, tzinfo=UTC)
    return (
        (name, _held_at(at, act))
        for name, act in (
            ("companies, departments and people", lambda _progress: _world(at, people)),
            ("powers, papers and a household", lambda _progress: register.tell(by=_HOUSE, at=at)),
            ("shop, prices and staff schemes", lambda _progress: _shop(at)),
            ("sign-ins and roles", lambda _progress: _invite(password, on)),
            ("a protected address", lambda _progress: _confidential(at)),
            ("who helps, and what is promised", lambda _progress: helping.arrange(at=at)),
            ("books and approval limits", lambda _progress: _books(at)),
            (
                "a year of dealings",
                lambda progress: history.play(
                    on=on, actors=_actors(on), shoppers=_shoppers(on, people), progress=progress
                ),
            ),
            ("budgets", lambda _progress: _budgets(at)),
            ("counted items", lambda _progress: _counts(at)),
            ("a disputed charge", lambda _progress: _dispute(at)),
            (
                "requests for help",
                lambda _progress: helping.play(on=on, actors=_actors(on), askers=_shoppers(on, people)),
            ),
            ("a standing order", lambda _progress: _stand(at)),
            ("somebody who is to be heard", lambda _progress: _suspend(at)),
            ("what became known late", lambda _progress: register.tell_late(by=_HOUSE, at=at)),
            ("a file to check", lambda _progress: _arrive(at)),
            ("letters and numbers", lambda _progress: _settle(at)),
        )
    )


def _held_at(at: datetime, act: Step) -> Step:
    """The act with the clock held there."""

    def held(progress: Callable[[int], None]) -> object:
        with clock.shifted(at):
            known.world()  # kept from here on: an act that had to make it would make it for itself alone, every time
            return act(progress)

    return held


def _world(at: datetime, people: int) -> None:
    on = at.date()
    more = register.rows(on)
    tables = {
        "companies": rows("companies", (*organisation.company_rows(), *more.pop("companies"))),
        "people": rows("people", (person for person, _ in organisation.staff(on, people))),
        "units": rows("units", organisation.unit_rows(on)),
        "holdings": rows("holdings", (*organisation.holding_rows(on), *more.pop("holdings"))),
        "work_relationships": rows("work_relationships", (work for _, work in organisation.staff(on, people))),
        **{name: rows(name, told) for name, told in more.items()},
    }
    outcome = parties.import_world(by=_HOUSE, at=at, tables=tables, source="the named world")
    _refuse_problems(outcome.report.problems)
    known.world()
    _hours(at)
    _leaders(at)
    _states(at)


def _states(at: datetime) -> None:
    """Probation, unpaid leave, notice."""
    for person, company, state, first, last in WORK_STATES:
        parties.note_work_state(
            by=_HOUSE,
            at=at,
            person=person,
            company=company,
            state=state,
            valid_from=at.date() + timedelta(days=first),
            valid_until=at.date() + timedelta(days=last + 1),
            source=parties.Source("the named world"),
        )


def _hours(at: datetime) -> None:
    """Companies work in office hours and keep the holidays of their country; shops and kitchens work otherwise."""
    office = {day: read_hours(OFFICE_HOURS) for day in WEEKDAYS[:5]}
    country = {part.id: part.country for part in COMPANIES}
    for part in COMPANIES:
        if part.units:
            _work_week(at, part.id, office, part.country)
    for unit, days, hours in OTHER_HOURS:
        _work_week(at, unit, dict.fromkeys(days, read_hours(hours)), country[unit.partition("-")[0]])


def _leaders(at: datetime) -> None:
    """Heads since their first day, and those who stand in for them."""
    since = {part.id: at.date() + timedelta(days=part.since) for part in PEOPLE}
    said = parties.Source("the named world")
    for place, person in HEADS:
        parties.name_head(by=_HOUSE, at=at, place=place, person=person, valid_from=since[person], source=said)
    for place, person in DEPUTIES:
        parties.name_deputy(
            by=_HOUSE, at=at, place=place, person=person, powers=tuple(Power), valid_from=since[person], source=said
        )


def _work_week(at: datetime, party: str, week: Week, country: str) -> None:
    parties.set_working_week(
        by=_HOUSE,
        at=at,
        party=party,
        week=week,
        time_zone=ZONES[country],
        holidays_of=country,
        source=parties.Source("the named world"),
    )


def _shop(at: datetime) -> None:
    on = at.date()
    tables = {
        "categories": rows("categories", goods.category_rows()),
        "offerings": rows("offerings", goods.offering_rows(on)),
        "prices": rows("prices", goods.price_rows(on)),
        "schemes": rows("schemes", goods.scheme_rows(on)),
        "tax_rates": rows("tax_rates", goods.tax_rows(on)),
    }
    outcome = catalogue.import_catalogue(by=_HOUSE, at=at, tables=tables, source="the named world")
    _refuse_problems(outcome.report.problems)
    for code, item, price, source, ago in goods.COMPARABLE:
        seen = Comparable(code, item, UnitPrice.of(price, "EUR"), source, on + timedelta(days=ago))
        catalogue.note_comparable(by=_HOUSE, at=at, comparable=seen, source="the named world")
    catalogue.set_family(
        by=_HOUSE, at=at, code="polo", name="Polo shirt", features=("Colour", "Size"), variants=goods.POLO
    )
    catalogue.set_family(
        by=_HOUSE, at=at, code="forklift", name="Forklift licence", features=("Month",), variants=goods.COURSES
    )


def _books(at: datetime) -> None:
    for part in COMPANIES:
        if part.units:
            ledger.open_books(by=_HOUSE, at=at, company=part.id, currency="EUR")
    for party, amount in _LIMITS:
        trade.set_approval_limit(by=_HOUSE, at=at, party=party, limit=Money.of(amount, "EUR"))
    _agree(at)
    person, company = CHILDREN
    trade.note_benefit_fact(
        by=_HOUSE,
        at=at,
        person=person,
        company=company,
        fact="dependent_children",
        valid_from=date(at.year, 1, 1),
        source="Told by herself",
    )


def _budgets(at: datetime) -> None:
    """This year's: Assembly has little left and is told so, purchasing has room and is stopped beyond it. Approvals are reminded."""
    for centre, rule, room in (("xyz-assembly", BudgetRule.WARN, 107), ("abc-purchasing", BudgetRule.STOP, 160)):
        put = partial(
            trade.set_budget, by=_HOUSE, at=at, centre=centre, starts=date(at.year, 1, 1),
            last_day=date(at.year, 12, 31), rule=rule, source="the named world",
        )  # fmt: skip
        used = budgets.one(viewer=_HOUSE, at=at, key=put(amount=Money.zero("EUR"))).used.minor
        put(amount=Money((used * room // 100 // _ROUND + 1) * _ROUND, as_currency("EUR")))
    trade.set_procedure(by=_HOUSE, at=at, party="abc", remind_after=2, source="the named world")


def _counts(at: datetime) -> None:
    """A few items are counted: some are nearly gone, one is gone and expected, one can be ordered beyond what is there."""
    for item, place, pieces, back_order, days in goods.COUNTED:
        trade.count_stock(
            by=_HOUSE,
            at=at,
            offering=item,
            place=place,
            pieces=pieces,
            back_order=back_order,
            expected=None if days is None else at.date() + timedelta(days=days),
            source="the named world",
        )


def _dispute(at: datetime) -> None:
    """Assembly says of what Moulding charged last that fewer came; Moulding has a week to answer."""
    planner = _actors(at.date())("karin-assem", "xyz-assembly")
    handed_over = {"settlement": "COST_CENTRE", "state": "DELIVERED", "limit": "1"}
    for order in queries.orders(viewer=planner, at=at, params=handed_over, which="own").rows:
        trade.dispute_charge(
            by=planner,
            at=at,
            order=order.reference,
            centre="xyz-assembly",
            reason=DisputeReason.QUANTITY,
            words="We counted fewer housings than are charged.",
            due=at.date() + timedelta(days=7),
        )


def _stand(at: datetime) -> None:
    """Assembly has agreed with Moulding on housings once a week, never on the day of the story: its newest entries are the tour's."""
    on, part = at.date(), 60
    planner, item = _actors(on)("karin-assem", "xyz-assembly"), Wanted("housing-20", 5 * part)
    tomorrow = on + timedelta(days=1)
    days = FrameTerms(
        on, on + timedelta(days=34), Rhythm.WEEKLY, each=part, weekday=tomorrow.weekday(), price=FramePrice.AGREED
    )
    whole = frames.whole_price(viewer=planner, at=at, line=item, terms_from=days.starts_on).quote.total
    trade.agree_frame(
        by=planner, at=at, offering=item.offering, quantity=item.quantity, terms=days, expected=whole, key="housings"
    )


def _suspend(at: datetime) -> None:
    """Somebody is said to have sold on what she bought; she has answered, and waits for somebody else's decision."""
    scheme, person, began = SUSPENDED
    suspension = catalogue.suspend_from_scheme(
        by=_actors(at.date())(began, None), at=at, scheme=scheme, person=person, since=at.date(), days=14,
        why="A coffee machine that was bought at staff price is offered on a website.",
    )  # fmt: skip
    catalogue.answer_suspension(
        by=_actors(at.date())(person, None), at=at, suspension=suspension,
        words="It is my neighbour's, with another serial number. I can show mine.",
    )  # fmt: skip


def _agree(at: datetime) -> None:
    """The terms have held for longer than the story; whoever buys in it accepts them with her first order."""
    since = at.date() - timedelta(days=1500)
    for key, texts in TERMS.items():
        about = terms.about_of(key)
        trade.publish_terms(by=_HOUSE, at=at, about=about, texts=texts, valid_from=since, source="the named world")


def _arrive(at: datetime) -> None:
    """Yesterday afternoon a file came in, and waits."""
    administrator = _actors(at.date())(arrivals.BROUGHT_BY, None)
    arrivals.bring(by=administrator, at=at - timedelta(hours=9), on=at.date())


def _tell_payroll(at: datetime) -> None:
    """A month ago and yesterday payroll was told; one line came back."""
    for days in (31, 1):
        day = at.date() - timedelta(days=days)
        key = trade.make_pay_run(by=_HOUSE, at=at, company=PAID_BY, month=day, cut_off=day)
    lines = payroll.lines(viewer=_HOUSE, at=at, params={"run": key, "person": TOO_LITTLE_PAY, "kind": "DEDUCTION"})
    trade.reject_pay_line(by=_HOUSE, at=at, line=lines.rows[0].id, why="Too little pay this month")


def _settle(at: datetime) -> None:
    """What the worker would have done: send each letter of the story in its own hour, then number the postings."""
    _tell_payroll(at)
    for moment in history.moments(at.date()):
        with clock.shifted(moment):
            _work_off(moment)
    worker.plan_recurring(at)
    _work_off(at)


def _work_off(at: datetime) -> None:
    while worker.drain() or notices.due(at=at):
        letters.send_due(at=at)


def rows(name: str, given: Iterable[Mapping[str, Any]]) -> Iterable[Row | RowProblem]:
    """Rows as an import reads them from a file."""
    for line, row in enumerate(given, 2):
        yield Row(f"{name}.csv", line, row)


def _refuse_problems(problems: Iterable[object]) -> None:
    """The named world has no bad rows; if it had, the demo must not start with half of it."""
    found = list(problems)
    if found:
        raise ValueError(found[:3])


def _invite(password: str, on: date) -> None:
    """Every named person who still works somewhere can sign in, with the roles of her part."""
    at = clock.now()
    for part in PEOPLE:
        user = access.invite_user(
            by=_HOUSE,
            at=at,
            username=part.id,
            email=f"{part.id}@example.org",
            person=part.id,
            password=password,
            language=part.language,
            time_zone="Europe/Amsterdam",
        )
        for role, party in part.roles:
            over = None if party == EVERYTHING else party
            access.grant_role(by=_HOUSE, at=at, user=user, role=Role(role), party=over)


def _confidential(at: datetime) -> None:
    """Somebody's address is protected. Yesterday, on duty, the data administrator had to see who she is."""
    who_, opener = CONFIDENTIAL
    parties.mark_person(
        by=_HOUSE,
        at=at,
        person=who_,
        kind=MarkKind.PROTECTED_ADDRESS,
        reason="A court has protected her address; the decision lies with the people team.",
        valid_from=at.date() - timedelta(days=60),
        source=parties.Source("the named world"),
    )
    parties.open_person(
        by=_actors(at.date())(opener, None),
        at=at - timedelta(hours=9),
        person=who_,
        kind=OpeningKind.DUTY,
        reason="Her pay slip came back; I asked her where it should go.",
    )


def _actors(on: date) -> history.Actors:
    """Actors as the edge would resolve them: roles held today hold for the whole year of the story."""
    at = clock.now()

    @cache
    def actor(person: str, acting_for: str | None) -> Actor:
        user = who.user_named(person)
        if user is None:  # somebody without a sign-in, who bought at the counter
            return Actor(
                user=None, person=person, acting_for=None, grants=(), via="cli", subject=known.subject_of(person)
            )
        return who.actor_for(user, acting_for=acting_for, via="cli", at=at)

    return actor


def _shoppers(on: date, people: int) -> list[str]:
    """Staff of ABC Retail without a part in the story who have worked there all year: they buy in its shop."""
    year_ago, parts = organisation.day(on, -370), {part.id for part in PEOPLE}
    steady = (
        row["person"]
        for _, row in organisation.staff(on, people)
        if row["valid_from"] < year_ago
        and not row["valid_until"]
        and row["person"] not in parts
        and row["company"] == "abc"
        and row["kind"] in ("FULL_TIME", "PART_TIME")
    )
    return list(islice(steady, SHOPPERS))
