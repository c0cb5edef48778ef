"""What inside rules are called on pages, and which can be chosen from: those that ship by their labels, one's own by name."""

from inward.core.classification import DEFINITIONS
from inward.kit import vocabularies
from inward.parties import definitions
from inward.web.components import formats


def called(code: str) -> str:
    """What an inside rule is called: one that ships by its label, one's own by its name."""
    return definitions.known().names.get(code) or vocabularies.label("definition", code, formats.language())


def choices() -> list[tuple[str, str]]:
    """Every inside rule by its code: those that ship first, then one's own by name."""
    own = sorted(definitions.known().names.items(), key=lambda pair: (pair[1], pair[0]))
    return [*((code, called(code)) for code in DEFINITIONS), *own]
