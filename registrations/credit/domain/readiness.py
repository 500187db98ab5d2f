"""Who is ready for which document, and what each one lacks, in one line.

The confirmation of attendance wants attendance and the network evaluation; the PDP certificate wants every
gate of docs/rules.md 3.1 besides. Somebody who left and came back has two registrations, weighed together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Person
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.credit_words import total_words
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.rules import rule_of
from registrations.credit.domain.summing import Total
from registrations.credit.domain.totals import that_count, total_of, was_there
from registrations.evaluation.domain.evaluating import documents_wait
from registrations.models import Attendance, CreditRule, Document, EvaluationCompletion, Registration
from registrations.models.credit.document import name_of

Kind = Document.Kind


@dataclass(frozen=True, kw_only=True)
class NetworkFacts:
    """What readiness asks of the network, once for all its people."""

    network: Network
    version: CreditRule | None
    rule: Rule
    lacks: list[str]
    held: list[Meeting]
    unfinished: int
    at: datetime

    @property
    def waits_for_evaluation(self) -> bool:
        """Return whether documents wait until the evaluation is answered."""
        return documents_wait(self.network, self.version)

    @property
    def shows_places(self) -> bool:
        """Return whether documents say where each meeting was."""
        return self.version is not None and self.version.require_place

    @property
    def own_held(self) -> int:
        """Return how many meetings of the network itself were held."""
        return sum(meeting.working_group_id is None for meeting in self.held)


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Where one person stands: the figures, what each document lacks, and the valid documents by kind."""

    person: Person
    registration: Registration
    course: NetworkFacts
    attendances: list[Attendance]
    total: Total
    evaluation: EvaluationCompletion | None
    undemonstrated: bool
    lacks: dict[str, list[str]]
    documents: dict[str, Document] = field(default_factory=dict)

    @property
    def minutes_counted(self) -> int:
        """Return all minutes that count, of every meeting."""
        return int(self.total.minutes_counted)

    @property
    def evaluation_done(self) -> bool:
        """Return whether the evaluation was answered, or the person excused, or none is asked."""
        return self.evaluation is not None or not self.course.network.asks_evaluation

    @property
    def meetings_attended(self) -> int:
        """Return how many meetings of the network itself the person was at."""
        return sum(was_there(one) and one.meeting.working_group_id is None for one in self.attendances)

    @property
    def ready(self) -> list[str]:
        """Return the kinds that can be issued now."""
        return [kind for kind in Kind.values if not self.lacks[kind] and kind not in self.documents]

    @property
    def ready_names(self) -> dict[str, str]:
        """Return the kinds that can be issued now, with what each is called."""
        return {kind: self.name_of(kind) for kind in self.ready}

    @property
    def reason(self) -> str:
        """Return in one line why there is no more to issue; empty when every document is issued or can be."""
        waiting = [kind for kind in Kind.values if self.lacks[kind] and kind not in self.documents]
        if not waiting:
            return ""
        first = waiting[0]
        return _("%(document)s: %(reasons)s") % {
            "document": self.name_of(first),
            "reasons": "; ".join(self.lacks[first]),
        }

    @property
    def own_reason(self) -> str:
        """Return the same for the person: no word of points while the network cannot award any."""
        if self.course.lacks and (not self.lacks[Kind.ATTENDANCE] or Kind.ATTENDANCE in self.documents):
            return ""
        return self.reason

    def name_of(self, kind: str) -> str:
        """Return what the document is called under the rule of the network."""
        return name_of(kind, self.course.rule.unit_label)


def course_of(network: Network, *, at: datetime) -> NetworkFacts:
    """Read what readiness asks of ``network``: its rule, what it lacks, and the meetings held."""
    version = CreditRule.objects.version_for(network)
    held = list(network.meetings.held(at).select_related("completion").order_by("starts_at"))
    return NetworkFacts(
        network=network,
        version=version,
        rule=rule_of(network, version),
        lacks=lacking(network, version),
        held=held,
        unfinished=sum(not hasattr(meeting, "completion") for meeting in held)
        + network.meetings.own().upcoming(at).count(),
        at=at,
    )


def courses_of(networks: QuerySet[Network], *, at: datetime) -> dict[int, NetworkFacts]:
    """Read the same for many networks, by their keys, in as many statements for one as for many."""
    meetings = Meeting.objects.select_related("completion", "working_group").order_by("starts_at", "pk")
    versions = CreditRule.objects.all()
    found: dict[int, NetworkFacts] = {}
    for network in networks.select_related("provider").prefetch_related(Prefetch("meetings", meetings)):
        version = versions.version_for(network)
        standing = [meeting for meeting in network.meetings.all() if not meeting.is_cancelled]
        held = [meeting for meeting in standing if meeting.ends_at <= at]
        own_ahead = [one for one in standing if one.ends_at > at and one.working_group_id is None]
        found[network.pk] = NetworkFacts(
            network=network,
            version=version,
            rule=rule_of(network, version),
            lacks=lacking(network, version),
            held=held,
            unfinished=sum(not hasattr(meeting, "completion") for meeting in held) + len(own_ahead),
            at=at,
        )
    return found


