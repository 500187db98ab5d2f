"""The addresses of gathering."""

from django.urls import URLPattern, URLResolver, path

from meetings.gathering.views import meeting

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/<uuid:uid>/", meeting.meeting, name="meeting"),
]
