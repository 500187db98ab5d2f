"""The addresses of partners; what is said here of /accounts/ comes before allauth's own."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from partners.views import (
    account,
    addresses,
    directory,
    mou,
    mou_board,
    mou_part_acts,
    mou_parts,
    mou_proposals,
    mou_text,
    organizations,
    sign_in,
    unlisted,
    unsubscribing,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/2fa/", RedirectView.as_view(pattern_name="sign_in_methods"), name="mfa_index"),
    path("accounts/email/", RedirectView.as_view(pattern_name="addresses"), name="account_email"),
    path("accounts/login/code/confirm/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("learning/addresses/", addresses.address_list, name="addresses"),
    path("learning/addresses/code/", addresses.address_code, name="address_code"),
    path("learning/addresses/code/again/", addresses.address_code_again, name="address_code_again"),
    path("learning/addresses/primary/", addresses.make_address_primary, name="address_primary"),
    path("learning/addresses/remove/", addresses.remove_address, name="address_remove"),
    path("learning/preferences/", account.preferences, name="preferences"),
    path("learning/preferences/links/", account.reset_private_links, name="reset_private_links"),
    path("learning/profile/", account.profile, name="profile"),
    path("learning/second-factor/", sign_in.second_factor_needed, name="second_factor"),
    path("learning/sign-in/", account.sign_in_methods, name="sign_in_methods"),
    path("mou/", mou.mou_list, name="mous"),
    path("mou/new/", mou.mou_new, name="mou_new"),
    path("mou/<slug:slug>/", mou.mou_page, name="mou"),
    path("mou/<slug:slug>/board/", mou_board.mou_board, name="mou_board"),
    path("mou/<slug:slug>/board/ask/", mou_board.mou_ask, name="mou_ask"),
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
    path("organizations/search/", organizations.organization_search, name="organization_search"),
    path("partners/", directory.PartnerList.as_view(), name="partners"),
    path("partners/<slug:slug>/", directory.PartnerPage.as_view(), name="partner"),
    path("staff/organizations/unlisted/", unlisted.UnlistedList.as_view(), name="unlisted_organizations"),
    path("staff/organizations/unlisted/link/", unlisted.link_unlisted, name="unlisted_organization"),
    path("u/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
