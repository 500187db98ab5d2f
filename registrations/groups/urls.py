"""The addresses of groups."""

from django.urls import URLPattern, URLResolver, path

from registrations.groups.views import group, people, running

urlpatterns: list[URLPattern | URLResolver] = [
    path("groups/<uuid:uid>/", group.group, name="group"),
    path("groups/<uuid:uid>/join/", group.group_join, name="group_join"),
    path("groups/<uuid:uid>/leave/", group.group_leave, name="group_leave"),
    path("groups/<uuid:uid>/ask/", group.group_ask, name="group_ask"),
    path("groups/<uuid:uid>/requests/<uuid:asked>/", group.group_answer, name="group_answer"),
    path("groups/<uuid:uid>/settings/", running.group_settings, name="group_settings"),
    path("groups/<uuid:uid>/members/", people.group_members, name="group_members"),
    path("groups/<uuid:uid>/members/add/", people.group_add, name="group_add"),
    path("groups/<uuid:uid>/members/<uuid:person>/<slug:act>/", people.group_member, name="group_member"),
    path("groups/<uuid:uid>/meetings/new/", running.group_meeting_new, name="group_meeting_new"),
    path(
        "groups/<uuid:uid>/meetings/<uuid:meeting>/",
        running.group_meeting_edit,
        name="group_meeting_edit",
    ),
    path(
        "groups/<uuid:uid>/meetings/<uuid:meeting>/cancel/",
        running.group_meeting_cancel,
        name="group_meeting_cancel",
    ),
    path("groups/<uuid:uid>/deliverables/new/", running.deliverable_new, name="deliverable_new"),
    path(
        "groups/<uuid:uid>/deliverables/<uuid:deliverable>/",
        running.deliverable_edit,
        name="deliverable_edit",
    ),
]
