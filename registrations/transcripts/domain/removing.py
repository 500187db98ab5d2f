"""Deleting transcripts with their files."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from registrations.models import Transcript


def delete(transcripts: Sequence[Transcript]) -> None:
    """Delete transcripts and their links, and their files once that is committed."""
    for one in transcripts:
        transaction.on_commit(partial(one.pdf.storage.delete, str(one.pdf.name)))
    Transcript.objects.filter(pk__in=[one.pk for one in transcripts]).delete()
