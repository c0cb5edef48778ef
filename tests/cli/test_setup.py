"""A step at the terminal is seen while it is done, and where there is no terminal it is one line."""

import io
import re
import time

import pytest

from inward.cli import setup
from inward.cli.setup import Working


class Terminal(io.StringIO):
    def isatty(self):
        return True


def told(monkeypatch, stream):
    """What is said on standard error goes there."""
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(setup, "_DRAWN_EVERY", 0.001)
    return stream


def until(said, terminal):
    """Wait until the terminal has been told this."""
    end = time.monotonic() + 20
    while said not in terminal.getvalue():
        assert time.monotonic() < end, terminal.getvalue()
        time.sleep(0.001)


def test_its_name_is_said_before_it_is_done_and_its_seconds_in_the_same_line(monkeypatch):
    elsewhere = told(monkeypatch, io.StringIO())
    with Working("1/2  tables") as working:
        assert elsewhere.getvalue() == "1/2  tables … "
        working.at(5)
    assert elsewhere.getvalue() == "1/2  tables … 0.0 s\n"


def test_a_terminal_sees_a_bar_that_moves_without_being_told_anything(monkeypatch):
    terminal = told(monkeypatch, Terminal())
    with Working("1/2  tables"):
        until("1/2  tables ██████░░░░░░░░░░░░░░ 0 s", terminal)
        until("1/2  tables ░██████░░░░░░░░░░░░░ 0 s", terminal)
    assert re.search(r"\r\x1b\[K1/2  tables … \d+\.\d s\n\Z", terminal.getvalue())


def test_a_terminal_sees_how_many_are_done(monkeypatch):
    terminal = told(monkeypatch, Terminal())
    with Working("2/2  dealings") as working:
        working.at(1234)
        until(" s  1,234", terminal)


def test_a_step_that_fails_ends_its_line_and_says_no_seconds(monkeypatch):
    elsewhere = told(monkeypatch, io.StringIO())
    with pytest.raises(ValueError, match="no"), Working("1/2  tables"):
        raise ValueError("no")
    assert elsewhere.getvalue() == "1/2  tables … \n"
