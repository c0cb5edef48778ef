"""What commands share: Django made ready once, and messages for people on stderr. Not a command."""

import sys


def prepare() -> None:
    """Load Django with the house's settings. Settings that make no sense end the program with a sentence."""
    import os

    os.umask(0o077)  # whatever Inward writes holds data of people: it is its own user's alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inward.config.settings")
    import django

    django.setup()


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

    def done(self, words: str) -> None:
        """Close the line with these words (how long it took)."""
        if sys.stderr.isatty():
            print(f"\r\x1b[K{self.label} … {words}", file=sys.stderr, flush=True)
        else:
            say(f"{self.label} … {words}")

    def end(self) -> None:
        """Finish the line."""
        if sys.stderr.isatty():
            print(file=sys.stderr, flush=True)


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
