"""The addresses of planning."""

from django.urls import URLPattern, URLResolver, path

from meetings.planning.views import calendar, feeds

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/", calendar.MeetingsAhead.as_view(), name="calendar"),
    path("calendar.ics", feeds.calendar_feed, name="calendar_feed"),
    path("calendar/past/", calendar.PastMeetings.as_view(), name="calendar_past"),
    path("calendar/<int:year>/<int:month>/", calendar.month, name="calendar_month"),
    path("networks/<slug:slug>/calendar.ics", feeds.network_calendar, name="network_calendar"),
]
