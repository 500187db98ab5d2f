"""What became of the documents that a transcript names, since it was issued."""

from registrations.models import Document, Transcript


def withdrawn_since(transcript: Transcript) -> list[Document]:
    """Return the documents it names that don't stand anymore, with what replaced them; one query."""
    named = Document.objects.filter(number__in=transcript.snapshot["documents"])
    gone = named.exclude(status=Document.Status.VALID).select_related("replaced_by")
    return list(gone.order_by("number"))
