"""Components refuse what they do not know, and tie what belongs together for those who cannot see it."""

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from inward.core.terms import Money
from inward.web.components.records import Column, Option, Tried
from inward.web.components.templatetags.components import UnknownTone


def shown(source, **values):
    return " ".join(Template("{% load components %}" + source).render(Context(values)).replace("\xa0", " ").split())


@pytest.mark.parametrize(
    "source",
    [
        '{% card heading="x" %}{% endcard %}',
        '{% button label="x" %}',
        '{% badge "x" %}',
        "{% sheet %}{% endsheet %}",
        '{% icon nam="home" %}',
    ],
)
def test_a_slip_in_an_attribute_is_an_error_when_the_template_is_compiled(source):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load components %}" + source)


@pytest.mark.parametrize(
    "source", ['{% badge text="x" tone="pink" %}', '{% icon name="unicorn" %}', '{% button text="x" kind="huge" %}']
)
def test_tones_icons_and_kinds_that_do_not_exist_are_refused(source):
    with pytest.raises(UnknownTone):
        shown(source)


def test_a_button_that_cannot_be_used_says_why_and_sends_nothing():
    page = shown('{% button text="Approve" refused="Nobody approves an order of their own." %}')
    assert 'type="button"' in page
    assert 'aria-disabled="true"' in page
    assert "Nobody approves an order of their own." in page
    assert 'type="submit"' not in page


def test_a_price_shows_the_saving_only_where_there_is_one():
    cheap, dear = Money.of("90", "EUR"), Money.of("120", "EUR")
    assert "€30.00 saved (25%)" in shown("{% price now=now ordinary=ordinary %}", now=cheap, ordinary=dear)
    assert "saved" not in shown("{% price now=now ordinary=ordinary %}", now=dear, ordinary=dear)
    assert "saved" not in shown("{% price now=now ordinary=ordinary %}", now=dear, ordinary=cheap)


def test_a_field_is_tied_to_its_hint_and_its_error():
    class Sample(forms.Form):
        name = forms.CharField(help_text="As on the door.")

    page = shown("{% field of=form.name %}", form=Sample({"name": ""}))
    assert '<label for="id_name">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_what_people_wrote_is_never_markup():
    page = shown(
        "{% card title=title %}{{ title }}{% endcard %}{% badge text=title %}", title="<script>alert(1)</script>"
    )
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 3


def test_a_table_has_a_caption_and_says_how_it_is_sorted():
    columns = (Column("Placed", sort_url="?sort=placed", direction="descending"), Column("Total", end=True))
    page = shown('{% sheet caption="Orders" columns=columns %}<tbody></tbody>{% endsheet %}', columns=columns)
    assert "<caption" in page
    assert 'aria-sort="descending"' in page
    assert '<a href="?sort=placed">' in page


def test_the_rule_that_won_is_told_by_a_word_and_not_by_colour_alone():
    page = shown(
        "{% trace rules=rules %}", rules=(Tried("List", "won", "It is used."), Tried("Staff", "not_applicable", "No."))
    )
    assert page.index("Used") < page.index("Does not apply")


def test_choices_are_one_group_with_a_legend():
    page = shown(
        '{% choices legend="How?" name="way" options=options %}', options=(Option("a", "By hand", chosen=True),)
    )
    assert "<fieldset" in page
    assert "<legend>How?</legend>" in page
    assert 'value="a" checked' in page


def test_states_have_a_word_beside_their_colour():
    assert "Waiting for approval" in shown('{% state value="AWAITING_APPROVAL" %}')


LINKED = {
    "Letter of 3 November": "Letter of 3 November",
    "see https://r.example/a?b=1&c=2.": 'see <a href="https://r.example/a?b=1&amp;c=2" rel="noreferrer noopener external">'
    "https://r.example/a?b=1&amp;c=2</a>.",
    "javascript:alert(1) www.r.example a@r.example": "javascript:alert(1) www.r.example a@r.example",
    '<b>https://r.example/"><script>': '&lt;b&gt;<a href="https://r.example/" rel="noreferrer noopener external">'
    "https://r.example/</a>&quot;&gt;&lt;script&gt;",
}


@pytest.mark.parametrize(("said", "html"), LINKED.items())
def test_an_address_in_what_was_typed_can_be_followed_and_nothing_else_becomes_markup(said, html):
    assert shown("{{ said|linked }}", said=said) == html
