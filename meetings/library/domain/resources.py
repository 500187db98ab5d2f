"""Writing resources, and their steps from a draft to everyone.

A file is written first, then its row; where that fails, the file goes again.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meetings.gathering.domain.incoming import Incoming
from meetings.gathering.domain.materials import title_of
from meetings.library.exceptions import AlreadyThere, LibraryRefused, NotFromHere
from meetings.library.permissions import may_review
from meetings.models import Material, Resource, ResourceChange, ResourceGrade
from partners.models import Organization, Person, Standard, Subject, acted, local_day
from partners.people.domain import positions
from stemnet.file_kinds import kind_of
from stemnet.files import deleted_on_failure

State = Resource.State
STEPS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (State.REVIEW, State.PUBLIC),
    State.REVIEW: (State.PUBLIC, State.DRAFT, State.HIDDEN),
    State.PUBLIC: (State.HIDDEN,),
    State.HIDDEN: (State.PUBLIC,),
}


FILE = ("file", "file_name", "file_size", "file_type", "sha256", "url")
OWN_COLUMNS = (*FILE, "changed_at", "state", "link_checked_at", "link_failed_at", "link_said")


@dataclass(kw_only=True)
class Written:
    """A resource as it was typed; ``columns`` are columns of Resource."""

    columns: dict[str, Any]
    grades: list[str] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)


def organization_of(person: Person, *, at: datetime) -> Organization | None:
    """Return where somebody works, as the place that their resources are from."""
    position = positions.newest(person, on=local_day(at))
    return position.organization if position else None


def save_resource(
    resource: Resource | None, written: Written, *, file: Incoming | None = None, by: Person, at: datetime
) -> Resource:
    """Write what was typed; a new one is a draft of ``by``, and a public one is reviewed again.

    Raises AlreadyThere for the same link or file.
    """
    one = resource or Resource(contributor=by, organization=organization_of(by, at=at), made_at=at)
    for name, value in written.columns.items():
        setattr(one, name, value)
    one.changed_at = at
    before = Resource.objects.filter(pk=one.pk).values_list("file", flat=True).first() or ""
    if resource is None or _stored_url(one) != one.url or file:
        one.link_checked_at, one.link_failed_at, one.link_said = None, None, ""
    if written.columns.get("url"):
        _drop_file(one)
    _refuse_twice(one, sha256=file.sha256 if file else "", by=by)
    with deleted_on_failure():
        if file:
            _keep_file(one, file)
        _write(one, written, by=by, at=at)
    if before and before != one.file.name:
        storage = one.file.storage
        transaction.on_commit(lambda: storage.delete(before))
    return one


def _write(one: Resource, written: Written, *, by: Person, at: datetime) -> Resource:
    is_new = one.pk is None
    try:
        with transaction.atomic():
            before = "" if is_new else _locked_state(one)
            one.state = before or one.state
            if before == State.PUBLIC and not may_review(by):
                one.state = State.REVIEW
            if one.state in (State.REVIEW, State.PUBLIC):
                refuse_unfinished(one)
            if is_new:
                one.save()
            else:  # what others count, check or decide meanwhile stays
                one.save(update_fields=[*written.columns, *OWN_COLUMNS])
            if one.state != before:
                _note(one, before=before, by=by, at=at)
            one.grades.exclude(band__in=written.grades).delete()
            rows = (ResourceGrade(resource=one, band=band) for band in written.grades)
            ResourceGrade.objects.bulk_create(rows, ignore_conflicts=True)
            one.subjects.set(written.subjects)
            one.standards.set(written.standards)
    except IntegrityError as twice:
        raise AlreadyThere(None) from twice
    return one


def _stored_url(one: Resource) -> str:
    return Resource.objects.values_list("url", flat=True).get(pk=one.pk)


def _locked_state(one: Resource) -> str:
    """Return how far it is now, whoever moved it since it was read."""
    return Resource.objects.select_for_update().values_list("state", flat=True).get(pk=one.pk)


def _refuse_twice(one: Resource, *, sha256: str, by: Person) -> None:
    """Raise AlreadyThere where another resource has the same link or file."""
    others = Resource.objects.exclude(pk=one.pk)
    same = others.filter(sha256=sha256) if sha256 else others.filter(url=one.url or "-")
    if found := same.first():
        raise AlreadyThere(Resource.objects.visible_to(by).filter(pk=found.pk).first())


def _keep_file(one: Resource, file: Incoming) -> None:
    one.file_name, one.file_size, one.file_type = file.name, file.size, file.kind.media_type
    one.sha256, one.url = file.sha256, ""
    one.file.save(file.name, File(file.file), save=False)


def _drop_file(one: Resource) -> None:
    one.file, one.file_name, one.file_size, one.file_type, one.sha256 = None, "", 0, "", ""


@transaction.atomic
def move(resource: Resource, *, to: str, by: Person, at: datetime, reason: str = "") -> Resource:
    """Take a step; the same twice changes nothing.

    Raises NotFromHere for one that can't follow, LibraryRefused without the reason that others need.
    """
    one = Resource.objects.select_for_update().get(pk=resource.pk)
    if one.state == to:
        return one
    if to not in STEPS[one.state] or (to != State.REVIEW and not may_review(by)):
        raise NotFromHere(one)
    if to in (State.HIDDEN, State.DRAFT) and not reason.strip():
        raise LibraryRefused(sentence=_("Say why. The person who shared it reads that."))
    if to in (State.REVIEW, State.PUBLIC):
        refuse_unfinished(one)
    before, one.state = one.state, to
    if to == State.PUBLIC and one.published_at is None:
        one.published_at = at
    one.save(update_fields=["state", "published_at"])
    _note(one, before=before, by=by, at=at, reason=reason)
    return one


def refuse_unfinished(one: Resource) -> None:
    """Raise LibraryRefused for a resource that others could do nothing with."""
    if not one.summary:
        raise LibraryRefused(sentence=_("Say in a sentence or two what it is."))
    if not one.url and not one.sha256:
        raise LibraryRefused(sentence=_("Choose a file, or type a link."))


def _note(one: Resource, *, before: str, by: Person, at: datetime, reason: str = "") -> None:
    ResourceChange.objects.create(
        resource=one, from_status=before, to_status=one.state, at=at, reason=reason.strip()[:500], **acted(by)
    )


def from_material(material: Material, *, by: Person, at: datetime) -> Resource:
    """Begin a resource from what a meeting shared; pressed twice it is one. Raises AlreadyThere."""
    known = material.resources.filter(contributor=by).first()
    if known:
        return known
    meeting, version = material.meeting, material.versions.first()
    network = meeting.network
    columns = {"title": material.title, "summary": material.note, "url": material.url, "material": material}
    standards = list(meeting.standards.all()) or (list(network.standards.all()) if network else [])
    subjects = list(meeting.subjects.all()) or (list(network.subjects.all()) if network else [])
    written = Written(columns=columns, subjects=subjects, standards=standards)
    if version is None:
        return save_resource(None, written, by=by, at=at)
    columns["title"] = material.title or title_of(version.name)
    with version.file.open("rb") as content:
        file = Incoming(content, version.name, kind_of(version.name), version.size, version.sha256)
        return save_resource(None, written, file=file, by=by, at=at)
