"""The pages of the floor."""

import csv
import io
import random
from collections.abc import Iterator
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from openpyxl import Workbook

from bench.floor.models import Attendance, Hold, Meeting, Network, Person, Registration

COLUMNS = (
    *("registration__id", "registration__person__last_name", "registration__person__first_name"),
    *("registration__person__address", "registration__status", "registration__requested_at"),
    *("registration__network__title", "registration__network__seats", "meeting__id", "meeting__title"),
    *(
        "meeting__starts_at",
        "meeting__ends_at",
        "meeting__place",
        "arrived_at",
        "left_at",
        "minutes",
        "status",
    ),
)


def networks(request: HttpRequest) -> HttpResponse:
    """Show the first ten networks."""
    return render(request, "networks.html", {"networks": Network.objects.order_by("pk")[:10]})


def network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one network and its meetings, by one query."""
    meetings = list(
        Meeting.objects.filter(network__slug=slug).select_related("network").order_by("starts_at")
    )
    return render(request, "network.html", {"network": meetings[0].network, "meetings": meetings})


def mine(request: HttpRequest) -> HttpResponse:
    """Show a page to who is signed in: the same as a network's."""
    request.user.is_authenticated  # noqa: B018 - asks for the session and the user
    return network(request, "open")


def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form; keep what was typed and mail a code; take the code."""
    if request.method != "POST":
        return render(request, "register.html", {"network": get_object_or_404(Network, slug=slug)})
    return confirm(request, slug) if "code" in request.POST else start(request, slug)


def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what was typed, and mail the code."""
    one = get_object_or_404(Network, slug=slug)
    code = f"{random.SystemRandom().randrange(10**6):06d}"
    address = request.POST["address"]
    hold = Hold.objects.create(network=one, address=address, code=code, answers=dict(request.POST.items()))
    send_mail("Your code", f"Your code is {code}.", "network@example.org", [address])
    return render(request, "code.html", {"network": one, "hold": hold})


@transaction.atomic
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Seat somebody under the lock of the network, or say that it is full."""
    one = Network.objects.select_for_update().get(slug=slug)
    hold = get_object_or_404(Hold, pk=request.POST["hold"], code=request.POST["code"], used=False)
    if Registration.objects.filter(network=one).count() >= one.seats:
        return render(request, "done.html", {"network": one, "full": True})
    names = {name: hold.answers[name] for name in ("first_name", "last_name")}
    person = Person.objects.create(address=hold.address, **names)
    Registration.objects.create(network=one, person=person)
    Hold.objects.filter(pk=hold.pk).update(used=True)
    return render(request, "done.html", {"network": one})


def export(request: HttpRequest, kind: str) -> Any:
    """Write every attendance with its person and meeting: 17 cells a row."""
    rows = Attendance.objects.order_by("pk")
    if kind == "csv":
        return StreamingHttpResponse(as_csv(rows), content_type="text/csv")
    return FileResponse(as_workbook(rows), filename="export.xlsx")


def as_csv(rows: QuerySet[Attendance]) -> Iterator[str]:
    """Yield a table's lines, 500 at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for number, row in enumerate(rows.values_list(*COLUMNS).iterator(chunk_size=2000)):
        writer.writerow(row)
        if number % 500 == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def as_workbook(rows: QuerySet[Attendance]) -> io.BytesIO:
    """Return a table as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(COLUMNS)
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=2000):
        sheet.append([value.replace(tzinfo=None) if hasattr(value, "tzinfo") else value for value in row])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def document(request: HttpRequest) -> HttpResponse:
    """Typeset one tagged document with a QR code, once the process is warm."""
    from bench.floor.document import typeset

    return HttpResponse(typeset("Educator Number 000001"), content_type="application/pdf")
