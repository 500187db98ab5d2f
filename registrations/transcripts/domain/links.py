"""Links to a transcript: made by the person for whom they choose, ended by the day or by hand."""

import secrets
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Person, local_day, zone_of_partnership
from registrations.models import Transcript, TranscriptLink
from registrations.transcripts.exceptions import TranscriptRefused
from stemnet.private_links import hash_token
from stemnet.sent_once import uid_of

MOST = 20
LONGEST = timedelta(days=366)


@transaction.atomic
def make_link(transcript: Transcript, *, name: str, last_day: date, uid: UUID, at: datetime) -> str:
    """Make a link that works until ``last_day`` is over, and return its token, which is kept nowhere.

    The same words in the form with this ``uid``, sent twice, make one link; the token of the later answer is
    the one that works. A link that was ended stays so. Raises TranscriptRefused.
    """
    person = Person.objects.select_for_update().get(pk=transcript.person_id)
    check_last_day(last_day, at=at)
    mine = TranscriptLink.objects.filter(transcript__person=person)
    token = secrets.token_urlsafe(32)
    uid = uid_of(uid, person.pk, name, last_day)
    if mine.filter(uid=uid, ended_at=None).update(token_hash=hash_token(token)):
        return token
    if mine.filter(uid=uid).exists():
        uid = uuid4()
    if mine.filter(ended_at=None, until__gt=at).count() >= MOST:
        raise TranscriptRefused(
            sentence=_("You have %(most)s links that work. End one first.") % {"most": MOST}
        )
    TranscriptLink.objects.create(
        uid=uid,
        transcript=transcript,
        name=name,
        token_hash=hash_token(token),
        made_at=at,
        until=end_of(last_day),
    )
    return token


def check_last_day(last_day: date, *, at: datetime) -> None:
    """Raise TranscriptRefused for a day that is over, or too far off."""
    today = local_day(at)
    if last_day < today:
        raise TranscriptRefused(sentence=_("That day is over. Choose today or a later day."))
    if last_day > today + LONGEST:
        raise TranscriptRefused(sentence=_("A link works for a year at most. Choose an earlier day."))


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over at the partnership's place."""
    return datetime.combine(day + timedelta(days=1), time(0), zone_of_partnership())


def end_link(link: TranscriptLink, *, at: datetime) -> None:
    """Let a link show nothing from now on; ended twice, it ended once."""
    TranscriptLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at)


def links_of(person: Person) -> list[TranscriptLink]:
    """Return somebody's links, the newest first; one query."""
    return list(TranscriptLink.objects.filter(transcript__person=person).select_related("transcript"))


def open_link(token: str, *, at: datetime) -> TranscriptLink | None:
    """Return the link of this token while it shows something; unknown, ended and old ones are alike."""
    found = TranscriptLink.objects.select_related("transcript")
    link = found.filter(token_hash=hash_token(token)).first()
    return link if link and link.is_open(at=at) else None
