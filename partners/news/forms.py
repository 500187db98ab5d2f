"""What coordinators write as news."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import NewsPost
from partners.people.forms.shared import refuse_personal_link
from stemnet.forms.fields import SentOnceField
from stemnet.tables.writing import xml_safe


class NewsForm(forms.ModelForm[NewsPost]):
    """Title, one sentence for lists, the text, and one link; ``uid`` makes what is sent twice one post."""

    uid = SentOnceField()
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        validators=[refuse_personal_link],
        assume_scheme="https",
        help_text=_("Where to read more, if anywhere."),
    )

    class Meta:
        model = NewsPost
        fields = ["title", "summary", "text", "link"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "summary": _("It appears on the home page and in the feed."),
            "text": _("Leave a blank line to start a new paragraph."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["uid"]
        else:
            self.fields["uid"].initial = uuid4()

    def clean_text(self) -> str:
        """Take out what no page and no feed can hold."""
        text = xml_safe(self.cleaned_data["text"])
        refuse_personal_link(text)
        return text
