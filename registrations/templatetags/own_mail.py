"""The words of a network or the partnership for one of the portal's own mails."""

from django import template
from django.template import Context

from registrations.messages.domain.own_mails import Wording, wording_of

register = template.Library()


@register.simple_tag(takes_context=True)
def own_mail(context: Context, kind: str) -> Wording | None:
    """Return subject and opening as the network, else the partnership, words them; None for the portal's."""
    return wording_of(kind, context)
