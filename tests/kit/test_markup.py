"""HTML that somebody sent becomes lines of text, and nothing of it runs."""

from inward.core.letters import written_now
from inward.kit.markup import text_of


def test_blocks_become_lines_what_is_quoted_is_marked_and_scripts_are_left_out():
    html = (
        "<html><head><title>T</title><style>p{}</style></head><body><p>Hello<br>you &amp; me</p><ul><li>one<li>two</ul>"
        "<script>alert(1)</script><blockquote>old <b>words</b><blockquote>older</blockquote></blockquote></body></html>"
    )
    text = text_of(html)
    assert text == "Hello\nyou & me\none\ntwo\n> old words\n>> older"
    assert written_now(text) == "Hello\nyou & me\none\ntwo"


def test_nothing_broken_and_very_much_are_read_as_well():
    assert text_of("") == text_of("<!-- -->") == text_of("<a" * 1000) == ""
    assert text_of("<p>" + "<b>x</b>" * 50_000).count("x") == 50_000
