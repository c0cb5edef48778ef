"""The command lines that the pages show: those that ask the engine are run, and must answer what stands there.

Other commands (servers, loads) are run by the tests of the commands; here only what needs no database.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs" / "tutorial").glob("*.md")),
    *sorted((ROOT / "docs" / "howto").glob("*.md")),
    ROOT / "docs" / "reference" / "engine.md",
]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown(text):
    """(command, answer) for every command line of the console blocks of a page."""
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = re.sub(r"\\\n\s*", "", part).partition("\n")
            yield command, answer


def asked(text):
    return [(command, answer) for command, answer in shown(text) if re.search(r"inward engine ", command)]


CASES = [(page.name, *case) for page in PAGES for case in asked(page.read_text(encoding="utf-8"))]


@pytest.fixture
def path_with_inward(tmp_path):
    """A folder with the command ``inward``, as an installed package has it."""
    script = tmp_path / "inward"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m inward "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize(("page", "command", "answer"), CASES, ids=lambda value: value[:40])
def test_what_the_page_shows_is_what_the_engine_answers(page, command, answer, path_with_inward, tmp_path):
    line = command.replace("./inward", "inward")
    done = subprocess.run(
        ["/bin/sh", "-c", line], env=path_with_inward, cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.stdout == answer, f"{page}: {done.stderr}"


def test_there_are_such_lines():
    assert len(CASES) >= 8
    assert {"README.md", "first-hour.md", "decide-from-a-script.md"} <= {page for page, _, _ in CASES}


def test_a_wrong_answer_would_be_seen():
    (found,) = asked("```console\n$ echo x | inward engine spread\n{}\n```\n")
    assert found == ("echo x | inward engine spread", "{}\n")
