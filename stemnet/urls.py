"""Every address, by app; the ground names the apps by string only."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from stemnet.views import health, jobs, outbox, pages

handler500 = "stemnet.problems.fault_page"
handler429 = "stemnet.views.pages.too_many_tries"

urlpatterns = [
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("admin/", admin.site.urls),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
    path("jobs/<uuid:uid>/", jobs.job, name="job"),
    path("jobs/<uuid:uid>/file/", jobs.job_result, name="job_result"),
    path("", include("partners.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("meetings.urls")),
    path("", include("registrations.urls")),
]
if settings.DEBUG:
    urlpatterns += [
        path("demo/mail/", outbox.demo_mail, name="demo_mail"),
        path("demo/mail/<slug:digest>/", outbox.demo_letter, name="demo_letter"),
        path("demo/mail/<slug:digest>/html/", outbox.demo_letter_html, name="demo_letter_html"),
    ]
