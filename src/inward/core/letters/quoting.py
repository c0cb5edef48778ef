"""What of a letter's text was written now: what mail programs put below an answer is cut, conservatively.

Cut is only what stands below everything else: who answers between the lines keeps the lines. Where nothing would be left,
everything stays.
"""

import re
from typing import Final

_WROTE: Final = re.compile(
    r"(?:\bwrote|\bskrev\b.*|\bha scritto|\bmenulis|\bwrites|\bschrieb\b.*|\bschreef\b.*|\ba écrit)\s*:\s*$",
    re.IGNORECASE,
)
_ORIGINAL: Final = re.compile(
    r"-{2,}\s*(original message|opprinnelig melding|videresendt melding|messaggio originale|pesan asli|forwarded message)\s*-{2,}",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\*?(from|fra|da|dari)\s*:\*?\s*\S", re.IGNORECASE)
_MORE: Final = re.compile(
    r"\*?(sent|date|to|cc|subject|sendt|dato|til|kopi|emne|inviato|data|a|oggetto|terkirim|tanggal|dikirim|kepada|perihal|subjek)\s*:\*?",
    re.IGNORECASE,
)
_BEGINS: Final = frozenset({"on", "den", "il", "pada", "am", "op", "le"})
_SAID_BY_MAX: Final = 3
"""Over so many lines mail programs break "On … wrote:"."""
_LINE_MAX: Final = 500
_BLOCK: Final = 3
"""So many lines of a heading make the heading of a message below."""


def written_now(text: str) -> str:
    """The text without the message it answers; all of it where nothing else would be left."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = _without_tail(lines[: _below(lines)])
    return "\n".join(kept).strip() or "\n".join(lines).strip()


def _below(lines: list[str]) -> int:
    """The line at which a whole message begins below: a rule that says so, or its heading."""
    for at, line in enumerate(lines):
        if _ORIGINAL.fullmatch(line.strip()):
            return at
        if _FROM.match(line) and sum(bool(_MORE.match(each)) for each in lines[at + 1 : at + 1 + _BLOCK]) >= _BLOCK - 1:
            ruled = at > 0 and len(lines[at - 1]) > _BLOCK and set(lines[at - 1]) <= {"_", "-"}
            return at - 1 if ruled else at
    return len(lines)


def _without_tail(lines: list[str]) -> list[str]:
    """Without the quoted lines at the end, and who is said to have written them."""
    end = len(lines)
    while end and (not lines[end - 1] or lines[end - 1].startswith(">")):
        end -= 1
    if not any(line.startswith(">") for line in lines[end:]):
        return lines
    return lines[: _said_by(lines[:end])]


def _said_by(lines: list[str]) -> int:
    """Where "On … wrote:" begins that ends the lines, over as many lines as mail programs break it into; the end where it does not."""
    if lines and len(lines[-1]) <= _LINE_MAX and _WROTE.search(lines[-1]):
        for many, line in enumerate(reversed(lines[-_SAID_BY_MAX:]), start=1):
            if line.split(" ", 1)[0].lower() in _BEGINS:
                return len(lines) - many
    return len(lines)
