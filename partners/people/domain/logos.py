"""The logo of a partner: a picture that the partnership may show where the partner agreed to it."""

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Organization
from partners.people.exceptions import LogoRefused
from stemnet.files import deleted_on_failure

MOST_BYTES = 500_000
PNG, JPEG, RIFF, WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"WEBP"


def kind_of(begin: bytes) -> str:
    """Return the media type of a picture by its first 12 bytes; nothing for what no page may show."""
    if begin.startswith(PNG):
        return "image/png"
    if begin.startswith(JPEG):
        return "image/jpeg"
    return "image/webp" if begin[:4] == RIFF and begin[8:12] == WEBP else ""


def check_logo(file: File[bytes]) -> None:
    """Raise LogoRefused unless ``file`` is a picture of a kind that every browser shows, and small."""
    if file.size > MOST_BYTES:
        raise LogoRefused(sentence=_("This picture is larger than 500 KB. Save it smaller and try again."))
    file.seek(0)
    begin = file.read(12)
    file.seek(0)
    if not kind_of(begin):
        raise LogoRefused(sentence=_("This file isn't a PNG, JPEG or WebP picture."))


def set_logo(organization: Organization, file: File[bytes]) -> None:
    """Keep ``file`` as the logo of ``organization`` in place of the one before. Raises LogoRefused."""
    check_logo(file)
    with deleted_on_failure(), transaction.atomic():
        locked = Organization.objects.select_for_update().get(pk=organization.pk)
        old = locked.logo.name
        locked.logo.save("logo", file, save=False)
        locked.save(update_fields=["logo"])
        organization.logo = locked.logo
        _delete_later(locked, old)


@transaction.atomic
def remove_logo(organization: Organization) -> None:
    """Remove the logo of ``organization``, where it has one."""
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    old, locked.logo = locked.logo.name, ""
    locked.save(update_fields=["logo"])
    organization.logo = locked.logo
    _delete_later(locked, old)


def _delete_later(organization: Organization, name: str | None) -> None:
    """Delete a file once the row no longer names it."""
    storage = organization.logo.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))
