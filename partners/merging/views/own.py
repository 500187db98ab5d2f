"""Combining one's own two accounts, once the address of the other one is proved by a code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.merging.domain import own_accounts
from partners.merging.exceptions import MergeRefused
from partners.merging.forms import OwnMergeForm
from partners.merging.pages.sides import side_of
from partners.people.domain import addresses, own_proofs
from partners.people.requests import PortalRequest, person_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_combine(request: PortalRequest) -> HttpResponse:
    """Show what both accounts have, and make them one."""
    person, at = person_or_404(request), timezone.now()
    address = own_proofs.proved_address(request.session, at=at)
    other = addresses.holder(address) if address else None
    if other is None or other.pk == person.pk:
        own_proofs.forget(request.session)
        messages.info(request, _("Type the address of your other account here first. We'll send it a code."))
        return redirect("addresses")
    form = OwnMergeForm(request.POST or None, one=person, other=other)
    try:
        own_accounts.check_combinable(person, other)
        if request.method == "POST" and form.is_valid():
            own_accounts.combine_own(person, other, take=form.take(), at=at)
            own_proofs.forget(request.session)
            messages.success(request, _("Your two accounts are one now. We e-mailed both addresses."))
            return redirect("own_data")
    except MergeRefused as refusal:
        own_proofs.forget(request.session)
        messages.error(request, str(refusal))
        return redirect("addresses")
    sides = [side_of(one, by=person, at=at) for one in (person, other)]
    return render(
        request, "partners/merging/own_combine.html", {"form": form, "sides": sides, "address": address}
    )
