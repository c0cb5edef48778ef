"""What a password must be, how strong one is, and the look-up among passwords that thieves know, without any network.

Four rules, each a Django validator that says itself in words: long enough, not one's own name, not common, not among the
breached. The breached are a file of SHA-1 hashes in order, as it can be downloaded for the whole world; a hash is found in
it by halving, some thirty short reads, so its size does not matter. Nothing here keeps or logs a password.
"""

import hashlib
import math
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import ngettext as _n

LENGTH_MIN: Final = 10
LENGTH_MAX: Final = 1024
"""More would only keep the machine busy with hashing."""
_LIKENESS_MAX: Final = 0.7
_PART_MIN: Final = 4
_HASH_LENGTH: Final = 40
_LINE_MAX: Final = 128
"""Longer than any line of a list of hashes: 40 letters, a colon, a count, the end of the line."""
_SAMPLES: Final = 64
_LINE = re.compile(rb"[0-9A-Fa-f]{40}(:\d+)?")


class Strength(IntEnum):
    """How long a patient thief with good machines would need: a figure of speech, not a promise."""

    NONE = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3
    STRONG = 4


STRENGTH_WORDS: Final[dict[Strength, str | Promise]] = {
    Strength.NONE: gettext_lazy("too easy to guess"),
    Strength.WEAK: gettext_lazy("weak"),
    Strength.FAIR: gettext_lazy("fair"),
    Strength.GOOD: gettext_lazy("good"),
    Strength.STRONG: gettext_lazy("strong"),
}
_BITS: Final = ((28, Strength.NONE), (40, Strength.WEAK), (55, Strength.FAIR), (75, Strength.GOOD))
_KINDS: Final = ((re.compile("[a-z]"), 26), (re.compile("[A-Z]"), 26), (re.compile("[0-9]"), 10))
_OTHERS: Final = 33
_FORESEEN: Final = 0.5


def bits(password: str) -> float:
    """How many bits it would take to guess: each sign counts by the kinds of signs used, one that follows from its
    neighbour (aaa, abc, 321) for next to nothing. The same sum is done in the page (js/strength.js).
    """
    kinds = sum(size for kind, size in _KINDS if kind.search(password))
    if re.search(r"[^a-zA-Z0-9]", password):
        kinds += _OTHERS
    if not kinds:
        return 0.0
    foreseen = sum(1 for before, after in pairwise(password) if abs(ord(after) - ord(before)) <= 1)
    return (len(password) - foreseen) * math.log2(kinds) + foreseen * _FORESEEN


def strength(password: str) -> Strength:
    """How strong a password is; a common one is none, whatever it looks like."""
    if is_common(password):
        return Strength.NONE
    found = bits(password)
    return next((name for below, name in _BITS if found < below), Strength.STRONG)


def is_common(password: str) -> bool:
    """Whether it stands among the twenty thousand that are used most."""
    return password.lower().strip() in _common().passwords


@lru_cache(maxsize=1)
def _common() -> CommonPasswordValidator:
    return CommonPasswordValidator()


# --- the rules, as Django's validators -----------------------------------------------------------------------------------


class LengthRule:
    """At least ten signs, at most what can be hashed quickly."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """Raise ValidationError with what is missing."""
        short = LENGTH_MIN - len(password)
        if short > 0:
            words = _n("It is too short: write %(n)s sign more.", "It is too short: write %(n)s signs more.", short) % {
                "n": short
            }
            raise ValidationError(words, code="password_too_short")
        if len(password) > LENGTH_MAX:
            raise ValidationError(
                _("It is too long: %(most)s signs are enough.") % {"most": LENGTH_MAX}, code="password_too_long"
            )

    def get_help_text(self) -> str:
        """The rule as it stands beside the field."""
        return _("At least %(n)s signs; several words are easier to remember than odd signs.") % {"n": LENGTH_MIN}


class OwnNameRule:
    """Neither one's name nor one's address, nor much like them."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError when it is close to what everybody knows of her."""
        known = [str(getattr(user, name, "") or "") for name in ("username", "email")]
        parts = {part.lower() for name in known for part in (name, *re.split(r"\W+", name)) if len(part) >= _PART_MIN}
        said = password.lower()
        if any(self._close(said, part) for part in parts):
            raise ValidationError(_("It is too close to your name or e-mail address."), code="password_too_similar")

    def get_help_text(self) -> str:
        """The rule as it stands beside the field."""
        return _("Not your name and not your e-mail address.")

    @staticmethod
    def _close(said: str, part: str) -> bool:
        # Far longer than the name: even the whole name inside it says little, and comparing would take long.
        return len(said) < 3 * len(part) and SequenceMatcher(a=said, b=part).quick_ratio() >= _LIKENESS_MAX


