"""What is typed to add a passkey, and the code of the second step."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):
    """A name for the passkey, which signs in alone unless one says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name, so you can tell your passkeys apart")
        self.fields["passwordless"].label = _("Let it sign me in on its own")
        self.fields["passwordless"].help_text = _("If not, it's the second step after a code or password.")
        self.initial.setdefault("passwordless", True)


class SecondStepForm(AuthenticateForm):
    """The 6 digits of an authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your app, or a recovery code")
        self.fields["code"].widget.attrs.pop("placeholder", None)
