"""What becomes of topics and votes when two registrations of one person are merged."""

from django.db.models import Model

from partners.merging.domain.merge_rules import Merging, locked_rows, merge_rule, move_rows
from registrations.models import Board, Comment, Proposal, Vote
from registrations.together.domain.topics import free_number


def votes(merging: Merging, model: type[Model], field: str) -> None:
    """Move votes as far as the person who stays has votes left, and none for what they voted for already.

    Those that can't move stay with the registration that went, where they count for nothing.
    """
    board = Board.objects.select_for_update().filter(network=merging.kept.network_id).first()
    known = {row.proposal_id for row in locked_rows(model, field, merging.kept)}
    for row in locked_rows(model, field, merging.gone):
        number = free_number(merging.kept, board.votes_each) if board else None
        if row.proposal_id in known or (number is None and row.freed_at is None):
            continue
        kept_number = row.number if row.freed_at else number
        merging.journal.update(row, registration_id=merging.kept.pk, number=kept_number)


def register_merge_rules() -> None:
    """Fill the registry."""
    merge_rule(Proposal, "registration", move_rows)
    merge_rule(Vote, "registration", votes)
    merge_rule(Comment, "writer", move_rows)
