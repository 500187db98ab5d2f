"""The addresses of public."""

from django.urls import URLPattern, URLResolver, path

from registrations.public.views import public, sharing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("robots.txt", sharing.robots, name="robots"),
    path("share.png", sharing.share, name="share"),
    path("sitemap.xml", sharing.sitemap, name="sitemap"),
    path("networks/<slug:slug>/share.png", sharing.share_network, name="share_network"),
    path("networks/", public.NetworkList.as_view(), name="networks"),
    path("networks/<slug:slug>/", public.network, name="network"),
]
