"""One's own educator numbers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from partners.models import EducatorNumber, Person
from partners.people.domain import educator_numbers
from partners.people.exceptions import EducatorNumberRefused
from partners.people.forms.educator_number import EducatorNumberForm
from partners.people.requests import PortalRequest, person_or_403


@never_cache
def number_list(request: PortalRequest) -> HttpResponse:
    """Show one's numbers, and keep one that is typed in place of the one of its kind."""
    person = person_or_403(request)
    numbers = list(person.educator_numbers.all())
    form = EducatorNumberForm(
        request.POST or None,
        kinds=educator_numbers.kinds_for(person),
        initial=_chosen(numbers, request.GET.get("kind", "")),
    )
    if request.method == "POST" and form.is_valid() and (saved := _saved(person, form)):
        messages.success(request, _("%(number)s is saved.") % {"number": saved})
        return redirect("educator_numbers")
    return render(request, "partners/people/educator_numbers.html", {"form": form, "numbers": numbers})


def _chosen(numbers: list[EducatorNumber], kind: str) -> dict[str, object]:
    """Return what the form shows of the number that is to be changed."""
    chosen = next((one for one in numbers if one.kind == kind), None)
    if chosen is None:
        return {}
    return {"kind": chosen.kind, "number": chosen.number, "on_documents": chosen.on_documents}


def _saved(person: Person, form: EducatorNumberForm) -> EducatorNumber | None:
    """Return the number that was kept; else the form says why not."""
    typed = form.cleaned_data
    try:
        return educator_numbers.save_number(
            person,
            kind=typed["kind"],
            typed=typed["number"],
            on_documents=typed["on_documents"],
            at=timezone.now(),
        )
    except EducatorNumberRefused as refusal:
        form.add_error("number", str(refusal))
        return None


@require_POST
def number_remove(request: PortalRequest) -> HttpResponse:
    """Remove one of one's numbers."""
    mine = person_or_403(request).educator_numbers.all()
    number = get_object_or_404(mine, kind=request.POST.get("kind", ""))
    educator_numbers.remove_number(number)
    messages.success(request, _("%(number)s is removed.") % {"number": number})
    return redirect("educator_numbers")
