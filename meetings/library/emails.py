"""Mail about resources: to whoever shared them, and to staff who read them first."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Resource
from partners.models import Person, local_day
from partners.people.emails import WORDS, to_each, to_person
from partners.people.emails.places import TOLD
from stemnet.outbox.worded import OwnMail, Place, add

RESOURCE = Place("resource", gettext_lazy("resource"))


def link_failed(resource: Resource, *, since: datetime, at: datetime) -> None:
    """Tell the contributor once that the link of a resource stopped answering."""

    def said() -> dict[str, object]:
        return {
            "filled": {"resource": resource},
            "subject": _("A link you shared doesn't work: %(title)s") % {"title": resource},
            "lines": [
                _("The link to “%(title)s” in the resource library no longer works (%(said)s).")
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


def decided(resource: Resource, *, reason: str, at: datetime) -> None:
    """Tell the contributor what staff made of a resource, and why."""

    def said() -> dict[str, object]:
        values = {"resource": resource}
        lines = {
            Resource.State.PUBLIC: _("“%(resource)s” is in the resource library now, for everyone."),
            Resource.State.DRAFT: _("Network staff returned “%(resource)s” to you, with these words:"),
            Resource.State.HIDDEN: _(
                "Network staff hid “%(resource)s”. Nobody else sees it now. They say why:"
            ),
        }
        return {
            "filled": values,
            "subject": _("What happened to your resource: %(resource)s") % values,
            "lines": [lines[Resource.State(resource.state)] % values],
            "quote": reason,
            "url": f"{settings.SITE_URL}{resource.get_absolute_url()}",
            "action": _("Open the resource"),
            "why": _("You shared it in the resource library."),
        }

    if resource.contributor:
        key = f"library_decided:{resource.uid}:{at:%Y-%m-%dT%H:%M:%S}"
        to_person(resource.contributor, WORDS, said, key=key, about=f"resource:{resource.uid}", at=at)


def waiting(*, at: datetime) -> None:
    """Tell staff that somebody shared or reported a resource, once a day however much it is."""

    def said() -> dict[str, object]:
        return {
            "subject": _("Something to read in the resource library"),
            "lines": [
                _("Somebody shared a resource that isn't public until you've read it, or reported one.")
            ],
            "after": [_("If there is more today, you won't get another e-mail.")],
            "url": settings.SITE_URL + reverse("library_review"),
            "action": _("See what to read"),
            "why": _("You're getting this because you work for the partnership."),
        }

    people = Person.objects.current().staff_for_all().prefetch_related("emails")
    to_each(people, WORDS, said, key=f"library_waiting:{local_day(at)}", at=at)


def add_mails() -> None:
    """Name the mails of this area."""
    area = gettext_lazy("Resource library")
    add(
        OwnMail(
            "library_decided",
            gettext_lazy("What became of a resource"),
            area,
            WORDS,
            (*TOLD, RESOURCE),
            subject=gettext_lazy("What happened to your resource: %(resource)s"),
            line=gettext_lazy("“%(resource)s” is in the resource library now, for everyone."),
        )
    )
    add(
        OwnMail(
            "library_waiting",
            gettext_lazy("A resource was shared or reported"),
            area,
            WORDS,
            TOLD,
            subject=gettext_lazy("Something to read in the resource library"),
            line=gettext_lazy(
                "Somebody shared a resource that isn't public until you've read it, or reported one."
            ),
        )
    )
    add(
        OwnMail(
            "library_link",
            gettext_lazy("A link in the resource library doesn't work"),
            area,
            WORDS,
            (*TOLD, RESOURCE),
            subject=gettext_lazy("A link you shared doesn't work: %(resource)s"),
            line=gettext_lazy("The link to “%(resource)s” in the resource library no longer works."),
        )
    )
