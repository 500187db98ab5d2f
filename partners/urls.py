"""The addresses of partners."""

from django.urls import URLPattern, URLResolver, path

from partners.views import directory, organizations, unsubscribing

urlpatterns: list[URLPattern | URLResolver] = [
    path("organizations/search/", organizations.organization_search, name="organization_search"),
    path("partners/", directory.PartnerList.as_view(), name="partners"),
    path("partners/<slug:slug>/", directory.PartnerPage.as_view(), name="partner"),
    path("u/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
