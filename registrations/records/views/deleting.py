"""Having one's own data deleted: what it means, a code by mail, and the act."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.people.domain import deletion, sign_in_codes
from partners.people.exceptions import AddressRefused, DeletionRefused
from partners.people.forms.account import CodeForm
from partners.people.requests import PortalRequest, person_or_404
from registrations.records.pages.deletion import before_deletion
from stemnet.exceptions import CodeRefused, TooManyCodes, WrongCode

PROOF = "deletion_proof"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_deletion(request: PortalRequest) -> HttpResponse:
    """Say what goes and what stays; send a code to whoever still wants it."""
    person, at = person_or_404(request), timezone.now()
    before = before_deletion(person, at=at)
    if request.method == "POST" and not before.blocks:
        try:
            proof = sign_in_codes.send_deletion_code(
                person, client=request.client_address, at=at, again=PROOF in request.session
            )
        except (TooManyCodes, AddressRefused) as refusal:
            messages.error(request, str(refusal))
        else:
            request.session[PROOF] = asdict(proof)
            return redirect("own_deletion_code")
    status = 409 if request.method == "POST" and before.blocks else 200
    return render(request, "registrations/records/deletion.html", {"before": before}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_deletion_code(request: PortalRequest) -> HttpResponse:
    """Take the code and delete; without one that was sent, begin again."""
    person_or_404(request)
    if PROOF not in request.session:
        return redirect("own_deletion")
    proof = sign_in_codes.Proof(**request.session[PROOF])
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _delete(request, proof, form)
        if answer is not None:
            return answer
    context = {"form": form, "address": proof.address}
    return render(request, "registrations/records/deletion_code.html", context)


def _delete(request: PortalRequest, proof: sign_in_codes.Proof, form: CodeForm) -> HttpResponse | None:
    """Delete where the code is right; None where another try is left."""
    person, at = person_or_404(request), timezone.now()
    try:
        proof.check(form.cleaned_data["code"], at=at)
        deletion.remove_person(person, by=person, at=at)
    except WrongCode as refusal:
        form.add_error("code", str(refusal))
        return None
    except (CodeRefused, DeletionRefused) as refusal:
        del request.session[PROOF]
        messages.error(request, str(refusal))
        return redirect("own_deletion")
    logout(request)
    messages.success(request, _("Your data is deleted. We sent you one last e-mail that says so."))
    return redirect("home")
