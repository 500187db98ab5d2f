"""Rendering a mail: subject, plain text and HTML from one template."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation

from stemnet.outbox import worded
from stemnet.outbox.plain import read

ContextSource = Callable[[], Mapping[str, Any]]
WordsSource = Callable[[worded.OwnMail, worded.Context], object]
_sources: list[ContextSource] = []
_words: list[WordsSource] = []
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


@dataclass(frozen=True)
class Rendered:
    """The three parts of a mail."""

    subject: str
    text: str
    html: str


def in_every_mail(source: ContextSource) -> None:
    """Let an upper app add what every mail says, such as the partnership's name and postal address."""
    if source not in _sources:
        _sources.append(source)


def worded_by(source: WordsSource) -> None:
    """Let an upper app say with which subject and opening a mail begins; None for the portal's own."""
    if source not in _words:
        _words.append(source)


def header_line(value: str) -> str:
    """Return ``value`` as one line without control characters, fit for a header (docs/rules.md 13.11)."""
    return " ".join(_CONTROL.sub(" ", value).split())


def said_by_all(language: str) -> dict[str, Any]:
    """Return what every mail says in ``language``; asked once for a whole batch."""
    values: dict[str, Any] = {"site_url": settings.SITE_URL, "language": language}
    with translation.override(language):
        for source in _sources:
            values.update(source())
    return values


def render(
    template: str,
    context: Mapping[str, Any],
    *,
    language: str,
    common: Mapping[str, Any] | None = None,
    kind: str = "",
) -> Rendered:
    """Render the template called ``template`` in ``language`` and read subject and text out of its HTML.

    What people typed is escaped by the template engine, so it is markup in neither form (docs/mail.md).
    ``common`` is what `said_by_all` returned, where many are rendered; ``kind`` tells mails of one template
    apart.
    """
    html = rendered_html(template, context, language=language, common=common, kind=kind)
    subject, text = read(html)
    return Rendered(subject=header_line(subject)[:250], text=text, html=html)


def rendered_html(
    template: str,
    context: Mapping[str, Any],
    *,
    language: str,
    common: Mapping[str, Any] | None = None,
    kind: str = "",
) -> str:
    """Return the HTML of a mail, as `render` makes it."""
    values = {**(said_by_all(language) if common is None else common), **context}
    mail = worded.find(template, kind)
    with translation.override(language):
        if mail is not None:
            values["own"] = next(filter(None, (source(mail, values) for source in _words)), None)
        return str(get_template(f"{template}.html").render(values))
