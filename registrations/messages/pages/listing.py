"""Lists of messages, and who may write which."""

from typing import TypeAlias, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django_stubs_ext import WithAnnotations

from meetings.models import Network
from partners.models import Person
from registrations.models import Message, MessageRecipient

PAGE, RECENT = 30, 3


class Mailed(TypedDict):
    """To how many a message went."""

    mailed: int


CountedMessage: TypeAlias = "WithAnnotations[Message, Mailed]"


def page_of(messages: QuerySet[Message], number: str | None) -> "Page[CountedMessage]":
    """Return one page of ``messages``, each with how many it went to."""
    counted = with_mailed(messages).select_related("written_by", "group")
    return Paginator(counted.order_by("-created_at", "-pk"), PAGE).get_page(number)


def with_mailed(messages: QuerySet[Message]) -> "QuerySet[CountedMessage]":
    """Annotate each with to how many it went."""
    mailed = Count("recipients", filter=Q(recipients__left_out=""))
    return messages.annotate(mailed=mailed)


def recent(person: Person) -> "list[CountedMessage]":
    """Return the messages that went out last, among those that ``person`` sees."""
    sent = Message.objects.visible_to(person).filter(state=Message.State.SENT)
    return list(with_mailed(sent).select_related("network").order_by("-sent_at", "-pk")[:RECENT])


def written_to(person: Person, *, network: Network) -> QuerySet[MessageRecipient]:
    """Return what was written to somebody as one of the people of a network, the newest first."""
    rows = MessageRecipient.objects.filter(person=person, message__network=network)
    return rows.select_related("message__written_by").order_by("-message__created_at", "-pk")
