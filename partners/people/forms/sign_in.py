"""What is typed to sign in; allauth's forms, told about persons who have no login yet."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.people.domain import addresses, sign_in_codes
from partners.people.domain.sign_in_codes import Purpose
from partners.people.exceptions import AddressRefused
from partners.people.requests import portal_request
from stemnet import codes
from stemnet.exceptions import CodeRefused, TooManyCodes, WrongCode
from stemnet.forms.fields import AddressField


def prepare(address: str, *, purpose: Purpose) -> str:
    """Return ``address`` as it is kept, its holder having a login, and look whether a code may go there."""
    address = addresses.normal(address)
    if len(address) > 254:
        raise forms.ValidationError(_("This address is too long. Check that you typed it correctly."))
    now = timezone.now()
    try:
        client = portal_request(context.request).client_address
        sign_in_codes.check_sendable(address, purpose=purpose, client=client, at=now)
        if person := addresses.holder(address):
            addresses.ensure_user(person, at=now)
    except (TooManyCodes, AddressRefused) as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    return address


class AddressMixin(forms.Form):
    """Call the address what every page calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["email"].widget
        widget.attrs.pop("placeholder", None)
        self.fields["email"] = AddressField(label=_("E-mail address"), widget=widget)


class RequestCodeForm(AddressMixin, allauth_forms.RequestLoginCodeForm):
    """Ask for a code; the answer is the same whether anybody is known by the address."""

    def clean_email(self) -> str:
        """Make the login of a person who never signed in before."""
        self.cleaned_data["email"] = prepare(self.cleaned_data["email"], purpose=Purpose.SIGN_IN)
        return str(super().clean_email())


class ResetPasswordForm(AddressMixin, allauth_forms.ResetPasswordForm):
    """Ask for a code that lets one choose a new password."""

    def clean_email(self) -> str:
        """Make the login of a person who never signed in before."""
        self.cleaned_data["email"] = prepare(self.cleaned_data["email"], purpose=Purpose.PASSWORD)
        return str(super().clean_email())


class CodeMixin(forms.Form):
    """Compare a code with the one of which the session tells; tries are counted beside it, not there."""

    expected_code: str | None
    user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("6-digit code")
        field.error_messages["required"] = _("Type the 6-digit code from the e-mail.")
        field.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "maxlength": "20",
            "class": "code-input",
        }

    def clean_code(self) -> str:
        """Refuse any other code, in the same words whether anybody is known by the address."""
        typed = str(self.cleaned_data["code"])
        try:
            if not self.expected_code:
                raise WrongCode
            codes.check_kept(self.expected_code, typed=typed, at=timezone.now())
        except CodeRefused as refusal:
            raise get_adapter().validation_error("incorrect_code") from refusal
        return typed


class ConfirmCodeForm(CodeMixin, allauth_forms.ConfirmLoginCodeForm):
    """Type the code that signs in."""


class ConfirmResetCodeForm(CodeMixin, allauth_forms.ConfirmPasswordResetCodeForm):
    """Type the code that lets one choose a new password."""


class ConfirmAddressCodeForm(CodeMixin, allauth_forms.ConfirmEmailVerificationCodeForm):
    """Type the code that proves the address one has signed in with."""
