"""Links between pages: each leads to a file that is there and, with a ``#``, to a heading in it; every page is reached."""

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
INDEX = ROOT / "docs" / "README.md"


def pages():
    """Every page that belongs to the repository, also those not committed yet."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.md"]
    try:
        found = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive has no history
        away = {"node_modules", ".venv"}
        found = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*.md") if not away & set(path.parts)]
    return sorted(ROOT / name for name in found if name and (ROOT / name).exists())


def links(text):
    """The relative links of a page, outside examples."""
    plain = re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))
    return [target for target in LINK.findall(plain) if not re.match(r"[a-z][a-z0-9+.-]*:", target)]


def anchors(text):
    """The names of a page's headings as the usual renderers make them."""
    found = set()
    for heading in re.findall(r"^#{1,6}\s+(.*?)\s*#*$", FENCE.sub("", text), re.MULTILINE):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        name = re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")
        while name in found:
            name += "-1"
        found.add(name)
    return found


def wrong(page, root=ROOT):
    """What does not lead anywhere."""
    bad = []
    for target in links(page.read_text(encoding="utf-8")):
        path, _, anchor = unquote(target).partition("#")
        place = (page.parent / path).resolve() if path else page
        there = place.exists() and root in (place, *place.parents)
        named = anchor if there and place.suffix == ".md" else ""
        if not there or (named and named not in anchors(place.read_text(encoding="utf-8"))):
            bad.append(target)
    return bad


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    assert wrong(page) == []


def test_every_page_under_docs_is_reached_from_the_index():
    reached = {
        (INDEX.parent / target.partition("#")[0]).resolve() for target in links(INDEX.read_text(encoding="utf-8"))
    }
    missed = [str(page.relative_to(ROOT)) for page in pages() if INDEX.parent in page.parents and page not in reached]
    assert set(missed) - {"docs/README.md"} == set()


def test_a_link_that_leads_nowhere_would_be_seen(tmp_path):
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    other.write_text("# A heading, here\n", encoding="utf-8")
    page.write_text(
        "[a](other.md#a-heading-here) [b](other.md#gone) [c](gone.md) [d](https://example.org/x) `[e](gone.md)`\n"
        "```text\n[f](gone.md)\n```\n[g](../outside.md)\n",
        encoding="utf-8",
    )
    assert wrong(page, root=tmp_path) == ["other.md#gone", "gone.md", "../outside.md"]


def test_there_are_pages_to_look_at():
    assert {"README.md", "CONTRIBUTING.md", "SECURITY.md", "THREAT_MODEL.md"} <= {page.name for page in pages()}
    assert len(pages()) > 40
