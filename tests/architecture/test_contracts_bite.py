"""Every import contract is broken once on purpose, in a copy of the source, and must be reported; the control is kept."""

import os
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANTED = [
    # file, line, the contract that must be broken
    ("ledger/operations.py", "from inward.trade import queries as q", "Rooms know only the floors below them"),
    ("parties/queries.py", "from inward.access import policy as p", "Rooms know only the floors below them"),
    ("catalogue/operations.py", "from inward.ledger import operations as lo", "Rooms know only the floors below them"),
    ("core/pricing/quoting.py", "from django.db import models", "The core does no input or output"),
    ("core/terms/money.py", "import time", "The core does no input or output"),
    ("core/terms/rate.py", "import pathlib", "The core does no input or output"),
    ("core/classification/standing.py", "from inward.core.pricing import quote", "The core is layered"),
    ("core/bookkeeping/posting.py", "from inward.core.classification import World", "The core is layered"),
    ("core/benefit/valuing.py", "from inward.core.classification import World", "The core is layered"),
    ("core/worktime/clocks.py", "from inward.core.bookkeeping import Role", "The core is layered"),
    ("core/worktime/instants.py", "import time", "The core does no input or output"),
    ("core/pricing/quoting.py", "from inward.core.benefit import Law", "Taxable benefit is reckoned without prices"),
    ("trade/models.py", "def place(self):\n    from inward.trade import operations", "Every room is arranged alike"),
    ("trade/queries.py", "from inward.trade import operations", "Every room is arranged alike"),
    ("trade/policy.py", "from inward.trade import queries", "Every room is arranged alike"),
    ("utils/__init__.py", "", "Rooms know only the floors below them"),
    ("web/home/views/start.py", "from inward.trade import models", "Only trade touches its tables"),
    ("notices/operations.py", "from inward.access import models as am", "Only access touches its tables"),
    ("web/home/views/start.py", "from inward.parties import models as pm", "Only parties touches its tables"),
    ("web/home/views/start.py", "from inward.notices import models as nm", "Only notices touches its tables"),
    ("web/home/views/start.py", "from inward.catalogue import models as cm", "Only catalogue touches its tables"),
    ("web/home/views/start.py", "from inward.ledger import models as lm", "Only ledger touches its tables"),
    ("web/home/views/start.py", "from inward.insight import models as im", "Only insight touches its tables"),
    ("web/home/views/start.py", "from inward.desk import models as dm", "Only desk touches its tables"),
    ("trade/queries.py", "from inward.desk import queries as dq", "Rooms know only the floors below them"),
    ("api/problems.py", "from inward.api.v1 import trade as v1_trade", "The API is a router over versions"),
    ("api/problems.py", "from inward.web.components import formats", "Rooms know only the floors below them"),
    ("web/home/views/start.py", "from inward.web.books import forms", "Screens are strangers"),
    ("web/components/formats.py", "from inward.web.home import urls", "Screens are strangers"),
    ("trade/operations/placing.py", "from inward.web.letters import sending", "Rooms know only the floors below them"),
    ("web/components/frame.py", "from inward.demo import cast", "Rooms know only the floors below them"),
    ("web/letters/sending.py", "from inward.trade import operations as tro", "Insight and letters change nothing"),
    ("insight/queries.py", "from inward.trade import operations as tro", "Insight and letters change nothing"),
    ("trade/queries.py", "from inward.insight import queries as iq", "Rooms know only the floors below them"),
    ("kit/clock.py", "from inward.parties import queries", "Nothing goes round in a circle"),
]
KEPT = (
    "web/home/views/start.py",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from inward.trade import models",
)


def lint(source):
    """What import-linter says of this copy."""
    env = os.environ | {"PYTHONPATH": str(source)}
    words = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--config",
        str(ROOT / "pyproject.toml"),
        "--no-cache",
    ]
    done = subprocess.run(words, cwd=source, env=env, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def planted(folder, place, line):
    """A copy of the source with the line appended to the file."""
    source = folder / "src"
    shutil.copytree(
        ROOT / "src", source, ignore=shutil.ignore_patterns("vendor", "*.po", "*.mo", "__pycache__", "templates")
    )
    file = source / "inward" / place
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(f"{before}\n{line}\n", encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """One report for each planted line, two at a time."""
    cases = [*PLANTED, (*KEPT, "")]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda case: lint(planted(tmp_path_factory.mktemp("planted"), case[0], case[1])), cases))


@pytest.mark.parametrize("number", range(len(PLANTED)), ids=[f"{file}: {line[:40]}" for file, line, _ in PLANTED])
def test_a_planted_violation_is_reported(reports, number):
    contract = PLANTED[number][2]
    broken = [text for text in reports[number].splitlines() if text.endswith("BROKEN")]
    assert any(text.startswith(contract) for text in broken), reports[number][-1500:]


def test_an_import_for_types_alone_is_allowed(reports):
    assert "0 broken" in reports[-1], reports[-1][-1500:]


def test_every_contract_is_broken_once():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    names = [contract["name"] for contract in contracts]
    assert [name for name in names if not any(name.startswith(broken) for _, _, broken in PLANTED)] == []


def test_the_source_as_it_is_keeps_every_contract():
    report = lint(ROOT / "src")
    assert "0 broken" in report, report[-3000:]
