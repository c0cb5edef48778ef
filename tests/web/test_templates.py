"""Templates say what they take, carry nothing inline that the content policy forbids, and leave no text untranslated."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import inward.web

WEB = Path(inward.web.__file__).parent
TEMPLATES = sorted(
    path for face in WEB.iterdir() for path in (face / "templates").rglob("*.html") if (face / "templates").exists()
)
NAMES = [str(path.relative_to(WEB)) for path in TEMPLATES]
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=|javascript:|hx-on|hx-vals=['\"]?js:", re.IGNORECASE
)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_opens_by_saying_what_it_takes(path):
    text = path.read_text(encoding="utf-8")
    body = re.sub(r"\A{% extends [^%]+%}\n", "", text)
    assert re.match(r"({% load [^%]+%})?{% comment %}[A-Z].*?[.:]\s*{% endcomment %}", body, re.DOTALL), text[:120]


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if "letters" not in path.parts], ids=lambda path: path.stem
)
def test_nothing_is_inline_that_the_content_policy_forbids(path):
    assert INLINE.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("bad", ["<script>x</script>", '<p style="x">', '<a onclick="x">', "<style>"])
def test_the_measure_itself_notices_what_is_inline(bad):
    assert INLINE.search(bad)


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if "guide" not in path.stem and "letters" not in path.parts],
    ids=lambda path: path.stem,
)
def test_no_words_are_left_untranslated(path):
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r"{% comment %}.*?{% endcomment %}|{% blocktrans.*?{% endblocktrans\w* %}|{% block page_class %}\w*{% endblock %}",
        "",
        text,
        flags=re.DOTALL,
    )
    text = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", "\n", text, flags=re.DOTALL)
    left = [line.strip() for line in text.splitlines() if re.search(r"[A-Za-z]{2,}", line)]
    assert [line for line in left if line not in {"Inward", "· Inward", "CSV", "Excel", "PDF"}] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_every_template_compiles(path):
    get_template(str(path.relative_to(next(parent for parent in path.parents if parent.name == "templates"))))
