"""Template tags of the memorandum: Markdown as harmless HTML."""

from django import template
from django.utils.safestring import SafeString

from partners.memorandum.documents.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(words: str, top: int = 3) -> SafeString:
    """Return what was written in Markdown as HTML; its largest heading is of level ``top``."""
    return render_markdown(words, top=top)
