"""Pages that need nothing but words."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from stemnet.public_pages import public_page

A_WEEK = 7 * 24 * 3600


@login_not_required
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "accessibility.html")


@login_not_required
def too_many_tries(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429: somebody tried too often."""
    return render(request, "429.html", status=429)


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_WEEK)
def favicon(request: HttpRequest) -> HttpResponse:
    """Hand out the icon of the tab to whoever asks for it by its usual name."""
    icon = settings.BASE_DIR / "static" / "img" / "favicon.ico"
    return HttpResponse(icon.read_bytes(), content_type="image/x-icon")
