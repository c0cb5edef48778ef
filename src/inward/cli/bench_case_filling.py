"""Fills the database of ``inward bench --cases``: departments that help, and years of what was asked of them.

Some hundred cases are played through the operations that everybody has, each on its own days; then their rows are multiplied by
SQL, asked by others with words of their own. Events and calendars of a copy are those of its original, so its clocks are what a
replay says (``differing`` looks). Not a command.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from inward.cli.bench_filling import Buyer, shoppers, signed_in

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from inward.kit.actor import Actor

STORIES: Final = 600
"""So many cases are played; the others are copies of them."""
WITH_HISTORY: Final = 360_000
"""So many cases have events, messages and findable words, about a million messages; older ones are rows of lists alone."""
HANDLER, OWNER, EVERYWHERE, PERSONNEL = "sam-techter", "noor-dewit", "tor-bergli", "wilma-kuiper"
"""Who handles for IT, who owns its service, who handles for every department, and who for personnel, which is confidential."""
COMMON, RARE = "printer", "q17x55"
"""A word that stands in every fifth case, and one that stands in a few messages."""

_SEED: Final = 20260103
_QUEUES: Final = ("abc-it",) * 12 + ("shops-care",) * 4 + ("plant",) * 2 + ("marketing",) + ("abc-hr",)
_HANDLERS: Final = {
    "abc-it": (HANDLER, OWNER),
    "shops-care": (EVERYWHERE,),
    "plant": (EVERYWHERE,),
    "marketing": (EVERYWHERE,),
    "abc-hr": (PERSONNEL,),
}
_SUBJECTS: Final = (
    f"The {COMMON} stands still",
    "A till shows an error",
    "Access to the accounts",
    "The telephone is silent",
    "The delivery is not here",
)
_WORDS: Final = (
    *("since", "this", "morning", "nobody", "here", "can", "work", "with", "it", "shop", "office", "screen", "light"),
    *(
        "door",
        "network",
        "drawer",
        "customer",
        "waits",
        "again",
        "error",
        "number",
        "cable",
        "switch",
        "report",
        "page",
    ),
)
_ONE_IN_UNDER_WAY: Final = 20
_YEARS: Final = 2
_RECENT_DAYS: Final = 6
_COPIED: Final = 50_000


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is asked as: a customer, whoever handles for IT, and whoever handles for every department."""

    customer: Buyer
    handler: Buyer
    everywhere: Buyer


def open_desk(at: datetime) -> Desk:
    """The queues, promises and working weeks of the named world, and who handles what is asked."""
    from inward.access import operations as access
    from inward.access.vocabulary import EVERYTHING, Role
    from inward.demo import helping
    from inward.kit.actor import Actor
    from inward.parties import operations as parties
    from inward.parties.weeks import read_hours

    house, hours = Actor.system("bench", via="cli"), read_hours("09:00-12:00, 13:00-17:00")
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), hours)
    for company in ("abc", "xyz", "bellavista"):
        parties.set_working_week(by=house, at=at, party=company, week=week, time_zone="Europe/Amsterdam")
    helping.arrange(at=at)
    granted = {
        HANDLER: (Role.CASE_HANDLER, "abc-it"),
        OWNER: (Role.SERVICE_OWNER, "abc-it"),
        EVERYWHERE: (Role.CASE_HANDLER, EVERYTHING),
        PERSONNEL: (Role.CASE_HANDLER, "abc-hr"),
    }
    users = {
        person: access.invite_user(by=house, at=at, username=person, person=person)
        for person in (shoppers(at)[0], *granted)
    }
    for person, (role, party) in granted.items():
        access.grant_role(by=house, at=at, user=users[person], role=role, party=None if party == EVERYTHING else party)
    signed = {person: signed_in(user, person, at) for person, user in users.items()}
    return Desk(next(iter(signed.values())), signed[HANDLER], signed[EVERYWHERE])


