"""The script ./inward on machines that lack something: one sentence says what, with the command that mends it.

Python and pip are small stand-ins here, so that each case takes a second; tools/fresh_clone.sh runs the real ones in a
fresh clone with an empty home.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOBODY = 65534
PYTHON = """#!/bin/sh
case "$*" in
    *"import venv, ensurepip"*) exit "${NO_VENV:-0}" ;;
    -c*) exit "${TOO_OLD:-0}" ;;
    "-m venv"*) for folder; do :; done; mkdir -p "$folder/bin"; rm -f "$folder/bin/python"; cp "$0" "$folder/bin/python" ;;
    "-m pip"*) echo "Collecting django"; echo "${PIP_SAYS:-}"; echo pip >>"$CALLS"; exit "${PIP_STATUS:-0}" ;;
    "-m inward"*) echo "inward runs: $*" ;;
esac
"""


@pytest.fixture
def checkout(tmp_path):
    """A checkout with what the script reads, and a folder of commands with a stand-in for Python."""
    place = tmp_path / "it's a check out"
    (place / "src/inward").mkdir(parents=True)
    for name in ("inward", "pyproject.toml", "constraints.txt", "hatch_build.py", "package-lock.json"):
        shutil.copy(ROOT / name, place / name)
    (tmp_path / "bin").mkdir()
    command(tmp_path, "python3", PYTHON)
    return place


def command(tmp_path, name, text):
    path = tmp_path / "bin" / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def start(place, *words, script=None, **more):
    """Start it with nothing in the environment but the stand-ins and the tools of a bare machine."""
    who = more.pop("who", None)
    bare = {"PATH": f"{place.parent / 'bin'}:/usr/bin:/bin", "CALLS": str(place.parent / "calls")}
    bare |= {"INWARD_PYTHON": "python3"} | more
    identity = {} if who is None else {"user": who, "group": who, "extra_groups": []}
    return subprocess.run(
        [str(script or place / "inward"), *words], env=bare, cwd="/", capture_output=True, text=True, check=False,
        timeout=60, **identity,
    )  # fmt: skip


def sentence(done):
    """The last line that was said; a refusal says nothing on standard output."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


def test_the_first_start_sets_up_in_numbered_steps_and_the_second_runs_at_once(checkout):
    first = start(checkout, "demo", "--port", "8001")
    assert first.stdout == "inward runs: -m inward demo --port 8001\n"
    steps = [line.split(" … ") for line in first.stderr.splitlines()]
    assert [words.split("  ")[0] for words, _seconds in steps] == ["Set-up 1/2", "Set-up 2/2"]
    assert all(seconds.endswith(" s") for _words, seconds in steps)
    second = start(checkout, "demo", PIP_STATUS="1")
    assert (second.stdout, second.stderr) == ("inward runs: -m inward demo\n", "")
    assert (checkout.parent / "calls").read_text().count("pip") == 1
    assert not (checkout / ".venv.lock").exists()


def test_it_runs_from_any_folder_also_through_a_link_and_with_a_cdpath(checkout, tmp_path):
    link = tmp_path / "bin" / "inward"
    link.symlink_to(checkout / "inward")
    done = start(checkout, "doctor", script=link, CDPATH="/tmp:/usr")
    assert done.stdout == "inward runs: -m inward doctor\n"


@pytest.mark.parametrize(
    ("lack", "said"),
    [
        ({"INWARD_PYTHON": "no-such-python"}, "inward: Python 3.11 or newer is needed; run: {root}apt-get install -y python3 python3-venv"),
        ({"TOO_OLD": "1"}, "inward: Python 3.11 or newer is needed; run: {root}apt-get install -y python3 python3-venv"),
        ({"NO_VENV": "1"}, "inward: python3 cannot make environments; run: {root}apt-get install -y python3-venv"),
    ],
)  # fmt: skip
def test_what_a_bare_machine_lacks_is_said_with_the_command_that_brings_it(checkout, lack, said):
    root = "" if os.getuid() == 0 else "sudo "
    assert sentence(start(checkout, "demo", **lack)) == said.format(root=root)
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "the package index cannot be reached"),
        ("ProxyError('Unable to connect to proxy', OSError('Tunnel connection failed: 407'))", "the proxy does not let it through"),
        ("SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "the certificate of the package index is not trusted here"),
        ("OSError: [Errno 28] No space left on device", "the disk is full (200 MB are needed in "),
    ],
)  # fmt: skip
def test_why_setting_up_failed_is_one_sentence_and_the_next_start_tries_again(checkout, says, said):
    refused = start(checkout, "demo", PIP_SAYS=says, PIP_STATUS="1")
    assert sentence(refused).startswith(f"inward: {said}")
    assert says not in refused.stderr
    assert start(checkout, "demo").stdout == "inward runs: -m inward demo\n"


def test_a_failure_that_is_not_known_shows_the_end_of_the_log_and_where_it_is(checkout):
    done = start(checkout, "demo", PIP_SAYS="the moon is in the wrong house", PIP_STATUS="1")
    assert done.returncode == 1
    assert "the moon is in the wrong house" in done.stderr
    assert done.stderr.splitlines()[-1].endswith(f"the whole story is in {checkout}/.venv.log")


def test_too_little_room_is_said_before_anything_is_written(checkout, tmp_path):
    command(tmp_path, "df", "#!/bin/sh\necho Filesystem\necho /dev/small 99999 1 12288 1% /\n")
    assert "200 MB are needed in " in sentence(start(checkout, "demo"))
    assert "700 MB are needed in " in (said := sentence(start(checkout, "test")))
    assert "and 12 MB are free; free some, or run: INWARD_VENV=" in said
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, " cannot be written; run: INWARD_VENV=$HOME/.inward-venv "),
        ({"INWARD_VENV": "/tmp"}, "this checkout cannot be written, and setting up writes into it; run: cp -r "),
    ],
)
def test_a_checkout_that_cannot_be_written_says_what_to_do(checkout, more, said):
    """As nobody, where the test itself is root: root may write everywhere."""
    for folder in (checkout, checkout / "src/inward"):
        folder.chmod(0o555)
    for above in checkout.parents[:4]:  # pytest keeps its folders to itself
        above.chmod(above.stat().st_mode | 0o055)
    who = NOBODY if os.getuid() == 0 else None
    if "INWARD_VENV" in more:
        more = {"INWARD_VENV": str(checkout.parent / "venvs/mine")}
        (checkout.parent / "venvs").mkdir()
        (checkout.parent / "venvs").chmod(0o777)
    assert said in sentence(start(checkout, "demo", who=who, **more))


def test_a_lock_left_by_a_killed_start_is_no_hindrance(checkout):
    (checkout / ".venv.lock").mkdir()
    (checkout / ".venv.lock" / "pid").write_text("4194304999")
    assert start(checkout, "demo").stdout == "inward runs: -m inward demo\n"
    assert not (checkout / ".venv.lock").exists()


def test_an_environment_whose_python_is_gone_is_made_again(checkout):
    start(checkout, "demo")
    (checkout / ".venv/bin/python").unlink()
    (checkout / ".venv/bin/python").symlink_to("/usr/lib/python-that-was-removed")
    assert start(checkout, "demo").stdout == "inward runs: -m inward demo\n"
    assert (checkout.parent / "calls").read_text().count("pip") == 2
