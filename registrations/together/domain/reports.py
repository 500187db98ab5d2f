"""Reporting what somebody wrote, and hiding it with a reason."""

from datetime import datetime
from typing import TypeAlias

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, Person, acted
from registrations.models import Card, Comment, Letter, Proposal, Report
from registrations.models.together.report import ReportQuerySet
from registrations.together import emails
from registrations.together.domain.deciding import free_votes
from registrations.together.domain.topics import lock_board
from registrations.together.exceptions import HidingRefused

Hidden: TypeAlias = Card | Proposal | Comment
Reported: TypeAlias = Hidden | Letter
FIELDS: dict[type, str] = {Card: "card", Letter: "letter", Proposal: "proposal", Comment: "comment"}
Outcome = Report.Outcome


@transaction.atomic
def report(what: Reported, *, network: Network, reason: str, by: Person, at: datetime) -> Report:
    """Tell the staff of ``network`` that something is wrong with ``what``. Raises HidingRefused."""
    if type(what)._default_manager.select_for_update().filter(pk=what.pk).first() is None:
        raise HidingRefused(
            sentence=_("The person who wrote it took it away, so there is nothing to report.")
        )
    try:
        with transaction.atomic():
            row = Report.objects.create(
                network=network, reporter=by, reason=reason, at=at, **{FIELDS[type(what)]: what}
            )
    except IntegrityError as twice:
        raise HidingRefused(sentence=_("You've reported this. The staff will look at it.")) from twice
    emails.reported(row, at=at)
    return row


@transaction.atomic
def hide(what: Reported, *, reason: str, by: Actor, at: datetime) -> None:
    """Show ``what`` to nobody any more, for a reason, and settle what was reported of it."""
    if isinstance(what, Letter):
        raise HidingRefused(
            sentence=_("Only its reader has the letter. Hide the card of the person who wrote it.")
        )
    if isinstance(what, Proposal):
        lock_board(what.network)
        free_votes(what, at=at)
    row = _locked(what)
    if row.hidden_at:
        raise HidingRefused(sentence=_("It's hidden already: %(why)s") % {"why": row.hidden_reason})
    row.hidden_at, row.hidden_reason, row.hidden_by_name = at, reason, acted(by)["by_name"]
    row.save(update_fields=["hidden_at", "hidden_reason", "hidden_by_name"])
    _settle(Report.objects.filter(**{FIELDS[type(what)]: what}), Outcome.HIDDEN, by=by, at=at)
    if isinstance(what, Card):  # which is how staff act on what somebody wrote in letters
        seat = what.registration
        letters = Report.objects.filter(letter__sender=seat.person_id, network=seat.network_id)
        _settle(letters, Outcome.HIDDEN, by=by, at=at)


@transaction.atomic
def show_again(what: Reported) -> None:
    """Show what was hidden; showing twice changes nothing. Raises HidingRefused for a title in use."""
    if isinstance(what, Letter):
        return
    try:
        with transaction.atomic():
            _update(what)
    except IntegrityError as taken:
        raise HidingRefused(
            sentence=_("The same topic was proposed again, so this one stays hidden.")
        ) from taken


def _update(what: Hidden) -> None:
    """Take away what hides it."""
    rows = type(what)._default_manager.filter(pk=what.pk)
    rows.update(hidden_at=None, hidden_reason="", hidden_by_name="")


@transaction.atomic
def leave(row: Report, *, by: Actor, at: datetime) -> None:
    """Say that nothing is wrong with what was reported, by whomever."""
    same = {name: getattr(row, f"{name}_id") for name in FIELDS.values()}
    _settle(Report.objects.filter(**same), Outcome.LEFT, by=by, at=at)
    Card.objects.filter(reports=row).exclude(away_at=None).delete()  # kept for this decision alone


def _locked(what: Hidden) -> Hidden:
    return type(what)._default_manager.select_for_update().get(pk=what.pk)


def _settle(rows: ReportQuerySet, outcome: str, *, by: Actor, at: datetime) -> None:
    rows.waiting().update(outcome=outcome, settled_at=at, settled_by_name=acted(by)["by_name"])