def load_cases(at: datetime, count: int) -> dict[str, float | int]:
    """So many cases over two years; one in twenty is under way. How many were played, copied and are findable, and how long it took."""
    stories = min(STORIES, count)
    began = time.perf_counter()
    for number in range(stories):
        _play(number, stories, at)
    played = time.perf_counter() - began
    began = time.perf_counter()
    copies = max(count // stories - 1, 0)
    if copies:
        _multiply(copies, min(copies, max(WITH_HISTORY // stories - 1, 1)), [*shoppers(at)])
    return {
        "cases": stories * (copies + 1),
        "played": stories,
        "playing_s": round(played, 1),
        "copying_s": round(time.perf_counter() - began, 1),
        "messages": _rows("desk_casemessage"),
        "events": _rows("desk_caseevent"),
    }


def differing(at: datetime, most: int = 200) -> int:
    """How many of the latest and of the earliest cases with a history have other clocks on their row than a replay says."""
    from inward.desk import cases, clocks
    from inward.kit.actor import Actor

    house, found = Actor.system("bench", via="cli"), 0
    for sort in ("-id", "number"):
        rows = cases.served(viewer=house, at=at, params={"sort": sort, "limit": str(min(most, 200))}).rows
        for row in rows:
            view = cases.case(viewer=house, at=at, reference=row.reference)
            due = clocks.due_next(view.runs)
            told = any(each.act.value == "OPENED" for each in view.happened)
            found += told and (row.due_at, row.due_measure) != (due.at, due.measure)
    return found


# --- played -----------------------------------------------------------------------------------------------------------


def _play(number: int, stories: int, at: datetime) -> None:
    """One case from beginning to end, or as far as it has come."""
    from inward.desk import operations as desk
    from inward.desk.operations import Ask
    from inward.desk.vocabulary import HoldReason
    from inward.kit import versions

    chance, people = Random(_SEED + number), shoppers(at)  # noqa: S311 - the same cases every time, no secret
    queue, who = _QUEUES[number % len(_QUEUES)], people[number % len(people)]
    going = stories - number <= stories // _ONE_IN_UNDER_WAY
    opened = _opened(number, stories, at, going=going)
    handler, subject = chance.choice(_HANDLERS[queue]), _SUBJECTS[number % len(_SUBJECTS)]
    with versions.seen_once():
        asks, handles = _actor(who, at), _actor(handler, at)
        ask = Ask(queue=queue, subject=subject, text=_said(chance))
        case = desk.open_case(by=asks, at=opened, key=f"bench {number}", ask=ask).reference
        step, how = timedelta(minutes=chance.randrange(5, 400)), number % 4
        if going and how == 0:  # nobody has taken it on
            return
        desk.answer(by=handles, at=opened + step, case=case, text=_said(chance))
        if going and how == 1:
            desk.pause(by=handles, at=opened + 2 * step, case=case, reason=HoldReason.CUSTOMER, words=_said(chance))
        if going:
            return
        desk.solve(by=handles, at=opened + 3 * step, case=case, words=_said(chance))
        desk.confirm(by=asks, at=opened + 4 * step, case=case, solved=True)


def _opened(number: int, stories: int, at: datetime, *, going: bool) -> datetime:
    """In their order over the years; what is under way, within the last days."""
    first = at - timedelta(days=365 * _YEARS)
    if not going:
        return first + (at - timedelta(days=_RECENT_DAYS + 4) - first) * number / stories
    left = stories - number
    return at - timedelta(days=1) - timedelta(days=_RECENT_DAYS) * left * _ONE_IN_UNDER_WAY / stories


def _actor(person: str, at: datetime) -> "Actor":
    from inward.access import queries as access
    from inward.kit.actor import Actor
    from inward.parties import queries as parties

    user = access.user_named(person)
    if user is not None:
        return access.actor_for(user, via="cli", at=at)
    return Actor(user=None, person=person, acting_for=None, grants=(), via="cli", subject=parties.subject_of(person))


def _said(chance: Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randrange(8, 40))).capitalize() + "."


# --- multiplied by SQL ------------------------------------------------------------------------------------------------

_TABLES: Final = ("desk_case", "desk_casemessage", "desk_caseevent", "desk_caseconcern", "kit_searchentry")
_FOUND: Final = (
    "CREATE TEMPORARY TABLE bench_found AS SELECT e.id, m.id AS message FROM desk_casemessage m "
    "JOIN desk_case o ON o.id = m.case_id JOIN kit_searchentry e ON e.kind = 'case' AND e.ref = o.reference || '#' || m.id"
)
_ENTRIES: Final = (
    "kit_searchentry s JOIN bench_found f ON f.id = s.id JOIN desk_casemessage m ON m.id = f.message "
    "JOIN bench_story b ON b.id = m.case_id JOIN desk_case o ON o.id = m.case_id CROSS JOIN bench_copy c"
)
_PEER: Final = (
    "LEFT JOIN bench_peer p ON p.party = {column} LEFT JOIN bench_peer q ON q.place = (p.place + c.k) % {peers}"
)


@dataclass(frozen=True, slots=True)
class _Copies:
    """How rows become copies: how many of each, how many with a history, how many people ask in turn, the first number."""

    count: int
    with_history: int
    peers: int
    number: int
    bottom: int
    top: int
    """The lowest and the highest key there is: copies lie below them, in the order of their originals."""

    def key(self, column: str) -> str:
        return f"{self.bottom} - ({self.top} - {column}) * {self.count + 1} - c.k"

    def word(self, story: str) -> str:
        """A word that no other case has."""
        return f"'q' || c.k || 'x' || {story}.place"


def _multiply(count: int, with_history: int, people: Sequence[str]) -> None:
    """Copies of everything that was played, asked by each of these people in turn."""
    from django.db import connection

    from inward.kit import numbers
    from inward.kit.transaction import savepoint

    number = numbers.reserved("desk.case", STORIES * count).start
    with savepoint(), connection.cursor() as cursor, _unhindered(cursor):
        bottom, top = _prepare(cursor, people)
        copies = _Copies(count, with_history, len(people), number, bottom, top)
        for first in range(1, count + 1, step := max(_COPIED // STORIES, 1)):
            for table, source, said in _parts(copies):
                last = min(first + step - 1, count if table == "desk_case" else with_history)
                if first <= last:
                    _copy(cursor, table, source, said, (first, last))


def _parts(copies: _Copies) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Each table: where its rows come from, and what in them is otherwise than in the original (by column)."""
    key, word = copies.key, copies.word("b")
    story = "JOIN bench_story b ON b.id = s.case_id JOIN desk_case o ON o.id = s.case_id"
    peer = _PEER.format(column="{column}", peers=copies.peers)
    asked = {
        "id": key("s.id"),
        "number": f"{copies.number} + b.place * {copies.count} + c.k - 1",
        "reference": "s.reference || 'x' || c.k",
        "customer_id": "COALESCE(q.party, s.customer_id)",
        "person_id": "COALESCE(q.party, s.person_id)",
    }
    yield (
        "desk_case",
        f"desk_case s JOIN bench_story b ON b.id = s.id CROSS JOIN bench_copy c {peer.format(column='s.person_id')}",
        asked,
    )
    within = {"id": key("s.id"), "case_id": key("s.case_id")}
    by = peer.format(column="s.person_id")
    yield (
        "desk_casemessage",
        f"desk_casemessage s {story} CROSS JOIN bench_copy c {by}",
        within | {"person_id": "COALESCE(q.party, s.person_id)", "text": f"s.text || ' ' || {word}"},
    )
    yield (
        "desk_caseconcern",
        f"desk_caseconcern s {story} CROSS JOIN bench_copy c {by}",
        within | {"person_id": "COALESCE(q.party, s.person_id)"},
    )
    told = "LEFT JOIN bench_peer p ON p.subject = s.subject LEFT JOIN bench_peer q ON q.place = (p.place + c.k)"
    yield (
        "desk_caseevent",
        f"desk_caseevent s {story} CROSS JOIN bench_copy c {told} % {copies.peers}",
        within | {"subject": "COALESCE(q.subject, s.subject)"},
    )
    reference = f"o.reference || 'x' || c.k || '#' || ({key('m.id')})"
    words = f"lower(replace(replace(replace({reference}, '-', ' '), '_', ' '), '#', ' '))"
    yield (
        "kit_searchentry",
        _ENTRIES,
        {
            "id": key("s.id"),
            "ref": reference,
            "body": f"s.body || ' ' || {word}",
            "words": f"{words} || ' ' || s.words || ' ' || {word}",
        },
    )


def _prepare(cursor: "CursorWrapper", people: Sequence[str]) -> tuple[int, int]:
    """What is copied, how often, and who asks in turn, as tables of this connection; the lowest and the highest key."""
    from inward.parties import queries as parties

    keys, subjects = parties.keys(), parties.subjects_of(people)
    for statement in (
        "CREATE TEMPORARY TABLE bench_story AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM desk_case",
        "CREATE TEMPORARY TABLE bench_copy (k bigint)",
        "CREATE TEMPORARY TABLE bench_peer (place bigint, party bigint, subject text)",
        _FOUND,
    ):
        cursor.execute(statement)
    cursor.executemany(
        "INSERT INTO bench_peer VALUES (%s, %s, %s)",
        [(place, keys[person], subjects[person]) for place, person in enumerate(people)],
    )
    for table in ("bench_story", "bench_peer", "bench_found"):
        cursor.execute(f"ANALYZE {table}")
    keys_of = " UNION ALL ".join(f"SELECT id FROM {table}" for table in _TABLES)  # noqa: S608 - our own
    cursor.execute(f"SELECT min(id), max(id) FROM ({keys_of}) AS every_key")  # noqa: S608 - our own
    bottom, top = cursor.fetchone()
    return int(bottom), int(top)


def _copy(cursor: "CursorWrapper", table: str, source: str, said: Mapping[str, str], which: tuple[int, int]) -> None:
    from django.db import connection

    cursor.execute("DELETE FROM bench_copy")
    cursor.executemany("INSERT INTO bench_copy VALUES (%s)", [(k,) for k in range(which[0], which[1] + 1)])
    cursor.execute("ANALYZE bench_copy")
    columns = [found.name for found in connection.introspection.get_table_description(cursor, table)]
    into = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(said.get(name, f's."{name}"') for name in columns)
    statement = f"INSERT INTO {table} ({into}) SELECT {values} FROM {source} ORDER BY s.id, c.k"  # noqa: S608 - our own
    cursor.execute(statement.replace("%", "%%"), [])


@contextmanager
def _unhindered(cursor: "CursorWrapper") -> Iterator[None]:
    """Without asking of each of millions of references whether what it refers to is there: it is."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = origin")


def _rows(table: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own
        return int(cursor.fetchone()[0])
