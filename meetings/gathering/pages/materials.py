"""What the page of a meeting shows of its materials: a line each, in one statement for any number."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meetings.models import Material, MaterialVersion, SeenBy, SeenFrom
from meetings.models.gathering.meeting_roles import SeenMeeting
from partners.models import Person
from stemnet.file_kinds import KINDS

NEW_FOR = timedelta(days=7)
ICONS = {
    "application/pdf": "file-earmark-pdf",
    "text/csv": "file-earmark-spreadsheet",
    "image": "file-earmark-image",
    "video": "camera-video",
    "audio": "camera-video",
}


@dataclass(frozen=True)
class Line:
    """One material as the page says it; ``about`` is what it is and how large."""

    material: Material
    about: str
    icon: str
    tag: str
    look: str
    shown: str


def materials_section(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any]:
    """Return the materials that ``person`` sees, and what whoever runs the meeting does with them."""
    seen: QuerySet[Any] = Material.objects.visible_to(person, at=at).filter(meeting=meeting)
    rows = [(one, newest_of(one)) for one in with_newest(seen)]
    files = [newest.size for _one, newest in rows if newest is not None]
    return {
        "materials": [line_of(one, newest, meeting=meeting, at=at) for one, newest in rows],
        "all_bytes": sum(files) if len(files) > 1 else 0,
    }


def with_newest(materials: QuerySet[Any]) -> QuerySet[Any]:
    """Join what is shown of the newest version of each material."""
    versions = MaterialVersion.objects.filter(material=OuterRef("pk")).order_by("-number")
    shown = ("name", "size", "content_type")
    newest = {f"newest_{name}": Subquery(versions.values(name)[:1]) for name in shown}
    known: QuerySet[Any] = materials.annotate(**newest)
    return known


def newest_of(material: Any) -> MaterialVersion | None:
    """Return what is shown of the newest version of a material of `with_newest`; None of a link."""
    if material.newest_size is None:
        return None
    size, name = material.newest_size, material.newest_name
    return MaterialVersion(size=size, name=name, content_type=material.newest_content_type)


def line_of(
    material: Material, newest: MaterialVersion | None, *, meeting: SeenMeeting, at: datetime
) -> Line:
    """Return what the page says of one."""
    material.meeting = meeting
    return Line(
        material=material,
        about=capfirst(", ".join(part for part in (*what(newest), material.note) if part)),
        icon=icon_of(material, newest),
        tag=tag_of(material, at=at),
        look="warn" if material.kind == Material.Kind.READING else "info",
        shown=shown_words(material, at=at) if meeting.is_run else "",
    )


def what(newest: MaterialVersion | None) -> tuple[str, ...]:
    """Return what kind of file it is and how large, or that it is elsewhere."""
    if newest is None:
        return (_("link to another site"),)
    kind = KINDS.get(newest.name.rpartition(".")[2].lower())
    return (str(kind.words) if kind else "", filesizeformat(newest.size))


def icon_of(material: Material, newest: MaterialVersion | None) -> str:
    """Return the icon of what it is."""
    if material.kind == Material.Kind.RECORDING:
        return "camera-video"
    if newest is None:
        return "box-arrow-up-right"
    media_type = newest.content_type
    return ICONS.get(media_type) or ICONS.get(media_type.partition("/")[0]) or "file-earmark-text"


def tag_of(material: Material, *, at: datetime) -> str:
    """Return what one should know of it: that it is to be read before, or came after the meeting."""
    meeting = material.meeting
    if material.kind == Material.Kind.READING and meeting.starts_at > at:
        return _("Before")
    is_new = material.added_at > meeting.ends_at and at - material.added_at < NEW_FOR
    return _("New") if is_new else ""


def shown_words(material: Material, *, at: datetime) -> str:
    """Say to whom it is shown, and from when where that is still to come."""
    words = SeenBy(material.seen_by).label
    if material.released_at(at):
        return str(words)
    return _("%(who)s, %(when)s") % {"who": words, "when": SeenFrom(material.seen_from).label.lower()}
