"""The addresses of partners."""

from django.urls import URLPattern, URLResolver, path

from partners.views import organizations, unsubscribing

urlpatterns: list[URLPattern | URLResolver] = [
    path("organizations/search/", organizations.organization_search, name="organization_search"),
    path("u/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
