"""Writing to a person: in their language, with a key of its own and the reason."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Unpack

from django.utils.translation import override

from partners.models import Person
from stemnet.outbox.queueing import Extras, Letter, prepare_many, put, queue

# Subject, lines, a quote and a button, as their sender puts them into words.
WORDS = "mail/partners/mou"

Said = Callable[[], Mapping[str, Any]]


def letter_to(
    person: Person,
    template: str,
    said: Said,
    *,
    key: str,
    about: str = "",
    address: str = "",
    **extras: Unpack[Extras],
) -> Letter:
    """Return a letter to one person, in their language, to ``address`` or else their primary one.

    ``said`` is asked in that language for what the template says, with ``why``, the reason that every mail
    ends with. ``key`` names the occasion, so that it goes out once; ``about`` is what it is about.
    """
    with override(person.language):
        context = {"person": person, **said()}
    return {
        "key": key[:250],
        "address": address or person.primary_address,
        "template": template,
        "context": context,
        "recipient": f"person:{person.uid}",
        "object": about,
        "language": person.language,
        **extras,
    }


def to_person(
    person: Person,
    template: str,
    said: Said,
    *,
    key: str,
    at: datetime,
    about: str = "",
    address: str = "",
    **extras: Unpack[Extras],
) -> None:
    """Queue the letter of `letter_to`, unless the person has no address."""
    if address or person.primary_address:
        letter = letter_to(person, template, said, key=key, about=about, address=address, **extras)
        queue(at=at, **letter)


def to_each(
    people: Iterable[Person],
    template: str,
    said: Said,
    *,
    key: str,
    at: datetime,
    about: str = "",
    **extras: Unpack[Extras],
) -> None:
    """Queue the same letter to each of ``people`` who has an address; one a person for ``key``."""
    letters = [
        letter_to(person, template, said, key=f"{key}:{person.uid}", about=about, **extras)
        for person in people
        if person.primary_address
    ]
    put(prepare_many(letters, at=at), at=at)
