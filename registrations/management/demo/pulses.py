"""The pulses of the demo's monthly network: two closed ones to compare, one to answer, and what was done."""

from collections.abc import Sequence
from datetime import timedelta

from meetings.models import Meeting, Network
from partners.models import Person, Sweep
from registrations.evaluation.domain import evaluating, outcomes, pulses
from registrations.evaluation.domain.questions import PULSE_MATRIX
from registrations.models import PulseRequest, Questionnaire
from stemnet.wording import day

SWEEP = Sweep("demo")
WORDS = [
    "Keep the time for work in small groups.",
    "More examples from grade 6, please.",
    "The room was too warm.",
    "Send the files a day before.",
]


def ask(network: Network, over: Sequence[Meeting], *, by: Person) -> None:
    """Ask after each of these meetings; those that are long over are closed with the answers of many."""
    if not over:
        return
    since = over[0].ends_at - timedelta(hours=1)
    questionnaire = pulses.ask_after_meetings(network, asks=True, days=60, by=by, at=since)
    for meeting in over[-3:]:
        _ask_one(questionnaire, meeting, is_last=meeting == over[-1])
    if outcomes.can_be_written(network) and not network.outcomes.exists():
        outcomes.write_outcome(
            network,
            said="You wanted the files before the meeting.",
            done=f"Since {day(over[-1].on)}, the materials are online two days before.",
            uid=None,
            by=by,
            at=over[-1].ends_at + timedelta(days=1),
        )


def _ask_one(questionnaire: Questionnaire, meeting: Meeting, *, is_last: bool) -> None:
    """Ask after one meeting and let twelve people answer; the last stays open."""
    pulse = pulses.open_pulse(questionnaire, meeting, at=meeting.ends_at)
    if pulse is None:
        return
    pulses.ask_who_was_there(at=meeting.ends_at)
    requests = PulseRequest.objects.filter(evaluation=pulse)
    requests.update(step=1, mails=1, mailed_at=meeting.ends_at)
    mine = requests.exclude(registration__person__emails__address="educator@example.org")
    for number, request in enumerate(mine.select_related("evaluation", "registration").order_by("pk")[:12]):
        pulses.answer_pulse(request, _answers(number + meeting.pk), at=meeting.ends_at + timedelta(hours=2))
    if not is_last:
        evaluating.close(evaluation=pulse, by=SWEEP, at=meeting.ends_at + timedelta(days=8))


def _answers(number: int) -> dict[str, object]:
    """Return answers to the questions of the portal, different enough to draw a picture."""
    answers: dict[str, object] = {
        "p1": 3 + number % 3,
        "p2": {row: 3 + (number * place) % 3 for place, row in enumerate(PULSE_MATRIX, start=1)},
    }
    if number % 3 == 0:
        answers["p4"] = WORDS[number % len(WORDS)]
    return answers
