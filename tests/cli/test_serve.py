"""The server at its edges: its address is told when it answers, the word to stop is heard at any moment."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from inward.cli.serve import free_port

LOADS_FOR_EVER = """
import sys, time, types
class Slow(types.ModuleType):
    def __getattr__(self, name):
        print("loading", flush=True)
        time.sleep(120)
sys.modules["inward.config.served"] = Slow("inward.config.served")
from inward.cli.serve import _granian
_granian("127.0.0.1", int(sys.argv[1]), 1, threads=1)
"""


def test_a_server_that_still_loads_ends_when_it_is_told_to():
    port = free_port("127.0.0.1", 8700)
    with subprocess.Popen(
        [sys.executable, "-c", LOADS_FOR_EVER, str(port)], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout.readline() == "loading\n"
            server.terminate()
            assert server.wait(timeout=20) == 0
        finally:
            server.kill()


ANSWERS_LATE = """
import os, sys, time, types
os.environ["DJANGO_SETTINGS_MODULE"] = "inward.config.settings"
import django; django.setup()
class Slow(types.ModuleType):
    def __getattr__(self, name):
        if name != "application":
            raise AttributeError(name)
        print("loading", flush=True)
        time.sleep(float(sys.argv[2]))
        return lambda environ, start: (start("404 Nothing", []), [b""])[1]
sys.modules["inward.config.served"] = Slow("inward.config.served")
from inward.cli.serve import serve
serve(host="127.0.0.1", port=int(sys.argv[1]), workers=1, with_worker=False, told="here it is")
"""


@contextmanager
def served(tmp_path, port, *, loads_for):
    env = {name: value for name, value in os.environ.items() if not name.startswith("INWARD_")}
    with subprocess.Popen(
        [sys.executable, "-c", ANSWERS_LATE, str(port), str(loads_for)],
        stdout=subprocess.PIPE,
        text=True,
        env=env | {"INWARD_DATA": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as server:
        try:
            yield server
        finally:
            server.kill()


def test_the_address_is_told_when_it_answers_and_nothing_is_left_when_it_ends(tmp_path):
    port = free_port("127.0.0.1", 8720)
    with served(tmp_path, port, loads_for=1) as server:
        assert server.stdout.readline() == "loading\n"
        with pytest.raises(OSError, match="refused"):
            urlopen(f"http://127.0.0.1:{port}/", timeout=5)
        assert server.stdout.readline() == "here it is\n"
        with pytest.raises(HTTPError, match="404"):  # whatever it says: it is there
            urlopen(f"http://127.0.0.1:{port}/", timeout=5)
        server.send_signal(signal.SIGINT)
        assert server.communicate(timeout=20)[0] == ""  # whoever held the pipe is gone
        assert server.returncode == 0


def test_a_server_that_ends_before_it_answers_tells_no_address(tmp_path):
    with served(tmp_path, free_port("127.0.0.1", 8740), loads_for=120) as server:
        assert server.stdout.readline() == "loading\n"
        server.terminate()
        assert server.communicate(timeout=20)[0] == ""
        assert server.returncode == 0


SEEN = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "inward.config.settings"
import inward.config.wsgi
import gc
print(gc.isenabled(), *sorted({name.partition(".")[0] for name in sys.modules} & set(sys.argv[1:])))
"""


def test_a_start_loads_nothing_that_only_a_few_houses_or_files_need(tmp_path):
    env = {name: value for name, value in os.environ.items() if not name.startswith("INWARD_")}
    found = subprocess.run(
        [sys.executable, "-c", SEEN, "scim2_models", "scim2_server", "openpyxl", "holidays", "jwt", "lark", "ninja"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=env | {"INWARD_DATA": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert found.stdout.split() == ["True", "ninja"]  # the API is loaded, and garbage is looked for again


ANSWERS = """
import os, sys, threading, time, types
def application(environ, start):
    start("200 OK", [])
    return [str(os.getpid()).encode()]
served = types.ModuleType("inward.config.served")
served.application = application
sys.modules["inward.config.served"] = served
from inward.cli.serve import _granian
_granian("127.0.0.1", int(sys.argv[1]), 1, threads=1)
"""


def wait_for(found, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError):
            if (answer := found()) is not None:
                return answer
        time.sleep(0.1)
    raise AssertionError("nothing came of it in time")


@pytest.mark.parametrize("deaf", [False, True])
def test_what_answers_ends_when_the_server_is_killed_without_a_word(deaf):
    port = free_port("127.0.0.1", 8760)
    code = ANSWERS
    if deaf:  # to the word to stop: it is ended all the same
        code = code.replace(
            "import _granian",
            "import _granian\nimport inward.cli.serve as it\nit._LAST_WORDS_SECONDS = 0.5\nit.signal.SIGTERM = it.signal.SIGURG",
        )
    with subprocess.Popen([sys.executable, "-c", code, str(port)]) as server:
        try:
            answering = int(wait_for(lambda: urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()))
            assert answering != server.pid
        finally:
            server.kill()
    wait_for(lambda: True if free_port("127.0.0.1", port, tries=1) == port else None)
    wait_for(lambda: None if Path(f"/proc/{answering}/cmdline").exists() else True)
