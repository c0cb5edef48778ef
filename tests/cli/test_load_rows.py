"""Counts, variants and what was handed over come in by file at the machine, and go out as files that come in again unchanged."""

import csv
import json

import pytest
from tests.cast import MAYA
from tests.shop import given_item

from inward.catalogue.models import Offering
from inward.cli.main import main
from inward.trade.models import OrderLine, Stock

pytestmark = pytest.mark.django_db
VARIANTS = "family,name,item,choice\nmachines,Machines,coffee-machine,Size: L\nmachines,,mug,Size: S\n"


def written(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / name)


def rows_of(path):
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_counts_and_what_was_handed_over_are_loaded_and_a_bad_row_says_where(house, tmp_path, capsys):
    counts = written(tmp_path, "week48.csv", "item,lies_at,pieces\ncoffee-machine,Oslo,7\nnothing,Oslo,1\n")
    assert main(["load", counts, "--as", "stock"]) == 1
    assert "week48.csv:3 item:" in capsys.readouterr().out
    assert not Stock.objects.exists()
    assert main(["load", counts, "--as", "stock", "--good-rows"]) == 1
    assert "stock: 2 read, 1 refused, 1 new, 0 changed, written" in capsys.readouterr().out
    order = house.order(MAYA, ("coffee-machine", 2))
    theirs = written(tmp_path, "note.csv", f"Ordre;Linje;Antall;Seddel\n{order.number};1;1;N-7\n")
    columns = {"Ordre": "order", "Linje": "line", "Antall": "handed_over", "Seddel": "delivery_note"}
    table = {"file": "note.csv", "delimiter": ";", "columns": columns}
    mapping = written(tmp_path, "map.json", json.dumps({"tables": {"hand_overs": table}}))
    asked = ["load", theirs, "--as", "hand-overs", "--mapping", mapping]
    assert main([*asked, "--dry-run"]) == 0
    assert OrderLine.objects.get().delivered == 0
    assert (main(asked), main(asked), OrderLine.objects.get().delivered) == (0, 0, 1)
    other = written(tmp_path, "other.json", json.dumps({"tables": {"stock": table}}))
    assert main([*asked[:-1], other]) == 1
    assert main(["load", str(tmp_path), "--as", "hand-overs"]) == 1


def test_what_is_exported_comes_in_again_and_changes_nothing(house, tmp_path, capsys):
    given_item("mug", "abc", "Mug", "9.00", cost="2.00")
    assert main(["load", written(tmp_path, "variants.csv", VARIANTS)]) == 0
    assert main(["load", written(tmp_path, "stock.csv", "item,lies_at,pieces\nwidget-a,Oslo,5\n")]) == 0
    families = list(Offering.objects.exclude(family=None).values_list("code", "choice"))
    out = tmp_path / "out"
    assert main(["export", "world", str(out)]) == 0
    assert [row["choice"] for row in rows_of(out / "variants.csv")] == ["Size: L", "Size: S"]
    assert [(row["item"], row["lies_at"], row["pieces"]) for row in rows_of(out / "stock.csv")] == [
        ("widget-a", "Oslo", "5")
    ]
    for name in ("variants", "stock"):
        assert main(["load", str(out / f"{name}.csv")]) == 0
    said = capsys.readouterr().out
    assert "variants: 2 read, 0 refused" in said
    assert "counts: 1 read, 0 refused" in said
    assert list(Offering.objects.exclude(family=None).values_list("code", "choice")) == families
    tables = tmp_path / "tables"
    assert main(["export", "tables", str(tables), "--only", "stock", "--only", "variants"]) == 0
    assert [row["pieces"] for row in rows_of(tables / "stock.csv")] == ["5"]
    assert [row["choice"] for row in rows_of(tables / "variants.csv")] == ["Size: L", "Size: S"]
