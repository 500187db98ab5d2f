"""Signing in: typing the code, and setting up a second factor where one is needed."""

from allauth.account.views import ConfirmLoginCodeView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.people.domain import second_factor, sign_in_codes
from partners.people.domain.sign_in_codes import Purpose
from partners.people.requests import PortalRequest, portal_request
from stemnet.exceptions import TooManyCodes


@method_decorator(login_not_required, name="dispatch")
class ConfirmCodeView(ConfirmLoginCodeView):
    """allauth's page for the code; asking again is the same for known and unknown addresses."""

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        """Send another code, 30 seconds after the last one and five an hour at the most."""
        process = self._process
        try:
            sign_in_codes.check_sendable(
                process.state["email"],
                purpose=Purpose.SIGN_IN,
                client=portal_request(self.request).client_address,
                at=timezone.now(),
                again=True,
            )
        except TooManyCodes as refusal:
            messages.warning(self.request, str(refusal))
        else:
            process.send()
            process.record_resend()
            process.persist()
            messages.success(self.request, _("We sent a new code. The old one no longer works."))
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


confirm_code = ConfirmCodeView.as_view()


@require_safe
def second_factor_needed(request: PortalRequest) -> HttpResponse:
    """Explain why a second factor is needed and lead to setting one up."""
    wanted = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        wanted = "/"
    done = second_factor.is_set_up(request.user)
    return render(request, "partners/people/second_factor.html", {"wanted": wanted, "done": done})
