"""The pages that explain the algorithms: every number they print is executed here, in the order of the page."""

import doctest
import re
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs" / "explanation" / "algorithms").glob("*.md"))
FENCE = re.compile(r"^(?P<indent> *)```python\n(?P<code>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)


def _failures(page: str, text: str) -> tuple[int, list[str]]:
    """How many examples the page has, and what each failing one printed. Blocks share their names, as a reader would."""
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    names: dict[str, object] = {"__name__": page}
    printed: list[str] = []
    for block in FENCE.finditer(text):
        line = text[: block.start("code")].count("\n")
        test = doctest.DocTestParser().get_doctest(block["code"], names, f"{page}:{line}", page, line)
        test.globs = names
        runner.run(test, out=printed.append, clear_globs=False)
    return runner.tries, printed


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_number_on_the_page_is_what_the_code_answers(path: Path) -> None:
    examples, failures = _failures(path.name, path.read_text(encoding="utf-8"))

    assert not failures, "".join(failures)
    assert examples > 0


def test_the_page_on_standing_is_among_them() -> None:
    assert "standing" in [path.stem for path in PAGES]


def test_a_wrong_number_is_seen() -> None:
    _, failures = _failures("planted", "```python\n>>> 1 + 1\n3\n```\n")

    assert "Expected:\n    3\nGot:\n    2" in "".join(failures)
