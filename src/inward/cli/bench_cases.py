"""What ``inward bench --cases`` measures on one database: to ask for help, answer and close over HTTP; lists, pages, search.

Beside each figure stand how many statements it takes in process, what they alone take, and how long this process computes. The
cases are made by ``bench_case_filling``. Not a command.
"""

import itertools
import json
import logging
import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from inward.cli import bench_case_filling as filling
from inward.cli import bench_filling
from inward.cli.bench_case_filling import COMMON, RARE, Desk
from inward.cli.bench_filling import Buyer
from inward.cli.bench_http import Client, Measured, Request, one_by_one, pages_of, server, summary, timed
from inward.cli.benching import versions
from inward.cli.setup import prepare

DEEP: Final = 20
"""How many pages on a deep page is."""
_TIMES: Final = 15
_API: Final = "/api/v1/cases"
_UNDER_WAY: Final = f"{_API}?which=under_way"

LISTS: Final = {
    "under_way_due_first": _UNDER_WAY,
    "of_a_queue": f"{_UNDER_WAY}&queue=abc-it",
    "by_state": f"{_UNDER_WAY}&state=WAITING",
    "mine": f"{_UNDER_WAY}&owner={filling.HANDLER}",
    "late": f"{_UNDER_WAY}&missed=True",
    "all_latest_first": f"{_API}?which=served",
    "all_of_a_state": f"{_API}?which=served&state=SOLVED",
    "all_of_mine_changed_last": f"{_API}?which=served&owner={filling.HANDLER}&sort=-changed",
    "all_outside_the_group": f"{_API}?which=served&standing=EXTERNAL",
    "search_common_word": f"{_API}?which=served&text={COMMON}",
    "search_rare_word": f"{_API}?which=served&text={RARE}",
    "search_two_words": f"{_API}?which=served&text={COMMON}%20{RARE}",
}
"""What a case handler asks the API, fifty rows each."""
PAGES: Final = {"desk_web": "/desk/", "board_web": "/desk/board/"}
OWN: Final = {"asked_by_customer": _API, "asked_by_customer_text": f"{_API}?text=printer"}
OWN_PAGES: Final = {"requests_web": "/requests/", "help_web": "/help/"}


