"""Short comments on proposals."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Person
from registrations.models import Comment, Proposal
from registrations.together.domain.topics import fresh_one, lock_board
from registrations.together.exceptions import TopicRefused
from stemnet.sent_once import uid_of

A_DAY, MOST = timedelta(days=1), 20


@transaction.atomic
def say(proposal: Proposal, text: str, *, uid: UUID, by: Person, at: datetime) -> Comment:
    """Write a comment; a form that is sent twice writes one. Raises TopicRefused."""
    writer = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    uid = uid_of(uid, proposal.pk, writer.pk, text)
    if sent := Comment.objects.filter(uid=uid).first():
        return sent
    lock_board(proposal.network)
    if fresh_one(proposal).hidden_at:
        raise TopicRefused(sentence=_("The staff hid this proposal, so it takes no comments."))
    if Comment.objects.filter(writer=writer, at__gt=at - A_DAY).count() >= MOST:
        words = _("You've written %(most)s comments in the last 24 hours. Write again tomorrow.")
        raise TopicRefused(sentence=words % {"most": MOST})
    return Comment.objects.create(proposal=proposal, writer=writer, uid=uid, text=text, at=at)


@transaction.atomic
def remove(comment: Comment, *, by: Person) -> None:
    """Delete one's own comment; one that staff have hidden stays. Raises TopicRefused."""
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.writer_id != by.pk or comment.hidden_at:
        raise TopicRefused(sentence=_("You can delete only your own comments."))
    if comment.reports.waiting().exists():
        raise TopicRefused(sentence=_("Somebody reported this. It stays until the staff have decided."))
    comment.delete()
