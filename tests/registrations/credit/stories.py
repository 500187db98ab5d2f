"""A network with everything a certificate needs, and people who were there."""

from datetime import UTC, date, datetime
from typing import Any

from model_bakery import baker

from meetings.models import Network
from partners.models import Person, Provider
from registrations.models import EvaluationCompletion, Registration
from tests.factories import a_meeting, a_network, a_person, a_registration, an_attendance, an_evaluation

DATES = [date(2020, 10, 14), date(2020, 12, 8), date(2021, 2, 10), date(2021, 4, 13), date(2021, 5, 26)]
JUNE = datetime(2021, 6, 2, 15, 0, tzinfo=UTC)


def an_awarding_network(**fields: Any) -> Network:
    provider, _new = Provider.objects.get_or_create(
        name="University of Massachusetts Dartmouth", defaults={"number": "2020-0417"}
    )
    network = a_network(
        meetings=0,
        **{
            "title": "STE District Leaders Network",
            "provider": provider,
            "pdp_topic": "leading the 2016 STE standards",
            "pdp_category": "content",
            "objectives": "Lead the standards in one's district.",
            "assessment": "An action plan for the district.",
            "signatory_name": "Director of the center",
            "signatory_title": "Director",
            **fields,
        },
    )
    for number, day in enumerate(DATES, start=1):
        a_meeting(network, on=day, title=f"Meeting {number}")
    if network.asks_evaluation:
        an_evaluation(network, at=JUNE)
    return network


def a_participant(
    network: Network, *, attended: int = 5, evaluated: bool = True, person: Person | None = None
) -> Registration:
    registration = a_registration(network, person or a_person())
    for meeting in network.meetings.own().order_by("starts_at")[:attended]:
        an_attendance(
            registration, meeting, arrived_at=meeting.starts_at, left_at=meeting.ends_at, reason="full"
        )
    if evaluated:
        baker.make(
            EvaluationCompletion,
            evaluation=network.evaluation,
            registration=registration,
            completed_on=JUNE.date(),
            waived_by_name="",
            waiver_reason="",
        )
    return registration
