"""The addresses of registrations."""

from django.urls import URLPattern, URLResolver, path

from registrations.views import calendar, calendars, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("calendar/", calendar.MeetingsAhead.as_view(), name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar.month, name="calendar_month"),
    path("calendar/mine/<str:token>.ics", calendars.my_calendar, name="my_calendar"),
    path("networks/", public.NetworkList.as_view(), name="networks"),
    path("networks/<slug:slug>/", public.network, name="network"),
    path("networks/<slug:slug>/calendar.ics", calendars.network_calendar, name="network_calendar"),
]
