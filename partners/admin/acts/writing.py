"""Writing letters of invitation to organizations that were suggested."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.models import LetterTemplate, Stage, Suggestion
from partners.prospects.domain import inviting, letters
from partners.prospects.exceptions import InvitationRefused
from partners.prospects.forms.letters import LettersForm, initial_of
from stemnet.admin.acts import Act, Asking, Letter, Line, Repair


class LetterForm(LettersForm):
    """Subject and text; the recipients are those that were ticked."""

    recipients = None  # type: ignore[assignment]  # Django's way to leave a field out
    keep = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)


class WriteLetters(Act):
    """Invite organizations by a letter signed by whoever suggested each."""

    name = "write"
    label = gettext_lazy("Write a letter")
    icon = "envelope"
    form_class = LetterForm
    columns = (gettext_lazy("Letter to"), gettext_lazy("Suggested by"))
    promises = (
        gettext_lazy("Each letter has its own link for answering."),
        gettext_lazy("Suggested organizations move to “Invited”."),
    )

    def begins_with(self) -> dict[str, str]:
        """Begin with the first of the letters that are kept."""
        return {name: str(words) for name, words in initial_of(LetterTemplate.objects.first()).items()}

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return who gets a letter, and why others don't."""
        try:
            inviting.check_ready()
        except InvitationRefused as refusal:
            edit = Repair(gettext_lazy("Add the address"), reverse("partnership_edit"))
            return [
                Line(row.pk, str(row), skipped=_("No mailing address"), why=str(refusal), repair=edit)
                for row in rows
            ]
        waiting: dict[int, Suggestion] = {}
        for one in inviting.to_invite().filter(organization__in=rows).order_by("pk"):
            waiting.setdefault(one.organization_id, one)
        return [_line(row, waiting.get(row.pk)) for row in rows]

    def do(self, row: Any, *, asking: Asking) -> None:
        """Write to one organization, through the suggestion that waits."""
        suggestion = _waiting(row)
        if suggestion is None:
            raise InvitationRefused(sentence=_("It already got a letter, or doesn't want one."))
        inviting.send_invitation(
            suggestion,
            subject=asking.said["subject"],
            body=asking.said["body"],
            by=asking.by,
            at=asking.at,
        )

    def letter(self, row: Any, *, asking: Asking) -> Letter | None:
        """Return the letter as it will read."""
        suggestion = _waiting(row)
        said = asking.said or self.begins_with()
        if suggestion is None or not said.get("body"):
            return None
        known = letters.values(
            organization=suggestion.organization,
            name=suggestion.contact_name,
            sender=suggestion.by,
            at=timezone.now(),
        )
        body = letters.fill_placeholders(said["body"], {**known, "link": _("[their own link]")})
        subject = letters.fill_placeholders(said["subject"], known)
        return Letter(suggestion.contact_email, subject, [part for part in body.split("\n") if part.strip()])

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = ngettext(
            "Write to %(number)s of %(chosen)s organization?",
            "Write to %(number)s of %(chosen)s organizations?",
            chosen,
        )
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Send %(n)s letter", "Send %(n)s letters", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        return ngettext("We sent %(n)s letter.", "We sent %(n)s letters.", number) % {"n": number}

    def will(self) -> str:
        """Return the heading above those who get a letter."""
        return _("Will get a letter")


def _waiting(row: Any) -> Suggestion | None:
    """Return the oldest suggestion of an organization that no letter went to."""
    waiting: QuerySet[Suggestion] = inviting.to_invite().filter(organization=row).order_by("pk")
    return waiting.first()


def _line(row: Any, suggestion: Suggestion | None) -> Line:
    if suggestion is not None:
        seen = f"{suggestion.pk}.{suggestion.contact_email}"
        who = suggestion.contact_name or suggestion.contact_email
        cells = (who, str(suggestion.by))
        return Line(row.pk, str(row), seen, suggestion.contact_email, cells, [suggestion.contact_email])
    if row.stage == Stage.PARTNER:
        return Line(row.pk, str(row), skipped=_("Already a partner"))
    way = Repair(gettext_lazy("Open its way"), reverse("prospect", args=[row.slug]))
    return Line(
        row.pk,
        str(row),
        skipped=_("Nobody to write to"),
        why=_("Nobody gave an e-mail address for it, it already got a letter, or it doesn't want any."),
        repair=way,
    )
