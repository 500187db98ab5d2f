"""The addresses of credit."""

from django.urls import URLPattern, URLResolver, path

from registrations.credit.views import (
    credentials,
    design,
    documents,
    exports,
    rule,
    staff_documents,
    verify,
    verify_file,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("documents/<uuid:uid>/", documents.document, name="document"),
    path("documents/<uuid:uid>/badge/", credentials.document_credential, name="document_credential"),
    path("credentials/issuer.json", credentials.credential_issuer, name="credential_issuer"),
    path("credentials/keys.json", credentials.credential_keys, name="credential_keys"),
    path("credentials/keys/<str:fingerprint>.json", credentials.credential_key, name="credential_key"),
    path("verify/<str:code>/status.json", credentials.credential_status, name="credential_status"),
    path("learning/<slug:slug>/documents/", documents.my_documents, name="my_documents"),
    path("staff/documents/<uuid:uid>/", staff_documents.staff_document, name="staff_document"),
    path(
        "staff/documents/<uuid:uid>/<slug:act>/",
        staff_documents.staff_document_act,
        name="staff_document_act",
    ),
    path("staff/networks/<slug:slug>/documents/", staff_documents.staff_documents, name="staff_documents"),
    path(
        "staff/networks/<slug:slug>/documents/issue/",
        staff_documents.staff_documents_issue,
        name="staff_documents_issue",
    ),
    path(
        "staff/networks/<slug:slug>/documents/file/",
        staff_documents.staff_documents_file,
        name="staff_documents_file",
    ),
    path(
        "staff/networks/<slug:slug>/documents/design/<slug:whose>/", design.staff_design, name="staff_design"
    ),
    path(
        "staff/networks/<slug:slug>/documents/design/<slug:whose>/<int:version>/<slug:kind>.pdf",
        design.staff_design_sample,
        name="staff_design_sample",
    ),
    path("staff/networks/<slug:slug>/rule/", rule.staff_rule, name="staff_rule"),
    path("staff/networks/<slug:slug>/export/", exports.staff_export, name="staff_export"),
    path("verify/", verify.verify, name="verify"),
    path("verify/file/", verify_file.verify_file, name="verify_file"),
    path("verify/seals/<str:fingerprint>.pem", verify_file.seal_certificate, name="seal_certificate"),
    path("verify/<str:code>/", verify.verified, name="verified"),
    path("verify/<str:code>/check.pdf", verify.verified_pdf, name="verified_pdf"),
]
