"""Orders the parts of standing orders that are due in a process of its own, so that the test can kill it at any point."""

import json
import os
import sys
from datetime import datetime

import django
from django.db import connection


def main():
    django.setup()
    given = json.loads(os.environ["CHILD_DATABASE"])
    connection.settings_dict.update({name: value for name, value in given.items() if value})

    from inward.kit.actor import Actor
    from inward.trade import operations

    at = datetime.fromisoformat(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    operations.draw_due(by=Actor.system("tests"), at=at)
    print("done", flush=True)


if __name__ == "__main__":
    main()
