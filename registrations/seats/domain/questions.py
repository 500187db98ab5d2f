"""The questions of a network, as they are asked now: one query for all of them with their wordings."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting, Network
from partners.models import local_day
from registrations.models import Question, QuestionReader, QuestionVersion

READERS = Prefetch("question__readers", QuestionReader.objects.select_related("person"))


def asks_questions(network: str = "pk") -> Exists:
    """Return the expression of whether a network, found at ``network``, asks anything now."""
    return Exists(Question.objects.standing().filter(network=OuterRef(network)))


def newest() -> QuerySet[QuestionVersion]:
    """Return the newest wording of each question that is asked still, in their order."""
    return (
        QuestionVersion.objects.filter(question__ended_at=None, number=F("question__version"))
        .select_related("question")
        .order_by("question__place", "question_id")
    )


def asked_of(network: Network) -> list[QuestionVersion]:
    """Return the newest wording of each question of ``network``, with who reads it; two queries at most."""
    if getattr(network, "asks_questions", True) is False:
        return []
    return list(newest().filter(question__network=network.pk).prefetch_related(READERS))


def asked_on_registering(network: Network) -> list[QuestionVersion]:
    """Return those that the form to register asks: a file is asked once the address is proved."""
    return [
        version
        for version in asked_of(network)
        if version.question.on_registering and version.question.kind != Question.Kind.FILE
    ]


def is_changeable(question: Question, *, last_day: date | None, today: date) -> bool:
    """Return whether a person can still answer or change: until its day, else until the last meeting's."""
    last = question.changeable_until or last_day
    return last is None or today <= last


def last_days(networks: Iterable[Network]) -> dict[int, date | None]:
    """Return the day of the last standing meeting of each network, its groups' too, by the network's key."""
    known = {network.pk: network for network in networks}
    ends: dict[int, datetime] = {}
    meetings = Meeting.objects.standing().filter(network__in=known).order_by("ends_at")
    for network, ends_at in meetings.values_list("network", "ends_at"):
        ends[network] = ends_at
    return {key: local_day(ends[key], one.zone) if key in ends else None for key, one in known.items()}


def last_day_of(network: Network) -> date | None:
    """Return the day of the last standing meeting of one network."""
    return last_days([network])[network.pk]


def forget_on(question: Question, last_day: date | None) -> date | None:
    """Return the day on which the answers are deleted; None where no day is known."""
    if question.kept_days is None or last_day is None:
        return None
    return last_day + timedelta(days=question.kept_days + 1)


def reader_words(version: QuestionVersion) -> str:
    """Say who reads the answers to a question, for who answers it."""
    question = version.question
    who = [str(reader.person) for reader in question.readers.all()]
    if question.staff_read:
        who.append(_("the network's staff"))
    if question.leads_read:
        who.append(_("the lead of your working group"))
    if question.caterer_reads:
        who.append(_("the caterer, without your name"))
    if not who:
        return _("Nobody reads your answer yet.")
    return _("Who reads your answer: %(who)s.") % {"who": get_text_list(who, _("and"))}


def kept_words(question: Question) -> str:
    """Say how long the answers to a question are kept."""
    days = question.kept_days
    if days is None:
        return _("We keep it as long as your registration.")
    if days == 0:
        return _("We delete it the day after the last meeting.")
    words = ngettext(
        "We delete it %(days)d day after the last meeting.",
        "We delete it %(days)d days after the last meeting.",
        days + 1,
    )
    return words % {"days": days + 1}


def condition_words(question: Question, versions: Sequence[QuestionVersion]) -> str:
    """Say when a question is asked, such as: If you answered “Yes” to “Will you stay for lunch?”"""
    parent = next((one for one in versions if one.question_id == question.depends_on_id), None)
    if question.depends_on_id is None or parent is None:
        return ""
    if parent.question.kind == Question.Kind.AGREEMENT:
        return _("Only if you checked “%(question)s”") % {"question": parent.label}
    return chosen_words(parent.label, question.depends_values)


def chosen_words(label: str, values: Sequence[str]) -> str:
    """Say after which answers to the question ``label`` another one is asked; any where there are none."""
    if not values:
        return _("Only if you answered “%(question)s”") % {"question": label}
    chosen = get_text_list([f"“{value}”" for value in values], _("or"))
    return _("Only if you chose %(values)s for “%(question)s”") % {"values": chosen, "question": label}
