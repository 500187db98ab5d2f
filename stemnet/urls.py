"""Every address, by app; the ground names the apps by string only."""

from django.contrib import admin
from django.urls import include, path

from stemnet.views import pages

handler429 = "stemnet.views.pages.too_many_tries"

urlpatterns = [
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("partners.urls")),
    path("", include("meetings.urls")),
    path("", include("registrations.urls")),
]
