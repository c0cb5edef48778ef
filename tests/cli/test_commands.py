"""The commands as people type them: what they print, what they leave behind, and their exit status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.builders import AT, HOUSE, given_company

from inward import __version__
from inward.cli.main import COMMANDS, main
from inward.ledger import operations as ledger
from inward.parties import queries as known

DATA = Path(__file__).parent.parent / "data"


def run(capsys, *words):
    status = main(words)
    said = capsys.readouterr()
    return status, said.out, said.err


def test_help_lists_every_command_with_one_line_each(capsys):
    status, out, _ = run(capsys, "--help")
    assert status == 0
    for command in COMMANDS:
        assert sum(line.startswith(f"  {command.name} ") for line in out.splitlines()) == 1
    assert run(capsys)[0] == 2


def test_version_and_a_command_that_is_not_there(capsys):
    assert run(capsys, "--version") == (0, f"inward {__version__}\n", "")
    status, out, err = run(capsys, "fly")
    assert (status, out) == (2, "")
    assert "there is no command 'fly'" in err


@pytest.mark.django_db
class TestLoad:
    def test_a_world_comes_in_and_its_report_is_printed(self, capsys):
        status, out, _ = run(capsys, "load", str(DATA / "world-jkl"))
        assert status == 0
        assert "0 refused" in out
        assert "written" in out
        assert "jkl" in known.world().company

    def test_a_dry_run_writes_nothing(self, capsys):
        status, out, _ = run(capsys, "load", str(DATA / "world-jkl"), "--dry-run")
        assert status == 0
        assert "nothing written" in out
        assert not known.world().companies

    def test_bad_rows_are_said_with_file_line_column_and_nothing_is_written(self, capsys):
        status, out, _ = run(capsys, "load", str(DATA / "world-bad"))
        assert status == 1
        assert any(line.count(":") >= 2 and ".csv:" in line for line in out.splitlines())
        assert "nothing written" in out
        assert not known.world().companies

    def test_good_rows_come_in_alone_when_asked(self, capsys):
        status, _, _ = run(capsys, "load", str(DATA / "world-bad"), "--good-rows")
        assert status == 1
        assert known.world().companies

    def test_adventure_works_comes_in_by_its_mapping(self, capsys):
        folder = DATA / "adventureworks"
        status, out, _ = run(capsys, "load", str(folder), "--mapping", str(folder / "mapping.json"))
        assert status == 0
        assert "organisation: 894 rows read, 0 refused" in out
        assert "catalogue: 1011 rows read, 0 refused" in out

    def test_what_is_not_there_or_not_known_is_said(self, capsys, tmp_path):
        assert run(capsys, "load", str(tmp_path / "ghost"))[0] == 1
        status, out, _ = run(capsys, "load", str(tmp_path))
        assert status == 1
        assert "nothing that can be loaded in" in out
        mapping = tmp_path / "mapping.json"
        mapping.write_text('{"tables": {"offerings": {"colunms": {}}}}', encoding="utf-8")
        status, out, _ = run(capsys, "load", str(tmp_path), "--mapping", str(mapping))
        assert (status, "tables.offerings.colunms" in out) == (1, True)

    def test_a_catalogue_that_is_refused_takes_the_world_beside_it_along(self, capsys, tmp_path):
        folder = given_both(tmp_path, price="-1")
        status, out, _ = run(capsys, "load", str(folder))
        assert status == 1
        assert "prices.csv:2 value: A price or cost cannot be below zero." in out
        assert "written" in out
        assert ", written" not in out
        assert not known.world().companies

    def test_a_column_that_nobody_knows_is_told_once_and_keeps_all_out(self, capsys, tmp_path):
        folder = given_both(tmp_path, price="5")
        known_columns = (folder / "prices.csv").read_text(encoding="utf-8").splitlines()
        rows = [f"{line},{more}" for line, more in zip(known_columns, ("valid_form", "2027-01-01"), strict=True)]
        (folder / "prices.csv").write_text("\n".join([*rows, rows[1].replace("list", "other")]), encoding="utf-8")
        status, out, _ = run(capsys, "load", str(folder))
        assert status == 1
        assert out.count("valid_form") == 2
        assert "prices.csv:1 valid_form: Nobody knows a column valid_form. Is valid_from meant?" in out
        assert not known.world().companies

    def test_a_dry_run_checks_the_catalogue_against_the_world_it_comes_with(self, capsys, tmp_path):
        folder = given_both(tmp_path, price="5")
        status, out, _ = run(capsys, "load", str(folder), "--dry-run")
        assert status == 0
        assert "catalogue: 2 rows read, 0 refused, 2 new, 0 changed from a day on, nothing written" in out
        assert not known.world().companies
        status, out, _ = run(capsys, "load", str(folder))
        assert (status, set(known.world().company)) == (0, {"one"})

    @pytest.mark.parametrize(
        "schemes", ['["no", "object"]', "[" * 100_000, '{"id": ', '[{"id": "\\u0000", "supplier": "one"}]']
    )
    def test_schemes_that_are_none_are_said_with_their_place(self, capsys, tmp_path, schemes):
        folder = given_both(tmp_path, price="5")
        (folder / "schemes.json").write_text(schemes, encoding="utf-8")
        status, out, _ = run(capsys, "load", str(folder))
        assert status == 1
        assert "schemes.json:" in out
        assert not known.world().companies

    def test_what_was_exported_comes_back_the_same(self, capsys, tmp_path):
        folder = DATA / "adventureworks"
        run(capsys, "load", str(folder), "--mapping", str(folder / "mapping.json"))
        assert run(capsys, "export", "world", str(tmp_path / "out"))[0] == 0
        assert run(capsys, "export", "world", str(tmp_path / "out"))[0] == 1
        status, out, _ = run(capsys, "load", str(tmp_path / "out"))
        assert status == 0
        assert "0 new or changed" in out
        assert json.loads((tmp_path / "out" / "schemes.json").read_text())[0]["id"] == "staff"


def given_both(folder, *, price):
    """A world of one company, and a catalogue of one item at this price."""
    (folder / "companies.csv").write_text("id,name,currency\none,One,EUR\n", encoding="utf-8")
    (folder / "offerings.csv").write_text("id,supplier,name\ntea,one,Tea\n", encoding="utf-8")
    head = "id,level,supplier,target_kind,target,method,value,currency"
    (folder / "prices.csv").write_text(f"{head}\nlist,LIST,one,ITEM,tea,FIXED,{price},EUR\n", encoding="utf-8")
    return folder


@pytest.mark.django_db
class TestUser:
    def test_somebody_is_invited_given_a_role_and_locked(self, capsys):
        assert run(capsys, "user", "invite", "ada", "--email", "ada@example.org")[0] == 0
        assert run(capsys, "user", "grant", "ada", "data-administrator")[0] == 0
        assert run(capsys, "user", "lock", "ada")[0] == 0
        assert run(capsys, "user", "list")[1].split() == ["ada", "locked", "DATA_ADMINISTRATOR:*"]
        assert run(capsys, "user", "unlock", "ada")[0] == 0
        assert run(capsys, "user", "list")[1].split() == ["ada", "DATA_ADMINISTRATOR:*"]

    def test_refusals_are_said_in_words(self, capsys, monkeypatch):
        run(capsys, "user", "invite", "ada")
        status, _, err = run(capsys, "user", "invite", "ada")
        assert (status, "Somebody signs in as ada already." in err) == (1, True)
        with pytest.raises(SystemExit, match="2"):
            run(capsys, "user", "grant", "ada", "emperor")
        with pytest.raises(SystemExit, match="1"):
            run(capsys, "user", "lock", "ghost")
        monkeypatch.setattr("sys.stdin", iter(["short\n"]))
        monkeypatch.setattr("inward.cli.user._read_password", lambda: "short")
        assert run(capsys, "user", "password", "ada", "--password-stdin")[0] == 1
        monkeypatch.setattr("inward.cli.user._read_password", lambda: "a-long-and-odd-password")
        assert run(capsys, "user", "password", "ada", "--password-stdin")[0] == 0


@pytest.mark.django_db
class TestDoctor:
    def test_it_names_what_is_well_and_what_is_not(self, capsys):
        status, out, _ = run(capsys, "doctor")
        assert status == 1
        wrong = [line for line in out.splitlines() if line.startswith("WRONG")]
        assert [line.split(":")[0] for line in wrong] == ["WRONG worker"]
        assert "→ inward serve" in out

    def test_settings_are_listed_without_secrets(self, capsys, monkeypatch):
        monkeypatch.setenv("INWARD_SECRET_KEY", "a-secret-nobody-may-see-in-any-listing")
        status, out, _ = run(capsys, "doctor", "--settings")
        assert (status, "a-secret-nobody" in out) == (0, False)
        assert "INWARD_BASE_URL=" in out


@pytest.mark.django_db
def test_a_journal_is_written_once_and_again_byte_for_byte(capsys, tmp_path):
    given_company("abc")
    ledger.open_books(by=HOUSE, at=AT, company="abc", currency="EUR")
    status, _, err = run(capsys, "export", "journal", "abc", str(tmp_path / "a.csv"))
    assert (status, "has been exported already" in err) == (1, True)
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.django_db
def test_migrations_are_all_there(capsys):
    assert run(capsys, "migrate", "--check")[0] == 0


@pytest.mark.django_db
def test_a_worker_does_what_is_due_and_ends(capsys):
    assert run(capsys, "work", "--once")[0] == 0


def test_deciding_starts_without_a_framework():
    code = "import sys; sys.argv=['inward','engine','spread']; import inward.cli.main as m; m.main(['engine','spread']); sys.exit('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        input='{"amount": 100, "weights": [1,1,1]}\n',
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, json.loads(done.stdout)) == (0, {"parts": [34, 33, 33]})


@pytest.mark.django_db
class TestTablesForAnalysis:
    def test_one_table_alone_is_written_where_nothing_was(self, capsys, tmp_path):
        given_company("abc")
        status, _, said = run(capsys, "export", "tables", str(tmp_path / "out"), "--only", "parties")
        assert (status, said) == (0, "parties.csv: 1 row\n")
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["parties.csv"]

    def test_a_table_that_is_not_there_is_named_and_nothing_is_written(self, capsys, tmp_path):
        status, out, err = run(capsys, "export", "tables", str(tmp_path / "out"), "--only", "hives")
        assert status == 1
        assert "there is no table hives" in out + err
        assert not (tmp_path / "out").exists()

    def test_a_folder_in_use_stays_as_it_was(self, capsys, tmp_path):
        (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
        assert run(capsys, "export", "tables", str(tmp_path))[0] == 1
        assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


@pytest.mark.django_db
class TestDataQuality:
    def test_every_check_stands_with_its_number(self, capsys):
        given_company("bare", country="")
        status, out, _ = run(capsys, "quality")
        assert status == 0
        assert "no_country\t1\tCompanies without a country" in out.splitlines()

    def test_a_check_lists_everything_it_finds(self, capsys):
        for number in range(101):
            given_company(f"bare-{number}", country="")
        status, out, _ = run(capsys, "quality", "no_country", "--json")
        found = json.loads(out)
        assert (status, len(found)) == (0, 101)
        assert (found[0]["code"], found[0]["text"]) == ("bare-0", "No country is known of BARE-0 today.")

    def test_a_check_there_is_not_is_named(self, capsys):
        status, out, err = run(capsys, "quality", "bees")
        assert (status, out) == (1, "")
        assert "there is no check bees" in err
