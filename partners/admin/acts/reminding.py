"""Reminding of parts of the memorandum: of parts themselves, or of the organizations that write them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.memorandum.domain import part_reminders
from partners.memorandum.exceptions import MailedToday, MouRefused, NobodyToWriteTo
from partners.models import Mou, MouRole, local_day, zone_of_partnership
from stemnet import wording
from stemnet.admin.acts import Act, Asking, Letter, Line, Repair
from stemnet.admin.cells import tag
from stemnet.forms.fields import LineField

LOOKS = {
    MouRole.Status.DRAFT: "info",
    MouRole.Status.SUBMITTED: "warn",
    MouRole.Status.RETURNED: "bad",
    MouRole.Status.ACCEPTED: "ok",
    MouRole.Status.LOCKED: "ok",
}


class OwnLine(forms.Form):
    """What a coordinator adds to the mail."""

    own_line = LineField(
        label=gettext_lazy("A line of your own"),
        help_text=gettext_lazy("It comes after the first sentence of the e-mail. You can leave it empty."),
        max_length=300,
        required=False,
    )


def parts_of_now() -> QuerySet[MouRole]:
    """Return the standing parts of memoranda that have not ended, the newest first."""
    roles = MouRole.objects.standing().exclude(mou__status=Mou.Status.ENDED)
    return roles.select_related("mou", "organization", "drafter", "lead_contact").order_by("-mou_id", "-pk")


def with_parts(organizations: QuerySet[Any]) -> QuerySet[Any]:
    """Fetch what organizations have in memoranda of now, as ``parts_now``, by one query."""
    found = parts_of_now().prefetch_related("drafter__emails", "lead_contact__emails")
    return organizations.prefetch_related(Prefetch("mou_roles", queryset=found, to_attr="parts_now"))


def status_tag(role: MouRole) -> Any:
    """Return the status of a part as a tag."""
    return tag(role.get_status_display(), LOOKS.get(MouRole.Status(role.status), ""))


def how_late(role: MouRole, *, today: date) -> str:
    """Say when a part is due, or how many days late it is."""
    due = role.due
    if due is None:
        return ""
    if due >= today:
        return _("due %(day)s") % {"day": wording.day(due)}
    days = (today - due).days
    late = ngettext("due %(day)s, %(n)s day late", "due %(day)s, %(n)s days late", days)
    return late % {"day": wording.day(due), "n": days}


class RemindParts(Act):
    """Remind those who write parts that are not submitted yet."""

    name = "remind"
    label = gettext_lazy("Remind of the part")
    icon = "bell"
    main = True
    permission = "view"
    form_class = OwnLine
    columns = (gettext_lazy("Part now"), gettext_lazy("E-mail to"), gettext_lazy("Next reminder"))
    promises = (gettext_lazy("The weekly reminders start over today."),)

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return parts with those who write them."""
        together = ("mou", "organization", "drafter", "lead_contact")
        return queryset.select_related(*together).prefetch_related("drafter__emails", "lead_contact__emails")

    def part_of(self, row: Any) -> MouRole | None:
        """Return the part that a row is about."""
        return row if isinstance(row, MouRole) else None

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return who is reminded, and why others are not."""
        parts = {row.pk: self.part_of(row) for row in rows}
        why_not = part_reminders.refusals([part for part in parts.values() if part], at=asking.at)
        return [self._line(row, parts[row.pk], why_not, today=local_day(asking.at)) for row in rows]

    def _line(
        self, row: Any, part: MouRole | None, why_not: dict[int, MouRefused | None], *, today: date
    ) -> Line:
        if part is None:
            asked = Repair(gettext_lazy("Ask for the part"), reverse("mous"))
            return Line(row.pk, str(row), skipped=_("Not asked for its part yet"), repair=asked)
        seen = f"{part.pk}.{part.status}.{part.revision}.{part.reminded_on}.{part.due}"
        refusal = why_not[part.pk]
        if refusal is not None:
            return _skipped(row, part, refusal, seen)
        people = part_reminders.people_of(part)
        return Line(
            row.pk,
            str(row),
            seen=seen,
            note=how_late(part, today=today),
            cells=(status_tag(part), ", ".join(str(one) for one in people.values()), _next(part, today)),
            mails=list(people),
        )

    def do(self, row: Any, *, asking: Asking) -> None:
        """Remind of one part."""
        part = self.part_of(row)
        if part is not None:
            own_line = asking.said.get("own_line", "")
            part_reminders.ask_again(part, by=asking.by, at=asking.at, own_line=own_line)

    def letter(self, row: Any, *, asking: Asking) -> Letter | None:
        """Return the reminder as its first reader sees it."""
        part, today = self.part_of(row), local_day(asking.at)
        if part is None:
            return None
        zone, own_line = zone_of_partnership(), asking.said.get("own_line", "")
        found = part_reminders.letters_about([part], zone=zone, today=today, own_line=own_line)
        first = next(iter(found))
        said = first["context"]
        return Letter(str(said["person"]), said["subject"], said["lines"], said.get("action", ""))

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = ngettext(
            "Remind %(number)s of %(chosen)s organization of its part?",
            "Remind %(number)s of %(chosen)s organizations of their part?",
            chosen,
        )
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        words = ngettext("Remind %(n)s organization", "Remind %(n)s organizations", number)
        return words % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext(
            "We e-mailed %(n)s organization about its part.",
            "We e-mailed %(n)s organizations about their part.",
            number,
        )
        return words % {"n": number}

    def will(self) -> str:
        """Return the heading above those who are reminded."""
        return _("Will be reminded")


class RemindPartners(RemindParts):
    """Remind organizations of the part that they write now."""

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return organizations with their parts."""
        return with_parts(queryset)

    def part_of(self, row: Any) -> MouRole | None:
        """Return the part that is still to be written, else the newest one."""
        to_write = [part for part in row.parts_now if part.status in MouRole.EDITABLE]
        return next(iter([*to_write, *row.parts_now]), None)


def _next(part: MouRole, today: date) -> str:
    """Say when the clock reminds next, once it is reminded of today."""
    begun = part.chased_from
    part.chased_from = today
    day = part_reminders.next_day(part, today=today)
    part.chased_from = begun
    return wording.day(day) if day else _("none")


def _skipped(row: Any, part: MouRole, refusal: MouRefused, seen: str) -> Line:
    """Say why a part is not reminded of, and where that is put right."""
    if isinstance(refusal, MailedToday):
        return Line(row.pk, str(row), seen, skipped=_("Already got an e-mail today"), why=str(refusal))
    if isinstance(refusal, NobodyToWriteTo):
        name = Repair(gettext_lazy("Name a contact"), part.get_absolute_url())
        return Line(row.pk, str(row), seen, skipped=_("Nobody to write to"), why=str(refusal), repair=name)
    read = Repair(gettext_lazy("Open the part"), part.get_absolute_url())
    status = _("Its part is “%(status)s”") % {"status": part.get_status_display()}
    return Line(row.pk, str(row), seen, skipped=status, repair=read)
