"""The addresses of merging."""

from django.urls import URLPattern, URLResolver, path

from partners.merging.views import claims, duplicates, own

urlpatterns: list[URLPattern | URLResolver] = [
    path("learning/data/claim/", claims.claim_new, name="claim_new"),
    path("learning/data/claim/back/", claims.claim_back, name="claim_back"),
    path("learning/data/combine/", own.own_combine, name="own_combine"),
    path("staff/claims/", claims.claims, name="claims"),
    path("staff/claims/<uuid:uid>/", claims.claim, name="claim"),
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
