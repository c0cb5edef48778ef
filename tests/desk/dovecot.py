"""A real mail server for tests: Dovecot with a configuration of its own, on this machine alone, with one mailbox."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from inward.kit.mailbox import Inbox

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
USER, PASSWORD, ADDRESS = "inbox", "quay-side-lamp-41", "inbox@help.example"
_CONFIGURATION = """
protocols = imap
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{home}/mail
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@contextmanager
def served():
    """The mailbox, open while the block runs; its server ends with it."""
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    process = None
    try:
        port = _free_port()
        _configured(home, port)
        process = subprocess.Popen([DOVECOT, "-F", "-c", str(home / "conf")])
        inbox = Inbox("127.0.0.1", port, tls=False, user=USER, password=PASSWORD, folder="INBOX", address=ADDRESS)
        _until_it_answers(inbox, process)
        yield inbox
    finally:
        if process is not None:
            process.terminate()
            process.wait(timeout=20)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def signed_in(inbox):
    """The mailbox as its owner sees it."""
    server = imaplib.IMAP4(inbox.host, inbox.port, timeout=10)
    try:
        server.login(inbox.user, inbox.password)
        server.select("INBOX")
        yield server
    finally:
        server.logout()


def deliver(inbox, *raw):
    """Put raw messages into the mailbox, in order."""
    with signed_in(inbox) as server:
        for each in raw:
            assert server.append("INBOX", None, None, each.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))[0] == "OK"


def flags(inbox):
    """The flags of every message in the mailbox, in order: nothing is missing."""
    with signed_in(inbox) as server:
        _kind, found = server.fetch("1:*", "(FLAGS)")
        return [
            [str(flag, "ascii") for flag in imaplib.ParseFlags(each) if flag != b"\\Recent"] for each in found if each
        ]


def _configured(home, port):
    root = os.getuid() == 0
    owner = pwd.getpwnam("mail") if root else pwd.getpwuid(os.getuid())
    home.chmod(0o755)
    (home / "mail").mkdir()
    if root:
        os.chown(home / "mail", owner.pw_uid, owner.pw_gid)
        os.chown(home, owner.pw_uid, owner.pw_gid)
    values = {
        "internal": "dovecot" if root else owner.pw_name,
        "group": "dovecot" if root else _group_of(owner),
        "login": "dovenull" if root else owner.pw_name,
    }
    text = _CONFIGURATION.format(home=home, port=port, password=PASSWORD, uid=owner.pw_uid, gid=owner.pw_gid, **values)
    (home / "conf").write_text(text, encoding="utf-8")


def _group_of(owner):
    import grp

    return grp.getgrgid(owner.pw_gid).gr_name


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _until_it_answers(inbox, process):
    until = time.monotonic() + 30
    while True:
        try:
            with signed_in(inbox):
                return
        except (OSError, imaplib.IMAP4.error):
            assert process.poll() is None, "Dovecot ended"
            assert time.monotonic() < until, "Dovecot does not answer"
            time.sleep(0.05)
