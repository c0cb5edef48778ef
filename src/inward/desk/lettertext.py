"""The words of a letter as text: the plain ones, or those of its HTML where there are none."""

from inward.core.letters import Letter, written_now
from inward.kit import markup


def whole_text(letter: Letter) -> str:
    """All it says, with what it quotes."""
    return letter.text or markup.text_of(letter.html).replace("\0", "").strip()


def text_now(letter: Letter) -> str:
    """What of it was written now."""
    return written_now(whole_text(letter))
