"""Brings the catalogues of page texts up to date: ``.venv/bin/python -m tools.catalogues`` (``just words``).

Every text of a template or of Python code under ``web`` and ``demo`` gets an entry in every language, with the files that
use it; what nobody uses any more is dropped. English entries say the text itself. Compiles them, as the build does, and
prints how much is still to be translated.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "inward"
FACES = ("web", "demo")
LANGUAGES = ("en", "nb", "it", "id")
TITLES = {"en": "English", "nb": "Norwegian bokmål", "it": "Italian", "id": "Indonesian"}
_WRITTEN = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""A day in the headers that never changes: git knows better."""
_TEXT = r"u?(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
_CALL = re.compile(rf"(?<![\w.])(n?)gettext\(\s*{_TEXT}(?:\s*,\s*{_TEXT})?", re.DOTALL)
KEYWORDS = {"_": None, "__": None, "_n": (1, 2), "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}
"""Every name by which a module calls for a text; a test finds imports under any other."""


@dataclass(slots=True)
class Text:
    """A text, its plural form if it has one, and the files that use it."""

    plural: str = ""
    places: set[str] = field(default_factory=set)


def texts() -> dict[str, Text]:
    """Every text that a page, a form or a message translates."""
    found: dict[str, Text] = defaultdict(Text)
    for face in FACES:
        for place, one, many in (*_of_templates(PACKAGE / face), *_of_code(PACKAGE / face)):
            text = found[one]
            text.plural = text.plural or many
            text.places.add(place)
    return found


def _of_templates(folder: Path) -> Iterator[tuple[str, str, str]]:
    from django.utils.translation.template import templatize

    for path in sorted(folder.rglob("templates/**/*.*")):
        place = path.relative_to(PACKAGE).as_posix()
        for plural, one, many in _CALL.findall(templatize(path.read_text(encoding="utf-8"))):
            yield place, _unescaped(one), _unescaped(many) if plural else ""


def _of_code(folder: Path) -> Iterator[tuple[str, str, str]]:
    for name, _, key, _, _ in extract_from_dir(str(folder), [("**.py", "python")], keywords=KEYWORDS):
        place = (folder / name).relative_to(PACKAGE).as_posix()
        one, many = key if isinstance(key, tuple) else (key, "")
        yield place, one, many


def _unescaped(literal: str) -> str:
    text = str(eval(literal)) if literal else ""  # noqa: S307 - a string literal that the pattern matched
    return text.replace("%%", "%") if "%(" not in text else text


def updated(language: str, wanted: dict[str, Text]) -> Catalog:
    """The catalogue of a language with exactly these texts, keeping what was translated."""
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"
    known = {}
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=language)
        known = {_single(message.id): message.string for message in old if message.id}
    new = Catalog(
        locale=language,
        project="Inward",
        version="",
        header_comment=f"# The texts of the pages in {TITLES[language]}. Compiled when the package is built.\n#",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        creation_date=_WRITTEN,
        revision_date=_WRITTEN,
        fuzzy=False,
        charset="utf-8",
    )
    for one, text in sorted(wanted.items(), key=lambda pair: (min(pair[1].places), pair[0])):
        key: str | tuple[str, str] = (one, text.plural) if text.plural else one
        string = key if language == "en" else _fitting(known.get(one, ""), new.num_plurals if text.plural else 0)
        new.add(key, string, locations=[(place, 0) for place in sorted(text.places)])
    return new


def _fitting(string: object, forms: int) -> str | tuple[str, ...]:
    """The kept translation in the number of forms that the language has."""
    if not forms:
        return string if isinstance(string, str) else ""
    kept = tuple(map(str, string)) if isinstance(string, tuple) else ()
    return (*kept, *("",) * forms)[:forms]


def _single(key: object) -> str:
    return str(key[0] if isinstance(key, tuple) else key)


def main() -> None:
    """Write every catalogue, and say what is missing; any other word is refused before anything is written."""
    argparse.ArgumentParser(prog="python -m tools.catalogues", description=__doc__.partition("\n\n")[2]).parse_args()
    wanted = texts()
    for language in LANGUAGES:
        catalogue = updated(language, wanted)
        path = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, include_lineno=False, sort_output=False)
        empty = [message for message in catalogue if message.id and not all(_forms(message.string))]
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        print(f"{TITLES[language]}: {len(catalogue)} texts, {len(empty)} to translate")


def _forms(string: object) -> tuple[object, ...]:
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    main()
