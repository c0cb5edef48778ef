"""HTML that somebody sent, as plain text: read, never run."""

from collections.abc import Iterator
from typing import Any, Final

_BREAKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
    }
)  # fmt: skip
_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template"})
_QUOTED: Final = "blockquote"


def text_of(html: str) -> str:
    """HTML as plain text: blocks begin lines, what is quoted stands behind ``>`` as mail programs write it, nothing is run."""
    from lxml import etree  # heavy, and wanted where letters are read alone

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.HTML(html.encode("utf-8", "replace"), parser)
    return "" if root is None else _lines(_pieces(root, etree))


def _pieces(root: Any, etree: Any) -> Iterator[tuple[int, str]]:
    """Texts in order, each with how deep it is quoted; ``""`` begins a new line."""
    depth = unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name, step = element.tag, 1 if event == "start" else -1
        if name in _BREAKS:
            yield depth, ""
        depth += step * (name == _QUOTED)
        unseen += step * (name in _UNSEEN)
        text = element.text if event == "start" else element.tail
        if text and not unseen:
            yield depth, text


def _lines(pieces: Iterator[tuple[int, str]]) -> str:
    """The texts on their lines; a line that holds nothing is left out."""
    lines: list[str] = []
    line: list[str] = []
    quoted = 0
    for depth, text in (*pieces, (0, "")):
        if text:
            line.append(text)
            quoted = depth
            continue
        words = " ".join("".join(line).split())
        if words:
            lines.append(f"{'>' * quoted} {words}" if quoted else words)
        line.clear()
    return "\n".join(lines)
