"""The addresses of registrations."""

from django.urls import URLPattern, URLResolver, path

from registrations.views import calendars

urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/mine/<str:token>.ics", calendars.my_calendar, name="my_calendar"),
    path("networks/<slug:slug>/calendar.ics", calendars.network_calendar, name="network_calendar"),
]
