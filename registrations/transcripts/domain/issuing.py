"""Issuing a transcript: what the hours are today, frozen with a number, a code and its PDF."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from partners.models import Person, local_day
from registrations.credit.domain.designs import logo_of_all
from registrations.credit.domain.snapshots import address_of
from registrations.models import Transcript, TranscriptSequence
from registrations.transcripts.documents import render_transcript
from registrations.transcripts.domain.figures import Figures, figures_of
from registrations.transcripts.domain.windows import own_window, window_of
from registrations.transcripts.domain.wordings import snapshot_of
from registrations.transcripts.exceptions import NoHours
from stemnet import pdf_seal
from stemnet.files import deleted_on_failure
from stemnet.paper_codes import new_paper_code

OWN = ("number", "code", "verify_url")  # what differs between two transcripts that say the same


def words_of(person: Person, *, at: datetime) -> dict[str, Any]:
    """Return what the transcript of ``person`` says at the moment ``at``; a constant number of queries."""
    return _words_of(figures_of(person, at=at))


def _words_of(figures: Figures) -> dict[str, Any]:
    typed = own_window(figures.person)
    return snapshot_of(figures, window_of(typed, figures) if typed else None)


def issue(person: Person, *, at: datetime) -> Transcript:
    """Issue the transcript of today, or return the one of today that says the same.

    It is typeset and sealed before the person's row is held; a number that is not used then stays out. Raises
    NoHours, Unprintable, SealUnusable.
    """
    figures = figures_of(person, at=at)
    words = _words_of(figures)
    if not words["years"]:
        raise NoHours
    words |= logo_of_all(
        (line.offering, line.provider.pk if line.provider else None) for line in figures.lines
    )
    if known := _same(person, words):
        return known
    code, number = new_paper_code(), _next_number(at)
    snapshot = {**words, "number": number, "code": code, "verify_url": address_of(code)}
    pdf = pdf_seal.seal(render_transcript(snapshot), at=at)
    with deleted_on_failure(), transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        return _same(person, words) or _written(person, snapshot, pdf, at=at)


def _same(person: Person, words: dict[str, Any]) -> Transcript | None:
    """Return the newest transcript if it says the same, the day of issue included."""
    newest = Transcript.objects.filter(person=person).first()
    if newest is None:
        return None
    said = {name: value for name, value in newest.snapshot.items() if name not in OWN}
    return newest if said == words else None


def _next_number(at: datetime) -> str:
    """Give the next number of the year, such as T-2026-000093; two at once get two."""
    year = local_day(at).year
    with transaction.atomic():
        numbers, _new = TranscriptSequence.objects.select_for_update().get_or_create(year=year)
        numbers.last += 1
        numbers.save(update_fields=["last"])
    return f"T-{year}-{numbers.last:06d}"


def _written(person: Person, snapshot: dict[str, Any], pdf: bytes, *, at: datetime) -> Transcript:
    row = Transcript(
        person=person,
        number=snapshot["number"],
        code=snapshot["code"],
        snapshot=snapshot,
        sha256=hashlib.sha256(pdf).hexdigest(),
        issued_at=at,
    )
    row.pdf.save(f"{row.number}.pdf", ContentFile(pdf), save=False)
    row.save()
    return row
