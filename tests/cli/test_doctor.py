"""What the doctor finds and how it says to mend it; stuck tasks are retried or given up, and a full disk breaks nothing."""

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests import partner
from tests.cli.sites import Site
from tests.cli.test_commands import run
from tests.identity import CLIENT_ID, SECRET, running

from inward.access.providers import Provider, RoleOfGroup
from inward.access.vocabulary import Role
from inward.cli import examining
from inward.kit import clock, files, outbox, worker
from inward.kit.actor import Actor
from inward.kit.mailbox import Inbox
from inward.kit.models import AuditRow, Task
from inward.kit.models.outbox import TaskState
from inward.kit.oidc import Client
from inward.kit.saml import Partner
from inward.kit.transaction import transaction

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def found(capsys, name):
    status, out, _ = run(capsys, "doctor", "--json")
    (finding,) = [each for each in json.loads(out)["findings"] if each["name"] == name]
    assert finding["well"] or status == 1
    return finding


@pytest.fixture
def stuck():
    """A task that failed eight times."""
    with transaction():
        outbox.schedule("kit.forget_done_tasks", clock.now(), at=clock.now())
    Task.objects.update(state=TaskState.STUCK, attempts=8, last_error="ValueError: no such\n mailbox")
    return Task.objects.get().id


class TestStuckTasks:
    def test_they_are_listed_with_what_went_wrong_and_how_to_go_on(self, capsys, stuck):
        finding = found(capsys, "queue")
        assert not finding["well"]
        assert f"{stuck}  kit.forget_done_tasks  ValueError: no such mailbox" in finding["found"]
        assert "--retry" in finding["mend"]

    def test_one_is_tried_again_and_noted(self, capsys, stuck):
        assert run(capsys, "doctor", "--retry", str(stuck))[0] == 0
        assert Task.objects.get(id=stuck).state == TaskState.WAITING
        assert AuditRow.objects.get(act="kit.retry_task").thing == str(stuck)
        assert run(capsys, "doctor", "--retry", str(stuck))[0] == 1
        assert run(capsys, "doctor", "--retry", "the first")[0] == 2

    def test_all_are_tried_again(self, capsys, stuck):
        status, _, err = run(capsys, "doctor", "--retry", "all")
        assert (status, "1 tasks" in err) == (0, True)
        assert not worker.stuck()

    def test_one_is_given_up_only_with_a_reason_and_a_yes(self, capsys, stuck, monkeypatch):
        assert run(capsys, "doctor", "--discard", str(stuck))[0] == 2
        monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: False))
        assert run(capsys, "doctor", "--discard", str(stuck), "--because", "mailbox is gone")[0] == 1
        monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
        monkeypatch.setattr("builtins.input", lambda _question: "no")
        assert run(capsys, "doctor", "--discard", str(stuck), "--because", "mailbox is gone")[0] == 1
        assert Task.objects.get(id=stuck).state == TaskState.STUCK

        monkeypatch.setattr("builtins.input", lambda _question: "yes")
        assert run(capsys, "doctor", "--discard", str(stuck), "--because", "mailbox is gone")[0] == 0
        assert Task.objects.get(id=stuck).state == TaskState.DISCARDED
        assert AuditRow.objects.get(act="kit.discard_task").facts == {"reason": "mailbox is gone"}
        assert run(capsys, "doctor", "--discard", str(stuck), "--because", "again", "--yes")[0] == 1


