"""The logo of a partner: a picture that the partnership may show where the partner agreed to it."""

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Organization
from partners.people.exceptions import LogoRefused
from partners.people.imports import Picture, clean_picture
from stemnet.files import deleted_on_failure

MOST_BYTES = 500_000


def clean_logo(file: File[bytes]) -> Picture:
    """Return ``file`` as a picture that every browser shows, with nothing else in it. Raises LogoRefused."""
    if file.size > MOST_BYTES:
        raise LogoRefused(sentence=_("This picture is larger than 500 KB. Save it smaller and try again."))
    file.seek(0)
    return clean_picture(file.read())


def set_logo(organization: Organization, file: File[bytes]) -> None:
    """Keep ``file``, cleaned, as the logo of ``organization`` in place of another. Raises LogoRefused."""
    picture = clean_logo(file)
    with deleted_on_failure(), transaction.atomic():
        locked = Organization.objects.select_for_update().get(pk=organization.pk)
        old = locked.logo.name
        locked.logo.save("logo", ContentFile(picture.content), save=False)
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
    """Delete a file once no row names it; after a merge two may."""
    storage = organization.logo.storage
    if name and not Organization.objects.filter(logo=name).exists():
        transaction.on_commit(lambda: storage.delete(name))
