"""Rows and sessions that the bench needs beside the demo, in the portal of any commit; prints what it made.

    cd TREE && DEBUG=1 DATABASE_URL=… TREE/.venv/bin/python …/bench/rows.py

It uses models and the demo only, so that an older tree is measured with the same rows. A network that is open
to everyone is copied from the demo's coming one; sessions are those of people who signed in, staff with a
second factor; nobody can sign in with the demo's password.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path[0] = str(Path.cwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "stemnet.settings"

import django  # noqa: E402 - the tree must come first on the path

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from meetings.models import CommitmentVersion, Network  # noqa: E402
from partners.models import Category, Contribution, Mou, MouRole, Need, Organization, User  # noqa: E402
from registrations.models import (  # noqa: E402
    Attendance,
    CreditRule,
    Document,
    Evidence,
    Registration,
)

OPEN_SEATS, FIFTIES = 1_000_000, 6
PARTNERS, CATEGORIES = 100, 20
TRIED = 1_000
CROWD = "network-of-many-educators-2020-21"


def copied(row: models.Model, **changes: Any) -> Any:
    """Write a new row like another one, with what must be its own made anew, and return it."""
    new = like(row, **changes)
    new.save()
    return new


def like(row: models.Model, **changes: Any) -> Any:
    """Return a new row like another one, not saved."""
    new = type(row)()
    for column in row._meta.concrete_fields:
        if not column.primary_key and not (column.unique and column.has_default()):
            setattr(new, column.attname, getattr(row, column.attname))
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def a_network(model: Network, slug: str, *, seats: int) -> str:
    """Copy a network with its meetings and commitments, and return its address."""
    network = copied(model, slug=slug, title=f"Bench {slug}", seats=seats, waitlist_limit=None)
    for meeting in model.meetings.filter(working_group=None):
        copied(meeting, network=network)
    for commitment in model.commitments.all():
        new = copied(commitment, network=network)
        for version in CommitmentVersion.objects.filter(commitment=commitment):
            copied(version, commitment=new)
    return network.slug


def session(name: str) -> str:
    """Return the session of one of the demo's accounts."""
    user = User.objects.get(email=f"{name}@example.org")
    if name != "educator":
        Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": "x"}})
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def matrix() -> dict[str, Any]:
    """Let 100 partners need and give something in each of 20 categories."""
    now = timezone.now()
    for number in range(Category.objects.count(), CATEGORIES):
        Category.objects.create(code=f"bench-{number}", name=f"Category {number}", position=number)
    have = Organization.objects.current().partners().count()
    Organization.objects.bulk_create(
        Organization(name=f"Bench school {n}", slug=f"bench-school-{n}", sector="school", stage="partner")
        for n in range(PARTNERS - have)
    )
    partners = list(Organization.objects.current().partners().order_by("pk")[:PARTNERS])
    categories = list(Category.objects.order_by("pk")[:CATEGORIES])
    for model in (Need, Contribution):
        there = set(model.objects.values_list("organization", "category"))
        model.objects.bulk_create(
            model(organization=one, category=category, written_at=now)
            for one in partners
            for category in categories
            if (one.pk, category.pk) not in there
        )
    mou = Mou.objects.order_by("pk").first()
    if mou:
        taken = set(MouRole.objects.filter(mou=mou).values_list("organization", flat=True))
        MouRole.objects.bulk_create(
            MouRole(mou=mou, organization=one) for one in partners if one.pk not in taken
        )
    return {"mou": mou.slug if mou else ""}


def check_ins() -> dict[str, Any]:
    """Hold a meeting now, and give the phones of 300 people what a scan of its code leaves; 100 have none."""
    from partners.people.domain.addresses import ensure_user
    from registrations.attendance.domain.passes import Pass

    now, crowd = timezone.now(), Network.objects.get(slug=CROWD)
    meeting = copied(crowd.meetings.order_by("starts_at")[0], network=crowd, on=now.date())
    type(meeting).objects.filter(pk=meeting.pk).update(
        starts_at=now - timedelta(minutes=10), ends_at=now + timedelta(hours=3)
    )
    admitted = Pass(meeting.uid, now)
    people = list(crowd.registrations.seated().select_related("person").order_by("pk")[:400])
    phones = []
    for one in people[:300]:
        client = Client()
        client.force_login(ensure_user(one.person, at=now))
        phones.append([client.cookies["sessionid"].value, admitted.signed_for(one.person)])
    marks = [f"/staff/meetings/{meeting.uid}/people/{one.uid}/" for one in people[300:]]
    return {"phones": phones, "marks": marks}


def what_if() -> dict[str, Any]:
    """Put 1,000 of the crowd into a network of their own, with marks and hours, and name another rule."""
    crowd = Network.objects.get(slug=CROWD)
    network = Network.objects.get(slug=a_network(crowd, "bench-what-if", seats=TRIED))
    olds, news = (
        list(one.meetings.filter(working_group=None).order_by("starts_at")) for one in (crowd, network)
    )
    meetings = {old.pk: new.pk for old, new in zip(olds, news, strict=True)}
    known = list(crowd.registrations.order_by("pk")[:TRIED])
    made = Registration.objects.bulk_create(like(one, network=network) for one in known)
    people = {old.pk: new.pk for old, new in zip(known, made, strict=True)}
    for model in (Evidence, Attendance):
        rows = model.objects.filter(registration__in=people, meeting__in=meetings)
        model.objects.bulk_create(
            like(row, registration_id=people[row.registration_id], meeting_id=meetings[row.meeting_id])
            for row in rows
        )
    other = CreditRule.objects.exclude(code=network.credit_code).order_by("code", "version").first()
    return {"what_if": network.slug, "other_rule": str(other.pk) if other else ""}


def main() -> None:
    """Make them, and print their names as JSON."""
    made = {"matrix": matrix, "what_if": what_if, "check_ins": check_ins, "": begin}[
        sys.argv[1] if sys.argv[1:] else ""
    ]()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sys.stdout.write(json.dumps(made) + "\n")


def begin() -> dict[str, Any]:
    """Return the networks, sessions and names that every work needs."""
    for user in User.objects.filter(email__endswith="@example.org"):
        user.set_unusable_password()
        user.save()
    now = timezone.now()
    coming = Network.objects.filter(kind="series", status="published", commitments__isnull=False)
    model = max(
        (one for one in coming.distinct() if one.meetings.filter(starts_at__gt=now).count()),
        key=lambda one: one.meetings.count(),
    )
    crowd = Network.objects.get(slug=CROWD)
    return {
        "network": model.slug,
        "crowd": CROWD,
        "gathering": str(model.meetings.filter(working_group=None).order_by("starts_at")[0].uid),
        "meeting": str(crowd.meetings.order_by("starts_at")[0].uid),
        "document": str(Document.objects.order_by("pk")[0].uid),
        "mou": "",
        "open": a_network(model, "bench-open", seats=OPEN_SEATS),
        "fifty": [a_network(model, f"bench-fifty-{n}", seats=50) for n in range(FIFTIES)],
        "organization": Organization.objects.current().order_by("pk")[0].name,
        "coordinator": session("coordinator"),
        "staff": session("staff"),
        "educator": session("educator"),
    }


if __name__ == "__main__":
    main()
