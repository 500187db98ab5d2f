"""The addresses of exporting."""

from django.urls import URLPattern, URLResolver, path

from registrations.exporting.views import columns, exports

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/exports/", exports.exports, name="exports"),
    path("staff/exports/new/", exports.export_new, name="export_new"),
    path("staff/exports/<uuid:uid>/", exports.export, name="export"),
    path("staff/exports/<uuid:uid>/edit/", exports.export_edit, name="export_edit"),
    path("staff/exports/<uuid:uid>/columns/", columns.export_columns, name="export_columns"),
    path("staff/exports/<uuid:uid>/file/", exports.export_file, name="export_file"),
    path("staff/exports/<uuid:uid>/copy/", exports.export_copy, name="export_copy"),
    path("staff/exports/<uuid:uid>/delete/", exports.export_delete, name="export_delete"),
]
