"""Files that come in parts, each at its place: after a lost connection sending goes on where it stopped.

A part is written first and counted then, under the lock of the upload's row, so that two that come at once
count once. What is known by its SHA-256 goes on from another page or another day.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.gathering.domain.incoming import check_claims, joined
from meetings.gathering.exceptions import PartOutOfPlace, UploadRefused
from meetings.models import Upload
from meetings.models.gathering.material import MaterialQuerySet
from partners.models import Person
from stemnet.exceptions import FileRefused
from stemnet.files import deleted_on_failure

PART_BYTES = 1024 * 1024
SHA256 = re.compile(r"[0-9a-f]{64}")
SWEPT = 100


def begin(owner: Person, *, name: str, size: int, sha256: str, at: datetime) -> Upload:
    """Return where ``owner`` sends this file to; the one that was begun before with the same content goes on.

    Raises FileRefused for a file that nobody may share, UploadRefused for a digest that is none.
    """
    name = check_claims(name, size)
    if not SHA256.fullmatch(sha256):
        raise unread(name)
    until = at + timedelta(days=settings.UPLOAD_DAYS)
    upload, _made = Upload.objects.update_or_create(
        owner=owner, sha256=sha256, size=size, version=None, defaults={"name": name, "expires_at": until}
    )
    return upload


def receive(upload: Upload, *, offset: int, content: bytes) -> Upload:
    """Take the part that begins at ``offset``; one that is here already changes nothing.

    With the last one the file is checked, and forgotten where it is not what its name says (FileRefused).
    Raises PartOutOfPlace where another part comes next, and UploadRefused for more than was announced.
    """
    end = offset + len(content)
    if not content or len(content) > PART_BYTES or end > upload.size:
        raise unread(upload.name)
    if upload.received == offset:
        upload = _count(upload, offset=offset, content=content)
    if upload.received < end:
        raise PartOutOfPlace(upload.received)
    if upload.received == end == upload.size and upload.version_id is None:
        check(upload)
    return upload


def unread(name: str) -> UploadRefused:
    """Return the refusal of what is no part of a file, also of one that was forgotten meanwhile."""
    return UploadRefused(sentence=_("“%(name)s” couldn't be read. Choose it again.") % {"name": name})


def refuse_used(came: Sequence[Upload], *, materials: MaterialQuerySet) -> None:
    """Refuse a file that was used already, unless it became one of these ``materials`` by the same form.

    Raises UploadRefused.
    """
    versions = set(materials.filter(versions__upload__in=came).values_list("versions", flat=True))
    for upload in came:
        if upload.version_id is not None and upload.version_id not in versions:
            raise unread(upload.name)


def _count(upload: Upload, *, offset: int, content: bytes) -> Upload:
    """Write a part, and count it unless another one came to its place meanwhile; return the row as it is."""
    with deleted_on_failure():
        part = default_storage.save(f"uploads/{upload.uid}/{offset}-{uuid4().hex}", ContentFile(content))
        with transaction.atomic():
            row = Upload.objects.select_for_update().filter(pk=upload.pk).first()
            if row is None:
                raise unread(upload.name)
            is_next = row.received == offset
            if is_next:
                row.parts.append([part, len(content)])
                row.received += len(content)
                row.save(update_fields=["parts", "received"])
    if not is_next:
        default_storage.delete(part)
    return row


def check(upload: Upload) -> None:
    """Look into a file that is all here; one that nobody may share is forgotten, and refused."""
    try:
        with joined(upload):
            pass
    except (FileRefused, UploadRefused):
        forget(upload)
        raise


def forget(upload: Upload) -> None:
    """Delete an upload and what came of it."""
    Upload.objects.filter(pk=upload.pk).delete()
    delete_parts(upload)


def delete_parts(upload: Upload) -> None:
    """Delete the files of an upload, whose row names them no more."""
    for part, _size in upload.parts:
        with suppress(OSError):
            default_storage.delete(part)


def sweep(*, at: datetime) -> int:
    """Forget uploads that were left behind; return how many."""
    left = list(Upload.objects.over(at)[:SWEPT])
    for upload in left:
        forget(upload)
    return len(left)
