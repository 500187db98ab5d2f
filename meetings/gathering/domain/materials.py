"""Adding, changing and removing what a meeting leaves behind.

Files are written first, then their rows in one transaction; where that fails, the files go again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from meetings.gathering.domain import uploads
from meetings.gathering.domain.incoming import Incoming
from meetings.gathering.exceptions import MaterialRefused
from meetings.models import Material, MaterialVersion, Meeting, Upload
from partners.models import Person
from stemnet.files import deleted_on_failure


@dataclass(frozen=True)
class Shown:
    """How a material is shown: what it is, a line about it, to whom, and from when."""

    kind: str
    seen_by: str
    seen_from: str
    note: str = ""


def add_link(meeting: Meeting, *, title: str, url: str, shown: Shown, by: Person, at: datetime) -> Material:
    """Add a link; the same link again is the one that is there. Raises MaterialRefused for a title twice."""
    same = meeting.materials.standing().filter(title=title).first()
    if same is not None and same.url == url:
        return same
    refuse_title(same)
    return _once(Material(meeting=meeting, title=title, url=url, added_at=at, added_by=by, **vars(shown)))


def add_files(
    meeting: Meeting, files: Sequence[Incoming], *, title: str, shown: Shown, by: Person, at: datetime
) -> list[Material]:
    """Add a material for each of ``files``, all or none; what was added by the same form before is returned.

    Without ``title`` they are called as their files. Raises MaterialRefused for a title twice.
    """
    known = {one.title: one for one in meeting.materials.standing().prefetch_related("versions")}
    found: list[Material] = []
    new: list[tuple[Material, Incoming]] = []
    for file in files:
        called = title or title_of(file.name)
        same = known.get(called)
        if same is not None and _holds(same, file):
            found.append(same)
            continue
        refuse_title(same)
        made = Material(meeting=meeting, title=called, added_at=at, added_by=by, **vars(shown))
        known[called] = made
        new.append((made, file))
    return [*found, *_write(new, by=by, at=at)]


def add_version(material: Material, file: Incoming, *, by: Person, at: datetime) -> MaterialVersion:
    """Let ``file`` be shown under the address of ``material``; what was shown before is kept.

    The same file as is shown now changes nothing.
    """
    newest = material.versions.first()
    if newest is not None and newest.sha256 == file.sha256:
        _drop(file)
        return newest
    with deleted_on_failure():
        version = _version(file, by=by, at=at)
        with transaction.atomic():
            version.material = Material.objects.select_for_update().get(pk=material.pk)
            last = version.material.versions.aggregate(last=Max("number"))["last"]
            version.number = (last or 0) + 1
            version.save()
            _finish(file, version)
    _drop(file)
    return version


def change(material: Material, *, title: str, url: str, shown: Shown) -> None:
    """Write how a material is called and shown. Raises MaterialRefused for a title twice."""
    others = material.meeting.materials.standing().exclude(pk=material.pk)
    refuse_title(others.filter(title=title).first())
    for name, value in {"title": title, "url": url, **vars(shown)}.items():
        setattr(material, name, value)
    _once(material)


def remove(material: Material, *, at: datetime) -> None:
    """Take a material off the page; its files stay, and a coordinator can bring it back in the admin."""
    Material.objects.standing().filter(pk=material.pk).update(removed_at=at)


def bring_back(material: Material) -> None:
    """Put a removed material on the page again. Raises MaterialRefused where its title is taken since."""
    refuse_title(material.meeting.materials.standing().filter(title=material.title).first())
    material.removed_at = None
    _once(material)


def title_of(name: str) -> str:
    """Return what a file of this name is called where nobody gives it a title."""
    return PurePosixPath(name).stem.replace("_", " ").strip() or name


def refuse_title(same: Material | None) -> None:
    """Raise MaterialRefused where another material has the title."""
    if same is not None:
        said = _("This meeting already has “%(title)s”. Choose another title, or add a new version there.")
        raise MaterialRefused(sentence=said % {"title": same.title})


def _holds(material: Material, file: Incoming) -> bool:
    """Return whether ``material`` shows this very file."""
    versions = material.versions.all() if material.pk else ()
    return any(version.sha256 == file.sha256 for version in versions)


def _once(material: Material) -> Material:
    """Write a material; the title that somebody else took meanwhile is refused as any other."""
    try:
        with transaction.atomic():
            material.save()
    except IntegrityError:
        refuse_title(material)
    return material


def _write(new: list[tuple[Material, Incoming]], *, by: Person, at: datetime) -> list[Material]:
    """Write files, then materials and first versions."""
    with deleted_on_failure():
        versions = [_version(file, by=by, at=at) for _material, file in new]
        with transaction.atomic():
            for version, (material, file) in zip(versions, new, strict=True):
                _once(material)
                version.material, version.number = material, 1
                version.save()
                _finish(file, version)
    for _material, file in new:
        _drop(file)
    return [material for material, _file in new]


def _version(file: Incoming, *, by: Person, at: datetime) -> MaterialVersion:
    """Write a file, and return the row that will name it."""
    version = MaterialVersion(
        name=file.name,
        size=file.size,
        content_type=file.kind.media_type,
        sha256=file.sha256,
        added_at=at,
        added_by=by,
    )
    content: File[Any] = File(file.file)
    version.file.save(file.name, content, save=False)
    return version


def _finish(file: Incoming, version: MaterialVersion) -> None:
    """Note of an upload what became of it, so that it is used once."""
    if file.upload is not None:
        Upload.objects.filter(pk=file.upload.pk).update(version=version)


def _drop(file: Incoming) -> None:
    """Delete the parts of an upload whose file is kept as a whole now."""
    if file.upload is not None:
        uploads.delete_parts(file.upload)
        Upload.objects.filter(pk=file.upload.pk).update(parts=[])
