"""Input about the design of documents."""

from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from partners.people.domain.logos import clean_logo
from partners.people.exceptions import LogoRefused
from registrations.credit.domain.designs import PICTURES, WORDS, Wanted
from registrations.models import DocumentDesign

PICTURE_HELP = _("PNG, JPEG or WebP, up to 500 KB.")


class DesignForm(forms.ModelForm[DocumentDesign]):
    """Pictures and words of the next version; ``seen`` is the one that was shown."""

    new_logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=PICTURE_HELP,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    without_logo = forms.BooleanField(label=_("Leave out the logo we have"), required=False)
    new_signature = forms.FileField(
        label=_("Picture of the signature"),
        required=False,
        help_text=_("It appears above the signatory's name. PNG, JPEG or WebP, up to 500 KB."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    without_signature = forms.BooleanField(label=_("Leave out the signature we have"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = DocumentDesign
        fields = ["logo_words", "line", "closing", "names_hosts"]
        help_texts = {
            "logo_words": _("Such as “Logo of the university”: screen readers say it."),
            "line": _("Up to 160 characters, such as the name of a grant."),
            "closing": _("Up to 300 characters, below how learning was assessed."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version if self.instance.pk else 0
        for name in PICTURES:
            if not getattr(self.instance, name):
                del self.fields[f"without_{name}"]
        self.order_fields(
            ["new_logo", "without_logo", "logo_words", "new_signature", "without_signature", *WORDS[1:]]
        )

    def clean_new_logo(self) -> File[bytes] | None:
        """Refuse what is no picture, and what is too large."""
        return self._picture("new_logo")

    def clean_new_signature(self) -> File[bytes] | None:
        """Refuse what is no picture, and what is too large."""
        return self._picture("new_signature")

    def _picture(self, name: str) -> File[bytes] | None:
        file: File[bytes] | None = self.cleaned_data[name]
        if file:
            try:
                clean_logo(file)
            except LogoRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file

    def clean(self) -> dict[str, Any] | None:
        """Ask for the words of a logo."""
        given = super().clean()
        data = self.cleaned_data
        keeps = bool(self.instance.logo) and not data.get("without_logo")
        if (data.get("new_logo") or keeps) and not data.get("logo_words", "").strip():
            self.add_error("logo_words", _("Say in words what the logo shows."))
        return given

    @property
    def wanted(self) -> Wanted:
        """Return what was typed and chosen."""
        data = self.cleaned_data
        return Wanted(
            words={name: data[name] for name in WORDS},
            pictures={name: data[f"new_{name}"] for name in PICTURES if data[f"new_{name}"]},
            without=frozenset(name for name in PICTURES if data.get(f"without_{name}")),
        )
