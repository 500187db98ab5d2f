"""Names, addresses and codes come in without what nobody sees, in forms, tables and the admin."""

import importlib
import pkgutil

import pytest
from django import forms
from django.core.exceptions import ValidationError

import meetings
import partners
import registrations
from partners.importing.imports import cells
from partners.models import Organization, Person, PersonEmail
from partners.people.domain import addresses, organizations
from stemnet.forms.fields import AddressField, LineField, NameField
from stemnet.one_line import one_line, refuse_hidden, visible
from tests import factories

ZWNJ, ZWJ = "\u200c", "\u200d"
CLEANED = [
    ("Ana\u202eSousa", "AnaSousa"),  # the direction turned
    ("\u2066Ana\u2069 Sousa", "Ana Sousa"),
    ("\u200eAna\u200f", "Ana"),
    ("An\u200ba", "Ana"),  # a space of no width
    ("An\ufeffa", "Ana"),
    ("An\u00ada", "Ana"),  # a soft hyphen
    ("An\u2060a", "Ana"),
    ("A\u0007n\u001ba", "Ana"),
    ("An\u0000a", "Ana"),
    ("An\u0085a", "An a"),
    ("An\na\tB\r\nC", "An a B C"),
    ("An\u2028a\u2029b", "An a b"),
    ("An\u009fa", "Ana"),
    ("A\U000e0041na", "Ana"),  # a tag
    ("\u3164Ana\u115f", "Ana"),  # fillers, which are letters to Unicode
    ("An\u034fa", "Ana"),
    ("An\ufff9a\ufffb", "Ana"),  # marks of annotation
    ("An\uffffa", "Ana"),
    ("\u00a0 Ana \u3000 Sousa ", "Ana Sousa"),
    (f"An{ZWJ}a", "Ana"),  # Latin letters need no joiner
    (f"An{ZWNJ}a", "Ana"),
    (f"{ZWJ}Ana{ZWNJ}", "Ana"),
    (" \u200b ", ""),
]
KEPT = [
    f"می{ZWNJ}خواهم",  # Persian
    f"ශ්{ZWJ}රී",  # Sinhala
    f"क्{ZWJ}ष",  # Hindi
    f"ന്{ZWJ}",  # Malayalam, at the end of a word
    "Łukasz Ñandú O’Brien",
    "A\u0301vila",
    "名古屋",
    "مدرسة",
    "100%_",
]


@pytest.mark.parametrize(("typed", "kept"), CLEANED)
def test_what_nobody_sees_goes(typed, kept):
    assert one_line(typed) == kept


@pytest.mark.parametrize("typed", KEPT)
def test_what_a_script_needs_stays(typed):
    assert one_line(typed) == typed
    refuse_hidden(typed)


@pytest.mark.parametrize(
    "typed", [typed for typed, kept in CLEANED if len(kept.split()) == 1 and kept == "Ana"]
)
def test_every_door_cleans(typed):
    if "\x00" not in typed:  # which Django refuses in forms
        assert LineField().clean(typed) == "Ana"
        assert NameField().clean(typed) == "Ana"
        assert AddressField().clean(f"{typed}@example.org") == "ana@example.org"
        assert AddressField().clean(f"a@example.org{typed[-1]}").startswith("a@example.org")
    assert organizations.tidy(typed) == "Ana"
    assert addresses.normal(f"{typed}@example.org") == "ana@example.org"
    assert cells.text(100)(typed) == "Ana"


def test_several_lines_stay_lines():
    assert visible("One\u202e\n\n T\u200bwo ") == "One\n\nTwo"


@pytest.mark.parametrize(
    "row",
    [
        Person(first_name="An\u202ea", last_name="Sousa"),
        Person(first_name="Ana", last_name="Sou\u200bsa"),
        Person(first_name="Ana", last_name="Sousa", certificate_name="Ana\tSousa"),
        Organization(name="Sea\u00adLab", slug="sea", sector="school"),
        Organization(name="Sea Lab", slug="sea", sector="school", state_org_code="01\u200b23"),
        PersonEmail(address="a@exam\u200bple.org"),
    ],
)
def test_rows_refuse_what_nobody_cleaned(row):
    with pytest.raises(ValidationError) as refused:
        row.clean_fields(exclude=["person"])
    assert [error.code for errors in refused.value.error_dict.values() for error in errors] == ["hidden"]


@pytest.mark.django_db
def test_the_admin_cleans():
    person = factories.a_person(first_name="Ana", last_name="Sousa")
    form = Person._meta.get_field("first_name").formfield()
    assert form.clean("An\u202ea") == "Ana"
    assert isinstance(Organization._meta.get_field("name").formfield(), LineField)
    assert isinstance(PersonEmail._meta.get_field("address").formfield(), AddressField)
    assert str(person) == "Ana Sousa"


# Single lines that are no name, address or code: reasons, searches, days, hidden marks of what was seen.
NO_NAMES = {
    "q",
    "reason",
    "note",
    "why",
    "seen",
    "year",
    "dates",
    "skip",
    "arrived",
    "left",
    "zone",
    "weight",
    "meant",
    "base_heading",
    "heading",
    "subject",
    "one_words",
    "other_words",
    "text",
    "words",
    "break_start",
    "breaks",
    "slug",
    "school_year",
    "detail",
    "quantity",
    "conditions",
    "source",
    "summary",
    "last_step",
    "language",
    "description",
    "meets",
    "away",
    "account",  # of a kept form, with the next two
    "form",
    "typed",
    "category",  # chosen from those of a rule, as the next two
    "pdp_category",
    "category_minutes",
}


def all_forms():
    """Every form of ours, with its fields of one line of words."""
    for package in (partners, meetings, registrations):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".forms" in module.name:
                importlib.import_module(module.name)
    waiting, seen = [forms.Form, forms.ModelForm], set()
    while waiting:
        for form in waiting.pop().__subclasses__():
            if form not in seen and not form.__module__.endswith((".sign_in", ".passkey")):  # allauth's
                seen.add(form)
                waiting.append(form)
    return sorted(
        (one for one in seen if one.__module__.startswith(("partners", "meetings", "registrations"))), key=str
    )


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.__qualname__)
def test_every_form_takes_names_and_addresses_through_the_one_door(form):
    lines = {
        name
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
        and type(field.widget) in (forms.TextInput, forms.EmailInput)
        and not isinstance(field, LineField | AddressField | forms.URLField)
    }
    assert lines - NO_NAMES == set()
