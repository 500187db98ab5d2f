"""The addresses of partners; what is said here of /accounts/ comes before allauth's own."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from partners.views import account, addresses, directory, organizations, sign_in, unlisted, unsubscribing

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
    path("organizations/search/", organizations.organization_search, name="organization_search"),
    path("partners/", directory.PartnerList.as_view(), name="partners"),
    path("partners/<slug:slug>/", directory.PartnerPage.as_view(), name="partner"),
    path("staff/organizations/unlisted/", unlisted.UnlistedList.as_view(), name="unlisted_organizations"),
    path("staff/organizations/unlisted/link/", unlisted.link_unlisted, name="unlisted_organization"),
    path("u/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
