"""The addresses of planning."""

from django.urls import URLPattern, URLResolver, path

from meetings.planning.views import calendar, feeds

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/", calendar.MeetingsAhead.as_view(), name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar.month, name="calendar_month"),
    path("networks/<slug:slug>/calendar.ics", feeds.network_calendar, name="network_calendar"),
]
