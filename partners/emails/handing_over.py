"""The e-mails about a contact who hands over: one to who leaves, one to who takes over."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from partners.emails.mou import TEMPLATE
from partners.models import Organization, Person
from stemnet.domain import mail


def handed_over(
    organization: Organization, *, leaver: Person, successor: Person, matches: int, at: datetime
) -> None:
    """Tell both who looks after the partner from now on."""
    values = {"organization": organization, "leaver": leaver, "successor": successor}
    with override(successor.language):
        said = {
            "subject": _("You look after %(organization)s now") % values,
            "lines": [
                _("%(leaver)s handed over to you what is to be done for %(organization)s.") % values,
                _following(matches),
                _("Sign in with this e-mail address; a code is sent to it."),
            ],
            "action": _("Open the partner's own page"),
            "url": reverse("mine_of", args=[organization.slug]),
            "why": _("You get this because you are a contact of %(organization)s.") % values,
        }
        _queue(f"handed_over_to:{organization.slug}:{successor.uid}", successor, said, at=at)
    with override(leaver.language):
        said = {
            "subject": _("%(successor)s looks after %(organization)s now") % values,
            "lines": [
                _("%(successor)s takes over from you what is to be done for %(organization)s.") % values,
                _following(matches),
            ],
            "action": _("See the partner's page"),
            "url": reverse("partner", args=[organization.slug]),
            "why": _("You get this because you were a contact of %(organization)s.") % values,
        }
        _queue(f"handed_over_by:{organization.slug}:{leaver.uid}", leaver, said, at=at)


def _following(matches: int) -> str:
    if not matches:
        return _("No open match goes with it.")
    said = ngettext("%(number)d open match goes with it.", "%(number)d open matches go with it.", matches)
    return said % {"number": matches}


def _queue(key: str, person: Person, said: dict[str, Any], *, at: datetime) -> None:
    """Queue one mail, unless the person has no address."""
    if not person.primary_address:
        return
    said["url"] = settings.SITE_URL + said["url"]
    mail.queue(
        key=f"{key}:{at.isoformat()}"[:250],
        address=person.primary_address,
        template=TEMPLATE,
        context={"person": person, **said},
        recipient=str(person.uid),
        language=person.language,
        at=at,
    )
