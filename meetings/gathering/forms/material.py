"""What is typed about a material: files or a link, its title, what it is, who sees it and from when."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from meetings.gathering.domain.materials import Shown
from meetings.models import Material, SeenBy, SeenFrom, Upload
from partners.models import Person
from partners.people.forms.shared import refuse_personal_link
from stemnet.file_kinds import KINDS
from stemnet.forms.fields import LineField

MOST_AT_ONCE = 20
ENDINGS = ",".join(f".{ending}" for ending in KINDS)


class ShownForm(forms.Form):
    """How a material is called and shown."""

    title = LineField(label=_("Title"), max_length=150)
    kind = forms.ChoiceField(label=_("What it is"), choices=Material.Kind, initial=Material.Kind.HANDOUT)
    note = LineField(
        label=_("A few words about it"),
        max_length=200,
        required=False,
        help_text=_("Such as who it's from, or how long a recording is."),
    )
    seen_by = forms.ChoiceField(
        label=_("Who can see it"), choices=SeenBy, initial=SeenBy.REGISTERED, widget=forms.RadioSelect
    )
    seen_from = forms.ChoiceField(
        label=_("From when"), choices=SeenFrom, initial=SeenFrom.NOW, widget=forms.RadioSelect
    )

    @property
    def shown(self) -> Shown:
        """Return how it is shown, once it is valid."""
        return Shown(**{name: self.cleaned_data[name] for name in ("kind", "note", "seen_by", "seen_from")})


class SendingForm(forms.Form):
    """Files that come with the form, or came in parts before it."""

    def __init__(self, *args: Any, owner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner

    @property
    def came(self) -> list[Upload]:
        """Return the uploads that the form names, of whoever sends it; each once, in order."""
        typed = self.data.getlist("uploads") if isinstance(self.data, QueryDict) else []
        named = list(dict.fromkeys(uids(typed[: MOST_AT_ONCE + 1])))
        known = {str(one.uid): one for one in Upload.objects.filter(owner=self.owner, uid__in=named)}
        return [known[uid] for uid in named if uid in known]

    @property
    def sent(self) -> list[UploadedFile[bytes]]:
        """Return the files that came with the form."""
        found: list[UploadedFile[bytes]] = self.files.getlist("files") if self.is_bound and self.files else []
        return found

    def refuse_too_many(self, came: int) -> None:
        """Raise ValidationError for more files than anybody sends by intent."""
        if came > MOST_AT_ONCE:
            raise forms.ValidationError(_("Add up to 20 files at once."))


def uids(named: list[str]) -> list[str]:
    """Return those of ``named`` that could be of an upload."""
    field = forms.UUIDField()
    found = []
    for one in named:
        try:
            found.append(str(field.clean(one)))
        except forms.ValidationError:
            continue
    return found


class MaterialForm(ShownForm, SendingForm):
    """A new material: files, or a link."""

    url = forms.URLField(
        label=_("Or a link"),
        validators=[refuse_personal_link],
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Such as shared notes, or a recording that's too large to send."),
    )
    field_order = ("url", "title", "kind", "note", "seen_by", "seen_from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Leave it empty to use the name of the file.")

    def clean(self) -> dict[str, Any]:
        """Want files or a link, and a title for a link."""
        given = super().clean() or {}
        came, url = len(self.came) + len(self.sent), given.get("url")
        self.refuse_too_many(came)
        if came and url:
            self.add_error("url", _("Choose a file or type a link, one at a time."))
        if not came and not url and not self.errors:
            raise forms.ValidationError(_("Choose a file, or type a link."))
        if url and not given.get("title"):
            self.add_error("title", _("Give the link a title."))
        if came > 1 and given.get("title"):
            self.add_error("title", _("Several files are called by their names. Leave the title empty."))
        return given


class EditForm(ShownForm):
    """What stands of a material; a link can be changed, a file gets a new version."""

    url = forms.URLField(
        label=_("Link"), max_length=500, assume_scheme="https", validators=[refuse_personal_link]
    )
    field_order = ("url", "title", "kind", "note", "seen_by", "seen_from")

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        names = ("title", "url", "kind", "note", "seen_by", "seen_from")
        kwargs["initial"] = {name: getattr(material, name) for name in names}
        super().__init__(*args, **kwargs)
        if not material.url:
            del self.fields["url"]


class VersionForm(SendingForm):
    """One file in place of the one that is shown."""

    def clean(self) -> dict[str, Any]:
        """Want one file."""
        given = super().clean() or {}
        if len(self.came) + len(self.sent) != 1:
            raise forms.ValidationError(_("Choose one file."))
        return given
