"""Exchange rates from a file at the machine: all of them or none, told again alike without effect."""

import argparse

import pytest

from inward.cli.loading_rates import load
from inward.ledger.models import ExchangeRate

ECB = "Date,USD,NOK\n2026-11-24,1.0876,11.51\n2026-11-23,1.0891,N/A\n"


@pytest.fixture
def loaded(db, tmp_path):
    def made(content, *, dry_run=False):
        path = tmp_path / "rates.csv"
        path.write_text(content, encoding="utf-8")
        asked = argparse.Namespace(path=path, dry_run=dry_run, lang="en", rate_source="ECB", base="EUR")
        outcome = load(asked, [].append)
        return outcome.status, outcome.lines

    return made


def test_a_file_is_told_whole_and_again_without_effect(loaded):
    assert loaded(ECB, dry_run=True) == (0, ["3 exchange rates read, 3 new or corrected; nothing written"])
    assert ExchangeRate.objects.count() == 0
    assert loaded(ECB) == (0, ["3 exchange rates read, 3 new or corrected"])
    assert loaded(ECB) == (0, ["3 exchange rates read, 0 new or corrected"])
    assert loaded(ECB.replace("1.0891", "1.0890")) == (0, ["3 exchange rates read, 1 new or corrected"])


def test_one_wrong_line_and_nothing_is_written(loaded):
    status, lines = loaded(ECB + "2026-11-22,x,1\n")
    assert (status, lines[0][:8], lines[-1]) == (1, "line 4: ", "Nothing was written.")
    assert ExchangeRate.objects.count() == 0
