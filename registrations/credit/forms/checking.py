"""A document that somebody was sent, as a file."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_BYTES = 5 * 1024 * 1024  # the largest document has some 200 KB


class DocumentFileForm(forms.Form):
    """One file, to be compared with those that we issued."""

    file = forms.FileField(
        label=gettext_lazy("The PDF that you were sent"),
        help_text=gettext_lazy("We compare it with what we issued, and don't keep it."),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is larger than any document of ours."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than any document we issue. Type its code."))
        return file
