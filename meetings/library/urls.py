"""The addresses of the library."""

from django.urls import URLPattern, URLResolver, path

from meetings.library.views import finding, sharing, trying

urlpatterns: list[URLPattern | URLResolver] = [
    path("library/", finding.Library.as_view(), name="library"),
    path("library/feed/", finding.library_feed, name="library_feed"),
    path("library/standards/", finding.library_standards, name="library_standards"),
    path("library/new/", sharing.resource_edit, name="resource_new"),
    path("library/mine/", sharing.library_mine, name="library_mine"),
    path("library/review/", sharing.library_review, name="library_review"),
    path("library/reports/<uuid:uid>/settle/", sharing.report_settle, name="report_settle"),
    path("library/trials/<uuid:uid>/remove/", trying.trial_remove, name="trial_remove"),
    path("library/<uuid:uid>/", finding.resource, name="resource"),
    path("library/<uuid:uid>/file/", finding.resource_file, name="resource_file"),
    path("library/<uuid:uid>/edit/", sharing.resource_edit, name="resource_edit"),
    path("library/<uuid:uid>/tried/", trying.trial_new, name="trial_new"),
    path("library/<uuid:uid>/report/", trying.resource_report, name="resource_report"),
    path("library/<uuid:uid>/needs/", trying.resource_needs, name="resource_needs"),
    path("library/<uuid:uid>/remove/", sharing.resource_remove, name="resource_remove"),
    path("library/<uuid:uid>/<slug:act>/", sharing.resource_act, name="resource_act"),
    path("materials/<uuid:uid>/library/", sharing.resource_from_material, name="resource_from_material"),
]
