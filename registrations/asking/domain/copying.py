"""Questions of another network: of last year, when it is continued, or of any that one sets up."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from meetings.models import Network
from meetings.planning.domain import cloning
from partners.models import Actor
from registrations.asking.domain.building import MOST
from registrations.asking.domain.plans import COLUMNS
from registrations.asking.domain.question_log import What, note
from registrations.models import Question, QuestionVersion
from registrations.seats.domain import questions, seats
from registrations.seats.exceptions import QuestionRefused


@transaction.atomic
def clone(network: Network, *, school_year: str, dates: list[date], by: Actor, at: datetime) -> Network:
    """Continue a network in another school year with its questions, as `meetings.planning.domain.cloning`."""
    copy = cloning.clone(network, school_year=school_year, dates=dates, by=by, at=at)
    copy_questions(network, copy, by=by, at=at)
    return copy


@transaction.atomic
def copy_questions(source: Network, target: Network, *, by: Actor, at: datetime) -> int:
    """Ask in ``target`` what ``source`` asks and it does not; return how many questions that is.

    Nobody is named to read them, and no day until which answers can be changed is carried over. Raises
    QuestionRefused where that would be too many.
    """
    seats.lock_network(target)
    there = {
        version.label: version.question for version in questions.newest().filter(question__network=target)
    }
    versions = list(questions.newest().filter(question__network=source))
    wanted = [version for version in versions if version.label not in there]
    if len(there) + len(wanted) > MOST:
        raise QuestionRefused(
            sentence=_("A network asks at most %(most)d questions. End one first.") % {"most": MOST}
        )
    place = target.own_questions.aggregate(last=Max("place"))["last"] or 0
    made = {one.question_id: there[one.label] for one in versions if one.label in there}
    for step, version in enumerate(wanted, start=1):
        made[version.question_id] = _copy(version, target, made, place=place + step, by=by, at=at)
    if wanted:
        note(target, What.ADDED, words=str(source), number=len(wanted), by=by, at=at)
    return len(wanted)


def _copy(
    version: QuestionVersion,
    target: Network,
    made: dict[int, Question],
    *,
    place: int,
    by: Actor,
    at: datetime,
) -> Question:
    """Write one question of another network; a condition comes along where what it depends on does."""
    old = version.question
    values = {name: getattr(old, name) for name in COLUMNS if name != "changeable_until"}
    parent = made.get(old.depends_on_id or 0)
    if parent is None:
        values["depends_values"] = []
    question = Question.objects.create(
        network=target, place=place, depends_on=parent, made_at=at, edited_by=str(by)[:200], **values
    )
    QuestionVersion.objects.create(
        question=question, label=version.label, help=version.help, options=version.options, written_at=at
    )
    return question
