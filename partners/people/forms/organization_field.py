"""The organization picker: a form field that finds an organization by name or other name, or keeps the words.

How to use it::

    class RegisterForm(forms.Form):
        workplace = OrganizationField(label=_("Organization"))

    form.cleaned_data["workplace"].organization   # an Organization, or None where it is not listed
    form.cleaned_data["workplace"].words          # what was typed then, "" where it is listed
    positions.hold(person, workplace=form.cleaned_data["workplace"], job=…, on=…)

``initial`` may be an `Organization`, a `Workplace` or words. Include ``components/_htmx.html`` in the page's
``scripts`` block for choices while typing; without JavaScript the choices come back with the form.
"""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from partners.models import Organization
from partners.people.domain import organizations
from partners.people.domain.organizations import Workplace

NOT_LISTED = "-"
Typed = tuple[str, str]


class OrganizationWidget(forms.TextInput):
    """A text box, and below it the organizations that its words may mean.

    ``only_listed`` offers no words of an organization that is not listed.
    """

    template_name = "partners/people/organization_widget.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, only_listed: bool = False) -> None:
        super().__init__(attrs)
        self.only_listed = only_listed

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        """Read the words and what was chosen for them."""
        return data.get(name, ""), data.get(f"{name}_choice", "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say whether the page had no such field."""
        return name not in data

    def id_for_label(self, id_: str) -> str:
        """Return the label belongs to the text box."""
        return id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template the words and the organizations to choose from."""
        words, chosen = value or ("", "")
        context = super().get_context(name, words, attrs)
        attributes = flatatt(context["widget"]["attrs"])
        found = {**choices(words, chosen), "only_listed": self.only_listed}
        return {**context, **found, "name": name, "attributes": attributes}

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw it with the portal's own templates."""
        return mark_safe(render_to_string(self.template_name, self.get_context(name, value, attrs)))  # noqa: S308 - a template's output


class OrganizationField(forms.Field):
    """Clean what was typed into a `Workplace`."""

    widget = OrganizationWidget
    default_error_messages = {
        "required": _("Type the name of your organization."),
        "choose": _("Choose your organization below, or check that it isn't listed."),
        "long": _("Shorten the name to 200 characters or fewer."),
    }

    def prepare_value(self, value: Any) -> Typed:
        """Turn an initial organization or words into what the widget draws."""
        if isinstance(value, Organization):
            value = Workplace(value)
        if isinstance(value, Workplace):
            return str(value), value.organization.slug if value.organization else NOT_LISTED
        return value if isinstance(value, tuple) else (value or "", "")

    def clean(self, value: Any) -> Workplace:
        """Return the organization that was meant; else the words, once it is clear that none is meant."""
        typed, chosen = value or ("", "")
        if len(typed.strip()) > 200:
            raise forms.ValidationError(self.error_messages["long"], code="long")
        words = organizations.tidy(typed)
        if not words:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return Workplace()
        return self._meant(words, chosen)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was shown with what came back."""
        return bool(self.prepare_value(initial)[0] != (data or ("", ""))[0])

    def _meant(self, words: str, chosen: str) -> Workplace:
        found = organizations.search(words)
        picked = next((one for one in found if one.slug == chosen), None)
        picked = picked or (None if chosen == NOT_LISTED else organizations.named(words))
        if picked:
            return Workplace(picked)
        if found and chosen != NOT_LISTED:
            raise forms.ValidationError(self.error_messages["choose"], code="choose")
        return Workplace(words=words)


def choices(words: str, chosen: str = "") -> dict[str, Any]:
    """Return what the list of choices needs: the organizations found and which of them is chosen."""
    words = organizations.tidy(words)
    found = organizations.search(words)
    exact = organizations.named(words)
    slugs = [one.slug for one in found]
    return {
        "words": words,
        "exact": organizations.label(exact) if exact and chosen in ("", exact.slug) else "",
        "found": [(one, organizations.label(one)) for one in found],
        "chosen": chosen if chosen in [*slugs, NOT_LISTED] else "",
        "not_listed": NOT_LISTED,
    }
