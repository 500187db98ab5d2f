"""What the page of a group shows of the materials of its meetings, in three statements for any number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst

from meetings.gathering.pages.materials import icon_of, what
from meetings.models import Material, Meeting, WorkingGroup
from partners.models import Person, local_day
from stemnet import wording

MOST = 50


@dataclass(frozen=True)
class File:
    """One material of a meeting of the group; ``about`` is what it is, of whom and when."""

    material: Material
    about: str
    icon: str


def shared_files(group: WorkingGroup, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return what ``person`` sees of the group's materials, the newest first, and where one is added."""
    seen = Material.objects.visible_to(person, at=at).filter(meeting__working_group=group)
    rows = seen.select_related("added_by").prefetch_related("versions").order_by("-added_at", "-pk")
    runs = Meeting.objects.markable_by(person).filter(working_group=group).standing()
    return {"files": [file_of(one) for one in rows[:MOST]], "adds_to": runs.order_by("-starts_at").first()}


def file_of(material: Material) -> File:
    """Return what the page says of one."""
    newest = next(iter(material.versions.all()), None)
    day = wording.day(local_day(material.added_at))
    parts = (*what(newest), str(material.added_by), day)
    return File(material, capfirst(", ".join(filter(None, parts))), icon_of(material, newest))
