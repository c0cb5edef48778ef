"""Who keeps what a department helps with, and what may be a code and a name there."""

import re
from datetime import datetime
from typing import Final

from inward.core.terms import Fields, Reason, Refusal
from inward.desk import policy
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.parties import queries as parties

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
CODE_LENGTH_MAX: Final = 60
NAME_LENGTH_MAX: Final = 200
WORDS_LENGTH_MAX: Final = 1000


def require_keeper(by: Actor, at: datetime, supplier: str) -> None:
    """Refuse whoever does not keep what a department helps with."""
    placed = parties.world().unit.get(supplier)
    company = placed[-1].company if placed else supplier
    require(policy.may_keep_queue(by, supplier=supplier, company=company, on=at.date()))


def check_texts(code: str, name: str, words: str, *, most: int = WORDS_LENGTH_MAX) -> None:
    """Refuse what cannot be a code or a name, and too many words."""
    if not CODE.fullmatch(code) or len(code) > CODE_LENGTH_MAX:
        raise Refusal(
            Reason.of("promise_code_not_usable", code=code[:CODE_LENGTH_MAX], most=CODE_LENGTH_MAX), where="code"
        )
    fields = Fields({"name": name, "words": words})
    if len(fields.text("name")) > NAME_LENGTH_MAX:
        fields.refuse("name", "text_too_long", most=NAME_LENGTH_MAX)
    if len(words) > most:
        fields.refuse("words", "text_too_long", most=most)
