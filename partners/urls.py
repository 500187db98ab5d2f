"""The addresses of partners."""

from django.urls import URLPattern, URLResolver, path

from partners.views import unsubscribing

urlpatterns: list[URLPattern | URLResolver] = [
    path("u/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
