"""Finding by words: full-text search of the database itself (FTS5 or tsvector), folded alike, within scopes.

What may not be seen is left out inside the statement, so that neither results nor counts tell of it. Any text is safe
to ask: it is cut into words, each matched as the beginning of one.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from inward.kit import rows, writing
from inward.kit.ids import new_id
from inward.kit.lists import planned_for_its_values
from inward.kit.models import SearchEntry
from inward.kit.transaction import transaction_required

WORDS_MAX = 12
_BATCH = 500
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found; ``scope`` is empty where everybody who is signed in may find it."""

    ref: str
    title: str
    body: str = ""
    scope: str = ""
    language: str = ""


def folded(text: str) -> str:
    """Words without case and accents, so that "Kafé" is found by "kafe" on every database."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join(_WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


@transaction_required
def index(kind: str, entries: Iterable[Entry]) -> None:
    """Keep entries findable, in place of all that was kept of the same references."""
    given = list(entries)
    remove(kind, [entry.ref for entry in given])
    SearchEntry.objects.bulk_create(_rows(kind, given), batch_size=_BATCH)


@transaction_required
def add(kind: str, entries: Iterable[Entry]) -> None:
    """Let entries be found of whose references nothing is kept yet: what is written for the first time."""
    found = _rows(kind, entries)
    if found:
        writing.add(rows.rows_of(found))


def _rows(kind: str, entries: Iterable[Entry]) -> list[SearchEntry]:
    return [
        SearchEntry(
            id=new_id(),
            kind=kind,
            ref=entry.ref,
            scope=entry.scope,
            language=entry.language,
            title=entry.title[:300],
            body=entry.body,
            words=folded(f"{entry.title} {entry.ref} {entry.body}"),
        )
        for entry in entries
    ]


@transaction_required
def remove(kind: str, refs: Sequence[str]) -> None:
    """Let something be found no more."""
    for start in range(0, len(refs), _BATCH):
        SearchEntry.objects.filter(kind=kind, ref__in=list(refs[start : start + _BATCH])).delete()


def find(text: str, *, kind: str, scopes: Sequence[str] | None = ("",), limit: int = 200) -> list[str]:
    """The references of what matches every word, best first, each once. ``scopes`` None means all of them."""
    words = folded(text).split()[:WORDS_MAX]
    if not words or (scopes is not None and not scopes):
        return []
    statement = _STATEMENTS[connection.vendor].format(within=_within(scopes))
    with connection.cursor() as cursor:
        cursor.execute(statement, [_asked(words), kind, *(scopes or ()), limit])
        return list(dict.fromkeys(ref for (ref,) in cursor.fetchall()))


def latest(text: str, *, kind: str, scopes: Sequence[str] | None, limit: int = 200) -> list[str]:
    """The references of what matches every word, what was written last first, each once; none of what everybody may find.

    Unlike ``find`` it does not weigh each match, so a word that stands in hundreds of thousands of entries costs little more than one
    that stands in a few. ``scopes`` None means all of them.
    """
    words = folded(text).split()[:WORDS_MAX]
    if not words or (scopes is not None and not scopes):
        return []
    if connection.vendor == "postgresql":
        asked = " & ".join([_asked(words), *_scoped(scopes)])
        with planned_for_its_values(), connection.cursor() as cursor:
            for statement in (_RECENTLY_POSTGRESQL, _EVER_POSTGRESQL):
                cursor.execute(statement.format(within=_within(scopes)), [asked, kind, *(scopes or ()), limit])
                found = [ref for (ref,) in cursor.fetchall()]
                if len(found) >= limit:
                    break
        return list(dict.fromkeys(found))
    with connection.cursor() as cursor:
        cursor.execute(_LATEST_SQLITE.format(within=_within(scopes)), [_asked(words), kind, *(scopes or ()), limit])
        return list(dict.fromkeys(ref for (ref,) in cursor.fetchall()))


def _within(scopes: Sequence[str] | None) -> str:
    return "" if scopes is None else f"AND e.scope IN ({', '.join(['%s'] * len(scopes))})"


def _scoped(scopes: Sequence[str] | None) -> list[str]:
    """The scopes as words of PostgreSQL's index, which so looks at no entry of another scope; which ones fit is said beside.

    Only where the index holds their words as they are.
    """
    if scopes is None or any(scope != folded(scope) or not scope for scope in scopes):
        return []
    named = (" & ".join(f"'{word}'" for word in scope.split()) for scope in scopes)
    return ["(" + " | ".join(f"({words})" for words in named) + ")"]


def _asked(words: Sequence[str]) -> str:
    """Every word as a beginning, in the language of the database's own search."""
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}':*" for word in words)
    return " ".join(f'"{word}"*' for word in words)


_STATEMENTS = {
    "sqlite": """
        SELECT e.ref FROM kit_search_words w JOIN kit_searchentry e ON e.id = w.rowid
        WHERE kit_search_words MATCH %s AND e.kind = %s {within}
        ORDER BY bm25(kit_search_words), e.ref LIMIT %s
    """,
    "postgresql": """
        SELECT e.ref FROM kit_searchentry e, to_tsquery('simple', %s) asked
        WHERE to_tsvector('simple', e.words) @@ asked AND e.kind = %s {within}
        ORDER BY ts_rank(to_tsvector('simple', e.words), asked) DESC, e.ref LIMIT %s
    """,
}
_RECENTLY_POSTGRESQL = """
    WITH late AS MATERIALIZED (SELECT id, ref, kind, scope, words FROM kit_searchentry ORDER BY id DESC LIMIT 3000)
    SELECT e.ref FROM late e
    WHERE to_tsvector('simple', e.words || ' ' || e.scope) @@ to_tsquery('simple', %s) AND e.kind = %s AND e.scope <> '' {within}
    ORDER BY e.id DESC LIMIT %s
"""
"""What was written last is looked through first: a word that is often said is found there often enough."""
_EVER_POSTGRESQL = """
    WITH hits AS MATERIALIZED (
        SELECT e.id, e.ref FROM kit_searchentry e
        WHERE to_tsvector('simple', e.words || ' ' || e.scope) @@ to_tsquery('simple', %s) AND e.kind = %s AND e.scope <> '' {within}
    )
    SELECT ref FROM hits ORDER BY id DESC LIMIT %s
"""
_LATEST_SQLITE = """
    SELECT e.ref FROM kit_search_words w JOIN kit_searchentry e ON e.id = w.rowid
    WHERE kit_search_words MATCH %s AND e.kind = %s AND e.scope <> '' {within}
    ORDER BY w.rowid DESC LIMIT %s
"""
