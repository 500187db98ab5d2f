"""One's own data: the page, what was mailed, and the two downloads."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.models import Person, known_partnership, local_day
from partners.people.domain.person_rows import all_kept
from partners.people.requests import PortalRequest, person_or_404
from registrations.records.documents import own_record
from registrations.records.exports import own_data
from registrations.records.pages import mail_sections, network_sections
from registrations.records.pages.lines import Line, Look
from registrations.records.pages.record import look_at, record_of
from stemnet import wording
from stemnet.models import Mail
from stemnet.views.papers import on_paper


@never_cache
@require_safe
def own_page(request: PortalRequest) -> HttpResponse:
    """Show everything that is kept about oneself, and what one can do about it."""
    look = _oneself(request)
    context = {
        "record": record_of(look),
        "imported": not any(email.verified_at for email in look.person.emails.all()),
    }
    return render(request, "registrations/records/own.html", context)


@never_cache
@require_safe
def own_json(request: PortalRequest) -> StreamingHttpResponse:
    """Hand out all rows about oneself."""
    look = _oneself(request)
    mails = mail_sections.mails_of(look, []).order_by("pk")
    return StreamingHttpResponse(
        own_data(look.person, all_kept(), mails),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
    )


@never_cache
@require_safe
def own_pdf(request: PortalRequest) -> HttpResponse:
    """Hand out the same for reading."""
    look = _oneself(request)
    person, at = look.person, look.at
    record = record_of(look)
    paper = own_record(
        str(person),
        record.facts,
        [(one.heading, [cells for line in one.lines for cells in _cells(line)]) for one in record.sections],
        as_of=wording.day(local_day(at)),
        issuer=str(known_partnership() or ""),
    )
    return on_paper(request, paper, name="my-data", at=at, otherwise=reverse("own_data"))


@never_cache
@require_safe
def own_mail_sent(request: PortalRequest, digest: str) -> HttpResponse:
    """Show what one mail to oneself said."""
    look = _oneself(request)
    back = (reverse("own_data") + "#mail", _("Your data"))
    return mail_page(request, look, digest, back=back)


def mail_page(request: PortalRequest, look: Look, digest: str, *, back: tuple[str, str]) -> HttpResponse:
    """Show the text of one mail that the asker may read; one with a secret is not found."""
    studies = [] if look.sees_all else network_sections.studies_of(look)
    mails = mail_sections.mails_of(look, studies).filter(secret=False)
    mail = get_object_or_404(mails, pk__in=Mail.objects.with_digest(digest).values("pk"))
    return render(request, "registrations/records/mail.html", {"mail": mail, "back": back})


def _oneself(request: PortalRequest) -> Look:
    """Return a look of who is signed in at themselves."""
    me = person_or_404(request)
    look = look_at(Person.objects.filter(pk=me.pk), by=me, at=timezone.now())
    if look is None:
        raise Http404
    return look


def _cells(line: Line) -> Iterator[list[str]]:
    """Yield the row of a line, and one for each line below it."""
    yield [wording.day(line.on) if line.on else "", line.title, line.words]
    for inner in line.more:
        yield from _cells(inner)
