"""Mail about resources to whoever shared them."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Resource
from partners.people.emails import WORDS, to_person
from partners.people.emails.places import TOLD
from stemnet.outbox.worded import OwnMail, Place, add

RESOURCE = Place("resource", gettext_lazy("resource"))


def link_failed(resource: Resource, *, since: datetime, at: datetime) -> None:
    """Tell the contributor once that the link of a resource stopped answering."""

    def said() -> dict[str, object]:
        return {
            "filled": {"resource": resource},
            "subject": _("A link of yours doesn't answer: %(title)s") % {"title": resource},
            "lines": [
                _("The link of “%(title)s” in the resource library doesn't answer anymore (%(said)s).")
                % {"title": resource, "said": resource.link_said},
                _("Please change it. Until then, its page says so."),
            ],
            "url": f"{settings.SITE_URL}{resource.get_absolute_url()}",
            "action": _("Open the resource"),
            "why": _("You shared it in the resource library."),
        }

    if resource.contributor:
        key = f"library_link:{resource.uid}:{since:%Y-%m-%d}"
        to_person(resource.contributor, WORDS, said, key=key, about=f"resource:{resource.uid}", at=at)


def add_mails() -> None:
    """Name the mail of this area."""
    add(
        OwnMail(
            "library_link",
            gettext_lazy("The link of a resource doesn't answer"),
            gettext_lazy("Resource library"),
            WORDS,
            (*TOLD, RESOURCE),
            subject=gettext_lazy("A link of yours doesn't answer: %(resource)s"),
            line=gettext_lazy("The link of “%(resource)s” in the resource library doesn't answer anymore."),
        )
    )
