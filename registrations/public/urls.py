"""The addresses of public."""

from django.urls import URLPattern, URLResolver, path

from registrations.public.views import public

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("networks/", public.NetworkList.as_view(), name="networks"),
    path("networks/<slug:slug>/", public.network, name="network"),
]
