"""Rendering a mail: a subject, a text and its HTML twin from one set of templates."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.utils import translation

ContextSource = Callable[[], Mapping[str, Any]]
_sources: list[ContextSource] = []
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


def one_line(value: str) -> str:
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
    template: str, context: Mapping[str, Any], *, language: str, common: Mapping[str, Any] | None = None
) -> Rendered:
    """Render ``template``'s ``.subject.txt``, ``.body.txt`` and ``.body.html`` in ``language``.

    What people typed is escaped in the HTML and left as it is in the text. ``common`` is what
    `said_by_all` returned, where many are rendered.
    """
    values = {**(said_by_all(language) if common is None else common), **context}
    with translation.override(language):
        return Rendered(
            subject=one_line(_plain(f"{template}.subject.txt", values))[:250],
            text=_plain(f"{template}.body.txt", values).strip() + "\n",
            html=_engine().get_template(f"{template}.body.html").render(values),
        )


def _plain(name: str, values: Mapping[str, Any]) -> str:
    """Render a text template, where nothing is to be escaped."""
    template = _engine().engine.get_template(name)
    text = str(template.render(Context(dict(values), autoescape=False)))
    return re.sub(r"\n{3,}", "\n\n", text)


def _engine() -> DjangoTemplates:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)  # noqa: S101 - the only engine in settings
    return engine
