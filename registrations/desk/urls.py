"""The addresses of desk."""

from django.urls import URLPattern, URLResolver, path

from registrations.desk.views import (
    changing,
    coordinator,
    correcting,
    coverage,
    invitations,
    network_setup,
    people,
    people_adding,
    people_chosen,
    people_list,
    record,
    search,
    seats,
    staff,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/coverage/", coverage.coverage, name="coverage"),
    path("staff/networks/", coordinator.StaffNetworks.as_view(), name="staff_networks"),
    path("staff/networks/new/", network_setup.network_new, name="network_new"),
    path("staff/networks/<slug:slug>/cancel/", coordinator.network_cancel, name="network_cancel"),
    path("staff/networks/<slug:slug>/clone/", coordinator.network_clone, name="network_clone"),
    path("staff/networks/<slug:slug>/edit/", network_setup.network_edit, name="network_edit"),
    path("staff/networks/<slug:slug>/preview/", coordinator.network_preview, name="network_preview"),
    path("staff/networks/<slug:slug>/publish/", coordinator.network_publish, name="network_publish"),
    path("staff/networks/<slug:slug>/unpublish/", coordinator.network_unpublish, name="network_unpublish"),
    path(
        "staff/networks/<slug:slug>/registration/<slug:act>/",
        coordinator.network_registration,
        name="network_registration",
    ),
    path("staff/", staff.staff, name="staff"),
    path("staff/people/<uuid:uid>/", record.staff_record, name="staff_record"),
    path("staff/people/<uuid:uid>/delete/", record.staff_record_delete, name="staff_record_delete"),
    path("staff/people/<uuid:uid>/mail/<slug:digest>/", record.staff_record_mail, name="staff_record_mail"),
    path("staff/search/", search.staff_search, name="staff_search"),
    path("staff/networks/<slug:slug>/", staff.staff_network, name="staff_network"),
    path("staff/networks/<slug:slug>/change/", changing.staff_change_meetings, name="staff_change_meetings"),
    path("staff/networks/<slug:slug>/invitations/", invitations.staff_invitations, name="staff_invitations"),
    path("staff/networks/<slug:slug>/seats/", seats.staff_seats, name="staff_seats"),
    path("staff/networks/<slug:slug>/people/", people_list.staff_people, name="staff_people"),
    path("staff/networks/<slug:slug>/people.pdf", people_list.staff_people_pdf, name="staff_people_pdf"),
    path("staff/networks/<slug:slug>/people/add/", people_adding.staff_people_add, name="staff_people_add"),
    path(
        "staff/networks/<slug:slug>/people/chosen/",
        people_chosen.staff_people_chosen,
        name="staff_people_chosen",
    ),
    path(
        "staff/networks/<slug:slug>/people/chosen/<slug:act>/",
        people_chosen.staff_people_act,
        name="staff_people_act",
    ),
    path("staff/networks/<slug:slug>/people/<uuid:uid>/", people.staff_person, name="staff_person"),
    path(
        "staff/networks/<slug:slug>/people/<uuid:uid>/correct/",
        correcting.staff_person_correct,
        name="staff_person_correct",
    ),
    path(
        "staff/networks/<slug:slug>/people/<uuid:uid>/mail-again/",
        people.staff_mail_again,
        name="staff_mail_again",
    ),
    path(
        "staff/networks/<slug:slug>/people/<uuid:uid>/<slug:act>/",
        people.staff_person_act,
        name="staff_person_act",
    ),
]
