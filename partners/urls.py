"""The addresses of partners, area by area; people come last, since /partners/<slug>/ is theirs."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("partners.home.urls")),
    path("", include("partners.importing.urls")),
    path("", include("partners.merging.urls")),
    path("", include("partners.memorandum.urls")),
    path("", include("partners.exchange.urls")),
    path("", include("partners.prospects.urls")),
    path("", include("partners.news.urls")),
    path("", include("partners.people.urls")),
]
