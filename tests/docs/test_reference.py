"""The reference against the program: every setting, every command with every option, every recipe, every figure."""

import argparse
import importlib
import re

import pytest
from tests.docs.test_console import ROOT
from tools import exports_page, settings_page

from inward.cli.main import COMMANDS

DOCS = ROOT / "docs"


def test_the_page_of_settings_is_what_the_program_reads():
    assert settings_page.PAGE.read_text(encoding="utf-8") == settings_page.page()


def test_the_page_of_tables_for_analysis_is_what_the_rooms_declare():
    assert exports_page.PAGE.read_text(encoding="utf-8") == exports_page.page()


def section(command):
    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    found = re.search(rf"^### inward {command}\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"commands.md has no section for inward {command}"
    return found[1]


def offered(parser):
    """Every option and every act of a command, of its acts too."""
    for action in parser._actions:
        if action.help == argparse.SUPPRESS:
            continue
        if isinstance(action, argparse._SubParsersAction):
            for name, part in action.choices.items():
                yield name
                yield from offered(part)
        else:
            yield from (option for option in action.option_strings if option not in ("-h", "--help"))


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_option_of_a_command_is_on_its_page(command):
    module = importlib.import_module(f"inward.cli.{command}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    text = section(command)
    assert [
        option for option in offered(parser) if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text)
    ] == []


@pytest.mark.parametrize("name", ["inward-serve.service", "nginx.conf", "Caddyfile"])
def test_the_recipes_on_the_page_are_those_that_are_printed(name):
    recipe = (ROOT / "src" / "inward" / "cli" / "recipes" / name).read_text(encoding="utf-8")
    assert recipe in (DOCS / "howto" / "run-it-for-real.md").read_text(encoding="utf-8")


def test_every_figure_is_on_its_page():
    from inward.config import health, metrics

    text = (DOCS / "howto" / "watch-it.md").read_text(encoding="utf-8")
    known = [*metrics.COUNTED, health.QUEUE, health.OLDEST, health.WORKERS, health.ORDERS, health.UP]
    assert [series.name for series in known if series.name not in text] == []
