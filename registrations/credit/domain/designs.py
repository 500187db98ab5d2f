"""The designs of documents: which is in use, and a new version of it (docs/rules.md 3.3)."""

from collections.abc import Iterable
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


def logo_of_all(networks: Iterable[tuple[str, int | None]]) -> dict[str, str]:
    """Return the logo and its words that the designs in use have alike; empty where there's none, or several.

    ``networks`` are their addresses with the key of the provider of each. One query.
    """
    pairs = set(networks)
    of = Q(network__slug__in={slug for slug, _provider in pairs})
    of |= Q(provider__in={provider for _slug, provider in pairs if provider})
    newest: dict[str | int | None, DocumentDesign] = {}
    for one in DocumentDesign.objects.filter(of).select_related("network").order_by("version"):
        newest[one.network.slug if one.network else one.provider_id] = one
    used = [newest.get(slug) or newest.get(provider) for slug, provider in pairs]
    logos = {one.logo.name: one.logo_words for one in used if one and one.logo}
    name, words = logos.popitem() if len(logos) == 1 else ("", "")
    return {"logo": name or "", "logo_words": words}


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
