"""The credit rules that a network can go by, as its page asks for what each of them wants."""

from typing import NamedTuple

from django import forms
from django.utils.translation import gettext as _

from meetings.planning.domain import categories
from meetings.planning.domain.categories import Choices


class RuleChoice(NamedTuple):
    """One rule: its code and name, the categories of its hours, and whether breaks are left to the provider.

    ``by_category`` says that it counts hours by category, ``breaks_count`` what holds without a choice, and
    ``wants_product`` that a new network begins with a demonstration of learning.
    """

    code: str
    name: str
    categories: Choices
    by_category: bool = False
    breaks_by_choice: bool = False
    breaks_count: bool = True
    wants_product: bool = False


NO_RULE = RuleChoice("", "", [])


def category_field(choices: Choices, *, empty: str, label: str = "") -> forms.ChoiceField:
    """Return the field of one category."""
    return forms.ChoiceField(
        label=label or _("Category"),
        choices=[("", empty), *choices],
        required=False,
        error_messages={"invalid_choice": _("“%(value)s” isn't a category of the rule. Choose another.")},
    )


def breaks_field(rule: RuleChoice) -> forms.TypedChoiceField:
    """Return the field that asks whether breaks count; without an answer it is as the rule says."""
    plain = _("As the rule says: they count") if rule.breaks_count else _("As the rule says: they don't")
    return forms.TypedChoiceField(
        label=_("Breaks"),
        choices=[("", plain), ("True", _("Breaks count")), ("False", _("Breaks don't count"))],
        coerce=lambda typed: typed == "True",
        empty_value=None,
        required=False,
        help_text=_("The rule leaves this to the provider. Hours counted so far change with it."),
    )


def every_category(value: str = "") -> forms.ChoiceField:
    """Return the field of one category of any rule, with ``value``, which may be of none any more."""
    known = categories.known()
    if value and value not in dict(known):
        known.append((value, value))
    return category_field(known, empty="---------")
