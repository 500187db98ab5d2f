"""One's own e-mail addresses: adding one by a code, choosing the primary one, removing one."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners.models import PersonEmail
from partners.people.domain import addresses, own_proofs, sign_in_codes
from partners.people.exceptions import AddressRefused, AddressTaken
from partners.people.forms.account import AddressForm, CodeForm
from partners.people.requests import PortalRequest, person_or_403
from stemnet.exceptions import CodeRefused, TooManyCodes, WrongCode

PROOF = "address_proof"


def address_list(request: PortalRequest) -> HttpResponse:
    """Show one's addresses; a new one gets a code first."""
    person = person_or_403(request)
    form = AddressForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            proof = sign_in_codes.send_proof(
                person,
                address=form.cleaned_data["address"],
                client=request.client_address,
                at=timezone.now(),
            )
        except TooManyCodes as refusal:
            form.add_error("address", str(refusal))
        else:
            request.session[PROOF] = asdict(proof)
            return redirect("address_code")
    return render(request, "partners/people/addresses.html", {"form": form, "emails": person.emails.all()})


def address_code(request: PortalRequest) -> HttpResponse:
    """Take the code for the address that is being added."""
    if PROOF not in request.session:
        return redirect("addresses")
    proof = sign_in_codes.Proof(**request.session[PROOF])
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if _proved(request, proof, form):
                return redirect("addresses")
        except AddressTaken:
            own_proofs.remember(request.session, address=proof.address, at=timezone.now())
            del request.session[PROOF]
            return redirect("own_combine")
        if PROOF not in request.session:
            return redirect("addresses")
    return render(request, "partners/people/address_code.html", {"form": form, "address": proof.address})


def _proved(request: PortalRequest, proof: sign_in_codes.Proof, form: CodeForm) -> bool:
    """Give the person their address where the code is right; else say why not.

    Raises AddressTaken where it is that of another account, which is theirs, too: they proved both.
    """
    person, now = person_or_403(request), timezone.now()
    try:
        proof.check(form.cleaned_data["code"], at=now)
        addresses.add_proved(person, address=proof.address, at=now)
    except WrongCode as refusal:
        form.add_error("code", str(refusal))
        return False
    except AddressTaken:
        raise
    except (CodeRefused, AddressRefused) as refusal:
        messages.error(request, str(refusal))
        del request.session[PROOF]
        return False
    del request.session[PROOF]
    messages.success(request, _("%(address)s is now one of your addresses.") % {"address": proof.address})
    return True


@require_POST
def address_code_again(request: PortalRequest) -> HttpResponse:
    """Send another code to the address that is being added."""
    person = person_or_403(request)
    if PROOF not in request.session:
        return redirect("addresses")
    address = sign_in_codes.Proof(**request.session[PROOF]).address
    try:
        proof = sign_in_codes.send_proof(
            person, address=address, client=request.client_address, at=timezone.now(), again=True
        )
    except TooManyCodes as refusal:
        messages.warning(request, str(refusal))
    else:
        request.session[PROOF] = asdict(proof)
        messages.success(request, _("We sent a new code. The old one no longer works."))
    return redirect("address_code")


@require_POST
def make_address_primary(request: PortalRequest) -> HttpResponse:
    """Let mail go to another of one's addresses."""
    email = _own(request)
    try:
        addresses.make_primary(email, at=timezone.now())
    except AddressRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("We'll send your e-mail to %(address)s from now on.") % {"address": email.address}
        )
    return redirect("addresses")


@require_POST
def remove_address(request: PortalRequest) -> HttpResponse:
    """Remove one of one's addresses."""
    email = _own(request)
    address = email.address
    try:
        addresses.remove_address(email, at=timezone.now())
    except AddressRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(address)s is removed.") % {"address": address})
    return redirect("addresses")


def _own(request: PortalRequest) -> PersonEmail:
    """Return the address that was meant, among one's own only."""
    mine = PersonEmail.objects.filter(person=person_or_403(request))
    return get_object_or_404(mine, address=addresses.normal(request.POST.get("address", "")))
