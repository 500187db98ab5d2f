"""The addresses of exchange."""

from django.urls import URLPattern, URLResolver, path

from partners.exchange.views import categories, exchange, matches, matrix

urlpatterns: list[URLPattern | URLResolver] = [
    path("partners/needs/", matrix.matrix, name="matrix"),
    path("partners/needs/categories/", categories.category_list, name="categories"),
    path("partners/needs/categories/new/", categories.category_new, name="category_new"),
    path("partners/needs/categories/<slug:code>/", categories.category_edit, name="category_edit"),
    path("partners/needs/categories/<slug:code>/delete/", categories.category_delete, name="category_delete"),
    path("partners/needs/categories/<slug:code>/place/", categories.category_place, name="category_place"),
    path("partners/needs/contribution/<uuid:uid>/", exchange.contribution_edit, name="contribution_edit"),
    path(
        "partners/needs/contribution/<uuid:uid>/withdraw/",
        exchange.contribution_withdraw,
        name="contribution_withdraw",
    ),
    path("partners/needs/export/<slug:kind>/", matrix.matrix_export, name="matrix_export"),
    path("partners/needs/matches/", matches.matches, name="matches"),
    path("partners/needs/matches/propose/", matches.match_propose, name="match_propose"),
    path("partners/needs/matches/<uuid:uid>/", matches.match, name="match"),
    path("partners/needs/matches/<uuid:uid>/<slug:act>/", matches.match_act, name="match_act"),
    path("partners/needs/need/<uuid:uid>/", exchange.need_edit, name="need_edit"),
    path("partners/needs/need/<uuid:uid>/withdraw/", exchange.need_withdraw, name="need_withdraw"),
    path("partners/needs/of/<slug:slug>/", exchange.needs_of, name="needs_of"),
    path("partners/needs/of/<slug:slug>/contribution/", exchange.contribution_new, name="contribution_new"),
    path("partners/needs/of/<slug:slug>/need/", exchange.need_new, name="need_new"),
    path("partners/needs/ours/", exchange.our_needs, name="our_needs"),
]