def measure(leg: str, people: int, cases: int, seconds: float) -> dict[str, object]:
    """Everything about cases on one database."""
    prepare()
    from inward.cli.migrate import migrate
    from inward.kit import clock

    at = clock.now()
    migrate()
    bench_filling.load_world(at, people)
    desk = filling.open_desk(at)
    filled = filling.load_cases(at, cases)
    bench_filling.tidy()
    found: dict[str, object] = {
        "versions": versions(),
        "people": people,
        "filled": filled | {"clocks_that_differ_from_a_replay": filling.differing(at)},
        "clock_us": _clock(at),
    }
    logging.disable()  # what is asked in process is asked here: no line for each
    with server(workers=1 if leg == "sqlite" else 2) as port:
        asked = _Asked(port, seconds / 4)
        found["acts"] = asked.acts(desk)
        found["lists"] = {
            f"{name}{of}": asked.list(who, address)
            for of, who in (("", desk.handler), ("_everywhere", desk.everywhere))
            for name, address in LISTS.items()
        }
        found["lists_of_the_customer"] = {name: asked.list(desk.customer, address) for name, address in OWN.items()}
        found["pages"] = asked.pages(desk)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """A server that is asked, each thing for so many seconds."""

    port: int
    seconds: float

    def list(self, who: Buyer, address: str) -> dict[str, object]:
        """A list: its first page, and one that lies deep."""
        found: dict[str, object] = {"first": self._measured(who, ("GET", address, None, ""))}
        deep = self._deep(who, address)
        return found if deep is None else found | {"deep": self._measured(who, ("GET", deep, None, ""))}

    def pages(self, desk: Desk) -> dict[str, object]:
        """Pages of the web, with a session."""
        case = self._some_case(desk)
        told = [(name, desk.handler, address) for name, address in PAGES.items()]
        told += [(f"{name}_everywhere", desk.everywhere, address) for name, address in PAGES.items()]
        told += [
            ("case_web", desk.handler, f"/desk/{case}/"),
            ("case_beside_the_list_web", desk.handler, f"/desk/?case={case}"),
        ]
        told += [(name, desk.customer, address) for name, address in OWN_PAGES.items()]
        return {
            name: pages_of(self.port, who, address, self.seconds) | _inside(_web(who), ("GET", address, None, ""))
            for name, who, address in told
        }

    def acts(self, desk: Desk) -> dict[str, Measured]:
        """Ask, answer, solve and confirm, one case after the other; and each of them in process."""
        customer, handler = Client(self.port, desk.customer), Client(self.port, desk.handler)
        times: dict[str, list[float]] = {}
        end, count = time.perf_counter() + self.seconds * 4, itertools.count()
        while time.perf_counter() < end:
            for name, took in _one_case(customer.call, handler.call, f"case-{next(count)}"):
                times.setdefault(name, []).append(took)
        customer.close()
        handler.close()
        in_all = [sum(parts) for parts in zip(*times.values(), strict=True)]
        found = {name: summary(took[len(took) // 10 :], sum(took)) for name, took in times.items()}
        inside = _acts_inside(desk)
        return {name: told | inside[name] for name, told in found.items()} | {"in_all": summary(in_all, sum(in_all))}

    def _measured(self, who: Buyer, request: Request) -> Measured:
        return one_by_one(self.port, who, lambda _n: request, self.seconds) | _inside(_api(who), request)

    def _deep(self, who: Buyer, address: str) -> str | None:
        client, cursor = Client(self.port, who), None
        for _ in range(DEEP):
            more = "" if cursor is None else f"{'&' if '?' in address else '?'}cursor={cursor}"
            cursor = json.loads(client.call(("GET", address + more, None, "")))["next"]
            if cursor is None:
                break
        client.close()
        return None if cursor is None else f"{address}{'&' if '?' in address else '?'}cursor={cursor}"

    def _some_case(self, desk: Desk) -> str:
        client = Client(self.port, desk.handler)
        rows = json.loads(client.call(("GET", f"{_UNDER_WAY}&limit=1", None, "")))["items"]
        client.close()
        return str(rows[0]["reference"])


Call = Callable[[Request], bytes]


def _one_case(customer: Call, handler: Call, key: str) -> Iterator[tuple[str, float]]:
    """A case from beginning to end: how long each act took."""
    key = f"{key} {secrets.token_hex(4)}"
    asked = {
        "queue": "abc-it",
        "subject": "The printer stands still",
        "text": f"It has not moved since this morning. {key}",
    }
    answers: list[bytes] = []
    yield "create", timed(lambda: answers.append(customer(("POST", _API, asked, key))))
    case = f"{_API}/{json.loads(answers[0])['reference']}"
    said = {"text": "Please switch it off and on again."}
    yield "answer", timed(lambda: handler(("POST", f"{case}/answer", said, "")))
    yield "write", timed(lambda: customer(("POST", f"{case}/write", {"text": "It still stands."}, "")))
    yield "solve", timed(lambda: handler(("POST", f"{case}/solve", {"words": "The cable was loose."}, "")))
    yield "confirm", timed(lambda: customer(("POST", f"{case}/confirm", {"solved": True}, "")))


# --- in process: statements, and what they alone take -------------------------------------------------------------------


@dataclass(slots=True)
class _Statements:
    """How many statements were asked, and how long the database took for them, in seconds."""

    count: int = 0
    took: float = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - as Django calls it
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.took += time.perf_counter() - began
            self.count += 1


@contextmanager
def _counting() -> Iterator[_Statements]:
    from django.db import connection

    counted = _Statements()
    with connection.execute_wrapper(counted):
        yield counted


def _api(who: Buyer) -> Call:
    from django.test import Client as InProcess

    return _called(InProcess(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {who.token}"}))


def _web(who: Buyer) -> Call:
    from django.conf import settings
    from django.test import Client as InProcess

    client = InProcess(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = who.session
    return _called(client)


def _called(client: Any) -> Call:
    def call(request: Request) -> bytes:
        method, path, body, key = request
        headers = {"Idempotency-Key": key} if key else {}
        content = "" if body is None else json.dumps(body)
        answer = client.generic(method, path, content, "application/json", headers=headers)
        if not 200 <= answer.status_code < 300:  # noqa: PLR2004 - success
            raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:300]!r}")
        return bytes(answer.content)

    return call


def _inside(call: Call, request: Request) -> Measured:
    """Asked in process: its statements, what they alone take (no answer can be faster), and what this process computes."""
    for _ in range(3):
        call(request)
    return _counted([lambda: call(request)] * _TIMES)


def _counted(calls: list[Callable[[], object]]) -> Measured:
    took, worked, count = [], [], 0
    for call in calls:
        with _counting() as counted:
            began = time.process_time()
            call()
            worked.append(time.process_time() - began)
        took.append(counted.took)
        count = counted.count
    return {
        "statements": count,
        "limit_statements_alone_ms": round(statistics.median(took) * 1e3, 2),
        "processor_ms": round(statistics.median(worked) * 1e3, 2),
    }


def _acts_inside(desk: Desk) -> dict[str, Measured]:
    """Each act in process, the median of some cases."""
    customer, handler, found = _api(desk.customer), _api(desk.handler), dict[str, list[_Statements]]()
    worked = dict[str, list[float]]()
    for number in range(_TIMES + 3):
        one = _one_case(customer, handler, f"inside-{number}")
        while True:
            with _counting() as counted:
                began = time.process_time()
                told = next(one, None)
                spent = time.process_time() - began
            if told is None:
                break
            found.setdefault(told[0], []).append(counted)
            worked.setdefault(told[0], []).append(spent)
    return {
        name: {
            "statements": counts[-1].count,
            "limit_statements_alone_ms": round(statistics.median(each.took for each in counts[3:]) * 1e3, 2),
            "processor_ms": round(statistics.median(worked[name][3:]) * 1e3, 2),
        }
        for name, counts in found.items()
    }


def _clock(at: datetime) -> dict[str, float]:
    """Microseconds of the core for one clock: a case of six events replayed with its clocks, and a clock that only runs."""
    from inward.core.promises import Event, Happening, replay
    from inward.desk import queries

    promise = queries.promise_between(supplier="abc-it", customer=filling.HANDLER, on=at.date())
    if promise is None or promise.calendar is None:
        raise ValueError("nothing is promised")
    begins = at - timedelta(days=4)
    opened = Event(
        begins, Happening.OPENED, standard=promise.record.standard, calendar=promise.calendar, priority="NORMAL"
    )
    told = [opened]
    whole = [
        opened,
        Event(begins + timedelta(hours=1), Happening.TAKEN),
        Event(begins + timedelta(hours=1), Happening.ANSWERED),
        Event(begins + timedelta(hours=2), Happening.PAUSED, reason="CUSTOMER"),
        Event(begins + timedelta(hours=20), Happening.RESUMED),
        Event(begins + timedelta(hours=30), Happening.RESOLVED),
    ]

    def a_clock(events: list[Event]) -> float:
        clocks = len(replay(events, now=at))
        times = [timed(lambda: replay(events, now=at)) for _ in range(400)]
        return round(statistics.median(times) / clocks * 1e6, 2)

    return {"just_opened": a_clock(told), "of_six_events": a_clock(whole)}
