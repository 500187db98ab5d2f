"""The addresses of people."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from partners.people.views import (
    account,
    addresses,
    confirming,
    contacts,
    directory,
    kept_forms,
    logos,
    organizations,
    partnership,
    positions,
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
    path("learning/profile/positions/leave/", positions.position_leave, name="position_leave"),
    path("learning/profile/positions/new/", positions.position_new, name="position_new"),
    path("learning/profile/positions/unname/", positions.position_unname, name="position_unname"),
    path("learning/second-factor/", sign_in.second_factor_needed, name="second_factor"),
    path("learning/typed/", kept_forms.kept_form, name="kept_form"),
    path("learning/typed/who/", kept_forms.account_state, name="account_state"),
    path("learning/sign-in/", account.sign_in_methods, name="sign_in_methods"),
    path("organizations/search/", organizations.organization_search, name="organization_search"),
    path("partners/", directory.PartnerList.as_view(), name="partners"),
    path("partners/mine/<slug:slug>/people/", confirming.colleagues, name="mine_colleagues"),
    path(
        "partners/mine/<slug:slug>/people/<uuid:uid>/",
        confirming.colleague_judge,
        name="mine_colleague_judge",
    ),
    path("partners/needs/ask/", confirming.ask_to_be_confirmed, name="ask_to_be_confirmed"),
    path("partners/<slug:slug>/", directory.PartnerPage.as_view(), name="partner"),
    path("partners/<slug:slug>/logo/", logos.partner_logo, name="partner_logo"),
    path("partners/<slug:slug>/contacts/", contacts.partner_contacts, name="partner_contacts"),
    path("partnership/", partnership.partnership, name="partnership"),
    path("partnership/edit/", partnership.partnership_edit, name="partnership_edit"),
    path("staff/organizations/unlisted/", unlisted.UnlistedList.as_view(), name="unlisted_organizations"),
    path("staff/organizations/unlisted/link/", unlisted.link_unlisted, name="unlisted_organization"),
    path("staff/partners/people/", confirming.people_to_confirm, name="people_to_confirm"),
    path("u/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
