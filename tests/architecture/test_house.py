"""What import-linter cannot see: purity, the shape of acts, templates, sizes, words, and that nothing foreign is committed."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "inward"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
ROOMS = ("parties", "access", "notices", "catalogue", "ledger", "trade", "desk", "insight")
LINES_MAX = 70


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path):
    return str(path.relative_to(SOURCE))


def operations():
    return [path for path in MODULES if path.parent.parent.name in ROOMS and path.parent.name == "operations"] + [
        SOURCE / room / "operations.py" for room in ROOMS if (SOURCE / room / "operations.py").exists()
    ]


@pytest.mark.parametrize("path", [path for path in MODULES if "core" in path.relative_to(SOURCE).parts], ids=place)
def test_the_core_imports_only_the_standard_library_and_itself(path):
    for node in ast.walk(tree(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("inward.core"), name


@pytest.mark.parametrize("path", operations(), ids=place)
def test_every_public_act_takes_only_named_arguments_and_says_who_and_when(path):
    for node in tree(path).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        named = [argument.arg for argument in node.args.kwonlyargs]
        if "by" not in named and node.name in NO_ACTS:
            continue
        positional = [argument.arg for argument in node.args.args]
        assert positional in ([], ["entries"]), f"{node.name} takes {positional} by position"
        assert "by" in named, node.name
        assert "at" in named or node.name in NO_INSTANT, node.name
        assert ast.get_docstring(node), node.name


@pytest.mark.parametrize("path", [*operations(), *SOURCE.glob("*/policy.py")], ids=place)
def test_acts_and_policies_ask_no_database_which_it_is(path):
    """So one database is enough to say which of their lines are tested (tests/run.py)."""
    assert not re.search(r"\bvendor\b|sqlite|postgres", path.read_text(encoding="utf-8"), re.IGNORECASE)


NO_ACTS = {
    "order_parts",
    "check_registration",
    "add_to_totals",
    "take",
    "still_so",
    "count_anew",
    "order_by_letter",
    "case_by_letter",
    "decide_by_letter",
    "confirm_by_letter",
}
"""Public for their own room: they build or check what an act writes; or they act for whom a signed link names."""
NO_INSTANT = {"order_parts"}


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_only_rounding_rounds_and_no_function_is_feared(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr == "quantize":
            assert place(path) == "core/terms/rounding.py"
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LINES_MAX, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(tree(path)), "the first paragraph is missing"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("templates/**/*.html")), ids=place)
def test_every_template_opens_with_what_it_takes(path):
    text = re.sub(r"^\s*\{% extends [^%]*%\}", "", path.read_text(encoding="utf-8"))
    assert text.lstrip().startswith("{% comment %}")


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("templates/**/*.html")), ids=place)
def test_no_template_has_inline_script_or_style(path):
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)


def test_there_is_no_room_for_leftovers():
    unwanted = {"utils", "helpers", "common", "base", "extras", "misc"}
    assert not [place(path) for path in MODULES if path.stem in unwanted or unwanted & set(path.parts)]


def test_every_room_guards_its_own_tables():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    guarded = {
        contract["protected_modules"][0]: contract["allowed_importers"]
        for contract in contracts
        if contract["type"] == "protected"
    }
    with_tables = {
        f"inward.{room}.models": [f"inward.{room}"] for room in ROOMS if (SOURCE / room / "models.py").exists()
    }
    assert guarded == with_tables


def tracked():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name]


def texts():
    for path in tracked():
        if path.is_file() and path.suffix not in {".png", ".woff2", ".xlsx"}:
            yield path, path.read_text(encoding="utf-8", errors="replace")


def test_no_address_of_a_registry_and_no_path_of_a_machine_is_committed():
    registry = re.compile(r"registry\.npm|pypi\.org|files\.pythonhosted|deb\.debian|/simple/[a-z]")
    paths = re.compile(r"(?<![\w.*}])/(root|home/[a-z]+|Users/[A-Za-z]+|work)/")
    found = [
        str(path) for path, text in texts() if path != Path(__file__) and (registry.search(text) or paths.search(text))
    ]
    assert found == []


def test_nothing_is_left_unfinished():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|assert True\b")
    found = [
        str(path)
        for path, text in texts()
        if path.suffix in {".py", ".html", ".js"} and path != Path(__file__) and marks.search(text)
    ]
    assert found == []


def test_third_party_files_are_not_committed():
    assert [
        str(path)
        for path in tracked()
        if ".min." in path.name or "vendor" in path.parts or "node_modules" in path.parts
    ] == []
