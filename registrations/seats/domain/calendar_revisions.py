"""Raising what a person's calendar says of a meeting when they come to it or no more (RFC 5546 2.1.4)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from meetings.models import Meeting, Network
from partners.models import Person
from registrations.models import CalendarRevision


def raise_revisions(person: Person, meetings: Iterable[Meeting], *, at: datetime) -> None:
    """Count one change more of whether ``person`` comes to each of ``meetings``; never goes down."""
    keys = [meeting.pk for meeting in meetings]
    rows = [CalendarRevision(person=person, meeting_id=key, at=at) for key in keys]
    CalendarRevision.objects.bulk_create(rows, ignore_conflicts=True)
    counted = CalendarRevision.objects.filter(person=person, meeting__in=keys)
    counted.update(raised=models.F("raised") + 1, at=at)


def raise_all_of(network: Network, person: Person, *, at: datetime) -> None:
    """Count one change more for every meeting of ``network``, those of its groups too."""
    raise_revisions(person, network.meetings.all(), at=at)