def readiness_of(network: Network, *, at: datetime, people: Iterable[int] | None = None) -> list[Readiness]:
    """Return where everyone of ``network`` stands who has a seat or was ever there, by name.

    ``people`` limits it to these persons, by primary key.
    """
    return readiness_in(course_of(network, at=at), people)


def readiness_in(course: NetworkFacts, people: Iterable[int] | None = None) -> list[Readiness]:
    """Return the same where the course is known already, for a list that is worked off in parts."""
    shown = [one for one in weighed(course, people) if one.registration.is_seated or one.attendances]
    return sorted(shown, key=lambda one: one.person.sort_key)


def readiness_of_person(network: Network, person: Person, *, at: datetime) -> Readiness | None:
    """Return where ``person`` stands in ``network``; None for somebody without a seat or attendance."""
    found = readiness_of(network, at=at, people=[person.pk])
    return found[0] if found else None


def weighed(course: NetworkFacts, people: Iterable[int] | None = None) -> list[Readiness]:
    """Weigh all who ever registered, each one's registrations together, in a constant number of queries."""
    registrations = course.network.registrations.all()
    if people is not None:
        registrations = registrations.filter(person__in=people)
    return weigh_all(registrations, {course.network.pk: course})


def weigh_all(registrations: QuerySet[Registration], courses: Mapping[int, NetworkFacts]) -> list[Readiness]:
    """Weigh everyone of ``registrations``, which are of the networks of ``courses``, as `weighed` does.

    All of a person in a network have to be among them. They come by the keys of network and person.
    """
    rows = registrations.select_related("person", "position__organization").prefetch_related(
        "attendances__meeting__working_group",
        "evaluation_completions",
        "group_memberships",
        "person__emails",
    )
    ordered = sorted(rows, key=lambda one: (*_whose(one), one.is_live, one.pk))
    everyone = [list(group) for _key, group in groupby(ordered, key=_whose)]
    documents = _valid_documents({_whose(one) for one in ordered})
    return [_weigh(courses[mine[-1].network_id], mine, documents[_whose(mine[-1])]) for mine in everyone]


def _whose(one: Registration) -> tuple[int, int]:
    """Return the keys of the network and the person of a registration."""
    return one.network_id, one.person_id


def _valid_documents(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Document]]:
    """Return the valid documents of each of ``wanted``, keys of network and person, by kind."""
    found: dict[tuple[int, int], dict[str, Document]] = defaultdict(dict)
    networks, people = {network for network, _person in wanted}, {person for _network, person in wanted}
    for document in Document.objects.valid().filter(network__in=networks, person__in=people):
        found[document.network_id, document.person_id][document.kind] = document
    return found


def _weigh(course: NetworkFacts, mine: list[Registration], documents: dict[str, Document]) -> Readiness:
    """Weigh one person with their ``documents``; the last of ``mine`` is the registration that counts."""
    best: dict[int, Attendance] = {}
    for one in (row for registration in mine for row in registration.attendances.all()):
        known = best.get(one.meeting_id)
        if known is None or one.minutes_counted > known.minutes_counted:
            best[one.meeting_id] = one
    attendances = that_count(best.values(), at=course.at)
    total = total_of(attendances, course.rule, course.network)
    done = [answer for registration in mine for answer in registration.evaluation_completions.all()]
    person = mine[-1].person
    shown = any(one.demonstrated_at for one in mine)
    undemonstrated = course.network.requires_demonstration and not shown
    confirmation = _confirmation_lacks(course, attendances, evaluated=bool(done))
    return Readiness(
        person=person,
        registration=mine[-1],
        course=course,
        attendances=attendances,
        total=total,
        evaluation=done[0] if done else None,
        undemonstrated=undemonstrated,
        lacks={
            Kind.ATTENDANCE: confirmation,
            Kind.PDP: confirmation + _pdp_lacks(course, total, undemonstrated=undemonstrated),
        },
        documents=documents,
    )


def _confirmation_lacks(course: NetworkFacts, attendances: list[Attendance], *, evaluated: bool) -> list[str]:
    """Return what is missing for the confirmation of attendance."""
    if not any(was_there(one) for one in attendances):
        return [_("no attendance")]
    if course.waits_for_evaluation:
        return [] if evaluated else [_("network evaluation not answered yet")]
    return [_("attendance isn't complete yet")] if course.unfinished else []


def _pdp_lacks(course: NetworkFacts, total: Total, *, undemonstrated: bool) -> list[str]:
    """Return what is missing for the PDP certificate besides."""
    if course.version is None:
        return [_("this network gives hours of attendance only")]
    lacks = []
    if course.lacks:
        lacks.append(_("the network is missing %(things)s") % {"things": ", ".join(course.lacks)})
    elif total.below_minimum or not total.units:
        lacks.append(total_words(total))
    if undemonstrated:
        lacks.append(_("demonstration of learning not accepted yet"))
    return lacks
