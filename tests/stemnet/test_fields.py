"""A field of a form by its kind."""

import pytest
from django import forms

from stemnet.forms.fields import field_of


class Colors(forms.Form):
    """One field to choose from, and one to type in."""

    color = forms.ChoiceField()
    words = forms.CharField()


def test_field_of_returns_the_field_to_be_filled():
    form = Colors()
    field_of(form, "color", forms.ChoiceField).choices = [("red", "Red")]
    assert form.fields["color"].choices == [("red", "Red")]


def test_field_of_refuses_a_field_of_another_kind():
    with pytest.raises(TypeError, match=r"^Colors\.words is a CharField, not a ChoiceField$"):
        field_of(Colors(), "words", forms.ChoiceField)
