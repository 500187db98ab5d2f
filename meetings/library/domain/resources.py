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
from meetings.library import emails
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


FILE = ("file", "file_name", "file_size", "file_type", "sha256")
LINK = ("link_checked_at", "link_failed_at", "link_said")


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
    _refuse_twice(one, sha256=file.sha256 if file else "", by=by)
    with deleted_on_failure():
        if file:
            _keep_file(one, file)
        elif written.columns.get("url"):
            _drop_file(one)
        _write(one, written, has_new_file=file is not None, by=by, at=at)
    return one


def _write(one: Resource, written: Written, *, has_new_file: bool, by: Person, at: datetime) -> Resource:
    """Write what was typed, and nothing else: what others write, count, check or decide meanwhile stays."""
    try:
        with transaction.atomic():
            was = Resource.objects.select_for_update().filter(pk=one.pk).first()
            columns = _columns(one, was, written, has_new_file=has_new_file)
            one.state = was.state if was else one.state
            if was and was.state == State.PUBLIC and not may_review(by):
                one.state = State.REVIEW
            if one.state in (State.REVIEW, State.PUBLIC):
                refuse_unfinished(one)
            one.save(update_fields=columns if was else None)
            if was is None or one.state != was.state:
                _note(one, before=was.state if was else "", by=by, at=at)
                tell_step(one, by=by, at=at)
            if was and was.file and was.file.name != one.file.name:
                _delete_file(was)
            one.grades.exclude(band__in=written.grades).delete()
            rows = (ResourceGrade(resource=one, band=band) for band in written.grades)
            ResourceGrade.objects.bulk_create(rows, ignore_conflicts=True)
            one.subjects.set(written.subjects)
            one.standards.set(written.standards)
    except IntegrityError as twice:
        raise AlreadyThere(None) from twice
    return one


def _columns(one: Resource, was: Resource | None, written: Written, *, has_new_file: bool) -> list[str]:
    """Return the columns to write; those of a file that was not sent are as they are in the database."""
    columns = {*written.columns, "changed_at", "state"}
    if has_new_file or written.columns.get("url"):
        columns |= {*FILE, "url"}
    elif was:
        for name in FILE if "url" in columns else (*FILE, "url"):
            setattr(one, name, getattr(was, name))
    if was is None or has_new_file or was.url != one.url:
        one.link_checked_at, one.link_failed_at, one.link_said = None, None, ""
        columns |= {*LINK}
    return sorted(columns)


def _refuse_twice(one: Resource, *, sha256: str, by: Person) -> None:
    """Raise AlreadyThere where another resource has a link to the same page, or the same file."""
    others = Resource.objects.exclude(pk=one.pk)
    same = others.filter(sha256=sha256) if sha256 else others.filter(plain_url=one.plain_url or "-")
    if found := same.first():
        raise AlreadyThere(Resource.objects.visible_to(by).filter(pk=found.pk).first())


def _keep_file(one: Resource, file: Incoming) -> None:
    one.file_name, one.file_size, one.file_type = file.name, file.size, file.kind.media_type
    one.sha256, one.url = file.sha256, ""
    one.file.save(file.name, File(file.file), save=False)


def _drop_file(one: Resource) -> None:
    one.file, one.file_name, one.file_size, one.file_type, one.sha256 = None, "", 0, "", ""


def _delete_file(was: Resource) -> None:
    """Delete the file of a row once the transaction is through."""
    storage, name = was.file.storage, str(was.file.name)
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def move(
    resource: Resource, *, to: str, by: Person, at: datetime, reason: str = "", read: str = ""
) -> Resource:
    """Take a step, and tell who has to know; the same twice changes nothing.

    ``read`` is the `version_of` what was read before. Raises NotFromHere for a step that can't follow,
    LibraryRefused without the reason that others need, and where it was changed since it was read.
    """
    one = Resource.objects.select_for_update().get(pk=resource.pk)
    if one.state == to:
        return one
    if read and read != version_of(one):
        raise LibraryRefused(sentence=_("It was changed since you read it. Read it once more."))
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
    tell_step(one, reason=reason, by=by, at=at)
    return one


def version_of(one: Resource) -> str:
    """Return what tells whether a resource was changed since somebody read it."""
    return one.changed_at.isoformat()


def tell_step(one: Resource, *, by: Person, at: datetime, reason: str = "") -> None:
    """Tell staff what waits for them, and a contributor what others decided."""
    if one.state == State.REVIEW:
        emails.waiting(at=at)
    elif one.contributor_id != by.pk and (reason or one.state != State.DRAFT):
        emails.decided(one, reason=reason, at=at)


def may_remove(one: Resource, person: Person | None) -> bool:
    """Return whether somebody deletes a resource: their own draft that nobody else has seen."""
    return person is not None and one.contributor_id == person.pk and one.is_unseen


@transaction.atomic
def remove_draft(resource: Resource, *, by: Person) -> None:
    """Delete a draft that nobody else has seen, with its file. Raises NotFromHere for any other."""
    one = Resource.objects.select_for_update().get(pk=resource.pk)
    if not may_remove(one, by):
        raise NotFromHere(one)
    delete_with_file(one)


def delete_with_file(one: Resource) -> None:
    """Delete a resource, and its file once the transaction is through."""
    if one.file:
        _delete_file(one)
    one.delete()


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
