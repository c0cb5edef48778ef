"""What commands share: Django made ready once, and messages for people on stderr. Not a command."""

import gc
import sys
import threading
import time
from types import TracebackType
from typing import Self

_BAR, _BLOCK = 20, 6
_DRAWN_EVERY = 0.2


def prepare() -> None:
    """Load Django with the house's settings. Settings that make no sense end the program with a sentence."""
    import os

    os.umask(0o077)  # whatever Inward writes holds data of people: it is its own user's alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inward.config.settings")
    import django

    gc.disable()  # what loads stays: looking it through for rings meanwhile is a tenth of the time
    try:
        django.setup()
    finally:
        gc.enable()


def say(text: str) -> None:
    """A line for the person at the terminal; standard output is for results."""
    print(text, file=sys.stderr, flush=True)


class Progress:
    """A bar on stderr that redraws itself on a terminal and says each tenth elsewhere."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self._tenth = label, max(total, 1), -1

    def at(self, done: int) -> None:
        """Show how far it is."""
        tenth = min(10, done * 10 // self.total)
        if sys.stderr.isatty():
            bar = "█" * (2 * tenth) + "░" * (20 - 2 * tenth)
            print(f"\r{self.label} {bar} {done:,}", end="", file=sys.stderr, flush=True)
        elif tenth != self._tenth:
            say(f"{self.label} {done:,}")
        self._tenth = tenth

    def end(self) -> None:
        """Finish the line."""
        if sys.stderr.isatty():
            print(file=sys.stderr, flush=True)


class Working:
    """A step on stderr while it is done: its name at once and its seconds at the end, in one line.

    On a terminal a bar moves beside the running seconds, also while the step itself has nothing to say; ``at`` adds how many
    things are done where it has.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0
        self._over = threading.Event()
        self._drawing: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        if sys.stderr.isatty():
            self._drawing = threading.Thread(target=self._draw, daemon=True)
            self._drawing.start()
        else:
            print(f"{self._name} … ", end="", file=sys.stderr, flush=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        took = f"{time.monotonic() - self._began:.1f} s" if error is None else ""
        if self._drawing is not None:
            self._drawing.join()
            took = f"\r\x1b[K{self._name} … {took}"
        print(took, file=sys.stderr, flush=True)

    def at(self, count: int) -> None:
        """So many things are done."""
        self._count = count

    def _draw(self) -> None:
        turn = 0
        while True:
            bar = "".join("█" if (place - turn) % _BAR < _BLOCK else "░" for place in range(_BAR))
            done = f"  {self._count:,}" if self._count else ""
            seconds = int(time.monotonic() - self._began)
            print(f"\r\x1b[K{self._name} {bar} {seconds} s{done}", end="", file=sys.stderr, flush=True)
            if self._over.wait(_DRAWN_EVERY):
                return
            turn += 1


class Steps:
    """How many rows of which table are done: a line that redraws itself on a terminal; elsewhere nothing until the end."""

    def __init__(self, label: str) -> None:
        self._label = label

    def at(self, table: str, rows: int) -> None:
        """Show where it is."""
        if sys.stderr.isatty():
            print(f"\r\x1b[K{self._label} {table} … {rows:,}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
