"""Reading parts of the memorandum: accepting and returning them, giving them another day."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.admin.acts.reminding import how_late, status_tag
from partners.memorandum.domain import part_contacts, part_reminders, parts
from partners.models import MouRole, local_day
from stemnet.admin.acts import Act, Asking, Line, Repair
from stemnet.forms.texts import DayInput

Status = MouRole.Status


class PartAct(Act):
    """An act on parts in one of some states."""

    columns = (gettext_lazy("Part now"), gettext_lazy("E-mail to"))
    only: Sequence[str] = ()
    writes = True

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return parts with those who write them."""
        together = ("mou", "organization", "drafter", "lead_contact")
        return queryset.select_related(*together).prefetch_related("drafter__emails", "lead_contact__emails")

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return what happens to each part, and why nothing does to others."""
        return [self._line(row, asking=asking) for row in rows]

    def _line(self, part: MouRole, *, asking: Asking) -> Line:
        name, seen = str(part), f"{part.status}.{part.revision}.{part.due_on}"
        if part.status not in self.only:
            words = _("The part is “%(status)s”") % {"status": part.get_status_display()}
            read = Repair(gettext_lazy("Open the part"), part.get_absolute_url())
            return Line(part.pk, name, seen, skipped=words, repair=read)
        people = part_reminders.people_of(part)
        told = ", ".join(str(one) for one in people.values()) if self.writes else ""
        return Line(
            part.pk,
            name,
            seen=seen,
            note=how_late(part, today=local_day(asking.at)),
            cells=(status_tag(part), told or _("nobody")),
            mails=list(people) if self.writes else (),
        )


class AcceptParts(PartAct):
    """Accept parts that were submitted, as they were read."""

    name = "accept"
    label = gettext_lazy("Accept")
    icon = "check2"
    only = (Status.SUBMITTED,)
    promises = (gettext_lazy("Each contact gets one e-mail that says so."),)

    def do(self, row: Any, *, asking: Asking) -> None:
        """Accept one part."""
        parts.accept_part(row, seen=row.revision, by=asking.by, at=asking.at)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        return _("Accept %(number)s of %(chosen)s parts?") % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Accept %(n)s part", "Accept %(n)s parts", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        return ngettext("%(n)s part is accepted.", "%(n)s parts are accepted.", number) % {"n": number}

    def will(self) -> str:
        """Return the heading above the parts."""
        return _("Will be accepted")


class CommentForm(forms.Form):
    """What a partner reads when its part comes back."""

    comment = forms.CharField(
        label=gettext_lazy("What should they change?"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Each partner reads it beside its part and in the e-mail."),
        error_messages={"required": gettext_lazy("Say what they should change.")},
    )


class ReturnParts(PartAct):
    """Return parts with a comment, so that partners write on."""

    name = "return"
    label = gettext_lazy("Return with a comment")
    icon = "chat-left-text"
    only = (Status.SUBMITTED, Status.ACCEPTED)
    form_class = CommentForm
    promises = (gettext_lazy("They can write again, and are reminded until they submit."),)

    def do(self, row: Any, *, asking: Asking) -> None:
        """Return one part."""
        parts.give_back(row, comment=asking.said.get("comment", ""), by=asking.by, at=asking.at)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        return _("Return %(number)s of %(chosen)s parts?") % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Return %(n)s part", "Return %(n)s parts", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        return ngettext("%(n)s part is returned.", "%(n)s parts are returned.", number) % {"n": number}

    def will(self) -> str:
        """Return the heading above the parts."""
        return _("Will be returned")


class DayForm(forms.Form):
    """When parts are due."""

    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Leave empty to use the MOU's date."),
    )


class SetDueDay(PartAct):
    """Give parts that are still written another day."""

    name = "due"
    label = gettext_lazy("Set the due date")
    icon = "calendar3"
    only = MouRole.EDITABLE
    form_class = DayForm
    writes = False
    promises = (gettext_lazy("Reminders follow the new date. Nobody gets an e-mail now."),)

    def do(self, row: Any, *, asking: Asking) -> None:
        """Give one part its day."""
        part_contacts.change_part_contacts(
            row,
            drafter=row.drafter,
            lead_contact=row.lead_contact,
            due_on=asking.said.get("due_on"),
            model_title=row.model_title,
            by=asking.by,
            at=asking.at,
        )

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = _("Set the due date of %(number)s of %(chosen)s parts?")
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Set the due date of %(n)s part", "Set the due date of %(n)s parts", number) % {
            "n": number
        }

    def done(self, number: int) -> str:
        """Return what was done."""
        return ngettext("%(n)s part has a due date.", "%(n)s parts have a due date.", number) % {"n": number}
