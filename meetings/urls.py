"""The addresses of meetings, area by area."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("meetings.library.urls")),
    path("", include("meetings.gathering.urls")),
    path("", include("meetings.groups.urls")),
    path("", include("meetings.planning.urls")),
]
