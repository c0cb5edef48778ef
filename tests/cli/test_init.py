"""A new installation is set up by one command, again without harm; what speaks against it is said before anything is touched."""

import subprocess

import pytest
from tests.cli.sites import ROOT, Site

from inward.cli.init import RECIPES, as_file, from_file, inside_program


@pytest.fixture
def bare(tmp_path):
    """A machine with nothing but the program: no settings, no data."""
    site = Site(tmp_path / "home")
    for name in ("INWARD_DATA", "INWARD_DATABASE_URL"):
        site.env.pop(name)
    site.env["HOME"] = str(tmp_path / "home")
    return site


def ready(site, data):
    site.env["INWARD_DATA"] = str(data)
    return site


def test_one_command_makes_tables_and_lets_the_first_person_in(bare, tmp_path):
    data, file = tmp_path / "data", tmp_path / "etc" / "inward.env"
    words = ("--data", data, "--time-zone", "Europe/Oslo", "--settings-file", file)
    said = bare.run("init", "--yes", *words, "--admin", "ada", "--admin-email", "ada@example.org")

    assert "http://localhost:8000/door/invitation/" in said
    assert from_file(file) == {"INWARD_DATA": str(data), "INWARD_TIME_ZONE": "Europe/Oslo"}
    assert file.stat().st_mode & 0o777 == 0o600
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
    assert (data / "inward.sqlite3").stat().st_mode & 0o077 == 0
    (letter,) = (data / "letters").iterdir()
    assert "To: ada@example.org" in letter.read_text(encoding="utf-8")
    listed = ready(bare, data).run("user", "list").split()
    assert listed == ["ada", "DATA_ADMINISTRATOR:*", "OPERATOR:*"]
    assert bare.run("migrate", "--check")


@pytest.mark.usefixtures("reads_sites")
def test_again_it_leaves_what_is_there(bare, tmp_path):
    data, file = tmp_path / "data", tmp_path / "inward.env"
    words = ("--yes", "--settings-file", file, "--admin", "ada")
    bare.run("init", *words, "--data", data, "--mail-from", 'The "House" <house@example.org>')
    before = file.read_bytes()
    tables = ready(bare, data).tables()
    bare.env.pop("INWARD_DATA")

    said = bare.run("init", *words)

    assert file.read_bytes() == before
    assert "Tables made" not in said
    assert "door/invitation/" in said
    assert ready(bare, data).tables() == tables


def test_operator_and_data_administrator_may_be_two(bare, tmp_path):
    data = tmp_path / "data"
    bare.run("init", "--yes", "--data", data, "--admin", "ada", "--operator", "olga")
    lines = ready(bare, data).run("user", "list").splitlines()
    assert [line.split() for line in lines] == [["ada", "DATA_ADMINISTRATOR:*"], ["olga", "OPERATOR:*"]]


def test_it_works_on_postgresql(bare, postgresql, tmp_path):
    url = postgresql()
    said = bare.run("init", "--yes", "--data", tmp_path / "data", "--database", url, "--admin", "ada")
    assert "Tables made in PostgreSQL" in said
    assert not (tmp_path / "data" / "inward.sqlite3").exists()


class TestRefused:
    def test_another_settings_file_is_never_overwritten(self, bare, tmp_path):
        file = tmp_path / "inward.env"
        file.write_text('INWARD_TIME_ZONE="UTC"\n', encoding="utf-8")
        words = ("--yes", "--data", tmp_path / "data", "--settings-file", file, "--time-zone", "Europe/Oslo")
        said = bare.run("init", *words, status=1)
        assert "says otherwise of INWARD_DATA, INWARD_TIME_ZONE" in said
        assert file.read_text(encoding="utf-8") == 'INWARD_TIME_ZONE="UTC"\n'
        assert not (tmp_path / "data").exists()

    @pytest.mark.parametrize("flag", ["--data", "--settings-file"])
    def test_nothing_goes_into_the_programs_folder(self, bare, flag):
        said = bare.run("init", "--yes", flag, ROOT / "somewhere", status=1)
        assert "program's own folder" in said
        assert not (ROOT / "somewhere").exists()

    @pytest.mark.parametrize(
        ("flag", "value", "name"),
        [
            ("--time-zone", "Mars/Base", "INWARD_TIME_ZONE"),
            ("--base-url", "example.org", "INWARD_BASE_URL"),
            ("--database", "mysql://x/y", "INWARD_DATABASE_URL"),
            ("--language", "la", "INWARD_LANGUAGE"),
        ],
    )
    def test_a_setting_that_makes_no_sense_writes_nothing(self, bare, flag, value, name, tmp_path):
        file = tmp_path / "inward.env"
        said = bare.run("init", "--yes", "--data", tmp_path / "data", "--settings-file", file, flag, value, status=1)
        assert f"inward: {name} " in said
        assert "Traceback" not in said
        assert not file.exists()
        assert not (tmp_path / "data" / "inward.sqlite3").exists()

    def test_a_database_that_is_not_there(self, bare, tmp_path):
        url = "postgresql://nobody@127.0.0.1:9/nothing"
        file = tmp_path / "inward.env"
        words = ("init", "--yes", "--data", tmp_path / "data", "--database", url, "--settings-file", file)
        said = bare.run(*words, status=1, timeout=25)
        assert "The database does not answer" in said
        assert not file.exists()
        assert "Traceback" not in said

    def test_a_value_that_would_end_its_line(self, bare, tmp_path):
        assert "cannot be printed" in bare.run("init", "--yes", "--mail-from", "a\nINWARD_DEMO=yes", status=1)


def test_the_settings_file_is_read_alike_by_a_shell(tmp_path):
    odd = {"INWARD_MAIL_FROM": 'A "B" $HOME `x` \\ ’ <a@b.example>', "INWARD_MAIL_URL": "smtp://u:p#'%@h:25"}
    file = tmp_path / "inward.env"
    file.write_text(as_file(odd), encoding="utf-8")
    shell = f'. {file}; printf \'%s\\n%s\\n\' "$INWARD_MAIL_FROM" "$INWARD_MAIL_URL"'
    read = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, check=True).stdout.splitlines()
    assert read == list(odd.values())
    assert from_file(file) == odd


@pytest.mark.parametrize("name", RECIPES)
def test_units_and_proxies_are_printed_as_they_are_kept(name, bare):
    printed = bare.run("init", "--print", name)
    assert printed == (ROOT / "src" / "inward" / "cli" / "recipes" / name).read_text(encoding="utf-8")
    assert not list(bare.folder.iterdir())


def test_what_is_inside_the_program_and_what_is_not(tmp_path):
    assert inside_program(ROOT / "src" / "inward" / "data")
    assert inside_program(ROOT / "data")
    assert not inside_program(tmp_path)
