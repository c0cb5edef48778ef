"""The server at its edges: the word to stop is heard at any moment."""

import subprocess
import sys

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
