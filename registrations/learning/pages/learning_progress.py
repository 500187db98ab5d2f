"""What have I earned, and what is missing for my documents: the ring and the steps of My learning."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import local_day
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.category_words import category_words
from registrations.credit.domain.credit_offers import offer_of
from registrations.credit.domain.credit_words import (
    attendance_words,
    hours_words,
    measure_words,
    number_words,
    presented_words,
    ring_caption,
    total_words,
)
from registrations.credit.domain.explaining_totals import total_sentences
from registrations.credit.domain.reach_words import also_words, reach_words
from registrations.credit.domain.reaching import Reaching
from registrations.credit.domain.readiness import Readiness
from registrations.credit.domain.rounding import decimal_down
from registrations.credit.domain.sessions import standing_sessions
from registrations.credit.domain.summing import Total
from registrations.credit.domain.totals import that_count, topics_of, was_there
from registrations.evaluation.domain.evaluating import documents_wait
from registrations.learning.pages.learning_rows import OwnNetwork
from stemnet import wording
from stemnet.templatetags.portal import address_of

DONE, HALF, OPEN = "done", "half", "open"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step to the documents: done, half done or open, and where to do it."""

    state: str
    words: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The ring, the sentence under it and the steps of one network."""

    value: Decimal
    maximum: Decimal
    number: str
    caption: str
    words: str
    also: str
    categories: str
    presented: str
    awards: bool
    reaches: bool
    steps: list[Step]


def awards_units(study: OwnNetwork) -> bool:
    """Return whether the network can award units; without a query."""
    return not lacking(study.network, study.version)


def total_line(study: OwnNetwork) -> str:
    """Say the total in one line, such as "7.25 of 10 hours, no PDPs yet"."""
    return total_words(study.total, awards_units=awards_units(study))


def total_explained(study: OwnNetwork) -> list[str]:
    """Say what the meetings add up to and what that gives; nothing before anything was counted."""
    seen = that_count(study.attendances, at=study.at)
    if not seen:
        return []
    return total_sentences(study.total, topics_of(seen), awards=awards_units(study))


def progress_of(study: OwnNetwork, readiness: Readiness | None) -> Progress:
    """Put the ring and the steps of one network together."""
    total, awards = study.total, awards_units(study)
    value, maximum = goal_of(study, total, awards=awards)
    reaches = awards and study.reach.state != Reaching.OUT
    return Progress(
        value=decimal_down(value),
        maximum=decimal_down(maximum),
        number=number_words(value),
        caption=ring_caption(total.rule, value, maximum, awards=awards),
        words=ring_words(study, total, awards=awards),
        also=also_missing(study),
        categories=category_words(total),
        presented=presented_words(total),
        awards=awards,
        reaches=reaches,
        steps=steps_of(study, readiness, total, awards=awards, reaches=reaches),
    )


def goal_of(study: OwnNetwork, total: Total, *, awards: bool) -> tuple[Fraction, Fraction]:
    """Return how far one is and where the ring is full: at the minimum, else at all on offer."""
    if awards and total.rule.minimum:
        return total.measure, Fraction(total.rule.minimum)
    sessions = standing_sessions(row.meeting for row in study.rows)
    return total.hours, Fraction(offer_of(sessions, total.rule).own_minutes, 60)


def ring_words(study: OwnNetwork, total: Total, *, awards: bool) -> str:
    """Say what the hours give, and how far it is to the first points."""
    if not awards:
        return attendance_words(total.hours)
    if study.reach.state in (Reaching.REACHED, Reaching.NO_MINIMUM):
        return total_words(total)
    return reach_words(study.reach)


def also_missing(study: OwnNetwork) -> str:
    """Say what the certificate that can be reached needs besides hours and is missing."""
    if study.reach.state in (Reaching.OUT, Reaching.NO_MINIMUM) or not awards_units(study):
        return ""
    return also_words(
        study.rule,
        demonstration=study.network.requires_demonstration and not study.demonstrated,
        evaluation=documents_wait(study.network, study.version) and not study.evaluated,
    )


def steps_of(
    study: OwnNetwork, readiness: Readiness | None, total: Total, *, awards: bool, reaches: bool
) -> list[Step]:
    """Return the steps from the seat to the documents, in order; to no certificate that is out of reach."""
    steps = [registered_step(study), attendance_step(study, total, awards=awards)]
    if study.network.requires_demonstration and reaches:
        shown = study.demonstrated
        steps.append(
            Step(state=DONE if shown else OPEN, words=_("Show staff what you learned, so they can accept it"))
        )
    if study.network.asks_evaluation:
        steps.append(evaluation_step(study, readiness))
    steps.append(document_step(study, readiness, awards=reaches))
    return steps


def registered_step(study: OwnNetwork) -> Step:
    """Return whether one has a seat."""
    seated = study.registration.is_seated
    words = _("Registered") if seated else study.registration.get_status_display()
    return Step(state=DONE if seated else HALF, words=words)


def attendance_step(study: OwnNetwork, total: Total, *, awards: bool) -> Step:
    """Return how many of the hours that are wanted one has."""
    if awards and total.rule.minimum:
        done = not total.below_minimum
        words = _("Attended: %(far)s") if done else _("Attend: %(far)s")
        words %= {"far": hours_words(total.hours) if done else measure_words(total)}
    else:
        words = _("Attend: %(hours)s so far") % {"hours": attendance_words(total.hours)}
        done = bool(total.minutes_attended) and not any(row.is_ahead for row in study.rows)
    return Step(state=DONE if done else HALF if total.minutes_attended else OPEN, words=words)


def evaluation_step(study: OwnNetwork, readiness: Readiness | None) -> Step:
    """Return whether the network evaluation is answered, open, or still to come."""
    if readiness is not None and readiness.evaluation_done:
        return Step(state=DONE, words=_("Network evaluation answered"))
    if url := evaluation_url(study):
        return Step(state=OPEN, words=evaluation_words(study), url=url)
    ahead = [row.meeting for row in study.rows if row.is_ahead]
    if not ahead:
        return Step(state=OPEN, words=_("Answer the network evaluation, once attendance is complete"))
    last = max(ahead, key=lambda meeting: meeting.ends_at)
    day = wording.day(local_day(last.ends_at, last.zone))
    return Step(state=OPEN, words=_("Answer the network evaluation, after %(day)s") % {"day": day})


def evaluation_words(study: OwnNetwork) -> str:
    """Ask for the evaluation by its last day; where documents do not wait for it, say so."""
    evaluation = study.network.evaluation
    words = _("Answer the network evaluation")
    if evaluation.closed_at is None:
        words = _("Answer the network evaluation by %(day)s") % {"day": wording.day(evaluation.last_day)}
    if documents_wait(study.network, study.version):
        return words
    return _("%(words)s (you don't need it to get your documents)") % {"words": words}


def evaluation_url(study: OwnNetwork) -> str:
    """Return where the evaluation that is asked of this person can be answered, or nothing; no query."""
    asked = hasattr(study.network, "evaluation") and any(was_there(seen) for seen in study.attendances)
    return address_of("evaluation", study.network.slug) if asked and not study.evaluated else ""


def document_step(study: OwnNetwork, readiness: Readiness | None, *, awards: bool) -> Step:
    """Return whether documents are issued, ready, or still to come."""
    url = reverse("my_documents", args=[study.network.slug])
    if readiness is not None and readiness.documents and not readiness.ready:
        return Step(state=DONE, words=_("Documents issued"), url=url)
    if readiness is not None and readiness.ready:
        return Step(state=HALF, words=_("Get your documents"), url=url)
    return Step(
        state=OPEN,
        words=_("Download the certificate") if awards else _("Download the confirmation of attendance"),
    )
