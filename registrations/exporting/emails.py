"""The mail about exports that go out by the clock: a link for each reader, and that one has stopped."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from partners.models import Person, local_day
from partners.people.emails import WORDS, to_each, to_person
from partners.people.emails.places import TO_A_PERSON
from partners.people.emails.why import coordinates
from registrations.models import ExportDelivery, ExportSchedule
from stemnet import wording
from stemnet.outbox.worded import OwnMail, Place, add
from stemnet.telling import afterwards

TITLE = Place("title", lazy("name of the export"))


@afterwards
def sent(delivery: ExportDelivery, *, at: datetime) -> None:
    """Send a reader their link; it holds no rows and opens only for them."""
    values = {"title": delivery.export.title}
    to_person(
        delivery.person,
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("“%(title)s” is ready") % values,
            "lines": [
                _("Your export “%(title)s” is ready, with the figures of the moment when you open it.")
                % values,
                _("Sign in to open it. The link ends on %(day)s.")
                % {"day": wording.day(local_day(delivery.until))},
            ],
            "action": _("Open the export"),
            "url": reverse("export_sent", args=[delivery.uid]),
            "why": _("You're getting this because you're on the list of people who get this export."),
        },
        key=f"export_ready:{delivery.uid}",
        at=at,
    )


@afterwards
def stopped(schedule: ExportSchedule, *, at: datetime) -> None:
    """Tell the coordinators that an export goes out no more, as its owner is no longer staff."""
    export = schedule.export
    values = {"title": export.title, "owner": export.owner}
    readers = ", ".join(str(one.person) for one in schedule.readers.select_related("person"))

    def said() -> dict[str, object]:
        lines = [
            _(
                "“%(title)s” was sent on a schedule, and its owner, %(owner)s, is no longer staff. So it has "
                "stopped."
            )
            % values
        ]
        if readers:
            lines.append(_("These people got it, too: %(people)s.") % {"people": readers})
        lines.append(_("If it's still needed, take it over: it then goes out again, in your name."))
        return {
            "filled": {"title": export.title},
            "subject": _("“%(title)s” doesn't go out anymore") % values,
            "lines": lines,
            "action": _("Look at the export"),
            "url": reverse("export", args=[export.uid]),
            "why": coordinates(),
        }

    to_each(
        Person.objects.coordinators(),
        WORDS,
        said,
        key=f"export_stopped:{schedule.pk}:{at:%Y%m%d%H%M}",
        at=at,
    )


def add_mails() -> None:
    """Let the partnership word these mails."""
    about = lazy("Exports")
    add(
        OwnMail(
            kind="export_ready",
            label=lazy("An export is ready"),
            about=about,
            template=WORDS,
            places=(*TO_A_PERSON, TITLE),
            subject=lazy("“%(title)s” is ready"),
            line=lazy("Your export “%(title)s” is ready, with the figures of the moment when you open it."),
        ),
        OwnMail(
            kind="export_stopped",
            label=lazy("An export has stopped going out"),
            about=about,
            template=WORDS,
            places=(*TO_A_PERSON, TITLE),
            subject=lazy("“%(title)s” doesn't go out anymore"),
            line=lazy("“%(title)s” was sent on a schedule, and its owner is no longer staff."),
        ),
    )
