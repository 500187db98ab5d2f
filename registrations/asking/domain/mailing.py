"""Asking people by e-mail who have not answered: one press, and one reminder a week later.

The press writes a row and a job; the job renders the mail outside any transaction, and each has its key.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person, is_night
from registrations.asking import emails
from registrations.asking.domain.own_answers import waiting_of
from registrations.asking.domain.question_log import What, note
from registrations.models import QuestionRound, Registration
from registrations.seats.domain import seats
from registrations.seats.exceptions import QuestionRefused
from stemnet import jobs
from stemnet.jobs import Run

KIND = "registrations.ask_questions"
AT_ONCE, PART = 100, 25
AGAIN_AFTER = timedelta(days=1)
REMIND_AFTER = timedelta(days=7)


def people_missing(network: Network, *, at: datetime) -> list[tuple[Registration, int]]:
    """Return who has not answered everything, and how many answers wait; five queries at most."""
    live = network.registrations.live().select_related("network", "person").prefetch_related("person__emails")
    people = list(live.by_name())
    waiting = waiting_of(people, at=at)
    return [(one, waiting[one.pk]) for one in people if one.pk in waiting and one.person.primary_address]


@jobs.finishing()
@transaction.atomic
def ask_people(network: Network, *, by: Person, at: datetime) -> int:
    """Mail everyone who has not answered; return how many. Raises QuestionRefused where nobody is asked."""
    locked = seats.lock_network(network)
    if locked.question_rounds.filter(asked_at__gt=at - AGAIN_AFTER).exists():
        raise QuestionRefused(
            sentence=_("People were asked in the last 24 hours. We'll remind them once, a week after that.")
        )
    people = people_missing(locked, at=at)
    if not people:
        raise QuestionRefused(sentence=_("Everybody has answered, so there's nobody to ask."))
    row = QuestionRound.objects.create(network=locked, asked_at=at, by_name=str(by)[:200], people=len(people))
    note(locked, What.ASKED, number=len(people), by=by, at=at)
    _start(row, again=False, people=len(people), at=at)
    return len(people)


def _start(row: QuestionRound, *, again: bool, people: int, at: datetime) -> None:
    params = {"round": row.pk, "again": again, "at": at.isoformat()}
    jobs.start_job(kind=KIND, params=params, by="", at=at, total=people, soon=people <= AT_ONCE)


def run_asking(run: Run) -> None:
    """Do the job, a few people at a time; whoever answered meanwhile gets no mail."""
    row = QuestionRound.objects.select_related("network").filter(pk=run.params["round"]).first()
    if row is None:
        return
    at = datetime.fromisoformat(run.params["at"])
    people = people_missing(row.network, at=at)
    run.expect(len(people))
    for start in range(0, len(people), PART):
        part = people[start : start + PART]
        emails.questions_wait(part, row, again=run.params["again"], at=at)
        run.reach(start + len(part))


@jobs.finishing()
def sweep_reminders(*, at: datetime) -> int:
    """Remind once whoever was asked a week ago and has not answered; return how many rounds."""
    if is_night(at):
        return 0
    due = QuestionRound.objects.filter(reminded_at=None, asked_at__lte=at - REMIND_AFTER)
    done = 0
    for row in due.select_related("network").order_by("asked_at", "pk")[:50]:
        done += _remind(row, at=at)
    return done


@transaction.atomic
def _remind(row: QuestionRound, *, at: datetime) -> int:
    """Let one round be reminded, once; 0 where another sweep was faster."""
    if not QuestionRound.objects.filter(pk=row.pk, reminded_at=None).update(reminded_at=at):
        return 0
    if people := people_missing(row.network, at=at):
        _start(row, again=True, people=len(people), at=at)
    return 1
