"""The addresses of records."""

from django.urls import URLPattern, URLResolver, path

from registrations.records.views import deleting, own, retention

urlpatterns: list[URLPattern | URLResolver] = [
    path("learning/data/", own.own_page, name="own_data"),
    path("learning/data/delete/", deleting.own_deletion, name="own_deletion"),
    path("learning/data/delete/code/", deleting.own_deletion_code, name="own_deletion_code"),
    path("learning/data/mail/<slug:digest>/", own.own_mail_sent, name="own_mail_sent"),
    path("learning/data/my-data.json", own.own_json, name="own_data_json"),
    path("learning/data/my-data.pdf", own.own_pdf, name="own_data_pdf"),
    path("staff/retention/", retention.retention, name="retention"),
    path("staff/retention/count/", retention.retention_count, name="retention_count"),
    path("staff/retention/days/<slug:key>/", retention.retention_days, name="retention_days"),
    path("staff/retention/hold/", retention.legal_hold, name="legal_hold"),
    path("staff/retention/hold/<uuid:uid>/lift/", retention.legal_hold_lift, name="legal_hold_lift"),
]
