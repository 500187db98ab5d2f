"""Changes to the shared text that partners propose; the coordinator accepts or declines each."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.memorandum.domain import mou_texts, mous
from partners.memorandum.domain.text_lengths import check_lengths
from partners.memorandum.emails import mou as letters
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.models import Mou, MouSection, MouText, Organization, Person, Proposal
from stemnet import jobs
from stemnet.telling import tell

Status = Proposal.Status


@jobs.finishing()
@transaction.atomic
def propose_change(
    section: MouSection, *, organization: Organization, by: Person, body: str, why: str, at: datetime
) -> Proposal:
    """Propose other words for one section of a circulated version. Raises MouRefused."""
    mou = section.text.mou
    if section.text.status == MouText.Status.DRAFT or mou.status == Mou.Status.ENDED:
        raise MouRefused(sentence=_("You can propose changes only to a version that was circulated."))
    if not mou.roles.standing().filter(organization=organization).exists():
        raise MouRefused(
            sentence=_("%(name)s doesn't have a part in this memorandum.") % {"name": organization}
        )
    if body == section.body:
        raise MouRefused(sentence=_("That's what the section already says."))
    proposal = Proposal(
        section=section, organization=organization, by=by, body=body, why=why.strip(), made_at=at
    )
    check_lengths(proposal, "body", "why")
    proposal.save()
    tell(letters.proposed, proposal, at=at)
    return proposal


def section_now(proposal: Proposal) -> MouSection | None:
    """Return the section as it stands in the newest version, or None where it was taken out."""
    newest = proposal.section.text.mou.texts.last()
    return newest.sections.filter(key=proposal.section.key).first() if newest else None


def clashes(proposal: Proposal, section: MouSection) -> bool:
    """Say whether the section was changed since the words that the proposal began from."""
    return section.body not in (proposal.section.body, proposal.body)


@jobs.finishing()
@transaction.atomic
def accept_proposal(
    proposal: Proposal, *, by: Person, at: datetime, reason: str = "", body: str = "", seen: str = ""
) -> MouSection:
    """Take a proposal into the next draft of the shared text.

    Where the section was changed since, as by another proposal that was accepted, ``body`` holds the words
    that shall stand, and ``seen`` the mark of the section that they were written from.

    Raises ChangedMeanwhile where the section was changed and no words for both were given, or changed once
    more; MouRefused where it was decided already, or the section is gone.
    """
    mous.lock_mou(proposal.section.text.mou)
    proposal = _undecided(proposal)
    draft = mou_texts.draft_of(proposal.section.text.mou, by=by, at=at)
    section = draft.sections.filter(key=proposal.section.key).first()
    if section is None:
        raise MouRefused(
            sentence=_("This section was removed from the next version. Decline the change and say so.")
        )
    if clashes(proposal, section) and (not body or seen != mou_texts.mark(section)):
        raise ChangedMeanwhile
    section.body = body or proposal.body
    check_lengths(section, "body")
    section.save(update_fields=["body"])
    mou_texts.raise_revision(draft)
    _decide(proposal, to=Status.ACCEPTED, by=by, at=at, reason=reason)
    return section


@jobs.finishing()
@transaction.atomic
def decline_proposal(proposal: Proposal, *, by: Person, at: datetime, reason: str) -> None:
    """Leave the text as it is, with a reason that the partner is told. Raises MouRefused."""
    if not reason.strip():
        raise MouRefused(sentence=_("Say why. The partner will read it."))
    mous.lock_mou(proposal.section.text.mou)
    _decide(_undecided(proposal), to=Status.DECLINED, by=by, at=at, reason=reason)


def undecided(mou: Mou) -> QuerySet[Proposal]:
    """Return the proposals to any version of ``mou`` that nobody has accepted or declined."""
    return Proposal.objects.filter(section__text__mou=mou, status=Status.OPEN)


def _undecided(proposal: Proposal) -> Proposal:
    """Return the proposal as it is now. Raises MouRefused where it was decided."""
    proposal = Proposal.objects.select_related("section__text__mou", "organization", "by").get(pk=proposal.pk)
    if proposal.status != Status.OPEN:
        raise MouRefused(
            sentence=_("This has already been decided: %(status)s.")
            % {"status": proposal.get_status_display()}
        )
    return proposal


def _decide(proposal: Proposal, *, to: str, by: Person, at: datetime, reason: str) -> None:
    """Write down what was decided, and tell whoever proposed it."""
    proposal.status, proposal.decided_by, proposal.decided_at = to, by, at
    proposal.reason = reason.strip()[:500]
    proposal.save(update_fields=["status", "decided_by", "decided_at", "reason"])
    tell(letters.decided, proposal, at=at)