class TestFindings:
    def test_all_well_is_exit_status_0(self, capsys, monkeypatch):
        at = clock.now()
        worker.beat("one", started_at=at, at=at, handled=0)
        status, out, _ = run(capsys, "doctor", "--json")
        wrong = [each for each in json.loads(out)["findings"] if not each["well"]]
        assert (wrong, status, json.loads(out)["well"]) == ([], 0, True)

    def test_each_ill_finding_says_how_it_is_mended(self, capsys, settings, monkeypatch, tmp_path):
        settings.INWARD_BASE_URL = "http://inward.example.org"
        assert "in the open" in found(capsys, "address")["found"]
        settings.INWARD_BASE_URL, settings.DEBUG = "https://inward.example.org", True
        assert found(capsys, "address")["mend"] == "unset INWARD_DEBUG"
        settings.DEBUG, settings.EMAIL_BACKEND = False, "django.core.mail.backends.filebased.EmailBackend"
        assert found(capsys, "mail")["mend"] == "set INWARD_MAIL_URL"
        settings.INWARD_INBOX = Inbox("127.0.0.1", 1, False, "in", "secret", "INBOX", "inbox@help.example")
        silent = found(capsys, "mailbox")
        assert (silent["well"], silent["mend"][:20]) == (False, "see INWARD_INBOX_URL")
        assert "secret" not in silent["found"]
        settings.INWARD_TODAY = clock.today()
        assert found(capsys, "clock")["mend"] == "unset INWARD_TODAY"
        settings.INWARD_TODAY, settings.INWARD_DEMO = None, True
        assert "anybody could be anybody" in found(capsys, "demo")["mend"]
        settings.INWARD_DEMO = False
        monkeypatch.setattr(examining, "ROOM_LEAST", 1 << 62)
        assert not found(capsys, "disk")["well"]
        settings.INWARD_DATA = tmp_path
        by = Actor.system("test")
        with transaction():
            lost = files.store(by=by, at=clock.now(), chunks=[b"a paper"], name="a.txt")
        assert found(capsys, "files")["well"]
        files.path_of(lost).unlink()
        assert lost.reference in found(capsys, "files")["found"]
        assert "from a backup" in found(capsys, "files")["mend"]
        settings.INWARD_DATA = Path(examining.__file__).parent
        assert "program's own folder" in found(capsys, "places")["found"]

    def test_a_secret_that_others_read_is_found_unless_nobody_gets_there(self, capsys, settings, tmp_path, monkeypatch):
        settings.INWARD_DATA = tmp_path
        key = tmp_path / "secret-key"
        key.write_text("secret", encoding="utf-8")
        key.chmod(0o640)
        monkeypatch.setattr(examining, "_can_be_reached", lambda place: True)
        finding = found(capsys, "secrets")
        assert str(key) in finding["found"]
        assert finding["mend"].startswith("chmod go= ")
        monkeypatch.setattr(examining, "_can_be_reached", lambda place: False)
        assert found(capsys, "secrets")["well"]

    def test_folders_that_keep_strangers_out_are_seen(self, tmp_path):
        inner = tmp_path / "inner"
        inner.mkdir(mode=0o700)
        assert not examining._can_be_reached(inner / "key")
        assert examining._can_be_reached(Path("/key"))

    def test_a_clock_that_differs_from_the_databases_is_found(self, capsys, monkeypatch):
        from django.db import connection

        late = clock.now() - timedelta(minutes=2)
        with clock.shifted(late):
            finding = found(capsys, "clock")
        assert finding["well"] is (connection.vendor == "sqlite")

    def test_a_database_of_a_newer_version_is_named(self, capsys, monkeypatch):
        monkeypatch.setattr(examining, "unknown", lambda: ["trade.9999_to_come"])
        assert "newer version (trade.9999_to_come)" in found(capsys, "tables")["found"]

    def test_an_examination_that_breaks_is_a_finding(self, capsys, monkeypatch):
        def broken():
            raise RuntimeError("first line\nsecond line")

        monkeypatch.setitem(examining.EXAMINATIONS, "database", broken)
        finding = found(capsys, "database")
        assert (finding["found"], finding["well"]) == ("RuntimeError: first line", False)
        assert "INWARD_DATABASE_URL" in finding["mend"]