class CommonRule:
    """None of the most used, not digits alone, and no row of signs."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """Raise ValidationError when anybody would try it first."""
        if is_common(password):
            raise ValidationError(
                _("It is one of the passwords that are used most; anybody would try it first."),
                code="password_too_common",
            )
        if len(password) >= LENGTH_MIN and bits(password) < _BITS[0][0]:
            raise ValidationError(
                _("It is too easy to guess: signs that repeat or follow one another count for little."),
                code="password_too_easy",
            )
        if password.isdigit():
            raise ValidationError(_("It is digits alone; add words."), code="password_entirely_numeric")

    def get_help_text(self) -> str:
        """The rule as it stands beside the field."""
        return _("Not digits alone, no row such as abcdefghij, and none of those that everybody uses.")


class BreachRule:
    """None that thieves are known to have, when the house has such a list (``INWARD_BREACHED_PASSWORDS``)."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """Raise ValidationError when it stands in the list; also when the list cannot be read, for then nobody knows."""
        file: Path | None = settings.INWARD_BREACHED_PASSWORDS
        if file is None:
            return
        try:
            found = is_breached(password, file)
        except OSError:
            raise ValidationError(
                _("The list of stolen passwords cannot be read just now. Tell whoever runs Inward, and try later."),
                code="breach_list_unreadable",
            ) from None
        if found:
            raise ValidationError(
                _("It was stolen somewhere before: it stands in a list that thieves use."), code="password_breached"
            )

    def get_help_text(self) -> str:
        """The rule as it stands beside the field; nothing where there is no list."""
        if settings.INWARD_BREACHED_PASSWORDS is None:
            return ""
        return _("None that was stolen somewhere before.")


def password_rules() -> list[str]:
    """The rules that hold here, in words."""
    return [text for text in password_validators_help_texts() if text]


# --- the list of breached passwords --------------------------------------------------------------------------------------


def is_breached(password: str, file: Path) -> bool:
    """Whether the password's SHA-1 stands in the file. OSError when the file cannot be read."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, lines.seek(0, 2)
        # A line that begins before ``low`` is smaller than what is wanted, one that begins at ``high`` or later is not.
        while low < high:
            middle = (low + high) // 2
            begins, found = _line_from(lines, middle)
            if begins >= high or not found:
                high = middle
            elif _hash(found) < wanted:
                low = begins + len(found)
            else:
                high = middle
        _begins, found = _line_from(lines, low)
        return _hash(found) == wanted


@dataclass(frozen=True, slots=True)
class ListState:
    """What a look at the list found: how large it is, and what is wrong with it ("" when nothing is)."""

    size_bytes: int
    wrong: str


def list_state(file: Path) -> ListState:
    """Look at the list in some places: hashes in order? For ``inward doctor``; reads a few thousand bytes of any file."""
    try:
        with file.open("rb") as lines:
            size = lines.seek(0, 2)
            found = [_line_from(lines, size * each // _SAMPLES)[1].strip() for each in range(_SAMPLES)]
    except OSError as error:
        return ListState(0, f"it cannot be read: {error.strerror}")
    told = [line for line in found if line]
    if not told:
        return ListState(size, "it is empty")
    strange = next((line for line in told if not _LINE.fullmatch(line)), None)
    if strange is not None:
        return ListState(size, f"a line is no SHA-1 hash: {strange[:_HASH_LENGTH].decode(errors='replace')!r}")
    if any(_hash(after) < _hash(before) for before, after in pairwise(told)):
        return ListState(size, "its hashes are not in order: take the download that is ordered by hash")
    return ListState(size, "")


def _line_from(lines: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first whole line that begins at ``place`` or later, and where it begins; b"" at the end."""
    if place == 0:
        lines.seek(0)
        return 0, lines.readline(_LINE_MAX)
    # One byte before: when that is the end of a line, the line wanted begins right here.
    lines.seek(place - 1)
    skipped = lines.readline(_LINE_MAX)
    return place - 1 + len(skipped), lines.readline(_LINE_MAX)


def _hash(line: bytes) -> bytes:
    return line[:_HASH_LENGTH].upper()
