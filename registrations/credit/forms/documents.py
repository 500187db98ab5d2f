"""Input about documents: the reason that revoking, replacing and keeping want."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.credit.domain import bundles


class ReasonForm(forms.Form):
    """Why something is done; kept with the document's history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "We keep it with the document. If you revoke or replace the document, we e-mail it to the person."
        ),
    )


class BundleForm(forms.Form):
    """What one wants of all documents of a network."""

    FORMS = [
        (bundles.ZIP, _("A ZIP of the PDFs as they were issued, with a list")),
        (bundles.PRINT, _("One PDF to print, one side of the sheet")),
        (bundles.PRINT_BOTH_SIDES, _("One PDF to print, both sides of the sheet")),
    ]
    form = forms.ChoiceField(label=_("File"), choices=FORMS, initial=bundles.ZIP, widget=forms.RadioSelect)
