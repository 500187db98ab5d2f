"""The addresses of public."""

from django.urls import URLPattern, URLResolver, path

from registrations.public.views import partnership, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("networks/", public.NetworkList.as_view(), name="networks"),
    path("networks/<slug:slug>/", public.network, name="network"),
    path("partnership/", partnership.partnership, name="partnership"),
    path("partnership/edit/", partnership.partnership_edit, name="partnership_edit"),
]
