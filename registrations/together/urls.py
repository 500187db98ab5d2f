"""The addresses of what people of a network share with each other."""

from django.urls import URLPattern, URLResolver, path

from registrations.together.views import colleagues, letters, reports

NETWORK, STAFF = "networks/<slug:slug>/", "staff/networks/<slug:slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{NETWORK}people/", colleagues.colleagues, name="colleagues"),
    path(f"{NETWORK}people/card/", colleagues.own_card, name="own_card"),
    path(f"{NETWORK}people/card/remove/", colleagues.own_card_remove, name="own_card_remove"),
    path(f"{NETWORK}people/<uuid:uid>/", colleagues.colleague, name="colleague"),
    path(f"{NETWORK}letters/<uuid:uid>/", letters.letter, name="letter"),
    path(f"{NETWORK}letters/<uuid:uid>/block/", letters.letter_block, name="letter_block"),
    path(f"{NETWORK}report/<slug:what>/<uuid:uid>/", reports.report_new, name="report_new"),
    path(f"{STAFF}reports/", reports.staff_reports, name="network_reports"),
    path(f"{STAFF}reports/<uuid:uid>/leave/", reports.network_report_leave, name="network_report_leave"),
    path(f"{STAFF}hide/<slug:what>/<uuid:uid>/", reports.network_hide, name="network_hide"),
]
