"""A passkey, added and used in a real browser with a virtual authenticator."""

import pytest

pytestmark = pytest.mark.browser
ADDRESS = "passkey@example.org"
MAKE = f"""
from django.utils import timezone
from partners.people.domain import addresses
person = addresses.claim_address(address="{ADDRESS}", at=timezone.now(), first_name="Pat", last_name="Key")
addresses.ensure_user(person, at=timezone.now())
person.user.set_password("network-demo")
person.user.save()
"""


def with_authenticator(context, page):
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in_with_password(page, portal):
    page.goto(f"{portal.url}/accounts/login/")
    page.click('summary:has-text("password")')
    page.fill("input[name=login]", ADDRESS)
    page.fill("input[name=password]", "network-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def add_passkey(page, portal):
    page.goto(f"{portal.url}/learning/sign-in/")
    page.click("text=Add a passkey")
    if "reauthenticate" in page.url:
        page.fill("input[name=password]", "network-demo")
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/webauthn/add/**")
    if page.locator("input[name=passwordless]").count():
        page.check("input[name=passwordless]")
    page.fill("input[name=name]", "Virtual key")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/webauthn/add" not in url)


def test_a_passkey_is_added_and_signs_in(portal, context):
    portal.manage("shell", "-c", MAKE)
    page = context.new_page()
    refused = []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security" in message.text else 0
    )
    with_authenticator(context, page)
    sign_in_with_password(page, portal)
    add_passkey(page, portal)
    page.goto(f"{portal.url}/learning/sign-in/")
    assert "You have one passkey" in page.inner_text("main")
    page.goto(f"{portal.url}/accounts/logout/")
    page.click("main button[type=submit]")
    page.goto(f"{portal.url}/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto(f"{portal.url}/learning/profile/")
    assert page.input_value("input[name=first_name]") == "Pat"
    assert refused == []
