"""Letters that come in: what a raw message says, of which kind it is, what of it was written now, and what it answers.

A raw message is whatever somebody sent: nothing here raises, and nothing is believed.
"""

from inward.core.letters.claims import Claim, Way, claims_of, own_token
from inward.core.letters.kinds import LetterKind
from inward.core.letters.parts import Attachment
from inward.core.letters.quoting import written_now
from inward.core.letters.reading import Letter, Returned, read_letter

__all__ = [
    "Attachment",
    "Claim",
    "Letter",
    "LetterKind",
    "Returned",
    "Way",
    "claims_of",
    "own_token",
    "read_letter",
    "written_now",
]
