"""Secrets that Inward makes for itself: kept once, and never refused by its own rules for passwords."""

import errno
import os
import re

import pytest
from django.contrib.auth.password_validation import validate_password

from inward.access.models import User
from inward.config import environment
from inward.demo.cast import PEOPLE


def test_the_password_of_the_demo_can_be_read_off_and_typed():
    assert re.fullmatch(r"(\d{4}-){3}\d{4}", environment.typed_secret())


@pytest.mark.parametrize("drawn", [0, 1234, 9876, 2026])
def test_whatever_is_drawn_the_demo_password_suits_everybody_in_the_story(drawn, monkeypatch):
    monkeypatch.setattr(environment.secrets, "randbelow", lambda _below: drawn)
    password = environment.typed_secret()
    for part in PEOPLE:  # a refusal would stop the first start half-way
        validate_password(password, User(username=part.id, email=f"{part.id}@example.org"))


def test_a_kept_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    file = tmp_path / "deep" / "secret"
    first = environment.kept_secret(file)
    assert environment.kept_secret(file, environment.typed_secret) == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["secret"]


def test_a_data_folder_that_is_a_file_is_refused_in_one_sentence_and_left_as_it_was(tmp_path):
    folder = tmp_path / "data"
    folder.write_text("not a folder", encoding="utf-8")
    with pytest.raises(environment.SettingRefused) as refused:
        environment.kept_secret(folder / "secret-key")
    assert str(refused.value) == (
        f"inward: INWARD_DATA is {folder}, which cannot be used: File exists. Name a folder of this user, or run as its owner"
    )
    assert folder.read_text(encoding="utf-8") == "not a folder"


def test_a_data_folder_of_somebody_else_is_refused_in_one_sentence(tmp_path, monkeypatch):
    def closed(_file, *_given, **_named):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(environment.Path, "read_text", closed)
    with pytest.raises(environment.SettingRefused, match=r"INWARD_DATA is .* cannot be used: Permission denied"):
        environment.kept_secret(tmp_path / "secret-key")
