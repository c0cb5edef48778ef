"""A document to print and keep, as PDF: title, facts, tables, notes, numbered pages, in the language it says it is in.

What is written is text that can be searched, copied and read aloud. The fonts are given by whoever asks: the kit ships none. The
same document made at the same instant is the same file.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

PDF = "application/pdf"
_BODY, _SMALL, _HEAD, _TITLE = 9.5, 8.0, 12.0, 17.0
"""Sizes in points."""
_LINE = 1.45
_MARGIN = 18
"""Millimetres; the foot stands in the lower one."""
_SOFT, _INK = 90, 20
_FAMILY, _REST = "text", "rest"
_TOTAL = "{nb}"
"""Stands for the number of pages until that is known."""

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells every table of a font that it leaves out


@dataclass(frozen=True, slots=True)
class Table:
    """A table under a heading. ``widths`` are shares of the page; columns in ``amounts`` end at the right."""

    heading: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    amounts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Notes:
    """Sentences under a heading, or without one."""

    heading: str
    lines: Sequence[str]


Block: TypeAlias = Table | Notes


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be written. ``language`` is a language tag; ``page`` words the foot from the number of a page and of all pages."""

    title: str
    language: str
    made_at: datetime
    lead: Sequence[str]
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    page: Callable[[str, str], str]


def pdf_bytes(document: Document, *, font: Path, rest: Path) -> bytes:
    """The document as a file. ``font`` has most letters, ``rest`` those that are missing there; files as fontTools reads them."""
    pdf = _paper(document)
    pdf.add_font(_FAMILY, fname=font)
    pdf.add_font(_REST, fname=rest)
    pdf.set_fallback_fonts([_REST])
    pdf.add_page()
    _written(pdf, document.title, _TITLE)
    for line in document.lead:
        _written(pdf, line, _BODY, _SOFT)
    if document.facts:
        pdf.ln(3)
        _table(pdf, (), document.facts, (7, 3), frozenset({1}))
    for block in document.blocks:
        pdf.ln(5)
        if block.heading:
            _written(pdf, block.heading, _HEAD)
        if isinstance(block, Table):
            _table(pdf, block.head, block.rows, block.widths, block.amounts)
        else:
            for line in block.lines:
                _written(pdf, line, _BODY if block.heading else _SMALL, _INK if block.heading else _SOFT)
    return bytes(pdf.output())


def _paper(document: Document) -> Any:
    """Sheets of A4 whose foot says which of how many each is."""
    from fpdf import FPDF  # only who asks for such a file needs it, and it takes most of a second

    class Paper(FPDF):
        def footer(self) -> None:
            self.set_y(-_MARGIN + 4)
            self.set_font(_FAMILY, size=_SMALL)
            self.set_text_color(_SOFT)
            self.cell(0, 4, f"{document.title} · {document.page(str(self.page_no()), _TOTAL)}", align="C")

    pdf = Paper(format="A4")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    pdf.set_title(document.title)
    pdf.set_lang(document.language)
    pdf.set_creation_date(document.made_at)
    pdf.set_producer("")
    return pdf


def _written(pdf: Any, text: str, size: float, grey: int = _INK) -> None:
    pdf.set_font(_FAMILY, size=size)
    pdf.set_text_color(grey)
    pdf.multi_cell(0, size * _LINE / pdf.k, text, new_x="LMARGIN", new_y="NEXT", align="L")


def _table(
    pdf: Any, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], amounts: frozenset[int]
) -> None:
    """A table whose head stands again on every page."""
    from fpdf.fonts import FontFace

    pdf.set_font(_FAMILY, size=_BODY)
    pdf.set_text_color(_INK)
    pdf.set_draw_color(200)
    with pdf.table(
        col_widths=tuple(widths),
        text_align=tuple("RIGHT" if place in amounts else "LEFT" for place in range(len(widths))),
        borders_layout="HORIZONTAL_LINES" if head else "NONE",
        first_row_as_headings=bool(head),
        headings_style=FontFace(emphasis="", size_pt=_SMALL, color=_SOFT),
        line_height=_BODY * _LINE / pdf.k,
        v_align="TOP",
        padding=(0.8, 1.2, 0.8, 0),
    ) as table:
        for cells in (*([head] if head else []), *rows):
            table.row(cells)
