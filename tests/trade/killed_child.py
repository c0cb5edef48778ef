"""Places one order of Maya's in a process of its own, so that the test can kill it while it writes.

Says "ready" when it has decided, waits for a line, then writes in a thread and says "now" after so many milliseconds.
"""

import json
import os
import sys
import threading
import time
from datetime import UTC, datetime

import django
from django.db import connection

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def main():
    django.setup()
    given = json.loads(os.environ["CHILD_DATABASE"])
    connection.settings_dict.update({name: value for name, value in given.items() if value})
    asked = json.loads(sys.argv[1])

    from inward.access import queries as who
    from inward.core.pricing import Wanted
    from inward.core.terms import Money
    from inward.trade import operations as trade
    from inward.trade import queries

    maya = who.actor_for(who.user_named("maya-lund"), via="web", at=AT)
    lines = [Wanted("coffee-machine", 1)]
    total = queries.quote_for(viewer=maya, at=AT, lines=lines).quote.total
    assert isinstance(total, Money)

    def act():
        trade.place_order(by=maya, at=AT, lines=lines, expected=total, key=asked["key"])

    print("ready", flush=True)
    sys.stdin.readline()
    threading.Thread(target=act, daemon=True).start()
    time.sleep(asked["pause_ms"] / 1000 * 4)
    print("now", flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main()
