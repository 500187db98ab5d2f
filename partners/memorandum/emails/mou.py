"""The e-mails of the memorandum: asking for a part, what became of it, and news of the shared text."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.memorandum.emails import why
from partners.models import MouRole, MouText, Person, Proposal, RoleComment
from partners.people.emails import WORDS, to_each, to_person
from partners.people.emails.why import coordinates
from stemnet import wording
from stemnet.telling import afterwards


@afterwards
def asked(role: MouRole, *, people: Iterable[Person], by: Person, at: datetime) -> None:
    """Ask drafter and lead contact for the part of their organization."""
    key = f"part_asked:{_about(role)}:{at.isoformat()}"
    to_each(people, WORDS, lambda: _asking(role, by), key=key, at=at)


@afterwards
def submitted(role: MouRole, *, by: Person, at: datetime) -> None:
    """Tell the coordinators that a part waits for them."""
    values = {"organization": role.organization, "mou": role.mou, "who": by}
    to_each(
        Person.objects.coordinators().exclude(pk=by.pk),
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("%(organization)s submitted its part") % values,
            "lines": [_("%(who)s submitted the part of “%(mou)s” for %(organization)s.") % values],
            "action": _("Read the part"),
            "url": role.get_absolute_url(),
            "why": coordinates(),
        },
        key=f"part_submitted:{_about(role)}:{at.isoformat()}",
        at=at,
    )


@afterwards
def returned(role: MouRole, *, comment: str, at: datetime) -> None:
    """Give the comments to drafter and lead contact."""
    values = {"organization": role.organization, "mou": role.mou}
    to_each(
        contacts(role),
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("Your part of the MOU came back with comments"),
            "lines": [
                _("The part of “%(mou)s” for %(organization)s came back to you. The coordinator writes:")
                % values
            ],
            "quote": comment,
            "action": _("Open your part"),
            "url": role.get_absolute_url(),
            "why": why.writes_part(role.organization),
        },
        key=f"part_returned:{_about(role)}:{at.isoformat()}",
        at=at,
    )


@afterwards
def commented(comment: RoleComment, *, at: datetime) -> None:
    """Tell everyone concerned with a part, but not who wrote it, of a remark beside it."""
    role, values = comment.role, {"organization": comment.role.organization, "who": comment.by}
    to_each(
        [person for person in concerned(role) if person.pk != comment.by_id],
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("%(who)s commented on the part for %(organization)s") % values,
            "lines": [
                _("%(who)s commented on the part of “%(mou)s” for %(organization)s:")
                % {**values, "mou": role.mou}
            ],
            "quote": comment.text,
            "action": _("Read it and answer"),
            "url": f"{role.get_absolute_url()}#comments",
            "why": why.coordinates_or_writes_part(str(role.organization)),
        },
        key=f"part_comment:{comment.pk}",
        at=at,
    )


@afterwards
def accepted(role: MouRole, *, at: datetime) -> None:
    """Tell drafter and lead contact that the part is ready for signature."""
    values = {"organization": role.organization, "mou": role.mou, "signatory": role.signatory_name}
    to_each(
        contacts(role),
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("Your part of the MOU is accepted"),
            "lines": [
                _("The part of “%(mou)s” for %(organization)s is accepted.") % values,
                _("Once the document is locked, we'll ask %(signatory)s to sign it.") % values,
            ],
            "action": _("Read your part"),
            "url": role.get_absolute_url(),
            "why": why.writes_part(role.organization),
        },
        key=f"part_accepted:{_about(role)}:{at.isoformat()}",
        at=at,
    )


@afterwards
def circulated(text: MouText, roles: list[MouRole], *, at: datetime) -> None:
    """Send the contacts of each part to a new version of the shared text."""
    prefetch_related_objects(roles, "mou", "organization", "lead_contact__emails", "drafter__emails")
    for role in roles:
        _circulated(text, role, at=at)


def _circulated(text: MouText, role: MouRole, *, at: datetime) -> None:
    """Send the contacts of one part there."""
    values = {"mou": role.mou, "number": text.number}
    to_each(
        contacts(role),
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("Version %(number)s of the shared text of the MOU") % values,
            "lines": [_("Version %(number)s of the shared text of “%(mou)s” is ready to read.") % values],
            "quote": text.note,
            "action": _("Read version %(number)s") % values,
            "url": reverse("mou_text_version", args=[role.mou.slug, text.number]),
            "why": why.writes_part(role.organization),
        },
        key=f"text_circulated:{role.mou.slug}:{text.number}",
        at=at,
    )


@afterwards
def proposed(proposal: Proposal, *, at: datetime) -> None:
    """Tell the coordinators that a change to the shared text is proposed."""
    mou = proposal.section.text.mou
    values = {"organization": proposal.organization, "section": proposal.section, "mou": mou}
    to_each(
        Person.objects.coordinators().exclude(pk=proposal.by_id),
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("%(organization)s proposes a change to “%(section)s”") % values,
            "lines": [_("%(organization)s proposes a change to the shared text of “%(mou)s”.") % values],
            "quote": proposal.why,
            "action": _("Accept or decline it"),
            "url": reverse("mou_proposal", args=[mou.slug, proposal.uid]),
            "why": coordinates(),
        },
        key=f"proposal:{proposal.uid}",
        at=at,
    )


@afterwards
def decided(proposal: Proposal, *, at: datetime) -> None:
    """Tell whoever proposed a change what was decided, and why."""
    key = f"proposal_decided:{proposal.uid}:{proposal.by.uid}"
    to_person(proposal.by, WORDS, lambda: _decision(proposal), key=key, at=at)


def _decision(proposal: Proposal) -> Mapping[str, Any]:
    mou = proposal.section.text.mou
    values = {"section": proposal.section, "mou": mou}
    if proposal.status == Proposal.Status.ACCEPTED:
        subject = _("Accepted: your change to “%(section)s”")
        line = _("Your change to “%(section)s” of “%(mou)s” was accepted. It's in the next version.")
    else:
        subject = _("Declined: your change to “%(section)s”")
        line = _("Your change to “%(section)s” of “%(mou)s” was declined.")
    return {
        "filled": values,
        "subject": subject % values,
        "lines": [line % values],
        "quote": proposal.reason,
        "action": _("See the change"),
        "url": reverse("mou_proposal", args=[mou.slug, proposal.uid]),
        "why": why.proposed(),
    }


def contacts(role: MouRole) -> list[Person]:
    """Return drafter and lead contact, each once."""
    people = {person.pk: person for person in (role.drafter, role.lead_contact) if person is not None}
    return list(people.values())


def concerned(role: MouRole) -> Iterable[Person]:
    """Return drafter, lead contact and the coordinators, each once."""
    people = {person.pk: person for person in [*contacts(role), *Person.objects.coordinators()]}
    return people.values()


def _asking(role: MouRole, by: Person) -> Mapping[str, Any]:
    values = {"organization": role.organization, "mou": role.mou, "who": by}
    lines = [
        _("%(who)s asked you to write the part of “%(mou)s” for %(organization)s.") % values,
        _("It says what you do, what you need and what you contribute, and names the leader who will sign."),
    ]
    if role.due:
        lines.append(_("It's due on %(day)s.") % {"day": wording.day(role.due)})
    lines.append(_("Sign in with this e-mail address. We'll send it a code."))
    return {
        "filled": values,
        "subject": _("Please write the part of the MOU for %(organization)s") % values,
        "lines": lines,
        "action": _("Open your part"),
        "url": role.get_absolute_url(),
        "why": why.writes_part(role.organization),
    }


def _about(role: MouRole) -> str:
    return f"{role.mou.slug}:{role.organization.slug}"
