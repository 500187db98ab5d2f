"""Co-hosts: organizations found as on the registration form, each in a box of its own, and room for more."""

import re
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from partners.models import Organization
from partners.people.domain import organizations
from partners.people.forms.organization_field import OrganizationWidget
from stemnet.plain_names import plain_name

MOST, SPARE = 30, 2
WITH_SHORT_NAME = re.compile(r"(?P<name>[^()]+)\((?P<short>[^()]+)\)\s*")
ALIKE = 0.6  # how much a name is like the one that is known, where the name in parentheses is the same
Typed = tuple[str, str]


class OrganizationsWidget(forms.TextInput):
    """A box for each organization, with what its words may mean below it, and some empty ones."""

    template_name = "meetings/planning/organizations_widget.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Typed]:
        """Read the words of each box, one organization a line, and what was chosen for them."""
        names = [name, *(f"{name}_{number}" for number in range(1, MOST))]
        typed = [
            (line, data.get(f"{one}_choice", "")) for one in names for line in data.get(one, "").splitlines()
        ]
        return [(words.strip(), chosen) for words, chosen in typed if words.strip()][:MOST]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say whether the page had no such field."""
        return name not in data

    def format_value(self, value: list[Typed] | None) -> str:
        """Return the names, one a line."""
        return "\n".join(words for words, _chosen in value or [])

    def render(
        self, name: str, value: list[Typed] | None, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the boxes with the portal's own templates."""
        shown = [*(value or []), *[("", "")] * SPARE][:MOST]
        attrs = self.build_attrs(self.attrs, attrs)
        boxes = [self._box(name, number, typed, attrs) for number, typed in enumerate(shown)]
        return mark_safe(render_to_string(self.template_name, {"boxes": boxes}))  # noqa: S308 - a template's output

    def _box(self, name: str, number: int, typed: Typed, attrs: dict[str, Any]) -> SafeString:
        """Draw one box; only the first has the label of the field."""
        if not number:
            return OrganizationWidget(only_listed=True).render(name, typed, attrs)
        more = {"id": f"{attrs.get('id', name)}_{number}", "aria-label": _("Another co-host")}
        return OrganizationWidget(only_listed=True).render(f"{name}_{number}", typed, {**attrs, **more})


class OrganizationsField(forms.Field):
    """Organizations that are listed, by name or other name; those that nobody can mean are said."""

    widget = OrganizationsWidget

    def prepare_value(self, value: Any) -> list[Typed]:
        """Turn organizations into what the widget draws."""
        rows = value or []
        return [
            (organizations.label(one), one.slug) if isinstance(one, Organization) else one for one in rows
        ]

    def clean(self, value: Any) -> list[Organization]:
        """Return the organizations; a sentence for each box that means none, or one of several."""
        found, problems = [], []
        for words, chosen in value or []:
            if one := meant(words, chosen):
                found.append(one)
            else:
                problems.append(unclear(words))
        if problems:
            raise forms.ValidationError(problems)
        return list(dict.fromkeys(found))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was shown with what came back."""
        return [words for words, _slug in self.prepare_value(initial)] != [
            words for words, _slug in data or []
        ]


def meant(words: str, chosen: str = "") -> Organization | None:
    """Return the organization that was chosen, or else the one that the words mean by any of its names."""
    found = organizations.search(words)
    picked = next((one for one in found if one.slug == chosen), None)
    if picked or (picked := organizations.named(words)):
        return picked
    by_name = [one for one in found if plain_name(words) in names_of(one)]
    return (by_name[0] if len(by_name) == 1 else None) or by_short_name(words)


def by_short_name(words: str) -> Organization | None:
    """Return the one that "Name (SHORT)" means: known by the short name, and called something like it."""
    match = WITH_SHORT_NAME.fullmatch(words)
    if match is None:
        return None
    name, short = plain_name(match["name"]), plain_name(match["short"])
    if whole := organizations.named(name):
        return whole
    found = [one for one in organizations.search(short) if short in names_of(one)]
    alike = [one for one in found if any(is_alike(name, other) for other in names_of(one))]
    return alike[0] if len(alike) == 1 else None


def names_of(organization: Organization) -> set[str]:
    """Return its name and other names."""
    return {
        plain_name(name) for name in (organization.name, *(one.name for one in organization.aliases.all()))
    }


def is_alike(name: str, other: str) -> bool:
    """Return whether two names differ by little, as Leaders and Leadership do."""
    return SequenceMatcher(None, name, other).ratio() >= ALIKE


def unclear(words: str) -> str:
    """Return the sentence for words that mean no organization, or one of several."""
    if organizations.search(words):
        return _("Choose which organization “%(words)s” is.") % {"words": words[:80]}
    return _(
        "We don't have an organization called “%(words)s”. Leave it out for now, or add it to the "
        "directory first."
    ) % {"words": words[:80]}
