"""The addresses of registrations."""

from django.urls import URLPattern, URLResolver, path

from registrations.views import (
    calendar,
    calendars,
    documents,
    learning,
    leaving,
    public,
    register,
    session,
    staff_documents,
    verify,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("calendar/", calendar.MeetingsAhead.as_view(), name="calendar"),
    path("calendar/<int:year>/<int:month>/", calendar.month, name="calendar_month"),
    path("calendar/mine/<str:token>.ics", calendars.my_calendar, name="my_calendar"),
    path("documents/<uuid:uid>/", documents.document, name="document"),
    path("learning/", learning.learning, name="learning"),
    path("learning/<slug:slug>/", learning.learning_network, name="learning_network"),
    path("learning/<slug:slug>/documents/", documents.my_documents, name="my_documents"),
    path("learning/<slug:slug>/group/", leaving.choose_group, name="choose_group"),
    path("learning/<slug:slug>/leave/", leaving.leave_network, name="leave_network"),
    path("learning/meetings/<uuid:uid>/miss/", leaving.miss_meeting, name="miss_meeting"),
    path("networks/", public.NetworkList.as_view(), name="networks"),
    path("networks/<slug:slug>/", public.network, name="network"),
    path("networks/<slug:slug>/calendar.ics", calendars.network_calendar, name="network_calendar"),
    path("networks/<slug:slug>/leave/<str:token>/", session.leave_session, name="leave_session"),
    path("networks/<slug:slug>/register/", register.register, name="register"),
    path("networks/<slug:slug>/register/<uuid:uid>/", register.register_code, name="register_code"),
    path("staff/documents/<uuid:uid>/", staff_documents.staff_document, name="staff_document"),
    path(
        "staff/documents/<uuid:uid>/<slug:act>/",
        staff_documents.staff_document_act,
        name="staff_document_act",
    ),
    path("staff/networks/<slug:slug>/documents/", staff_documents.staff_documents, name="staff_documents"),
    path(
        "staff/networks/<slug:slug>/documents/issue/",
        staff_documents.staff_documents_issue,
        name="staff_documents_issue",
    ),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verified, name="verified"),
]
