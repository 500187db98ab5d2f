"""Asking organizations for their part of a memorandum."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.memorandum.domain import asking_many
from partners.memorandum.domain.asking_many import Candidate
from partners.memorandum.exceptions import MouRefused
from partners.models import Mou, Organization, Stage, local_day
from stemnet.admin.acts import Act, Asking, Line, Repair
from stemnet.admin.cells import tag


class AskForm(forms.Form):
    """Which memorandum, and by when."""

    mou = forms.ModelChoiceField(
        label=gettext_lazy("Memorandum"),
        queryset=Mou.objects.exclude(status=Mou.Status.ENDED),
        to_field_name="slug",
        empty_label=None,
    )
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Leave empty to use the MOU's date."),
    )


class AskPartners(Act):
    """Ask organizations for their part, each through the contact that we know."""

    name = "ask"
    label = gettext_lazy("Ask for the part")
    icon = "file-earmark-text"
    form_class = AskForm
    depends_on = ("mou",)
    columns = (gettext_lazy("Stage"), gettext_lazy("E-mail to"))
    promises = (
        gettext_lazy("Each contact gets an e-mail with a link, and reminders until the part is submitted."),
        gettext_lazy("Organizations that weren't partners yet move to “Drafting”."),
    )

    def begins_with(self) -> dict[str, str]:
        """Begin with the newest memorandum."""
        newest = Mou.objects.exclude(status=Mou.Status.ENDED).order_by("-pk").first()
        return {"mou": newest.slug} if newest else {}

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return whom we write to, and who was asked before or has nobody."""
        keys = [row.pk for row in rows]
        chosen = Organization.objects.filter(pk__in=keys)
        known = asking_many.candidates(asking.said["mou"], chosen, on=local_day(asking.at))
        lines = {one.organization.pk: _line(one) for one in known}
        return [lines[key] for key in keys if key in lines]

    def do(self, row: Any, *, asking: Asking) -> None:
        """Ask one organization."""
        mou, due_on = asking.said["mou"], asking.said.get("due_on")
        chosen = Organization.objects.filter(pk=row.pk)
        for one in asking_many.candidates(mou, chosen, on=local_day(asking.at)):
            if not asking_many.ask_one(mou, one, due_on=due_on, model=None, by=asking.by, at=asking.at):
                raise MouRefused(sentence=_("Somebody else already asked for this part."))

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = ngettext(
            "Ask %(number)s of %(chosen)s organization for its part?",
            "Ask %(number)s of %(chosen)s organizations for their part?",
            chosen,
        )
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Ask %(n)s organization", "Ask %(n)s organizations", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext(
            "We asked %(n)s organization for its part.",
            "We asked %(n)s organizations for their part.",
            number,
        )
        return words % {"n": number}

    def will(self) -> str:
        """Return the heading above those who are asked."""
        return _("Will be asked")


def _line(one: Candidate) -> Line:
    organization, contact = one.organization, one.contact
    if one.role is not None:
        opens = Repair(gettext_lazy("Open the part"), one.role.get_absolute_url())
        status = _("Its part is “%(status)s”") % {"status": one.role.get_status_display()}
        return Line(organization.pk, str(organization), one.seen, skipped=status, repair=opens)
    if contact is None:
        url = reverse("admin:partners_organization_change", args=[organization.pk])
        return Line(
            organization.pk,
            str(organization),
            one.seen,
            skipped=_("Nobody to write to"),
            why=_("No contact with an e-mail address is known."),
            repair=Repair(gettext_lazy("Name a contact"), f"{url}#positions-group"),
        )
    stage = organization.get_stage_display()
    shown = stage if organization.stage == Stage.PARTNER else tag(stage, "info")
    whom = (
        contact.name if contact.sure else _("%(name)s, our guess: they work there") % {"name": contact.name}
    )
    return Line(
        organization.pk,
        str(organization),
        one.seen,
        note=contact.address,
        cells=(shown, whom),
        mails=[contact.address],
    )
