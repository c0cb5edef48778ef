"""The setting of the mailbox: what makes sense is taken apart, what does not ends the program with a sentence that says why."""

import pytest

from inward.config import environment
from inward.config.environment import SettingRefused
from inward.kit.mailbox import Inbox


def inbox(monkeypatch, url, address):
    monkeypatch.setenv("INWARD_INBOX_URL", url)
    monkeypatch.setenv("INWARD_INBOX_ADDRESS", address)
    return environment.inbox()


def test_without_one_there_is_none(monkeypatch):
    assert inbox(monkeypatch, "", "") is None


def test_a_mailbox_is_taken_apart_and_its_name_tells_no_password(monkeypatch):
    found = inbox(monkeypatch, "imaps://in%40x:p%2Fw@mail.example.org/Requests%20new", "Inbox@Example.org")
    assert found == Inbox("mail.example.org", 993, True, "in@x", "p/w", "Requests new", "inbox@example.org")
    assert found.name == "in@x@mail.example.org/Requests new"
    local = inbox(monkeypatch, "imap://in:pw@127.0.0.1", "inbox@example.org")
    assert (local.port, local.tls, local.folder) == (143, False, "INBOX")


def test_its_password_may_stand_in_a_file(monkeypatch, tmp_path):
    file = tmp_path / "url"
    file.write_text("imaps://in:pw@mail.example.org:1993\n", encoding="utf-8")
    monkeypatch.setenv("INWARD_INBOX_URL_FILE", str(file))
    assert inbox(monkeypatch, "", "inbox@example.org").port == 1993


@pytest.mark.parametrize(
    ("url", "address", "why"),
    [
        ("https://in:pw@mail.example.org", "inbox@example.org", "INWARD_INBOX_URL must look like"),
        ("imaps://mail.example.org", "inbox@example.org", "INWARD_INBOX_URL must look like"),
        ("", "inbox@example.org", "INWARD_INBOX_URL must look like"),
        ("imap://in:pw@mail.example.org", "inbox@example.org", "unless the server is on this machine"),
        ("imaps://in:pw@mail.example.org", "", "INWARD_INBOX_ADDRESS must look like"),
        ("imaps://in:pw@mail.example.org", "in+box@example.org", "INWARD_INBOX_ADDRESS must look like"),
        ("imaps://in:pw@mail.example.org", "a-very-long-inbox@example.org", "INWARD_INBOX_ADDRESS must look like"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(monkeypatch, url, address, why):
    with pytest.raises(SettingRefused, match=why):
        inbox(monkeypatch, url, address)
