"""Reasons as a reader may know them: what is confidential to her they say neither by code nor by name (``veil``).

A reason that was kept with an order years ago names people as they were called then; it is told anew each time it is read.
"""

from typing import Final

from inward.core.terms import Fact, Reason
from inward.parties import queries, veil

ECHOES: Final = frozenset(
    {"party_unknown", "supposed_of_unknown", "id_unknown", "id_twice", "code_not_usable", "not_buyer_for"}
)
"""Refusals that say back what the asker typed: to replace it would tell that there is such a person."""


def told(reason: Reason) -> Reason:
    """The reason with what is hidden from the reader replaced: codes, codes of facts that begin with one, and names."""
    hidden = veil.closed()
    if not hidden or reason.code in ECHOES:
        return reason
    names = queries.world().names
    called = {names.get(code, code) for code in hidden} - {""}
    facts: dict[str, Fact] = {name: _told(fact, hidden, called) for name, fact in reason.items}
    hers = {f"{name}_name" for name, fact in reason.items if fact in hidden}  # as she was called then
    return Reason.of(reason.code, **facts | dict.fromkeys(hers & facts.keys(), veil.words()))


def speaks_of_hidden(*texts: str) -> bool:
    """Whether one of these texts has the name or the code of somebody who is hidden from the reader: for what was written
    before, and cannot be worded anew.
    """
    hidden = veil.closed()
    if not hidden:
        return False
    names = queries.world().names
    said = "\n".join(texts).casefold()
    return any(word.casefold() in said for code in hidden for word in (code, names.get(code, "")) if word)


def _told(fact: Fact, hidden: frozenset[str], called: set[str]) -> Fact:
    if not isinstance(fact, str):
        return fact
    if fact in called:
        return veil.words()
    return veil.CODE if any(fact == code or fact.startswith(f"{code}-") for code in hidden) else fact
