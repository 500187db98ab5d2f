"""Writing letters of invitation: the text, and to whom."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partners.models import LetterTemplate, Suggestion
from partners.prospects.domain import letters
from partners.prospects.exceptions import InvitationRefused
from stemnet.forms.fields import field_of

MOST_LETTERS = 500


class RecipientsField(forms.ModelMultipleChoiceField[Suggestion]):
    """The suggestions that have an address."""

    def label_from_instance(self, obj: Suggestion) -> str:
        """Say whom, where, and in whose name."""
        who = f"{obj.contact_name}, {obj.contact_email}" if obj.contact_name else obj.contact_email
        return _("%(organization)s: %(who)s, on behalf of %(by)s") % {
            "organization": obj.organization,
            "who": who,
            "by": obj.by,
        }


class LettersForm(forms.Form):
    """Subject and text with placeholders, and the checked recipients."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    body = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "We fill these in for each letter: {organization}, {name}, {sender}, {session}, {link}. "
            "{session} is a sentence that says when the next information session is, in the reader's time "
            "zone. {link} takes each reader to a page where they answer, so it has to be in the text."
        ),
    )
    recipients = RecipientsField(
        label=_("Write to"),
        queryset=Suggestion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one organization to write to.")},
    )
    keep = forms.BooleanField(label=_("Save this text for next time"), required=False)

    def __init__(self, *args: Any, waiting: QuerySet[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "recipients", forms.ModelMultipleChoiceField).queryset = waiting

    def clean_body(self) -> str:
        """Keep line ends as one sign, and NUL out."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").replace("\x00", "")

    def clean(self) -> dict[str, Any]:
        """Refuse unknown placeholders and personal links (docs/rules.md 13.11, 13.12)."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "subject" in data and "body" in data:
            try:
                letters.check_letter(data["subject"], data["body"])
            except InvitationRefused as refusal:
                self.add_error("body", str(refusal))
        return data


def initial_of(template: LetterTemplate | None) -> dict[str, Any]:
    """Return what a new letter begins with."""
    return {"subject": template.subject, "body": template.body} if template else {}
