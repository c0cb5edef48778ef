"""The whole suite, as ``./inward test`` and CI run it: everything on SQLite, then all database tests of the rooms on PostgreSQL.

Ends with one line for both, in pytest's words, and fails when any test failed or when a line of the core, of a policy or
of an operation was never run. With arguments, runs just those on SQLite (pytest's own arguments).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FULLY_COVERED = (
    "src/inward/core/*",
    "src/inward/*/policy.py",
    "src/inward/*/operations.py",
    "src/inward/*/operations/*.py",
    "src/inward/*/operations/steps/*.py",
)
FACES = ("api", "architecture", "config", "demo", "docs", "web")
"""Folders of tests whose lines are not counted: what the core, policies and operations do is told by their own tests, and
counting takes half the time again."""
COUNTED_FACES = (
    "tests/api/test_directories.py",
    "tests/api/test_scim.py",
    "tests/web/door/test_saml.py",
    "tests/web/home/test_budgets.py",
)
"""But these: what other programs do to our people is told where they come in, and a file of budgets where it is taken back."""
FAILED, NOTHING_RUN = 1, 5


def main(arguments: list[str]) -> int:
    """Run what was asked for."""
    if arguments:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        # What is counted asks no database which it is, so one leg counts for both.
        within = sorted({str(test.relative_to(ROOT).parents[-3]) for test in (ROOT / "tests").rglob("test_*.py")})
        faces = [folder for folder in within if Path(folder).name in FACES]
        rooms = [folder for folder in within if folder not in faces]
        legs = [
            _leg("sqlite", "rooms", place, ["--cov", "--cov-report=", *rooms, *COUNTED_FACES]),
            _leg("sqlite", "faces", place, [*(f"--ignore={test}" for test in COUNTED_FACES), *faces]),
            _leg("postgresql", "rooms", place, ["-m", "database"]),
        ]
        covered = _coverage(place)
    return _closing_line(legs, covered, time.monotonic() - began)


def _leg(database: str, part: str, place: Path, more: list[str]) -> tuple[int, dict[str, int]]:
    """One run of pytest on one database; its status and its counts."""
    print(f"\n=== {part} on {database} ===", flush=True)
    counts = place / f"{database}-{part}.json"
    env = os.environ | {
        "INWARD_TEST_DATABASE": database,
        "INWARD_TEST_COUNTS": str(counts),
        "COVERAGE_FILE": str(place / f".coverage.{database}"),
    }
    words = [sys.executable, "-m", "pytest", "-q", "-n", "2", *more]
    status = subprocess.call(words, cwd=ROOT, env=env)
    found = json.loads(counts.read_text(encoding="utf-8")) if counts.exists() else {"error": 1}
    return status, found


def _coverage(place: Path) -> bool:
    """Whether every line and branch of core, policies and operations was run."""
    tool = [sys.executable, "-m", "coverage"]
    env = os.environ | {"COVERAGE_FILE": str(place / ".coverage")}
    subprocess.call([*tool, "combine", "-q", str(place)], cwd=ROOT, env=env)
    print("\n=== lines of core, policies and operations that no test ran (none is the aim) ===", flush=True)
    asked = [f"--include={','.join(FULLY_COVERED)}", "--fail-under=100", "--skip-covered", "--show-missing"]
    return subprocess.call([*tool, "report", *asked], cwd=ROOT, env=env) == 0


def _closing_line(legs: list[tuple[int, dict[str, int]]], covered: bool, seconds: float) -> int:
    total = {name: sum(counts.get(name, 0) for _, counts in legs) for name in ("failed", "passed", "skipped", "error")}
    well = covered and all(status == 0 for status, _ in legs)
    if not covered:
        print("FAILED coverage of core, policies and operations is below 100 %")
        total["failed"] += 1
    words = ", ".join(f"{count} {name}" for name, count in total.items() if count)
    print(_bar(words or "no tests ran", seconds))
    return 0 if well and total["passed"] else FAILED


def _bar(words: str, seconds: float) -> str:
    line = f" {words} in {seconds:.2f}s "
    return f"\n{line:=^100}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
