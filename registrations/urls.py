"""The addresses of registrations, area by area."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("registrations.groups.urls")),
    path("", include("registrations.desk.urls")),
    path("", include("registrations.exporting.urls")),
    path("", include("registrations.records.urls")),
    path("", include("registrations.transcripts.urls")),
    path("", include("registrations.learning.urls")),
    path("", include("registrations.public.urls")),
    path("", include("registrations.together.urls")),
    path("", include("registrations.messages.urls")),
    path("", include("registrations.attendance.urls")),
    path("", include("registrations.credit.urls")),
    path("", include("registrations.evaluation.urls")),
    path("", include("registrations.asking.urls")),
    path("", include("registrations.seats.urls")),
]
