"""The designs of documents: which is in use, and a new version of it (docs/rules.md 3.3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Q, QuerySet

from meetings.models import Network
from partners.models import Actor, Provider, acted
from partners.people.domain.logos import clean_logo
from registrations.models import DocumentDesign
from stemnet.files import deleted_on_failure

PICTURES = ("logo", "signature")
WORDS = ("logo_words", "line", "closing", "names_hosts")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody typed and chose: words, new pictures by name, and the names of pictures to leave out."""

    words: dict[str, Any]
    pictures: dict[str, File[bytes]]
    without: frozenset[str] = frozenset()


def design_of(network: Network) -> DocumentDesign | None:
    """Return the design that documents of ``network`` get now: its own, else its provider's, else none."""
    of = Q(network=network)
    if network.provider_id:
        of |= Q(provider=network.provider_id)
    return DocumentDesign.objects.filter(of).order_by("provider_id", "-version").first()


def versions_of(owner: Network | Provider) -> QuerySet[DocumentDesign]:
    """Return every version that a network or a provider had, the newest first."""
    return DocumentDesign.objects.filter(**_of(owner))


def _of(owner: Network | Provider) -> dict[str, Any]:
    return {"network": owner} if isinstance(owner, Network) else {"provider": owner}


def save_design(
    owner: Network | Provider, wanted: Wanted, *, seen: int, by: Actor, at: datetime
) -> DocumentDesign | None:
    """Write the next version, or nothing where all is as before; ``seen`` is the version that was shown.

    Returns None where somebody else saved another version meanwhile. Raises LogoRefused for a picture that is
    none or too large. Documents that were issued keep the design that they were issued with.
    """
    clean = {name: clean_logo(file).content for name, file in wanted.pictures.items()}
    with deleted_on_failure(), transaction.atomic():
        type(owner)._default_manager.select_for_update().get(pk=owner.pk)  # one version after the other
        last = versions_of(owner).first()
        if (last.version if last else 0) != seen:
            return None
        new = next_version(owner, last, wanted)
        if last and not clean and new.said | {"version": last.version} == last.said:
            return last
        for name, content in clean.items():
            getattr(new, name).save(name, ContentFile(content), save=False)
        new.made_at = at
        for column, value in acted(by).items():
            setattr(new, column, value)
        new.save()
    return new


def next_version(owner: Network | Provider, last: DocumentDesign | None, wanted: Wanted) -> DocumentDesign:
    """Return the version after ``last``, unsaved and without new pictures."""
    new = DocumentDesign(**_of(owner), version=(last.version if last else 0) + 1, **wanted.words)
    for name in PICTURES:
        kept = last is not None and name not in wanted.without and name not in wanted.pictures
        setattr(new, name, getattr(last, name).name if kept else "")
    if not new.logo and "logo" not in wanted.pictures:
        new.logo_words = ""
    return new
