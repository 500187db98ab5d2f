"""The demo's mail, each as its reader would see it; in the URL table only under DEBUG."""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from stemnet.models import Mail

PAGE = 30


@login_not_required
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """List every mail, the newest first."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:254]
    mails = Mail.objects.defer("text", "html", "attachments", "headers").order_by("-created_at", "-pk")
    if query:
        mails = mails.filter(address__icontains=query)
    page = Paginator(mails, PAGE).get_page(request.GET.get("page"))
    return render(request, "stemnet/demo_mail.html", {"page": page, "query": query})


@login_not_required
@require_safe
def demo_letter(request: HttpRequest, digest: str) -> HttpResponse:
    """Show one mail: headers, text, and the HTML in a frame of its own."""
    return render(
        request, "stemnet/demo_letter.html", {"mail": get_object_or_404(Mail.objects.with_digest(digest))}
    )


@login_not_required
@require_safe
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # its type knows views without arguments only
    {
        "style-src": ["'unsafe-inline'"],
        "script-src": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
)
def demo_letter_html(request: HttpRequest, digest: str) -> HttpResponse:
    """Return the HTML of one mail alone, as a reader of mail would show it: styles yes, scripts no."""
    html = get_object_or_404(Mail.objects.with_digest(digest)).html
    return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))
