"""The addresses of exporting."""

from django.urls import URLPattern, URLResolver, path

from registrations.exporting.views import columns, exports, grid, scheduling

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/networks/<slug:slug>/grid/", grid.staff_grid, name="staff_grid"),
    path("staff/networks/<slug:slug>/grid.xlsx", grid.staff_grid_file, name="staff_grid_file"),
    path("staff/exports/", exports.exports, name="exports"),
    path("staff/exports/new/", exports.export_new, name="export_new"),
    path("staff/exports/<uuid:uid>/", exports.export, name="export"),
    path("staff/exports/<uuid:uid>/edit/", exports.export_edit, name="export_edit"),
    path("staff/exports/<uuid:uid>/columns/", columns.export_columns, name="export_columns"),
    path("staff/exports/<uuid:uid>/file/", exports.export_file, name="export_file"),
    path("staff/exports/<uuid:uid>/copy/", exports.export_copy, name="export_copy"),
    path("staff/exports/<uuid:uid>/schedule/", scheduling.export_schedule, name="export_schedule"),
    path("staff/exports/<uuid:uid>/take-over/", scheduling.export_take_over, name="export_take_over"),
    path("staff/exports/sent/<uuid:uid>/", scheduling.export_sent, name="export_sent"),
    path("staff/exports/<uuid:uid>/delete/", exports.export_delete, name="export_delete"),
]
