"""Forms of signing: the code, the name, a refusal, somebody else, the paper, and a file to check."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partners.memorandum.documents.scans import kind_of
from partners.models import MouRole
from stemnet.forms.fields import AddressField, LineField, NameField
from stemnet.forms.texts import DayInput

SCAN_BYTES = 10 * 1024 * 1024
CHECK_BYTES = 20 * 1024 * 1024


def check_size(file: UploadedFile[bytes], *, most: int) -> None:
    """Raise ValidationError for a file that is too large."""
    if (file.size or 0) > most:
        said = _now("This file is %(size)s. The limit is %(most)s.")
        raise forms.ValidationError(
            said % {"size": filesizeformat(file.size or 0), "most": filesizeformat(most)}, code="too_large"
        )


class SignByForm(forms.Form):
    """The day to sign by."""

    sign_by = forms.DateField(
        label=_("Sign by"),
        required=False,
        widget=DayInput(),
        help_text=_(
            "We show it to signatories, and remind them 14 days, 7 days and 1 day before and the day after."
        ),
    )


class LockForm(SignByForm):
    """Locking what the page showed: the kind of change, and the day to sign by."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    weight = forms.CharField(required=False)
    join = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ConsentForm(forms.Form):
    """Asking for the code: only for those who agree to sign electronically."""

    consented = forms.BooleanField(label=_("I agree to sign electronically."))


class SignForm(forms.Form):
    """The code, the typed name and the statement of authority."""

    code = LineField(
        label=_("Code"),
        max_length=20,
        help_text=_("6 digits, from the e-mail we sent you. It's good for 15 minutes."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    typed_name = NameField(
        label=_("Your full name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    authorized = forms.BooleanField()
    zone = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-time-zone": ""})
    )

    def __init__(self, *args: Any, statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authorized"].label = statement


class ReasonForm(forms.Form):
    """A reason that somebody reads."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500})
    )

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = label


class ProvedReasonForm(ReasonForm):
    """Saying no or objecting, by the signatory, whom the code proves."""

    code = LineField(
        label=_("Code"),
        max_length=20,
        help_text=_("6 digits, from the e-mail we sent you. It confirms that it's you."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class SignatoryForm(forms.Form):
    """Who signs instead."""

    name = NameField(label=_("Full name"), max_length=150)
    title = LineField(label=_("Title"), max_length=150)
    address = AddressField(label=_("E-mail"))
    reason = forms.CharField(label=_("Why"), max_length=500)


class HandOnForm(SignatoryForm):
    """Who signs instead, said by the signatory, whom the code proves."""

    code = LineField(
        label=_("Code"),
        max_length=20,
        help_text=_("6 digits, from the e-mail we sent you. It confirms that it's you."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class PaperForm(forms.Form):
    """A signature by hand: when, where, and the scan of it."""

    signed_on = forms.DateField(label=_("Date on the paper"), widget=DayInput())
    place = LineField(label=_("Place"), max_length=200)
    scan = forms.FileField(
        label=_("Scan"),
        help_text=_("PDF, PNG or JPEG, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    same = forms.BooleanField(
        label=_("I compared the number and the hash on the paper with those above, and they're the same.")
    )

    def clean_scan(self) -> UploadedFile[bytes]:
        """Take only files that are what we can show later."""
        scan: UploadedFile[bytes] = self.cleaned_data["scan"]
        check_size(scan, most=SCAN_BYTES)
        begin = scan.read(16)
        scan.seek(0)
        if not kind_of(begin):
            raise forms.ValidationError(_now("This file isn't a PDF, PNG or JPEG."), code="kind")
        return scan


class CheckForm(forms.Form):
    """A file or its text, a hash or a number, to be compared with what was signed."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "A document as PDF or HTML, the evidence of a signature, or the scan of a signed paper, up to "
            "20 MB. We don't keep it."
        ),
    )
    words = forms.CharField(
        label=_("Or type the number or the hash that is printed on it"),
        required=False,
        strip=False,
        help_text=_("Spaces and dashes don't matter. You can also paste the whole HTML file."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Refuse what is larger than anything we make."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None:
            check_size(file, most=CHECK_BYTES)
        return file

    def clean(self) -> dict[str, Any]:
        """Want one of the two."""
        given = super().clean() or {}
        if not self.errors and not given.get("file") and not str(given.get("words", "")).strip():
            raise forms.ValidationError(_now("Choose a file, or type the number or the hash."))
        return given


class NoticeForm(forms.Form):
    """Notice of withdrawal."""

    on = forms.DateField(
        label=_("From"),
        required=False,
        widget=DayInput(),
        help_text=_("Leave empty for the earliest possible date."),
    )
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    sure = forms.BooleanField(error_messages={"required": _("Check the box to confirm.")})

    def __init__(self, *args: Any, role: MouRole, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _now("Yes, %(organization)s withdraws from “%(mou)s”. I know that this can't be undone here.")
        self.fields["sure"].label = said % {"organization": role.organization, "mou": role.mou}


class RenewalForm(forms.Form):
    """Whether a partner means to renew, with a word to the coordinators."""

    renews = forms.TypedChoiceField(
        label=_("Do you plan to renew?"),
        choices=[("yes", _("Yes, we plan to")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    note = forms.CharField(
        label=_("Anything that the coordinator should know"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReviewForm(forms.Form):
    """A yearly review."""

    on = forms.DateField(label=_("Date of the review"), widget=DayInput())
    note = forms.CharField(
        label=_("What the review found"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
