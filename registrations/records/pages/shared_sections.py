"""What somebody shares with the people of their networks: cards, topics, votes, comments, letters."""

from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.models import Block, Card, Comment, Letter, Proposal, Vote
from registrations.records.pages.lines import Line, Look, Section, day_of, section

PARTS = ("what", "moment", "slug", "uid", "title", "text", "tag")
NOTHING = Value("", output_field=TextField())
NO_UID = Value(None, output_field=UUIDField())
PAGES = {"card": "", "sent": "letter", "got": "letter", "block": "blocked_writers"}  # others: a topic


def shared(look: Look) -> Section:
    """Return what they share, of the networks that are shown; letters and blocks to themselves alone."""
    said = {
        "card": _("Card in %(title)s"),
        "topic": _("Topic: %(title)s"),
        "vote": _("Vote for “%(title)s”"),
        "comment": _("Comment on “%(title)s”"),
        "sent": _("Letter to %(title)s"),
        "got": _("Letter from %(title)s"),
        "block": _("You take no letters from %(title)s"),
    }
    states = dict(Proposal.State.choices)
    lines = []
    for what, moment, slug, uid, title, text, tag in _rows(look):
        page = PAGES.get(what, "topic")
        lines.append(
            Line(
                on=day_of(moment),
                title=said[what] % {"title": title},
                url=reverse(page, args=[slug, uid] if uid else []) if page else "",
                text=text,
                tag=str(states.get(tag, tag)),
            )
        )
    return section("shared", _("Shared with people of a network"), lines)


def _rows(look: Look) -> QuerySet[Any, Any]:
    """Return all of it in one statement, each with the same `PARTS`."""
    mine = {"registration__person": look.person, "registration__network__in": look.networks}
    network, topic = "registration__network__", "proposal__network__slug"
    parts = [
        _as_parts(
            Card.objects.filter(**mine), what="card", moment="shown_at", slug=f"{network}slug", uid="uid",
            title=f"{network}title", text="ask_about", tag="hidden_reason",
        ),
        _as_parts(
            Proposal.objects.filter(**mine), what="topic", moment="proposed_at", slug="network__slug",
            uid="uid", title="title", text="words", tag="state",
        ),
        _as_parts(
            Vote.objects.filter(**mine), what="vote", moment="cast_at", slug=topic, uid="proposal__uid",
            title="proposal__title",
        ),
        _as_parts(
            Comment.objects.filter(writer=look.person, proposal__network__in=look.networks), what="comment",
            moment="at", slug=topic, uid="proposal__uid", title="proposal__title", text="text",
            tag="hidden_reason",
        ),
    ]  # fmt: skip
    if look.is_own:
        of_letter = {"moment": "sent_at", "slug": "network__slug", "uid": "uid", "text": "text"}
        sent, got = Letter.objects.filter(sender=look.person), Letter.objects.filter(receiver=look.person)
        blocks = Block.objects.filter(blocker=look.person)
        parts += [
            _as_parts(sent, what="sent", title=_name("receiver"), **of_letter),
            _as_parts(got, what="got", title=_name("sender"), **of_letter),
            _as_parts(blocks, what="block", moment="at", title=_name("blocked")),
        ]
    first, *others = parts
    return first.union(*others, all=True)


def _name(of: str) -> Concat:
    """Return first and last name of the person to whom a key leads."""
    return Concat(f"{of}__first_name", Value(" "), f"{of}__last_name", output_field=TextField())


def _as_parts(rows: QuerySet[Any], *, what: str, **columns: Any) -> QuerySet[Any, Any]:
    """Return rows as the same columns; what they don't have is empty."""
    found = {"slug": NOTHING, "uid": NO_UID, "text": NOTHING, "tag": NOTHING, **columns}
    named: dict[str, Any] = {"of_what": Value(what, output_field=CharField())}
    for name, value in found.items():
        value = F(value) if isinstance(value, str) else value
        words = name in ("slug", "title", "text", "tag")
        named[f"of_{name}"] = Cast(value, TextField()) if words else value
    return rows.order_by().values_list(*(named[f"of_{name}"] for name in PARTS))
