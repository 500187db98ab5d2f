"""The invitation to the network evaluation, and the reminders of it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations.models import Evaluation, EvaluationRequest
from stemnet.domain.mail import Letter

TEMPLATE = "mail/registrations/evaluation"


def invitation(request: EvaluationRequest, *, key: str) -> Letter:
    """Return the mail that asks one person; it says so when it is not the first."""
    registration, evaluation = request.registration, request.evaluation
    person, network = registration.person, evaluation.network
    with override(person.language):
        return Letter(
            key=key,
            address=person.primary_address,
            template=TEMPLATE,
            context={
                "person": person,
                "network": network,
                "again": request.mails > 0,
                "closed": evaluation.closed_at is not None,
                "url": settings.SITE_URL + reverse("evaluation", args=[network.slug]),
                "why": _("You get this because you took part in %(network)s.") % {"network": network},
            },
            recipient=str(person.uid),
            object=about(evaluation),
            language=person.language,
        )


def about(evaluation: Evaluation) -> str:
    """Return the opaque string that mails about this evaluation carry."""
    return f"evaluation:{evaluation.pk}"
