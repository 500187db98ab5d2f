"""Which mail a person wants, and the private link that says no to one topic (docs/rules.md 7.4).

The link is signed and holds the person's number of private links; raising the number makes old links void.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from partners.models import MailTopic, Person, Preference
from partners.people.exceptions import LinkRefused

SALT = "partners.unsubscribe"


def unsubscribe_url(person: Person, topic: MailTopic | str) -> str:
    """Return the whole address by which ``person`` stops the mail of ``topic``; give it to `mail.queue`."""
    held = {"p": person.uid.hex, "n": person.link_number, "t": str(topic)}
    return settings.SITE_URL + _page() % signing.dumps(held, salt=SALT)


@cache
def _page() -> str:
    """Return the address of the page with a place for the token, which a mail to thousands asks for often."""
    return reverse("unsubscribe", args=["token"]).replace("token", "%s")


def read(token: str) -> tuple[Person, MailTopic]:
    """Return whose mail of which topic ``token`` is about.

    Raises LinkRefused where it was not made here, or the person has reset their private links.
    """
    try:
        held = signing.loads(token, salt=SALT)
        topic = MailTopic(held["t"])
        person = Person.objects.get(uid=held["p"], link_number=held["n"])
    except (signing.BadSignature, KeyError, TypeError, ValueError, Person.DoesNotExist) as error:
        raise LinkRefused from error
    return person.now, topic


def wants(person: Person, topic: MailTopic | str) -> bool:
    """Say whether ``person`` wants the mail of ``topic``."""
    return not person.preferences.filter(topic=topic).exists()


def mute(person: Person, topic: MailTopic | str, *, at: datetime) -> None:
    """Stop the mail of ``topic``; saying so again changes nothing."""
    Preference.objects.get_or_create(person=person, topic=topic, defaults={"muted_at": at})


def unmute(person: Person, topic: MailTopic | str) -> None:
    """Send the mail of ``topic`` again."""
    person.preferences.filter(topic=topic).delete()


def reset_private_links(person: Person) -> None:
    """Make every calendar and unsubscribe link that ``person`` has been sent void."""
    Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person)).update(link_number=F("link_number") + 1)
    person.refresh_from_db(fields=["link_number"])


@transaction.atomic
def choose_mail_topics(person: Person, wanted: Iterable[str], *, at: datetime) -> None:
    """Send mail about the topics that are ``wanted`` and about no others."""
    wanted = set(wanted)
    for topic in MailTopic.values:
        if topic in wanted:
            unmute(person, topic)
        else:
            mute(person, topic, at=at)
