"""What forms of all faces share: an empty field says what belongs there."""

import pytest
from django import forms
from django.utils import translation

from inward.web.components.forms import PiecesField, wrong_words
from inward.web.office.fields import BandField, LastDayField, NumberField, ShareField, ThingField


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (forms.CharField(), "Fill this in; it cannot be left empty."),
        (forms.EmailField(), "Type an e-mail address."),
        (forms.DateField(), "Choose a day."),
        (LastDayField(), "Choose a day."),
        (forms.ChoiceField(choices=[("a", "A")]), "Choose one from the list."),
        (forms.MultipleChoiceField(choices=[("a", "A")]), "Choose at least one."),
        (forms.BooleanField(), "Tick this to go on."),
        (forms.FileField(), "Choose a file."),
        (forms.IntegerField(), "Type a number."),
        (PiecesField(), "Type how many: a whole number."),
        (ShareField(), "Type the share in percent, such as 60 or 33.3 or 100/3."),
        (BandField(), "Type the share in percent, such as 60 or 33.3 or 100/3."),
        (NumberField(), "Type a number, such as 129.90."),
        (ThingField(dict), "Type a name or a code."),
        (
            forms.CharField(error_messages={"required": "Choose what the token may do."}),
            "Choose what the token may do.",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, forms.Field) else None,
)
def test_an_empty_field_says_what_belongs_there(field, said):
    form = type("Asked", (forms.Form,), {"asked": field})({}, {})
    assert wrong_words(form["asked"]) == [said]


def test_what_else_is_wrong_with_a_field_keeps_its_words():
    form = type("Asked", (forms.Form,), {"asked": forms.IntegerField(min_value=1)})({"asked": "0"})
    assert wrong_words(form["asked"]) == ["Ensure this value is greater than or equal to 1."]


def test_in_any_language_django_s_own_sentence_is_recognised():
    with translation.override("nb"):
        form = type("Asked", (forms.Form,), {"asked": forms.CharField()})({})
        assert form.errors["asked"] == [str(forms.Field.default_error_messages["required"])]
        assert wrong_words(form["asked"]) != form.errors["asked"]
