"""Who was told of which document: once each, and again once another of that kind can be had.

Their mail is rendered once the transaction is over, by a job that it wrote.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Count

from meetings.models import Network
from registrations.credit import emails
from registrations.credit.domain.readiness import Readiness
from registrations.models import Document, Registration
from stemnet import jobs
from stemnet.jobs import Run

READY, WITHDRAWN = "registrations.documents_ready", "registrations.document_withdrawn"
Names = Mapping[str, str]  # a kind of document to what it is called


def tell_of_documents(
    network: Network, told: Sequence[tuple[Readiness, Names]], *, issued: Collection[int] = (), at: datetime
) -> int:
    """Let each person of ``network`` be told of documents that are news to them; return how many.

    ``issued`` are keys of documents that were issued just now, of which the mail tells. The outbox forgets
    old mail, rows do not.
    """
    people = [readiness.person.pk for readiness, _names in told]
    rows = list(Registration.objects.filter(network=network, person__in=people).only("person", "told_of"))
    known: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        known[row.person_id] |= set(row.told_of)
    earlier = _earlier(network, people, but=issued)
    letters = []
    for readiness, names in told:
        person = readiness.person.pk
        occasions = {f"{kind}:{earlier.get((person, kind), 0)}": name for kind, name in names.items()}
        news = {one: name for one, name in occasions.items() if one not in known[person]}
        if news:
            known[person] |= set(news)
            letters.append((readiness.registration, news))
    if letters:
        given = [(registration.pk, news) for registration, news in letters]
        params = {"letters": given, "at": at.isoformat()}
        jobs.start_job(kind=READY, params=params, by="", at=at, total=len(letters), soon=True)
    news_of = {registration.person_id for registration, _news in letters}
    changed = [row for row in rows if row.person_id in news_of]
    for row in changed:
        row.told_of_documents, row.told_of = True, sorted(known[row.person_id])
    Registration.objects.bulk_update(changed, ["told_of_documents", "told_of"])
    return len(letters)


def tell_of_document(document: Document, *, at: datetime, reason: str = "") -> None:
    """Let one person be told that a document of theirs was revoked, for a reason, or replaced by another."""
    params = {"document": document.pk, "reason": reason, "at": at.isoformat()}
    jobs.start_job(kind=WITHDRAWN, params=params, by="", at=at, total=1, soon=True)


def run_ready(run: Run) -> None:
    """Do the job; safe to be run again."""
    letters, at = run.params["letters"], datetime.fromisoformat(run.params["at"])
    rows = Registration.objects.select_related("network", "person").prefetch_related("person__emails")
    known = rows.in_bulk([key for key, _news in letters])
    emails.documents_ready([(known[key], news) for key, news in letters if key in known], at=at)


def run_withdrawn(run: Run) -> None:
    """Do the job; safe to be run again."""
    at, reason = datetime.fromisoformat(run.params["at"]), run.params["reason"]
    rows = Document.objects.select_related("network", "person", "replaced_by__network", "replaced_by__person")
    document = rows.get(pk=run.params["document"])
    if document.replaced_by:
        emails.document_replaced(old=document, new=document.replaced_by, at=at)
    else:
        emails.document_revoked(document=document, reason=reason, at=at)


def _earlier(
    network: Network, people: Collection[int], *, but: Collection[int]
) -> dict[tuple[int, str], int]:
    """Return how many documents of each kind each person has had, without those in ``but``."""
    documents = Document.objects.filter(network=network, person__in=people).exclude(pk__in=but)
    counted = documents.order_by().values("person", "kind").annotate(number=Count("pk"))
    return {(row["person"], row["kind"]): row["number"] for row in counted}
