"""What a password must be, how strong one is, and the look-up in a list of stolen ones without loading it."""

import hashlib
from types import SimpleNamespace

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from inward.access import passwords
from inward.access.passwords import ListState, Strength

MAYA = SimpleNamespace(username="maya-lund", email="maya-lund@example.org")


def sha1(text):
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.fixture
def stolen(tmp_path):
    """A list as it is downloaded: hashes in order, each with how often it was seen."""
    file = tmp_path / "pwned.txt"
    words = [f"stolen-{number}" for number in range(1, 501)]
    lines = sorted(f"{sha1(word)}:{number * number}" for number, word in enumerate(words, start=1))
    file.write_bytes("\r\n".join(lines).encode() + b"\r\n")
    return file, words


def wrong_with(password, user=None):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    return [error.code for error in refused.value.error_list]


class TestRules:
    @pytest.mark.parametrize(
        ("password", "codes"),
        [
            ("short-one", ["password_too_short"]),
            ("", ["password_too_short"]),
            ("password123", ["password_too_common"]),
            ("PassWord123", ["password_too_common"]),
            ("830571629405", ["password_entirely_numeric"]),
            ("abcdefghijkl", ["password_too_easy"]),
            ("aaaaaaaaaaaaaaaaaaaaaaaaab", ["password_too_easy"]),
            ("x1-" * 400, ["password_too_long"]),
        ],
    )
    def test_each_rule_says_what_it_misses(self, password, codes):
        assert wrong_with(password) == codes

    @pytest.mark.parametrize("password", ["maya-lund1", "Maya.Lund!", "lundmaya--", "maya-lund@example.org"])
    def test_a_name_of_ones_own_is_no_password(self, password):
        assert wrong_with(password, MAYA) == ["password_too_similar"]

    def test_a_long_sentence_may_contain_ones_name(self):
        validate_password("maya buys a blue kettle on Friday", MAYA)

    def test_who_signs_in_by_nothing_is_measured_against_nothing(self):
        validate_password("a-quiet-harbour", SimpleNamespace(username="", email=None))

    def test_several_words_are_enough(self):
        validate_password("kettle harbour violin", MAYA)

    def test_the_rules_say_themselves(self, settings, stolen):
        assert len([text for text in passwords.password_rules() if text]) == 3
        settings.INWARD_BREACHED_PASSWORDS = stolen[0]
        assert passwords.password_rules()[-1] == "None that was stolen somewhere before."


class TestStolen:
    def test_every_stolen_one_is_found_and_no_other(self, stolen):
        file, words = stolen
        assert all(passwords.is_breached(word, file) for word in words)
        assert not any(passwords.is_breached(f"own-{number}", file) for number in range(500))

    @pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
    @pytest.mark.parametrize("many", [0, 1, 2, 3])
    def test_short_lists_and_other_endings_of_lines(self, tmp_path, ending, many):
        words = ["a", "b", "c"][:many]
        lines = sorted(sha1(word).lower() for word in words)
        file = tmp_path / "list"
        file.write_text((ending or "\n").join(lines) + (ending if many else ""), newline="")
        assert [passwords.is_breached(word, file) for word in "abcd"] == [word in words for word in "abcd"]

    def test_a_stolen_password_is_refused(self, settings, stolen):
        settings.INWARD_BREACHED_PASSWORDS = stolen[0]
        assert wrong_with("stolen-250") == ["password_breached"]
        validate_password("never-stolen-250")

    def test_a_list_that_cannot_be_read_lets_nothing_through(self, settings, tmp_path):
        settings.INWARD_BREACHED_PASSWORDS = tmp_path / "gone"
        assert wrong_with("kettle harbour violin") == ["breach_list_unreadable"]

    def test_it_reads_a_few_lines_of_a_long_list(self, stolen, monkeypatch):
        read = []
        whole = passwords._line_from
        monkeypatch.setattr(passwords, "_line_from", lambda *given: read.append(1) or whole(*given))
        passwords.is_breached("stolen-1", stolen[0])
        assert len(read) <= 17  # the binary logarithm of 22 kilobytes, and two


class TestListState:
    def test_a_good_list(self, stolen):
        assert passwords.list_state(stolen[0]) == ListState(stolen[0].stat().st_size, "")

    @pytest.mark.parametrize(
        ("content", "wrong"),
        [
            (b"", "it is empty"),
            (b"password\nletmein\n" * 40, "a line is no SHA-1 hash: 'letmein'"),
            (
                b"\n".join(sha1(str(number)).encode() for number in range(200)),
                "its hashes are not in order: take the download that is ordered by hash",
            ),
        ],
    )
    def test_what_is_wrong_is_said(self, tmp_path, content, wrong):
        file = tmp_path / "list"
        file.write_bytes(content)
        found = passwords.list_state(file).wrong
        assert found == wrong or (found.startswith("a line is no SHA-1 hash") and wrong.startswith("a line"))

    def test_one_that_is_not_there(self, tmp_path):
        assert passwords.list_state(tmp_path / "gone") == ListState(0, "it cannot be read: No such file or directory")


class TestStrength:
    @pytest.mark.parametrize(
        ("password", "expected"),
        [
            ("", Strength.NONE),
            ("aaaaaaaaaaaaaaaaaaaa", Strength.NONE),
            ("abcdefghij", Strength.NONE),
            ("password123", Strength.NONE),
            ("kxqwrz", Strength.WEAK),
            ("kettle-9", Strength.FAIR),
            ("harbour-77-x", Strength.GOOD),
            ("kettle harbour violin", Strength.STRONG),
            ("ключ-от-дома", Strength.GOOD),
        ],
    )
    def test_it_is_a_matter_of_length_kinds_and_neighbours(self, password, expected):
        assert passwords.strength(password) is expected

    def test_every_strength_has_a_word(self):
        assert set(passwords.STRENGTH_WORDS) == set(Strength)
