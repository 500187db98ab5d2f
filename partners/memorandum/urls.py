"""The addresses of memorandum."""

from django.urls import URLPattern, URLResolver, path

from partners.memorandum.views import (
    mou,
    mou_asking,
    mou_board,
    mou_check,
    mou_documents,
    mou_locking,
    mou_part_acts,
    mou_parts,
    mou_proposals,
    mou_signatures,
    mou_term,
    mou_text,
    sign,
    sign_files,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("mou/", mou.mou_list, name="mous"),
    path("mou/check/", mou_check.check_mou, name="check_mou"),
    path("mou/new/", mou.mou_new, name="mou_new"),
    path("mou/<slug:slug>/", mou.mou_page, name="mou"),
    path("mou/<slug:slug>/board/", mou_board.mou_board, name="mou_board"),
    path("mou/<slug:slug>/board/ask/", mou_board.mou_ask, name="mou_ask"),
    path("mou/<slug:slug>/board/ask-many/", mou_asking.mou_ask_many, name="mou_ask_many"),
    path("mou/<slug:slug>/edit/", mou.mou_edit, name="mou_edit"),
    path("mou/<slug:slug>/parts/<slug:organization>/", mou_parts.mou_part, name="mou_part"),
    path(
        "mou/<slug:slug>/parts/<slug:organization>/changes/",
        mou_parts.mou_part_changes,
        name="mou_part_changes",
    ),
    path(
        "mou/<slug:slug>/parts/<slug:organization>/comment/",
        mou_part_acts.mou_part_comment,
        name="mou_part_comment",
    ),
    path(
        "mou/<slug:slug>/parts/<slug:organization>/contacts/",
        mou_board.mou_part_contacts,
        name="mou_part_contacts",
    ),
    path(
        "mou/<slug:slug>/parts/<slug:organization>/remind/",
        mou_board.mou_part_remind,
        name="mou_part_remind",
    ),
    path(
        "mou/<slug:slug>/parts/<slug:organization>/judge/",
        mou_part_acts.mou_part_judge,
        name="mou_part_judge",
    ),
    path(
        "mou/<slug:slug>/parts/<slug:organization>/model/",
        mou_part_acts.mou_part_model,
        name="mou_part_model",
    ),
    path(
        "mou/<slug:slug>/parts/<slug:organization>/needs/", mou_part_acts.mou_part_rows, name="mou_part_rows"
    ),
    path("mou/<slug:slug>/proposals/", mou_proposals.mou_proposals, name="mou_proposals"),
    path("mou/<slug:slug>/proposals/<uuid:uid>/", mou_proposals.mou_proposal, name="mou_proposal"),
    path("mou/<slug:slug>/text/", mou_text.mou_text, name="mou_text"),
    path("mou/<slug:slug>/text/changes/", mou_text.mou_text_changes, name="mou_text_changes"),
    path("mou/<slug:slug>/text/next/", mou_text.mou_text_next, name="mou_text_next"),
    path("mou/<slug:slug>/text/<int:number>/", mou_text.mou_text, name="mou_text_version"),
    path("mou/<slug:slug>/text/<int:number>/pdf/", mou_text.mou_text_pdf, name="mou_text_pdf"),
    path("mou/<slug:slug>/text/<int:number>/circulate/", mou_text.mou_circulate, name="mou_circulate"),
    path("mou/<slug:slug>/text/<int:number>/new/", mou_text.mou_section_new, name="mou_section_new"),
    path("mou/<slug:slug>/text/<int:number>/<slug:key>/", mou_text.mou_section, name="mou_section"),
    path(
        "mou/<slug:slug>/text/<int:number>/<slug:key>/place/",
        mou_text.mou_section_place,
        name="mou_section_place",
    ),
    path(
        "mou/<slug:slug>/text/<int:number>/<slug:key>/propose/", mou_proposals.mou_propose, name="mou_propose"
    ),
    path("mou/<slug:slug>/documents/<int:number>/", mou_documents.mou_document, name="mou_document"),
    path(
        "mou/<slug:slug>/documents/<int:number>/changes/",
        mou_documents.mou_document_changes,
        name="mou_document_changes",
    ),
    path(
        "mou/<slug:slug>/documents/<int:number>/file.html",
        mou_documents.mou_document_html,
        name="mou_document_html",
    ),
    path(
        "mou/<slug:slug>/documents/<int:number>/file.pdf",
        mou_documents.mou_document_pdf,
        name="mou_document_pdf",
    ),
    path("mou/<slug:slug>/documents/<int:number>/unlock/", mou_locking.mou_unlock, name="mou_unlock"),
    path("mou/<slug:slug>/documents/<int:number>/sign-by/", mou_locking.mou_sign_by, name="mou_sign_by"),
    path("mou/<slug:slug>/lock/", mou_locking.mou_lock, name="mou_lock"),
    path("mou/<slug:slug>/parts/<slug:organization>/reopen/", mou_locking.mou_reopen, name="mou_reopen"),
    path("mou/<slug:slug>/parts/<slug:organization>/renewal/", mou_term.mou_renewal, name="mou_renewal"),
    path("mou/<slug:slug>/parts/<slug:organization>/withdraw/", mou_term.mou_withdraw, name="mou_withdraw"),
    path("mou/<slug:slug>/signatures/", mou_signatures.mou_signatures, name="mou_signatures"),
    path("mou/<slug:slug>/signatures/remind/", mou_signatures.mou_remind, name="mou_remind"),
    path("mou/<slug:slug>/signatures/<uuid:uid>/", mou_signatures.mou_evidence, name="mou_evidence"),
    path("mou/<slug:slug>/signatures/<uuid:uid>/again/", mou_signatures.mou_ask_again, name="mou_ask_again"),
    path(
        "mou/<slug:slug>/signatures/<uuid:uid>/evidence.pdf",
        mou_signatures.mou_evidence_pdf,
        name="mou_evidence_pdf",
    ),
    path("mou/<slug:slug>/signatures/<uuid:uid>/paper/", mou_signatures.mou_paper, name="mou_paper"),
    path("mou/<slug:slug>/signatures/<uuid:uid>/scan/", mou_signatures.mou_scan, name="mou_scan"),
    path(
        "mou/<slug:slug>/signatures/<uuid:uid>/signatory/",
        mou_signatures.mou_signatory,
        name="mou_signatory",
    ),
    path("mou/<slug:slug>/term/", mou_term.mou_term, name="mou_term"),
    path("sign/<str:token>/", sign.sign, name="sign"),
    path("sign/<str:token>/evidence.pdf", sign_files.sign_evidence, name="sign_evidence"),
    path("sign/<str:token>/scan/", sign_files.sign_scan, name="sign_scan"),
    path("sign/<str:token>/document.html", sign_files.sign_html, name="sign_html"),
    path("sign/<str:token>/document.pdf", sign_files.sign_pdf, name="sign_pdf"),
]
