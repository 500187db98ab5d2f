"""A paper as the answer to a request: a PDF that opens in the browser, from where one prints it."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stemnet.exceptions import Unprintable
from stemnet.papers import Paper, render


def on_paper(request: HttpRequest, paper: Paper, *, name: str, at: datetime, otherwise: str) -> HttpResponse:
    """Return the PDF of ``paper``; what can't be printed is said on the page at ``otherwise``."""
    return shown_pdf(request, lambda: render(paper, at=at), name=name, otherwise=otherwise)


def shown_pdf(request: HttpRequest, pdf: Callable[[], bytes], *, name: str, otherwise: str) -> HttpResponse:
    """Return what ``pdf`` typesets; what can't be printed is said on the page at ``otherwise``."""
    try:
        content = pdf()
    except Unprintable as fault:
        messages.error(request, str(fault))
        return redirect(otherwise)
    said = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=said)
