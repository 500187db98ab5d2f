"""The addresses of transcripts."""

from django.urls import URLPattern, URLResolver, path

from registrations.transcripts.views import district, own, shared

urlpatterns: list[URLPattern | URLResolver] = [
    path("learning/transcript/", own.transcript, name="transcript"),
    path("learning/transcript/transcript.csv", own.transcript_csv, name="transcript_csv"),
    path("learning/transcript/issue/", own.transcript_issue, name="transcript_issue"),
    path("learning/transcript/license/", own.transcript_window, name="transcript_window"),
    path("learning/transcript/link/", own.transcript_link, name="transcript_link"),
    path("learning/transcript/link/<uuid:uid>/end/", own.transcript_link_end, name="transcript_link_end"),
    path("learning/transcript/hours/<slug:slug>/", own.transcript_share, name="transcript_share"),
    path("learning/transcript/<uuid:uid>.pdf", own.transcript_pdf, name="transcript_pdf"),
    path("transcripts/<str:token>/", shared.transcript_shared, name="transcript_shared"),
    path(
        "transcripts/<str:token>/transcript.pdf", shared.transcript_shared_pdf, name="transcript_shared_pdf"
    ),
    path("verify/transcripts/<str:code>/", shared.transcript_verified, name="transcript_verified"),
    path("partners/<slug:slug>/hours/", district.partner_hours, name="partner_hours"),
    path(
        "partners/<slug:slug>/hours/hours.<str:kind>",
        district.partner_hours_file,
        name="partner_hours_file",
    ),
]
