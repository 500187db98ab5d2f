"""The portal's own mails in a list, and one as somebody would get it, for whoever words it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from meetings.models import Network
from partners.models import Partnership, Person
from registrations.messages.domain.own_mails import Place, Wording, fill, worded_in, words_kept
from registrations.messages.pages.own_samples import sample_of
from stemnet.outbox.rendering import Rendered, render
from stemnet.outbox.worded import OwnMail


@dataclass(frozen=True)
class Line:
    """One kind of mail in a list: whose words it begins with."""

    mail: OwnMail
    words: Mapping[str, str] | None
    is_shared: bool


def sections_of(place: Place, partnership: Partnership | None) -> list[tuple[str, list[Line]]]:
    """Return every kind with the words that hold there, by what the mails are about."""
    found: dict[str, list[Line]] = {}
    for mail in worded_in(place).values():
        own = words_kept(place, mail.kind)
        shared = words_kept(partnership, mail.kind) if isinstance(place, Network) else None
        line = Line(mail, own or shared, own is None and shared is not None)
        found.setdefault(str(mail.about), []).append(line)
    return list(found.items())


@dataclass(frozen=True)
class OwnPreview:
    """What the words would look like, and the whole mail in plain text."""

    words: Wording | None
    plain: Rendered


def preview_of(
    mail: OwnMail, place: Place, words: Mapping[str, str] | None, *, reader: Person, at: datetime
) -> OwnPreview:
    """Return the mail with these words; with none, in those of the portal."""
    context = sample_of(mail, place, reader=reader, at=at)
    plain = render(
        mail.template, {**context, "own_words": words or {}}, language=reader.language, kind=mail.kind
    )
    return OwnPreview(fill(mail, words, context) if words else None, plain)