class TestMail:
    def test_a_letter_is_sent(self, capsys, mailoutbox):
        status, _, err = run(capsys, "doctor", "--mail", "ada@example.org")
        assert (status, "took the letter" in err) == (0, True)
        (letter,) = mailoutbox
        assert letter.to == ["ada@example.org"]

    def test_a_server_that_is_not_there_is_said(self, capsys, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        status, _, err = run(capsys, "doctor", "--mail", "ada@example.org")
        assert (status, "did not go out: ConnectionRefusedError" in err) == (1, True)

    def test_letters_into_a_folder_are_named_as_such(self, capsys, settings, tmp_path):
        settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = (
            "django.core.mail.backends.filebased.EmailBackend",
            str(tmp_path),
        )
        status, _, err = run(capsys, "doctor", "--mail", "ada@example.org")
        assert (status, str(tmp_path) in err) == (0, True)


class TestUsers:
    def test_an_invitation_is_printed_as_a_link_and_a_new_one_can_be_had(self, capsys):
        status, out, _ = run(capsys, "user", "invite", "ada", "--email", "ada@example.org")
        assert (status, "/door/invitation/" in out) == (0, True)
        assert "/door/invitation/" in run(capsys, "user", "link", "ada")[1]

    def test_whoever_has_a_password_gets_a_link_to_choose_another(self, capsys, monkeypatch):
        monkeypatch.setattr("inward.cli.user._read_password", lambda: "a-long-and-odd-password")
        _, out, _ = run(capsys, "user", "invite", "ada", "--password-stdin")
        assert "/door/" not in out
        assert "/door/password/new/" in run(capsys, "user", "link", "ada")[1]

    def test_a_lost_second_factor_is_taken_away(self, capsys):
        from allauth.mfa.models import Authenticator

        from inward.access import queries

        run(capsys, "user", "invite", "ada")
        status, _, err = run(capsys, "user", "reset-second-factor", "ada")
        assert (status, bool(err.strip())) == (1, True)
        Authenticator.objects.create(user_id=queries.user_named("ada"), type=Authenticator.Type.TOTP, data={})
        assert run(capsys, "user", "reset-second-factor", "ada")[0] == 0
        assert not Authenticator.objects.exists()
        assert AuditRow.objects.filter(act__contains="second_factor").exists()

    def test_sessions_end(self, capsys):
        run(capsys, "user", "invite", "ada")
        status, _, err = run(capsys, "user", "end-sessions", "ada")
        assert (status, "has ended" in err) == (0, True)
        assert AuditRow.objects.filter(act="access.end_sessions").exists()


FULL = """
import json, resource, sys
from django.test import Client
from django.db import connection
from inward.access.models import User
from inward.kit.models import AuditRow, Task
from inward.trade.models import Order
from inward.ledger.models import Entry
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
def counted():
    return [model.objects.count() for model in (Order, Entry, AuditRow, Task)]
browser = Client(raise_request_exception=False)
browser.force_login(User.objects.get(username="maya-lund"))
page = browser.get("/shop/coffee-machine/")
with connection.cursor() as cursor:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
before = counted()
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, resource.RLIM_INFINITY))
for turn in range(40):
    before = counted()
    answer = browser.post("/door/language/", {"language": "nb" if turn % 2 else "en"})
    if answer.status_code == 507:
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
after = counted()
again = browser.post("/door/language/", {"language": "nb"})
print(json.dumps([answer.status_code, "disk of the machine is full" in answer.content.decode()
    or "Nothing was half done" in answer.content.decode(), before == after, again.status_code]))
"""


def test_on_a_full_disk_an_act_ends_with_a_sentence_and_nothing_is_half_there(used, tmp_path):
    """The limit on the size of files stands in for the disk: what goes beyond it fails as it does there."""
    used.run("backup", tmp_path / "site.zip")
    site = Site(tmp_path / "full")
    site.run("restore", tmp_path / "site.zip")
    status, said, same, again = json.loads(site.python(FULL).splitlines()[-1])
    assert (status, said, same, again) == (507, True, True, 303)


def test_a_backup_on_a_full_disk_leaves_nothing_behind(used, tmp_path):
    program = (
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "from inward.cli import main\nsys.exit(main.main(sys.argv[1:]))"
    )
    done = used.start("backup", tmp_path / "site.zip", program=program)
    assert done.returncode == 1
    assert "no room left on the disk" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


class TestSignInProviders:
    def test_without_any_it_is_well_unless_passwords_are_shut_out(self, capsys, settings):
        assert found(capsys, "sign-in providers") | {"mend": ""} == {
            "name": "sign-in providers", "well": True, "found": "none", "mend": "",
        }  # fmt: skip
        settings.INWARD_LOCAL_SIGN_IN = "administrators"
        assert "there is no provider" in found(capsys, "sign-in providers")["found"]

    def test_one_that_answers_is_well_and_one_that_does_not_or_gives_roles_over_nothing_is_named(
        self, capsys, settings
    ):
        with running() as identity:
            client = Client(identity.issuer, CLIENT_ID, SECRET)
            settings.INWARD_PROVIDERS = (Provider("abc", "ABC", client, roles=(RoleOfGroup("g", Role.BUYER, "*"),)),)
            assert found(capsys, "sign-in providers")["found"] == "abc"
            settings.INWARD_PROVIDERS = (
                Provider("abc", "ABC", client, roles=(RoleOfGroup("g", Role.BUYER, "nowhere"),)),
            )
            finding = found(capsys, "sign-in providers")
            assert (finding["well"], finding["found"]) == (False, "abc: a role over nowhere, which is not known here")
        assert "abc: 127.0.0.1" in found(capsys, "sign-in providers")["found"]

    def test_a_saml_provider_is_well_by_its_metadata_and_what_is_half_set_for_it_is_named(self, capsys, settings):
        told = lambda: found(capsys, "sign-in providers")["found"]  # noqa: E731 - asked seven times
        settings.INWARD_SAML_KEY = partner.KEY
        assert "INWARD_SAML_KEY is set, and no provider speaks SAML" in told()
        settings.INWARD_PROVIDERS = (Provider("abc", "ABC", Partner(partner.ISSUER, metadata=partner.metadata())),)
        assert told() == "INWARD_SAML_KEY is set without INWARD_SAML_CERTIFICATE: neither is used, nothing is signed"
        settings.INWARD_SAML_CERTIFICATE = partner.OTHER_CERTIFICATE
        assert told() == "INWARD_SAML_KEY, INWARD_SAML_CERTIFICATE: the certificate is not of the key"
        settings.INWARD_SAML_CERTIFICATE = partner.CERTIFICATE
        assert found(capsys, "sign-in providers")["well"] is True
        settings.INWARD_SAML_KEY = ""
        assert told() == "INWARD_SAML_CERTIFICATE is set without INWARD_SAML_KEY: neither is used, nothing is signed"
        settings.INWARD_SAML_CERTIFICATE = ""
        assert told() == "abc"
        settings.INWARD_PROVIDERS = (Provider("abc", "ABC", Partner(partner.ISSUER, metadata="nothing")),)
        assert told().startswith("abc: the provider's metadata cannot be read")
