"""The addresses of importing."""

from django.urls import URLPattern, URLResolver, path

from partners.importing import views as imports

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/partners/export/<slug:kind>.<slug:form>", imports.table_export, name="table_export"),
    path("staff/partners/import/", imports.table_imports, name="table_imports"),
    path(
        "staff/partners/import/example/<slug:kind>.<slug:form>",
        imports.table_import_example,
        name="table_import_example",
    ),
    path("staff/partners/import/<uuid:uid>/", imports.table_import, name="table_import"),
    path("staff/partners/import/<uuid:uid>/apply/", imports.table_import_apply, name="table_import_apply"),
    path(
        "staff/partners/import/<uuid:uid>/columns/", imports.table_import_columns, name="table_import_columns"
    ),
    path("staff/partners/import/<uuid:uid>/drop/", imports.table_import_drop, name="table_import_drop"),
]
