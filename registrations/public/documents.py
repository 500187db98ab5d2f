"""The picture that a shared link shows."""

from pathlib import Path

from django.conf import settings
from django.utils import translation

from stemnet.documents import picture

TEMPLATE = Path(settings.BASE_DIR) / "stemnet" / "typst" / "share.typ"
LONGEST = 140


def share_picture(*, title: str, eyebrow: str, text: str) -> bytes:
    """Return a PNG of 1200 by 630 pixels. Raises Unprintable for characters that no font of ours has."""
    language = (translation.get_language() or "en").partition("-")[0]
    short = title if len(title) <= LONGEST else f"{title[:LONGEST].rstrip()}…"
    return picture(TEMPLATE, {"title": short, "eyebrow": eyebrow, "text": text, "lang": language})
