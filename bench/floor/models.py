"""What the floor keeps: as little as the works need."""

from datetime import UTC, datetime

from django.db import models

NOW = datetime(2026, 9, 1, 14, tzinfo=UTC)


class Network(models.Model):
    """A series with seats."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    seats = models.IntegerField()


class Meeting(models.Model):
    """A day of it."""

    network = models.ForeignKey(Network, models.CASCADE)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200)


class Person(models.Model):
    """Somebody."""

    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100, db_index=True)
    address = models.EmailField(unique=True)
    created_at = models.DateTimeField(default=NOW)

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Registration(models.Model):
    """Somebody's seat in a network."""

    network = models.ForeignKey(Network, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE)
    status = models.CharField(max_length=16, default="seated")
    requested_at = models.DateTimeField(default=NOW)


class Attendance(models.Model):
    """Whether somebody came to a meeting, and for how long."""

    meeting = models.ForeignKey(Meeting, models.CASCADE)
    registration = models.ForeignKey(Registration, models.CASCADE)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField()
    minutes = models.IntegerField()
    status = models.CharField(max_length=16, default="present")


class Hold(models.Model):
    """What somebody typed, until the code comes."""

    network = models.ForeignKey(Network, models.CASCADE)
    address = models.EmailField()
    code = models.CharField(max_length=6)
    answers = models.JSONField(default=dict)
    used = models.BooleanField(default=False)
