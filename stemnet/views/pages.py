"""Pages that need nothing but words."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "accessibility.html")


@login_not_required
def too_many_tries(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429: somebody tried too often."""
    return render(request, "429.html", status=429)
