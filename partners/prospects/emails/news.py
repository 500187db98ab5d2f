"""The e-mails to who suggested an organization, and to the coordinators: what the invited answered."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import Invitation, Person, local_day
from partners.people.emails import WORDS, to_person
from partners.people.emails.why import coordinates as why_coordinates
from stemnet.telling import afterwards

Lines = Callable[[], tuple[str, list[str], str]]


@afterwards
def answered(invitation: Invitation, *, at: datetime) -> None:
    """Tell what was answered, with the reason or what they say of their work."""
    values = _values(invitation)

    def said() -> tuple[str, list[str], str]:
        lines = [_("%(who)s answered the invitation for %(organization)s: %(answer)s.") % values()]
        if invitation.answer == Invitation.Answer.INTERESTED:
            lines.append(_("They're expecting to hear from you."))
        subject = _("%(organization)s answered: %(answer)s") % values()
        return subject, lines, invitation.reason or invitation.profile

    _tell(invitation, said, key=f"invited_answered:{invitation.uid}:{at.isoformat()}", at=at)


@afterwards
def stopped(invitation: Invitation, *, at: datetime) -> None:
    """Tell that an address wants no more invitations."""
    values = _values(invitation)

    def said() -> tuple[str, list[str], str]:
        line = _("%(who)s asked us to stop writing about %(organization)s, so we won't write to them again.")
        return _("%(organization)s asked us to stop writing") % values(), [line % values()], ""

    _tell(invitation, said, key=f"invited_stopped:{invitation.uid}:{local_day(at)}", at=at)


@afterwards
def allowed(invitation: Invitation, *, at: datetime) -> None:
    """Tell that an address takes invitations again."""
    values = _values(invitation)

    def said() -> tuple[str, list[str], str]:
        line = _(
            "%(who)s had asked us to stop writing about %(organization)s, and now wants to hear from "
            "us again."
        )
        return _("%(organization)s wants to hear from us again") % values(), [line % values()], ""

    _tell(invitation, said, key=f"invited_allowed:{invitation.uid}:{local_day(at)}", at=at)


def _values(invitation: Invitation) -> Callable[[], dict[str, object]]:
    """Return what the sentences name, to be asked for in the reader's language."""
    return lambda: {
        "who": invitation.name or invitation.address,
        "organization": invitation.organization,
        "answer": invitation.get_answer_display(),
    }


def _tell(invitation: Invitation, said: Lines, *, key: str, at: datetime) -> None:
    """Write to who sent the letter, to everyone who suggested the organization, and to the coordinators."""
    coordinators = {person.pk: person for person in Person.objects.coordinators()}
    suggested = Person.objects.current().filter(suggestions__organization=invitation.organization)
    others = {person.pk: person for person in [invitation.sender, *suggested]}
    for person in (coordinators | others).values():
        to_person(
            person,
            WORDS,
            partial(_letter, invitation, said, coordinates=person.pk in coordinators),
            key=f"{key}:{person.uid}",
            about=f"invitation:{invitation.uid}",
            at=at,
        )


def _letter(invitation: Invitation, said: Lines, *, coordinates: bool) -> dict[str, object]:
    """Return what one reader reads; only a coordinator sees the page of the organization's way."""
    subject, lines, quote = said()
    organization = invitation.organization
    suggested = _("You're getting this because you suggested %(name)s.") % {"name": organization}
    return {
        "filled": _values(invitation)(),
        "subject": subject,
        "lines": lines,
        "quote": quote,
        "action": _("See its progress") if coordinates else _("See your suggestions"),
        "url": reverse("prospect", args=[organization.slug])
        if coordinates
        else reverse("suggest_organization"),
        "why": why_coordinates() if coordinates else suggested,
    }
