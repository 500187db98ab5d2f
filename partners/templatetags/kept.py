"""The mark of a long form: it is kept while somebody types, and offered again."""

from typing import Any

from django import template
from django.template import Context

from partners.people.domain import kept_forms

register = template.Library()


@register.inclusion_tag("components/_kept_form.html", takes_context=True)
def kept_form(context: Context, *names: object, link: str = "", put_back: str = "") -> dict[str, Any]:
    """Draw what keeps the form around it, which is called by ``names``.

    ``link`` is the private link that opens the page where nobody need be signed in; ``put_back`` is the act
    that shows typed rows again, where the page alone can't. The answer to a POST shows what was just typed.
    """
    request, form = context["request"], ":".join(map(str, names))
    person = getattr(request, "person", None)
    return {
        "request": request,
        "person": person,
        "form": form,
        "shown": request.method == "POST",
        "put_back": put_back,
        "by_link": bool(link),
        "account": kept_forms.account_of_link(link) if link else kept_forms.account_of(person),
        "on_device_only": bool(link) or kept_forms.device_only(form),
    }
