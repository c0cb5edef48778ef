"""Write docs/reference/exports.md from what the rooms declare: python -m tools.exports_page. A test holds it equal."""

from pathlib import Path

from inward.cli import export, setup
from inward.kit.columns import Export

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "exports.md"
_START = """# Tables for analysis

What the rooms offer to analysis: every column with its kind, unit and meaning, and who may take it. `inward export tables
FOLDER` writes them as CSV, one file each, read as a stream.

Nobody is named. People appear by a key that means nothing by itself; what they are called, their addresses, free texts and
the words of notices stay in the house. Private purchases and what a person owes appear without any key of hers
([why](../decisions/0127-figures-for-analysis-without-people.md)). When a name is forgotten, no figure here changes.

Kinds: `integer` and `text` as they are, `yes/no` in those words, `day` as `YYYY-MM-DD`, `instant` as ISO 8601 in UTC. Amounts
are whole numbers of the currency's smallest unit. Text that a spreadsheet might run begins with an apostrophe.

This page is written from the program by `python -m tools.exports_page`. For files that people exchange see
[World directory](world.md) and [Catalogue files](catalogue-files.md).
"""


def page() -> str:
    """The page as the declarations have it."""
    parts = [_START]
    for room, exports in export.offered().items():
        parts.append(f"\n## {room.capitalize()}\n")
        parts.extend(_table(each) for each in exports)
    return "".join(parts)


def _table(table: Export) -> str:
    rows = "".join(
        f"| `{column.name}` | {column.kind} | {column.unit} | {column.meaning} |\n" for column in table.columns
    )
    head = "| column | kind | unit | meaning |\n|---|---|---|---|\n"
    return f"\n### {table.name}\n\n{table.meaning}. For {table.permission}.\n\n{head}{rows}"


if __name__ == "__main__":
    setup.prepare()
    PAGE.write_text(page(), encoding="utf-8")
