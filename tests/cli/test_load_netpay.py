"""Net pay from a file at the machine: all of it or none, and what is wrong with its line."""

import argparse

from tests.cast import HENK, MAYA

from inward.cli.loading_netpay import load
from inward.trade.models import NetPay

HEAD = "person,company,amount,currency,valid_from"


def loaded(tmp_path, *rows, dry_run=False):
    path = tmp_path / "pay.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    seen = []
    outcome = load(argparse.Namespace(path=path, dry_run=dry_run, lang="en"), seen.append)
    return outcome.status, outcome.lines


def test_a_file_is_told_whole(house, tmp_path):
    rows = (f"{MAYA.code},abc,2000.00,EUR,2026-11-01", f"{HENK.code},abc,2500.00,EUR,2026-12-01")
    assert loaded(tmp_path, *rows, dry_run=True) == (0, ["net pay of 2 told, nothing written"])
    assert NetPay.objects.count() == 0
    assert loaded(tmp_path, *rows) == (0, ["net pay of 2 told"])
    assert sorted(NetPay.objects.values_list("source", flat=True)) == ["pay.csv", "pay.csv"]


def test_one_wrong_row_and_nothing_is_written(house, tmp_path):
    good = f"{MAYA.code},abc,2000.00,EUR,2026-11-01"
    status, lines = loaded(tmp_path, good, "ghost,abc,1.00,EUR,2026-12-01")
    assert (status, lines) == (
        1,
        ["line 3: Nobody of whom you may tell net pay here is called ghost.", "Nothing was written."],
    )
    status, lines = loaded(tmp_path, good, f"{MAYA.code},ghost,1.00,EUR,2026-12-01")
    assert (status, lines[-1]) == (1, "Nothing was written.")
    status, lines = loaded(tmp_path, "maya-lund,abc,x,EUR,2026-11-01")
    assert (status, lines[0].split(":")[0]) == (1, "line 2")
    assert NetPay.objects.count() == 0
