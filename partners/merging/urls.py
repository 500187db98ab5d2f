"""The addresses of merging."""

from django.urls import URLPattern, URLResolver, path

from partners.merging import views as duplicates

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/duplicates/", duplicates.duplicates, name="duplicates"),
    path("staff/duplicates/choose/", duplicates.duplicate_choose, name="duplicate_choose"),
    path("staff/duplicates/look/", duplicates.duplicates_look, name="duplicates_look"),
    path(
        "staff/duplicates/<slug:what>/<int:first>/<int:second>/",
        duplicates.duplicate_merge,
        name="duplicate_merge",
    ),
    path(
        "staff/duplicates/<slug:what>/<int:first>/<int:second>/reviewed/",
        duplicates.duplicate_reviewed,
        name="duplicate_reviewed",
    ),
    path("staff/duplicates/merges/<uuid:uid>/undo/", duplicates.merge_undo, name="merge_undo"),
]
