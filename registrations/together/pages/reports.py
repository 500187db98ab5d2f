"""What was reported in a network, as its staff see it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from meetings.models import Network
from registrations.models import Card, Comment, Letter, Proposal, Report
from registrations.together.domain.reports import Reported


@dataclass(frozen=True)
class Said:
    """What somebody wrote: of which kind, who, the words, and where it is hidden."""

    kind: str
    label: str
    uid: str
    who: str
    words: str
    hidden_reason: str = ""


@dataclass(frozen=True)
class Line:
    """One report, with what it is about."""

    report: Report
    said: Said
    hide: tuple[str, str]  # the kind and uid of what can be hidden


def words_of(what: Reported) -> Said:
    """Return what somebody wrote, for whoever reports or decides."""
    if isinstance(what, Letter):
        return Said("letter", _("Letter"), str(what.uid), str(what.sender), what.text)
    uid, reason = str(what.uid), what.hidden_reason
    if isinstance(what, Comment):
        return Said("comment", _("Comment"), uid, str(what.writer), what.text, reason)
    person = str(what.registration.person)
    if isinstance(what, Proposal):
        words = "\n".join(filter(None, [what.title, what.words]))
        return Said("proposal", _("Topic"), uid, person, words, reason)
    label = _("Card, taken away since") if what.away_at else _("Card")
    return Said("card", label, uid, person, what.ask_about, reason)


def reports_page(network: Network) -> dict[str, Any]:
    """Return what waits for staff, and what they have hidden, in a fixed number of statements."""
    waiting = network.reports.waiting().select_related(
        "reporter",
        "card__registration__person",
        "letter__sender",
        "proposal__registration__person",
        "comment__writer",
    )
    senders = [row.letter.sender_id for row in waiting if row.letter]
    of_network = Card.objects.filter(registration__network=network).select_related("registration__person")
    of_senders = of_network.filter(hidden_at=None, registration__person__in=senders)
    cards = {card.registration.person_id: str(card.uid) for card in of_senders}
    is_hidden = {"hidden_at__isnull": False}
    hidden = [
        *of_network.filter(**is_hidden),
        *network.proposals.filter(**is_hidden).select_related("registration__person"),
        *Comment.objects.filter(**is_hidden, proposal__network=network).select_related("writer"),
    ]
    return {
        "network": network,
        "tab": "topics",
        "lines": [_line(row, cards) for row in waiting],
        "hidden": [words_of(one) for one in hidden],
    }


def _line(row: Report, cards: dict[int, str]) -> Line:
    """Return one report; of a letter, the card of whoever wrote it can be hidden."""
    what: Reported | None = row.card or row.letter or row.proposal or row.comment
    if what is None:
        raise ValueError("A report is of one thing.")
    said = words_of(what)
    hide = (said.kind, said.uid)
    if isinstance(what, Letter):
        hide = ("card", cards.get(what.sender_id, ""))
    return Line(row, said, hide)
