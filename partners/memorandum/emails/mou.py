"""The e-mails of the memorandum: asking for a part, what became of it, and news of the shared text."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.models import COORDINATOR, MouRole, MouText, Person, Proposal
from stemnet import wording
from stemnet.domain import mail
from stemnet.domain.mail import Letter

TEMPLATE = "mail/partners/mou"


def asked(role: MouRole, *, people: Iterable[Person | None], by: Person, at: datetime) -> None:
    """Ask drafter and lead contact for the part of their organization."""
    for person in people:
        if person is not None:
            with override(person.language):
                _queue(f"part_asked:{_about(role)}:{at.isoformat()}", role, person, _asking(role, by), at=at)


def submitted(role: MouRole, *, by: Person, at: datetime) -> None:
    """Tell the coordinators that a part waits for them."""
    for person in coordinators().exclude(pk=by.pk):
        with override(person.language):
            values = {"organization": role.organization, "mou": role.mou, "who": by}
            said = {
                "subject": _("%(organization)s submitted its part") % values,
                "lines": [_("%(who)s submitted the part of %(organization)s of “%(mou)s”.") % values],
                "action": _("Read the part"),
                "why": _("You get this because you coordinate the partnership."),
            }
            _queue(f"part_submitted:{_about(role)}:{at.isoformat()}", role, person, said, at=at)


def returned(role: MouRole, *, comment: str, at: datetime) -> None:
    """Give the comments to drafter and lead contact."""
    for person in contacts(role):
        with override(person.language):
            values = {"organization": role.organization, "mou": role.mou}
            said = {
                "subject": _("Your part of the MOU came back with comments") % values,
                "lines": [
                    _("The part of %(organization)s of “%(mou)s” came back to you. The coordinator writes:")
                    % values
                ],
                "quote": comment,
                "action": _("Open your part"),
                "why": why_contact(role),
            }
            _queue(f"part_returned:{_about(role)}:{at.isoformat()}", role, person, said, at=at)


def accepted(role: MouRole, *, at: datetime) -> None:
    """Tell drafter and lead contact that the part is ready for signature."""
    for person in contacts(role):
        with override(person.language):
            values = {"organization": role.organization, "mou": role.mou, "signatory": role.signatory_name}
            said = {
                "subject": _("Your part of the MOU is accepted"),
                "lines": [
                    _("The part of %(organization)s of “%(mou)s” is accepted.") % values,
                    _("Once the document is locked, %(signatory)s is asked to sign it.") % values,
                ],
                "action": _("Read your part"),
                "why": why_contact(role),
            }
            _queue(f"part_accepted:{_about(role)}:{at.isoformat()}", role, person, said, at=at)


def circulated(text: MouText, role: MouRole, *, at: datetime) -> None:
    """Send the contacts of a part to a new version of the shared text."""
    for person in contacts(role):
        with override(person.language):
            values = {"mou": role.mou, "number": text.number}
            said = {
                "subject": _("Version %(number)s of the shared text of the MOU") % values,
                "lines": [_("Version %(number)s of the shared text of “%(mou)s” can be read.") % values],
                "quote": text.note,
                "action": _("Read version %(number)s") % values,
                "url": reverse("mou_text_version", args=[role.mou.slug, text.number]),
                "why": why_contact(role),
            }
            key = f"text_circulated:{role.mou.slug}:{text.number}"
            _queue(key, role, person, said, at=at)


def proposed(proposal: Proposal, *, at: datetime) -> None:
    """Tell the coordinators that a change to the shared text is proposed."""
    mou = proposal.section.text.mou
    for person in coordinators().exclude(pk=proposal.by_id):
        with override(person.language):
            values = {"organization": proposal.organization, "section": proposal.section, "mou": mou}
            said = {
                "subject": _("%(organization)s proposes a change to “%(section)s”") % values,
                "lines": [_("%(organization)s proposes a change to the shared text of “%(mou)s”.") % values],
                "quote": proposal.why,
                "action": _("Accept or decline it"),
                "url": reverse("mou_proposal", args=[mou.slug, proposal.uid]),
                "why": _("You get this because you coordinate the partnership."),
            }
            _queue(f"proposal:{proposal.uid}", None, person, said, at=at)


def decided(proposal: Proposal, *, at: datetime) -> None:
    """Tell whoever proposed a change what was decided, and why."""
    mou, person = proposal.section.text.mou, proposal.by
    with override(person.language):
        values = {"section": proposal.section, "mou": mou}
        took = proposal.status == Proposal.Status.ACCEPTED
        said = {
            "subject": (
                _("Accepted: your change to “%(section)s”")
                if took
                else _("Declined: your change to “%(section)s”")
            )
            % values,
            "lines": [
                _("Your change to “%(section)s” of “%(mou)s” is accepted. It stands in the next version.")
                % values
                if took
                else _("Your change to “%(section)s” of “%(mou)s” is declined.") % values
            ],
            "quote": proposal.reason,
            "action": _("See the change"),
            "url": reverse("mou_proposal", args=[mou.slug, proposal.uid]),
            "why": _("You get this because you proposed a change to the memorandum."),
        }
        _queue(f"proposal_decided:{proposal.uid}", None, person, said, at=at)


def contacts(role: MouRole) -> list[Person]:
    """Return drafter and lead contact, each once."""
    people = {person.pk: person for person in (role.drafter, role.lead_contact) if person is not None}
    return list(people.values())


def coordinators() -> Any:
    """Return the coordinators of the whole partnership."""
    return (
        Person.objects.current()
        .filter(Q(user__groups__name=COORDINATOR), user__is_active=True)
        .prefetch_related("emails")
        .distinct()
    )


def _asking(role: MouRole, by: Person) -> dict[str, Any]:
    values = {"organization": role.organization, "mou": role.mou, "who": by}
    lines = [
        _("%(who)s asks you to write the part of %(organization)s in “%(mou)s”.") % values,
        _("It says what you do, what you need and what you contribute, and names the leader who will sign."),
    ]
    if role.due:
        lines.append(_("It is due on %(day)s.") % {"day": wording.day(role.due)})
    lines.append(_("Sign in with this e-mail address; a code is sent to it."))
    return {
        "subject": _("Please write the part of %(organization)s of the MOU") % values,
        "lines": lines,
        "action": _("Open your part"),
        "why": why_contact(role),
    }


def why_contact(role: MouRole) -> str:
    """Return why drafter and lead contact get a mail."""
    return _("You get this because you write or answer for the part of %(organization)s of the MOU.") % {
        "organization": role.organization
    }


def _about(role: MouRole) -> str:
    return f"{role.mou.slug}:{role.organization.slug}"


def _letter(key: str, role: MouRole | None, person: Person, said: dict[str, Any]) -> Letter:
    url = said.pop("url", "") or (role.get_absolute_url() if role else "/")
    return letter_to(person, {**said, "url": url}, key=f"{key}:{person.uid}")


def letter_to(person: Person, said: dict[str, Any], *, key: str) -> Letter:
    """Return one mail in the words of ``said``, whose ``url`` is an address of the portal."""
    return Letter(
        key=key[:250],
        address=person.primary_address,
        template=TEMPLATE,
        context={"person": person, **said, "url": settings.SITE_URL + said["url"]},
        recipient=str(person.uid),
        language=person.language,
    )


def queue_to(person: Person, said: dict[str, Any], *, key: str, at: datetime) -> None:
    """Queue one mail in the words of ``said``, unless the person has no address."""
    if person.primary_address:
        mail.queue(at=at, **letter_to(person, said, key=key))


def _queue(key: str, role: MouRole | None, person: Person, said: dict[str, Any], *, at: datetime) -> None:
    """Queue one mail, unless the person has no address."""
    if person.primary_address:
        mail.queue(at=at, **_letter(key, role, person, said))
